//! Panels: several figures composed into one, from `--panel` or a file.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::options::Export;
use super::plan::Plan;
use super::progress::Watch;
use crate::cancel::Cancel;
use crate::catalog::{FIGURES, FigureInfo, Inputs, NoFigure, of_results};
use crate::cli::dataset::DatasetArgs;
use crate::cli::kept::Kept;
use crate::cli::source::Changes;
use crate::error::{Error, Invalid, Result};
use crate::export::printed;
use crate::figure::Figure;
use crate::provenance::{FigureSource, Panel, Provenance, Wording};
use crate::scenario::changes::changes;
use crate::scenario::{Preset, Scenario, ScenarioDraft, share};
use crate::study::StudyDraft;

/// Largest number of panels.
const MOST: usize = 26;

/// A file of panels.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelFile {
    title: Option<String>,
    rows: Option<usize>,
    columns: Option<usize>,
    #[serde(default)]
    panel: Vec<PanelEntry>,
}

/// A panel in that file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PanelEntry {
    figure: String,
    /// A preset, a scenario file beside this file, or a shared string.
    #[serde(alias = "preset")]
    scenario: Option<String>,
    #[serde(default)]
    set: Vec<String>,
    trials: Option<u64>,
    #[serde(default)]
    along: Vec<String>,
    task: Option<String>,
    proxy: Option<String>,
    method: Option<String>,
    title: Option<String>,
    xlabel: Option<String>,
    ylabel: Option<String>,
    #[serde(default)]
    label: Vec<String>,
}

/// Returns true if panels are asked for, or drawn in the figure given.
pub(super) fn are_asked(args: &Export, held: Option<&Provenance>) -> bool {
    let of_held = held.is_some_and(|held| !held.panels.is_empty() && args.figure.is_empty());
    !args.panel.is_empty() || args.panels.is_some() || of_held
}

/// The drawing with its panels, from the arguments or from the figure given.
pub(super) fn drawing(args: &Export, plan: &Plan) -> Result<Provenance> {
    let common = plan.common();
    let (panels, columns, title) = if let Some(path) = &args.panels {
        of_file(path, args)?
    } else if args.panel.is_empty() {
        let held = plan.held().cloned().unwrap_or_default();
        (held.panels, held.columns, held.wording.title)
    } else {
        let panels = args.panel.iter().map(|word| of_word(word, args)).collect::<Result<_>>()?;
        (panels, None, None)
    };
    if panels.is_empty() || panels.len() > MOST {
        let found = format!("{} panels", panels.len());
        return Err(Invalid::new("--panel", found, format!("1 to {MOST}")).into());
    }
    for Panel { drawing, .. } in &panels {
        if FigureInfo::find(&drawing.figure).is_none() {
            let known: Vec<&str> = FIGURES.iter().map(|figure| figure.id).collect();
            let found = format!("\"{}\"", drawing.figure);
            let allowed = format!("ID or PRESET:ID with the ID {}", known.join(", "));
            return Err(Invalid::new("--panel", found, allowed).into());
        }
    }
    let held = Wording { title, ..plan.wording(Provenance::PANELS) };
    let wording = common.wording.clone().or(held);
    let figure = Provenance::PANELS.to_owned();
    Ok(Provenance { figure, panels, columns, wording, ..common })
}

/// The panel of `ID` or `PRESET:ID`.
fn of_word(word: &str, args: &Export) -> Result<Panel> {
    let entry = match word.rsplit_once(':') {
        None => PanelEntry { figure: word.to_owned(), ..PanelEntry::default() },
        Some((scenario, figure)) => PanelEntry {
            figure: figure.to_owned(),
            scenario: Some(scenario.to_owned()),
            ..PanelEntry::default()
        },
    };
    panel(entry, None, args)
}

fn of_file(path: &Path, args: &Export) -> Result<(Vec<Panel>, Option<usize>, Option<String>)> {
    let fault = |source| Error::Read { path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(fault)?;
    let file: PanelFile = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
        let allowed = "title, rows, columns, and [[panel]] with figure, scenario, set, trials, along, \
                       task, proxy, method, title, xlabel, ylabel, label";
        let found = error.message().replace('\n', " ");
        Invalid::new(format!("{}, line {line}", path.display()), found, allowed)
    })?;
    let count = file.panel.len();
    let of_rows = file.rows.filter(|rows| *rows > 0).map(|rows| count.div_ceil(rows));
    let panels = file.panel.into_iter().map(|entry| panel(entry, path.parent(), args));
    Ok((panels.collect::<Result<_>>()?, file.columns.or(of_rows), file.title))
}

fn panel(entry: PanelEntry, folder: Option<&Path>, args: &Export) -> Result<Panel> {
    let own = entry.scenario.is_some() || !entry.set.is_empty() || entry.trials.is_some();
    let scenario = match own {
        false => None,
        true => Some(source(&entry, folder, args)?),
    };
    let drawing = Provenance {
        figure: entry.figure,
        along: entry.along,
        task: entry.task,
        proxy: entry.proxy,
        method: entry.method,
        wording: Wording {
            title: entry.title,
            xlabel: entry.xlabel,
            ylabel: entry.ylabel,
            labels: entry.label,
        },
        ..Provenance::default()
    };
    Ok(Panel { scenario, drawing })
}

