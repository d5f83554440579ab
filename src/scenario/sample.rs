//! A sample of the rows of a trial, for display.

use nalgebra::DMatrix;

use super::check::Scenario;
use super::draft::Draw;
use crate::task::{Population, Response, rows, sample};

impl Scenario {
    /// At most `most` rows (n × d) of a task in a trial. `address` is the index among all drawn
    /// tasks and `population` is from [`Scenario::population_of_all`]. Rows are independent, so
    /// the first ones are a random sample.
    ///
    /// If the trial has only moments (see [`Scenario::has_rows`]), the rows are drawn conditionally
    /// on these moments.
    pub fn sample(
        &self,
        population: &Population,
        trial: usize,
        address: usize,
        most: u64,
    ) -> DMatrix<f64> {
        if let Some(real) = self.real() {
            return real.sample(self, trial, address, most);
        }
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

    /// Returns true if a trial draws the rows of a task, by index among all drawn tasks, and not
    /// only their moments.
    pub fn has_rows(&self, address: usize) -> bool {
        if self.real().is_some() {
            return true;
        }
        let linear = self.drawn()[address].labels.response == Response::Linear;
        self.shares_rows() || !(self.is_linear() && linear) || self.draft().data.draw == Draw::Rows
    }

    /// Returns true if rows are drawn and summed but not kept.
    fn is_summed(&self, address: usize) -> bool {
        let labels = &self.drawn()[address].labels;
        self.is_linear()
            && !self.shares_rows()
            && labels.response == Response::Linear
            && labels.random == 0.0
    }
}
