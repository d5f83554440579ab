//! What is computed once and read by many tests, which may ask for it at the same time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Values by name. Whoever asks for one that is being computed waits for it.
pub struct Once<T>(Mutex<BTreeMap<String, Arc<OnceLock<T>>>>);

impl<T: Clone> Once<T> {
    pub const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    /// The value of a name; `compute` is called for the first who asks.
    pub fn get(&self, name: &str, compute: impl FnOnce() -> T) -> T {
        let place = self.0.lock().unwrap().entry(name.to_owned()).or_default().clone();
        place.get_or_init(compute).clone()
    }
}
