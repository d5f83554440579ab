//! Files that are not ours are never overwritten, and links are never followed or replaced.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use taskscope::lesson::catalog::LESSONS;
use taskscope::store;
use taskscope::store::answers::{AnswerFile, Answers};
use taskscope::store::atomic::Over;
use taskscope::store::settings;
use tempfile::TempDir;

use crate::support::program::PROGRAM;

const NOTES: &str = "my own notes\n";
const PLANE: &str = "export two-tasks --figure plane";
const SWEEP: &str = "sweep two-tasks --x source.angle=0:90:3 --trials 4";

/// Every command that writes files, and the files it writes into its working folder.
const WRITERS: [(&str, &[&str]); 20] = [
    ("export two-tasks --figure plane --out a.png", &["a.png"]),
    ("export two-tasks --figure plane --out a.svg", &["a.svg"]),
    ("export two-tasks --figure plane --out a.pdf", &["a.pdf"]),
    ("export two-tasks --figure plane --out a.csv", &["a.csv"]),
    ("export two-tasks --figure plane --out a.json", &["a.json"]),
    ("export two-tasks --figure plane --out a.tex", &["a.tex"]),
    (
        "export two-tasks --figure plane --format png,svg,pdf,csv,json,tex --out d",
        &["d/two-tasks-plane.png", "d/two-tasks-plane.json", "d/two-tasks-plane.txt"],
    ),
    ("export two-tasks --figure plane,rows --out a.svg", &["a-plane.svg"]),
    ("export two-tasks --trials 2 --screen tasks --out a.svg", &["a.svg"]),
    ("export two-tasks --trials 2 --screen tasks --out a.png", &["a.png"]),
    ("export two-tasks --trials 2 --screen tasks --out a.ans", &["a.ans"]),
    ("export two-tasks --trials 2 --screen tasks --out a.txt", &["a.txt"]),
    ("lesson sheet lessons/l.toml --out a.md", &["a.md"]),
    ("lesson export lessons/l.toml --html --out a.html", &["a.html"]),
    ("lesson grade answers --out d", &["d/answers.csv"]),
    ("man --out d", &["d/taskscope.1", "d/taskscope-export.1"]),
    (
        "reproduce --only figure-2-smooth-plane --trials 2 --out d",
        &[
            "d/index.html",
            "d/figure-2-smooth-plane.png",
            "d/figure-2-smooth-plane.csv",
            "d/figure-2-smooth-plane.txt",
        ],
    ),
    (
        "sweep two-tasks --x source.angle=0:90:3 --trials 4 --resume --out d",
        &["d/study.json", "d/sweep.csv", "d/sweep.json", "d/command.txt", "d/sweep.png"],
    ),
    (
        "affinity two-tasks --trials 2 --resume --out d",
        &["d/affinity.csv", "d/affinity.json", "d/command.txt", "d/affinity.svg"],
    ),
    ("merge part --out d", &["d/study.json", "d/sweep.csv", "d/sweep.svg"]),
];

fn run(folder: &Path, words: &str) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(words.split(' ')).current_dir(folder).stdin(Stdio::null());
    command.env("TASKSCOPE_STATE", folder.join("state")).output().unwrap()
}

fn done(folder: &Path, words: &str) {
    let output = run(folder, words);
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
}

/// The error message of a command that must fail with exit code 2.
fn refused(folder: &Path, words: &str) -> String {
    let output = run(folder, words);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{words}: {said}");
    said
}

/// A folder with all input files of the commands, and the folder they write to.
fn prepared() -> TempDir {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("d")).unwrap();
    fs::create_dir(path.join("lessons")).unwrap();
    done(path, "lesson new lessons/l.toml");
    let lesson = path.join("lessons/l.toml");
    let quick = fs::read_to_string(&lesson).unwrap().replace("trials = 60", "trials = 4");
    fs::write(&lesson, quick).unwrap();
    done(path, "lesson play 1 --line --student 5 --answers answers");
    done(path, &format!("{SWEEP} --out part"));
    folder
}

