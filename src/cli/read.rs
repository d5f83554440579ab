//! Scenario files as text.

use std::fs::File;
use std::io::{self, Read};

use crate::error::{Error, Invalid, Result};
use crate::scenario::preset::PRESETS;

/// The largest scenario file that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The text of a scenario file. No more of it is read than a scenario file may hold.
pub(super) fn read(file: &str) -> Result<String> {
    text(file).map_err(|source| {
        let looks_like_name = !file.contains(['/', '\\', '.']);
        if looks_like_name && source.kind() == io::ErrorKind::NotFound {
            let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
            let allowed = format!("a file, or one of {}", names.join(", "));
            return Invalid::new("scenario", format!("\"{file}\", which is neither"), allowed)
                .into();
        }
        Error::Read { path: file.into(), source }
    })
}

fn text(file: &str) -> io::Result<String> {
    let file = File::open(file)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other(
            "found a folder without a study.json; allowed: a scenario file, or the folder of a study",
        ));
    }
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other("found more than 1 MiB; allowed: 1 MiB at most"));
    }
    String::from_utf8(bytes)
        .map_err(|_| io::Error::other("found bytes that are no text; allowed: JSON in UTF-8"))
}
