//! Ways to share what is on the screen: a command, a string, a file, a figure.

use super::view::View;
use super::{EntryAction, OverlayEntry};
use crate::app::action::Action;
use crate::app::pane::Pane;
use crate::app::screen::Screen;
use crate::catalog::FIGURES;
use crate::explanation::outside_theorem_2;
use crate::provenance::command;
use crate::scenario::share;

/// The command that opens the scenario, the string that encodes it, and its file; for a study also
/// the command that runs it.
pub(super) fn entries(view: &View<'_>) -> Vec<OverlayEntry> {
    let copied = |left: &str, text: String| {
        OverlayEntry::new(left, text.clone()).doing(EntryAction::Copy(text))
    };
    let mut entries = Vec::new();
    let asked = view.screens.run_in_view().map(|run| run.results.study.draft());
    let asked =
        asked.and_then(|asked| command::study(asked).or_else(|| command::whole_study(asked)));
    entries.extend(asked.map(|text| copied("the study", text)));
    let saved = view.work.file.as_ref().filter(|(_, saved)| *saved == view.work.scenario);
    entries.extend(
        saved.map(|(path, _)| copied("of the file", format!("taskscope {}", path.display()))),
    );
    let opens = command::scenario(&view.work.name, view.work.scenario.draft());
    entries.extend(opens.map(|text| copied("command", text)));
    let string = share::to_string(&view.work.name, view.work.scenario.draft()).ok();
    entries.extend(string.map(|text| copied("string", text)));
    let file = "saves the scenario as JSON; taskscope FILE opens it";
    entries.push(OverlayEntry::new("file", file).doing(EntryAction::Perform(Action::Save)));
    entries
}

/// The things on this screen that can be saved to files.
pub(super) fn exports(view: &View<'_>) -> Vec<OverlayEntry> {
    let mut entries: Vec<OverlayEntry> =
        figures(view).into_iter().filter_map(|pane| figure(view, pane)).collect();
    if let Some(EntryAction::Figure(pane)) = entries.first().and_then(|entry| entry.does.clone()) {
        let id = entries[0].left.trim_start_matches("figure ");
        let words = format!("a preview of the {id} chart, in pixels if the terminal can show them");
        entries.push(OverlayEntry::new("preview", words).doing(EntryAction::Preview(pane)));
    }
    if let Some(run) = view.screens.run_in_view() {
        let what = "a folder with the settings, all records, tables and figures";
        let entry = OverlayEntry::new(format!("study #{}", run.number), what);
        entries.push(entry.doing(EntryAction::Perform(Action::ExportStudy)));
    }
    let screen = "the screen without this list, as SVG, PNG, ANSI colours (.ans) or text (.txt)";
    entries.push(
        OverlayEntry::new("whole screen", screen).doing(EntryAction::Perform(Action::ExportScreen)),
    );
    let scenario = "the scenario as JSON: tasks, model, seed";
    entries.push(OverlayEntry::new("scenario", scenario).doing(EntryAction::Perform(Action::Save)));
    entries
}

/// The figures of this screen, with the one in view first.
fn figures(view: &View<'_>) -> Vec<Pane> {
    let name = view.screens.current.name();
    let of_screen = FIGURES.iter().filter(|known| known.screen == name);
    let mut panes: Vec<Pane> = of_screen.filter_map(|known| Pane::of_figure(known.id)).collect();
    if view.screens.current == Screen::Lab {
        panes.sort_by_key(|pane| *pane != view.screens.lab.view);
    }
    panes
}

/// An entry for a figure that is drawn or still being computed.
fn figure(view: &View<'_>, pane: Pane) -> Option<OverlayEntry> {
    if let Some(figure) = view.screens.figure(pane, view.work) {
        let entry = OverlayEntry::new(format!("figure {}", figure.id), figure.title);
        return Some(entry.doing(EntryAction::Figure(pane)));
    }
    let awaited = match pane {
        Pane::Weights => "weights",
        Pane::Singular => "singular",
        Pane::Bound if outside_theorem_2(&view.work.scenario).is_none() => "bound",
        _ => return None,
    };
    Some(OverlayEntry::new(awaited, "computing"))
}
