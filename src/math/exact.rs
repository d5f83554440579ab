//! Sums without rounding: the result does not depend on the order of the terms.

/// A sum of floating-point numbers that is rounded only when read.
///
/// The sum is kept as parts that do not overlap (Shewchuk 1997). A sum of a million numbers of
/// similar size needs two or three parts. Equal sums compare equal, whatever terms were added in
/// whatever order. The sum is not finite if a term is not finite or if it overflows.
#[derive(Debug, Clone, Default)]
pub struct ExactSum {
    /// Non-zero parts, in order of increasing magnitude.
    parts: Vec<f64>,
    /// Sum of the terms that are not finite; 0 if there are none.
    infinite: f64,
}

impl ExactSum {
    /// Adds a number.
    pub fn add(&mut self, number: f64) {
        let mut carried = number;
        let mut kept = 0;
        for i in 0..self.parts.len() {
            let (high, low) = two_sum(carried, self.parts[i]);
            if low != 0.0 {
                self.parts[kept] = low;
                kept += 1;
            }
            carried = high;
        }
        if !carried.is_finite() {
            self.infinite += if number.is_finite() { carried } else { number };
            self.parts.clear();
            return;
        }
        self.parts.truncate(kept);
        if carried != 0.0 {
            self.parts.push(carried);
        }
    }

    /// Adds a · b, without rounding unless the product is below 1e-290.
    pub fn add_product(&mut self, a: f64, b: f64) {
        let high = a * b;
        self.add(high);
        if high.is_finite() {
            self.add(a.mul_add(b, -high));
        }
    }

    /// Adds another sum times a number.
    pub fn add_scaled(&mut self, other: &Self, factor: f64) {
        other.canonical().into_iter().for_each(|part| self.add_product(part, factor));
    }

    /// Subtracts the square of another sum.
    pub fn subtract_square(&mut self, other: &Self) {
        let parts = other.canonical();
        for (i, &a) in parts.iter().enumerate() {
            self.add_product(-a, a);
            parts[i + 1..].iter().for_each(|&b| self.add_product(-2.0 * a, b));
        }
    }

    /// The sum, rounded to the nearest floating-point number, ties to even.
    pub fn value(&self) -> f64 {
        if self.infinite != 0.0 {
            return if self.infinite.is_nan() { f64::NAN } else { self.infinite };
        }
        let mut below = self.parts.iter().rev();
        let mut high = below.next().copied().unwrap_or(0.0);
        let mut low = 0.0;
        for &part in below.by_ref() {
            (high, low) = two_sum(high, part);
            if low != 0.0 {
                break;
            }
        }
        // Halfway between two numbers, the next part tells on which side the sum lies.
        if below.next().is_some_and(|next| next.signum() == low.signum()) {
            let twice = 2.0 * low;
            let other = high + twice;
            if twice == other - high {
                high = other;
            }
        }
        high
    }

    /// The unique list of numbers that represents the sum, in order of decreasing magnitude: each
    /// is the rounded remainder.
    fn canonical(&self) -> Vec<f64> {
        let mut left = self.clone();
        let mut parts = Vec::with_capacity(self.parts.len());
        loop {
            let part = left.value();
            if part == 0.0 {
                return parts;
            }
            parts.push(part);
            if !part.is_finite() {
                return parts;
            }
            left.add(-part);
        }
    }
}

impl PartialEq for ExactSum {
    fn eq(&self, other: &Self) -> bool {
        let bits = |sum: &Self| sum.canonical().into_iter().map(f64::to_bits).collect::<Vec<_>>();
        self.parts == other.parts && self.infinite == other.infinite || bits(self) == bits(other)
    }
}

/// Returns a + b rounded, and the rounding error (Knuth).
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(numbers: &[f64]) -> ExactSum {
        let mut sum = ExactSum::default();
        numbers.iter().for_each(|number| sum.add(*number));
        sum
    }

    #[test]
    fn nothing_is_lost_where_large_numbers_cancel() {
        assert_eq!(sum(&[1e100, 1.0, -1e100, 1e-100]).value(), 1.0);
        assert_eq!(sum(&[1e100, 1.0, -1e100, -1.0]).value(), 0.0);
        assert_eq!(sum(&[0.1; 10]).value(), 1.0);
    }

    #[test]
    fn half_way_between_two_numbers_the_rest_decides() {
        let (half, little) = (f64::EPSILON / 2.0, 1e-30);
        assert_eq!(sum(&[1.0, half]).value(), 1.0);
        assert_eq!(sum(&[1.0, half, little]).value(), 1.0 + f64::EPSILON);
        assert_eq!(sum(&[1.0, half, -little]).value(), 1.0);
        assert_eq!(sum(&[1.0 + f64::EPSILON, half, -little]).value(), 1.0 + f64::EPSILON);
    }

    #[test]
    fn products_are_added_without_rounding() {
        let mut found = ExactSum::default();
        found.add_product(0.1, 0.1);
        found.add(-(0.1 * 0.1));
        assert_eq!(found.value(), 0.1_f64.mul_add(0.1, -(0.1 * 0.1)));
        assert!(found.value() != 0.0);
    }

    #[test]
    fn what_is_not_finite_stays_so() {
        assert!(sum(&[1.0, f64::NAN, 2.0]).value().is_nan());
        assert_eq!(sum(&[1.0, f64::INFINITY, 2.0]).value(), f64::INFINITY);
        assert!(sum(&[f64::INFINITY, f64::NEG_INFINITY]).value().is_nan());
        assert_eq!(sum(&[f64::MAX, f64::MAX]).value(), f64::INFINITY);
    }
}
