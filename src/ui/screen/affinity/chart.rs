//! The matrix of measured gains with the cursor in it, and the scatter of a proxy.

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph, Wrap};

use crate::app::screen::affinity::{several, uses_own};
use crate::app::studies::Facet;
use crate::app::{App, HitTarget, StudyRun};
use crate::figure::{Shape, affinity};
use crate::scenario::Scenario;
use crate::ui::view::View;
use crate::ui::widget::figure;
use crate::ui::widget::text::cut;
use crate::ui::{pane, progress};

/// Draws the chart in the large pane.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let Some(run) = app.screens.studies.shown_affinity() else {
        pane::text(" Affinity ".into(), true, &before(&app.work.scenario), view, area);
        return sketch(&app.work.scenario, view, area);
    };
    let title = progress::title(run, app, area.width);
    if app.screens.studies.facet == Facet::Scatter {
        return scatter(app, run, title, true, view, area);
    }
    matrix(app, run, title, true, view, area);
}

/// Says what Space would measure, before there is a study.
fn before(scenario: &Scenario) -> String {
    let names: Vec<&str> = scenario.tasks().iter().map(|task| task.name.as_str()).collect();
    let space = match uses_own(scenario) {
        true => {
            return "No affinity study yet. Space trains every pair of the tasks of the scenario \
                    of the Lab and measures which task gains from which."
                .to_owned();
        }
        false => {
            "Space measures the preset six-tasks instead: every pair of its tasks, and which task \
             gains from which."
        }
    };
    if let Some(entry) = several(scenario).next() {
        return format!(
            "A matrix compares single tasks, but {} in the scenario of the Lab stands for {} tasks.\
             \n\nFor a matrix of its tasks, press 2, set every count to 1, and copy tasks with c.\
             \n\n{space}",
            entry.name,
            entry.count.unwrap_or(1.0)
        );
    }
    let [first, second] = names[..] else {
        return format!("The scenario of the Lab has one task: there is no pair to train. {space}");
    };
    format!(
        "The scenario of the Lab has two tasks. A matrix of two would be two numbers: what {first} \
         gains with {second}, and what {second} gains with {first}.\n\nPress 1 instead: the Lab \
         measures the gain of the target. For the other number, press 2 and change the roles with \
         R.\n\nFor a matrix, add a third task: press 2, then a.\n\n{space}"
    )
}

/// The rows of the empty pane that its text may take.
const TEXT: u16 = 4;
/// Widest name in the sketch.
const NAME: usize = 8;
/// Most tasks in the sketch.
const SKETCHED: usize = 8;

/// Draws the frame of the matrix that will come, with the names of its tasks, if there is room.
fn sketch(scenario: &Scenario, view: &mut View<'_, '_>, area: Rect) {
    let names: Vec<String> = scenario.tasks().iter().map(|task| cut(&task.name, NAME)).collect();
    if !uses_own(scenario) || names.len() > SKETCHED {
        return;
    }
    let column = names.iter().map(|name| name.chars().count()).max().unwrap_or(0) + 2;
    let mut lines = vec![
        format!("{:>column$}  trained with →", "task ↓"),
        names.iter().fold(" ".repeat(column), |line, name| format!("{line}{name:>column$}")),
    ];
    for (row, name) in names.iter().enumerate() {
        let cell = |other: usize| if other == row { "–" } else { "?" };
        let cells = (0..names.len()).map(|other| format!("{:>column$}", cell(other)));
        lines.extend([String::new(), format!("{name:>column$}{}", cells.collect::<String>())]);
    }
    let (first, second) = (&names[0], &names[1]);
    lines.extend([
        String::new(),
        format!("Every ? will be a gain: the first says what {first} gains with {second},"),
        "with its interval; its shade says whether the partner helps or hurts.".to_owned(),
    ]);
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let room = Rect {
        x: area.x + 2,
        y: area.y + 1 + TEXT,
        width: area.width.saturating_sub(3),
        height: area.height.saturating_sub(2 + TEXT),
    };
    if lines.len() > usize::from(room.height) || width > usize::from(room.width) {
        return;
    }
    let lines: Vec<Line<'_>> = lines.into_iter().map(Line::from).collect();
    view.frame.render_widget(Paragraph::new(lines).style(view.theme.dim()), room);
}

