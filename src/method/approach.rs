//! The way a model is trained: a weighting scheme and a method.

use super::{Method, Weighting};

/// A weighting scheme and a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approach {
    /// The scheme for the task weights.
    pub weighting: Weighting,
    /// The method against misaligned covariances.
    pub method: Method,
}

impl Approach {
    /// This approach with its scheme or method replaced by the one with a given name.
    pub fn named(self, name: &str) -> Option<Self> {
        let index = |names: &[&str]| names.iter().position(|n| *n == name);
        if let Some(i) = index(Weighting::NAMES) {
            return Some(Self { weighting: Weighting::from_index(i), ..self });
        }
        index(Method::NAMES).map(|i| Self { method: Method::from_index(i), ..self })
    }

    /// The names of all schemes and methods.
    pub fn names() -> Vec<&'static str> {
        Weighting::NAMES.iter().chain(Method::NAMES).copied().collect()
    }

    /// The name: the scheme, the method, or both if neither is the default.
    pub fn name(self) -> String {
        match (self.weighting, self.method) {
            (weighting, Method::Joint) => weighting.name().to_owned(),
            (Weighting::Uniform, method) => method.name().to_owned(),
            (weighting, method) => format!("{} {}", weighting.name(), method.name()),
        }
    }
}
