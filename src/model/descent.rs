//! Gradient descent, one step at a time, for display.

use nalgebra::DVector;

use super::curvature;
use super::objective::Objective;
use super::rule::{Memory, Rule};
use super::shared::SharedModel;

/// Descent has diverged if the loss exceeds this multiple of the initial loss.
const RUNAWAY: f64 = 1e6;
/// The rate is halved after this many steps without a lower loss.
const PLATEAU: u64 = 50;
/// Adam's rate, as a share of the RMS of the initial weights.
const SHARE: f64 = 0.02;
/// The gradient counts as zero if its predicted gain is below this share of the initial loss.
const FLAT: f64 = 1e-12;
/// The rate is halved at most this many times.
const HALVINGS: i32 = 40;

/// The state of a descent. Verdicts never use it, because unfinished descent is not an optimum.
///
/// Without a given rate no scenario diverges. The gradient rule finds its rate at every step by
/// backtracking (Armijo's rule), so the loss always falls. Momentum begins with a quarter of the
/// largest rate that the initial curvature allows. Adam's rate is a length, so it begins with a
/// share of the RMS of the weights. Both halve the rate for good if a step would end above the
/// initial loss, or if the lowest loss has not improved for a while.
///
/// A given rate is kept and may diverge.
#[derive(Debug, Clone, PartialEq)]
pub struct Descent {
    /// The current weights.
    pub model: SharedModel,
    /// Number of steps made.
    pub step: u64,
    /// The current loss.
    pub loss: f64,
    /// The rate of the last step.
    pub rate: f64,
    /// True if no further step will be made: no step lowers the loss, or descent diverged.
    pub finished: bool,
    /// Details if it diverged.
    pub diverged: Option<Diverged>,
    rule: Rule,
    given: bool,
    memory: Memory,
    start: f64,
    lowest: f64,
    since: u64,
    slowest: f64,
    /// The last point with a loss no higher than the initial loss, and the first point after it.
    edge: Vec<(SharedModel, Memory)>,
}

/// Details of a diverged descent: its rate was larger than the curvature allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diverged {
    /// The step at which it was stopped.
    pub step: u64,
    /// The rate.
    pub rate: f64,
    /// The largest rate that the curvature allows ([`Rule::stable_rate`]) at the last point with a
    /// loss no higher than the initial loss or, if that exceeds the rate, at a later point.
    pub stable: f64,
}

impl std::fmt::Display for Diverged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { step, rate, stable } = self;
        write!(f, "diverged at step {step}: rate {rate:.1e}, the curvature allows {stable:.1e}")
    }
}

impl Descent {
    /// Starts at `model` with the gradient rule.
    pub fn new(objective: &dyn Objective, model: SharedModel) -> Self {
        Self::by(Rule::Gradient, None, objective, model)
    }

    /// Starts at `model` with a rule and a given rate; `None` lets the program find one.
    pub fn by(
        rule: Rule,
        rate: Option<f64>,
        objective: &dyn Objective,
        model: SharedModel,
    ) -> Self {
        let n = model.parameters().count();
        let memory = Memory::new(n);
        let found = || match rule {
            Rule::Gradient => 1.0,
            Rule::Momentum => {
                let largest = curvature::largest(objective, &model, &DVector::repeat(n, 1.0));
                rule.stable_rate(largest.max(f64::MIN_POSITIVE)).min(1.0) / 4.0
            }
            Rule::Adam => {
                let squares: f64 = model.parameters().map(|value| value * value).sum();
                SHARE * (squares / n.max(1) as f64).sqrt().max(1e-3)
            }
        };
        let rate_now = rate.unwrap_or_else(found);
        let loss = objective.loss(&model);
        Self {
            model,
            step: 0,
            loss,
            rate: rate_now,
            finished: false,
            diverged: None,
            rule,
            given: rate.is_some(),
            memory,
            start: loss,
            lowest: loss,
            since: 0,
            slowest: rate_now * 0.5_f64.powi(HALVINGS),
            edge: Vec::new(),
        }
    }

