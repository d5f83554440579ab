//! Answers to lessons that cannot be written.

#![cfg(all(feature = "cli", feature = "tui"))]

use std::fs;

use taskscope::lesson::catalog::{TEMPLATE, preset};
use taskscope::lesson::{Lesson, LessonFindings};
use taskscope::store::answers::Answers;
use taskscope::tui::lesson_files::LessonFiles;

#[test]
fn answers_that_cannot_be_written_wait_until_they_can_be_and_the_lesson_goes_on_from_them() {
    let lesson = Lesson::parse(TEMPLATE, "template", &preset).unwrap();
    let place = tempfile::tempdir().unwrap();
    let (folder, away) = (place.path().join("answers"), place.path().join("away"));
    let mut files = LessonFiles::new((None, None), Some(folder.clone()), None, None);
    let (path, begun) = files.open(&lesson).unwrap();
    files.write((*begun).clone()).unwrap();
    fs::rename(&folder, &away).unwrap();
    let mut session = *begun.clone();
    assert!(session.next(&lesson, &LessonFindings::default()));
    files.write(session.clone()).unwrap_err();
    files.release().unwrap_err();
    files.settle().unwrap_err();
    let (again, goes_on) = files.open(&lesson).unwrap();
    assert_eq!((again, *goes_on), (path.clone(), session.clone()));
    files.release().unwrap_err();
    fs::rename(&away, &folder).unwrap();
    assert_eq!(Answers::read(&path).unwrap().session, *begun);
    assert_eq!(*files.open(&lesson).unwrap().1, session);
    assert_eq!(Answers::read(&path).unwrap().session, session);
    files.release().unwrap();
}
