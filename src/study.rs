//! Many trials, one question: a verdict, a curve along a knob, a descent to watch, a study.

pub mod affinity;
pub mod claims;
pub mod command;
pub mod comparison;
pub mod course;
pub mod crossing;
pub mod curve;
pub mod difference;
pub mod draft;
pub mod engine;
pub mod ledger;
pub mod measure;
pub mod plan;
pub mod prediction;
pub mod probe;
pub mod range;
pub mod record;
pub mod results;
pub mod sweep;
pub mod table;
pub mod training;
pub mod trial;
pub mod unit;

pub use comparison::Comparison;
pub use course::Course;
pub use curve::Curve;
pub use difference::Difference;
pub use draft::StudyDraft;
pub use ledger::Ledger;
pub use measure::{Measured, Measurement};
pub use plan::Study;
pub use record::Record;
pub use results::Results;
pub use training::Training;
pub use trial::Trial;
pub use unit::{Shard, Unit};
