//! Figure files, opened for the scenario or study inside.

use std::fs;
use std::sync::LazyLock;

use taskscope::cancel::Cancel;
use taskscope::catalog::{FIGURES, Inputs};
use taskscope::export;
use taskscope::job::FigureFormat;
use taskscope::provenance::Provenance;
use taskscope::scenario::Scenario;
use taskscope::store::embedded::EmbeddedExperiment;
use taskscope::store::read;
use taskscope::study::StudyDraft;
use tempfile::TempDir;

use super::run::Target;
use super::scenarios::{self, comes_back, names};
use crate::support::common::{preset, with_trials};

pub(super) const FIGURE: Target =
    Target { name: "", changes: 0, words: scenarios::words, seeds, check: open };

/// A small figure in every format that is opened again, and the scenario itself.
fn seeds() -> Vec<Vec<u8>> {
    let scenario = with_trials(&preset("two-tasks"), 2);
    let described = FIGURES.iter().find(|figure| figure.id == "plane").unwrap();
    let drawing = Provenance {
        figure: described.id.to_owned(),
        name: Some("two-tasks".to_owned()),
        ..Provenance::default()
    };
    let cancel = Cancel::new();
    let figure =
        described.draw(&Inputs::new("two-tasks", &scenario, &cancel, &|_| {}), &drawing).unwrap();
    let kinds = [FigureFormat::Png, FigureFormat::Svg, FigureFormat::Pdf, FigureFormat::Json];
    let pictures =
        kinds.map(|kind| export::picture(kind, &figure, scenario.draft(), &drawing).unwrap());
    pictures.into_iter().map(without_pixels).chain([preset_text()]).collect()
}

fn preset_text() -> Vec<u8> {
    preset("two-tasks").draft().to_json().unwrap().into_bytes()
}

/// The chunks of a PNG file with their names, without length and checksum.
fn chunks(png: &[u8]) -> Option<Vec<&[u8]>> {
    let mut rest = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut found = Vec::new();
    while let Some((length, body)) = rest.split_first_chunk::<4>() {
        let length = (u32::from_be_bytes(*length) as usize).saturating_add(4);
        found.push(&body[..length.min(body.len())]);
        rest = body.get(length + 4..).unwrap_or_default();
    }
    Some(found)
}

fn png(chunks: &[&[u8]]) -> Vec<u8> {
    let sealed = |chunk: &&[u8]| {
        let length = (chunk.len().saturating_sub(4) as u32).to_be_bytes();
        [&length, *chunk, &crc32fast::hash(chunk).to_be_bytes()].concat()
    };
    let all: Vec<Vec<u8>> = chunks.iter().map(sealed).collect();
    [b"\x89PNG\r\n\x1a\n".to_vec(), all.concat()].concat()
}

/// A PNG file without its pixels, so that changes meet its notes; other files as they are.
fn without_pixels(bytes: Vec<u8>) -> Vec<u8> {
    match chunks(&bytes) {
        Some(all) => {
            let kept: Vec<&[u8]> =
                all.into_iter().filter(|chunk| !chunk.starts_with(b"IDAT")).collect();
            png(&kept)
        }
        None => bytes,
    }
}

/// The bytes as they are, and with the checksums of their chunks.
fn open(bytes: &[u8]) {
    static FOLDER: LazyLock<TempDir> = LazyLock::new(|| TempDir::new().unwrap());
    let sealed = chunks(bytes).map(|chunks| png(&chunks));
    for bytes in [Some(bytes.to_vec()), sealed].into_iter().flatten() {
        let path = FOLDER.path().join("input.fig");
        fs::write(&path, &bytes).unwrap();
        match read::scenario(&path) {
            Ok((name, draft)) => {
                assert!(name.len() <= bytes.len() + 8);
                comes_back(&draft);
                let _ = Scenario::check(draft);
            }
            Err(error) => names(&error, "input.fig"),
        }
        match read::figure(&path) {
            Ok(Some(EmbeddedExperiment::Study { study, .. })) => {
                let _ = StudyDraft::parse(&study, "input.fig");
            }
            Ok(_) => {}
            Err(error) => assert!(error.to_string().contains("found "), "{error}"),
        }
    }
}
