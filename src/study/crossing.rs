//! Sign changes of the gain along a knob.

use crate::math::stats::Interval;

/// A point of a curve: the value of the knob and the gain there.
pub type CurvePoint = (f64, Interval);

/// An end of an interval.
type Edge = fn(&Interval) -> f64;

/// A sign change of the gain between two neighbouring points of a curve: the break-even. It lies where
/// the straight line between the points is zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    /// Value of the knob at which the gain is zero.
    pub at: f64,
    /// Lower end of the interval of `at`: the value below it at which the band leaves zero. It also
    /// covers interpolation, which is either linear in the gain or linear in the logarithm of the
    /// ratio of errors. `None` if the band does not leave zero within the range.
    pub low: Option<f64>,
    /// Upper end of the interval of `at`.
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
        let at = between(before, after, |g| g.mean, log);
        // The band edge that crosses zero on the left side, and the one on the right side.
        let (left, right): (Edge, Edge) =
            if rises { (|g| g.high, |g| g.low) } else { (|g| g.low, |g| g.high) };
        let apart = |a: f64, b: f64| if rises { a < 0.0 && b >= 0.0 } else { a > 0.0 && b <= 0.0 };
        let low = (1..=i)
            .rev()
            .find(|&j| apart(left(&points[j - 1].1), left(&points[j].1)))
            .map(|j| ends(points[j - 1], points[j], left, log).0);
        let high = (i..points.len())
            .find(|&j| apart(right(&points[j - 1].1), right(&points[j].1)))
            .map(|j| ends(points[j - 1], points[j], right, log).1);
        let also = ends(before, after, |g| g.mean, log);
        let (low, high) = (low.map(|low| low.min(also.0)), high.map(|high| high.max(also.1)));
        let known = found.last().is_none_or(|last| last.high.is_some_and(|high| high <= at));
        if known {
            found.push(Crossing { at, low, high, between: (before.0, after.0), rises });
        }
    }
    found
}

/// The least and the largest value of the knob at which an edge of the band is zero, by both ways of
/// interpolation.
fn ends(a: CurvePoint, b: CurvePoint, edge: Edge, log: bool) -> (f64, f64) {
    let straight = between(a, b, edge, log);
    let (from, to) = (edge(&a.1), edge(&b.1));
    if from >= 1.0 || to >= 1.0 || from == to {
        return (straight, straight);
    }
    let (from, to) = ((1.0 - from).ln(), (1.0 - to).ln());
    let bent = along(a.0, b.0, from / (from - to), log);
    (straight.min(bent), straight.max(bent))
}

fn between(a: CurvePoint, b: CurvePoint, edge: Edge, log: bool) -> f64 {
    let (from, to) = (edge(&a.1), edge(&b.1));
    let share = if from == to { 0.5 } else { from / (from - to) };
    along(a.0, b.0, share, log)
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
    fn a_rising_line_crosses_where_it_is_zero_and_its_band_where_the_band_is() {
        let found = crossings(&curve(&[(0.0, -0.1), (2.0, 0.1), (4.0, 0.3)], 0.05), false)[0];
        assert_eq!((found.at, found.between, found.rises), (1.0, (0.0, 2.0), true));
        assert!((found.low.unwrap() - 0.5).abs() < 0.05);
        assert!((found.high.unwrap() - 1.5).abs() < 0.05);
    }

    #[test]
    fn between_distant_points_the_interval_covers_the_bend_of_the_curve() {
        let gain = |angle: f64| {
            let share = angle.to_radians().sin().powi(2);
            Interval { mean: 0.93 - 3.9 * share, low: 0.9 - 3.9 * share, high: 0.96 - 3.9 * share }
        };
        let found = crossings(&[(0.0, gain(0.0)), (90.0, gain(90.0))], false)[0];
        let truth = (0.93f64 / 3.9).sqrt().asin().to_degrees();
        assert!(found.low.unwrap() < truth && truth < found.high.unwrap(), "{found:?}");
    }

    #[test]
    fn on_a_logarithmic_range_lines_are_straight_in_the_logarithm() {
        let found = crossings(&curve(&[(10.0, 1.0), (1000.0, -1.0)], 0.1), true);
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
