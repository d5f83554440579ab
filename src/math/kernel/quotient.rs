//! The loss that two heads explain, for many heads at once.

use nalgebra::DVector;
use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::tridiagonal::Tridiagonal;

/// Vectors of heads that are computed at once.
const VECTORS: usize = 2;

/// `bᵀM⁻¹b` for `M = w₁²T + w₂²(I − T)` and `b = w₁p + w₂q`, a function of two heads w.
#[derive(Debug, Clone)]
pub struct Quotient {
    /// T, diagonal or tridiagonal (n × n).
    pub shares: Tridiagonal,
    /// p (n).
    pub p: DVector<f64>,
    /// q (n).
    pub q: DVector<f64>,
}

impl Quotient {
    /// The value for heads w, by elimination. Directions in which M vanishes do not count.
    pub fn at(&self, w: [f64; 2]) -> f64 {
        let [first, second] = w.map(|w| w * w);
        let (mut sum, mut before, mut inverse) = (0.0, 0.0, 0.0);
        for (i, (p, q)) in self.p.iter().zip(&self.q).enumerate() {
            let share = self.shares.diagonal[i];
            let beside = if i > 0 { (first - second) * self.shares.beside[i - 1] } else { 0.0 };
            let factor = beside * inverse;
            let b = w[0] * p + w[1] * q - factor * before;
            let own = first * share + second * (1.0 - share) - factor * beside;
            inverse = if own > 0.0 { 1.0 / own } else { 0.0 };
            sum += b * b * inverse;
            before = b;
        }
        sum
    }

    /// The same for many heads, bit for bit.
    pub fn at_all(&self, heads: &[[f64; 2]]) -> Vec<f64> {
        arch().dispatch(All { quotient: self, heads })
    }
}

struct All<'a> {
    quotient: &'a Quotient,
    heads: &'a [[f64; 2]],
}

impl WithSimd for All<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
        let lanes = size_of::<S::f64s>() / size_of::<f64>();
        let together = VECTORS * lanes;
        let padded = self.heads.len().next_multiple_of(together);
        let mut sides = [vec![1.0; padded], vec![1.0; padded]];
        for (i, head) in self.heads.iter().enumerate() {
            (sides[0][i], sides[1][i]) = (head[0], head[1]);
        }
        let mut values = vec![0.0; padded];
        for at in (0..padded).step_by(together) {
            let place = at..at + together;
            let one = S::as_simd_f64s(&sides[0][place.clone()]).0;
            let other = S::as_simd_f64s(&sides[1][place.clone()]).0;
            let out = S::as_mut_simd_f64s(&mut values[place]).0;
            some(simd, self.quotient, [one, other], out);
        }
        values.truncate(self.heads.len());
        values
    }
}

/// [`Quotient::at`] for [`VECTORS`] vectors of heads.
#[inline(always)]
fn some<S: Simd>(simd: S, quotient: &Quotient, w: [&[S::f64s]; 2], out: &mut [S::f64s]) {
    let (zero, one) = (simd.splat_f64s(0.0), simd.splat_f64s(1.0));
    let mut squares = [[zero; VECTORS]; 2];
    let mut apart = [zero; VECTORS];
    for v in 0..VECTORS {
        squares[0][v] = simd.mul_f64s(w[0][v], w[0][v]);
        squares[1][v] = simd.mul_f64s(w[1][v], w[1][v]);
        apart[v] = simd.sub_f64s(squares[0][v], squares[1][v]);
    }
    let mut sum = [zero; VECTORS];
    let mut before = [zero; VECTORS];
    let mut inverse = [zero; VECTORS];
    let Quotient { shares, p, q } = quotient;
    let (p, q) = (p.as_slice(), q.as_slice());
    for i in 0..p.len() {
        let share = simd.splat_f64s(shares.diagonal[i]);
        let rest = simd.splat_f64s(1.0 - shares.diagonal[i]);
        let entry = simd.splat_f64s(if i > 0 { shares.beside[i - 1] } else { 0.0 });
        let (p, q) = (simd.splat_f64s(p[i]), simd.splat_f64s(q[i]));
        for v in 0..VECTORS {
            let beside = simd.mul_f64s(apart[v], entry);
            let factor = simd.mul_f64s(beside, inverse[v]);
            let b = simd.add_f64s(simd.mul_f64s(w[0][v], p), simd.mul_f64s(w[1][v], q));
            let b = simd.sub_f64s(b, simd.mul_f64s(factor, before[v]));
            let own = simd
                .add_f64s(simd.mul_f64s(squares[0][v], share), simd.mul_f64s(squares[1][v], rest));
            let own = simd.sub_f64s(own, simd.mul_f64s(factor, beside));
            let positive = simd.greater_than_f64s(own, zero);
            inverse[v] = simd.select_f64s(positive, simd.div_f64s(one, own), zero);
            sum[v] = simd.add_f64s(sum[v], simd.mul_f64s(simd.mul_f64s(b, b), inverse[v]));
            before[v] = b;
        }
    }
    out.copy_from_slice(&sum);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::kernel::processors::Processor;
    use crate::math::linalg::normal_vector;
    use crate::math::seed::Seed;

    #[test]
    fn many_heads_have_the_values_of_each_bit_for_bit_on_every_processor() {
        for n in [0, 1, 2, 7, 40] {
            let rng = &mut Seed::new(4).rng();
            let mut part = || normal_vector(n, rng);
            let shares = Tridiagonal {
                diagonal: part().map(|x| 0.5 + 0.1 * x.sin()).as_slice().to_vec(),
                beside: part().map(|x| 0.1 * x.sin()).as_slice()[..n.saturating_sub(1)].to_vec(),
            };
            let mut quotient = Quotient { shares, p: part(), q: part() };
            if n == 7 {
                quotient.shares.diagonal[3] = 0.0;
                quotient.shares.beside.fill(0.0);
            }
            for count in [0, 1, 5, 16, 33] {
                let angle = |i: usize| (i as f64 * 0.2).sin_cos();
                let mut heads: Vec<[f64; 2]> = (0..count).map(|i| angle(i).into()).collect();
                heads.iter_mut().take(1).for_each(|head| *head = [1.0, 0.0]);
                let wanted: Vec<f64> = heads.iter().map(|w| quotient.at(*w)).collect();
                assert_eq!(quotient.at_all(&heads), wanted);
                for processor in Processor::all() {
                    let all = All { quotient: &quotient, heads: &heads };
                    assert_eq!(processor.run(all), wanted, "{processor:?}");
                }
            }
        }
    }
}
