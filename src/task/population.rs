//! A population: θ and covariance of every task, from which data are drawn.

use std::sync::Arc;

use nalgebra::{DMatrix, DMatrixView, DVector};

use super::labels::{Labels, Response};
use super::spec::{Axes, Covariance, Space, TaskSpec, Theta, ThetaDifference};
use crate::math::linalg::{self, CommonAxes};
use crate::math::memo::Memo;
use crate::math::seed::Seed;

/// Numbers kept of the latest populations: 16 MB.
const ROOM: usize = 2_000_000;

/// The latest populations, by seed: most knobs leave them as they are.
static POPULATIONS: Memo<DrawnPopulation> = Memo::new(ROOM);

/// A population and what it was drawn from.
struct DrawnPopulation {
    specs: Vec<TaskSpec>,
    dimension: usize,
    population: Population,
}

impl DrawnPopulation {
    fn is_of(&self, specs: &[TaskSpec], d: usize) -> bool {
        self.dimension == d
            && self.specs.len() == specs.len()
            && self.specs.iter().zip(specs).all(|(own, other)| own.same_population(other))
    }
}

/// The populations of all tasks of a scenario.
#[derive(Debug, Clone)]
pub struct Population {
    /// One entry per task, in the scenario's order.
    pub tasks: Vec<PopulationTask>,
}

/// The population of one task: rows `x = Cᵀz`, `z ~ N(0, I)`, with labels made from `⟨x, θ⟩`.
#[derive(Debug, Clone)]
pub struct PopulationTask {
    /// θ (d).
    pub theta: DVector<f64>,
    /// C (d × d), with row covariance `Σ = CᵀC`. Clones share it.
    pub factor: Arc<DMatrix<f64>>,
    /// The rule that makes labels from the projection on θ.
    pub response: Response,
}

impl PartialEq for PopulationTask {
    fn eq(&self, other: &Self) -> bool {
        let same_factor =
            || Arc::ptr_eq(&self.factor, &other.factor) || self.factor == other.factor;
        self.response == other.response && self.theta == other.theta && same_factor()
    }
}

impl PopulationTask {
    /// Row covariance `Σ = CᵀC` (d × d).
    pub fn covariance(&self) -> DMatrix<f64> {
        self.factor.transpose() * &*self.factor
    }

    /// Mean and variance of the labels, including noise of standard deviation `noise`.
    pub fn label_moments(&self, noise: f64) -> (f64, f64) {
        let signal = self.signal();
        match self.response {
            Response::Linear => (0.0, signal + noise * noise),
            Response::Relu => {
                let mean = (signal / (2.0 * std::f64::consts::PI)).sqrt();
                (mean, signal / 2.0 - mean * mean + noise * noise)
            }
            Response::Sign => (0.0, 1.0),
        }
    }

    /// A label that does not depend on its row, made from a standard normal or, for signs, from a
    /// uniform number in `[0, 1)`.
    pub fn random_label(&self, labels: &Labels, normal: f64, uniform: f64) -> f64 {
        let (mean, variance) = self.label_moments(labels.noise);
        match self.response {
            Response::Sign => (uniform - 0.5).signum(),
            _ => mean + variance.sqrt() * normal,
        }
    }
}

impl Population {
    /// Returns true if the rows of all tasks can be uncorrelated in the same coordinates.
    pub fn has_common_axes(&self) -> bool {
        let covariances: Vec<_> = self.tasks.iter().map(PopulationTask::covariance).collect();
        CommonAxes::of(&covariances).is_some()
    }

    /// Draws the populations of `specs` in `d` dimensions. Equal specifications and seeds give
    /// equal populations. A continuous change of an angle changes them continuously.
    pub fn draw(specs: &[TaskSpec], d: usize, seed: Seed) -> Self {
        let drawn = POPULATIONS.get(
            seed.address(),
            |drawn| drawn.is_of(specs, d),
            || {
                let population = Self::draw_anew(specs, d, seed);
                (
                    DrawnPopulation { specs: specs.to_vec(), dimension: d, population },
                    specs.len() * d * d,
                )
            },
        );
        drawn.population.clone()
    }

