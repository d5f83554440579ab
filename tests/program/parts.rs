//! Parts of a study from a cluster that are killed, missing, doubled, damaged or from elsewhere.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::support::program::{self, names, succeeded, taskscope};
use tempfile::TempDir;

const SWEEP: &[&str] = &["sweep", "two-tasks", "--x", "source.angle=0:90:3", "--trials", "8"];

/// The three parts of a study, 8 trials each, and what a whole run writes.
struct Parts {
    folder: TempDir,
    whole: Files,
}

/// The files of a folder with their bytes.
type Files = BTreeMap<String, Vec<u8>>;

/// The files of the whole run and of the parts, which are run once for all tests.
static RUN: LazyLock<[(&str, Files); 4]> = LazyLock::new(|| {
    let folder = TempDir::new().unwrap();
    let parts = [("whole", ""), ("p1", "1/3"), ("p2", "2/3"), ("p3", "3/3")];
    parts.map(|(name, shard)| {
        let out = folder.path().join(name);
        let more = ["--shard", shard];
        sweep(&out, if shard.is_empty() { &[] } else { &more });
        (name, files(&out))
    })
});

impl Parts {
    fn run() -> Self {
        let folder = TempDir::new().unwrap();
        for (name, files) in RUN.iter() {
            let place = folder.path().join(name);
            fs::create_dir(&place).unwrap();
            files.iter().for_each(|(name, bytes)| fs::write(place.join(name), bytes).unwrap());
        }
        Self { folder, whole: RUN[0].1.clone() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn log(&self, index: usize) -> PathBuf {
        self.path(&format!("p{index}/records-{index}-of-3.log"))
    }

    /// Changes the records of a part, line by line.
    fn change(&self, index: usize, change: impl FnOnce(&mut Vec<String>)) {
        let mut lines: Vec<String> = fs::read_to_string(self.log(index))
            .unwrap()
            .lines()
            .map(|l| format!("{l}\n"))
            .collect();
        change(&mut lines);
        fs::write(self.log(index), lines.concat()).unwrap();
    }

    /// Merges folders; returns the code and the messages.
    fn merge(&self, names: &[&str]) -> (Option<i32>, String) {
        self.merge_into("out", names)
    }

    fn merge_into(&self, out: &str, names: &[&str]) -> (Option<i32>, String) {
        let paths: Vec<String> =
            names.iter().map(|name| self.path(name).to_str().unwrap().to_owned()).collect();
        let out = self.path(out).to_str().unwrap().to_owned();
        let mut arguments = vec!["merge"];
        arguments.extend(paths.iter().map(String::as_str));
        arguments.extend(["--out", &out]);
        let output = taskscope(&arguments);
        (output.status.code(), program::text(&output.stderr))
    }

    /// Merging is refused, says these things, and leaves parts and place as they are.
    fn refused(&self, names: &[&str], words: &[&str]) {
        let parts = || ["p1", "p2", "p3"].map(|name| files(&self.path(name)));
        let before = parts();
        let (code, said) = self.merge(names);
        assert_eq!(code, Some(2), "{said}");
        for word in words {
            assert!(said.contains(word), "no {word:?} in {said}");
        }
        assert!(parts() == before, "parts are only read");
        assert!(!self.path("out").exists());
    }

    /// Merging gives what a whole run gives, and says these things.
    fn merged(&self, names: &[&str], words: &[&str]) {
        let (code, said) = self.merge(names);
        assert_eq!(code, Some(0), "{said}");
        for word in words {
            assert!(said.contains(word), "no {word:?} in {said}");
        }
        assert!(files(&self.path("out")) == self.whole);
        fs::remove_dir_all(self.path("out")).unwrap();
    }

    /// Runs what is missing of a part.
    fn resume(&self, index: usize) {
        let shard = format!("{index}/3");
        sweep(&self.path(&format!("p{index}")), &["--shard", &shard, "--resume"]);
    }
}

fn sweep(out: &Path, more: &[&str]) {
    succeeded(&[SWEEP, &["--out", out.to_str().unwrap()], more].concat());
}

fn files(folder: &Path) -> Files {
    let read = |name: String| (name.clone(), fs::read(folder.join(name)).unwrap());
    names(folder).into_iter().map(read).collect()
}

#[test]
fn a_part_that_was_killed_is_named_with_what_it_lacks_and_goes_on() {
    let parts = Parts::run();
    parts.change(2, |lines| {
        lines.truncate(5);
        let half = lines[4].len() / 2;
        lines[4].truncate(half);
    });
    parts.refused(
        &["p1", "p2", "p3"],
        &[
            "p2/records-2-of-3.log:5: the record is incomplete",
            "p2/records-2-of-3.log: 5 of its 8 trials are missing",
            "5 of 24 trials missing",
        ],
    );
    parts.resume(2);
    parts.merged(&["p1", "p2", "p3"], &[]);
}

#[test]
fn a_part_that_is_absent_or_empty_is_named() {
    let parts = Parts::run();
    parts.refused(&["p1", "p3"], &["part 2/3 is missing", "8 of 24 trials missing"]);
    fs::write(parts.log(2), "").unwrap();
    let empty = "p2/records-2-of-3.log: 8 of its 8 trials are missing";
    parts.refused(&["p1", "p2", "p3"], &[empty]);
    fs::remove_file(parts.log(2)).unwrap();
    let none = "p2: found no file of records";
    parts.refused(&["p1", "p2", "p3"], &[none, "part 2/3 is missing"]);
}

#[test]
fn a_part_that_is_given_or_was_run_twice_counts_once() {
    let parts = Parts::run();
    let doubled = "p1/records-1-of-3.log: 8 of its 8 trials are in an earlier part too";
    parts.merged(&["p1", "p2", "p3", "p1"], &[doubled]);
    sweep(&parts.path("again"), &["--shard", "1/3"]);
    parts.merged(&["p1", "p2", "p3", "again"], &["again/records-1-of-3.log: 8 of its 8 trials"]);
}

#[test]
fn a_damaged_record_is_named_and_taken_from_another_part_that_has_it() {
    let parts = Parts::run();
    sweep(&parts.path("again"), &["--shard", "2/3"]);
    parts.change(2, |lines| lines[3] = "damaged\n".to_owned());
    let damaged = "p2/records-2-of-3.log:4: ";
    parts.refused(&["p1", "p2", "p3"], &[damaged, "1 of its 8 trials are missing"]);
    parts.merged(&["p1", "p2", "p3", "again"], &[damaged]);
}

#[test]
fn parts_of_another_version_or_study_are_all_named() {
    let parts = Parts::run();
    let study = parts.path("p2/study.json");
    let version = format!("\"program\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let text = fs::read_to_string(&study).unwrap();
    let version = if text.contains(&version) { version } else { version.replace(": ", ":") };
    let other = text.replace(&version, "\"program\":\"0.0.9\"");
    assert_ne!(other, text);
    fs::write(&study, other).unwrap();
    fs::write(parts.path("p3/study.json"), "{\"study\": 2}").unwrap();
    sweep(&parts.path("other"), &["--shard", "2/3", "--seed", "7"]);
    parts.refused(
        &["p1", "p2", "p3", "none", "other"],
        &[
            "p2/study.json: program: found version 0.0.9",
            "p3/study.json: study: found 2; allowed: 1",
            "none/study.json: cannot be read",
            "other/study.json: found another study than in ",
            "/seed: 7, there 1)",
            "found 4 parts that cannot be used",
        ],
    );
}

#[test]
fn parts_whose_equal_data_lie_in_different_folders_merge_and_a_moved_study_goes_on() {
    let folder = TempDir::new().unwrap();
    let done = |output: &std::process::Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let rows = |seed: usize| {
        let row = |i: usize| {
            let (a, b) = ((i * 37 % 101) as f64 / 50.0 - 1.0, (i * seed % 97) as f64 / 48.0 - 1.0);
            format!("{},{a},{b},{}\n", ["one", "two"][i % 2], a - b * (i % 2) as f64)
        };
        format!("task,a,b,label\n{}", (0..160).map(row).collect::<String>())
    };
    let run = |name: &str, seed: usize, more: &[&str]| {
        let data = folder.path().join(name).join("rows.csv");
        fs::create_dir_all(data.parent().unwrap()).unwrap();
        fs::write(&data, rows(seed)).unwrap();
        let out = folder.path().join(name).join("study");
        let (data, out) = (data.to_str().unwrap(), out.to_str().unwrap());
        let sweep = ["sweep", data, "--task-column", "task", "--x", "one.samples=20:40:2"];
        taskscope(&[&sweep[..], &["--trials", "4", "--out", out], more].concat())
    };
    done(&run("here", 53, &["--shard", "1/2"]));
    done(&run("there", 53, &["--shard", "2/2"]));
    done(&run("whole", 53, &[]));
    fs::remove_file(folder.path().join("there/rows.csv")).unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let merge = |parts: [String; 2], out: &str| {
        taskscope(&["merge", &parts[0], &parts[1], "--out", &path(out)])
    };
    done(&merge([path("there/study"), path("here/study")], "merged"));
    let (merged, whole) = (files(&folder.path().join("merged")), path("whole/study"));
    let whole = files(Path::new(&whole));
    for name in ["records.log", "sweep.csv"] {
        assert_eq!(merged[name], whole[name], "{name}");
    }

    fs::rename(path("here"), path("again")).unwrap();
    let lost = taskscope(&["sweep", "--resume", "--out", &path("again/study")]);
    let words = String::from_utf8_lossy(&lost.stderr).into_owned();
    assert!(words.contains("the whole command again with their new place and --resume"), "{words}");
    done(&run("again", 53, &["--shard", "1/2", "--resume"]));
    let changed = run("again", 59, &["--shard", "1/2", "--resume"]);
    assert_eq!(changed.status.code(), Some(2));
    let words = String::from_utf8_lossy(&changed.stderr).into_owned();
    assert!(words.contains("sha256/0"), "{words}");
}

#[test]
fn records_of_an_earlier_version_are_named_beside_those_of_another_study() {
    let parts = Parts::run();
    parts.change(1, |lines| lines[0] = lines[0].replace("records 2", "records 1"));
    parts.change(3, |lines| *lines = vec!["taskscope records 2 of study 01234567\n".to_owned()]);
    parts.refused(
        &["p1", "p2", "p3"],
        &[
            "p1/records-1-of-3.log:1: ",
            "an earlier version wrote the file",
            "p3/records-3-of-3.log:1: ",
            "found 2 parts that cannot be used",
        ],
    );
}

#[test]
fn parts_are_not_merged_into_a_folder_that_another_run_is_writing() {
    let parts = Parts::run();
    let study = taskscope::store::folder::study(&parts.path("p1")).unwrap();
    let whole = taskscope::study::Shard::WHOLE;
    let begin = taskscope::store::folder::StudyFolder::begin;
    let writing = begin(&parts.path("out"), &study, whole, true).unwrap();
    let (code, said) = parts.merge(&["p1", "p2", "p3"]);
    assert_eq!(code, Some(5), "{said}");
    assert!(said.contains("another run is writing it"), "{said}");
    drop(writing);
    parts.merged(&["p1", "p2", "p3"], &[]);
}

#[test]
fn a_merge_that_is_refused_leaves_the_place_as_it_is() {
    let parts = Parts::run();
    let out = parts.path("out");
    for name in ["records.log", "sweep.csv", "sweep.svg", "sweep.png"] {
        fs::create_dir(&out).unwrap();
        fs::write(out.join(name), "mine").unwrap();
        let (code, said) = parts.merge(&["p1", "p2", "p3"]);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains(name), "{said}");
        assert_eq!(names(&out), [name], "{said}");
        fs::remove_dir_all(&out).unwrap();
    }
}

#[test]
fn a_part_with_other_line_ends_and_a_part_as_the_place_to_write_are_refused() {
    let parts = Parts::run();
    let (code, said) = parts.merge_into("p2/../p1", &["p1", "p2", "p3"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--out: found") && said.contains("p1, which is a part"), "{said}");
    let before = names(&parts.path("p1"));
    let (code, said) = parts.merge_into("p1/whole", &["p1", "p2", "p3"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("--out: found") && said.contains("it is inside"), "{said}");
    assert_eq!(names(&parts.path("p1")), before);
    parts.change(2, |lines| lines.iter_mut().for_each(|line| *line = line.replace('\n', "\r\n")));
    parts.refused(
        &["p1", "p2", "p3"],
        &["p2/records-2-of-3.log:1: found line ends of Windows (CRLF); allowed: the file as it was"],
    );
}
