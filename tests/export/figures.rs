//! Figures as PNG files: content, positions of the parts, and failed writes.
#![cfg(feature = "png")]

use std::fs;
use std::io::Cursor;
use std::sync::Arc;

use taskscope::cancel::Cancel;
use taskscope::error::Error;
use taskscope::export;
use taskscope::export::layout::Rect;
use taskscope::export::{Layout, Size, colour, has_glyph, png, printed};
use taskscope::figure::{
    Anchor, Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat,
    gain, loss, plane,
};
use taskscope::job::{Document, SaveRequest};
use taskscope::provenance::Provenance;
use taskscope::scenario::check::along_track;
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Handle, Scenario};
use taskscope::store;
use taskscope::store::atomic::Over;
use taskscope::study::measure::measure;
use taskscope::study::prediction::predict;
use taskscope::study::training_run::TrainingSetup;
use taskscope::study::{Curve, Trial};
use taskscope::transfer::{Plane, Prediction};

const ROLES: [MarkRole; 7] = [
    MarkRole::Target,
    MarkRole::Source,
    MarkRole::Shared,
    MarkRole::Theory,
    MarkRole::Measured,
    MarkRole::Here,
    MarkRole::Reference,
];
const SMALL: Size = Size { width: 320, height: 240, dpi: 100.0, text: 7.0, caption: true };

/// The pixels and metadata of an image.
struct Image {
    pixels: Vec<[u8; 3]>,
    width: usize,
    info: png::Info<'static>,
}

impl Image {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        reader.finish().unwrap();
        let info = reader.info().clone();
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgb, png::BitDepth::Eight));
        let pixels = buffer.chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
        Self { pixels, width: info.width as usize, info }
    }

    /// Positions of the pixels of a colour.
    fn places(&self, colour: [u8; 3]) -> impl Iterator<Item = (f64, f64)> {
        let all = self.pixels.iter().enumerate().filter(move |(_, pixel)| **pixel == colour);
        all.map(|(i, _)| ((i % self.width) as f64 + 0.5, (i / self.width) as f64 + 0.5))
    }
}

fn draw(figure: &Figure, size: Size) -> Image {
    Image::read(&png(figure, size, &[]).unwrap())
}

fn small(json: &str) -> Scenario {
    let mut value: serde_json::Value = serde_json::from_str(json).unwrap();
    value["trials"] = 3.into();
    let dimension = value["data"]["dimension"].as_u64().unwrap();
    if value["dataset"].is_null() {
        value["data"]["dimension"] = dimension.min(20).into();
    }
    Scenario::parse(&value.to_string(), "test").unwrap()
}

/// A curve along a knob with few points.
fn coarse_curve(scenario: &Scenario, handle: Handle) -> Curve {
    let along = |points| {
        let values = along_track(scenario, handle, points).into_iter();
        values.filter_map(|value| Some((value, scenario.with(handle, value).ok()?)))
    };
    let outcome = |here: &Scenario| {
        let found = measure(here, &[here.approach()], &Cancel::new(), |_| {}).unwrap();
        found.own().targets
    };
    let measured = along(5).map(|(value, here)| (value, outcome(&here))).collect();
    let mut curve = Curve { complete: false, ..Curve::measured(handle, measured) };
    for (value, here) in along(9) {
        match predict(&here, 1) {
            Ok(prediction) => curve.theory.push((value, prediction)),
            Err(gap) => curve.gaps.push((value, gap)),
        }
    }
    curve
}

fn figures(scenario: &Scenario, handle: Handle) -> [Figure; 3] {
    let cancel = Cancel::new();
    let curve = coarse_curve(scenario, handle);
    let here = measure(scenario, &scenario.beside_baseline(), &cancel, |_| {}).unwrap();
    let trial = Trial::own(scenario, 0);
    let setup = TrainingSetup::of(scenario, &trial);
    let mut run = setup.start();
    (0..50).for_each(|_| setup.advance(&mut run));
    let seen = Plane::of(&trial.population, scenario.pair());
    let [optimum, descent] =
        [&trial.fits[0].optimum.model, &run.joint.model].map(|model| seen.direction(&model.module));
    [
        gain::figure(scenario, &curve, Some(&here.own().targets), None),
        loss::figure(scenario, &run, &setup.floor(&trial)),
        plane::figure(scenario, &seen, optimum, descent),
    ]
}

