//! Every figure of the catalogue in every back end, with any values: terminal, PNG, SVG, PDF, CSV
//! and LaTeX.
#![cfg(all(feature = "cli", feature = "tui"))]

use std::collections::BTreeSet;
use std::io::Cursor;

use crate::support::catalogue;
use crate::support::sheets;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use taskscope::app::settings::{Marks, Settings};
use taskscope::export::points::COLUMNS;
use taskscope::export::{Size, pdf, png, points, svg, tex};
use taskscope::figure::{Axis, Cells, Estimate, Figure, Shape};
use taskscope::ui::theme::Theme;
use taskscope::ui::widget;

const SMALL: Size = Size { width: 280, height: 190, dpi: 72.0, text: 8.0, caption: true };
const TERMINALS: [(u16, u16); 6] = [(120, 36), (80, 24), (40, 12), (16, 6), (10, 4), (1, 1)];

/// Mutable references to all numbers of a mark.
fn numbers(shape: &mut Shape) -> Vec<&mut f64> {
    match shape {
        Shape::Line { points, .. } => points.iter_mut().flat_map(|(x, y)| [x, y]).collect(),
        Shape::Points { points, .. } | Shape::Band { points } => {
            points.iter_mut().flat_map(|Estimate { x, y, low, high }| [x, y, low, high]).collect()
        }
        Shape::Level { y, .. } => vec![y],
        Shape::Upright { x, .. } => vec![x],
        Shape::Arrow { from, to, .. } => vec![&mut from.0, &mut from.1, &mut to.0, &mut to.1],
        Shape::Ellipse { map, .. } => map.iter_mut().flatten().collect(),
        Shape::Cells(Cells { columns, rows, cells }) => {
            let values = cells.iter_mut().flatten().map(|cell| &mut cell.value);
            columns.iter_mut().chain(rows).chain(values).collect()
        }
        Shape::Text { at, .. } => vec![&mut at.0, &mut at.1],
    }
}

/// A figure with its n-th number x replaced by `change(n, x)`.
fn changed(figure: &Figure, change: impl Fn(usize, f64) -> f64) -> Figure {
    let mut figure = figure.clone();
    for mark in &mut figure.marks {
        for (n, number) in numbers(&mut mark.shape).into_iter().enumerate() {
            *number = change(n, *number);
        }
    }
    figure
}

/// A figure with only the first points of every series.
fn cut(figure: &Figure, length: usize) -> Figure {
    let mut figure = figure.clone();
    for mark in &mut figure.marks {
        match &mut mark.shape {
            Shape::Line { points, .. } => points.truncate(length),
            Shape::Points { points, .. } | Shape::Band { points } => points.truncate(length),
            Shape::Cells(cells) => {
                let edges = if length == 0 { 0 } else { length + 1 };
                cells.columns.truncate(edges);
                cells.rows.truncate(edges);
                cells.cells.truncate(length * length);
            }
            _ => {}
        }
    }
    figure
}

fn with_ends(figure: &Figure, from: f64, to: f64) -> Figure {
    let axis = |axis: &Axis| Axis { from, to, ..axis.clone() };
    Figure { x: axis(&figure.x), y: axis(&figure.y), ..figure.clone() }
}

fn saying(figure: &Figure, words: &str) -> Figure {
    let axis = |axis: &Axis| Axis { label: words.to_owned(), ..axis.clone() };
    let mut figure = Figure {
        title: words.to_owned(),
        caption: words.to_owned(),
        x: axis(&figure.x),
        y: axis(&figure.y),
        ..figure.clone()
    };
    for mark in &mut figure.marks {
        mark.name = mark.name.as_ref().map(|_| words.to_owned());
        match &mut mark.shape {
            Shape::Text { text, .. } => words.clone_into(text),
            Shape::Cells(cells) => {
                cells.cells.iter_mut().flatten().for_each(|cell| cell.text = Some(words.into()));
            }
            _ => {}
        }
    }
    figure
}

/// Variants of a figure, with names.
fn variants(figure: &Figure) -> Vec<(&'static str, Figure)> {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0, 1e300, -1e300, 5e-324];
    let some = |n: usize, value: f64| if n % 3 == 1 { odd[n / 3 % odd.len()] } else { value };
    let one = |kind: f64| move |n: usize, value: f64| if n % 5 == 2 { kind } else { value };
    let huge = |_: usize, value: f64| value.signum() * 1e300;
    let tiny = |_: usize, value: f64| value * 1e-300;
    vec![
        ("as it is", figure.clone()),
        ("without points", cut(figure, 0)),
        ("of one point", cut(figure, 1)),
        ("of two points", cut(figure, 2)),
        ("without marks", Figure { marks: Vec::new(), ..figure.clone() }),
        ("odd", changed(figure, some)),
        ("all odd", changed(figure, |n, _| odd[n % odd.len()])),
        ("no numbers", changed(figure, one(f64::NAN))),
        ("endless", changed(figure, one(f64::INFINITY))),
        ("endless below", changed(figure, one(f64::NEG_INFINITY))),
        ("huge", changed(figure, huge)),
        ("huge on a huge axis", with_ends(&changed(figure, huge), -1e300, 1e300)),
        ("huge on a positive axis", with_ends(&changed(figure, huge), 1e-300, 1e300)),
        ("tiny", changed(figure, tiny)),
        ("tiny on a tiny axis", with_ends(&changed(figure, tiny), 0.0, 1e-300)),
        ("on an endless axis", with_ends(figure, 0.0, f64::INFINITY)),
        ("on no axis", with_ends(figure, f64::NAN, f64::NAN)),
        ("on a point", with_ends(figure, 1.0, 1.0)),
        ("on a falling axis", with_ends(figure, 1.0, -1.0)),
        ("without words", saying(figure, "")),
        ("of long words", saying(figure, &"θ₁ − 10 % of a_b & <c> ".repeat(40))),
        ("of odd words", saying(figure, "a\u{1}\n\t\u{7f}\u{202e}日本語 😀 \\ $ # {~^} ]]> --")),
    ]
}

