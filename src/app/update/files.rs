//! Files: suggested names, and the results of saving.

use std::path::Path;
use std::sync::Arc;

use super::Effect;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::pane::Pane;
use crate::app::program::App;
use crate::job::{Document, SaveRequest, SaveResult};
use crate::provenance::command;
use crate::scenario::Scenario;
use crate::text;

impl App {
    /// Suggests a file name for the figure of a pane.
    pub(super) fn offer_figure(&mut self, pane: Pane) -> Vec<Effect> {
        match self.figure(pane) {
            None => self.say("the chart is not drawn yet"),
            Some(figure) => {
                let knob =
                    self.screens.lab.focus.path(self.work.scenario.draft()).replace('.', "-");
                let name = match figure.id {
                    "gain" => format!("{}-gain-{knob}.png", self.file_name()),
                    id => format!("{}-{id}.png", self.file_name()),
                };
                self.field = Some(InputField::new(FieldPurpose::Export(pane), name.as_str()));
                vec![Effect::Offer(name.into())]
            }
        }
    }

    /// The name of the scenario as the beginning of a file name.
    pub(super) fn file_name(&self) -> String {
        text::file_name(&self.work.name)
    }

    /// Suggests a file for the scenario: the one it was saved to before, else a new one.
    pub(super) fn file_to_save(&self) -> String {
        match &self.work.file {
            Some((path, _)) if stem(path) == self.work.name => path.display().to_string(),
            _ => format!("{}-mine.json", self.file_name()),
        }
    }

    /// Suggests a file name for the whole screen.
    pub(super) fn offer_screen(&mut self) -> Vec<Effect> {
        let name = format!("{}-{}.svg", self.file_name(), self.screens.current.id());
        self.field = Some(InputField::new(FieldPurpose::Screen, name.as_str()));
        vec![Effect::Offer(name.into())]
    }

    /// Suggests a file name for the page of advice.
    pub(super) fn offer_advice(&mut self) -> Vec<Effect> {
        if self.screens.advice.of(&self.work.scenario).is_none_or(Result::is_err) {
            return self.say("there is no advice to save yet: Space starts");
        }
        let name = format!("{}-advice.html", self.file_name());
        self.field = Some(InputField::new(FieldPurpose::Advice, name.as_str()));
        vec![Effect::Offer(name.into())]
    }

    pub(super) fn offer_folder(&mut self) -> Vec<Effect> {
        let Some(run) = self.screens.run_in_view() else {
            self.view.note = Some("there is no study to save yet".into());
            return Vec::new();
        };
        let name = run.folder();
        self.field = Some(InputField::new(FieldPurpose::Folder, name.as_str()));
        vec![Effect::Offer(name.into())]
    }

    /// Suggests the free name, unless the user has begun to type another.
    pub(super) fn offer_free(&mut self, offered: &Path, free: &Path) {
        if let Some(field) = &mut self.field
            && Path::new(&field.text) == offered
        {
            *field = InputField::new(field.purpose, free.to_string_lossy());
        }
    }

    pub(super) fn filed(&mut self, filing: &SaveRequest, filed: SaveResult) -> Vec<Effect> {
        let path = filing.path.display();
        match filed {
            SaveResult::Written => {
                self.view.note = Some(written(filing));
                if let Document::Scenario(scenario) = &filing.document {
                    self.work.file = Some((filing.path.clone(), scenario.clone()));
                    self.saved_as(stem(&filing.path), scenario);
                }
                if let Document::Study { results, .. } = &filing.document {
                    self.screens.studies.saved(results);
                }
                if let Document::Picture { figure, .. } = &filing.document {
                    let requests = self.screens.lessons.figure_saved(figure.id);
                    return self.carry_out(requests);
                }
            }
            SaveResult::Exists => {
                let replace = self.playing().is_none();
                let problem = match filing.document {
                    _ if !replace => "this file exists; type another name",
                    Document::Study { .. } => {
                        "this folder exists; Enter again writes this study into it, over an earlier copy"
                    }
                    _ => "this file exists; Enter again replaces it",
                };
                let otherwise = format!("{path} exists and was not replaced");
                self.ask_again(filing, replace, problem.to_owned(), otherwise);
            }
            SaveResult::Failed(problem) => {
                self.ask_again(filing, false, problem.clone(), problem);
            }
        }
        Vec::new()
    }

    /// Opens the field for the name of a file again, with what was typed and the problem; if another
    /// field is open by now, says `otherwise`.
    fn ask_again(
        &mut self,
        filing: &SaveRequest,
        replace: bool,
        problem: String,
        otherwise: String,
    ) {
        if self.field.is_some() {
            self.view.note = Some(otherwise);
            return;
        }
        let purpose = match &filing.document {
            Document::Scenario(_) => FieldPurpose::Save,
            Document::Picture { figure, .. } => {
                FieldPurpose::Export(Pane::of_figure(figure.id).unwrap_or(self.screens.lab.view))
            }
            Document::Screen { .. } => FieldPurpose::Screen,
            Document::Advice { .. } => FieldPurpose::Advice,
            Document::Study { .. } => FieldPurpose::Folder,
        };
        self.view.note = None;
        self.field = Some(InputField {
            problem: Some(problem),
            replace,
            ..InputField::new(purpose, filing.path.display().to_string())
        });
    }

    /// Notes that the user's scenario was saved under a name.
    fn saved_as(&mut self, name: String, scenario: &Arc<Scenario>) {
        match &mut self.screens.lessons.playing {
            Some(playing) => {
                (playing.kept.opened.name, playing.kept.opened.saved) = (name, scenario.clone());
            }
            None => (self.work.name, self.work.saved) = (name, scenario.clone()),
        }
    }
}

/// The name of a file without folder and extension.
fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy().into_owned())
}

/// The message after saving; for a study, with the command that repeats it.
fn written(filing: &SaveRequest) -> String {
    let path = filing.path.display();
    match &filing.document {
        Document::Study { results, .. } if !results.records.is_complete() => {
            let what = if results.study.is_affinity() { "affinity" } else { "sweep" };
            let percent = 100 * results.records.done() / results.records.wanted().max(1);
            format!(
                "wrote {path}/ with {percent} % of the trials; taskscope {what} --resume --out {path} \
                 resumes"
            )
        }
        Document::Study { results, .. } => match command::study(results.study.draft()) {
            Some(command) => format!("wrote {path}/; to repeat it: {command}"),
            None => format!("wrote {path}/: study, records, table, pictures"),
        },
        _ => format!("wrote {path}"),
    }
}
