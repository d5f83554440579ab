//! Figure 2 of the paper: a round target and a source whose rows change, in two dimensions (eq. 4).

use nalgebra::{DMatrix, DVector};

use crate::task::{PopulationTask, Response};
use crate::transfer::Landscape;

/// A source whose rows change beside a target with θ at 0° and round rows.
#[derive(Debug, Clone, Copy)]
pub struct Turning {
    /// Its name: `smooth` or `jump`.
    pub id: &'static str,
    /// What changes, with its symbol.
    pub changes: &'static str,
    /// The angle of θ of the source, in degrees.
    pub theta: f64,
    /// Its number of rows for each of the target.
    pub rows: f64,
    /// Settings worth a look.
    pub steps: [f64; 4],
    /// First and last setting.
    pub range: (f64, f64),
    /// Whether settings are spread in the logarithm.
    pub log: bool,
    /// How often its rows are wider along their loud axis, and the angle of that axis in degrees.
    rows_at: fn(f64) -> (f64, f64),
}

/// Stretching rows that are loud across θ of the source turns the unit smoothly.
pub const SMOOTH: Turning = Turning {
    id: "smooth",
    changes: "stretch of the rows of the source across its θ",
    theta: 16.26,
    rows: 1.0,
    steps: [0.1, 1.0, 3.0, 30.0],
    range: (0.1, 30.0),
    log: true,
    rows_at: |stretch| (stretch, 106.26),
};

/// Turning the loud axis of the source makes the unit jump, for h has two maxima.
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

/// Both.
pub const TURNINGS: [Turning; 2] = [SMOOTH, JUMP];

impl Turning {
    /// The source in a setting.
    pub fn source(&self, setting: f64) -> PopulationTask {
        let (stretch, axis) = (self.rows_at)(setting);
        task(self.theta, stretch, axis)
    }

    /// h of the populations in a setting, as if there were `rows` of the source for each of the
    /// target, without noise.
    pub fn landscape(&self, setting: f64) -> Landscape {
        let tasks = [target(), self.source(setting)];
        let plane = DMatrix::identity(2, 2);
        Landscape::of_population(&plane, &tasks, &[1.0, self.rows], &[1.0, 1.0])
    }

    /// The squares of all labels in a setting: h where B serves both tasks wholly.
    pub fn labels(&self, setting: f64) -> f64 {
        let square = |task: &PopulationTask| (&task.factor * &task.theta).norm_squared();
        square(&target()) + self.rows * square(&self.source(setting))
    }

    /// The direction of the highest maximum of h in a setting, in degrees from −90 to 90.
    pub fn direction(&self, setting: f64) -> Option<f64> {
        Some(degrees(self.landscape(setting).highest()?.angle))
    }
}

/// An angle in radians as degrees from −90 to 90: the sign of B is free.
pub fn degrees(angle: f64) -> f64 {
    (angle.to_degrees() + 90.0).rem_euclid(180.0) - 90.0
}

/// The target: θ at 0°, rows spread alike.
pub fn target() -> PopulationTask {
    task(0.0, 1.0, 0.0)
}

/// θ at an angle, rows `stretch` times as wide along an axis at another one, in degrees.
fn task(theta: f64, stretch: f64, axis: f64) -> PopulationTask {
    let loud = unit(axis);
    let factor = DMatrix::identity(2, 2) + &loud * loud.transpose() * (stretch - 1.0);
    PopulationTask { theta: unit(theta), factor, response: Response::Linear }
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
