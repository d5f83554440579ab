//! A trained model and how sure it is an optimum.

use serde::{Serialize, Serializer};

use super::shared::SharedModel;

/// How sure it is that a trained model is an optimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OptimumKind {
    /// A global optimum, by a closed form or an exhaustive search.
    Exact,
    /// The best of this many starts, by a search that finds the global optimum wherever that is
    /// known.
    Multistart(usize),
    /// The best model found; a better one may exist.
    BestFound,
    /// Not an optimum, by design: its weights are estimated from the training rows.
    PlugIn,
    /// Not an optimum, by design: tuned on validation rows.
    Tuned,
    /// Unknown: rounding errors are as large as the effect on a target. The effect counts as zero.
    Rounding,
}

impl std::fmt::Display for OptimumKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact => f.write_str("exact"),
            Self::Multistart(n) => write!(f, "multistart({n})"),
            Self::BestFound => f.write_str("best found"),
            Self::PlugIn => f.write_str("plug-in"),
            Self::Tuned => f.write_str("tuned"),
            Self::Rounding => f.write_str("up to rounding"),
        }
    }
}

impl Serialize for OptimumKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A trained model, and how sure it is an optimum.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimum {
    /// The model.
    pub model: SharedModel,
    /// How sure it is an optimum.
    pub kind: OptimumKind,
}

impl Optimum {
    /// Returns this optimum. If training failed and left weights that are not finite, returns the
    /// model that predicts zero, of the kind [`OptimumKind::BestFound`].
    pub fn or_nothing(self) -> Self {
        if self.model.is_finite() {
            return self;
        }
        let model = self.model.zeros();
        Self { model, kind: OptimumKind::BestFound }
    }
}
