//! Prints tables of results of the library, one at a time.
//!
//! `cargo run --release --example tables -- NAME`, where NAME is one of the modules below.

#![allow(clippy::print_stdout)]

use std::error::Error;

mod alignment;
mod descent;
mod landscape;
mod optima;
mod relu;
mod theory_check;
mod weights;

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args().nth(1).as_deref() {
        Some("alignment") => alignment::print(),
        Some("descent") => descent::print()?,
        Some("landscape") => landscape::print(),
        Some("optima") => optima::print(),
        Some("relu") => relu::print(),
        Some("theory_check") => theory_check::print()?,
        Some("weights") => weights::print(),
        _ => return Err(
            "name a table: alignment, descent, landscape, optima, relu, theory_check or weights"
                .into(),
        ),
    }
    Ok(())
}
