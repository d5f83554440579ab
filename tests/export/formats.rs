//! Figures in every size preset and file format, and the experiment inside them.
#![cfg(feature = "cli")]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use crate::support::program::{names, path, printed, refused};
use crate::support::sketches;
use roxmltree::Document;
use taskscope::export;
use taskscope::export::points::{COLUMNS, points};
use taskscope::export::{Layout, PURPOSES, Size, SizePreset, alt, pdf, png};
use taskscope::figure::Figure;
use taskscope::job::FigureFormat;
use taskscope::provenance::{Provenance, command};
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Scenario, ScenarioDraft};
use taskscope::store::embedded::inside;
use taskscope::store::notes::ContainerFormat;
use tempfile::TempDir;

const VERSION: &str = concat!("taskscope ", env!("CARGO_PKG_VERSION"));

fn two_tasks() -> ScenarioDraft {
    PRESETS[0].scenario().unwrap().draft().clone()
}

fn drawing(purpose: &SizePreset) -> Provenance {
    let preset = (purpose.name != "screen").then(|| purpose.name.to_owned());
    Provenance { figure: "sweep".into(), preset, ..Provenance::default() }
}

fn drawn(kind: FigureFormat, figure: &Figure, purpose: &SizePreset) -> Vec<u8> {
    export::picture(kind, figure, &two_tasks(), &drawing(purpose)).unwrap()
}

/// Notes of a PNG, read by the png library, and its density in pixels per metre.
fn of_png(bytes: &[u8]) -> (Vec<(String, String)>, png::Info<'static>) {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    reader.finish().unwrap();
    let info = reader.info().clone();
    let notes = info.utf8_text.iter().map(|n| (n.keyword.clone(), n.get_text().unwrap()));
    (notes.collect(), info)
}

/// Text of a PDF string, in hexadecimal UTF-16 or between brackets.
fn of_pdf(bytes: &[u8], key: &str) -> String {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let rest = text.split(&format!("/{key} ")).last().unwrap();
    if let Some(rest) = rest.strip_prefix('(') {
        return rest.split(')').next().unwrap().to_owned();
    }
    let digits = rest.strip_prefix("<FEFF").unwrap().split('>').next().unwrap();
    let unit = |i: usize| u16::from_str_radix(&digits[4 * i..4 * i + 4], 16).unwrap();
    String::from_utf16(&(0..digits.len() / 4).map(unit).collect::<Vec<_>>()).unwrap()
}

#[test]
fn every_purpose_has_its_size_on_paper_in_every_kind_of_picture() {
    let figure = sketches::sweep();
    let expected = [
        ("screen", (203.2, 127.0)),
        ("column", (84.0, 60.0)),
        ("text", (174.0, 100.0)),
        ("slide", (338.67, 190.5)),
        ("poster", (480.0, 320.0)),
    ];
    assert_eq!(PURPOSES.map(|purpose| purpose.name), expected.map(|(name, _)| name));
    for (purpose, (_, (width, height))) in PURPOSES.iter().zip(expected) {
        let size = purpose.size;
        let pixel = 25.4 / size.dpi;
        let near = |found: f64, wanted: f64| {
            assert!(
                (found - wanted).abs() < 0.51 * pixel + 0.01,
                "{}: {found} {wanted}",
                purpose.name
            );
        };
        let info = of_png(&drawn(FigureFormat::Png, &figure, purpose)).1;
        let density = info.pixel_dims.unwrap();
        assert_eq!((info.width, info.height), (size.width, size.height));
        assert_eq!((density.unit, density.xppu), (png::Unit::Meter, density.yppu));
        assert_eq!((f64::from(density.xppu) * 0.0254).round(), size.dpi);
        near(1e3 * f64::from(info.width) / f64::from(density.xppu), width);
        near(1e3 * f64::from(info.height) / f64::from(density.yppu), height);

        let text = String::from_utf8(drawn(FigureFormat::Svg, &figure, purpose)).unwrap();
        let document = Document::parse(&text).unwrap();
        let long = |name: &str| -> f64 {
            let words = document.root_element().attribute(name).unwrap();
            words.strip_suffix("mm").unwrap().parse().unwrap()
        };
        near(long("width"), width);
        near(long("height"), height);

        let bytes = drawn(FigureFormat::Pdf, &figure, purpose);
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let paper = text.split("/MediaBox [").nth(1).unwrap().split(']').next().unwrap();
        let sides: Vec<f64> = paper.split(' ').map(|side| side.parse().unwrap()).collect();
        near(sides[2] / 72.0 * 25.4, width);
        near(sides[3] / 72.0 * 25.4, height);
    }
}

