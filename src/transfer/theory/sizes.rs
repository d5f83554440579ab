//! Sizes of matrices, static or dynamic.

use nalgebra::allocator::Allocator;
use nalgebra::{DefaultAllocator, Dim};

/// Matrices of k tasks and r units can be stored. It stands for the bounds that every function with
/// such matrices needs.
pub(super) trait Sizes<K: Dim, R: Dim>:
    Allocator<K>
    + Allocator<R>
    + Allocator<K, K>
    + Allocator<K, R>
    + Allocator<R, R>
    + Allocator<R, K>
    + Allocator<nalgebra::U1, K>
    + Allocator<nalgebra::U1, R>
{
}

impl<K: Dim, R: Dim> Sizes<K, R> for DefaultAllocator where
    DefaultAllocator: Allocator<K>
        + Allocator<R>
        + Allocator<K, K>
        + Allocator<K, R>
        + Allocator<R, R>
        + Allocator<R, K>
        + Allocator<nalgebra::U1, K>
        + Allocator<nalgebra::U1, R>
{
}
