//! Lessons in line mode with the real program: output, saved answers, continuing.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::program::command;
use taskscope::cancel::Cancel;
use taskscope::lesson::catalog::{TEMPLATE, preset};
use taskscope::lesson::session::the_right_choice;
use taskscope::lesson::step::letter;
use taskscope::lesson::{Lesson, LessonFindings, Quantity, StepKind};
use taskscope::line::plain;
use taskscope::math::stats::LEVEL;
use taskscope::store::answers::{AnswerFile, Answers};
use tempfile::TempDir;

const STUDENT: u64 = 7;

/// The template with few trials, in a folder.
fn folder() -> (TempDir, PathBuf, Lesson) {
    let folder = TempDir::new().unwrap();
    let toml = TEMPLATE.replace("trials = 60", "trials = 20");
    let path = folder.path().join("lesson.toml");
    fs::write(&path, &toml).unwrap();
    let lesson = Lesson::parse(&toml, "lesson.toml", &preset).unwrap();
    (folder, path, lesson)
}

fn program(lesson: &Path, answers: &Path, more: &[&str]) -> Command {
    let mut command = command(&[]);
    command.args(["lesson", "play"]).arg(lesson).args(["--line", "--answers"]).arg(answers);
    command.args(more).current_dir(lesson.parent().unwrap());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn played(lesson: &Path, answers: &Path, commands: &str) -> Output {
    let mut child = program(lesson, answers, &["--student", "7"]).spawn().unwrap();
    let told = child.stdin.take().unwrap().write_all(commands.as_bytes());
    assert!(told.is_ok() || told.is_err_and(|gone| gone.kind() == ErrorKind::BrokenPipe));
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn kept(answers: &Path) -> Answers {
    Answers::read(&answers.join("my-lesson-7.json")).unwrap()
}

fn measured(lesson: &Lesson) -> LessonFindings {
    lesson.findings(STUDENT, &Cancel::new()).unwrap()
}

/// The letter of the right choice, and a right value.
fn right(lesson: &Lesson, findings: &LessonFindings) -> (char, f64) {
    let (_, step) = lesson.predictions().next().unwrap();
    let choice = letter(the_right_choice(step, findings).unwrap());
    let crossing = Quantity::parse("angles.crossing", None).unwrap();
    (choice, crossing.value(findings.get("angles").unwrap()).unwrap().mean)
}

#[test]
fn a_whole_lesson_by_pipe_with_everything_right_ends_in_zero_and_is_kept() {
    let (folder, path, lesson) = folder();
    let answers = folder.path().join("answers");
    let findings = measured(&lesson);
    let (choice, value) = right(&lesson, &findings);
    let script = format!(
        "next\n{choice} 3\nnext\nanswer {value:.1}\n\nsource.angle = 5\nnext\nThe unit is shared.\n\
         next\nsave gain.svg\nnext\nnext\n"
    );
    let output = played(&path, &answers, &script);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains(&format!("Committed: {choice}, certain.")), "{text}");
    assert!(text.contains("The goal is reached"), "{text}");
    assert!(text.contains("The lesson is finished.\nRight so far: 3 of 3"), "{text}");
    assert!(text.contains("Step 2, your answer is right: "), "{text}");
    assert!(folder.path().join("gain.svg").is_file());
    let session = kept(&answers).session;
    assert!(session.finished && session.fits(&lesson));
    assert_eq!(session.score(), (3, 3));
    assert_eq!(session.answers[&1].measured, Some(choice));
    assert_eq!(session.answers[&5].text.as_deref(), Some("The unit is shared."));
    assert!(session.answers.contains_key(&6));
}

#[test]
fn what_is_wrong_is_said_to_be_wrong_and_counts_as_such() {
    let (folder, path, lesson) = folder();
    let answers = folder.path().join("answers");
    let (choice, _) = right(&lesson, &measured(&lesson));
    let wrong = if choice == 'a' { 'b' } else { 'a' };
    let script = format!("\n{wrong}\n1\n\nanswer 89\nanswer 88\nhint\n\nrun\nquit\nscore\n");
    let output = played(&path, &answers, &script);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains(&format!("You predicted {wrong}, a guess: wrong; the answer is {choice}."))
    );
    assert!(text.contains("Wrong: 89 degrees is outside the measured interval."), "{text}");
    assert!(text.contains("To find it, go on to smaller values, or type hint."), "{text}");
    assert!(text.contains("Watch where the curve crosses zero."));
    assert!(text.contains("The goal is not reached yet."));
    assert!(!text.contains("Right so far"), "nothing behind quit is carried out");
    let session = kept(&answers).session;
    assert_eq!(session.score(), (0, 2));
    assert_eq!(session.answers[&3].tries, 2);
    assert_eq!(session.hints[&3], 1);
}

