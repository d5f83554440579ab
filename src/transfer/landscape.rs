//! The objective of one shared unit (eq. 4 of the paper) over the directions of a plane.

use std::f64::consts::PI;

use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

use crate::math::minimize;
use crate::task::{Moments, PopulationTask};

/// Number of directions evaluated per task, and of evenly spaced ones.
const LOOKS: usize = 90;
/// Smallest ratio of two eigenvalues that is distinguished from zero.
const FLATTEST: f64 = 1e-12;

/// `h(B) = Σ_i α_i ⟨X_iB/‖X_iB‖, y_i⟩² = Σ_i α_i (Bᵀc_i)²/(BᵀH_iB)`: the part of the labels that
/// the best heads explain with one shared unit B (d). `H_i = X_iᵀX_i` (d × d), `c_i = X_iᵀy_i` (d).
///
/// A direction in which a task has no rows explains none of its labels.
pub fn explained<'a>(
    module: &DVector<f64>,
    tasks: impl IntoIterator<Item = (f64, &'a DMatrix<f64>, &'a DVector<f64>)>,
) -> f64 {
    let share = |(weight, h, c): (f64, &DMatrix<f64>, &DVector<f64>)| {
        weight * quotient(module.dot(c), module.dot(&(h * module)))
    };
    tasks.into_iter().map(share).sum()
}

/// The function h over the directions `cos ψ e₁ + sin ψ e₂` of a plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Landscape {
    tasks: Vec<Shadow>,
}

/// A task projected on the plane.
#[derive(Debug, Clone, PartialEq)]
struct Shadow {
    weight: f64,
    h: Matrix2<f64>,
    c: Vector2<f64>,
}

/// A local maximum of h.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summit {
    /// The direction ψ in `[0, π)`, in radians.
    pub angle: f64,
    /// The value of h there.
    pub height: f64,
}

impl Landscape {
    /// The landscape of data in the plane spanned by the orthonormal columns of `plane` (d × 2).
    pub fn of_data(plane: &DMatrix<f64>, data: &[Moments], weights: &[f64]) -> Self {
        let tasks = data.iter().zip(weights);
        Self { tasks: tasks.map(|(data, &w)| Shadow::new(plane, w, &data.h, &data.c)).collect() }
    }

    /// The landscape of populations, as if `m_i` rows had exactly their moments: `H = mΣ`,
    /// `c = mΣθ`, no noise. The columns of `plane` (d × 2) are orthonormal.
    pub fn of_population(
        plane: &DMatrix<f64>,
        tasks: &[PopulationTask],
        samples: &[f64],
        weights: &[f64],
    ) -> Self {
        let shadow = |((task, &m), &weight): ((&PopulationTask, &f64), &f64)| {
            let h = task.covariance() * m;
            Shadow::new(plane, weight, &h, &(&h * &task.theta))
        };
        Self { tasks: tasks.iter().zip(samples).zip(weights).map(shadow).collect() }
    }

    /// h(ψ), with ψ in radians; the period is π.
    pub fn at(&self, angle: f64) -> f64 {
        let (sin, cos) = angle.sin_cos();
        let b = Vector2::new(cos, sin);
        self.tasks.iter().map(|t| t.weight * quotient(b.dot(&t.c), b.dot(&(t.h * b)))).sum()
    }

    /// All local maxima, highest first; empty if h is constant.
    pub fn summits(&self) -> Vec<Summit> {
        let looks = self.looks();
        let around = looks.last().map(|last| last - PI).into_iter();
        let around = around.chain(looks.iter().copied()).chain(looks.first().map(|f| f + PI));
        let seen: Vec<(f64, f64)> = around.map(|angle| (angle, self.at(angle))).collect();
        let mut summits: Vec<Summit> = seen
            .windows(3)
            .filter(|w| w[1].1 >= w[0].1 && w[1].1 > w[2].1)
            .map(|w| {
                let (angle, depth) = minimize::brent(w[0].0, w[2].0, &mut |angle| -self.at(angle));
                Summit { angle: half_turn(angle), height: -depth }
            })
            .collect();
        summits.sort_by(|a, b| b.height.total_cmp(&a.height));
        summits
    }

    /// The highest summit.
    pub fn highest(&self) -> Option<Summit> {
        self.summits().into_iter().next()
    }

    /// Directions in `[0, π)`, in increasing order: evenly spaced ones, and for every task ones
    /// that are evenly spaced in its whitened coordinates, in which h varies slowly.
    fn looks(&self) -> Vec<f64> {
        let even = (0..LOOKS).map(|i| PI * i as f64 / LOOKS as f64);
        let mut angles: Vec<f64> = even.clone().collect();
        for task in &self.tasks {
            let eigen = task.h.symmetric_eigen();
            let largest = eigen.eigenvalues.max().max(f64::MIN_POSITIVE);
            let stretch = eigen.eigenvalues.map(|v| v.max(FLATTEST * largest).sqrt().recip());
            angles.extend(even.clone().map(|angle| {
                let (sin, cos) = angle.sin_cos();
                let b = eigen.eigenvectors * stretch.component_mul(&Vector2::new(cos, sin));
                half_turn(b.y.atan2(b.x))
            }));
        }
        angles.sort_by(f64::total_cmp);
        angles.dedup_by(|a, b| (*a - *b).abs() < 1e-12);
        angles
    }
}

