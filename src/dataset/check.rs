//! Checks of a whole data set: what cannot be used is refused, what is doubtful is noted.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use nalgebra::DMatrix;

use super::fault::{counted, fault, listed};
use super::types::{Dataset, DatasetTask, TaskKind};
use super::words::{KEEP, MEMORY, NUMBERS};
use super::{copies, signs, sizes};
use crate::error::{Invalid, Result};

/// Fewest rows with labels in the training part.
pub const FEWEST_TRAINING_ROWS: usize = 10;

/// Rows of a test part below which its error says little.
const FEW_TEST_ROWS: usize = 10;
/// From this share of the rows on, copies of others are worth a note.
const REPEATED: f64 = 0.01;
/// From this share of the rows on, one group fills the training part alone.
const MOST_OF_ROWS: f64 = 0.5;

/// Checks a data set and adds notes to it.
///
/// # Errors
///
/// [`Error::Data`](crate::error::Error::Data) if a number is too large or the numbers of a column too
/// close together to compute with, if there is no task or no feature, names are used
/// twice, tasks differ in their number of features, the training part of a task has fewer than 10
/// rows or one class only, the test part is empty, or a part that was drawn is empty.
pub fn check(dataset: &mut Dataset) -> Result<()> {
    check_grouped(dataset, None)
}

/// Checks a data set whose groups come from a column, as [`check`] does.
pub(super) fn check_grouped(dataset: &mut Dataset, column: Option<&str>) -> Result<()> {
    let origin = dataset.title.clone();
    if dataset.tasks.is_empty() {
        return Err(fault(origin, "tasks", "none", "at least one task"));
    }
    if dataset.features.is_empty() {
        return Err(fault(origin, "features", "none", "at least one column besides the labels"));
    }
    unique(&origin, "features", dataset.features.iter())?;
    unique(&origin, "tasks", dataset.tasks.iter().map(|task| &task.name))?;
    for task in &dataset.tasks {
        dimension(&origin, task, &dataset.features)?;
        sizes::check(dataset, task)?;
        parts(&origin, task, column)?;
    }
    let mut notes = Vec::new();
    let mut seen: Vec<&Arc<DMatrix<f64>>> = Vec::new();
    for task in &dataset.tasks {
        if !seen.iter().any(|x| Arc::ptr_eq(x, &task.x)) {
            seen.push(&task.x);
            let of = if dataset.same_x { String::new() } else { format!("{}: ", task.name) };
            let of = if task.moments.is_some() { of + "kept rows: " } else { of };
            notes.extend(columns(&task.x, &dataset.features).map(|note| format!("{of}{note}")));
        }
    }
    notes.extend(leaks(&dataset.tasks));
    let doubts = dataset.tasks.iter().map(|task| (task.name.as_str(), drawn_doubts(task)));
    notes.extend(of_tasks(&doubts.collect::<Vec<_>>()));
    notes.extend(shared_rows(&dataset.tasks));
    notes.extend(dataset.tasks.iter().flat_map(constant_labels));
    notes.extend(dataset.tasks.iter().filter_map(divided_groups));
    notes.extend(dataset.tasks.iter().filter_map(few_test_rows));
    notes.extend(copies::notes(dataset));
    for note in notes {
        if !dataset.notes.contains(&note) {
            dataset.notes.push(note);
        }
    }
    Ok(())
}

/// Refuses tasks of both kinds, because they are trained with one loss.
///
/// # Errors
///
/// [`Invalid`] with a task of each kind, and what to do.
pub fn one_kind<'t>(
    tasks: impl Iterator<Item = &'t DatasetTask>,
) -> std::result::Result<(), Invalid> {
    let (mut number, mut sign) = (None, None);
    for task in tasks {
        match task.kind {
            TaskKind::Regression => number.get_or_insert(&task.name),
            TaskKind::Classification => sign.get_or_insert(&task.name),
        };
    }
    let (Some(number), Some(sign)) = (number, sign) else { return Ok(()) };
    let found = format!("{number} (numbers) beside {sign} (±1)");
    let allowed = format!("labels of one kind; leave some out, or {NUMBERS}");
    Err(Invalid::new("labels", found, allowed))
}

