//! The screen: draws an [`App`] without changing it.

mod affinity;
pub mod card;
mod crosshair;
mod field;
mod footer;
pub mod lab;
pub mod ladder;
mod lesson;
mod lessons;
mod overlay;
mod plain;
mod present;
pub mod preview;
mod progress;
pub mod regions;
mod runs;
mod screen;
mod sheet;
mod summary;
mod sweep;
mod tabs;
mod tasks;
pub mod theme;
mod theory;
mod view;
pub mod widget;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Paragraph};
use unicode_width::UnicodeWidthStr;

use crate::app::{App, Screen};
use ladder::Rung;
pub use regions::{Pointing, Regions};
pub use sheet::sheet;
pub use theme::{ColourDepth, Theme};
use view::View;
use widget::text::folded;

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
    let view = &mut View { frame, theme: &theme, regions: &mut regions };
    let rung = Rung::of(area);
    match rung {
        _ if app.playing().is_some() => lesson::draw(app, rung, view, area),
        _ if app.view.present => present::draw(app, view, area),
        Rung::Line => summary::draw(app, view, area),
        Rung::Small => small(app, view, area),
        _ if app.view.zoom => small(app, view, area),
        rung => whole(app, rung, view, area),
    }
    match &app.view.preview {
        Some(preview) => preview::draw(app, preview, view, area),
        None => overlay::draw(app, view, area),
    }
    plain::plain(theme.marks(), view.frame.buffer_mut());
    regions
}

/// Draws tabs, panes, the result, the message line and the keys.
fn whole(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    let found = match (app.screens.current, rung) {
        (Screen::Lab, Rung::Wide) => 0,
        _ => 2,
    };
    let [header, body, reading, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(found),
        Constraint::Length(3),
    ])
    .areas(area);
    tabs::draw(app, &screen::state(app), view, header);
    screen::body(app, rung, view, body);
    lines(screen::reading(app, view.theme), view, reading);
    footer::draw(app, screen::context(app, view.theme), view, footer);
}

/// Draws one pane, with tabs above and the verdict below.
fn small(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let [header, body, reading, footer] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(2),
        Constraint::Length(2),
    ])
    .areas(area);
    tabs::draw(app, &screen::state(app), view, header);
    screen::body(app, Rung::Small, view, body);
    lines(screen::reading(app, view.theme), view, reading);
    footer::short(app, screen::context(app, view.theme), view, footer);
}

/// Draws lines, each cut if it is too long. If the first line is too long it is split over two
/// lines, with its numbers on the second.
fn lines(mut lines: Vec<Line<'static>>, view: &mut View<'_, '_>, area: Rect) {
    let width = usize::from(area.width);
    if lines.first().is_some_and(|first| first.width() > width) {
        let mut spans = lines.swap_remove(0).spans;
        lines = match &spans[..] {
            [only] => {
                let folded = folded(&only.content, width.saturating_sub(1));
                folded.into_iter().map(|text| Line::styled(text, only.style)).collect()
            }
            _ => {
                let numbers = spans.split_off(1);
                vec![Line::from(spans), Line::from(numbers)]
            }
        };
    }
    let lines: Vec<Line> = lines.into_iter().map(|line| in_parts(line, area.width)).collect();
    view.frame.render_widget(Paragraph::new(lines), area);
}

/// Cuts a long line of numbers after one of its parts, so that no number is cut.
fn in_parts(line: Line<'static>, width: u16) -> Line<'static> {
    match &line.spans[..] {
        [only] if line.width() > width.into() => {
            let mut kept = only.content.to_string();
            while kept.width() + 2 > usize::from(width) {
                let Some(end) = kept.rfind([',', ';']) else {
                    return footer::shortened(line, width);
                };
                kept.truncate(end);
            }
            Line::styled(format!("{kept} …"), only.style)
        }
        _ => footer::shortened(line, width),
    }
}

/// The frame of a pane; the focused one stands out.
fn block<'a>(title: String, focused: bool, theme: &Theme) -> Block<'a> {
    let style = if focused { theme.focus() } else { theme.dim() };
    let kind = if focused { BorderType::Thick } else { BorderType::Plain };
    Block::bordered()
        .border_type(kind)
        .border_style(style)
        .title(Line::from(Span::styled(title, theme.strong())))
}
