//! Dependencies between modules: reads `src/` and fails if a module uses one it must not use.

use std::fs;
use std::path::{Path, PathBuf};

use taskscope::math::stats::LEVEL;

/// The rooms, line by line. A module may use only modules on lines above its own; names on one
/// line do not know each other.
const ROOMS: &[&[&str]] = &[
    &["text"],
    &["error", "cancel", "math"],
    &["task", "dataset"],
    &["model"],
    &["method"],
    &["scenario"],
    &["transfer"],
    &["study"],
    &["explanation", "advice", "flip", "runner"],
    &["claims"],
    &["figure"],
    &["provenance"],
    &["catalog"],
    &["lesson", "guide"],
    &["job", "log"],
    &["app", "worker", "export"],
    &["ui", "store"],
    &["tui", "line"],
    &["cli"],
];

/// Paths that only some rooms may use; those without a room nobody: the program has no connection to
/// a network.
const RESERVED: &[(&str, &[&str])] = &[
    ("ratatui", &["ui", "tui"]),
    ("crossterm", &["tui"]),
    ("pulp", &["math"]),
    ("signal_hook", &["tui", "cli"]),
    ("rustix", &["tui"]),
    ("plotters", &["export"]),
    ("png", &["export", "store"]),
    ("tempfile", &["store"]),
    ("crc32fast", &["export", "lesson", "scenario", "store"]),
    ("csv", &["export", "dataset"]),
    ("rawzip", &["dataset"]),
    ("sha2", &["dataset", "export", "store"]),
    ("pdf_writer", &["export"]),
    ("quick_xml", &["store"]),
    ("subsetter", &["export"]),
    ("toml", &["lesson", "export", "store", "cli"]),
    ("clap", &["cli"]),
    ("pulldown_cmark", &["guide"]),
    ("textwrap", &["guide"]),
    ("terminal_size", &["cli"]),
    ("directories", &["cli"]),
    ("terminal_colorsaurus", &["cli"]),
    ("std::thread", &["worker", "store", "tui", "cli"]),
    ("std::time", &["runner", "log", "worker", "tui", "cli"]),
    ("std::fs", &["store", "log", "cli"]),
    ("std::net", &[]),
    ("std::os::unix::net", &[]),
    ("std::process::Command", &["cli"]),
];

/// Forbidden macros: output must go to a stream that can report errors.
const FORBIDDEN: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// All violations of the rules in a source file. `file` is its path below `src`.
fn faults(file: &str, source: &str) -> Vec<String> {
    let here: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if here.len() == 1 && ["lib", "main"].contains(&here[0].as_str()) {
        return macros(file, &tokens(source));
    }
    let room = here[0].clone();
    let Some(line) = line_of(&room) else {
        return vec![format!("{file}: {room} is no room: give it a line")];
    };
    let tokens = tokens(source);
    let mut faults = macros(file, &tokens);
    for path in paths(&tokens, &here) {
        if path[0] == "crate" {
            let Some(used) = path.get(1).filter(|used| **used != room) else { continue };
            match line_of(used) {
                Some(other) if other < line => {}
                Some(_) => {
                    faults.push(format!("{file}: {room} uses {used}, which is not above it"))
                }
                None => faults.push(format!("{file}: {room} uses {used}, which is no room")),
            }
        }
        let text = path.join("::");
        for (reserved, rooms) in RESERVED {
            let uses = text == *reserved || text.starts_with(&format!("{reserved}::"));
            if uses && !rooms.contains(&room.as_str()) {
                faults.push(format!("{file}: {room} uses {reserved}, which is for {rooms:?}"));
            }
        }
    }
    faults.dedup();
    faults
}

fn line_of(room: &str) -> Option<usize> {
    ROOMS.iter().position(|line| line.contains(&room))
}

