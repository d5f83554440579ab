//! The claim behind the verdict, in words.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::page;
use crate::app::{App, TheoryPane};
use crate::explanation::{Cause, Reason};
use crate::ui::screen::lab::verdict::cautions;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Draws the claim.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let lines = lines(app, view.theme, page::room(area.width));
    let title = match reason(app).map(|reason| reason.cause) {
        Some(cause @ (Cause::Open | Cause::None)) => format!("Why: {}", cause.name()),
        Some(cause) => format!("Claim: {}", cause.name()),
        None => "Claim".to_owned(),
    };
    page::draw(app, TheoryPane::Claim, &title, &lines, view, area);
}

/// The reason, beside what the trials have shown.
pub(super) fn reason(app: &App) -> Option<Reason> {
    let reason = &app.screens.theory.explanation.as_ref()?.reason;
    let outcome = app.screens.lab.outcome().filter(|_| app.screens.lab.fresh);
    Some(outcome.map_or_else(|| reason.clone(), |outcome| reason.beside(outcome)))
}

/// Number of rows that the claim needs in a pane of this width, including the frame.
pub(super) fn height(app: &App, theme: &Theme, width: u16) -> u16 {
    lines(app, theme, page::room(width)).len() as u16 + 2
}

fn lines(app: &App, theme: &Theme, room: usize) -> Vec<Line<'static>> {
    let Some(reason) = reason(app) else {
        return vec![Line::styled("computing", theme.dim())];
    };
    let fresh = if app.screens.theory.fresh { Style::new() } else { theme.dim() };
    let mut lines = page::words(&reason.title, (0, 0), room, theme.strong());
    lines.extend(page::words(&reason.words, (0, 0), room, fresh));
    lines.extend(page::words(&format!("— {}", reason.source), (0, 2), room, theme.dim()));
    let beware = cautions(app).flat_map(|text| page::words(&text, (0, 2), room, theme.alert()));
    lines.extend(beware);
    lines
}
