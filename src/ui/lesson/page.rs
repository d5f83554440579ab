//! The page that a step is written on.

use ratatui::style::Style;

use super::row::{Row, paragraphs};
use crate::app::App;
use crate::app::screen::lessons::Playing;
use crate::lesson::session::SURENESS;
use crate::lesson::{Answer, Text};
use crate::ui::theme::Theme;

/// The data needed to write a page.
pub(super) struct Page<'a> {
    pub app: &'a App,
    pub playing: &'a Playing,
    pub theme: &'a Theme,
    pub width: u16,
}

impl Page<'_> {
    /// Text of the lesson, wrapped.
    pub(super) fn say(&self, text: &Text, style: Style) -> Vec<Row> {
        paragraphs(&self.playing.say(text), style, self.width)
    }

    /// A remark of the program, wrapped.
    pub(super) fn dim(&self, text: &str) -> Vec<Row> {
        paragraphs(text, self.theme.dim(), self.width)
    }

    /// Returns true if the student has found the right answer.
    pub(super) fn is_found(&self) -> bool {
        self.playing.session.answer().is_some_and(|answer| answer.right == Some(true))
    }

    /// The reason why a number is missing.
    pub(super) fn measuring(&self) -> String {
        let (known, all) = self.playing.progress();
        match self.playing.measured {
            true => "A number of this step could not be measured.".to_owned(),
            false => format!("measuring: {known} of {all} settings"),
        }
    }

    /// The committed choice, the confidence, and whether the choice is right.
    pub(super) fn judged(&self, answer: &Answer) -> String {
        let sure = answer.confidence.and_then(|sure| SURENESS.get(usize::from(sure) - 1));
        let sure = sure.map_or_else(String::new, |sure| format!(" ({sure})"));
        let so = match answer.right {
            Some(true) => "right",
            Some(false) => "not right",
            None if self.playing.found().is_none() => "being measured",
            None => "undecided by the measurement",
        };
        let choice = answer.choice.unwrap_or('–');
        format!("You predicted {choice}{sure}: {so}.")
    }
}

/// Adds lines after an empty one, if there are any.
pub(super) fn push(rows: &mut Vec<Row>, more: Vec<Row>) {
    if !rows.is_empty() && !more.is_empty() {
        rows.push(Row::words(""));
    }
    rows.extend(more);
}
