//! Stub.
use serde::{Deserialize, Serialize};
/// Stub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Gradient.
    #[default]
    Gradient,
    /// Momentum.
    Momentum,
    /// Adam.
    Adam,
}
impl Rule {
    /// Names.
    pub const NAMES: &'static [&'static str] = &["gradient", "momentum", "adam"];
    /// From.
    pub fn from_index(index: usize) -> Self {
        [Self::Gradient, Self::Momentum, Self::Adam][index.min(2)]
    }
    /// Index.
    pub fn index(self) -> usize {
        self as usize
    }
}
