//! `taskscope guide`: lists the topics of the guide, or shows one.

use std::io::{IsTerminal, stdout};

use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::cli::{output, pager};
use crate::error::Result;
use crate::guide::{TOPICS, TextLine, Topic, laid_out};

/// Width of the text if the output is not a terminal.
const COLUMNS: usize = 80;
/// Largest width of the text; longer lines are hard to read.
const WIDEST: usize = 100;

#[derive(Debug, clap::Args)]
pub(super) struct Guide {
    /// The topic; without one, all topics are listed
    #[arg(value_name = "TOPIC", value_parser = topics())]
    pub topic: Option<String>,
}

fn topics() -> PossibleValuesParser {
    TOPICS.iter().map(|topic| PossibleValue::new(topic.name).help(topic.title())).into()
}

pub(super) fn guide(args: &Guide) -> Result<()> {
    let Some(topic) = args.topic.as_deref().and_then(Topic::find) else {
        return output::print(&list());
    };
    if !stdout().is_terminal() {
        let lines = laid_out(topic.text, COLUMNS).into_iter().map(|line| line.text + "\n");
        return output::print(&lines.collect::<String>());
    }
    let columns = terminal_size::terminal_size().map_or(COLUMNS, |(width, _)| width.0.into());
    let lines = laid_out(topic.text, columns.min(WIDEST));
    pager::show(&lines.iter().map(styled).collect::<String>())
}

fn list() -> String {
    let width = TOPICS.iter().map(|topic| topic.name.len()).max().unwrap_or(0);
    let line = |topic: &Topic| format!("{:<width$}  {}\n", topic.name, topic.title());
    TOPICS.iter().map(line).collect::<String>() + "\ntaskscope guide TOPIC shows a topic.\n"
}

/// A line for a terminal, with headings in bold.
fn styled(line: &TextLine) -> String {
    match line.heading {
        true => format!("\x1b[1m{}\x1b[0m\n", line.text),
        false => format!("{}\n", line.text),
    }
}
