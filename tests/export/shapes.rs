//! Bands, cells and series look the same in the terminal, in PNG and in SVG.
#![cfg(all(feature = "png", feature = "tui"))]

use std::collections::HashSet;
use std::io::Cursor;

use crate::support::sketches;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use taskscope::export::{Layout, Size, colour, png, svg};
use taskscope::figure::{
    Anchor, Axis, AxisScale, Cell, Cells, Dash, Estimate, Figure, LegendSample, Mark, MarkRole,
    Shape, Symbol, Tick, TickFormat,
};
use taskscope::transfer::Verdict;
use taskscope::ui::theme::{ColourDepth, Theme};
use taskscope::ui::widget::figure::{self, Placed};

const SMALL: Size = Size { width: 320, height: 240, dpi: 100.0, text: 7.0, caption: true };

fn axis(scale: AxisScale, from: f64, to: f64) -> Axis {
    Axis { label: "value".into(), scale, from, to, format: TickFormat::Number }
}

fn with(marks: Vec<Mark>) -> Figure {
    Figure {
        id: "test",
        title: "A title".into(),
        x: axis(AxisScale::Linear, 0.0, 10.0),
        y: axis(AxisScale::Linear, 0.0, 1.0),
        marks,
        caption: "A sentence.".into(),
        square: false,
    }
}

/// Pixels of an image with their positions.
fn pixels(figure: &Figure, size: Size) -> Vec<((f64, f64), [u8; 3])> {
    let bytes = png(figure, size, &[]).unwrap();
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
    let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut buffer).unwrap();
    let place = |i: usize| {
        let width = size.width as usize;
        ((i % width) as f64 + 0.5, (i / width) as f64 + 0.5)
    };
    let pixels = buffer.chunks_exact(3).enumerate();
    pixels.map(|(i, pixel)| (place(i), [pixel[0], pixel[1], pixel[2]])).collect()
}

/// The rows of a terminal with the figure.
fn terminal(figure: &Figure, width: u16, height: u16) -> Vec<String> {
    let (buffer, _) = placed(figure, width, height);
    buffer
        .content
        .chunks(width.into())
        .map(|row| row.iter().map(|cell| cell.symbol()).collect())
        .collect()
}

fn placed(figure: &Figure, width: u16, height: u16) -> (Buffer, Placed<'_>) {
    let area = Rect { x: 3, y: 2, width, height };
    let mut buffer = Buffer::empty(area);
    let placed = figure::draw(figure, &Theme::new(ColourDepth::None), area, &mut buffer);
    (buffer, placed)
}

/// Every shape that has points, at each of the values.
fn shapes(values: &[f64]) -> Vec<Shape> {
    let points: Vec<Estimate> = values
        .iter()
        .flat_map(|&x| values.iter().map(move |&y| Estimate { x, y, low: -x, high: x }))
        .collect();
    let mut shapes = vec![Shape::Band { points: points.clone() }];
    for series in 0..7 {
        let line = points.iter().map(|p| (p.x, p.y)).collect();
        shapes.push(Shape::Line { points: line, dash: Dash::of_series(series) });
        let symbol = Symbol::of_series(series);
        shapes.push(Shape::Points { points: points.clone(), symbol });
    }
    let verdicts = [Verdict::Helps, Verdict::NoDifference, Verdict::Hurts, Verdict::Undecided];
    let cells = (0..values.len().pow(2)).map(|i| {
        let cell = Cell::new(values[i % values.len()], verdicts[i % 4]);
        (i % 4 < 3).then(|| cell.saying("words"))
    });
    let edges = values.to_vec();
    let full = Cells { columns: edges.clone(), rows: edges, cells: cells.collect() };
    shapes.push(Shape::Cells(Cells { cells: Vec::new(), ..full.clone() }));
    shapes.push(Shape::Cells(full));
    for anchor in [Anchor::Start, Anchor::Middle, Anchor::End] {
        let text = "words at a point".to_owned();
        shapes.extend(values.iter().map(|&x| Shape::Text {
            at: (x, x),
            text: text.clone(),
            anchor,
        }));
    }
    shapes
}

