//! The mouse, free of any terminal library: what it does, and on what.

use super::action::Action;
use super::lab::Pane;
use super::screen::KeyContext;
use super::studies::FormRow;
use super::theory::TheoryPane;
use crate::scenario::Handle;

/// What the mouse does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// A button goes down.
    Press,
    /// The pointer moves with the button down.
    Drag,
    /// The button comes up.
    Release,
    /// The pointer moves.
    Move,
    /// The wheel turns by notches, positive away from the user.
    Wheel(i32),
}

/// Something on the screen that the mouse can touch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HitTarget {
    /// Does a deed: a tab, a hint of the footer.
    Deed(Action),
    /// A line of the overlay that is open.
    Entry(usize),
    /// Beside the overlay that is open.
    Beside,
    /// A pane of the Lab.
    Pane(Pane),
    /// The track of a slider; across, 0 to 1 along the track.
    Slider(Handle),
    /// A pane of the Theory screen.
    Aspect(TheoryPane),
    /// Inside the axes of a figure of the Lab or of the landscape; shares of its axes.
    Figure(Pane),
    /// A row of the form of a sweep.
    Setting(FormRow),
    /// Inside the axes of the chart of a sweep; shares of its axes.
    Chart,
    /// Inside the axes of the matrix; shares of its axes.
    Matrix,
    /// A run in the list.
    Run(u64),
    /// A cell of a table, by row and column.
    Cell(usize, usize),
    /// A part of a screen that takes the keys when touched.
    Part(KeyContext),
}

/// What the mouse has done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pointer {
    /// What it did.
    pub gesture: Gesture,
    /// On what; while it drags, on what it began.
    pub spot: Option<HitTarget>,
    /// Where on it, in shares from the left and from the bottom, 0 to 1 inside.
    pub at: (f64, f64),
}

/// What the pointer has taken hold of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Grip {
    /// The handle of a slider.
    Slider(Handle),
    /// The tip of θ of the source.
    Tip,
    /// An axis of the ellipse of the source's rows: the loud one, or the quiet one.
    Axis {
        /// Whether it is the loud one.
        loud: bool,
    },
}
