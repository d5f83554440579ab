//! The record of a trial: errors, weights, kind of optimums and proxies as plain numbers.

use super::trial::Trial;
use crate::model::OptimumKind;
use crate::study::fit::Errors;
use crate::task::HeldOut;

/// Stands for an area under the ROC curve or an F1 that is not defined.
const UNDEFINED: f64 = -1.0;

/// The record of a trial: its errors, weights and kind of optimums, and proxies if requested.
#[derive(Debug, Clone, PartialEq)]
pub struct TrialRecord {
    /// Errors of every task trained alone.
    pub alone: Vec<Errors>,
    /// Kind of optimum of the single-task models.
    pub kind_alone: OptimumKind,
    /// One record per approach.
    pub fits: Vec<FitRecord>,
    /// Proxies of transfer, one after the other, each a k × k table in row-major order; empty if
    /// not requested.
    pub proxies: Vec<f64>,
}

/// The record of one training of all tasks together.
#[derive(Debug, Clone, PartialEq)]
pub struct FitRecord {
    /// Errors of every task.
    pub errors: Vec<Errors>,
    /// The task weights α (k).
    pub weights: Vec<f64>,
    /// Kind of optimum of the model.
    pub kind: OptimumKind,
}

/// The layout of a record as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordShape {
    /// Number of tasks k.
    pub tasks: usize,
    /// True if errors include the performance on held-out rows.
    pub held_out: bool,
    /// Number of approaches.
    pub fits: usize,
    /// Number of proxies.
    pub proxies: usize,
}

impl From<Trial> for TrialRecord {
    fn from(trial: Trial) -> Self {
        let fits = trial.fits.iter().map(|fit| FitRecord {
            errors: fit.errors.clone(),
            weights: fit.weights.clone(),
            kind: fit.optimum.kind,
        });
        Self {
            kind_alone: trial.kind_alone(),
            fits: fits.collect(),
            alone: trial.alone,
            proxies: Vec::new(),
        }
    }
}

impl RecordShape {
    /// Returns how many numbers a record of this shape has.
    pub fn count(&self) -> usize {
        let errors = self.tasks * self.per_error();
        1 + errors + self.fits * (1 + errors + self.tasks) + self.proxies * self.tasks * self.tasks
    }

    fn per_error(&self) -> usize {
        if self.held_out { 5 } else { 1 }
    }
}

impl TrialRecord {
    /// Returns the record as numbers; [`TrialRecord::from_numbers`] restores it.
    pub fn numbers(&self) -> Vec<f64> {
        let mut numbers = vec![code(self.kind_alone)];
        let put = |numbers: &mut Vec<f64>, errors: &[Errors]| {
            for error in errors {
                numbers.push(error.risk);
                numbers.extend(error.held_out.iter().flat_map(|held| {
                    let known = |score: Option<f64>| score.unwrap_or(UNDEFINED);
                    [held.accuracy, held.logistic_loss, known(held.auc), known(held.f1)]
                }));
            }
        };
        put(&mut numbers, &self.alone);
        for fit in &self.fits {
            numbers.push(code(fit.kind));
            put(&mut numbers, &fit.errors);
            numbers.extend(&fit.weights);
        }
        numbers.extend(&self.proxies);
        numbers
    }

    /// Restores a record of the given shape. `None` if the count or a claim code is wrong.
    pub fn from_numbers(numbers: &[f64], shape: RecordShape) -> Option<Self> {
        if numbers.len() != shape.count() {
            return None;
        }
        let mut numbers = numbers.iter().copied();
        let kind_alone = kind(numbers.next()?)?;
        let alone = errors(&mut numbers, shape)?;
        let mut fits = Vec::with_capacity(shape.fits);
        for _ in 0..shape.fits {
            let kind = kind(numbers.next()?)?;
            let errors = errors(&mut numbers, shape)?;
            let weights = numbers.by_ref().take(shape.tasks).collect();
            fits.push(FitRecord { errors, weights, kind });
        }
        Some(Self { alone, kind_alone, fits, proxies: numbers.collect() })
    }
}

fn errors(numbers: &mut impl Iterator<Item = f64>, shape: RecordShape) -> Option<Vec<Errors>> {
    let mut one = || {
        let risk = numbers.next()?;
        let held_out = if shape.held_out {
            Some(HeldOut {
                accuracy: numbers.next()?,
                logistic_loss: numbers.next()?,
                auc: Some(numbers.next()?).filter(|auc| *auc != UNDEFINED),
                f1: Some(numbers.next()?).filter(|f1| *f1 != UNDEFINED),
            })
        } else {
            None
        };
        Some(Errors { risk, held_out })
    };
    (0..shape.tasks).map(|_| one()).collect()
}

/// A claim as a number: 0 if exact, the number of starts of a search, negative for the others.
fn code(kind: OptimumKind) -> f64 {
    match kind {
        OptimumKind::Exact => 0.0,
        OptimumKind::Multistart(starts) => starts as f64,
        OptimumKind::BestFound => -1.0,
        OptimumKind::Tuned => -2.0,
        OptimumKind::Rounding => -3.0,
        OptimumKind::PlugIn => -4.0,
    }
}

fn kind(code: f64) -> Option<OptimumKind> {
    match code {
        0.0 => Some(OptimumKind::Exact),
        -1.0 => Some(OptimumKind::BestFound),
        -2.0 => Some(OptimumKind::Tuned),
        -3.0 => Some(OptimumKind::Rounding),
        -4.0 => Some(OptimumKind::PlugIn),
        starts if starts >= 1.0 && starts.fract() == 0.0 && starts < 1e9 => {
            Some(OptimumKind::Multistart(starts as usize))
        }
        _ => None,
    }
}