#[test]
fn values_that_fall_into_one_row_are_not_written_over_each_other() {
    let mut figure = with(Vec::new());
    figure.y = axis(AxisScale::Linear, -0.3, 0.04);
    figure.y.format = TickFormat::Percent;
    for height in 4..20 {
        for row in terminal(&figure, 50, height) {
            let label = row.split_once('┤').map_or("", |(label, _)| label.trim());
            assert!(label.split_whitespace().filter(|w| *w != "%").count() <= 1, "{row}");
        }
    }
}

#[test]
fn a_point_on_a_level_stands_in_the_row_of_its_line() {
    for height in 8..40 {
        for y in [0.0, 0.07, 0.31, 0.5, 0.69, 0.93, 1.0] {
            let points = vec![Estimate { x: 5.0, y, low: y, high: y }];
            let point = Shape::Points { points, symbol: Symbol::Disc };
            let level = Shape::Level { y, dash: Dash::Solid };
            let marks = [level, point].map(|shape| Mark::new(MarkRole::Measured, shape));
            let rows = terminal(&with(marks.to_vec()), 40, height);
            let row = rows.iter().find(|row| row.contains('●')).unwrap();
            let inside = row.split_once(['│', '┤']).unwrap().1;
            assert!(inside.starts_with(|c| c != ' '), "{y} at {height}: {row}");
        }
    }
}

#[test]
fn the_bar_of_a_point_stands_in_the_column_of_its_symbol() {
    for width in 20..70 {
        for x in [0.0, 1.3, 4.9, 5.0, 5.1, 7.77, 9.99, 10.0] {
            let points = vec![Estimate { x, y: 0.5, low: 0.1, high: 0.9 }];
            let shape = Shape::Points { points, symbol: Symbol::Disc };
            let figure = with(vec![Mark::new(MarkRole::Measured, shape)]);
            let (buffer, placed) = placed(&figure, width, 14);
            let (column, row) = placed.cell_at((x, 0.5)).unwrap();
            let inner = placed.inner();
            for at in inner.positions().filter(|at| (at.x, at.y) != (column, row)) {
                let is_bar = !["", " "].contains(&buffer[at].symbol());
                assert!(!is_bar || at.x == column, "{x} at {width}: {at}");
            }
            assert_ne!(buffer[(column, row + 1)].symbol(), " ", "{x} at {width}");
        }
    }
}

#[test]
fn every_shape_is_drawn_everywhere_with_no_point_one_and_values_of_every_kind() {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 5e-324, 0.0, 0.5, 3.0];
    let ends = [(0.0, 1.0), (1.0, 0.0), (1.0, 1.0), (f64::NAN, 1.0), (1e-300, 1e300)];
    for values in [&[][..], &[0.5], &odd] {
        for (from, to) in ends {
            for scale in [AxisScale::Linear, AxisScale::Log] {
                let roles = (0..).map(MarkRole::Series);
                let marks = shapes(values).into_iter().zip(roles);
                let marks = marks.map(|(shape, role)| Mark::new(role, shape).named("a mark"));
                let (x, y) = (axis(scale, from, to), axis(scale, to, from));
                let figure = Figure { x, y, ..with(marks.collect()) };
                png(&figure, SMALL, &[]).unwrap();
                let document = svg(&figure, SMALL, &[]).unwrap();
                roxmltree::Document::parse(&document).unwrap();
                for (width, height) in [(70, 24), (16, 6), (3, 3)] {
                    terminal(&figure, width, height);
                }
            }
        }
    }
}

