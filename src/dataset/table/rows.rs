//! The good rows of a table, column by column.

use std::collections::HashMap;
use std::num::NonZeroU64;
use std::sync::Arc;

use super::super::bytes::Budget;
use super::super::fault::{counted, fault};
use super::super::labels::RawLabel;
use super::super::options::ReadOptions;
use super::super::signs;
use super::super::sizes::{LARGEST, too_large};
use super::super::types::TaskKind;
use super::super::words::{DROP, IGNORE};
use super::all_rows::AllRows;
use super::cell::{Cell, has_decimal_comma, has_thousands, part_named};
use super::quotes::lines;
use super::records::Records;
use super::reservoir::{Reservoir, RowPlace};
use super::roles::{Encoding, Placed, Roles};
use super::usage::MOST_VALUES;
use crate::error::{Error, Result, brief};

/// Most different texts among labels, and most tasks.
const MOST_NAMES: usize = 1000;

/// Texts in the order in which they first occur.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) names: Vec<Arc<str>>,
    places: HashMap<Arc<str>, usize>,
}

impl Names {
    fn place(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let name: Arc<str> = Arc::from(name);
        self.names.push(Arc::clone(&name));
        self.places.insert(name, self.names.len() - 1);
        self.names.len() - 1
    }
}

/// The good rows of a table.
pub(super) struct Rows {
    /// A number a row and feature; the place of the value if the feature is a text.
    pub(super) features: Vec<Vec<f64>>,
    /// The texts of each feature.
    pub(super) values: Vec<Names>,
    pub(super) labels: Vec<Vec<RawLabel>>,
    pub(super) task: Option<(Vec<usize>, Names)>,
    pub(super) groups: Option<(Vec<usize>, Names)>,
    /// The part of every row: 0 train, 1 validation, 2 test.
    pub(super) parts: Option<Vec<u8>>,
    /// Bytes that are taken besides those of the rows.
    pub(super) budget: Budget,
    /// Which rows are kept.
    pub(super) reservoir: Reservoir,
    /// Sums over all rows, if not all are kept.
    pub(super) all: Option<AllRows>,
    texts: Vec<Names>,
    dropped: usize,
    first_dropped: Option<String>,
    blank: usize,
}

/// A good row.
struct GoodRow {
    /// The numbers of the features, or the places of their texts.
    numbers: Vec<f64>,
    labels: Vec<RawLabel>,
    task: usize,
    part: Option<u8>,
    /// Whether a label that is `true` or `false` is read as 1 or 0.
    truths_are_numbers: bool,
}

impl GoodRow {
    fn none(roles: &Roles, kind: Option<TaskKind>) -> Self {
        let numbers = vec![0.0; roles.features.len()];
        let truths_are_numbers = kind == Some(TaskKind::Regression);
        Self { numbers, labels: Vec::new(), task: 0, part: None, truths_are_numbers }
    }
}

/// Puts a value into its place or behind all others.
fn put<T>(column: &mut Vec<T>, place: usize, value: T) {
    match column.get_mut(place) {
        Some(old) => *old = value,
        None => column.push(value),
    }
}

/// A row that cannot be used.
struct Bad {
    column: String,
    found: String,
    allowed: String,
    /// Whether the row is refused even if bad rows may be dropped.
    always: bool,
    /// Whether the row has too few cells or too many.
    has_other_width: bool,
}

impl Bad {
    fn new(column: &str, found: impl Into<String>, allowed: impl Into<String>) -> Self {
        let (column, allowed) = (format!("column {column}"), allowed.into());
        Self { column, found: found.into(), allowed, always: false, has_other_width: false }
    }

    /// Whether the row can be left out. A cell over several lines may hold other rows, because its
    /// quote is not closed where it should be.
    fn may_be_dropped(&self, records: &Records<'_>) -> bool {
        let may_hide_rows =
            self.found.contains('\n') || (self.has_other_width && records.more_lines() > 0);
        !self.always && !may_hide_rows
    }

    fn refusal(self, records: &Records<'_>) -> Error {
        let allowed = match self.may_be_dropped(records) {
            true => self.allowed,
            false => self.allowed.replace(&format!(", or {DROP}"), ""),
        };
        let allowed = allowed + &records.long_quote();
        let found = match (self.found.split_once('\n'), lines(self.found.as_bytes())) {
            (None, _) => self.found,
            (Some((first, _)), 1) => format!("{}, and 1 more line", brief(first)),
            (Some((first, _)), more) => format!("{}, and {more} more lines", brief(first)),
        };
        fault(records.origin(), self.column, found, allowed)
    }
}

