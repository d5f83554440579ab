//! The global optimum of two tasks that share one unit.

use nalgebra::{DMatrix, DVector};

use super::heads;
use super::least_squares::LeastSquares;
use super::shared::SharedModel;
use crate::math::kernel::{Quotient, Reduction, Tridiagonal};
use crate::math::linalg::{self, Pencil};
use crate::math::minimize::{self, OfTwoHeads};

/// A share of a task in the rows of both along some direction that is far above rounding.
const FAR: f64 = 1e-8;

/// The global optimum for k = 2, r = 1.
///
/// For heads `(w₁, w₂)` of unit length the best B solves `M B = b`, `M = Σ α_i w_i² H_i`,
/// `b = Σ α_i w_i c_i`, and the loss is `Σ α_i s_i − bᵀM†b`. In coordinates in which the sum of
/// `α₁H₁` and `α₂H₂` is the identity and both are tridiagonal each evaluation is O(d), so the ratio
/// of the heads is searched over its whole range.
pub fn one_unit(objective: &LeastSquares) -> SharedModel {
    let (data, alpha) = (&objective.data, &objective.weights);
    let scale = scale_of_rows(objective);
    let beta = [alpha[0], alpha[1] / scale];
    let combined = |x: [f64; 2]| linalg::combination([&data[0].h, &data[1].h], x);
    let shares = [beta[0], beta[1] / scale];
    let c = [0, 1].map(|i| &data[i].c * beta[i]);
    let rows = data[0].equations() + data[1].equations();
    let whitened = match WhitenedPair::of((&data[0].h, shares[0]), &combined(shares), &c, rows) {
        Ok(whitened) => whitened,
        Err([one, other]) => return least_module([one, other / scale]),
    };
    let quotient = whitened.tridiagonal().unwrap_or_else(|| {
        let [first, second] = [0, 1].map(|i| &*data[i].h * shares[i]);
        diagonal(&Pencil::new(&first, &second), &c)
    });
    let middle = heads::ratio_of_sizes(objective).ln();
    let (w, _) = minimize::over_two_heads(middle - 14.0..=middle + 14.0, Unexplained(&quotient));
    let w = [w[0], w[1] / scale];
    let length = w[0].hypot(w[1]);
    let w = w.map(|head| head / length);
    let (u, v) = (alpha[0] * w[0], alpha[1] * w[1]);
    let m = combined([u * w[0], v * w[1]]);
    let b = &data[0].c * u + &data[1].c * v;
    let module = DMatrix::from_columns(&[linalg::solve(&m, &b)]);
    let model = SharedModel::new(module, w.map(|head| DVector::from_element(1, head)).to_vec());
    heads::with_best_heads(objective, model)
}

/// Less than the loss by what no heads explain.
struct Unexplained<'a>(&'a Quotient);

impl OfTwoHeads for Unexplained<'_> {
    fn at(&mut self, heads: [f64; 2]) -> f64 {
        -self.0.at(heads)
    }

    fn at_all(&mut self, heads: &[[f64; 2]]) -> Vec<f64> {
        self.0.at_all(heads).into_iter().map(|explained| -explained).collect()
    }
}

/// The first matrix and both `c_i` in coordinates in which the sum of both matrices is the identity.
struct WhitenedPair {
    /// The first matrix (q × q).
    first: DMatrix<f64>,
    /// Both `c_i` (q each).
    c: [DVector<f64>; 2],
}

impl WhitenedPair {
    /// Whitens `times · first` by the sum of both matrices. If it has as many dimensions as both tasks have `rows`,
    /// returns the solutions of `sum · v_i = c_i` instead.
    fn of(
        (first, times): (&DMatrix<f64>, f64),
        sum: &DMatrix<f64>,
        c: &[DVector<f64>; 2],
        rows: u64,
    ) -> Result<Self, [DVector<f64>; 2]> {
        if let Some(factor) = linalg::cholesky(sum) {
            let mut c = c.clone();
            if factor.size() as u64 == rows {
                c.iter_mut().for_each(|c| factor.solve_mut(c));
                return Err(c);
            }
            c.iter_mut().for_each(|c| factor.solve_lower(c));
            return Ok(Self { first: factor.congruent(first) * times, c });
        }
        let whiten = linalg::whitening(sum);
        let c = c.each_ref().map(|c| whiten.tr_mul(c));
        if whiten.ncols() as u64 == rows {
            return Err(c.map(|c| &whiten * c));
        }
        let inner = whiten.transpose() * (first * &whiten);
        Ok(Self { first: (&inner + inner.transpose()) * (0.5 * times), c })
    }

