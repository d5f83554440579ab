//! The column picker: from a table without labels to an open scenario.

#![cfg(all(feature = "tui", feature = "png"))]

use taskscope::app::studies::SweepForm;
use taskscope::app::{Key, Message, TableTrial};
use taskscope::dataset::ReadOptions;
use taskscope::dataset::table::usage::ColumnUse;
use taskscope::job::table::TableRequest;
use taskscope::scenario::draft::DatasetDraft;
use taskscope::scenario::{Scenario, real};
use taskscope::store::datasets;
use taskscope::study::Study;

use crate::support::drive::Drive;
use crate::support::tables::{TableFile, go_to, picker, read, request, write};

fn use_of(drive: &Drive, column: &str) -> ColumnUse {
    let picker = picker(drive);
    let at = picker.columns.iter().position(|own| own.name == column).unwrap();
    picker.uses[at]
}

fn refusal(drive: &Drive) -> String {
    match &picker(drive).trial {
        TableTrial::Refused(problem) => problem.clone(),
        other => panic!("not refused: {other:?}"),
    }
}

fn sentence(drive: &Drive) -> String {
    match &picker(drive).trial {
        TableTrial::Read(reading) => reading.dataset.in_words(),
        other => panic!("not read: {other:?}"),
    }
}

/// Opens a file with Ctrl-O from the Lab.
fn opened(file: &TableFile) -> Drive {
    let mut drive = Drive::preset("two-tasks", 20);
    drive.press(Key::Ctrl('o'));
    drive.tell(Message::Paste(file.path.to_string_lossy().into_owned()));
    drive.press(Key::Enter);
    read(&mut drive);
    drive
}

#[test]
fn what_is_chosen_opens_as_if_the_options_had_been_given_on_the_command_line() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    go_to(&mut drive, "stay");
    write(&mut drive, "l");
    go_to(&mut drive, "age");
    write(&mut drive, "god");
    go_to(&mut drive, "risk");
    write(&mut drive, "i");
    drive.press(Key::Enter);
    read(&mut drive);
    assert!(drive.app.picker.is_none(), "{:?}", picker(&drive).trial);
    let options = ReadOptions {
        labels: vec!["stay".into()],
        group_column: Some("age".into()),
        ignore: vec!["empty".into(), "risk".into()],
        one_hot: true,
        drop_bad: true,
        ..ReadOptions::default()
    };
    let (place, _) = datasets::import(std::slice::from_ref(&file.path), &options).unwrap();
    let draft = drive.app.work.scenario.draft();
    assert_eq!(draft.dataset.as_ref(), Some(&place));
    assert_eq!(drive.app.work.name, "patients");
    assert_eq!(drive.app.work.undo_depth(), 0, "nothing was open before");
    let again = Scenario::check(draft.clone()).unwrap();
    assert_eq!(again.draft(), draft, "the scenario can be saved and opened again");
}

#[test]
fn a_refusal_names_keys_and_loses_nothing_and_every_remedy_works() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    assert_eq!(picker(&drive).trial, TableTrial::NoLabel);
    let uses = picker(&drive).uses.clone();
    assert_eq!(drive.press(Key::Enter), &[], "there is nothing to open yet");
    go_to(&mut drive, "stay");
    write(&mut drive, "l");
    assert!(refusal(&drive).contains("columns sex, ward") && refusal(&drive).contains("press o"));
    write(&mut drive, "o");
    assert!(refusal(&drive).contains("patients.csv:5: column insulin"), "{}", refusal(&drive));
    assert!(refusal(&drive).contains("press d to drop such rows"));
    assert!(!refusal(&drive).contains("set "), "the words of the command line");
    write(&mut drive, "d");
    assert_eq!(sentence(&drive), "1 task: stay (±1); 9 features; 59 rows");
    write(&mut drive, "f");
    assert_eq!(picker(&drive).uses, uses);
    assert_eq!(picker(&drive).trial, TableTrial::NoLabel);
}

#[test]
fn labels_of_two_kinds_are_refused_before_they_are_opened() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    go_to(&mut drive, "stay");
    write(&mut drive, "lod");
    go_to(&mut drive, "risk");
    write(&mut drive, "l");
    assert!(refusal(&drive).contains("risk (numbers) beside stay (±1)"), "{}", refusal(&drive));
    write(&mut drive, "cc");
    assert_eq!(
        sentence(&drive),
        "2 tasks on one X: risk (numbers), stay (numbers); 8 features; 59 rows"
    );
    drive.press(Key::Enter);
    read(&mut drive);
    assert_eq!(drive.app.work.scenario.draft().tasks.len(), 2);
}

