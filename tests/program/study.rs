//! Studies: equal bits for any order, threads, parts and interruptions.

#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::support::common::preset;
use crate::support::program::{self, PROGRAM, command, succeeded, taskscope};
use taskscope::cancel::Cancel;
use taskscope::runner;
use taskscope::study::draft::{NamedScenario, Question, StudyDraft};
use taskscope::study::measure::measure;
use taskscope::study::records::TrialRecords;
use taskscope::study::table::columns;
use taskscope::study::{Shard, Study, StudyResults, engine, unit};
use tempfile::TempDir;

/// The exit code and standard error of a run that must fail.
fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let output = taskscope(arguments);
    assert!(output.stdout.is_empty(), "{arguments:?}");
    (output.status.code(), program::text(&output.stderr))
}

/// The files of a folder with their bytes, without records of parts and damaged records.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    entries
        .map(|path| (name(&path), fs::read(&path).unwrap()))
        .filter(|(name, _)| !name.contains("-of-") && !name.contains(".damaged"))
        .collect()
}

const SWEEP: &[&str] =
    &["sweep", "two-tasks", "--x", "source.angle=0:90:5", "--trials", "30", "--method", "svd"];

fn sweep_to(folder: &Path, more: &[&str]) -> Output {
    let out = folder.to_str().unwrap();
    succeeded(&[SWEEP, &["--out", out], more].concat())
}

/// The files of the sweep run without interruption, which is run once for all tests.
static WHOLE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    sweep_to(folder.path(), &[]);
    files(folder.path())
});

/// The same files, copied into a folder of their own.
fn whole(folder: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let whole = folder.path().join("whole");
    fs::create_dir(&whole).unwrap();
    WHOLE.iter().for_each(|(name, bytes)| fs::write(whole.join(name), bytes).unwrap());
    WHOLE.clone()
}

fn sweep(x: &str, y: Option<&str>, trials: usize) -> Study {
    let mut scenario = preset("two-tasks").draft().clone();
    scenario.trials = trials as f64;
    let question = Question::Sweep { x: vec![x.into()], y: y.map(str::to_owned) };
    let entries = vec![NamedScenario { name: "two-tasks".into(), scenario }];
    Study::check(StudyDraft::new(question, entries)).unwrap()
}

#[test]
fn parts_run_in_any_order_with_any_number_of_threads_merge_to_the_bytes_of_the_whole() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let parts = folder.path().join("parts");
    for (shard, threads) in [("3/3", "1"), ("1/3", "4"), ("2/3", "2")] {
        let output = sweep_to(&parts, &["--shard", shard, "--threads", threads]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains(&format!("part {shard} is complete: 50 of 150")), "{text}");
    }
    let merged = folder.path().join("merged");
    succeeded(&["merge", parts.to_str().unwrap(), "--out", merged.to_str().unwrap()]);
    assert_eq!(files(&merged), whole);
}

#[test]
fn parts_in_folders_of_their_own_merge_too_and_a_missing_one_is_said() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let path = |name: &str| folder.path().join(name);
    sweep_to(&path("a"), &["--shard", "1/2"]);
    let (a, b, out) = (path("a"), path("b"), path("out"));
    let [a, b, out] = [&a, &b, &out].map(|path| path.to_str().unwrap());
    let (code, message) = refused(&["merge", a, "--out", out]);
    assert_eq!(code, Some(2));
    assert!(message.contains("75 of 150 trials missing"), "{message}");
    assert!(!Path::new(out).exists());
    sweep_to(&path("b"), &["--shard", "2/2"]);
    succeeded(&["merge", b, a, "--out", out]);
    assert_eq!(files(Path::new(out)), whole);
}

