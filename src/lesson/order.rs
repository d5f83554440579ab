//! What of a lesson is measured first: the settings in the order in which steps speak of them.

use super::Lesson;
use super::found::LessonFindings;
use super::setting::LessonSetting;
use crate::cancel::Cancel;

impl Lesson {
    /// The settings in the order in which steps speak of them, from a step on and then from the
    /// first; those that no step speaks of come last.
    pub fn in_order(&self, from: usize) -> Vec<&LessonSetting> {
        let from = from.min(self.steps.len());
        let steps = self.steps[from..].iter().chain(&self.steps[..from]);
        let spoken = steps.flat_map(|step| [step.judged_by(), step.tells_of()]).flatten();
        let all = spoken.chain(self.settings.iter().map(|setting| setting.name.as_str()));
        let mut ordered: Vec<&LessonSetting> = Vec::new();
        for setting in all.filter_map(|name| self.setting(name)) {
            if !ordered.iter().any(|known| known.name == setting.name) {
                ordered.push(setting);
            }
        }
        ordered
    }

    /// Measures the settings for a student, those first of which the steps from `from` on speak
    /// first. `tell` is given all that is known after each, and whether nothing more will come;
    /// what cannot be measured is left out.
    pub fn measure(
        &self,
        student: u64,
        from: usize,
        cancel: &Cancel,
        mut tell: impl FnMut(&LessonFindings, bool),
    ) {
        let mut findings = LessonFindings::default();
        for setting in self.in_order(from) {
            let scenario = self.for_student(&setting.scenario, student);
            let found = setting.measure(&scenario, cancel);
            if cancel.is_cancelled() {
                return;
            }
            if let Some(found) = found {
                findings.put(&setting.name, found);
                tell(&findings, false);
            }
        }
        tell(&findings, true);
    }
}
