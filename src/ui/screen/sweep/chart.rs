//! The chart of a sweep, with pinned sweeps over it, and its cursor.

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::{App, HitTarget, KeyContext, StudyRun};
use crate::figure::{Figure, MarkRole, Shape, finding, gain, phase, words};
use crate::study::Curve;
use crate::study::plan::StudyLine;
use crate::ui::view::View;
use crate::ui::widget::figure::{self, Placed, highlight, is_blank};
use crate::ui::{pane, progress};

/// Draws the chart in its pane.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let focused = app.screens.studies.in_chart;
    let Some(run) = app.screens.studies.shown_sweep() else {
        let form = &app.screens.studies.form;
        let (x, n) = (&form.x.knob, form.trials);
        let words = match &form.y {
            Some(y) => format!(
                "No phase diagram yet. Space measures the gain in every cell over {x} and {}, with \
                 {n} trials each: blue cells help, orange cells hurt.",
                y.knob
            ),
            None => format!(
                "No sweep yet. Space measures the gain along {x}, with {n} trials per point. ↓ and \
                 → change the form beside; a second knob at y makes a phase diagram."
            ),
        };
        return match preview(app) {
            Some(figure) => {
                let title =
                    format!(" Theory along {}; Space measures ", app.screens.studies.form.x.knob);
                let inner = pane::draw(title, focused, view, area);
                figure::draw(&figure, theme, inner, view.frame.buffer_mut());
            }
            None => pane::text(" Sweep ".into(), focused, &words, view, area),
        };
    };
    let inner = pane::draw(progress::title(run, app, area.width), focused, view, area);
    let begun = |figure: &Figure| run.progress.done > 0 && !figure.is_empty();
    let Some(mut figure) = app.screens.studies.chart(run).filter(begun) else {
        let words = undefined(run).unwrap_or_else(|| match run.results.theory.is_empty() {
            true => "computing the theory".to_owned(),
            false => "running the first trials".to_owned(),
        });
        let words = Paragraph::new(words).wrap(Wrap { trim: true });
        view.frame.render_widget(words.style(theme.dim()), inner);
        return;
    };
    figure.marks.extend(phase::way(&run.results, &app.work.scenario));
    view.regions.add(area, HitTarget::Part(KeyContext::Chart));
    let placed = figure::draw(&figure, theme, inner, view.frame.buffer_mut());
    view.regions.add_figure(&placed, HitTarget::Chart);
    if focused {
        cursor(app, run, &figure, &placed, view);
    }
}

/// Says that no gain of the trials so far is defined, why, and what the errors tell instead.
fn undefined(run: &StudyRun) -> Option<String> {
    let why = words::undefined(&run.results)?;
    let found = finding::words(&run.results);
    Some(format!("{why} By the errors themselves, joint training {found}."))
}

/// The gain along the knob of the form as far as the Lab knows it, before anything is measured here.
fn preview(app: &App) -> Option<Figure> {
    let (lab, form, scenario) = (&app.screens.lab, &app.screens.studies.form, &app.work.scenario);
    let curve = lab.curve.as_ref().filter(|_| form.y.is_none())?;
    let is_same = curve.handle.path(scenario.draft()) == form.x.knob && !curve.theory.is_empty();
    is_same.then(|| {
        gain::figure(scenario, &Curve { measured: Vec::new(), ..curve.clone() }, None, None)
    })
}

/// Marks the point under the cursor in a way that is visible even without colour.
fn cursor(
    app: &App,
    run: &StudyRun,
    figure: &Figure,
    placed: &Placed<'_>,
    view: &mut View<'_, '_>,
) {
    let theme = view.theme;
    let study = &run.results.study;
    let cursor = app.screens.studies.cursor.inside(study);
    let Some(line) = cursor.line(study) else { return };
    let area = match &line.y {
        Some(y) => {
            let at = (line.x.values.get(cursor.column), y.values.get(cursor.row));
            let (Some(&x), Some(&y)) = at else { return };
            let found = figure.marks.iter().find_map(|mark| match &mark.shape {
                Shape::Cells(cells) => {
                    let (column, row) = cells.find((x, y))?;
                    placed.rect_of(cells, column, row)
                }
                _ => None,
            });
            let Some(area) = found else { return };
            highlight(area, theme, view.frame.buffer_mut());
            area
        }
        None => {
            let Some(place) = point(app, run, line, figure, placed) else { return };
            let inner = placed.inner();
            let column = Rect { x: place.0, width: 1, ..inner };
            let buffer = view.frame.buffer_mut();
            let level =
                inner.positions().filter(|at| app.screens.studies.crossed && at.y == place.1);
            for at in level.filter(|at| at.x != place.0) {
                if is_blank(buffer, at) {
                    buffer.set_string(at.x, at.y, "─", theme.focus());
                }
            }
            for at in column.positions() {
                if is_blank(buffer, at) {
                    buffer.set_string(at.x, at.y, "│", theme.focus());
                }
            }
            Rect { x: place.0, y: place.1, width: 1, height: 1 }
        }
    };
    let style = theme.focus().bg(Color::Reset).add_modifier(Modifier::REVERSED);
    view.frame.buffer_mut().set_style(area, style);
    if !app.is_covered() {
        view.frame.set_cursor_position((area.x, area.y));
    }
}

/// The terminal cell of the point under the cursor: on its series if that is known, otherwise on
/// the line of no difference.
fn point(
    app: &App,
    run: &StudyRun,
    line: &StudyLine,
    figure: &Figure,
    placed: &Placed<'_>,
) -> Option<(u16, u16)> {
    let study = &run.results.study;
    let cursor = app.screens.studies.cursor.inside(study);
    let x = *line.x.values.get(cursor.column)?;
    let number = cursor.row * study.methods().len() + cursor.method;
    let level = figure.marks.iter().find_map(|mark| match &mark.shape {
        Shape::Level { y, .. } => Some(*y),
        _ => None,
    });
    let y = figure.marks.iter().find_map(|mark| match &mark.shape {
        Shape::Points { points, .. } if mark.role == MarkRole::Series(number as u8) => {
            points.iter().find(|point| point.x == x).map(|point| point.y)
        }
        _ => None,
    });
    let inside = |y: f64| placed.cell_at((x, y));
    y.and_then(inside).or_else(|| level.and_then(inside))
}
