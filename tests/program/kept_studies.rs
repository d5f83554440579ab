//! Studies as figures: drawn from the records of a folder, opened and redrawn from figures.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use crate::support::program::{self, names, path, printed, refused, succeeded};
use taskscope::store::embedded::{EmbeddedExperiment, held};
use taskscope::store::notes::ContainerFormat;
use taskscope::study::StudyDraft;
use taskscope::study::probe::PROXIES;
use tempfile::TempDir;

/// The files of a folder.
type Files = BTreeMap<String, Vec<u8>>;

/// The files that a command writes into its folder.
fn left_by(arguments: &[&str]) -> Files {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "out");
    printed(&[arguments, &["--out", &out]].concat());
    let read = |name: String| (name.clone(), fs::read(Path::new(&out).join(name)).unwrap());
    names(Path::new(&out)).into_iter().map(read).collect()
}

static SWEPT: LazyLock<Files> = LazyLock::new(|| {
    let asked = ["sweep", "two-tasks", "--x", "source.angle=0:90:3", "--trials", "4"];
    left_by(&[&asked[..], &["--method", "svd"]].concat())
});

static PAIRED: LazyLock<Files> =
    LazyLock::new(|| left_by(&["affinity", "three-tasks", "--trials", "4", "--steps", "20"]));

static CROSSED: LazyLock<Files> = LazyLock::new(|| {
    let knobs = ["--x", "source.angle=0:90:3", "--y", "source.noise=0.2,1"];
    let asked = ["sweep", "two-tasks", "--trials", "3", "--method", "svd"];
    left_by(&[&asked[..], &knobs].concat())
});

/// A study run once for all tests, copied into a separate folder.
fn kept(folder: &TempDir, name: &str, files: &Files) -> String {
    let out = path(folder, name);
    fs::create_dir(&out).unwrap();
    files.iter().for_each(|(name, bytes)| fs::write(Path::new(&out).join(name), bytes).unwrap());
    out
}

fn swept(folder: &TempDir) -> String {
    kept(folder, "swept", &SWEPT)
}

fn paired(folder: &TempDir) -> String {
    kept(folder, "paired", &PAIRED)
}

fn crossed(folder: &TempDir) -> String {
    kept(folder, "crossed", &CROSSED)
}

#[test]
fn a_folder_draws_the_bytes_that_the_run_wrote_and_runs_nothing() {
    let folder = TempDir::new().unwrap();
    for (study, all) in [
        (swept(&folder), vec!["sweep"]),
        (crossed(&folder), vec!["phase-uniform", "phase-svd"]),
        (paired(&folder), vec!["affinity", "proxy-cosine", "proxy-svd", "proxy-look-ahead"]),
    ] {
        let before = fs::read(Path::new(&study).join("records.log")).unwrap();
        // Pixels take long, and one study of them is enough.
        for ending in if all.len() == 1 { &["png", "svg"][..] } else { &["svg"] } {
            let out = path(&folder, &format!("again.{ending}"));
            printed(&["export", &study, "--figure", "all", "--out", &out]);
            for name in &all {
                let own = fs::read(Path::new(&study).join(format!("{name}.{ending}"))).unwrap();
                let alone = path(&folder, &format!("again.{ending}"));
                let beside = path(&folder, &format!("again-{name}.{ending}"));
                let again = if all.len() == 1 { alone } else { beside };
                assert!(own == fs::read(&again).unwrap(), "{name}.{ending}");
            }
        }
        assert_eq!(fs::read(Path::new(&study).join("records.log")).unwrap(), before);
    }
}

