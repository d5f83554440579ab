//! Tables as CSV, safe to open in a spreadsheet.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::{Error, Result, json};
use crate::text::{is_hidden, lines};

/// Rows as CSV with a header line.
pub fn in_csv<'a, T: Serialize>(
    names: impl Iterator<Item = &'a str>,
    rows: impl IntoIterator<Item = T>,
) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    let failed = |error: String| Error::Failed(format!("the table cannot be written: {error}"));
    writer.write_record(names).map_err(|error| failed(error.to_string()))?;
    for row in rows {
        writer.serialize(row).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

/// A text cell that no spreadsheet reads as a formula, with hidden characters as escapes.
pub fn safe(cell: &str) -> String {
    let starts = |sign: char| "=+-@＝＋－＠".contains(sign) || is_hidden(sign);
    let first = cell.chars().next();
    let marked = first.is_some_and(starts) || cell.trim_start().starts_with(starts);
    let cell = lines(cell);
    if marked { format!("'{cell}") } else { cell }
}

/// Indented JSON with a line break at its end.
pub(crate) fn in_json(document: &impl Serialize) -> Result<String> {
    json::pretty("the table", document)
}

/// Returns true if every row of an old CSV table is in a new one: a row with the same cells, or with
/// more where the old one has none or 0. Its first `place` cells tell a row from others.
pub fn holds_rows(new: &str, old: &str, place: usize) -> bool {
    let records = |table: &str| {
        csv::Reader::from_reader(table.as_bytes()).into_records().collect::<csv::Result<Vec<_>>>()
    };
    let (Ok(new), Ok(old)) = (records(new), records(old)) else { return false };
    let key = |row: &csv::StringRecord| -> Vec<String> {
        row.iter().take(place).map(str::to_owned).collect()
    };
    let mut by_place: BTreeMap<Vec<String>, Vec<&csv::StringRecord>> = BTreeMap::new();
    new.iter().for_each(|row| by_place.entry(key(row)).or_default().push(row));
    let says = |(old, new): (&str, &str)| old == new || old.is_empty() || old == "0";
    old.iter().all(|row| {
        let same = by_place.get(&key(row));
        same.is_some_and(|rows| rows.iter().any(|new| row.iter().zip(*new).all(says)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_take_for_a_formula_is_marked_as_words() {
        for cell in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "＝1"] {
            assert!(safe(cell).starts_with('\''), "{cell}");
        }
        for cell in ["", "because 1 = 1", "Ada", "a\nb"] {
            assert_eq!(safe(cell), cell);
        }
        assert_eq!(safe("a\u{1b}[2J"), "a\\u{1b}[2J");
    }
}
