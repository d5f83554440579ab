//! Figures as LaTeX under a strict reader: nothing that TeX would reject, and the same figure as in
//! the other files.
#![cfg(feature = "cli")]

use crate::support::catalogue;
use taskscope::export::{COLOURS, Layout, PURPOSES, RenderOptions, Size, tex};
use taskscope::figure::{Figure, LegendSample, Shape};

/// Commands of the document itself.
const COMMANDS: &[&str] = &[
    "IfFileExists",
    "Umathchar",
    "begin",
    "clip",
    "definecolor",
    "documentclass",
    "draw",
    "else",
    "end",
    "fi",
    "fill",
    "fontsize",
    "ifdefined",
    "node",
    "path",
    "selectfont",
    "usepackage",
];
/// LaTeX commands for text and math mode that need no packages.
const WORDS: &[&str] = &[
    "Delta",
    "Gamma",
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
    "eta",
    "gamma",
    "ge",
    "hat",
    "in",
    "infty",
    "kappa",
    "lambda",
    "langle",
    "le",
    "mu",
    "nabla",
    "ne",
    "nu",
    "omega",
    "pi",
    "pm",
    "prime",
    "psi",
    "rangle",
    "rho",
    "sigma",
    "surd",
    "tau",
    "textasciicircum",
    "textasciigrave",
    "textasciitilde",
    "textbackslash",
    "theta",
    "times",
    "to",
    "top",
    "varepsilon",
    "varphi",
];
/// Options of paths and nodes: those without a value, and those with one.
const KEYS: &[&str] =
    &["anchor", "fill", "fill opacity", "font", "line width", "rotate", "text", "x", "y"];

fn figures() -> impl Iterator<Item = &'static Figure> {
    catalogue::all().iter().map(|entered| &entered.figure)
}

fn with_caption(size: Size) -> Size {
    Size { caption: true, ..size }
}

/// The document without the comments at its head.
fn document(figure: &Figure, look: impl Into<RenderOptions>) -> String {
    let command = "taskscope export two-tasks --set 'a%b'";
    let tex = tex(figure, look, command).unwrap();
    assert!(tex.starts_with(&format!("% {command}\n% taskscope ")));
    let lines = tex.lines().skip_while(|line| line.starts_with('%'));
    lines.map(|line| format!("{line}\n")).collect()
}

/// Calls `check` for every character with the number of open braces, and true if a backslash stands
/// before it. Panics if a brace is not closed.
fn each_sign(tex: &str, mut check: impl FnMut(char, usize, bool)) {
    let (mut open, mut escaped) = (0_usize, false);
    for sign in tex.chars() {
        match sign {
            '{' if !escaped => open += 1,
            '}' if !escaped => open = open.checked_sub(1).expect("a brace that was opened"),
            _ => {}
        }
        check(sign, open, escaped);
        escaped = sign == '\\' && !escaped;
    }
    assert_eq!(open, 0, "{tex}");
}

/// The texts of the nodes, with the places of their anchors.
fn nodes(tex: &str) -> Vec<((f64, f64), String)> {
    let node = |line: &str| {
        let (_, rest) = line.split_once("\\selectfont] at (")?;
        let (place, text) = rest.split_once(") {")?;
        let (x, y) = place.split_once(',')?;
        let text = text.strip_suffix("};").expect("a node ends with its line");
        Some(((x.parse().unwrap(), y.parse().unwrap()), text.to_owned()))
    };
    let found: Vec<_> = tex.lines().filter_map(node).collect();
    assert_eq!(found.len(), tex.matches("\\node[").count());
    found
}

