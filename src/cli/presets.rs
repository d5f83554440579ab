//! `taskscope presets`: the scenarios that come with the program.

use crate::cli::output;
use crate::error::{Invalid, Result};
use crate::scenario::Preset;
use crate::scenario::preset::PRESETS;

pub(super) fn presets(args: &Presets) -> Result<()> {
    let Some(name) = &args.name else {
        return output::print(&list()?);
    };
    let preset = Preset::find(name).ok_or_else(|| {
        let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
        Invalid::new("preset", format!("\"{name}\""), names.join(", "))
    })?;
    output::print(preset.json)
}

fn list() -> Result<String> {
    let width = PRESETS.iter().map(|preset| preset.name.len()).max().unwrap_or(0);
    PRESETS
        .iter()
        .map(|preset| Ok(format!("{:<width$}  {}\n", preset.name, preset.draft()?.title)))
        .collect()
}

#[derive(Debug, clap::Args)]
pub(super) struct Presets {
    /// The preset to print
    pub name: Option<String>,
}
