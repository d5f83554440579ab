//! The sliders, scrolled so that the focused one is in view.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Block;

use crate::app::{App, Pane};
use crate::figure::{axis::compact, words};
use crate::scenario::Handle;
use crate::scenario::knob::Scale;
use crate::ui::theme::Theme;
use crate::ui::widget::slider::Slider;

/// Draws the sliders in a pane of their own.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let block = super::panes::block(app, Pane::Knobs, " Knobs ".into(), theme);
    let inner = block.inner(area);
    let sliders = app.sliders();
    let room = (inner.height / 2) as usize;
    let focused = sliders.iter().position(|h| *h == app.lab.focus).unwrap_or(0);
    let first = (focused + 2).saturating_sub(room).min(sliders.len().saturating_sub(room));
    let more = [(first > 0, " ↑ "), (first + room < sliders.len(), " ↓ ")];
    let block = more
        .into_iter()
        .filter(|(is, _)| *is)
        .fold(block, |block, (_, text)| block.title_bottom(text));
    frame.render_widget::<Block>(block, area);
    for (i, handle) in sliders.iter().skip(first).take(room).enumerate() {
        let line = Rect { y: inner.y + 2 * i as u16, height: 2, ..inner };
        slider(app, *handle, theme, frame, line);
    }
}

fn slider(app: &App, handle: Handle, theme: &Theme, frame: &mut Frame, area: Rect) {
    let (draft, knob) = (app.scenario.draft(), handle.knob);
    let focused = handle == app.lab.focus;
    let end = |value: f64| match knob.scale {
        Scale::Choice(_) => String::new(),
        _ => compact(value),
    };
    let value = handle.get(draft).unwrap_or(f64::NAN);
    let slider = Slider {
        label: &format!("{} {}", handle.path(draft), knob.symbol),
        value: &words::value_of(handle, value),
        low: &end(knob.track.0),
        high: &end(knob.track.1),
        position: knob.position(value),
        opened: app.default_value().filter(|_| focused).map(|v| knob.position(v)),
        focused,
        focus: theme.focus(),
        dim: theme.dim(),
    };
    let place = slider.draw(area, frame.buffer_mut());
    if focused
        && app.field.is_none()
        && app.help.is_none()
        && let Some(place) = place
    {
        frame.set_cursor_position(place);
    }
}
