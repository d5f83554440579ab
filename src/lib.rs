//! taskscope
pub mod cancel;
pub mod error;
#[cfg(feature = "png")]
pub mod export;
pub mod figure;
pub mod math;
pub mod method;
pub mod model;
pub mod scenario;
pub mod study;
pub mod task;
pub mod transfer;
