//! `taskscope completions`: prints the completion script for a shell.

use crate::cli::output;
use crate::error::Result;

pub(super) fn completions(args: &Completions, mut program: clap::Command) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "taskscope", &mut script);
    output::script(&String::from_utf8_lossy(&script))
}

#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}
