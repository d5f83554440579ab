//! A row of the test card.

use crate::cli::output;

pub(in crate::cli) fn row(name: &str, value: &str) -> String {
    format!("{name:<14}  {}\n", output::visible(value))
}