impl Rows {
    /// Reads all rows. Refuses the first bad one unless bad rows may be dropped.
    pub(super) fn read(
        records: &mut Records<'_>,
        roles: &Roles,
        options: &ReadOptions,
    ) -> Result<Self> {
        let mut rows = Self::none(roles, options);
        let mut row = GoodRow::none(roles, options.kind);
        while records.next()? {
            if records.row.iter().all(|cell| cell.trim_ascii().is_empty()) {
                rows.blank += 1;
                continue;
            }
            match checked(records, roles, options, &mut row.numbers) {
                Ok(part) => {
                    row.part = part;
                    rows.complete(records, roles, &mut row)?;
                    rows.add(records, roles, &row)?;
                }
                Err(bad) if options.drop_bad && bad.may_be_dropped(records) => {
                    rows.drop_row(records, &bad);
                }
                Err(bad) => return Err(bad.refusal(records)),
            }
        }
        if rows.reservoir.seen == 0 {
            let found = match &rows.first_dropped {
                Some(first) => format!("bad rows only, the first: {first}"),
                None => "no row".to_owned(),
            };
            let allowed = format!("at least one row below the names{}", records.long_quote());
            return Err(fault(records.file(), "rows", found, allowed));
        }
        if let Some(all) = &mut rows.all {
            all.finish();
            let order = rows.reservoir.in_order();
            rows.bring_into(&order);
        }
        Ok(rows)
    }

    fn none(roles: &Roles, options: &ReadOptions) -> Self {
        let empty = || (Vec::new(), Names::default());
        let budget = Budget::new(options.max_bytes);
        // A label takes as much as three numbers; task, part and place of a row as much as three
        // more, and a group as much as eight.
        let width = (roles.features.len() + 3 * roles.labels.len() + 3) as u64;
        let width = width + if roles.group.is_some() { 8 } else { 0 };
        let fitting = (budget.max() / (8 * width)).max(1);
        Self {
            features: vec![Vec::new(); roles.features.len()],
            values: roles.features.iter().map(|_| Names::default()).collect(),
            labels: vec![Vec::new(); roles.labels.len()],
            task: roles.task.as_ref().map(|_| empty()),
            groups: roles.group.as_ref().map(|_| empty()),
            parts: roles.split.as_ref().map(|_| Vec::new()),
            budget,
            reservoir: Reservoir::new(options.keep.map(NonZeroU64::get), fitting, options.seed),
            all: None,
            texts: roles.labels.iter().map(|_| Names::default()).collect(),
            dropped: 0,
            first_dropped: None,
            blank: 0,
        }
    }

    /// What became of the lines, and which rows were left out.
    pub(super) fn notes(&self, records: &Records<'_>) -> Vec<String> {
        let rows = [self.reservoir.seen, self.dropped as u64, self.blank as u64];
        let words = ["rows", "bad rows, dropped", "rows without any value, left out"];
        let words = ["row", "bad row, dropped", "row without any value, left out"]
            .into_iter()
            .zip(words)
            .zip(rows)
            .map(|((one, more), rows)| (rows, if rows == 1 { one } else { more }));
        let parts: Vec<(u64, &str)> = words.collect();
        let mut notes = records.account(&parts);
        if let Some(first) = &self.first_dropped {
            notes.push(format!("The first bad row: {first}."));
        }
        notes
    }

    fn drop_row(&mut self, records: &Records<'_>, bad: &Bad) {
        self.dropped += 1;
        self.first_dropped.get_or_insert_with(|| {
            format!("line {}, {}: {}", records.line(), bad.column, brief(&bad.found))
        });
    }

    /// Reads what the numbers of a good row do not say: texts, labels, task and part.
    fn complete(&mut self, records: &Records<'_>, roles: &Roles, row: &mut GoodRow) -> Result<()> {
        let text = |at: usize| std::str::from_utf8(&records.row[at]).unwrap_or_default().trim();
        for (place, feature) in roles.features.iter().enumerate() {
            if feature.what != Encoding::OneHot {
                continue;
            }
            row.numbers[place] = self.values[place].place(text(feature.at)) as f64;
            if self.values[place].names.len() > MOST_VALUES {
                let found = format!("more than {MOST_VALUES} different texts");
                let allowed = format!("at most {MOST_VALUES} for one-hot; ignore the column");
                let column = format!("column {}", feature.name);
                return Err(fault(records.origin(), column, found, allowed));
            }
        }
        row.labels.clear();
        for (place, label) in roles.labels.iter().enumerate() {
            let names = &mut self.texts[place];
            let text = text(label.at);
            let value = match Cell::of(text, records.decimal_comma) {
                Cell::Missing => RawLabel::Missing,
                Cell::Number(number) => RawLabel::Number(number),
                Cell::Truth(truth) if row.truths_are_numbers => {
                    RawLabel::Number(f64::from(u8::from(truth)))
                }
                Cell::Truth(_) | Cell::Text => {
                    let name = names.place(text);
                    RawLabel::Text(Arc::clone(&names.names[name]))
                }
            };
            row.labels.push(value);
            few(records, &label.name, names)?;
        }
        row.task = 0;
        if let (Some((_, names)), Some(column)) = (&mut self.task, &roles.task) {
            row.task = names.place(text(column.at));
            few(records, &column.name, names)?;
        }
        Ok(())
    }

