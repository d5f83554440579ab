//! Input fields: keys typed into them, and their submission.

use std::path::PathBuf;
use std::sync::Arc;

use super::Effect;
use crate::app::action::Action;
use crate::app::field::{FieldPurpose, InputField};
use crate::app::key::Key;
use crate::app::program::App;
use crate::error::Invalid;
use crate::job::{AdviceFormat, Document, FigureFormat, SaveRequest, ScreenFormat};
use crate::text::at_home;

impl App {
    pub(super) fn open(&mut self, field: InputField) -> Vec<Effect> {
        self.field = Some(field);
        Vec::new()
    }

    pub(super) fn key_in_field(&mut self, key: Key) -> Vec<Effect> {
        match key {
            key if self.opening.is_reading() => return self.key_while_reading(key),
            Key::Escape => self.close_field(),
            Key::Enter => return self.submit(),
            Key::Tab if self.field.as_ref().is_some_and(InputField::is_words) => {
                return self.act(Action::Hint);
            }
            key => {
                if let Some(field) = &mut self.field {
                    field.edit(key);
                }
            }
        }
        Vec::new()
    }

    /// Opens the field for a written answer, if the step of a lesson waits for one. Returns true if
    /// it is open now.
    pub(super) fn opens_words(&mut self) -> bool {
        let field = self.screens.lessons.field_for_words();
        if self.field.is_none() {
            self.field = field;
        }
        self.field.is_some()
    }

    /// Closes the field; a written answer is kept for the next time.
    fn close_field(&mut self) {
        let field = self.field.take().filter(InputField::is_words);
        if let Some(field) = field {
            self.screens.lessons.keep_words(field.text);
        }
    }

    fn submit(&mut self) -> Vec<Effect> {
        let Some(mut field) = self.field.take() else {
            return Vec::new();
        };
        let path = at_home(field.text.trim(), self.home.as_deref());
        let document = match field.purpose {
            FieldPurpose::Value => return self.submit_value(field),
            FieldPurpose::Row => return self.submit_row(field),
            FieldPurpose::Cell => return self.submit_cell(field),
            FieldPurpose::Folder => self.screens.run_in_view().map(|run| Document::Study {
                results: Box::new(run.results.clone()),
                insight: run.insight.clone(),
            }),
            FieldPurpose::Save => Some(Document::Scenario(self.work.scenario.clone())),
            FieldPurpose::Open => return self.submit_open(field),
            FieldPurpose::Words => {
                let requests = self.screens.lessons.submit_words(field);
                return self.carry_out(requests);
            }
            FieldPurpose::Search => return Vec::new(),
            FieldPurpose::Screen => return self.submit_screen(field, path),
            FieldPurpose::Advice => self.advice_to_save(),
            FieldPurpose::Export(pane) => {
                self.figure_to_save(pane).map(|(figure, drawing)| Document::Picture {
                    figure: Box::new(figure),
                    scenario: self.work.scenario.clone(),
                    drawing: Box::new(drawing),
                })
            }
        };
        let problem = match document {
            _ if path.file_name().is_none() => "type a file name",
            None => "the chart is not drawn yet",
            Some(Document::Advice { .. }) if AdviceFormat::of(&path).is_none() => {
                "the name must end in .html, .md or .json"
            }
            Some(Document::Picture { .. }) if FigureFormat::of(&path).is_none() => {
                "the name must end in .png, .svg, .pdf, .csv or .tex"
            }
            Some(document) => {
                self.view.note = Some(format!("writing {}", path.display()));
                return vec![Effect::File(SaveRequest { document, path, replace: field.replace })];
            }
        };
        field.problem = Some(problem.into());
        self.open(field)
    }

    /// The advice on the scenario, if it is known.
    fn advice_to_save(&self) -> Option<Document> {
        let scenario = &self.work.scenario;
        let advice = self.screens.advice.of(scenario)?.as_ref().ok()?;
        Some(Document::Advice {
            advice: advice.clone(),
            scenario: scenario.clone(),
            name: self.work.name.clone(),
        })
    }

    /// Requests that the screen under the field be saved.
    fn submit_screen(&mut self, mut field: InputField, path: PathBuf) -> Vec<Effect> {
        let problem = match ScreenFormat::of(&path) {
            _ if path.file_name().is_none() => "type a file name",
            None => "the name must end in .svg, .png, .ans or .txt",
            Some(_) => {
                self.view.note = None;
                return vec![Effect::Screen { path, replace: field.replace }];
            }
        };
        field.problem = Some(problem.into());
        self.open(field)
    }

    fn submit_row(&mut self, mut field: InputField) -> Vec<Effect> {
        match self.screens.studies.form.accept(&field.text, &self.work.scenario) {
            Ok(()) => Vec::new(),
            Err(problem) => {
                field.problem = Some(refusal(&problem));
                self.open(field)
            }
        }
    }

    /// Accepts the text typed into the cell under the cursor of the table of tasks.
    fn submit_cell(&mut self, mut field: InputField) -> Vec<Effect> {
        match self.screens.tasks.accept(&field.text, &self.work.scenario) {
            Ok(scenario) => self.change(Arc::new(scenario), None),
            Err(problem) => {
                field.problem = Some(refusal(&problem));
                self.open(field)
            }
        }
    }

    fn submit_value(&mut self, mut field: InputField) -> Vec<Effect> {
        let path = self.screens.lab.focus.path(self.work.scenario.draft());
        let parsed = self.screens.lab.focus.knob.parse(&path, &field.text);
        let checked = parsed.and_then(|value| {
            self.work.scenario.with(self.screens.lab.focus, value).map(|_| value)
        });
        match checked {
            Ok(value) => self.set_knob(value, None),
            Err(problem) => {
                field.problem = Some(refusal(&problem));
                self.open(field)
            }
        }
    }
}

/// The typed text, if it is short, and what is allowed.
fn refusal(problem: &Invalid) -> String {
    let short = Some(&problem.found).filter(|found| found.chars().count() <= 8);
    let found = short.map_or("this", String::as_str);
    format!("{found} is not allowed; {}", problem.allowed)
}