fn axis(scale: AxisScale, from: f64, to: f64) -> Axis {
    Axis { label: "value (unit)".into(), scale, from, to, format: TickFormat::Number }
}

fn with(marks: Vec<Mark>) -> Figure {
    Figure {
        id: "test",
        title: "A title".into(),
        x: axis(AxisScale::Linear, 0.0, 10.0),
        y: axis(AxisScale::Linear, 0.0, 1.0),
        marks,
        caption: "One sentence. Another sentence.".into(),
        square: false,
    }
}

fn point(x: f64, y: f64, low: f64, high: f64) -> Estimate {
    Estimate { x, y, low, high }
}

/// One mark of every shape and dash, at values of all kinds.
fn every_shape(values: &[f64]) -> Vec<Mark> {
    let pairs: Vec<(f64, f64)> =
        values.iter().flat_map(|&x| values.iter().map(move |&y| (x, y))).collect();
    let points = pairs.iter().map(|&(x, y)| point(x, y, x, y)).collect();
    let mut shapes = vec![
        Shape::Line { points: Vec::new(), dash: Dash::Solid },
        Shape::Points { points: Vec::new(), symbol: Symbol::Disc },
        Shape::Points { points, symbol: Symbol::Triangle },
    ];
    for dash in [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDot] {
        shapes.push(Shape::Line { points: pairs.clone(), dash });
        for &value in values {
            shapes.push(Shape::Line { points: vec![(value, value)], dash });
            shapes.push(Shape::Level { y: value, dash });
            shapes.push(Shape::Upright { x: value, dash });
            shapes.push(Shape::Ellipse { map: [[value, 0.0], [1.0, value]], dash });
            shapes.push(Shape::Text {
                at: (value, 0.5),
                text: "words".into(),
                anchor: Anchor::Middle,
            });
        }
        for pair in pairs.windows(2) {
            shapes.push(Shape::Arrow { from: pair[0], to: pair[1], dash });
        }
    }
    let marks = shapes.into_iter().zip(ROLES.into_iter().cycle());
    marks.map(|(shape, role)| Mark::new(role, shape)).collect()
}

fn assert_in_order(layout: &Layout, context: &str) {
    let parts = [&layout.title.area, &layout.legend, &layout.axes, &layout.caption.area];
    for (i, part) in parts.iter().enumerate() {
        let empty = part.width() <= 0.0 || part.height() <= 0.0;
        let inside = layout.image.holds((part.left, part.top))
            && layout.image.holds((part.right, part.bottom));
        assert!(empty || inside, "{context}: part {i} leaves the image: {part:?}");
        for other in &parts[..i] {
            assert!(empty || !part.overlaps(other), "{context}: {part:?} overlaps {other:?}");
        }
    }
    assert!(layout.axes.holds((layout.plot.left, layout.plot.top)), "{context}");
    assert!(layout.axes.holds((layout.plot.right, layout.plot.bottom)), "{context}");
}

#[test]
fn an_image_has_the_size_density_and_words_asked_for() {
    let metadata = [("Scenario", "{\"θ\": 1}".to_owned())];
    for size in [Size::PAGE, Size::COLUMN, SMALL] {
        let image = Image::read(&png(&with(Vec::new()), size, &metadata).unwrap());
        let info = &image.info;
        assert_eq!((info.width, info.height), (size.width, size.height));
        let density = info.pixel_dims.unwrap();
        assert_eq!(density.unit, png::Unit::Meter);
        assert_eq!((f64::from(density.xppu) * 0.0254).round(), size.dpi);
        assert_eq!(density.xppu, density.yppu);
        let software = &info.uncompressed_latin1_text[0];
        assert_eq!(software.keyword, "Software");
        assert_eq!(software.text, concat!("taskscope ", env!("CARGO_PKG_VERSION")));
        let notes: Vec<(String, String)> = info
            .utf8_text
            .iter()
            .map(|note| (note.keyword.clone(), note.get_text().unwrap()))
            .collect();
        let note = |keyword: &str, text: &str| (keyword.to_owned(), text.to_owned());
        let expected = [
            note("Title", "A title"),
            note("Description", "One sentence. Another sentence."),
            note("Scenario", "{\"θ\": 1}"),
        ];
        assert_eq!(notes, expected);
    }
}

