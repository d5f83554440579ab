//! The shell commands that open a scenario, run a study or draw a figure again.

use super::{FigureSource, Panel, Provenance};
use crate::scenario::changes::{Change, changes};
use crate::scenario::preset::PRESETS;
use crate::scenario::{Preset, ScenarioDraft, share};
use crate::study::draft::{NamedScenario, Question, StudyDraft};
use crate::study::{Study, StudyResults};
use crate::text::is_hidden;

/// Returns the command that runs a study again. `None` if the scenarios differ from presets in more
/// than knobs, trials, seed and methods, or if each differs in its own way.
pub fn study(study: &StudyDraft) -> Option<String> {
    let flags: Option<Vec<Vec<String>>> = study.scenarios.iter().map(flags).collect();
    let flags = flags?;
    let first = flags.first()?;
    if flags.iter().any(|other| other != first) {
        return None;
    }
    let names = study.scenarios.iter().map(|entry| entry.name.clone());
    Some(asking(&study.question, names, first))
}

/// Returns the command that runs a study of one scenario again, with that scenario encoded in it.
/// `None` if there are several.
pub fn whole_study(study: &StudyDraft) -> Option<String> {
    let [entry] = &study.scenarios[..] else { return None };
    let mut scenario = entry.scenario.clone();
    let methods: Vec<String> = std::mem::take(&mut scenario.compare)
        .into_iter()
        .flat_map(|method| ["--method".to_owned(), method])
        .collect();
    let text = share::to_string(&entry.name, &scenario).ok()?;
    Some(asking(&study.question, std::iter::once(text), &methods))
}

/// The command that asks a question about scenarios, with further flags.
fn asking(question: &Question, names: impl Iterator<Item = String>, flags: &[String]) -> String {
    let mut words: Vec<String> = match question {
        Question::Sweep { x, y } => {
            let x = x.iter().flat_map(|x| ["--x".to_owned(), x.clone()]);
            let y = y.iter().flat_map(|y| ["--y".to_owned(), y.clone()]);
            std::iter::once("sweep".to_owned()).chain(names).chain(x).chain(y).collect()
        }
        Question::Affinity { groups, subsets, steps, models } => {
            let numbers = ["--groups".to_owned(), groups.to_string()];
            let random = ["--subsets".to_owned(), subsets.to_string()];
            let random = random.into_iter().filter(|_| *subsets > 0);
            let steps = ["--steps".to_owned(), steps.to_string()];
            let models = ["--models".to_owned(), models.to_string()];
            let words = std::iter::once("affinity".to_owned()).chain(names);
            words.chain(numbers).chain(random).chain(steps).chain(models).collect()
        }
    };
    words.extend(flags.iter().cloned());
    format!("taskscope {}", words.join(" "))
}

/// Returns the command that opens a scenario. A scenario that is not a preset with other knobs is
/// encoded as a string.
pub fn scenario(name: &str, scenario: &ScenarioDraft) -> Option<String> {
    let plain = ScenarioDraft { compare: Vec::new(), ..scenario.clone() };
    let entry = NamedScenario { name: name.to_owned(), scenario: plain };
    match flags(&entry).filter(|_| compares_as(name, scenario)) {
        Some(flags) if flags.is_empty() => Some(format!("taskscope {name}")),
        Some(flags) => Some(format!("taskscope {name} {}", flags.join(" "))),
        None => share::to_string(name, scenario).ok().map(|text| format!("taskscope {text}")),
    }
}

/// Returns true if a scenario compares the methods that the preset of this name compares.
fn compares_as(name: &str, scenario: &ScenarioDraft) -> bool {
    let preset = PRESETS.iter().find(|preset| preset.name == name);
    let own = preset.and_then(|preset| preset.scenario().ok());
    own.is_some_and(|own| own.draft().compare == scenario.compare)
}

