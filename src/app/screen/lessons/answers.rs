//! Answers: choosing, turning knobs, writing and saving; they are committed once they can be
//! judged.

use super::playing::Playing;
use super::stage;
use super::state::Lessons;
use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::pane::Pane;
use crate::app::request::Request;
use crate::app::screen::kind::KeyContext;
use crate::lesson::session::SURENESS;
use crate::lesson::{Given, HERE, LessonFindings, SettingFindings, SoughtValue, StepKind};
use crate::scenario::Scenario;

impl Lessons {
    pub(super) fn choose(&mut self, choice: usize) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        if choice < playing.choices() {
            (playing.choice, playing.asks, playing.follows) = (Some(choice), false, true);
            playing.reads_hint = false;
        }
        Vec::new()
    }

    pub(super) fn be_sure(&mut self, sure: u8) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        if !playing.wants_confidence() {
            return Request::say("this step does not ask how sure you are");
        }
        (playing.sure, playing.follows, playing.reads_hint) = (Some(sure), true, false);
        Vec::new()
    }

    /// Moves to the choice above or below; if a choice is about to be committed, changes the
    /// confidence.
    pub(super) fn choose_by(&mut self, by: i32) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        let step = |now: Option<usize>, count: usize| match now {
            None if by > 0 => 0,
            None => count - 1,
            Some(now) => now.saturating_add_signed(by as isize).min(count - 1),
        };
        (playing.follows, playing.reads_hint) = (true, false);
        if playing.asks {
            let now = playing.sure.map(|sure| usize::from(sure) - 1);
            playing.sure = Some(step(now, SURENESS.len()) as u8 + 1);
        } else {
            playing.choice = Some(step(playing.choice, playing.choices().max(1)));
        }
        Vec::new()
    }

    /// Commits the answer to the step, or goes on if nothing is asked or everything is answered.
    pub(super) fn commit(&mut self, context: &Context<'_>) -> Vec<Request> {
        let Some(playing) = &self.playing else { return Vec::new() };
        let missing = playing.session.answer().is_none();
        match playing.key_context() {
            KeyContext::Question => self.commit_choice(),
            KeyContext::Bench => self.commit_knobs(context),
            _ => match &playing.step().kind {
                StepKind::Explain { .. } if missing => {
                    self.field_for_words().map_or_else(Vec::new, Request::open)
                }
                StepKind::Export { figure, .. } if missing => {
                    save_figure(Pane::of_figure(figure.id).unwrap_or(Pane::Gain), context)
                }
                _ => self.next_step(),
            },
        }
    }

    fn commit_choice(&mut self) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        let Some(choice) = playing.choice else {
            return Request::say("choose an answer first, by its letter or with ↑ ↓");
        };
        if playing.wants_confidence() && playing.sure.is_none() {
            (playing.asks, playing.follows, playing.reads_hint) = (true, true, false);
            return Request::say("how sure are you? 1 2 3, or ↑ ↓; then Enter commits");
        }
        let given = Given::Choice(choice, playing.sure);
        let mut requests = self.give(given).unwrap_or_else(Request::say);
        let Some(now) = self.playing.as_deref() else { return requests };
        match now.session.leads_to_reveal(&now.lesson) {
            true => requests.extend(self.next_step()),
            false => requests.push(Request::Stage(stage::stage(now))),
        }
        requests
    }

    fn commit_knobs(&mut self, context: &Context<'_>) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        let right = playing.session.answer().is_some_and(|answer| answer.right == Some(true));
        if right {
            return self.next_step();
        }
        if playing.tried.as_ref() == Some(context.scenario()) {
            return Request::say(format!(
                "nothing has changed since the last try: {}",
                advice(playing, context.scenario())
            ));
        }
        playing.waits = true;
        self.commit_if_measured(context)
    }

    /// Commits the knob values, if an answer is waiting and they have been measured.
    pub(in crate::app) fn commit_if_measured(&mut self, context: &Context<'_>) -> Vec<Request> {
        let complete = self.store_measurement(context);
        let Some(playing) = self.playing.as_mut().filter(|playing| playing.waits) else {
            return Vec::new();
        };
        let Some(given) = given(playing, context.scenario(), complete) else { return Vec::new() };
        playing.waits = false;
        let mut requests = self.give(given).unwrap_or_else(Request::say);
        if let Some(playing) = &mut self.playing {
            playing.tried = Some(context.scenario().clone());
            let is_right =
                playing.session.answer().is_some_and(|answer| answer.right == Some(true));
            if playing.is_tour() && is_right {
                requests.extend(self.next_step());
                return requests;
            }
        }
        let words = self.playing.as_deref().map(|playing| judged(playing, context.scenario()));
        let words = words.unwrap_or_default();
        requests.push(Request::Remark(words));
        requests
    }

    /// Stores the measurement at the current knob values. Returns true if it is complete.
    fn store_measurement(&mut self, context: &Context<'_>) -> bool {
        let Some(findings) = &context.findings else { return false };
        let measurement = findings.measurement.as_ref().filter(|m| m.is_complete());
        let Some(measurement) = measurement else { return false };
        if let Some(playing) = self.playing.as_mut().filter(|p| p.step().kind.is_free()) {
            let found = SettingFindings::Trials {
                scenario: Box::new((**context.scenario()).clone()),
                measurement: Box::new(measurement.clone()),
                theory: findings.theory.ok().map(Box::new),
            };
            playing.findings.put(HERE, found);
        }
        true
    }

    /// Commits an answer and saves it.
    fn give(&mut self, given: Given) -> Result<Vec<Request>, String> {
        let now = self.now;
        let Some(playing) = &mut self.playing else { return Ok(Vec::new()) };
        let seconds = now.saturating_sub(playing.began);
        let (lesson, findings) = (playing.lesson.clone(), &playing.findings);
        let committed = playing.session.commit(&lesson, findings, given, seconds);
        committed.map_err(|problem| problem.to_string())?;
        (playing.scroll, playing.follows, playing.reads_hint) = (0, false, false);
        Ok(self.save_answers().into_iter().collect())
    }

    /// The current answers, to be saved.
    pub(super) fn save_answers(&self) -> Option<Request> {
        let session = self.playing.as_ref().map(|playing| Box::new(playing.session_to_keep()));
        session.map(|session| Request::Do(Effect::Answers(session)))
    }

    /// The field for a written answer, with what was typed before; `None` if the step does not
    /// wait for one.
    pub(in crate::app) fn field_for_words(&self) -> Option<InputField> {
        let playing = self.playing.as_ref().filter(|playing| playing.wants_words())?;
        let before = playing.drafts.get(&playing.session.at).map_or("", String::as_str);
        Some(InputField::new(FieldPurpose::Words, before))
    }

    /// Keeps words that were typed but not committed.
    pub(in crate::app) fn keep_words(&mut self, words: String) {
        if let Some(playing) = self.playing.as_mut().filter(|playing| playing.wants_words()) {
            playing.drafts.insert(playing.session.at, words);
        }
    }

    /// Commits a written answer.
    pub(in crate::app) fn submit_words(&mut self, mut field: InputField) -> Vec<Request> {
        self.give(Given::Words(field.text.clone())).unwrap_or_else(|problem| {
            field.problem = Some(problem);
            Request::open(field)
        })
    }

    /// Handles a saved figure, which is the answer if the step asks for it.
    pub(in crate::app) fn figure_saved(&mut self, id: &str) -> Vec<Request> {
        let asked = self.playing.as_ref().is_some_and(|playing| {
            matches!(&playing.step().kind, StepKind::Export { figure, .. } if figure.id == id)
        });
        if asked { self.give(Given::Saved).unwrap_or_else(Request::say) } else { Vec::new() }
    }

    /// Stores findings for the lesson's settings, and judges answers that waited for them.
    pub(in crate::app) fn take_findings(
        &mut self,
        findings: LessonFindings,
        complete: bool,
        context: &Context<'_>,
    ) -> Vec<Request> {
        let Some(playing) = &mut self.playing else { return Vec::new() };
        let here = playing.findings.get(HERE).cloned();
        (playing.findings, playing.measured) = (findings, complete);
        here.into_iter().for_each(|here| playing.findings.put(HERE, here));
        let before = playing.session.clone();
        playing.session.judge(&playing.lesson, &playing.findings);
        let judged = playing.session != before;
        let answers = self.save_answers().filter(|_| judged);
        answers.into_iter().chain(self.commit_if_measured(context)).collect()
    }
}

