//! Options of `taskscope export`: size, colours, file formats and paths.

use std::path::{Path, PathBuf};

use crate::catalog::FIGURES;
use crate::cli::export::options::{ALL_FIGURES, Drawn, Export};
use crate::cli::read::other_than;
use crate::error::{Error, Invalid, Result};
use crate::export::panels::PANEL_FORMATS;
use crate::export::{Colours, SizePreset, Typeface};
use crate::job::FigureFormat;
use crate::provenance::{Provenance, Wording};
use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole;
use crate::store;
use crate::store::atomic::Over;
use crate::store::embedded::{EmbeddedExperiment, again};
use crate::store::fonts::look;

/// The files to write, checked before anything is computed.
pub(super) struct Plan {
    purpose: SizePreset,
    colours: Colours,
    wording: Wording,
    font: Option<String>,
    no_caption: bool,
    kinds: Vec<FigureFormat>,
    out: PathBuf,
    /// Provenance of the figure given instead of a scenario.
    held: Option<Provenance>,
    /// The file given instead of a preset.
    source: Option<PathBuf>,
}

impl Plan {
    /// Checks the arguments before anything is computed.
    pub(super) fn of(args: &Export) -> Result<Self> {
        let Drawn { preset, colours, format } = &args.drawn;
        let kind = |ending: &String| {
            let allowed = || {
                Invalid::new("--format", format!("\"{ending}\""), "png, svg, pdf, csv, json, tex")
            };
            FigureFormat::named(ending).ok_or_else(allowed)
        };
        let mut kinds = format.iter().map(kind).collect::<std::result::Result<Vec<_>, _>>()?;
        if kinds.is_empty() && FigureFormat::of(&args.out).is_none() && is_folder(&args.out) {
            kinds.push(FigureFormat::Png);
        }
        if kinds.is_empty() && FigureFormat::of(&args.out).is_none() {
            return Err(Invalid::new("--out", args.out.display(), FigureFormat::ALLOWED).into());
        }
        let held = held(args);
        if let (None, Some(source)) = (&held, &args.source.scenario) {
            other_than(source, &args.out)?;
        }
        let asked = preset.as_ref().or(held.as_ref().and_then(|held| held.preset.as_ref()));
        let purpose = asked.map_or(Ok(SizePreset::default()), |name| SizePreset::named(name))?;
        let asked = colours.as_ref().or(held.as_ref().and_then(|held| held.colours.as_ref()));
        let colours = asked.map_or(Ok(Colours::default()), |name| Colours::named(name))?;
        let source = args.source.scenario.as_ref().map(PathBuf::from).filter(|path| path.is_file());
        let font = args.words.font.clone().or(held.as_ref().and_then(|held| held.font.clone()));
        let font = font.filter(|font| font != Typeface::NAMES[0]);
        let no_caption = args.words.no_caption || held.as_ref().is_some_and(|held| held.no_caption);
        let (wording, out) = (args.words.wording(), args.out.clone());
        let plan = Self { purpose, colours, wording, font, no_caption, kinds, out, held, source };
        look(&plan.common())?;
        Ok(plan)
    }

    /// Provenance of every figure: what does not depend on the figure. The words are those of the
    /// arguments.
    pub(super) fn common(&self) -> Provenance {
        let name = |is_own: bool, name: &str| is_own.then(|| name.to_owned());
        Provenance {
            preset: name(self.purpose != SizePreset::default(), self.purpose.name),
            colours: name(self.colours != Colours::default(), self.colours.name()),
            wording: self.wording.clone(),
            font: self.font.clone(),
            no_caption: self.no_caption,
            ..Provenance::default()
        }
    }

    /// The words for a figure: those of the arguments, else those of the same figure given.
    pub(super) fn wording(&self, figure: &str) -> Wording {
        let held = self.held.as_ref().filter(|held| held.figure == figure);
        self.wording.clone().or(held.map(|held| held.wording.clone()).unwrap_or_default())
    }

    /// The IDs of the requested figures, else the ID of the figure given.
    pub(super) fn figures(&self, asked: &[String]) -> Result<Vec<String>> {
        let held = self.held.as_ref().map(|held| &held.figure).filter(|_| asked.is_empty());
        let ids: Vec<String> = asked.iter().chain(held).cloned().collect();
        let is_known = |id: &String| id == ALL_FIGURES || FIGURES.iter().any(|f| f.id == id);
        let unknown = ids.iter().find(|id| !is_known(id));
        if let (false, None) = (ids.is_empty(), unknown) {
            return Ok(ids);
        }
        let known: Vec<&str> = FIGURES.iter().map(|figure| figure.id).collect();
        if let (None, Some(path)) = (unknown, &self.source) {
            let held = store::read::figure(path);
            let held = held.map_err(|source| Error::Read { path: path.clone(), source })?;
            if let Some(EmbeddedExperiment::Study { plate: Some(plate), .. }) = held {
                let allowed = format!("a name such as sweep, or {}", again(&plate));
                return Err(
                    Invalid::new("--figure", "none, for a figure of the paper", allowed).into()
                );
            }
        }
        let found = unknown.map_or_else(|| "none".to_owned(), |id| format!("\"{id}\""));
        Err(Invalid::new("--figure", found, known.join(", ")).into())
    }

