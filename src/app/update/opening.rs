//! Opening presets, shared strings and files.

use std::path::Path;

use super::Effect;
use crate::app::field::InputField;
use crate::app::key::Key;
use crate::app::program::App;
use crate::dataset::table;
use crate::scenario::{Preset, Scenario, share};
use crate::text::at_home;

impl App {
    /// Opens a preset or a shared string directly; requests that a file be read.
    pub(super) fn submit_open(&mut self, mut field: InputField) -> Vec<Effect> {
        let path = at_home(field.text.trim(), self.home.as_deref());
        let asked = path.to_str().unwrap_or(field.text.trim());
        let opened = match Preset::find(asked) {
            _ if asked.is_empty() => Err("type a name; : lists the presets".to_owned()),
            Some(preset) => {
                preset.scenario().map_err(|e| e.to_string()).map(|s| (asked.to_owned(), s))
            }
            None if is_light(asked) => share::from_string(asked)
                .and_then(|(name, draft)| Ok((name, Scenario::check(draft)?)))
                .map_err(|e| e.to_string()),
            None if table::is_table(Path::new(asked)) => return self.open_table(asked.to_owned()),
            None => {
                field.problem = None;
                self.field = Some(field);
                return vec![Effect::Read(self.opening.begin(), path)];
            }
        };
        match opened {
            Ok((name, scenario)) => self.replace(name, scenario),
            Err(problem) => {
                field.problem = Some(problem);
                self.open(field)
            }
        }
    }

    /// Opens a scenario read from a file. If that fails, the field with its name stays open.
    pub(super) fn open_read(
        &mut self,
        number: u64,
        read: Result<(String, Box<Scenario>), String>,
    ) -> Vec<Effect> {
        match read {
            _ if !self.opening.end(number) => Vec::new(),
            Ok((name, scenario)) => {
                self.field = None;
                self.replace(name, *scenario)
            }
            Err(problem) => self.not_opened(problem),
        }
    }

    /// Handles a key while a file is read: Escape stops.
    pub(super) fn key_while_reading(&mut self, key: Key) -> Vec<Effect> {
        if key != Key::Escape || !self.opening.stop() {
            return Vec::new();
        }
        let told = self.not_opened("stopped".to_owned());
        [Effect::StopReading].into_iter().chain(told).collect()
    }

    fn not_opened(&mut self, problem: String) -> Vec<Effect> {
        match &mut self.field {
            Some(field) => {
                field.problem = Some(problem);
                Vec::new()
            }
            None => self.say(problem),
        }
    }
}

/// Returns true if a text is a shared string that names no data set, which would take time to read.
fn is_light(asked: &str) -> bool {
    share::is_shared(asked)
        && share::from_string(asked).map_or(true, |(_, draft)| draft.dataset.is_none())
}