#[test]
fn no_command_replaces_a_file_that_is_not_ours_or_a_link_but_all_replace_their_own() {
    let folder = prepared();
    let path = folder.path();
    let notes = path.join("notes.txt");
    for (words, files) in WRITERS {
        for file in files {
            let place = path.join(file);
            fs::write(&place, NOTES).unwrap();
            let said = refused(path, words);
            assert!(said.contains(file) && said.contains("found"), "{words}: {said}");
            assert!(said.contains("allowed: "), "{words}: {said}");
            assert_eq!(fs::read_to_string(&place).unwrap(), NOTES, "{words}: {file}");
            fs::remove_file(&place).unwrap();

            fs::write(&notes, NOTES).unwrap();
            symlink(&notes, &place).unwrap();
            let said = refused(path, words);
            assert!(said.contains(file) && said.contains("found a link"), "{words}: {said}");
            assert!(place.is_symlink(), "{words}: {file}");
            assert_eq!(fs::read_to_string(&notes).unwrap(), NOTES, "{words}: {file}");
            fs::remove_file(&place).unwrap();
        }
        done(path, words);
        done(path, words);
        for file in files {
            assert!(path.join(file).metadata().unwrap().len() > 0, "{words}: {file}");
        }
        fs::remove_dir_all(path.join("d")).unwrap();
        fs::create_dir(path.join("d")).unwrap();
        let own = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        own.filter(|path| path.is_file()).for_each(|path| fs::remove_file(path).unwrap());
    }
}

#[test]
fn a_file_of_ours_of_another_kind_is_not_replaced_and_an_empty_one_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("a.png"), "").unwrap();
    done(path, &format!("{PLANE} --out a.png"));
    let scenario = run(path, "presets two-tasks").stdout;
    fs::write(path.join("a.json"), &scenario).unwrap();
    let said = refused(path, &format!("{PLANE} --out a.json"));
    assert!(said.contains("a scenario of taskscope, which is another kind of file"), "{said}");
    assert!(said.contains("or the JSON of a figure of taskscope"), "{said}");
    assert_eq!(fs::read(path.join("a.json")).unwrap(), scenario);
}

#[test]
fn a_table_to_which_somebody_added_a_column_is_kept() {
    let folder = prepared();
    let path = folder.path();
    done(path, "lesson grade answers --out d");
    let table = path.join("d/answers.csv");
    let marked = fs::read_to_string(&table).unwrap().replace('\n', ",5\n");
    fs::write(&table, &marked).unwrap();
    let said = refused(path, "lesson grade answers --out d");
    assert!(said.contains("answers.csv") && said.contains("other columns"), "{said}");
    assert_eq!(fs::read_to_string(&table).unwrap(), marked);
}

#[test]
fn a_lesson_and_what_line_mode_saves_are_only_written_where_nothing_stands() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let notes = path.join("notes.txt");
    fs::write(&notes, NOTES).unwrap();
    symlink(&notes, path.join("link.toml")).unwrap();
    for file in ["notes.txt", "link.toml"] {
        assert!(refused(path, &format!("lesson new {file}")).contains(file));
        let lines = path.join("lines");
        fs::write(&lines, format!("save {file}\n")).unwrap();
        let mut line = Command::new(PROGRAM);
        line.args(["two-tasks", "--line"]).current_dir(path).stdin(fs::File::open(&lines).unwrap());
        let output = line.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stdout).unwrap().contains(file));
    }
    assert!(path.join("link.toml").is_symlink());
    assert_eq!(fs::read_to_string(&notes).unwrap(), NOTES);
}

#[test]
fn one_file_that_is_taken_keeps_all_others_from_being_written() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    fs::write(path.join("sweep.csv"), NOTES).unwrap();
    let said = refused(path, &format!("{SWEEP} --out ."));
    assert!(said.contains("sweep.csv") && said.contains("taskscope did not write"), "{said}");
    let names = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.collect::<Vec<_>>(), ["sweep.csv"], "nothing was run");
}

fn first() -> taskscope::lesson::Lesson {
    LESSONS[0].lesson().unwrap()
}

#[test]
fn answers_that_are_damaged_while_a_lesson_is_played_are_kept_beside() {
    let folder = TempDir::new().unwrap();
    let (place, answers) = AnswerFile::open(folder.path(), &first(), Some(5)).unwrap();
    place.write(&answers).unwrap();
    for number in 1..3 {
        let damaged = fs::read_to_string(place.path()).unwrap().replacen("checksum", "sum", number);
        fs::write(place.path(), &damaged).unwrap();
        place.write(&answers).unwrap();
        assert_eq!(Answers::read(place.path()).unwrap(), answers);
    }
    let copies = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let is_copy = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "damaged");
    let copies: Vec<PathBuf> = copies.filter(is_copy).collect();
    assert_eq!(copies.len(), 2, "{copies:?}");
    assert!(copies.iter().all(|copy| fs::read_to_string(copy).unwrap().contains("\"sum\"")));
}

