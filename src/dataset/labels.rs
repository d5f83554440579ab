//! Labels as they stand in files, made into the labels of tasks.

use std::sync::Arc;

use super::fault::{fault, listed};
use super::signs;
use super::types::TaskKind;
use super::words::{CLASSES, NUMBERS};
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
    /// The label that is +1, for classification.
    pub(super) positive: Option<RawLabel>,
}

/// The number of a class of which nothing is counted: there is no label, or there are too many.
pub(super) const NO_CLASS: u8 = u8::MAX;
/// The number of the first class that is a text.
const FIRST_TEXT: u8 = 128;

/// The distinct labels in the order in which they first occur, at most one more than
/// [`MOST_CLASSES`] numbers and texts each, and the number of rows.
#[derive(Debug, Clone, Default)]
pub(super) struct LabelCounts {
    numbers: Vec<f64>,
    texts: Vec<Arc<str>>,
    rows: u64,
}

impl LabelCounts {
    pub(super) fn of(values: &[RawLabel]) -> Self {
        let mut counts = Self::default();
        values.iter().for_each(|value| {
            counts.add(value);
        });
        counts
    }

    /// Counts a label; returns the number of its class.
    pub(super) fn add(&mut self, value: &RawLabel) -> u8 {
        self.rows += 1;
        let known = self.class(value);
        if let Some(class) = known {
            return class;
        }
        match value {
            RawLabel::Number(number) if self.numbers.len() <= MOST_CLASSES => {
                self.numbers.push(*number);
            }
            RawLabel::Text(text) if self.texts.len() <= MOST_CLASSES => {
                self.texts.push(Arc::clone(text));
            }
            _ => return NO_CLASS,
        }
        self.class(value).unwrap_or(NO_CLASS)
    }

    /// The number of the class of a label. There is none if there are too many classes.
    pub(super) fn class(&self, value: &RawLabel) -> Option<u8> {
        let place = |place: Option<usize>, first: u8| Some(first + place? as u8);
        match value {
            _ if self.has_many() => None,
            RawLabel::Missing => None,
            RawLabel::Number(number) => {
                place(self.numbers.iter().position(|known| known == number), 0)
            }
            RawLabel::Text(text) => {
                place(self.texts.iter().position(|known| known == text), FIRST_TEXT)
            }
        }
    }

    /// Whether there are more labels than classes can be.
    pub(super) fn has_many(&self) -> bool {
        self.numbers.len() > MOST_CLASSES || self.texts.len() > MOST_CLASSES
    }

    /// Adds the labels of other rows.
    pub(super) fn merge(&mut self, other: &Self) {
        let numbers = other.numbers.iter().map(|number| RawLabel::Number(*number));
        let texts = other.texts.iter().map(|text| RawLabel::Text(Arc::clone(text)));
        let rows = self.rows + other.rows;
        numbers.chain(texts).for_each(|label| {
            self.add(&label);
        });
        self.rows = rows;
    }

    /// The kind that follows from labels. Numbers are classes if they are whole and few, and each
    /// stands in several rows.
    pub(super) fn kind(&self) -> TaskKind {
        let count = self.numbers.len();
        let few = count <= 2 || (count * ROWS_OF_A_CLASS) as u64 <= self.rows;
        let classes = few
            && count <= CLASSES_IN_NUMBERS
            && self.numbers.iter().all(|number| number.fract() == 0.0);
        if classes { TaskKind::Classification } else { TaskKind::Regression }
    }
}

/// The distinct labels, in order, each with its name.
struct Distinct {
    numbers: Vec<f64>,
    texts: Vec<Arc<str>>,
}

