//! Fields: what is typed into them, and what comes of it.

use std::path::PathBuf;

use super::Effect;
use crate::app::field::{Field, Purpose};
use crate::app::key::Key;
use crate::app::state::App;
use crate::job::{Document, Filing, Picture};

impl App {
    pub(super) fn open(&mut self, field: Field) -> Vec<Effect> {
        self.field = Some(field);
        Vec::new()
    }

    pub(super) fn key_in_field(&mut self, key: Key) -> Vec<Effect> {
        match key {
            Key::Escape => self.field = None,
            Key::Enter => return self.submit(),
            key => {
                if let Some(field) = &mut self.field {
                    field.edit(key);
                }
            }
        }
        Vec::new()
    }

    fn submit(&mut self) -> Vec<Effect> {
        let Some(mut field) = self.field.take() else {
            return Vec::new();
        };
        let path = PathBuf::from(field.text.trim());
        let document = match field.purpose {
            Purpose::Value => return self.submit_value(field),
            Purpose::Save => Some(Document::Scenario(self.scenario.clone())),
            Purpose::Export => self.figure(self.view).map(|figure| Document::Picture {
                figure: Box::new(figure),
                scenario: self.scenario.clone(),
            }),
        };
        let problem = match document {
            _ if path.file_name().is_none() => "a file name is needed",
            None => "nothing is drawn yet",
            Some(Document::Picture { .. }) if Picture::of(&path).is_none() => {
                "the name must end in .png or .svg"
            }
            Some(document) => {
                self.note = Some(format!("writing {} …", path.display()));
                return vec![Effect::File(Filing { document, path, replace: field.replace })];
            }
        };
        field.problem = Some(problem.into());
        self.open(field)
    }

    fn submit_value(&mut self, mut field: Field) -> Vec<Effect> {
        let path = self.focus.path(self.scenario.draft());
        let parsed = self.focus.knob.parse(&path, &field.text);
        let checked = parsed.and_then(|value| self.scenario.with(self.focus, value).map(|_| value));
        match checked {
            Ok(value) => self.set(value, None),
            Err(problem) => {
                let short = Some(&problem.found).filter(|found| found.chars().count() <= 8);
                let found = short.map_or("this", String::as_str);
                field.problem = Some(format!("{found} is not allowed; {}", problem.allowed));
                self.open(field)
            }
        }
    }
}
