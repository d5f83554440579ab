//! Square matrices whose columns begin at multiples of the longest vector.

use nalgebra::DMatrix;

/// Numbers of the longest vector.
pub(super) const LANES: usize = 8;

/// The place that a column of n numbers takes.
pub(super) fn stride(n: usize) -> usize {
    n.next_multiple_of(LANES)
}

/// A symmetric matrix (n × n) in `stride(n)` columns of length `stride(n)`, filled with zeros. Only
/// the lower half is read.
pub(super) fn symmetric(matrix: &DMatrix<f64>) -> Vec<f64> {
    let n = matrix.nrows();
    let stride = stride(n);
    let mut padded = lower(matrix);
    for (j, column) in matrix.as_slice().chunks_exact(n.max(1)).enumerate() {
        let square = (j / LANES + 1) * LANES;
        for i in j + 1..square.min(n) {
            padded[i * stride + j] = column[i];
        }
    }
    padded
}

/// The lower half of a matrix (n × n) likewise, zeros above the diagonal.
pub(super) fn lower(matrix: &DMatrix<f64>) -> Vec<f64> {
    let n = matrix.nrows();
    let stride = stride(n);
    let mut padded = vec![0.0; stride * stride];
    for (j, column) in matrix.as_slice().chunks_exact(n.max(1)).enumerate() {
        padded[j * stride + j..j * stride + n].copy_from_slice(&column[j..]);
    }
    padded
}

/// The symmetric matrix (n × n) with this lower half in columns of length `stride`.
pub(super) fn mirrored(lower: &[f64], stride: usize, n: usize) -> DMatrix<f64> {
    let mut whole = vec![0.0; n * n];
    for first in (0..n).step_by(LANES) {
        let end = (first + LANES).min(n);
        for j in first..end {
            whole[j * n + j..(j + 1) * n].copy_from_slice(&lower[j * stride + j..j * stride + n]);
        }
        for i in first + 1..n {
            for j in first..end.min(i) {
                whole[i * n + j] = lower[j * stride + i];
            }
        }
    }
    DMatrix::from_vec(n, n, whole)
}
