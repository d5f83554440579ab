//! Numbers that are too large or too close together to compute with.

use super::fault::fault;
use super::types::{Dataset, DatasetTask};
use crate::error::Result;

/// The largest number that is read: products of four such numbers, summed over many rows, can be
/// computed.
pub(super) const LARGEST: f64 = 1e60;
/// The smallest difference between the numbers of a column whose products can be told from zero.
const SMALLEST: f64 = 1e-60;

/// What to do with a column that is too large.
pub(super) fn too_large(number: f64) -> String {
    let by = format!("1e{}", number.abs().log10().floor());
    format!("numbers up to {LARGEST:e} in size; divide the column by {by}")
}

/// Refuses numbers of a task that are too large, and columns whose numbers hardly differ.
pub(super) fn check(dataset: &Dataset, task: &DatasetTask) -> Result<()> {
    let origin = &dataset.title;
    column(origin, &format!("labels of {}", task.name), &task.y)?;
    for (values, name) in task.x.column_iter().zip(&dataset.features) {
        column(origin, &format!("{}, feature {name}", task.name), values.as_slice())?;
    }
    Ok(())
}

/// Checks the numbers of a column; those that are missing are not finite.
fn column(origin: &str, name: &str, values: &[f64]) -> Result<()> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (row, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        if value.abs() > LARGEST {
            let place = format!("{name}, row {} of values", row + 1);
            return Err(fault(origin, place, format!("{value:e}"), too_large(*value)));
        }
        (low, high) = (low.min(*value), high.max(*value));
    }
    let spread = high - low;
    if spread > 0.0 && spread < SMALLEST {
        let by = format!("1e{}", -spread.log10().floor());
        let allowed = format!(
            "numbers that differ by {SMALLEST:e} or more, or are all the same; multiply the column \
             by {by}"
        );
        return Err(fault(origin, name, format!("numbers within {spread:.0e}"), allowed));
    }
    Ok(())
}

/// Refuses a task whose largest label or feature, among all rows, is too large.
pub(super) fn not_large(origin: &str, task: &str, [y, x]: [f64; 2]) -> Result<()> {
    let largest = x.max(y);
    match largest > LARGEST {
        false => Ok(()),
        true => Err(fault(origin, task, format!("{largest:e}"), too_large(largest))),
    }
}
