//! The data sets that are open, by the place that scenarios name.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::bundled::{BUNDLED, BundledDataset};
use super::feature_map::{self, FeatureMap};
use super::reference::{self, Reference};
use crate::dataset::{Dataset, DatasetTask, Split, check};
use crate::error::{Invalid, Result};
use crate::scenario::draft::DatasetDraft;
use crate::scenario::names::{LONGEST, is_number, refusal};
use crate::task::PopulationTask;

/// What is allowed instead of a data set that cannot be read.
pub(crate) const UNREADABLE: &str = "a data set that can be read";
/// Features whose standard deviations differ by more than this factor have very different scales.
pub const UNLIKE_SCALES: f64 = 30.0;

/// A data set with the covariance and θ of every task, fitted to all its rows, computed when first
/// needed.
#[derive(Debug)]
pub struct OpenDataset {
    dataset: Dataset,
    /// Its place, with the hashes of the files as they were read.
    place: DatasetDraft,
    references: Vec<OnceLock<Reference>>,
    /// How far the fits depend on the rows that components are fitted to.
    drifts: Vec<OnceLock<f64>>,
    /// What becomes of the features where all rows count.
    map_of_all: OnceLock<FeatureMap>,
    /// The same where the training rows do that the files give.
    map_of_given: OnceLock<FeatureMap>,
    /// Features of very different scales.
    scales: Option<UnlikeScales>,
    /// For every task, notes on what drawn parts cannot divide well.
    doubts: Vec<Vec<String>>,
}

/// Two features of very different scales.
#[derive(Debug, Clone, PartialEq)]
pub struct UnlikeScales {
    /// The feature with the largest standard deviation.
    pub largest: String,
    /// The feature with the smallest one that is not zero.
    pub smallest: String,
    /// How many times as large the first deviation is.
    pub ratio: f64,
}

impl UnlikeScales {
    fn find(dataset: &Dataset) -> Option<Self> {
        let deviations = feature_map::deviations(&dataset.tasks);
        let varying = deviations.iter().zip(&dataset.features).filter(|(s, _)| **s > 0.0);
        let (most, largest) = varying.clone().max_by(|a, b| a.0.total_cmp(b.0))?;
        let (least, smallest) = varying.min_by(|a, b| a.0.total_cmp(b.0))?;
        let ratio = most / least;
        let (largest, smallest) = (largest.clone(), smallest.clone());
        (ratio > UNLIKE_SCALES).then_some(Self { largest, smallest, ratio })
    }
}

impl OpenDataset {
    fn new(mut dataset: Dataset, place: &DatasetDraft) -> Self {
        dataset.notes.extend(name_tasks(&mut dataset.tasks));
        let references = dataset.tasks.iter().map(|_| OnceLock::new()).collect();
        let drifts = dataset.tasks.iter().map(|_| OnceLock::new()).collect();
        let place = place.clone();
        let (map_of_all, map_of_given) = (OnceLock::new(), OnceLock::new());
        let scales = if place.standardise { None } else { UnlikeScales::find(&dataset) };
        let doubts = dataset.tasks.iter().map(check::drawn_doubts).collect();
        Self { dataset, place, references, drifts, map_of_all, map_of_given, scales, doubts }
    }

    /// The features that spread most and least, if the first does over [`UNLIKE_SCALES`] times as
    /// far and they are not standardised.
    pub fn unlike_scales(&self) -> Option<&UnlikeScales> {
        self.scales.as_ref()
    }

    /// Notes on a task whose rows drawn parts cannot divide well: copies, and a group with most rows.
    pub(super) fn doubts(&self, task: usize) -> &[String] {
        &self.doubts[task]
    }

    /// What becomes of the features in a trial with these parts: the training rows of all tasks of
    /// the data set count, whichever take part.
    pub(in crate::scenario) fn feature_map(&self, splits: &[Split]) -> FeatureMap {
        let fit = || {
            let rows: Vec<&[usize]> = splits.iter().map(|split| &split.train[..]).collect();
            FeatureMap::fit(&self.dataset.tasks, &rows, &self.place)
        };
        match splits.iter().all(|split| split.given) {
            true => self.map_of_given.get_or_init(fit).clone(),
            false => fit(),
        }
    }

    /// The same where all rows count.
    fn map_of_all(&self) -> &FeatureMap {
        self.map_of_all.get_or_init(|| self.map_of_every(1, 0))
    }

    /// The same where every n-th row counts, from a first one on.
    fn map_of_every(&self, n: usize, first: usize) -> FeatureMap {
        let tasks = &self.dataset.tasks;
        let of = |task: &DatasetTask| (first..task.x.nrows()).step_by(n).collect::<Vec<_>>();
        let rows: Vec<Vec<usize>> = tasks.iter().map(of).collect();
        let rows: Vec<&[usize]> = rows.iter().map(|rows| &rows[..]).collect();
        FeatureMap::fit(tasks, &rows, &self.place)
    }

