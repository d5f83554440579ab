//! How `taskscope export` draws: for what, as which kinds of files, and where they go.

use std::fs;
use std::path::{Path, PathBuf};

use super::args::Export;
use super::output;
use crate::error::{Error, Invalid, Result};
use crate::export::{self, Drawing, Purpose};
use crate::figure::Figure;
use crate::job::Picture;
use crate::scenario::Scenario;
use crate::scenario::draft::Role;

/// For what a figure is drawn, and as what.
#[derive(Debug, clap::Args)]
pub(super) struct Drawn {
    /// Draw it for a column or the full width of a paper, a slide, a poster or the screen
    /// [default: as the figure that was given, else screen]
    #[arg(long, value_name = "screen|column|text|slide|poster")]
    pub preset: Option<String>,
    /// The kinds of files, into the folder --out with caption and alternative text beside them
    #[arg(long, value_name = "png,svg,pdf,csv,tex", value_delimiter = ',')]
    pub format: Vec<String>,
}

/// What is to be written, and where.
pub(super) struct Plan {
    purpose: Purpose,
    kinds: Vec<Picture>,
    out: PathBuf,
    /// What the figure that was given in the place of a scenario shows.
    held: Option<Drawing>,
}

impl Plan {
    /// Checks what was asked for, before anything is computed.
    pub(super) fn of(args: &Export) -> Result<Self> {
        let Drawn { preset, format } = &args.drawn;
        let kind = |ending: &String| {
            let allowed =
                || Invalid::new("--format", format!("\"{ending}\""), "png, svg, pdf, csv, tex");
            Picture::named(ending).ok_or_else(allowed)
        };
        let kinds = format.iter().map(kind).collect::<std::result::Result<Vec<_>, _>>()?;
        if kinds.is_empty() && Picture::of(&args.out).is_none() {
            return Err(Invalid::new("--out", args.out.display(), Picture::ALLOWED).into());
        }
        let held = held(args);
        let asked = preset.as_ref().or(held.as_ref().and_then(|held| held.preset.as_ref()));
        let purpose = asked.map_or(Ok(Purpose::default()), |name| Purpose::named(name))?;
        Ok(Self { purpose, kinds, out: args.out.clone(), held })
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
    ) -> Drawing {
        let held = self.held.as_ref().filter(|held| held.figure == figure);
        let first = self.purpose == Purpose::default();
        let draft = scenario.draft();
        let target = || draft.tasks.iter().find(|task| task.role == Role::Target);
        Drawing {
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
            preset: (!first).then(|| self.purpose.name.to_owned()),
            screen: None,
        }
    }

    /// Writes the figure of a scenario, `one_of_several` or alone, and says where.
    pub(super) fn write(
        &self,
        one_of_several: bool,
        figure: &Figure,
        scenario: &Scenario,
        drawing: &Drawing,
    ) -> Result<()> {
        let draft = scenario.draft();
        let written = if self.kinds.is_empty() {
            let out = match one_of_several {
                true => beside(&self.out, &drawing.figure),
                false => self.out.clone(),
            };
            let kind = Picture::of(&out).unwrap_or(Picture::Png);
            let stem = out.file_stem().unwrap_or_default().to_string_lossy();
            let bytes = export::picture(kind, figure, draft, drawing, &stem)?;
            let table = out.with_extension(Picture::Csv.ending());
            let table = (kind == Picture::Tex).then_some(table);
            if let Some(table) = &table {
                let bytes = export::picture(Picture::Csv, figure, draft, drawing, &stem)?;
                export::write(table, &bytes, true)?;
            }
            export::write(&out, &bytes, true)?;
            table.into_iter().chain([out]).collect()
        } else {
            let base = self.base(one_of_several, scenario, drawing)?;
            export::pictures(&self.kinds, figure, draft, drawing, &base)?
        };
        let said =
            |path: &PathBuf| format!("wrote {}\n", output::visible(&path.display().to_string()));
        output::print(&written.iter().map(said).collect::<String>())
    }

    /// The files without their endings: --out where it has the ending of a figure, else a name in
    /// the folder --out, which is made if need be.
    fn base(
        &self,
        one_of_several: bool,
        scenario: &Scenario,
        drawing: &Drawing,
    ) -> Result<PathBuf> {
        let ending = self.out.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| Picture::named(ending).is_some()) && !self.out.is_dir() {
            let alone = self.out.with_extension("");
            return Ok(if one_of_several { beside(&alone, &drawing.figure) } else { alone });
        }
        fs::create_dir_all(&self.out)
            .map_err(|source| Error::Write { path: self.out.clone(), source })?;
        let name = drawing.name.as_deref().unwrap_or("scenario");
        let mut stem = format!("{name}-{}", drawing.figure);
        if drawing.figure == "gain" {
            let focus = || scenario.focus().path(scenario.draft());
            stem += &format!(
                "-{}",
                drawing.along.first().cloned().unwrap_or_else(focus).replace('.', "-")
            );
        }
        Ok(self.out.join(stem))
    }
}

/// What a picture that was given in the place of a scenario shows.
pub(super) fn held(args: &Export) -> Option<Drawing> {
    let path = args.source.scenario.as_ref().map(Path::new).filter(|path| path.is_file())?;
    export::read::figure(path).ok()??.drawing
}

/// The path of one of several figures: its name stands before the ending.
fn beside(out: &Path, id: &str) -> PathBuf {
    let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy()));
    out.with_file_name(format!("{stem}-{id}{}", ending.unwrap_or_default()))
}