impl Distinct {
    fn of(counts: &LabelCounts) -> Self {
        let mut numbers = counts.numbers.clone();
        numbers.sort_by(f64::total_cmp);
        let mut texts = counts.texts.clone();
        texts.sort();
        Self { numbers, texts }
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

    /// The label at a place.
    fn label(&self, place: usize) -> Option<RawLabel> {
        let text = || self.texts.get(place - self.numbers.len()).cloned().map(RawLabel::Text);
        self.numbers.get(place).copied().map(RawLabel::Number).or_else(text)
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

/// The tasks that a column of labels makes: one, or one for each class if there are three classes
/// or more. `counts` are those of all rows, `values` the labels of those that are kept. `forced` is
/// the kind if it is not seen from the labels. Notes say what was chosen.
pub(super) fn tasks(
    origin: &str,
    name: &str,
    values: &[RawLabel],
    counts: &LabelCounts,
    forced: Option<TaskKind>,
    notes: &mut Vec<String>,
) -> Result<Vec<TaskLabels>> {
    let distinct = Distinct::of(counts);
    let field = format!("label {name}");
    if distinct.count() < 2 {
        let found = match distinct.names().first() {
            Some(only) => format!("only the label {only}"),
            None => "no label".to_owned(),
        };
        return Err(fault(origin, field, found, "at least two different labels"));
    }
    let kind = forced.unwrap_or_else(|| counts.kind());
    if !distinct.texts.is_empty() && !distinct.numbers.is_empty() && forced.is_none() {
        let found = format!("numbers and the text {}", distinct.texts[0]);
        let cure = cured(&distinct).map_or_else(String::new, |cure| format!("{cure}; "));
        let allowed = format!("numbers only or text only; {cure}correct the file, or {CLASSES}");
        return Err(fault(origin, field, found, allowed));
    }
    match kind {
        TaskKind::Regression => {
            if let Some(text) = distinct.texts.first() {
                let found = format!("the text {text}");
                let cure = cured(&distinct).map_or_else(String::new, |cure| format!("; {cure}"));
                let allowed = format!("numbers, because the kind is regression{cure}");
                return Err(fault(origin, field, found, allowed));
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
            Ok(vec![TaskLabels { name: name.to_owned(), kind, y, positive: None }])
        }
        TaskKind::Classification => classes(origin, name, values, &distinct, notes),
    }
}

/// What makes numbers of labels that are all texts.
fn cured(distinct: &Distinct) -> Option<String> {
    signs::cure(&distinct.texts)
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
        let cure = match cured(distinct) {
            Some(cure) => cure,
            None if distinct.texts.is_empty() => NUMBERS.to_owned(),
            None => "leave the column out".to_owned(),
        };
        let allowed =
            format!("at most {MOST_CLASSES} classes; check that {name} is the label, or {cure}");
        let found = format!("more than {MOST_CLASSES} different labels");
        return Err(fault(origin, format!("label {name}"), found, allowed));
    }
    let names = distinct.names();
    if let Some(cure) = cured(distinct) {
        let (count, such) = (distinct.count(), &distinct.texts[0]);
        notes.push(format!(
            "label {name} has {count} different texts such as \"{such}\": classes; {cure}."
        ));
    }
    if let Some((one, other)) = signs::same_but_for_case(&distinct.texts) {
        notes.push(format!(
            "label {name}: found the classes {one} and {other}: write them the same way."
        ));
    }
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
        let (name, positive) = (name.to_owned(), distinct.label(1));
        return Ok(vec![TaskLabels { name, kind, y: against_rest(1), positive }]);
    }
    notes.push(format!(
        "{name}: {} ({}), one task for each of them against the rest{}.",
        format_args!("{} classes", names.len()),
        listed(&names),
        match distinct.texts.is_empty() {
            true => format!("; if they are a scale, {NUMBERS}"),
            false => String::new(),
        }
    ));
    let task = |(class, label): (usize, &String)| TaskLabels {
        name: format!("{name}={label}"),
        kind,
        y: against_rest(class),
        positive: distinct.label(class),
    };
    Ok(names.iter().enumerate().map(task).collect())
}
