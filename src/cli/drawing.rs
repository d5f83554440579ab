//! How `taskscope export` draws: for what, as which kinds of files, and where they go.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::{ALL_FIGURES, Export};
use super::output;
use super::read::other_than;
use crate::catalog::FIGURES;
use crate::error::{Error, Invalid, Result};
use crate::export;
use crate::export::{Colours, SizePreset};
use crate::figure::Figure;
use crate::job::FigureFormat;
use crate::provenance::{FigureSource, Provenance};
use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole;
use crate::store;
use crate::store::embedded::{EmbeddedExperiment, again};

/// For what a figure is drawn, and as what.
#[derive(Debug, clap::Args)]
pub(super) struct Drawn {
    /// Draw it for a column or the full width of a paper, a slide, a poster or the screen
    /// [default: as the figure that was given, else screen]
    #[arg(long, value_name = "screen|column|text|slide|poster")]
    pub preset: Option<String>,
    /// Draw it in the colours of Okabe and Ito, or in greys for print
    /// [default: as the figure that was given, else okabe-ito]
    #[arg(long, value_name = "okabe-ito|grey")]
    pub colours: Option<String>,
    /// The kinds of files, into the folder --out with caption and alternative text beside them
    #[arg(long, value_name = "png,svg,pdf,csv,json,tex", value_delimiter = ',')]
    pub format: Vec<String>,
}

/// What is to be written, and where.
pub(super) struct Plan {
    purpose: SizePreset,
    colours: Colours,
    kinds: Vec<FigureFormat>,
    out: PathBuf,
    /// What the figure that was given in the place of a scenario shows.
    held: Option<Provenance>,
    /// The file that was given in the place of a scenario.
    source: Option<PathBuf>,
}

impl Plan {
    /// Checks what was asked for, before anything is computed.
    pub(super) fn of(args: &Export) -> Result<Self> {
        let Drawn { preset, colours, format } = &args.drawn;
        let kind = |ending: &String| {
            let allowed = || {
                Invalid::new("--format", format!("\"{ending}\""), "png, svg, pdf, csv, json, tex")
            };
            FigureFormat::named(ending).ok_or_else(allowed)
        };
        let kinds = format.iter().map(kind).collect::<std::result::Result<Vec<_>, _>>()?;
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
        Ok(Self { purpose, colours, kinds, out: args.out.clone(), held, source })
    }

    /// The names of the figures asked for, else that of the figure that was given.
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
                let allowed = format!("a name as sweep, or {}", again(&plate));
                return Err(
                    Invalid::new("--figure", "none, for a figure of the paper", allowed).into()
                );
            }
        }
        let found = unknown.map_or_else(|| "none".to_owned(), |id| format!("\"{id}\""));
        Err(Invalid::new("--figure", found, known.join(", ")).into())
    }

    /// What the figure that was given shows.
    pub(super) fn held(&self) -> Option<&Provenance> {
        self.held.as_ref()
    }

    /// The purpose, where it is not the first.
    pub(super) fn preset(&self) -> Option<String> {
        (self.purpose != SizePreset::default()).then(|| self.purpose.name.to_owned())
    }

    /// The colours, where they are not the first.
    pub(super) fn colours(&self) -> Option<String> {
        (self.colours != Colours::default()).then(|| self.colours.name().to_owned())
    }

    /// The name of the scenario: of a figure the name it was drawn under.
    pub(super) fn name(&self, own: String) -> String {
        self.held.as_ref().and_then(|held| held.name.clone()).unwrap_or(own)
    }

    /// What is drawn: what was asked for, else what the figure that was given shows, else what a
    /// scenario shows first.
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
            preset: self.preset(),
            colours: self.colours(),
            ..Provenance::default()
        }
    }

    /// Writes a figure and says where: `beside` is what tells its file from those of others where
    /// there are several, `stem` its name in a folder.
    pub(super) fn write(
        &self,
        beside: Option<&str>,
        stem: &str,
        figure: &Figure,
        of: FigureSource<'_>,
        drawing: &Provenance,
    ) -> Result<()> {
        let written = if self.kinds.is_empty() {
            let out = beside.map_or_else(|| self.out.clone(), |which| named(&self.out, which));
            let kind = FigureFormat::of(&out).unwrap_or(FigureFormat::Png);
            let stem = out.file_stem().unwrap_or_default().to_string_lossy();
            let bytes = export::picture(kind, figure, of, drawing, &stem)?;
            let mut files = Vec::new();
            if kind == FigureFormat::Tex {
                let table = export::picture(FigureFormat::Csv, figure, of, drawing, &stem)?;
                files.push((out.with_extension(FigureFormat::Csv.ending()), table));
            }
            files.push((out.clone(), bytes));
            store::write_all(&files)?;
            files.into_iter().map(|(path, _)| path).collect()
        } else {
            let base = self.base(beside, stem)?;
            store::pictures(&self.kinds, figure, of, drawing, &base)?
        };
        let said =
            |path: &PathBuf| format!("wrote {}\n", output::visible(&path.display().to_string()));
        output::print(&written.iter().map(said).collect::<String>())
    }

    /// The files without their endings: --out where it has the ending of a figure, else a name in
    /// the folder --out, which is made if need be.
    fn base(&self, beside: Option<&str>, stem: &str) -> Result<PathBuf> {
        let ending = self.out.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| FigureFormat::named(ending).is_some()) && !self.out.is_dir()
        {
            let alone = self.out.with_extension("");
            return Ok(beside.map_or_else(|| alone.clone(), |which| named(&alone, which)));
        }
        fs::create_dir_all(&self.out)
            .map_err(|source| Error::Write { path: self.out.clone(), source })?;
        Ok(self.out.join(safe(stem)))
    }
}

/// A name that stays in its folder, whatever a figure says its scenario is called.
fn safe(stem: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let name: String = stem.chars().map(plain).collect();
    name.trim_start_matches('.').to_owned()
}

/// Which of the known names are meant, each once, in their order: those asked for by a flag, all by
/// `all`; where none is, the one `held` by a figure, else all or the first.
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

/// What a picture that was given in the place of a scenario shows.
pub(super) fn held(args: &Export) -> Option<Provenance> {
    let path = args.source.scenario.as_ref().map(Path::new).filter(|path| path.is_file())?;
    store::read::figure(path).ok()??.drawing().cloned()
}

/// The path of one of several figures: its name stands before the ending.
fn named(out: &Path, id: &str) -> PathBuf {
    let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    out.with_file_name(format!("{stem}-{id}{}", ending.unwrap_or_default()))
}
