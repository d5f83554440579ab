//! A scenario as one short string, for sharing in a message.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};

use super::changes::{Change, changes};
use super::draft::ScenarioDraft;
use super::preset::Preset;
use crate::error::{self, Error, Invalid, Result, brief};

/// Prefix of every such string.
pub const PREFIX: &str = "ts1:";
/// The version of such strings.
const VERSION: u32 = 1;

/// Returns true for a shared string of any version.
pub fn is_shared(text: &str) -> bool {
    version(text.trim_start()).is_some()
}

/// The version of a string: 1 for `ts1:`.
fn version(text: &str) -> Option<u32> {
    text.strip_prefix("ts")?.split_once(':')?.0.parse().ok()
}

/// Text before the checksum.
const CHECK: &str = ",check=";

/// The longest string, in bytes.
const MOST_LETTERS: usize = 2 << 20;

/// The longest uncompressed text, in bytes.
const LONGEST: u64 = 1 << 20;

/// Encodes a scenario in characters that need no quotes in a shell. A preset with changed knobs
/// becomes its name, the changes and a checksum (`ts1:two-tasks,source.angle=60,check=1a2b3c4d`);
/// other scenarios become compressed JSON.
pub fn to_string(name: &str, draft: &ScenarioDraft) -> Result<String> {
    match changes(name, draft) {
        Some(changes) => Ok(format!("{PREFIX}{}", of_preset(name, &changes, draft)?)),
        None => Ok(format!("{PREFIX}{}", packed(draft)?)),
    }
}

/// Decodes a string to a name and a scenario. Spaces and line breaks are ignored, since messages
/// may add them.
pub fn from_string(text: &str) -> Result<(String, ScenarioDraft)> {
    if text.len() > MOST_LETTERS {
        let found = format!("more than 2 MiB in \"{}\"", brief(text));
        return Err(Invalid::new("scenario", found, "a string of 2 MiB at most").into());
    }
    let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(other) = version(&letters).filter(|version| *version != VERSION) {
        let allowed = format!("version {VERSION}, which begins with {PREFIX}");
        let found = format!("a shared string of version {other}");
        return Err(Invalid::new("scenario", found, allowed).into());
    }
    let inside = letters.strip_prefix(PREFIX).ok_or_else(|| refused("no prefix", text))?;
    match inside.split_once(CHECK) {
        Some((words, check)) => changed(words, check, text),
        None => Ok(("shared".to_owned(), unpacked(inside, text)?)),
    }
}

fn refused(what: &str, text: &str) -> Error {
    let allowed = format!("a complete string that begins with {PREFIX}, as copied with y");
    Invalid::new("scenario", format!("{what} in \"{}\"", brief(text)), allowed).into()
}

fn of_preset(name: &str, changes: &[Change], draft: &ScenarioDraft) -> Result<String> {
    let word = |change: &Change| match change {
        Change::Set(assignment) => assignment.clone(),
        Change::Trials(number) => format!("trials={number}"),
        Change::Seed(number) => format!("seed={number}"),
        Change::Method(name) => format!("method={name}"),
    };
    let words: Vec<String> =
        std::iter::once(name.to_owned()).chain(changes.iter().map(word)).collect();
    Ok(format!("{}{CHECK}{:08x}", words.join(","), checksum(draft)?))
}

/// Decodes a preset with changes. The checksum detects a preset that has changed since.
fn changed(words: &str, expected: &str, text: &str) -> Result<(String, ScenarioDraft)> {
    let mut words = words.split(',');
    let preset = words.next().and_then(Preset::find);
    let preset = preset.ok_or_else(|| refused("an unknown preset", text))?;
    let mut draft = ScenarioDraft::parse(preset.json, preset.name)?;
    draft.compare.clear();
    for word in words {
        let change = match word.split_once('=') {
            Some(("trials", number)) => Change::Trials(number.to_owned()),
            Some(("seed", number)) => Change::Seed(number.to_owned()),
            Some(("method", name)) => Change::Method(name.to_owned()),
            _ => Change::Set(word.to_owned()),
        };
        change.make(&mut draft)?;
    }
    if format!("{:08x}", checksum(&draft)?) != expected {
        let what = "a damaged character, or a preset that has since changed,";
        return Err(refused(what, text));
    }
    Ok((preset.name.to_owned(), draft))
}

/// The checksum of a scenario without its focus, which stands in its string.
pub fn checksum(draft: &ScenarioDraft) -> Result<u32> {
    let draft = ScenarioDraft { focus: None, ..draft.clone() };
    Ok(crc32fast::hash(json(&draft)?.as_bytes()))
}

fn json(draft: &ScenarioDraft) -> Result<String> {
    error::json::line("the scenario", draft)
}

fn packed(draft: &ScenarioDraft) -> Result<String> {
    let mut packed = Vec::new();
    DeflateEncoder::new(json(draft)?.as_bytes(), Compression::best())
        .read_to_end(&mut packed)
        .map_err(|error| Error::Failed(format!("the scenario cannot be shared: {error}")))?;
    Ok(URL_SAFE_NO_PAD.encode(packed))
}

