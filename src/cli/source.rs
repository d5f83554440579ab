//! The scenario that a command line describes.

use std::path::Path;

use crate::cli::dataset::DatasetArgs;
use crate::cli::read::read;
use crate::cli::reading;
use crate::error::{Error, Invalid, Result};
use crate::log;
use crate::method::{Approach, Method, Weighting};
use crate::scenario::preset::PRESETS;
use crate::scenario::{Preset, Scenario, ScenarioDraft, edit, knob, share};
use crate::store::datasets;

/// A scenario and the changes made to it.
#[derive(Debug, clap::Args)]
pub(super) struct Source {
    /// A preset (see `taskscope presets`), a scenario file, a figure that holds its scenario, or a
    /// shared string [default: two-tasks]; `open` and `export` also take a study folder or its
    /// figure
    #[arg(value_name = "PRESET|FILE")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
}

/// Changes to a scenario.
#[derive(Debug, clap::Args)]
pub(super) struct Changes {
    /// Set a knob (see `taskscope knobs`); may be given several times
    #[arg(long = "set", value_name = "KNOB=VALUE")]
    pub set: Vec<String>,
    /// Put a task aside: it is not trained; may be given several times
    #[arg(long = "aside", value_name = "TASK")]
    pub aside: Vec<String>,
    /// Number of trials [default: that of the scenario]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub trials: Option<String>,
    /// Seed of all random draws [default: that of the scenario]
    #[arg(long, value_name = "S", allow_negative_numbers = true)]
    pub seed: Option<String>,
    #[command(flatten)]
    pub data: DatasetArgs,
}

impl Source {
    /// The scenario and its name.
    pub(super) fn scenario(&self) -> Result<(String, Scenario)> {
        self.comparing(&[])
    }

    /// The words of a command line that ask for the same scenario, without some settings of knobs.
    pub(super) fn words(&self, without: impl Fn(&String) -> bool) -> Vec<String> {
        let changes = &self.changes;
        let asked = self.scenario.clone().unwrap_or_else(|| PRESETS[0].name.to_owned());
        let set = changes.set.iter().filter(|set| !without(set));
        let set = set.flat_map(|set| ["--set".to_owned(), set.clone()]);
        let numbers = [("--trials", &changes.trials), ("--seed", &changes.seed)];
        let numbers = numbers.into_iter().filter_map(|(flag, value)| Some((flag, value.as_ref()?)));
        let numbers = numbers.flat_map(|(flag, value)| [flag.to_owned(), value.clone()]);
        let aside = changes.aside.iter().flat_map(|task| ["--aside".to_owned(), task.clone()]);
        let words = [asked].into_iter().chain(changes.data.words()).chain(set);
        words.chain(aside).chain(numbers).collect()
    }

    /// The scenario with further approaches to compare, and its name.
    pub(super) fn comparing(&self, methods: &[String]) -> Result<(String, Scenario)> {
        let asked = self.scenario.as_deref().unwrap_or(PRESETS[0].name);
        let (name, mut draft) = self.changes.draft(asked)?;
        log::scenario(&draft);
        draft.compare.extend(methods.iter().cloned());
        Ok((name, with_methods(draft, methods)?))
    }
}

