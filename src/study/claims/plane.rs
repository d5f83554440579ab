//! Figure 2: where the shared unit points as the rows of the source change (eq. 4, d = 2).

use nalgebra::{DMatrix, DVector};

use super::check::{Check, fixed};
use super::{Claim, Standing};
use crate::task::{PopulationTask, Response};
use crate::transfer::Landscape;

/// What an angle may be off by, in degrees: the expected ones are rounded.
const ROUNDING: f64 = 0.06;

pub(super) const SMOOTH: Claim = Claim {
    id: "plane-smooth",
    statement: "Stretching the rows of the source turns the shared unit smoothly towards it",
    source: "Figure 2, eq. 4",
    setting: "d 2, target round at 0°, source at 16.26°, as many rows, loud across its θ",
    standing: Standing::Reproduced,
    trials: 0,
    measure: |_, _| {
        let places = [(0.1, 0.2), (30.0, 16.2)];
        let check = |(stretch, expected): (f64, f64)| {
            let found = degrees(&source(16.26, stretch, 106.26), 1.0)?;
            Some(Check::about(format!("B* at stretch {stretch}"), fixed(found), expected, ROUNDING))
        };
        Ok(places.into_iter().map(check).collect())
    },
};

pub(super) const JUMP: Claim = Claim {
    id: "plane-jump",
    statement: "Turning the rows of the source makes the shared unit jump",
    source: "Figure 2, eq. 4",
    setting: "d 2, target round at 0°, source at 45° with a tenth of the rows, stretch 10",
    standing: Standing::Reproduced,
    trials: 0,
    measure: |_, _| {
        let places =
            [(0.0, 2.7), (60.0, 11.0), (90.0, 23.7), (105.0, 31.4), (120.0, -5.4), (135.0, 0.1)];
        let check = |(axis, expected): (f64, f64)| {
            let found = degrees(&source(45.0, 10.0, axis), 0.1)?;
            Some(Check::about(format!("B* at loud axis {axis}°"), fixed(found), expected, ROUNDING))
        };
        Ok(places.into_iter().map(check).collect())
    },
};

fn unit(degrees: f64) -> DVector<f64> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    DVector::from_vec(vec![cos, sin])
}

/// θ at an angle, rows `stretch` times as wide along an axis at another one, in degrees.
fn source(theta: f64, stretch: f64, axis: f64) -> PopulationTask {
    let loud = unit(axis);
    let factor = DMatrix::identity(2, 2) + &loud * loud.transpose() * (stretch - 1.0);
    PopulationTask { theta: unit(theta), factor, response: Response::Linear }
}

/// The direction of the highest summit, in degrees from −90 to 90.
fn degrees(source: &PopulationTask, rows: f64) -> Option<f64> {
    let target = self::source(0.0, 1.0, 0.0);
    let tasks = [target, source.clone()];
    let plane = DMatrix::identity(2, 2);
    let landscape = Landscape::of_population(&plane, &tasks, &[1.0, rows], &[1.0, 1.0]);
    let summit = landscape.highest()?;
    Some((summit.angle.to_degrees() + 90.0).rem_euclid(180.0) - 90.0)
}
