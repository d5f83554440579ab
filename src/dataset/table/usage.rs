//! What the columns of a table are used for.

use super::cell::part_named;
use super::preview::{ColumnKind, ColumnSummary};
use crate::dataset::options::ReadOptions;

/// Names of columns, in small letters, that are labels unless options say otherwise.
const LABEL_NAMES: [&str; 5] = ["label", "labels", "target", "class", "y"];
/// Starts of such names.
const LABEL_STARTS: [&str; 3] = ["label_", "target_", "y_"];
/// Most values of a column with text that becomes features.
pub(super) const MOST_VALUES: usize = 50;

/// The use of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnUse {
    /// A feature, or one for each value of a text.
    Feature,
    /// The labels of a task.
    Label,
    /// The name of the task of every row.
    Task,
    /// The group of every row; rows of one group stay in one part.
    Group,
    /// The part of every row: train, validation or test.
    Part,
    /// None.
    Ignored,
}

impl ColumnUse {
    /// All uses.
    pub const ALL: [Self; 6] =
        [Self::Feature, Self::Label, Self::Task, Self::Group, Self::Part, Self::Ignored];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Feature => "feature",
            Self::Label => "label",
            Self::Task => "task",
            Self::Group => "group",
            Self::Part => "part",
            Self::Ignored => "ignored",
        }
    }

    /// Returns true if at most one column has this use.
    pub fn is_single(self) -> bool {
        matches!(self, Self::Task | Self::Group | Self::Part)
    }
}

/// Returns true if columns of this name are labels unless options say otherwise.
pub fn is_usual_label(name: &str) -> bool {
    let name = name.to_lowercase();
    LABEL_NAMES.contains(&name.as_str()) || LABEL_STARTS.iter().any(|start| name.starts_with(start))
}

/// Returns true if some names are usual for labels and it is clear which labels are meant: there is
/// only one such name, or all of them begin alike, as `label_a` and `label_b` do.
pub fn names_labels<'a>(names: impl IntoIterator<Item = &'a str>) -> bool {
    let names = names.into_iter().filter(|name| is_usual_label(name));
    let names: Vec<String> = names.map(str::to_lowercase).collect();
    let alike = |start: &&str| names.iter().all(|name| name.starts_with(*start));
    names.len() == 1 || !names.is_empty() && LABEL_STARTS.iter().any(alike)
}

/// The use of every column that a user will probably want: what `options` say, else labels with
/// usual names, features where there are numbers or few texts, and the part of a row if a column
/// holds nothing but the names of parts.
pub fn suggested(columns: &[ColumnSummary], options: &ReadOptions) -> Vec<ColumnUse> {
    let mut uses: Vec<ColumnUse> = Vec::with_capacity(columns.len());
    for column in columns {
        let own = chosen(&column.name, options).unwrap_or_else(|| match guessed(column) {
            ColumnUse::Label if !options.labels.is_empty() => plain(column),
            ColumnUse::Part if options.split_column.is_some() => ColumnUse::Ignored,
            own => own,
        });
        let again = own.is_single() && uses.contains(&own);
        uses.push(if again { plain(column) } else { own });
    }
    uses
}

/// The use of a column that is no label and says nothing about its rows: a feature, or none if it
/// has no value, too many texts, or only counts the rows.
pub fn plain(column: &ColumnSummary) -> ColumnUse {
    match column.kind {
        ColumnKind::Blank => ColumnUse::Ignored,
        _ if column.counts_rows => ColumnUse::Ignored,
        ColumnKind::Text if column.distinct > MOST_VALUES => ColumnUse::Ignored,
        _ => ColumnUse::Feature,
    }
}

fn guessed(column: &ColumnSummary) -> ColumnUse {
    if column.kind == ColumnKind::Blank {
        return ColumnUse::Ignored;
    }
    let parts = column.distinct > 1
        && column.distinct == column.examples.len()
        && column.examples.iter().all(|text| part_named(text).is_some());
    match is_usual_label(&column.name) {
        true => ColumnUse::Label,
        false if parts => ColumnUse::Part,
        false => plain(column),
    }
}

/// The use that options give to a column.
fn chosen(name: &String, options: &ReadOptions) -> Option<ColumnUse> {
    let is = |column: &Option<String>| column.as_ref() == Some(name);
    if options.labels.contains(name) {
        Some(ColumnUse::Label)
    } else if options.ignore.contains(name) {
        Some(ColumnUse::Ignored)
    } else if is(&options.task_column) {
        Some(ColumnUse::Task)
    } else if is(&options.group_column) {
        Some(ColumnUse::Group)
    } else if is(&options.split_column) {
        Some(ColumnUse::Part)
    } else {
        None
    }
}

/// The options that give every column its use; `base` says the rest.
pub fn options(columns: &[ColumnSummary], uses: &[ColumnUse], base: &ReadOptions) -> ReadOptions {
    let named = |wanted: ColumnUse| -> Vec<String> {
        let all = columns.iter().zip(uses).filter(|(_, own)| **own == wanted);
        all.map(|(column, _)| column.name.clone()).collect()
    };
    let first = |wanted: ColumnUse| named(wanted).into_iter().next();
    ReadOptions {
        labels: named(ColumnUse::Label),
        task_column: first(ColumnUse::Task),
        group_column: first(ColumnUse::Group),
        split_column: first(ColumnUse::Part),
        ignore: named(ColumnUse::Ignored),
        ..base.clone()
    }
}
