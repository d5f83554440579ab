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

/// Rows of a chart below its legend: the label, a few rows of the plot, and the axis.
const CHART: u16 = 8;

/// Draws the symbol and name of every entry on a few lines; returns their height and the marks whose
/// entries found no room. Where they would take more, what several names say alike in brackets is
/// said after the last of them, and entries fill the lines before them.
pub(super) fn rows(
    figure: &Figure,
    theme: &Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> (u16, Vec<usize>) {
    let few = match area.height {
        24.. => 4,
        14.. => 3,
        10.. => 2,
        _ => 1,
    };
    let mut keys = figure.legend();
    let lead = wide_lead(figure, &mut keys, area);
    let whole = area;
    let below = u16::from(lead.is_some());
    let area = Rect { y: area.y + below, height: area.height - below, ..area };
    if let Some(lead) = &lead {
        let room = usize::from(whole.width.saturating_sub(1));
        buffer.set_string(whole.x + 1, whole.y, cut(lead, room), Style::new());
    }
    let mut places = places(figure, &keys, area, Filling::InOrder);
    if lines(&places) > few {
        say_once(&mut keys);
        places = self::places(figure, &keys, area, Filling::InOrder);
    }
    if lines(&places) > few {
        places = self::places(figure, &keys, area, Filling::AnyLine);
    }
    let most = few.max(area.height.saturating_sub(CHART));
    let (named, unnamed): (Vec<_>, Vec<_>) =
        keys.iter().zip(&places).partition(|(_, (_, line))| *line < most);
    for (key, (x, line)) in named {
        let (lead, y) = (width(figure, key) + 1, area.y + line);
        let room = area.right().saturating_sub(*x);
        sample(figure, key, theme, (*x, y, room), buffer);
        let room = room.saturating_sub(lead) as usize;
        buffer.set_string(x + lead, y, cut(&key.text, room), Style::new());
    }
    let height = below + lines(&places).clamp(1, most);
    (height, unnamed.into_iter().map(|(key, _)| key.mark).collect())
}

/// What the first shade of cells says before its own name, if there is no room for both on a line.
fn wide_lead(figure: &Figure, keys: &mut [LegendEntry], area: Rect) -> Option<String> {
    let key = keys.iter_mut().find(|key| matches!(key.sample, LegendSample::Cell(_)))?;
    let room = usize::from(area.width.saturating_sub(2 + width(figure, key)));
    let (lead, name) = key.text.split_once(": ").filter(|_| key.text.width() > room)?;
    let (lead, name) = (format!("{lead}:"), name.to_owned());
    key.text = name;
    Some(lead)
}

/// Which lines an entry may stand on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filling {
    /// That of the entry before it, or the next.
    InOrder,
    /// The first with room for it.
    AnyLine,
}

/// Number of lines of the entries.
fn lines(places: &[(u16, u16)]) -> u16 {
    places.iter().map(|(_, line)| line + 1).max().unwrap_or(0)
}

/// The column and line of every entry, in lines as wide as an area.
fn places(figure: &Figure, keys: &[LegendEntry], area: Rect, filling: Filling) -> Vec<(u16, u16)> {
    let start = area.x + 1;
    let mut ends: Vec<u16> = Vec::new();
    let place = |key: &LegendEntry| {
        let width = width(figure, key) + 1 + key.text.width() as u16;
        let first = if filling == Filling::AnyLine { 0 } else { ends.len().saturating_sub(1) };
        let free = (first..ends.len()).find(|line| ends[*line] + width <= area.right());
        let line = free.unwrap_or_else(|| {
            ends.push(start);
            ends.len() - 1
        });
        let x = ends[line];
        ends[line] = x + width + 2;
        (x, line as u16)
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
