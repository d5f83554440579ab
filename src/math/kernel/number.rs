//! Numbers in lanes of a vector.

use std::fmt::Debug;

use pulp::Simd;

/// A type in which rows are stored and multiplied: `f64`, or `f32` with about seven digits.
pub trait Number: Copy + Default + PartialOrd + Send + Sync + Debug + 'static {
    /// As many numbers as one instruction takes.
    type Lanes<S: Simd>: Copy;

    /// Number of lanes.
    fn count<S: Simd>() -> usize {
        size_of::<Self::Lanes<S>>() / size_of::<Self>()
    }

    /// The numbers as vectors; what is left over at the end is cut off.
    fn lanes<S: Simd>(values: &[Self]) -> &[Self::Lanes<S>];

    /// [`Number::lanes`] to be changed.
    fn lanes_mut<S: Simd>(values: &mut [Self]) -> &mut [Self::Lanes<S>];

    /// The same number in every lane.
    fn splat<S: Simd>(simd: S, value: Self) -> Self::Lanes<S>;

    /// `a · b + c` in every lane, rounded once where the processor can.
    fn mul_add<S: Simd>(
        simd: S,
        a: Self::Lanes<S>,
        b: Self::Lanes<S>,
        c: Self::Lanes<S>,
    ) -> Self::Lanes<S>;

    /// `a + b` in every lane.
    fn add<S: Simd>(simd: S, a: Self::Lanes<S>, b: Self::Lanes<S>) -> Self::Lanes<S>;

    /// `max(0, a)` in every lane.
    fn rectify<S: Simd>(simd: S, a: Self::Lanes<S>) -> Self::Lanes<S>;

    /// b in the lanes in which a is positive, 0 in the others.
    fn where_positive<S: Simd>(simd: S, a: Self::Lanes<S>, b: Self::Lanes<S>) -> Self::Lanes<S>;

    /// The sum over the lanes.
    fn sum<S: Simd>(simd: S, a: Self::Lanes<S>) -> f64;

    /// The nearest number of this type.
    fn of(value: f64) -> Self;

    /// The number as `f64`.
    fn wide(self) -> f64;
}

macro_rules! number {
    ($number:ty, $lanes:ident, $as:ident, $as_mut:ident, $splat:ident, $mul_add:ident, $add:ident,
     $max:ident, $greater:ident, $select:ident, $sum:ident) => {
        impl Number for $number {
            type Lanes<S: Simd> = S::$lanes;

            #[inline(always)]
            fn lanes<S: Simd>(values: &[Self]) -> &[S::$lanes] {
                S::$as(values).0
            }

            #[inline(always)]
            fn lanes_mut<S: Simd>(values: &mut [Self]) -> &mut [S::$lanes] {
                S::$as_mut(values).0
            }

            #[inline(always)]
            fn splat<S: Simd>(simd: S, value: Self) -> S::$lanes {
                simd.$splat(value)
            }

            #[inline(always)]
            fn mul_add<S: Simd>(simd: S, a: S::$lanes, b: S::$lanes, c: S::$lanes) -> S::$lanes {
                simd.$mul_add(a, b, c)
            }

            #[inline(always)]
            fn add<S: Simd>(simd: S, a: S::$lanes, b: S::$lanes) -> S::$lanes {
                simd.$add(a, b)
            }

            #[inline(always)]
            fn rectify<S: Simd>(simd: S, a: S::$lanes) -> S::$lanes {
                simd.$max(a, simd.$splat(0.0))
            }

            #[inline(always)]
            fn where_positive<S: Simd>(simd: S, a: S::$lanes, b: S::$lanes) -> S::$lanes {
                let zero = simd.$splat(0.0);
                simd.$select(simd.$greater(a, zero), b, zero)
            }

            #[inline(always)]
            fn sum<S: Simd>(simd: S, a: S::$lanes) -> f64 {
                f64::from(simd.$sum(a))
            }

            #[inline(always)]
            fn of(value: f64) -> Self {
                value as Self
            }

            #[inline(always)]
            fn wide(self) -> f64 {
                f64::from(self)
            }
        }
    };
}

number!(
    f64,
    f64s,
    as_simd_f64s,
    as_mut_simd_f64s,
    splat_f64s,
    mul_add_e_f64s,
    add_f64s,
    max_f64s,
    greater_than_f64s,
    select_f64s,
    reduce_sum_f64s
);
number!(
    f32,
    f32s,
    as_simd_f32s,
    as_mut_simd_f32s,
    splat_f32s,
    mul_add_e_f32s,
    add_f32s,
    max_f32s,
    greater_than_f32s,
    select_f32s,
    reduce_sum_f32s
);
