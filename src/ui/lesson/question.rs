//! The choices of a prediction, and the student's confidence.

use ratatui::style::Style;

use super::page::{Page, push};
use super::row::{Row, buttons, hanging, paragraphs};
use crate::app::Action;
use crate::lesson::Answer;
use crate::lesson::session::SURENESS;
use crate::lesson::step::{Choice, letter};

/// Adds the choices; then the confidence or, once committed, the judgement.
pub(super) fn predict(
    page: &Page<'_>,
    choices: &[Choice],
    answer: Option<&Answer>,
    rows: &mut Vec<Row>,
) {
    rows.push(Row::words(""));
    let committed = answer.and_then(|answer| answer.choice);
    let so = answer.and_then(|answer| answer.measured);
    for (place, choice) in choices.iter().enumerate() {
        let sign = letter(place);
        let (mark, chosen) = match committed {
            Some(own) => ("●", own == sign),
            None => ("▸", page.playing.choice == Some(place)),
        };
        let mark = format!("{} {sign}  ", if chosen { mark } else { " " });
        let style = if chosen { page.theme.focus() } else { Style::new() };
        let mut text = page.playing.say(&choice.text);
        if so == Some(sign) {
            text += " ← true";
        }
        let lines = hanging(&mark, &text, style, page.width);
        rows.extend(lines.into_iter().map(|row| match committed {
            None => Row {
                focused: chosen && !page.playing.asks && !page.playing.reads_hint,
                ..row.doing(Action::Choose(place), page.width)
            },
            Some(_) => row,
        }));
    }
    match answer {
        Some(answer) => {
            let judged = page.judged(answer);
            push(rows, paragraphs(&judged, page.theme.strong(), page.width));
        }
        None => {
            confidence(page, rows);
            let once = "Enter commits your answer; it cannot be changed afterwards. \
                        The measurement is hidden until then.";
            push(rows, page.dim(once));
        }
    }
}

fn confidence(page: &Page<'_>, rows: &mut Vec<Row>) {
    if !page.playing.wants_confidence() {
        return;
    }
    rows.push(Row::words(""));
    let strong = if page.playing.asks { page.theme.focus() } else { Style::new() };
    rows.extend(paragraphs("How sure are you?", strong, page.width));
    let part = |(place, name): (usize, &&str)| {
        let sure = place as u8 + 1;
        let here = page.playing.sure == Some(sure);
        let style = if here { page.theme.focus() } else { Style::new() };
        let text = format!("{} {sure} {name}", if here { "▸" } else { " " });
        (text, style, Action::Sure(sure))
    };
    let parts = buttons(SURENESS.iter().enumerate().map(part).collect(), page.width);
    let answers = page.playing.asks || page.playing.sure.is_some();
    let focused = answers && !page.playing.reads_hint;
    rows.extend(parts.into_iter().map(|row| Row { focused, ..row }));
}
