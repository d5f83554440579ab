//! Requests: what a screen asks of the program.

use std::sync::Arc;

use super::effect::Effect;
use super::field::InputField;
use super::history::Step;
use super::overlay::Overlay;
use super::pane::Pane;
use super::screen::kind::Screen;
use super::tips::Tip;
use crate::job::{Job, JobSlot};
use crate::lesson::Lesson;
use crate::scenario::{Handle, Scenario};

/// Something that a screen asks of the program.
#[derive(Debug, Clone)]
pub(super) enum Request {
    /// Show a one-line message.
    Say(String),
    /// Show a one-line message unless another is shown.
    Remark(String),
    /// Remove the message.
    Silence,
    /// Remove the message, the description under the pointer and the open field; end dragging.
    Clear,
    /// Set the focused knob. Consecutive values of a knob that is being turned count as one change.
    SetKnob {
        /// The value.
        value: f64,
        /// The knob, if it is being turned.
        turning: Option<Handle>,
    },
    /// Focus a knob.
    FocusKnob(Handle),
    /// Focus the pane of a figure.
    FocusPane(Pane),
    /// Change the scenario; this can be undone. Turns of a knob count as one change.
    Change(Arc<Scenario>, Option<Handle>),
    /// Open another scenario, by name; this can be undone.
    Replace(String, Box<Scenario>),
    /// Open a setting of a study in the Lab, with its name; this can be undone.
    Visit(String, Arc<Scenario>),
    /// Show a screen.
    Show(Screen),
    /// Let Esc go back to a screen.
    ComeBackTo(Screen),
    /// Open an overlay.
    Over(Overlay),
    /// Open an input field.
    Open(InputField),
    /// Suggest a file name for the figure of a pane.
    SaveFigure(Pane),
    /// Suggest a file name for the page of advice.
    SaveAdvice,
    /// Suggest a folder name for the study in view.
    SaveStudy,
    /// Show the cross-hair in a chart.
    Crosshair(Pane),
    /// Start a job, replacing the one in its slot.
    Begin(Job),
    /// Stop the job in a slot.
    Cancel(JobSlot),
    /// Remember the step that undoes what the screen has done.
    Remember(Step),
    /// Dismiss a tip, because its advice has been followed.
    Follow(Tip),
    /// Play a lesson.
    Play(Arc<Lesson>),
    /// Leave the lesson.
    LeaveLesson,
    /// Show the scenario of a lesson's step.
    Stage(Stage),
    /// Do something outside the program's state.
    Do(Effect),
}

/// The scenario that a step of a lesson shows.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    /// The scenario.
    pub(super) scenario: Arc<Scenario>,
    /// The focused knob.
    pub(super) focus: Handle,
    /// The measurements that the step needs.
    pub(super) needs: StepNeeds,
}

/// The measurements of a scenario that a step of a lesson needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepNeeds {
    /// Only those that the lesson already has.
    Nothing,
    /// The gain along its knob.
    Curve,
    /// The verdict as well, because knobs can be turned.
    Verdict,
    /// The data of a figure.
    Figure(Pane),
}

impl Request {
    /// Shows a message.
    pub(super) fn say(words: impl Into<String>) -> Vec<Self> {
        vec![Self::Say(words.into())]
    }

    /// Opens an input field.
    pub(super) fn open(field: InputField) -> Vec<Self> {
        vec![Self::Open(field)]
    }
}
