//! Figure 2: the direction of the shared unit as the rows of the source change (eq. 4, d = 2).

use crate::claims::check::{ClaimCheck, fixed};
use crate::claims::claim::{PaperClaim, Standing};
use crate::study::turning;

/// Tolerance of an angle in degrees; the expected angles are rounded.
const ROUNDING: f64 = 0.06;

pub(super) const SMOOTH: PaperClaim = PaperClaim {
    id: "plane-smooth",
    statement: "Stretching the rows of the source turns the shared unit smoothly",
    source: "Figure 2, eq. 4",
    setting: "d 2, isotropic target at 0°, source at 16.26°, as many rows, loud across its θ",
    standing: Standing::Reproduced,
    trials: 0,
    measure: |_, _| {
        let places = [(0.1, 0.2), (30.0, 16.2)];
        let check = |(stretch, expected): (f64, f64)| {
            let found = turning::SMOOTH.direction(stretch)?;
            Some(ClaimCheck::about(
                format!("B* at stretch {stretch}"),
                fixed(found),
                expected,
                ROUNDING,
            ))
        };
        Ok(places.into_iter().map(check).collect())
    },
};

pub(super) const JUMP: PaperClaim = PaperClaim {
    id: "plane-jump",
    statement: "Turning the rows of the source makes the shared unit jump",
    source: "Figure 2, eq. 4",
    setting: "d 2, isotropic target at 0°, source at 45° with a tenth of the rows, stretch 10",
    standing: Standing::Reproduced,
    trials: 0,
    measure: |_, _| {
        let places =
            [(0.0, 2.7), (60.0, 11.0), (90.0, 23.7), (105.0, 31.4), (120.0, -5.4), (135.0, 0.1)];
        let check = |(axis, expected): (f64, f64)| {
            let found = turning::JUMP.direction(axis)?;
            Some(ClaimCheck::about(
                format!("B* at loud axis {axis}°"),
                fixed(found),
                expected,
                ROUNDING,
            ))
        };
        Ok(places.into_iter().map(check).collect())
    },
};
