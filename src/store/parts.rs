//! The parts of a study that ran apart, read together. Each part that is missing, damaged, repeated
//! or not of this study is named.

use std::path::{Path, PathBuf};

use crate::error::{Error, Invalid, Result};
use crate::store::folder;
use crate::store::folder::{STUDY, difference, logs};
use crate::store::records::Index;
use crate::study::records::TrialRecords;
use crate::study::{Shard, Study, StudyDraft, unit};

/// Tells the user something about a part, in one line.
type Say<'a> = &'a dyn Fn(&str);

/// Reads all parts and returns the study with its records, which are complete. Everything that is
/// wrong with a part is said.
///
/// # Errors
///
/// [`Error::Value`] if a part cannot be read or belongs to another study, or if trials are missing.
pub fn gather(paths: &[PathBuf], say: Say<'_>) -> Result<(Study, TrialRecords)> {
    let (study, mut refused) = agreed(paths, say);
    let Some(study) = study else { return Err(unusable(refused)) };
    let mut records = TrialRecords::lean(&study)?;
    let mut shards = Vec::new();
    if refused == 0 {
        refused = enter(paths, &study, (&mut records, &mut shards), say)?;
    }
    if refused > 0 {
        return Err(unusable(refused));
    }
    let (done, wanted) = (records.done(), records.wanted());
    if done < wanted {
        say_missing(&study, &records, &shards, say);
        let found = format!("{} of {wanted} trials missing", wanted - done);
        let allowed = "a complete study: run missing parts, and damaged ones with --resume";
        return Err(Invalid::new("merge", found, allowed).into());
    }
    Ok((study, records))
}

fn unusable(refused: usize) -> Error {
    let found = match refused {
        1 => "a part that cannot be used".to_owned(),
        refused => format!("{refused} parts that cannot be used"),
    };
    let allowed = "parts of one study, run by one version; each fault is named above, and nothing \
                   was written";
    Invalid::new("merge", found, allowed).into()
}

/// The study of the first folder whose study and data can be read, and the number of folders that
/// cannot be read or hold another one. The data of the other folders may lie elsewhere.
fn agreed(paths: &[PathBuf], say: Say<'_>) -> (Option<Study>, usize) {
    let mut refused = 0;
    let mut refuse = |why: &str| {
        say(why);
        refused += 1;
    };
    let mut drafts: Vec<(&Path, StudyDraft)> = Vec::new();
    for path in paths {
        match (folder::draft(path), drafts.first()) {
            (Err(error), _) => refuse(&error.to_string()),
            (Ok(draft), Some((named, of_all)))
                if draft.without_folders() != of_all.without_folders() =>
            {
                let json =
                    |draft: &StudyDraft| draft.without_folders().to_json().unwrap_or_default();
                let differs = difference(&json(&draft), &json(of_all), "there");
                let differs = differs.map_or(String::new(), |what| format!(" ({what})"));
                let (place, named) = (path.join(STUDY), named.display());
                let place = place.display();
                refuse(&format!("{place}: found another study than in {named}{differs}"));
            }
            (Ok(draft), _) => drafts.push((path, draft)),
        }
    }
    let mut fault = None;
    let mut checked = drafts.into_iter().map(|(path, draft)| folder::checked(path, draft));
    let study = checked.find_map(|study| match study {
        Ok(study) => Some(study),
        Err(error) => {
            fault.get_or_insert(error);
            None
        }
    });
    if let (None, Some(fault)) = (&study, fault) {
        refuse(&fault.to_string());
    }
    (study, refused)
}

/// Enters the records of all folders, and the parts that their files are. Returns the number of files
/// that cannot be read.
fn enter(
    paths: &[PathBuf],
    study: &Study,
    (records, shards): (&mut TrialRecords, &mut Vec<(PathBuf, Shard)>),
    say: Say<'_>,
) -> Result<usize> {
    let mut index = Index::new(study)?;
    let mut refused = 0;
    for path in paths {
        let logs = logs(path)?;
        if logs.is_empty() {
            say(&format!("{}: found no file of records", path.display()));
        }
        for log in logs {
            let before = records.done();
            let scan = match index.load(&log, records) {
                Ok(scan) => scan,
                Err(error) => {
                    say(&error.to_string());
                    refused += 1;
                    continue;
                }
            };
            scan.damage.iter().for_each(|what| say(what));
            let repeated = scan.valid - (records.done() - before);
            if repeated > 0 {
                let (log, valid) = (log.display(), scan.valid);
                say(&format!(
                    "{log}: {repeated} of its {valid} trials are in an earlier part too; each \
                     counts once"
                ));
            }
            shards.push((log.clone(), folder::shard(&log).unwrap_or(Shard::WHOLE)));
        }
    }
    index.correct(records)?;
    Ok(refused)
}

/// Says how many trials each file lacks, and which parts have no file.
fn say_missing(study: &Study, records: &TrialRecords, shards: &[(PathBuf, Shard)], say: Say<'_>) {
    for (log, shard) in shards {
        let missing = unit::of_shard(study, *shard).filter(|unit| !records.holds(*unit)).count();
        if missing > 0 {
            let wanted = unit::of_shard(study, *shard).count();
            say(&format!("{}: {missing} of its {wanted} trials are missing", log.display()));
        }
    }
    let Some(of) = shards.iter().map(|(_, shard)| shard.of).find(|of| *of > 1) else { return };
    let is_there = |shard: Shard| shards.iter().any(|(_, found)| *found == shard);
    for shard in (1..=of).map(|index| Shard { index, of }).filter(|shard| !is_there(*shard)) {
        say(&format!("part {shard} is missing"));
    }
}