#[test]
fn a_study_that_is_killed_goes_on_to_what_it_would_have_been() {
    let folder = TempDir::new().unwrap();
    let slow = ["sweep", "fig3-task3", "--x", "source.samples=20,400", "--trials", "60"];
    let path = |name: &str| folder.path().join(name);
    let (whole, killed) = (path("whole"), path("killed"));
    succeeded(&[&slow[..], &["--out", whole.to_str().unwrap()]].concat());
    let out = ["--out", killed.to_str().unwrap()];
    let log = killed.join("records.log");
    let began = Instant::now();
    let lines = || fs::read_to_string(&log).map_or(0, |text| text.lines().count());
    loop {
        let mut child = command(&[&slow[..], &out].concat()).spawn().unwrap();
        while lines() < 20 {
            assert!(began.elapsed() < Duration::from_secs(60), "no records");
            std::thread::sleep(Duration::from_millis(2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if lines() <= 120 {
            break;
        }
        // On a busy machine it may have ended before it was killed.
        fs::remove_dir_all(&killed).unwrap();
    }
    let (code, message) = refused(&[&slow[..], &out].concat());
    assert_eq!(code, Some(2));
    assert!(message.contains("--resume"), "{message}");
    succeeded(&["sweep", "--resume", out[0], out[1]]);
    assert_eq!(files(&killed), files(&whole));
}

#[test]
fn damaged_records_are_named_and_run_again() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let damaged = folder.path().join("whole");
    let log = damaged.join("records.log");
    let text = fs::read_to_string(&log).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[3] = lines[3].replacen(['1', '2', '3'], "7", 1);
    lines[9] = "12345678".to_owned();
    lines[20] = lines[30].clone();
    let foreign = lines[11].clone();
    lines[11] = format!("{foreign} 0.0");
    let half = lines.pop().unwrap();
    fs::write(&log, format!("{}\n{}", lines.join("\n"), &half[..half.len() / 2])).unwrap();
    let out = damaged.to_str().unwrap();
    let output = succeeded(&["sweep", "--resume", "--out", out]);
    let said = program::text(&output.stderr);
    for line in [4, 10, 12, 151] {
        assert!(said.contains(&format!("records.log:{line}: ")), "line {line}: {said}");
    }
    assert_eq!(said.matches("damaged trials are run again").count(), 4, "{said}");
    assert_eq!(files(&damaged), whole);
}

#[test]
fn records_of_one_trial_that_contradict_each_other_are_both_distrusted() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let path = folder.path().join("whole");
    let study = taskscope::store::folder::study(&path).unwrap();
    let key = taskscope::store::records::key(&study).unwrap();
    let log = path.join("records.log");
    let text = fs::read_to_string(&log).unwrap();
    let body = text.lines().nth(5).unwrap().split_once(' ').unwrap().1.replace(" 1.0", " 1.5");
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&key.to_le_bytes());
    hasher.update(body.as_bytes());
    fs::write(&log, format!("{text}{:08x} {body}\n", hasher.finalize())).unwrap();
    let said =
        program::text(&succeeded(&["sweep", "--resume", "--out", path.to_str().unwrap()]).stderr);
    assert!(said.contains("contradicts an earlier one"), "{said}");
    assert_eq!(files(&path), whole);
}

#[test]
fn a_folder_with_another_study_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let path = folder.path().join("whole");
    let out = path.to_str().unwrap();
    let other = ["sweep", "two-tasks", "--x", "source.angle=0:90:4", "--out", out, "--resume"];
    let (code, message) = refused(&other);
    assert_eq!(code, Some(2));
    assert!(message.contains("study.json: found another study (question/sweep/x/0: "), "{message}");
    let log = path.join("records.log");
    for header in [
        "taskscope records 3",
        "taskscope records 1 of study 0123abcd",
        "taskscope records 2 of study 0123abcd",
    ] {
        fs::write(&log, format!("{header}\nabc\n")).unwrap();
        let (code, message) = refused(&["sweep", "--resume", "--out", out]);
        assert_eq!(code, Some(2));
        assert!(message.contains(&format!("records.log:1: found \"{header}\"")), "{message}");
    }
    let earlier = whole["records.log"].clone();
    let earlier = String::from_utf8(earlier).unwrap().replacen("records 2", "records 1", 1);
    fs::write(&log, earlier).unwrap();
    let (code, message) = refused(&["sweep", "--resume", "--out", out]);
    assert_eq!(code, Some(2));
    assert!(message.contains("an earlier version wrote the file"), "{message}");
    let (code, message) = refused(&["affinity", "--resume", "--out", out]);
    assert_eq!(code, Some(2));
    assert!(message.contains("found a sweep; allowed: an affinity study"), "{message}");
    fs::write(&log, &whole["records.log"]).unwrap();
    assert_eq!(files(&path), whole);
}