    /// Makes one step. It costs one gradient and a few losses: O(k d²) on moments, whatever the
    /// number of rows.
    pub fn advance(&mut self, objective: &dyn Objective) {
        if self.finished {
            return;
        }
        let (_, gradient) = objective.gradient(&self.model);
        match self.rule {
            _ if self.given => self.keep_rate(objective, &gradient),
            Rule::Gradient => self.backtrack(objective, &gradient),
            _ => self.hold_back(objective, &gradient),
        }
    }

    /// Moves against the gradient so that the loss falls by at least a quarter of the decrease
    /// predicted by the slope.
    fn backtrack(&mut self, objective: &dyn Objective, gradient: &SharedModel) {
        let slope: f64 = gradient.parameters().map(|g| g * g).sum();
        let mut rate = self.rate * 1.5;
        while rate * slope > f64::EPSILON * self.loss {
            let candidate = self.model.moved(gradient, -rate);
            let loss = objective.loss(&candidate);
            if loss <= self.loss - 0.25 * rate * slope {
                return self.accept(candidate, loss, rate);
            }
            rate /= 2.0;
        }
        self.finished = true;
    }

    /// Makes a step of the rule. The rate is halved until the step ends no higher than the initial
    /// loss.
    fn hold_back(&mut self, objective: &dyn Objective, gradient: &SharedModel) {
        let slope = vector(gradient);
        let size = self.model.parameters().map(|value| value * value).sum::<f64>().sqrt();
        if slope.norm() * size <= FLAT * self.start {
            self.finished = true;
        }
        while !self.finished {
            let mut memory = self.memory.clone();
            let direction = self.rule.direction(&mut memory, slope.clone());
            let direction = self.model.with_parameters(direction.iter().copied());
            let candidate = self.model.moved(&direction, -self.rate);
            let loss = objective.loss(&candidate);
            if loss <= self.start {
                self.memory = memory;
                return self.accept(candidate, loss, self.rate);
            }
            self.halve();
        }
    }

    /// Makes a step of the rule at the given rate.
    fn keep_rate(&mut self, objective: &dyn Objective, gradient: &SharedModel) {
        if self.loss <= self.start {
            self.edge.clear();
        }
        if self.edge.len() < 2 {
            self.edge.push((self.model.clone(), self.memory.clone()));
        }
        let direction = self.rule.direction(&mut self.memory, vector(gradient));
        let direction = self.model.with_parameters(direction.iter().copied());
        let candidate = self.model.moved(&direction, -self.rate);
        let loss = objective.loss(&candidate);
        let runaway = !loss.is_finite() || loss > RUNAWAY * self.start.max(f64::MIN_POSITIVE);
        if runaway || !candidate.is_finite() {
            self.give_up(objective, candidate);
        } else if candidate == self.model {
            self.finished = true;
        } else {
            self.accept(candidate, loss, self.rate);
        }
    }

    fn give_up(&mut self, objective: &dyn Objective, runaway: SharedModel) {
        let edge = std::mem::take(&mut self.edge);
        let now = [(self.model.clone(), self.memory.clone()), (runaway, self.memory.clone())];
        let stable = |(model, memory): (SharedModel, Memory)| {
            let curvature = curvature::largest(objective, &model, &self.rule.units(&memory));
            (curvature > 0.0).then(|| self.rule.stable_rate(curvature))
        };
        let allowed = edge.into_iter().chain(now).filter_map(stable).find(|s| *s < self.rate);
        let stable = allowed.unwrap_or(0.0);
        self.diverged = Some(Diverged { step: self.step + 1, rate: self.rate, stable });
        self.finished = true;
    }

    fn accept(&mut self, model: SharedModel, loss: f64, rate: f64) {
        (self.model, self.loss, self.rate) = (model, loss, rate);
        self.step += 1;
        self.since = if loss < self.lowest { 0 } else { self.since + 1 };
        self.lowest = self.lowest.min(loss);
        if self.since >= PLATEAU && !self.given {
            self.halve();
        }
    }

    fn halve(&mut self) {
        self.rate /= 2.0;
        self.since = 0;
        self.memory = Memory::new(self.model.parameters().count());
        self.finished |= self.rate < self.slowest;
    }
}

fn vector(model: &SharedModel) -> DVector<f64> {
    DVector::from_vec(model.parameters().collect())
}
