//! Checks a scenario of real tasks against its data set, and describes the tasks.

use crate::dataset::{DatasetTask, TaskKind, check};
use crate::error::names::listed;
use crate::error::{Error, Invalid};
use crate::math::digits::shown;
use crate::scenario::draft::{CovarianceDraft, DatasetDraft, RowsDraft, ScenarioDraft, TaskRole};
use crate::scenario::group::Group;
use crate::scenario::real::{self, OpenDataset, RealTasks};
use crate::task::{Axes, Covariance, Labels, Response, Spectrum, TaskSpec, Theta};

/// The real tasks of a draft, in the order of its entries.
pub(super) fn tasks(place: &DatasetDraft, draft: &ScenarioDraft) -> Result<RealTasks, Invalid> {
    let data = real::find(place).map_err(|error| match error {
        Error::Value(problem) => problem,
        other => Invalid {
            field: "dataset".to_owned(),
            found: other.to_string(),
            allowed: real::UNREADABLE.to_owned(),
        },
    })?;
    let dimension = data.dimension();
    if draft.data.dimension != dimension as f64 {
        let allowed = format!("{dimension}, the number of features in the data set");
        return Err(Invalid::new("data.dimension", shown(draft.data.dimension), allowed));
    }
    if draft.data.rank.is_some() {
        return Err(Invalid::new("data.rank", "a rank", "none with a data set"));
    }
    let of_entry = |i: usize| entry(draft, i, &data);
    let tasks = (0..draft.tasks.len()).map(of_entry).collect::<Result<Vec<_>, _>>()?;
    let part = draft.tasks.iter().zip(&tasks).filter(|(task, _)| task.role != TaskRole::Aside);
    check::one_kind(part.map(|(_, &task)| &data.tasks()[task]))?;
    check_shared(draft, &data, &tasks)?;
    Ok(RealTasks { data, tasks })
}

/// The index of the task that an entry names.
fn entry(draft: &ScenarioDraft, i: usize, data: &OpenDataset) -> Result<usize, Invalid> {
    let task = &draft.tasks[i];
    let place = |field: &str| format!("tasks[{i}].{field}");
    let names = || data.tasks().iter().map(|task| task.name.as_str()).collect::<Vec<_>>();
    let Some(found) = data.tasks().iter().position(|other| other.name == task.name) else {
        let found = format!("\"{}\"", task.name);
        return Err(Invalid::new(place("name"), found, listed(&names())));
    };
    let most = data.most_rows(found);
    if task.samples as usize > most {
        let allowed = format!("at most {most}, the number of training rows of {}", task.name);
        return Err(Invalid::new(place("samples"), shown(task.samples), allowed));
    }
    let planted = [
        ("theta", task.theta.is_some()),
        ("labels", task.labels.is_some()),
        ("flips", task.flips.is_some()),
        ("count", task.count.is_some()),
        ("covariance", task.covariance != CovarianceDraft::default()),
        ("noise", task.noise != 0.0),
    ];
    match planted.into_iter().find(|(_, present)| *present) {
        Some((field, _)) => {
            let found = format!("a value for {}, which comes from the data set", task.name);
            Err(Invalid::new(place(field), found, "none with a data set"))
        }
        None => Ok(found),
    }
}

/// Checks that tasks that share their rows have labels for the same rows.
fn check_shared(draft: &ScenarioDraft, data: &OpenDataset, tasks: &[usize]) -> Result<(), Invalid> {
    if draft.data.rows == RowsDraft::Own || shares_rows(data, tasks) {
        return Ok(());
    }
    let allowed = "\"own\": the tasks have no common X, or lack some of the labels";
    Err(Invalid::new("data.rows", "\"shared\"", allowed))
}

/// Returns true if tasks have the same X and the same labelled rows in every part.
fn shares_rows(data: &OpenDataset, tasks: &[usize]) -> bool {
    let parts = |task: &DatasetTask| {
        let split = &task.split;
        [&split.train, &split.validation, &split.test].map(|rows| {
            let mut rows = rows.clone();
            rows.sort_unstable();
            rows
        })
    };
    let all: Vec<&DatasetTask> = tasks.iter().map(|&task| &data.tasks()[task]).collect();
    let Some((first, others)) = all.split_first() else { return true };
    let is_full = |task: &DatasetTask| task.y.iter().all(|y| y.is_finite());
    data.dataset().same_x
        && others.iter().all(|task| {
            let drawn = !first.split.given && !task.split.given && is_full(first) && is_full(task);
            drawn || parts(task) == parts(first)
        })
}

/// The specifications of real tasks. Noise is the spread of the labels about the fit to all rows.
pub(super) fn specs(draft: &ScenarioDraft, groups: &[Group], real: &RealTasks) -> Vec<TaskSpec> {
    let spec = |(group, &of): (&Group, &usize)| {
        let task = &draft.tasks[group.entry];
        let response = match real.data().tasks()[of].kind {
            TaskKind::Regression => Response::Linear,
            TaskKind::Classification => Response::Sign,
        };
        let random = task.random.unwrap_or(0.0);
        TaskSpec {
            name: task.name.clone(),
            samples: task.samples as u64,
            labels: Labels { response, noise: 0.0, flips: 0.0, random },
            covariance: Covariance {
                spectrum: Spectrum::Decay { condition: 1.0 },
                axes: Axes::Shared,
                rotation: 0.0,
            },
            theta: Theta::Random,
            space: draft.data.space,
        }
    };
    groups.iter().zip(&real.tasks).map(spec).collect()
}