#[test]
fn a_figure_of_a_run_holds_its_question_and_gives_the_same_bytes_again() {
    let folder = TempDir::new().unwrap();
    for (study, figures) in [
        (swept(&folder), vec!["sweep"]),
        (crossed(&folder), vec!["phase-uniform", "phase-svd"]),
        (paired(&folder), vec!["affinity", "proxy-gradient"]),
    ] {
        let asked = fs::read_to_string(Path::new(&study).join("study.json")).unwrap();
        for name in figures {
            for ending in if name == "phase-svd" { &["svg"][..] } else { &["png", "svg"] } {
                let own = Path::new(&study).join(format!("{name}.{ending}"));
                let bytes = fs::read(&own).unwrap();
                let EmbeddedExperiment::Study { study, drawing, .. } =
                    held(&bytes, ContainerFormat::of(&bytes).unwrap()).unwrap()
                else {
                    panic!("{name} holds no study");
                };
                assert_eq!(study, asked);
                assert!(StudyDraft::parse(&study, "figure").is_ok());
                assert_eq!(drawing.unwrap().stem(), name);
                let again = path(&folder, &format!("again.{ending}"));
                let own = own.to_str().unwrap();
                printed(&["export", own, "--out", &again]);
                assert!(bytes == fs::read(&again).unwrap(), "{name}.{ending}");
            }
        }
    }
}

#[test]
fn the_command_in_the_figure_of_a_run_draws_it_again() {
    let folder = TempDir::new().unwrap();
    let study = crossed(&folder);
    for preset in ["screen", "text"] {
        let place = path(&folder, "phase.png");
        let asked = ["--figure", "phase", "--method", "svd", "--preset", preset];
        printed(&[&["export", &study][..], &asked, &["--out", &place]].concat());
        let first = fs::read(&place).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&first)).read_info().unwrap();
        reader.finish().unwrap();
        let notes = &reader.info().utf8_text;
        let command = notes.iter().find(|note| note.keyword == "Command").unwrap();
        let command = command.get_text().unwrap();
        let mut again = folder.path().join(preset);
        fs::create_dir(&again).unwrap();
        for words in command.split(" && ") {
            let words: Vec<&str> = words.strip_prefix("taskscope ").unwrap().split(' ').collect();
            let ran = program::command(&words).current_dir(&again).output().unwrap();
            assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
        }
        again.push("phase.png");
        assert!(fs::read(again).unwrap() == first, "{command}");
    }
}

#[test]
fn every_size_and_kind_of_a_kept_study_is_drawn_again_from_its_figure() {
    let folder = TempDir::new().unwrap();
    let study = paired(&folder);
    let out = path(&folder, "figures");
    let asked = ["--figure", "affinity,proxy", "--proxy", "svd", "--format", "png,svg,pdf,csv,tex"];
    printed(&[&["export", &study][..], &asked, &["--preset", "column", "--out", &out]].concat());
    for stem in ["three-tasks-affinity", "three-tasks-proxy-svd"] {
        for ending in ["csv", "pdf", "png", "svg", "tex", "txt"] {
            assert!(names(Path::new(&out)).contains(&format!("{stem}.{ending}")), "{stem}");
        }
        for ending in ["png", "svg", "pdf"] {
            let first = Path::new(&out).join(format!("{stem}.{ending}"));
            let again = path(&folder, &format!("again.{ending}"));
            printed(&["export", first.to_str().unwrap(), "--out", &again]);
            assert!(fs::read(&first).unwrap() == fs::read(&again).unwrap(), "{stem}.{ending}");
        }
    }
}

#[test]
fn a_study_is_opened_from_its_figure_as_from_its_folder() {
    let folder = TempDir::new().unwrap();
    for (study, figure) in [(swept(&folder), "sweep.png"), (paired(&folder), "affinity.svg")] {
        let of_folder = printed(&["open", &study]);
        let figure = Path::new(&study).join(figure);
        assert_eq!(of_folder, printed(&["open", figure.to_str().unwrap()]));
    }
}