/// Returns the command that asks for advice on a scenario, which has its own numbers of trials. One
/// that is not a preset with other knobs must be saved first.
pub fn advise(name: &str, scenario: &ScenarioDraft) -> String {
    let mut scenario = ScenarioDraft { compare: Vec::new(), ..scenario.clone() };
    if let Some(preset) = Preset::find(name).and_then(|preset| preset.scenario().ok()) {
        scenario.trials = preset.draft().trials;
    }
    let entry = NamedScenario { name: name.to_owned(), scenario };
    match flags(&entry) {
        Some(flags) => ["taskscope advise".to_owned(), quoted(name)]
            .into_iter()
            .chain(flags)
            .collect::<Vec<_>>()
            .join(" "),
        None => format!("taskscope advise {}", quoted(&format!("{name}.json"))),
    }
}

/// The flags that turn the preset of this name into this scenario.
fn flags(entry: &NamedScenario) -> Option<Vec<String>> {
    let words = |change: Change| match change {
        Change::Set(assignment) => ["--set".to_owned(), assignment],
        Change::Trials(number) => ["--trials".to_owned(), number],
        Change::Seed(number) => ["--seed".to_owned(), number],
        Change::Method(name) => ["--method".to_owned(), name],
    };
    Some(changes(&entry.name, &entry.scenario)?.into_iter().flat_map(words).collect())
}

