//! Checks that model, data and methods fit together.

use crate::error::Invalid;
use crate::math::digits::shown;
use crate::method::{Approach, Method, Weighting};
use crate::model::Loss;
use crate::scenario::draft::{RowsDraft, ScenarioDraft, TaskRole};
use crate::task::{Activation, Response, TaskSpec};

/// Most numbers in the rows of a task that are kept in memory.
const MOST_KEPT: f64 = 5e5;

/// Checks fields that depend on each other, and reads the approaches to compare. `tasks` are those
/// that take part, `drawn` are all tasks.
pub(super) fn check(
    draft: &ScenarioDraft,
    tasks: &[TaskSpec],
    drawn: &[TaskSpec],
) -> Result<Vec<Approach>, Invalid> {
    check_labels(draft, tasks)?;
    check_shared_rows(draft, drawn)?;
    check_kept_rows(draft, tasks)?;
    let own = Approach { weighting: draft.model.weights, method: draft.model.method };
    check_approach(draft, own)?;
    if let Some(rank) = draft.data.rank
        && rank > draft.data.dimension
    {
        let allowed = format!("at most the dimension, {}", shown(draft.data.dimension));
        return Err(Invalid::new("data.rank", shown(rank), allowed));
    }
    compared(draft, own)
}

/// The approaches to compare, without those that do not work with the model.
fn compared(draft: &ScenarioDraft, own: Approach) -> Result<Vec<Approach>, Invalid> {
    let mut approaches = Vec::new();
    for (i, name) in draft.compare.iter().enumerate() {
        let field = format!("compare[{i}]");
        let approach = own.named(name).ok_or_else(|| {
            Invalid::new(&field, format!("\"{name}\""), Approach::names().join(", "))
        })?;
        if check_approach(draft, approach).is_ok() {
            approaches.push(approach);
        }
    }
    Ok(approaches)
}

/// Checks that all labels are signs or none are. The logistic loss needs signs.
fn check_labels(draft: &ScenarioDraft, tasks: &[TaskSpec]) -> Result<(), Invalid> {
    let signs = tasks.iter().filter(|task| task.labels.response == Response::Sign).count();
    if draft.model.loss == Loss::Logistic && signs < tasks.len() {
        let allowed = "labels of the kind \"sign\" for every task, or no labels field";
        return Err(Invalid::new(
            "model.loss",
            "\"logistic\" with labels that are not signs",
            allowed,
        ));
    }
    if signs > 0 && signs < tasks.len() {
        let allowed = "labels of the kind \"sign\" for every task, or for none";
        return Err(Invalid::new("tasks", "some tasks with sign labels, some without", allowed));
    }
    Ok(())
}

/// Checks that tasks that share rows have equal samples and covariances, including tasks aside.
/// The shared rows are those of the first task.
fn check_shared_rows(draft: &ScenarioDraft, drawn: &[TaskSpec]) -> Result<(), Invalid> {
    let first = &drawn[0];
    let unlike = drawn
        .iter()
        .find(|task| task.samples != first.samples || task.covariance != first.covariance);
    match unlike {
        Some(task) if draft.data.rows == RowsDraft::Shared => {
            let found = format!("\"shared\" with different {} and {}", first.name, task.name);
            let allowed = "\"shared\" if all tasks have the same samples and covariance";
            Err(Invalid::new("data.rows", found, allowed))
        }
        _ => Ok(()),
    }
}

/// Checks that not too many rows must be kept in memory.
fn check_kept_rows(draft: &ScenarioDraft, tasks: &[TaskSpec]) -> Result<(), Invalid> {
    let shared = draft.data.rows == RowsDraft::Shared;
    let nonlinear =
        draft.model.activation == Activation::Relu || draft.model.loss == Loss::Logistic;
    for task in tasks {
        let kept = shared || nonlinear || task.labels.response != Response::Linear;
        let most = (MOST_KEPT / draft.data.dimension).floor();
        if kept && task.samples as f64 > most {
            return Err(Invalid::new(
                format!("{}.samples", task.name),
                task.samples,
                format!(
                    "at most {} if the model or the labels need the rows themselves",
                    shown(most)
                ),
            ));
        }
    }
    Ok(())
}

/// The number of tasks that are trained, those of an entry that stands for several counted each.
fn trained(draft: &ScenarioDraft) -> f64 {
    let taking_part = draft.tasks.iter().filter(|task| task.role != TaskRole::Aside);
    taking_part.map(|task| task.count.unwrap_or(1.0)).sum()
}

/// Returns what a scenario needs so that the theory finds its weights; `None` if it has that.
fn theory_gap(draft: &ScenarioDraft) -> Option<&'static str> {
    let linear = draft.model.activation == Activation::Linear && draft.model.loss == Loss::Squared;
    let labels = draft.tasks.iter().all(|task| {
        task.labels.unwrap_or_default() == Response::Linear && task.random.unwrap_or(0.0) == 0.0
    });
    if !linear || !labels {
        Some("any other, or linear units, squared loss and labels that are linear plus noise")
    } else if draft.model.width != 1.0 {
        Some("any other, or model.width=1")
    } else if draft.dataset.is_some() {
        Some("any other, or tasks that are drawn, not data from files")
    } else if draft.data.rows == RowsDraft::Shared {
        Some("any other, or tasks with rows of their own")
    } else if trained(draft) != 2.0 {
        Some("any other, or two tasks that are trained together")
    } else {
        None
    }
}

/// Checks that alignment, ridge and random weights are used with linear units and squared loss.
pub(super) fn check_approach(draft: &ScenarioDraft, approach: Approach) -> Result<(), Invalid> {
    if let Some(allowed) = theory_gap(draft).filter(|_| approach.weighting.needs_theory()) {
        let found = format!("\"{}\"", approach.weighting.name());
        return Err(Invalid::new("model.weights", found, allowed));
    }
    if draft.model.activation == Activation::Linear && draft.model.loss == Loss::Squared {
        return Ok(());
    }
    let quoted = |name: &str| format!("\"{name}\"");
    match approach {
        Approach { weighting: Weighting::Random, .. } => {
            let allowed = "any other, or linear units with squared loss";
            Err(Invalid::new("model.weights", quoted("random"), allowed))
        }
        Approach { method: Method::Joint, .. } => Ok(()),
        Approach { method, .. } => {
            let allowed = "joint, or linear units with squared loss";
            Err(Invalid::new("model.method", quoted(method.name()), allowed))
        }
    }
}
