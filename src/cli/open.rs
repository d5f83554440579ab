//! `taskscope [PRESET|FILE]`: the screen, or a summary where there is none.

use std::io::{IsTerminal, stdin, stdout};

use super::args::Source;
use super::{interrupt, output, report, run};
use crate::error::Result;

pub(super) fn open(source: &Source) -> Result<()> {
    let (name, scenario) = source.scenario()?;
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    if cfg!(feature = "tui") && stdout().is_terminal() && stdin().is_terminal() && !dumb {
        #[cfg(feature = "tui")]
        return crate::tui::run(crate::app::App::new(name, scenario));
    }
    interrupt::end_on_signals()?;
    let results = run::measured(&scenario)?;
    output::print(&report::text(&name, &scenario, &results))
}
