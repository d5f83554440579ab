//! A study given instead of a scenario: its folder, or a figure that holds its question.

use std::path::{Path, PathBuf};

use crate::cancel::Cancel;
use crate::cli::source::Changes;
use crate::cli::{output, study};
use crate::error::{Error, Invalid, Result};
use crate::scenario::{Preset, share};
use crate::store::embedded::EmbeddedExperiment;
use crate::store::{folder, read};
use crate::study::records::TrialRecords;
use crate::study::{Study, StudyDraft, StudyResults, engine};

/// A study read from a folder or a figure.
pub(super) struct Kept {
    /// The study with the records of its folder; without records if it comes from a figure.
    pub results: StudyResults,
    /// The folder; `None` if the study comes from a figure.
    folder: Option<PathBuf>,
}

/// Creates the records of a study, still empty.
pub(super) type Begin = fn(&Study) -> std::result::Result<TrialRecords, Invalid>;

/// Reads the study at a path; `None` if there is a scenario or nothing.
///
/// # Errors
///
/// If there is a study that cannot be read.
pub(super) fn find(asked: Option<&str>, begin: Begin) -> Result<Option<Kept>> {
    let Some(asked) = asked else { return Ok(None) };
    let place = Path::new(asked);
    if place.join(folder::STUDY).is_file() {
        let opened = folder::open(place, begin)?;
        for what in &opened.damage {
            output::note(what);
        }
        let results = StudyResults::of(opened.study, opened.records);
        return Ok(Some(Kept { results, folder: Some(place.to_owned()) }));
    }
    if Preset::find(asked).is_some() || share::is_shared(asked) || !place.is_file() {
        return Ok(None);
    }
    let Ok(Some(EmbeddedExperiment::Study { study, .. })) = read::figure(place) else {
        return Ok(None);
    };
    let draft = StudyDraft::parse(&study, asked)?;
    let fault = |problem| Error::Scenario { origin: asked.to_owned(), problem };
    let study = Study::check(draft).map_err(fault)?;
    let records = begin(&study)?;
    let results = StudyResults::of(study, records);
    Ok(Some(Kept { results, folder: None }))
}

impl Kept {
    /// Refuses changes to the scenario: the question of a study is fixed.
    pub(super) fn unchanged(&self, changes: &Changes) -> Result<()> {
        self.without(changes.flags())
    }

    /// Refuses flags that apply only to a scenario.
    pub(super) fn without<'a>(
        &self,
        asked: impl IntoIterator<Item = (&'a str, Option<&'a String>)>,
    ) -> Result<()> {
        let mut given = asked.into_iter().filter_map(|(flag, value)| Some((flag, value?)));
        let Some((flag, value)) = given.next() else { return Ok(()) };
        let command = if self.results.study.is_affinity() { "affinity" } else { "sweep" };
        let allowed = format!(
            "nothing with a study, whose question is fixed; taskscope {command} asks a new one"
        );
        Err(Invalid::new(flag, value, allowed).into())
    }

    /// The results of the study: from a folder those of its records, from a figure those of all
    /// trials, which are run now.
    pub(super) fn known(mut self) -> Result<StudyResults> {
        match &self.folder {
            None => self.results.records = study::run_whole(&self.results)?,
            Some(folder) => {
                let records = &self.results.records;
                let (done, wanted) = (records.done(), records.wanted());
                let name = folder.display();
                if done == 0 {
                    let allowed = "records of at least one trial";
                    return Err(Invalid::new(name.to_string(), "no trials", allowed).into());
                }
                if !records.is_complete() {
                    output::note(&format!("{name}: {done} of {wanted} trials so far"));
                }
            }
        }
        let theory = engine::predictions(&self.results.study, &Cancel::new());
        self.results.theory = theory.unwrap_or_default().into();
        Ok(self.results)
    }

    /// Returns true if the study comes from a figure: its trials must be run before drawing.
    pub(super) fn is_asked_by_a_figure(&self) -> bool {
        self.folder.is_none()
    }
}
