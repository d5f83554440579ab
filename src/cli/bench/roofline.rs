//! The limits of the machine: reading memory, and arithmetic.

use serde::Serialize;

use crate::cli::bench::clock;
use crate::math::kernel::limits;

/// Numbers in memory that is read, far beyond every cache.
const NUMBERS: usize = 32 << 20;

/// The limits of one thread of this machine.
#[derive(Debug, Serialize)]
pub(super) struct Roofline {
    /// Bits of a vector.
    vector_bits: usize,
    /// Bytes read from memory in a second, in units of 10⁹.
    memory_gigabytes_per_second: f64,
    /// Multiplications and additions of `f64` in a second, in units of 10⁹.
    float64_gigaflops: f64,
    /// The same of `f32`.
    float32_gigaflops: f64,
}

pub(super) fn measure() -> Roofline {
    let numbers = vec![1.0; NUMBERS];
    let best = |work: f64, step: &mut dyn FnMut()| -> f64 {
        let runs = (0..5).map(|_| clock::time(Some(4), &mut *step));
        runs.map(|run| work * run.steps as f64 / run.processor_seconds).fold(0.0, f64::max) * 1e-9
    };
    let mut sum = 0.0;
    let memory = best((NUMBERS * size_of::<f64>()) as f64, &mut || sum += limits::read(&numbers));
    let mut flops = |of: fn(usize) -> (f64, f64)| {
        let per_call = of(1).1;
        const CALLS: usize = 2_000_000;
        best(per_call * CALLS as f64, &mut || sum += of(CALLS).0)
    };
    Roofline {
        vector_bits: limits::vector_bits(),
        memory_gigabytes_per_second: memory,
        float64_gigaflops: flops(limits::arithmetic::<f64>),
        float32_gigaflops: flops(limits::arithmetic::<f32>),
    }
}

impl Roofline {
    pub(super) fn text(&self) -> String {
        format!(
            "one thread, vectors of {} bits\nmemory: {:.1} GB/s\nfloat64: {:.1} GFLOP/s\n\
             float32: {:.1} GFLOP/s\n",
            self.vector_bits,
            self.memory_gigabytes_per_second,
            self.float64_gigaflops,
            self.float32_gigaflops
        )
    }
}
