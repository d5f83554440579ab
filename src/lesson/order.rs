//! The order of measurement: settings in the order in which the steps mention them.

use super::Lesson;
use super::found::LessonFindings;
use super::setting::LessonSetting;
use crate::cancel::Cancel;

impl Lesson {
    /// The settings in the order in which the steps mention them, starting at step `from` and then
    /// from the first. Settings that no step mentions come last.
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

    /// Measures the settings for a student, starting with those that the steps from `from` on
    /// mention. After each, `tell` receives all findings so far, and whether they are complete.
    /// Settings that cannot be measured are left out.
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
