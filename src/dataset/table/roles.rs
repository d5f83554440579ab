//! Which column of a table is what.

use super::super::check::unique;
use super::super::fault::{fault, listed};
use super::super::options::ReadOptions;
use super::super::signs;
use super::super::words::{IGNORE, ONE_HOT, TASK_COLUMN};
use super::alike;
use super::cell::has_thousands;
use super::columns::{Column, unquoted};
use super::sample::TableLayout;
use super::usage::is_usual_label;
use crate::error::Result;

/// How a feature is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Number,
    /// `true` is 1, `false` is 0.
    Truth,
    /// One feature for each value.
    OneHot,
}

/// A column with its place.
#[derive(Debug, Clone)]
pub(super) struct Placed<T> {
    pub(super) at: usize,
    pub(super) name: String,
    pub(super) what: T,
}

/// Which column is what.
#[derive(Debug, Clone)]
pub(super) struct Roles {
    /// Number of columns.
    pub(super) width: usize,
    pub(super) features: Vec<Placed<Encoding>>,
    /// Labels; whether most are numbers.
    pub(super) labels: Vec<Placed<bool>>,
    pub(super) task: Option<Placed<()>>,
    pub(super) group: Option<Placed<()>>,
    pub(super) split: Option<Placed<()>>,
}

/// All names of columns in options.
pub(super) fn wanted(options: &ReadOptions) -> Vec<&String> {
    let single = [&options.task_column, &options.group_column, &options.split_column];
    options.labels.iter().chain(&options.ignore).chain(single.into_iter().flatten()).collect()
}

impl Roles {
    /// Gives every column its role, with notes on what was chosen.
    pub(super) fn assign(
        name: &str,
        layout: &TableLayout,
        options: &ReadOptions,
    ) -> Result<(Self, Vec<String>)> {
        let columns = &layout.columns;
        unique(name, "columns", columns.iter().map(|column| &column.name))?;
        let find = |option: &str, wanted: &String| find(name, columns, option, wanted);
        let one = |option: &str, wanted: &Option<String>| -> Result<Option<Placed<()>>> {
            let found = wanted.as_ref().map(|wanted| find(option, wanted)).transpose()?;
            Ok(found.map(|at| Placed { at, name: columns[at].name.clone(), what: () }))
        };
        let task = one("task-column", &options.task_column)?;
        let group = one("group-column", &options.group_column)?;
        let split = one("split-column", &options.split_column)?;
        let mut notes = Vec::new();
        let mut labels = Vec::new();
        for wanted in &options.labels {
            labels.push(find("labels", wanted)?);
        }
        let mut ignored = Vec::new();
        for wanted in &options.ignore {
            ignored.push(find("ignore", wanted)?);
        }
        let others = [&task, &group, &split].into_iter().flatten().map(|column| column.at);
        let mut taken: Vec<usize> = others.chain(ignored).collect();
        if labels.is_empty() {
            labels = usual_labels(name, columns, &taken, &mut notes)?;
        }
        if task.is_some() && labels.len() > 1 {
            let found = format!("{} columns", labels.len());
            return Err(fault(name, "labels", found, "one column, because there is a task-column"));
        }
        taken.extend(&labels);
        once(name, columns, &taken)?;
        no_thousands(name, columns, |at| !taken.contains(&at) || labels.contains(&at))?;
        let features = features(name, columns, &taken, options.one_hot, &mut notes)?;
        let places: Vec<usize> = features.iter().map(|feature| feature.at).collect();
        notes.extend(alike::note(columns, &labels, &places));
        let numeric = |at: usize| columns[at].tally.is_numeric();
        let label = |at: usize| Placed { at, name: columns[at].name.clone(), what: numeric(at) };
        let labels = labels.into_iter().map(label).collect();
        Ok((Self { width: columns.len(), features, labels, task, group, split }, notes))
    }
}

fn find(origin: &str, columns: &[Column], option: &str, wanted: &String) -> Result<usize> {
    let named = |name: &str| columns.iter().position(|column| column.name == name);
    named(wanted).or_else(|| named(unquoted(wanted))).ok_or_else(|| {
        let names: Vec<&String> = columns.iter().map(|column| &column.name).collect();
        fault(origin, option, wanted, format!("the name of a column: {}", listed(&names)))
    })
}

