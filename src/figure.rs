//! What is drawn: one description of a figure, for the terminal and for files alike.

pub mod axis;
pub mod gain;
pub mod loss;
pub mod plane;
pub mod words;

pub use axis::{Axis, Format, Scale, Tick};

/// A figure: axes, marks, words. Coordinates are in the units of its axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Short name: `gain`, `loss`, `plane`.
    pub id: &'static str,
    /// One line above it.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What is drawn, back to front.
    pub marks: Vec<Mark>,
    /// What a reader must know to check it: n, seeds, what the intervals are.
    pub caption: String,
    /// Whether a unit must be as long on both axes.
    pub square: bool,
}

/// One thing drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Whose it is: decides its colour.
    pub role: Role,
    /// Its form.
    pub shape: Shape,
    /// Its entry in the legend; marks without a name have none.
    pub name: Option<String>,
}

/// Whose a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The target.
    Target,
    /// The source.
    Source,
    /// The shared module.
    Shared,
    /// Predicted without training.
    Theory,
    /// Measured over trials.
    Measured,
    /// The present setting.
    Here,
    /// A baseline or a level to compare with.
    Reference,
}

/// The form of a mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A line through points in order.
    Line {
        /// The points.
        points: Vec<(f64, f64)>,
        /// Its dashes.
        dash: Dash,
    },
    /// Points with vertical intervals.
    Points {
        /// The points.
        points: Vec<Estimate>,
        /// Their symbol.
        symbol: Symbol,
    },
    /// A horizontal rule across the figure.
    Level {
        /// Where.
        y: f64,
        /// Its dashes.
        dash: Dash,
    },
    /// A vertical rule across the figure.
    Upright {
        /// Where.
        x: f64,
        /// Its dashes.
        dash: Dash,
    },
    /// An arrow.
    Arrow {
        /// Its tail.
        from: (f64, f64),
        /// Its tip.
        to: (f64, f64),
        /// Its dashes.
        dash: Dash,
    },
    /// The image of the unit circle under a matrix (rows), around the origin.
    Ellipse {
        /// The matrix.
        map: [[f64; 2]; 2],
        /// Its dashes.
        dash: Dash,
    },
    /// Words whose left end is at a point.
    Text {
        /// The point.
        at: (f64, f64),
        /// The words.
        text: String,
    },
}

/// A point with the interval it stands for; `low = high = y` for none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Horizontal position.
    pub x: f64,
    /// The estimate.
    pub y: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
}

/// Dashes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// Symbol of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// ●
    Disc,
    /// ▲
    Triangle,
    /// ◉
    Ring,
}

impl Figure {
    /// Whether there is nothing in it but levels to compare with.
    pub fn is_empty(&self) -> bool {
        let level = |mark: &Mark| matches!(mark.shape, Shape::Level { .. } | Shape::Upright { .. });
        self.marks.iter().all(level)
    }
}

impl Mark {
    /// A mark without an entry in the legend.
    pub fn new(role: Role, shape: Shape) -> Self {
        Self { role, shape, name: None }
    }

    /// The same mark with an entry in the legend.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}
