//! The rows of a trial of real tasks: training, validation and test.

use std::ops::Range;

use nalgebra::{DMatrix, DVector};
use rand::RngExt;

use super::TrialRows;
use super::order;
use crate::dataset::{DatasetTask, Shares, Split, TaskKind};
use crate::math::seed::Seed;
use crate::model::Loss;
use crate::scenario::check::Scenario;
use crate::scenario::draft::{RowsDraft, ScenarioDraft};
use crate::scenario::real::{FeatureMap, RealTasks};
use crate::task::{Data, Population, Rows, TestRows};

/// The rows of one task in one trial.
struct TaskDraw<'a> {
    task: &'a DatasetTask,
    split: Split,
    train: Vec<usize>,
    /// Means of the features over the training rows (d).
    means: DVector<f64>,
    /// What becomes of features less their means.
    map: FeatureMap,
    /// Mean of the labels over the training rows; zero if labels are not centred.
    label_mean: f64,
    /// Labels of the training rows, some of them at random.
    labels: DVector<f64>,
}

impl<'a> TaskDraw<'a> {
    /// The rows of the drawn tasks with some addresses, in a trial.
    fn of(
        scenario: &Scenario,
        real: &'a RealTasks,
        trial: usize,
        addresses: &[usize],
    ) -> Vec<Self> {
        let seed = scenario.trial_seed(trial).child("parts", 0);
        let mut splits = real.data.dataset().draw_splits(Shares::default(), seed);
        let map = real.data.feature_map(&splits);
        let of_task = |&address: &usize| {
            let split = std::mem::take(&mut splits[real.tasks[address]]);
            Self { map: map.clone(), ..Self::new(scenario, real, trial, address, split) }
        };
        addresses.iter().map(of_task).collect()
    }

    /// The rows of every task that takes part in a trial.
    fn all(scenario: &Scenario, real: &'a RealTasks, trial: usize) -> Vec<Self> {
        Self::of(scenario, real, trial, scenario.addresses())
    }

    fn new(
        scenario: &Scenario,
        real: &'a RealTasks,
        trial: usize,
        address: usize,
        split: Split,
    ) -> Self {
        let draft = scenario.draft();
        let task = &real.data.tasks()[real.tasks[address]];
        let of = if is_shared(draft) { 0 } else { address };
        let seed = scenario.trial_seed(trial).child("data", of as u64);
        let samples = scenario.drawn()[address].samples as usize;
        let train = order::first(task, &split.train, samples, !is_shared(draft), seed);
        let own = scenario.trial_seed(trial).child("labels", address as u64);
        let labels = labels(task, &train, scenario.drawn()[address].labels.random, own);
        let x = task.x.as_ref();
        let count = train.len() as f64;
        let means = DVector::from_fn(x.ncols(), |j, _| {
            train.iter().map(|&i| x[(i, j)]).sum::<f64>() / count
        });
        let label_mean = if draft.model.loss == Loss::Squared { labels.mean() } else { 0.0 };
        Self { task, split, train, means, map: FeatureMap::Same, label_mean, labels }
    }

    /// The features of some rows.
    fn features(&self, rows: &[usize]) -> DMatrix<f64> {
        let (x, means) = (self.task.x.as_ref(), &self.means);
        let (m, d) = (rows.len(), x.ncols());
        self.map.features(DMatrix::from_fn(m, d, |i, j| x[(rows[i], j)] - means[j]))
    }

    fn y(&self, rows: &[usize]) -> DVector<f64> {
        DVector::from_iterator(rows.len(), rows.iter().map(|&i| self.task.y[i]))
    }

    fn training(&self) -> Rows {
        Rows { x: self.features(&self.train), y: self.labels.add_scalar(-self.label_mean) }
    }

    fn judged(&self, rows: &[usize]) -> TestRows {
        TestRows {
            rows: Rows { x: self.features(rows), y: self.y(rows) },
            label_mean: self.label_mean,
        }
    }
}

fn is_shared(draft: &ScenarioDraft) -> bool {
    draft.data.rows == RowsDraft::Shared
}

/// The labels of the training rows. A share of them is replaced: by random signs, or by the label
/// of another training row.
fn labels(task: &DatasetTask, train: &[usize], random: f64, seed: Seed) -> DVector<f64> {
    let mut rng = seed.rng();
    let draws: Vec<(f64, f64)> = train.iter().map(|_| (rng.random(), rng.random())).collect();
    let mut order: Vec<usize> = (0..train.len()).collect();
    order.sort_by(|&one, &other| draws[one].0.total_cmp(&draws[other].0));
    let mut labels = DVector::from_iterator(train.len(), train.iter().map(|&i| task.y[i]));
    let replaced = (random * train.len() as f64).round() as usize;
    for &i in order.iter().take(replaced) {
        labels[i] = match task.kind {
            TaskKind::Classification => (draws[i].1 - 0.5).signum(),
            TaskKind::Regression => task.y[train[(draws[i].1 * train.len() as f64) as usize]],
        };
    }
    labels
}

impl RealTasks {
    /// For every drawn task, its covariance and the θ fitted to all its rows.
    pub(in crate::scenario) fn population(&self) -> Population {
        let of = |&task: &usize| self.data.reference(task).clone();
        Population { tasks: self.tasks.iter().map(of).collect() }
    }

    /// For every task that takes part, the variance of the labels about that θ.
    pub fn noise(&self, scenario: &Scenario) -> Vec<f64> {
        let of = |&address: &usize| self.data.noise(self.tasks[address]);
        scenario.addresses().iter().map(of).collect()
    }

