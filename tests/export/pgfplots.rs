//! pgfplots documents under a strict parser: they contain nothing that TeX would reject.
#![cfg(feature = "cli")]

use std::collections::BTreeSet;

use crate::support::catalogue;
use taskscope::export::{PURPOSES, Size, pgfplots, points};
use taskscope::figure::{Figure, Shape};

/// Keys of axes and plots from the manual of pgfplots 1.16, and TikZ keys that it passes on.
const KEYS: &[&str] = &[
    "/pgfplots/.cd",
    "anchor",
    "at",
    "axis equal image",
    "axis lines",
    "colormap",
    "draw",
    "error bars/.cd",
    "fill",
    "forget plot",
    "grid",
    "grid style",
    "height",
    "legend cell align",
    "legend style",
    "line width",
    "mark",
    "mark size",
    "name path",
    "only marks",
    "opacity",
    "point meta",
    "point meta max",
    "point meta min",
    "restrict expr to domain",
    "scatter",
    "title",
    "title style",
    "width",
    "x dir",
    "xlabel",
    "xmax",
    "xmin",
    "xmode",
    "xtick",
    "xticklabels",
    "y dir",
    "y explicit",
    "ylabel",
    "ymax",
    "ymin",
    "ymode",
    "ytick",
    "yticklabels",
];
/// TikZ options without a value.
const STYLES: &[&str] = &["-stealth", "black", "dash dot", "dashed", "dotted", "solid"];
/// Keys of tables.
const COLUMNS: &[&str] = &["x", "x expr", "y", "y error minus expr", "y error plus expr"];
/// Commands of the document itself.
const COMMANDS: &[&str] = &[
    "addlegendentry",
    "addlegendimage",
    "addplot",
    "begin",
    "definecolor",
    "documentclass",
    "end",
    "figuretable",
    "fontsize",
    "node",
    "pgfplotsset",
    "pgfplotstableread",
    "selectfont",
    "thisrow",
    "usepackage",
    "usepgfplotslibrary",
];
/// LaTeX commands for text and math mode that need no packages.
const WORDS: &[&str] = &[
    "Delta",
    "Omega",
    "Phi",
    "Sigma",
    "alpha",
    "angle",
    "approx",
    "beta",
    "cdot",
    "chi",
    "circ",
    "delta",
    "dots",
    "epsilon",
    "eta",
    "gamma",
    "ge",
    "in",
    "infty",
    "kappa",
    "lambda",
    "langle",
    "le",
    "mu",
    "ne",
    "nu",
    "omega",
    "phi",
    "pi",
    "pm",
    "psi",
    "rangle",
    "rho",
    "sigma",
    "surd",
    "tau",
    "textasciicircum",
    "textasciitilde",
    "textbackslash",
    "theta",
    "times",
    "to",
    "top",
    "varepsilon",
    "varphi",
    "nabla",
    "prime",
    "hat",
    "sum",
];

fn figures() -> impl Iterator<Item = &'static Figure> {
    catalogue::all().iter().map(|entered| &entered.figure)
}

/// The document without comments. A percent sign without a backslash starts a comment.
fn document(figure: &Figure, size: Size) -> String {
    let command = "taskscope export two-tasks --set 'a%b'";
    let tex = pgfplots::tex(figure, size, "a-b.csv", command);
    let (first, rest) = tex.split_once('\n').unwrap();
    assert_eq!(first, format!("% {command}"));
    let mut before = ' ';
    for sign in rest.chars() {
        assert!(sign != '%' || before == '\\', "{}: a comment in {rest}", figure.id);
        before = if before == '\\' { ' ' } else { sign };
    }
    rest.to_owned()
}

/// The text up to the matching bracket; `text` begins after the opening one.
fn between(text: &str, close: char) -> &str {
    let (mut depth, mut escaped) = (0_usize, false);
    for (place, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            _ if sign == close && depth == 0 => return &text[..place],
            '}' => depth = depth.checked_sub(1).expect("a brace that opens"),
            _ => {}
        }
    }
    panic!("{close} is missing: {text}");
}

