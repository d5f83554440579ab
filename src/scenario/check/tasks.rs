//! Makes the specification of every task from its entry in the draft.

use super::roles::numbered;
use crate::error::Invalid;
use crate::error::names::listed_with;
use crate::math::digits::{exact, shown};
use crate::model::Loss;
use crate::scenario::draft::{
    AxesDraft, DifferenceDraft, Draw, ScenarioDraft, SpectrumDraft, TaskDraft, default_block,
};
use crate::scenario::group::Group;
use crate::task::{
    Activation, Axes, Covariance, Labels, Response, Spectrum, TaskSpec, Theta, ThetaDifference,
};

/// Most rows of a task that can be drawn one by one.
const MOST_ROWS: f64 = 1e6;
/// Default distance of a θ from the latent subspace.
const SPREAD: f64 = 0.1;

/// The specifications of all tasks, group by group.
pub(super) fn specs(draft: &ScenarioDraft, groups: &[Group]) -> Result<Vec<TaskSpec>, Invalid> {
    let mut specs = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        let spec = spec(draft, groups, i)?;
        for n in 1..=group.tasks.len() {
            let name =
                if group.tasks.len() == 1 { group.name.clone() } else { numbered(&group.name, n) };
            specs.push(TaskSpec { name, ..spec.clone() });
        }
    }
    check_differences(groups, &specs)?;
    Ok(specs)
}

fn spec(draft: &ScenarioDraft, groups: &[Group], i: usize) -> Result<TaskSpec, Invalid> {
    let task = &draft.tasks[i];
    if draft.data.draw == Draw::Rows && task.samples > MOST_ROWS {
        let allowed = format!(
            "at most {} if rows are drawn one by one (with data.draw = moments: {})",
            shown(MOST_ROWS),
            shown(1e9)
        );
        return Err(Invalid::new(format!("tasks[{i}].samples"), exact(task.samples), allowed));
    }
    Ok(TaskSpec {
        name: task.name.clone(),
        samples: task.samples as u64,
        labels: labels(draft, i)?,
        covariance: covariance(draft, i)?,
        theta: theta(draft, groups, task, i)?,
        space: draft.data.space,
    })
}

/// Smallest noise other than none: of less, squares of errors would be rounded to zero.
const LEAST_NOISE: f64 = 1e-30;

/// The labels as written, or by default those that match the model.
fn labels(draft: &ScenarioDraft, i: usize) -> Result<Labels, Invalid> {
    let task = &draft.tasks[i];
    let response = task.labels.unwrap_or(match (draft.model.loss, draft.model.activation) {
        (Loss::Logistic, _) => Response::Sign,
        (Loss::Squared, Activation::Relu) => Response::Relu,
        (Loss::Squared, Activation::Linear) => Response::Linear,
    });
    let signs = response == Response::Sign;
    if let (Some(flips), true) = (task.flips, !signs && task.labels.is_some()) {
        let allowed = "none: only labels of the kind \"sign\" can be flipped";
        return Err(Invalid::new(format!("tasks[{i}].flips"), shown(flips), allowed));
    }
    if task.noise > 0.0 && task.noise < LEAST_NOISE {
        let allowed = format!("0, or a number from {LEAST_NOISE:e} on");
        return Err(Invalid::new(format!("tasks[{i}].noise"), shown(task.noise), allowed));
    }
    if !task.has_noise() {
        return Err(Invalid::new(format!("tasks[{i}].noise"), "no noise", "a number from 0 on"));
    }
    Ok(Labels {
        response,
        noise: task.noise,
        flips: task.flips.filter(|_| signs).unwrap_or(0.0),
        random: task.random.unwrap_or(0.0),
    })
}

fn covariance(draft: &ScenarioDraft, i: usize) -> Result<Covariance, Invalid> {
    let written = &draft.tasks[i].covariance;
    if let (SpectrumDraft::Decay, Some(size)) = (written.spectrum, written.size) {
        let allowed = "no size: only a block spectrum has one";
        return Err(Invalid::new(format!("tasks[{i}].covariance.size"), shown(size), allowed));
    }
    let dimension = draft.data.dimension;
    let size = written.size.unwrap_or_else(|| default_block(dimension));
    if written.spectrum == SpectrumDraft::Block && size > dimension {
        let allowed = format!("at most the dimension, {}", shown(dimension));
        return Err(Invalid::new(format!("tasks[{i}].covariance.size"), shown(size), allowed));
    }
    Ok(Covariance {
        spectrum: match written.spectrum {
            SpectrumDraft::Block => {
                Spectrum::Block { size: size as usize, condition: written.condition }
            }
            SpectrumDraft::Decay => Spectrum::Decay { condition: written.condition },
        },
        axes: match written.axes {
            AxesDraft::Shared => Axes::Shared,
            AxesDraft::Random => Axes::Random,
            AxesDraft::Difference => Axes::Difference,
        },
        rotation: written.rotation,
    })
}