#[test]
fn series_differ_in_colour_and_in_symbol_or_dash() {
    let looks = |series| (Symbol::of_series(series), Dash::of_series(series));
    let distinct = |i: u8, j: u8| i == j || looks(i) != looks(j);
    assert!((0..7).all(|i| (0..7).all(|j| distinct(i, j))));
    let neighbours = |i: u8| {
        let (a, b) = (looks(i), looks(i + 1));
        a.0 != b.0 && a.1 != b.1
    };
    assert!((0..6).all(neighbours));
    let colours: HashSet<[u8; 3]> = (0..7).map(|series| colour(MarkRole::Series(series))).collect();
    assert_eq!(colours.len(), 7);
    assert_eq!(colour(MarkRole::Series(0)), [0x00, 0x72, 0xb2]);
    assert_eq!(colour(MarkRole::Series(7)), colour(MarkRole::Series(0)));
}

#[test]
fn the_legend_shows_the_line_of_a_series_behind_its_symbol() {
    let legend = &terminal(&sketches::sweep(), 70, 24)[0];
    assert!(legend.contains("●── joint training") && legend.contains("▲╌╌ joint"), "{legend}");
}

#[test]
fn a_band_is_tinted_from_end_to_end_and_stays_within_the_plot() {
    let points = [(-5.0, 2.0), (2.0, 0.3), (6.0, f64::INFINITY), (20.0, 0.4)]
        .map(|(x, half)| Estimate { x, y: 0.5, low: 0.5 - half, high: 0.5 + half });
    let band = Shape::Band { points: points.into() };
    let figure = with(vec![Mark::new(MarkRole::Series(1), band)]);
    let plot = Layout::of(&figure, Size::PAGE).unwrap().plot;
    let tinted: Vec<(f64, f64)> = pixels(&figure, Size::PAGE)
        .into_iter()
        .filter(|(_, [red, green, blue])| *red > 240 && *green < 235 && blue < green)
        .map(|(place, _)| place)
        .collect();
    assert!(tinted.iter().all(|&place| plot.holds(place)));
    let columns: HashSet<i64> = tinted.iter().map(|place| place.0 as i64).collect();
    assert!(columns.len() as f64 > 0.98 * plot.width(), "{} columns", columns.len());
    for row in terminal(&figure, 70, 24).iter().filter(|row| row.contains('│')) {
        assert!(row.split('│').next().unwrap().chars().all(|c| !is_braille(c)), "{row}");
    }
}

fn is_braille(character: char) -> bool {
    ('\u{2801}'..='\u{28ff}').contains(&character)
}

/// Cells over the whole of a linear and a logarithmic axis, each with its own gain.
fn quilt(columns: usize, rows: usize, verdict: Verdict) -> Figure {
    let edges = |count: usize| (0..=count).map(move |i| i as f64 / count as f64);
    let count = (columns * rows) as f64;
    let cells = (0..columns * rows).map(|i| Some(Cell::new((i as f64 + 0.5) / count, verdict)));
    let cells = Cells {
        columns: edges(columns).map(|share| 10.0 * share).collect(),
        rows: edges(rows).map(|share| 10f64.powf(4.0 * share)).collect(),
        cells: cells.collect(),
    };
    let y = axis(AxisScale::Log, 1.0, 1e4);
    Figure { y, ..with(vec![Mark::new(MarkRole::Measured, Shape::Cells(cells))]) }
}

#[test]
fn cells_cover_the_plot_without_gaps() {
    for (columns, rows) in [(1, 1), (7, 3), (40, 20)] {
        let figure = quilt(columns, rows, Verdict::Hurts);
        let plot = Layout::of(&figure, Size::PAGE).unwrap().plot;
        let inner = taskscope::export::layout::Rect {
            left: plot.left + 3.0,
            top: plot.top + 3.0,
            right: plot.right - 3.0,
            bottom: plot.bottom - 3.0,
        };
        let image = pixels(&figure, Size::PAGE);
        let bare = |[red, green, blue]: [u8; 3]| !(red > green && green > blue);
        let gaps = image.iter().filter(|(place, pixel)| inner.holds(*place) && bare(*pixel));
        assert_eq!(gaps.count(), 0, "{columns} × {rows}");
        let shades: HashSet<[u8; 3]> =
            image.iter().filter(|(place, _)| inner.holds(*place)).map(|(_, p)| *p).collect();
        assert!(shades.len() >= columns.min(100), "{columns} × {rows}: {}", shades.len());
        let lines = terminal(&figure, 70, 24);
        let lines: Vec<&str> = lines.iter().filter_map(|l| l.split(['│', '┤']).nth(1)).collect();
        assert!(lines.len() > 15);
        assert!(lines.iter().all(|l| l.trim_end().chars().all(|c| "-=≡#".contains(c))));
        assert!(lines.iter().all(|l| l.trim_end().chars().count() > 55));
    }
}