    /// Keeps a good row if it is drawn, and counts it.
    fn add(&mut self, records: &Records<'_>, roles: &Roles, row: &GoodRow) -> Result<()> {
        let place = self.reservoir.place(3 * row.task + usize::from(row.part.unwrap_or(0)));
        if place != RowPlace::New && self.all.is_none() {
            self.all = Some(self.sums_so_far(records.file(), roles)?);
        }
        if let Some(all) = &mut self.all {
            let features = roles.features.iter().zip(&row.numbers);
            let features = features.map(|(feature, x)| (*x, feature.what == Encoding::OneHot));
            all.add(records.file(), row.task, row.labels.iter(), features)?;
        }
        let place = match place {
            RowPlace::None => return Ok(()),
            RowPlace::New => self.labels.first().map_or(0, Vec::len),
            RowPlace::Instead(place) => place,
        };
        let columns = self.features.iter_mut().zip(&row.numbers);
        columns.for_each(|(column, number)| put(column, place, *number));
        let labels = self.labels.iter_mut().zip(&row.labels);
        labels.for_each(|(column, label)| put(column, place, label.clone()));
        if let Some((tasks, _)) = &mut self.task {
            put(tasks, place, row.task);
        }
        if let (Some((groups, names)), Some(column)) = (&mut self.groups, &roles.group) {
            let name = std::str::from_utf8(&records.row[column.at]).unwrap_or_default().trim();
            let known = names.names.len();
            put(groups, place, names.place(name));
            if names.names.len() > known {
                self.budget.take(&records.origin(), 1, name.len() as u64 / 8)?;
            }
        }
        if let (Some(parts), Some(part)) = (&mut self.parts, row.part) {
            put(parts, place, part);
        }
        Ok(())
    }

    /// The sums over the rows so far, all of which are kept.
    fn sums_so_far(&self, origin: &str, roles: &Roles) -> Result<AllRows> {
        let mut all = AllRows::new(roles.labels.len(), &roles.features);
        for row in 0..self.count() {
            let task = self.task.as_ref().map_or(0, |(tasks, _)| tasks[row]);
            let features = self.features.iter().zip(&roles.features);
            let features =
                features.map(|(column, feature)| (column[row], feature.what == Encoding::OneHot));
            all.add(origin, task, self.labels.iter().map(|column| &column[row]), features)?;
        }
        Ok(all)
    }

    /// Brings the kept rows into another order.
    fn bring_into(&mut self, order: &[usize]) {
        fn ordered<T: Clone>(column: &mut Vec<T>, order: &[usize]) {
            *column = order.iter().map(|row| column[*row].clone()).collect();
        }
        self.features.iter_mut().for_each(|column| ordered(column, order));
        self.labels.iter_mut().for_each(|column| ordered(column, order));
        let named = [&mut self.task, &mut self.groups].into_iter().flatten();
        named.for_each(|(column, _)| ordered(column, order));
        self.parts.iter_mut().for_each(|column| ordered(column, order));
    }

    /// Number of rows that are kept.
    pub(super) fn count(&self) -> usize {
        self.labels.first().map_or(0, Vec::len)
    }
}

/// Refuses a column with more names than tasks or classes can be.
fn few(records: &Records<'_>, column: &str, names: &Names) -> Result<()> {
    if names.names.len() <= MOST_NAMES {
        return Ok(());
    }
    let found = format!("more than {MOST_NAMES} different texts");
    let allowed = format!("at most {MOST_NAMES}; choose another column");
    Err(fault(records.origin(), format!("column {column}"), found, allowed))
}

