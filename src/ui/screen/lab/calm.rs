//! The Lab with few panes: three knobs in words, the gain, the verdict, and what they mean.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::meaning::meaning;
use super::{figure, knobs, verdict};
use crate::app::{App, HitTarget, Pane};
use crate::figure::words;
use crate::ui::pane::{block, text_page};
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Lines of a knob: its name in words, its slider, and a gap.
const KNOB: u16 = 4;
/// Fewest lines for the meaning of the verdict below it, including the frame.
const MEANING: u16 = 9;

/// Three columns: knobs and the scenario, the gain, the verdict and its reason.
pub(super) fn wide(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let columns = [Constraint::Length(42), Constraint::Min(0), Constraint::Length(35)];
    let [left, middle, right] = Layout::horizontal(columns).areas(area);
    let [above, below] = left_column(app, left);
    sliders(app, "", view, above);
    pane(app, Pane::About, "Tab, z", view, below);
    let chart = chart(app);
    pane(app, chart, "", view, middle);
    let height = right.height.saturating_sub(MEANING).clamp(11, verdict::LINES);
    let [above, below] =
        Layout::vertical([Constraint::Length(height), Constraint::Min(0)]).areas(right);
    verdict::draw(app, "3", view, above);
    pane(app, Pane::Why, "Tab, z", view, below);
}

/// Two columns: knobs and the scenario; the gain or, with Tab, the words in full. The verdict is on
/// the lines below.
pub(super) fn narrow(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let [left, right] =
        Layout::horizontal([Constraint::Length(31), Constraint::Min(0)]).areas(area);
    let [above, below] = left_column(app, left);
    let chosen = app.screens.lab.pane;
    let next = if chosen == Pane::Why { "Tab the whole text" } else { "Tab what it means" };
    sliders(app, next, view, above);
    about(app, false, "Tab", view, below);
    let shown = if [Pane::Why, Pane::About].contains(&chosen) { chosen } else { chart(app) };
    pane(app, shown, "z", view, right);
}

/// The chart in view: methods side by side, or the gain.
fn chart(app: &App) -> Pane {
    if app.screens.lab.view == Pane::Methods { Pane::Methods } else { Pane::Gain }
}

/// A pane of words or a chart; `more` names the keys that show what is cut off.
pub(super) fn pane(app: &App, pane: Pane, more: &str, view: &mut View<'_, '_>, area: Rect) {
    view.regions.add(area, HitTarget::Pane(pane));
    let focused = app.screens.lab.pane == pane;
    match pane {
        Pane::Why => {
            let (lines, hint) = meaning(app, view.theme);
            text_page(" What it means ", &lines, (hint, more), focused, view, area);
        }
        Pane::About => about(app, focused, more, view, area),
        other => figure::draw(app, other, view, area),
    }
}

/// The knobs, and below them the scenario.
fn left_column(app: &App, area: Rect) -> [Rect; 2] {
    let count = app.screens.lab.sliders(&app.work.scenario, app.settings.panes).len() as u16;
    let rows = [Constraint::Length(KNOB * count + 1), Constraint::Min(0)];
    Layout::vertical(rows).areas(area)
}

/// The knobs, each with its meaning above its slider.
fn sliders(app: &App, hint: &'static str, view: &mut View<'_, '_>, area: Rect) {
    view.regions.add(area, HitTarget::Pane(Pane::Knobs));
    let theme = view.theme;
    let others = [Pane::Gain, Pane::Methods, Pane::Why, Pane::About];
    let focused = !others.contains(&app.screens.lab.pane);
    let mut pane = block(" Turn a knob with ← → ".into(), focused, theme);
    if !hint.is_empty() {
        pane = pane.title_bottom(Line::styled(format!(" {hint} "), theme.dim()));
    }
    let inner = pane.inner(area);
    view.frame.render_widget(pane, area);
    let handles = app.screens.lab.sliders(&app.work.scenario, app.settings.panes);
    for (handle, i) in handles.into_iter().zip(0..) {
        let top = inner.y + KNOB * i;
        if top + 3 > inner.bottom() {
            return;
        }
        let room = usize::from(inner.width).saturating_sub(2);
        let words = words::quantity_within(app.work.scenario.draft(), handle, room);
        let words = Line::styled(format!("  {}", cut(&words, room)), theme.dim());
        view.frame.render_widget(words, Rect { y: top, height: 1, ..inner });
        knobs::slider(app, handle, view, Rect { y: top + 1, height: 2, ..inner });
    }
}

/// The scenario in its own words, and the words of the field that they use.
fn about(app: &App, focused: bool, more: &str, view: &mut View<'_, '_>, area: Rect) {
    view.regions.add(area, HitTarget::Pane(Pane::About));
    let theme = view.theme;
    let draft = app.work.scenario.draft();
    let mut lines =
        vec![Line::styled(draft.title.clone(), theme.strong()), Line::raw(draft.about.clone())];
    if draft.about.contains("loud") || draft.about.contains("quiet") {
        lines.push(Line::styled(
            "Loud directions of the rows: those in which they spread most; quiet: least.",
            theme.dim(),
        ));
    }
    let hint = "t tour of a minute · f all panes";
    text_page(" The tasks ", &lines, (hint, more), focused, view, area);
}
