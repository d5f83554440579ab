//! The rows of the first trial, on the first two principal axes of one task.

use std::f64::consts::TAU;

use super::{
    Anchor, Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat,
    words,
};

use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole as Part;
use crate::study::RowPreview;
use crate::study::preview::{Cloud, MOST_TASKS};

/// Length of the longest arrow, as a share of the half-axis.
const LONGEST: f64 = 0.7;

/// With more tasks than this, all but the chosen one share a symbol.
const MOST_SYMBOLS: usize = 4;
/// That symbol, which no task has.
const OTHERS: Symbol = Symbol::Plus;

/// A θ with a smaller share in the plane has no arrow.
const LEAST: f64 = 0.1;

/// A cloud within this share of the half-axis is drawn in front of the others.
const SMALL: f64 = 0.2;

/// Distances of the number of an arrow from its tip that are tried, and the distance that numbers
/// keep from each other, as shares of the half-axis.
const BEYOND: [f64; 3] = [0.1, 0.14, 0.18];
const BETWEEN: f64 = 0.18;

/// Directions around a tip in which its number is tried, and how often all are tried again.
const DIRECTIONS: u32 = 16;
/// How much nearer a number is to its own tip than to any other, and the room that it keeps at the
/// edge, as shares of the half-axis.
const CLOSER: f64 = 0.05;
const EDGE: f64 = 0.06;
const ROUNDS: usize = 6;

/// Tips of arrows that are closer lie on each other; the length of a θ is 1.
const ON_EACH_OTHER: f64 = 0.01;

/// Distance between the names of arrows, as a share of the half-axis.
const APART: f64 = 0.17;

/// Draws a preview: the rows of the chosen task in front, those of the others faintly behind, and
/// the projection of each θ. The axes fit the rows of the chosen task; the caption counts rows of
/// other tasks beyond them.
pub fn figure(scenario: &Scenario, preview: &RowPreview) -> Figure {
    let reach = reach(preview);
    let inside = |(x, y): &(f64, f64)| x.abs() <= reach && y.abs() <= reach;
    let mut marks: Vec<Mark> = entries(scenario, preview).collect();
    let mut clouds: Vec<(usize, &Cloud)> =
        seen(scenario, preview).iter().enumerate().rev().collect();
    clouds.sort_by_key(|(_, cloud)| is_small(cloud, reach));
    for (place, cloud) in clouds {
        let series = format!("rows of {}", name(scenario, cloud.entry));
        marks.push(points(scenario, cloud, place, &inside).of(series));
    }
    let arrows = || preview.clouds.iter().enumerate().filter(|(_, cloud)| has_part(cloud));
    let scale = LONGEST * reach / longest(preview);
    marks.extend(arrows().map(|(place, cloud)| {
        arrow(scenario, cloud, place, scale).of(format!("θ {}", name(scenario, cloud.entry)))
    }));
    marks.extend(labels(scenario, arrows(), reach, scale));
    let axis = |label: &str| Axis {
        label: label.into(),
        scale: AxisScale::Linear,
        from: -reach,
        to: reach,
        format: TickFormat::Number,
    };
    Figure {
        id: "rows",
        title: format!(
            "Rows of the tasks on the principal axes of {}",
            name(scenario, preview.entry)
        ),
        x: axis("first principal axis"),
        y: axis("second principal axis"),
        marks,
        caption: caption(scenario, preview, &inside),
        square: true,
    }
}

/// The figure with its arrows in the legend, for files, where there is room; from three arrows on
/// with numbers, which stand at their tips and before the names of the tasks.
pub fn explained(mut figure: Figure) -> Figure {
    let is_arrow = |mark: &Mark| matches!(mark.shape, Shape::Arrow { .. });
    let count = figure.marks.iter().filter(|mark| is_arrow(mark)).count();
    let reach = figure.x.to;
    figure.marks.retain(|mark| !matches!(mark.shape, Shape::Text { .. }));
    let tip = |mark: &Mark| match mark.shape {
        Shape::Arrow { to, .. } => Some(to),
        _ => None,
    };
    let at = beside(&figure.marks.iter().filter_map(tip).collect::<Vec<_>>(), reach);
    let mut numbers = Vec::new();
    let (mut places, mut counts) = (0, Vec::new());
    for index in 0..figure.marks.len() {
        if !is_arrow(&figure.marks[index]) {
            continue;
        }
        let place = places;
        places += 1;
        let name = figure.marks[index].series.clone().unwrap_or_default();
        let rows = (count > 2).then(|| number_rows(&mut figure.marks, &name, place + 1)).flatten();
        let is_told = rows.is_some();
        counts.extend(rows);
        let mark = &mut figure.marks[index];
        mark.name = match (count, is_told) {
            (0..=2, _) => Some(name),
            (_, false) => Some(format!("{}: {name}", place + 1)),
            (_, true) if place == 0 => Some(name),
            (_, true) if place == 1 => Some("other θs".to_owned()),
            (_, true) => None,
        };
        let text =
            Shape::Text { at: at[place], text: (place + 1).to_string(), anchor: Anchor::Middle };
        numbers.push(Mark::new(mark.role, text));
    }
    if count > 2 {
        figure.marks.extend(numbers);
    }
    if !counts.is_empty() {
        counts.extend(others(&figure, &counts));
        figure.caption = format!("Drawn: {}. {}", counts.join("; "), figure.caption);
    }
    figure
}

