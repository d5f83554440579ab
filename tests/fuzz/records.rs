//! Records of a study: lines with checksums.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use taskscope::cancel::Cancel;
use taskscope::runner;
use taskscope::store::records::{Records, key, save};
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::records::TrialRecords;
use taskscope::study::{Shard, Study, StudyDraft};
use tempfile::TempDir;

use super::run::Target;
use super::scenarios::names;
use crate::support::common::preset;

pub(super) const RECORDS: Target =
    Target { name: "", changes: 0, words: Vec::new, seeds, check: read };

static STUDY: LazyLock<Study> = LazyLock::new(|| {
    let mut scenario = preset("two-tasks").draft().clone();
    (scenario.trials, scenario.data.dimension) = (6.0, 3.0);
    let question = Question::Sweep { x: vec!["source.angle=0:90:2".into()], y: None };
    let entries = vec![NamedScenario { name: "two-tasks".into(), scenario }];
    Study::check(StudyDraft::new(question, entries)).unwrap()
});

fn seeds() -> Vec<Vec<u8>> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("records.log");
    let empty = TrialRecords::whole(&STUDY).unwrap();
    let all = runner::run(&STUDY, empty, Shard::WHOLE, &Cancel::new(), |_| Ok(()));
    save(&path, &STUDY, &all.unwrap().unwrap()).unwrap();
    vec![fs::read(&path).unwrap()]
}

/// The lines with the checksums of their text.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let key = key(&STUDY).unwrap();
    let line = |line: &[u8]| {
        let body = line.get(9..).filter(|_| line.get(8) == Some(&b' '))?;
        let body = body.strip_suffix(b"\n")?;
        let sum = crc32fast::hash(&[&key.to_le_bytes(), body].concat());
        Some([format!("{sum:08x} ").as_bytes(), body, b"\n"].concat())
    };
    let lines = bytes.split_inclusive(|byte| *byte == b'\n');
    lines.map(|text| line(text).unwrap_or_else(|| text.to_vec())).collect::<Vec<_>>().concat()
}

fn read(bytes: &[u8]) {
    for bytes in [bytes, &sealed(bytes)] {
        let folder = TempDir::new().unwrap();
        read_in(folder.path(), bytes);
    }
}

/// Records that are read are those that are written.
fn read_in(folder: &Path, bytes: &[u8]) {
    let path = folder.join("records.log");
    fs::write(&path, bytes).unwrap();
    let mut records = TrialRecords::whole(&STUDY).unwrap();
    let (file, damage) = match Records::open(&path, &STUDY, &mut records) {
        Ok(opened) => opened,
        Err(error) => return names(&error, "records.log"),
    };
    assert!(damage.iter().all(|line| line.contains("records.log")), "{damage:?}");
    drop(file);
    records.sum_up();
    for cell in 0..STUDY.cells().len() {
        let _ = records.measurement(cell);
    }
    let written = folder.join("again.log");
    save(&written, &STUDY, &records).unwrap();
    let mut again = TrialRecords::whole(&STUDY).unwrap();
    let (file, damage) = Records::open(&written, &STUDY, &mut again).unwrap();
    drop(file);
    assert!(damage.is_empty() && again.done() == records.done(), "{damage:?}");
    let second = folder.join("second.log");
    save(&second, &STUDY, &again).unwrap();
    assert_eq!(fs::read(&second).unwrap(), fs::read(&written).unwrap());
}
