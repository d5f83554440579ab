//! Presses keys in a program without a terminal and writes its screen as an SVG.
//!
//! `cargo run --release --example lab_picture -- lab.svg`

#![allow(clippy::print_stdout)]

use std::{env, error::Error, path::PathBuf};

use taskscope::app::settings::Depth;
use taskscope::app::{App, Key};
use taskscope::export;
use taskscope::job::Filing;
use taskscope::scenario::Preset;
use taskscope::tui::still;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).map_or_else(|| env::temp_dir().join("lab.svg"), PathBuf::from);
    let scenario = Preset::find("turning-data").ok_or("no such preset")?.scenario()?;
    let mut app = App::new("turning-data", scenario);
    app.settings.colours = Depth::True;
    still::start(&mut app);
    for _ in 0..33 {
        still::press(&mut app, Key::Right);
    }
    let document = still::screen(&app, (120, 36));
    export::file(&Filing { document, path: path.clone(), replace: true })?;
    println!("wrote {}", path.display());
    Ok(())
}
