//! Figure files read back by independent libraries: sizes, text and notes.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::io::Cursor;

use crate::support::catalogue::{self, Entered};
use crate::support::sheets;
use roxmltree::Document;
use taskscope::export;
use taskscope::export::{Layout, PURPOSES, SizePreset};
use taskscope::figure::{Figure, Shape};
use taskscope::job::FigureFormat;
use taskscope::provenance::Provenance;

const SOFTWARE: &str = concat!("taskscope ", env!("CARGO_PKG_VERSION"));

/// Sizes of the presets in millimetres.
const PROMISED: [(&str, f64, f64); 5] = [
    ("screen", 8.0 * 25.4, 5.0 * 25.4),
    ("column", 84.0, 60.0),
    ("text", 174.0, 100.0),
    ("slide", 1920.0 / 144.0 * 25.4, 1080.0 / 144.0 * 25.4),
    ("poster", 480.0, 320.0),
];

fn drawn(entered: &Entered, kind: FigureFormat, purpose: &SizePreset) -> Vec<u8> {
    let preset = (purpose.name != PURPOSES[0].name).then(|| purpose.name.to_owned());
    let drawing = Provenance { preset, ..entered.drawing.clone() };
    export::picture(kind, &entered.figure, entered.of.subject(), &drawing).unwrap()
}

fn notes(entered: &Entered, purpose: &SizePreset) -> BTreeMap<String, String> {
    let preset = (purpose.name != PURPOSES[0].name).then(|| purpose.name.to_owned());
    let drawing = Provenance { preset, ..entered.drawing.clone() };
    let notes = export::notes::notes(&drawing, entered.of.subject()).unwrap();
    notes.into_iter().map(|(keyword, text)| (keyword.to_owned(), text)).collect()
}

/// The figure as it is in files.
fn shown(entered: &Entered) -> Figure {
    export::printed(&entered.figure, entered.of.subject(), &entered.drawing)
}

/// One figure of each kind.
fn some() -> Vec<&'static Entered> {
    let mut ids = Vec::new();
    let is_new = |entered: &&Entered| {
        let is_new = !ids.contains(&entered.figure.id);
        ids.push(entered.figure.id);
        is_new
    };
    catalogue::all().iter().filter(is_new).collect()
}

/// The texts that a figure must contain.
#[test]
fn an_image_has_the_pixels_of_its_millimetres_and_says_how_many_make_a_metre() {
    let entered = some()[0];
    for (purpose, (name, width, height)) in PURPOSES.iter().zip(PROMISED) {
        assert_eq!(purpose.name, name);
        let bytes = drawn(entered, FigureFormat::Png, purpose);
        let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
        reader.finish().unwrap();
        let info = reader.info();
        let pixels = |millimetres: f64| (millimetres * purpose.size.dpi / 25.4).round() as u32;
        assert_eq!((info.width, info.height), (pixels(width), pixels(height)), "{name}");
        let density = (purpose.size.dpi / 0.0254).round() as u32;
        let dimensions = info.pixel_dims.unwrap();
        assert_eq!((dimensions.xppu, dimensions.yppu), (density, density), "{name}");
        assert_eq!(dimensions.unit, png::Unit::Meter);
        // The bytes of the chunk: length, name, both densities, unit metre.
        let chunk = bytes.windows(4).position(|name| name == b"pHYs").unwrap();
        let density = density.to_be_bytes();
        assert_eq!(bytes[chunk - 4..chunk], 9_u32.to_be_bytes());
        assert_eq!(bytes[chunk + 4..chunk + 13], [&density[..], &density, &[1]].concat());
    }
}

