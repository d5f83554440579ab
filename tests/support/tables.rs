//! Tables in files, and a reader that answers the requests of the column picker at once.

use std::fs;
use std::path::PathBuf;

use taskscope::app::{App, ColumnPicker, Effect, Message};
use taskscope::cancel::Cancel;
use taskscope::job::table::TableRequest;
use taskscope::scenario::Preset;
use taskscope::scenario::draft::DatasetDraft;
use taskscope::store::{datasets, tables};
use tempfile::TempDir;

use super::drive::Drive;

/// A table in a folder of its own.
pub struct TableFile {
    pub path: PathBuf,
    _folder: TempDir,
}

impl TableFile {
    pub fn new(name: &str, text: &str) -> Self {
        taskscope::scenario::real::read_with(datasets::read);
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        Self { path, _folder: folder }
    }

    /// Sixty patients: numbers, texts, a column without values, a missing number, groups, parts,
    /// and two columns that may be labels.
    pub fn patients() -> Self {
        let head = "age,sex,glucose,insulin,ward,empty,risk,stay\n";
        let row = |i: usize| {
            let (age, glucose) = (21 + i * 7 % 60, 80.5 + (i * 37 % 100) as f64);
            let insulin = if i == 3 { String::new() } else { (i * 13 % 50).to_string() };
            let (sex, ward) = (["m", "f"][i % 2], ["north", "south", "east"][i % 3]);
            let risk = age as f64 / 10.0 + glucose / 50.0;
            format!("{age},{sex},{glucose},{insulin},{ward},,{risk:.2},{}\n", i * 11 % 29 % 2)
        };
        Self::new("patients.csv", &(head.to_owned() + &(0..60).map(row).collect::<String>()))
    }

    pub fn place(&self) -> DatasetDraft {
        let file = self.path.to_string_lossy().into_owned();
        DatasetDraft { files: vec![file], ..DatasetDraft::default() }
    }

    /// The program started with this table, its columns known.
    pub fn picked(&self) -> Drive {
        let behind = Preset::find("two-tasks").unwrap().scenario().unwrap();
        let mut drive = Drive::of(App::new("two-tasks", behind).picking(self.place()));
        read(&mut drive);
        drive
    }
}

/// The request among the effects.
pub fn request(drive: &Drive) -> Option<(u64, TableRequest)> {
    drive.effects.iter().find_map(|effect| match effect {
        Effect::Table(number, request) => Some((*number, request.clone())),
        _ => None,
    })
}

/// Answers requests until there are none.
pub fn read(drive: &mut Drive) {
    while let Some((number, request)) = request(drive) {
        match tables::answer(&request, &Cancel::new()) {
            Some(answer) => drive.tell(Message::Table(number, answer)),
            None => return,
        };
    }
}

/// Types keys, with all requests answered after each.
pub fn write(drive: &mut Drive, keys: &str) {
    for key in keys.chars() {
        drive.write(key.encode_utf8(&mut [0; 4]));
        read(drive);
    }
}

/// The open picker.
pub fn picker(drive: &Drive) -> &ColumnPicker {
    drive.app.picker.as_ref().expect("the picker is open")
}

/// Moves to a column.
pub fn go_to(drive: &mut Drive, column: &str) {
    let at = picker(drive).columns.iter().position(|own| own.name == column).unwrap();
    drive.press(taskscope::app::Key::Home);
    drive.keys(&vec![taskscope::app::Key::Down; at]);
}
