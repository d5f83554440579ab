//! Failed writes: the old file is unchanged, nothing is left over, and the error names the file.
#![cfg(all(feature = "cli", unix))]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::program::PROGRAM;
use taskscope::store;
use taskscope::store::atomic::Over;
use tempfile::TempDir;

const SWEEP: &str = "sweep two-tasks --x source.angle=0:90:3 --trials 8";

/// Runs the program in a folder; no file may exceed `blocks` blocks of 512 bytes.
fn limited(folder: &Path, blocks: Option<u32>, words: &str) -> Output {
    let limit = blocks.map_or(String::new(), |blocks| format!("ulimit -f {blocks}; "));
    let line = format!("{limit}exec {PROGRAM} {words}");
    Command::new("sh").args(["-c", &line]).current_dir(folder).output().unwrap()
}

fn refused(folder: &Path, blocks: Option<u32>, words: &str, named: &str) {
    let output = limited(folder, blocks, words);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(5), "{words}: {said}");
    let last = said.lines().last().unwrap();
    assert!(last.contains(named) && last.contains("cannot be written"), "{words}: {said}");
}

fn done(folder: &Path, words: &str) {
    let output = limited(folder, None, words);
    assert!(output.status.success(), "{words}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Everything below a folder: bytes of files, targets of links.
fn all(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_symlink() {
            found.insert(
                path.clone(),
                fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
            );
        } else if path.is_dir() {
            found.insert(path.clone(), Vec::new());
            found.extend(all(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// Returns true if permissions do not restrict this process.
fn is_almighty() -> bool {
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let written = fs::write(folder.path().join("a"), "").is_ok();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    written
}

#[test]
fn a_file_that_has_no_room_leaves_the_old_one_whole() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    done(
        place,
        "export two-tasks --seed 2 --figure plane --format png,svg,pdf,tex --out plane.png",
    );
    let before = all(place);
    for ending in ["png", "svg", "pdf"] {
        let name = format!("plane.{ending}");
        refused(place, Some(1), &format!("export two-tasks --figure plane --out {name}"), &name);
        assert!(all(place) == before, "{ending}");
    }
    let words = "export two-tasks --figure plane --format png,svg,pdf --out plane.png";
    refused(place, Some(1), words, "plane.png");
    assert!(all(place) == before);
}

#[test]
fn of_several_files_those_before_the_fault_are_whole_and_those_behind_it_old() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let export = "export two-tasks --figure plane --format csv,png,pdf --out plane.png";
    done(place, &format!("{export} --seed 2"));
    let before = all(place);
    refused(place, Some(64), export, "plane.png");
    let after = all(place);
    let [csv, png, pdf] = ["csv", "png", "pdf"].map(|ending| place.join(format!("plane.{ending}")));
    assert!(after[&csv] != before[&csv] && after[&csv].ends_with(b"\n"));
    assert!(after[&png] == before[&png] && after[&pdf] == before[&pdf]);
    assert_eq!(after.len(), 4, "{:?}", after.keys());
}

#[test]
fn where_one_of_several_places_is_taken_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    fs::create_dir(place.join("plane.svg")).unwrap();
    let before = all(place);
    let words = "export two-tasks --figure plane --format png,svg,pdf --out plane.png";
    refused(place, None, words, "plane.svg");
    assert!(all(place) == before);
}

#[test]
fn a_link_to_a_full_device_is_not_written_through() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    symlink("/dev/full", place.join("plane.png")).unwrap();
    let before = all(place);
    for format in ["", "--format png"] {
        let words = format!("export two-tasks --figure plane {format} --out plane.png");
        let output = limited(place, None, &words);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("plane.png: found a link; allowed: a regular file"), "{said}");
    }
    assert!(all(place) == before);
}

#[test]
fn a_folder_in_the_place_of_a_file_and_a_file_in_that_of_a_folder_stay() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    fs::create_dir(place.join("taken.png")).unwrap();
    fs::write(place.join("file"), "old").unwrap();
    let before = all(place);
    let export = "export two-tasks --figure plane";
    refused(place, None, &format!("{export} --out taken.png"), "taken.png");
    refused(place, None, &format!("{export} --out missing/plane.png"), "missing/plane.png");
    refused(place, None, &format!("{export} --out file/plane.png"), "file/plane.png");
    refused(place, None, &format!("{export} --format png,svg --out file"), "file");
    refused(place, None, &format!("{export} --format png,svg --out file/below"), "file/below");
    refused(place, None, &format!("{SWEEP} --out file"), "file");
    refused(place, None, &format!("{SWEEP} --out file/below"), "file/below");
    assert!(all(place) == before);
}