fn macros(file: &str, tokens: &[String]) -> Vec<String> {
    tokens
        .windows(2)
        .filter(|pair| FORBIDDEN.contains(&pair[0].as_str()) && pair[1] == "!")
        .map(|pair| format!("{file}: {}! is used", pair[0]))
        .collect()
}

/// Tokens of a source, without comments, strings and character literals. `::` is one token.
pub(super) fn tokens(source: &str) -> Vec<String> {
    let characters: Vec<char> = source.chars().collect();
    let at = |i: usize| characters.get(i).copied().unwrap_or('\0');
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < characters.len() {
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < characters.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            '/' if at(i + 1) == '*' => {
                while i < characters.len() && !(at(i) == '*' && at(i + 1) == '/') {
                    i += 1;
                }
                i += 2;
            }
            'r' if raw_string(&characters, i).is_some() => i = raw_string(&characters, i).unwrap(),
            '"' => {
                i += 1;
                while i < characters.len() && at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 };
                }
                i += 1;
            }
            '\'' if at(i + 1) == '\\' => {
                i += 3;
                while i < characters.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            '\'' if at(i + 2) == '\'' => i += 3,
            ':' if at(i + 1) == ':' => {
                tokens.push("::".to_owned());
                i += 2;
            }
            c if is_name(c) => {
                let start = i;
                while is_name(at(i)) {
                    i += 1;
                }
                tokens.push(characters[start..i].iter().collect());
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push(c.to_string());
                }
                i += 1;
            }
        }
    }
    tokens
}

/// The end of a raw string that begins at `i`.
fn raw_string(characters: &[char], i: usize) -> Option<usize> {
    let before = i.checked_sub(1).map_or(' ', |before| characters[before]);
    let hashes = characters[i + 1..].iter().take_while(|c| **c == '#').count();
    let open = i + 1 + hashes;
    if before.is_alphanumeric() || before == '_' || characters.get(open) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let rest = &characters[open + 1..];
    let length = rest.windows(end.len()).position(|w| w == end).unwrap_or(rest.len());
    Some(open + 1 + length + end.len())
}

/// All paths in a source with groups expanded, starting at `crate` or an external name. `here` is
/// the module of the file.
pub(super) fn paths(tokens: &[String], here: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    // Inline modules, each with the brace depth at which it ends.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut i) = (0, 0);
    let token = |i: usize| tokens.get(i).map_or("", String::as_str);
    while i < tokens.len() {
        match token(i) {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.retain(|(_, end)| *end < depth + 1);
            }
            "mod" if token(i + 2) == "{" => inner.push((token(i + 1).to_owned(), depth + 1)),
            name if is_start(name) && token(i.wrapping_sub(1)) != "::" => {
                let follows = token(i + 1) == "::";
                if follows || token(i.wrapping_sub(1)) == "use" {
                    let mut tree = Vec::new();
                    let end = spell_out(tokens, i, &mut Vec::new(), &mut tree);
                    let module: Vec<String> =
                        here.iter().chain(inner.iter().map(|(name, _)| name)).cloned().collect();
                    found.extend(tree.into_iter().filter_map(|path| resolve(path, &module)));
                    i = end;
                    continue;
                }
            }
            _ => {}
        }
        i += 1;
    }
    found
}