/// The number of the drawn rows that no entry counts: `250 rows of the others`.
fn others(figure: &Figure, counts: &[String]) -> Option<String> {
    let is_counted = |series: &str| {
        let task = series.trim_start_matches("rows of ");
        counts.iter().any(|entry| entry.starts_with(&format!("{task}: ")))
    };
    let rows = figure.marks.iter().map(|mark| match (&mark.shape, &mark.series) {
        (Shape::Points { points, .. }, Some(series)) if !is_counted(series) => points.len(),
        _ => 0,
    });
    match rows.sum() {
        0 => None,
        rows => Some(format!("{rows} rows of the others")),
    }
}

/// Puts a number in place of the rows in the legend entry of the task whose θ has this name. Returns
/// the entry as it was; `None` if they have no entry of their own.
fn number_rows(marks: &mut [Mark], theta: &str, number: usize) -> Option<String> {
    let task = theta.trim_start_matches("θ ");
    let names = marks.iter_mut().filter_map(|mark| mark.name.as_mut());
    let own = names.into_iter().find(|name| name.starts_with(&format!("{task}: ")))?;
    Some(std::mem::replace(own, format!("{number}: {task}")))
}

/// The places of numbers beside the tips of their arrows: clear of each other, nearer to their own
/// tip than to any other as far as there is room, and beyond the tip rather than beside it.
fn beside(tips: &[(f64, f64)], reach: f64) -> Vec<(f64, f64)> {
    let apart = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) / reach;
    let ways = |(x, y): (f64, f64)| {
        let ahead = y.atan2(x);
        BEYOND.into_iter().flat_map(move |far| {
            (0..DIRECTIONS).map(move |step| {
                let turn = TAU * f64::from(step) / f64::from(DIRECTIONS);
                let (sin, cos) = (ahead + turn).sin_cos();
                (far - turn.cos(), (x + far * reach * cos, y + far * reach * sin))
            })
        })
    };
    let mut places: Vec<(f64, f64)> =
        tips.iter().filter_map(|tip| Some(ways(*tip).next()?.1)).collect();
    for index in (0..tips.len()).cycle().take(ROUNDS * tips.len()) {
        let others = |list: &[(f64, f64)], at: (f64, f64), least: f64| -> f64 {
            let own = list.iter().enumerate().filter(|(other, _)| *other != index);
            own.map(|(_, other)| (least - apart(at, *other)).max(0.0)).sum()
        };
        let cost = |(turned, at): &(f64, (f64, f64))| {
            let beyond = (at.0.abs().max(at.1.abs()) / reach - (1.0 - EDGE)).max(0.0);
            let own = apart(*at, tips[index]);
            0.05 * turned
                + 20.0 * others(&places, *at, BETWEEN)
                + 5.0 * others(tips, *at, own + CLOSER)
                + 20.0 * beyond
        };
        let best = ways(tips[index]).min_by(|a, b| cost(a).total_cmp(&cost(b)));
        places[index] = best.map_or(places[index], |(_, at)| at);
    }
    places
}

/// Half the length of an axis, from the rows of the chosen task.
fn reach(preview: &RowPreview) -> f64 {
    let own = preview.clouds.iter().filter(|cloud| cloud.entry == preview.entry);
    let places = own.flat_map(|cloud| &cloud.points).flat_map(|(x, y)| [x.abs(), y.abs()]);
    let reach = 1.05 * places.fold(0.0, f64::max);
    if reach.is_normal() { reach } else { 1.0 }
}

/// The largest distance of a cloud's rows from the origin along either axis.
fn extent(cloud: &Cloud) -> f64 {
    cloud.points.iter().fold(0.0, |most, (x, y)| x.abs().max(y.abs()).max(most))
}

/// Returns true if a cloud is so small that others would hide it, so that it is drawn in front.
fn is_small(cloud: &Cloud, reach: f64) -> bool {
    extent(cloud) < SMALL * reach
}

