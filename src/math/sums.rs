//! Running sums for means, standard errors and gains. They are as accurate as a computation from
//! all numbers at once, and do not depend on their order.

use super::exact::ExactSum;
use super::stats::{Interval, Mean, around};

/// Running sums over numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sums {
    count: usize,
    sum: ExactSum,
    squares: ExactSum,
}

/// Running sums over pairs of numbers (x, y).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PairSums {
    /// Sums over x.
    pub x: Sums,
    /// Sums over y.
    pub y: Sums,
    products: ExactSum,
}

impl Sums {
    /// Adds a number.
    pub fn add(&mut self, number: f64) {
        self.count += 1;
        self.sum.add(number);
        self.squares.add_product(number, number);
    }

    /// The number of numbers.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The mean and its standard error.
    pub fn mean(&self) -> Mean {
        let n = self.count as f64;
        Mean { mean: self.sum.value() / n, se: standard_error(&self.sum, &self.squares, n) }
    }

    /// The mean with its interval from Student's t.
    pub fn interval(&self) -> Interval {
        let Mean { mean, se } = self.mean();
        around(mean, se, self.count)
    }
}

impl PairSums {
    /// Adds a pair.
    pub fn add(&mut self, x: f64, y: f64) {
        self.x.add(x);
        self.y.add(y);
        self.products.add_product(x, y);
    }

    /// The number of pairs.
    pub fn count(&self) -> usize {
        self.x.count
    }

    /// The mean of y − x with its interval.
    pub fn difference(&self) -> Interval {
        let n = self.count() as f64;
        let (sum, squares) = self.deviations(1.0);
        around(-sum.value() / n, standard_error(&sum, &squares, n), self.count())
    }

    /// The gain `1 − mean(x)/mean(y)` with its interval, for joint risks x and risks alone y; the
    /// same as [`gain_of_lists`](super::stats::gain_of_lists), also in returning `None`.
    pub fn one_minus_ratio(&self) -> Option<Interval> {
        let Mean { mean: below, se } = self.y.mean();
        if below <= 2.0 * se {
            return None;
        }
        let n = self.count() as f64;
        let ratio = self.x.mean().mean / below;
        let (sum, squares) = self.deviations(ratio);
        let se = standard_error(&sum, &squares, n) / below;
        Some(around(1.0 - ratio, se, self.count()))
    }

    /// The sums of x − ratio · y and of its square.
    fn deviations(&self, ratio: f64) -> (ExactSum, ExactSum) {
        let mut sum = self.x.sum.clone();
        sum.add_scaled(&self.y.sum, -ratio);
        let (square, rest) = (ratio * ratio, ratio.mul_add(ratio, -(ratio * ratio)));
        let mut squares = self.x.squares.clone();
        squares.add_scaled(&self.products, -2.0 * ratio);
        squares.add_scaled(&self.y.squares, square);
        squares.add_scaled(&self.y.squares, rest);
        (sum, squares)
    }
}

/// The standard error of the mean of `n` numbers, from their sum and sum of squares.
fn standard_error(sum: &ExactSum, squares: &ExactSum, n: f64) -> f64 {
    let mut scatter = ExactSum::default();
    scatter.add_scaled(squares, n);
    scatter.subtract_square(sum);
    let variance = scatter.value() / (n * (n - 1.0));
    (if variance < 0.0 { 0.0 } else { variance }).sqrt() / n.sqrt()
}

#[cfg(test)]
mod tests {
    use super::super::stats;
    use super::*;

    fn pairs(x: &[f64], y: &[f64]) -> PairSums {
        let mut sums = PairSums::default();
        x.iter().zip(y).for_each(|(x, y)| sums.add(*x, *y));
        sums
    }

    fn close(one: Interval, other: Interval, tolerance: f64) -> bool {
        let pairs = [(one.mean, other.mean), (one.low, other.low), (one.high, other.high)];
        pairs.iter().all(|(a, b)| (a - b).abs() <= tolerance * (1.0 + b.abs()))
    }

    #[test]
    fn running_sums_say_what_all_numbers_at_once_say() {
        let x = [0.2, 0.5, 0.4, 0.9, 0.3];
        let y = [1.0, 1.1, 0.9, 1.4, 0.7];
        let sums = pairs(&x, &y);
        assert!(close(sums.x.interval(), stats::interval(&x), 1e-15));
        let ratio = stats::gain_of_lists(&x, &y).unwrap();
        assert!(close(sums.one_minus_ratio().unwrap(), ratio, 1e-15));
        let saved: Vec<f64> = x.iter().zip(&y).map(|(x, y)| y - x).collect();
        assert!(close(sums.difference(), stats::interval(&saved), 1e-15));
    }

    #[test]
    fn a_mean_of_1e8_takes_nothing_from_the_spread() {
        let spread: Vec<f64> = (0..1000).map(|i| f64::from(i * 7 % 1000) / 1024.0).collect();
        let far: Vec<f64> = spread.iter().map(|value| 1e8 + value).collect();
        let (near, far) = (pairs(&spread, &spread), pairs(&far, &spread));
        let (a, b) = (near.x.mean().se, far.x.mean().se);
        assert!((a / b - 1.0).abs() < 1e-14, "{a} {b}");
        assert!(far.difference().half_width() < 1e-7, "{:?}", far.difference());
    }

    #[test]
    fn equal_and_halved_pairs_have_a_gain_without_spread() {
        let y = [0.3, 0.7, 0.9, 1.1];
        let half = y.map(|value| value / 2.0);
        let gain = |x: &[f64]| pairs(x, &y).one_minus_ratio().unwrap();
        assert_eq!(gain(&y), Interval { mean: 0.0, low: 0.0, high: 0.0 });
        assert_eq!(gain(&half), Interval { mean: 0.5, low: 0.5, high: 0.5 });
        let third = gain(&y.map(|value| value / 3.0));
        assert!((third.mean - 2.0 / 3.0).abs() < 1e-15 && third.half_width() < 1e-15);
    }

    #[test]
    fn no_gain_is_named_over_a_perfect_baseline_or_one_that_a_single_pair_makes() {
        assert_eq!(pairs(&[0.1, 0.2], &[0.0, 0.0]).one_minus_ratio(), None);
        assert_eq!(pairs(&[0.1; 6], &[1e6, 1.0, 2.0, 1.5, 0.5, 1.0]).one_minus_ratio(), None);
    }

    #[test]
    fn one_number_has_no_interval() {
        assert!(pairs(&[1.0], &[2.0]).x.interval().low.is_nan());
    }
}
