//! A scenario as one short string, to be sent in a message.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};

use super::draft::ScenarioDraft;
use crate::error::{Error, Invalid, Result, brief};

/// What every such string begins with.
pub const PREFIX: &str = "ts1:";

/// The longest text a string may hold, in bytes.
const LONGEST: u64 = 1 << 20;

/// The scenario as compressed JSON in letters that need no quotes in a shell.
pub fn to_string(draft: &ScenarioDraft) -> Result<String> {
    let failed = |what: String| Error::Failed(format!("the scenario cannot be shared: {what}"));
    let json = serde_json::to_vec(draft).map_err(|error| failed(error.to_string()))?;
    let mut packed = Vec::new();
    DeflateEncoder::new(json.as_slice(), Compression::best())
        .read_to_end(&mut packed)
        .map_err(|error| failed(error.to_string()))?;
    Ok(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(packed)))
}

/// The scenario of a string. Spaces and line breaks in it are those of a message, and ignored.
pub fn from_string(text: &str) -> Result<ScenarioDraft> {
    let refused = |what: &str| {
        let allowed = format!("a whole string that begins with {PREFIX}, as y gives it");
        Error::from(Invalid::new("scenario", format!("{what} in \"{}\"", brief(text)), allowed))
    };
    let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let packed = letters.strip_prefix(PREFIX).ok_or_else(|| refused("no prefix"))?;
    let packed = URL_SAFE_NO_PAD.decode(packed).map_err(|_| refused("a damaged letter"))?;
    let mut json = String::new();
    DeflateDecoder::new(packed.as_slice())
        .take(LONGEST)
        .read_to_string(&mut json)
        .map_err(|_| refused("a damaged or missing part"))?;
    ScenarioDraft::parse(&json, "shared string")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::preset::PRESETS;

    #[test]
    fn every_preset_comes_back_from_its_string_as_it_was() {
        for preset in PRESETS {
            let draft = preset.scenario().unwrap().draft().clone();
            let text = to_string(&draft).unwrap();
            assert_eq!(from_string(&text).unwrap(), draft, "{}", preset.name);
            assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || ":-_".contains(c)));
            let (one, other) = text.split_at(text.len() / 2);
            assert_eq!(from_string(&format!(" {one}\n {other}\n")).unwrap(), draft);
        }
    }

    #[test]
    fn a_damaged_string_is_refused_with_what_is_allowed() {
        let text = to_string(PRESETS[0].scenario().unwrap().draft()).unwrap();
        for bad in ["ts1:", "ts1:$$", "ts2:abc", &text[..text.len() / 2], &text[1..]] {
            let error = from_string(bad).unwrap_err();
            assert_eq!(error.exit_code(), 2, "{bad}: {error}");
        }
    }

    #[test]
    fn a_string_that_would_unfold_without_end_is_refused() {
        let zeros = vec![b' '; 64 << 20];
        let mut packed = Vec::new();
        let mut encoder = DeflateEncoder::new(zeros.as_slice(), Compression::best());
        encoder.read_to_end(&mut packed).unwrap();
        let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(packed));
        assert!(from_string(&text).is_err());
    }
}
