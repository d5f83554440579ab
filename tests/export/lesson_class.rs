//! Lessons as worksheets and HTML pages, and the answers of a class.

#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::support::program::{taskscope, text};
use roxmltree::{Document, ParsingOptions};
use taskscope::cancel::Cancel;
use taskscope::export::{has_glyph, html};
use taskscope::figure::{MarkRole, Shape};
use taskscope::lesson::catalog::{TEMPLATE, preset};
use taskscope::lesson::sheet::{SheetMeasurements, markdown};
use taskscope::lesson::{Given, Lesson, LessonFindings, StepKind};
use taskscope::store::answers::{AnswerFile, Answers, LARGEST_NUMBER};
use taskscope::store::class::{COLUMNS, ClassAnswers};
use tempfile::TempDir;

fn template() -> (String, Lesson) {
    let toml = TEMPLATE.replace("trials = 60", "trials = 12");
    let lesson = Lesson::parse(&toml, "lesson.toml", &preset).unwrap();
    (toml, lesson)
}

/// A student who commits a choice, finds a value and answers in words.
fn answered(folder: &Path, lesson: &Lesson, student: u64, choice: usize, written: &str) -> PathBuf {
    let findings = LessonFindings::default();
    let (place, mut answers) = AnswerFile::open(folder, lesson, Some(student)).unwrap();
    answers.name = Some(format!("=Student {student}"));
    let session = &mut answers.session;
    session.at = 1;
    session.commit(lesson, &findings, Given::Choice(choice, Some(3)), 5).unwrap();
    session.at = 5;
    session.commit(lesson, &findings, Given::Words(written.to_owned()), 60).unwrap();
    let prediction = session.answers.get_mut(&1).unwrap();
    (prediction.right, prediction.measured) = (Some(choice == 2), Some('c'));
    place.write(&answers).unwrap();
    place.path().to_owned()
}

fn a_class() -> (TempDir, PathBuf, Lesson) {
    let (toml, lesson) = template();
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("lesson.toml");
    fs::write(&file, toml).unwrap();
    for (student, choice) in [(1, 0), (2, 2), (3, 2), (10, 1)] {
        answered(&folder.path().join("answers"), &lesson, student, choice, "-1+1, \"x\"\nand more");
    }
    (folder, file, lesson)
}

#[test]
fn a_worksheet_holds_every_step_and_its_key_every_answer() {
    let (_, lesson) = template();
    let measured = lesson.measured(3, &Cancel::new()).unwrap();
    let sheet = markdown(&lesson, &measured);
    let (worksheet, key) = sheet.split_once("\n---\n").unwrap();
    for (place, step) in lesson.steps.iter().enumerate() {
        for part in [worksheet, key] {
            let heading = format!("## {}. {}\n", place + 1, step.kind.title());
            assert!(part.contains(&heading), "{heading}");
        }
    }
    assert!(!sheet.contains(['{', '}']) && !sheet.contains("??"), "{sheet}");
    for word in ["HELPS", "HURTS", "n = 12"] {
        assert!(!worksheet.contains(word), "{word}");
    }
    assert_eq!(worksheet.matches("- ☐ **").count(), 3);
    for word in [
        "☐ a guess  ☐ fairly sure  ☐ certain",
        "source.angle = ____",
        "Name: ____",
        "Turn: source.angle 90°, allowed: a number from 0 to 180",
    ] {
        assert!(worksheet.contains(word), "{word}\n{worksheet}");
    }
    for word in [
        "A second task with plenty of data can only help.",
        "**c** is right.",
        "draws of student 3",
        "source HURTS target: −",
        "n = 12 trials",
        "for example with source.angle 5°",
        "What the source gains by pulling it",
        "Let the class say which",
        "n = 12 trials per point",
    ] {
        assert!(key.contains(word), "{word}\n{key}");
    }
    assert!(key.matches('±').count() > 5);
}

#[test]
fn every_lesson_that_comes_with_the_program_has_a_sheet_without_a_gap_before_its_key() {
    for built in taskscope::lesson::catalog::LESSONS {
        let lesson = built.lesson().unwrap();
        let findings = LessonFindings::default();
        let measured = SheetMeasurements { student: 0, findings, examples: Vec::new() };
        let sheet = markdown(&lesson, &measured);
        let (worksheet, _) = sheet.split_once("\n---\n").unwrap();
        assert!(!worksheet.contains(['{', '}']) && !worksheet.contains("??"), "{}", lesson.id);
        let steps = worksheet.lines().filter(|line| line.starts_with("## ")).count();
        assert_eq!(steps, lesson.steps.len());
    }
}

