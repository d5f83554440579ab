//! What the screen will look like once there are runs, drawn for the scenario of the Lab.

use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Wrap};
use unicode_width::UnicodeWidthStr;

use crate::app::{App, Screen};
use crate::figure::words;
use crate::math::stats::LEVEL;
use crate::scenario::Handle;
use crate::ui::pane::block;
use crate::ui::screen::lab;
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Lines of the list of runs with its frame.
pub(super) const LIST: u16 = 9;
/// Settings in the sketch of the differences.
const SETTINGS: usize = 4;

/// Draws the list with the sweep that would be measured next, twice, with two seeds.
pub(super) fn list(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let (sweep, affinity) = (Screen::Sweep.digit(), Screen::Affinity.digit());
    let theme = view.theme;
    let words = format!(
        "No runs yet. {sweep} sets up a sweep along a knob, {affinity} an affinity study of many \
         tasks; Space measures it there. Every run then stands here as a line:"
    );
    let form = &app.screens.studies.form;
    let theory = lab::crossings(app).map(|places| format!(" (theory {places})"));
    let theory = theory.unwrap_or_default();
    let seed = app.work.scenario.draft().seed;
    let room = usize::from(area.width.saturating_sub(2));
    let row = |number: u64| {
        let line = format!(
            "   {number}  {}  {}, seed {}  n = {}  break-even ?",
            form.x.knob,
            app.work.name,
            seed + (number - 1) as f64,
            form.trials
        );
        let whole = format!("{line}{theory}");
        if whole.width() <= room { whole } else { cut(&line, room) }
    };
    let dim = |text: String| Line::styled(text, theme.dim());
    let lines = vec![
        Line::from(words),
        Line::raw(""),
        dim("   #  question, scenario, trials, finding".to_owned()),
        dim(row(1)),
        dim(row(2)),
    ];
    let pane = block(" Runs of this session ".to_owned(), true, theme);
    view.frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).block(pane), area);
}

/// Draws the table of differences between these two runs.
pub(super) fn differences(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let (sweep, affinity) = (Screen::Sweep.digit(), Screen::Affinity.digit());
    let theme = view.theme;
    let words = format!(
        "Here will stand the difference between two runs, setting by setting. {sweep} or {affinity} \
         and then Space measures a run; b pins it; another of the same kind is compared with it."
    );
    let form = &app.screens.studies.form;
    let places = form.x.handle(&app.work.scenario).map_or_else(Vec::new, |handle| {
        places(handle, (form.x.from, form.x.to), form.x.named || form.x.log)
    });
    let column = places.iter().chain([&form.x.knob]).map(|text| text.chars().count()).max();
    let column = column.unwrap_or(0);
    let row = |name: &str, cells: [&str; 3]| {
        let cells: String = cells.iter().map(|cell| format!("{cell:>12}")).collect();
        Line::styled(format!("   {name:<column$}{cells}"), theme.dim())
    };
    let mut lines = vec![Line::from(words), Line::raw("")];
    lines.push(row(&form.x.knob, ["gain #1", "gain #2", "difference"]));
    lines.extend(places.iter().map(|place| row(place, ["?", "?", "?"])));
    lines.push(Line::raw(""));
    lines.push(Line::styled(
        format!(
            "Every ? will be a number with its {LEVEL} interval, and ▲ more or ▼ less will say where \
             the two runs differ."
        ),
        theme.dim(),
    ));
    let pane = block(" Difference ".to_owned(), false, theme);
    view.frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).block(pane), area);
}

/// Values of a knob from one end to the other; only the ends if they are not evenly spaced.
fn places(handle: Handle, (from, to): (f64, f64), only_ends: bool) -> Vec<String> {
    let steps = if only_ends { 1 } else { SETTINGS - 1 };
    let value = |i: usize| from + (to - from) * i as f64 / steps as f64;
    (0..=steps).map(|i| words::value_of(handle, value(i))).collect()
}