#[test]
fn many_faults_are_counted_and_a_damaged_first_line_costs_nothing() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let path = folder.path().join("whole");
    let log = path.join("records.log");
    let text = String::from_utf8(whole["records.log"].clone()).unwrap();
    let flipped = text.replacen("records 2", "records q", 1);
    fs::write(&log, format!("{flipped}{}", "\n".repeat(1000))).unwrap();
    let said =
        program::text(&succeeded(&["sweep", "--resume", "--out", path.to_str().unwrap()]).stderr);
    assert!(said.contains("records.log:1: the first line is damaged"), "{said}");
    assert!(said.contains("996 other damaged lines"), "{said}");
    assert!(said.lines().count() < 15, "{said}");
    assert_eq!(files(&path), whole);
}

#[test]
#[cfg(unix)]
fn what_is_no_regular_file_is_not_read() {
    let folder = TempDir::new().unwrap();
    for name in ["records.log", "study.json"] {
        let path = folder.path().join(format!("with-{name}"));
        fs::create_dir(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", path.join(name)).unwrap();
        let out = path.to_str().unwrap();
        let (code, message) = refused(&[SWEEP, &["--out", out, "--resume"]].concat());
        assert!(code == Some(5) || code == Some(2), "{message}");
        assert!(message.contains("regular file"), "{message}");
    }
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (code, message) = refused(&[SWEEP, &["--out", file.to_str().unwrap()]].concat());
    assert_eq!(code, Some(5));
    assert!(message.contains("found a file"), "{message}");
}

#[test]
#[cfg(unix)]
fn a_signal_ends_a_study_at_once_and_says_how_it_goes_on() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let slow = [
        "sweep",
        "capacity",
        "--set",
        "task.count=32",
        "--set",
        "model.width=16",
        "--set",
        "data.dimension=300",
        "--x",
        "task.noise=0.1,1",
        "--out",
    ];
    let child = command(&[&slow[..], &[out.to_str().unwrap()]].concat()).spawn().unwrap();
    let began = Instant::now();
    while !out.join("records.log").exists() {
        assert!(began.elapsed() < Duration::from_secs(60), "no records");
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(50));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(
        program::text(&output.stderr).contains("--resume continues"),
        "{}",
        program::text(&output.stderr)
    );
}

#[test]
fn a_study_in_a_folder_is_printed_where_there_is_no_screen() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let printed = sweep_to(&out, &[]).stdout;
    assert_eq!(succeeded(&[out.to_str().unwrap()]).stdout, printed);
}

#[test]
fn two_runs_do_not_write_one_file_of_records() {
    let folder = TempDir::new().unwrap();
    let study = sweep("source.angle=0:90:3", None, 4);
    let begin =
        || taskscope::store::folder::StudyFolder::begin(folder.path(), &study, Shard::WHOLE, true);
    let first = begin().unwrap();
    let message = begin().map(drop).unwrap_err().to_string();
    assert!(message.contains("another run is writing it"), "{message}");
    let found = StudyResults::of(study.clone(), complete(&study));
    let save = || taskscope::store::folder::save(folder.path(), &found, None, true);
    let message = save().unwrap_err().to_string();
    assert!(message.contains("another run is writing it"), "{message}");
    drop(first);
    begin().unwrap();
    save().unwrap();
}

#[test]
fn the_order_of_units_and_the_number_of_threads_change_no_bit() {
    let study = sweep("source.angle=0:90:3", Some("source.samples=40,400"), 23);
    let mut backwards = TrialRecords::new(&study);
    let units: Vec<_> = unit::in_order(&study, Shard::WHOLE).collect();
    for unit in units.into_iter().rev() {
        backwards.put(unit, &engine::record(&study, unit));
    }
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let records = pool.install(|| complete(&study));
        assert_eq!(records, backwards);
    }
}