    /// Provenance of the figure given instead of a scenario.
    pub(super) fn held(&self) -> Option<&Provenance> {
        self.held.as_ref()
    }

    /// The name of the scenario: the one kept in the figure given, else `own`.
    pub(super) fn name(&self, own: String) -> String {
        self.held.as_ref().and_then(|held| held.name.clone()).unwrap_or(own)
    }

    /// Provenance of a figure to draw. Knob and task come from the arguments, else from the figure
    /// given, else from the scenario.
    pub(super) fn drawing(
        &self,
        name: &str,
        figure: &str,
        args: &Export,
        scenario: &Scenario,
    ) -> Provenance {
        let held = self.held.as_ref().filter(|held| held.figure == figure);
        let draft = scenario.draft();
        let target = || draft.tasks.iter().find(|task| task.role == TaskRole::Target);
        Provenance {
            figure: figure.to_owned(),
            name: Some(name.to_owned()),
            along: match held {
                _ if !args.along.is_empty() => args.along.clone(),
                Some(held) => held.along.clone(),
                None if figure == "gain" => vec![scenario.focus().path(draft)],
                None => Vec::new(),
            },
            task: match (&args.task, held) {
                (Some(task), _) => Some(task.clone()),
                (None, Some(held)) => held.task.clone(),
                (None, None) if ["spectrum", "rows"].contains(&figure) => {
                    target().map(|task| task.name.clone())
                }
                (None, None) => None,
            },
            wording: self.wording(figure),
            ..self.common()
        }
    }

    /// Writes a figure and returns the paths. `beside` distinguishes its file name if there are
    /// several figures; `stem` is its file name in a folder.
    pub(super) fn write(
        &self,
        beside: Option<&str>,
        stem: &str,
        text: String,
        draw: impl Fn(FigureFormat) -> Result<Vec<u8>>,
    ) -> Result<Vec<PathBuf>> {
        if !self.kinds.is_empty() {
            return store::pictures(&self.kinds, &self.base(beside, stem)?, text, draw);
        }
        let out = match (beside, self.out.extension()) {
            (None, _) => self.out.clone(),
            (Some(which), Some(_)) => named(&self.out, which),
            (Some(which), None) => named(&self.out, &format!("{which}.png")),
        };
        store::write(
            &out,
            &draw(FigureFormat::of(&out).unwrap_or(FigureFormat::Png))?,
            Over::Ours,
        )?;
        Ok(vec![out])
    }

    /// Refuses formats that panels do not have.
    pub(super) fn for_panels(&self) -> Result<()> {
        let kinds = self.kinds.iter().copied();
        let mut kinds = kinds.chain(FigureFormat::of(&self.out).filter(|_| self.kinds.is_empty()));
        match kinds.find(|kind| !PANEL_FORMATS.contains(kind)) {
            None => Ok(()),
            Some(kind) => {
                let allowed = "png, svg, pdf, tex for panels";
                Err(Invalid::new("--format", kind.ending(), allowed).into())
            }
        }
    }

    /// The path of the files without extension: `--out` if that has the extension of a figure, else
    /// a name in the folder `--out`, which is created if missing.
    fn base(&self, beside: Option<&str>, stem: &str) -> Result<PathBuf> {
        let ending = self.out.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| FigureFormat::named(ending).is_some()) && !self.out.is_dir()
        {
            let alone = self.out.with_extension("");
            return Ok(beside.map_or_else(|| alone.clone(), |which| named(&alone, which)));
        }
        store::make_folder(&self.out)?;
        Ok(self.out.join(safe(stem)))
    }
}

/// Returns true if a path is a folder, or is written as one: with a slash at its end.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::is_separator)
}

/// A file name without path separators; the name kept in a figure is not trusted.
fn safe(stem: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = stem.chars().map(plain).collect();
    name.trim_start_matches('.').to_owned()
}

/// The selected names out of `known`, each once and in that order: those given by a flag (`all`
/// selects every one); else the one `held` by a figure, else every one if `all`, else the first.
pub(super) fn chosen(
    flag: &str,
    asked: &[String],
    held: Option<&String>,
    all: bool,
    known: &[String],
) -> Result<Vec<String>> {
    let is_all = |name: &String| name == ALL_FIGURES;
    let unknown = asked.iter().chain(held).find(|name| !is_all(name) && !known.contains(name));
    if let Some(unknown) = unknown {
        let allowed = format!("{}, {ALL_FIGURES}", known.join(", "));
        return Err(Invalid::new(flag, format!("\"{unknown}\""), allowed).into());
    }
    let first = held.or(known.first());
    let is_meant = |name: &&String| match asked.is_empty() {
        true => all || Some(*name) == first,
        false => asked.iter().any(|asked| is_all(asked) || asked == *name),
    };
    Ok(known.iter().filter(is_meant).cloned().collect())
}

/// Provenance of the picture given instead of a scenario.
pub(super) fn held(args: &Export) -> Option<Provenance> {
    let path = args.source.scenario.as_ref().map(Path::new).filter(|path| path.is_file())?;
    store::read::figure(path).ok()??.drawing().cloned()
}

/// The path of one of several figures: `STEM-ID.EXTENSION`.
fn named(out: &Path, id: &str) -> PathBuf {
    let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    out.with_file_name(format!("{stem}-{id}{}", ending.unwrap_or_default()))
}
