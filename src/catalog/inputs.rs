//! The inputs of figures, computed when a figure asks for them.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::Needs;
use crate::advice::{self, Advice, AdviceTrials};
use crate::cancel::Cancel;
use crate::error::{Error, Invalid};
use crate::provenance::Provenance;
use crate::runner::{self, Progress};
use crate::scenario::draft::TaskRole;
use crate::scenario::{Handle, Scenario};
use crate::study::affinity::Insight;
use crate::study::draft::{NamedScenario, Question};
use crate::study::groups;
use crate::study::measure::measure;
use crate::study::training_run::{OptimalLosses, TrainingRun, TrainingSetup};
use crate::study::{Measurement, StudyDraft, StudyResults, Trial};

/// The reason why there is no figure.
#[derive(Debug)]
pub enum NoFigure {
    /// The scenario has none.
    Reason(&'static str),
    /// It was cancelled.
    Cancelled,
    /// An option names nothing of the scenario, or a study failed.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for NoFigure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

impl fmt::Display for NoFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reason(reason) => f.write_str(reason),
            Self::Cancelled => f.write_str("it was cancelled"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

/// A study that was run, and what follows from it.
pub(super) struct Studied {
    /// Its results.
    pub results: StudyResults,
    /// The agreement of proxies with gains, of an affinity study with enough trials.
    pub insight: Option<Insight>,
}

/// The scenario of which figures are drawn. Studies are run once, however many figures need them.
pub struct Inputs<'a> {
    /// Name of the scenario.
    pub name: &'a str,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Stops the computation.
    pub cancel: &'a Cancel,
    watch: &'a dyn Fn(&Progress),
    studied: RefCell<Vec<(StudyDraft, Rc<Studied>)>>,
    advised: RefCell<Option<Rc<Advice>>>,
}

impl<'a> Inputs<'a> {
    /// A scenario of which nothing has been computed. `watch` is told of the progress of studies.
    pub fn new(
        name: &'a str,
        scenario: &'a Scenario,
        cancel: &'a Cancel,
        watch: &'a dyn Fn(&Progress),
    ) -> Self {
        Self {
            name,
            scenario,
            cancel,
            watch,
            studied: RefCell::default(),
            advised: RefCell::default(),
        }
    }

    /// The knob along which a gain is drawn: the one asked for, else the one in focus.
    pub(super) fn knob(&self, asked: &Provenance) -> Result<Handle, NoFigure> {
        let path = asked.along.first();
        Ok(path
            .map_or(Ok(self.scenario.focus()), |path| Handle::find(self.scenario.draft(), path))?)
    }

    /// Index among the entries of the task asked for, else of the first target.
    pub(super) fn task(&self, asked: &Provenance) -> Result<usize, NoFigure> {
        let tasks = &self.scenario.draft().tasks;
        let Some(name) = &asked.task else {
            let target = tasks.iter().position(|task| task.role == TaskRole::Target);
            return Ok(target.unwrap_or(0));
        };
        Ok(tasks.iter().position(|task| task.name == *name).ok_or_else(|| {
            let names: Vec<&str> = tasks.iter().map(|task| task.name.as_str()).collect();
            Invalid::new("--task", format!("\"{name}\""), names.join(", "))
        })?)
    }

    /// The verdict of the scenario beside its baseline.
    pub(super) fn measured(&self) -> Result<Measurement, NoFigure> {
        let approaches = self.scenario.beside_baseline();
        let measured = measure(self.scenario, &approaches, self.cancel, |_| {});
        measured.ok_or(NoFigure::Reason("it takes two trials"))
    }

    /// The first trial.
    pub(super) fn first_trial(&self) -> Trial {
        Trial::own(self.scenario, 0)
    }

    /// The whole descent of the first trial, with the losses at the optima.
    pub(super) fn descent(&self) -> Result<(TrainingRun, OptimalLosses), NoFigure> {
        let trial = self.first_trial();
        let setup = TrainingSetup::of(self.scenario, &trial);
        let mut run = setup.start();
        while !run.is_finished() {
            if self.cancel.is_cancelled() {
                return Err(NoFigure::Cancelled);
            }
            setup.advance(&mut run);
        }
        Ok((run, setup.floor(&trial)))
    }

    /// Advice on the scenario, sought unless it is known.
    pub(super) fn advice(&self) -> Result<Rc<Advice>, NoFigure> {
        if let Some(known) = &*self.advised.borrow() {
            return Ok(known.clone());
        }
        let trials = AdviceTrials::default();
        let found = advice::advise(self.scenario, trials, self.cancel, &|_| {})?;
        let found = Rc::new(found.ok_or(NoFigure::Cancelled)?);
        *self.advised.borrow_mut() = Some(found.clone());
        Ok(found)
    }

    /// The question of the study behind a figure.
    pub(super) fn question(
        &self,
        needs: Needs,
        asked: &Provenance,
    ) -> Result<StudyDraft, NoFigure> {
        let focus = || vec![self.scenario.focus().path(self.scenario.draft())];
        let question = match (needs, &asked.along[..]) {
            (Needs::Affinity, _) => groups::question(0),
            (Needs::Subsets, _) => groups::question(groups::subsets(self.scenario.tasks().len())),
            (Needs::Phase, [x, y]) => Question::Sweep { x: vec![x.clone()], y: Some(y.clone()) },
            (Needs::Phase, along) => {
                let found = match along.len() {
                    0 => "nothing".to_owned(),
                    1 => "one knob".to_owned(),
                    more => format!("{more} knobs"),
                };
                return Err(Invalid::new("--along", found, "two knobs for a phase diagram").into());
            }
            (_, []) => Question::Sweep { x: focus(), y: None },
            (_, knobs) => Question::Sweep { x: knobs.to_vec(), y: None },
        };
        let mut scenario = self.scenario.draft().clone();
        scenario.compare.clear();
        let entry = NamedScenario { name: self.name.to_owned(), scenario };
        Ok(StudyDraft::new(question, vec![entry]))
    }

    /// The results of a study, run unless they are known.
    pub(super) fn study(&self, draft: StudyDraft) -> Result<Rc<Studied>, NoFigure> {
        let known = |(known, studied): &(StudyDraft, Rc<Studied>)| {
            (*known == draft).then(|| studied.clone())
        };
        if let Some(studied) = self.studied.borrow().iter().find_map(known) {
            return Ok(studied);
        }
        let results = runner::whole(draft.clone(), self.cancel, self.watch)?;
        let insight = results.insight(results.models());
        let studied = Rc::new(Studied { results, insight });
        self.studied.borrow_mut().push((draft, studied.clone()));
        Ok(studied)
    }
}