/// All places on paths.
fn places(tex: &str) -> Vec<(f64, f64)> {
    let paths = tex.lines().filter(|line| !line.starts_with("\\node") && line.contains('('));
    let inside = paths.flat_map(|line| line.split('(').skip(1));
    let place = |text: &str| {
        let (x, y) = text.split(')').next()?.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    inside.map(|text| place(text).unwrap_or_else(|| panic!("({text}"))).collect()
}

#[test]
fn braces_environments_and_dollars_are_closed_in_their_order() {
    for figure in figures() {
        for purpose in &PURPOSES {
            let tex = document(figure, with_caption(purpose.size));
            let mut in_math = false;
            each_sign(&tex, |sign, _, escaped| {
                in_math ^= sign == '$' && !escaped;
                let is_plain = escaped || !"%#&_".contains(sign) || sign == '_' && in_math;
                assert!(is_plain, "{}: {sign} in {tex}", figure.id);
            });
            assert!(!in_math, "{}", figure.id);
            let mut open: Vec<&str> = Vec::new();
            for part in tex.split('\\').skip(1) {
                if let Some(name) = part.strip_prefix("begin{") {
                    open.push(name.split('}').next().unwrap());
                } else if let Some(name) = part.strip_prefix("end{") {
                    assert_eq!(open.pop(), name.split('}').next());
                }
            }
            assert!(open.is_empty() && tex.ends_with("\\end{document}\n"));
            assert_eq!(tex.matches("\\begin{scope}\n\\clip ").count(), 1, "{}", figure.id);
        }
    }
}

#[test]
fn every_command_option_and_colour_is_known() {
    for figure in figures() {
        let tex = document(figure, with_caption(Size::COLUMN));
        for part in tex.split('\\').skip(1) {
            let name: String = part.chars().take_while(char::is_ascii_alphabetic).collect();
            let is_sign = name.is_empty()
                && part.starts_with(['%', '#', '&', '_', '$', '{', '}', '|', ',', '^', '\'']);
            assert!(is_sign || COMMANDS.contains(&&*name) || WORDS.contains(&&*name), "\\{part}");
        }
        let paths = tex.lines().filter(|line| {
            ["\\fill[", "\\draw[", "\\path[fill", "\\node["].iter().any(|own| line.starts_with(own))
        });
        for line in paths {
            let options = line.split_once('[').unwrap().1.split(']').next().unwrap();
            for option in options.split(", ") {
                let (key, value) = option.split_once('=').unwrap_or(("", option));
                assert!(key.is_empty() || KEYS.contains(&key), "{}: {option}", figure.id);
                if value.starts_with("taskscope") {
                    assert!(tex.contains(&format!("\\definecolor{{{value}}}{{RGB}}")), "{value}");
                }
            }
        }
    }
}

#[test]
fn the_document_is_plain_ascii_so_that_pdflatex_knows_every_sign() {
    for figure in figures() {
        let tex = document(figure, with_caption(Size::COLUMN));
        let strange = tex.chars().find(|c| !c.is_ascii());
        assert!(strange.is_none(), "{}: {strange:?}", figure.id);
    }
}

#[test]
fn every_text_of_the_layout_is_a_node_and_every_entry_of_the_legend_has_its_sample() {
    for figure in figures() {
        let size = Size::COLUMN;
        let (tex, layout) = (document(figure, size), Layout::of(figure, size).unwrap());
        let (nodes, places) = (nodes(&tex), places(&tex));
        let scale = 72.0 / size.dpi;
        let texts = layout.title.lines.len()
            + layout.caption.lines.len()
            + layout.entries.len()
            + layout.x.ticks.len()
            + layout.y.ticks.len();
        assert!(nodes.len() >= texts, "{}: {} of {texts}", figure.id, nodes.len());
        for entry in &layout.entries {
            let (left, baseline) = (entry.at.0 * scale, entry.at.1 * scale);
            let right = left + entry.swatch * scale;
            let em = layout.legend_em * scale;
            let beside = |((x, y), _): &&((f64, f64), String)| {
                (y - baseline).abs() < 0.02 && (right..right + em).contains(x)
            };
            assert!(nodes.iter().any(|node| beside(&node)), "{}: {}", figure.id, entry.text);
            let is_text = entry.sample == LegendSample::Mark
                && figure
                    .marks
                    .get(entry.mark)
                    .is_none_or(|m| matches!(m.shape, Shape::Text { .. }));
            let in_sample = |(x, y): &&(f64, f64)| {
                (left - 0.3 * em..=right + 0.3 * em).contains(x)
                    && (baseline - 1.2 * em..=baseline + 0.4 * em).contains(y)
            };
            let drawn = places.iter().filter(in_sample).count();
            assert!(is_text || drawn > 0, "{}: {} has no sample", figure.id, entry.text);
        }
    }
}

#[test]
fn every_place_lies_on_the_page_and_the_page_has_the_size_of_the_figure() {
    for figure in figures() {
        for purpose in &PURPOSES {
            let (tex, size) = (document(figure, purpose.size), purpose.size);
            let [width, height] = [size.width, size.height].map(|n| f64::from(n) * 72.0 / size.dpi);
            let page = format!("bounding box] (0,0) rectangle ({width:.2},{height:.2});");
            assert_eq!(tex.matches(&page).count(), 1, "{page}");
            let around = tex.split_once("\\end{scope}").unwrap().1;
            let all = places(around).into_iter().chain(nodes(&tex).into_iter().map(|node| node.0));
            for (x, y) in all {
                let inside =
                    (-1.0..=width + 1.0).contains(&x) && (-1.0..=height + 1.0).contains(&y);
                assert!(inside, "{} {}: {x} {y}", figure.id, purpose.name);
            }
        }
    }
}

#[test]
fn the_colours_are_those_of_the_palette_asked_for() {
    for figure in figures() {
        for (colours, name) in COLOURS {
            let look = RenderOptions { size: Size::COLUMN, colours, ..RenderOptions::default() };
            let tex = document(figure, look);
            let mut shown = tex.split("{RGB}{").skip(1).map(|part| part.split('}').next().unwrap());
            let is_grey = |colour: &str| {
                let parts: Vec<&str> = colour.split(',').collect();
                parts[0] == parts[1] && parts[1] == parts[2]
            };
            let all_grey = shown.all(is_grey);
            assert!(all_grey || name != "grey", "{}", figure.id);
        }
    }
}

#[test]
fn words_that_mean_something_in_tex_are_text() {
    let odd = "100 % of $x$ & #1 {a_b} \\input{c} ^~ \"q\" a--b θ̂ ≤ 2² 日本";
    for figure in figures() {
        let mut figure = Figure { title: odd.into(), caption: odd.into(), ..figure.clone() };
        figure.x.label = odd.into();
        let tex = document(&figure, with_caption(Size::TEXT));
        each_sign(&tex, |sign, _, escaped| assert!(escaped || !"%#&_".contains(sign), "{tex}"));
        assert!(!tex.contains("\\input") && tex.contains("\\textbackslash{}input\\{c\\}"), "{tex}");
        assert!(tex.contains("\\hat{\\theta}") && tex.contains("a-{}-b"), "{tex}");
        assert!(tex.contains("\\ifdefined\\Umathchar 日\\else ?\\fi{}"), "{tex}");
    }
}
