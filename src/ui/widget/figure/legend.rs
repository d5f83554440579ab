//! The legend: a sample of each mark, and its name.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr;

use super::{cells, symbols};
use crate::figure::{Dash, Figure, LegendEntry, LegendSample, Mark, Shape};
use crate::ui::theme::Theme;
use crate::ui::widget::text::cut;

/// Draws symbols and names below each other on the left; returns their width.
pub(super) fn column(figure: &Figure, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let keys = figure.legend();
    let lead = keys.iter().map(|key| width(figure, key)).max().unwrap_or(0);
    let widest = keys.iter().map(|key| key.text.width() as u16 + lead + 3).max().unwrap_or(0);
    let widest = widest.min(area.width / 2);
    for (key, y) in keys.iter().zip(area.y + 1..area.bottom()) {
        sample(figure, key, theme, (area.x + 1, y, lead), buffer);
        let room = widest.saturating_sub(lead + 2) as usize;
        buffer.set_string(area.x + lead + 2, y, cut(&key.text, room), Style::new());
    }
    widest
}

/// Draws the symbol and name of every entry on a few lines; returns their height. Where they would
/// take more, what several names say alike in brackets is said after the last of them.
pub(super) fn rows(figure: &Figure, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let most = match area.height {
        24.. => 4,
        14.. => 3,
        10.. => 2,
        _ => 1,
    };
    let mut keys = figure.legend();
    let mut places = places(figure, &keys, area);
    if places.iter().any(|(_, line)| *line >= most) {
        say_once(&mut keys);
        places = self::places(figure, &keys, area);
    }
    for (key, (x, line)) in keys.iter().zip(&places).filter(|(_, (_, line))| *line < most) {
        let (lead, y) = (width(figure, key) + 1, area.y + line);
        let room = area.right().saturating_sub(*x);
        sample(figure, key, theme, (*x, y, room), buffer);
        let room = room.saturating_sub(lead) as usize;
        buffer.set_string(x + lead, y, cut(&key.text, room), Style::new());
    }
    places.last().map_or(1, |(_, line)| (line + 1).min(most))
}

/// The column and line of every entry, in lines as wide as an area.
fn places(figure: &Figure, keys: &[LegendEntry], area: Rect) -> Vec<(u16, u16)> {
    let (mut x, mut line) = (area.x + 1, 0);
    let place = |key: &LegendEntry| {
        let width = width(figure, key) + 1 + key.text.width() as u16;
        if x + width > area.right() && x > area.x + 1 {
            (x, line) = (area.x + 1, line + 1);
        }
        let found = (x, line);
        x += width + 2;
        found
    };
    keys.iter().map(place).collect()
}

/// Leaves out what stands in brackets at the end of a name if a later name ends alike.
fn say_once(keys: &mut [LegendEntry]) {
    let end = |text: &str| text.rfind(" (").map(|at| text[at..].to_owned());
    for i in 0..keys.len() {
        let Some(said) = end(&keys[i].text) else { continue };
        if keys[i + 1..].iter().any(|key| end(&key.text).as_deref() == Some(said.as_str())) {
            let kept = keys[i].text.len() - said.len();
            keys[i].text.truncate(kept);
        }
    }
}

/// Width of a sample.
fn width(figure: &Figure, key: &LegendEntry) -> u16 {
    match (key.sample, figure.marks.get(key.mark)) {
        (LegendSample::Cell(verdict), _) => cells::sample(verdict).width() as u16,
        (LegendSample::Mark, Some(mark)) => swatch(figure, mark).width() as u16,
        (LegendSample::Mark, None) => 0,
    }
}

/// Draws the sample of an entry, in at most `room` columns.
fn sample(
    figure: &Figure,
    key: &LegendEntry,
    theme: &Theme,
    (x, y, room): (u16, u16, u16),
    buffer: &mut Buffer,
) {
    let (text, style) = match (key.sample, figure.marks.get(key.mark)) {
        (LegendSample::Cell(verdict), _) => {
            return cells::draw_sample(verdict, theme, (x, y, room), buffer);
        }
        (LegendSample::Mark, Some(mark)) => (swatch(figure, mark), theme.role(mark.role)),
        (LegendSample::Mark, None) => return,
    };
    buffer.set_stringn(x, y, text, room.into(), style);
}

fn swatch(figure: &Figure, mark: &Mark) -> String {
    let text = match &mark.shape {
        Shape::Points { symbol, .. } => {
            let symbol = symbols::character(*symbol);
            return match figure.line_of(mark) {
                Some(dash) => format!("{symbol}{}", line(dash)),
                None => format!("{symbol} "),
            };
        }
        Shape::Arrow { dash, .. } if *dash == Dash::Solid => "─▸",
        Shape::Arrow { .. } => "╌▸",
        Shape::Line { dash, .. }
        | Shape::Level { dash, .. }
        | Shape::Upright { dash, .. }
        | Shape::Ellipse { dash, .. } => line(*dash),
        Shape::Band { .. } => "⠢⠢",
        Shape::Cells(_) | Shape::Text { .. } => "  ",
    };
    text.to_owned()
}

fn line(dash: Dash) -> &'static str {
    match dash {
        Dash::Solid => "──",
        Dash::Dashed => "╌╌",
        Dash::Dotted => "··",
        Dash::DashDot => "─·",
    }
}
