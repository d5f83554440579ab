//! The table of knobs: one entry per knob.

use super::definition::KnobScale::{Linear, Log};
use super::definition::KnobScope::{Data, Model, Task};
use super::definition::{Knob, choice, number};
use crate::method::{Method, Weighting};
use crate::model::{Loss, Rule};
use crate::scenario::draft::{
    Draw, Redraw, RowsDraft, ScenarioDraft, SpectrumDraft, TaskDraft, TaskRole, default_block,
};
use crate::task::{Activation, Response, Space};

/// Largest number of rows of a task.
const MOST_SAMPLES: f64 = 1e9;
/// Largest number of tasks.
const MOST_TASKS: f64 = 32.0;
/// Largest width, unless there are more tasks.
const USUAL_WIDTH: f64 = 16.0;

/// The largest width that is allowed: 16, or one unit for every task if there are more.
pub(in crate::scenario) fn most_width(draft: &ScenarioDraft) -> f64 {
    draft.tasks.iter().map(|task| task.count.unwrap_or(1.0)).sum::<f64>().max(USUAL_WIDTH)
}

const RESPONSES: [Response; 3] = [Response::Linear, Response::Relu, Response::Sign];
const LABELS: &[&str] = &["model", "linear", "relu", "sign"];
const ACTIVATIONS: [Activation; 2] = [Activation::Linear, Activation::Relu];
const LOSSES: [Loss; 2] = [Loss::Squared, Loss::Logistic];

/// Returns true if the knobs of a task's rows can be turned. Of tasks that share one X, only the
/// first has them, and the first that is not aside.
pub(in crate::scenario) fn leads(draft: &ScenarioDraft, task: usize) -> bool {
    let first = draft.tasks.iter().position(|task| task.role != TaskRole::Aside);
    task == 0 || Some(task) == first || draft.data.rows == RowsDraft::Own
}

/// Why turning or shaping rows that are alike in all directions changes nothing.
const ROUND: &str =
    "κ is 1, so the rows spread alike in all directions: first raise condition κ above 1";

/// Returns true if the rows of a task spread alike in all directions.
fn is_round(draft: &ScenarioDraft, task: usize) -> bool {
    draft.tasks.get(task).is_some_and(|task| task.covariance.condition == 1.0)
}

/// Rows of the first target.
fn first_target(draft: &ScenarioDraft) -> Option<f64> {
    draft.tasks.iter().find(|task| task.role == TaskRole::Target).map(|task| task.samples)
}

/// The ratios of rows that lead to 1 to [`MOST_SAMPLES`] rows, and the whole track.
pub(super) fn ratios(draft: &ScenarioDraft, (low, high): (f64, f64)) -> (f64, f64) {
    let target = first_target(draft).unwrap_or(1.0);
    (low.min(1.0 / target), high.max(MOST_SAMPLES / target))
}

/// The tasks whose rows change with those of one task: all tasks if they share one X.
pub(in crate::scenario) fn followers(
    draft: &mut ScenarioDraft,
    task: usize,
) -> impl Iterator<Item = &mut TaskDraft> {
    let shared = draft.data.rows == RowsDraft::Shared;
    draft.tasks.iter_mut().enumerate().filter(move |(i, _)| shared || *i == task).map(|(_, t)| t)
}

