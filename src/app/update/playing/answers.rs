//! Answers: choosing, turning knobs, writing and saving; they are committed once they can be
//! judged.

use super::Effect;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::lab::Pane;
use crate::app::screen::KeyContext;
use crate::app::state::App;
use crate::lesson::session::CONFIDENCE;
use crate::lesson::{Given, HERE, SettingFindings, SoughtValue, StepKind};

impl App {
    pub(super) fn choose(&mut self, choice: usize) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        if choice < playing.choices() {
            (playing.choice, playing.asks, playing.follows) = (Some(choice), false, true);
            playing.reads_hint = false;
        }
        Vec::new()
    }

    pub(super) fn be_sure(&mut self, sure: u8) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        if !playing.wants_confidence() {
            return self.say("this step does not ask how sure you are");
        }
        (playing.sure, playing.follows, playing.reads_hint) = (Some(sure), true, false);
        Vec::new()
    }

    /// Moves to the choice above or below; if a choice is about to be committed, changes the
    /// confidence.
    pub(super) fn choose_by(&mut self, by: i32) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        let step = |now: Option<usize>, count: usize| match now {
            None if by > 0 => 0,
            None => count - 1,
            Some(now) => now.saturating_add_signed(by as isize).min(count - 1),
        };
        (playing.follows, playing.reads_hint) = (true, false);
        if playing.asks {
            let now = playing.sure.map(|sure| usize::from(sure) - 1);
            playing.sure = Some(step(now, CONFIDENCE.len()) as u8 + 1);
        } else {
            playing.choice = Some(step(playing.choice, playing.choices().max(1)));
        }
        Vec::new()
    }

    /// Commits the answer to the step, or goes on if nothing is asked or everything is answered.
    pub(super) fn commit(&mut self) -> Vec<Effect> {
        let Some(playing) = &self.lessons.playing else { return Vec::new() };
        match playing.place() {
            KeyContext::Question => self.commit_choice(),
            KeyContext::Bench => self.commit_knobs(),
            _ => match &playing.step().kind {
                StepKind::Explain { .. } if playing.session.answer().is_none() => {
                    self.open(InputField::new(FieldPurpose::Words, ""))
                }
                StepKind::Export { figure, .. } if playing.session.answer().is_none() => {
                    self.offer_lesson_figure(Pane::of_figure(figure.id).unwrap_or(Pane::Gain))
                }
                _ => self.next_step(),
            },
        }
    }

    fn commit_choice(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        let Some(choice) = playing.choice else {
            return self.say("choose an answer first, by its letter or with ↑ ↓");
        };
        if playing.wants_confidence() && playing.sure.is_none() {
            (playing.asks, playing.follows, playing.reads_hint) = (true, true, false);
            return self.say("how sure are you? 1 2 3, or ↑ ↓; then Enter commits");
        }
        let given = Given::Choice(choice, playing.sure);
        let effects = self.give(given);
        effects.into_iter().chain(self.lay_out()).collect()
    }

    fn commit_knobs(&mut self) -> Vec<Effect> {
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        let right = playing.session.answer().is_some_and(|answer| answer.right == Some(true));
        if right {
            return self.next_step();
        }
        playing.waits = true;
        self.commit_if_measured()
    }

    /// Commits the knob values, if an answer is waiting and they have been measured.
    pub(in crate::app::update) fn commit_if_measured(&mut self) -> Vec<Effect> {
        self.note_here();
        let complete = self.lab.fresh && self.measurement().is_some_and(|m| m.is_complete());
        let Some(playing) = self.lessons.playing.as_mut().filter(|p| p.waits) else {
            return Vec::new();
        };
        let given = match &playing.step().kind {
            StepKind::Find { knob, sought, .. } => {
                let known = match sought {
                    SoughtValue::Where(..) => complete,
                    SoughtValue::Inside(number) => {
                        let found = playing.findings.get(&number.subject.setting);
                        playing.measured || found.is_some()
                    }
                };
                knob.get(self.scenario.draft()).filter(|_| known).map(Given::Value)
            }
            StepKind::Free { .. } => complete.then_some(Given::Reached),
            _ => None,
        };
        let Some(given) = given else { return Vec::new() };
        playing.waits = false;
        let effects = self.give(given);
        let right = self.playing().and_then(|playing| playing.session.answer()?.right);
        let words = match right {
            Some(true) => "right; Enter goes on",
            Some(false) => "not right: turn the knobs and commit again, or n goes on",
            None if self.playing().is_some_and(|playing| playing.session.has_read_on()) => {
                "saved but not judged, because you read ahead; n goes on"
            }
            None => "undecided by the measurement: turn further and commit again, or n goes on",
        };
        self.note = Some(self.note.take().unwrap_or_else(|| words.to_owned()));
        effects
    }

    /// Stores the measurement at the current knob values.
    fn note_here(&mut self) {
        let Some(findings) = self.lab.findings.as_ref().filter(|_| self.lab.fresh) else { return };
        let measurement = findings.measurement.as_ref().filter(|m| m.is_complete());
        let theory = findings.theory.ok().map(Box::new);
        let Some(playing) = self.lessons.playing.as_mut().filter(|p| p.step().kind.is_free())
        else {
            return;
        };
        if let Some(measurement) = measurement {
            let found = SettingFindings::Trials {
                scenario: Box::new((*self.scenario).clone()),
                measurement: Box::new(measurement.clone()),
                theory,
            };
            playing.findings.put(HERE, found);
        }
    }

    /// Commits an answer and saves it.
    fn give(&mut self, given: Given) -> Vec<Effect> {
        let now = self.lessons.now;
        let Some(playing) = &mut self.lessons.playing else { return Vec::new() };
        let seconds = now.saturating_sub(playing.began);
        let (lesson, findings) = (playing.lesson.clone(), &playing.findings);
        match playing.session.commit(&lesson, findings, given, seconds) {
            Ok(()) => {
                (playing.scroll, playing.follows, playing.reads_hint) = (0, false, false);
                self.kept_answers().into_iter().collect()
            }
            Err(problem) => self.say(&problem.to_string()),
        }
    }

    /// Commits a written answer.
    pub(in crate::app::update) fn submit_words(&mut self, mut field: InputField) -> Vec<Effect> {
        let before = self.playing().map(|playing| playing.session.answers.len());
        let effects = self.give(Given::Words(field.text.clone()));
        if self.playing().map(|playing| playing.session.answers.len()) == before {
            field.problem = self.note.take();
            return self.open(field);
        }
        effects
    }

    fn offer_lesson_figure(&mut self, pane: Pane) -> Vec<Effect> {
        let whole = self.lab.curve.as_ref().is_some_and(|curve| curve.complete);
        if pane == Pane::Gain && !(whole && self.lab.fresh) {
            return self.say("the figure is still being measured; Enter again in a moment");
        }
        self.offer_figure(pane)
    }

    /// Handles a saved figure, which is the answer if the step asks for it.
    pub(in crate::app::update) fn figure_saved(&mut self, id: &str) -> Vec<Effect> {
        let asked = self.playing().is_some_and(|playing| {
            matches!(&playing.step().kind, StepKind::Export { figure, .. } if figure.id == id)
        });
        if asked { self.give(Given::Saved) } else { Vec::new() }
    }
}
