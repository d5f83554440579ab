//! `taskscope export`: figures of a scenario or a study as files, or a whole screen.

pub(super) mod options;
mod panels;
mod plan;
mod progress;
pub(super) mod screen;

use std::path::PathBuf;

use crate::cancel::Cancel;
use crate::catalog::{FIGURES, FigureInfo, Inputs, NoFigure, of_results};
use crate::cli::export::options::{ALL_FIGURES, Export};
use crate::cli::export::panels::Main;
use crate::cli::export::plan::{Plan, chosen};
use crate::cli::export::progress::Watch;
use crate::cli::kept::Kept;
use crate::cli::{interrupt, kept, output};
use crate::error::{Error, Invalid, Result};
use crate::export;
use crate::export::{alt, picture_with, printed};
use crate::figure::Figure;
use crate::provenance::{FigureSource, Provenance, command};
use crate::scenario::Scenario;
use crate::store::fonts::look;
use crate::study::probe::PROXIES;
use crate::study::records::TrialRecords;
use crate::text::shown;

pub(super) fn export(args: &Export) -> Result<()> {
    if let Some(name) = &args.shown.screen {
        return screen::export(args, name);
    }
    if let Some(seen) = screen::held(args) {
        return screen::export(args, &seen);
    }
    args.shown.has_no_figure()?;
    let kept = kept::find(args.source.scenario.as_deref(), TrialRecords::lean)?;
    let plan = Plan::of(args)?;
    if panels::are_asked(args, plan.held()) {
        return of_panels(args, &plan, kept);
    }
    if kept.is_none() && plan.held().is_none() && args.figure.is_empty() {
        args.source.scenario()?;
    }
    let ids = plan.figures(&args.figure)?;
    interrupt::end_on_signals(None)?;
    match kept {
        Some(kept) => of_study(args, &plan, &ids, kept),
        None => of_scenario(args, &plan, &ids),
    }
}

/// The knob along which `gain` shows what `capacity` shows.
const WIDTH: &str = "model.width";

/// A figure that was drawn, with the parts of its file name.
struct Drawn {
    beside: Option<String>,
    stem: String,
    figure: Figure,
    drawing: Provenance,
}

fn of_scenario(args: &Export, plan: &Plan, ids: &[String]) -> Result<()> {
    let (name, scenario) = args.source.scenario()?;
    if let Some(method) = args.method.first() {
        let allowed = "nothing with a scenario, which is drawn for its own method";
        return Err(Invalid::new("--method", method, allowed).into());
    }
    let name = plan.name(name);
    let held = plan.held().and_then(|held| held.proxy.as_ref());
    let proxies = chosen("--proxy", &args.proxy, held, false, &proxies())?;
    let asked = asked(ids, &scenario, args);
    for note in left_out(ids, &scenario, &asked) {
        output::note(&note);
    }
    let (cancel, watch) = (Cancel::new(), Watch::new());
    let progress = |progress: &_| watch.study(progress);
    let inputs = Inputs::new(&name, &scenario, &cancel, &progress);
    let mut drawn = Vec::new();
    for (place, described) in asked.iter().enumerate() {
        watch.figure(described.id, place, asked.len());
        let named = ids.iter().any(|id| id == described.id);
        let drawing = plan.drawing(&name, described.id, args, &scenario);
        let drawings: Vec<Provenance> = if described.id == "proxy" {
            let of = |proxy: &String| Provenance { proxy: Some(proxy.clone()), ..drawing.clone() };
            proxies.iter().map(of).collect()
        } else {
            vec![drawing]
        };
        for drawing in &drawings {
            let figure = match described.draw(&inputs, drawing) {
                Ok(figure) => figure,
                Err(NoFigure::Failed(error)) => return Err(error),
                Err(NoFigure::Cancelled) => return Err(Error::Interrupted),
                Err(NoFigure::Reason(reason)) => match described.refusal(&scenario, reason) {
                    refusal if named => return Err(refusal.into()),
                    refusal => {
                        output::note(&refusal.to_string());
                        continue;
                    }
                },
            };
            let which = which(drawing, args);
            let stem = format!("{name}-{which}{}", along(drawing, &scenario));
            let beside = (asked.len() > 1 || drawings.len() > 1).then_some(which);
            drawn.push(Drawn { beside, stem, figure, drawing: drawing.clone() });
        }
    }
    write(plan, &drawn, scenario.draft().into(), watch)
}