#[test]
fn a_table_that_names_its_labels_opens_without_a_question_and_can_be_undone() {
    let rows: String = (0..40).map(|i| format!("{},{}\n", i % 7, i % 2)).collect();
    let drive = &mut opened(&TableFile::new("clear.csv", &format!("a,label\n{rows}")));
    assert!(drive.app.picker.is_none());
    let place = drive.app.work.scenario.draft().dataset.clone().unwrap();
    assert_eq!((drive.app.work.name.as_str(), place.read), ("clear", ReadOptions::default()));
    drive.press(Key::Char('u'));
    assert_eq!(drive.app.work.name, "two-tasks");
}

#[test]
fn names_in_doubt_and_bad_rows_lead_to_the_picker() {
    let rows: String = (0..40).map(|i| format!("{},{},{}\n", i % 7, i % 2, i % 5)).collect();
    let doubtful = opened(&TableFile::new("d.csv", &format!("a,label,target\n{rows}")));
    assert_eq!(use_of(&doubtful, "label"), ColumnUse::Label);
    assert_eq!(use_of(&doubtful, "target"), ColumnUse::Label);
    let bad = opened(&TableFile::new("b.csv", &format!("a,b,label\n{rows},,\nx,1,1\n")));
    assert!(refusal(&bad).contains("b.csv:43: column a"), "{}", refusal(&bad));
    assert_eq!(use_of(&bad, "label"), ColumnUse::Label);
}

#[test]
fn what_is_no_table_is_refused_and_leaves_the_work_open() {
    let drive = opened(&TableFile::new("x.csv", "\u{0}\u{1}"));
    assert!(drive.app.picker.is_none());
    assert!(drive.app.view.note.as_ref().unwrap().contains("x.csv: format"));
    assert_eq!(drive.app.work.name, "two-tasks");
}

#[test]
fn leaving_keeps_what_was_open_and_at_the_start_opens_the_first_preset() {
    let file = TableFile::patients();
    let mut drive = opened(&file);
    let before = drive.app.work.scenario.clone();
    write(&mut drive, "l");
    drive.press(Key::Escape);
    assert!(drive.app.picker.is_none());
    assert_eq!(drive.app.work.scenario, before);
    assert_eq!(drive.app.work.undo_depth(), 0);
    let mut drive = file.picked();
    drive.press(Key::Escape);
    assert!(request(&drive).is_some_and(|(_, request)| request == TableRequest::Stop));
    drive.settle();
    assert!(drive.app.screens.lab.measurement().is_some(), "its jobs are run now");
}

#[test]
fn an_answer_to_an_earlier_question_is_dropped() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    go_to(&mut drive, "stay");
    drive.press(Key::Char('l'));
    let (first, asked) = request(&drive).unwrap();
    drive.press(Key::Char('o'));
    let late = taskscope::store::tables::answer(&asked, &taskscope::cancel::Cancel::new());
    drive.tell(Message::Table(first, late.unwrap()));
    assert_eq!(picker(&drive).trial, TableTrial::Reading);
}

#[test]
fn enter_while_the_table_is_read_opens_it_as_soon_as_it_can_be() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    go_to(&mut drive, "stay");
    write(&mut drive, "lo");
    drive.press(Key::Char('d'));
    let asked = request(&drive).unwrap();
    assert_eq!(drive.press(Key::Enter), &[]);
    let answer = taskscope::store::tables::answer(&asked.1, &taskscope::cancel::Cancel::new());
    drive.tell(Message::Table(asked.0, answer.unwrap()));
    read(&mut drive);
    assert_eq!((drive.app.picker.is_none(), drive.app.work.name.as_str()), (true, "patients"));
}

#[test]
fn a_use_for_one_column_moves_and_arrows_pass_it_by() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    go_to(&mut drive, "ward");
    write(&mut drive, "g");
    go_to(&mut drive, "sex");
    let seen: Vec<ColumnUse> = (0..5)
        .map(|_| {
            drive.press(Key::Right);
            use_of(&drive, "sex")
        })
        .collect();
    use ColumnUse::{Feature, Ignored, Label, Part, Task};
    assert_eq!(seen, [Label, Task, Part, Ignored, Feature]);
    assert_eq!(use_of(&drive, "ward"), ColumnUse::Group, "no arrow took it");
    write(&mut drive, "g");
    assert_eq!(use_of(&drive, "sex"), ColumnUse::Group);
    assert_eq!(use_of(&drive, "ward"), ColumnUse::Feature);
}

