//! Studies in the place of a scenario: the folder of one, or a figure with its question inside.

use std::path::{Path, PathBuf};

use super::args::Changes;
use super::{output, study};
use crate::cancel::Cancel;
use crate::error::{Error, Invalid, Result};
use crate::scenario::{Preset, share};
use crate::store::embedded::EmbeddedExperiment;
use crate::store::{folder, read};
use crate::study::records::TrialRecords;
use crate::study::{Study, StudyDraft, StudyResults, engine};

/// A study that is written down.
pub(super) struct Kept {
    /// The study, with the records of its folder; without any where a figure asks it.
    pub results: StudyResults,
    /// The folder; `None` where a figure asks it.
    folder: Option<PathBuf>,
}

/// How the ledger of a study is begun: what is kept in it.
pub(super) type Begin = fn(&Study) -> std::result::Result<TrialRecords, Invalid>;

/// The study at a place; `None` where there is a scenario, or nothing.
///
/// # Errors
///
/// Where a study is there and cannot be read.
pub(super) fn find(asked: Option<&str>, begin: Begin) -> Result<Option<Kept>> {
    let Some(asked) = asked else { return Ok(None) };
    let place = Path::new(asked);
    if place.join(folder::STUDY).is_file() {
        let opened = folder::open(&[place.to_owned()], begin)?;
        for what in &opened.damage {
            output::note(what);
        }
        let results = StudyResults::of(opened.study, opened.ledger);
        return Ok(Some(Kept { results, folder: Some(place.to_owned()) }));
    }
    if Preset::find(asked).is_some() || asked.starts_with(share::PREFIX) || !place.is_file() {
        return Ok(None);
    }
    let Ok(Some(EmbeddedExperiment::Study { study, .. })) = read::figure(place) else {
        return Ok(None);
    };
    let draft = StudyDraft::parse(&study, asked)?;
    let fault = |problem| Error::Scenario { origin: asked.to_owned(), problem };
    let study = Study::check(draft).map_err(fault)?;
    let ledger = begin(&study)?;
    let results = StudyResults::of(study, ledger);
    Ok(Some(Kept { results, folder: None }))
}

impl Kept {
    /// Refuses changes of the scenario: the question of a study is written down.
    pub(super) fn unchanged(&self, changes: &Changes) -> Result<()> {
        let asked = [
            ("--set", changes.set.first()),
            ("--trials", changes.trials.as_ref()),
            ("--seed", changes.seed.as_ref()),
        ];
        self.without(asked)
    }

    /// Refuses flags that say something of a scenario.
    pub(super) fn without<'a>(
        &self,
        asked: impl IntoIterator<Item = (&'a str, Option<&'a String>)>,
    ) -> Result<()> {
        let mut given = asked.into_iter().filter_map(|(flag, value)| Some((flag, value?)));
        let Some((flag, value)) = given.next() else { return Ok(()) };
        let command = if self.results.study.is_affinity() { "affinity" } else { "sweep" };
        let allowed = format!(
            "none with a study, which is drawn as it was asked; taskscope {command} asks another"
        );
        Err(Invalid::new(flag, value, allowed).into())
    }

    /// What is known of the study: the records of its folder, run no further; of a figure all
    /// trials, run now.
    pub(super) fn known(mut self) -> Result<StudyResults> {
        match &self.folder {
            None => self.results.ledger = study::run_whole(&self.results)?,
            Some(folder) => {
                let ledger = &self.results.ledger;
                let (done, wanted) = (ledger.done(), ledger.wanted());
                let name = folder.display();
                if done == 0 {
                    let allowed = "records of at least one trial";
                    return Err(Invalid::new(name.to_string(), "no trials", allowed).into());
                }
                if !ledger.is_complete() {
                    output::note(&format!("{name}: {done} of {wanted} trials so far"));
                }
            }
        }
        let theory = engine::predictions(&self.results.study, &Cancel::new());
        self.results.theory = theory.unwrap_or_default().into();
        Ok(self.results)
    }

    /// Whether all trials must be run before anything can be drawn.
    pub(super) fn is_asked_by_a_figure(&self) -> bool {
        self.folder.is_none()
    }
}
