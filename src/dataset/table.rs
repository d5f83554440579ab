//! Tables of text: CSV and TSV in the dialects that spreadsheets and programs write.

mod alike;
mod all_rows;
mod cell;
mod columns;
mod dialect;
mod quotes;
mod records;
mod reservoir;
mod roles;
mod rows;
mod sample;
mod tasks;

pub mod preview;
pub mod usage;

use std::io::Read;
use std::path::Path;

use super::complete::complete;
use super::fault::fault;
use super::options::ReadOptions;
use super::types::Dataset;
use crate::error::Result;
use records::Records;
use roles::Roles;
use rows::Rows;
use sample::Sample;

/// The endings of files that hold tables.
const ENDINGS: [&str; 3] = ["csv", "tsv", "txt"];

/// Returns true if a path ends as those of tables do: `.csv`, `.tsv` or `.txt`.
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Returns true if it is clear which columns of a table are labels: `options` name them, or their
/// names do (see [`usage::names_labels`]). Reads only the start of the table.
///
/// # Errors
///
/// As [`read`], if the bytes are no table.
pub fn names_its_labels(input: &mut dyn Read, name: &str, options: &ReadOptions) -> Result<bool> {
    let taken = roles::wanted(options);
    let layout = Sample::read(input, name)?.layout(name, &taken)?;
    let free = layout.columns.iter().filter(|column| !taken.contains(&&column.name));
    let names = free.map(|column| column.name.as_str());
    Ok(!options.labels.is_empty() || usage::names_labels(names))
}

/// Reads a table: features and labels in columns, one row a line. Separator, decimal comma, header
/// and the like are detected and noted. `name` is the file in messages.
///
/// # Errors
///
/// [`Error::Data`](crate::error::Error::Data) with the line and the column if a value cannot be
/// used, or if columns that `options` names are not there;
/// [`Error::Read`](crate::error::Error::Read) if `input` fails.
pub fn read(input: &mut dyn Read, name: &str, options: &ReadOptions) -> Result<Dataset> {
    let mut sample = Sample::read(input, name)?;
    let table = sample.layout(name, &roles::wanted(options))?;
    if table.empty {
        return Err(fault(name, "rows", "no row", "at least one row below the names"));
    }
    let (roles, mut notes) = Roles::assign(name, &table, options)?;
    notes.insert(0, table.dialect.in_words(table.header));
    if !table.header {
        notes.insert(
            1,
            "The first row is no row of names: it is read as data, and the columns are named \
             column 1, column 2 and so on."
                .to_owned(),
        );
    }
    let mut records = Records::new(sample, input, name, &table);
    let rows = Rows::read(&mut records, &roles, options)?;
    notes.extend(rows.notes(&records));
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let title = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let dataset = tasks::dataset(name, title, rows, &roles, options, notes)?;
    complete(dataset, options)
}
