//! Some of the rows of a trial, to be looked at.

use nalgebra::DMatrix;

use super::check::Scenario;
use super::draft::Draw;
use crate::task::{Population, Response, rows, sample};

impl Scenario {
    /// At most `most` of the rows (n × d) that the task with an index among all that are drawn has
    /// in a trial; `population` is that of [`Scenario::population_of_all`]. Rows are independent
    /// of each other, so the first are as random as any.
    ///
    /// Where the trial has moments only ([`Scenario::has_rows`]), they are rows as they may have
    /// been, given these moments.
    pub fn sample(
        &self,
        population: &Population,
        trial: usize,
        address: usize,
        most: u64,
    ) -> DMatrix<f64> {
        let of = if self.shares_rows() { 0 } else { address };
        let (spec, task) = (&self.drawn()[of], &population.tasks[of]);
        let seed = self.trial_seed(trial).child("data", of as u64);
        let count = spec.samples.min(most);
        if self.has_rows(address) {
            return match self.is_summed(of) {
                true => sample::summed(task, count, seed),
                false => rows::features(&task.factor, count, seed),
            };
        }
        let at_random = spec.labels.random_rows(spec.samples);
        let share = count * at_random / spec.samples;
        let labelled = spec.samples - at_random;
        let first = sample::given_moments(task, labelled, count - share, seed);
        let second = sample::given_moments(task, at_random, share, seed.child("random", 0));
        sample::stacked(first, &second)
    }

    /// Whether a trial draws the rows of a task, by index among all that are drawn, and not their
    /// moments only.
    pub fn has_rows(&self, address: usize) -> bool {
        let linear = self.drawn()[address].labels.response == Response::Linear;
        self.shares_rows() || !(self.is_linear() && linear) || self.draft().data.draw == Draw::Rows
    }

    /// Whether rows are drawn and summed, and none of them kept.
    fn is_summed(&self, address: usize) -> bool {
        let labels = &self.drawn()[address].labels;
        self.is_linear()
            && !self.shares_rows()
            && labels.response == Response::Linear
            && labels.random == 0.0
    }
}