fn is_start(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Reads a path or tree of paths from token `i` on; returns its end.
pub(super) fn spell_out(
    tokens: &[String],
    mut i: usize,
    prefix: &mut Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let token = |i: usize| tokens.get(i).map_or("", String::as_str);
    let length = prefix.len();
    loop {
        if token(i) == "{" {
            i += 1;
            while i < tokens.len() && token(i) != "}" {
                i = match token(i) {
                    "as" => i + 2,
                    "," => i + 1,
                    _ => spell_out(tokens, i, prefix, found).max(i + 1),
                };
            }
            i += 1;
            break;
        }
        if !is_start(token(i)) {
            found.push(prefix.clone());
            break;
        }
        prefix.push(token(i).to_owned());
        i += 1;
        let goes_on = token(i) == "::" && (is_start(token(i + 1)) || token(i + 1) == "{");
        if !goes_on {
            found.push(prefix.clone());
            break;
        }
        i += 1;
    }
    prefix.truncate(length);
    i
}

/// Resolves a path that begins with `self` or `super` to one from `crate`.
pub(super) fn resolve(path: Vec<String>, module: &[String]) -> Option<Vec<String>> {
    let ups = path.iter().take_while(|part| *part == "super").count();
    let selves = usize::from(path.first().is_some_and(|part| part == "self"));
    if ups + selves == 0 {
        return (!path.is_empty()).then_some(path);
    }
    let base = &module[..module.len().saturating_sub(ups)];
    let rest = path[ups + selves..].iter();
    Some(std::iter::once(&"crate".to_owned()).chain(base).chain(rest).cloned().collect())
}

pub(super) fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_module_uses_only_modules_above_it_and_only_the_crates_it_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    assert!(files.len() > 30);
    let mut all = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        all.extend(faults(&name, &fs::read_to_string(&file).unwrap()));
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
}

/// The lines of a source that write the level of the intervals instead of naming it: its number
/// with a percent sign or the word percent, also across the end of a line. `file` is its path below
/// `src`. One file may write it, and one more in its docs.
fn levels(file: &str, source: &str) -> Vec<String> {
    let number = LEVEL.trim_end_matches(" %");
    let names = ["%", " %", " percent"].map(|unit| format!("{number}{unit}"));
    let lines: Vec<&str> = source.lines().collect();
    let text = |line: &str| {
        let line = line.trim_start();
        line.trim_start_matches("//").trim_start_matches(['/', '!']).trim_start().to_owned()
    };
    let is_written = |i: &usize| {
        let here = text(lines[*i].trim_end().trim_end_matches('\\').trim_end());
        let next = lines.get(i + 1).map_or(String::new(), |next| text(next));
        let both = format!("{here} {next}");
        names.iter().any(|name| {
            let mut places = both.match_indices(name.as_str()).map(|(place, _)| place);
            places.any(|place| {
                let is_whole = !both[..place].ends_with(|c: char| c.is_ascii_digit() || c == '.');
                is_whole && place < here.len()
            })
        })
    };
    let is_exempt = |i: &usize| match file {
        "math/stats.rs" => true,
        "lib.rs" => lines[*i].trim_start().starts_with("//"),
        _ => false,
    };
    let found = (0..lines.len()).filter(|i| is_written(i) && !is_exempt(i));
    found.map(|i| format!("{file}:{}: {}", i + 1, lines[i].trim())).collect()
}

#[test]
fn the_level_of_intervals_is_written_in_one_place_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        all.extend(levels(&name, &fs::read_to_string(&file).unwrap()));
    }
    let hint = "use LEVEL or level!() of math::stats; in docs say interval";
    assert!(all.is_empty(), "{hint}:\n{}", all.join("\n"));
}

#[test]
fn a_level_is_found_in_strings_and_docs_also_where_a_line_ends_within_it() {
    let number = LEVEL.trim_end_matches(" %");
    let written = |file: &str, source: &str| levels(file, &source.replace('#', number)).len();
    for source in [
        "let a = \"a # % interval\";",
        "let a = \"a #% interval\";",
        "say(\"half the # percent interval\");",
        "    \"bars: # \\\n     % intervals\"",
        "    \"paired \\\n     # % intervals\"",
        "    /// Its # % interval.",
        "    /// Its #\n    /// percent interval.",
    ] {
        assert_eq!(written("figure/gain.rs", source), 1, "{source}");
        assert_eq!(written("math/stats.rs", source), 0, "{source}");
    }
    for source in ["let share = 0.#;", "\"1# %\"", "\"0.# % of rows\"", "\"# trials\""] {
        assert_eq!(written("figure/gain.rs", source), 0, "{source}");
    }
    assert_eq!(written("lib.rs", "//! with a paired # % interval"), 0);
    assert_eq!(written("lib.rs", "const A: &str = \"# %\";"), 1);
}

