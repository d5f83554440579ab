//! The table of knobs: every number that can be turned, with its range, step, help and accessors.
//! Sliders, `--set`, curves, checks and the reference page all use it.

mod definition;
mod handle;
mod table;

pub use definition::{Knob, KnobScale, KnobScope};
pub use handle::{Handle, assign};
pub use table::KNOBS;
use table::most_width;
pub(super) use table::{followers, leads};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_on_every_track_is_reached_and_allowed() {
        for knob in KNOBS {
            let (low, high) = knob.track;
            for (from, notches) in [(low, 1), (high, -1)] {
                let mut value = from;
                for _ in 0..2000 {
                    let next = knob.step(value, notches);
                    if next == value || next > high || next < low {
                        break;
                    }
                    assert!(knob.check(knob.name, next).is_ok(), "{}: {next}", knob.name);
                    assert_eq!(next > value, notches > 0, "{}: {value} → {next}", knob.name);
                    value = next;
                }
                let end = if notches > 0 { high } else { low };
                assert!((value - end).abs() <= 1e-9 * end.abs(), "{} ends at {value}", knob.name);
            }
        }
    }

    #[test]
    fn position_and_value_along_the_track_are_inverse() {
        for knob in KNOBS.iter().filter(|k| !k.whole) {
            for share in [0.0, 0.25, 0.5, 1.0] {
                assert!(
                    (knob.position(knob.track, knob.along(knob.track, share)) - share).abs() < 1e-9
                );
            }
        }
    }

    #[test]
    fn a_step_from_between_two_notches_lands_on_the_next_one() {
        let angle = &KNOBS[0];
        assert_eq!(angle.step(16.26, 1), 17.0);
        assert_eq!(angle.step(16.26, -1), 16.0);
    }
}
