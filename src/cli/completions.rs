//! `taskscope completions`: prints the completion script for a shell.

use clap::CommandFactory;

use super::args::{Args, Completions};
use super::output;
use crate::error::Result;

pub(super) fn completions(args: &Completions) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "taskscope", &mut script);
    output::script(&String::from_utf8_lossy(&script))
}
