//! `taskscope export`: a figure of a scenario as a file.

use std::sync::Arc;

use super::args::{Export, FigureName};
use super::{interrupt, output, run};
use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result};
use crate::export;
use crate::figure::{self, Figure};
use crate::job::{Document, Filing, Picture};
use crate::scenario::draft::Role;
use crate::scenario::{Handle, Scenario};
use crate::study::course::Ground;
use crate::study::explanation::First;
use crate::study::{Trial, curve, preview};
use crate::transfer::Plane;

pub(super) fn export(args: &Export) -> Result<()> {
    if Picture::of(&args.out).is_none() {
        return Err(Invalid::new("--out", args.out.display(), Picture::ALLOWED).into());
    }
    interrupt::end_on_signals(None)?;
    let (_, scenario) = args.source.scenario()?;
    let figure = match args.figure {
        FigureName::Gain => gain(&scenario, args.along.as_deref())?,
        FigureName::Loss => loss(&scenario),
        FigureName::Plane => plane(&scenario),
        FigureName::Landscape => landscape(&scenario)?,
        FigureName::Spectrum => {
            figure::spectrum::figure(&scenario, entry(&scenario, args.task.as_deref())?)
        }
        FigureName::Rows => {
            let entry = entry(&scenario, args.task.as_deref())?;
            let preview = preview::look(&scenario, entry, &Cancel::new(), |_| {});
            figure::rows::figure(&scenario, &preview.ok_or(Error::Interrupted)?)
        }
    };
    let document = Document::Picture { figure: Box::new(figure), scenario: Arc::new(scenario) };
    export::file(&Filing { document, path: args.out.clone(), replace: true })?;
    let written = output::visible(&args.out.display().to_string());
    output::print(&format!("wrote {written}\n"))
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
