//! Figures as SVG: well-formed, with real text, and equal to the PNG of the same figure.
#![cfg(feature = "png")]

use std::fs;
use std::sync::Arc;

use crate::support::sketches;
use roxmltree::{Document, Node};
use taskscope::export::{self, Layout, Size, svg};
use taskscope::figure::{Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol};
use taskscope::job::{self, SaveRequest};
use taskscope::scenario::Preset;
use taskscope::scenario::Scenario;
use taskscope::store;

const SIZES: [Size; 2] = [Size::PAGE, Size::COLUMN];

fn words<'a>(document: &'a Document<'a>) -> Vec<&'a str> {
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter_map(|node| node.text()).map(str::trim).collect()
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// Units of the document per pixel of the image.
fn fine(document: &Document<'_>, size: Size) -> f64 {
    let view = document.root_element().attribute("viewBox").unwrap();
    let sides: Vec<f64> = view.split(' ').map(|side| side.parse().unwrap()).collect();
    let fine = sides[2] / f64::from(size.width);
    assert_eq!(sides, [0.0, 0.0, fine * f64::from(size.width), fine * f64::from(size.height)]);
    fine
}

#[test]
fn a_document_is_well_formed_and_as_large_as_the_image_on_paper() {
    for figure in sketches::all() {
        for size in SIZES {
            let text = svg(&figure, size, &[]).unwrap();
            let document = Document::parse(&text).unwrap();
            let root = document.root_element();
            let long = |name: &str| -> f64 {
                root.attribute(name).unwrap().strip_suffix("mm").unwrap().parse().unwrap()
            };
            let inches = f64::from(size.width) / size.dpi;
            assert!((long("width") / 25.4 - inches).abs() < 1e-3);
            assert!(fine(&document, size) >= 10.0);
        }
    }
}

#[test]
fn equal_figures_give_equal_documents() {
    for figure in sketches::all() {
        let drawn = || svg(&figure.clone(), Size::PAGE, &[]).unwrap();
        assert_eq!(drawn(), drawn());
    }
}

#[test]
fn every_word_of_the_layout_is_text_at_its_place() {
    for figure in sketches::all() {
        for size in SIZES {
            let layout = Layout::of(&figure, size).unwrap();
            let text = svg(&figure, size, &[]).unwrap();
            let document = Document::parse(&text).unwrap();
            let shown = words(&document);
            let ticks = layout.x.ticks.iter().chain(&layout.y.ticks).map(|tick| &tick.text);
            let entries = layout.entries.iter().map(|entry| &entry.text);
            let lines = layout.title.lines.iter().chain(&layout.caption.lines);
            let labels = [&layout.x.label, &layout.y.label];
            for word in ticks.chain(entries).chain(lines).chain(labels) {
                assert!(shown.contains(&word.as_str()), "{word:?} is not in {shown:?}");
            }
            let fine = fine(&document, size);
            for node in document.descendants().filter(|node| node.has_tag_name("text")) {
                let place = (number(node, "x") / fine, number(node, "y") / fine);
                assert!(layout.image.holds(place), "{:?} at {place:?}", node.text());
                assert!(node.attribute("font-family").unwrap().contains("DejaVu Sans"));
                assert!(node.attribute("dy").is_none());
                let em = number(node, "font-size") / fine;
                assert!(em > 0.5 * layout.em && em < 1.3 * layout.em, "{em}");
            }
        }
    }
}

#[test]
fn title_and_description_and_metadata_are_those_of_the_figure_whatever_is_in_them() {
    let odd = "a < b & \"c\" > d\u{1}\u{7f} 'θ' ]]> --";
    let kept = odd.replace(['\u{1}', '\u{7f}'], "");
    let figure = Figure {
        title: odd.into(),
        caption: odd.into(),
        marks: vec![
            Mark::new(MarkRole::Here, Shape::Level { y: 0.0, dash: Dash::Solid }).named(odd),
        ],
        ..sketches::sweep()
    };
    let text = svg(&figure, Size::PAGE, &[("Scenario", odd.to_owned())]).unwrap();
    let document = Document::parse(&text).unwrap();
    let held = |tag: &str, keyword: Option<&str>| {
        let mut nodes = document
            .descendants()
            .filter(|node| node.has_tag_name(tag) && node.attribute("data-keyword") == keyword);
        nodes.next().unwrap().text().unwrap().to_owned()
    };
    assert_eq!(held("title", None), kept);
    assert_eq!(held("desc", None), kept);
    assert_eq!(held("metadata", Some("Scenario")), kept);
    let software = concat!("taskscope ", env!("CARGO_PKG_VERSION"));
    assert_eq!(held("metadata", Some("Software")), software);
    assert!(words(&document).contains(&kept.as_str()));
}

#[test]
fn a_document_holds_the_scenario_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.svg");
    let scenario = Arc::new(Preset::find("two-tasks").unwrap().scenario().unwrap());
    let picture = job::Document::Picture {
        figure: Box::new(sketches::sweep()),
        scenario: Arc::clone(&scenario),
        drawing: Box::default(),
    };
    store::file(&SaveRequest { document: picture, path: path.clone(), replace: false }).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let document = Document::parse(&text).unwrap();
    let held = document
        .descendants()
        .find(|node| node.attribute("data-keyword") == Some(export::SCENARIO))
        .unwrap();
    let read = Scenario::parse(held.text().unwrap(), "picture").unwrap();
    assert_eq!(read.draft(), scenario.draft());
}

