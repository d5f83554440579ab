//! Tips on what to try next. Each is shown once, and at most one per minute.

use super::screen::kind::Screen;

/// Shortest time between two tips, in seconds.
const BETWEEN: u64 = 60;

/// A tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tip {
    /// Turn the focused knob.
    Turn,
    /// Read the theory.
    Theory,
    /// Pin the curve.
    Pin,
    /// Sweep the knob.
    Sweep,
    /// Use the command palette.
    Commands,
    /// Drag in the plane.
    Plane,
}

impl Tip {
    /// All tips, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Turn, Self::Theory, Self::Pin, Self::Sweep, Self::Commands, Self::Plane];

    /// The text of the tip; the first depends on the scenario and is written by the Lab.
    pub fn words(self) -> String {
        match self {
            Self::Turn => String::new(),
            Self::Theory => format!(
                "{} shows the reason for the verdict, as a formula with your numbers.",
                Screen::Theory.digit()
            ),
            Self::Pin => "b pins this curve while you turn other knobs.".to_owned(),
            Self::Sweep => format!(
                "{} sweeps the knob you last turned, with an interval at every point.",
                Screen::Sweep.digit()
            ),
            Self::Commands => ": finds every command, knob and preset by name.".to_owned(),
            Self::Plane => "In the plane, drag the tip of θ or the ends of the ellipse.".to_owned(),
        }
    }
}

/// Tips shown so far, and the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tips {
    next: usize,
    shown: bool,
    since: u64,
    now: u64,
}

impl Default for Tips {
    fn default() -> Self {
        Self { next: 0, shown: true, since: 0, now: 0 }
    }
}

impl Tips {
    /// The tip in view.
    pub fn shown(&self) -> Option<Tip> {
        Tip::ALL.get(self.next).copied().filter(|_| self.shown)
    }

    /// Dismisses the tip.
    pub(super) fn dismiss(&mut self) {
        if self.shown {
            (self.shown, self.since) = (false, self.now);
            self.next += 1;
        }
    }

    /// Dismisses the tip if it is this one, because its advice has been followed.
    pub(super) fn follow(&mut self, tip: Tip) {
        if self.shown() == Some(tip) {
            self.dismiss();
        }
    }

    /// Updates the time since the program started, in seconds. A minute after a tip has gone, the
    /// next one is shown. A tip shown for a minute is dismissed.
    pub(super) fn tick(&mut self, now: u64) {
        self.now = now;
        if now.saturating_sub(self.since) < BETWEEN {
            return;
        }
        match self.shown() {
            Some(Tip::Turn) => {}
            Some(_) => self.dismiss(),
            None if self.next < Tip::ALL.len() => (self.shown, self.since) = (true, now),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(tips: &mut Tips, seconds: u64) -> Option<Tip> {
        tips.tick(seconds);
        tips.shown()
    }

    #[test]
    fn every_tip_is_given_once_and_no_two_within_a_minute() {
        let mut tips = Tips::default();
        assert_eq!(after(&mut tips, 500), Some(Tip::Turn), "the first one waits for its user");
        tips.follow(Tip::Turn);
        let mut seen = vec![Tip::Turn];
        let mut given = 500;
        for second in 500..3000 {
            let before = tips.shown();
            let now = after(&mut tips, second);
            if now != before && now.is_some() {
                assert!(second - given >= 60);
                given = second;
                seen.extend(now);
            }
        }
        assert_eq!(seen, Tip::ALL);
        assert_eq!(after(&mut tips, 9000), None);
    }

    #[test]
    fn a_dismissed_tip_does_not_come_back() {
        let mut tips = Tips::default();
        tips.dismiss();
        assert_eq!(tips.shown(), None);
        assert_eq!(after(&mut tips, 61), Some(Tip::Theory));
        tips.follow(Tip::Pin);
        assert_eq!(tips.shown(), Some(Tip::Theory), "another action does not dismiss it");
    }
}
