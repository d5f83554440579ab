//! A row of the test card.

use crate::text::shown;

pub(in crate::cli) fn row(name: &str, value: &str) -> String {
    format!("{name:<14}  {}\n", shown(value))
}