/// Names the clouds that are so small that their rows lie on each other.
fn small(scenario: &Scenario, preview: &RowPreview) -> String {
    let reach = reach(preview);
    let clouds = seen(scenario, preview).iter().filter(|cloud| is_small(cloud, reach));
    let said = clouds.map(|cloud| {
        let (name, extent) = (name(scenario, cloud.entry), words::short(extent(cloud)));
        format!(" All rows of {name} lie within ±{extent} of the middle along both axes.")
    });
    said.collect()
}

/// Names the tasks whose arrows lie on that of the chosen task.
fn coinciding(scenario: &Scenario, preview: &RowPreview) -> String {
    let Some((own, others)) = preview.clouds.split_first() else { return String::new() };
    let is_alike = |other: &&Cloud| {
        has_part(other)
            && (other.theta.0 - own.theta.0).hypot(other.theta.1 - own.theta.1) < ON_EACH_OTHER
    };
    let said = others.iter().filter(is_alike).map(|other| {
        let [one, other] = [own.entry, other.entry].map(|entry| name(scenario, entry));
        format!(" The arrows of {one} and {other} lie on each other.")
    });
    said.collect()
}

/// The clouds whose rows are drawn: those of the chosen task alone if all tasks share their rows.
fn seen<'a>(scenario: &Scenario, preview: &'a RowPreview) -> &'a [Cloud] {
    let count = if scenario.shares_rows() { 1 } else { preview.clouds.len() };
    &preview.clouds[..count.min(preview.clouds.len())]
}

/// The legend entries, the chosen task first; points are drawn in reverse order.
fn entries<'a>(
    scenario: &'a Scenario,
    preview: &'a RowPreview,
) -> impl Iterator<Item = Mark> + use<'a> {
    let (count, last) = (preview.clouds.len(), if is_crowded(scenario) { 2 } else { usize::MAX });
    let is_shared = scenario.shares_rows() && count > 1;
    seen(scenario, preview).iter().enumerate().take(last).map(move |(place, cloud)| {
        let words = match place {
            _ if is_shared => format!("all tasks: {}", counted(cloud)),
            1 if last == 2 && count > 2 => match scenario.draft().tasks.len() {
                all if all > count => format!("{} of the other {} tasks", count - 1, all - 1),
                _ => format!("the other {} tasks", count - 1),
            },
            _ => format!("{}: {}", name(scenario, cloud.entry), counted(cloud)),
        };
        points(scenario, cloud, place, &|_| false).named(words)
    })
}

fn points(
    scenario: &Scenario,
    cloud: &Cloud,
    place: usize,
    inside: &dyn Fn(&(f64, f64)) -> bool,
) -> Mark {
    let shown = cloud.points.iter().filter(|point| inside(point));
    let points = shown.map(|&(x, y)| Estimate { x, y, low: y, high: y }).collect();
    let symbol = match is_crowded(scenario) && place > 0 {
        true => OTHERS,
        false => Symbol::of_task(scenario.draft(), cloud.entry),
    };
    Mark::new(role(scenario, cloud.entry, place), Shape::Points { points, symbol })
}

/// Returns true if there are so many tasks that all but the chosen one share a symbol, because
/// symbols in one grey cannot be told apart.
fn is_crowded(scenario: &Scenario) -> bool {
    scenario.draft().tasks.len() > MOST_SYMBOLS
}

/// The number of rows as text: `40 rows`, `300 of 1000 rows`.
fn counted(cloud: &Cloud) -> String {
    let (shown, all) = (cloud.points.len() as u64, cloud.samples);
    if shown == all { format!("{all} rows") } else { format!("{shown} of {all} rows") }
}

fn has_part(cloud: &Cloud) -> bool {
    cloud.theta.0.hypot(cloud.theta.1) >= LEAST
}

/// The role of an arrow: that of the chosen task is solid, in the colour of its rows; the others are
/// dark, because they lie on faint rows.
fn arrow_role(scenario: &Scenario, cloud: &Cloud, place: usize) -> MarkRole {
    if place == 0 { role(scenario, cloud.entry, place) } else { MarkRole::Theory }
}

/// The largest length of a projected θ, as a share of its own.
fn longest(preview: &RowPreview) -> f64 {
    let longest = preview.clouds.iter().map(|cloud| cloud.theta.0.hypot(cloud.theta.1));
    longest.fold(LEAST, f64::max)
}

fn tip(cloud: &Cloud, scale: f64) -> (f64, f64) {
    (scale * cloud.theta.0, scale * cloud.theta.1)
}

