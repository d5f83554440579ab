//! `taskscope data`: the rows and the fitted models of a trial, as arrays for other programs.

use std::path::PathBuf;
use std::sync::Arc;

use nalgebra::DMatrix;

use crate::cli::source::Source;
use crate::cli::{interrupt, output};
use crate::dataset::npy::{write_matrix, write_vector};
use crate::dataset::{Dataset, DatasetTask, Split, TaskKind, manifest};
use crate::error::{Error, Invalid, Result};
use crate::scenario::Scenario;
use crate::scenario::real::FeatureMap;
use crate::store::{Over, make_folder, write};
use crate::study::Trial;
use crate::task::{Predictor, Response, Rows, TestRows, sample};

/// Most numbers that are written.
const MOST: u64 = 100_000_000;

pub(super) fn data(args: &DataOut) -> Result<()> {
    interrupt::end_on_signals(None)?;
    let (_, scenario) = args.source.scenario()?;
    if args.trial >= scenario.trials() {
        let allowed = format!("a whole number from 0 to {}", scenario.trials() - 1);
        return Err(Invalid::new("--trial", args.trial, allowed).into());
    }
    let rows: u64 = scenario.tasks().iter().map(|task| task.samples).sum();
    let numbers = rows.saturating_mul(scenario.dimension() as u64);
    if numbers > MOST {
        let allowed = format!("at most {MOST} numbers: fewer rows or features");
        return Err(Invalid::new("data", format!("{numbers} numbers"), allowed).into());
    }
    if std::fs::read_dir(&args.out).is_ok_and(|mut entries| entries.next().is_some()) {
        let found = format!("{}, which holds files", args.out.display());
        return Err(Invalid::new("--out", found, "a new or empty folder").into());
    }
    let dataset = of_trial(&scenario, args.trial);
    let names: Vec<String> = dataset.tasks.iter().map(|task| task.name.clone()).collect();
    let mut files = vec![("scenario.json".to_owned(), scenario.draft().to_json()?.into_bytes())];
    files.extend(manifest::write(&dataset));
    files.extend(feature_maps(&scenario, args.trial, &names));
    files.extend(models(&scenario, args.trial, &names));
    let paths: Vec<(PathBuf, Vec<u8>)> =
        files.into_iter().map(|(name, bytes)| (args.out.join(name), bytes)).collect();
    for folder in paths.iter().filter_map(|(path, _)| path.parent()) {
        make_folder(folder)?;
    }
    paths.iter().try_for_each(|(path, bytes)| write(path, bytes, Over::Nothing)).map_err(
        |error| match error {
            Error::Exists(_) => {
                let found = "a folder that another command fills at the same time";
                Invalid::new("--out", found, "a new or empty folder").into()
            }
            other => other,
        },
    )?;
    output::print(&format!(
        "wrote {} files to {}; read them again with: taskscope import {}\n",
        paths.len(),
        args.out.display(),
        args.out.display()
    ))
}

/// The rows of a trial as a data set with given parts.
fn of_trial(scenario: &Scenario, trial: usize) -> Dataset {
    let population = scenario.population(trial);
    let training = scenario.training_rows(trial);
    let (validation, test) = match scenario.real() {
        Some(_) => {
            let rows = scenario.trial_rows(&population, trial);
            (rows.validation, rows.test)
        }
        None => (Vec::new(), scenario.held_out(&population, trial)),
    };
    let specs = scenario.tasks().iter().zip(training);
    let task = |(i, (spec, mut training)): (usize, (&crate::task::TaskSpec, Rows))| {
        let parts = [validation.get(i), test.get(i)];
        if let Some(test) = test.get(i) {
            training.y.add_scalar_mut(test.label_mean);
        }
        with_parts(spec.name.clone(), training, parts, spec.labels.response)
    };
    Dataset {
        title: format!("{}, trial {trial}", scenario.draft().title),
        features: match scenario.real() {
            Some(real) => real.data().feature_names(),
            None => (1..=scenario.dimension()).map(|i| format!("x{i}")).collect(),
        },
        tasks: specs.enumerate().map(task).collect(),
        same_x: false,
        source: vec!["taskscope".to_owned()],
        notes: Vec::new(),
    }
}