#[test]
fn equal_figures_give_equal_bytes() {
    let figure = with(every_shape(&[0.0, 0.3, 1.0]));
    assert_eq!(png(&figure, SMALL, &[]).unwrap(), png(&figure, SMALL, &[]).unwrap());
}

#[test]
fn every_figure_of_every_preset_is_drawn_in_order_and_with_glyphs_of_the_font() {
    for (turn, preset) in PRESETS.iter().enumerate() {
        let scenario = small(preset.json);
        for (place, figure) in figures(&scenario, scenario.focus()).into_iter().enumerate() {
            let figure = printed(&figure, scenario.draft(), &Provenance::default());
            for size in [Size::PAGE, Size::COLUMN] {
                let context = format!("{} {} {}", preset.name, figure.id, size.width);
                let layout = Layout::of(&figure, size).unwrap();
                assert_in_order(&layout, &context);
                let named = figure.marks.iter().filter(|mark| mark.name.is_some()).count();
                let own = layout.entries.iter().filter(|entry| entry.mark < figure.marks.len());
                assert_eq!(own.count(), named, "{context}");
                let least = if size == Size::PAGE { 3 } else { 2 };
                assert!(
                    layout.x.ticks.len() >= 3 && layout.y.ticks.len() >= least,
                    "{context}: {:?} {:?}",
                    figure.x,
                    figure.y
                );
                assert_eq!(
                    (&layout.x.label, &layout.y.label),
                    (&figure.x.label, &figure.y.label),
                    "{context}"
                );
                assert!(!layout.caption.lines.is_empty(), "{context}");
            }
            assert_glyphs(&figure);
            // Pixels are slow: only the smaller size, and one figure of each preset in turn.
            if place == turn % 3 {
                let image = draw(&figure, Size::COLUMN);
                let is_seen = |mark: &Mark| image.places(colour(mark.role)).count() > 10;
                assert!(figure.marks.iter().all(is_seen), "{} {}", preset.name, figure.id);
            }
        }
    }
}

#[test]
fn a_page_holds_the_whole_caption() {
    let scenario = small(PRESETS[0].json);
    for figure in figures(&scenario, scenario.focus()) {
        let layout = Layout::of(&figure, Size::PAGE).unwrap();
        assert_eq!(layout.caption.lines.join(" "), figure.caption);
    }
}

#[test]
fn what_a_column_cannot_hold_of_the_caption_is_left_out_by_the_sentence() {
    let scenario = small(PRESETS[0].json);
    let [gain, ..] = figures(&scenario, scenario.focus());
    let shown = Layout::of(&gain, Size::COLUMN).unwrap().caption.lines.join(" ");
    assert!(shown.ends_with('.') && gain.caption.starts_with(&shown), "{shown}");
    let bare = Size { caption: false, ..Size::COLUMN };
    assert!(Layout::of(&gain, bare).unwrap().caption.lines.is_empty());
}

#[test]
fn every_knob_has_words_that_the_font_can_draw() {
    let scenario = small(PRESETS[0].json);
    for handle in Handle::all(scenario.draft()) {
        let knob = handle.knob;
        let label = format!("{} {} {}", handle.path(scenario.draft()), knob.symbol, knob.unit);
        assert!(label.chars().all(has_glyph), "{label}");
        let mut words =
            [0.0, 0.3, 1.0].map(|share| knob.text(knob.along(knob.track, share))).concat();
        words += handle.knob.unit;
        assert!(words.chars().all(has_glyph), "{words}");
    }
    assert!("−×±²∠θκσφα₁‖≤…°".chars().all(has_glyph));
    assert!(!has_glyph('\u{10ffff}'));
}