/// The arrow of a projected θ.
fn arrow(scenario: &Scenario, cloud: &Cloud, place: usize, scale: f64) -> Mark {
    let dash = if place == 0 { Dash::Solid } else { Dash::Dashed };
    let shape = Shape::Arrow { from: (0.0, 0.0), to: tip(cloud, scale), dash };
    Mark::new(arrow_role(scenario, cloud, place), shape)
}

/// The names of the arrows beyond their tips, one below the other if tips are close.
fn labels<'a>(
    scenario: &Scenario,
    arrows: impl Iterator<Item = (usize, &'a Cloud)>,
    reach: f64,
    scale: f64,
) -> Vec<Mark> {
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut marks = Vec::new();
    for (place, cloud) in arrows {
        let (x, y) = tip(cloud, scale);
        let side = if x < 0.0 { -1.0 } else { 1.0 };
        let mut at = (x + side * 0.05 * reach, y + 0.1 * reach * y.signum());
        let near = |at: &(f64, f64), other: &(f64, f64)| {
            (at.0 - other.0).abs() < 0.6 * reach && (at.1 - other.1).abs() < 0.95 * APART * reach
        };
        while taken.iter().any(|other| near(&at, other)) {
            at.1 -= APART * reach;
        }
        taken.push(at);
        let anchor = if x < 0.0 { Anchor::End } else { Anchor::Start };
        let text = format!("θ {}", name(scenario, cloud.entry));
        marks.push(Mark::new(arrow_role(scenario, cloud, place), Shape::Text { at, text, anchor }));
    }
    marks
}

/// The role of the points: the chosen task has the colour of its role, the others are faint.
fn role(scenario: &Scenario, entry: usize, place: usize) -> MarkRole {
    match scenario.draft().tasks[entry].role {
        _ if place > 0 => MarkRole::Reference,
        Part::Target => MarkRole::Target,
        Part::Source => MarkRole::Source,
        Part::Aside => MarkRole::Theory,
    }
}

fn name(scenario: &Scenario, entry: usize) -> &str {
    scenario.draft().tasks.get(entry).map_or("", |task| task.name.as_str())
}

fn caption(
    scenario: &Scenario,
    preview: &RowPreview,
    inside: &dyn Fn(&(f64, f64)) -> bool,
) -> String {
    let name = name(scenario, preview.entry);
    let [first, second] = preview.variances.map(|variance| words::short(variance.sqrt()));
    let alike = (preview.variances[0] - preview.variances[1]).abs() <= 1e-9 * preview.variances[0];
    let choice = match alike {
        true => " Several directions have that variance; these point towards θs.",
        false => "",
    };
    let given = match preview.clouds.iter().all(|cloud| cloud.drawn) {
        true => "",
        false => {
            " The trial draws only moments; these rows are one possibility given those moments."
        }
    };
    let beyond: usize = seen(scenario, preview)
        .iter()
        .map(|cloud| cloud.points.iter().filter(|point| !inside(point)).count())
        .sum();
    let beyond = match beyond {
        0 => String::new(),
        1 => " One row of another task lies beyond the axes.".to_owned(),
        count => format!(" {count} rows of other tasks lie beyond the axes."),
    };
    let small = small(scenario, preview) + &coinciding(scenario, preview);
    let all = scenario.draft().tasks.len();
    let more = match all.saturating_sub(MOST_TASKS) {
        0 => String::new(),
        _ if scenario.shares_rows() => String::new(),
        more => format!(" {more} more tasks are not drawn."),
    };
    let arrows = preview.clouds.iter().filter(|cloud| has_part(cloud)).count();
    let (left_out, short) = (all - preview.clouds.len(), preview.clouds.len() - arrows);
    let arrows = match (left_out, short) {
        (0, 0) => "the projection of each θ".to_owned(),
        (0, _) => format!("the projections of {arrows} of {all} θs"),
        (_, 0) => format!("the projections of {arrows} of {all} θs (the first tasks)"),
        _ => format!(
            "the projections of {arrows} of {all} θs ({left_out} are left out, {short} too short)"
        ),
    };
    let several = scenario.draft().tasks.iter().any(|task| task.count.is_some());
    let several = if several { " Of repeated tasks only the first is drawn." } else { "" };
    format!(
        "Rows of the first trial, seed {}, along the two leading eigenvectors of the covariance of \
         {name} (standard deviations {first} and {second}).{choice}{given}{small}{beyond}{more}{several} \
         Arrows: {arrows} on this plane, all on one scale; the longest has {:.0} % \
         of its length in the plane, one with less than {:.0} % is not drawn. {}",
        scenario.draft().seed,
        100.0 * longest(preview),
        100.0 * LEAST,
        words::setting(scenario, |_| false)
    )
}
