//! Training in one trial: the data of all tasks, and the optima of single-task and joint training.

use super::penalty::path::{self, JudgedRows};
use super::penalty::{STRONGER, WEAKER, ridge};
use crate::math::seed::Seed;
use crate::model::{
    LeastSquares, Loss, Objective, OnRows, Optimum, OptimumKind, SharedModel, SingleTask, exact,
    nonlinear, search,
};
use crate::scenario::{Scenario, TrialRows};
use crate::task::{Activation, Data, Moments, Population, Predictor, Rows, TestRows};

/// The data of a trial and the models trained on them.
#[derive(Debug, Clone)]
pub struct Training {
    /// The data of every task.
    pub data: Vec<Data>,
    /// The ridge penalty λ of every task: chosen on the validation rows of real tasks, else zero.
    pub penalties: Vec<f64>,
    /// The moments of the validation rows of every real task; empty for other tasks.
    validation: Vec<Moments>,
    /// The validation rows of every real task, if the model needs rows: their labels less the mean
    /// of the training labels.
    judged: Vec<Rows>,
    /// The optimum of every task alone, as a model of one task and one unit.
    pub alone: Vec<Optimum>,
    width: usize,
    activation: Activation,
    loss: Loss,
    /// True if every task has an intercept that is trained with the other weights.
    intercepts: bool,
    seed: Seed,
}

impl Training {
    /// Draws the data of a trial and trains every task alone.
    pub fn new(scenario: &Scenario, population: &Population, trial: usize) -> Self {
        Self::on(scenario, &scenario.trial_rows(population, trial), trial)
    }

    /// Trains every task alone on the rows of a trial.
    pub fn on(scenario: &Scenario, rows: &TrialRows, trial: usize) -> Self {
        let data = rows.training.clone();
        let mut training = Self {
            penalties: vec![0.0; data.len()],
            validation: rows.validation_moments(),
            judged: Vec::new(),
            data,
            alone: Vec::new(),
            width: scenario.width(),
            activation: scenario.activation(),
            loss: scenario.loss(),
            intercepts: scenario.real().is_some() && path::has_intercepts(scenario.loss()),
            seed: scenario.trial_seed(trial).child("search", 0),
        };
        let addresses = scenario.addresses();
        if scenario.real().is_some() && !training.is_linear() {
            training.judged = rows.validation.iter().map(TestRows::centred).collect();
            (training.penalties, training.alone) = training.along_paths(addresses);
            return training;
        }
        if scenario.real().is_some() {
            let tasks = training.data.iter().zip(&training.validation);
            training.penalties = tasks.map(|(own, v)| ridge::choose(&own.moments, v)).collect();
        }
        let tasks = addresses.iter().enumerate();
        training.alone = tasks.map(|(task, &i)| training.train_alone(task, i)).collect();
        training
    }

    /// The penalty of every real task and its optimum alone, for a model that needs rows.
    fn along_paths(&self, addresses: &[usize]) -> (Vec<f64>, Vec<Optimum>) {
        let chosen = |((data, validation), &address): ((&Data, &Rows), &usize)| {
            let rows = data.rows.as_ref()?;
            let task = JudgedRows { rows, moments: &data.moments, validation };
            let seed = self.seed.child("alone", address as u64);
            Some(path::choose(&task, self.activation, self.loss, seed))
        };
        self.data.iter().zip(&self.judged).zip(addresses).filter_map(chosen).unzip()
    }

    /// The training objective with task weights α (k).
    pub fn objective(&self, weights: Vec<f64>) -> Box<dyn Objective> {
        if self.is_linear() {
            Box::new(self.least_squares(weights))
        } else {
            Box::new(self.on_rows(1.0, weights))
        }
    }