#[test]
fn text_is_as_high_as_the_purpose_says_and_printed_lines_are_no_thinner_than_half_a_point() {
    for figure in sketches::all() {
        for purpose in &PURPOSES {
            let size = purpose.size;
            let layout = Layout::of(&figure, size).unwrap();
            assert!((layout.em * 72.0 / size.dpi - size.text).abs() < 1e-9, "{}", purpose.name);
            let text = String::from_utf8(drawn(FigureFormat::Svg, &figure, purpose)).unwrap();
            let document = Document::parse(&text).unwrap();
            let view = document.root_element().attribute("viewBox").unwrap();
            let steps: f64 = view.split(' ').nth(2).unwrap().parse().unwrap();
            let point = steps / f64::from(size.width) * size.dpi / 72.0;
            let widths = document.descendants().filter(|node| node.attribute("stroke").is_some());
            let least = if purpose.name == "screen" { 0.46 } else { 0.49 };
            for node in widths.filter_map(|node| node.attribute("stroke-width")) {
                let width: f64 = node.parse().unwrap();
                assert!(width > least * point, "{}: {} pt", purpose.name, width / point);
            }
        }
    }
    let columns =
        Layout::of(&sketches::sweep(), SizePreset::named("column").unwrap().size).unwrap();
    assert!(columns.caption.lines.is_empty() && columns.legend_em >= 7.0 / 72.0 * 300.0);
}

#[test]
fn the_words_of_a_document_can_be_selected() {
    let figure = sketches::sweep();
    let text = String::from_utf8(drawn(FigureFormat::Svg, &figure, &PURPOSES[1])).unwrap();
    let document = Document::parse(&text).unwrap();
    let words: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .map(str::trim)
        .collect();
    for word in ["rows of the source, m", &figure.y.label] {
        assert!(words.contains(&word), "{word}: {words:?}");
    }
    let page = drawn(FigureFormat::Pdf, &figure, &PURPOSES[1]);
    let has = |name: &str| page.windows(name.len()).any(|window| window == name.as_bytes());
    assert!(has("/ToUnicode") && has("/FontFile2") && has("beginbfchar"));
}

#[test]
fn every_object_of_a_page_stands_where_its_table_says() {
    for figure in sketches::all() {
        let bytes = pdf(&figure, Size::COLUMN, &[]).unwrap();
        let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
        let start = text.rsplit("startxref\n").next().unwrap();
        let start: usize = start.lines().next().unwrap().parse().unwrap();
        let table = String::from_utf8(bytes[start..].to_vec()).unwrap();
        let mut lines = table.lines().skip(2);
        assert!(lines.next().unwrap().ends_with(" f"));
        let entries: Vec<&str> = lines.take_while(|line| line.trim_end().ends_with('n')).collect();
        assert!(entries.len() >= 10);
        for (number, entry) in entries.iter().enumerate() {
            let place: usize = entry[..10].parse().unwrap();
            let begin = format!("{} 0 obj", number + 1);
            assert!(bytes[place..].starts_with(begin.as_bytes()), "{entry}");
        }
    }
}