#[test]
fn nothing_measured_is_said_before_the_prediction_is_committed() {
    let (folder, path, lesson) = folder();
    let answers = folder.path().join("answers");
    let output = played(
        &path,
        &answers,
        "next\nhint\nhint\nagain\nscore\nhelp\nnext\nrun\nsave\nanswer 3\n",
    );
    let text = said(&output);
    assert_eq!(output.status.code(), Some(2));
    for sign in ["plus or minus", "HURTS", "HELPS", "NO DIFFERENCE", " n = ", "Theory,", "together"]
    {
        assert!(!text.contains(sign), "{sign}: {text}");
    }
    assert!(text.contains("commit a prediction first"));
    assert_eq!(kept(&answers).session.at, 1);
    assert!(lesson.steps.len() > 1);
}

#[test]
fn what_is_said_is_plain_and_its_numbers_are_those_of_the_library() {
    let (folder, path, lesson) = folder();
    let answers = folder.path().join("answers");
    let findings = measured(&lesson);
    let (choice, value) = right(&lesson, &findings);
    let script =
        format!("\n{choice} 2\n\nanswer {value}\nset source.angle 60\n\nsource.angle=3\nhelp\n");
    let text = said(&played(&path, &answers, &script));
    for line in text.lines().filter(|line| !line.starts_with("Your answers are in")) {
        assert!(line.bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{line}");
        assert!(line.ends_with(['.', '?', ':', '!']), "{line}");
        let numbers = line.replace(&plain(LEVEL), "").replace("-100 percent", "");
        if numbers.contains(" percent") && !line.starts_with("Theory") {
            assert!(line.contains("plus or minus") && line.contains("n = "), "{line}");
        }
    }
    for sentence in taskscope::lesson::words::measured(findings.get("right-angle").unwrap()) {
        assert!(text.lines().any(|line| line == plain(&sentence)), "{sentence}\n{text}");
    }
}

#[test]
fn a_knob_of_the_lesson_turns_and_all_others_are_refused_by_name() {
    let (folder, path, lesson) = folder();
    let answers = folder.path().join("answers");
    let (choice, _) = right(&lesson, &measured(&lesson));
    let script = format!(
        "source.angle=3\n\n{choice} 1\n\ntarget.samples=50\nsource.noise 3\nset nosuch 3\n\
         source.angle=400\nsource.angle=60\n"
    );
    let output = played(&path, &answers, &script);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(2));
    let refused: Vec<&str> = text.lines().filter(|line| line.starts_with("Not done: ")).collect();
    assert_eq!(refused.len(), 5, "{text}");
    assert!(refused[0].contains("source.angle: found a knob at this step"), "{}", refused[0]);
    assert!(refused[1].contains("target.samples, which is fixed; allowed: source.angle"));
    assert!(refused[4].contains("from 0 to 180"), "{}", refused[4]);
    let last: Vec<&str> = text.lines().rev().take(5).collect();
    assert!(last.iter().any(|line| line.contains("is now 60 degrees.")), "{last:?}");
    assert!(last.iter().any(|line| line.contains("error alone") && line.contains("n = 20")));
    let unlisted = kept(&answers).session.answers;
    assert!(!unlisted.contains_key(&3), "looking is no answer");
}