    /// The quotient in coordinates that are turned until the first matrix is tridiagonal, which
    /// takes a fifth of the time of eigenvectors. `None` if one task has hardly any share in some
    /// direction: rounding errors would be mistaken for an advantage of small heads.
    fn tridiagonal(self) -> Option<Quotient> {
        let reduction = Reduction::of(&self.first);
        let [p, q] = self.c.map(|mut c| {
            reduction.turn(c.as_mut_slice());
            c
        });
        let shares = reduction.tridiagonal;
        let inside = shares.count_below(FAR) == 0 && shares.count_below(1.0 - FAR) == p.len();
        inside.then_some(Quotient { shares, p, q })
    }
}

/// The quotient in coordinates in which both matrices are diagonal, with entries in `[0, 1]`.
fn diagonal(pencil: &Pencil, c: &[DVector<f64>; 2]) -> Quotient {
    let [p, q] = c.each_ref().map(|c| pencil.basis.tr_mul(c));
    let diagonal: Vec<f64> = pencil.first.iter().copied().collect();
    let beside = vec![0.0; diagonal.len().saturating_sub(1)];
    Quotient { shares: Tridiagonal { diagonal, beside }, p, q }
}

/// The square root of the size of the second `α_iH_i` over that of the first; 1 if they are about
/// as large. With rows of such a scale both are diagonal to all digits in one basis.
fn scale_of_rows(objective: &LeastSquares) -> f64 {
    let [first, second] = [0, 1].map(|i| objective.weights[i] * objective.data[i].h.trace());
    let scale = (second / first).sqrt();
    if scale.is_normal() && !(1e-4..=1e4).contains(&scale) { scale } else { 1.0 }
}

/// If all rows of both tasks are linearly independent, any heads fit every label with
/// `B = v₁/w₁ + v₂/w₂`. Returns the optimum with minimum-norm B, as for a single task.
fn least_module(v: [DVector<f64>; 2]) -> SharedModel {
    let module = |w: [f64; 2]| &v[0] / w[0] + &v[1] / w[1];
    let (w, _) = minimize::over_two_heads(-14.0..=14.0, |w| module(w).norm_squared());
    SharedModel::new(
        DMatrix::from_columns(&[module(w)]),
        w.map(|head| DVector::from_element(1, head)).to_vec(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg::{normal_matrix, normal_vector};
    use crate::math::seed::Seed;
    use crate::model::Objective;
    use crate::task::Moments;

    /// Moments of rows of which a tenth of the features, other ones for each task, are loud. The θs
    /// are nearly the same.
    fn moments(rows: usize, d: usize, seed: u64) -> Moments {
        let rng = &mut Seed::new(seed).rng();
        let mut x = normal_matrix(rows, d, rng);
        let first = seed as usize * d / 10;
        (first..first + d / 10).for_each(|j| x.column_mut(j).scale_mut(100.0));
        let common = normal_vector(d, &mut Seed::new(9).rng());
        let y = &x * (common + 0.2 * normal_vector(d, rng)) + normal_vector(rows, rng);
        Moments::of(&x, &y)
    }

    #[test]
    fn no_heads_are_better_even_if_a_task_has_few_rows() {
        for (m, n) in [(400, 20), (20, 400), (70, 80), (110, 101), (300, 20_000), (200, 250)] {
            let data = vec![moments(m, 100, 1), moments(n, 100, 2)];
            let objective = LeastSquares { data, weights: vec![1.0, 0.7] };
            let found = objective.loss(&one_unit(&objective));
            for degrees in (0..180).step_by(3) {
                let (w, v) = f64::from(degrees).to_radians().sin_cos();
                let [first, second] = [&objective.data[0], &objective.data[1]];
                let h = &*first.h * (w * w) + &*second.h * (0.7 * v * v);
                let b = linalg::solve(&h, &(&first.c * w + &second.c * (0.7 * v)));
                let heads = [w, v].map(|head| DVector::from_element(1, head)).to_vec();
                let model = SharedModel::new(DMatrix::from_columns(&[b]), heads);
                let other = objective.loss(&model);
                assert!(found <= other * (1.0 + 1e-9), "{m} {n} {degrees}: {found} {other}");
            }
        }
    }
}
