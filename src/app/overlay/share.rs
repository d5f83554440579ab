//! Ways to share what is on the screen: a command, a string, a file, a figure.

use super::{EntryAction, OverlayEntry};
use crate::app::action::Action;
use crate::app::lab::Pane;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::catalog::FIGURES;
use crate::explanation::outside_theorem_2;
use crate::provenance::command;
use crate::scenario::share;

/// The command that opens the scenario, the string that encodes it, and its file; for a study also
/// the command that runs it.
pub(super) fn entries(app: &App) -> Vec<OverlayEntry> {
    let copied = |left: &str, text: String| {
        OverlayEntry::new(left, text.clone()).doing(EntryAction::Copy(text))
    };
    let mut entries = Vec::new();
    let asked = app.run_in_view().and_then(|run| command::study(run.results.study.draft()));
    entries.extend(asked.map(|text| copied("the study", text)));
    let saved = app.file.as_ref().filter(|(_, saved)| *saved == app.scenario);
    entries.extend(
        saved.map(|(path, _)| copied("of the file", format!("taskscope {}", path.display()))),
    );
    let opens = command::scenario(&app.name, app.scenario.draft());
    entries.extend(opens.map(|text| copied("command", text)));
    let string = share::to_string(&app.name, app.scenario.draft()).ok();
    entries.extend(string.map(|text| copied("string", text)));
    let file = "saves the scenario as JSON; taskscope FILE opens it";
    entries.push(OverlayEntry::new("file", file).doing(EntryAction::Deed(Action::Save)));
    entries
}

/// The things on this screen that can be saved to files.
pub(super) fn exports(app: &App) -> Vec<OverlayEntry> {
    let mut entries: Vec<OverlayEntry> =
        figures(app).into_iter().filter_map(|pane| figure(app, pane)).collect();
    if let Some(EntryAction::Figure(pane)) = entries.first().and_then(|entry| entry.does.clone()) {
        let id = entries[0].left.trim_start_matches("figure ");
        let words = format!("a preview of the {id} chart, in pixels if the terminal can show them");
        entries.push(OverlayEntry::new("preview", words).doing(EntryAction::Preview(pane)));
    }
    if let Some(run) = app.run_in_view() {
        let what = "a folder with the settings, all records, tables and figures";
        let entry = OverlayEntry::new(format!("study #{}", run.number), what);
        entries.push(entry.doing(EntryAction::Deed(Action::ExportStudy)));
    }
    let screen = "the screen without this list, as SVG, PNG, ANSI colours (.ans) or text (.txt)";
    entries.push(
        OverlayEntry::new("whole screen", screen).doing(EntryAction::Deed(Action::ExportScreen)),
    );
    let scenario = "the scenario as JSON: tasks, model, seed";
    entries.push(OverlayEntry::new("scenario", scenario).doing(EntryAction::Deed(Action::Save)));
    entries
}

/// The figures of this screen, with the one in view first.
fn figures(app: &App) -> Vec<Pane> {
    let name = app.screen.name();
    let of_screen = FIGURES.iter().filter(|known| known.screen == name);
    let mut panes: Vec<Pane> = of_screen.filter_map(|known| Pane::of_figure(known.id)).collect();
    if app.screen == Screen::Lab {
        panes.sort_by_key(|pane| *pane != app.lab.view);
    }
    panes
}

/// An entry for a figure that is drawn or still being computed.
fn figure(app: &App, pane: Pane) -> Option<OverlayEntry> {
    if let Some(figure) = app.figure(pane) {
        let entry = OverlayEntry::new(format!("figure {}", figure.id), figure.title);
        return Some(entry.doing(EntryAction::Figure(pane)));
    }
    let awaited = match pane {
        Pane::Weights => "weights",
        Pane::Singular => "singular",
        Pane::Bound if outside_theorem_2(&app.scenario).is_none() => "bound",
        _ => return None,
    };
    Some(OverlayEntry::new(awaited, "computing …"))
}
