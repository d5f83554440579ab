//! The tasks of a table.

use std::cmp::Ordering;
use std::sync::Arc;

use nalgebra::DMatrix;

use super::super::fault::{counted, fault};
use super::super::labels::{self, LabelCounts, RawLabel, TaskLabels};
use super::super::moments::TaskMoments;
use super::super::options::ReadOptions;
use super::super::sizes;
use super::super::types::{Dataset, DatasetTask, Split, all_share_x};
use super::super::words;
use super::roles::{Encoding, Roles};
use super::rows::Rows;
use crate::error::Result;

/// A column of X: the numbers of a feature, or 1 where its text is the one at a place.
struct FeatureColumn {
    name: String,
    feature: usize,
    value: Option<usize>,
}

/// The data set of the rows of a table. Every label column is a task on one X, or every value of
/// the task column is a task with an X of its own.
pub(super) fn dataset(
    origin: &str,
    title: &str,
    mut rows: Rows,
    roles: &Roles,
    options: &ReadOptions,
    mut notes: Vec<String>,
) -> Result<Dataset> {
    let columns = feature_columns(&rows, roles);
    let (before, after) = (roles.features.len() as u64, columns.len() as u64);
    rows.budget.take(origin, rows.count() as u64, after.saturating_sub(before))?;
    for place in 0..roles.labels.len() {
        let missing = match &rows.all {
            Some(all) => all.tasks.iter().map(|task| task.missing[place]).sum(),
            None => rows.labels[place].iter().filter(|label| **label == RawLabel::Missing).count(),
        };
        if missing > 0 {
            let name = &roles.labels[place].name;
            notes.push(format!("{name}: {} missing.", counted(missing, "label")));
        }
    }
    let tasks = match &rows.task {
        None => tasks_on_one_x(origin, &rows, roles, &columns, options, &mut notes)?,
        Some(_) => tasks_of_column(origin, &rows, &columns, options, &mut notes)?,
    };
    if let Some(all) = &rows.all {
        sizes::not_large(origin, "numbers", all.largest())?;
    }
    notes.extend(words::kept_rows(&tasks));
    if rows.parts.as_ref().is_some_and(|parts| !parts.contains(&1)) {
        notes.push("The table gives no validation part.".to_owned());
    }
    Ok(Dataset {
        title: title.to_owned(),
        features: columns.into_iter().map(|column| column.name).collect(),
        same_x: all_share_x(&tasks),
        tasks,
        source: Vec::new(),
        notes,
    })
}

fn tasks_on_one_x(
    origin: &str,
    rows: &Rows,
    roles: &Roles,
    columns: &[FeatureColumn],
    options: &ReadOptions,
    notes: &mut Vec<String>,
) -> Result<Vec<DatasetTask>> {
    let all: Vec<usize> = (0..rows.count()).collect();
    let x = Arc::new(matrix(rows, columns, &all));
    let mut tasks = Vec::new();
    for (place, (label, values)) in roles.labels.iter().zip(&rows.labels).enumerate() {
        let counts = match &rows.all {
            Some(all) => all.counts(place),
            None => LabelCounts::of(values),
        };
        for labels in labels::tasks(origin, &label.name, values, &counts, options.kind, notes)? {
            let moments = moments(rows, (0, place), &labels, columns);
            tasks.push(task(rows, &all, labels, Arc::clone(&x), moments));
        }
    }
    Ok(tasks)
}

fn tasks_of_column(
    origin: &str,
    rows: &Rows,
    columns: &[FeatureColumn],
    options: &ReadOptions,
    notes: &mut Vec<String>,
) -> Result<Vec<DatasetTask>> {
    let (Some((owners, names)), Some(values)) = (&rows.task, rows.labels.first()) else {
        return Err(fault(origin, "task-column", "no label", "one column of labels"));
    };
    let texts = values.iter().any(|value| matches!(value, RawLabel::Text(_)));
    let all = rows.all.as_ref();
    let counts = all.map_or_else(|| LabelCounts::of(values), |all| all.counts(0));
    let kind = options.kind.or_else(|| (!texts).then(|| counts.kind()));
    let mut of_task: Vec<Vec<usize>> = vec![Vec::new(); names.names.len()];
    for (row, owner) in owners.iter().enumerate() {
        of_task[*owner].push(row);
    }
    let mut tasks = Vec::new();
    for (number, (name, members)) in names.names.iter().zip(&of_task).enumerate() {
        let own: Vec<RawLabel> = members.iter().map(|row| values[*row].clone()).collect();
        let x = Arc::new(matrix(rows, columns, members));
        let counts = match all.and_then(|all| all.tasks.get(number)) {
            Some(task) => task.counts[0].clone(),
            None => LabelCounts::of(&own),
        };
        for labels in labels::tasks(origin, name, &own, &counts, kind, notes)? {
            let moments = moments(rows, (number, 0), &labels, columns);
            tasks.push(task(rows, members, labels, Arc::clone(&x), moments));
        }
    }
    Ok(tasks)
}

/// The moments of all rows of a task and label, if not all are kept.
fn moments(
    rows: &Rows,
    (task, label): (usize, usize),
    made: &TaskLabels,
    columns: &[FeatureColumn],
) -> Option<Arc<TaskMoments>> {
    let columns: Vec<_> = columns.iter().map(|column| (column.feature, column.value)).collect();
    rows.all.as_ref()?.moments(task, label, made, &columns).map(Arc::new)
}

/// A task on the rows `members` of the table.
fn task(
    rows: &Rows,
    members: &[usize],
    labels: TaskLabels,
    x: Arc<DMatrix<f64>>,
    moments: Option<Arc<TaskMoments>>,
) -> DatasetTask {
    let y = labels.y;
    let in_part = |parts: &[u8], part: u8| {
        let own =
            |(at, row): (usize, &usize)| (parts[*row] == part && !y[at].is_nan()).then_some(at);
        members.iter().enumerate().filter_map(own).collect()
    };
    let split = match &rows.parts {
        Some(parts) => Split {
            train: in_part(parts, 0),
            validation: in_part(parts, 1),
            test: in_part(parts, 2),
            given: true,
        },
        None => Split::default(),
    };
    let groups =
        rows.groups.as_ref().map(|(groups, _)| members.iter().map(|row| groups[*row]).collect());
    DatasetTask { name: labels.name, kind: labels.kind, x, y, split, groups, moments }
}

/// The columns of X; texts become one column for each value, in alphabetical order.
fn feature_columns(rows: &Rows, roles: &Roles) -> Vec<FeatureColumn> {
    let mut columns = Vec::new();
    for (feature, column) in roles.features.iter().enumerate() {
        if column.what != Encoding::OneHot {
            columns.push(FeatureColumn { name: column.name.clone(), feature, value: None });
            continue;
        }
        let names = &rows.values[feature].names;
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by(|one, other| -> Ordering { names[*one].cmp(&names[*other]) });
        columns.extend(order.into_iter().map(|value| FeatureColumn {
            name: format!("{}={}", column.name, names[value]),
            feature,
            value: Some(value),
        }));
    }
    columns
}

/// The features of some rows.
fn matrix(rows: &Rows, columns: &[FeatureColumn], members: &[usize]) -> DMatrix<f64> {
    let number = |column: &FeatureColumn, row: usize| {
        let number = rows.features[column.feature][row];
        column.value.map_or(number, |value| f64::from(u8::from(number == value as f64)))
    };
    let numbers =
        columns.iter().flat_map(|column| members.iter().map(move |row| number(column, *row)));
    DMatrix::from_iterator(members.len(), columns.len(), numbers)
}
