//! Reads frames: panes, their text, percentages and what is written beside them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use taskscope::math::stats::LEVEL;

use super::drive::lines;

/// The text of the pane that contains a word, or of its line outside panes, with single blanks.
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

/// The smallest frame around a cell, with its title; without one the whole line, or the whole
/// screen if no pane is framed. A frame round one cell of a heat map, inside a pane, is none.
pub fn pane_at(buffer: &Buffer, (x, y): (u16, u16)) -> Rect {
    let panes = panes(buffer);
    let line = if panes.is_empty() { buffer.area } else { Rect { y, height: 1, ..buffer.area } };
    let inside: Vec<Rect> = panes.into_iter().filter(|pane| pane.contains((x, y).into())).collect();
    let is_pane = |pane: &&Rect| pane.height > 3 || inside.len() == 1;
    inside.iter().filter(is_pane).min_by_key(|pane| pane.area()).copied().unwrap_or(line)
}

/// All frames, found by their upper left corner, left side and lower side.
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

/// Positions of percentages, other than the level of an interval.
pub fn percentages(frame: &Buffer) -> Vec<(u16, u16)> {
    let number = LEVEL.trim_end_matches(" %");
    let mut places = Vec::new();
    for (line, y) in lines(frame).iter().zip(0..) {
        let characters: Vec<char> = line.chars().collect();
        for x in (2..characters.len()).filter(|&x| characters[x] == '%') {
            let before: String = characters[..x].iter().collect();
            let level = before.trim_end().strip_suffix(number);
            let is_level = level.is_some_and(|b| !b.ends_with(|c: char| c.is_ascii_digit()));
            if before.trim_end().ends_with(|c: char| c.is_ascii_digit()) && !is_level {
                places.push((x as u16, y));
            }
        }
    }
    places
}

/// Gains (signed percentages) in a pane or line without an interval and a number of trials, unless
/// marked as theory. Ticks of an axis are not gains.
pub fn bare_gains(buffer: &Buffer) -> Vec<String> {
    let rows = lines(buffer);
    let signed = |(x, y): &(u16, u16)| {
        let before: String = rows[usize::from(*y)].chars().take(usize::from(*x)).collect();
        let number = before.trim_end().trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let is_scale = number.trim_end_matches(['+', '−', '≤', ' ']).ends_with("0 to");
        number.ends_with(['+', '−', '±']) && !is_scale
    };
    let explained = |text: &str| {
        let interval = ["±", "interval", LEVEL].iter().any(|word| text.contains(word));
        let counted = ["trials", "n =", "n="].iter().any(|word| text.contains(word));
        (interval && counted) || text.contains("theory")
    };
    let is_tick = |&(x, y): &(u16, u16)| buffer.cell((x + 1, y)).is_some_and(|c| c.symbol() == "┤");
    let said = percentages(buffer).into_iter().filter(|place| signed(place) && !is_tick(place));
    let texts = said.map(|place| {
        let mut area = pane_at(buffer, place);
        if area.height == 1 {
            let above = area.y.min(1);
            area = Rect { y: area.y - above, height: above + 2, ..area }.intersection(buffer.area);
        }
        let pane = text_in(buffer, area);
        format!("{place:?}: {pane}")
    });
    texts.filter(|text| !explained(text)).collect()
}

