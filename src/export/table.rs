//! Tables as CSV, safe to open in a spreadsheet.

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
