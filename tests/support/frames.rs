//! Frames read back: panes, words in them, percentages and what stands beside them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::drive::lines;

/// The text of the pane in which a word stands, or of its line where it stands in none, with
/// single blanks.
pub fn around(buffer: &Buffer, word: &str) -> String {
    let place = find(buffer, word).unwrap_or_else(|| panic!("{word} is not on the screen"));
    text_in(buffer, pane_at(buffer, place))
}

pub fn find(buffer: &Buffer, word: &str) -> Option<(u16, u16)> {
    lines(buffer).iter().zip(0..).find_map(|(line, y)| {
        let byte = line.find(word)?;
        Some((line[..byte].chars().count() as u16, y))
    })
}

pub fn text_in(buffer: &Buffer, area: Rect) -> String {
    let rows: Vec<String> = (area.top()..area.bottom())
        .map(|y| (area.left()..area.right()).map(|x| buffer[(x, y)].symbol()).collect())
        .collect();
    squeeze(&rows.join(" "))
}

pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The smallest frame around a cell, with its title; where there is none, its whole line, and the
/// whole screen where no pane is framed.
pub fn pane_at(buffer: &Buffer, (x, y): (u16, u16)) -> Rect {
    let panes = panes(buffer);
    let line = if panes.is_empty() { buffer.area } else { Rect { y, height: 1, ..buffer.area } };
    let inside = |pane: &Rect| pane.contains((x, y).into());
    panes.into_iter().filter(inside).min_by_key(|pane| pane.area()).unwrap_or(line)
}

/// All frames: a corner at the upper left, a side down from it to a corner, and a side to the
/// right from there.
pub fn panes(buffer: &Buffer) -> Vec<Rect> {
    let at = |x: u16, y: u16| buffer.cell((x, y)).map_or("", |cell| cell.symbol());
    let kinds = [("┌", "└", "┘", "│"), ("┏", "┗", "┛", "┃"), ("╭", "╰", "╯", "│")];
    let mut panes = Vec::new();
    for (y, x) in (0..buffer.area.height).flat_map(|y| (0..buffer.area.width).map(move |x| (y, x)))
    {
        let Some(kind) = kinds.iter().find(|kind| kind.0 == at(x, y)) else { continue };
        let bottom = (y + 1..buffer.area.height).find(|&row| at(x, row) != kind.3);
        let Some(bottom) = bottom.filter(|&row| at(x, row) == kind.1) else { continue };
        let Some(right) = (x + 1..buffer.area.width).find(|&column| at(column, bottom) == kind.2)
        else {
            continue;
        };
        panes.push(Rect { x, y, width: right - x + 1, height: bottom - y + 1 });
    }
    panes
}

/// Where percentages stand, other than the 95 % of an interval.
pub fn percentages(frame: &Buffer) -> Vec<(u16, u16)> {
    let mut places = Vec::new();
    for (line, y) in lines(frame).iter().zip(0..) {
        let characters: Vec<char> = line.chars().collect();
        for x in (2..characters.len()).filter(|&x| characters[x] == '%') {
            let before: String = characters[..x].iter().collect();
            let level = before.trim_end().strip_suffix("95");
            let is_level = level.is_some_and(|b| !b.ends_with(|c: char| c.is_ascii_digit()));
            if before.trim_end().ends_with(|c: char| c.is_ascii_digit()) && !is_level {
                places.push((x as u16, y));
            }
        }
    }
    places
}

/// Gains, percentages with a sign, that stand in a pane or line without an interval and a number of
/// trials, and that are not said to be theory either.
pub fn bare_gains(buffer: &Buffer) -> Vec<String> {
    let rows = lines(buffer);
    let signed = |(x, y): &(u16, u16)| {
        let before: String = rows[usize::from(*y)].chars().take(usize::from(*x)).collect();
        let number = before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        number.ends_with(['+', '−', '±'])
    };
    let explained = |text: &str| {
        let interval = ["±", "interval", "95 %"].iter().any(|word| text.contains(word));
        let counted = ["trials", "n =", "n="].iter().any(|word| text.contains(word));
        (interval && counted) || text.contains("theory")
    };
    let texts = percentages(buffer).into_iter().filter(signed).map(|place| {
        let pane = text_in(buffer, pane_at(buffer, place));
        format!("{place:?}: {pane}")
    });
    texts.filter(|text| !explained(text)).collect()
}
