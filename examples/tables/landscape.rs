//! The landscape of one shared unit: all maxima of eq. 4 as the rows of the source turn, with the
//! covariance similarity of both tasks (eq. 5) and the bound of Theorem 2.
//!
//! `cargo run --release --example tables -- landscape`

use nalgebra::{DMatrix, DVector};
use taskscope::math::seed::Seed;
use taskscope::task::{Moments, PopulationTask, Response};
use taskscope::transfer::Landscape;
use taskscope::transfer::bound::Bound;
use taskscope::transfer::similarity::{KEPT_SHARE, PrincipalSpread};

pub(crate) fn print() {
    let target = task(0.0, 1.0, 0.0);
    println!("source θ at 45°, stretch 10, a tenth of the rows; angles of B in degrees\n");
    println!("{:>9}  {:<24}{:>12}{:>9}", "loud axis", "maxima (height)", "similarity", "bound");
    for axis in (0..180).step_by(15) {
        let source = task(45.0, 10.0, f64::from(axis));
        let tasks = [target.clone(), source.clone()];
        let plane = DMatrix::identity(2, 2);
        let landscape = Landscape::of_population(&plane, &tasks, &[1.0, 0.1], &[1.0, 1.0]);
        let maxima: Vec<String> = landscape
            .summits()
            .iter()
            .map(|s| {
                let angle = (s.angle.to_degrees() + 90.0).rem_euclid(180.0) - 90.0;
                format!("{angle:.1} ({:.2})", s.height)
            })
            .collect();
        println!(
            "{axis:>8}°  {:<24}{:>12}{:>9}",
            maxima.join(", "),
            similarity(&target, &source).map_or("–".into(), |score| format!("{score:.2}")),
            bound(&source).map_or("none".into(), |bound| format!("{bound:.2}")),
        );
    }
    println!("\nTheorem 2 does not apply here: κ(X) sin(θ₁, θ₂) is above 1/3. With a source at 1°");
    let near = task(1.0, 2.0, 90.0);
    println!("and stretch 2 it bounds ‖BA − θ‖/‖θ‖ by {:.2}", bound(&near).unwrap_or(f64::NAN));
}

/// A task with θ at an angle, and rows `stretch` times as wide along `axis`; both in degrees.
fn task(theta: f64, stretch: f64, axis: f64) -> PopulationTask {
    let unit = |degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        DVector::from_vec(vec![cos, sin])
    };
    let loud = unit(axis);
    let factor = DMatrix::identity(2, 2) + &loud * loud.transpose() * (stretch - 1.0);
    PopulationTask { theta: unit(theta), factor: factor.into(), response: Response::Linear }
}

fn similarity(one: &PopulationTask, other: &PopulationTask) -> Option<f64> {
    let [one, other] = [one, other].map(|task| PrincipalSpread::of(&task.covariance(), KEPT_SHARE));
    Some(one?.similarity(&other?).normalised)
}

/// Theorem 2's bound for a task with 40 rows and θ of the source at 0°.
fn bound(task: &PopulationTask) -> Option<f64> {
    let data = Moments::draw(task, 40, 0.1, Seed::new(1));
    Bound::of(&data, &DVector::from_vec(vec![1.0, 0.0]), &task.theta).bound
}
