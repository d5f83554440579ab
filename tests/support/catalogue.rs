//! Every figure of the catalogue, drawn with few trials, and its source.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rayon::prelude::*;
use taskscope::cancel::Cancel;
use taskscope::catalog::{FIGURES, FigureInfo, Inputs, Needs, of_results};
use taskscope::export::{PURPOSES, SizePreset};
use taskscope::figure::Figure;
use taskscope::provenance::{FigureSource, Provenance};
use taskscope::runner;
use taskscope::scenario::{Preset, Scenario, ScenarioDraft};
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::{Shard, Study, StudyDraft, StudyResults, engine};

/// The source of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Of {
    Scenario(Box<ScenarioDraft>),
    Study(Box<StudyDraft>),
}

impl Of {
    pub fn subject(&self) -> FigureSource<'_> {
        match self {
            Self::Scenario(scenario) => FigureSource::Scenario(scenario),
            Self::Study(study) => FigureSource::Study(study),
        }
    }
}

/// A figure with everything that its files contain.
#[derive(Debug, Clone)]
pub struct Entered {
    pub figure: Figure,
    pub of: Of,
    pub drawing: Provenance,
}

/// All figures of the catalogue, including all variants.
pub fn all() -> &'static [Entered] {
    static ALL: OnceLock<Vec<Entered>> = OnceLock::new();
    ALL.get_or_init(|| {
        let figures: Vec<Entered> = of_scenarios().into_iter().chain(of_studies()).collect();
        for described in FIGURES {
            let is_there = figures.iter().any(|entered| entered.figure.id == described.id);
            assert!(is_there, "{} is not drawn", described.id);
        }
        figures
    })
}

/// All figures, each with sizes: the first figure of a kind with every size, the others with one
/// that changes from figure to figure.
pub fn sized() -> impl Iterator<Item = (&'static Entered, &'static SizePreset)> {
    let mut ids = BTreeSet::new();
    all().iter().enumerate().flat_map(move |(turn, entered)| {
        let is_first = ids.insert(entered.figure.id);
        let is_shown = move |place: usize| is_first || place == turn % PURPOSES.len();
        let sizes = PURPOSES.iter().enumerate().filter(move |(place, _)| is_shown(*place));
        sizes.map(move |(_, size)| (entered, size))
    })
}

/// The scenario of which only the figures of advice are drawn.
const ADVISED: &str = "ratings-pair";
const SCENARIOS: &[(&str, usize)] =
    &[("two-tasks", 3), ("svd-weights", 2), ("signs", 2), ("capacity", 2), (ADVISED, 2)];

fn scenario(name: &str, trials: usize) -> Scenario {
    let mut draft = Preset::find(name).unwrap().scenario().unwrap().draft().clone();
    draft.trials = trials as f64;
    Scenario::check(draft).unwrap()
}

/// Figures of scenarios: two tasks, several tasks with several heads, signs as labels; advice on real
/// tasks.
fn of_scenarios() -> Vec<Entered> {
    SCENARIOS.par_iter().flat_map_iter(|(name, trials)| of_scenario(name, *trials)).collect()
}

fn of_scenario(name: &str, trials: usize) -> Vec<Entered> {
    let scenario = scenario(name, trials);
    let own = |figure: &&FigureInfo| {
        !figure.is_of_study() && (figure.needs == Needs::Advice) == (name == ADVISED)
    };
    let entered = |described: &FigureInfo| {
        let drawing = Provenance {
            figure: described.id.to_owned(),
            name: Some(name.to_owned()),
            ..Provenance::default()
        };
        let cancel = Cancel::new();
        let inputs = Inputs::new(name, &scenario, &cancel, &|_| {});
        let figure = described.draw(&inputs, &drawing).ok()?;
        let of = Of::Scenario(Box::new(scenario.draft().clone()));
        Some(Entered { figure, of, drawing })
    };
    let has = |described: &&FigureInfo| described.gap(&scenario).is_none();
    FIGURES.iter().filter(own).filter(has).filter_map(entered).collect()
}

/// Runs all trials of a study.
pub fn ran(draft: &StudyDraft) -> StudyResults {
    let mut results = StudyResults::new(Study::check(draft.clone()).unwrap());
    let (study, records) = (results.study.clone(), results.records.clone());
    let ran = runner::run(&study, records, Shard::WHOLE, &Cancel::new(), |_| Ok(()));
    results.records = ran.unwrap().unwrap();
    results.theory = engine::predictions(&study, &Cancel::new()).unwrap_or_default().into();
    results
}

/// The figures of a study as in its files.
pub fn drawn(draft: &StudyDraft) -> Vec<Entered> {
    let results = ran(draft);
    let insight = results.insight(results.models());
    let drawings = of_results(&results, insight.as_ref()).into_iter();
    let of = || Of::Study(Box::new(draft.clone()));
    drawings.map(|(drawing, figure)| Entered { figure, of: of(), drawing }).collect()
}

/// A study of presets.
pub fn asked(names: &[&str], question: Question, trials: usize, methods: &[&str]) -> StudyDraft {
    let entry = |name: &&str| {
        let mut scenario = scenario(name, trials).draft().clone();
        scenario.compare = methods.iter().map(|method| (*method).to_owned()).collect();
        NamedScenario { name: (*name).to_owned(), scenario }
    };
    StudyDraft::new(question, names.iter().map(entry).collect())
}

fn along(x: &[&str], y: Option<&str>) -> Question {
    Question::Sweep { x: x.iter().map(|x| (*x).to_owned()).collect(), y: y.map(str::to_owned) }
}

fn of_studies() -> Vec<Entered> {
    let groups = Question::Affinity { groups: 2, subsets: 12, steps: 5, models: 3 };
    let several = ["two-tasks", "turning-data"];
    let studies = [
        asked(&["two-tasks"], along(&["source.angle=0:90:4"], None), 4, &[]),
        asked(&several, along(&["source.noise=0.2:1:3"], None), 4, &["svd", "by-scale"]),
        asked(&["svd-weights"], along(&["model.weights=uniform,svd"], None), 2, &[]),
        asked(
            &["two-tasks"],
            along(&["source.angle=0:90:4"], Some("source.samples=40:4000:3:log")),
            4,
            &["svd"],
        ),
        asked(&["six-tasks"], groups, 4, &[]),
    ];
    studies.par_iter().flat_map_iter(drawn).collect()
}
