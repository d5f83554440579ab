//! What the file of a figure says about itself: the scenario, what of it is drawn, and the command
//! that draws it again.

use super::size::Purpose;
use crate::error::{Error, Result};
use crate::figure::Figure;
pub use crate::job::Drawing;
use crate::scenario::ScenarioDraft;
use crate::scenario::changes::changes;
use crate::scenario::preset::PRESETS;
use crate::study::command;

/// The keyword under which a figure holds its scenario, as JSON.
pub const SCENARIO: &str = "Scenario";
/// The keyword under which a figure holds the command that draws it.
pub const COMMAND: &str = "Command";
/// The keyword under which a figure says what of the scenario it shows, as JSON.
pub const DRAWING: &str = "Drawing";
/// The keyword under which a figure names the program and its version.
pub const SOFTWARE: &str = "Software";

/// The program and its version, as figures name it.
pub const PROGRAM: &str = concat!("taskscope ", env!("CARGO_PKG_VERSION"));

impl Drawing {
    /// A figure as it is drawn where nothing else is asked for.
    pub fn of(figure: &Figure) -> Self {
        Self { figure: figure.id.to_owned(), ..Self::default() }
    }

    /// For what it is drawn.
    pub fn purpose(&self) -> Result<Purpose> {
        Ok(self.preset.as_deref().map_or(Ok(Purpose::default()), Purpose::named)?)
    }

    /// What a file with the drawing of a scenario says about itself, by keyword.
    pub fn notes(&self, scenario: &ScenarioDraft) -> Result<Vec<(&'static str, String)>> {
        let drawing = serde_json::to_string(self).map_err(|error| {
            Error::Failed(format!("the figure cannot be written as JSON: {error}"))
        })?;
        Ok(vec![
            (SCENARIO, scenario.to_json()?),
            (COMMAND, self.command(scenario)),
            (DRAWING, drawing),
        ])
    }

    /// The shell command that draws it. It depends on nothing but scenario and drawing.
    pub fn command(&self, scenario: &ScenarioDraft) -> String {
        let mut words = format!("taskscope export {}", source(scenario));
        let focus = scenario.focus.as_ref();
        let focus = focus.filter(|_| self.figure == "gain" && self.along.is_empty());
        match &self.screen {
            None => words += &format!(" --figure {}", quoted(&self.figure)),
            Some(seen) => {
                let (columns, rows) = seen.size;
                words += &format!(" --screen {} --size {columns}x{rows}", quoted(&seen.name));
                words += &format!(" --theme {}", quoted(&seen.theme));
            }
        }
        for along in self.along.iter().chain(focus) {
            words += &format!(" --along {}", quoted(along));
        }
        for (flag, value) in [("--task", self.task.as_ref()), ("--preset", self.preset.as_ref())] {
            if let Some(value) = value {
                words += &format!(" {flag} {}", quoted(value));
            }
        }
        let stem = self.screen.as_ref().map_or(&self.figure, |seen| &seen.name);
        words + &format!(" --out {}.png", quoted(stem))
    }
}

/// The words that name a scenario on a command line: the preset with the fewest changes, or a
/// shared string.
fn source(scenario: &ScenarioDraft) -> String {
    let of_presets = PRESETS.iter().filter_map(|preset| {
        let changes = changes(preset.name, scenario)?;
        Some((changes.len(), preset.name))
    });
    let name = of_presets.min_by_key(|(count, _)| *count).map_or("shared", |(_, name)| name);
    let opened = command::open(name, scenario).unwrap_or_default();
    let words = opened.strip_prefix("taskscope ").unwrap_or_default();
    words.split(' ').map(quoted).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=.,:/+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_names_the_preset_and_what_was_changed_in_it() {
        let mut draft = PRESETS[1].scenario().unwrap().draft().clone();
        draft.trials = 7.0;
        let drawing = Drawing {
            figure: "rows".into(),
            task: Some("an odd' name".into()),
            preset: Some("column".into()),
            ..Drawing::default()
        };
        assert_eq!(
            drawing.command(&draft),
            format!(
                "taskscope export {} --trials 7 --figure rows --task 'an odd'\\'' name' --preset column \
                 --out rows.png",
                PRESETS[1].name
            )
        );
    }

    #[test]
    fn a_scenario_that_is_no_preset_comes_as_a_string() {
        let mut draft = PRESETS[0].scenario().unwrap().draft().clone();
        draft.title = "Mine".into();
        let drawing = Drawing { figure: "gain".into(), ..Drawing::default() };
        let command = drawing.command(&draft);
        let text = command.split(' ').nth(2).unwrap();
        let (_, read) = crate::scenario::share::from_string(text).unwrap();
        assert_eq!(read, draft, "{command}");
    }
}