    /// How much larger or smaller the variance of the labels of a task about the fit to all its rows
    /// is with the components of half of the rows, as a share; 0 without components.
    pub(in crate::scenario) fn drift(&self, task: usize) -> f64 {
        if self.place.components.is_none() {
            return 0.0;
        }
        let noise = self.noise(task);
        let of_half = |first| {
            let map = self.map_of_every(2, first);
            (reference::fit(&self.dataset.tasks[task], &map).noise - noise).abs() / noise
        };
        *self.drifts[task].get_or_init(|| f64::max(of_half(0), of_half(1)))
    }

    /// The data set.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Its tasks.
    pub fn tasks(&self) -> &[DatasetTask] {
        &self.dataset.tasks
    }

    /// Number of features d.
    pub fn dimension(&self) -> usize {
        let d = self.dataset.tasks.first().map_or(0, |task| task.x.ncols());
        self.place.components.map_or(d, |kept| kept.clamp(1, d.max(1)))
    }

    /// The names of the features: those of the data set, or `component-1` and so on.
    pub fn feature_names(&self) -> Vec<String> {
        match self.place.components {
            None => self.dataset.features.clone(),
            Some(_) => (1..=self.dimension()).map(|i| format!("component-{i}")).collect(),
        }
    }

    /// The most training rows of a task that a trial can take: those of its training part, or of
    /// the smallest such part if every trial draws its own.
    pub fn most_rows(&self, task: usize) -> usize {
        self.dataset.tasks[task].split.train.len()
    }

    /// The fit of a task to all its rows.
    pub(in crate::scenario) fn reference(&self, task: usize) -> &PopulationTask {
        &self.fit(task).population
    }

    /// The variance of the labels of a task about that fit.
    pub(in crate::scenario) fn noise(&self, task: usize) -> f64 {
        self.fit(task).noise
    }

    /// The scatter of θ of the population about the true one, as a share of Σ⁻¹.
    pub(in crate::scenario) fn scatter(&self, task: usize) -> f64 {
        let Reference { noise, rows, .. } = self.fit(task);
        noise / rows
    }

    /// How much larger or smaller that variance is on test rows that the files give, as a share; 0 if
    /// test rows are drawn.
    pub(in crate::scenario) fn shift(&self, task: usize) -> f64 {
        let Reference { noise, on_test_rows, .. } = self.fit(task);
        on_test_rows.map_or(0.0, |there| (there - noise).abs() / noise)
    }

    /// The excess risk of a fit with the weakest penalty to endless rows.
    pub(in crate::scenario) fn penalised(&self, task: usize) -> f64 {
        self.fit(task).penalised
    }

    /// Returns true if a feature is constant over the rows of a task, or others determine it.
    pub(in crate::scenario) fn repeats(&self, task: usize) -> bool {
        self.fit(task).repeats
    }

    fn fit(&self, task: usize) -> &Reference {
        let fit = || reference::fit(&self.dataset.tasks[task], self.map_of_all());
        self.references[task].get_or_init(fit)
    }
}

type Opened = Mutex<HashMap<String, Arc<OpenDataset>>>;

fn opened() -> &'static Opened {
    static OPENED: OnceLock<Opened> = OnceLock::new();
    OPENED.get_or_init(Opened::default)
}

/// Makes a data set available to scenarios that name it. One that is already open stays.
pub fn open(place: &DatasetDraft, dataset: Dataset) -> Arc<OpenDataset> {
    let mut all = opened().lock().unwrap_or_else(PoisonError::into_inner);
    all.entry(place.key()).or_insert_with(|| Arc::new(OpenDataset::new(dataset, place))).clone()
}

/// Most features of a data set: a fit takes time with their third power.
const MOST_FEATURES: usize = 1000;
/// The largest number of files of a data set.
const MOST_FILES: usize = 1000;

/// Reads the data set at a place, and adds the hashes of the files that it reads to the place.
type Reader = fn(&DatasetDraft) -> Result<(DatasetDraft, Dataset)>;

static READER: OnceLock<Reader> = OnceLock::new();

/// Sets the function that reads data sets from files; the first one stays. Without it, only those
/// that come with the program are found.
pub fn read_with(reader: Reader) {
    let _ = READER.set(reader);
}

/// The data set that a scenario names. It is read when first needed.
///
/// # Errors
///
/// If there is no such data set, or it cannot be read.
pub fn find(place: &DatasetDraft) -> Result<Arc<OpenDataset>> {
    let known =
        || opened().lock().unwrap_or_else(PoisonError::into_inner).get(&place.key()).cloned();
    if let Some(open) = known() {
        return Ok(open);
    }
    let (read, dataset) = match (&place.name, READER.get()) {
        (Some(name), _) => (place.clone(), bundled(name)?.read()?),
        (None, Some(reader)) => {
            check_files(place)?;
            reader(place)?
        }
        (None, None) => return Err(Invalid::new("dataset", place.words(), names()).into()),
    };
    let open = opened_as(&read, dataset)?;
    let mut all = opened().lock().unwrap_or_else(PoisonError::into_inner);
    Ok(all.entry(place.key()).or_insert(open).clone())
}

