//! Draws a sweep, a phase diagram and a matrix of affinities, of invented numbers, as PNG and SVG
//! files and into the terminal.
//!
//! `cargo run --release --example shapes -- FOLDER`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::PathBuf;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use taskscope::export::{self, Size};
use taskscope::ui::theme::{Depth, Theme};
use taskscope::ui::widget::figure;

#[path = "../tests/sketches/mod.rs"]
mod sketches;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from);
    for drawn in sketches::all() {
        for (name, size) in [("page", Size::PAGE), ("column", Size::COLUMN)] {
            let path = |ending: &str| folder.join(format!("{}-{name}.{ending}", drawn.id));
            export::write(&path("png"), &export::png(&drawn, size, &[])?, export::Over::Ours)?;
            export::write(
                &path("svg"),
                export::svg(&drawn, size, &[])?.as_bytes(),
                export::Over::Ours,
            )?;
            println!("{}", path("svg").display());
        }
        for (width, height) in [(70, 24), (50, 16)] {
            let area = Rect { x: 0, y: 0, width, height };
            let mut buffer = Buffer::empty(area);
            figure::draw(&drawn, &Theme::new(Depth::None), area, &mut buffer);
            for row in buffer.content.chunks(usize::from(width)) {
                println!("{}", row.iter().map(|cell| cell.symbol()).collect::<String>());
            }
        }
    }
    Ok(())
}