#[test]
fn a_study_that_is_not_complete_is_drawn_and_its_caption_says_so() {
    let folder = TempDir::new().unwrap();
    for (study, figure) in
        [(swept(&folder), "sweep"), (crossed(&folder), "phase"), (paired(&folder), "affinity")]
    {
        let log = Path::new(&study).join("records.log");
        let text = fs::read_to_string(&log).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let kept = lines.len() - 3;
        fs::write(&log, lines[..kept].concat()).unwrap();
        let out = path(&folder, "part.svg");
        let output = succeeded(&["export", &study, "--figure", figure, "--out", &out]);
        let (done, wanted) = (kept - 1, lines.len() - 1);
        let said = format!("{done} of {wanted} trials so far");
        let note = String::from_utf8(output.stderr).unwrap();
        assert!(note.contains(&said), "{note}");
        let drawn = fs::read_to_string(&out).unwrap();
        assert!(drawn.contains(&format!("<desc>{said}. ")), "{figure}");
        fs::write(&log, lines[0]).unwrap();
        let line = refused(&["export", &study, "--figure", figure, "--out", &out], 2);
        assert!(line.contains("no trials") && line.contains(&study), "{line}");
    }
}

#[test]
fn proxies_are_chosen_by_name_and_all_by_all() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("new");
    fs::create_dir(&place).unwrap();
    let out = place.join("x.svg");
    let out = out.to_str().unwrap();
    let common = ["export", "three-tasks", "--trials", "3", "--figure", "proxy", "--out", out];
    let title = |name: &str| {
        let text = fs::read_to_string(place.join(name)).unwrap();
        text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_lowercase()
    };
    printed(&common);
    assert!(title("x.svg").starts_with(PROXIES[0].name), "{}", title("x.svg"));
    printed(&[&common[..], &["--proxy", "look-ahead"]].concat());
    assert!(title("x.svg").starts_with("look-ahead"), "{}", title("x.svg"));
    fs::remove_file(out).unwrap();
    printed(&[&common[..], &["--proxy", "all"]].concat());
    let mut expected: Vec<String> =
        PROXIES.iter().map(|proxy| format!("x-proxy-{}.svg", proxy.id)).collect();
    expected.sort();
    assert_eq!(names(&place), expected);
    for proxy in PROXIES {
        assert!(
            title(&format!("x-proxy-{}.svg", proxy.id)).starts_with(&proxy.name.to_lowercase())
        );
    }
    let line = refused(&[&common[..], &["--proxy", "cake"]].concat(), 2);
    assert!(line.contains("\"cake\"") && line.contains("look-ahead"), "{line}");
}

#[test]
fn what_a_study_does_not_have_is_refused_with_what_it_has() {
    let folder = TempDir::new().unwrap();
    let (swept, paired) = (swept(&folder), paired(&folder));
    let figure = Path::new(&swept).join("sweep.png");
    let out = path(&folder, "x.png");
    let cases: [(&str, &[&str], &str); 7] = [
        (&swept, &["--figure", "gain"], "sweep for this study"),
        (&swept, &["--figure", "affinity"], "sweep for this study"),
        (&paired, &["--figure", "phase"], "affinity, proxy for this study"),
        (&paired, &["--figure", "proxy", "--proxy", "cake"], "look-ahead"),
        (&swept, &["--figure", "sweep", "--trials", "9"], "taskscope sweep asks a new one"),
        (&swept, &["--figure", "sweep", "--along", "source.noise"], "--along"),
        (&swept, &[], "--figure: found none"),
    ];
    for (study, asked, said) in cases {
        let line = refused(&[&["export", study][..], asked, &["--out", &out]].concat(), 2);
        assert!(line.contains(said) && line.contains("allowed: "), "{line}");
    }
    let figure = figure.to_str().unwrap();
    for arguments in [&["open", figure, "--seed", "2"][..], &["open", &swept, "--trials", "9"]] {
        assert!(refused(arguments, 2).contains("whose question is fixed"));
    }
    let line = refused(&["run", figure], 2);
    assert!(line.contains("the figure of a study") && line.contains("allowed: "), "{line}");
    assert!(!Path::new(&out).exists());
}
