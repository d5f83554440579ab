//! Presenter mode: one chart and the verdict, large enough to read from the last row.

use font8x8::UnicodeFonts;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::footer;
use super::ladder::Rung;
use super::screen;
use super::view::View;
use super::widget::figure;
use super::widget::text::cut;
use crate::app::settings::Marks;
use crate::app::{App, HitTarget, Pane, Screen};
use crate::figure::words;
use crate::transfer::Verdict;

/// Height of a large letter, in rows.
pub(super) const ROWS: u16 = 4;

/// Draws the verdict in large letters, its numbers and the chart.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    if area.width < 30 || area.height < 12 {
        return super::summary::draw(app, view, area);
    }
    let [large, numbers, chart, keys] = Layout::vertical([
        Constraint::Length(ROWS),
        Constraint::Length(2),
        Constraint::Min(0),
        Constraint::Length(1),
    ])
    .areas(area);
    match app.screens.current {
        Screen::Affinity | Screen::Sweep | Screen::Runs => {
            super::lines(screen::reading(app, view.theme), view, large);
            let body = Rect { y: numbers.y, height: numbers.height + chart.height, ..chart };
            let screen =
                if app.screens.current == Screen::Runs { Rung::Narrow } else { Rung::Small };
            screen::body(app, screen, view, body);
        }
        _ => {
            verdict(app, view, large, numbers);
            gain(app, view, chart);
        }
    }
    let line = match &app.field {
        None if app.view.crosshair.is_some() => screen::context(app, view.theme),
        Some(_) => screen::context(app, view.theme),
        None => Line::styled(format!(" {}  (P leaves)", focus(app)), view.theme.dim()),
    };
    match &app.field {
        Some(_) => footer::short(app, line, view, keys),
        None => view.frame.render_widget(line, keys),
    }
}

/// The verdict in one or two words.
pub(super) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Helps => "HELPS",
        Verdict::Hurts => "HURTS",
        Verdict::NoDifference => "NO DIFFERENCE",
        Verdict::Undecided => "UNDECIDED",
    }
}

fn focus(app: &App) -> String {
    words::knob(&app.work.scenario, app.screens.lab.focus)
}

/// Draws the verdict in large letters; below it the full verdict with gain, ± and n.
pub(super) fn verdict(app: &App, view: &mut View<'_, '_>, large: Rect, numbers: Rect) {
    let theme = view.theme;
    let Some((outcome, measurement)) = app.screens.lab.outcome().zip(app.screens.lab.measurement())
    else {
        return letters("MEASURING", theme.strong(), view, large);
    };
    let fresh = app.screens.lab.fresh && measurement.is_complete();
    let style = if fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    letters(word(outcome.verdict), style, view, large);
    let more = if fresh { "" } else { " …" };
    let lines = vec![
        Line::styled(words::verdict(&app.work.scenario, outcome.verdict), style).centered(),
        Line::from(vec![
            Span::styled(words::effect(outcome), style),
            Span::raw(format!("  (95 %, {} trials{more})", outcome.trials)),
        ])
        .centered(),
    ];
    super::lines(lines, view, numbers);
}

/// Draws the gain along the focused knob, in thick lines.
pub(super) fn gain(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let Some(figure) = app.figure(Pane::Gain) else {
        let words = Line::styled("computing …", view.theme.dim()).centered();
        return view.frame.render_widget(words, area);
    };
    let theme = view.theme.thickly();
    let placed = figure::draw(&figure, &theme, area, view.frame.buffer_mut());
    view.regions.add_figure(&placed, HitTarget::Figure(Pane::Gain));
    super::crosshair::draw(app, Pane::Gain, &figure, &placed, view);
}

/// Draws text in letters as large as there is room for.
pub(super) fn letters(text: &str, style: Style, view: &mut View<'_, '_>, area: Rect) {
    let count = text.chars().count() as u16;
    let (width, marks) = (area.width, view.theme.marks());
    let columns = match marks {
        _ if 8 * count <= width => 8,
        Marks::Braille if 4 * count <= width => 4,
        _ => {
            let line = Line::styled(cut(text, width.into()), style).centered();
            let middle = Rect { y: area.y + area.height / 2, height: 1, ..area };
            return view.frame.render_widget(line, middle);
        }
    };
    let start = area.x + (width - columns * count) / 2;
    for (i, letter) in text.chars().enumerate() {
        let Some(glyph) = font8x8::BASIC_FONTS.get(letter) else { continue };
        let x = start + i as u16 * columns;
        for row in 0..ROWS.min(area.height) {
            let dots =
                |down: u16, across: u16| glyph[usize::from(2 * row + down)] >> across & 1 == 1;
            for column in 0..columns {
                let sign = match columns {
                    8 => half(dots(0, column), dots(1, column)),
                    _ => quarter([
                        dots(0, 2 * column),
                        dots(0, 2 * column + 1),
                        dots(1, 2 * column),
                        dots(1, 2 * column + 1),
                    ]),
                };
                view.frame.buffer_mut().set_string(x + column, area.y + row, sign, style);
            }
        }
    }
}

fn half(above: bool, below: bool) -> &'static str {
    match (above, below) {
        (true, true) => "█",
        (true, false) => "▀",
        (false, true) => "▄",
        (false, false) => " ",
    }
}

/// The character for four dots in a cell: top left, top right, bottom left, bottom right.
fn quarter(dots: [bool; 4]) -> &'static str {
    const SIGNS: [&str; 16] =
        [" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"];
    SIGNS[dots.iter().enumerate().map(|(i, dot)| usize::from(*dot) << i).sum::<usize>()]
}
