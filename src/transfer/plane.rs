//! The plane of two tasks' θ: where the shared module points, and how the rows spread there.

use nalgebra::{DMatrix, DVector, Matrix2, Vector2};

use crate::task::Population;

/// The plane spanned by the θs of two tasks, the first of them along the first axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    basis: DMatrix<f64>,
    /// θ of both tasks in the plane, the longer one of length 1.
    pub thetas: [Vector2<f64>; 2],
    /// The square root of both tasks' covariances in the plane, scaled to a largest stretch of 1:
    /// it takes the unit circle to the ellipse of its rows.
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
            let shadow = &tasks[i].factor * &basis;
            let covariance = shadow.transpose() * shadow;
            root(Matrix2::from_fn(|r, c| covariance[(r, c)]))
        };
        Self {
            thetas: tasks.map(|task| inside(&task.theta) / longest),
            ellipses: [ellipse(0), ellipse(1)],
            basis,
        }
    }

    /// Two orthonormal vectors that span the plane (d × 2), the first along θ of the first task.
    pub fn basis(&self) -> &DMatrix<f64> {
        &self.basis
    }

    /// The direction of B (d × 1) in the plane: the part of its unit vector that lies there.
    /// `None` for a wider module and for one of another dimension.
    pub fn direction(&self, module: &DMatrix<f64>) -> Option<Vector2<f64>> {
        let length = module.norm();
        let single = module.ncols() == 1 && module.nrows() == self.basis.nrows() && length > 0.0;
        single.then(|| {
            let b = self.basis.transpose() * module.column(0) / length;
            Vector2::new(b[0], b[1])
        })
    }
}

/// The unit part of `vector` orthogonal to the unit vector `first`; where they are parallel, of
/// the coordinate axis least along it.
fn beside(vector: &DVector<f64>, first: &DVector<f64>) -> DVector<f64> {
    let rest = vector - first * first.dot(vector);
    if rest.norm() > 1e-9 * vector.norm() {
        return rest.normalize();
    }
    let mut axis = DVector::zeros(first.len());
    axis[first.iamin()] = 1.0;
    (&axis - first * first.dot(&axis)).normalize()
}

/// Symmetric square root over its largest eigenvalue.
fn root(covariance: Matrix2<f64>) -> Matrix2<f64> {
    let eigen = covariance.symmetric_eigen();
    let roots = eigen.eigenvalues.map(|v| v.max(0.0).sqrt());
    let root = eigen.eigenvectors * Matrix2::from_diagonal(&roots) * eigen.eigenvectors.transpose();
    root / roots.max().max(f64::MIN_POSITIVE)
}