#[test]
fn a_line_is_one_stroked_path_through_its_points() {
    let points: Vec<(f64, f64)> =
        (0..50).map(|i| (20.0 * 1.2_f64.powi(i), 0.01 * f64::from(i))).collect();
    let line = Shape::Line { points, dash: Dash::Solid };
    let figure = Figure { marks: vec![Mark::new(MarkRole::Series(2), line)], ..sketches::sweep() };
    let text = svg(&figure, Size::PAGE, &[]).unwrap();
    let document = Document::parse(&text).unwrap();
    let paths: Vec<Node<'_, '_>> =
        document.descendants().filter(|node| node.attribute("stroke") == Some("#009E73")).collect();
    let [path] = paths[..] else { panic!("{} paths", paths.len()) };
    assert_eq!((path.tag_name().name(), path.attribute("fill")), ("polyline", Some("none")));
    assert_eq!(path.attribute("points").unwrap().split_whitespace().count(), 50);
}

#[test]
fn what_is_drawn_of_the_data_is_cut_off_at_the_plot() {
    let text = svg(&sketches::sweep(), Size::PAGE, &[]).unwrap();
    let document = Document::parse(&text).unwrap();
    let layout = Layout::of(&sketches::sweep(), Size::PAGE).unwrap();
    let fine = fine(&document, Size::PAGE);
    let clip = document.descendants().find(|node| node.has_tag_name("clipPath")).unwrap();
    let area = clip.first_element_child().unwrap();
    let sides = ["x", "y", "width", "height"].map(|name| number(area, name) / fine);
    let plot = layout.plot;
    let expected = [plot.left, plot.top, plot.width(), plot.height()];
    assert!(sides.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.1), "{sides:?}");
    let named = format!("url(#{})", clip.attribute("id").unwrap());
    let group =
        document.descendants().find(|node| node.attribute("clip-path") == Some(&named)).unwrap();
    let bands = group.descendants().filter(|node| node.attribute("opacity") == Some("0.2"));
    assert_eq!(bands.count(), 2);
}

#[test]
fn a_mark_beside_the_axes_leaves_no_number_behind_that_is_none() {
    let odd = [f64::NAN, f64::INFINITY, -1e300, 1e300, 5e-324, 0.0, 50.0];
    let points: Vec<Estimate> = odd
        .iter()
        .flat_map(|&x| odd.iter().map(move |&y| Estimate { x, y, low: y, high: x }))
        .collect();
    let marks = vec![
        Mark::new(MarkRole::Series(0), Shape::Band { points: points.clone() }),
        Mark::new(MarkRole::Series(1), Shape::Points { points, symbol: Symbol::Cross }),
    ];
    let text = svg(&Figure { marks, ..sketches::sweep() }, Size::PAGE, &[]).unwrap();
    Document::parse(&text).unwrap();
    assert!(!text.contains("NaN") && !text.contains("inf") && !text.contains("2147483"));
}
