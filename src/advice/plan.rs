//! A plan: which tasks are trained together, at what width and with what weights.

use serde::Serialize;

use crate::method::Weighting;

/// This many tasks that are trained alone are named.
const NAMED: usize = 4;

/// Tasks that are trained together in one model, or one task alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct PlannedModel {
    /// Indices of the tasks, ascending.
    pub tasks: Vec<usize>,
    /// Width r of the shared module.
    pub width: usize,
    /// The weighting scheme.
    pub weights: Weighting,
}

/// The weights in words: `uniform weights`, `weights by scale`.
pub(super) fn of_weights(weights: Weighting) -> String {
    match weights.scheme().label {
        label if label.starts_with("by ") => format!("weights {label}"),
        label => format!("{label} weights"),
    }
}

/// A model for every task: each task is in exactly one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The models, ordered by their first tasks.
    pub models: Vec<PlannedModel>,
}

impl PlannedModel {
    /// One task alone.
    pub fn alone(task: usize) -> Self {
        Self { tasks: vec![task], width: 1, weights: Weighting::Uniform }
    }

    /// Tasks together.
    pub fn together(tasks: &[usize], width: usize, weights: Weighting) -> Self {
        Self { tasks: tasks.to_vec(), width, weights }
    }

    /// The model in words: `MR and SST together, width 1, uniform weights`.
    pub fn words(&self, names: &[String]) -> String {
        let names: Vec<&str> = self.tasks.iter().map(|&task| names[task].as_str()).collect();
        match names.as_slice() {
            [only] => format!("{only} alone"),
            [others @ .., last] => format!(
                "{} and {last} together, width {}, {}",
                others.join(", "),
                self.width,
                of_weights(self.weights)
            ),
            [] => String::new(),
        }
    }
}

impl Plan {
    /// Every task alone.
    pub fn alone(tasks: usize) -> Self {
        Self { models: (0..tasks).map(PlannedModel::alone).collect() }
    }

    /// All tasks in one model.
    pub fn together(tasks: usize, width: usize, weights: Weighting) -> Self {
        let all: Vec<usize> = (0..tasks).collect();
        Self { models: vec![PlannedModel::together(&all, width, weights)] }
    }

    /// Returns true if no task is trained with another.
    pub fn is_alone(&self) -> bool {
        self.models.iter().all(|model| model.tasks.len() == 1)
    }

    /// The plan in words.
    pub fn words(&self, names: &[String]) -> String {
        if self.is_alone() {
            return "every task alone".to_owned();
        }
        let shared = self.models.iter().filter(|model| model.tasks.len() > 1);
        let mut parts: Vec<String> = shared.map(|model| model.words(names)).collect();
        let alone: Vec<&str> = self
            .models
            .iter()
            .filter(|model| model.tasks.len() == 1)
            .map(|model| names[model.tasks[0]].as_str())
            .collect();
        match alone.as_slice() {
            [] => {}
            [only] => parts.push(format!("{only} alone")),
            [others @ .., last] if others.len() < NAMED => {
                parts.push(format!("{} and {last} each alone", others.join(", ")));
            }
            all => parts.push(format!("each of the other {} tasks alone", all.len())),
        }
        parts.join("; ")
    }
}
