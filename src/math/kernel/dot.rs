//! The inner product of two vectors.

use pulp::Simd;

/// Sums that are kept at once, so that none waits for the one before.
const SUMS: usize = 4;

/// `⟨a, b⟩` of two vectors of the same length.
#[inline(always)]
pub(super) fn dot<S: Simd>(simd: S, a: &[f64], b: &[f64]) -> f64 {
    let (a, a_rest) = S::as_simd_f64s(a);
    let (b, b_rest) = S::as_simd_f64s(b);
    let mut sums = [simd.splat_f64s(0.0); SUMS];
    let whole = a.len() / SUMS * SUMS;
    for (a, b) in a[..whole].chunks_exact(SUMS).zip(b[..whole].chunks_exact(SUMS)) {
        for i in 0..SUMS {
            sums[i] = simd.mul_add_e_f64s(a[i], b[i], sums[i]);
        }
    }
    for (a, b) in a[whole..].iter().zip(&b[whole..]) {
        sums[0] = simd.mul_add_e_f64s(*a, *b, sums[0]);
    }
    if !a_rest.is_empty() {
        let (a, b) = (simd.partial_load_f64s(a_rest), simd.partial_load_f64s(b_rest));
        sums[1] = simd.mul_add_e_f64s(a, b, sums[1]);
    }
    let [one, two, three, four] = sums;
    simd.reduce_sum_f64s(simd.add_f64s(simd.add_f64s(one, two), simd.add_f64s(three, four)))
}

#[cfg(test)]
mod tests {
    use pulp::WithSimd;

    use super::*;
    use crate::math::kernel::processors::Processor;

    struct Dot<'a>(&'a [f64], &'a [f64]);

    impl WithSimd for Dot<'_> {
        type Output = f64;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> f64 {
            dot(simd, self.0, self.1)
        }
    }

    #[test]
    fn whole_numbers_have_their_sum_of_products_for_every_length_on_every_processor() {
        for n in 0..80 {
            let a: Vec<f64> = (0..n).map(|i| f64::from(i) - 7.0).collect();
            let b: Vec<f64> = (0..n).map(|i| f64::from(3 * i + 1)).collect();
            let wanted: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            for processor in Processor::all() {
                assert_eq!(processor.run(Dot(&a, &b)), wanted, "{n} {processor:?}");
            }
        }
    }
}