/// Writes figures and prints the paths, once all their words are known to be in them.
fn write(plan: &Plan, drawn: &[Drawn], of: FigureSource<'_>, watch: Watch) -> Result<()> {
    let plain = |one: &Drawn| printed(&one.figure, of, &Provenance::default());
    let figures: Vec<Figure> = drawn.iter().map(plain).collect();
    if let Some(first) = drawn.first() {
        first.drawing.wording.check(&figures)?;
    }
    let mut written = Vec::new();
    for Drawn { beside, stem, figure, drawing } in drawn {
        let look = look(drawing)?;
        let text = alt::text(&printed(figure, of, drawing), &command::figure(drawing, of));
        written.extend(plan.write(beside.as_deref(), stem, text, |kind| {
            picture_with(kind, figure, of, drawing, look.clone())
        })?);
    }
    drop(watch);
    said(&written)
}

fn said(written: &[PathBuf]) -> Result<()> {
    let line = |path: &PathBuf| format!("wrote {}\n", shown(&path.display().to_string()));
    output::print(&written.iter().map(line).collect::<String>())
}

/// Draws several figures as the panels of one.
fn of_panels(args: &Export, plan: &Plan, kept: Option<Kept>) -> Result<()> {
    plan.for_panels()?;
    let drawing = panels::drawing(args, plan)?;
    interrupt::end_on_signals(None)?;
    let main = Main::of(args, kept)?;
    let watch = Watch::new();
    let figures = panels::figures(&main, &drawing, &watch)?;
    let (of, look) = (main.source(), look(&drawing)?);
    let drawing = match &main {
        Main::Scenario(name, _) => Provenance { name: Some(plan.name(name.clone())), ..drawing },
        Main::Study(..) => drawing,
    };
    let text = export::panels::text(&figures, &command::figure(&drawing, of));
    let draw = |kind| export::panels::panels(kind, &figures, of, &drawing, &look);
    let written = plan.write(None, Provenance::PANELS, text, draw)?;
    drop(watch);
    said(&written)
}

fn of_study(args: &Export, plan: &Plan, ids: &[String], kept: Kept) -> Result<()> {
    kept.unchanged(&args.source.changes)?;
    kept.without([("--along", args.along.first()), ("--task", args.task.as_ref())])?;
    let study = kept.results.study.clone();
    let own: Vec<&str> = FigureInfo::of_study(&study).map(|figure| figure.id).collect();
    let all = ids.iter().any(|id| id == ALL_FIGURES);
    let refused = |id: &str, why: &str| {
        Invalid::new("--figure", id, format!("{} for this study{why}", own.join(", ")))
    };
    let mut named = ids.iter().filter(|id| *id != ALL_FIGURES);
    if let Some(other) = named.find(|id| !own.contains(&id.as_str())) {
        return Err(refused(other, "").into());
    }
    let held = plan.held();
    let proxy = held.and_then(|held| held.proxy.as_ref());
    let proxies = chosen("--proxy", &args.proxy, proxy, all, &proxies())?;
    let method = held.and_then(|held| held.method.as_ref());
    let methods = chosen("--method", &args.method, method, all, &study.methods())?;
    let known = kept.known()?;
    let watch = Watch::new();
    watch.figure("figures", 0, 1);
    let insight = known.insight(known.models());
    let mut drawn = of_results(&known, insight.as_ref());
    drawn.retain(|(drawing, _)| {
        (all || ids.contains(&drawing.figure))
            && drawing.proxy.as_ref().is_none_or(|proxy| proxies.contains(proxy))
            && drawing.method.as_ref().is_none_or(|method| methods.contains(method))
    });
    let is_missing = |id: &&String| drawn.iter().all(|(drawing, _)| drawing.figure != **id);
    if let Some(id) = ids.iter().filter(|id| *id != ALL_FIGURES).find(is_missing) {
        return Err(refused(id, ": too few trials for it").into());
    }
    let mut figures = Vec::new();
    for (drawing, figure) in &drawn {
        let wording = plan.wording(&drawing.figure);
        let Provenance { figure: id, proxy, method, .. } = drawing.clone();
        let drawing = Provenance { figure: id, proxy, method, wording, ..plan.common() };
        let several = drawn.iter().filter(|(other, _)| other.figure == drawing.figure).count() > 1;
        let which = if several { drawing.stem() } else { which(&drawing, args) };
        let stem = format!("{}-{which}", study.name(0));
        let beside = (drawn.len() > 1).then_some(which);
        figures.push(Drawn { beside, stem, figure: figure.clone(), drawing });
    }
    write(plan, &figures, study.draft().into(), watch)
}