    /// The optimum of joint training with task weights α (k). For real tasks the ridge penalties of
    /// the models alone are used, all multiplied by the factor from 1/16 to 16 (none is weaker than
    /// the weakest alone) with the smallest loss on the validation rows, that of every task over the loss of predicting zero. Many starts
    /// are searched with factor 1; the optimum of every other factor is searched from the one nearer
    /// to 1.
    pub fn joint(&self, weights: Vec<f64>) -> Optimum {
        let spread = self.validation.iter().all(|rows| rows.samples > 0 && rows.s > 0.0);
        if self.validation.is_empty() || !spread || self.width >= self.data.len() {
            return self.joint_at_once(weights);
        }
        let first = self.joint_at_once(weights.clone());
        let mut best = (self.error(&first), first.clone());
        for factors in [WEAKER, STRONGER] {
            let mut last = first.clone();
            for factor in factors {
                last = self.joint_near(factor, &weights, &last);
                let error = self.error(&last);
                if error < best.0 {
                    best = (error, last.clone());
                }
            }
        }
        best.1
    }

    /// The loss of a joint model on the validation rows over that of predicting zero, summed over
    /// the tasks.
    fn error(&self, optimum: &Optimum) -> f64 {
        if self.is_linear() {
            let tasks = self.validation.iter().enumerate();
            return tasks.map(|(i, rows)| rows.loss(&optimum.model.estimate(i)) / rows.s).sum();
        }
        let of_task = |(task, rows): (usize, &Rows)| {
            let predictor = self.predictor(&optimum.model, task);
            let nothing: f64 = rows.y.iter().map(|y| self.loss.at(0.0, *y)).sum();
            path::judged(&predictor, rows, self.loss) / nothing
        };
        self.judged.iter().enumerate().map(of_task).sum()
    }

    /// The optimum with the ridge penalties of the models alone.
    fn joint_at_once(&self, weights: Vec<f64>) -> Optimum {
        if !self.is_linear() {
            let (objective, moments) = (self.on_rows(1.0, weights), self.moments());
            let alone = &self.alone;
            return nonlinear::optimum_on_rows(&objective, self.width, alone, &moments, self.seed);
        }
        let alone: Vec<_> = self.alone.iter().map(|alone| alone.model.estimate(0)).collect();
        search::optimum(&self.least_squares(weights), self.width, &alone, self.seed)
    }

    /// The linear objective with all ridge penalties multiplied by a factor.
    fn with_factor(&self, factor: f64, weights: Vec<f64>) -> LeastSquares {
        let data = (0..self.data.len()).map(|task| self.penalised(task, factor)).collect();
        LeastSquares { data, weights }
    }

    /// The optimum with all ridge penalties multiplied by a factor, from that with another factor.
    fn joint_near(&self, factor: f64, weights: &[f64], near: &Optimum) -> Optimum {
        if self.is_linear() {
            let objective = self.with_factor(factor, weights.to_vec());
            let alone = exact::single_task(&objective);
            return search::near(&objective, near, &alone, self.seed);
        }
        let objective = self.on_rows(factor, weights.to_vec());
        nonlinear::near_on_rows(&objective, near, &self.moments(), self.seed)
    }

    /// The optimum of joint linear training on other data, with the same width.
    pub fn joint_on(&self, objective: &LeastSquares) -> Optimum {
        let alone = exact::single_task(objective);
        search::optimum(objective, self.width, &alone, self.seed)
    }

    /// The unweighted task losses, without penalties, at the optimum of joint training with task
    /// weights α (k).
    pub fn losses(&self, weights: &[f64]) -> Vec<f64> {
        let optimum = self.joint(weights.to_vec());
        let weights = weights.to_vec();
        if self.is_linear() {
            let data = self.data.iter().map(|task| task.moments.clone()).collect();
            return LeastSquares { data, weights }.task_losses(&optimum.model);
        }
        let penalties = vec![0.0; self.data.len()];
        OnRows { penalties, ..self.on_rows(1.0, weights) }.task_losses(&optimum.model)
    }

