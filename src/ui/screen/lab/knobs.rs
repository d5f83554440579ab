//! The sliders, scrolled so that the focused one is in view.

use ratatui::layout::Rect;

use crate::app::{App, HitTarget, Pane};
use crate::figure::{axis::compact, words};
use crate::scenario::Handle;
use crate::scenario::knob::KnobScale;
use crate::ui::pane::{arrows, block};
use crate::ui::view::View;
use crate::ui::widget::slider::Slider;

/// Draws the sliders in their pane.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(" Knobs ".into(), app.screens.lab.pane == Pane::Knobs, theme);
    let inner = pane.inner(area);
    let sliders = app.screens.lab.sliders(&app.work.scenario, app.settings.panes);
    let room = (inner.height / 2) as usize;
    let focused = sliders.iter().position(|h| *h == app.screens.lab.focus).unwrap_or(0);
    let first = (focused + 2).saturating_sub(room).min(sliders.len().saturating_sub(room));
    let pane = arrows(pane, first > 0, first + room < sliders.len());
    view.frame.render_widget(pane, area);
    for (i, handle) in sliders.iter().skip(first).take(room).enumerate() {
        let line = Rect { y: inner.y + 2 * i as u16, height: 2, ..inner };
        slider(app, *handle, view, line);
    }
}

/// Draws the slider of one knob of the current scenario on two lines.
pub(crate) fn slider(app: &App, handle: Handle, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let (draft, knob) = (app.work.scenario.draft(), handle.knob);
    let focused = handle == app.screens.lab.focus;
    let end = |value: f64| match knob.scale {
        KnobScale::Choice(_) => String::new(),
        _ => compact(value),
    };
    let value = handle.get(draft).unwrap_or(f64::NAN);
    let ends = app.work.scenario.track(handle);
    let slider = Slider {
        label: &format!("{} {}", handle.path(draft), knob.symbol),
        value: &words::value_of(handle, value),
        low: &end(ends.0),
        high: &end(ends.1),
        position: knob.position(ends, value),
        opened: app
            .work
            .value_when_opened(app.screens.lab.focus)
            .filter(|_| focused)
            .map(|v| knob.position(ends, v)),
        focused,
        asleep: handle.asleep(draft).is_some(),
        focus: theme.focus(),
        dim: theme.dim(),
    };
    let Some((place, track)) = slider.draw(area, view.frame.buffer_mut()) else { return };
    view.regions.add(Rect { y: area.y, height: 2, ..track }, HitTarget::Slider(handle));
    if focused && !app.is_covered() {
        view.frame.set_cursor_position(place);
    }
}