/// One figure of each set of shapes that is in no larger one; all others are made of the same
/// marks.
fn kinds() -> Vec<&'static Figure> {
    let form = |figure: &Figure| -> BTreeSet<u8> {
        figure.marks.iter().map(|mark| kind(&mark.shape)).collect()
    };
    let figures = || catalogue::all().iter().map(|entered| &entered.figure);
    let forms: BTreeSet<BTreeSet<u8>> = figures().map(form).collect();
    let is_largest = |own: &BTreeSet<u8>| !forms.iter().any(|f| f != own && f.is_superset(own));
    let mut left: BTreeSet<_> = forms.iter().filter(|own| is_largest(own)).collect();
    figures().filter(|figure| left.remove(&form(figure))).collect()
}

fn kind(shape: &Shape) -> u8 {
    match shape {
        Shape::Line { .. } => 0,
        Shape::Points { .. } => 1,
        Shape::Band { .. } => 2,
        Shape::Level { .. } => 3,
        Shape::Upright { .. } => 4,
        Shape::Arrow { .. } => 5,
        Shape::Ellipse { .. } => 6,
        Shape::Cells(_) => 7,
        Shape::Text { .. } => 8,
    }
}

/// Calls `check` for every variant of every figure.
fn each(mut check: impl FnMut(&str, &Figure)) {
    for figure in kinds() {
        for (name, variant) in variants(figure) {
            check(&format!("{} {name}", figure.id), &variant);
        }
    }
}

#[test]
fn every_figure_is_drawn_in_terminals_of_every_size_and_with_all_characters() {
    for marks in [Marks::Braille, Marks::Blocks, Marks::Ascii] {
        let theme = Theme::of(&Settings { marks, ..Settings::default() });
        for (width, height) in TERMINALS {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            each(|_, figure| {
                let draw = |frame: &mut ratatui::Frame<'_>| {
                    widget::figure::draw(figure, &theme, frame.area(), frame.buffer_mut());
                };
                terminal.draw(draw).unwrap();
            });
        }
    }
}

#[test]
fn every_figure_is_an_image_of_its_size() {
    each(|name, figure| {
        let bytes = png(figure, SMALL, &[]).unwrap();
        let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        reader.finish().unwrap();
        assert_eq!((frame.width, frame.height), (SMALL.width, SMALL.height), "{name}");
        // A white margin all around: nothing is cut off by the edge of the image.
        let line = 3 * SMALL.width as usize;
        let rim = pixels[..line].iter().chain(&pixels[pixels.len() - line..]);
        let sides = pixels.chunks(line).flat_map(|row| row[..3].iter().chain(&row[line - 3..]));
        assert!(rim.chain(sides).all(|part| *part == 255), "{name}");
    });
}

#[test]
fn every_figure_is_a_well_formed_document_of_numbers_that_leaves_nothing_beside_its_page() {
    each(|name, figure| {
        let text = svg(figure, SMALL, &[]).unwrap();
        for word in ["NaN", "inf\"", "inf,", "Infinity"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
        assert!(sheets::check_svg(&text) > 5, "{name}");
    });
}

#[test]
fn every_figure_is_a_page_that_another_reader_understands() {
    each(|name, figure| {
        let page = sheets::page(&pdf(figure, SMALL, &[]).unwrap());
        let sides = [page.width, page.height];
        assert_eq!(sides, [f64::from(SMALL.width), f64::from(SMALL.height)], "{name}");
        let far = page.places.iter().find(|place| !page.holds(**place));
        assert!(far.is_none() && page.places.len() > 5, "{name}: {far:?}");
        assert!(page.numbers.iter().all(|number| number.is_finite()), "{name}");
        let beside = |(_, from, to): &&sheets::Words| !page.holds(*from) || !page.holds(*to);
        let beside = page.words.iter().find(beside);
        assert!(beside.is_none(), "{name}: {beside:?}");
        assert!(page.fonts.iter().all(|font| font.1));
    });
}

#[test]
fn every_figure_is_a_table_of_numbers() {
    each(|name, figure| {
        let table = points::csv(figure).unwrap();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap(), &COLUMNS.map(|column| column.0)[..]);
        for row in reader.records() {
            let row = row.unwrap();
            assert_eq!(row.len(), COLUMNS.len(), "{name}");
            let is_number =
                |column: usize| row[column].parse::<f64>().is_ok() || row[column].is_empty();
            assert!((2..9).all(is_number), "{name}: {row:?}");
        }
    });
}

#[test]
fn every_figure_is_a_latex_document_without_numbers_that_are_none() {
    each(|name, figure| {
        let tex = tex(figure, SMALL, "taskscope").unwrap();
        for word in ["NaN", "(inf", "(-inf", ",inf", ",-inf", "=inf", "=-inf"] {
            assert!(!tex.contains(word), "{name}: {word}\n{tex}");
        }
        let lines = tex.lines().filter(|line| !line.starts_with(['%', '\\']));
        let lines = lines.flat_map(|line| line.split(['(', ')', ',', '=', 'b', ' ']));
        let numbers = lines.filter_map(|part| part.parse::<f64>().ok());
        // TeX knows no length of 16384 points.
        assert!(numbers.into_iter().all(|number| number.abs() < 16_000.0), "{name}");
    });
}