/// Built-in lessons with few trials, and their measurements.
static TASK_WEIGHTS: LazyLock<(Lesson, SheetMeasurements)> =
    LazyLock::new(|| measured("task-weights"));

fn measured(id: &str) -> (Lesson, SheetMeasurements) {
    let lesson = quick(id);
    let measured = lesson.measured(0, &Cancel::new()).unwrap();
    (lesson, measured)
}

fn quick(id: &str) -> Lesson {
    Lesson::parse(&few_trials(id), id, &preset).unwrap()
}

/// The file of a built-in lesson, with few trials.
fn few_trials(id: &str) -> String {
    let built = taskscope::lesson::catalog::BuiltInLesson::find(id).unwrap();
    let line = |line: &str| match line.starts_with("trials = ") {
        true => "trials = 6\n".to_owned(),
        false => format!("{line}\n"),
    };
    built.toml.lines().map(line).collect()
}

#[test]
fn the_figures_of_a_page_give_nothing_away_of_later_steps() {
    let toml = few_trials("covariance").replace("trials = 6", "trials = 3");
    let toml = toml.replace("set = { ", "set = { \"data.dimension\" = 20, ");
    let lesson = Lesson::parse(&toml, "covariance", &preset).unwrap();
    let measured = lesson.measured(0, &Cancel::new()).unwrap();
    let shown = lesson.illustrated(&measured, &Cancel::new()).unwrap();
    let points = |step: usize| {
        let figure = &shown.iter().find(|shown| shown.step == Some(step)).unwrap().figure;
        let points = figure.marks.iter().filter_map(|mark| match &mark.shape {
            Shape::Points { points, .. } if mark.role == MarkRole::Measured => Some(points.clone()),
            _ => None,
        });
        points.flatten().map(|point| point.x).collect::<Vec<f64>>()
    };
    assert_eq!(points(2), [0.0], "the other end of the line is asked about next");
    assert_eq!(points(4), [0.0, 90.0], "between them is what is sought next");
    assert!(points(5).len() > 5);
}

#[test]
fn a_key_and_a_page_say_first_what_the_question_was_about() {
    let (lesson, measured) = &*TASK_WEIGHTS;
    let subject = lesson.subject(6).unwrap();
    assert_eq!(subject.to_string(), "mix:svd/own");
    let said = subject.say(measured.findings.get("mix").unwrap()).unwrap();
    let asked = format!("svd against uniform: {said}.");
    let key = markdown(lesson, measured);
    let (_, key) = key.split_once("## 7. ").unwrap();
    let (_, key) = key.split_once("## 7. ").unwrap();
    let (answer, comparison) = key.split_once("For comparison, uniform").unwrap();
    assert!(answer.contains(&asked) && answer.contains("is right."), "{answer}");
    assert!(comparison.contains("HURTS clean"), "{comparison}");
    let page = html::page(lesson, measured, &[]).unwrap();
    let (before, after) = page.split_once(&asked).unwrap();
    assert!(
        before.ends_with("is right.</p>\n<ul>\n<li>") && after.contains("For comparison, uniform")
    );
}

#[test]
fn the_figure_of_a_way_of_training_or_of_a_proxy_compares_it() {
    let proxies = measured("proxies");
    for ((lesson, measured), kind) in [(&*TASK_WEIGHTS, "methods"), (&proxies, "proxy")] {
        let id = &lesson.id;
        for (place, step) in lesson.steps.iter().enumerate() {
            let StepKind::Reveal { setting, .. } = &step.kind else { continue };
            let Some(subject) = lesson.subject(place) else { continue };
            let found = measured.findings.get(setting).unwrap();
            let figure = lesson.compared(place, found, |later| later > place).unwrap();
            assert_eq!(figure.id, kind, "{id} {place}");
            let said = subject.say(found).unwrap();
            let gain = said.split(" (").next().unwrap();
            let told = format!("{} {}", figure.title, figure.caption);
            assert!(told.contains(gain), "{id} {place}: {gain}: {told}");
        }
    }
}

