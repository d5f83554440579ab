//! `taskscope knobs`: lists the knobs of a scenario.

use crate::cli::output;
use crate::cli::source::Source;
use crate::error::Result;
use crate::scenario::Handle;

pub(super) fn knobs(args: &Knobs) -> Result<()> {
    let (_, scenario) = args.source.scenario()?;
    let draft = scenario.draft();
    let handles = Handle::all(draft);
    let width = handles.iter().map(|handle| handle.path(draft).len()).max().unwrap_or(0);
    let lines: String = handles
        .iter()
        .filter_map(|handle| {
            let value = handle.knob.text(handle.get(draft)?);
            let path = handle.path(draft);
            let allowed = scenario.allowed_words(*handle);
            Some(format!("{path:<width$}  {value:>10}  {}; {allowed}\n", handle.knob.help))
        })
        .collect();
    output::print(&lines)
}

#[derive(Debug, clap::Args)]
pub(super) struct Knobs {
    #[command(flatten)]
    pub source: Source,
}