#[test]
fn the_sign_of_a_gain_is_seen_without_colour() {
    let shown = |verdict| -> HashSet<char> {
        let lines = terminal(&quilt(8, 4, verdict), 70, 24);
        let inside = lines.iter().filter_map(|line| line.split(['│', '┤']).nth(1));
        inside.flat_map(|line| line.trim_end().chars().collect::<Vec<_>>()).collect()
    };
    let set = |text: &str| text.chars().collect::<HashSet<char>>();
    assert_eq!(shown(Verdict::Helps), set("░▒▓█"));
    assert_eq!(shown(Verdict::Hurts), set("-=≡#"));
    assert_eq!(shown(Verdict::NoDifference), set("·"));
    assert_eq!(shown(Verdict::Undecided), set("?"));
}

#[test]
fn the_shades_of_cells_are_explained_once_and_missing_ones_where_there_are_any() {
    let samples = |figure: &Figure| -> Vec<LegendSample> {
        figure.legend().into_iter().map(|key| key.sample).collect()
    };
    let [helps, none, hurts] = [Verdict::Helps, Verdict::NoDifference, Verdict::Hurts]
        .map(|verdict| LegendSample::Cell(Some(verdict)));
    assert_eq!(samples(&quilt(2, 2, Verdict::Helps)), [helps, none, hurts]);
    let open = LegendSample::Cell(Some(Verdict::Undecided));
    assert_eq!(samples(&quilt(2, 2, Verdict::Undecided)), [helps, none, hurts, open]);
    assert_eq!(samples(&sketches::affinities()), [helps, none, hurts, LegendSample::Cell(None)]);
    assert_eq!(samples(&sketches::phases()).len(), 6);
}

#[test]
fn words_stand_in_the_middle_of_cells_that_have_room() {
    let figure = sketches::affinities();
    let document = svg(&figure, Size::PAGE, &[]).unwrap();
    assert_eq!(document.matches("+41").count(), 1);
    for (width, height) in [(70, 24), (50, 16)] {
        let lines = terminal(&figure, width, height).join("\n");
        assert_eq!(lines.matches(" +41 ").count(), 1, "{lines}");
        assert!(lines.contains("−59") && !lines.contains("··−1"), "{lines}");
    }
}

#[test]
fn points_above_names_are_drawn_beside_them_with_whole_names_and_the_first_at_the_top() {
    let names = ["a plan of two", "all together", "every one alone"];
    let figure = Figure {
        x: Axis::of_names("plan", names),
        y: Axis { label: "gain".into(), from: -0.2, to: 0.4, ..sketches::sweep().y },
        marks: vec![Mark::new(
            MarkRole::Measured,
            Shape::Points {
                points: (0..3)
                    .map(|x| Estimate { x: f64::from(x), y: 0.1, low: 0.0, high: 0.2 })
                    .collect(),
                symbol: Symbol::Disc,
            },
        )],
        ..sketches::affinities()
    };
    let layout = Layout::of(&figure, Size::COLUMN).unwrap();
    assert!(layout.sides.lying && !layout.x.upright && layout.x.label == "gain");
    let mut shown: Vec<&str> = layout.y.ticks.iter().map(|tick| tick.text.as_str()).collect();
    shown.sort_unstable();
    assert_eq!(shown, names);
    assert!(layout.sides.up.share(0.0) > layout.sides.up.share(2.0));
}