fn assert_glyphs(figure: &Figure) {
    let ticks = [&figure.x, &figure.y].map(|axis| axis.ticks(9)).concat();
    let mut words = vec![figure.title.clone(), figure.caption.clone()];
    words.extend([figure.x.label.clone(), figure.y.label.clone()]);
    words.extend(ticks.into_iter().map(|tick| tick.text));
    words.extend(figure.marks.iter().filter_map(|mark| mark.name.clone()));
    for text in words {
        let missing: String = text.chars().filter(|c| !has_glyph(*c)).collect();
        assert!(missing.is_empty(), "{text:?} needs {missing:?}");
    }
}

#[test]
fn every_role_is_seen_in_its_colour() {
    let marks = ROLES.iter().enumerate().map(|(i, &role)| {
        let y = 0.1 + 0.12 * i as f64;
        Mark::new(role, Shape::Line { points: vec![(0.0, y), (10.0, y)], dash: Dash::Solid })
    });
    let image = draw(&with(marks.collect()), Size::PAGE);
    for role in ROLES {
        assert!(image.places(colour(role)).count() > 1000, "{role:?}");
    }
}

#[test]
fn dashes_tell_lines_apart_without_colour() {
    let seen = |dash| {
        let line = Shape::Line { points: vec![(0.0, 0.5), (10.0, 0.5)], dash };
        let image = draw(&with(vec![Mark::new(MarkRole::Source, line)]), Size::PAGE);
        let mut columns: Vec<i64> =
            image.places(colour(MarkRole::Source)).map(|(x, _)| x as i64).collect();
        columns.sort_unstable();
        columns.dedup();
        columns.windows(2).filter(|pair| pair[1] > pair[0] + 1).count()
    };
    let dashes = [Dash::Solid, Dash::Dashed, Dash::Dotted, Dash::DashDot];
    let [solid, dashed, dotted, both] = dashes.map(seen);
    assert_eq!(solid, 0);
    assert!(dashed > 20 && dotted > 2 * dashed, "{dashed} dashes, {dotted} dots");
    assert!(both > dashed && both < dotted, "{dashed} dashes, {both} dashes and dots");
}

#[test]
fn nothing_of_the_data_is_drawn_outside_the_plot() {
    let values = [-1e300, -3.0, 0.0, 0.4, 1.0, 5.0, 12.0, 1e6, 1e300];
    let figure = with(every_shape(&values));
    for size in [Size::PAGE, SMALL] {
        let plot = Layout::of(&figure, size).unwrap().plot;
        let plot = Rect {
            left: plot.left - 1.0,
            top: plot.top - 1.0,
            right: plot.right + 1.0,
            bottom: plot.bottom + 1.0,
        };
        let image = draw(&figure, size);
        for role in
            ROLES.into_iter().filter(|role| !matches!(role, MarkRole::Theory | MarkRole::Reference))
        {
            assert!(image.places(colour(role)).all(|place| plot.holds(place)), "{role:?}");
        }
    }
}

#[test]
fn the_legend_never_covers_data_however_long_its_names() {
    for names in [1, 4, 9, 40] {
        for length in [3, 30, 300] {
            for square in [false, true] {
                let mark = |i: usize| {
                    let shape = Shape::Level { y: i as f64 / 40.0, dash: Dash::Solid };
                    Mark::new(MarkRole::Target, shape).named("name ".repeat(length / 5 + 1))
                };
                let figure = Figure { square, ..with((0..names).map(mark).collect()) };
                for size in [Size::PAGE, Size::COLUMN, SMALL] {
                    let context = format!("{names} names of {length}, square {square}, {size:?}");
                    assert_in_order(&Layout::of(&figure, size).unwrap(), &context);
                }
            }
        }
    }
}