#[test]
fn a_picture_of_every_kind_gives_its_scenario_and_drawing_back() {
    let figure = Figure { title: "θ (a \\ b) ‖".into(), ..sketches::sweep() };
    let mut scenario = two_tasks();
    scenario.title = "An odd title: (θ \\ ‖ & <x> \")".into();
    for purpose in &PURPOSES {
        let drawing = Provenance { along: vec!["source.angle".into()], ..drawing(purpose) };
        for (kind, read) in [
            (FigureFormat::Png, ContainerFormat::Png),
            (FigureFormat::Svg, ContainerFormat::Svg),
            (FigureFormat::Pdf, ContainerFormat::Pdf),
        ] {
            let bytes = export::picture(kind, &figure, &scenario, &drawing).unwrap();
            assert_eq!(ContainerFormat::of(&bytes), Some(read));
            let found = inside(&bytes, read).unwrap();
            let read = Scenario::parse(&found.scenario, "figure").unwrap();
            assert_eq!((read.draft(), found.drawing.as_ref()), (&scenario, Some(&drawing)));
        }
    }
}

#[test]
fn other_readers_find_scenario_version_and_command_too() {
    let (figure, purpose) = (sketches::sweep(), &PURPOSES[1]);
    let expected = [
        ("Scenario", two_tasks().to_json().unwrap()),
        ("Command", command::figure(&drawing(purpose), &two_tasks())),
    ];
    let (notes, info) = of_png(&drawn(FigureFormat::Png, &figure, purpose));
    assert_eq!(info.uncompressed_latin1_text[0].text, VERSION);
    let text = String::from_utf8(drawn(FigureFormat::Svg, &figure, purpose)).unwrap();
    let document = Document::parse(&text).unwrap();
    let page = drawn(FigureFormat::Pdf, &figure, purpose);
    assert_eq!(of_pdf(&page, "Software"), VERSION);
    assert_eq!(of_pdf(&page, "Title"), "Gain of target along the number of rows");
    for (keyword, wanted) in expected {
        assert!(notes.contains(&(keyword.to_owned(), wanted.clone())), "{keyword}");
        let node =
            document.descendants().find(|node| node.attribute("data-keyword") == Some(keyword));
        assert_eq!(node.unwrap().text(), Some(wanted.as_str()));
        assert_eq!(of_pdf(&page, keyword), wanted);
    }
}

#[test]
fn a_damaged_picture_is_refused_and_never_a_fault() {
    let figure = sketches::sweep();
    for (kind, read) in [
        (FigureFormat::Png, ContainerFormat::Png),
        (FigureFormat::Svg, ContainerFormat::Svg),
        (FigureFormat::Pdf, ContainerFormat::Pdf),
    ] {
        let bytes = drawn(kind, &figure, &PURPOSES[1]);
        for part in 0..60 {
            let cut = &bytes[..bytes.len() * part / 60];
            if let Ok(found) = inside(cut, read) {
                assert!(Scenario::parse(&found.scenario, "figure").is_ok());
            }
            let mut changed = bytes.clone();
            changed[bytes.len() * part / 60] ^= 0x55;
            let _ = inside(&changed, read);
        }
    }
}

#[test]
fn the_same_figure_gives_the_same_bytes_of_every_kind() {
    for figure in sketches::all() {
        for (kind, _) in FigureFormat::ALL {
            let once = drawn(kind, &figure, &PURPOSES[1]);
            assert_eq!(once, drawn(kind, &figure.clone(), &PURPOSES[1]), "{kind:?}");
        }
    }
}

#[test]
fn every_point_of_every_mark_is_a_row_of_the_table() {
    for figure in sketches::all() {
        let table = String::from_utf8(drawn(FigureFormat::Csv, &figure, &PURPOSES[0])).unwrap();
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(header, COLUMNS.map(|column| column.0));
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(table.lines().all(|line| line.matches(',').count() == COLUMNS.len() - 1));
        let all = figure.marks.iter().enumerate();
        let all = all.flat_map(|(i, mark)| points(&figure, mark).into_iter().map(move |p| (i, p)));
        let all: Vec<_> = all.collect();
        assert_eq!(rows.len(), all.len());
        for (row, (mark, point)) in rows.iter().zip(all) {
            let number = |column: usize| match &row[column] {
                "" => f64::NAN,
                text => text.parse::<f64>().unwrap(),
            };
            assert_eq!(number(0), mark as f64);
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-11 * b.abs();
            let same = |a: f64, b: f64| a == b || near(a, b) || (a.is_nan() && b.is_nan());
            assert!(same(number(2), point.x) && same(number(3), point.y), "{row:?}");
            assert!(same(number(4), point.low) && same(number(5), point.high), "{row:?}");
            assert!(same(number(6), point.value));
        }
    }
}

