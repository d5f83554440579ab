//! Files of records: read line by line, never confused, never lost; the order does not matter.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::common::preset;
use proptest::prelude::*;
use rand::seq::SliceRandom;
use taskscope::math::exact::ExactSum;
use taskscope::math::seed::Seed;
use taskscope::store::folder::StudyFolder;
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::records::TrialRecords;
use taskscope::study::{Shard, Study, StudyDraft, Tally, TrialRecord, Unit, engine, unit};
use tempfile::TempDir;

use crate::support::program::PROGRAM;

const SWEEP: &[&str] = &["sweep", "two-tasks", "--x", "source.angle=0:90:3", "--trials", "12"];

fn taskscope(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(PROGRAM).args(arguments).output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn resume(folder: &Path) -> (Option<i32>, String) {
    taskscope(&[SWEEP, &["--resume", "--out", folder.to_str().unwrap()]].concat())
}

/// A folder with a complete study, and its records.
fn whole() -> (TempDir, PathBuf, String) {
    let folder = TempDir::new().unwrap();
    let (code, said) = resume(folder.path());
    assert_eq!(code, Some(0), "{said}");
    let log = folder.path().join("records.log");
    let text = fs::read_to_string(&log).unwrap();
    (folder, log, text)
}

fn study(trials: usize) -> Study {
    let mut scenario = preset("two-tasks").draft().clone();
    scenario.trials = trials as f64;
    let question = Question::Sweep { x: vec!["source.angle=0:90:3".into()], y: None };
    let entries = vec![NamedScenario { name: "two-tasks".into(), scenario }];
    Study::check(StudyDraft::new(question, entries)).unwrap()
}

#[test]
fn a_file_of_somebody_else_is_refused_by_name_and_stays_as_it_is() {
    let (folder, log, _) = whole();
    for text in ["my notes\n", "my notes", "\n", "t", "x,y\n1,2\n3,4\n"] {
        fs::write(&log, text).unwrap();
        let (code, said) = resume(folder.path());
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("records.log:1: found ") && said.contains("allowed: "), "{said}");
        assert_eq!(fs::read_to_string(&log).unwrap(), text);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().filter(|f| named(f, "damaged")).count(), 0);
}

fn named(file: &std::io::Result<fs::DirEntry>, part: &str) -> bool {
    file.as_ref().unwrap().file_name().to_string_lossy().contains(part)
}

#[test]
#[cfg(unix)]
fn a_link_is_refused_by_name_and_what_it_leads_to_stays() {
    let (folder, log, text) = whole();
    let elsewhere = TempDir::new().unwrap();
    let notes = elsewhere.path().join("notes.txt");
    for (there, content) in [(true, "my notes\n"), (true, text.as_str()), (false, "")] {
        fs::remove_file(&log).unwrap();
        if there {
            fs::write(&notes, content).unwrap();
        } else {
            fs::remove_file(&notes).unwrap();
        }
        std::os::unix::fs::symlink(&notes, &log).unwrap();
        let (code, said) = resume(folder.path());
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("records.log: found a link; allowed: a regular file"), "{said}");
        assert_eq!(notes.exists(), there);
        assert!(!there || fs::read_to_string(&notes).unwrap() == content);
    }
}

#[test]
fn a_damaged_file_is_kept_beside_and_no_earlier_one_is_overwritten() {
    let (folder, log, text) = whole();
    for number in 1..=3 {
        let damaged = text.replacen(" 0 ", &format!(" {}00 ", number), 1);
        fs::write(&log, &damaged).unwrap();
        let (code, said) = resume(folder.path());
        assert_eq!(code, Some(0), "{said}");
        let name = if number == 1 { ".damaged".into() } else { format!("-{number}.damaged") };
        let kept = folder.path().join(format!("records.log{name}"));
        assert!(said.contains(&format!("kept as {}", kept.display())), "{said}");
        assert_eq!(fs::read_to_string(kept).unwrap(), damaged);
        assert_eq!(fs::read_to_string(&log).unwrap(), text);
    }
}

#[test]
fn a_line_that_was_being_written_is_run_again_and_nothing_is_kept_beside() {
    let (folder, log, text) = whole();
    for cut in [text.len() - 1, text.len() - 40, 30, 0] {
        fs::write(&log, &text[..cut]).unwrap();
        let (code, said) = resume(folder.path());
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(fs::read_to_string(&log).unwrap(), text);
    }
    assert!(!folder.path().join("records.log.damaged").exists());
}

#[test]
fn a_line_without_end_is_one_fault_and_says_which_limit_it_passed() {
    let (folder, log, text) = whole();
    let long = "7".repeat(5_000_000);
    let (first, rest) = text.split_once('\n').unwrap();
    fs::write(&log, format!("{first}\n{long}\n{rest}{long}")).unwrap();
    let (code, said) = resume(folder.path());
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("records.log:2: the line is longer than any record"), "{said}");
    assert!(said.len() < 2_000);
    assert_eq!(fs::read_to_string(&log).unwrap(), text);
}

