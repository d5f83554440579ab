//! `taskscope [PRESET|FILE|FOLDER]`: the screen, or a summary where there is none.

use std::io::{IsTerminal, stdin, stdout};
use std::path::{Path, PathBuf};

use super::args::Source;
use super::{interrupt, output, report, run, study};
use crate::error::Result;
use crate::export::folder;
use crate::study::Results;

pub(super) fn open(source: &Source) -> Result<()> {
    if let Some(asked) = &source.scenario
        && Path::new(asked).join(folder::STUDY).is_file()
    {
        return open_study(asked.into());
    }
    let (name, scenario) = source.scenario()?;
    if is_screen() {
        #[cfg(feature = "tui")]
        return screen(crate::app::App::new(name, scenario));
    }
    interrupt::end_on_signals(None)?;
    let results = run::measured(&scenario)?;
    output::print(&report::text(&name, &scenario, &results))
}

fn open_study(place: PathBuf) -> Result<()> {
    let opened = folder::open(&[place])?;
    for what in &opened.damage {
        output::note(what);
    }
    let mut results = Results::new(opened.study);
    results.ledger = opened.ledger;
    if is_screen() {
        #[cfg(feature = "tui")]
        if let Some(app) = crate::app::App::with_study(results.clone()) {
            return screen(app);
        }
    }
    interrupt::end_on_signals(None)?;
    study::finish(None, &mut results, false)
}

#[cfg(feature = "tui")]
fn screen(mut app: crate::app::App) -> Result<()> {
    app.settings = super::settings::settings();
    crate::tui::run(app)
}

/// Whether there is a screen to draw on and a keyboard to listen to.
fn is_screen() -> bool {
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    cfg!(feature = "tui") && stdout().is_terminal() && stdin().is_terminal() && !dumb
}