#[test]
fn caption_and_alternative_text_say_what_is_seen() {
    for figure in sketches::all() {
        let text = alt::text(&figure, "taskscope export two-tasks");
        assert!(text.contains(&figure.title) && text.contains(&figure.caption));
        assert!(text.contains("taskscope export two-tasks"));
        for name in figure.marks.iter().filter_map(|mark| mark.name.as_ref()) {
            assert!(text.contains(name.as_str()), "{name}: {text}");
        }
        for axis in [&figure.x, &figure.y] {
            assert!(text.contains(&axis.label) && text.contains(&axis.write(axis.from)), "{text}");
        }
    }
}

#[test]
fn a_figure_drawn_from_a_figure_has_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let first = [
        &["two-tasks", "--set", "source.angle=60", "--figure", "gain"][..],
        &["two-tasks", "--figure", "gain", "--along", "source.samples", "--preset", "column"],
        &["three-tasks", "--figure", "rows", "--task", "good", "--preset", "slide"],
        &["fig3-task3", "--seed", "5", "--figure", "plane", "--preset", "text"],
    ];
    for arguments in first {
        let name = arguments.iter().position(|word| *word == "--figure").unwrap() + 1;
        for ending in ["png", "svg", "pdf"] {
            let place = path(&folder, &format!("first.{ending}"));
            let again = path(&folder, &format!("again.{ending}"));
            let more = ["--trials", "3", "--out", &place];
            printed(&[&["export"], arguments, &more].concat());
            printed(&["export", &place, "--figure", arguments[name], "--out", &again]);
            assert!(
                fs::read(&place).unwrap() == fs::read(&again).unwrap(),
                "{arguments:?} {ending}"
            );
        }
    }
}

#[test]
fn the_command_in_a_figure_draws_it_again() {
    let folder = TempDir::new().unwrap();
    let place = path(&folder, "first.png");
    let changed = ["--set", "source.angle=75", "--trials", "4", "--seed", "9"];
    let drawn = ["--figure", "gain", "--along", "source.samples", "--preset", "column"];
    printed(&[&["export", "two-tasks"][..], &changed, &drawn, &["--out", &place]].concat());
    let first = fs::read(&place).unwrap();
    let (notes, _) = of_png(&first);
    let command = notes.into_iter().find(|note| note.0 == "Command").unwrap().1;
    let words: Vec<&str> = command.strip_prefix("taskscope ").unwrap().split(' ').collect();
    let again = path(&folder, "again.png");
    printed(&[&words[..words.len() - 1], &[again.as_str()]].concat());
    assert!(fs::read(&again).unwrap() == first, "{command}");
}

#[test]
fn a_figure_is_opened_with_its_scenario() {
    let folder = TempDir::new().unwrap();
    for ending in ["png", "svg", "pdf"] {
        let place = path(&folder, &format!("plane.{ending}"));
        let knob = ["--set", "source.angle=33", "--trials", "3"];
        printed(
            &[&["export", "two-tasks"][..], &knob, &["--figure", "plane", "--out", &place]]
                .concat(),
        );
        let knobs = printed(&["knobs", &place]);
        let angle = knobs.lines().find(|line| line.starts_with("source.angle ")).unwrap();
        assert_eq!(angle.split_whitespace().nth(1), Some("33"), "{angle}");
        let bare = printed(&[&place]);
        assert_eq!(bare, printed(&["open", &place]));
        assert!(bare.contains("3 trials"), "{bare}");
    }
}

