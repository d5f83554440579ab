//! The options of `taskscope export`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::app::Screen;
use crate::catalog::FIGURES;
use crate::cli::source::Source;
use crate::error::{Error, Invalid, Result};
use crate::provenance::{ScreenCapture, Wording};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Export {
    #[command(flatten)]
    pub source: Source,
    /// The figures to draw (see `taskscope figures`), separated by commas; all draws every one of
    /// the scenario or study [default: the same as the figure given]
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = figures())]
    pub figure: Vec<String>,
    #[command(flatten)]
    pub shown: Shown,
    /// The knob along x in gain and sweep, for a sweep also KNOB=FROM:TO:N[:log] [default: the knob
    /// in focus]; give it twice for a phase diagram; with --screen, the knob in focus
    #[arg(long, value_name = "KNOB")]
    pub along: Vec<String>,
    /// The task whose rows or spectrum are drawn [default: the first target]
    #[arg(long, value_name = "TASK")]
    pub task: Option<String>,
    /// The proxies to draw gains against, separated by commas, or all [default: the first]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub proxy: Vec<String>,
    /// The method whose phase diagram is drawn if the study compares several, or all [default: the
    /// first]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub method: Vec<String>,
    #[command(flatten)]
    pub drawn: Drawn,
    #[command(flatten)]
    pub words: Words,
    /// Compose several figures into one with (a), (b), (c): IDs, or PRESET:ID, separated by commas
    #[arg(long, value_name = "ID,ID,…", value_delimiter = ',', conflicts_with_all = ["figure", "along", "task", "proxy", "method"])]
    pub panel: Vec<String>,
    /// The same with options for every panel, from a TOML file (see `taskscope guide figures`)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["panel", "figure", "along", "task", "proxy", "method"])]
    pub panels: Option<PathBuf>,
    /// The file to write (.png, .svg, .pdf, .csv, .json or .tex; for a screen .svg, .png, .ans or
    /// .txt), or with --format the folder. An existing file is replaced only if taskscope wrote it
    /// and it is of the same kind. Several figures have their IDs before the extension
    #[arg(long, value_name = "FILE|DIR")]
    pub out: PathBuf,
}

/// The name that selects all figures of a scenario.
pub(in crate::cli) const ALL_FIGURES: &str = "all";

/// The IDs of the figures, each with a description.
pub(in crate::cli) fn figures() -> PossibleValuesParser {
    let known = FIGURES.iter().map(|figure| PossibleValue::new(figure.id).help(figure.shows));
    let all = PossibleValue::new(ALL_FIGURES).help(
        "Every figure of a study; of a scenario every one but affinity, proxy, sweep and phase, \
         which take a study: name those as well (all,affinity).",
    );
    PossibleValuesParser::new(known.chain([all]))
}

/// Size, colours and file formats of a figure.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Drawn {
    /// Size of the figure: for the screen, a column or the text width of a paper, a slide or a
    /// poster [default: that of the figure given, else screen]
    #[arg(long, value_name = "screen|column|text|slide|poster")]
    pub preset: Option<String>,
    /// Palette: the colours of Okabe and Ito, or greys for print
    /// [default: that of the figure given, else okabe-ito]
    #[arg(long, value_name = "okabe-ito|grey")]
    pub colours: Option<String>,
    /// File formats to write into the folder --out, with a caption and alternative text
    #[arg(long, value_name = "png,svg,pdf,csv,json,tex", value_delimiter = ',')]
    pub format: Vec<String>,
}

/// Words and typeface of a figure; a figure that is drawn again from its own file keeps them.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Words {
    /// Another title; '' for none
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub title: Option<String>,
    /// Another label of the horizontal axis
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub xlabel: Option<String>,
    /// Another label of the vertical axis
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub ylabel: Option<String>,
    /// Other words for an entry of the legend, a series or a task; may be given several times
    #[arg(long, value_name = "NAME=TEXT", allow_hyphen_values = true)]
    pub label: Vec<String>,
    /// Typeface: sans, serif, or a TrueType or OpenType file; .tex uses that of the document
    /// [default: that of the figure given, else sans]
    #[arg(long, value_name = "sans|serif|FILE")]
    pub font: Option<String>,
    /// Do not draw the caption, whatever the preset; the file still holds it
    #[arg(long)]
    pub no_caption: bool,
}

impl Words {
    /// The words in place of those of the figure.
    pub(super) fn wording(&self) -> Wording {
        Wording {
            title: self.title.clone(),
            xlabel: self.xlabel.clone(),
            ylabel: self.ylabel.clone(),
            labels: self.label.clone(),
        }
    }
}

/// Options for drawing a whole screen.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Shown {
    /// Draw a whole screen instead; sweep, affinity and runs first measure the suggested study
    #[arg(long, value_name = "NAME", value_parser = screens(), conflicts_with_all = ["figure", "task", "preset", "format", "title", "xlabel", "ylabel", "label", "font", "no_caption", "panel", "panels"])]
    pub screen: Option<String>,
    /// Columns and rows of the terminal [default: those of the screen given, else 120x36]
    #[arg(long, value_name = "COLUMNSxROWS")]
    pub size: Option<String>,
    /// Theme: dark, light, contrast or mono [default: that of the screen given, else dark]
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

impl Shown {
    /// Refuses the options of a screen where a figure is drawn.
    pub(super) fn has_no_figure(&self) -> Result<()> {
        let size = "only with --screen; the size of a figure is --preset";
        let theme = "only with --screen; the colours of a figure are --colours";
        for (flag, value, allowed) in
            [("--size", &self.size, size), ("--theme", &self.theme, theme)]
        {
            if let Some(value) = value {
                return Err(Invalid::new(flag, format!("\"{value}\""), allowed).into());
            }
        }
        Ok(())
    }
}

pub(in crate::cli) fn screens() -> PossibleValuesParser {
    PossibleValuesParser::new(Screen::all().map(|screen| PossibleValue::new(screen.id())))
}

pub(in crate::cli) fn size(
    asked: Option<&str>,
    seen: Option<&ScreenCapture>,
) -> Result<(u16, u16)> {
    let Some(text) = asked else { return Ok(seen.map_or(SIZE, |seen| seen.size)) };
    let parsed = text.split_once(['x', '×']).and_then(|(columns, rows)| {
        let size = (columns.trim().parse().ok()?, rows.trim().parse().ok()?);
        let fits = |length: u16| (1..=MOST).contains(&length);
        (fits(size.0) && fits(size.1)).then_some(size)
    });
    parsed.ok_or_else(|| {
        let allowed = format!("COLUMNSxROWS, each from 1 to {MOST}, such as 120x36");
        Error::from(Invalid::new("--size", format!("\"{text}\""), allowed))
    })
}

/// Default size, columns × rows.
pub(super) const SIZE: (u16, u16) = (120, 36);
/// Largest number of columns and of rows.
pub(super) const MOST: u16 = 500;
