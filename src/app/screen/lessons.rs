//! The Lessons screen: the list of lessons, and the lesson being played.

mod answers;
mod class;
mod keys;
mod list;
mod playing;
mod stage;
mod state;
mod steps;
mod table;
mod teacher;

pub use class::ClassView;
pub(in crate::app) use playing::Kept;
pub use playing::Playing;
pub use state::Lessons;
pub use table::{LessonRow, PresetRow, listed, scenes};

use super::info::ScreenInfo;
use super::lab::knobs;
use crate::app::action::Action;
use crate::app::context::Context;
use crate::app::overlay::OverlayEntry;
use crate::app::overlay::explain::{PAPER, Subject, subject};
use crate::app::request::Request;
use crate::app::studies::symbols::SYMBOLS;
use crate::app::work::Work;

/// Its charts and symbols.
pub(in crate::app) static INFO: ScreenInfo = ScreenInfo { charts: &[], symbols: SYMBOLS };

const LESSONS: Subject = Subject {
    name: "Lessons",
    words: "predict, commit, then see the measurement",
    formula: "",
    source: PAPER,
};

/// Explains the screen.
pub(in crate::app) fn explain_focus(_: &Lessons, _: &Work) -> Vec<OverlayEntry> {
    subject(&LESSONS)
}

/// Performs an action of the Lessons screen; `None` if the action is not its own.
pub(in crate::app) fn update(
    lessons: &mut Lessons,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    if lessons.playing.is_some() {
        return update_played(lessons, context, action);
    }
    match action {
        Action::Row(by) => lessons.choose_row(by),
        Action::OpenLesson => return Some(lessons.open()),
        _ => return None,
    }
    Some(Vec::new())
}

/// Performs an action in a lesson; `None` if it does the same as elsewhere.
fn update_played(
    lessons: &mut Lessons,
    context: &Context<'_>,
    action: Action,
) -> Option<Vec<Request>> {
    Some(match action {
        Action::NextStep => lessons.next_step(),
        Action::BackStep => lessons.previous_step(),
        Action::Choose(choice) => lessons.choose(choice),
        Action::Sure(sure) => lessons.be_sure(sure),
        Action::Row(by) => lessons.choose_by(by),
        Action::Commit => lessons.commit(context),
        Action::Hint => lessons.take_hint(),
        Action::Notes => lessons.toggle_notes(),
        Action::Class => lessons.read_class(),
        Action::Focus(by) => lessons.focus_knob(context, by),
        Action::Scroll(by) => lessons.scroll_by(by),
        Action::Leave => return None,
        _ => return knobs::update(context, action),
    })
}