#[test]
fn a_file_that_may_not_be_replaced_is_not_and_nothing_is_left_beside_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.png");
    done(folder.path(), "export two-tasks --figure plane --seed 2 --out a.png");
    let before = all(folder.path());
    let error = store::write(&path, b"new", Over::Nothing).unwrap_err();
    assert!(error.exit_code() == 2 && error.to_string().contains("a.png"), "{error}");
    assert!(all(folder.path()) == before);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    let error = store::write(&path, b"new", Over::Any).unwrap_err();
    assert!(error.exit_code() == 5 && error.to_string().contains("a.png"), "{error}");
    refused(folder.path(), None, "export two-tasks --figure plane --out a.png", "a.png");
    assert!(all(folder.path()) == before);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    store::write(&path, b"new", Over::Any).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read(&path).unwrap(), b"new");
    assert_eq!(all(folder.path()).len(), 1);
}

#[test]
fn a_folder_without_permission_keeps_what_is_in_it() {
    if is_almighty() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let closed = place.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(closed.join("plane.png"), "old").unwrap();
    let before = all(place);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o500)).unwrap();
    let export = "export two-tasks --figure plane";
    refused(place, None, &format!("{export} --out closed/plane.png"), "closed/plane.png");
    refused(place, None, &format!("{export} --format png,svg,pdf --out closed"), "closed/");
    refused(place, None, &format!("{SWEEP} --out closed"), "closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(all(place) == before);
}

#[test]
fn a_study_that_runs_out_of_room_goes_on_to_the_same_bytes_when_there_is_some() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    done(place, &format!("{SWEEP} --out whole"));
    refused(place, Some(4), &format!("{SWEEP} --out part"), "part/");
    let names = |folder: &str| -> Vec<String> {
        let path = place.join(folder);
        let name =
            |path: &PathBuf| path.strip_prefix(place.join(folder)).unwrap().display().to_string();
        all(&path).keys().map(name).collect()
    };
    assert!(
        names("part").iter().all(|name| !name.starts_with(".taskscope")),
        "{:?}",
        names("part")
    );
    done(place, &format!("{SWEEP} --resume --out part"));
    assert_eq!(names("whole"), names("part"));
    for name in names("whole") {
        let [whole, part] =
            ["whole", "part"].map(|dir| fs::read(place.join(dir).join(&name)).unwrap());
        assert!(whole == part, "{name}");
    }
}

#[test]
fn results_that_have_no_room_leave_those_of_before_whole() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    done(place, &format!("{SWEEP} --out study"));
    let before = all(place);
    for blocks in [1, 8, 16] {
        refused(place, Some(blocks), &format!("{SWEEP} --resume --out study"), "study/");
        assert!(all(place) == before, "{blocks}");
    }
    refused(place, Some(1), "export study --figure sweep --out study/sweep.png", "study/sweep.png");
    assert!(all(place) == before);
}

#[test]
fn a_dash_names_no_file() {
    let error = store::write(Path::new("-"), b"a", Over::Any).unwrap_err().to_string();
    assert!(error.contains("./- for a file of this name"), "{error}");
    assert!(!Path::new("-").exists());
}