#[test]
fn labels_of_ticks_do_not_touch() {
    for (from, to) in [(0.0, 180.0), (-0.3, 0.7), (1e-9, 1e9), (0.999, 1.001), (123456.0, 123457.0)]
    {
        for scale in [AxisScale::Linear, AxisScale::Log] {
            let figure =
                Figure { x: axis(scale, from, to), y: axis(scale, from, to), ..with(Vec::new()) };
            for size in [Size::PAGE, Size::COLUMN, SMALL] {
                let layout = Layout::of(&figure, size).unwrap();
                for pair in layout.y.ticks.windows(2) {
                    let apart = figure.y.share(pair[1].at) - figure.y.share(pair[0].at);
                    assert!(apart * layout.data.height() > layout.em, "{from} {to} {pair:?}");
                }
                for pair in layout.x.ticks.windows(2) {
                    let apart = figure.x.share(pair[1].at) - figure.x.share(pair[0].at);
                    let letters =
                        pair.iter().map(|t| t.text.chars().count()).sum::<usize>() as f64 / 2.0;
                    assert!(
                        apart * layout.data.width() > 0.5 * letters * layout.em,
                        "{from} {to} {pair:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_square_figure_has_equal_units_on_both_axes() {
    for (width, height) in [(1600, 1000), (600, 1400), (992, 709)] {
        let size = Size { width, height, ..Size::PAGE };
        let circle = Shape::Ellipse { map: [[1.0, 0.0], [0.0, 1.0]], dash: Dash::Solid };
        let figure = Figure {
            x: axis(AxisScale::Linear, -1.5, 1.5),
            y: axis(AxisScale::Linear, -1.2, 1.2),
            square: true,
            ..with(vec![Mark::new(MarkRole::Source, circle)])
        };
        let image = draw(&figure, size);
        let places: Vec<_> = image.places(colour(MarkRole::Source)).collect();
        let span = |axis: fn(&(f64, f64)) -> f64| {
            let values = places.iter().map(axis);
            values.clone().fold(0.0, f64::max) - values.fold(f64::INFINITY, f64::min)
        };
        assert!((span(|p| p.0) - span(|p| p.1)).abs() <= 2.0);
    }
}

#[test]
fn values_of_every_kind_are_drawn_or_left_out_without_fault() {
    let odd =
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, 5e-324, -0.0, 0.5, 1e-300];
    let ends = [
        (0.0, 1.0),
        (1.0, 0.0),
        (1.0, 1.0),
        (f64::NAN, 1.0),
        (0.0, f64::INFINITY),
        (f64::MIN, f64::MAX),
        (0.0, 5e-324),
        (1.0, 1.0 + f64::EPSILON),
        (1e-300, 1e300),
        (-5.0, 3.0),
    ];
    for scale in [AxisScale::Linear, AxisScale::Log] {
        for (from, to) in ends {
            for square in [false, true] {
                let (x, y) = (axis(scale, from, to), axis(scale, to, from));
                let figure = Figure { x, y, square, ..with(every_shape(&odd)) };
                draw(&figure, Size { width: 160, height: 120, ..SMALL });
            }
        }
    }
}

#[test]
fn figures_with_little_in_them_are_drawn() {
    let one = Shape::Points { points: vec![point(5.0, 0.5, 0.4, 0.6)], symbol: Symbol::Ring };
    let line = Shape::Line { points: vec![(5.0, 0.5)], dash: Dash::Solid };
    for shape in [one, line] {
        let image = draw(&with(vec![Mark::new(MarkRole::Source, shape)]), Size::COLUMN);
        assert!(image.places(colour(MarkRole::Source)).count() > 3);
    }
    let mut bare = with(Vec::new());
    (bare.title, bare.caption) = (String::new(), String::new());
    (bare.x.label, bare.y.label) = (String::new(), String::new());
    draw(&bare, SMALL);
}

#[test]
fn axes_of_names_whole_numbers_and_turns_are_drawn() {
    let formats = [
        TickFormat::names(["uniform", "by-size"]),
        TickFormat::Whole,
        TickFormat::Degrees,
        TickFormat::Times,
        TickFormat::Percent,
    ];
    for format in formats {
        let x = Axis { format, ..axis(AxisScale::Linear, 0.0, 1.0) };
        let layout = Layout::of(&Figure { x: x.clone(), ..with(Vec::new()) }, SMALL).unwrap();
        assert!(layout.x.ticks.len() >= 2, "{:?}", x.format);
    }
}

#[test]
fn text_too_large_for_the_image_is_drawn_smaller() {
    for (width, height) in [(100, 100), (100, 5000), (5000, 100)] {
        let size = Size { width, height, dpi: 2400.0, text: 200.0, caption: true };
        let figure = with(vec![
            Mark::new(MarkRole::Here, Shape::Level { y: 0.5, dash: Dash::Dashed }).named("a level"),
        ]);
        assert_in_order(&Layout::of(&figure, size).unwrap(), &format!("{width} × {height}"));
        draw(&figure, size);
    }
}

#[test]
fn a_size_that_is_not_allowed_is_refused_with_what_is() {
    let wrong = [
        Size { width: 0, ..SMALL },
        Size { height: 1_000_000, ..SMALL },
        Size { dpi: f64::NAN, ..SMALL },
        Size { text: -1.0, ..SMALL },
    ];
    for size in wrong {
        let Err(Error::Value(invalid)) = png(&with(Vec::new()), size, &[]) else {
            panic!("{size:?}")
        };
        assert!(invalid.allowed.contains(" to "), "{invalid}");
    }
}

#[test]
fn a_keyword_that_no_file_can_hold_is_refused() {
    let long = "k".repeat(100);
    for keyword in ["", long.as_str(), "θ"] {
        let drawn = png(&with(Vec::new()), SMALL, &[(keyword, String::new())]);
        assert!(matches!(drawn, Err(Error::Failed(_))), "{keyword:?}");
    }
}

#[test]
fn writing_makes_a_file_or_replaces_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    store::write(&path, b"first", Over::Nothing).unwrap();
    store::write(&path, b"second", Over::Any).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"second");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_picture_holds_the_scenario_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    let scenario = Arc::new(small(PRESETS[0].json));
    let figure = Box::new(with(Vec::new()));
    let drawing = Box::new(Provenance::of(&figure));
    let document = Document::Picture { figure, scenario: Arc::clone(&scenario), drawing };
    let filing = SaveRequest { document, path: path.clone(), replace: false };
    store::file(&filing).unwrap();
    assert!(store::file(&filing).is_err());
    let image = Image::read(&fs::read(&path).unwrap());
    let held = image.info.utf8_text.iter().find(|note| note.keyword == export::SCENARIO).unwrap();
    let read = Scenario::parse(&held.get_text().unwrap(), "picture").unwrap();
    assert_eq!(read.draft(), scenario.draft());
    let again = SaveRequest { document: Document::Scenario(Arc::new(read)), path, replace: true };
    store::file(&again).unwrap();
    let json = fs::read_to_string(&again.path).unwrap();
    assert_eq!(Scenario::parse(&json, "file").unwrap().draft(), scenario.draft());
}

#[test]
fn a_failed_write_leaves_what_was_there_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    fs::write(&path, b"old").unwrap();
    let fails = |path: &std::path::Path, over| {
        let Err(fault @ Error::Write { .. }) = store::write(path, b"new", over) else { panic!() };
        assert_eq!(fault.exit_code(), 5);
        assert!(fault.to_string().contains(&*path.to_string_lossy()), "{fault}");
    };
    let taken = store::write(&path, b"new", Over::Nothing).unwrap_err();
    assert!(matches!(taken, Error::Exists(_)) && taken.exit_code() == 2, "{taken}");
    fails(folder.path(), Over::Any);
    fails(folder.path(), Over::Nothing);
    fails(&folder.path().join("missing").join("a.png"), Over::Any);
    fails(&path.join("below-a-file.png"), Over::Any);
    let mut closed = fs::metadata(&path).unwrap().permissions();
    closed.set_readonly(true);
    fs::set_permissions(&path, closed).unwrap();
    fails(&path, Over::Any);
    assert_eq!(fs::read(&path).unwrap(), b"old");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn what_is_no_regular_file_is_never_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let folder = tempfile::tempdir().unwrap();
    let [socket, pipe, link] = ["socket", "pipe", "link"].map(|name| folder.path().join(name));
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink(&socket, &link).unwrap();
    for (path, found) in [(&socket, "a socket"), (&pipe, "a pipe"), (&link, "a link")] {
        for over in [Over::Any, Over::Ours, Over::Nothing] {
            let fault = store::write(path, b"new", over).unwrap_err();
            assert_eq!(fault.exit_code(), if path == &link { 2 } else { 5 });
            let said = fault.to_string();
            assert!(said.contains(path.to_str().unwrap()) && said.contains(found), "{said}");
            assert!(said.contains("allowed: a regular file"), "{said}");
        }
    }
    let kind = |path: &std::path::Path| fs::symlink_metadata(path).unwrap().file_type();
    assert!(kind(&socket).is_socket() && kind(&pipe).is_fifo() && kind(&link).is_symlink());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_name_that_is_taken_is_followed_by_the_first_free_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    assert_eq!(store::free(&path("a.b.png")), path("a.b.png"));
    for (taken, free) in [("a.b.png", "a.b-2.png"), ("a.b-2.png", "a.b-3.png")] {
        fs::write(path(taken), b"").unwrap();
        assert_eq!(store::free(&path("a.b.png")), path(free));
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_has_ordinary_permissions_and_an_old_one_keeps_its_own() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (ordinary, path) = (folder.path().join("ordinary"), folder.path().join("a.png"));
    fs::write(&ordinary, b"").unwrap();
    store::write(&path, b"new", Over::Any).unwrap();
    assert_eq!(mode(&path), mode(&ordinary));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    store::write(&path, b"newer", Over::Any).unwrap();
    assert_eq!(mode(&path), 0o600);
}

#[cfg(unix)]
#[test]
fn a_link_is_neither_followed_nor_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("real"), folder.path().join("link"));
    fs::write(&real, b"old").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let fault = store::write(&link, b"new", Over::Any).unwrap_err();
    assert!(fault.exit_code() == 2 && fault.to_string().contains("a link"), "{fault}");
    assert!(link.is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"old");
}

