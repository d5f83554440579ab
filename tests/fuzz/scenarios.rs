//! Texts that hold a scenario: scenario and study files, lessons, shared strings.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use taskscope::error::Error;
use taskscope::lesson::Lesson;
use taskscope::lesson::catalog::{LESSONS, TEMPLATE, preset};
use taskscope::scenario::knob::KNOBS;
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Scenario, ScenarioDraft, share};
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::{Study, StudyDraft};

use super::run::Target;
use super::{BASE, EACH};
use crate::proportion::ASKED;

pub(super) const SCENARIO: Target = Target {
    name: "",
    changes: 0,
    words,
    seeds: presets,
    check: |bytes| scenario(&String::from_utf8_lossy(bytes)),
};

pub(super) const STUDY: Target = Target { seeds: studies, check: study, ..SCENARIO };

pub(super) const LESSON: Target = Target { seeds: lessons, check: lesson, ..SCENARIO };

pub(super) const SHARE: Target = Target { seeds: shared, check: share, ..SCENARIO };

/// All presets; their data are unfolded once, before memory is counted.
fn presets() -> Vec<Vec<u8>> {
    PRESETS.iter().for_each(|preset| drop(preset.scenario().unwrap()));
    PRESETS.iter().map(|preset| preset.json.into()).collect()
}

/// Names of knobs, presets and fields.
pub(super) fn words() -> Vec<String> {
    let knobs = KNOBS.iter().map(|knob| knob.name);
    let presets = PRESETS.iter().map(|preset| preset.name);
    let fields = ["target", "source", "dataset", "groups", "model", "data", "theta", "covariance"];
    knobs.chain(presets).chain(fields).map(str::to_owned).collect()
}

/// Runs `read`, which may ask for memory in proportion to its input.
pub(super) fn bounded<T>(bytes: &[u8], read: impl FnOnce() -> T) -> T {
    let before = ASKED.get();
    let found = read();
    let asked = ASKED.get() - before;
    assert!(asked <= BASE + EACH * bytes.len(), "{asked} bytes for {}", bytes.len());
    found
}

/// A refusal names the file, and is short.
pub(super) fn names(error: &Error, origin: &str) {
    let said = error.to_string();
    assert!(said.contains(origin), "names no file: {said}");
    assert!(said.len() < 4000, "is too long: {said}");
}

/// A draft is written and read back as it is.
pub(super) fn comes_back(draft: &ScenarioDraft) {
    let json = draft.to_json().unwrap();
    assert_eq!(&ScenarioDraft::parse(&json, "back").unwrap(), draft);
    let text = share::to_string("mine", draft).unwrap();
    match share::from_string(&text) {
        Ok((_, back)) => assert_eq!(&back, draft),
        Err(error) => assert!(error.to_string().contains("sha256"), "{error}"),
    }
}

fn scenario(json: &str) {
    let found = bounded(json.as_bytes(), || Scenario::parse(json, "input.json"));
    match found {
        Ok(scenario) => {
            comes_back(scenario.draft());
            let again = Scenario::check(scenario.draft().clone()).unwrap();
            assert_eq!(again.draft(), scenario.draft());
        }
        Err(error) => names(&error, "input.json"),
    }
}

fn studies() -> Vec<Vec<u8>> {
    let of = |name: &str, question| {
        let scenario = preset(name).unwrap().draft().clone();
        StudyDraft::new(question, vec![NamedScenario { name: name.into(), scenario }])
    };
    let sweep =
        |x: &str, y: Option<&str>| Question::Sweep { x: vec![x.into()], y: y.map(Into::into) };
    [
        of("two-tasks", sweep("source.angle=0:90:3", None)),
        of("turning-data", sweep("source.samples=10:1e4:4:log", Some("source.rotation=0:90:2"))),
    ]
    .map(|study| study.to_json().unwrap().into_bytes())
    .into()
}

fn study(bytes: &[u8]) {
    let json = String::from_utf8_lossy(bytes);
    match bounded(bytes, || StudyDraft::parse(&json, "input.json")) {
        Err(error) => names(&error, "input.json"),
        Ok(draft) => {
            let json = draft.to_json().unwrap();
            let back = StudyDraft::parse(&json, "back").unwrap();
            assert_eq!(back.to_json().unwrap(), json);
            if let Err(problem) = Study::check(draft) {
                assert!(!problem.to_string().is_empty());
            }
        }
    }
}

fn lessons() -> Vec<Vec<u8>> {
    LESSONS.iter().map(|lesson| lesson.toml).chain([TEMPLATE]).map(Into::into).collect()
}

fn lesson(bytes: &[u8]) {
    let toml = String::from_utf8_lossy(bytes);
    match Lesson::parse(&toml, "input.toml", &preset) {
        Ok(lesson) => {
            let other = Lesson::parse(&toml.replace("\r\n", "\n"), "input.toml", &preset).unwrap();
            assert_eq!(other.fingerprint, lesson.fingerprint);
        }
        Err(error @ Error::Lesson { .. }) => names(&error, "input.toml"),
        Err(error) => assert!(error.exit_code() == 2, "{error}"),
    }
}

fn shared() -> Vec<Vec<u8>> {
    let of = |preset: &taskscope::scenario::Preset| {
        let draft = preset.scenario().unwrap().draft().clone();
        let changed = ScenarioDraft { seed: 7.0, trials: 9.0, ..draft.clone() };
        [(preset.name, &draft), (preset.name, &changed), ("mine", &draft)]
            .map(|(name, draft)| share::to_string(name, draft).unwrap().into_bytes())
    };
    let texts = PRESETS.iter().map(|preset| preset.json.into());
    PRESETS.iter().flat_map(of).chain(texts).collect()
}

/// The text as it is, or packed if it is JSON.
fn share(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let text = match text.trim_start().starts_with('{') {
        true => {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(bytes).unwrap();
            format!("{}{}", share::PREFIX, URL_SAFE_NO_PAD.encode(encoder.finish().unwrap()))
        }
        false => text.into_owned(),
    };
    match bounded(text.as_bytes(), || share::from_string(&text)) {
        Ok((_, draft)) => {
            comes_back(&draft);
            let _ = Scenario::check(draft);
        }
        Err(error) => {
            assert_eq!(error.exit_code(), 2, "{error}");
            assert!(error.to_string().len() < 4000, "{error}");
        }
    }
}
