//! Questions of a page: choices, fields, and the buttons that commit an answer.

use super::Page;
use super::words::BLANK;
use crate::export::svg::escaped;
use crate::lesson::session::SURENESS;
use crate::lesson::{LessonStep, SoughtValue, StepKind, words};

impl Page<'_> {
    /// The choices of a prediction and, if asked, how sure one is.
    pub(super) fn choices(&self, id: &str, step: &LessonStep, confidence: bool) -> String {
        let radio = |name: &str, value: &str, label: &str| {
            format!(
                "<p><label><input type=\"radio\" name=\"{name}\" value=\"{value}\" \
                 autocomplete=\"off\"/> {label}</label></p>\n"
            )
        };
        let before = self.measured.before(step);
        let mut text = "<fieldset>\n<legend>Your choice</legend>\n".to_owned();
        for (letter, choice) in words::choices(step) {
            let said = words::paragraphs(&choice.text.filled(&before, BLANK)).join(" ");
            let label = format!("<b>{letter}</b> {}", escaped(&said));
            text += &radio(id, &letter.to_string(), &label);
        }
        text += "</fieldset>\n";
        if confidence {
            text += "<fieldset>\n<legend>How sure are you?</legend>\n";
            for (i, how) in SURENESS.iter().enumerate() {
                text += &radio(&format!("{id}-sure"), &(i + 1).to_string(), how);
            }
            text += "</fieldset>\n";
        }
        text
    }

    /// What the live page needs to know about the question of a step, as attributes of its section.
    pub(super) fn asks(&self, place: usize, step: &LessonStep) -> String {
        let asks = match &step.kind {
            StepKind::Predict { .. } => {
                let right = self.right(place).map(|right| format!(" data-right=\"{right}\""));
                format!(" data-asks=\"predict\"{}", right.unwrap_or_default())
            }
            StepKind::Find { knob, sought: SoughtValue::Inside(number), .. } => {
                let found = self.findings().get(&number.subject.setting);
                let interval = found.and_then(|found| number.value(found));
                let ends = interval.filter(|_| !knob.knob.is_choice()).map(|interval| {
                    let (low, high) = crate::lesson::session::accepted(*knob, interval);
                    format!(" data-low=\"{low}\" data-high=\"{high}\"")
                });
                format!(" data-asks=\"typed\"{}", ends.unwrap_or_default())
            }
            StepKind::Find { .. } | StepKind::Free { .. } if self.slides(place) => {
                " data-asks=\"turned\"".to_owned()
            }
            StepKind::Explain { .. } => " data-asks=\"write\"".to_owned(),
            StepKind::Reveal { answers: Some(asked), .. } => {
                return format!(" data-answers=\"step-{}\"", asked + 1);
            }
            _ => return String::new(),
        };
        let found = self.lesson.found_at(place, self.findings());
        let found = found.map(|said| format!(" data-found=\"{}\"", escaped(&said)));
        asks + &found.unwrap_or_default()
    }
}

/// The buttons of a question, and the line that says whether the answer is right. `skips` is true
/// if the question need not be answered.
pub(super) fn buttons(commit: &str, skips: bool) -> String {
    let skip = match skips {
        true => "<button type=\"button\" class=\"skip\">Go on without an answer</button>\n",
        false => "",
    };
    format!(
        "<div class=\"act\" hidden=\"hidden\">\n\
         <button type=\"button\" class=\"commit\">{commit}</button>\n{skip}\
         <p class=\"result\" role=\"status\"></p>\n</div>\n"
    )
}
