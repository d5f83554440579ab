//! The only door from what was typed to what is computed.

use super::draft::{
    AxesDraft, DifferenceDraft, Draw, FORMAT, Redraw, Role, ScenarioDraft, SpectrumDraft, TaskDraft,
};
use super::knob::{Handle, Knob, Scale, default_block, shown};
use crate::error::{Error, Invalid, Result};
use crate::math::seed::Seed;
use crate::method::Weighting;
use crate::task::{
    Axes, Covariance, Difference, Labels, Moments, Population, Spectrum, TaskSpec, Theta,
};

/// Most rows that are drawn one by one; beyond them only moments are drawn.
const MOST_ROWS: f64 = 1e6;

/// A checked scenario: everything in it can be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    draft: ScenarioDraft,
    tasks: Vec<TaskSpec>,
    target: usize,
    focus: Handle,
}

impl Scenario {
    /// Checks a draft; the error names the first field that is not allowed.
    pub fn check(draft: ScenarioDraft) -> std::result::Result<Self, Invalid> {
        check_numbers(&draft)?;
        let target = check_roles(&draft)?;
        let tasks = (0..draft.tasks.len())
            .map(|i| task_spec(&draft, i))
            .collect::<std::result::Result<Vec<_>, _>>()?;
        check_differences(&draft, &tasks)?;
        let focus = match &draft.focus {
            Some(path) => {
                Handle::find(&draft, path).map_err(|e| Invalid { field: "focus".into(), ..e })?
            }
            None => Handle::all(&draft)[0],
        };
        Ok(Self { draft, tasks, target, focus })
    }

    /// Reads and checks JSON; `origin` names the file in errors.
    pub fn parse(json: &str, origin: &str) -> Result<Self> {
        let draft = ScenarioDraft::parse(json, origin)?;
        Self::check(draft).map_err(|problem| Error::Scenario { origin: origin.to_owned(), problem })
    }

    /// The same scenario with one knob set to another value.
    pub fn with(&self, handle: Handle, value: f64) -> std::result::Result<Self, Invalid> {
        let mut draft = self.draft.clone();
        handle.set(&mut draft, value)?;
        Self::check(draft)
    }

    /// What was written down.
    pub fn draft(&self) -> &ScenarioDraft {
        &self.draft
    }

    /// The specification of every task.
    pub fn tasks(&self) -> &[TaskSpec] {
        &self.tasks
    }

    /// Index of the task whose gain is measured.
    pub fn target(&self) -> usize {
        self.target
    }

    /// Index of the task it is trained with.
    pub fn source(&self) -> usize {
        1 - self.target
    }

    /// The knob that has the focus when the scenario is opened.
    pub fn focus(&self) -> Handle {
        self.focus
    }

    /// Number of features d.
    pub fn dimension(&self) -> usize {
        self.draft.data.dimension as usize
    }

    /// Width r of the shared module.
    pub fn width(&self) -> usize {
        self.draft.model.width as usize
    }

    /// The weighting scheme.
    pub fn weighting(&self) -> Weighting {
        self.draft.model.weights
    }

    /// The task weights α_i.
    pub fn weights(&self) -> Vec<f64> {
        let samples: Vec<u64> = self.tasks.iter().map(|t| t.samples).collect();
        self.weighting().before_data(&samples, &[]).unwrap_or_default()
    }

    /// Number of trials behind a verdict.
    pub fn trials(&self) -> usize {
        self.draft.trials as usize
    }

    /// The seed of one trial.
    pub fn trial_seed(&self, trial: usize) -> Seed {
        Seed::new(self.draft.seed as u64).child("trial", trial as u64)
    }

    /// Draws the population of a trial.
    pub fn population(&self, trial: usize) -> Population {
        let seed = match self.draft.data.redraw {
            Redraw::Population => self.trial_seed(trial),
            Redraw::Data => self.trial_seed(0),
        };
        Population::draw(&self.tasks, self.dimension(), seed)
    }