#[test]
fn more_faults_than_the_limit_are_refused_with_the_limit() {
    let (folder, log, text) = whole();
    fs::write(&log, text.clone() + &"\n".repeat(1_000_001)).unwrap();
    let (code, said) = resume(folder.path());
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("found more than 1000000 damaged lines; allowed: "), "{said}");
    fs::write(&log, "\n".repeat(3_000_000)).unwrap();
    let (code, said) = resume(folder.path());
    assert_eq!((code, fs::metadata(&log).unwrap().len()), (Some(2), 3_000_000), "{said}");
}

#[test]
fn a_study_too_large_for_memory_says_how_large_and_where_it_may_be_kept() {
    let mut scenario = preset("two-tasks").draft().clone();
    scenario.trials = 100_000.0;
    let question = Question::Sweep { x: vec!["source.angle=0:90:200".into()], y: None };
    let entries = vec![NamedScenario { name: "two-tasks".into(), scenario }];
    let study = Study::check(StudyDraft::new(question, entries)).unwrap();
    let refused = TrialRecords::whole(&study).unwrap_err().to_string();
    assert!(refused.contains("20000000 trials") && refused.contains("MiB of records"), "{refused}");
    assert!(refused.contains("allowed: 1024 MiB") && refused.contains("--out DIR"), "{refused}");
    assert!(TrialRecords::lean(&study).is_ok_and(|records| !records.keeps_records()));
}

/// The records and file of a folder whose records arrive in this order, in this many parts.
fn filed(study: &Study, records: &[(Unit, TrialRecord)], parts: usize) -> (TrialRecords, String) {
    let folder = TempDir::new().unwrap();
    let mut found = None;
    for part in records.chunks(records.len().div_ceil(parts)) {
        let begun = StudyFolder::begin(folder.path(), study, Shard::WHOLE, true).unwrap();
        let (mut folder, mut all, damage) = begun;
        assert!(damage.is_empty());
        let (units, records): (Vec<Unit>, Vec<TrialRecord>) = part.iter().cloned().unzip();
        folder.records.append(&units, &records).unwrap();
        units.iter().zip(&records).for_each(|(unit, record)| all.put(*unit, record));
        folder.tidy(study).unwrap();
        found = Some(all);
    }
    (found.unwrap(), fs::read_to_string(folder.path().join("records.log")).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_the_order_and_the_interruptions_records_and_file_are_the_same(
        seed in 0..1000_u64, parts in 1..4_usize,
    ) {
        let study = study(9);
        let in_order: Vec<(Unit, TrialRecord)> = unit::of_shard(&study, Shard::WHOLE)
            .map(|unit| (unit, engine::record(&study, unit)))
            .collect();
        let mut shuffled = in_order.clone();
        shuffled.shuffle(&mut Seed::new(seed).rng());
        let (expected, found) = (filed(&study, &in_order, 1), filed(&study, &shuffled, parts));
        prop_assert_eq!(&found.1, &expected.1);
        prop_assert!(found.0 == expected.0);
        for cell in 0..study.cells().len() {
            prop_assert_eq!(found.0.measurement(cell), expected.0.measurement(cell));
        }
    }

    #[test]
    fn a_sum_is_the_same_to_the_bit_whatever_the_order(
        numbers in prop::collection::vec(-1e30..1e30_f64, 1..60),
        powers in prop::collection::vec(-60..60_i32, 60),
        seed in 0..1000_u64,
    ) {
        let scaled = numbers.iter().zip(&powers).map(|(number, power)| number * 2_f64.powi(*power));
        let mut numbers: Vec<f64> = scaled.collect();
        let sum = |numbers: &[f64]| {
            let mut sum = ExactSum::default();
            numbers.iter().for_each(|number| sum.add(*number));
            sum
        };
        let first = sum(&numbers);
        numbers.shuffle(&mut Seed::new(seed).rng());
        let other = sum(&numbers);
        prop_assert_eq!(first.value().to_bits(), other.value().to_bits());
        prop_assert!(first == other);
        let opposite: Vec<f64> = numbers.iter().map(|number| -number).collect();
        prop_assert_eq!(sum(&[numbers, opposite].concat()).value(), 0.0);
    }

    #[test]
    fn equal_and_halved_risks_have_gains_without_spread(
        risks in prop::collection::vec(1e-12..1e12_f64, 2..40),
    ) {
        let scenario = preset("two-tasks");
        let study = study(2);
        let mut template = engine::record(&study, Unit { cell: 0, trial: 0 });
        for factor in [1.0, 0.5] {
            let mut tally = Tally::default();
            for risk in &risks {
                template.alone.iter_mut().for_each(|errors| errors.risk = *risk);
                let together = &mut template.fits[0].errors;
                together.iter_mut().for_each(|errors| errors.risk = factor * risk);
                tally.add(&scenario, &template);
            }
            let measured = tally.measurement(&scenario, &[scenario.approach()], 40).unwrap();
            if let Some(gain) = measured.own().targets.gain {
                prop_assert_eq!((gain.mean, gain.low, gain.high), (1.0 - factor, 1.0 - factor, 1.0 - factor));
            }
        }
    }
}
