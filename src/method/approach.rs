//! How a model is trained: a weighting scheme and a method.

use super::{Method, Weighting};

/// A weighting scheme and what is done about misaligned covariances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Approach {
    /// Where the task weights come from.
    pub weighting: Weighting,
    /// What is done besides weighting.
    pub method: Method,
}

impl Approach {
    /// This approach with the scheme or the method of a name in place of its own.
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

    /// Its name: the scheme, the method, or both where neither is the plain one.
    pub fn name(self) -> String {
        match (self.weighting, self.method) {
            (weighting, Method::Joint) => weighting.name().to_owned(),
            (Weighting::Uniform, method) => method.name().to_owned(),
            (weighting, method) => format!("{} {}", weighting.name(), method.name()),
        }
    }
}