fn theta(
    draft: &ScenarioDraft,
    groups: &[Group],
    task: &TaskDraft,
    i: usize,
) -> Result<Theta, Invalid> {
    let Some(written) = &task.theta else {
        return Ok(draft.data.rank.map_or(Theta::Random, |rank| Theta::Latent {
            rank: rank as usize,
            spread: draft.data.spread.unwrap_or(SPREAD),
        }));
    };
    let named = |field: &str, name: &str| {
        let place = format!("tasks[{i}].theta.{field}");
        let Some(found) = draft.task(name) else {
            let names: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
            return Err(Invalid::new(place, format!("\"{name}\""), listed_with(" or ", &names)));
        };
        match groups[found].tasks.len() {
            1 => Ok(found),
            count => {
                let found = format!("\"{name}\", which stands for {count} tasks");
                Err(Invalid::new(place, found, "the name of an entry with one task"))
            }
        }
    };
    let to = named("from", &written.from)?;
    if to == i || draft.tasks[to].theta.is_some() {
        return Err(Invalid::new(
            format!("tasks[{i}].theta.from"),
            format!("\"{}\"", written.from),
            "another task, without a theta of its own",
        ));
    }
    let angle = match (written.angle, written.cosine) {
        (Some(angle), None) => angle,
        (None, Some(cosine)) => cosine.acos().to_degrees(),
        (found, _) => {
            let found =
                if found.is_some() { "both angle and cosine" } else { "neither angle nor cosine" };
            return Err(Invalid::new(
                format!("tasks[{i}].theta"),
                found,
                "one of angle and cosine",
            ));
        }
    };
    let first = |group: usize| groups[group].tasks.start;
    let difference = match &written.difference {
        DifferenceDraft::Generic => ThetaDifference::Generic,
        DifferenceDraft::Loud(name) => {
            ThetaDifference::Loud(first(named("difference.loud", name)?))
        }
        DifferenceDraft::Opposite(name) => {
            ThetaDifference::Opposite(first(named("difference.opposite", name)?))
        }
    };
    Ok(Theta::Relative { to: first(to), angle, difference })
}

/// Axes along a difference need a difference that does not itself depend on those axes. A
/// difference placed along axes also moves the reference θ, so no earlier task, and no second task
/// of the same entry, may refer to it.
fn check_differences(groups: &[Group], tasks: &[TaskSpec]) -> Result<(), Invalid> {
    for (i, group) in groups.iter().enumerate() {
        let task = &tasks[group.tasks.start];
        if let Theta::Relative { to, difference, .. } = task.theta
            && difference != ThetaDifference::Generic
        {
            let refers = |other: &&TaskSpec| matches!(other.theta, Theta::Relative { to: also, .. } if also == to);
            let before = tasks[..group.tasks.start].iter().find(refers);
            let beside = tasks[group.tasks.start + 1..group.tasks.end].first();
            if let Some(other) = before.or(beside) {
                let found = format!("one along axes, with {} referring to the same θ", other.name);
                let allowed = "generic; only the first θ that refers to another may differ along \
                               axes, because that moves both";
                return Err(Invalid::new(format!("tasks[{i}].theta.difference"), found, allowed));
            }
        }
        if let Theta::Relative {
            difference: ThetaDifference::Loud(t) | ThetaDifference::Opposite(t),
            ..
        } = task.theta
            && tasks[t].covariance.axes == Axes::Difference
        {
            return Err(Invalid::new(
                format!("tasks[{i}].theta.difference"),
                format!("\"{}\", whose axes follow the difference", tasks[t].name),
                "a task with shared or random axes",
            ));
        }
        if task.covariance.axes == Axes::Difference && !matches!(task.theta, Theta::Relative { .. })
        {
            return Err(Invalid::new(
                format!("tasks[{i}].covariance.axes"),
                "\"difference\"",
                "shared or random: this task's θ refers to no other task",
            ));
        }
    }
    Ok(())
}