#[test]
fn signs_that_mean_something_in_a_page_are_words_in_it() {
    let toml = template()
        .0
        .replace("How much may two tasks differ?", "a < b & \\\"c\\\" <script>alert(1)</script>")
        .replace("\"It hurts.\"", "'x\" onclick=\"alert(2)\"><img src=y>'");
    let lesson = Lesson::parse(&toml, "lesson.toml", &preset).unwrap();
    let measured =
        SheetMeasurements { student: 0, findings: LessonFindings::default(), examples: Vec::new() };
    let page = html::page(&lesson, &measured, &[]).unwrap();
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&page, options).unwrap();
    let title = document.descendants().find(|n| n.tag_name().name() == "h1").unwrap();
    assert_eq!(title.text(), Some("a < b & \"c\" <script>alert(1)</script>"));
    let all = || document.descendants();
    assert_eq!(all().filter(|n| n.tag_name().name() == "script").count(), 1);
    assert!(all().all(|n| n.tag_name().name() != "img" && n.attribute("onclick").is_none()));
    assert!(all().any(|n| n.text().is_some_and(|text| text.contains("<img src=y>"))));
}

#[test]
fn a_table_of_answers_reads_back_row_by_row() {
    let (folder, _, lesson) = a_class();
    let class =
        ClassAnswers::read(&folder.path().join("answers"), std::slice::from_ref(&lesson)).unwrap();
    assert!(class.refused.is_empty() && class.doubtful.is_empty());
    let asked = lesson.steps.iter().filter(|step| step.kind.ask().is_some()).count();
    let table = class.csv().unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(names, COLUMNS.map(|column| column.0));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4 * asked);
    let students: Vec<&str> = rows.iter().map(|row| &row[0]).step_by(asked).collect();
    assert_eq!(students, ["1", "2", "3", "10"]);
    let first = &rows[0];
    let read: Vec<&str> = first.iter().collect();
    let expected = [
        "1",
        "'=Student 1",
        "my-lesson",
        "2",
        "predict",
        "a",
        "3",
        "",
        "",
        "false",
        "c",
        "1",
        "0",
        "5",
    ];
    assert_eq!(read, expected);
    let words = rows.iter().find(|row| &row[4] == "explain").unwrap();
    assert_eq!(&words[8], "'-1+1, \"x\"\nand more");
    for row in &rows {
        for cell in [&row[1], &row[2], &row[8]] {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

#[test]
fn what_cannot_be_trusted_is_named_and_all_else_is_graded() {
    let (folder, lesson_file, lesson) = a_class();
    let answers = folder.path().join("answers");
    let whole = fs::read_to_string(answers.join("my-lesson-1.json")).unwrap();
    let put = |name: &str, text: &str| fs::write(answers.join(name), text).unwrap();
    put("edited.json", &whole.replace("\"a\"", "\"c\""));
    put("newer.json", &whole.replace("\"answers\": 1", "\"answers\": 2"));
    put("broken.json", &whole[..whole.len() / 2]);
    put("foreign.json", "{\"x\": 1}");
    put("list.json", "[1, 2]");
    put("notes.txt", "not mine");
    let mut other = Answers::read(&answers.join("my-lesson-1.json")).unwrap();
    other.lesson = "elsewhere".into();
    let strange = Lesson { id: "elsewhere".into(), ..lesson };
    let (place, _) = AnswerFile::open(&answers, &strange, Some(5)).unwrap();
    place.write(&other).unwrap();
    drop(place);
    let before = listing(&answers);
    let lesson_file = lesson_file.to_str().unwrap();
    let folder_name = answers.to_str().unwrap();
    let output = taskscope(&["lesson", "grade", folder_name, "--lesson", lesson_file]);
    assert_eq!(output.status.code(), Some(2));
    let notes = text(&output.stderr);
    for (name, why) in [
        ("edited.json", "they were edited"),
        ("newer.json", "found 2; allowed: 1"),
        ("broken.json", ""),
        ("foreign.json", "answers: found nothing"),
        ("list.json", "answers: found nothing"),
        ("elsewhere-5.json", "\"elsewhere\"; allowed: same-model"),
    ] {
        let note =
            notes.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}"));
        assert!(note.contains(why), "{note}");
    }
    assert!(notes.contains("not graded: 6 files"), "{notes}");
    let rows = text(&output.stdout);
    assert_eq!(csv::Reader::from_reader(rows.as_bytes()).records().count(), 4 * 5);
    assert_eq!(listing(&answers), before, "grading changes nothing");
}

fn listing(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn the_figure_of_a_class_stands_beside_its_table_and_says_n_and_whose_draws() {
    let (folder, lesson_file, lesson) = a_class();
    let answers = folder.path().join("answers");
    let out = folder.path().join("graded");
    let arguments = ["lesson", "grade", answers.to_str().unwrap(), "--summary", "--lesson"];
    let more = [lesson_file.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let output = taskscope(&[&arguments[..], &more[..]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for name in ["answers.csv", "my-lesson-class.png", "my-lesson-class.svg", "my-lesson-class.txt"]
    {
        assert!(out.join(name).is_file(), "{name}");
    }
    let beside = fs::read_to_string(out.join("my-lesson-class.txt")).unwrap();
    let file = lesson_file.file_name().unwrap().to_str().unwrap();
    let command = format!("Drawn by: taskscope lesson grade DIR --lesson {file} --out DIR");
    assert!(beside.contains(&command), "{beside}");
    let summary = text(&output.stdout);
    assert!(summary.contains("n = 4 students"), "{summary}");
    assert!(summary.contains("2 of 4 right (95 %: "), "{summary}");
    assert!(summary.contains("chosen: a 1, b 1, c 2"), "{summary}");
    assert!(summary.contains("those who were wrong: 0 a guess, 0 fairly sure, 2 certain"));
    let class = ClassAnswers::read(&answers, std::slice::from_ref(&lesson)).unwrap();
    let figure = lesson.class_figure(&class.sessions(0)).unwrap();
    assert!(figure.caption.contains("4 students") && figure.caption.contains("n = 4"));
    assert!(figure.caption.contains("c for 4 of 4") && figure.caption.contains("own"));
    let texts = [&figure.title, &figure.caption, &figure.y.label];
    assert!(texts.iter().all(|text| text.chars().all(has_glyph)));
    let svg = fs::read_to_string(out.join("my-lesson-class.svg")).unwrap();
    let document = Document::parse(&svg).unwrap();
    let letters = document
        .descendants()
        .filter(roxmltree::Node::is_text)
        .filter_map(|n| n.text())
        .filter(|t| ["a", "b", "c"].contains(&t.trim()));
    assert_eq!(letters.count(), 3);
}

#[test]
fn a_class_with_the_same_draws_is_not_said_to_have_its_own() {
    let (toml, own) = template();
    let same = toml.replace("# per_student = true", "per_student = false");
    let same = Lesson::parse(&same, "lesson.toml", &preset).unwrap();
    for lesson in [own, same] {
        let findings = LessonFindings::default();
        let measured = SheetMeasurements { student: 3, findings, examples: Vec::new() };
        assert_eq!(measured.whose(&lesson).contains("student 3"), lesson.per_student);
        let folder = TempDir::new().unwrap();
        answered(folder.path(), &lesson, 1, 2, "it turns");
        let class = ClassAnswers::read(folder.path(), std::slice::from_ref(&lesson)).unwrap();
        let sessions = class.sessions(0);
        let said = lesson.tally(1, &sessions).words().join(", ");
        let figure = lesson.class_figure(&sessions).unwrap();
        let texts = format!("{said} {} {:?}", figure.caption, figure.legend());
        assert_eq!(texts.contains(" own"), lesson.per_student, "{texts}");
        assert!(texts.contains("c for 1 of 1"), "{texts}");
    }
}

#[test]
fn marks_written_into_a_table_outlive_a_new_one() {
    let (folder, lesson_file, lesson) = a_class();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (answers, out, toml) = (at("answers"), at("graded"), lesson_file.to_str().unwrap());
    let grade = || taskscope(&["lesson", "grade", &answers, "--out", &out, "--lesson", toml]);
    assert_eq!(grade().status.code(), Some(0));
    answered(Path::new(&answers), &lesson, 11, 2, "it turns");
    assert_eq!(grade().status.code(), Some(0));
    let old = at("graded/answers.csv.old");
    assert!(!Path::new(&old).exists(), "answers that are added take nothing away");
    let table = fs::read_to_string(at("graded/answers.csv")).unwrap();
    let (before, after) = table.split_once("it turns,").unwrap();
    let marked = format!("{before}it turns,true{after}");
    fs::write(at("graded/answers.csv"), &marked).unwrap();
    let output = grade();
    assert!(text(&output.stderr).contains("answers.csv.old"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&old).unwrap(), marked);
    assert_eq!(fs::read_to_string(at("graded/answers.csv")).unwrap(), table);
    assert_eq!(fs::read_to_string(&old).unwrap().matches("it turns,true").count(), 1);
}

#[test]
fn what_is_not_looked_at_is_named_and_words_only_begun_are_no_answer() {
    let (folder, lesson_file, lesson) = a_class();
    let at = |name: &str| folder.path().join(name);
    let answers = at("answers");
    fs::create_dir_all(answers.join("graded")).unwrap();
    fs::create_dir_all(answers.join("stu7")).unwrap();
    fs::rename(answers.join("my-lesson-1.json"), answers.join("stu7/my-lesson-1.json")).unwrap();
    fs::rename(answers.join("my-lesson-2.json"), answers.join("my-lesson-2.JSON")).unwrap();
    let (place, mut begun) = AnswerFile::open(&answers, &lesson, Some(20)).unwrap();
    begun.session.keep_words(&lesson, 5, "The unit is shared, and");
    place.write(&begun).unwrap();
    let toml = lesson_file.to_str().unwrap();
    let output = taskscope(&["lesson", "grade", answers.to_str().unwrap(), "--lesson", toml]);
    let notes = text(&output.stderr);
    assert!(notes.contains("not read: my-lesson-2.JSON, stu7; only files directly"), "{notes}");
    let table = text(&output.stdout);
    assert!(table.contains("\"The unit is shared, and\",,,0,0,\n"), "{table}");
}

#[test]
fn grades_come_as_json_too() {
    let (folder, lesson_file, _) = a_class();
    let answers = folder.path().join("answers");
    fs::write(answers.join("broken.json"), "{").unwrap();
    let more = ["--json", "--lesson", lesson_file.to_str().unwrap()];
    let arguments = ["lesson", "grade", answers.to_str().unwrap()];
    let output = taskscope(&[&arguments[..], &more[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schema"], "taskscope.grades/1");
    assert_eq!(json["answers"].as_array().unwrap().len(), 4 * 5);
    assert_eq!(json["refused"].as_array().unwrap().len(), 1);
    assert_eq!(json["answers"][0]["right"], false);
}

#[test]
fn an_empty_folder_has_an_empty_table_and_a_missing_one_is_refused() {
    let folder = TempDir::new().unwrap();
    let output = taskscope(&["lesson", "grade", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stdout).lines().count(), 1);
    let out = folder.path().join("out");
    let more = ["--summary", "--out", out.to_str().unwrap()];
    let output =
        taskscope(&[&["lesson", "grade", folder.path().to_str().unwrap()], &more[..]].concat());
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), "no answers\n"));
    let nowhere = folder.path().join("nowhere");
    let output = taskscope(&["lesson", "grade", nowhere.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn answers_to_another_wording_are_refused_and_copies_counted_once() {
    let (folder, lesson_file, lesson) = a_class();
    let answers = folder.path().join("answers");
    fs::copy(answers.join("my-lesson-2.json"), answers.join("my-lesson-2 (1).json")).unwrap();
    let class = ClassAnswers::read(&answers, &[lesson]).unwrap();
    assert_eq!((class.graded.len(), class.doubtful.len()), (4, 1));
    let text = fs::read_to_string(&lesson_file).unwrap();
    let corrected =
        text.replace("minutes = 6", "minutes = 7").replace("It hurts.", "It does harm.");
    let corrected = Lesson::parse(&corrected, "lesson.toml", &preset).unwrap();
    assert_eq!(ClassAnswers::read(&answers, &[corrected]).unwrap().graded.len(), 4);
    let changed = text.replace("when = \"hurts\"", "when = \"gain < 0.1\"");
    let changed = Lesson::parse(&changed, "lesson.toml", &preset).unwrap();
    let class = ClassAnswers::read(&answers, &[changed]).unwrap();
    assert_eq!((class.graded.len(), class.refused.len()), (0, 5));
    assert!(class.refused[0].to_string().contains("this version of the lesson"));
}

#[test]
fn a_hundred_students_without_numbers_have_a_hundred_files() {
    let (_, lesson) = template();
    let folder = TempDir::new().unwrap();
    let mut held = Vec::new();
    for _ in 0..100 {
        let (place, answers) = AnswerFile::open(folder.path(), &lesson, None).unwrap();
        assert!(answers.session.student > LARGEST_NUMBER);
        place.write(&answers).unwrap();
        held.push((place, answers.session.student));
    }
    let numbers: BTreeSet<u64> = held.iter().map(|(_, student)| *student).collect();
    assert_eq!(numbers.len(), 100);
    drop(held);
    let class = ClassAnswers::read(folder.path(), &[lesson]).unwrap();
    assert_eq!((class.graded.len(), class.refused.len(), class.doubtful.len()), (100, 0, 0));
}