/// The place of a data set with the hashes of all its files, as they were read; the place itself if
/// they cannot be read.
pub fn pinned(place: &DatasetDraft) -> DatasetDraft {
    find(place).map_or_else(|_| place.clone(), |open| open.place.clone())
}

/// Refuses too many files, files named twice and hashes that are none, before any is read.
fn check_files(place: &DatasetDraft) -> Result<()> {
    let files = &place.files;
    let is_hash =
        |hash: &str| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut hashes = place.sha256.iter().enumerate().filter(|(_, hash)| !hash.is_empty());
    if let Some((i, hash)) = hashes.find(|(_, hash)| !is_hash(hash)) {
        let allowed = "a SHA-256, 64 hexadecimal digits, as `taskscope import` writes it";
        let field = format!("dataset.sha256[{i}]");
        return Err(Invalid::new(field, format!("\"{hash}\""), allowed).into());
    }
    if files.len() > MOST_FILES {
        let allowed = format!("at most {MOST_FILES} files");
        return Err(Invalid::new("dataset.files", files.len(), allowed).into());
    }
    let mut known = HashSet::new();
    match files.iter().find(|file| !known.insert(*file)) {
        Some(file) => {
            let found = format!("{file} twice");
            Err(Invalid::new("dataset.files", found, "every file once").into())
        }
        None => Ok(()),
    }
}

/// Makes a data set that was read from its files available to scenarios that name its place, with
/// the features that the place asks for.
///
/// # Errors
///
/// If there are too many features to fit, or more components than features.
pub fn opened_as(place: &DatasetDraft, dataset: Dataset) -> Result<Arc<OpenDataset>> {
    check(place, dataset.features.len())?;
    Ok(open(place, dataset))
}

/// Checks the number of features and of components.
fn check(place: &DatasetDraft, features: usize) -> Result<()> {
    if features > MOST_FEATURES {
        let allowed = format!("at most {MOST_FEATURES}: leave columns out, or reduce them first");
        return Err(Invalid::new("features", features, allowed).into());
    }
    match place.components {
        Some(found) if !(1..=features).contains(&found) => {
            let allowed = format!("1 to {features}, the number of features");
            Err(Invalid::new("components", found, allowed).into())
        }
        _ => Ok(()),
    }
}

fn bundled(name: &str) -> Result<&'static BundledDataset> {
    let unknown = || Invalid::new("dataset.name", format!("\"{name}\""), names());
    Ok(BundledDataset::find(name).ok_or_else(unknown)?)
}

/// The names of the data sets that come with the program.
fn names() -> String {
    BUNDLED.iter().map(|bundled| bundled.name).collect::<Vec<_>>().join(" or ")
}

/// Gives every task a name that a scenario allows, all different; returns a note about names that
/// have other letters or numbers then.
fn name_tasks(tasks: &mut [DatasetTask]) -> Option<String> {
    let mut taken: Vec<String> = Vec::new();
    let mut renamed = Vec::new();
    let letters = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    for task in tasks {
        let name = plain_name(&task.name);
        let mut own = name.clone();
        for number in 2.. {
            if !taken.contains(&own) && refusal(&own).is_none() {
                break;
            }
            let suffix = format!("-{number}");
            own = name.chars().take(LONGEST - suffix.len()).collect::<String>() + &suffix;
        }
        if letters(&own) != letters(&task.name) {
            renamed.push(format!("{} is {own}", task.name));
        }
        taken.push(own.clone());
        task.name = own;
    }
    (!renamed.is_empty()).then(|| format!("Names of tasks here: {}.", renamed.join(", ")))
}

/// A name in letters, digits, - and _, which does not begin with - as options do. Of a long name with
/// a class behind it, the class stays.
fn plain_name(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let plain = |text: &str| -> String {
        let text = text.trim().chars().filter(|c| !matches!(c, '\'' | '"')).map(plain);
        text.collect::<String>().trim_start_matches('-').to_owned()
    };
    let (whole, class) =
        (plain(name), name.rfind('=').map_or("", |at| &name[at..]).chars().count());
    let kept = if (1..LONGEST).contains(&class) { class } else { 0 };
    let name: String = match whole.len().checked_sub(LONGEST) {
        Some(more) if more > 0 && kept > 0 => {
            let (front, class) = whole.split_at(whole.len().saturating_sub(kept));
            format!("{}{class}", &front[..front.len().saturating_sub(more)])
        }
        _ => whole.chars().take(LONGEST).collect(),
    };
    match name.trim_start_matches('-') {
        "" => "task".to_owned(),
        number if is_number(number) => format!("task-{number}").chars().take(LONGEST).collect(),
        name => name.to_owned(),
    }
}
