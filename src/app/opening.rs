//! A scenario file that is read in the background.

/// The request for the file, and how far it is read.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Opening {
    /// Number of requests so far; answers to older ones are dropped.
    number: u64,
    is_reading: bool,
    share: Option<f64>,
}

impl Opening {
    /// Begins a request and returns its number.
    pub(super) fn begin(&mut self) -> u64 {
        *self = Self { number: self.number + 1, is_reading: true, share: None };
        self.number
    }

    /// Takes the share that is read.
    pub(super) fn tell(&mut self, number: u64, share: f64) {
        if self.is_reading && number == self.number {
            self.share = Some(share);
        }
    }

    /// Ends a request; false if it is not the newest, or was ended before.
    pub(super) fn end(&mut self, number: u64) -> bool {
        number == self.number && self.stop()
    }

    /// Ends the newest request; false if it was ended before.
    pub(super) fn stop(&mut self) -> bool {
        self.share = None;
        std::mem::take(&mut self.is_reading)
    }

    /// True while a file is read.
    pub fn is_reading(&self) -> bool {
        self.is_reading
    }

    /// What is said while a file is read, once that takes longer than a moment.
    pub fn words(&self) -> Option<String> {
        let share = self.share?;
        Some(match share < 1.0 {
            true => format!("reading, {:.0} %; Esc stops", 100.0 * share),
            false => "opening; Esc stops".to_owned(),
        })
    }
}