    /// The training of some tasks at another width.
    pub fn part(&self, tasks: &[usize], width: usize) -> Self {
        Self {
            data: tasks.iter().map(|&task| self.data[task].clone()).collect(),
            penalties: tasks.iter().map(|&task| self.penalties[task]).collect(),
            validation: tasks.iter().filter_map(|&i| self.validation.get(i).cloned()).collect(),
            judged: tasks.iter().filter_map(|&i| self.judged.get(i).cloned()).collect(),
            alone: tasks.iter().map(|&task| self.alone[task].clone()).collect(),
            width,
            ..*self
        }
    }

    /// The training of a single task.
    pub fn only(&self, task: usize) -> Self {
        self.part(&[task], self.width)
    }

    /// The moments of every task; of linear models with squared loss, with its ridge penalty.
    pub fn moments(&self) -> Vec<Moments> {
        (0..self.data.len()).map(|task| self.penalised(task, 1.0)).collect()
    }

    fn penalised(&self, task: usize, factor: f64) -> Moments {
        let moments = &self.data[task].moments;
        match self.penalty(task, factor) {
            penalty if penalty == 0.0 || !self.is_linear() => moments.clone(),
            penalty => moments.with_ridge(penalty),
        }
    }

    /// The penalty of a task times a factor, but none weaker than those tried alone: the gain must
    /// not come from a penalty that the baseline could not have.
    fn penalty(&self, task: usize, factor: f64) -> f64 {
        let own = self.penalties[task];
        let weakest = path::weakest(&self.data[task].moments, self.activation, self.loss);
        (factor * own).max(own.min(weakest))
    }

    /// The moments of the validation rows of every real task; empty for tasks that are drawn.
    pub fn validation(&self) -> &[Moments] {
        &self.validation
    }

    /// The predictor of a task in a model of all tasks, with its intercept.
    pub fn predictor(&self, model: &SharedModel, task: usize) -> Predictor {
        self.with_intercept(model.predictor(task, self.activation), task)
    }

    /// The predictor of a task trained alone, with its intercept.
    pub fn predictor_alone(&self, task: usize) -> Predictor {
        self.with_intercept(self.alone[task].model.predictor(0, self.activation), task)
    }

    fn with_intercept(&self, mut predictor: Predictor, task: usize) -> Predictor {
        if let Some(rows) = self.data[task].rows.as_ref().filter(|_| self.intercepts) {
            predictor.intercept = self.loss.intercept(&predictor.predict(&rows.x), &rows.y);
        }
        predictor
    }

    /// The activation of the units.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// Width r of the shared module.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Seed of everything that training draws.
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// The linear training objective with task weights α (k).
    pub(super) fn least_squares(&self, weights: Vec<f64>) -> LeastSquares {
        self.with_factor(1.0, weights)
    }

    fn on_rows(&self, factor: f64, weights: Vec<f64>) -> OnRows {
        let data = self.data.iter().filter_map(|data| data.rows.clone()).collect();
        let penalties = (0..self.data.len()).map(|task| self.penalty(task, factor)).collect();
        OnRows {
            data,
            weights,
            activation: self.activation,
            loss: self.loss,
            penalties,
            intercepts: self.intercepts,
        }
    }

    /// Returns true if the model is linear and the loss squared.
    pub(super) fn is_linear(&self) -> bool {
        self.activation == Activation::Linear && self.loss == Loss::Squared
    }

    fn train_alone(&self, task: usize, address: usize) -> Optimum {
        match &self.data[task].rows {
            Some(rows) if !self.is_linear() => {
                let seed = self.seed.child("alone", address as u64);
                let (activation, loss) = (self.activation, self.loss);
                let objective = nonlinear::single(rows.clone(), 0.0, activation, loss);
                nonlinear::single_on_rows(&objective, seed)
            }
            _ => {
                let alone = [SingleTask::of(&self.penalised(task, 1.0)).estimate.clone()];
                Optimum { model: exact::one_column_each(&alone, 1), kind: OptimumKind::Exact }
            }
        }
    }
}
