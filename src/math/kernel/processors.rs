//! Processors that tests run kernels on.

use pulp::{Arch, WithSimd};

/// The vectors of a processor.
#[derive(Debug, Clone, Copy)]
pub(super) enum Processor {
    /// None.
    Plain,
    /// 128 bits.
    Short,
    /// 256 bits.
    Middle,
    /// 512 bits.
    Long,
    /// Those with 256 bits of this machine.
    #[cfg(target_arch = "x86_64")]
    Avx(pulp::x86::V3),
    /// The longest of this machine.
    Own(Arch),
}

impl Processor {
    /// All that this machine can be or imitate.
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![Self::Plain, Self::Short, Self::Middle, Self::Long];
        #[cfg(target_arch = "x86_64")]
        all.extend(pulp::x86::V3::try_new().map(Self::Avx));
        all.push(Self::Own(Arch::new()));
        all
    }

    /// Runs a kernel.
    pub(super) fn run<K: WithSimd>(self, kernel: K) -> K::Output {
        match self {
            Self::Plain => kernel.with_simd(pulp::Scalar::new()),
            Self::Short => kernel.with_simd(pulp::Scalar128b),
            Self::Middle => kernel.with_simd(pulp::Scalar256b),
            Self::Long => kernel.with_simd(pulp::Scalar512b),
            #[cfg(target_arch = "x86_64")]
            Self::Avx(avx) => pulp::Simd::vectorize(avx, kernel),
            Self::Own(arch) => arch.dispatch(kernel),
        }
    }
}
