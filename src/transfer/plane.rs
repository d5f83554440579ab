//! The plane of the θs of two tasks, with the direction of the shared module and the spread of the
//! rows.

use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

use crate::task::Population;

/// The plane spanned by the θs of two tasks. The first θ lies along the first axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    basis: DMatrix<f64>,
    /// The θs of both tasks in the plane, scaled so that the longer has length 1.
    pub thetas: [Vector2<f64>; 2],
    /// The square roots of both covariances in the plane, scaled to a largest eigenvalue of 1. Each
    /// maps the unit circle to the ellipse of the task's rows.
    pub ellipses: [Matrix2<f64>; 2],
}

impl Plane {
    /// The plane of two tasks of a population.
    pub fn of(population: &Population, pair: [usize; 2]) -> Self {
        let tasks = pair.map(|i| &population.tasks[i]);
        let first = tasks[0].theta.normalize();
        let basis = DMatrix::from_columns(&[first.clone(), beside(&tasks[1].theta, &first)]);
        let longest = tasks[0].theta.norm().max(tasks[1].theta.norm());
        let inside = |v: &DVector<f64>| {
            let v = basis.transpose() * v;
            Vector2::new(v[0], v[1])
        };
        let ellipse = |i: usize| {
            let shadow = &*tasks[i].factor * &basis;
            let covariance = shadow.transpose() * shadow;
            root(Matrix2::from_fn(|r, c| covariance[(r, c)]))
        };
        Self {
            thetas: tasks.map(|task| inside(&task.theta) / longest),
            ellipses: [ellipse(0), ellipse(1)],
            basis,
        }
    }

    /// Two orthonormal vectors that span the plane (d × 2); the first is along the first θ.
    pub fn basis(&self) -> &DMatrix<f64> {
        &self.basis
    }

    /// The direction of B (d × 1) in the plane: its unit vector projected on the plane. `None` if
    /// the module is wider, zero or of another dimension.
    pub fn direction(&self, module: &DMatrix<f64>) -> Option<Vector2<f64>> {
        let length = module.norm();
        let single = module.ncols() == 1 && module.nrows() == self.basis.nrows() && length > 0.0;
        single.then(|| {
            let b = self.basis.transpose() * module.column(0) / length;
            Vector2::new(b[0], b[1])
        })
    }
}

/// The part of `vector` orthogonal to the unit vector `first`, scaled to unit length. If they are
/// parallel, uses the coordinate axis least aligned with `first`.
fn beside(vector: &DVector<f64>, first: &DVector<f64>) -> DVector<f64> {
    let rest = vector - first * first.dot(vector);
    if rest.norm() > 1e-9 * vector.norm() {
        return rest.normalize();
    }
    let mut axis = DVector::zeros(first.len());
    axis[first.iamin()] = 1.0;
    (&axis - first * first.dot(&axis)).normalize()
}

/// The symmetric square root, divided by its largest eigenvalue.
fn root(covariance: Matrix2<f64>) -> Matrix2<f64> {
    let eigen = covariance.symmetric_eigen();
    let roots = eigen.eigenvalues.map(|v| v.max(0.0).sqrt());
    let root = eigen.eigenvectors * Matrix2::from_diagonal(&roots) * eigen.eigenvectors.transpose();
    root / roots.max().max(f64::MIN_POSITIVE)
}