    /// How many different populations the trials have.
    pub fn populations(&self) -> usize {
        match self.draft.data.redraw {
            Redraw::Population => self.trials(),
            Redraw::Data => 1,
        }
    }

    /// Whether another scenario draws the same populations.
    pub fn same_populations(&self, other: &Self) -> bool {
        let same = |a: &TaskSpec, b: &TaskSpec| a.covariance == b.covariance && a.theta == b.theta;
        self.draft.data == other.draft.data
            && self.draft.seed == other.draft.seed
            && self.tasks.len() == other.tasks.len()
            && self.tasks.iter().zip(&other.tasks).all(|(a, b)| same(a, b))
    }

    /// Draws the data of every task in a trial.
    pub fn data(&self, population: &Population, trial: usize) -> Vec<Moments> {
        let draw = match self.draft.data.draw {
            Draw::Moments => Moments::draw,
            Draw::Rows => Moments::draw_by_rows,
        };
        let seed = self.trial_seed(trial);
        self.tasks
            .iter()
            .zip(&population.tasks)
            .enumerate()
            .map(|(i, (spec, task))| {
                draw(task, spec.samples, spec.labels.noise, seed.child("data", i as u64))
            })
            .collect()
    }
}

/// Every number that is no knob, and every knob.
fn check_numbers(draft: &ScenarioDraft) -> std::result::Result<(), Invalid> {
    if draft.taskscope != FORMAT {
        return Err(Invalid::new(
            "taskscope",
            shown(draft.taskscope),
            format!("{} (the format this version reads)", shown(FORMAT)),
        ));
    }
    let whole = |field: &str, value: f64, low: f64, high: f64| {
        let inside = value.fract() == 0.0 && value >= low && value <= high;
        let allowed = format!("a whole number from {} to {}", shown(low), shown(high));
        if inside { Ok(()) } else { Err(Invalid::new(field, shown(value), allowed)) }
    };
    whole("seed", draft.seed, 0.0, 9e15)?;
    whole("trials", draft.trials, 2.0, 100_000.0)?;
    if draft.tasks.len() != 2 {
        let allowed = "two tasks, one target and one source";
        return Err(Invalid::new("tasks", draft.tasks.len(), allowed));
    }
    for handle in Handle::all(draft) {
        if let (Some(value), false) = (handle.get(draft), is_linked(draft, &handle)) {
            handle.knob.check(&handle.field(), value)?;
        }
    }
    Ok(())
}

/// Angle and cosine are one value: only the one that was written is checked.
fn is_linked(draft: &ScenarioDraft, handle: &Handle) -> bool {
    let theta = |name: &str| {
        let theta = draft.tasks[handle.task].theta.as_ref();
        theta.is_some_and(|t| if name == "angle" { t.angle.is_none() } else { t.cosine.is_none() })
    };
    matches!(handle.knob.name, "angle" | "cosine") && theta(handle.knob.name)
}

/// Names, roles and references; the index of the target.
fn check_roles(draft: &ScenarioDraft) -> std::result::Result<usize, Invalid> {
    for (i, task) in draft.tasks.iter().enumerate() {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let name = &task.name;
        if name.is_empty()
            || name.len() > 24
            || !name.chars().all(plain)
            || ["model", "data"].contains(&name.as_str())
        {
            return Err(Invalid::new(
                format!("tasks[{i}].name"),
                format!("\"{name}\""),
                "1 to 24 letters, digits, - or _, other than \"model\" and \"data\"",
            ));
        }
        if draft.task(name) != Some(i) {
            return Err(Invalid::new(
                format!("tasks[{i}].name"),
                format!("\"{name}\" a second time"),
                "a name of its own for each task",
            ));
        }
    }
    let targets: Vec<usize> =
        (0..draft.tasks.len()).filter(|&i| draft.tasks[i].role == Role::Target).collect();
    match targets[..] {
        [target] => Ok(target),
        _ => Err(Invalid::new(
            "tasks",
            format!("{} tasks with the role target", targets.len()),
            "exactly one",
        )),
    }
}

