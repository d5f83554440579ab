//! Recognises files written by taskscope ("ours") and their kind by their content.
//!
//! A new file replaces an old one only if both are of the same kind, see
//! [`Over::Ours`](super::Over::Ours): a PNG replaces only a PNG of ours, the table of a sweep only
//! the table of a sweep. Settings files have no kind; the code that writes them checks them itself.

use crate::store::notes::PNG;

/// A kind of file: its name, its beginning, and a text it contains.
struct Kind {
    name: &'static str,
    begins: &'static str,
    holds: &'static str,
}

const fn kind(name: &'static str, begins: &'static str, holds: &'static str) -> Kind {
    Kind { name, begins, holds }
}

/// Kinds of files except JSON.
const KINDS: [Kind; 16] = [
    kind("an SVG", "<svg", "data-keyword=\"Software\">taskscope "),
    kind("a PDF", "%PDF-", "/Software (taskscope "),
    kind("an HTML page", "<!DOCTYPE html>", "name=\"generator\" content=\"taskscope "),
    kind("a manual page", ".ie ", "\n.TH taskscope"),
    kind("records", "taskscope records ", ""),
    kind("a command", "taskscope ", ""),
    kind("the table of a sweep", "scenario,x_knob,x,", ""),
    kind("the table of an affinity study", "scenario,task,partners,", ""),
    kind("the table of a figure", "mark,shape,x,y,", ""),
    kind("the answers of a class", "student,name,lesson,step,", ""),
    kind("a LaTeX figure", "% taskscope ", ""),
    kind("a screen in plain text", " taskscope │", ""),
    kind("a screen in colours", "\u{1b}[", "m taskscope\u{1b}["),
    kind("a page of advice", "# Advice: ", "## How this was measured"),
    kind("a worksheet", "# ", "\n\nName: ______________________________  Number: "),
    kind("a caption", "", "\n\nDrawn by: taskscope "),
];

/// Kinds of JSON by their beginning without spaces and line breaks.
const JSON: [(&str, &str); 8] = [
    ("a scenario", "{\"taskscope\":"),
    ("a study", "{\"study\":"),
    ("the JSON of a sweep", "{\"schema\":\"taskscope.sweep/"),
    ("the JSON of an affinity study", "{\"schema\":\"taskscope.affinity/"),
    ("the JSON of advice", "{\"schema\":\"taskscope.advice/"),
    ("the JSON of a figure", "{\"format\":1,\"program\":\"taskscope"),
    ("answers", "{\"answers\":"),
    ("a session", "{\"session\":"),
];

const SOFTWARE: &[u8] = b"tEXtSoftware\0taskscope ";

/// Number of bytes of a file that are examined.
pub(super) const LOOKED_AT: u64 = 32 << 20;
/// Number of bytes of JSON that are examined.
const BEGINNING: usize = 200;

/// Returns true if a table has other columns than a new one of its kind: somebody has added some.
pub(super) fn has_other_columns(old: &[u8], new: &[u8]) -> bool {
    let (Some(kind), Some(same)) = (kind_of(old), kind_of(new)) else { return false };
    let is_table = KINDS.iter().any(|own| own.name == kind && own.begins.ends_with(','));
    kind == same && is_table && first_line(old) != first_line(new)
}

fn first_line(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end()
}

/// The kind of a file written by taskscope; `None` for any other file.
pub(super) fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(PNG) {
        return holds(bytes, SOFTWARE).then_some("a PNG");
    }
    if bytes.starts_with(b"{") {
        let beginning = bytes.iter().take(BEGINNING).filter(|byte| !byte.is_ascii_whitespace());
        let beginning: Vec<u8> = beginning.copied().collect();
        let is_it = |kind: &&(&str, &str)| beginning.starts_with(kind.1.as_bytes());
        return JSON.iter().find(is_it).map(|kind| kind.0);
    }
    let is_it = |kind: &&Kind| {
        bytes.starts_with(kind.begins.as_bytes()) && holds(bytes, kind.holds.as_bytes())
    };
    KINDS.iter().find(is_it).map(|kind| kind.name)
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    what.is_empty() || bytes.windows(what.len()).any(|window| window == what)
}
