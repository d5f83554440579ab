//! Full-batch gradient descent.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use crate::cli::bench::report::{Bench, Case, Dtype, ROWS, Report, TASKS};
use crate::cli::bench::{clock, rows};
use crate::cli::study;
use crate::error::Result;
use crate::math::kernel::Number;
use crate::model::{LeastSquares, Loss, Objective, OnRows, SharedModel};
use crate::task::{Activation, Rows};

/// Number of features.
const FEATURES: usize = 100;
/// Learning rate, for losses that are means over the rows of a task.
const RATE: f64 = 0.05;
/// Steps after which the loss is printed.
const CHECKED: usize = 20;

/// The objective on drawn rows, each task with the weight 1/m.
fn objective(activation: Activation, loss: Loss) -> OnRows {
    let of_task = |task: usize| {
        let x = rows::features(task, ROWS, FEATURES);
        let theta = rows::vector(task, FEATURES) * (3.0 / FEATURES as f64).sqrt();
        let y = (&x * theta).map(|t| activation.at(t));
        Rows { y: if loss == Loss::Logistic { y.map(f64::signum) } else { y }, x }
    };
    OnRows {
        data: (0..TASKS).map(of_task).collect(),
        weights: vec![1.0 / ROWS as f64; TASKS],
        activation,
        loss,
        penalties: Vec::new(),
        intercepts: false,
    }
}

/// The weights before the first step.
fn start(width: usize) -> SharedModel {
    let scale = (3.0 / FEATURES as f64).sqrt();
    let unit = |j: usize| rows::vector(100 + j, FEATURES) * scale;
    let module = DMatrix::from_columns(&(0..width).map(unit).collect::<Vec<DVector<f64>>>());
    let head = |task: usize| rows::vector(200 + task, width);
    SharedModel::new(module, (0..TASKS).map(head).collect())
}

/// Times steps `weights − rate · gradient`, each with its loss. Returns the loss after some steps.
fn timed(
    args: &Bench,
    case: Case,
    shape: String,
    mut gradient: impl FnMut(&SharedModel) -> (f64, SharedModel),
) -> Report {
    let mut model = start(usize::from(args.width()));
    let mut loss = f64::NAN;
    let mut step = |model: &mut SharedModel| {
        let (own, slope) = gradient(model);
        (loss, *model) = (own, model.moved(&slope, -RATE));
        loss
    };
    (0..CHECKED).for_each(|_| _ = step(&mut model));
    let checked = step(&mut model);
    let timed = clock::time(args.steps, || _ = step(&mut model));
    Report::new(args, case, shape, timed, checked)
}

fn shape(of: &str, width: u16) -> String {
    format!("{of}: {TASKS} tasks × {ROWS} rows × {FEATURES} features, r = {width}")
}

pub(super) fn on_rows(args: &Bench, case: Case) -> Result<Report> {
    let (name, activation, loss) = match case {
        Case::Logistic => ("linear units, logistic loss", Activation::Linear, Loss::Logistic),
        _ => ("ReLU units, squared loss", Activation::Relu, Loss::Squared),
    };
    let objective = objective(activation, loss);
    let shape = shape(name, args.width());
    study::threads(Some(args.threads()))?;
    Ok(match args.dtype() {
        Dtype::Float32 => stored_as::<f32>(args, case, shape, &objective),
        Dtype::Float64 => stored_as::<f64>(args, case, shape, &objective),
    })
}

fn stored_as<T: Number>(args: &Bench, case: Case, shape: String, objective: &OnRows) -> Report {
    let packed = objective.data.pack::<T>(usize::from(args.width()));
    timed(args, case, shape, |model| {
        objective.gradient_on(&packed, model, |parts, part| match args.threads() {
            1 => (0..parts).map(part).collect(),
            _ => (0..parts).into_par_iter().map(part).collect(),
        })
    })
}

pub(super) fn on_moments(args: &Bench) -> Report {
    let rows = objective(Activation::Linear, Loss::Squared);
    let data = rows.data.iter().map(Rows::moments).collect();
    let objective = LeastSquares { data, weights: rows.weights };
    let shape = shape("linear units, squared loss, on moments", args.width());
    timed(args, Case::Linear, shape, |model| objective.gradient(model))
}