fn complete(study: &Study) -> TrialRecords {
    let records = TrialRecords::new(study);
    runner::run(study, records, Shard::WHOLE, &Cancel::new(), |_| Ok(())).unwrap().unwrap()
}

#[test]
fn a_cell_is_measured_as_the_scenario_it_opens() {
    let study = sweep("source.angle=0:90:3", None, 25);
    let records = complete(&study);
    for (index, cell) in study.cells().iter().enumerate() {
        let alone = measure(&cell.scenario, &cell.approaches, &Cancel::new(), |_| {}).unwrap();
        assert_eq!(records.measurement(index), Some(&alone));
    }
}

#[test]
fn a_ratio_holds_whatever_the_samples_it_is_a_ratio_to() {
    for (x, y) in
        [("source.ratio=2,5", "target.samples=30,60"), ("target.samples=30,60", "source.ratio=2,5")]
    {
        let study = sweep(x, Some(y), 2);
        for cell in study.cells() {
            let at = |path: &str| {
                let draft = cell.scenario.draft();
                taskscope::scenario::Handle::find(draft, path).unwrap().get(draft).unwrap()
            };
            let taskscope::study::cell::CellPosition::Point { x, y: Some(y), .. } = cell.place
            else {
                panic!("a cell of a phase diagram has two values")
            };
            let (ratio, rows) = if x < 10.0 { (x, y) } else { (y, x) };
            assert_eq!((at("source.ratio"), at("target.samples")), (ratio, rows));
        }
    }
}

#[test]
fn every_part_holds_every_nth_unit_and_all_of_them_hold_each_once() {
    let study = sweep("source.angle=0:90:7", None, 11);
    let part = |index| unit::of_shard(&study, Shard { index, of: 4 }).collect::<Vec<_>>();
    let mut all: Vec<_> = (1..=4).flat_map(part).collect();
    assert!((1..=4).all(|index| (19..=20).contains(&part(index).len())));
    all.sort();
    assert_eq!(all, unit::of_shard(&study, Shard::WHOLE).collect::<Vec<_>>());
    assert_eq!(all.len(), 77);
}

#[test]
fn the_first_units_spread_over_the_whole_diagram() {
    let study = sweep("source.angle=0:90:9", Some("source.samples=10:1000:5:log"), 40);
    let units: Vec<_> = TrialRecords::new(&study).todo(&study, Shard::WHOLE).collect();
    let first: std::collections::BTreeSet<usize> = units[..80].iter().map(|u| u.cell).collect();
    assert_eq!(first.into_iter().collect::<Vec<_>>(), [0, 8, 36, 44]);
    assert!(units[..45 * 20].iter().all(|unit| unit.trial < 20));
}

#[test]
fn what_has_been_handed_over_when_a_study_is_cancelled_is_all_there_is_and_it_goes_on() {
    let study = sweep("source.angle=0:90:3", None, 40);
    let cancel = Cancel::new();
    let mut kept = None;
    let ended = runner::run(&study, TrialRecords::new(&study), Shard::WHOLE, &cancel, |batch| {
        assert_eq!(batch.all.done(), batch.progress.done);
        kept = Some(batch.all.clone());
        cancel.cancel();
        Ok(())
    });
    assert!(ended.unwrap().is_none());
    let kept = kept.unwrap();
    assert!(kept.done() > 0 && !kept.is_complete());
    let (kept_done, mut first) = (kept.done(), None);
    let whole = runner::run(&study, kept, Shard::WHOLE, &Cancel::new(), |batch| {
        first.get_or_insert(batch.progress.done - batch.units.len());
        Ok(())
    });
    assert_eq!(first, Some(kept_done));
    assert_eq!(whole.unwrap().unwrap(), complete(&study));
}