/// Refuses a column that has two roles.
fn once(origin: &str, columns: &[Column], taken: &[usize]) -> Result<()> {
    for (place, at) in taken.iter().enumerate() {
        if taken[..place].contains(at) {
            let found = format!("{} twice", columns[*at].name);
            let allowed = "each column once among labels, task-column, group-column, split-column \
                           and ignore";
            return Err(fault(origin, "columns", found, allowed));
        }
    }
    Ok(())
}

/// Refuses columns of features and labels whose numbers have separators of thousands.
fn no_thousands(origin: &str, columns: &[Column], used: impl Fn(usize) -> bool) -> Result<()> {
    let bad = |column: &Column| {
        let texts = &column.tally.examples;
        !column.tally.is_numeric()
            && !texts.is_empty()
            && texts.iter().all(|text| has_thousands(text))
    };
    match columns.iter().enumerate().find(|(at, column)| used(*at) && bad(column)) {
        None => Ok(()),
        Some((_, column)) => {
            let found = column.tally.examples.first().cloned().unwrap_or_default();
            let allowed = "numbers without separators of thousands; remove these from the file";
            Err(fault(origin, format!("column {}", column.name), found, allowed))
        }
    }
}

/// The columns whose names are usual for labels.
fn usual_labels(
    origin: &str,
    columns: &[Column],
    taken: &[usize],
    notes: &mut Vec<String>,
) -> Result<Vec<usize>> {
    let usual = |at: &usize| is_usual_label(&columns[*at].name) && !taken.contains(at);
    let found: Vec<usize> = (0..columns.len()).filter(usual).collect();
    let names: Vec<&String> = found.iter().map(|at| &columns[*at].name).collect();
    if found.is_empty() {
        let all: Vec<&String> = columns.iter().map(|column| &column.name).collect();
        let allowed = format!("names of columns: {}", listed(&all));
        return Err(fault(origin, "labels", "none", allowed));
    }
    notes.push(format!("Labels chosen by their names: {}.", listed(&names)));
    Ok(found)
}

/// The columns that have no other role.
fn features(
    origin: &str,
    columns: &[Column],
    taken: &[usize],
    one_hot: bool,
    notes: &mut Vec<String>,
) -> Result<Vec<Placed<Encoding>>> {
    let (mut features, mut texts, mut blanks) = (Vec::new(), Vec::new(), Vec::new());
    for (at, column) in columns.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        let tally = &column.tally;
        if column.counts_rows() || (column.is_unnamed() && tally.is_blank()) {
            let what = if tally.is_blank() { "is blank" } else { "counts the rows" };
            notes.push(format!("{} has no name and {what}; ignored.", column.name));
            continue;
        }
        let what = if tally.is_numeric() {
            Encoding::Number
        } else if tally.is_truth() {
            Encoding::Truth
        } else if tally.is_blank() {
            blanks.push(column);
            continue;
        } else {
            texts.push(column);
            Encoding::OneHot
        };
        features.push(Placed { at, name: column.name.clone(), what });
    }
    let field = |columns: &[&Column]| {
        let names: Vec<&String> = columns.iter().map(|column| &column.name).collect();
        format!("column{} {}", if names.len() == 1 { "" } else { "s" }, listed(&names))
    };
    if !blanks.is_empty() {
        return Err(fault(
            origin,
            field(&blanks),
            "no value",
            format!("numbers; ignore such columns ({IGNORE})"),
        ));
    }
    if let Some(first) = texts.first().filter(|_| !one_hot) {
        let found = format!("the text {}", first.tally.examples.join(", "));
        let cure =
            signs::cure(&first.tally.examples).map_or_else(String::new, |c| format!("{c}, "));
        let allowed =
            format!("numbers; {cure}ignore such columns ({IGNORE}), {ONE_HOT}, or {TASK_COLUMN}");
        return Err(fault(origin, field(&texts), found, allowed));
    }
    if features.is_empty() {
        let allowed = "at least one column besides the labels; check the separator";
        return Err(fault(origin, "features", "no column", allowed));
    }
    Ok(features)
}