    fn draw_anew(specs: &[TaskSpec], d: usize, seed: Seed) -> Self {
        let own_axes: Vec<DMatrix<f64>> = specs
            .iter()
            .enumerate()
            .map(|(i, spec)| match spec.covariance.axes {
                Axes::Shared => DMatrix::identity(d, d),
                Axes::Random | Axes::Difference => {
                    linalg::orthonormal(d, &mut seed.child("axes", i as u64).rng())
                }
            })
            .collect();
        let thetas = Thetas::draw(specs, d, &own_axes, seed);
        let tasks = specs
            .iter()
            .zip(own_axes)
            .zip(thetas.thetas.into_iter().zip(thetas.differences))
            .map(|((spec, mut axes), (theta, difference))| {
                if let (Axes::Difference, Some(w)) = (spec.covariance.axes, difference) {
                    reflect_first_axis_onto(&mut axes, &w);
                }
                let (factor, theta) = match spec.space {
                    Space::Raw => (factor(&spec.covariance, axes), theta),
                    Space::Whitened => whitened(&spec.covariance, axes, &theta),
                };
                PopulationTask { theta, factor: factor.into(), response: spec.labels.response }
            })
            .collect();
        Self { tasks }
    }
}

struct Thetas {
    thetas: Vec<DVector<f64>>,
    /// The unit direction in which a task's θ differs from its reference.
    differences: Vec<Option<DVector<f64>>>,
}

impl Thetas {
    /// Draws random and latent θ first, then those relative to them. A difference along a given
    /// unit vector w moves both θs: they are `√(1−h²) u ∓ h w` with `h = √((1 − cos)/2)` and a unit
    /// vector u orthogonal to w, so both have unit length and their cosine is exact.
    fn draw(specs: &[TaskSpec], d: usize, axes: &[DMatrix<f64>], seed: Seed) -> Self {
        let subspace = specs
            .iter()
            .any(|spec| matches!(spec.theta, Theta::Latent { .. }))
            .then(|| linalg::orthonormal(d, &mut seed.child("subspace", 0).rng()));
        let mut thetas: Vec<DVector<f64>> = specs
            .iter()
            .enumerate()
            .map(|(i, spec)| {
                let seed_of_task = seed.child("theta", i as u64);
                match (&spec.theta, &subspace) {
                    (Theta::Latent { rank, spread }, Some(basis)) => {
                        latent(&basis.columns(0, (*rank).min(d)), *spread, seed_of_task)
                    }
                    _ => linalg::unit_vector(d, &mut seed_of_task.rng()),
                }
            })
            .collect();
        let mut differences = vec![None; specs.len()];
        for (i, spec) in specs.iter().enumerate() {
            let Theta::Relative { to, angle, difference } = spec.theta else {
                continue;
            };
            let angle = angle.to_radians();
            let mut rng = seed.child("difference", i as u64).rng();
            let along = |count: usize,
                         columns: &dyn Fn(usize) -> usize,
                         axes: &DMatrix<f64>,
                         rng: &mut _| {
                linalg::unit_vector(count, rng)
                    .iter()
                    .enumerate()
                    .fold(DVector::zeros(d), |w, (j, &x)| w + x * axes.column(columns(j)))
            };
            let placed = match difference {
                ThetaDifference::Generic => None,
                ThetaDifference::Loud(t) => {
                    let turned = turned(&specs[t].covariance, axes[t].clone());
                    let loud = specs[t].covariance.spectrum.loud_axes(d);
                    Some(along(loud, &|j| j, &turned, &mut rng))
                }
                ThetaDifference::Opposite(t) => {
                    let loud = specs[t].covariance.spectrum.loud_axes(d);
                    Some(along(loud, &|j| d - 1 - j, &axes[t], &mut rng))
                }
            };
            if let Some(w) = placed {
                let h = ((1.0 - angle.cos()) / 2.0).max(0.0).sqrt();
                let u = orthogonal_unit(&thetas[to], &w);
                let common = (1.0 - h * h).max(0.0).sqrt() * u;
                thetas[to] = &common - h * &w;
                thetas[i] = common + h * &w;
                differences[i] = Some(w);
            } else {
                let v = orthogonal_unit(&linalg::normal_vector(d, &mut rng), &thetas[to]);
                thetas[i] = angle.cos() * &thetas[to] + angle.sin() * &v;
                let w = &thetas[i] - &thetas[to];
                differences[i] = Some(if w.norm() > 1e-9 { w.normalize() } else { v });
            }
        }
        Self { thetas, differences }
    }
}

