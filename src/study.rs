//! Many trials, one question: a verdict, a curve along a knob, a descent to watch.

pub mod agreement;
pub mod claims;
pub mod comparison;
pub mod course;
pub mod curve;
pub mod grouping;
pub mod measure;
pub mod prediction;
pub mod probe;
pub mod training;
pub mod trial;

pub use agreement::Agreement;
pub use comparison::Comparison;
pub use course::Course;
pub use curve::Curve;
pub use grouping::Suggestion;
pub use measure::{Measured, Measurement};
pub use probe::Probes;
pub use training::Training;
pub use trial::Trial;
