//! The form for setting up a sweep.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::studies::knob_values::KnobValues;
use crate::app::studies::{FormField, FormRow, SweepForm};
use crate::app::{App, HitTarget, KeyContext, RunState};
use crate::figure::words;
use crate::runner::about;
use crate::ui::pane::{arrows, block};
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// A sweep that takes longer says so before it starts, in seconds.
const LONG: f64 = 30.0;

/// The heading of the methods.
const METHODS: &str = " compare with methods:";

/// Draws the settings, scrolled so that the focused one is in view.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let focused = !app.screens.studies.in_chart;
    let pane = block(" Set up ".into(), focused, theme);
    let inner = pane.inner(area);
    let form = &app.screens.studies.form;
    let entries = entries(form);
    let work = work(app, theme);
    let below = work.len() as u16;
    let room = inner.height.saturating_sub(below) as usize;
    let here = entries.iter().position(|entry| *entry == Some(form.row)).unwrap_or(0);
    let first = (here + 2).saturating_sub(room).min(entries.len().saturating_sub(room));
    let pane = arrows(pane, first > 0, first + room < entries.len());
    view.frame.render_widget(pane, area);
    let shown = || entries.iter().skip(first).take(room).zip(0..);
    let written = |entry: &Option<FormRow>| match entry {
        Some(row) => line(app, *row, focused, theme),
        None => Line::styled(METHODS, theme.dim()),
    };
    let lines: Vec<Line> = shown().map(|(entry, _)| written(entry)).collect();
    view.regions.add(area, HitTarget::Part(KeyContext::Form));
    for (entry, i) in shown() {
        let line = Rect { y: inner.y + i, height: 1, ..inner };
        if let Some(row) = entry {
            view.regions.add(line, HitTarget::Setting(*row));
        }
    }
    let shown = lines.len() as u16;
    view.frame
        .render_widget(Paragraph::new(lines), Rect { height: shown.min(inner.height), ..inner });
    let below = Rect {
        y: inner.bottom().saturating_sub(below).max(inner.y),
        height: below.min(inner.height),
        ..inner
    };
    view.frame.render_widget(Paragraph::new(work), below);
    if focused && !app.is_covered() && here >= first {
        let y = (inner.y + (here - first) as u16).min(inner.bottom().saturating_sub(1));
        view.frame.set_cursor_position((inner.x, y));
    }
}

/// The settings, with the heading of the methods (`None`) before the first of them.
fn entries(form: &SweepForm) -> Vec<Option<FormRow>> {
    let heads = |row: &FormRow| matches!(row, FormRow::Method(0)).then_some(None);
    form.rows().into_iter().flat_map(|row| heads(&row).into_iter().chain([Some(row)])).collect()
}

fn line(app: &App, row: FormRow, focused: bool, theme: &Theme) -> Line<'static> {
    let form = &app.screens.studies.form;
    let here = row == form.row;
    let style = match here && focused {
        true => theme.focus().add_modifier(Modifier::REVERSED),
        false if here => theme.focus(),
        false => Style::new(),
    };
    let wrong = form.problem.as_ref().is_some_and(|(place, _)| *place == row);
    let mark = if wrong { "!" } else { " " };
    let indent = match row {
        FormRow::X(FormField::Knob) => "x  ",
        FormRow::Y(FormField::Knob) => "y  ",
        FormRow::X(_) | FormRow::Y(_) => "   ",
        FormRow::Trials | FormRow::Method(_) => "",
    };
    Line::from(vec![
        Span::styled(mark, theme.alert()),
        Span::styled(indent, theme.strong()),
        Span::styled(value(app, form, row), style),
    ])
}

/// A row's value, in words.
fn value(app: &App, form: &SweepForm, row: FormRow) -> String {
    let of = |along: &KnobValues, part: FormField| {
        let worded = |value: f64| {
            let handle = along.handle(&app.work.scenario);
            handle.map_or_else(|| value.to_string(), |handle| words::value_of(handle, value))
        };
        match part {
            FormField::Knob => along.knob.clone(),
            FormField::From => format!("from {}", worded(along.from)),
            FormField::To => format!("to {}", worded(along.to)),
            FormField::Points => format!("{} points", along.points),
            FormField::Scale if along.log => "log".to_owned(),
            FormField::Scale => "linear".to_owned(),
        }
    };
    match row {
        FormRow::X(part) => of(&form.x, part),
        FormRow::Y(part) => form.y.as_ref().map_or_else(|| "none".to_owned(), |y| of(y, part)),
        FormRow::Trials => format!("{} trials per cell", form.trials),
        FormRow::Method(i) => {
            let (name, chosen) = form.methods.get(i).copied().unwrap_or_default();
            format!("[{}] {name}", if chosen { "x" } else { " " })
        }
    }
}

/// The time that the sweep will take at the pace of the Lab, if it is long.
fn time(app: &App) -> Option<String> {
    let form = &app.screens.studies.form;
    let trials = form.cells(&app.work.scenario).ok()? * form.trials * form.ways();
    let seconds = app.screens.lab.seconds_per_trial()? * trials as f64;
    (seconds > LONG).then(|| format!(" takes {}", about(seconds)))
}

/// The amount of work, and what Space does.
fn work(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let form = &app.screens.studies.form;
    let work = match form.cells(&app.work.scenario) {
        Ok(cells) => {
            let ways = if form.ways() > 1 {
                format!(" × {} methods", form.ways())
            } else {
                String::new()
            };
            format!(" {cells} cells, {} trials{ways}", cells * form.trials)
        }
        Err(_) => " cannot be computed".to_owned(),
    };
    let shown = app.screens.studies.shown_sweep();
    let asks_the_same = shown.is_some_and(|run| {
        *run.results.study.draft() == form.draft(&app.work.name, &app.work.scenario)
    });
    let space = match shown.map(|run| run.state) {
        Some(RunState::Running) => "pauses",
        Some(RunState::Paused | RunState::Stopped) if asks_the_same => "resumes",
        Some(RunState::Done) if asks_the_same => "(done)",
        Some(_) => "starts a new sweep",
        None => "starts",
    };
    let starts = space.starts_with("starts");
    let mut lines = vec![Line::from(""), Line::styled(work, theme.dim())];
    lines.extend(time(app).filter(|_| starts).map(|time| Line::styled(time, theme.dim())));
    lines
        .push(Line::from(vec![Span::styled(" Space", theme.strong()), format!(" {space}").into()]));
    lines
}
