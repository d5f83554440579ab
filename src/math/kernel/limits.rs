//! The limits of a processor, measured.

use pulp::{Simd, WithSimd};

use super::vectors::arch;

use super::number::Number;

/// Sums that do not wait for each other.
const APART: usize = 12;

/// Bits of a vector.
pub fn vector_bits() -> usize {
    arch().dispatch(Bits)
}

/// The sum of numbers, at the speed at which they are read.
pub fn read(numbers: &[f64]) -> f64 {
    arch().dispatch(Read(numbers))
}

/// A number that takes `steps` rounds of multiplications and additions to find, and how many these
/// are.
pub fn arithmetic<T: Number>(steps: usize) -> (f64, f64) {
    arch().dispatch(Arithmetic::<T>(steps, std::marker::PhantomData))
}

struct Bits;

impl WithSimd for Bits {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        8 * size_of::<S::f64s>()
    }
}

struct Read<'a>(&'a [f64]);

impl WithSimd for Read<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let mut sums = [simd.splat_f64s(0.0); APART];
        for numbers in f64::lanes::<S>(self.0).chunks_exact(APART) {
            for i in 0..APART {
                sums[i] = simd.add_f64s(sums[i], numbers[i]);
            }
        }
        sums.iter().map(|sum| simd.reduce_sum_f64s(*sum)).sum()
    }
}

struct Arithmetic<T>(usize, std::marker::PhantomData<T>);

impl<T: Number> WithSimd for Arithmetic<T> {
    type Output = (f64, f64);

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> (f64, f64) {
        let [factor, one] = [T::splat(simd, T::of(0.5)), T::splat(simd, T::of(1.0))];
        let mut sums = [one; APART];
        for _ in 0..self.0 {
            for sum in &mut sums {
                *sum = T::mul_add(simd, *sum, factor, one);
            }
        }
        let mut out = vec![T::default(); APART * T::count::<S>()];
        T::lanes_mut::<S>(&mut out).copy_from_slice(&sums);
        let operations = 2 * APART * T::count::<S>() * self.0;
        (out.iter().map(|number| number.wide()).sum(), operations as f64)
    }
}