/// Refuses names that are used twice.
pub(super) fn unique<'n>(
    origin: &str,
    field: &str,
    names: impl Iterator<Item = &'n String>,
) -> Result<()> {
    let mut seen = HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(fault(origin, field, format!("{name} twice"), "each name once"));
        }
    }
    Ok(())
}

fn dimension(origin: &str, task: &DatasetTask, features: &[String]) -> Result<()> {
    let (found, wanted) = (task.x.ncols(), features.len());
    if found != wanted {
        let found = format!("{found} in the task {}", task.name);
        return Err(fault(origin, "features", found, format!("{wanted}, as in the other tasks")));
    }
    if task.y.len() != task.x.nrows() {
        let found = format!("{} and {}", counted(task.x.nrows(), "row"), task.y.len());
        return Err(fault(origin, format!("task {}", task.name), found, "as many labels as rows"));
    }
    Ok(())
}

/// Refuses parts that are too small to learn from or to judge by.
fn parts(origin: &str, task: &DatasetTask, column: Option<&str>) -> Result<()> {
    let split = &task.split;
    let refuse = |part: &str, found: String, allowed: &str| {
        Err(fault(origin, format!("task {}, {part} part", task.name), found, allowed))
    };
    let found = format!("{} with a label", counted(split.train.len(), "row"));
    if split.train.len() < FEWEST_TRAINING_ROWS {
        let allowed = match &task.moments {
            Some(_) => &format!("at least 10; keep more rows ({KEEP}; {MEMORY})"),
            None => "at least 10; add rows or leave the task out",
        };
        return refuse("train", found, allowed);
    }
    for (part, rows) in [("validation", &split.validation), ("test", &split.test)] {
        if rows.is_empty() && !(split.given && part == "validation") {
            let found = "no row with a label";
            return match groups_in_words(task, column) {
                Some(groups) => {
                    let allowed = format!(
                        "at least one row; but {groups}: use more groups of a like size, or no groups"
                    );
                    refuse(part, found.to_owned(), &allowed)
                }
                None => refuse(part, found.to_owned(), "at least one row with a label; add rows"),
            };
        }
    }
    if task.kind == TaskKind::Classification {
        let positive = split.train.iter().filter(|row| task.y[**row] > 0.0).count();
        if positive == 0 || positive == split.train.len() {
            let sign = if positive == 0 { "−1" } else { "+1" };
            let others = as_numbers(task);
            let allowed =
                format!("both classes, −1 and +1; add rows or leave the task out{others}");
            return refuse("train", format!("only the class {sign}"), &allowed);
        }
    }
    Ok(())
}

/// How the classes of which a task is one can be read as numbers; empty if they cannot.
fn as_numbers(task: &DatasetTask) -> String {
    let Some((_, class)) = task.name.rsplit_once('=') else { return String::new() };
    match signs::cure(&[class]) {
        _ if class.parse::<f64>().is_ok() => format!(", or {NUMBERS}"),
        Some(cure) => format!(", or {cure}"),
        None => String::new(),
    }
}

/// Notes on parts in which all labels are the same.
fn constant_labels(task: &DatasetTask) -> impl Iterator<Item = String> {
    task.split.parts().into_iter().filter_map(|(part, rows)| {
        let first = task.y[*rows.first()?];
        let constant = rows.len() > 1 && rows.iter().all(|row| task.y[*row] == first);
        let little = if part == "test" { ": its error says little" } else { "" };
        constant
            .then(|| format!("{}: all labels of the {part} part are {first}{little}.", task.name))
    })
}