#[test]
fn every_room_that_is_declared_has_a_line_and_every_line_a_room() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let tokens = tokens(&fs::read_to_string(root.join("lib.rs")).unwrap());
    let mut declared: Vec<&str> =
        tokens.windows(2).filter(|pair| pair[0] == "mod").map(|pair| pair[1].as_str()).collect();
    let mut rooms: Vec<&str> = ROOMS.iter().copied().flatten().copied().collect();
    declared.sort_unstable();
    rooms.sort_unstable();
    assert_eq!(declared, rooms);
}

#[test]
fn every_test_file_is_a_module_of_one_of_the_test_programs() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files = Vec::new();
    sources(&tests, &mut files);
    for file in files.iter().filter(|file| !file.ends_with("main.rs") && !file.ends_with("mod.rs"))
    {
        let folder = file.parent().unwrap();
        let root = ["main.rs", "mod.rs"].map(|name| folder.join(name));
        let root = root.iter().find(|root| root.exists());
        let root = root.unwrap_or_else(|| panic!("{}: put it into a folder", file.display()));
        let name = file.file_stem().unwrap().to_string_lossy();
        let declared = fs::read_to_string(root).unwrap();
        assert!(
            declared.contains(&format!("mod {name};\n")),
            "{}: is run by nobody",
            file.display()
        );
    }
}

#[test]
fn a_module_that_looks_up_is_left_alone() {
    let source = r#"
        //! use crate::cli::args; ratatui::Frame
        use std::{sync::Arc, collections::HashMap as Map};
        use crate::{error::{self, Result}, math::stats};
        use super::knob::Scale;
        fn f() -> crate::task::TaskSpec { let png = "crossterm::event"; png(crate::method::x()) }
        mod tests { use super::*; use super::super::draft; fn g() { super::super::check::h() } }
    "#;
    assert_eq!(faults("scenario/check.rs", source), Vec::<String>::new());
}

#[test]
fn a_violation_is_caught_in_whatever_way_it_is_written() {
    let cases = [
        ("scenario/check.rs", "use crate::study::Trial;"),
        ("scenario/check.rs", "use crate::{\n    error::Result,\n    study::{self, Trial},\n};"),
        ("scenario/check.rs", "fn f() { crate::app::App::new(); }"),
        ("scenario/check.rs", "use super::super::ui;"),
        ("scenario.rs", "use super::ui::draw;"),
        ("scenario/check.rs", "mod tests { use super::super::super::worker::Worker; }"),
        ("scenario/check.rs", "fn a() {} mod t { fn b() {} } use super::super::{math, tui};"),
        ("app/update.rs", "use crate::worker::Worker;"),
        ("worker.rs", "use crate::export;"),
        ("math/seed.rs", "use crate::error::Result;"),
        ("study/curve.rs", "use crate::somewhere::X;"),
        ("figure.rs", "use ratatui::Frame;"),
        ("app/key.rs", "fn f(k: crossterm::event::KeyEvent) {}"),
        ("ui/lab.rs", "use crossterm::cursor;"),
        ("tui.rs", "use plotters::prelude::*;"),
        ("study/measure.rs", "use std::{thread, sync::Arc};"),
        ("app/state.rs", "fn f() { std::time::Instant::now(); }"),
        ("scenario/preset.rs", "use std::fs::File;"),
        ("tui/event.rs", "use clap::Parser;"),
        ("cli/run.rs", "fn f() { println!(\"{}\", 1); }"),
        ("main.rs", "fn main() { eprintln!(\"no\"); }"),
        ("elsewhere.rs", "use std::fmt;"),
    ];
    for (file, source) in cases {
        assert_eq!(faults(file, source).len(), 1, "{file}: {source}: {:?}", faults(file, source));
    }
}
