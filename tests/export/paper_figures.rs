//! Figures for a paper: greys, numbers as JSON, and `reproduce`.

#![cfg(feature = "cli")]

use std::collections::HashSet;
use std::fs;

use crate::support::program::{names, printed, taskscope};
use crate::support::sketches;
use taskscope::catalog::paper::PLATES;
use taskscope::export;
use taskscope::export::options::RenderOptions;
use taskscope::export::{Colours, Layout, PURPOSES, Size, png, svg, tex};
use taskscope::figure::{Cell, Cells, Figure, Mark, MarkRole, Shape};
use taskscope::job::FigureFormat;
use taskscope::provenance::Provenance;
use taskscope::scenario::preset::PRESETS;
use taskscope::transfer::Verdict;
use tempfile::TempDir;

/// Two cells, one that helps and one that hurts equally.
fn cells() -> Figure {
    let cell = |value, verdict| Some(Cell::new(value, verdict));
    let cells = Cells {
        columns: vec![0.0, 45.0, 90.0],
        rows: vec![0.0, 1.0],
        cells: vec![cell(0.8, Verdict::Helps), cell(-0.8, Verdict::Hurts)],
    };
    Figure { marks: vec![Mark::new(MarkRole::Reference, Shape::Cells(cells))], ..sketches::sweep() }
}

fn grey(size: Size) -> RenderOptions {
    RenderOptions { size, colours: Colours::Grey, ..RenderOptions::default() }
}

fn pixels(bytes: &[u8]) -> Vec<[u8; 3]> {
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    pixels.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

#[test]
fn in_grey_no_pixel_and_no_form_has_a_colour() {
    for figure in [sketches::sweep(), cells()] {
        let image = pixels(&png(&figure, grey(Size::COLUMN), &[]).unwrap());
        assert!(image.iter().all(|[red, green, blue]| red == green && green == blue));
        let document = svg(&figure, grey(Size::COLUMN), &[]).unwrap();
        for colour in document.split("=\"#").skip(1) {
            let [red, green, blue] = [0, 2, 4].map(|at| &colour[at..at + 2]);
            assert!(red == green && green == blue, "#{}", &colour[..6]);
        }
        let table = tex(&figure, grey(Size::COLUMN), "taskscope").unwrap();
        for colour in table.split("{RGB}{").skip(1) {
            let parts: Vec<&str> = colour.split('}').next().unwrap().split(',').collect();
            assert!(parts[0] == parts[1] && parts[1] == parts[2], "{parts:?}");
        }
    }
}

#[test]
fn in_grey_cells_that_hurt_are_hatched() {
    let forms = |look: RenderOptions| {
        let document = svg(&cells(), look, &[]).unwrap();
        let plot = document.split("<g clip-path").nth(1).unwrap().split("</g>").next().unwrap();
        plot.matches("<polygon").count()
    };
    assert_eq!(forms(Size::COLUMN.into()), 0);
    assert!(forms(grey(Size::COLUMN)) > 10);
    let tex = |look: RenderOptions| tex(&cells(), look, "taskscope").unwrap();
    let lines = |look| tex(look).matches("-- cycle").count();
    assert_eq!(lines(Size::COLUMN.into()), 0);
    assert!(lines(grey(Size::COLUMN)) > 10);
}

#[test]
fn series_in_grey_differ_by_dashes_or_symbols_where_they_share_a_grey() {
    use taskscope::figure::{Dash, Symbol};
    let look = |series: u8| {
        let grey = Colours::Grey.of(MarkRole::Series(series));
        (grey, Dash::of_series(series), Symbol::of_series(series))
    };
    for one in 0..7 {
        assert!((0..one).all(|other| look(one) != look(other)));
    }
}

#[test]
fn the_legend_of_a_column_is_no_smaller_than_eight_points() {
    for purpose in PURPOSES {
        let layout = Layout::of(&sketches::sweep(), purpose.size).unwrap();
        let points = layout.legend_em / purpose.size.dpi * 72.0;
        assert!(points > 7.99, "{}: {points}", purpose.name);
    }
}

#[test]
fn a_drawing_in_grey_says_so_and_is_drawn_again_from_its_own_file() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (first, again) = (path("first.svg"), path("again.svg"));
    let common = ["export", "two-tasks", "--figure", "plane", "--preset", "column"];
    printed(&[&common[..], &["--colours", "grey", "--out", &first]].concat());
    let text = fs::read_to_string(&first).unwrap();
    assert!(
        text.contains("--preset column --colours grey")
            && text.contains("colours&quot;:&quot;grey")
    );
    printed(&["export", &first, "--figure", "plane", "--out", &again]);
    assert_eq!(text, fs::read_to_string(&again).unwrap());
    let plain = path("plain.svg");
    printed(&[&common[..], &["--colours", "okabe-ito", "--out", &plain]].concat());
    assert!(!fs::read_to_string(&plain).unwrap().contains("colours"));
    let output = taskscope(&[&common[..], &["--colours", "rainbow", "--out", &plain]].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("okabe-ito, grey"), "{said}");
}

