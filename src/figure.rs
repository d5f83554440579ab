//! What is drawn: one description of a figure, for the terminal and for files alike.

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
pub mod sweep;
pub mod turning;
pub mod weights;
pub mod words;

pub use axis::{Axis, AxisScale, Tick, TickFormat};
pub use cells::{Cell, Cells};
pub use sheet::Sheet;
pub use style::{Anchor, Dash, MarkRole, Symbol};

use crate::transfer::Verdict;

/// A figure: axes, marks, words. Coordinates are in the units of its axes.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Short name, as in [`FIGURES`](crate::catalog::FIGURES).
    pub id: &'static str,
    /// One line above it.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What is drawn, back to front; cells and bands lie behind all other marks.
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
    pub role: MarkRole,
    /// Its form.
    pub shape: Shape,
    /// Its entry in the legend; marks without a name have none, but cells are always explained.
    pub name: Option<String>,
    /// What it is called in tables, where that is not its entry in the legend.
    pub series: Option<String>,
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
    /// The region between the ends of intervals, from each point to the next.
    Band {
        /// The points.
        points: Vec<Estimate>,
    },
    /// A region cut into cells, each with a gain.
    Cells(Cells),
    /// Words at a point.
    Text {
        /// The point.
        at: (f64, f64),
        /// The words.
        text: String,
        /// Which part of the words stands at the point.
        anchor: Anchor,
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

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// Which mark of the figure it explains.
    pub mark: usize,
    /// What of the mark stands beside the words.
    pub sample: LegendSample,
    /// The words.
    pub text: String,
}

/// What of a mark an entry of the legend shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegendSample {
    /// The mark in small.
    Mark,
    /// The shades of cells with a verdict, or of those of which nothing is known.
    Cell(Option<Verdict>),
}

impl Figure {
    /// The entries of the legend: one for each named mark; cells are always explained, shade by
    /// shade.
    pub fn legend(&self) -> Vec<LegendEntry> {
        let mut keys = Vec::new();
        for (mark, shown) in self.marks.iter().enumerate() {
            match (&shown.shape, &shown.name) {
                (Shape::Cells(cells), name) => {
                    let lead = name.as_ref().map_or(String::new(), |name| format!("{name}: "));
                    let missing = cells.is_partial().then_some((None, "not measured"));
                    let shades = cells::SHADES.map(|(verdict, words)| (Some(verdict), words));
                    keys.extend(shades.into_iter().chain(missing).enumerate().map(
                        |(i, (verdict, words))| {
                            let lead = if i == 0 { lead.as_str() } else { "" };
                            let text = format!("{lead}{words}");
                            LegendEntry { mark, sample: LegendSample::Cell(verdict), text }
                        },
                    ));
                }
                (_, Some(name)) => {
                    keys.push(LegendEntry { mark, sample: LegendSample::Mark, text: name.clone() });
                }
                (_, None) => {}
            }
        }
        keys
    }

    /// The line of the series of a mark, where it has none of its own in the legend: its entry
    /// shows both.
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

    /// The cells into which it is cut, if it is.
    pub fn cells(&self) -> Option<&Cells> {
        self.marks.iter().find_map(|mark| match &mark.shape {
            Shape::Cells(cells) => Some(cells),
            _ => None,
        })
    }

    /// Whether some of it is cut into cells.
    pub fn has_cells(&self) -> bool {
        self.cells().is_some()
    }

    /// Whether there is nothing in it but levels to compare with.
    pub fn is_empty(&self) -> bool {
        let level = |mark: &Mark| matches!(mark.shape, Shape::Level { .. } | Shape::Upright { .. });
        self.marks.iter().all(level)
    }
}

impl Shape {
    /// Grounds lie behind lines: cells first, bands on them, then everything else.
    pub fn depth(&self) -> u8 {
        match self {
            Self::Cells(_) => 0,
            Self::Band { .. } => 1,
            _ => 2,
        }
    }
}

impl Mark {
    /// A mark without an entry in the legend.
    pub fn new(role: MarkRole, shape: Shape) -> Self {
        Self { role, shape, name: None, series: None }
    }

    /// The same mark with an entry in the legend.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The same mark with a name in tables, which is no entry in the legend.
    pub fn of(mut self, series: impl Into<String>) -> Self {
        self.series = Some(series.into());
        self
    }
}