/// Draws the other chart in the small pane.
pub(super) fn other(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let Some(run) = app.screens.studies.shown_affinity() else {
        let words = "Space measures: here every pair of tasks will be a point, its gain against \
                     the proxy chosen above.";
        return pane::text(" Gain against proxy ".into(), false, words, view, area);
    };
    if app.screens.studies.facet == Facet::Scatter {
        return matrix(app, run, " Gains ".into(), false, view, area);
    }
    scatter(app, run, " Gain against proxy ".into(), false, view, area);
}

/// Stands in the place of a matrix with more rows or columns than its pane.
const NARROW: &str = "No room for a row and a column per task: a larger terminal shows them.";

fn matrix(
    app: &App,
    run: &StudyRun,
    title: String,
    focused: bool,
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let theme = view.theme;
    let inner = pane::draw(title, focused, view, area);
    let Some(mut figure) = affinity::matrix(&run.results) else { return };
    let placed = figure::draw(&figure, theme, inner, view.frame.buffer_mut());
    if !placed.has_room() {
        view.frame.render_widget(Clear, inner);
        let words = if focused { NARROW } else { "No room for a row per task: Tab shows all." };
        let words = Paragraph::new(words).wrap(Wrap { trim: true });
        return view.frame.render_widget(words.style(theme.dim()), inner);
    }
    if !placed.says_intervals() {
        affinity::leave_intervals(&mut figure);
        view.frame.render_widget(Clear, inner);
    }
    let placed = figure::draw(&figure, theme, inner, view.frame.buffer_mut());
    view.regions.add_figure(&placed, HitTarget::Matrix);
    let (row, column) = app.screens.studies.pair;
    let cell = figure.marks.iter().find_map(|mark| match &mark.shape {
        Shape::Cells(cells) => placed.rect_of(cells, column, row),
        _ => None,
    });
    let Some(cell) = cell else { return };
    view.frame
        .buffer_mut()
        .set_style(cell, theme.focus().bg(Color::Reset).add_modifier(Modifier::REVERSED));
    if focused && !app.is_covered() {
        view.frame.set_cursor_position((cell.x, cell.y));
    }
}

fn scatter(
    app: &App,
    run: &StudyRun,
    title: String,
    focused: bool,
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let theme = view.theme;
    let inner = pane::draw(title, focused, view, area);
    let insight = run.insight.as_ref();
    match insight.and_then(|i| affinity::scatter(&run.results, i, app.screens.studies.proxy)) {
        Some(figure) => {
            figure::draw(&figure, theme, inner, view.frame.buffer_mut());
        }
        None => {
            let words = Paragraph::new(no_scatter(run)).wrap(Wrap { trim: true });
            view.frame.render_widget(words.style(theme.dim()), inner);
        }
    }
}

/// Says why no scatter is shown.
fn no_scatter(run: &StudyRun) -> String {
    let scenario = run.results.study.bases().first();
    let reason = scenario.and_then(|scenario| affinity::no_proxy(scenario));
    if let Some(reason) = reason {
        return format!("No chart: {reason}.");
    }
    match scenario.filter(|_| affinity::nothing_to_order(&run.results).is_some()) {
        Some(scenario) => format!(
            "The gain of every pair is 0, so a proxy has nothing to order and every τ is undefined: \
             a module of width {} has a unit for each of two tasks, which therefore share nothing. \
             For gains of pairs, press 1 and set model.width to 1.",
            scenario.width()
        ),
        None => "shown after two trials per pair".to_owned(),
    }
}