/// The largest group of a task, if rows have groups.
fn groups_in_words(task: &DatasetTask, column: Option<&str>) -> Option<String> {
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    let rows = task.groups.as_ref()?.iter().zip(&task.y).filter(|(_, y)| !y.is_nan());
    rows.for_each(|(group, _)| *sizes.entry(*group).or_default() += 1);
    let (largest, all) = (sizes.values().max()?, sizes.values().sum::<usize>());
    let of = column.map_or_else(String::new, |column| format!(" of the column {column}"));
    Some(match sizes.len() {
        1 => format!("all {all} rows are in one group{of}"),
        count => format!("one of the {count} groups{of} has {largest} of the {all} rows"),
    })
}

/// A note on a test part with few rows, whose error says little; `None` for other tasks.
pub fn few_test_rows(task: &DatasetTask) -> Option<String> {
    let rows = task.split.test.len();
    (rows < FEW_TEST_ROWS).then(|| {
        let rows = counted(rows, "row");
        format!("The test part of task {} has {rows}: its error says little.", task.name)
    })
}

/// A note on groups that given parts divide.
fn divided_groups(task: &DatasetTask) -> Option<String> {
    let groups = task.groups.as_ref().filter(|_| task.split.given)?;
    let mut owner: HashMap<usize, &str> = HashMap::new();
    let mut divided = HashSet::new();
    for (part, rows) in task.split.parts() {
        for row in rows {
            if *owner.entry(groups[*row]).or_insert(part) != part {
                divided.insert(groups[*row]);
            }
        }
    }
    (!divided.is_empty()).then(|| {
        format!(
            "{}: {} with rows in more than one part.",
            task.name,
            counted(divided.len(), "group")
        )
    })
}

/// Notes on constant and doubled columns of X.
fn columns(x: &DMatrix<f64>, names: &[String]) -> impl Iterator<Item = String> {
    let constant = |column: usize| x.column(column).iter().all(|value| *value == x[(0, column)]);
    let (constant, varying): (Vec<usize>, Vec<usize>) =
        (0..x.ncols()).partition(|at| constant(*at));
    let mut first: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut doubled = Vec::new();
    for column in varying {
        let known = first.entry(hashed(x.column(column).iter())).or_default();
        match known.iter().find(|known| x.column(**known) == x.column(column)) {
            Some(same) => doubled.push(format!("{} as {}", names[column], names[*same])),
            None => known.push(column),
        }
    }
    let constant: Vec<&String> = constant.into_iter().map(|column| &names[column]).collect();
    let note = |count: usize, noun: &str, what: String| {
        (count > 0).then(|| format!("{} {what}; kept.", counted(count, noun)))
    };
    let constant = note(
        constant.len(),
        "feature",
        format!("with one and the same value in all rows: {}", listed(&constant)),
    );
    let doubled = note(
        doubled.len(),
        "feature",
        format!("with the same values as another one: {}", listed(&doubled)),
    );
    constant.into_iter().chain(doubled)
}

/// Notes on rows of X in the train and test parts of one task, if the files give the parts.
fn leaks(tasks: &[DatasetTask]) -> Vec<String> {
    let given = tasks.iter().filter(|task| task.split.given);
    let leak = |task: &DatasetTask| {
        let train: HashSet<u64> =
            task.split.train.iter().map(|row| hashed(task.x.row(*row).iter())).collect();
        let test = task.split.test.iter();
        let count = test.filter(|row| train.contains(&hashed(task.x.row(**row).iter()))).count();
        (count > 0).then(|| {
            let rows = counted(count, "row");
            format!(
                "{}: {rows} of the test part also in the train part (same features).",
                task.name
            )
        })
    };
    given.filter_map(leak).collect()
}

/// Notes on a task whose rows drawn parts cannot divide well, without its name.
pub fn drawn_doubts(task: &DatasetTask) -> Vec<String> {
    [repeated_rows(task), large_group(task)].into_iter().flatten().collect()
}