impl Changes {
    /// The flags that change a scenario, with the first value of each that is given.
    pub(super) fn flags(&self) -> [(&'static str, Option<&String>); 4] {
        [
            ("--set", self.set.first()),
            ("--aside", self.aside.first()),
            ("--trials", self.trials.as_ref()),
            ("--seed", self.seed.as_ref()),
        ]
    }

    /// Returns true if the scenario stays as it is.
    pub(super) fn is_nothing(&self) -> bool {
        self.flags().iter().all(|(_, value)| value.is_none())
    }

    /// The draft of a preset or file with the changes applied, and its name.
    pub(super) fn draft(&self, asked: &str) -> Result<(String, ScenarioDraft)> {
        let (name, origin, mut draft) = found(asked, &self.data)?;
        reading::shown(|| Scenario::check(draft.clone()))
            .map_err(|problem| Error::Scenario { origin, problem })?;
        for assignment in &self.set {
            knob::assign(&mut draft, assignment)?;
        }
        for task in &self.aside {
            draft = edit::named_aside(&draft, task)?.draft().clone();
        }
        for (flag, text) in [("--trials", &self.trials), ("--seed", &self.seed)] {
            let Some(text) = text else { continue };
            let value = number(flag, text)?;
            if flag == "--trials" { draft.trials = value } else { draft.seed = value }
        }
        Ok((name, draft))
    }
}

/// Name, origin and draft of a preset, a shared string or a file.
fn found(asked: &str, data: &DatasetArgs) -> Result<(String, String, ScenarioDraft)> {
    let path = Path::new(asked);
    if Preset::find(asked).is_none() && datasets::is_dataset(path) {
        let (name, draft) = data.scenario(&[path.to_owned()])?;
        return Ok((name, asked.to_owned(), draft));
    }
    if data.is_given() {
        let allowed = "a data set: a CSV, TSV, NPZ or NPY file, or a folder of arrays";
        return Err(Invalid::new(
            "scenario",
            format!("\"{asked}\" with options for data"),
            allowed,
        )
        .into());
    }
    if let Some(preset) = Preset::find(asked) {
        let origin = format!("preset {asked}");
        return Ok((asked.to_owned(), origin.clone(), ScenarioDraft::parse(preset.json, &origin)?));
    }
    if share::is_shared(asked) {
        let (name, draft) = share::from_string(asked)?;
        return Ok((name, "shared string".into(), draft));
    }
    let mut draft = ScenarioDraft::parse(&read(asked)?, asked)?;
    datasets::settle(&mut draft, path)?;
    Ok((crate::store::read::name(path), asked.to_owned(), draft))
}

/// Checks a scenario and the methods named for comparison, each of which must apply to it.
pub(super) fn with_methods(draft: ScenarioDraft, methods: &[String]) -> Result<Scenario> {
    let own = Approach { weighting: Weighting::Uniform, method: Method::Joint };
    if let Some(name) = methods.iter().find(|name| own.named(name).is_none()) {
        let found = format!("\"{name}\"");
        return Err(Invalid::new("--method", found, Approach::names().join(", ")).into());
    }
    let scenario = Scenario::check(draft)?;
    for method in methods {
        let approach = scenario.approach().named(method);
        if !approach.is_some_and(|approach| scenario.approaches().contains(&approach)) {
            return Err(refused(&scenario, method).into());
        }
    }
    Ok(scenario)
}

/// The error for a scheme or method that does not work with a scenario.
fn refused(scenario: &Scenario, method: &str) -> Invalid {
    let mut draft = scenario.draft().clone();
    if let Some(approach) = scenario.approach().named(method) {
        (draft.model.weights, draft.model.method) = (approach.weighting, approach.method);
    }
    let allowed = match Scenario::check(draft) {
        Err(refused) => refused.allowed,
        Ok(_) => "a scheme or method that the scenario does not have itself".to_owned(),
    };
    Invalid::new("--method", format!("\"{method}\""), allowed)
}

/// A preset or file without changes, and its name.
pub(super) fn unchanged(asked: &str) -> Result<(String, Scenario)> {
    let changes = Changes {
        set: Vec::new(),
        aside: Vec::new(),
        trials: None,
        seed: None,
        data: DatasetArgs::default(),
    };
    let (name, draft) = changes.draft(asked)?;
    Ok((name, Scenario::check(draft)?))
}

fn number(flag: &str, text: &str) -> Result<f64> {
    let invalid = || crate::error::Invalid::new(flag, format!("\"{text}\""), "a whole number");
    text.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| invalid().into())
}
