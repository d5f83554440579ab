//! Sign changes of the gain along a knob.

use crate::math::stats::Interval;

/// A point of a curve: the value of the knob and the gain there.
pub type CurvePoint = (f64, Interval);

/// A sign change of the gain between two neighbouring points of a curve: the break-even. It lies where
/// the logarithm of the ratio of errors, straight between the points, is zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Value of the knob at which the gain is zero.
    pub at: f64,
    /// Lower end of the interval of `at`: the last measured value below it at which the gain surely
    /// has one sign. Between measured values the curve may bend in any way, so the interval ends at
    /// measured values. `None` if there is no such value.
    pub low: Option<f64>,
    /// Upper end of the interval of `at`: the first measured value above it at which the gain surely
    /// has the other sign.
    pub high: Option<f64>,
    /// The measured values on both sides.
    pub between: (f64, f64),
    /// True if the gain rises with the knob.
    pub rises: bool,
}

impl Crossing {
    /// Returns true if the gain differs from zero on both sides; otherwise the curve may only touch
    /// zero.
    pub fn is_certain(&self) -> bool {
        self.low.is_some() && self.high.is_some()
    }

    /// Returns true if the gain surely has different signs at the measured values on both sides; where
    /// between them it is zero, the points do not say.
    pub fn is_between_points(&self) -> bool {
        (self.low, self.high) == (Some(self.between.0), Some(self.between.1))
    }
}

/// Returns the crossings of a curve in ascending order; `log` interpolates in the logarithm.
///
/// Within one stretch in which the band never leaves zero, only the first sign change counts: the
/// others cannot be told apart from it. A gain of exactly zero, as with a module so wide that
/// nothing is shared, is on neither side.
pub fn crossings(points: &[CurvePoint], log: bool) -> Vec<Crossing> {
    let mut points: Vec<CurvePoint> = points.iter().filter(|p| p.1.mean != 0.0).copied().collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found: Vec<Crossing> = Vec::new();
    for i in 1..points.len() {
        let (before, after) = (points[i - 1], points[i]);
        let rises = before.1.mean < 0.0 && after.1.mean > 0.0;
        let falls = before.1.mean > 0.0 && after.1.mean < 0.0;
        if !(rises || falls) {
            continue;
        }
        let at = zero(before, after, log);
        let low = first_sure(points[..i].iter().rev(), falls);
        let high = first_sure(points[i..].iter(), rises);
        let known = found.last().is_none_or(|last| last.high.is_some_and(|high| high <= at));
        if known {
            found.push(Crossing { at, low, high, between: (before.0, after.0), rises });
        }
    }
    found
}

/// The value of the knob at the first point whose band excludes zero; `None` if there is none or it
/// has the other sign.
fn first_sure<'a>(mut points: impl Iterator<Item = &'a CurvePoint>, helps: bool) -> Option<f64> {
    let (x, gain) = points.find(|(_, gain)| gain.low > 0.0 || gain.high < 0.0)?;
    ((gain.low > 0.0) == helps).then_some(*x)
}

/// The value of the knob between two points at which the gain is zero.
fn zero(a: CurvePoint, b: CurvePoint, log: bool) -> f64 {
    let (mut from, mut to) = (a.1.mean, b.1.mean);
    if from < 1.0 && to < 1.0 {
        (from, to) = ((1.0 - from).ln(), (1.0 - to).ln());
    }
    along(a.0, b.0, from / (from - to), log)
}

/// The value of the knob at a share of the way from one point to the next.
fn along(a: f64, b: f64, share: f64, log: bool) -> f64 {
    if log && a > 0.0 { (a.ln() + share * (b.ln() - a.ln())).exp() } else { a + share * (b - a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(points: &[(f64, f64)], half: f64) -> Vec<CurvePoint> {
        let gain = |mean: f64| Interval { mean, low: mean - half, high: mean + half };
        points.iter().map(|&(x, mean)| (x, gain(mean))).collect()
    }

    #[test]
    fn a_rising_gain_is_zero_where_the_errors_are_equal_and_surely_between_two_points() {
        let found = crossings(&curve(&[(0.0, -1.0), (2.0, 0.5), (4.0, 0.8)], 0.05), false)[0];
        assert!((found.at - 1.0).abs() < 1e-9, "{found:?}");
        assert_eq!(
            (found.between, found.rises, found.is_between_points()),
            ((0.0, 2.0), true, true)
        );
    }

    #[test]
    fn the_interval_ends_at_the_nearest_points_that_surely_differ_from_zero() {
        let along = [(0.0, -0.9), (1.0, -0.5), (2.0, -0.1), (3.0, 0.1), (4.0, 0.2), (5.0, 0.9)];
        let found = crossings(&curve(&along, 0.3), false)[0];
        assert_eq!((found.low, found.high, found.between), (Some(1.0), Some(5.0), (2.0, 3.0)));
        assert!(!found.is_between_points());
    }

    #[test]
    fn the_interval_on_a_coarse_grid_holds_the_break_even_of_every_finer_grid() {
        let gain = |noise: f64| {
            let mean = 1.0 - 0.074 / (0.93 * noise * noise);
            Interval { mean, low: mean - 0.15 * (1.0 - mean), high: mean + 0.15 * (1.0 - mean) }
        };
        let grid = |count: u32| {
            let step = 0.38 / f64::from(count);
            let points: Vec<CurvePoint> =
                (0..=count).map(|i| 0.1 + step * f64::from(i)).map(|x| (x, gain(x))).collect();
            crossings(&points, false)[0]
        };
        const STEP: f64 = 0.38 / 300.0;
        let finest = grid(300);
        for count in 1..30 {
            let found = grid(count);
            assert!(found.low.unwrap() <= finest.low.unwrap() + STEP, "{count}: {found:?}");
            assert!(found.high.unwrap() >= finest.high.unwrap() - STEP, "{count}: {found:?}");
            assert!(found.low.unwrap() < finest.at && finest.at < found.high.unwrap());
        }
    }

    #[test]
    fn on_a_logarithmic_range_the_knob_is_interpolated_in_its_logarithm() {
        let found = crossings(&curve(&[(10.0, 0.5), (1000.0, -1.0)], 0.1), true);
        assert!((found[0].at - 100.0).abs() < 1e-9);
        assert!(!found[0].rises);
    }

    #[test]
    fn a_curve_may_cross_twice_and_a_band_may_stay_open() {
        let found = crossings(&curve(&[(0.0, 1.0), (1.0, -1.0), (2.0, 0.1)], 0.2), false);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].rises, found[1].high), (true, None));
    }

    #[test]
    fn wavering_inside_the_band_is_one_crossing() {
        let found =
            crossings(&curve(&[(0.0, -1.0), (1.0, 0.1), (2.0, -0.1), (3.0, 1.0)], 0.3), false);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_gain_that_ends_in_exactly_zero_does_not_cross() {
        assert!(crossings(&curve(&[(1.0, -2.0), (2.0, 0.5), (3.0, 0.0)], 0.0), false).len() == 1);
        assert!(crossings(&curve(&[(1.0, 0.5), (2.0, 0.0), (3.0, 0.0)], 0.0), false).is_empty());
    }

    #[test]
    fn a_curve_on_one_side_of_zero_does_not_cross() {
        assert!(crossings(&curve(&[(0.0, 1.0), (1.0, 0.5)], 1.0), false).is_empty());
    }
}
