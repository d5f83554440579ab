//! Draws a whole frame in the layout for its size.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;

use super::ladder::Rung;
use super::regions::Regions;
use super::theme::Theme;
use super::view::View;
use super::widget::line::in_two;
use super::{lesson, overlay, picker, plain, present, preview, screen, summary, tabs};
use crate::app::App;

/// Draws the program into a frame of any size, in the theme of its settings. Returns the regions
/// that the mouse can act on.
pub fn draw(app: &App, frame: &mut Frame) -> Regions {
    let area = frame.area();
    let mut regions = Regions::default();
    if area.is_empty() {
        return regions;
    }
    let theme = Theme::of(&app.settings);
    let theme = if app.view.present { theme.strongly() } else { theme };
    frame.buffer_mut().set_style(area, theme.ground());
    let view = &mut View { frame, theme: &theme, regions: &mut regions, scrolls: false };
    if let Some(picker) = &app.picker {
        picker::draw(app, picker, view, area);
        plain::plain(theme.marks(), view.frame.buffer_mut());
        return regions;
    }
    let rung = Rung::of(area);
    match rung {
        _ if app.playing().is_some() => lesson::draw(app, rung, view, area),
        _ if app.view.present => present::draw(app, view, area),
        Rung::Line => summary::draw(app, view, area),
        _ if app.view.zoom => panes(app, Rung::Small, view, area),
        rung => panes(app, rung, view, area),
    }
    match &app.view.preview {
        Some(preview) => preview::draw(app, preview, view, area),
        None => overlay::draw(app, view, area),
    }
    plain::plain(theme.marks(), view.frame.buffer_mut());
    regions
}

/// Draws tabs, panes, the result, and the footer.
fn panes(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    let screen = screen::current(app);
    let is_small = rung == Rung::Small;
    let result = if rung == Rung::Wide && screen.has_result_pane { 0 } else { 2 };
    let [header, body, reading, below] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(result),
        Constraint::Length(if is_small { 2 } else { 3 }),
    ])
    .areas(area);
    tabs::draw(app, &(screen.state)(app), view, header);
    (screen.draw)(app, rung, view, body);
    let lines = in_two((screen.reading)(app, view.theme), reading.width);
    view.frame.render_widget(Paragraph::new(lines), reading);
    let footer = screen.footer(app, view.theme);
    if is_small { footer.short(app, view, below) } else { footer.draw(app, view, below) }
}
