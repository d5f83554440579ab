//! Draws the three figures of a preset as PNG files and prints their paths.
//!
//! `cargo run --release --example figures -- PRESET FOLDER`

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::PathBuf;

use taskscope::cancel::Cancel;
use taskscope::export::{self, Size};
use taskscope::figure::{Figure, gain, loss, plane};
use taskscope::scenario::{Preset, Scenario};
use taskscope::study::course::Ground;
use taskscope::study::measure::measure;
use taskscope::study::{Trial, curve};
use taskscope::transfer::Plane;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "two-tasks".to_owned());
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let scenario = Preset::find(&name).ok_or("there is no such preset")?.scenario()?;
    let metadata = [(export::SCENARIO, scenario.draft().to_json()?)];
    for figure in figures(&scenario)? {
        let path = folder.join(format!("{name}-{}.png", figure.id));
        let bytes = export::png(&figure, Size::default(), &metadata)?;
        export::write(&path, &bytes, export::Over::Ours)?;
        println!("{}", path.display());
    }
    Ok(())
}

fn figures(scenario: &Scenario) -> Result<[Figure; 3], Box<dyn Error>> {
    let cancel = Cancel::new();
    let curve = curve::trace(scenario, scenario.focus(), &cancel, |_| {}).ok_or("interrupted")?;
    let here =
        measure(scenario, &scenario.beside_baseline(), &cancel, |_| {}).ok_or("interrupted")?;
    let trial = Trial::own(scenario, 0);
    let ground = Ground::of(scenario, &trial);
    let mut course = ground.start();
    while !course.is_finished() {
        ground.advance(&mut course);
    }
    let seen = Plane::of(&trial.population, scenario.pair());
    let optimum = seen.direction(&trial.fits[0].optimum.model.module);
    let descent = seen.direction(&course.joint.model.module);
    Ok([
        gain::figure(scenario, &curve, Some(&here.own().targets), None),
        loss::figure(scenario, &course, &ground.floor(&trial)),
        plane::figure(scenario, &seen, optimum, descent),
    ])
}
