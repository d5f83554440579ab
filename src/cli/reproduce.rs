//! `taskscope reproduce`: the figures of the paper on synthetic data, with a page about them.

use std::path::{Path, PathBuf};

use crate::cancel::Cancel;
use crate::catalog::paper::{PLATES, PaperFigure};
use crate::cli::{interrupt, output, study};
use crate::error::{Invalid, Result};
use crate::export::notes::{COMMAND, STUDY};
use crate::export::options::RenderOptions;
use crate::export::page::{PageFigure, page};
use crate::export::{Colours, SizePreset, alt, pdf, png, points, printed, svg};
use crate::figure::Figure;
use crate::math::stats::{LEVEL, level};
use crate::provenance::{Provenance, command};
use crate::store::atomic::Over;
use crate::{export, store};

/// Smallest and largest number of trials at a point.
const TRIALS: (usize, usize) = (2, 100_000);
/// The file name of the page.
const PAGE: &str = "index.html";
/// The extensions of the files of each figure.
const ENDINGS: [&str; 5] = ["png", "svg", "pdf", "csv", "txt"];
/// The default size preset.
const PURPOSE: &str = "text";

const TITLE: &str = "Figures 2, 3, 6 and 7 of Wu, Zhang & Ré (ICLR 2020), on synthetic data";
const ABOUT: [&str; 2] = [
    "S. Wu, H. R. Zhang and C. Ré, Understanding and Improving Information Transfer in Multi-Task \
     Learning, ICLR 2020 (arXiv 2005.00944). taskscope computes every figure here from the setting \
     in its caption. The caption also says how it differs from the paper's figure.",
    concat!(
        "Gain = 1 − E[error together] / E[error alone]; ± is a paired ",
        level!(),
        " interval over n trials. The same command writes the same bytes."
    ),
];

/// A figure of the paper, drawn, with the facts shown beside it.
struct Drawn {
    plate: &'static PaperFigure,
    figure: Figure,
    facts: Vec<(String, String)>,
    commands: Vec<String>,
    notes: Vec<(&'static str, String)>,
}

pub(super) fn reproduce(args: &Reproduce) -> Result<()> {
    let plates = asked(&args.only)?;
    let (least, most) = TRIALS;
    if let Some(found) = args.trials.filter(|trials| !(least..=most).contains(trials)) {
        return Err(Invalid::new(
            "--trials",
            found,
            format!("a whole number from {least} to {most}"),
        )
        .into());
    }
    let purpose = SizePreset::named(args.preset.as_deref().unwrap_or(PURPOSE))?;
    let colours = args.colours.as_deref().map_or(Ok(Colours::default()), Colours::named)?;
    let look = RenderOptions { size: purpose.size, colours, ..RenderOptions::default() };
    study::threads(args.threads)?;
    interrupt::end_on_signals(None)?;
    store::make_folder(&args.out)?;
    let ids =
        plates.iter().flat_map(|plate| ENDINGS.map(|ending| format!("{}.{ending}", plate.id)));
    let mut places = ids.chain([PAGE.to_owned()]).map(|name| args.out.join(name));
    places.try_for_each(|place| store::look_at(&place))?;
    let mut shown = Vec::new();
    for plate in plates {
        output::note(&format!("{}: {}", plate.id, plate.heading));
        let drawn = draw(plate, args)?;
        let files = write(&args.out, &drawn, &look)?;
        shown.push(PageFigure {
            id: plate.id.to_owned(),
            part: plate.number.to_owned(),
            heading: plate.heading.to_owned(),
            figure: drawn.figure,
            facts: drawn.facts,
            commands: drawn.commands,
            files,
        });
    }
    let place = args.out.join(PAGE);
    store::write(&place, page(TITLE, &ABOUT, &shown, look)?.as_bytes(), Over::Ours)?;
    said(&place)
}

/// The figures asked for, each once, in the order of the paper.
fn asked(only: &[String]) -> Result<Vec<&'static PaperFigure>> {
    if let Some(unknown) = only.iter().find(|id| PaperFigure::find(id).is_none()) {
        let ids: Vec<&str> = PLATES.iter().map(|plate| plate.id).collect();
        return Err(Invalid::new("--only", format!("\"{unknown}\""), ids.join(", ")).into());
    }
    let is_asked = |plate: &&PaperFigure| only.is_empty() || only.iter().any(|id| id == plate.id);
    Ok(PLATES.iter().filter(is_asked).collect())
}

