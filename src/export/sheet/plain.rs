//! A sheet as plain text, without trailing blanks.

use crate::figure::Sheet;

pub(super) fn text(sheet: &Sheet) -> String {
    let line = |row: &[crate::figure::sheet::Glyph]| {
        let line: String = row.iter().map(|glyph| glyph.text.as_str()).collect();
        line.trim_end().to_owned() + "\n"
    };
    sheet.rows().map(line).collect()
}
