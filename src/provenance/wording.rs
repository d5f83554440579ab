//! Words that replace those of a figure: its title, the labels of its axes, and names in it.

use serde::{Deserialize, Serialize};

use crate::error::Invalid;
use crate::figure::{Figure, words};

/// Words in place of those of a figure; by default none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wording {
    /// The title; empty for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The label of the horizontal axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub xlabel: Option<String>,
    /// The label of the vertical axis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ylabel: Option<String>,
    /// Legend entries, series and tasks with other words, each as `NAME=TEXT`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
}

impl Wording {
    /// Returns true if it replaces nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These words, and for those that are missing the words of `other`.
    pub fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            xlabel: self.xlabel.or(other.xlabel),
            ylabel: self.ylabel.or(other.ylabel),
            labels: if self.labels.is_empty() { other.labels } else { self.labels },
        }
    }

    /// These words without those for axes that `other` has words for.
    pub fn without(self, other: &Self) -> Self {
        Self {
            xlabel: self.xlabel.filter(|_| other.xlabel.is_none()),
            ylabel: self.ylabel.filter(|_| other.ylabel.is_none()),
            ..self
        }
    }

    /// The figure with these words. Names that it does not have are left out.
    pub fn apply(&self, figure: Figure) -> Figure {
        let mut figure = figure;
        if let Some(title) = &self.title {
            figure.title.clone_from(title);
        }
        for (axis, own) in [(&mut figure.x, &self.xlabel), (&mut figure.y, &self.ylabel)] {
            if let Some(own) = own {
                axis.relabel(own);
            }
        }
        let pairs = self.labels.iter().filter_map(|label| split(label, &words::names(&figure)));
        let pairs: Vec<(String, String)> = pairs.collect();
        pairs.iter().fold(figure, |figure, (name, text)| words::renamed(figure, name, text))
    }

    /// The first of the names that none of the figures has, as an error with those they have.
    ///
    /// # Errors
    ///
    /// [`Invalid`] for a label without `=`, and for an unknown name.
    pub fn check(&self, figures: &[Figure]) -> Result<(), Invalid> {
        let mut known: Vec<String> = Vec::new();
        for name in figures.iter().flat_map(words::names) {
            if !known.contains(&name) {
                known.push(name);
            }
        }
        for label in &self.labels {
            if !label.contains('=') {
                return Err(Invalid::new("--label", format!("\"{label}\""), "NAME=TEXT"));
            }
            if split(label, &known).is_none() {
                let quoted: Vec<String> = known.iter().map(|name| format!("\"{name}\"")).collect();
                let allowed = format!("NAME=TEXT with a NAME of the figure: {}", quoted.join(", "));
                return Err(Invalid::new("--label", format!("\"{label}\""), allowed));
            }
        }
        Ok(())
    }
}

/// The name and the text of a label; names may contain `=`.
fn split(label: &str, names: &[String]) -> Option<(String, String)> {
    let cuts = label.match_indices('=').map(|(place, _)| (&label[..place], &label[place + 1..]));
    let mut known = cuts.filter(|(name, _)| names.iter().any(|own| own == name));
    known.next().map(|(name, text)| (name.to_owned(), text.to_owned()))
}