/// Options with their values, split at the commas outside braces.
fn options(text: &str) -> Vec<(String, String)> {
    let (mut depth, mut escaped, mut parts) = (0, false, vec![String::new()]);
    for sign in text.chars() {
        match sign {
            '{' if !escaped => depth += 1,
            '}' if !escaped => depth -= 1,
            _ => {}
        }
        escaped = sign == '\\' && !escaped;
        match sign {
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(sign),
        }
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key.trim().to_owned(), value.trim().to_owned())
    };
    parts.map(pair).collect()
}

#[test]
fn braces_and_environments_are_closed_in_their_order() {
    for figure in figures() {
        for purpose in &PURPOSES {
            let tex = document(figure, purpose.size);
            let (mut open, mut escaped) = (0_i64, false);
            for sign in tex.chars() {
                match sign {
                    _ if escaped => {}
                    '{' => open += 1,
                    '}' => open -= 1,
                    _ => {}
                }
                escaped = sign == '\\' && !escaped;
                assert!(open >= 0, "{}", figure.id);
            }
            assert_eq!(open, 0, "{}", figure.id);
            let mut environments: Vec<&str> = Vec::new();
            for part in tex.split('\\').skip(1) {
                if let Some(name) = part.strip_prefix("begin{") {
                    environments.push(between(name, '}'));
                } else if let Some(name) = part.strip_prefix("end{") {
                    assert_eq!(environments.pop(), Some(between(name, '}')));
                }
            }
            assert!(environments.is_empty());
            assert!(tex.trim_end().ends_with("\\end{document}"));
        }
    }
}

#[test]
fn every_key_and_command_is_known() {
    for figure in figures() {
        let tex = document(figure, Size::COLUMN);
        for part in tex.split('\\').skip(1) {
            let name: String = part.chars().take_while(char::is_ascii_alphabetic).collect();
            let is_sign =
                name.is_empty() && part.starts_with(['%', '#', '&', '_', '$', '{', '}', '|']);
            let is_known = COMMANDS.contains(&&*name) || WORDS.contains(&&*name);
            assert!(is_sign || is_known || name.is_empty() && part.is_empty(), "\\{part}");
        }
        let is_colour = |key: &str| {
            key.strip_prefix("mark").is_some_and(|number| number.parse::<usize>().is_ok())
        };
        let axis = tex.split("\\begin{axis}[").nth(1).unwrap();
        let plots = tex.split("\\addplot[").skip(1);
        for text in std::iter::once(axis).chain(plots) {
            for (key, value) in options(between(text, ']')) {
                let is_known = KEYS.contains(&&*key) || STYLES.contains(&&*key) && value.is_empty();
                assert!(is_known || is_colour(&key), "{}: {key}={value}", figure.id);
                if is_colour(&key) {
                    assert!(tex.contains(&format!("\\definecolor{{{key}}}{{RGB}}")), "{key}");
                }
            }
        }
        for text in tex.split(" table[").skip(1) {
            for (key, _) in options(between(text, ']')) {
                assert!(COLUMNS.contains(&&*key), "{}: {key}", figure.id);
            }
        }
    }
}

#[test]
fn every_column_that_is_named_is_in_the_table() {
    let known: BTreeSet<&str> = points::COLUMNS.iter().map(|column| column.0).collect();
    for figure in figures() {
        let tex = document(figure, Size::COLUMN);
        let mut named: BTreeSet<String> = BTreeSet::new();
        for text in tex.split("\\thisrow{").skip(1) {
            named.insert(between(text, '}').to_owned());
        }
        for text in tex.split(" table[").skip(1) {
            let columns = options(between(text, ']')).into_iter();
            named.extend(columns.filter(|(key, _)| key == "x" || key == "y").map(|(_, name)| name));
        }
        assert!(named.iter().all(|name| known.contains(name.as_str())), "{named:?}");
        assert!(named.contains("mark") && named.contains("x"), "{}", figure.id);
        assert!(tex.contains("\\pgfplotstableread[col sep=comma]{a-b.csv}\\figuretable"));
    }
}