/// Says whether the knob values just committed are right, and what to do next.
fn judged(playing: &Playing, scenario: &Scenario) -> String {
    let right = playing.session.answer().and_then(|answer| answer.right);
    match right {
        Some(true) => "right; Enter goes on".to_owned(),
        Some(false) if playing.is_tour() => {
            format!("not there yet: {}", advice(playing, scenario))
        }
        Some(false) => {
            format!("not right: {}", advice(playing, scenario))
        }
        None if playing.session.has_read_on() => {
            "saved but not judged, because you read ahead; n goes on".to_owned()
        }
        None => {
            "undecided by the measurement: turn further and commit again, or n goes on".to_owned()
        }
    }
}

/// What to turn to come nearer to what the step asks for.
fn advice(playing: &Playing, scenario: &Scenario) -> String {
    let side = playing.sought_side().map(|side| side.advice().to_owned());
    let knobs = || playing.session.knobs_advice(&playing.lesson, scenario);
    side.or_else(knobs).unwrap_or_else(|| "turn the knobs".to_owned())
}

/// The answer that the knobs give; `None` while it cannot be judged. `complete` is true if the
/// knob values have been measured.
fn given(playing: &Playing, scenario: &Scenario, complete: bool) -> Option<Given> {
    match &playing.step().kind {
        StepKind::Find { knob, sought, .. } => {
            let known = match sought {
                SoughtValue::Where(..) => complete,
                SoughtValue::Inside(number) => {
                    let found = playing.findings.get(&number.subject.setting);
                    playing.measured || found.is_some()
                }
            };
            knob.get(scenario.draft()).filter(|_| known).map(Given::Value)
        }
        StepKind::Free { .. } => complete.then_some(Given::Reached),
        _ => None,
    }
}

/// Suggests a file name for a figure once it is whole.
fn save_figure(pane: Pane, context: &Context<'_>) -> Vec<Request> {
    if pane == Pane::Gain && !context.is_traced {
        return Request::say("the figure is still being measured; Enter again in a moment");
    }
    vec![Request::SaveFigure(pane)]
}
