//! Files that the program itself keeps: answers, sessions, settings.

use std::fs;

use taskscope::app::settings::{SETTINGS, Settings};
use taskscope::lesson::Lesson;
use taskscope::lesson::catalog::BuiltInLesson;
use taskscope::store::answers::{AnswerFile, Answers};
use taskscope::store::session::{AbandonedSession, FORMAT, Session};
use taskscope::store::settings;
use tempfile::TempDir;

use super::run::Target;
use super::scenarios::{comes_back, names};
use crate::support::common::preset;

pub(super) const ANSWERS: Target =
    Target { name: "", changes: 0, words: Vec::new, seeds: answers, check: read_answers };

pub(super) const SESSION: Target = Target { seeds: sessions, check: read_session, ..ANSWERS };

pub(super) const SETTINGS_FILE: Target =
    Target { words: setting_words, seeds: configurations, check: keep_settings, ..ANSWERS };

fn lesson() -> Lesson {
    BuiltInLesson::find("tour").unwrap().lesson().unwrap()
}

const STUDENT: u64 = 7;

fn answers() -> Vec<Vec<u8>> {
    let folder = TempDir::new().unwrap();
    let (file, mut answers) = AnswerFile::open(folder.path(), &lesson(), Some(STUDENT)).unwrap();
    file.write(&answers).unwrap();
    let first = fs::read(file.path()).unwrap();
    answers.name = Some("Ada".into());
    answers.session.at = 2;
    for (step, text) in [(0, None), (1, Some("because".to_owned()))] {
        let answer = taskscope::lesson::Answer {
            choice: Some('b'),
            confidence: Some(2),
            value: Some(0.5),
            text,
            tries: 1,
            seconds: 30,
            ..Default::default()
        };
        answers.session.answers.insert(step, answer);
        answers.session.hints.insert(step, 1);
    }
    file.write(&answers).unwrap();
    vec![first, fs::read(file.path()).unwrap()]
}

/// The file with the checksum that the refusal names.
fn sealed(bytes: &[u8], error: &str) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (_, rest) = error.split_once("but the answers give ")?;
    let fresh = rest.split(':').next()?;
    let (before, rest) = text.split_once("\"checksum\": \"")?;
    let (_, after) = rest.split_once('"')?;
    Some(format!("{before}\"checksum\": \"{fresh}\"{after}").into_bytes())
}

/// Answers that are read are written as they are, and a lesson of their own goes on with them.
fn read_answers(bytes: &[u8]) {
    let folder = TempDir::new().unwrap();
    let lesson = lesson();
    let path = folder.path().join(format!("{}-{STUDENT}.json", lesson.id));
    fs::write(&path, bytes).unwrap();
    let error = match Answers::read(&path) {
        Ok(answers) => return go_on(folder.path(), &lesson, &answers),
        Err(error) => error,
    };
    names(&error, "tour-7.json");
    if let Some(bytes) = sealed(bytes, &error.to_string()) {
        fs::write(&path, bytes).unwrap();
        match Answers::read(&path) {
            Ok(answers) => go_on(folder.path(), &lesson, &answers),
            Err(error) => names(&error, "tour-7.json"),
        }
    }
}

fn go_on(folder: &std::path::Path, lesson: &Lesson, answers: &Answers) {
    match AnswerFile::open(folder, lesson, Some(STUDENT)) {
        Err(error) => names(&error, "tour-7.json"),
        Ok((file, opened)) => {
            assert_eq!(&opened, answers);
            file.write(answers).unwrap();
            assert_eq!(&Answers::read(file.path()).unwrap(), answers);
        }
    }
}

fn sessions() -> Vec<Vec<u8>> {
    ["two-tasks", "six-tasks"]
        .map(|name| {
            let session = Session {
                session: FORMAT.version,
                time: 1_700_000_000,
                name: name.into(),
                screen: "Lab".into(),
                focus: "source.angle".into(),
                scenario: preset(name).draft().clone(),
            };
            serde_json::to_vec(&session).unwrap()
        })
        .into()
}

fn read_session(bytes: &[u8]) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("input.json"), bytes).unwrap();
    let found = AbandonedSession::find(folder.path());
    for said in &found.skipped {
        assert!(said.contains("input.json"), "{said}");
    }
    found.left.iter().for_each(|left| comes_back(&left.session().scenario));
}

fn setting_words() -> Vec<String> {
    let words = SETTINGS
        .iter()
        .flat_map(|setting| [setting.name].into_iter().chain(setting.values.iter().copied()));
    words.map(str::to_owned).collect()
}

fn configurations() -> Vec<Vec<u8>> {
    let all: String =
        SETTINGS.iter().map(|s| format!("{} = \"{}\"\n", s.name, s.values[0])).collect();
    ["# mine\n theme=\"dark\"  # why not\ntips = true\nmouse = false", &all, ""]
        .map(|text| text.as_bytes().to_vec())
        .into()
}

/// A setting that is kept is in the file, and nothing else of it changes.
fn keep_settings(bytes: &[u8]) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, bytes).unwrap();
    let known: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
    match settings::keep(&path, &[("theme", "light")], &known) {
        Err(error) => {
            names(&error, "config.toml");
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
        Ok(()) => {
            let text = fs::read_to_string(&path).unwrap();
            let table: toml::Table = text.parse().unwrap();
            assert_eq!(table["theme"].as_str(), Some("light"), "{text}");
            for setting in SETTINGS {
                let value = table.get(setting.name).and_then(toml::Value::as_str);
                let _ = setting.set(&mut Settings::default(), value.unwrap_or_default());
            }
        }
    }
}
