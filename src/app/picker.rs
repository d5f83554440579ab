//! The column picker: what every column of a table is used for, before the table is opened.

use std::path::Path;
use std::sync::Arc;

use super::field::{FieldPurpose, InputField};
use crate::dataset::table::preview::{ColumnKind, ColumnSummary, TablePreview};
use crate::dataset::table::usage::{self, ColumnUse};
use crate::dataset::{ReadOptions, TaskKind};
use crate::error::names::grouped;
use crate::job::table::TableReading;
use crate::scenario::draft::DatasetDraft;
use crate::scenario::real::UNLIKE_SCALES;

/// What readers call an option, and what a user calls it in the picker.
const WORDS: [(&str, &str); 7] = [
    ("drop such rows (--drop-bad; \"drop-bad\" in a scenario)", "press d to drop such rows"),
    (
        "make one feature of each value (--one-hot; \"one-hot\" in a scenario)",
        "press o to make one feature of each value",
    ),
    (
        "name the one that says which task a row belongs to (--task-column; \"task-column\" in a scenario)",
        "press t on the one that says which task a row belongs to",
    ),
    (
        "read all labels as classes (--kind classification; \"kind\" in a scenario)",
        "press c until labels are classes",
    ),
    (
        "read all labels as numbers (--kind regression; \"kind\" in a scenario)",
        "press c until labels are numbers",
    ),
    (" (--ignore; \"ignore\" in a scenario)", ""),
    (", because there is a task-column", ", because a column names the tasks"),
];

/// What a reader says, with the keys of the picker in the place of the options of a command.
pub fn worded(text: &str) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (theirs, own)| text.replace(theirs, own))
}

/// An open column picker.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnPicker {
    /// The file, and the options that say what the columns do not.
    pub place: DatasetDraft,
    /// The columns; empty until they are known.
    pub columns: Vec<ColumnSummary>,
    /// A note on quoted cells that go over several lines: lines may be glued together.
    pub long_cells: Option<String>,
    /// The use of every column.
    pub uses: Vec<ColumnUse>,
    /// The focused column, by its index.
    pub row: usize,
    /// Only columns whose names contain this are shown.
    pub query: InputField,
    /// True while the search text gets the keys.
    pub searching: bool,
    /// What came of reading the table so.
    pub trial: TableTrial,
    /// True if the table opens as soon as it is read.
    pub opening: bool,
    /// True while the keys are shown in the place of everything else.
    pub helping: bool,
    /// True once the user was asked whether to leave without opening.
    pub leaving: bool,
    /// The choices with which the picker opened.
    pub(super) begun: Option<DatasetDraft>,
    /// The user is asked only if it is not clear what the columns are.
    pub(super) asks_in_doubt: bool,
    /// True if the program was started with this table and nothing else is open.
    pub(super) at_start: bool,
}

/// What came of reading a table as the user chose.
#[derive(Debug, Clone, PartialEq)]
pub enum TableTrial {
    /// No column is a label yet.
    NoLabel,
    /// The table is being read.
    Reading,
    /// It was read.
    Read(Arc<TableReading>),
    /// It cannot be read so, with the reason.
    Refused(String),
}

impl ColumnPicker {
    /// A picker for the first file of `place`, whose options are the first choices.
    pub(super) fn new(place: DatasetDraft) -> Self {
        Self {
            place,
            columns: Vec::new(),
            long_cells: None,
            uses: Vec::new(),
            row: 0,
            query: InputField::new(FieldPurpose::Search, ""),
            searching: false,
            trial: TableTrial::Reading,
            opening: false,
            helping: false,
            leaving: false,
            begun: None,
            asks_in_doubt: false,
            at_start: false,
        }
    }

