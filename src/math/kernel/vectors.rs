//! Which vector instructions kernels use: those of the processor, or none.

use std::sync::atomic::{AtomicBool, Ordering};

use pulp::Arch;

static NONE: AtomicBool = AtomicBool::new(false);

/// From here on, no vector instructions are used, as on a processor that has none.
pub fn use_none() {
    NONE.store(true, Ordering::Relaxed);
}

/// The instructions to use.
pub(super) fn arch() -> Arch {
    if NONE.load(Ordering::Relaxed) { Arch::Scalar } else { Arch::new() }
}