/// The scenario of a panel as the name of a preset or a shared string.
fn source(entry: &PanelEntry, folder: Option<&Path>, args: &Export) -> Result<String> {
    let asked = entry.scenario.as_ref().or(args.source.scenario.as_ref());
    let asked = asked.map_or_else(|| "two-tasks".to_owned(), String::clone);
    let beside = folder.map(|folder| folder.join(&asked));
    let asked = match beside {
        Some(path) if Preset::find(&asked).is_none() && path.is_file() => {
            path.display().to_string()
        }
        _ => asked,
    };
    let trials = entry.trials.map(|trials| trials.to_string());
    let changed = Changes {
        set: entry.set.clone(),
        aside: args.source.changes.aside.clone(),
        trials: trials.or_else(|| args.source.changes.trials.clone()),
        seed: args.source.changes.seed.clone(),
        data: DatasetArgs::default(),
    };
    let (name, draft) = changed.draft(&asked)?;
    match changes(&name, &draft) {
        Some(changes) if changes.is_empty() => Ok(name),
        _ => share::to_string(&name, &draft),
    }
}

/// The scenario of a panel, read again.
fn read(text: &str) -> Result<(String, ScenarioDraft)> {
    match Preset::find(text) {
        Some(preset) => Ok((text.to_owned(), preset.scenario()?.draft().clone())),
        None => share::from_string(text),
    }
}

/// Where the figures of panels come from that name no scenario of their own.
pub(super) enum Main {
    /// A scenario with its name.
    Scenario(String, Box<Scenario>),
    /// A study with its figures.
    Study(Box<StudyDraft>, Vec<(Provenance, Figure)>),
}

impl Main {
    /// Of a study that was run, or else of the scenario of the arguments.
    pub(super) fn of(args: &Export, kept: Option<Kept>) -> Result<Self> {
        let Some(kept) = kept else {
            let (name, scenario) = args.source.scenario()?;
            return Ok(Self::Scenario(name, Box::new(scenario)));
        };
        kept.unchanged(&args.source.changes)?;
        let study = kept.results.study.draft().clone();
        let known = kept.known()?;
        let insight = known.insight(known.models());
        Ok(Self::Study(Box::new(study), of_results(&known, insight.as_ref())))
    }

    /// The source that the file holds.
    pub(super) fn source(&self) -> FigureSource<'_> {
        match self {
            Self::Scenario(_, scenario) => FigureSource::Scenario(scenario.draft()),
            Self::Study(study, _) => FigureSource::Study(study),
        }
    }
}

/// The figures of the panels in the form of files.
pub(super) fn figures(main: &Main, drawing: &Provenance, watch: &Watch) -> Result<Vec<Figure>> {
    let count = drawing.panels.len();
    let mut drawn = Vec::new();
    for (place, Panel { scenario, drawing: own }) in drawing.panels.iter().enumerate() {
        watch.figure(&own.figure, place, count);
        drawn.push(match (scenario, main) {
            (Some(text), _) => {
                let (name, draft) = read(text)?;
                of_scenario(&name, &Scenario::check(draft)?, own, watch)?
            }
            (None, Main::Scenario(name, scenario)) => of_scenario(name, scenario, own, watch)?,
            (None, Main::Study(study, figures)) => of_study(study, figures, own)?,
        });
    }
    let words = Wording { title: None, ..drawing.wording.clone() };
    words.check(&drawn)?;
    let panels = drawn.into_iter().zip(&drawing.panels);
    Ok(panels
        .map(|(figure, panel)| words.clone().without(&panel.drawing.wording).apply(figure))
        .collect())
}

fn of_scenario(
    name: &str,
    scenario: &Scenario,
    drawing: &Provenance,
    watch: &Watch,
) -> Result<Figure> {
    let Some(described) = FigureInfo::find(&drawing.figure) else {
        return Err(Invalid::new("--panel", &drawing.figure, "the ID of a figure").into());
    };
    let (cancel, progress) = (Cancel::new(), |progress: &_| watch.study(progress));
    let inputs = Inputs::new(name, scenario, &cancel, &progress);
    match described.draw(&inputs, drawing) {
        Ok(figure) => worded(&figure, scenario.draft().into(), drawing),
        Err(NoFigure::Failed(error)) => Err(error),
        Err(NoFigure::Cancelled) => Err(Error::Interrupted),
        Err(NoFigure::Reason(reason)) => {
            let refusal = described.refusal(scenario, reason);
            Err(Invalid { field: format!("--panel {name}"), ..refusal }.into())
        }
    }
}

fn of_study(
    study: &StudyDraft,
    figures: &[(Provenance, Figure)],
    drawing: &Provenance,
) -> Result<Figure> {
    let is_asked = |(own, _): &&(Provenance, Figure)| {
        own.figure == drawing.figure
            && (drawing.proxy.is_none() || own.proxy == drawing.proxy)
            && (drawing.method.is_none() || own.method == drawing.method)
    };
    let Some((_, figure)) = figures.iter().find(is_asked) else {
        let own: Vec<&str> = figures.iter().map(|(own, _)| own.figure.as_str()).collect();
        return Err(Invalid::new("--panel", &drawing.figure, own.join(", ")).into());
    };
    worded(figure, study.into(), drawing)
}

fn worded(figure: &Figure, of: FigureSource<'_>, drawing: &Provenance) -> Result<Figure> {
    drawing.wording.check(&[printed(figure, of, &Provenance::default())])?;
    Ok(printed(figure, of, drawing))
}