#[test]
fn the_table_is_tidy_and_its_columns_are_the_documented_ones() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let text = String::from_utf8(whole["sweep.csv"].clone()).unwrap();
    let mut lines = text.lines();
    let names: Vec<&str> = columns().map(|column| column.0).collect();
    assert_eq!(lines.next().unwrap(), names.join(","));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 5 * 2 * 2, "points × methods × tasks");
    assert!(rows.iter().all(|row| row.len() == names.len()));
    let json: serde_json::Value = serde_json::from_slice(&whole["sweep.json"]).unwrap();
    assert_eq!(json["schema"], "taskscope.sweep/1");
    assert_eq!(json["rows"].as_array().unwrap().len(), rows.len());
    assert_eq!(json["trials"], 150);
    let gain =
        rows[0][names.iter().position(|name| *name == "gain").unwrap()].parse::<f64>().unwrap();
    assert_eq!(json["rows"][0]["gain"].as_f64(), Some(gain));
}

#[test]
fn a_scenario_named_like_a_formula_is_words_in_the_table() {
    let folder = TempDir::new().unwrap();
    let (mine, out) = (folder.path().join("=1+1.json"), folder.path().join("out"));
    fs::copy("assets/scenarios/two-tasks.json", &mine).unwrap();
    let (mine, out) = (mine.to_str().unwrap(), out.to_str().unwrap());
    succeeded(&["sweep", mine, "--x", "source.noise=0.1:1:2", "--trials", "2", "--out", out]);
    let table = fs::read_to_string(folder.path().join("out/sweep.csv")).unwrap();
    let mut rows = table.lines().skip(1);
    assert!(rows.clone().count() > 0 && rows.all(|row| row.starts_with("'=1+1,")), "{table}");
}

#[test]
fn the_command_of_a_study_asks_for_the_same_study() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("first");
    for changes in [&["source.cosine=0.5"][..], &["source.samples=77", "source.angle=11"]] {
        let set: Vec<&str> = changes.iter().flat_map(|change| ["--set", change]).collect();
        let out = folder.path().join(changes[0]);
        succeeded(
            &[
                &["sweep", "two-tasks", "--x", "source.noise=0.1,1", "--trials", "2"],
                &set[..],
                &["--out", out.to_str().unwrap()],
            ]
            .concat(),
        );
        let command = fs::read_to_string(out.join("command.txt")).unwrap();
        assert!(changes.iter().all(|change| command.contains(change)), "{command}");
    }
    let first = [
        "sweep",
        "two-tasks",
        "turning-data",
        "--x",
        "source.noise=0.1:1:3",
        "--set",
        "target.samples=60",
        "--seed",
        "4",
        "--trials",
        "5",
        "--method",
        "svd",
    ];
    succeeded(&[&first[..], &["--out", out.to_str().unwrap()]].concat());
    let command = fs::read_to_string(out.join("command.txt")).unwrap();
    let again = folder.path().join("again");
    let words: Vec<&str> = command.split_whitespace().skip(1).collect();
    succeeded(&[&words[..], &["--out", again.to_str().unwrap()]].concat());
    assert_eq!(files(&again), files(&out));
}

#[test]
fn a_question_that_cannot_be_asked_is_refused_before_anything_is_written() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let out = out.to_str().unwrap();
    for (words, said) in [
        (&["two-tasks", "--x", "source.samples=0:10:3"][..], "--x source.samples"),
        (&["two-tasks", "--x", "nosuch=0:10:3"], "--x: found \"nosuch\""),
        (&["two-tasks", "--shard", "3/2"], "--shard: found \"3/2\""),
        (&["two-tasks", "two-tasks"], "twice"),
        (&["two-tasks", "--y", "source.angle"], "another knob"),
        (&["two-tasks", "--x", "source.samples", "--y", "source.ratio"], "another knob"),
        (&["two-tasks", "--y", "source.cosine"], "sets the same value as"),
        (&["two-tasks", "--y", "source.noise=1"], "at least two values"),
        (&["two-tasks", "--x", "source.noise=0:inf:3"], "finite"),
        (&["two-tasks", "three-tasks", "--y", "source.noise"], "one scenario"),
        (&["two-tasks", "--threads", "0"], "--threads"),
        (&["two-tasks", "--method", "magic"], "--method"),
        (&["two-tasks", "--trials", "1"], "trials"),
        (&[], "scenario: found none"),
    ] {
        let (code, message) = refused(&[&["sweep"], words, &["--out", out]].concat());
        assert_eq!(code, Some(2), "{message}");
        assert!(message.contains(said), "{words:?}: {message}");
        assert!(!Path::new(out).exists(), "{words:?}");
    }
}