fn draw(plate: &'static PaperFigure, args: &Reproduce) -> Result<Drawn> {
    let trials = if plate.trials == 0 { 0 } else { args.trials.unwrap_or(plate.trials) };
    let own = own_command(plate, trials, args);
    let (mut commands, mut notes) = (vec![own.clone()], Vec::new());
    let seed = match plate.study(trials)? {
        Some(draft) => {
            notes.push((STUDY, draft.to_json()?));
            let asked = command::study(&draft);
            commands.extend(asked.map(|asked| format!("{asked} --out {}", plate.id)));
            draft.scenarios.first().map(|entry| entry.scenario.seed)
        }
        None => None,
    };
    let scenario = plate.scenario(trials)?;
    if let Some(scenario) = &scenario {
        let drawing = Provenance {
            figure: "similarity".to_owned(),
            preset: args.preset.clone().or_else(|| Some(PURPOSE.to_owned())),
            colours: args.colours.clone(),
            ..Provenance::default()
        };
        notes = export::notes::notes(&drawing, scenario.draft())?;
        commands.push(command::figure(&drawing, scenario.draft()));
    }
    notes.retain(|(keyword, _)| *keyword != COMMAND);
    notes.push((COMMAND, own));
    let figure = plate.draw(trials, &Cancel::new(), &study::progress_bar())?;
    let figure = match (&scenario, plate.study(trials)?) {
        (_, Some(study)) => printed(&figure, &study, &Provenance::default()),
        (Some(scenario), None) => printed(&figure, scenario.draft(), &Provenance::default()),
        (None, None) => figure,
    };
    let seed = seed.or(scenario.map(|scenario| scenario.draft().seed));
    let facts = match (seed, trials) {
        (Some(seed), n) => vec![
            ("n", format!("{n} trials per point")),
            ("±", format!("{LEVEL} intervals, paired where a gain is shown")),
            ("seed", format!("{seed}")),
        ],
        (None, _) => vec![
            ("n", "0: computed from populations, without random draws".to_owned()),
            ("±", "0".to_owned()),
            ("seed", "none".to_owned()),
        ],
    };
    let version = ("version", export::notes::PROGRAM.to_owned());
    let facts = facts.into_iter().chain([version]);
    let facts = facts.map(|(name, value)| (name.to_owned(), value)).collect();
    Ok(Drawn { plate, figure, facts, commands, notes })
}

/// The command that redraws one figure with the same options.
fn own_command(plate: &PaperFigure, trials: usize, args: &Reproduce) -> String {
    let mut words = format!("taskscope reproduce --only {}", plate.id);
    if trials > 0 {
        words += &format!(" --trials {trials}");
    }
    for (flag, value) in [("--preset", &args.preset), ("--colours", &args.colours)] {
        if let Some(value) = value {
            words += &format!(" {flag} {value}");
        }
    }
    words + " --out DIR"
}

/// Writes a figure as PNG, SVG, PDF and CSV, with its caption and alternative text as TXT. All
/// are drawn before the first is written. Returns the file names.
fn write(out: &Path, drawn: &Drawn, look: &RenderOptions) -> Result<Vec<String>> {
    let Drawn { plate, figure, commands, notes, .. } = drawn;
    let drawn = [
        png(figure, look.clone(), notes)?,
        svg(figure, look.clone(), notes)?.into_bytes(),
        pdf(figure, look.clone(), notes)?,
        points::csv(figure)?.into_bytes(),
        alt::text(figure, &commands[0]).into_bytes(),
    ];
    let names: Vec<String> =
        ENDINGS.iter().map(|ending| format!("{}.{ending}", plate.id)).collect();
    let files: Vec<_> = names.iter().map(|name| out.join(name)).zip(drawn).collect();
    store::write_all(&files)?;
    files.iter().try_for_each(|(place, _)| said(place))?;
    Ok(names)
}

fn said(path: &Path) -> Result<()> {
    output::print(&format!("wrote {}\n", path.display()))
}

const REPRODUCE: &str = "The folder holds each figure as PNG, SVG, PDF and CSV with a caption and \
alternative text. index.html shows them all: how each differs from the paper's figure, n, \
intervals, seeds and the commands that redraw it. The same command writes the same bytes.";
#[derive(Debug, clap::Args)]
#[command(after_help = REPRODUCE)]
pub(super) struct Reproduce {
    /// The folder to write; created if missing; taskscope files of the same names are replaced
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Number of trials at every point [default: each figure's own, 30 or 60]
    #[arg(long, value_name = "N")]
    pub trials: Option<usize>,
    /// Draw only these figures
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Size of the figures: for the screen, a column or the text width of a paper, a slide or a
    /// poster [default: text]
    #[arg(long, value_name = "screen|column|text|slide|poster")]
    pub preset: Option<String>,
    /// Palette: the colours of Okabe and Ito, or greys for print [default: okabe-ito]
    #[arg(long, value_name = "okabe-ito|grey")]
    pub colours: Option<String>,
    /// Number of computing threads [default: one a core]; results do not depend on it
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub threads: Option<usize>,
}