#[test]
fn answers_that_another_program_changes_are_kept_beside_and_this_is_said() {
    let folder = TempDir::new().unwrap();
    let (place, mut answers) = AnswerFile::open(folder.path(), &first(), Some(5)).unwrap();
    place.write(&answers).unwrap();
    place.write(&answers).unwrap();
    assert_eq!(place.kept(), None, "its own file is no change");
    let elsewhere = TempDir::new().unwrap();
    let (other, mut theirs) = AnswerFile::open(elsewhere.path(), &first(), Some(5)).unwrap();
    theirs.name = Some("Ada".into());
    other.write(&theirs).unwrap();
    fs::copy(other.path(), place.path()).unwrap();
    answers.name = Some("Emmy".into());
    place.write(&answers).unwrap();
    let copy = place.path().with_extension("json.changed");
    let said = place.kept().unwrap();
    assert!(said.contains(copy.to_str().unwrap()), "{said}");
    assert_eq!(place.kept(), None, "it is said once");
    assert_eq!(Answers::read(&copy).unwrap(), theirs);
    assert_eq!(Answers::read(place.path()).unwrap(), answers);
}

#[test]
fn answers_and_their_lock_take_no_place_that_is_not_theirs() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let (place, answers) = AnswerFile::open(path, &first(), Some(5)).unwrap();
    fs::write(place.path(), NOTES).unwrap();
    assert_eq!(place.write(&answers).unwrap_err().exit_code(), 2);
    assert_eq!(fs::read_to_string(place.path()).unwrap(), NOTES);
    let own = place.path().to_owned();
    drop(place);
    fs::remove_file(&own).unwrap();
    let stem = own.file_stem().unwrap().to_string_lossy().into_owned();
    let (lock, notes) = (path.join(format!(".{stem}.lock")), path.join("notes.txt"));
    let refused = || {
        let fault = AnswerFile::open(path, &first(), Some(5)).unwrap_err();
        assert!(fault.exit_code() == 2 && fault.to_string().contains(".lock"), "{fault}");
    };
    fs::write(&lock, NOTES).unwrap();
    refused();
    assert_eq!(fs::read_to_string(&lock).unwrap(), NOTES);
    fs::remove_file(&lock).unwrap();
    symlink(&notes, &lock).unwrap();
    refused();
    assert!(lock.is_symlink() && !notes.exists());
}

#[test]
fn settings_are_kept_in_a_file_of_settings_only_and_a_damaged_one_is_kept_beside() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    let keep = || settings::keep(&path, &[("theme", "light")], &["theme", "mouse"]);
    for other in [NOTES, "editor = \"vi\"\n", "[theme\n"] {
        fs::write(&path, other).unwrap();
        let fault = keep().unwrap_err();
        assert!(fault.exit_code() == 2 && fault.to_string().contains("config.toml"), "{fault}");
        assert_eq!(fs::read_to_string(&path).unwrap(), other);
    }
    for damaged in ["mouse = tru\n", "theme = \"dark\nmouse = true\n"] {
        fs::write(&path, damaged).unwrap();
        keep().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "settings = 1\ntheme = \"light\"\n");
    }
    let kept = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(kept("config.toml.damaged"), "mouse = tru\n");
    assert_eq!(kept("config.toml-2.damaged"), "theme = \"dark\nmouse = true\n");
    let link = folder.path().join("link.toml");
    symlink(&path, &link).unwrap();
    let fault = settings::keep(&link, &[("theme", "dark")], &["theme"]).unwrap_err();
    assert!(fault.exit_code() == 2 && link.is_symlink(), "{fault}");
    assert_eq!(kept("config.toml"), "settings = 1\ntheme = \"light\"\n");
}

#[test]
fn what_a_person_has_said_of_one_file_holds_for_that_file_but_not_for_a_link() {
    let folder = TempDir::new().unwrap();
    let (path, link) = (folder.path().join("a.txt"), folder.path().join("link.txt"));
    fs::write(&path, NOTES).unwrap();
    symlink(&path, &link).unwrap();
    let fault = store::write(&link, b"new", Over::Any).unwrap_err();
    assert!(fault.exit_code() == 2 && fs::read_to_string(&path).unwrap() == NOTES, "{fault}");
    store::write(&path, b"new", Over::Any).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"new");
}
