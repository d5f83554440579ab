//! Carries out what screens ask for.

use super::Effect;
use crate::app::crosshair::Crosshair;
use crate::app::program::App;
use crate::app::request::Request;
use crate::job::Job;

impl App {
    /// Carries out requests in order, and returns their effects.
    pub(super) fn carry_out(&mut self, requests: impl IntoIterator<Item = Request>) -> Vec<Effect> {
        requests.into_iter().flat_map(|request| self.carry_out_one(request)).collect()
    }

    fn carry_out_one(&mut self, request: Request) -> Vec<Effect> {
        match request {
            Request::Say(words) => return self.say(words),
            Request::Remark(words) => self.view.note = self.view.note.take().or(Some(words)),
            Request::Silence => self.view.note = None,
            Request::Clear => {
                (self.view.hover, self.view.note, self.view.grip) = (None, None, None);
                self.field = None;
            }
            Request::SetKnob { value, turning } => return self.set_knob(value, turning),
            Request::FocusKnob(handle) => return self.focus_knob(handle),
            Request::FocusPane(pane) => return self.focus_pane(pane),
            Request::Change(scenario, turning) => return self.change(scenario, turning),
            Request::Replace(name, scenario) => return self.replace(name, *scenario),
            Request::Visit(name, scenario) => return self.visit(name, scenario),
            Request::Show(screen) => return self.show(screen),
            Request::ComeBackTo(screen) => self.screens.back = Some(screen),
            Request::Over(overlay) => return self.open_over(overlay),
            Request::Open(field) => self.field = Some(field),
            Request::SaveFigure(pane) => return self.offer_figure(pane),
            Request::SaveAdvice => return self.offer_advice(),
            Request::SaveStudy => return self.offer_folder(),
            Request::Crosshair(pane) => {
                let before = self.screens.lab.pane;
                self.view.crosshair = Some(Crosshair { pane, series: None, x: None, before });
                return self.focus_pane(pane);
            }
            Request::Begin(job) => return vec![self.begin(job)],
            Request::Cancel(slot) => return vec![Effect::Cancel(slot)],
            Request::Remember(step) => self.work.history.note(step, &self.work.opened),
            Request::Follow(tip) => self.tips.follow(tip),
            Request::Play(lesson) => return self.play_from_list(lesson),
            Request::LeaveLesson => return self.leave_lesson(),
            Request::Stage(stage) => return self.stage(stage),
            Request::Do(effect) => return vec![effect],
        }
        Vec::new()
    }

    /// Starts a job, replacing the one in its slot.
    pub(super) fn begin(&mut self, job: Job) -> Effect {
        let id = self.job(job.slot());
        id.0 += 1;
        Effect::Start(*id, job)
    }
}
