//! Proportions with confidence intervals.

use statrs::distribution::{ContinuousCDF, Normal};

use super::stats::{ENDS, Interval};

/// The proportion `count` of `n` with its Wilson score interval; `None` if `n` is 0. The
/// interval stays within 0 and 1 and has a positive width even for 0 or `n` of `n`.
///
/// Source: E. B. Wilson, *Probable inference, the law of succession, and statistical inference*,
/// Journal of the American Statistical Association 22 (1927).
pub fn wilson(count: usize, n: usize) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (share, n) = (count as f64 / n as f64, n as f64);
    let z = Normal::standard().inverse_cdf(ENDS[1]);
    let scale = 1.0 + z * z / n;
    let middle = (share + z * z / (2.0 * n)) / scale;
    let half = z / scale * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let (low, high) = ((middle - half).max(0.0), (middle + half).min(1.0));
    Some(Interval { mean: share, low: low.min(share), high: high.max(share) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_where_the_score_test_just_rejects() {
        for n in [1, 2, 7, 30, 200] {
            for count in 0..=n {
                let found = wilson(count, n).unwrap();
                for end in [found.low, found.high] {
                    let error = (end * (1.0 - end) / n as f64).sqrt();
                    let score = (found.mean - end).abs() / error;
                    let is_bound = !(1e-12..=1.0 - 1e-12).contains(&end);
                    assert!(
                        is_bound || (score - 1.959_964).abs() < 1e-4,
                        "{count} of {n}: {score}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_interval_holds_the_share_and_stays_within_zero_and_one() {
        for n in 1..60 {
            for count in 0..=n {
                let found = wilson(count, n).unwrap();
                assert!(0.0 <= found.low && found.low <= found.mean);
                assert!(found.mean <= found.high && found.high <= 1.0);
                assert!(found.high - found.low > 0.0);
            }
        }
        assert_eq!(wilson(0, 0), None);
    }
}
