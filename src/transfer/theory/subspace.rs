//! Heads as subspaces: the training loss depends only on the space that the columns of the heads
//! span, so that heads are points of the Grassmann manifold.

use nalgebra::{DMatrix, DefaultAllocator, Dim, OMatrix};

use super::sizes::Sizes;

/// Orthonormal columns (k × r) that span the same space.
pub(super) fn normalized<K: Dim, R: Dim>(heads: &OMatrix<f64, K, R>) -> OMatrix<f64, K, R>
where
    DefaultAllocator: Sizes<K, R>,
{
    if heads.ncols() == 1 {
        return heads.normalize();
    }
    let (k, r) = heads.shape_generic();
    let dynamic = DMatrix::from_column_slice(k.value(), r.value(), heads.as_slice());
    let q = dynamic.qr().q();
    OMatrix::from_column_slice_generic(k, r, q.as_slice())
}

/// True if both heads (orthonormal columns) span the same space: the sum of the squared sines of the
/// angles between the spaces is below the tolerance.
pub(super) fn same<K: Dim, R: Dim>(
    one: &OMatrix<f64, K, R>,
    other: &OMatrix<f64, K, R>,
    tolerance: f64,
) -> bool
where
    DefaultAllocator: Sizes<K, R>,
{
    one.ncols() as f64 - one.tr_mul(other).norm_squared() < tolerance
}

/// An orthonormal basis of the directions (k × r each, r(k − r) of them) in which the space of some
/// heads with orthonormal columns can move.
pub(super) fn tangents<K: Dim, R: Dim>(heads: &OMatrix<f64, K, R>) -> Vec<OMatrix<f64, K, R>>
where
    DefaultAllocator: Sizes<K, R>,
{
    let (k, r) = heads.shape_generic();
    let (rows, units) = (k.value(), r.value());
    let mut all = DMatrix::identity(rows, rows + units);
    all.columns_mut(0, units).copy_from_slice(heads.as_slice());
    (0..rows).for_each(|i| {
        (0..rows).for_each(|j| all[(i, units + j)] = f64::from(u8::from(i == j)));
    });
    let q = all.qr().q();
    let tangent = |free: usize, unit: usize| {
        OMatrix::from_fn_generic(k, r, |i, b| if b == unit { q[(i, free)] } else { 0.0 })
    };
    (units..rows)
        .flat_map(|free| (0..units).map(move |unit| (free, unit)))
        .map(|(free, unit)| tangent(free, unit))
        .collect()
}

/// The heads moved by some amount along every tangent, with orthonormal columns.
pub(super) fn moved<K: Dim, R: Dim>(
    heads: &OMatrix<f64, K, R>,
    tangents: &[OMatrix<f64, K, R>],
    by: &[f64],
) -> OMatrix<f64, K, R>
where
    DefaultAllocator: Sizes<K, R>,
{
    normalized(&tangents.iter().zip(by).fold(heads.clone(), |heads, (u, by)| heads + u * *by))
}
