//! Figure 2 of the paper: an isotropic target and a source whose rows change, in 2D (eq. 4).

use nalgebra::{DMatrix, DVector};

use crate::task::{PopulationTask, Response};
use crate::transfer::Landscape;

/// A source whose rows change, and an isotropic target with θ at 0°.
#[derive(Debug, Clone, Copy)]
pub struct Turning {
    /// Its name: `smooth` or `jump`.
    pub id: &'static str,
    /// Name of the quantity that changes.
    pub changes: &'static str,
    /// The angle of θ of the source, in degrees.
    pub theta: f64,
    /// Number of source rows per target row.
    pub rows: f64,
    /// Typical settings.
    pub steps: [f64; 4],
    /// The first and last setting.
    pub range: (f64, f64),
    /// True if settings are evenly spaced in the logarithm.
    pub log: bool,
    /// Returns the stretch of its rows along their loud axis, and the angle of that axis (degrees).
    rows_at: fn(f64) -> (f64, f64),
}

/// Stretching source rows that are loud across θ of the source turns the unit smoothly.
pub const SMOOTH: Turning = Turning {
    id: "smooth",
    changes: "stretch of the source rows across their θ",
    theta: 16.26,
    rows: 1.0,
    steps: [0.1, 1.0, 3.0, 30.0],
    range: (0.1, 30.0),
    log: true,
    rows_at: |stretch| (stretch, 106.26),
};

/// Turning the loud axis of the source makes the unit jump, because h has two maxima.
pub const JUMP: Turning = Turning {
    id: "jump",
    changes: "loud axis of the source",
    theta: 45.0,
    rows: 0.1,
    steps: [60.0, 90.0, 105.0, 120.0],
    range: (0.0, 180.0),
    log: false,
    rows_at: |axis| (10.0, axis),
};

/// Both sources.
pub const TURNINGS: [Turning; 2] = [SMOOTH, JUMP];

impl Turning {
    /// Returns the source at a setting.
    pub fn source(&self, setting: f64) -> PopulationTask {
        let (stretch, axis) = (self.rows_at)(setting);
        task(self.theta, stretch, axis)
    }

    /// Returns h of the populations at a setting, without noise, with `rows` source rows per target
    /// row.
    pub fn landscape(&self, setting: f64) -> Landscape {
        let tasks = [target(), self.source(setting)];
        let plane = DMatrix::identity(2, 2);
        Landscape::of_population(&plane, &tasks, &[1.0, self.rows], &[1.0, 1.0])
    }

    /// Returns the sum of all squared labels at a setting: h if B fits both tasks exactly.
    pub fn labels(&self, setting: f64) -> f64 {
        let square = |task: &PopulationTask| (&*task.factor * &task.theta).norm_squared();
        square(&target()) + self.rows * square(&self.source(setting))
    }

    /// Returns the direction of the highest maximum of h at a setting, in degrees from −90 to 90.
    pub fn direction(&self, setting: f64) -> Option<f64> {
        Some(degrees(self.landscape(setting).highest()?.angle))
    }
}

/// Converts an angle in radians to degrees from −90 to 90; the sign of B is arbitrary.
pub fn degrees(angle: f64) -> f64 {
    (angle.to_degrees() + 90.0).rem_euclid(180.0) - 90.0
}

/// Returns the target: θ at 0°, isotropic rows.
pub fn target() -> PopulationTask {
    task(0.0, 1.0, 0.0)
}

/// A task with θ at an angle and rows stretched along an axis; angles in degrees.
fn task(theta: f64, stretch: f64, axis: f64) -> PopulationTask {
    let loud = unit(axis);
    let factor = DMatrix::identity(2, 2) + &loud * loud.transpose() * (stretch - 1.0);
    PopulationTask { theta: unit(theta), factor: factor.into(), response: Response::Linear }
}

fn unit(degrees: f64) -> DVector<f64> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    DVector::from_vec(vec![cos, sin])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unit_turns_smoothly_with_the_stretch_and_jumps_with_the_loud_axis() {
        let largest = |turning: &Turning| {
            let (from, to) = turning.range;
            let at = |i: u32| from + (to - from) * f64::from(i) / 1000.0;
            let steps = (0..1000).map(|i| {
                let [a, b] = [i, i + 1].map(|i| turning.direction(at(i)).unwrap());
                (b - a).abs()
            });
            steps.fold(0.0, f64::max)
        };
        assert!(largest(&SMOOTH) < 1.0);
        assert!(largest(&JUMP) > 30.0);
    }

    #[test]
    fn no_direction_explains_more_than_all_labels() {
        for turning in TURNINGS {
            for step in turning.steps {
                let highest = turning.landscape(step).highest().unwrap();
                assert!(highest.height <= turning.labels(step) * (1.0 + 1e-12));
            }
        }
    }
}