impl Shadow {
    fn new(plane: &DMatrix<f64>, weight: f64, h: &DMatrix<f64>, c: &DVector<f64>) -> Self {
        let (h, c) = (plane.transpose() * h * plane, plane.tr_mul(c));
        Self { weight, h: Matrix2::from_fn(|i, j| h[(i, j)]), c: Vector2::new(c[0], c[1]) }
    }
}

/// Maps an angle to `[0, π)`.
fn half_turn(angle: f64) -> f64 {
    let turned = angle.rem_euclid(PI);
    if turned < PI { turned } else { 0.0 }
}

/// `overlap²/length`, or 0 if `length` is zero.
fn quotient(overlap: f64, length: f64) -> f64 {
    if length > 0.0 { overlap * overlap / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::linalg;
    use crate::math::seed::Seed;
    use crate::task::Response;

    /// θ at an angle, rows `stretch` times as wide along an axis at another one, in degrees.
    fn task(theta: f64, stretch: f64, axis: f64) -> PopulationTask {
        let unit = |degrees: f64| {
            let (sin, cos) = f64::to_radians(degrees).sin_cos();
            DVector::from_vec(vec![cos, sin])
        };
        let loud = unit(axis);
        let factor = DMatrix::identity(2, 2) + &loud * loud.transpose() * (stretch - 1.0);
        PopulationTask { theta: unit(theta), factor: factor.into(), response: Response::Linear }
    }

    fn summits(source: PopulationTask, samples: f64) -> Vec<Summit> {
        let tasks = [task(0.0, 1.0, 0.0), source];
        let plane = DMatrix::identity(2, 2);
        Landscape::of_population(&plane, &tasks, &[1.0, samples], &[1.0, 1.0]).summits()
    }

    /// In degrees, from −90 to 90.
    fn degrees(summit: &Summit) -> f64 {
        (summit.angle.to_degrees() + 90.0).rem_euclid(180.0) - 90.0
    }

    #[test]
    fn a_stretch_across_the_source_turns_the_module_smoothly_towards_it() {
        let mut last = 0.0;
        for (stretch, expected) in [(0.1, Some(0.2)), (1.0, None), (3.0, None), (30.0, Some(16.2))]
        {
            let summits = summits(task(16.26, stretch, 16.26 + 90.0), 1.0);
            let here = degrees(&summits[0]);
            assert_eq!(summits.len(), 1);
            assert!(here > last);
            assert!(expected.is_none_or(|e: f64| (here - e).abs() < 0.06), "{stretch}: {here}");
            last = here;
        }
    }

    #[test]
    fn turning_the_rows_of_the_source_makes_the_module_jump_between_two_summits() {
        let table =
            [(0.0, 2.7), (60.0, 11.0), (90.0, 23.7), (105.0, 31.4), (120.0, -5.4), (135.0, 0.1)];
        for (axis, expected) in table {
            let summits = summits(task(45.0, 10.0, axis), 0.1);
            let here = degrees(&summits[0]);
            assert!((here - expected).abs() < 0.06, "{axis}°: {here} instead of {expected}");
            let two = (60.0..=120.0).contains(&axis);
            assert_eq!(summits.len(), if two { 2 } else { 1 }, "{axis}°: {summits:?}");
        }
    }

    #[test]
    fn in_any_plane_h_is_what_the_best_heads_explain() {
        let rng = &mut Seed::new(1).rng();
        let data: Vec<Moments> = (0..3)
            .map(|_| Moments::of(&linalg::normal_matrix(9, 5, rng), &linalg::normal_vector(9, rng)))
            .collect();
        let plane = linalg::orthonormal(5, rng).columns(0, 2).into_owned();
        let weights = [1.0, 0.5, 2.0];
        let landscape = Landscape::of_data(&plane, &data, &weights);
        let along = |angle: f64| {
            let module = &plane * DVector::from_vec(vec![angle.cos(), angle.sin()]);
            let tasks = data.iter().zip(weights).map(|(data, w)| (w, &*data.h, &data.c));
            explained(&(module * 3.0), tasks)
        };
        let summits = landscape.summits();
        for i in 0..500 {
            let angle = PI * f64::from(i) / 500.0;
            assert!((landscape.at(angle) - along(angle)).abs() < 1e-9);
            assert!(along(angle) <= summits[0].height + 1e-9);
        }
    }

    #[test]
    fn a_narrow_summit_is_not_missed() {
        let x = DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 1e-5]);
        let data = [Moments::of(&x, &DVector::from_vec(vec![0.0, 2.0]))];
        let landscape = Landscape::of_data(&DMatrix::identity(2, 2), &data, &[1.0]);
        let highest = landscape.highest().unwrap();
        assert!((highest.angle - PI / 2.0).abs() < 1e-7);
        assert!((highest.height - 4.0).abs() < 1e-3);
    }
}