/// Checks all cells of a row; writes the numbers of its features and returns its part.
fn checked(
    records: &Records<'_>,
    roles: &Roles,
    options: &ReadOptions,
    numbers: &mut [f64],
) -> std::result::Result<Option<u8>, Bad> {
    let row = &records.row;
    let extra = row.iter().skip(roles.width).any(|cell| !cell.trim_ascii().is_empty());
    if row.len() < roles.width || extra {
        let found = counted(row.len(), "cell");
        let mut bad = Bad::new(
            "",
            found,
            format!(
                "as many cells as the first row; look for a stray separator or quote, or {DROP}"
            ),
        );
        bad.column = format!("row of {} columns", roles.width);
        bad.has_other_width = true;
        return Err(bad);
    }
    if row.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
        let mut bad =
            Bad::new("", "bytes that are no UTF-8", "UTF-8; save the table as CSV in UTF-8");
        (bad.column, bad.always) = ("text".to_owned(), true);
        return Err(bad);
    }
    let text = |at: usize| std::str::from_utf8(&row[at]).unwrap_or_default();
    for (number, feature) in numbers.iter_mut().zip(&roles.features) {
        *number = feature_number(text(feature.at), feature, records.decimal_comma)?;
    }
    for label in &roles.labels {
        check_label(text(label.at), label, records.decimal_comma, options.kind)?;
    }
    for column in [&roles.task, &roles.group].into_iter().flatten() {
        if text(column.at).trim().is_empty() {
            let allowed = format!("a value in each row, or {DROP}");
            return Err(Bad::new(&column.name, "no value", allowed));
        }
    }
    roles.split.as_ref().map(|column| part(text(column.at), column)).transpose()
}

fn feature_number(
    text: &str,
    feature: &Placed<Encoding>,
    decimal_comma: bool,
) -> std::result::Result<f64, Bad> {
    let number = || format!("a number; correct it, ignore the column ({IGNORE}), or {DROP}");
    let value = || format!("a value in each row; ignore the column ({IGNORE}), or {DROP}");
    let cell = Cell::of(text, decimal_comma);
    match (feature.what, cell) {
        (_, Cell::Missing) if text.trim().is_empty() => {
            Err(Bad::new(&feature.name, "no value", value()))
        }
        (_, Cell::Missing) => {
            Err(Bad::new(&feature.name, format!("{} (missing)", text.trim()), value()))
        }
        (Encoding::OneHot, _) => Ok(0.0),
        (Encoding::Number, Cell::Number(number)) if number.abs() <= LARGEST => Ok(number),
        (Encoding::Number, Cell::Number(number)) if number.is_finite() => {
            Err(Bad::new(&feature.name, text.trim(), too_large(number)))
        }
        (Encoding::Truth, Cell::Truth(truth)) => Ok(f64::from(u8::from(truth))),
        (Encoding::Number, Cell::Text) => {
            Err(no_number(&feature.name, text, decimal_comma, number()))
        }
        (Encoding::Truth, _) => Err(Bad::new(&feature.name, text.trim(), "true or false")),
        (Encoding::Number, _) => Err(Bad::new(&feature.name, text.trim(), number())),
    }
}

/// The refusal of a text among numbers.
fn no_number(column: &str, text: &str, decimal_comma: bool, allowed: String) -> Bad {
    let allowed = match signs::cure(&[text]) {
        Some(cure) => format!("{allowed}, or {cure}"),
        None => allowed,
    };
    let mut bad = Bad::new(column, text.trim(), allowed);
    if has_thousands(text) {
        bad.allowed =
            "numbers without separators of thousands; remove these from the file".to_owned();
        bad.always = true;
    } else if !decimal_comma && has_decimal_comma(text) {
        bad.allowed =
            "a point before decimals, as in other rows; write the file with one of them".to_owned();
        bad.always = true;
    } else if decimal_comma && matches!(Cell::of(text, false), Cell::Number(_)) {
        bad.allowed =
            "a comma before decimals, as in other rows; write the file with one of them".to_owned();
        bad.always = true;
    }
    bad
}

fn check_label(
    text: &str,
    label: &Placed<bool>,
    decimal_comma: bool,
    kind: Option<TaskKind>,
) -> std::result::Result<(), Bad> {
    let allowed = || format!("a finite number or a blank; correct it, or {DROP}");
    match Cell::of(text, decimal_comma) {
        Cell::Number(number) if !number.is_finite() => {
            Err(Bad::new(&label.name, text.trim(), allowed()))
        }
        Cell::Number(number) if number.abs() > LARGEST => {
            Err(Bad::new(&label.name, text.trim(), too_large(number)))
        }
        Cell::Text if label.what && kind != Some(TaskKind::Classification) => {
            Err(no_number(&label.name, text, decimal_comma, allowed()))
        }
        _ => Ok(()),
    }
}

/// The part that a cell names.
fn part(text: &str, column: &Placed<()>) -> std::result::Result<u8, Bad> {
    let other = || Bad::new(&column.name, text.trim(), "train, validation or test");
    part_named(text).ok_or_else(other)
}
