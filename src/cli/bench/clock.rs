//! Time of a loop.

use std::time::Instant;

/// Steps of a loop and the time that they took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timed {
    pub(super) steps: usize,
    /// By the clock on the wall.
    pub(super) seconds: f64,
    /// Of the processor, of all threads; equal to the clock on the wall where it is unknown.
    pub(super) processor_seconds: f64,
}

/// Runs the step a few times, then as often as asked; without a number, for about a second.
pub(super) fn time(steps: Option<u64>, mut step: impl FnMut()) -> Timed {
    step();
    let wanted = steps.unwrap_or_else(|| {
        let began = Instant::now();
        let mut tried = 0;
        while tried == 0 || began.elapsed().as_secs_f64() < 0.1 {
            step();
            tried += 1;
        }
        ((f64::from(tried) / began.elapsed().as_secs_f64()) as u64).max(1)
    });
    let (began, before) = (Instant::now(), processor());
    for _ in 0..wanted {
        step();
    }
    let seconds = began.elapsed().as_secs_f64();
    let processor_seconds = match (before, processor()) {
        (Some(before), Some(after)) => after - before,
        _ => seconds,
    };
    Timed { steps: wanted as usize, seconds, processor_seconds }
}

/// Seconds of the processor that this process has used; `None` where it is unknown.
fn processor() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    stat.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| 1e-9 * nanoseconds)
}