/// The options of a drawing, with the values that are given.
fn options(drawing: &Provenance) -> [(&'static str, Option<&String>); 9] {
    [
        ("--task", drawing.task.as_ref()),
        ("--proxy", drawing.proxy.as_ref()),
        ("--method", drawing.method.as_ref()),
        ("--preset", drawing.preset.as_ref()),
        ("--colours", drawing.colours.as_ref()),
        ("--title", drawing.wording.title.as_ref()),
        ("--xlabel", drawing.wording.xlabel.as_ref()),
        ("--ylabel", drawing.wording.ylabel.as_ref()),
        ("--font", drawing.font.as_ref()),
    ]
}

/// Returns the command that draws a figure. It depends only on the source and the drawing.
pub fn figure<'a>(drawing: &Provenance, of: impl Into<FigureSource<'a>>) -> String {
    let of = of.into();
    let Some(shown) = shown(drawing, of) else {
        return format!("taskscope export {}.png", quoted(&drawing.figure));
    };
    let mut words = match of {
        FigureSource::Scenario(scenario) => format!("taskscope export {}", source(scenario)),
        FigureSource::Study(study) => run_study(drawing, study),
    };
    match &drawing.screen {
        None => words += &shown,
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
    let by_focus = ["gain", "sweep"].contains(&drawing.figure.as_str()) && drawing.along.is_empty();
    for along in drawing.along.iter().chain(focus.filter(|_| by_focus)) {
        words += &format!(" --along {}", quoted(along));
    }
    for (flag, value) in options(drawing) {
        if let Some(value) = value {
            words += &format!(" {flag} {}", quoted(value));
        }
    }
    for label in &drawing.wording.labels {
        words += &format!(" --label {}", quoted(label));
    }
    if drawing.no_caption {
        words += " --no-caption";
    }
    let stem = drawing.screen.as_ref().map_or(&drawing.figure, |seen| &seen.name);
    words + &format!(" --out {}.png", quoted(stem))
}

/// The words that name the figure or its panels; `None` for panels that need a file.
fn shown(drawing: &Provenance, of: FigureSource<'_>) -> Option<String> {
    if drawing.panels.is_empty() {
        return Some(format!(" --figure {}", quoted(&drawing.figure)));
    }
    let word = |panel: &Panel| {
        let id = panel.drawing.figure.clone();
        let plain = Provenance { figure: id.clone(), ..Provenance::default() };
        let own = panel.scenario.as_ref().map(|scenario| preset_of(scenario, of));
        match own {
            _ if panel.drawing != plain => None,
            None => Some(id),
            Some(preset) => Some(format!("{}:{id}", preset?)),
        }
    };
    let words: Option<Vec<String>> = drawing.panels.iter().map(word).collect();
    let words = words.filter(|_| drawing.columns.is_none())?;
    Some(format!(" --panel {}", quoted(&words.join(","))))
}

/// The preset of a panel's scenario, if trials and seed of the command are all that differs from it.
fn preset_of(scenario: &str, of: FigureSource<'_>) -> Option<&'static str> {
    let (name, draft) = match PRESETS.iter().find(|preset| preset.name == scenario) {
        Some(preset) => (scenario.to_owned(), preset.scenario().ok()?.draft().clone()),
        None => share::from_string(scenario).ok()?,
    };
    let preset = PRESETS.iter().find(|preset| preset.name == name)?;
    let mut expected = preset.scenario().ok()?.draft().clone();
    if let FigureSource::Scenario(main) = of {
        for change in nearest(main).map(|(_, changes)| changes).unwrap_or_default() {
            match change {
                Change::Trials(_) => expected.trials = main.trials,
                Change::Seed(_) => expected.seed = main.seed,
                Change::Set(_) | Change::Method(_) => {}
            }
        }
    }
    (expected == draft).then_some(preset.name)
}

/// The preset with the fewest changes to a scenario, and these.
fn nearest(scenario: &ScenarioDraft) -> Option<(&'static str, Vec<Change>)> {
    let of_presets = PRESETS.iter().filter_map(|preset| {
        let changes = changes(preset.name, scenario)?;
        Some((preset.name, changes))
    });
    of_presets.min_by_key(|(_, changes)| changes.len())
}

/// The words before the name of the figure. The study is run and then drawn from its folder. If no
/// flags describe the study, the figure itself is its source.
fn run_study(drawing: &Provenance, study: &StudyDraft) -> String {
    let Some(asked) = self::study(study) else {
        return format!("taskscope export {}.png", quoted(&drawing.stem()));
    };
    let words: Vec<String> = asked.split(' ').map(quoted).collect();
    format!("{} --out study && taskscope export study", words.join(" "))
}

/// The words that name a scenario on a command line: the preset with the fewest changes, or a
/// shared string.
fn source(scenario: &ScenarioDraft) -> String {
    let name = nearest(scenario).map_or("shared", |(name, _)| name);
    let opened = self::scenario(name, scenario).unwrap_or_default();
    let words = opened.strip_prefix("taskscope ").unwrap_or_default();
    words.split(' ').map(quoted).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it for one. Hidden characters are written as escapes, which Bash and Zsh
/// read.
pub fn quoted(word: &str) -> String {
    if word.chars().any(is_hidden) {
        let written = |c: char| match c {
            c if is_hidden(c) => format!("\\U{:08x}", u32::from(c)),
            '\'' | '\\' => format!("\\{c}"),
            c => c.to_string(),
        };
        return format!("$'{}'", word.chars().map(written).collect::<String>());
    }
    let plain = |c: char| c.is_alphanumeric() || "-_=.,:/+@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// The command that runs the study again: from presets if possible, else from the folder.
pub fn command_of(results: &StudyResults) -> String {
    self::study(results.study.draft()).unwrap_or_else(|| {
        format!("taskscope {} --resume --out . # in this folder", stem(&results.study))
    })
}

/// The file name of the results of a study, without extension.
pub fn stem(study: &Study) -> &'static str {
    match study.draft().question {
        Question::Sweep { .. } => "sweep",
        Question::Affinity { .. } => "affinity",
    }
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
            figure(&drawing, &draft),
            format!(
                "taskscope export {} --trials 7 --figure rows --task 'an odd'\\'' name' --preset column \
                 --out rows.png",
                PRESETS[1].name
            )
        );
    }

    #[test]
    fn the_command_of_advice_has_no_number_of_trials_of_the_scenario() {
        let mut draft = Preset::find("ratings").unwrap().scenario().unwrap().draft().clone();
        (draft.trials, draft.seed) = (7.0, 5.0);
        assert_eq!(advise("ratings", &draft), "taskscope advise ratings --seed 5");
    }

    #[test]
    fn a_scenario_that_is_no_preset_comes_as_a_string() {
        let mut draft = PRESETS[0].scenario().unwrap().draft().clone();
        draft.title = "Mine".into();
        let drawing = Provenance { figure: "gain".into(), ..Provenance::default() };
        let command = figure(&drawing, &draft);
        let text = command.split(' ').nth(2).unwrap();
        let (_, read) = share::from_string(text).unwrap();
        assert_eq!(read, draft, "{command}");
    }
}