#[test]
fn a_search_narrows_the_columns_and_capitals_change_all_that_are_shown() {
    let names: Vec<String> = (0..500).map(|i| format!("dim_{i:03}")).collect();
    let row = |r: usize| {
        let cells: Vec<String> = (0..500).map(|i| ((r * 31 + i * 17) % 97).to_string()).collect();
        cells.join(",") + ",1\n"
    };
    let text = names.join(",") + ",out\n" + &(0..20).map(row).collect::<String>();
    let file = TableFile::new("wide.csv", &text);
    let mut drive = file.picked();
    drive.write("/dim_49");
    assert_eq!(picker(&drive).shown().len(), 10);
    drive.press(Key::Enter);
    write(&mut drive, "I");
    let count =
        |drive: &Drive| picker(drive).uses.iter().filter(|own| **own == ColumnUse::Ignored).count();
    assert_eq!(count(&drive), 10);
    assert_eq!(picker(&drive).focused().map(|own| own.name.as_str()), Some("dim_490"));
    drive.press(Key::Escape);
    assert_eq!(picker(&drive).shown().len(), 501, "Esc first shows all columns again");
    write(&mut drive, "F");
    assert_eq!(count(&drive), 0);
}

#[test]
fn at_the_start_choices_are_left_only_after_a_second_escape() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    go_to(&mut drive, "stay");
    write(&mut drive, "l");
    for key in [Key::Escape, Key::Char('q')] {
        drive.press(key);
        assert!(picker(&drive).leaving, "{key:?} asks first");
        drive.press(Key::Up);
        assert!(!picker(&drive).leaving, "any other key goes on");
    }
    drive.press(Key::Escape);
    drive.press(Key::Escape);
    assert!(drive.app.picker.is_none());
}

#[test]
fn the_keys_are_shown_until_the_next_key_and_hide_nothing_else() {
    let file = TableFile::patients();
    let mut drive = file.picked();
    let hidden = drive.screen(80, 24);
    drive.press(Key::Char('?'));
    let shown = drive.screen(80, 24);
    for words in ["divide every feature by its standard deviation", "names the task of every row"] {
        assert!(shown.contains(words) && !hidden.contains(words), "{words}\n{shown}");
    }
    drive.press(Key::Escape);
    assert_eq!(drive.screen(80, 24), hidden);
    assert!(drive.app.picker.is_some(), "Esc hides the keys and leaves nothing");
}

#[test]
fn features_of_unlike_scales_are_noted_and_can_be_standardised() {
    let rows: String =
        (0..60).map(|i| format!("{},{},{}\n", i * 7 % 61, (i * 11 % 53) * 1000, i % 2)).collect();
    let file = TableFile::new("scales.csv", &format!("a,b,outcome\n{rows}"));
    let mut drive = file.picked();
    go_to(&mut drive, "outcome");
    write(&mut drive, "l");
    let note = picker(&drive).scales_note().unwrap();
    assert!(note.contains("press s"), "{note}");
    assert!(drive.screen(80, 24).contains("times as far as others"));
    write(&mut drive, "s");
    assert_eq!(picker(&drive).scales_note(), None);
    drive.press(Key::Enter);
    read(&mut drive);
    let place = drive.app.work.scenario.draft().dataset.clone().unwrap();
    assert!(place.standardise);
    let (import, _) = datasets::import(std::slice::from_ref(&file.path), &place.read).unwrap();
    assert_eq!(import.sha256, place.sha256);
}

#[test]
fn a_study_of_files_without_hashes_has_those_of_the_files_as_they_were_read() {
    let rows: String = (0..60).map(|i| format!("{},{}\n", i * 7 % 61, i * 11 % 53)).collect();
    let file = TableFile::new("plain.csv", &format!("a,y\n{rows}"));
    let (imported, _) =
        datasets::import(std::slice::from_ref(&file.path), &ReadOptions::default()).unwrap();
    let place = DatasetDraft { sha256: Vec::new(), ..imported.clone() };
    let data = real::find(&place).unwrap();
    let scenario = Scenario::check(real::suggest(place.clone(), &data)).unwrap();
    std::fs::write(&file.path, "a,y\n1,2\n").unwrap();
    let study = SweepForm::suggest(&scenario, scenario.focus()).draft("plain", &scenario);
    assert_eq!(study.scenarios[0].scenario.dataset, Some(imported));
    assert!(Study::check(study).is_ok(), "no file is read again");
    assert_eq!(scenario.draft().dataset, Some(place), "the scenario stays as it is");
}

#[test]
fn a_scale_read_as_classes_comes_with_the_key_that_reads_it_as_numbers() {
    let rows: String = (0..70).map(|i| format!("{},{}\n", i * 7 % 61, i % 7)).collect();
    let file = TableFile::new("scale.csv", &format!("a,opinion\n{rows}"));
    let mut drive = file.picked();
    go_to(&mut drive, "opinion");
    write(&mut drive, "l");
    let screen = drive.screen(100, 30);
    assert!(screen.contains("press c until labels are numbers"), "{screen}");
    write(&mut drive, "cc");
    assert!(sentence(&drive).starts_with("1 task: opinion (numbers)"), "{}", sentence(&drive));
}
