//! Ways to give what is on screen to others: as a command, a string, a file, a figure.

use super::{Does, Entry};
use crate::app::action::Deed;
use crate::app::lab::Pane;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::scenario::share;
use crate::study::command;

/// The command that opens the scenario, the string that holds it, its file; for a study also the
/// command that asks the same question.
pub(super) fn entries(app: &App) -> Vec<Entry> {
    let copied = |left: &str, text: String| Entry::new(left, text.clone()).doing(Does::Copy(text));
    let mut entries = Vec::new();
    let asked = app.run_in_view().and_then(|run| command::command(run.results.study.draft()));
    entries.extend(asked.map(|text| copied("the study", text)));
    let saved = app.file.as_ref().filter(|(_, saved)| *saved == app.scenario);
    entries.extend(
        saved.map(|(path, _)| copied("of the file", format!("taskscope {}", path.display()))),
    );
    let opens = command::open(&app.name, app.scenario.draft());
    entries.extend(opens.map(|text| copied("command", text)));
    let string = share::to_string(&app.name, app.scenario.draft()).ok();
    entries.extend(string.map(|text| copied("string", text)));
    let file = "saves the scenario as JSON; taskscope FILE opens it";
    entries.push(Entry::new("file", file).doing(Does::Deed(Deed::Save)));
    entries
}

/// What can be written to files from this screen.
pub(super) fn exports(app: &App) -> Vec<Entry> {
    let mut entries = Vec::new();
    if app.screen == Screen::Lab {
        let mut panes = [Pane::Gain, Pane::Loss, Pane::Plane];
        panes.sort_by_key(|pane| *pane != app.lab.view);
        for pane in panes {
            if let Some(figure) = app.figure(pane) {
                let entry = Entry::new(format!("figure {}", figure.id), figure.title);
                entries.push(entry.doing(Does::Figure(pane)));
            }
        }
    }
    if app.screen == Screen::Theory
        && let Some(figure) = app.figure(Pane::Landscape)
    {
        let entry = Entry::new("figure landscape", figure.title);
        entries.push(entry.doing(Does::Figure(Pane::Landscape)));
    }
    if app.screen == Screen::Tasks {
        for pane in [Pane::Spectrum, Pane::Rows] {
            if let Some(figure) = app.figure(pane) {
                let entry = Entry::new(format!("figure {}", figure.id), figure.title);
                entries.push(entry.doing(Does::Figure(pane)));
            }
        }
    }
    if let Some(run) = app.run_in_view() {
        let what = "a folder with the question, all records, tables and figures";
        let entry = Entry::new(format!("study #{}", run.number), what);
        entries.push(entry.doing(Does::Deed(Deed::ExportStudy)));
    }
    let scenario = "the scenario as JSON: tasks, model, seed";
    entries.push(Entry::new("scenario", scenario).doing(Does::Deed(Deed::Save)));
    entries
}