/// Notes with the names of their tasks, equal ones once.
pub fn of_tasks<S: AsRef<[String]>>(notes: &[(&str, S)]) -> Vec<String> {
    let mut found: Vec<(&String, Vec<&str>)> = Vec::new();
    for (name, note) in notes.iter().flat_map(|(name, own)| own.as_ref().iter().map(|n| (*name, n)))
    {
        match found.iter_mut().find(|(other, _)| *other == note) {
            Some((_, names)) => names.push(name),
            None => found.push((note, vec![name])),
        }
    }
    found.into_iter().map(|(note, names)| format!("{}: {note}", listed(&names))).collect()
}

/// A note on rows with the features and the label of an earlier row, if parts are drawn and may divide
/// them; `None` for tasks with few of them. Rows of whole numbers alone may be equal by chance, so they
/// do not count.
fn repeated_rows(task: &DatasetTask) -> Option<String> {
    if task.split.given {
        return None;
    }
    let group = |row: usize| task.groups.as_ref().map(|groups| groups[row]);
    let mut owner: HashMap<u64, Option<usize>> = HashMap::new();
    let (mut rows, mut count) = (0, 0);
    for (row, y) in task.y.iter().enumerate().filter(|(_, y)| !y.is_nan()) {
        rows += 1;
        let is_whole = |value: &f64| value.fract() == 0.0;
        if is_whole(y) && task.x.row(row).iter().all(is_whole) {
            continue;
        }
        match owner.entry(hashed(task.x.row(row).iter().chain([y]))) {
            Entry::Vacant(first) => drop(first.insert(group(row))),
            Entry::Occupied(first) if first.get().is_none() || *first.get() != group(row) => {
                count += 1
            }
            Entry::Occupied(_) => {}
        }
    }
    (count as f64 >= REPEATED * rows as f64 && count > 0).then(|| {
        format!(
            "{count} of {rows} rows are copies of others, features and label. Where one is in the \
             training part and one in the test part, errors look too small. Leave copies out, or give \
             them one group (--group-column)."
        )
    })
}

/// A note on a group with most of the rows, if parts are drawn; `None` for other tasks.
fn large_group(task: &DatasetTask) -> Option<String> {
    let groups = task.groups.as_ref().filter(|_| !task.split.given)?;
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    let rows = groups.iter().zip(&task.y).filter(|(_, y)| !y.is_nan());
    rows.for_each(|(group, _)| *sizes.entry(*group).or_default() += 1);
    let (largest, rows) = (*sizes.values().max()?, sizes.values().sum::<usize>());
    (largest as f64 > MOST_OF_ROWS * rows as f64).then(|| {
        format!(
            "one group has {largest} of {rows} rows, and stays in one part: the other parts hold only \
             rows of other groups."
        )
    })
}

/// A note on rows that occur in several tasks which do not share X.
fn shared_rows(tasks: &[DatasetTask]) -> Option<String> {
    let mut seen: Vec<&Arc<DMatrix<f64>>> = Vec::new();
    let mut owner: HashMap<u64, usize> = HashMap::new();
    let mut shared = HashSet::new();
    for task in tasks {
        if seen.iter().any(|x| Arc::ptr_eq(x, &task.x)) {
            continue;
        }
        for row in task.x.row_iter() {
            let hash = hashed(row.iter());
            if *owner.entry(hash).or_insert(seen.len()) != seen.len() {
                shared.insert(hash);
            }
        }
        seen.push(&task.x);
    }
    (!shared.is_empty()).then(|| {
        format!("{} of features in more than one task.", counted(shared.len(), "different row"))
    })
}

/// A hash of numbers that does not tell 0 from −0.
fn hashed<'v>(values: impl Iterator<Item = &'v f64>) -> u64 {
    let mut hasher = DefaultHasher::new();
    values.for_each(|value| (value + 0.0).to_bits().hash(&mut hasher));
    hasher.finish()
}
