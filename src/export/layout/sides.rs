//! Which axis of a figure lies below its plot, and which stands beside it.

use crate::figure::{Axis, Figure, TickFormat};

/// The axes as they are drawn. Those of a figure with names along its horizontal axis change places,
/// so that names of any length are read from left to right, the first at the top.
#[derive(Debug, Clone, PartialEq)]
pub struct Sides {
    /// The axis below the plot.
    pub across: Axis,
    /// The axis beside the plot.
    pub up: Axis,
    /// True if the axes have changed places.
    pub lying: bool,
}

impl Sides {
    /// The axes of a figure.
    pub(in crate::export) fn of(figure: &Figure) -> Self {
        let (x, y, lying) = (figure.x.clone(), figure.y.clone(), figure.is_lying());
        match lying {
            true => Self { across: y, up: Axis { from: x.to, to: x.from, ..x }, lying },
            false => Self { across: x, up: y, lying },
        }
    }

    /// The axes of a matrix with a number before every name beside it, and the numbers alone below it;
    /// `None` unless the names beside it begin those below it.
    pub(super) fn numbered(&self) -> Option<Self> {
        let (TickFormat::Names(below), TickFormat::Names(beside)) =
            (&self.across.format, &self.up.format)
        else {
            return None;
        };
        let more = below.strip_prefix(beside.as_slice())?.iter().cloned();
        let numbers = 1..=beside.len();
        let short = numbers.clone().map(|number| number.to_string()).chain(more);
        let long = numbers.zip(beside).map(|(number, name)| format!("{number} {name}"));
        Some(Self {
            across: Axis { format: TickFormat::names(short), ..self.across.clone() },
            up: Axis { format: TickFormat::names(long), ..self.up.clone() },
            lying: self.lying,
        })
    }

    /// Returns what belongs to the axis below the plot, then what belongs to the axis beside it.
    pub(in crate::export) fn turned<T>(&self, (x, y): (T, T)) -> (T, T) {
        if self.lying { (y, x) } else { (x, y) }
    }
}