/// All knobs, in the order of the sliders.
pub static KNOBS: &[Knob] = &[
    Knob {
        symbol: "∠θ",
        unit: "°",
        slider: true,
        help: "angle between the θs: how far the tasks agree",
        get: |s, i| {
            let theta = s.tasks[i].theta.as_ref()?;
            theta.angle.or_else(|| theta.cosine.map(|c| c.acos().to_degrees()))
        },
        set: |s, i, v| {
            if let Some(theta) = &mut s.tasks[i].theta {
                (theta.angle, theta.cosine) = (Some(v), None);
            }
        },
        ..number(Task, "angle", "theta.angle", Linear(1.0), (0.0, 180.0))
    },
    Knob {
        symbol: "cos",
        help: "cosine of the angle: another way to set the angle",
        get: |s, i| {
            let theta = s.tasks[i].theta.as_ref()?;
            theta.cosine.or_else(|| theta.angle.map(|a| a.to_radians().cos()))
        },
        set: |s, i, v| {
            if let Some(theta) = &mut s.tasks[i].theta {
                (theta.angle, theta.cosine) = (None, Some(v));
            }
        },
        ..number(Task, "cosine", "theta.cosine", Linear(0.01), (-1.0, 1.0))
    },
    Knob {
        symbol: "φ",
        unit: "°",
        allowed: (-360.0, 360.0),
        slider: true,
        help: "turns the loud axes of the rows towards the quiet ones",
        asleep: |s, i| is_round(s, i).then_some(ROUND),
        get: |s, i| leads(s, i).then(|| s.tasks[i].covariance.rotation),
        set: |s, i, v| followers(s, i).for_each(|t| t.covariance.rotation = v),
        ..number(Task, "rotation", "covariance.rotation", Linear(1.0), (0.0, 90.0))
    },
    Knob {
        symbol: "κ",
        unit: "×",
        allowed: (1.0, 1e4),
        slider: true,
        help: "spread of the rows: loudest over quietest direction",
        get: |s, i| leads(s, i).then(|| s.tasks[i].covariance.condition),
        set: |s, i, v| followers(s, i).for_each(|t| t.covariance.condition = v),
        ..number(Task, "condition", "covariance.condition", Log(20.0), (1.0, 1000.0))
    },
    Knob {
        unit: "axes",
        allowed: (1.0, 500.0),
        whole: true,
        help: "number of loud axes of a block spectrum",
        asleep: |s, i| is_round(s, i).then_some(ROUND),
        get: |s, i| {
            let block = s.tasks[i].covariance.spectrum == SpectrumDraft::Block && leads(s, i);
            block.then(|| s.tasks[i].covariance.size.unwrap_or(default_block(s.data.dimension)))
        },
        set: |s, i, v| followers(s, i).for_each(|t| t.covariance.size = Some(v)),
        ..number(Task, "size", "covariance.size", Linear(1.0), (1.0, 50.0))
    },
    Knob {
        symbol: "m",
        unit: "rows",
        allowed: (1.0, MOST_SAMPLES),
        whole: true,
        slider: true,
        on_real: true,
        help: "number of rows of data",
        get: |s, i| leads(s, i).then(|| s.tasks[i].samples),
        set: |s, i, v| followers(s, i).for_each(|t| t.samples = v),
        ..number(Task, "samples", "samples", Log(20.0), (10.0, 1e6))
    },
    Knob {
        symbol: "m/m₁",
        allowed: (1e-9, 1e9),
        on_real: true,
        help: "rows per row of the first target: another way to set samples",
        get: |s, i| {
            let own = s.tasks[i].role == TaskRole::Source && s.data.rows == RowsDraft::Own;
            own.then_some(s.tasks[i].samples / first_target(s)?)
        },
        set: |s, i, v| {
            if let Some(target) = first_target(s) {
                s.tasks[i].samples = (v * target).round().clamp(1.0, MOST_SAMPLES);
            }
        },
        ..number(Task, "ratio", "samples", Log(20.0), (0.1, 100.0))
    },
    Knob {
        symbol: "σ",
        allowed: (0.0, 1e6),
        slider: true,
        help: "standard deviation of the label noise",
        get: |s, i| Some(s.tasks[i].noise),
        set: |s, i, v| s.tasks[i].noise = v.abs(),
        ..number(Task, "noise", "noise", Linear(0.05), (0.0, 3.0))
    },
    Knob {
        slider: true,
        on_real: true,
        help: "share of the rows with random labels",
        get: |s, i| Some(s.tasks[i].random.unwrap_or(0.0)),
        set: |s, i, v| s.tasks[i].random = Some(v),
        ..number(Task, "random", "random", Linear(0.05), (0.0, 1.0))
    },
    Knob {
        slider: true,
        help: "share of the ±1 labels that are flipped",
        get: |s, i| {
            let signs = s.tasks[i].labels == Some(Response::Sign) || s.model.loss == Loss::Logistic;
            signs.then(|| s.tasks[i].flips.unwrap_or(0.0))
        },
        set: |s, i, v| s.tasks[i].flips = Some(v),
        ..number(Task, "flips", "flips", Linear(0.01), (0.0, 0.5))
    },
    Knob {
        help: "how labels follow from θ; model: chosen to match the model",
        get: |s, i| Some(s.tasks[i].labels.map_or(0.0, |r| 1.0 + r as u8 as f64)),
        set: |s, i, v| s.tasks[i].labels = RESPONSES.get((v as usize).wrapping_sub(1)).copied(),
        ..choice(Task, "labels", "labels", LABELS)
    },
    Knob {
        unit: "tasks",
        allowed: (1.0, MOST_TASKS),
        whole: true,
        help: "number of tasks of this kind",
        get: |s, i| Some(s.tasks[i].count.unwrap_or(1.0)),
        set: |s, i, v| s.tasks[i].count = (v != 1.0).then_some(v),
        ..number(Task, "count", "count", Linear(1.0), (1.0, 16.0))
    },
    Knob {
        symbol: "α",
        allowed: (1e-3, 1e3),
        slider: true,
        on_real: true,
        help: "weight of the task, if weights are manual",
        get: |s, i| {
            (s.model.weights == Weighting::Manual).then(|| s.tasks[i].weight.unwrap_or(1.0))
        },
        set: |s, i, v| s.tasks[i].weight = Some(v),
        ..number(Task, "weight", "weight", Log(10.0), (0.01, 100.0))
    },
    Knob {
        symbol: "r",
        allowed: (1.0, MOST_TASKS),
        whole: true,
        slider: true,
        on_real: true,
        help: "number of shared units; with one per task, linear tasks share nothing",
        get: |s, _| Some(s.model.width),
        set: |s, _, v| s.model.width = v,
        ..number(Model, "width", "model.width", Linear(1.0), (1.0, 6.0))
    },
    Knob {
        symbol: "g",
        slider: true,
        on_real: true,
        help: "function applied by each unit",
        get: |s, _| Some(s.model.activation as u8 as f64),
        set: |s, _, v| s.model.activation = ACTIVATIONS[v as usize],
        ..choice(Model, "activation", "model.activation", Activation::NAMES)
    },
    Knob {
        slider: true,
        on_real: true,
        help: "squared, or logistic for ±1 labels",
        get: |s, _| Some(s.model.loss as u8 as f64),
        set: |s, _, v| s.model.loss = LOSSES[v as usize],
        ..choice(Model, "loss", "model.loss", Loss::NAMES)
    },
    Knob {
        symbol: "α",
        slider: true,
        on_real: true,
        help: "how the losses of the tasks are weighted",
        get: |s, _| Some(s.model.weights.index() as f64),
        set: |s, _, v| s.model.weights = Weighting::from_index(v as usize),
        ..choice(Model, "weights", "model.weights", Weighting::NAMES)
    },
    Knob {
        symbol: "R",
        slider: true,
        on_real: true,
        help: "how the tasks are trained",
        get: |s, _| Some(s.model.method.index() as f64),
        set: |s, _, v| s.model.method = Method::from_index(v as usize),
        ..choice(Model, "method", "model.method", Method::NAMES)
    },
    Knob {
        slider: true,
        on_real: true,
        help: "rule of the descent on screen; verdicts do not depend on it",
        get: |s, _| Some(s.model.descent.index() as f64),
        set: |s, _, v| s.model.descent = Rule::from_index(v as usize),
        ..choice(Model, "descent", "model.descent", Rule::NAMES)
    },
    Knob {
        allowed: (0.0, 1000.0),
        on_real: true,
        help: "learning rate of the descent; 0: a stable rate is found",
        get: |s, _| Some(s.model.rate.unwrap_or(0.0)),
        set: |s, _, v| s.model.rate = (v > 0.0).then_some(v),
        ..number(Model, "rate", "model.rate", Linear(0.001), (0.0, 0.1))
    },
    Knob {
        symbol: "d",
        unit: "features",
        allowed: (2.0, 500.0),
        whole: true,
        help: "number of features",
        get: |s, _| Some(s.data.dimension),
        set: |s, _, v| s.data.dimension = v,
        ..number(Data, "dimension", "data.dimension", Log(10.0), (2.0, 200.0))
    },
    Knob {
        help: "draw XᵀX, Xᵀy and yᵀy directly, or every row; same distribution",
        get: |s, _| Some(s.data.draw as u8 as f64),
        set: |s, _, v| s.data.draw = if v == 0.0 { Draw::Moments } else { Draw::Rows },
        ..choice(Data, "draw", "data.draw", &["moments", "rows"])
    },
    Knob {
        help: "what each trial redraws: θs, axes and data, or only the data",
        get: |s, _| Some(s.data.redraw as u8 as f64),
        set: |s, _, v| s.data.redraw = if v == 0.0 { Redraw::Population } else { Redraw::Data },
        ..choice(Data, "redraw", "data.redraw", &["population", "data"])
    },
    Knob {
        symbol: "X",
        on_real: true,
        help: "whether each task has its own rows, or all share one X",
        get: |s, _| Some(s.data.rows as u8 as f64),
        set: |s, _, v| s.data.rows = if v == 0.0 { RowsDraft::Own } else { RowsDraft::Shared },
        ..choice(Data, "rows", "data.rows", &["own", "shared"])
    },
    Knob {
        allowed: (1.0, 500.0),
        whole: true,
        slider: true,
        help: "dimension of the subspace near which the θs lie",
        get: |s, _| s.data.rank,
        set: |s, _, v| s.data.rank = Some(v),
        ..number(Data, "rank", "data.rank", Linear(1.0), (1.0, 10.0))
    },
    Knob {
        allowed: (0.0, 100.0),
        help: "distance of the θs from that subspace",
        get: |s, _| s.data.rank.map(|_| s.data.spread.unwrap_or(0.1)),
        set: |s, _, v| s.data.spread = Some(v),
        ..number(Data, "spread", "data.spread", Linear(0.05), (0.0, 1.0))
    },
    Knob {
        help: "where the θs are compared: in raw features, or after whitening each task's rows",
        asleep: |s, _| {
            let round = (0..s.tasks.len()).all(|task| is_round(s, task));
            round
                .then_some("every κ is 1, so there is nothing to whiten: raise a condition above 1")
        },
        get: |s, _| Some(s.data.space as u8 as f64),
        set: |s, _, v| s.data.space = if v == 0.0 { Space::Raw } else { Space::Whitened },
        ..choice(Data, "space", "data.space", Space::NAMES)
    },
    Knob {
        unit: "rows",
        allowed: (2.0, 1e6),
        whole: true,
        help: "extra rows per task for tuning the methods",
        asleep: |s, _| {
            let plain = s.model.method == Method::Joint && s.compare.is_empty();
            plain.then_some("no method is tuned: choose another model.method")
        },
        get: |s, _| Some(s.data.validation.unwrap_or(200.0)),
        set: |s, _, v| s.data.validation = Some(v),
        ..number(Data, "validation", "data.validation", Log(10.0), (10.0, 1000.0))
    },
];
