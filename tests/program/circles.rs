//! No circles: a file never uses one that uses it, directly or through others. No two public types
//! share a name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::architecture::{paths, resolve, sources, spell_out, tokens};

/// Module paths of files, each with the modules it uses.
type Graph = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

/// The sources by module path, without unit tests.
fn modules() -> BTreeMap<Vec<String>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let read = |file: &std::path::PathBuf| {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let module = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        let source = fs::read_to_string(file).unwrap();
        let code = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
        (module, code)
    };
    let top = |module: &Vec<String>| module.len() == 1 && ["lib", "main"].contains(&&*module[0]);
    files.iter().map(read).filter(|(module, _)| !top(module)).collect()
}

/// Splits tokens into what a file hands on with `pub use` and all the rest.
fn handed_on(tokens: Vec<String>, here: &[String]) -> (Vec<Vec<String>>, Vec<String>) {
    let (mut found, mut rest, mut i) = (Vec::new(), Vec::new(), 0);
    while i < tokens.len() {
        let is = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token == word);
        let shown = if is(i + 1, "(") { i + 4 } else { i + 1 };
        if is(i, "pub") && is(shown, "use") {
            let mut tree = Vec::new();
            spell_out(&tokens, shown + 1, &mut Vec::new(), &mut tree);
            found.extend(tree.into_iter().filter_map(|path| resolve(path, here)));
            while tokens[i] != ";" {
                i += 1;
            }
        } else if is(i, "pub") && is(i + 2, "in") {
            while tokens[i] != ")" {
                i += 1;
            }
        } else {
            rest.push(tokens[i].clone());
        }
        i += 1;
    }
    (found, rest)
}

/// The path from the root of the crate, without `crate`; `None` for what is outside.
fn inside(path: &[String], here: &[String], known: &Graph) -> Option<Vec<String>> {
    if path[0] == "crate" {
        return Some(path[1..].to_vec());
    }
    let child: Vec<String> = here.iter().cloned().chain([path[0].clone()]).collect();
    known.contains_key(&child).then(|| here.iter().cloned().chain(path.iter().cloned()).collect())
}

/// Which file uses which, with names followed to the file that defines them.
fn graph(sources: &BTreeMap<Vec<String>, String>) -> Graph {
    let mut graph: Graph = sources.keys().map(|key| (key.clone(), BTreeSet::new())).collect();
    let mut aliases: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
    let mut used = Vec::new();
    for (here, source) in sources {
        let (public, rest) = handed_on(tokens(source), here);
        for path in public.iter().filter_map(|path| inside(path, here, &graph)) {
            let name = path.last().into_iter().cloned();
            aliases.insert(here.iter().cloned().chain(name).collect(), path);
        }
        used.push((here, paths(&rest, here)));
    }
    for (here, paths) in used {
        for path in paths {
            let Some(mut path) = inside(&path, here, &graph) else { continue };
            for _ in 0..10 {
                let known = |length: &usize| aliases.get(&path[..*length]);
                let Some(length) = (1..=path.len()).rev().find(|n| known(n).is_some()) else {
                    break;
                };
                if graph.contains_key(&path[..length]) {
                    break;
                }
                path = [&aliases[&path[..length]], &path[length..]].concat();
            }
            let owner = (1..=path.len()).rev().find(|n| graph.contains_key(&path[..*n]));
            let Some(owner) = owner.map(|n| path[..n].to_vec()) else { continue };
            if owner != *here
                && let Some(uses) = graph.get_mut(here)
            {
                uses.insert(owner);
            }
        }
    }
    graph
}

/// Groups of files of which each uses every other, directly or through others.
fn circles(graph: &Graph) -> Vec<Vec<String>> {
    let reach = |from: &Vec<String>| {
        let mut seen: BTreeSet<&Vec<String>> = BTreeSet::new();
        let mut open: Vec<&Vec<String>> = graph[from].iter().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(&graph[next]);
            }
        }
        seen
    };
    let reached: BTreeMap<_, _> = graph.keys().map(|from| (from, reach(from))).collect();
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for (from, to) in &reached {
        let circle = to.iter().filter(|to| reached[**to].contains(from));
        let names: Vec<String> = circle.map(|module| module.join("::")).collect();
        if !names.is_empty() {
            found.insert(names);
        }
    }
    found.into_iter().collect()
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let found = circles(&graph(&modules()));
    let lines: Vec<String> = found.iter().map(|circle| circle.join(" ")).collect();
    assert!(lines.is_empty(), "circles:\n{}", lines.join("\n"));
}

#[test]
fn a_circle_is_found_through_names_that_are_handed_on_and_through_children() {
    let source = |pairs: &[(&str, &str)]| {
        let module = |path: &str| path.split("::").map(str::to_owned).collect();
        pairs.iter().map(|(path, code)| (module(path), (*code).to_owned())).collect()
    };
    let handed = source(&[
        ("room", "mod a; mod b; pub use a::A; pub use b::B;"),
        ("room::a", "use crate::room::B; pub struct A;"),
        ("room::b", "use super::A; pub struct B;"),
    ]);
    assert_eq!(circles(&graph(&handed)), [["room::a", "room::b"]]);
    let child = source(&[
        ("room", "mod a; fn f() { a::g() } pub fn h() {}"),
        ("room::a", "pub fn g() { super::h() }"),
    ]);
    assert_eq!(circles(&graph(&child)), [["room", "room::a"]]);
    let facade = source(&[
        ("room", "pub mod a; pub mod b; pub use a::A;"),
        ("room::a", "pub struct A;"),
        ("room::b", "use super::A; fn f(_: A) {}"),
    ]);
    assert!(circles(&graph(&facade)).is_empty());
}

/// Names that two public types share, for now.
const DOUBLED: &[&str] = &[];

#[test]
fn no_two_public_types_share_a_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (module, source) in modules() {
        let tokens = tokens(&source);
        for words in tokens.windows(3) {
            if words[0] == "pub" && ["struct", "enum", "trait", "type"].contains(&&*words[1]) {
                places.entry(words[2].clone()).or_default().push(module.join("::"));
            }
        }
    }
    places.retain(|_, places| places.len() > 1);
    let doubled: Vec<&str> = places.keys().map(String::as_str).collect();
    assert_eq!(doubled, DOUBLED, "{places:?}");
}