/// Runs an example script with the program on its path.
fn script(name: &str, arguments: &[&str], variables: &[(&str, &str)]) {
    let program = Path::new(PROGRAM).parent().unwrap();
    let old = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{old}", program.display());
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cluster").join(name);
    let mut command = Command::new(file);
    let output = command.args(arguments).env("PATH", path).envs(variables.iter().copied());
    let output = output.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{name}: {}", program::text(&output.stderr));
}

#[test]
#[cfg(unix)]
fn the_parallel_script_gives_the_bytes_of_one_run_and_can_be_run_again() {
    let folder = TempDir::new().unwrap();
    let whole = whole(&folder);
    let parts = folder.path().join("parts");
    let out = parts.to_str().unwrap();
    script("parallel.sh", &[&["3", out], SWEEP].concat(), &[]);
    assert_eq!(files(&parts), whole);
    fs::remove_file(parts.join("records-2-of-3.log")).unwrap();
    fs::remove_file(parts.join("records.log")).unwrap();
    script("parallel.sh", &[&["3", out], SWEEP].concat(), &[]);
    assert_eq!(files(&parts), whole);
}

#[test]
#[cfg(unix)]
fn the_array_job_and_the_indexed_job_run_parts_that_merge() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    let (array, indexed) = (path("array"), path("indexed"));
    for task in ["1", "2"] {
        let variables = [
            ("SLURM_ARRAY_TASK_ID", task),
            ("SLURM_ARRAY_TASK_COUNT", "2"),
            ("SLURM_CPUS_PER_TASK", "2"),
            ("TRIALS", "2"),
        ];
        script("slurm.sh", &[array.to_str().unwrap()], &variables);
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cluster/kubernetes.yaml");
    let job = fs::read_to_string(file).unwrap();
    let lines = job.lines().skip_while(|line| !line.contains("- >-")).skip(1);
    let shell: Vec<&str> =
        lines.map(str::trim).take_while(|line| !line.starts_with("volume")).collect();
    fs::write(path("job.sh"), format!("#!/bin/sh\n{}\n", shell.join(" "))).unwrap();
    let runs = Command::new("chmod").arg("+x").arg(path("job.sh")).status().unwrap();
    assert!(runs.success());
    for index in ["1", "0"] {
        let variables = [
            ("JOB_COMPLETION_INDEX", index),
            ("PARTS", "2"),
            ("THREADS", "1"),
            ("TRIALS", "2"),
            ("FOLDER", indexed.to_str().unwrap()),
        ];
        script(path("job.sh").to_str().unwrap(), &[], &variables);
    }
    for (parts, out) in [(&array, "array-whole"), (&indexed, "indexed-whole")] {
        succeeded(&["merge", parts.to_str().unwrap(), "--out", path(out).to_str().unwrap()]);
    }
    assert_eq!(files(&path("array-whole")), files(&path("indexed-whole")));
}

#[test]
fn an_affinity_study_in_parts_is_one_too_with_its_proxies_and_its_plan() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let ask = ["affinity", "three-tasks", "--trials", "4", "--groups", "2", "--steps", "20"];
    succeeded(&[&ask[..], &["--out", &path("whole")]].concat());
    for shard in ["2/2", "1/2"] {
        succeeded(&[&ask[..], &["--out", &path("parts"), "--shard", shard]].concat());
    }
    succeeded(&["merge", &path("parts"), "--out", &path("merged")]);
    assert_eq!(files(Path::new(&path("merged"))), files(Path::new(&path("whole"))));
}