/// The figures asked for, each once, in the order of the table. `all` adds every figure that the
/// scenario has and that needs no study, except a gain along the width, which is `capacity`.
fn asked(ids: &[String], scenario: &Scenario, args: &Export) -> Vec<&'static FigureInfo> {
    let all = ids.iter().any(|id| id == ALL_FIGURES);
    let focus = || scenario.focus().path(scenario.draft());
    let along = args.along.first().cloned().unwrap_or_else(focus);
    let is_twice =
        |figure: &FigureInfo| figure.id == "gain" && along == WIDTH && scenario.tasks().len() > 1;
    let is_asked = |figure: &&FigureInfo| {
        let own = all && !figure.is_of_study() && figure.gap(scenario).is_none();
        (own && !is_twice(figure)) || ids.iter().any(|id| id == figure.id)
    };
    FIGURES.iter().filter(is_asked).collect()
}

/// What `all` leaves out, and how to get it.
fn left_out(ids: &[String], scenario: &Scenario, asked: &[&FigureInfo]) -> Vec<String> {
    if !ids.iter().any(|id| id == ALL_FIGURES) {
        return Vec::new();
    }
    let is_drawn = |id: &str| asked.iter().any(|figure| figure.id == id);
    let gain = (!is_drawn("gain"))
        .then(|| format!("gain along {WIDTH} is left out: capacity shows the same"));
    let studies = FIGURES.iter().filter(|figure| {
        figure.is_of_study() && figure.gap(scenario).is_none() && !is_drawn(figure.id)
    });
    let studies: Vec<&str> = studies.map(|figure| figure.id).collect();
    let studies = (!studies.is_empty()).then(|| {
        format!(
            "left out, because each takes a study: {}. Ask for them by name, such as --figure \
             all,affinity; phase also needs two knobs, each after --along",
            studies.join(", ")
        )
    });
    gain.into_iter().chain(studies).collect()
}

/// The IDs of all proxies.
fn proxies() -> Vec<String> {
    PROXIES.iter().map(|proxy| proxy.id.to_owned()).collect()
}

/// The part of the file name that identifies the figure: its ID, with the proxy or method if one
/// was asked for.
fn which(drawing: &Provenance, args: &Export) -> String {
    match args.proxy.is_empty() && args.method.is_empty() {
        true => drawing.figure.clone(),
        false => drawing.stem(),
    }
}

/// The knob of a gain figure as part of its file name: `-source-angle`.
fn along(drawing: &Provenance, scenario: &Scenario) -> String {
    if drawing.figure != "gain" {
        return String::new();
    }
    let focus = || scenario.focus().path(scenario.draft());
    let along = drawing.along.first().cloned().unwrap_or_else(focus);
    format!("-{}", along.replace('.', "-"))
}
