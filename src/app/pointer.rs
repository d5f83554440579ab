//! The mouse, independent of any terminal library: its gestures and targets.

use super::action::Action;
use super::pane::Pane;
use super::screen::KeyContext;
use super::screen::theory::TheoryPane;
use super::studies::FormRow;
use crate::scenario::Handle;

/// Gestures of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gesture {
    /// A button is pressed.
    Press,
    /// The pointer moves with a button down.
    Drag,
    /// The button is released.
    Release,
    /// The pointer moves with no button down.
    Move,
    /// The wheel turns by this many notches, positive away from the user.
    Wheel(i32),
}

/// Something on the screen that the mouse can touch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HitTarget {
    /// An action: a tab, or a hint in the footer.
    Action(Action),
    /// A line of the open overlay.
    Entry(usize),
    /// The area outside the open overlay.
    Beside,
    /// A pane of the Lab.
    Pane(Pane),
    /// The track of a slider; positions run from 0 to 1 along it.
    Slider(Handle),
    /// A pane of the Theory screen.
    Aspect(TheoryPane),
    /// The area inside the axes of a Lab figure or the landscape; positions are shares of the axes.
    Figure(Pane),
    /// A row of the sweep form.
    Setting(FormRow),
    /// The area inside the axes of a sweep chart; positions are shares of the axes.
    Chart,
    /// The area inside the axes of the matrix; positions are shares of the axes.
    Matrix,
    /// A run in the list.
    Run(u64),
    /// A cell of a table, by row and column.
    Cell(usize, usize),
    /// A part of a screen that gets the focus when clicked.
    Part(KeyContext),
}

/// A mouse event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pointer {
    /// The gesture.
    pub gesture: Gesture,
    /// Its target; during a drag, the target where the drag began.
    pub spot: Option<HitTarget>,
    /// Position on the target, as shares from the left and from the bottom; 0 to 1 inside.
    pub at: (f64, f64),
}

/// The item being dragged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Grip {
    /// The handle of a slider.
    Slider(Handle),
    /// The tip of θ of the source.
    Tip,
    /// An axis of the ellipse of the source's rows.
    Axis {
        /// True for the loud axis, false for the quiet one.
        loud: bool,
    },
}