#[test]
fn the_table_has_nothing_that_commands_tex_and_points_for_every_plot() {
    for figure in figures() {
        let table = points::csv(figure).unwrap();
        let tex = document(figure, Size::COLUMN);
        let lines: Vec<Vec<&str>> = table.lines().map(|line| line.split(',').collect()).collect();
        for line in &lines {
            assert_eq!(line.len(), points::COLUMNS.len(), "{}: {line:?}", figure.id);
            assert!(!line.concat().contains(['#', '\\', '{', '}', '"']), "{line:?}");
            // A comment ends the line: only the last column may contain a percent sign.
            assert!(line[..line.len() - 1].iter().all(|cell| !cell.contains('%')));
        }
        for text in tex.split("restrict expr to domain={\\thisrow{mark}}{").skip(1) {
            let (from, to) = between(text, '}').split_once(':').unwrap();
            assert_eq!(from, to);
            let placed = lines.iter().skip(1).filter(|line| {
                let number = |column: usize| line[column].parse::<f64>().unwrap();
                line[0] == from && number(2).is_finite() && number(3).is_finite()
            });
            assert!(placed.count() > 0, "{}: mark {from} is an empty plot", figure.id);
        }
    }
}

#[test]
fn signs_that_pdflatex_does_not_know_are_commands() {
    for figure in figures() {
        let tex = document(figure, Size::COLUMN);
        let strange: BTreeSet<char> = tex.chars().filter(|c| !c.is_ascii()).collect();
        assert!(strange.is_empty(), "{}: {strange:?}", figure.id);
        let mut rest = tex.as_str();
        let mut dollars = 0;
        while let Some(place) = rest.find(['$', '\\']) {
            let is_dollar = rest[place..].starts_with('$');
            dollars += usize::from(is_dollar);
            rest = &rest[(place + if is_dollar { 1 } else { 2 }).min(rest.len())..];
        }
        assert_eq!(dollars % 2, 0, "{}", figure.id);
    }
}

#[test]
fn every_name_of_the_legend_has_its_entry_and_every_sign_of_a_cell_its_mark() {
    for figure in figures() {
        let tex = document(figure, Size::COLUMN);
        let named = figure.marks.iter().filter(|mark| mark.name.is_some()).count();
        assert_eq!(tex.matches("\\addlegendentry{").count(), named, "{}", figure.id);
        let of_legend = tex.matches("\\addlegendimage{").count();
        let plots = tex.split("\\addplot[").skip(1);
        let entered = plots.filter(|plot| !plot.split(';').next().unwrap().contains("forget plot"));
        assert_eq!(entered.count() + of_legend, named, "{}", figure.id);
        let hurts = figure
            .cells()
            .is_some_and(|cells| cells.cells.iter().flatten().any(|cell| cell.value < 0.0));
        assert_eq!(tex.contains("mark=-,"), hurts, "{}", figure.id);
    }
}

#[test]
fn marks_without_points_are_no_plots() {
    for figure in figures() {
        let mut empty = figure.clone();
        for mark in &mut empty.marks {
            match &mut mark.shape {
                Shape::Line { points, .. } => points.clear(),
                Shape::Points { points, .. } | Shape::Band { points } => points.truncate(1),
                _ => {}
            }
        }
        let tex = document(&empty, Size::COLUMN);
        assert!(!tex.contains("fill between"), "{}", figure.id);
        let named = empty.marks.iter().filter(|mark| mark.name.is_some()).count();
        assert_eq!(tex.matches("\\addlegendentry{").count(), named);
    }
}