#[test]
fn what_is_no_figure_of_ours_or_of_a_newer_version_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let place = path(&folder, "plane.svg");
    printed(&["export", "two-tasks", "--figure", "plane", "--out", &place]);
    let own = fs::read_to_string(&place).unwrap();
    let cases = [
        ("newer.svg", own.replace(VERSION, "taskscope 99.1.0"), "newer taskscope 99.1.0"),
        (
            "other.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".into(),
            "an SVG that taskscope did not",
        ),
        ("other.pdf", "%PDF-1.7\n%%EOF".into(), "a PDF that taskscope did not"),
        ("broken.svg", own[..own.len() / 2].to_owned(), "an SVG that cannot be read"),
    ];
    for (name, text, said) in cases {
        let place = path(&folder, name);
        fs::write(&place, text).unwrap();
        for arguments in [&["open", &place][..], &[&place], &["run", &place]] {
            let line = refused(arguments, 2);
            assert!(
                line.contains(said) && line.contains(name) && line.contains("allowed"),
                "{line}"
            );
        }
    }
    let bare = path(&folder, "bare.png");
    fs::write(&bare, png(&sketches::sweep(), Size::COLUMN, &[]).unwrap()).unwrap();
    let line = refused(&["open", &bare], 2);
    assert!(line.contains("without its scenario"), "{line}");
}

#[test]
fn several_kinds_go_into_a_folder_under_good_names() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "new/figures");
    let asked = ["two-tasks", "--trials", "3", "--figure", "gain", "--format", "png,tex,PDF"];
    let said = printed(&[&["export"][..], &asked, &["--out", &out]].concat());
    let expected = ["pdf", "png", "tex", "txt"];
    let expected = expected.map(|ending| format!("two-tasks-gain-source-angle.{ending}"));
    assert_eq!(names(Path::new(&out)), expected);
    assert!(expected.iter().all(|name| said.contains(name)), "{said}");
    let named = path(&folder, "mine.svg");
    printed(&["export", "--figure", "plane", "--format", "svg,csv", "--out", &named]);
    assert_eq!(names(folder.path()), ["mine.csv", "mine.svg", "mine.txt", "new"]);
}

#[test]
fn a_kind_or_purpose_that_is_none_is_refused_with_those_that_are() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "a.png");
    let line = refused(&["export", "--figure", "plane", "--format", "gif", "--out", &out], 2);
    assert!(line.contains("\"gif\"") && line.contains("png, svg, pdf, csv, json, tex"), "{line}");
    let line = refused(&["export", "--figure", "plane", "--preset", "wall", "--out", &out], 2);
    assert!(line.contains("\"wall\"") && line.contains("column"), "{line}");
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn where_a_place_is_taken_old_files_are_left_as_they_were_and_it_is_named() {
    let folder = TempDir::new().unwrap();
    let taken = folder.path().join("two-tasks-plane.svg");
    fs::create_dir(&taken).unwrap();
    let old = folder.path().join("two-tasks-plane.pdf");
    fs::write(&old, "old").unwrap();
    let out = folder.path().to_str().unwrap();
    let asked =
        ["export", "two-tasks", "--figure", "plane", "--format", "png,svg,pdf", "--out", out];
    let line = refused(&asked, 5);
    assert!(line.contains(taken.to_str().unwrap()) && line.contains("a folder"), "{line}");
    assert_eq!(fs::read(&old).unwrap(), b"old");
    assert_eq!(names(folder.path()).len(), 2);
    let file = old.join("below");
    let line = refused(
        &["export", "--figure", "plane", "--format", "png", "--out", file.to_str().unwrap()],
        5,
    );
    assert!(line.contains("cannot be written"), "{line}");
    assert_eq!(fs::read(&old).unwrap(), b"old");
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_is_never_written_into() {
    let line = refused(&["export", "--figure", "plane", "--out", "/dev/full"], 5);
    assert!(line.contains("a device") && line.contains("a regular file"), "{line}");
}