#[test]
fn the_names_below_a_matrix_are_the_numbers_of_its_rows_where_they_do_not_fit() {
    let figure = sketches::affinities();
    for (size, numbered) in [(Size::PAGE, false), (Size::COLUMN, true)] {
        let layout = Layout::of(&figure, size).unwrap();
        assert_eq!((layout.x.ticks.len(), layout.y.ticks.len()), (6, 6));
        assert!(!layout.x.upright);
        let below: Vec<&str> = layout.x.ticks.iter().map(|tick| tick.text.as_str()).collect();
        assert_eq!(below[..2] == ["1", "2"], numbered, "{below:?}");
        let beside = |tick: &Tick| tick.text.starts_with(|c: char| c.is_ascii_digit());
        assert_eq!(layout.y.ticks.iter().all(beside), numbered);
    }
    let lines = terminal(&figure, 70, 24).join("\n");
    assert!(["depth", "normals", "segmentation", "reshading"].iter().all(|n| lines.contains(n)));
}

#[test]
fn a_place_in_the_terminal_is_found_from_a_value_and_back() {
    for figure in [sketches::sweep(), sketches::phases(), sketches::affinities()] {
        let (_, placed) = placed(&figure, 70, 24);
        for place in placed.inner().positions() {
            let value = placed.value_at(place.x, place.y).unwrap();
            assert_eq!(placed.cell_at(value), Some((place.x, place.y)), "{}", figure.id);
        }
        let inner = placed.inner();
        assert_eq!(placed.value_at(inner.x - 1, inner.y), None);
        assert_eq!(placed.value_at(inner.x, inner.bottom()), None);
        assert_eq!(placed.cell_at((f64::NAN, 0.0)), None);
    }
}

#[test]
fn every_cell_of_the_terminal_belongs_to_one_cell_of_a_matrix() {
    let figure = sketches::affinities();
    let Shape::Cells(cells) = &figure.marks[0].shape else { panic!() };
    for (width, height) in [(70, 24), (50, 16), (33, 15)] {
        let (_, placed) = placed(&figure, width, height);
        let areas: Vec<Rect> =
            cells.places().map(|(c, r)| placed.rect_of(cells, c, r).unwrap()).collect();
        let covered: u32 = areas.iter().map(|area| area.area()).sum();
        assert_eq!(covered, placed.inner().area(), "{width} × {height}");
        for (area, place) in areas.iter().zip(cells.places()) {
            let under = area.positions().map(|at| placed.value_at(at.x, at.y).unwrap());
            assert!(under.into_iter().all(|value| cells.find(value) == Some(place)));
        }
        assert_eq!(placed.rect_of(cells, 6, 0), None);
    }
}

#[test]
fn a_chosen_cell_is_marked_by_form() {
    let figure = sketches::affinities();
    let Shape::Cells(cells) = &figure.marks[0].shape else { panic!() };
    let (mut buffer, placed) = placed(&figure, 70, 24);
    let area = placed.rect_of(cells, 1, 0).unwrap();
    figure::highlight(area, &Theme::new(ColourDepth::None), &mut buffer);
    assert_eq!(buffer[(area.x, area.y)].symbol(), "┏");
    assert_eq!(buffer[(area.right() - 1, area.bottom() - 1)].symbol(), "┛");
    for (width, symbol) in [(1, "╋"), (3, "[")] {
        let area = Rect { width, height: 1, ..area };
        figure::highlight(area, &Theme::new(ColourDepth::None), &mut buffer);
        assert_eq!(buffer[(area.x, area.y)].symbol(), symbol);
    }
    let outside = Rect { x: 1000, ..area };
    figure::highlight(outside, &Theme::new(ColourDepth::None), &mut buffer);
}

#[test]
fn words_at_the_edge_of_a_plot_are_moved_inside() {
    for (x, anchor) in [(10.0, Anchor::Start), (0.0, Anchor::End), (0.0, Anchor::Middle)] {
        let text = "words that are long".to_owned();
        let mark = Mark::new(MarkRole::Here, Shape::Text { at: (x, 0.5), text, anchor });
        let lines = terminal(&with(vec![mark]), 70, 24).join("\n");
        assert!(lines.contains("words that are long"), "{lines}");
    }
}