fn task_spec(draft: &ScenarioDraft, i: usize) -> std::result::Result<TaskSpec, Invalid> {
    let task = &draft.tasks[i];
    if draft.data.draw == Draw::Rows && task.samples > MOST_ROWS {
        let allowed = format!(
            "at most {} where rows are drawn one by one (with data.draw = moments: {})",
            shown(MOST_ROWS),
            shown(1e9)
        );
        return Err(Invalid::new(format!("tasks[{i}].samples"), shown(task.samples), allowed));
    }
    Ok(TaskSpec {
        name: task.name.clone(),
        samples: task.samples as u64,
        labels: Labels::linear(task.noise),
        covariance: covariance(draft, i)?,
        theta: theta(draft, task, i)?,
    })
}

fn covariance(draft: &ScenarioDraft, i: usize) -> std::result::Result<Covariance, Invalid> {
    let written = &draft.tasks[i].covariance;
    if let (SpectrumDraft::Decay, Some(size)) = (written.spectrum, written.size) {
        let allowed = "no size: only a block has one";
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

fn theta(draft: &ScenarioDraft, task: &TaskDraft, i: usize) -> std::result::Result<Theta, Invalid> {
    let Some(written) = &task.theta else {
        return Ok(Theta::Random);
    };
    let named = |field: &str, name: &str| {
        draft.task(name).ok_or_else(|| {
            let names: Vec<&str> = draft.tasks.iter().map(|t| t.name.as_str()).collect();
            Invalid::new(
                format!("tasks[{i}].theta.{field}"),
                format!("\"{name}\""),
                names.join(" or "),
            )
        })
    };
    let to = named("from", &written.from)?;
    if to == i || draft.tasks[to].theta.is_some() {
        return Err(Invalid::new(
            format!("tasks[{i}].theta.from"),
            format!("\"{}\"", written.from),
            "another task that has no theta of its own",
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
    let difference = match &written.difference {
        DifferenceDraft::Generic => Difference::Generic,
        DifferenceDraft::Loud(name) => Difference::Loud(named("difference.loud", name)?),
        DifferenceDraft::Opposite(name) => {
            Difference::Opposite(named("difference.opposite", name)?)
        }
    };
    Ok(Theta::Relative { to, angle, difference })
}

/// Axes along a difference need a difference, and one that does not lie along those axes.
fn check_differences(
    draft: &ScenarioDraft,
    tasks: &[TaskSpec],
) -> std::result::Result<(), Invalid> {
    for (i, task) in tasks.iter().enumerate() {
        if let Theta::Relative { difference: Difference::Loud(t) | Difference::Opposite(t), .. } =
            task.theta
            && tasks[t].covariance.axes == Axes::Difference
        {
            return Err(Invalid::new(
                format!("tasks[{i}].theta.difference"),
                format!("\"{}\", whose axes follow the difference", draft.tasks[t].name),
                "a task with shared or random axes",
            ));
        }
        if task.covariance.axes == Axes::Difference && task.theta == Theta::Random {
            return Err(Invalid::new(
                format!("tasks[{i}].covariance.axes"),
                "\"difference\"",
                "shared or random: this task's θ refers to no other",
            ));
        }
    }
    Ok(())
}

/// Values of a knob over its whole track, and as far beyond as its present value, at which a scenario can be computed: `points` of them,
/// fewer where the knob has fewer values.
pub fn along_track(scenario: &Scenario, handle: Handle, points: usize) -> Vec<f64> {
    let knob: &Knob = handle.knob;
    let mut values: Vec<f64> = match knob.scale {
        Scale::Choice(names) => (0..names.len()).map(|i| i as f64).collect(),
        _ => {
            let here = handle.get(scenario.draft()).map_or(0.0, |value| knob.position(value));
            let (from, to) = (here.min(0.0), here.max(1.0));
            let share = |i: usize| from + (to - from) * i as f64 / (points - 1) as f64;
            (0..points).map(|i| knob.along(share(i))).collect()
        }
    };
    values.dedup();
    values.retain(|&value| scenario.with(handle, value).is_ok());
    values
}
