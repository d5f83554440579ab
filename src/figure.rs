//! Figures: one description of what to draw, used by the terminal and by exported files.

pub mod advice;
pub mod affinity;
pub mod axis;
pub mod bound;
pub mod capacity;
pub mod cells;
pub mod class;
mod contour;
pub mod finding;
pub mod gain;
pub mod image;
pub mod landscape;
pub mod loss;
pub mod methods;
pub mod phase;
pub mod plane;
pub mod rows;
pub mod series;
pub mod sheet;
pub mod similarity;
pub mod singular;
pub mod spectrum;
pub mod style;
pub mod surrogate;
pub mod sweep;
mod ticks;
pub mod turning;
pub mod weights;
pub mod words;

pub use axis::{Axis, AxisScale, Tick, TickFormat};
pub use cells::{Cell, Cells, UNDECIDED};
pub use sheet::Sheet;
pub use style::{Anchor, Dash, MarkRole, Symbol};

use crate::transfer::Verdict;

/// A figure: axes, marks and text. Coordinates are in the units of its axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its id in [`FIGURES`](crate::catalog::FIGURES).
    pub id: &'static str,
    /// The title, one line.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The marks, back to front; cells and bands lie behind all other marks.
    pub marks: Vec<Mark>,
    /// The caption: everything needed to check the figure, such as n, seeds and intervals.
    pub caption: String,
    /// True if one unit has the same length on both axes.
    pub square: bool,
}

/// One element of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its role; decides its colour.
    pub role: MarkRole,
    /// Its shape.
    pub shape: Shape,
    /// Its legend entry; marks without a name have none, but cells always have entries.
    pub name: Option<String>,
    /// Its name in tables, if it differs from the legend entry.
    pub series: Option<String>,
    /// Names of its points, or of a horizontal line, in files drawn beside those where there is room.
    pub labels: Vec<String>,
}

/// The shape of a mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A line through points in order.
    Line {
        /// The points.
        points: Vec<(f64, f64)>,
        /// The dash pattern.
        dash: Dash,
    },
    /// Points with vertical intervals.
    Points {
        /// The points.
        points: Vec<Estimate>,
        /// Their symbol.
        symbol: Symbol,
    },
    /// A horizontal line across the figure.
    Level {
        /// Its position.
        y: f64,
        /// The dash pattern.
        dash: Dash,
    },
    /// A vertical line across the figure.
    Upright {
        /// Its position.
        x: f64,
        /// The dash pattern.
        dash: Dash,
    },
    /// An arrow.
    Arrow {
        /// Its tail.
        from: (f64, f64),
        /// Its tip.
        to: (f64, f64),
        /// The dash pattern.
        dash: Dash,
    },
    /// The image of the unit circle under a matrix (given by rows), around the origin.
    Ellipse {
        /// The matrix.
        map: [[f64; 2]; 2],
        /// The dash pattern.
        dash: Dash,
    },
    /// The region between interval ends, from each point to the next.
    Band {
        /// The points.
        points: Vec<Estimate>,
    },
    /// A grid of cells, each with a gain.
    Cells(Cells),
    /// Text at a point.
    Text {
        /// The point.
        at: (f64, f64),
        /// The text.
        text: String,
        /// The part of the text that is placed at the point.
        anchor: Anchor,
    },
}

/// A point with an interval; `low = high = y` if there is none.
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

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// Index of the mark it explains.
    pub mark: usize,
    /// The sample drawn beside the text.
    pub sample: LegendSample,
    /// The text.
    pub text: String,
}

/// The sample drawn in a legend entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegendSample {
    /// The mark, drawn small.
    Mark,
    /// The shades of cells with a verdict, or of cells without results.
    Cell(Option<Verdict>),
}

impl Figure {
    /// Returns the legend entries: one for each named mark, and for cells one for each shade.
    pub fn legend(&self) -> Vec<LegendEntry> {
        let mut keys = Vec::new();
        for (mark, shown) in self.marks.iter().enumerate() {
            match (&shown.shape, &shown.name) {
                (Shape::Cells(cells), name) => {
                    let lead = name.as_ref().map_or(String::new(), |name| format!("{name}: "));
                    let missing = cells.is_partial().then_some((None, "not measured"));
                    let shades = cells.shades().map(|(verdict, words)| (Some(verdict), words));
                    keys.extend(shades.chain(missing).enumerate().map(|(i, (verdict, words))| {
                        let lead = if i == 0 { lead.as_str() } else { "" };
                        let text = format!("{lead}{words}");
                        LegendEntry { mark, sample: LegendSample::Cell(verdict), text }
                    }));
                }
                (_, Some(name)) => {
                    keys.push(LegendEntry { mark, sample: LegendSample::Mark, text: name.clone() });
                }
                (_, None) => {}
            }
        }
        keys
    }

    /// Returns the dash pattern of the line that belongs to the points of a series, if that line
    /// has no legend entry of its own: the entry of the points then shows both.
    pub fn line_of(&self, mark: &Mark) -> Option<Dash> {
        let points =
            matches!((mark.role, &mark.shape), (MarkRole::Series(_), Shape::Points { .. }));
        self.marks.iter().filter(|_| points).find_map(|other| match other.shape {
            Shape::Line { dash, .. } if other.role == mark.role && other.name.is_none() => {
                Some(dash)
            }
            _ => None,
        })
    }

    /// Returns the cells of the figure, if it has any.
    pub fn cells(&self) -> Option<&Cells> {
        self.marks.iter().find_map(|mark| match &mark.shape {
            Shape::Cells(cells) => Some(cells),
            _ => None,
        })
    }

    /// Returns true if the figure has cells.
    pub fn has_cells(&self) -> bool {
        self.cells().is_some()
    }

    /// Returns true if points stand above names on the horizontal axis. Files draw such a figure with
    /// its axes exchanged, so that the names are read from left to right.
    pub fn is_lying(&self) -> bool {
        let named = |axis: &Axis| matches!(axis.format, TickFormat::Names(_));
        let is_told = |mark: &Mark| {
            use Shape::{Level, Points, Upright};
            matches!(mark.shape, Points { .. } | Level { .. } | Upright { .. })
        };
        named(&self.x) && !named(&self.y) && !self.is_empty() && self.marks.iter().all(is_told)
    }

    /// Returns true if the figure has only reference lines, and no point of a curve.
    pub fn is_empty(&self) -> bool {
        let is_blank = |mark: &Mark| match &mark.shape {
            Shape::Level { .. } | Shape::Upright { .. } => true,
            Shape::Points { points, .. } | Shape::Band { points } => points.is_empty(),
            Shape::Line { points, .. } => points.is_empty(),
            _ => false,
        };
        self.marks.iter().all(is_blank)
    }
}

impl Shape {
    /// Returns the drawing layer: cells first, then bands, then everything else.
    pub fn depth(&self) -> u8 {
        match self {
            Self::Cells(_) => 0,
            Self::Band { .. } => 1,
            _ => 2,
        }
    }
}

impl Mark {
    /// Creates a mark without a legend entry.
    pub fn new(role: MarkRole, shape: Shape) -> Self {
        Self { role, shape, name: None, series: None, labels: Vec::new() }
    }

    /// Adds a legend entry.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the names of its points.
    pub fn labelled(mut self, labels: impl IntoIterator<Item = String>) -> Self {
        self.labels = labels.into_iter().collect();
        self
    }

    /// Sets a name for tables, without a legend entry.
    pub fn of(mut self, series: impl Into<String>) -> Self {
        self.series = Some(series.into());
        self
    }
}
