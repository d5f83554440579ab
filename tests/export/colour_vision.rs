//! Series in a figure are distinct without colour, and their colours are distinct for people with
//! colour-vision deficiencies.
#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};

use crate::support::catalogue;
use roxmltree::Document;
use taskscope::export::{Size, colour, svg};
use taskscope::figure::{Cell, Figure, MarkRole, Shape};
use taskscope::transfer::Verdict;

/// Linear RGB as seen without one kind of cone: G. M. Machado, M. M. Oliveira and
/// L. A. F. Fernandes, IEEE TVCG 15(6), 2009, severity 1.
const CONES: [(&str, [[f64; 3]; 3]); 4] = [
    ("all", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Smallest difference between two series, and between a series and a rule or baseline, in CIELAB.
const SERIES_APART: f64 = 15.0;
const ROLES_APART: f64 = 8.0;

fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// CIELAB of a colour as seen by the given cones, white point D65.
fn lab(colour: [u8; 3], cones: &[[f64; 3]; 3]) -> [f64; 3] {
    let light = colour.map(linear);
    let dot = |row: &[f64; 3]| row.iter().zip(&light).map(|(a, b)| a * b).sum::<f64>();
    let [r, g, b] = [0, 1, 2].map(|row| dot(&cones[row]).clamp(0.0, 1.0));
    let white = [0.950_47, 1.0, 1.088_83];
    let xyz = [
        0.412_456_4 * r + 0.357_576_1 * g + 0.180_437_5 * b,
        0.212_672_9 * r + 0.715_152_2 * g + 0.072_175_0 * b,
        0.019_333_9 * r + 0.119_192_0 * g + 0.950_304_1 * b,
    ];
    let [x, y, z] = [0, 1, 2].map(|i| {
        let share: f64 = xyz[i] / white[i];
        if share > 216.0 / 24389.0 { share.cbrt() } else { (24389.0 / 27.0 * share + 16.0) / 116.0 }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(one: [u8; 3], other: [u8; 3], cones: &[[f64; 3]; 3]) -> f64 {
    let (one, other) = (lab(one, cones), lab(other, cones));
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// The look of the marks of each role without colour. Texts are distinct by themselves.
fn forms(figure: &Figure) -> BTreeMap<String, BTreeSet<String>> {
    let mut forms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mark in &figure.marks {
        let form = match &mark.shape {
            Shape::Line { dash, .. } => format!("line {dash:?}"),
            Shape::Points { symbol, .. } => format!("points {symbol:?}"),
            Shape::Level { dash, .. } => format!("level {dash:?}"),
            Shape::Upright { dash, .. } => format!("upright {dash:?}"),
            Shape::Arrow { dash, .. } => format!("arrow {dash:?}"),
            Shape::Ellipse { dash, .. } => format!("ellipse {dash:?}"),
            Shape::Band { .. } | Shape::Cells(_) | Shape::Text { .. } => continue,
        };
        forms.entry(format!("{:?}", mark.role)).or_default().insert(form);
    }
    forms
}

fn figures() -> impl Iterator<Item = &'static Figure> {
    catalogue::all().iter().map(|entered| &entered.figure)
}

#[test]
fn no_two_series_of_a_figure_have_the_same_symbols_and_dashes() {
    let mut pairs = 0;
    for figure in figures() {
        let forms = forms(figure);
        let series: Vec<_> = forms.iter().filter(|(role, _)| role.starts_with("Series")).collect();
        for (i, (role, form)) in series.iter().enumerate() {
            for (other, beside) in &series[..i] {
                let same = form == beside;
                assert!(!same, "{}: {role} and {other} are both {form:?}", figure.id);
                pairs += 1;
            }
        }
    }
    assert!(pairs > 20, "{pairs}");
}

#[test]
fn no_two_entries_of_a_legend_look_alike_but_for_their_colour() {
    for figure in figures() {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for mark in figure.marks.iter().filter(|mark| mark.name.is_some()) {
            let line = figure.line_of(mark);
            let form = match &mark.shape {
                Shape::Points { symbol, points } => {
                    let bars = points.iter().any(|point| point.low < point.high);
                    format!("{symbol:?} {bars} {line:?}")
                }
                Shape::Line { dash, .. } => format!("line {dash:?}"),
                Shape::Level { dash, .. } => format!("level {dash:?}"),
                Shape::Upright { dash, .. } => format!("upright {dash:?}"),
                Shape::Arrow { dash, .. } => format!("arrow {dash:?}"),
                Shape::Ellipse { dash, .. } => format!("ellipse {dash:?}"),
                Shape::Band { .. } => "band".to_owned(),
                Shape::Cells(_) | Shape::Text { .. } => continue,
            };
            let name = mark.name.as_deref().unwrap_or_default();
            assert!(seen.insert(form.clone()), "{}: {name} is another {form}", figure.id);
        }
    }
}

#[test]
fn the_colours_of_series_differ_for_everybody() {
    for (cones, matrix) in &CONES {
        for one in 0..7 {
            for other in 0..one {
                let [a, b] = [one, other].map(|series| colour(MarkRole::Series(series)));
                let apart = apart(a, b, matrix);
                assert!(apart > SERIES_APART, "{cones}: {one} and {other}: {apart:.1}");
            }
        }
    }
}

#[test]
fn the_colours_of_a_figure_differ_for_everybody() {
    let mut least = f64::INFINITY;
    for figure in figures() {
        let roles: Vec<MarkRole> = figure.marks.iter().map(|mark| mark.role).collect();
        let colours: BTreeSet<[u8; 3]> = roles.iter().map(|role| colour(*role)).collect();
        let colours: Vec<[u8; 3]> = colours.into_iter().collect();
        for (cones, matrix) in &CONES {
            for (i, one) in colours.iter().enumerate() {
                for other in &colours[..i] {
                    let apart = apart(*one, *other, matrix);
                    least = least.min(apart);
                    let id = figure.id;
                    assert!(apart > ROLES_APART, "{id} {cones}: {one:?} {other:?} {apart:.1}");
                }
            }
        }
    }
    assert!(least.is_finite());
}

#[test]
fn the_reference_of_the_simulation_is_right() {
    let red = lab([255, 0, 0], &CONES[0].1);
    for (found, known) in red.iter().zip([53.24, 80.09, 67.20]) {
        assert!((found - known).abs() < 0.05, "{red:?}");
    }
    // Red and green of the same lightness look the same without the red or green cones.
    let (all, none) = (
        apart([200, 80, 80], [115, 115, 40], &CONES[0].1),
        apart([200, 80, 80], [115, 115, 40], &CONES[2].1),
    );
    assert!(none < 0.7 * all, "{all} {none}");
}

/// Rectangles of one colour in an SVG document.
fn rects(text: &str, colour: &str) -> usize {
    let document = Document::parse(text).unwrap();
    let is = |node: &roxmltree::Node<'_, '_>| {
        node.has_tag_name("rect") && node.attribute("fill") == Some(colour)
    };
    document.descendants().filter(is).count()
}

/// A figure as SVG in which all cells have one verdict and no text.
fn told(figure: &Figure, verdict: Verdict) -> String {
    let mut figure = figure.clone();
    for mark in &mut figure.marks {
        let Shape::Cells(cells) = &mut mark.shape else { continue };
        cells.cells.iter_mut().flatten().for_each(|cell| *cell = Cell::new(0.5, verdict));
    }
    svg(&figure, Size::PAGE, &[]).unwrap()
}

#[test]
fn the_sign_of_a_cell_is_seen_without_its_colour() {
    let mut some = 0;
    for figure in figures().filter(|figure| figure.has_cells()) {
        let signed = |verdict: Verdict| rects(&told(figure, verdict), "#703000");
        let count = figure.cells().unwrap().cells.iter().flatten().count();
        let legend = signed(Verdict::Helps);
        assert_eq!(signed(Verdict::NoDifference), legend);
        assert_eq!(signed(Verdict::Hurts), legend + count, "{}", figure.id);
        assert!(legend > 0, "the legend shows the sign too");
        let questions = |verdict| told(figure, verdict).matches("\n?\n").count();
        assert_eq!(questions(Verdict::NoDifference), 0);
        assert_eq!(questions(Verdict::Undecided), 1 + count, "{}", figure.id);
        some += 1;
        for cell in figure.cells().unwrap().cells.iter().flatten() {
            let Some(text) = &cell.text else { continue };
            match cell.verdict {
                Verdict::Helps => assert!(text.starts_with('+'), "{text}"),
                Verdict::Hurts => assert!(text.starts_with(['−', '×']), "{text}"),
                Verdict::Undecided => assert!(text.starts_with('?'), "{text}"),
                Verdict::NoDifference | Verdict::SameTrials | Verdict::OneTask => {}
            }
        }
    }
    assert!(some >= 2);
}
