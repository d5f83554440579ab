//! Checks that what a lesson teaches is true, by measuring its settings for many students.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::condition::{Condition, Truth};
use super::found::LessonFindings;
use super::session::right_choices;
use super::setting::{SettingQuestion, trials};
use super::step::{SoughtValue, StepKind, letter};
use super::{HERE, Lesson};
use crate::cancel::Cancel;
use crate::scenario::Scenario;

/// The share of students for whom an item must hold.
pub const ENOUGH: f64 = 0.95;

/// The result of checking a lesson with many students.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonCheck {
    /// Number of students.
    pub students: usize,
    /// The items checked, in the order of the lesson.
    pub items: Vec<Item>,
}

/// One item checked, and the number of students for whom it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The statement that must hold.
    pub what: String,
    /// Number of students for whom it holds.
    pub holds: usize,
    /// Number of students.
    pub students: usize,
    /// Smallest, median and largest value of the number it is about, over the students; `None` if
    /// it is not about a number.
    pub measured: Option<[f64; 3]>,
}

impl Item {
    /// Returns true if the item holds for enough students.
    pub fn passes(&self) -> bool {
        self.holds as f64 >= ENOUGH * self.students as f64
    }
}

impl LessonCheck {
    /// Returns true if every item passes.
    pub fn passes(&self) -> bool {
        self.items.iter().all(Item::passes)
    }
}

/// The items for one student: whether each holds or, for a prediction, which choice is right.
type Seen = Vec<(String, Said, Option<f64>)>;

enum Said {
    Truth(bool),
    Choice(Option<usize>),
}

impl Lesson {
    /// Measures every setting for one student; `None` if cancelled or if a setting has too few
    /// trials.
    pub fn findings(&self, student: u64, cancel: &Cancel) -> Option<LessonFindings> {
        let mut findings = LessonFindings::default();
        for setting in &self.settings {
            let scenario = self.for_student(&setting.scenario, student);
            findings.put(&setting.name, setting.measure(&scenario, cancel)?);
        }
        Some(findings)
    }

    /// Checks the lesson with students 1, 2, … and calls `tell` after each; with only one if all have
    /// the same draws. `None` if cancelled or if a setting cannot be measured.
    pub fn check(
        &self,
        students: usize,
        cancel: &Cancel,
        tell: impl Fn() + Sync,
    ) -> Option<LessonCheck> {
        let students = if self.per_student { students } else { 1 };
        let seen: Vec<Seen> = (0..students)
            .into_par_iter()
            .with_max_len(1)
            .map(|student| {
                let seen = self.seen(student as u64 + 1, cancel);
                tell();
                seen
            })
            .collect::<Option<_>>()?;
        let count = seen.first().map_or(0, Vec::len);
        let items = (0..count).map(|i| item(&seen, i)).collect();
        Some(LessonCheck { students, items })
    }

    fn seen(&self, student: u64, cancel: &Cancel) -> Option<Seen> {
        let findings = self.findings(student, cancel)?;
        let mut seen = Seen::new();
        for setting in &self.settings {
            for condition in &setting.shows {
                let holds = condition.truth(&findings) == Truth::Holds;
                let what = format!("measure {}: {condition}", setting.name);
                seen.push((what, Said::Truth(holds), condition.measured(&findings)));
            }
        }
        for (i, step) in self.steps.iter().enumerate() {
            let place = format!("step {} ({})", i + 1, step.kind.name());
            let here = |example: &Scenario, condition: &Condition| {
                let mut findings = findings.clone();
                let known = self.settings.iter().find(|setting| {
                    setting.asked == SettingQuestion::Trials && setting.scenario == *example
                });
                let found = match known.and_then(|setting| findings.get(&setting.name)) {
                    Some(found) => found.clone(),
                    None => trials(&self.for_student(example, student), cancel)?,
                };
                findings.put(HERE, found);
                Some(condition.truth(&findings) == Truth::Holds)
            };
            match &step.kind {
                StepKind::Predict { .. } => {
                    let right = right_choices(step, &findings);
                    let one = (right.len() == 1).then(|| right[0]);
                    seen.push((place.clone(), Said::Choice(one), None));
                }
                StepKind::Find { sought: SoughtValue::Inside(number), .. } => {
                    let found = findings.get(&number.subject.setting);
                    let known = found.and_then(|found| number.value(found)).is_some();
                    seen.push((format!("{place}: {number} exists"), Said::Truth(known), None));
                }
                StepKind::Find { sought: SoughtValue::Where(condition, example), .. }
                | StepKind::Free { goal: condition, example, .. } => {
                    let holds = here(example, condition)?;
                    let what = format!("{place}: the example shows {condition}");
                    seen.push((what, Said::Truth(holds), None));
                    let begins = here(&step.scenario, condition)?;
                    let what = format!("{place}: does not hold at the start");
                    seen.push((what, Said::Truth(!begins), None));
                }
                _ => {}
            }
        }
        let texts = self.steps.iter().flat_map(|step| step.texts());
        let known = texts.into_iter().all(|text| text.is_known(&findings));
        seen.push(("every number in the texts is known".to_owned(), Said::Truth(known), None));
        Some(seen)
    }
}

/// Smallest, median and largest of some numbers.
fn spread(mut numbers: Vec<f64>) -> Option<[f64; 3]> {
    numbers.sort_by(f64::total_cmp);
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    let [below, above] = [(numbers.len() - 1) / 2, numbers.len() / 2].map(|place| numbers[place]);
    Some([first, f64::midpoint(below, above), last])
}

fn item(seen: &[Seen], i: usize) -> Item {
    let students = seen.len();
    let of = |seen: &Seen| seen.get(i).map(|(what, ..)| what.clone()).unwrap_or_default();
    let what = seen.first().map(of).unwrap_or_default();
    let mut choices: BTreeMap<usize, usize> = BTreeMap::new();
    let mut holds = 0;
    for seen in seen {
        match seen.get(i) {
            Some((_, Said::Truth(true), _)) => holds += 1,
            Some((_, Said::Choice(Some(choice)), _)) => *choices.entry(*choice).or_default() += 1,
            _ => {}
        }
    }
    let measured = spread(seen.iter().filter_map(|seen| seen.get(i)?.2).collect());
    match choices.into_iter().max_by_key(|(_, count)| *count) {
        None if seen.iter().any(|seen| matches!(seen.get(i), Some((_, Said::Choice(_), _)))) => {
            Item {
                what: format!("{what}: exactly one choice is right"),
                holds: 0,
                students,
                measured,
            }
        }
        None => Item { what, holds, students, measured },
        Some((choice, holds)) => {
            let what = format!("{what}: only {} is right", letter(choice));
            Item { what, holds, students, measured }
        }
    }
}