/// The unit vector along `U a + spread · e`, with random unit vectors a and e.
fn latent(subspace: &DMatrixView<'_, f64>, spread: f64, seed: Seed) -> DVector<f64> {
    let inside = linalg::unit_vector(subspace.ncols(), &mut seed.child("inside", 0).rng());
    let outside = linalg::unit_vector(subspace.nrows(), &mut seed.child("outside", 0).rng());
    (subspace * inside + spread * outside).normalize()
}

/// The part of `vector` orthogonal to the unit vector `to`, scaled to unit length. Zero in one
/// dimension, where nothing is orthogonal.
fn orthogonal_unit(vector: &DVector<f64>, to: &DVector<f64>) -> DVector<f64> {
    if to.len() < 2 {
        return DVector::zeros(to.len());
    }
    let once = vector - to * to.dot(vector);
    (&once - to * to.dot(&once)).normalize()
}

/// Reflects the axes so that the first one becomes w: `axes ← (I − 2vvᵀ) axes`, v along
/// `first axis − w`.
fn reflect_first_axis_onto(axes: &mut DMatrix<f64>, w: &DVector<f64>) {
    let v = axes.column(0) - w;
    let length = v.norm();
    if length > 1e-12 {
        let v = v / length;
        let shadows = axes.transpose() * &v;
        *axes -= 2.0 * v * shadows.transpose();
    }
}

/// Turns axis i towards axis d − 1 − i.
fn turned(covariance: &Covariance, mut axes: DMatrix<f64>) -> DMatrix<f64> {
    if covariance.rotation == 0.0 {
        return axes;
    }
    let d = axes.ncols();
    let (sin, cos) = covariance.rotation.to_radians().sin_cos();
    for i in 0..d / 2 {
        let (near, far) = (axes.column(i).into_owned(), axes.column(d - 1 - i).into_owned());
        axes.set_column(i, &(cos * &near + sin * &far));
        axes.set_column(d - 1 - i, &(cos * far - sin * near));
    }
    axes
}

/// The symmetric factor `C = Σ^½`, and θ in the coordinates of the rows, `C⁻¹θ`.
fn whitened(
    covariance: &Covariance,
    axes: DMatrix<f64>,
    theta: &DVector<f64>,
) -> (DMatrix<f64>, DVector<f64>) {
    let axes = turned(covariance, axes);
    let deviations = DVector::from_vec(covariance.spectrum.deviations(axes.ncols()));
    let raw = &axes * (axes.transpose() * theta).component_div(&deviations);
    (&axes * DMatrix::from_diagonal(&deviations) * axes.transpose(), raw)
}

/// The factor `C = D (axes)ᵀ` (d × d).
fn factor(covariance: &Covariance, axes: DMatrix<f64>) -> DMatrix<f64> {
    let mut factor = turned(covariance, axes).transpose();
    let deviations = covariance.spectrum.deviations(factor.ncols());
    for (mut row, deviation) in factor.row_iter_mut().zip(deviations) {
        row *= deviation;
    }
    factor
}
