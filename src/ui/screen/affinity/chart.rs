//! The matrix of measured gains with the cursor in it, and the scatter of a proxy.

use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use ratatui::widgets::Paragraph;

use crate::app::studies::Facet;
use crate::app::{App, HitTarget, StudyRun};
use crate::figure::{Shape, affinity};
use crate::ui::view::View;
use crate::ui::widget::figure;
use crate::ui::{pane, progress};

/// Draws the chart in the large pane.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let Some(run) = app.screens.studies.shown_affinity() else {
        let few = !crate::app::screen::affinity::uses_own(&app.work.scenario);
        let whose = if few { "the preset six-tasks" } else { "the scenario of the Lab" };
        let words = format!(
            "No affinity study yet. Space trains every pair of the tasks of {whose} and measures \
             which task gains from which."
        );
        return pane::text(" Affinity ".into(), true, &words, view, area);
    };
    let title = progress::title(run, area.width);
    if app.screens.studies.facet == Facet::Scatter {
        return scatter(app, run, title, true, view, area);
    }
    matrix(app, run, title, true, view, area);
}

/// Draws the other chart in the small pane.
pub(super) fn other(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let Some(run) = app.screens.studies.shown_affinity() else {
        pane::draw(" Gain against proxy ".into(), false, view, area);
        return;
    };
    if app.screens.studies.facet == Facet::Scatter {
        return matrix(app, run, " Gains ".into(), false, view, area);
    }
    scatter(app, run, " Gain against proxy ".into(), false, view, area);
}

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
    let Some(figure) = affinity::matrix(&run.results) else { return };
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
            let words = Paragraph::new("shown after two trials per pair").style(theme.dim());
            view.frame.render_widget(words, inner);
        }
    }
}
