//! What is known of an optimum: which one was found, and what may be claimed of it.

use serde::{Serialize, Serializer};

use super::shared::SharedModel;

/// What may be claimed of a trained model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// A global optimum, by a closed form or an exhaustive search.
    Exact,
    /// The best of this many local optima, by a search that found the global one wherever that
    /// is known.
    Multistart(usize),
    /// The best found; a better one may exist.
    BestFound,
    /// No optimum by intention: chosen on validation rows.
    Tuned,
    /// Nothing: rounding errors are as large as the effect on a target. That effect counts as none.
    Rounding,
}

impl std::fmt::Display for Claim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact => f.write_str("exact"),
            Self::Multistart(n) => write!(f, "multistart({n})"),
            Self::BestFound => f.write_str("best found"),
            Self::Tuned => f.write_str("tuned"),
            Self::Rounding => f.write_str("limited by rounding"),
        }
    }
}

impl Serialize for Claim {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A trained model and what may be claimed of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimum {
    /// The model.
    pub model: SharedModel,
    /// What may be claimed of it.
    pub claim: Claim,
}

impl Optimum {
    /// This one, or, where training broke down and left weights that are no numbers, the model
    /// that predicts nothing, of which nothing is claimed.
    pub fn or_nothing(self) -> Self {
        if self.model.is_finite() {
            return self;
        }
        let model = self.model.with_parameters(std::iter::repeat(0.0));
        Self { model, claim: Claim::BestFound }
    }
}