#[test]
fn killed_between_two_lines_it_goes_on_at_the_same_step_with_its_answers() {
    let (folder, path, _) = folder();
    let answers = folder.path().join("answers");
    let mut child = program(&path, &answers, &["--student", "7", "--name", "Ada"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    input.write_all(b"next\nc 2\n").unwrap();
    input.flush().unwrap();
    assert!(lines.by_ref().any(|line| line.starts_with("Step 3 of 8")));
    child.kill().unwrap();
    child.wait().unwrap();
    let mut again = program(&path, &answers, &[]).spawn().unwrap();
    drop(again.stdin.take());
    let text = said(&again.wait_with_output().unwrap());
    assert!(text.contains("You are student 7,"), "the lesson that is not finished: {text}");
    assert!(text.contains("You were at step 3 of 8.\n"), "{text}");
    assert!(text.contains("You predicted c, fairly sure"), "{text}");
    assert_eq!(kept(&answers).name.as_deref(), Some("Ada"));
}

#[test]
fn the_answers_of_one_student_are_not_given_to_another_name() {
    let (folder, path, _) = folder();
    let answers = folder.path().join("answers");
    let of = |name: &str| {
        let mut child = program(&path, &answers, &["--student", "7", "--name", name]);
        let mut child = child.spawn().unwrap();
        drop(child.stdin.take());
        child.wait_with_output().unwrap()
    };
    assert_eq!(of("Ada").status.code(), Some(0));
    let other = of("Bert");
    assert_eq!(other.status.code(), Some(2));
    let said = String::from_utf8(other.stderr).unwrap();
    assert!(said.contains("\"Ada\", who is student 7; another --student number"), "{said}");
    assert_eq!(of("Ada").status.code(), Some(0));
    assert_eq!(kept(&answers).name.as_deref(), Some("Ada"));
}

#[test]
fn two_programs_never_play_the_same_student() {
    let (folder, path, lesson) = folder();
    let answers = folder.path().join("answers");
    let (place, _) = AnswerFile::open(&answers, &lesson, Some(STUDENT)).unwrap();
    let output = played(&path, &answers, "next\n");
    assert_eq!(output.status.code(), Some(2));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("7, which another program is playing"), "{error}");
    drop(place);
    assert_eq!(played(&path, &answers, "next\n").status.code(), Some(0));
}

#[test]
fn answers_that_were_edited_are_refused_and_left_as_they_are() {
    let (folder, path, _) = folder();
    let answers = folder.path().join("answers");
    assert_eq!(played(&path, &answers, "next\nc 3\n").status.code(), Some(0));
    let file = answers.join("my-lesson-7.json");
    let edited = fs::read_to_string(&file).unwrap().replace("\"c\"", "\"a\"");
    fs::write(&file, &edited).unwrap();
    let output = played(&path, &answers, "next\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("they were edited"));
    assert_eq!(fs::read_to_string(&file).unwrap(), edited);
}

#[test]
fn a_folder_that_cannot_be_written_ends_in_five() {
    let (folder, path, _) = folder();
    let output = played(&path, &path.join("answers"), "next\n");
    assert_eq!(output.status.code(), Some(5), "{output:?}");
    drop(folder);
}

#[test]
fn a_teacher_hears_notes_and_what_the_class_chose() {
    let (folder, path, lesson) = folder();
    let class = folder.path().join("class");
    for (student, choice) in [(1, 0), (2, 2), (3, 2)] {
        let (place, mut answers) = AnswerFile::open(&class, &lesson, Some(student)).unwrap();
        answers.session.at = 1;
        let given = taskscope::lesson::Given::Choice(choice, Some(3));
        answers.session.commit(&lesson, &LessonFindings::default(), given, 4).unwrap();
        place.write(&answers).unwrap();
    }
    fs::copy(class.join("my-lesson-2.json"), class.join("my-lesson-2 (copy).json")).unwrap();
    let teacher = class.to_str().unwrap();
    let more = ["--student", "0", "--teacher", teacher];
    let mut child = program(&path, &folder.path().join("mine"), &more).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"next\nc 3\nclass\n").unwrap();
    let text = said(&child.wait_with_output().unwrap());
    assert!(text.contains("For the teacher: Let the class say"), "{text}");
    assert!(text.contains("The class so far: 3 committed.\n"), "{text}");
    assert!(text.contains("The class: 3 answered, none judged.\n"), "{text}");
}

#[test]
fn the_steps_of_every_lesson_can_be_told() {
    for built in taskscope::lesson::catalog::LESSONS {
        let lesson = built.lesson().unwrap();
        assert!(lesson.steps.iter().any(|step| matches!(step.kind, StepKind::Predict { .. })));
        let mut session = taskscope::lesson::LessonSession::new(1);
        for at in 0..lesson.steps.len() {
            session.at = at;
            let needed = lesson.needed(&session);
            assert!(needed.len() <= lesson.settings.len());
            if let StepKind::Predict { setting, .. } = &lesson.steps[at].kind {
                assert!(needed.iter().all(|own| own.name != *setting), "{}: {at}", lesson.id);
            }
        }
    }
}
