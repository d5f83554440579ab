//! Labels as they stand in files, made into the labels of tasks.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fault::{fault, listed};
use super::types::TaskKind;
use crate::error::Result;

/// More distinct whole numbers than this are read as numbers, not as classes.
const CLASSES_IN_NUMBERS: usize = 20;
/// Most classes of one column.
const MOST_CLASSES: usize = 50;
/// Whole numbers that stand in fewer rows than this, on average, are no classes.
const ROWS_OF_A_CLASS: usize = 4;

/// A label as it stands in a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum RawLabel {
    Missing,
    Number(f64),
    Text(Arc<str>),
}

/// The labels of a task.
#[derive(Debug, Clone)]
pub(super) struct TaskLabels {
    pub(super) name: String,
    pub(super) kind: TaskKind,
    pub(super) y: Vec<f64>,
}

/// The distinct labels, in order, each with its name; at most one more than [`MOST_CLASSES`].
struct Distinct {
    numbers: Vec<f64>,
    texts: Vec<Arc<str>>,
}

impl Distinct {
    fn of(values: &[RawLabel]) -> Self {
        let (mut numbers, mut texts) = (BTreeSet::new(), BTreeSet::new());
        for value in values {
            match value {
                RawLabel::Number(number) if numbers.len() <= MOST_CLASSES => {
                    numbers.insert(ordered(*number));
                }
                RawLabel::Text(text) if texts.len() <= MOST_CLASSES => {
                    texts.insert(Arc::clone(text));
                }
                _ => {}
            }
        }
        let numbers = numbers.into_iter().map(restored).collect();
        Self { numbers, texts: texts.into_iter().collect() }
    }

    fn count(&self) -> usize {
        self.numbers.len() + self.texts.len()
    }

    fn names(&self) -> Vec<String> {
        let numbers = self.numbers.iter().map(|number| (number + 0.0).to_string());
        numbers.chain(self.texts.iter().map(|text| text.to_string())).collect()
    }

    fn count_in_words(&self) -> String {
        match self.count() {
            count if count > MOST_CLASSES => format!("more than {MOST_CLASSES}"),
            count => count.to_string(),
        }
    }

    /// Place of a label among the distinct ones.
    fn place(&self, value: &RawLabel) -> Option<usize> {
        match value {
            RawLabel::Missing => None,
            RawLabel::Number(number) => self.numbers.iter().position(|known| known == number),
            RawLabel::Text(text) => {
                let place = self.texts.iter().position(|known| known == text)?;
                Some(self.numbers.len() + place)
            }
        }
    }
}

/// The bits of a number, in the order of numbers.
fn ordered(number: f64) -> u64 {
    let bits = (number + 0.0).to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

fn restored(ordered: u64) -> f64 {
    f64::from_bits(if ordered >> 63 == 1 { ordered & !(1 << 63) } else { !ordered })
}

/// The kind that follows from labels. Numbers are classes if they are whole and few, and each stands
/// in several rows.
pub(super) fn kind(values: &[RawLabel]) -> TaskKind {
    let distinct = Distinct::of(values);
    let few =
        distinct.numbers.len() <= 2 || distinct.numbers.len() * ROWS_OF_A_CLASS <= values.len();
    let classes = few
        && distinct.numbers.len() <= CLASSES_IN_NUMBERS
        && distinct.numbers.iter().all(|number| number.fract() == 0.0);
    if classes { TaskKind::Classification } else { TaskKind::Regression }
}

/// The tasks that a column of labels makes: one, or one for each class if there are three classes
/// or more. `kind` forces the kind. Notes say what was chosen.
pub(super) fn tasks(
    origin: &str,
    name: &str,
    values: &[RawLabel],
    forced: Option<TaskKind>,
    notes: &mut Vec<String>,
) -> Result<Vec<TaskLabels>> {
    let distinct = Distinct::of(values);
    let field = format!("label {name}");
    if distinct.count() < 2 {
        let found = match distinct.names().first() {
            Some(only) => format!("only the label {only}"),
            None => "no label".to_owned(),
        };
        return Err(fault(origin, field, found, "at least two different labels"));
    }
    let kind = forced.unwrap_or_else(|| kind(values));
    if !distinct.texts.is_empty() && !distinct.numbers.is_empty() && forced.is_none() {
        let found = format!("numbers and the text {}", distinct.texts[0]);
        let allowed = "numbers only or text only; correct the file, or set kind to classification";
        return Err(fault(origin, field, found, allowed));
    }
    match kind {
        TaskKind::Regression => {
            if let Some(text) = distinct.texts.first() {
                let found = format!("the text {text}");
                return Err(fault(origin, field, found, "numbers, because the kind is regression"));
            }
            if forced.is_none() {
                let count = distinct.count_in_words();
                notes.push(format!(
                    "{name}: {count} different labels, read as numbers (regression)."
                ));
            }
            let number = |value: &RawLabel| match value {
                RawLabel::Number(number) => *number,
                _ => f64::NAN,
            };
            let y = values.iter().map(number).collect();
            Ok(vec![TaskLabels { name: name.to_owned(), kind, y }])
        }
        TaskKind::Classification => classes(origin, name, values, &distinct, notes),
    }
}

/// One task for two classes; one task for each of more.
fn classes(
    origin: &str,
    name: &str,
    values: &[RawLabel],
    distinct: &Distinct,
    notes: &mut Vec<String>,
) -> Result<Vec<TaskLabels>> {
    if distinct.count() > MOST_CLASSES {
        let allowed = format!(
            "at most {MOST_CLASSES} classes; check that {name} is the label, or set kind to regression"
        );
        let found = format!("more than {MOST_CLASSES} different labels");
        return Err(fault(origin, format!("label {name}"), found, allowed));
    }
    let names = distinct.names();
    let places: Vec<Option<usize>> = values.iter().map(|value| distinct.place(value)).collect();
    let against_rest = |class: usize| {
        let sign = |place: &Option<usize>| match place {
            None => f64::NAN,
            Some(place) if *place == class => 1.0,
            Some(_) => -1.0,
        };
        places.iter().map(sign).collect()
    };
    let kind = TaskKind::Classification;
    if let [lower, upper] = &names[..] {
        if distinct.numbers[..] != [-1.0, 1.0] {
            notes.push(format!("{name}: {upper} is +1 and {lower} is −1."));
        }
        return Ok(vec![TaskLabels { name: name.to_owned(), kind, y: against_rest(1) }]);
    }
    notes.push(format!(
        "{name}: {} ({}), one task for each of them against the rest.",
        format_args!("{} classes", names.len()),
        listed(&names)
    ));
    let task = |(class, label): (usize, &String)| TaskLabels {
        name: format!("{name}={label}"),
        kind,
        y: against_rest(class),
    };
    Ok(names.iter().enumerate().map(task).collect())
}