/// A task of training rows, and validation and test rows below them.
fn with_parts(
    name: String,
    training: Rows,
    [validation, test]: [Option<&TestRows>; 2],
    response: Response,
) -> DatasetTask {
    let mut split =
        Split { train: (0..training.y.len()).collect(), given: true, ..Split::default() };
    let mut x: DMatrix<f64> = training.x;
    let mut y: Vec<f64> = training.y.iter().copied().collect();
    let parts = [(validation, &mut split.validation), (test, &mut split.test)];
    for (rows, part) in parts {
        let Some(rows) = rows else { continue };
        part.extend(y.len()..y.len() + rows.rows.y.len());
        y.extend(rows.rows.y.iter());
        x = sample::stacked(x, &rows.rows.x);
    }
    let kind = match response {
        Response::Sign => TaskKind::Classification,
        _ => TaskKind::Regression,
    };
    DatasetTask { name, kind, x: Arc::new(x), y, split, groups: None, moments: None }
}

/// What turns the features of the files into those of the rows of a trial.
fn feature_maps(scenario: &Scenario, trial: usize, names: &[String]) -> Vec<(String, Vec<u8>)> {
    let Some(real) = scenario.real() else { return Vec::new() };
    let maps = real.feature_maps(scenario, trial);
    let shared = maps.first().and_then(|(_, map)| match map {
        FeatureMap::Same => None,
        FeatureMap::Scales(scales) => Some(("scales", write_vector(scales.as_slice()))),
        FeatureMap::Components(map) => Some(("components", write_matrix(map))),
    });
    let shared = shared.map(|(name, bytes)| (format!("models/feature_{name}.npy"), bytes));
    let means = names.iter().zip(&maps).map(|(name, (means, _))| {
        (format!("models/{name}/feature_means.npy"), write_vector(means.as_slice()))
    });
    shared.into_iter().chain(means).collect()
}

/// Planted θ and covariance, the models of every task alone, and the shared model.
fn models(scenario: &Scenario, trial: usize, names: &[String]) -> Vec<(String, Vec<u8>)> {
    let label_means: Vec<f64> = match scenario.real() {
        Some(_) => {
            let test = scenario.held_out(&scenario.population(trial), trial);
            test.iter().map(|task| task.label_mean).collect()
        }
        None => Vec::new(),
    };
    let trial = Trial::own(scenario, trial);
    let mut files = Vec::new();
    let tasks = names.iter().zip(&trial.population.tasks).zip(&trial.training.alone);
    for (i, (name, mean)) in names.iter().zip(&label_means).enumerate() {
        let mut intercept = |file: &str, predictor: Predictor| {
            let number = write_vector(&[predictor.intercept + mean]);
            files.push((format!("models/{name}/{file}.npy"), number));
        };
        intercept("alone_intercept", trial.training.predictor_alone(i));
        if let Some(fit) = trial.fits.first() {
            intercept("intercept", trial.training.predictor(&fit.optimum.model, i));
        }
    }
    for ((name, population), alone) in tasks {
        let theta = write_vector(population.theta.as_slice());
        files.push((format!("models/{name}/theta.npy"), theta));
        files.push((
            format!("models/{name}/covariance.npy"),
            write_matrix(&population.covariance()),
        ));
        let alone = &alone.model;
        files.push((format!("models/{name}/alone_units.npy"), write_matrix(&alone.module)));
        files.push((
            format!("models/{name}/alone_head.npy"),
            write_vector(alone.heads[0].as_slice()),
        ));
    }
    if let Some(fit) = trial.fits.first() {
        let shared = &fit.optimum.model;
        files.push(("models/module.npy".to_owned(), write_matrix(&shared.module)));
        files.push(("models/weights.npy".to_owned(), write_vector(&fit.weights)));
        for (i, (name, head)) in names.iter().zip(&shared.heads).enumerate() {
            let units = write_matrix(&shared.units(i));
            files.push((format!("models/{name}/units.npy"), units));
            files.push((format!("models/{name}/head.npy"), write_vector(head.as_slice())));
        }
    }
    files
}

#[derive(Debug, clap::Args)]
#[command(after_help = DATA)]
pub(super) struct DataOut {
    #[command(flatten)]
    pub source: Source,
    /// The trial, counted from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub trial: usize,
    /// The folder to write to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
}

const DATA: &str = "Writes TASK/X_train.npy and y_train.npy with a manifest that `taskscope import` \
reads, and in models/ θ, covariance, the models alone and together (units U, head a), the shared \
module B and the weights. A model predicts g(x U) a, of real tasks with its intercept added. Together, \
U is B, or R B where an alignment R of the task's rows is learned or computed. Features of real \
tasks are centred as in the trial.";