fn unpacked(letters: &str, text: &str) -> Result<ScenarioDraft> {
    let packed =
        URL_SAFE_NO_PAD.decode(letters).map_err(|_| refused("a damaged character", text))?;
    let mut json = Vec::new();
    let mut unfolded = DeflateDecoder::new(packed.as_slice()).take(LONGEST + 1);
    let read = unfolded.read_to_end(&mut json);
    if json.len() as u64 > LONGEST {
        let found = format!("more than 1 MiB in \"{}\"", brief(text));
        return Err(Invalid::new("scenario", found, "a scenario of 1 MiB at most").into());
    }
    let whole = read.ok().and_then(|_| String::from_utf8(json).ok());
    let json = whole.ok_or_else(|| refused("a damaged or missing part", text))?;
    let draft = ScenarioDraft::parse(&json, "shared string")?;
    if let Some(place) = &draft.dataset
        && let Some(file) = (0..place.files.len()).find(|file| !place.has_hash(*file))
    {
        let found = format!("\"{}\" without its sha256", place.files[file]);
        let allowed = "files with their sha256: a shared string has no folder of its own";
        return Err(Invalid::new(format!("dataset.files[{file}]"), found, allowed).into());
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Handle;
    use crate::scenario::preset::PRESETS;

    #[test]
    fn every_scenario_comes_back_from_its_string_as_it_was() {
        for preset in PRESETS {
            let scenario = preset.scenario().unwrap();
            let handle = scenario.focus();
            let value = handle.get(scenario.draft()).unwrap();
            let turned = scenario.with(handle, handle.knob.step(value, 1));
            let turned = turned.unwrap_or_else(|_| scenario.clone());
            for (name, draft) in [
                (preset.name, scenario.draft()),
                (preset.name, turned.draft()),
                ("mine", turned.draft()),
            ] {
                let text = to_string(name, draft).unwrap();
                assert_eq!(from_string(&text).unwrap().1, *draft, "{name}: {text}");
                assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || ":-_=,.".contains(c)));
                let (one, other) = text.split_at(text.len() / 2);
                assert_eq!(from_string(&format!(" {one}\n {other}\n")).unwrap().1, *draft);
            }
        }
    }

    #[test]
    fn a_scenario_without_noise_comes_back_from_its_string_and_its_file() {
        let mut draft = Preset::find("two-tasks").unwrap().scenario().unwrap().draft().clone();
        draft.about = "Without noise.".into();
        draft.tasks.iter_mut().for_each(|task| task.noise = 0.0);
        let string = to_string("quiet", &draft).unwrap();
        assert_eq!(from_string(&string).unwrap().1, draft);
        assert_eq!(ScenarioDraft::parse(&json(&draft).unwrap(), "file").unwrap(), draft);
    }

    #[test]
    fn a_preset_with_another_knob_is_a_short_string() {
        let scenario = PRESETS[0].scenario().unwrap();
        let handle = Handle::find(scenario.draft(), "source.angle").unwrap();
        let text = to_string("two-tasks", scenario.with(handle, 60.0).unwrap().draft()).unwrap();
        assert!(text.starts_with("ts1:two-tasks,source.angle=60,check="), "{text}");
        assert!(from_string(&text.replace("60", "61")).is_err(), "the check tells");
    }

    #[test]
    fn a_damaged_string_is_refused_with_what_is_allowed() {
        let text = to_string("mine", PRESETS[0].scenario().unwrap().draft()).unwrap();
        let huge = format!("ts1:{}", "a".repeat(8 << 20));
        let said = from_string(&huge).unwrap_err().to_string();
        assert!(said.contains("more than 2 MiB"), "{said}");
        let newer = from_string("ts2:abc").unwrap_err().to_string();
        assert!(newer.contains("version 2; allowed: version 1"), "{newer}");
        for bad in ["ts1:", "ts1:$$", "ts2:abc", "ts1:,check=", &text[..text.len() / 2], &text[1..]]
        {
            let error = from_string(bad).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{bad}: {error}");
        }
    }

    #[test]
    fn a_string_names_no_file_whose_hash_it_does_not_know() {
        let mut draft = PRESETS[0].scenario().unwrap().draft().clone();
        let files = vec!["/a.csv".to_owned()];
        draft.dataset = Some(crate::scenario::draft::DatasetDraft { files, ..Default::default() });
        let said = from_string(&to_string("mine", &draft).unwrap()).unwrap_err().to_string();
        assert!(said.contains("found \"/a.csv\" without its sha256"), "{said}");
        draft.dataset.iter_mut().for_each(|place| place.sha256 = vec!["0".repeat(64)]);
        assert_eq!(from_string(&to_string("mine", &draft).unwrap()).unwrap().1, draft);
    }

    #[test]
    fn a_string_that_would_unfold_without_end_is_refused() {
        let blanks = vec![b' '; 64 << 20];
        let mut packed = Vec::new();
        let mut encoder = DeflateEncoder::new(blanks.as_slice(), Compression::best());
        encoder.read_to_end(&mut packed).unwrap();
        let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(packed));
        let said = from_string(&text).unwrap_err().to_string();
        assert!(said.contains("more than 1 MiB") && said.contains("1 MiB at most"), "{said}");
    }
}
