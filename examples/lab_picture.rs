//! Draws the Lab as it looks in a terminal of 120 × 36 and writes it as an SVG.
//!
//! `cargo run --release --example lab_picture -- assets/pictures/lab.svg`

#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::sync::mpsc::channel;
use std::{env, error::Error, fs, path::PathBuf};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use taskscope::app::{App, Effect, Key, Message};
use taskscope::scenario::Preset;
use taskscope::ui::{self, Depth};
use taskscope::worker::Worker;

const WIDTH: f64 = 8.4;
const HEIGHT: f64 = 18.0;
const PAPER: &str = "#101418";
const INK: &str = "#d8dee4";

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).map_or_else(|| env::temp_dir().join("lab.svg"), PathBuf::from);
    let mut app = lab("turning-data", 33)?;
    let mut terminal = Terminal::new(TestBackend::new(120, 36))?;
    app.settings.colours = Depth::True;
    terminal.draw(|frame| drop(ui::draw(&app, frame)))?;
    fs::write(&path, svg(terminal.backend().buffer()))?;
    println!("wrote {}", path.display());
    Ok(())
}

/// The Lab after → has been pressed some times and everything has been computed.
fn lab(preset: &str, presses: usize) -> Result<App, Box<dyn Error>> {
    let scenario = Preset::find(preset).ok_or("no such preset")?.scenario()?;
    let mut app = App::new(preset, scenario);
    let (wake, woken) = channel();
    let worker = Worker::new(move || {
        let _ = wake.send(());
    });
    let start = |effects: Vec<Effect>| {
        for effect in effects {
            if let Effect::Start(id, job) = effect {
                worker.start(id, job);
            }
        }
    };
    start(app.start());
    for press in 0..=presses {
        loop {
            woken.recv()?;
            for (id, report) in worker.reports() {
                start(app.update(Message::Report(id, report)));
            }
            let measured = app.lab.fresh && app.measurement().is_some_and(|m| m.is_complete());
            let drawn = app.lab.curve.as_ref().is_some_and(|curve| curve.complete)
                && app.lab.course.as_ref().is_some_and(|course| course.is_finished());
            if measured && (press < presses || drawn) {
                break;
            }
        }
        if press < presses {
            start(app.update(Message::Key(Key::Right)));
        }
    }
    Ok(app)
}

fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let (width, height) = (f64::from(columns) * WIDTH + 16.0, f64::from(rows) * HEIGHT + 16.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">\n\
         <title>The Lab of taskscope: two tasks, their knobs, the gain, the verdict and why</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{PAPER}\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"13.5\">\n"
    );
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let cell = &buffer[(column, row)];
            let place = (8.0 + f64::from(column) * WIDTH, 8.0 + f64::from(row) * HEIGHT);
            let symbol = cell.symbol().chars().next().unwrap_or(' ');
            if let Some(dots) = braille(symbol) {
                draw_dots(&mut svg, place, dots, ink(cell));
            } else if let Some(arms) = arms(symbol) {
                draw_arms(&mut svg, place, arms, ink(cell));
            } else if symbol != ' ' {
                let end = run_end(buffer, column, row);
                draw_text(&mut svg, buffer, (column, end, row), place);
                column = end;
                continue;
            }
            column += 1;
        }
    }
    svg + "</g>\n</svg>\n"
}

/// The end of the text that begins at a cell: same style, no drawing, no gap.
fn run_end(buffer: &Buffer, from: u16, row: u16) -> u16 {
    let first = &buffer[(from, row)];
    (from + 1..buffer.area.width)
        .find(|&column| {
            let cell = &buffer[(column, row)];
            let symbol = cell.symbol().chars().next().unwrap_or(' ');
            symbol == ' '
                || braille(symbol).is_some()
                || arms(symbol).is_some()
                || cell.style() != first.style()
        })
        .unwrap_or(buffer.area.width)
}

fn draw_text(
    svg: &mut String,
    buffer: &Buffer,
    (from, end, row): (u16, u16, u16),
    (x, y): (f64, f64),
) {
    let cell = &buffer[(from, row)];
    let text: String = (from..end).map(|column| buffer[(column, row)].symbol()).collect();
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let weight = if cell.modifier.contains(Modifier::BOLD) { " font-weight=\"bold\"" } else { "" };
    let length = f64::from(end - from) * WIDTH;
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{weight}>{text}</text>",
        y + 13.5,
        ink(cell)
    );
}

fn draw_dots(svg: &mut String, (x, y): (f64, f64), dots: u32, ink: String) {
    const PLACES: [(f64, f64); 8] = [
        (0.0, 0.0),
        (0.0, 1.0),
        (0.0, 2.0),
        (1.0, 0.0),
        (1.0, 1.0),
        (1.0, 2.0),
        (0.0, 3.0),
        (1.0, 3.0),
    ];
    let mut path = String::new();
    for (bit, (column, row)) in PLACES.iter().enumerate() {
        if dots >> bit & 1 == 1 {
            let (x, y) = (x + (column + 0.25) * WIDTH / 2.0, y + (row + 0.2) * HEIGHT / 4.0);
            let _ = write!(path, "M{x:.1} {y:.1}h2.2v2.6h-2.2z");
        }
    }
    let _ = writeln!(svg, "<path d=\"{path}\" fill=\"{ink}\"/>");
}

fn draw_arms(svg: &mut String, (x, y): (f64, f64), (arms, heavy): ([bool; 4], bool), ink: String) {
    let (middle, centre) = (x + WIDTH / 2.0, y + HEIGHT / 2.0);
    let ends = [(middle, y), (x + WIDTH, centre), (middle, y + HEIGHT), (x, centre)];
    let mut path = String::new();
    for ((end_x, end_y), _) in ends.iter().zip(arms).filter(|(_, is)| *is) {
        let _ = write!(path, "M{middle:.1} {centre:.1}L{end_x:.1} {end_y:.1}");
    }
    let width = if heavy { 2.2 } else { 1.0 };
    let _ = writeln!(
        svg,
        "<path d=\"{path}\" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linecap=\"square\"/>"
    );
}

fn braille(symbol: char) -> Option<u32> {
    let dots = (symbol as u32).checked_sub(0x2800)?;
    (dots < 256).then_some(dots)
}

/// Arms of a box-drawing character (up, right, down, left) and whether it is heavy.
fn arms(symbol: char) -> Option<([bool; 4], bool)> {
    let (arms, heavy) = match symbol {
        '─' => ("0101", false),
        '│' => ("1010", false),
        '┌' => ("0110", false),
        '┐' => ("0011", false),
        '└' => ("1100", false),
        '┘' => ("1001", false),
        '├' => ("1110", false),
        '┤' => ("1011", false),
        '┬' => ("0111", false),
        '┼' => ("1111", false),
        '━' => ("0101", true),
        '┃' => ("1010", true),
        '┏' => ("0110", true),
        '┓' => ("0011", true),
        '┗' => ("1100", true),
        '┛' => ("1001", true),
        _ => return None,
    };
    let mut bits = arms.bytes().map(|b| b == b'1');
    Some(([(); 4].map(|()| bits.next().unwrap_or(false)), heavy))
}

fn ink(cell: &Cell) -> String {
    match cell.fg {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        _ => INK.to_owned(),
    }
}
