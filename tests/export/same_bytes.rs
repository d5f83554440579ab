//! A figure contains its experiment: drawing it again gives the same bytes.
#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::catalogue::{self, Entered, Of};
use crate::support::program::{command, text};
use taskscope::catalog::{FIGURES, Needs};
use taskscope::export;
use taskscope::export::PURPOSES;
use taskscope::job::FigureFormat;
use taskscope::provenance::Provenance;
use taskscope::scenario::ScenarioDraft;
use taskscope::store::embedded::{EmbeddedExperiment, held};
use taskscope::store::notes::ContainerFormat;
use taskscope::study::StudyDraft;
use tempfile::TempDir;

const KINDS: [FigureFormat; 3] = [FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf];

/// Reads source and provenance from a file.
fn read(bytes: &[u8]) -> (Of, Provenance) {
    match held(bytes, ContainerFormat::of(bytes).unwrap()).unwrap() {
        EmbeddedExperiment::Scenario(inside) => {
            let scenario = ScenarioDraft::parse(&inside.scenario, "figure").unwrap();
            (Of::Scenario(Box::new(scenario)), inside.drawing.unwrap())
        }
        EmbeddedExperiment::Study { study, drawing, .. } => {
            let study = StudyDraft::parse(&study, "figure").unwrap();
            (Of::Study(Box::new(study)), drawing.unwrap())
        }
    }
}

#[test]
fn every_figure_of_every_size_and_kind_gives_back_what_it_was_drawn_of_and_its_bytes() {
    let mut ids = BTreeSet::new();
    for (turn, Entered { figure, of, drawing }) in catalogue::all().iter().enumerate() {
        let is_first = ids.insert(figure.id);
        for (place, purpose) in PURPOSES.iter().enumerate() {
            // The first figure of a kind has every size, the others take turns.
            let is_next = place == turn % PURPOSES.len();
            if !is_first && !is_next {
                continue;
            }
            let preset = (purpose.name != PURPOSES[0].name).then(|| purpose.name.to_owned());
            let drawing = Provenance { preset, ..drawing.clone() };
            for kind in KINDS {
                // Pixels are slow and do not depend on the source of the figure.
                if kind == FigureFormat::Png && !(is_first && purpose.name == "column") {
                    continue;
                }
                let draw = |of: &Of, drawing: &Provenance| {
                    export::picture(kind, figure, of.subject(), drawing).unwrap()
                };
                let bytes = draw(of, &drawing);
                let (read_of, read_drawing) = read(&bytes);
                assert_eq!((&read_of, &read_drawing), (of, &drawing), "{}", figure.id);
                // What is read is what was drawn: one size of each figure is drawn again.
                if kind == FigureFormat::Png || is_next {
                    assert!(bytes == draw(&read_of, &read_drawing), "{} {kind:?}", figure.id);
                }
            }
        }
    }
}

#[test]
fn a_study_read_out_of_its_figure_has_the_same_figures() {
    let mut before: Option<&StudyDraft> = None;
    for Entered { of, .. } in catalogue::all() {
        let Of::Study(study) = of else { continue };
        if before.replace(study) == Some(study) {
            continue;
        }
        let json = study.to_json().unwrap();
        let read = StudyDraft::parse(&json, "figure").unwrap();
        let own = catalogue::all().iter().filter(|entered| entered.of == *of);
        let again = catalogue::drawn(&read);
        let shown = |entered: &Entered| format!("{:?} {:?}", entered.drawing, entered.figure);
        assert!(own.map(shown).eq(again.iter().map(shown)), "{json}");
    }
}

fn run_in(folder: &Path, arguments: &[&str]) {
    let output = command(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
}

/// Exports every figure of the catalogue, then draws it again from its own file; sizes and
/// formats alternate.
#[test]
fn every_figure_that_is_exported_is_exported_from_itself_to_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    for (turn, figure) in FIGURES.iter().enumerate() {
        let purpose = PURPOSES[turn % 4].name;
        let name = match figure.needs {
            Needs::Affinity => "three-tasks",
            Needs::Subsets => "six-tasks",
            Needs::Advice => "ratings-pair",
            Needs::Comparison => "svd-weights",
            _ => "two-tasks",
        };
        let along: &[&str] = match figure.needs {
            Needs::Phase => &["--along", "source.angle=0:60:3", "--along", "source.noise=0.2,1"],
            Needs::Sweep if figure.is_of_study() => &["--along", "source.noise=0.2:1:3"],
            _ => &[],
        };
        let asked = ["export", name, "--trials", "3", "--preset", purpose];
        let ending = ["png", "svg", "pdf"][turn % 3];
        let [first, again] = ["first", "again"].map(|stem| format!("{stem}.{ending}"));
        let written = ["--figure", figure.id, "--format", ending, "--out", &first];
        run_in(place, &[&asked[..], along, &written].concat());
        run_in(place, &["export", &first, "--out", &again]);
        let [first, again] = [first, again].map(|name| fs::read(place.join(name)).unwrap());
        assert!(first == again, "{} {purpose} {ending}", figure.id);
    }
}

#[test]
fn words_that_look_like_notes_are_no_notes() {
    let odd = ["/Scenario (x)", "/Study <FEFF0041> \\", ")) /Drawing (", "</metadata> ]]> &amp;"];
    let Entered { figure, of, drawing } = &catalogue::all()[0];
    let Of::Scenario(scenario) = of else { panic!("the first is drawn of a scenario") };
    for words in odd {
        let mut scenario = scenario.clone();
        scenario.title = format!("a {words} b");
        let figure = taskscope::figure::Figure {
            title: words.into(),
            caption: format!("{words} {words}"),
            ..figure.clone()
        };
        let drawing = Provenance { task: Some(words.into()), ..drawing.clone() };
        for kind in KINDS {
            let bytes = export::picture(kind, &figure, &*scenario, &drawing).unwrap();
            let found = read(&bytes);
            assert_eq!(found, (Of::Scenario(scenario.clone()), drawing.clone()), "{kind:?}");
        }
    }
}
