//! The folder of a study: what stands in it already is recognised before anything is written.

use std::fs;

use crate::support::common::preset;
use taskscope::error::Error;
use taskscope::store::folder::{STUDY, StudyFolder, parts, save};
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::{Shard, Study, StudyDraft, StudyResults};
use tempfile::TempDir;

fn sweep(x: &str) -> Study {
    let scenario = preset("two-tasks").draft().clone();
    let question = Question::Sweep { x: vec![x.into()], y: None };
    let entries = vec![NamedScenario { name: "two-tasks".into(), scenario }];
    Study::check(StudyDraft::new(question, entries)).unwrap()
}

#[test]
fn records_without_their_question_are_refused_and_nothing_is_left_beside_them() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    drop(StudyFolder::begin(path, &sweep("source.angle=0:90:3"), Shard::WHOLE, false).unwrap());
    fs::remove_file(path.join(STUDY)).unwrap();
    let other = sweep("source.angle=0:90:4");
    for (resume, words) in
        [(false, "records without the study.json"), (true, "records of this study")]
    {
        let Err(error) = StudyFolder::begin(path, &other, Shard::WHOLE, resume) else {
            panic!("resumed: {resume}");
        };
        let error = error.to_string();
        assert!(error.contains(words), "{error}");
        assert!(!path.join(STUDY).exists(), "{error}");
    }
}

#[test]
fn a_folder_of_another_study_is_refused_before_it_is_offered_for_replacement() {
    let folder = TempDir::new().unwrap();
    let study = sweep("source.angle=0:90:3");
    drop(StudyFolder::begin(folder.path(), &study, Shard::WHOLE, false).unwrap());
    let saved = |study: Study| {
        save(folder.path(), &StudyResults::lean(study).unwrap(), None, false).unwrap_err()
    };
    assert!(matches!(saved(study), Error::Exists(_)));
    let said = saved(sweep("source.angle=0:90:4")).to_string();
    assert!(said.contains("another study"), "{said}");
}

#[test]
fn a_folder_knows_which_parts_it_holds() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    assert_eq!(parts(&path.join("none")).unwrap(), []);
    let study = sweep("source.angle=0:90:3");
    let second = Shard { index: 2, of: 3 };
    drop(StudyFolder::begin(path, &study, second, false).unwrap());
    assert_eq!(parts(path).unwrap(), [second]);
    drop(StudyFolder::begin(path, &study, Shard::WHOLE, true).unwrap());
    assert_eq!(parts(path).unwrap(), []);
}