#[test]
fn the_notes_of_an_image_are_read_by_keyword() {
    // Pixels are slow, and notes do not depend on the kind of the figure.
    for entered in some().into_iter().step_by(4) {
        let bytes = drawn(entered, FigureFormat::Png, &PURPOSES[1]);
        let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
        reader.finish().unwrap();
        let info = reader.info();
        let mut found: BTreeMap<String, String> =
            info.utf8_text.iter().map(|n| (n.keyword.clone(), n.get_text().unwrap())).collect();
        let figure = &shown(entered);
        assert_eq!(found.remove("Title").as_ref(), Some(&figure.title));
        assert_eq!(found.remove("Description").as_ref(), Some(&figure.caption));
        assert_eq!(found, notes(entered, &PURPOSES[1]));
        let software = &info.uncompressed_latin1_text[0];
        assert_eq!((software.keyword.as_str(), software.text.as_str()), ("Software", SOFTWARE));
    }
}

#[test]
fn a_document_is_as_large_as_its_purpose_says_and_its_steps_are_those_of_its_pixels() {
    for (purpose, (name, width, height)) in PURPOSES.iter().zip(PROMISED) {
        let text = String::from_utf8(drawn(some()[0], FigureFormat::Svg, purpose)).unwrap();
        let document = Document::parse(&text).unwrap();
        let root = document.root_element();
        let long = |name: &str| -> f64 {
            root.attribute(name).unwrap().strip_suffix("mm").unwrap().parse().unwrap()
        };
        let pixel = 25.4 / purpose.size.dpi;
        assert!((long("width") - width).abs() < 0.5 * pixel + 0.006, "{name}");
        assert!((long("height") - height).abs() < 0.5 * pixel + 0.006, "{name}");
        let view: Vec<f64> = root
            .attribute("viewBox")
            .unwrap()
            .split(' ')
            .map(|side| side.parse().unwrap())
            .collect();
        let [x, y, across, down] = view[..] else { panic!("{view:?}") };
        assert_eq!((x, y), (0.0, 0.0));
        let (columns, rows) = (f64::from(purpose.size.width), f64::from(purpose.size.height));
        assert!((across / columns - down / rows).abs() < 1e-12, "steps are square");
    }
}

/// The figure with the names of its horizontal lines beside the lines, as files have it.
fn with_names_at_levels(mut figure: Figure) -> Figure {
    for mark in figure.marks.iter_mut().filter(|mark| matches!(mark.shape, Shape::Level { .. })) {
        mark.name = None;
    }
    figure
}

/// The words of a figure for a purpose that are not among the texts of its document.
fn missing(figure: &Figure, purpose: &SizePreset, found: &[&str]) -> Vec<String> {
    let layout = Layout::of(figure, purpose.size).unwrap();
    let ticks = layout.x.ticks.iter().chain(&layout.y.ticks).map(|tick| &tick.text);
    let entries = layout.entries.iter().map(|entry| &entry.text);
    let words = layout.title.lines.iter().chain([&layout.x.label, &layout.y.label]);
    let words = words.chain(ticks).chain(entries).filter(|words| !words.is_empty());
    words.filter(|words| !found.contains(&words.as_str())).cloned().collect()
}

#[test]
fn the_words_of_a_document_are_text_with_their_greek_letters_and_signs() {
    let mut signs = String::new();
    for (entered, purpose) in catalogue::sized() {
        let figure = &with_names_at_levels(shown(entered));
        let layout = Layout::of(figure, purpose.size).unwrap();
        let text = String::from_utf8(drawn(entered, FigureFormat::Svg, purpose)).unwrap();
        let document = Document::parse(&text).unwrap();
        let found: Vec<&str> = document
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .map(|node| node.text().unwrap_or_default().trim())
            .collect();
        assert_eq!(layout.title.lines.join(" "), figure.title, "{}", purpose.name);
        // Without room beside its line, a name stands in the legend, which takes room from the plot.
        let missing = [figure, &shown(entered)].map(|figure| missing(figure, purpose, &found));
        let is_there = missing.iter().any(Vec::is_empty);
        assert!(is_there, "{} {}: {missing:?}", figure.id, purpose.name);
        signs.extend(found.iter().flat_map(|words| words.chars()).filter(|c| !c.is_ascii()));
        let held = |tag: &str| {
            let of_tag = |node: &roxmltree::Node<'_, '_>| node.has_tag_name(tag);
            document.descendants().find(of_tag).unwrap().text().unwrap_or_default()
        };
        assert_eq!((held("title"), held("desc")), (&*figure.title, &*figure.caption));
        let found: BTreeMap<String, String> = document
            .descendants()
            .filter_map(|node| Some((node.attribute("data-keyword")?, node.text()?)))
            .map(|(keyword, text)| (keyword.to_owned(), text.to_owned()))
            .collect();
        let mut expected = notes(entered, purpose);
        expected.insert("Software".into(), SOFTWARE.into());
        assert_eq!(found, expected);
    }
    for sign in "θσ−±°".chars() {
        assert!(signs.contains(sign), "{sign} is in no figure: {signs}");
    }
}

