//! Notes inside the file of a figure: the scenario or study, the provenance of the figure, and the
//! command that redraws it.

use super::results::STUDY;
use super::size::SizePreset;
use super::{Colours, RenderOptions};
use crate::error::{Error, Result};
use crate::figure::Figure;
pub use crate::job::Provenance;
use crate::scenario::ScenarioDraft;
use crate::scenario::changes::changes;
use crate::scenario::preset::PRESETS;
use crate::study::{StudyDraft, command};

/// Keyword of the scenario in a figure, as JSON.
pub const SCENARIO: &str = "Scenario";
/// Keyword of the command that redraws a figure.
pub const COMMAND: &str = "Command";
/// Keyword of the [`Provenance`] of a figure, as JSON.
pub const DRAWING: &str = "Drawing";
/// Keyword of the program and its version.
pub const SOFTWARE: &str = "Software";

/// The program and its version, as written into figures.
pub const PROGRAM: &str = concat!("taskscope ", env!("CARGO_PKG_VERSION"));

/// The source of a figure, which its file contains.
#[derive(Debug, Clone, Copy)]
pub enum FigureSource<'a> {
    /// A scenario; together with the [`Provenance`] it determines the figure.
    Scenario(&'a ScenarioDraft),
    /// A study: a question about scenarios.
    Study(&'a StudyDraft),
}

impl<'a> From<&'a ScenarioDraft> for FigureSource<'a> {
    fn from(scenario: &'a ScenarioDraft) -> Self {
        Self::Scenario(scenario)
    }
}

impl<'a> From<&'a StudyDraft> for FigureSource<'a> {
    fn from(study: &'a StudyDraft) -> Self {
        Self::Study(study)
    }
}

impl Provenance {
    /// Provenance of a figure with default options.
    pub fn of(figure: &Figure) -> Self {
        Self { figure: figure.id.to_owned(), ..Self::default() }
    }

    /// The size preset.
    pub fn purpose(&self) -> Result<SizePreset> {
        Ok(self.preset.as_deref().map_or(Ok(SizePreset::default()), SizePreset::named)?)
    }

    /// Its size and colours.
    ///
    /// # Errors
    ///
    /// [`Error::Value`] for an unknown size preset or palette.
    pub fn look(&self) -> Result<RenderOptions> {
        let colours = self.colours.as_deref().map_or(Ok(Colours::default()), Colours::named)?;
        Ok(RenderOptions { size: self.purpose()?.size, colours })
    }

    /// The notes in the file of the figure, as pairs of keyword and text.
    pub fn notes<'a>(
        &self,
        of: impl Into<FigureSource<'a>>,
    ) -> Result<Vec<(&'static str, String)>> {
        let of = of.into();
        let drawing = serde_json::to_string(self).map_err(|error| {
            Error::Failed(format!("the figure cannot be written as JSON: {error}"))
        })?;
        let subject = match of {
            FigureSource::Scenario(scenario) => (SCENARIO, scenario.to_json()?),
            FigureSource::Study(study) => (STUDY, study.to_json()?),
        };
        Ok(vec![subject, (COMMAND, self.command(of)), (DRAWING, drawing)])
    }

    /// The flags of the figure with their values, if given.
    fn flags(&self) -> [(&'static str, Option<&String>); 5] {
        [
            ("--task", self.task.as_ref()),
            ("--proxy", self.proxy.as_ref()),
            ("--method", self.method.as_ref()),
            ("--preset", self.preset.as_ref()),
            ("--colours", self.colours.as_ref()),
        ]
    }

    /// The shell command that draws the figure. It depends only on the source and the provenance.
    pub fn command<'a>(&self, of: impl Into<FigureSource<'a>>) -> String {
        let of = of.into();
        let mut words = match of {
            FigureSource::Scenario(scenario) => format!("taskscope export {}", source(scenario)),
            FigureSource::Study(study) => self.source_of_study(study),
        };
        match &self.screen {
            None => words += &format!(" --figure {}", quoted(&self.figure)),
            Some(seen) => {
                let (columns, rows) = seen.size;
                words += &format!(" --screen {} --size {columns}x{rows}", quoted(&seen.name));
                words += &format!(" --theme {}", quoted(&seen.theme));
            }
        }
        let focus = match of {
            FigureSource::Scenario(scenario) => scenario.focus.as_ref(),
            FigureSource::Study(_) => None,
        };
        let by_focus = ["gain", "sweep"].contains(&self.figure.as_str()) && self.along.is_empty();
        for along in self.along.iter().chain(focus.filter(|_| by_focus)) {
            words += &format!(" --along {}", quoted(along));
        }
        for (flag, value) in self.flags() {
            if let Some(value) = value {
                words += &format!(" {flag} {}", quoted(value));
            }
        }
        let stem = self.screen.as_ref().map_or(&self.figure, |seen| &seen.name);
        words + &format!(" --out {}.png", quoted(stem))
    }

    /// The command up to the name of the figure: runs the study, then draws from its folder. A
    /// study that flags cannot express is read from the figure itself.
    fn source_of_study(&self, study: &StudyDraft) -> String {
        let Some(asked) = command::command(study) else {
            return format!("taskscope export {}.png", quoted(&self.stem()));
        };
        let words: Vec<String> = asked.split(' ').map(quoted).collect();
        format!("{} --out study && taskscope export study", words.join(" "))
    }

    /// The name among the figures of a study: the ID, with proxy or method if there are several.
    pub fn stem(&self) -> String {
        let which = self.proxy.iter().chain(&self.method);
        which.fold(self.figure.clone(), |stem, which| format!("{stem}-{which}"))
    }
}

/// A scenario on the command line: the preset that needs the fewest changes, or a shared string.
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

/// A word quoted for a shell.
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
        let drawing = Provenance {
            figure: "rows".into(),
            task: Some("an odd' name".into()),
            preset: Some("column".into()),
            ..Provenance::default()
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
        let drawing = Provenance { figure: "gain".into(), ..Provenance::default() };
        let command = drawing.command(&draft);
        let text = command.split(' ').nth(2).unwrap();
        let (_, read) = crate::scenario::share::from_string(text).unwrap();
        assert_eq!(read, draft, "{command}");
    }
}