#[test]
fn the_json_behind_a_figure_holds_its_points_and_what_it_takes_to_check_them() {
    let scenario = PRESETS[0].scenario().unwrap();
    for figure in [sketches::sweep(), cells()] {
        let drawing = Provenance { figure: "sweep".into(), ..Provenance::default() };
        let figure = export::printed(&figure, scenario.draft(), &drawing);
        let written = |kind| {
            let bytes = export::picture(kind, &figure, scenario.draft(), &drawing).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        let json: serde_json::Value = serde_json::from_str(&written(FigureFormat::Json)).unwrap();
        assert_eq!(json["format"], 1);
        assert_eq!(json["caption"], figure.caption.as_str());
        assert_eq!(json["x"]["label"], figure.x.label.as_str());
        assert_eq!(json["trials"].as_f64(), Some(scenario.draft().trials));
        assert_eq!(json["seed"].as_f64(), Some(scenario.draft().seed));
        assert!(json["command"].as_str().unwrap().starts_with("taskscope export two-tasks"));
        let marks = json["marks"].as_array().unwrap();
        let points = marks.iter().map(|mark| mark["points"].as_array().unwrap().len());
        assert_eq!(points.sum::<usize>(), written(FigureFormat::Csv).lines().count() - 1);
        if figure.has_cells() {
            let point = &marks[0]["points"][1];
            assert_eq!((&point["gain"], &point["verdict"]), (&(-0.8).into(), &"hurts".into()));
        }
    }
}

#[test]
fn reproduce_writes_every_figure_and_a_page_that_needs_nothing_else() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("paper");
    printed(&["reproduce", "--trials", "2", "--out", out.to_str().unwrap()]);
    let mut expected: Vec<String> = PLATES
        .iter()
        .flat_map(|plate| ["png", "svg", "pdf", "csv", "txt"].map(|e| format!("{}.{e}", plate.id)))
        .chain(["index.html".to_owned()])
        .collect();
    expected.sort();
    assert_eq!(names(&out), expected);

    let page = fs::read_to_string(out.join("index.html")).unwrap();
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(&page, options).unwrap();
    let all = |name: &str| {
        let named = |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == name;
        document.descendants().filter(named).collect::<Vec<_>>()
    };
    let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{ids:?}");
    for link in all("a") {
        let target = link.attribute("href").unwrap();
        let there = match target.strip_prefix('#') {
            Some(id) => ids.contains(&id),
            None => out.join(target).is_file(),
        };
        assert!(there, "{target}");
    }
    for loading in ["src=", "@import", "<link", "<script", "url(http", "href=\"http"] {
        assert!(!page.contains(loading), "{loading}");
    }
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("name=\"viewport\""));
    assert_eq!(all("svg").len(), PLATES.len());
    let captions = all("figcaption");
    assert_eq!(captions.len(), PLATES.len());
    for (caption, plate) in captions.iter().zip(PLATES) {
        let words = caption.text().unwrap();
        assert!(words.contains("n = ") && words.contains('±'), "{}: {words}", plate.id);
        assert!(words.ends_with(plate.paper), "{}", plate.id);
        let beside = fs::read_to_string(out.join(format!("{}.txt", plate.id))).unwrap();
        assert!(beside.contains(words) && beside.contains("Alternative text: Chart: "));
        assert!(beside.contains(&format!("taskscope reproduce --only {}", plate.id)));
    }
    for word in ["seed", "version", "taskscope sweep fig3-task2 fig3-task3 fig3-task4 --x"] {
        assert!(page.contains(word), "{word}");
    }
}

#[test]
fn reproduce_gives_the_same_bytes_with_any_number_of_threads() {
    let folder = TempDir::new().unwrap();
    let only = "figure-2-jump-landscape,figure-6-similarity,figure-7-noise";
    let [one, two] = ["1", "2"].map(|threads| {
        let out = folder.path().join(threads);
        let place = out.to_str().unwrap();
        let common = ["reproduce", "--only", only, "--trials", "4", "--colours", "grey"];
        printed(&[&common[..], &["--threads", threads, "--out", place]].concat());
        out
    });
    assert_eq!(names(&one).len(), 16);
    assert_eq!(names(&one), names(&two));
    for name in names(&one) {
        assert!(fs::read(one.join(&name)).unwrap() == fs::read(two.join(&name)).unwrap(), "{name}");
    }
}

#[test]
fn reproduce_refuses_what_it_cannot_do_with_the_codes_of_the_program() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    let below = file.join("paper");
    let (place, below) = (folder.path().to_str().unwrap(), below.to_str().unwrap());
    let figure = ["--only", "figure-2-smooth-plane"];
    for (arguments, code, word) in [
        (vec!["--only", "figure-9", "--out", place], 2, "figure-2-smooth-plane, "),
        (vec!["--trials", "1", "--out", place], 2, "from 2 to 100000"),
        (vec!["--preset", "stamp", "--out", place], 2, "column"),
        ([&figure[..], &["--out", below]].concat(), 5, "file"),
    ] {
        let output = taskscope(&[&["reproduce"], &arguments[..]].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(word), "{said}");
    }
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn the_alternative_text_names_the_names_along_an_axis() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("x.png");
    let common = ["export", "alignment", "--trials", "4", "--figure", "similarity"];
    printed(&[&common[..], &["--format", "png", "--out", out.to_str().unwrap()]].concat());
    let text = fs::read_to_string(folder.path().join("x.txt")).unwrap();
    assert!(
        text.contains(
            "Vertically alignment: before, R, A, B learned, R, A learned, whitening, recolouring"
        ),
        "{text}"
    );
    assert!(text.contains("at before to") && text.contains("at recolouring"), "{text}");
}