#[test]
fn a_page_is_as_large_as_its_purpose_says_and_has_title_subject_and_notes() {
    for entered in some() {
        let figure = shown(entered);
        for (purpose, (name, width, height)) in PURPOSES.iter().zip(PROMISED) {
            let page = sheets::page(&drawn(entered, FigureFormat::Pdf, purpose));
            let half = 0.51 * 72.0 / purpose.size.dpi;
            assert!((page.width - width / 25.4 * 72.0).abs() < half, "{name}: {}", page.width);
            assert!((page.height - height / 25.4 * 72.0).abs() < half, "{name}: {}", page.height);
            let mut expected = notes(entered, purpose);
            for (keyword, text) in [
                ("Title", figure.title.as_str()),
                ("Subject", figure.caption.as_str()),
                ("Creator", SOFTWARE),
                ("Software", SOFTWARE),
            ] {
                expected.insert(keyword.to_owned(), text.to_owned());
            }
            assert_eq!(page.information, expected);
        }
    }
}

#[test]
fn the_words_of_a_page_can_be_copied_and_are_set_in_an_embedded_font() {
    for (entered, purpose) in catalogue::sized() {
        let figure = &shown(entered);
        let layout = Layout::of(figure, purpose.size).unwrap();
        let page = sheets::page(&drawn(entered, FigureFormat::Pdf, purpose));
        let words: Vec<&str> = page.words.iter().map(|(words, ..)| words.as_str()).collect();
        let shown = [&layout.x.label, &layout.y.label];
        for wanted in layout.title.lines.iter().chain(shown) {
            assert!(wanted.is_empty() || words.contains(&wanted.as_str()), "{wanted:?}");
        }
        assert!(page.fonts.iter().all(|(name, embedded)| name.contains("DejaVu") && *embedded));
        let most = page.heights.iter().copied().fold(0.0, f64::max);
        let largest = most / purpose.size.text;
        assert!((1.0..1.5).contains(&largest), "{most} {}", purpose.name);
        let beside = |(_, from, to): &&sheets::Words| !page.holds(*from) || !page.holds(*to);
        let beside = page.words.iter().find(beside);
        assert!(beside.is_none(), "{} {}: {beside:?}", figure.id, purpose.name);
    }
}

#[test]
fn every_label_is_on_every_kind_of_figure_or_cut_with_an_ellipsis() {
    for entered in catalogue::all() {
        for purpose in &PURPOSES {
            let layout = Layout::of(&entered.figure, purpose.size).unwrap();
            let title = layout.title.lines.join(" ");
            let shown = [&title, &layout.x.label, &layout.y.label];
            let sides = &layout.sides;
            let whole = [&entered.figure.title, &sides.across.label, &sides.up.label];
            for (shown, whole) in shown.into_iter().zip(whole) {
                let is_whole = shown == whole;
                assert!(is_whole || shown.ends_with('…'), "{whole:?} as {shown:?}");
            }
        }
    }
}