#[test]
fn the_band_of_theory_has_its_own_entry_in_the_legend() {
    let scenario = small(PRESETS[0].json);
    let [gain, ..] = figures(&scenario, scenario.focus());
    let gain = printed(&gain, scenario.draft(), &Provenance::default());
    let names: Vec<String> = gain.legend().into_iter().map(|entry| entry.text).collect();
    for name in ["theory ± margin", "theory"] {
        assert!(names.iter().any(|entry| entry == name), "{names:?}");
    }
}

#[test]
fn a_caption_gives_the_reason_of_a_run_and_speaks_only_of_theory_that_is_drawn() {
    let scenario = small(PRESETS[0].json);
    let theory = predict(&scenario, 1).unwrap();
    let measured = coarse_curve(&scenario, scenario.focus()).measured;
    let own = scenario.focus().get(scenario.draft()).unwrap();
    let caption = |theory: Vec<(f64, Prediction)>, gaps: Vec<(f64, &'static str)>| {
        let points = measured.clone();
        let curve = Curve { theory, gaps, ..Curve::measured(scenario.focus(), points) };
        gain::figure(&scenario, &curve, None, None).caption
    };
    let none = caption(vec![], vec![(0.0, "of another value"), (own, "of this value")]);
    assert!(none.contains("No theory line: of this value. "), "{none}");
    let gaps = vec![(own - 5.0, "one"), (own + 5.0, "other")];
    let isolated = caption(vec![(own, theory)], gaps);
    assert!(isolated.contains("No theory line: ") && !isolated.contains("band"), "{isolated}");
    let unasked = caption(vec![], vec![]);
    assert!(!unasked.contains("heory"), "only not drawn, though there is one: {unasked}");
}