    /// The name of the file without its folder.
    pub fn file_name(&self) -> String {
        let file = self.place.files.first().map_or("", String::as_str);
        let name = Path::new(file).file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// The indices of the columns that match the search.
    pub fn shown(&self) -> Vec<usize> {
        let query = self.query.text.trim().to_lowercase();
        let found = |at: &usize| self.columns[*at].name.to_lowercase().contains(&query);
        (0..self.columns.len()).filter(found).collect()
    }

    /// The focused column, if it is shown.
    pub fn focused(&self) -> Option<&ColumnSummary> {
        self.columns.get(self.row).filter(|_| self.shown().contains(&self.row))
    }

    /// Takes the columns, with the uses that are probably wanted. The first label, or else the
    /// last column, gets the focus.
    pub(super) fn take_columns(&mut self, preview: TablePreview) {
        let TablePreview { columns, long_cells } = preview;
        self.long_cells = long_cells;
        self.uses = usage::suggested(&columns, &self.place.read);
        let label = self.uses.iter().position(|own| *own == ColumnUse::Label);
        self.row = label.unwrap_or(columns.len().saturating_sub(1));
        self.columns = columns;
        self.begun = Some(self.chosen());
    }

    /// Returns true if leaving at the start of the program would lose choices.
    pub(super) fn asks_before_leaving(&self) -> bool {
        let chosen = self.begun.as_ref().is_some_and(|begun| *begun != self.chosen());
        self.at_start && chosen
    }

    /// A note on features of very different scales, unless they are standardised.
    pub fn scales_note(&self) -> Option<String> {
        let features = self.columns.iter().zip(&self.uses);
        let features = features.filter(|(_, own)| **own == ColumnUse::Feature);
        let scales = features.filter(|(column, _)| column.kind == ColumnKind::Number);
        let scales: Vec<f64> = scales.filter_map(|(column, _)| column.deviation).collect();
        let scales = scales.iter().copied().filter(|scale| *scale > 0.0);
        let (low, high) = scales.fold((f64::INFINITY, 0.0), |(low, high): (f64, f64), scale| {
            (low.min(scale), high.max(scale))
        });
        (!self.place.standardise && high > UNLIKE_SCALES * low).then(|| {
            format!(
                "Some features spread {} times as far as others: press s to divide each by its \
                 standard deviation.",
                grouped((high / low).min(1e15) as u64)
            )
        })
    }

    /// Returns true if the names of the columns tell which are labels.
    pub(super) fn is_clear(&self) -> bool {
        usage::names_labels(self.columns.iter().map(|column| column.name.as_str()))
    }

    /// The place of the data set with the options chosen so far.
    pub fn chosen(&self) -> DatasetDraft {
        DatasetDraft { read: self.options(), ..self.place.clone() }
    }

    /// The options chosen so far.
    pub(super) fn options(&self) -> ReadOptions {
        match self.asks_in_doubt {
            true => self.place.read.clone(),
            false => usage::options(&self.columns, &self.uses, &self.place.read),
        }
    }

    /// Returns true if the table can be read: the user need not be asked, or chose a label.
    pub(super) fn has_label(&self) -> bool {
        self.asks_in_doubt || self.uses.contains(&ColumnUse::Label)
    }

    /// Gives the focused column a use. A use that only one column can have is taken from another.
    pub(super) fn give(&mut self, wanted: ColumnUse) {
        if self.focused().is_none() {
            return;
        }
        for at in 0..self.uses.len() {
            if wanted.is_single() && self.uses[at] == wanted {
                self.uses[at] = usage::plain(&self.columns[at]);
            }
        }
        self.uses[self.row] = wanted;
    }

    /// Gives all columns that are shown a use.
    pub(super) fn give_all(&mut self, wanted: ColumnUse) {
        for at in self.shown() {
            self.uses[at] = wanted;
        }
    }

    /// Gives the focused column the next or previous use that no other column keeps for itself.
    pub(super) fn change(&mut self, by: isize) {
        let Some(now) = self.uses.get(self.row).copied() else { return };
        let others = |own: &ColumnUse| *own == now || !(own.is_single() && self.uses.contains(own));
        let free: Vec<ColumnUse> = ColumnUse::ALL.into_iter().filter(others).collect();
        let here = free.iter().position(|own| *own == now).unwrap_or(0) as isize;
        self.give(free[(here + by).rem_euclid(free.len() as isize) as usize]);
    }

    /// Moves the focus among the columns that are shown.
    pub(super) fn step(&mut self, by: i32) {
        let shown = self.shown();
        let here = match shown.iter().position(|at| *at == self.row) {
            Some(here) => here.saturating_add_signed(by as isize),
            None => 0,
        };
        if let Some(at) = shown.get(here.min(shown.len().saturating_sub(1))) {
            self.row = *at;
        }
    }

    /// Gives all labels the next kind: seen from their values, classes, numbers.
    pub(super) fn turn_kind(&mut self) {
        self.place.read.kind = match self.place.read.kind {
            None => Some(TaskKind::Classification),
            Some(TaskKind::Classification) => Some(TaskKind::Regression),
            Some(TaskKind::Regression) => None,
        };
    }
}
