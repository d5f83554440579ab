//! The direction in which a student goes on after a value that is not right.

use super::Lesson;
use super::found::LessonFindings;
use super::session::LessonSession;
use super::step::{SoughtValue, StepKind};
use crate::scenario::{Handle, Scenario, ScenarioDraft};

/// The side of a committed value on which the sought one lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoughtSide {
    /// Larger values.
    Larger,
    /// Smaller values.
    Smaller,
}

impl SoughtSide {
    /// The advice in words: `go on to larger values`.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Larger => "go on to larger values",
            Self::Smaller => "go on to smaller values",
        }
    }

    /// The side of `value` on which the interval from `low` to `high` lies; `None` if it contains
    /// the value.
    pub fn of(value: f64, low: f64, high: f64) -> Option<Self> {
        if value < low { Some(Self::Larger) } else { (value > high).then_some(Self::Smaller) }
    }
}

impl LessonSession {
    /// The direction in which the sought value lies, if the current step asks for one and the value
    /// committed was judged not right. Towards a condition, the direction is that of the step's
    /// example. `None` for a knob whose values are names.
    pub fn sought_side(&self, lesson: &Lesson, findings: &LessonFindings) -> Option<SoughtSide> {
        let StepKind::Find { knob, sought, .. } = &self.step(lesson).kind else { return None };
        let answer = self.answer().filter(|answer| answer.right == Some(false))?;
        let value = answer.value.filter(|_| !knob.knob.is_choice())?;
        match sought {
            SoughtValue::Inside(number) => {
                let interval = number.value(findings.get(&number.subject.setting)?)?;
                SoughtSide::of(value, interval.low, interval.high)
            }
            SoughtValue::Where(_, example) => {
                let there = knob.get(example.draft())?;
                SoughtSide::of(value, there, there)
            }
        }
    }
}

impl LessonSession {
    /// Which knobs the student turned at a step that asks for a goal, and which the step's example
    /// turns: `you turned model.width; turn source.angle to larger values`. `None` at other steps.
    pub fn knobs_advice(&self, lesson: &Lesson, now: &Scenario) -> Option<String> {
        let step = self.step(lesson);
        let StepKind::Free { example, .. } = &step.kind else { return None };
        let (start, now) = (step.scenario.draft(), now.draft());
        let differs =
            |knob: &&Handle, a: &ScenarioDraft, b: &ScenarioDraft| knob.get(a) != knob.get(b);
        let knobs = || lesson.knobs.iter();
        let turned: Vec<Handle> =
            knobs().filter(|knob| differs(knob, start, now)).copied().collect();
        let asked: Vec<Handle> =
            knobs().filter(|knob| differs(knob, start, example.draft())).copied().collect();
        let names = |knobs: &[Handle]| {
            let names: Vec<String> = knobs.iter().map(|knob| knob.path(now)).collect();
            names.join(" and ")
        };
        let turn = match asked[..] {
            [knob] if !knob.knob.is_choice() => {
                let side = knob.get(now).zip(knob.get(example.draft()));
                let side = match side.filter(|(value, there)| value != there) {
                    Some((value, there)) if value < there => " to larger values",
                    Some(_) => " to smaller values",
                    None => " a little further or back",
                };
                format!("turn {}{side}", names(&asked))
            }
            _ => format!("turn {}", names(&asked)),
        };
        Some(match turned.is_empty() {
            true => format!("no knob is turned yet; {turn}"),
            false => format!("you turned {}; {turn}", names(&turned)),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::cancel::Cancel;
    use crate::lesson::catalog::{TEMPLATE, preset};
    use crate::lesson::{Given, Lesson, LessonFindings, LessonSession, SoughtSide};

    fn side(lesson: &Lesson, findings: &LessonFindings, value: f64) -> Option<SoughtSide> {
        let mut session = LessonSession { at: 3, furthest: 3, ..LessonSession::new(0) };
        session.commit(lesson, findings, Given::Value(value), 1).unwrap();
        session.sought_side(lesson, findings)
    }

    #[test]
    fn a_value_below_the_interval_leads_up_one_above_it_leads_down_and_a_right_one_nowhere() {
        let toml = TEMPLATE.replace("trials = 60 ", "trials = 24 ");
        let lesson = Lesson::parse(&toml, "template", &preset).unwrap();
        let findings = lesson.findings(0, &Cancel::new()).unwrap();
        assert_eq!(side(&lesson, &findings, 2.0), Some(SoughtSide::Larger));
        assert_eq!(side(&lesson, &findings, 88.0), Some(SoughtSide::Smaller));
        assert_eq!(side(&lesson, &findings, 30.0), None);
        assert_eq!(side(&lesson, &LessonFindings::default(), 2.0), None, "nothing is measured");
    }

    #[test]
    fn where_a_condition_is_sought_the_example_says_the_direction() {
        let sought = "where = \"here hurts\"\nexample = { \"source.angle\" = 60 }";
        let toml = TEMPLATE.replace("trials = 60 ", "trials = 24 ");
        let toml = toml.replace("inside = \"angles.crossing\" ", &format!("{sought} "));
        let lesson = Lesson::parse(&toml, "template", &preset).unwrap();
        let mut findings = LessonFindings::default();
        let near = lesson.setting("near").unwrap();
        findings.put("here", near.measure(&near.scenario, &Cancel::new()).unwrap());
        assert_eq!(side(&lesson, &findings, 10.0), Some(SoughtSide::Larger));
    }
}
