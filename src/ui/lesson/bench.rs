//! The knobs of a lesson, those that are fixed, and the gain.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::screen::lessons::Playing;
use crate::app::{App, Pane};
use crate::figure::words;
use crate::lesson::StepKind;
use crate::ui::pane::{self, arrows, block};
use crate::ui::screen::lab;
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Returns true if the step has knobs or a figure to save.
pub(super) fn has(playing: &Playing) -> bool {
    playing.step().kind.is_free() || matches!(playing.step().kind, StepKind::Export { .. })
}

/// Number of lines that the knobs take, including the frame; 0 if the step has none.
pub(super) fn lines(app: &App, playing: &Playing) -> u16 {
    if !has(playing) {
        return 0;
    }
    let knobs = playing.knobs(&app.work.scenario).len() * 2;
    let locked = playing.locked(&app.work.scenario).len();
    (knobs + locked + usize::from(locked > 0) + 2) as u16
}

/// Draws the gain, or the figure that the step asks for.
pub(super) fn chart(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let pane = match &playing.step().kind {
        StepKind::Export { figure, .. } => Pane::of_figure(figure.id).unwrap_or(Pane::Gain),
        _ => Pane::Gain,
    };
    lab::figure::draw(app, pane, view, area);
}

/// Draws the slider of the focused knob.
pub(super) fn one(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let inner = pane::draw(" Knob ".into(), false, view, area);
    lab::slider(app, app.screens.lab.focus, view, inner);
}

/// Draws the knobs that can be turned, and below them those that are fixed.
pub(super) fn knobs(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(" Knobs ".into(), playing.step().kind.is_free(), theme);
    let inner = pane.inner(area);
    let knobs = playing.knobs(&app.work.scenario);
    let room = usize::from(inner.height / 2);
    let here = knobs.iter().position(|knob| *knob == app.screens.lab.focus).unwrap_or(0);
    let first = (here + 1).saturating_sub(room);
    let pane = arrows(pane, first > 0, first + room < knobs.len());
    view.frame.render_widget(pane, area);
    let mut y = inner.y;
    for handle in knobs.iter().skip(first).take(room) {
        lab::slider(app, *handle, view, Rect { y, height: 2, ..inner });
        y += 2;
    }
    let locked = playing.locked(&app.work.scenario);
    let fixed = locked.iter().map(|handle| words::knob(&app.work.scenario, *handle));
    let title = (!locked.is_empty()).then(|| "fixed:".to_owned());
    for words in title.into_iter().chain(fixed) {
        if y >= inner.bottom() {
            break;
        }
        let words = cut(&format!("  {words}"), inner.width.into());
        let line = Rect { y, height: 1, ..inner };
        view.frame.render_widget(Line::styled(words, theme.dim()), line);
        y += 1;
    }
}