/// A frame without computed content: every number becomes `#`, padded with blanks, and charts are
/// blank. Panes, their positions and their text remain.
pub fn masked(buffer: &Buffer) -> String {
    let mut cells: Vec<Vec<String>> = (0..buffer.area.height)
        .map(|y| (0..buffer.area.width).map(|x| buffer[(x, y)].symbol().to_owned()).collect())
        .collect();
    for chart in charts(&cells) {
        blank(&mut cells, chart);
    }
    let panes = panes(buffer);
    let lines = (0..).zip(&cells).map(|(y, row)| {
        let here = panes.iter().filter(|pane| (pane.top()..pane.bottom()).contains(&y));
        let mut edges: Vec<usize> =
            here.flat_map(|pane| [pane.left(), pane.right() - 1]).map(usize::from).collect();
        edges.extend([0, row.len()]);
        edges.sort_unstable();
        edges.dedup();
        let parts = edges.windows(2).map(|ends| without_numbers(&row[ends[0]..ends[1]].concat()));
        parts.collect::<String>().trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The area of every chart with its axes: a corner with an axis above it and one to its right that
/// does not end in a corner.
fn charts(cells: &[Vec<String>]) -> Vec<Rect> {
    let at = |x: usize, y: usize| cells[y].get(x).map_or("", String::as_str);
    let mut found = Vec::new();
    for (y, row) in cells.iter().enumerate().skip(1) {
        for x in (0..row.len()).filter(|&x| row[x] == "└") {
            let right = (x + 1..row.len()).find(|&c| !["─", "┬"].contains(&at(c, y)));
            let right = right.unwrap_or(row.len());
            let above = (0..y).rev().take_while(|&r| ["│", "┤"].contains(&at(x, r))).count();
            if at(right, y) != "┘" && right > x + 1 && above > 0 {
                let (top, height) = ((y - above) as u16, above as u16 + 1);
                found.push(Rect { x: x as u16, y: top, width: (right - x) as u16, height });
            }
        }
    }
    found
}

/// Clears the inside of a chart and the ticks of its axes, with their numbers.
fn blank(cells: &mut [Vec<String>], chart: Rect) {
    let (left, right) = (usize::from(chart.left()), usize::from(chart.right()));
    let (top, bottom) = (usize::from(chart.top()), usize::from(chart.bottom()));
    let is_number = |symbol: &str| !symbol.chars().any(char::is_alphabetic);
    for row in &mut cells[top..bottom - 1] {
        row[left] = "│".to_owned();
        row[left + 1..right].fill(" ".to_owned());
        let start = row[..left].iter().rposition(|symbol| "│┃".contains(symbol.as_str()));
        let label = start.map_or(0, |start| start + 1)..left;
        if row[label.clone()].iter().all(|symbol| is_number(symbol)) {
            row[label].fill(" ".to_owned());
        }
    }
    cells[bottom - 1][left + 1..right].fill("─".to_owned());
    if let Some(row) = cells.get_mut(bottom) {
        let end = (left..row.len()).find(|&x| "│┃".contains(row[x].as_str()));
        let labels = left..end.unwrap_or(row.len());
        if row[labels.clone()].iter().all(|symbol| is_number(symbol)) {
            row[labels].fill(" ".to_owned());
        }
    }
}

/// A part of a line with its numbers masked and its length unchanged.
fn without_numbers(part: &str) -> String {
    let signs: Vec<char> = part.chars().collect();
    let at = |i: usize| signs.get(i).copied().unwrap_or(' ');
    let goes_on = |i: usize| {
        let next = at(i + 1);
        let is_power = matches!(at(i), 'e' | 'E') && (next.is_ascii_digit() || next == '-');
        let is_power = is_power || at(i) == '-' && at(i - 1) == 'e';
        at(i).is_ascii_digit() || (".,".contains(at(i)) && next.is_ascii_digit()) || is_power
    };
    let mut text = String::new();
    let mut i = 0;
    while i < signs.len() {
        let is_sign = "+-−".contains(at(i)) && (at(i + 1).is_ascii_digit() || at(i + 1) == '.');
        let is_point = at(i) == '.' && at(i + 1).is_ascii_digit();
        if at(i).is_ascii_digit() || is_sign || is_point {
            text.truncate(text.trim_end_matches(' ').len() + usize::from(text.ends_with(' ')));
            text.push('#');
            i += 1;
            while i < signs.len() && goes_on(i) {
                i += 1;
            }
            let blanks = (i..signs.len()).take_while(|&i| at(i) == ' ').count();
            text.extend((blanks > 0).then_some(' '));
            i += blanks;
        } else {
            text.push(at(i));
            i += 1;
        }
    }
    let filling = signs.last().filter(|sign| "─━".contains(**sign)).copied().unwrap_or(' ');
    let missing = signs.len().saturating_sub(text.chars().count());
    text.extend(std::iter::repeat_n(filling, missing));
    text
}
