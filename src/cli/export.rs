//! `taskscope export`: a figure of a scenario as a file.

use clap::ValueEnum;

use super::args::{Export, FigureName};
use super::drawing::Plan;
use super::{interrupt, run};
use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result};
use crate::figure::{self, Figure};
use crate::scenario::draft::Role;
use crate::scenario::{Handle, Scenario};
use crate::study::course::Ground;
use crate::study::explanation::First;
use crate::study::{Trial, curve, preview};
use crate::transfer::Plane;

pub(super) fn export(args: &Export) -> Result<()> {
    let plan = Plan::of(args)?;
    interrupt::end_on_signals(None)?;
    let (name, scenario) = args.source.scenario()?;
    let value = args.figure.to_possible_value();
    let id = value.as_ref().map_or("", |value| value.get_name());
    let drawing = plan.drawing(id, args.along.as_ref(), args.task.as_ref());
    let (along, task) = (drawing.along.as_deref(), drawing.task.as_deref());
    let figure = match args.figure {
        FigureName::Gain => gain(&scenario, along)?,
        FigureName::Loss => loss(&scenario),
        FigureName::Plane => plane(&scenario),
        FigureName::Landscape => landscape(&scenario)?,
        FigureName::Spectrum => figure::spectrum::figure(&scenario, entry(&scenario, task)?),
        FigureName::Rows => {
            let entry = entry(&scenario, task)?;
            let preview = preview::look(&scenario, entry, &Cancel::new(), |_| {});
            figure::rows::figure(&scenario, &preview.ok_or(Error::Interrupted)?)
        }
    };
    plan.write(&name, &figure, &scenario, &drawing)
}

/// The index of the named task among the entries, or of the first target.
fn entry(scenario: &Scenario, name: Option<&str>) -> Result<usize> {
    let tasks = &scenario.draft().tasks;
    let found = match name {
        Some(name) => tasks.iter().position(|task| task.name == name),
        None => tasks.iter().position(|task| task.role == Role::Target),
    };
    found.ok_or_else(|| {
        let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
        Invalid::new("--task", format!("\"{}\"", name.unwrap_or_default()), names.join(", ")).into()
    })
}

fn gain(scenario: &Scenario, along: Option<&str>) -> Result<Figure> {
    let handle = match along {
        Some(path) => Handle::find(scenario.draft(), path)?,
        None => scenario.focus(),
    };
    let curve = curve::trace(scenario, handle, &Cancel::new(), |_| {}).ok_or(Error::Interrupted)?;
    let measured = run::measured(scenario)?.measurement;
    Ok(figure::gain::figure(scenario, &curve, Some(&measured.own().targets), None))
}

fn loss(scenario: &Scenario) -> Figure {
    let trial = Trial::own(scenario, 0);
    let ground = Ground::of(scenario, &trial);
    let mut course = ground.start();
    while !course.is_finished() {
        ground.advance(&mut course);
    }
    figure::loss::figure(scenario, &course, &ground.floor(&trial))
}

fn landscape(scenario: &Scenario) -> Result<Figure> {
    let relief = First::of(scenario).relief;
    let relief = relief.map_err(|reason| {
        let allowed = format!("gain, loss or plane for this scenario: {reason}");
        Invalid::new("--figure", "landscape", allowed)
    })?;
    Ok(figure::landscape::figure(scenario, &relief))
}

fn plane(scenario: &Scenario) -> Figure {
    let trial = Trial::own(scenario, 0);
    let plane = Plane::of(&trial.population, scenario.pair());
    let optimum = plane.direction(&trial.fits[0].optimum.model.module);
    figure::plane::figure(scenario, &plane, optimum, None)
}
