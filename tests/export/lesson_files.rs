//! Files of answers as the screen reads them: progress of a student, and answers of a class.

#![cfg(feature = "png")]

use std::fs;

use taskscope::lesson::catalog::{TEMPLATE, preset};
use taskscope::lesson::{Given, Lesson, LessonFindings};
use taskscope::store::answers::{AnswerFile, Answers, begun, of_class};
use taskscope::store::lessons::own as own_lessons;

fn lesson(toml: &str) -> Lesson {
    Lesson::parse(toml, "test", &preset).unwrap()
}

/// A student who has committed the first prediction.
fn play(folder: &std::path::Path, lesson: &Lesson, student: u64) -> Answers {
    let (place, mut answers) = AnswerFile::open(folder, lesson, Some(student)).unwrap();
    answers.session.at = 1;
    let given = Given::Choice(2, Some(3));
    answers.session.commit(lesson, &LessonFindings::default(), given, 5).unwrap();
    place.write(&answers).unwrap();
    answers
}

#[test]
fn what_was_begun_is_read_with_what_was_refused_and_nothing_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let own = lesson(TEMPLATE);
    let answers = play(folder.path(), &own, 3);
    let edited = folder.path().join("my-lesson-4.json");
    play(folder.path(), &own, 4);
    let text = fs::read_to_string(&edited).unwrap().replace("\"c\"", "\"a\"");
    fs::write(&edited, &text).unwrap();
    let (begun, refused) = begun(folder.path(), |answers| answers.lesson == own.id);
    assert_eq!(begun, [answers]);
    assert_eq!(refused.len(), 1);
    assert!(refused[0].to_string().contains("edited"), "{}", refused[0]);
    assert_eq!(fs::read_to_string(&edited).unwrap(), text);
}

#[test]
fn a_folder_that_is_not_there_has_nothing_begun_and_no_class() {
    let folder = tempfile::tempdir().unwrap().path().join("none");
    assert_eq!(begun(&folder, |_| true).0, []);
    assert!(of_class(&folder, &lesson(TEMPLATE), None).is_err());
}

#[test]
fn a_class_is_all_who_are_asked_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let own = lesson(TEMPLATE);
    play(folder.path(), &own, 1);
    play(folder.path(), &own, 2);
    play(folder.path(), &lesson(&TEMPLATE.replace("my-lesson\"", "another\"")), 1);
    let reworded = lesson(&TEMPLATE.replace("when = \"hurts\"", "when = \"gain < 0.1\""));
    play(folder.path(), &reworded, 9);
    fs::write(folder.path().join("notes.json"), "{}").unwrap();
    let (class, refused) = of_class(folder.path(), &own, None).unwrap();
    let students: Vec<u64> = class.iter().map(|answers| answers.session.student).collect();
    assert_eq!((students, refused), (vec![1, 2], 2));
}

#[test]
fn own_lessons_are_read_by_name_and_a_broken_one_keeps_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    put("b.toml", TEMPLATE);
    put("c.toml", TEMPLATE);
    put("d.toml", &TEMPLATE.replace("my-lesson\"", "same-model\""));
    put("a.toml", &TEMPLATE.replace("minutes = 6", "minutes = 0"));
    put("notes.txt", "no lesson");
    let elsewhere = tempfile::tempdir().unwrap();
    let opened = elsewhere.path().join("opened.toml");
    fs::write(&opened, TEMPLATE.replace("my-lesson\"", "opened\"")).unwrap();
    let all = own_lessons(Some(folder.path()), Some(&opened));
    let ids: Vec<&str> = all.iter().map(|own| own.id.as_str()).collect();
    assert_eq!(ids, ["a", "my-lesson", "c", "d", "opened"]);
    let reason = |place: usize| all[place].lesson.as_ref().unwrap_err().to_string();
    assert!(reason(0).contains("a.toml:") && reason(0).contains("minutes"), "{}", reason(0));
    assert!(reason(2).contains("b.toml") && reason(2).contains("no other lesson"), "{}", reason(2));
    assert!(reason(3).contains("comes with the program"), "{}", reason(3));
    assert!(all[1].lesson.is_ok() && all[4].lesson.is_ok());
    let again = own_lessons(Some(folder.path()), Some(&folder.path().join("b.toml")));
    assert_eq!(again.len(), 4, "a lesson of the folder is not listed twice");
    assert!(own_lessons(Some(&folder.path().join("none")), None).is_empty());
}
