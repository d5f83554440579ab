//! Lines of styled text, cut to the room available.

use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::text::{cut, folded_numbers};

/// Cuts a line with an ellipsis if it is too long.
pub(crate) fn shortened(line: Line<'static>, width: u16) -> Line<'static> {
    let mut room = usize::from(width);
    if line.width() <= room {
        return line;
    }
    let mut spans = Vec::new();
    for span in line.spans {
        let text = cut(&span.content, room);
        room = room.saturating_sub(text.width());
        let whole = text == span.content;
        spans.push(Span::styled(text, span.style));
        if !whole {
            break;
        }
    }
    Line::from(spans)
}

/// Wraps a line that is too long, in the style of its last part; numbers are not broken.
pub(crate) fn wrapped(line: &Line<'static>, width: u16) -> Vec<Line<'static>> {
    if line.width() <= usize::from(width) {
        return vec![line.clone()];
    }
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    let style = line.spans.last().map_or(line.style, |span| line.style.patch(span.style));
    let folded = folded_numbers(&text, width.into());
    folded.into_iter().map(|text| Line::styled(text, style)).collect()
}

/// A line with an ellipsis at its end, to say that more follows.
pub(crate) fn ending_open(line: &Line<'static>, width: u16) -> Line<'static> {
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    let style = line.spans.last().map_or(line.style, |span| line.style.patch(span.style));
    let text = text.trim_end();
    let open = if text.width() + 2 <= usize::from(width) {
        format!("{text} …")
    } else {
        let words = text.rsplit_once(' ').map_or("", |(words, _)| words);
        format!("{words} …")
    };
    Line::styled(open, style)
}

/// As many whole items as fit into a number of lines; if some do not, `more` stands in their place.
pub(crate) fn first_items(
    mut items: Vec<Vec<Line<'static>>>,
    room: usize,
    more: Line<'static>,
) -> Vec<Line<'static>> {
    let lines = |items: &[Vec<Line<'static>>]| items.iter().map(Vec::len).sum::<usize>();
    if lines(&items) > room {
        while !items.is_empty() && lines(&items) + 1 > room {
            items.pop();
        }
        items.push(vec![more]);
    }
    items.into_iter().flatten().collect()
}

/// A long line of several parts takes one line per part.
pub(crate) fn by_parts(lines: Vec<Line<'static>>, width: u16) -> Vec<Line<'static>> {
    let mut fitted = Vec::new();
    for line in lines {
        if line.spans.len() > 1 && line.width() > usize::from(width) {
            fitted.extend(
                line.spans.into_iter().map(|span| {
                    Line::styled(format!(" {}", span.content.trim_start()), span.style)
                }),
            );
        } else {
            fitted.push(line);
        }
    }
    fitted
}

/// Cuts lines that are too long, so that no number is cut. If the first line is too long it is
/// split over two lines, with its numbers on the second.
pub(crate) fn in_two(mut lines: Vec<Line<'static>>, width: u16) -> Vec<Line<'static>> {
    let room = usize::from(width);
    hand_down(&mut lines, room);
    if lines.first().is_some_and(|first| first.width() > room) {
        let mut spans = lines.swap_remove(0).spans;
        lines = match &spans[..] {
            [only] => {
                let folded = folded_numbers(&only.content, room.saturating_sub(1));
                folded.into_iter().map(|text| Line::styled(text, only.style)).collect()
            }
            _ => between_parts(&spans, room).unwrap_or_else(|| {
                let numbers = spans.split_off(1);
                vec![Line::from(spans), Line::from(numbers)]
            }),
        };
    }
    lines.into_iter().map(|line| after_a_part(line, width)).collect()
}

/// Moves the last part of the first line, set off by a semicolon, behind the first part of the
/// second line if there is no room for it above.
fn hand_down(lines: &mut [Line<'static>], room: usize) {
    let [first, second] = lines else { return };
    if first.width() <= room || !first.spans.last().is_some_and(|s| s.content.starts_with("; ")) {
        return;
    }
    let (Some(part), [only]) = (first.spans.pop(), &second.spans[..]) else { return };
    let text = match only.content.split_once("; ") {
        Some((before, after)) => format!("{before}{}; {after}", part.content),
        None => format!("{}{}", only.content, part.content),
    };
    *second = Line::styled(text, only.style);
}

/// The parts of a line on two lines, the first as full as can be; `None` if the second is too long.
fn between_parts(spans: &[Span<'static>], room: usize) -> Option<Vec<Line<'static>>> {
    let mut used = 0;
    let fitting = spans.iter().take_while(|span| {
        used += span.width();
        used <= room
    });
    let (first, rest) = spans.split_at(fitting.count());
    let ([_, ..], [next, others @ ..]) = (first, rest) else { return None };
    let text = format!(" {}", next.content.trim_start_matches([',', ';', ' ']));
    let next = Span::styled(text, next.style);
    let second = Line::from_iter(std::iter::once(next).chain(others.iter().cloned()));
    (second.width() <= room).then(|| vec![Line::from(first.to_vec()), second])
}

/// A line that is too long, on two lines: broken between parts if each then fits, else between words.
pub(crate) fn over_two(line: Line<'static>, width: u16) -> Vec<Line<'static>> {
    let room = usize::from(width);
    if let Some(lines) = between_parts(&line.spans, room) {
        return lines;
    }
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    let style = line.spans.last().map_or(line.style, |span| line.style.patch(span.style));
    let folded = folded_numbers(text.trim_start(), room.saturating_sub(1));
    let lines = folded.into_iter().map(|text| Line::styled(format!(" {text}"), style));
    let mut lines: Vec<Line<'static>> = lines.collect();
    if lines.len() > 2 {
        lines.truncate(2);
        let last = lines.pop().map(|last| ending_open(&last, width));
        lines.extend(last);
    }
    lines
}

/// Cuts a long line of numbers after one of its parts.
fn after_a_part(line: Line<'static>, width: u16) -> Line<'static> {
    match &line.spans[..] {
        [only] if line.width() > width.into() => {
            let mut kept = only.content.to_string();
            while kept.width() + 2 > usize::from(width) {
                let Some(end) = kept.rfind([',', ';']) else {
                    return shortened(line, width);
                };
                kept.truncate(end);
            }
            Line::styled(format!("{kept} …"), only.style)
        }
        _ => shortened(line, width),
    }
}
