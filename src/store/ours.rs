//! Which files are ours: every kind of file that taskscope writes shows it by its content.
//!
//! This is the one place that says so. A new file takes the place of an old one only if both are of
//! the same kind, see [`Over::Ours`](crate::store::atomic::Over::Ours): a PNG of ours the place of a PNG of ours,
//! the table of a sweep that of a table of a sweep. Settings show no kind; whoever writes them looks
//! at what stands there.

use crate::store::embedded::PNG;

/// A kind of file: its name, how it begins, and what else stands in it.
struct Kind {
    name: &'static str,
    begins: &'static str,
    holds: &'static str,
}

const fn kind(name: &'static str, begins: &'static str, holds: &'static str) -> Kind {
    Kind { name, begins, holds }
}

/// Kinds of files but JSON.
const KINDS: [Kind; 15] = [
    kind("an SVG", "<svg", "data-keyword=\"Software\">taskscope "),
    kind("a PDF", "%PDF-", "/Software (taskscope "),
    kind("a page of HTML", "<!DOCTYPE html>", "name=\"generator\" content=\"taskscope "),
    kind("a page of the manual", ".ie ", "\n.TH taskscope"),
    kind("records", "taskscope records ", ""),
    kind("a command", "taskscope ", ""),
    kind("the table of a sweep", "scenario,x_knob,x,", ""),
    kind("the table of an affinity study", "scenario,task,partners,", ""),
    kind("the table of a figure", "mark,shape,x,y,", ""),
    kind("the answers of a class", "student,name,lesson,step,", ""),
    kind("a document of pgfplots", "% taskscope ", ""),
    kind("a screen in plain text", " taskscope │", ""),
    kind("a screen in colours", "\u{1b}[", "m taskscope\u{1b}["),
    kind("a worksheet", "# ", "\n\nName: ______________________________  Number: "),
    kind("a caption", "", "\n\nDrawn by: taskscope "),
];

/// Kinds of JSON by how they begin once spaces and line breaks are left out.
const JSON: [(&str, &str); 7] = [
    ("a scenario", "{\"taskscope\":"),
    ("a study", "{\"study\":"),
    ("the JSON of a sweep", "{\"schema\":\"taskscope.sweep/"),
    ("the JSON of an affinity study", "{\"schema\":\"taskscope.affinity/"),
    ("the JSON of a figure", "{\"format\":1,\"program\":\"taskscope"),
    ("answers", "{\"answers\":"),
    ("a session", "{\"session\":"),
];

const SOFTWARE: &[u8] = b"tEXtSoftware\0taskscope ";

/// The most of a file that is looked at, in bytes.
pub(super) const LOOKED_AT: u64 = 32 << 20;
/// The most of JSON that is looked at.
const BEGINNING: usize = 200;

/// What a file of ours is, by its content; `None` for a file that does not show that it is ours.
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