    /// For every task that takes part, the scatter of that θ about the true one, as a share of Σ⁻¹.
    pub fn scatter(&self, scenario: &Scenario) -> Vec<f64> {
        let of = |&address: &usize| self.data.scatter(self.tasks[address]);
        scenario.addresses().iter().map(of).collect()
    }

    /// Number of validation rows of every task that takes part.
    pub fn held_out_rows(&self, scenario: &Scenario) -> Vec<usize> {
        let of = |&address: &usize| self.data.tasks()[self.tasks[address]].split.validation.len();
        scenario.addresses().iter().map(of).collect()
    }

    /// For every task that takes part, the excess risk of a fit with the weakest penalty to endless
    /// rows.
    pub fn penalised(&self, scenario: &Scenario) -> Vec<f64> {
        let of = |&address: &usize| self.data.penalised(self.tasks[address]);
        scenario.addresses().iter().map(of).collect()
    }

    /// Returns true if a feature is constant over the rows of a task that takes part, or others
    /// determine it.
    pub fn repeats_features(&self, scenario: &Scenario) -> bool {
        scenario.addresses().iter().any(|&address| self.data.repeats(self.tasks[address]))
    }

    /// For every task that takes part, by what share that variance differs with components that are
    /// fitted to half of the rows.
    pub fn drift(&self, scenario: &Scenario) -> Vec<f64> {
        let of = |&address: &usize| self.data.drift(self.tasks[address]);
        scenario.addresses().iter().map(of).collect()
    }

    /// For every task that takes part, by what share that variance differs on test rows that the
    /// files give; 0 if test rows are drawn.
    pub fn shift(&self, scenario: &Scenario) -> Vec<f64> {
        let of = |&address: &usize| self.data.shift(self.tasks[address]);
        scenario.addresses().iter().map(of).collect()
    }

    /// The rows of every task that takes part in a trial, from one draw of its parts. The training
    /// data keep their rows only if `keep_rows`.
    pub(super) fn draw(&self, scenario: &Scenario, trial: usize, keep_rows: bool) -> TrialRows {
        let mut all = TrialRows::default();
        for task in TaskDraw::all(scenario, self, trial) {
            let rows = task.training();
            let moments = rows.moments();
            all.training.push(Data { moments, rows: keep_rows.then_some(rows) });
            all.validation.push(task.judged(&task.split.validation));
            all.test.push(task.judged(&task.split.test));
        }
        all
    }

    /// For every task that takes part, the variance of the labels of its test rows, the mean over
    /// the first `trials` trials. R² is 1 − the mean squared error over it.
    pub fn mean_test_variances(&self, scenario: &Scenario, trials: usize) -> Vec<f64> {
        self.mean_over_tests(scenario, 0..trials, |y, _| y.variance())
    }

    /// For every task that takes part, the error of the best constant prediction of the labels of its
    /// test rows, the mean over some trials: the share of the rarer label, or the variance.
    pub fn mean_constant_errors(&self, scenario: &Scenario, trials: Range<usize>) -> Vec<f64> {
        self.mean_over_tests(scenario, trials, |y, kind| match kind {
            TaskKind::Classification => 0.5 * (1.0 - y.mean().abs()),
            TaskKind::Regression => y.variance(),
        })
    }

    /// For every task that takes part, the mean over some trials of what follows from the labels of
    /// its test rows and its kind.
    fn mean_over_tests(
        &self,
        scenario: &Scenario,
        trials: Range<usize>,
        of: impl Fn(&DVector<f64>, TaskKind) -> f64,
    ) -> Vec<f64> {
        let addresses = scenario.addresses();
        let drawn = if self.draws_splits() { trials } else { 0..1 };
        let count = drawn.len() as f64;
        let mut sums = vec![0.0; addresses.len()];
        for trial in drawn {
            let seed = scenario.trial_seed(trial).child("parts", 0);
            let splits = self.data.dataset().draw_splits(Shares::default(), seed);
            for (sum, &address) in sums.iter_mut().zip(addresses) {
                let place = self.tasks[address];
                let DatasetTask { y, kind, .. } = &self.data.tasks()[place];
                let test = DVector::from_iterator(
                    splits[place].test.len(),
                    splits[place].test.iter().map(|&row| y[row]),
                );
                *sum += of(&test, *kind);
            }
        }
        sums.into_iter().map(|sum| sum / count).collect()
    }

    /// The training rows of every task that takes part in a trial.
    pub(in crate::scenario) fn training_rows(
        &self,
        scenario: &Scenario,
        trial: usize,
    ) -> Vec<Rows> {
        TaskDraw::all(scenario, self, trial).iter().map(TaskDraw::training).collect()
    }

    /// For every task that takes part in a trial, the means of the features over its training rows
    /// (d), and what becomes of features less these.
    pub(crate) fn feature_maps(
        &self,
        scenario: &Scenario,
        trial: usize,
    ) -> Vec<(DVector<f64>, FeatureMap)> {
        let draws = TaskDraw::all(scenario, self, trial).into_iter();
        draws.map(|draw| (draw.means, draw.map)).collect()
    }

    /// At most `most` training rows of a drawn task in a trial (n × d).
    pub(in crate::scenario) fn sample(
        &self,
        scenario: &Scenario,
        trial: usize,
        address: usize,
        most: u64,
    ) -> DMatrix<f64> {
        let draws = TaskDraw::of(scenario, self, trial, &[address]);
        draws.first().map_or_else(DMatrix::default, |draw| {
            let shown = draw.train.len().min(most as usize);
            draw.features(&draw.train[..shown])
        })
    }
}
