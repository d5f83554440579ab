//! Descent, one step at a time, for watching.

use nalgebra::DVector;

use super::curvature;
use super::objective::Objective;
use super::rule::{Memory, Rule};
use super::shared::SharedModel;

/// A loss this many times that of the start is never made good.
const RUNAWAY: f64 = 1e6;
/// Without a lower loss for this many steps the rate is halved.
const PLATEAU: u64 = 50;
/// Adam's rate, as a share of the size of the weights at the start.
const SHARE: f64 = 0.02;
/// A slope that promises less than this share of the loss of the start is none.
const FLAT: f64 = 1e-12;
/// The rate is halved this often at most.
const HALVINGS: i32 = 40;

/// Where descent stands. Verdicts never come from here: unfinished descent is not an optimum.
///
/// Without a given rate no scenario diverges. The gradient rule finds its rate at every step by
/// backtracking (Armijo's rule), so that the loss falls always. Momentum begins with a quarter of
/// the rate that the largest curvature at the start allows, Adam, whose rate is a length, with a
/// share of the size of the weights; both go back half a rate, for good, where a step would end
/// above the loss of the start or where the lowest loss has stood for a while.
///
/// A given rate is kept, and may diverge.
#[derive(Debug, Clone, PartialEq)]
pub struct Descent {
    /// The present weights.
    pub model: SharedModel,
    /// Number of steps made.
    pub step: u64,
    /// The present loss.
    pub loss: f64,
    /// The rate of the last step.
    pub rate: f64,
    /// Whether no further step will be made: none lowers the loss any more, or descent diverged.
    pub finished: bool,
    /// How it diverged, if it did.
    pub diverged: Option<Diverged>,
    rule: Rule,
    given: bool,
    memory: Memory,
    start: f64,
    lowest: f64,
    since: u64,
    slowest: f64,
    /// The last place with a loss no higher than at the start, and the first one after it.
    edge: Vec<(SharedModel, Memory)>,
}

/// Descent whose loss grew without end: its rate was more than the curvature allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Diverged {
    /// The step at which it was given up.
    pub step: u64,
    /// The rate.
    pub rate: f64,
    /// The largest rate that the curvature allows ([`Rule::stable_rate`]) where the loss was last
    /// no higher than at the start or, if that is more than the rate, where it went from there.
    pub stable: f64,
}

impl std::fmt::Display for Diverged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { step, rate, stable } = self;
        write!(f, "diverged at step {step}: rate {rate:.1e}, the curvature allows {stable:.1e}")
    }
}

impl Descent {
    /// Stands at `model` before the first step against the gradient.
    pub fn new(objective: &dyn Objective, model: SharedModel) -> Self {
        Self::by(Rule::Gradient, None, objective, model)
    }

    /// Stands at `model` before the first step by a rule, at a given rate or one that is found.
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

    /// Makes one step. Cost: a gradient and some losses; O(k d²) on moments, whatever the number
    /// of rows.
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

    /// A move against the gradient that lowers the loss by at least a quarter of what the slope
    /// promises.
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

    /// A step of the rule that does not end above the start; the rate is halved until it does not.
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

    /// A step of the rule at the given rate.
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
