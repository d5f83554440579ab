//! `taskscope export --screen`: computes everything on a screen and draws it as a file, without a
//! terminal.

use crate::app::settings::{ColourDepth, Panes, SettingInfo, Settings};
use crate::app::{App, Key, Screen};
use crate::cli::export::options::{Export, size};
use crate::cli::export::plan;
use crate::cli::{interrupt, output};
use crate::error::{Invalid, Result};
use crate::job::{Document, ScreenFormat};
use crate::provenance::ScreenCapture;
use crate::scenario::Handle;
use crate::store::atomic::Over;
use crate::text::shown;
use crate::tui::still;
use crate::{export, store};

/// The screen shown by the picture given instead of a scenario, unless an argument asks for a
/// figure.
pub(super) fn held(args: &Export) -> Option<String> {
    let of_figure = !args.figure.is_empty() || args.task.is_some();
    let drawn = args.drawn.preset.is_some() || !args.drawn.format.is_empty();
    let held = plan::held(args).filter(|_| !of_figure && !drawn)?;
    held.screen.map(|seen| seen.name)
}

/// Draws the screen `name` into the file `--out`.
pub(super) fn export(args: &Export, name: &str) -> Result<()> {
    let asked = Screen::all().find(|screen| screen.id() == name);
    let screen = asked.unwrap_or(Screen::Lab);
    if ScreenFormat::of(&args.out).is_none() {
        return Err(Invalid::new("--out", args.out.display(), ScreenFormat::ALLOWED).into());
    }
    let held = plan::held(args);
    let seen = held.as_ref().and_then(|held| held.screen.as_ref());
    let seen = seen.filter(|seen| seen.name == name);
    let size = size(args.shown.size.as_deref(), seen)?;
    let settings = settings(args.shown.theme.as_deref(), seen)?;
    interrupt::end_on_signals(None)?;
    let (own, scenario) = args.source.scenario()?;
    let own = held.as_ref().and_then(|held| held.name.clone()).unwrap_or(own);
    let mut app = App::new(own, scenario).with_settings(settings);
    let along = match &args.along[..] {
        [] => held.as_ref().filter(|_| seen.is_some()).and_then(|held| held.along.first()),
        [one] => Some(one),
        more => {
            let found = format!("{} knobs", more.len());
            return Err(Invalid::new("--along", found, "one knob for a screen").into());
        }
    };
    if let Some(path) = along {
        app.screens.lab.focus = Handle::find(app.work.scenario.draft(), path)?;
    }
    still::start(&mut app);
    for key in keys(screen) {
        still::press(&mut app, Key::Char(key));
    }
    app.view.note = None;
    write(still::screen(&app, size), args)
}

/// The keys that open a screen and start its study.
fn keys(screen: Screen) -> Vec<char> {
    match screen {
        Screen::Sweep | Screen::Affinity => vec![screen.digit(), ' '],
        Screen::Runs => vec![Screen::Sweep.digit(), ' ', screen.digit()],
        Screen::Lab => Vec::new(),
        other => vec![other.digit()],
    }
}

fn write(document: Document, args: &Export) -> Result<()> {
    if let Document::Screen { sheet, scenario, drawing } = document {
        let kind = ScreenFormat::of(&args.out).unwrap_or(ScreenFormat::Svg);
        let bytes = export::printout(kind, &sheet, scenario.draft(), &drawing)?;
        store::write(&args.out, &bytes, Over::Ours)?;
    }
    output::print(&format!("wrote {}\n", shown(&args.out.display().to_string())))
}

/// Settings with all colours, no tips, and the theme given.
fn settings(asked: Option<&str>, seen: Option<&ScreenCapture>) -> Result<Settings> {
    let mut settings = Settings {
        colours: ColourDepth::True,
        panes: Panes::All,
        tips: false,
        ..Settings::default()
    };
    let theme = asked.or(seen.map(|seen| seen.theme.as_str()));
    if let Some((theme, setting)) = theme.zip(SettingInfo::find("theme")) {
        let fault = |invalid: Invalid| Invalid { field: "--theme".into(), ..invalid };
        setting.set(&mut settings, theme).map_err(fault)?;
    }
    Ok(settings)
}
