//! The column picker: opening, keys, the answers of the reader, and closing.

use std::sync::Arc;

use super::Effect;
use crate::app::key::Key;
use crate::app::picker::{ColumnPicker, TableTrial, worded};
use crate::app::program::App;
use crate::app::screens::Screens;
use crate::app::work::Work;
use crate::dataset::table::usage::ColumnUse;
use crate::job::table::{TableAnswer, TableReading, TableRequest};
use crate::scenario::Scenario;
use crate::scenario::draft::DatasetDraft;

/// Number of columns per page.
const PAGE: i32 = 10;

impl App {
    /// Opens the table that the program is started with. The user chooses what its columns are.
    pub fn picking(mut self, place: DatasetDraft) -> Self {
        self.picker = Some(ColumnPicker { at_start: true, ..ColumnPicker::new(place) });
        self
    }

    /// Opens a table. The user is asked only if it is not clear what its columns are.
    pub(super) fn open_table(&mut self, file: String) -> Vec<Effect> {
        let place = DatasetDraft { files: vec![file], ..DatasetDraft::default() };
        self.picker = Some(ColumnPicker { asks_in_doubt: true, ..ColumnPicker::new(place) });
        self.look_at_columns()
    }

    /// Asks for the columns of the table.
    pub(super) fn look_at_columns(&mut self) -> Vec<Effect> {
        let place = self.picker.as_ref().map(|picker| picker.place.clone());
        place.map(|place| self.ask_reader(TableRequest::Columns(place))).into_iter().collect()
    }

    fn ask_reader(&mut self, request: TableRequest) -> Effect {
        self.table_requests += 1;
        Effect::Table(self.table_requests, request)
    }

    pub(super) fn key_in_picker(&mut self, key: Key) -> Vec<Effect> {
        let Some(picker) = &mut self.picker else { return Vec::new() };
        let before = picker.chosen();
        let opening = std::mem::take(&mut picker.opening);
        let leaving = std::mem::take(&mut picker.leaving);
        let helping = std::mem::take(&mut picker.helping);
        match key {
            _ if picker.searching => search(picker, key),
            Key::Char('?') => picker.helping = !helping,
            Key::Escape if helping => {}
            Key::Escape if !picker.query.text.is_empty() => clear(picker),
            Key::Escape | Key::Char('q') if picker.asks_before_leaving() && !leaving => {
                picker.leaving = true;
            }
            Key::Escape | Key::Char('q') => return self.leave_picker(),
            Key::Enter => return self.open_chosen(),
            _ if picker.asks_in_doubt => picker.opening = opening,
            key => choose(picker, key),
        }
        match self.picker.as_ref().is_some_and(|picker| picker.chosen() != before) {
            true => self.try_table(),
            false => Vec::new(),
        }
    }

    /// Reads the table as chosen, to see what would be opened.
    fn try_table(&mut self) -> Vec<Effect> {
        let Some(picker) = &mut self.picker else { return Vec::new() };
        let (trial, request) = match picker.has_label() {
            true => (TableTrial::Reading, TableRequest::Read(picker.chosen())),
            false => (TableTrial::NoLabel, TableRequest::Stop),
        };
        picker.trial = trial;
        vec![self.ask_reader(request)]
    }

    /// Opens the table as chosen, at once or as soon as it is read.
    fn open_chosen(&mut self) -> Vec<Effect> {
        let Some(picker) = &mut self.picker else { return Vec::new() };
        match &picker.trial {
            TableTrial::Read(reading) => {
                let reading = reading.clone();
                self.open_reading(reading)
            }
            TableTrial::Reading => {
                picker.opening = true;
                Vec::new()
            }
            TableTrial::NoLabel | TableTrial::Refused(_) => Vec::new(),
        }
    }

    fn open_reading(&mut self, reading: Arc<TableReading>) -> Vec<Effect> {
        if let Some(picker) = &mut self.picker {
            picker.opening = true;
        }
        vec![self.ask_reader(TableRequest::Open(reading))]
    }

    /// Closes the picker. What was open before stays; at the start of the program, that is what
    /// opens without a table.
    pub(super) fn leave_picker(&mut self) -> Vec<Effect> {
        let Some(picker) = self.picker.take() else { return Vec::new() };
        let stop = self.ask_reader(TableRequest::Stop);
        let begun = if picker.at_start { self.start() } else { Vec::new() };
        self.view.note = Some(format!("{} is not open; Ctrl-O opens a file", picker.file_name()));
        [stop].into_iter().chain(begun).collect()
    }

    /// Focuses a column; if it has the focus, gives it the next use.
    pub(super) fn touch_column(&mut self, row: usize) -> Vec<Effect> {
        match &mut self.picker {
            Some(picker) if row == picker.row && !picker.searching => {
                self.key_in_picker(Key::Right)
            }
            Some(picker) if row < picker.columns.len() => {
                (picker.row, picker.searching) = (row, false);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Handles the answer to the newest request.
    pub(super) fn table_answered(&mut self, number: u64, answer: TableAnswer) -> Vec<Effect> {
        let newest = number == self.table_requests;
        let Some(picker) = self.picker.as_mut().filter(|_| newest) else { return Vec::new() };
        match answer {
            TableAnswer::Columns(Ok(columns)) => {
                picker.take_columns(columns);
                picker.asks_in_doubt &= picker.is_clear();
                return self.try_table();
            }
            TableAnswer::Columns(Err(problem)) if !picker.at_start => {
                self.picker = None;
                return self.say(problem);
            }
            TableAnswer::Read(Ok(reading)) => {
                let opens = picker.opening || picker.asks_in_doubt;
                picker.trial = TableTrial::Read(reading.clone());
                if opens {
                    return self.open_reading(reading);
                }
            }
            TableAnswer::Opened(Ok((name, scenario))) => return self.open_picked(name, *scenario),
            TableAnswer::Read(Err(_)) if picker.asks_in_doubt => {
                picker.asks_in_doubt = false;
                return self.try_table();
            }
            TableAnswer::Columns(Err(problem))
            | TableAnswer::Read(Err(problem))
            | TableAnswer::Opened(Err(problem)) => {
                picker.trial = TableTrial::Refused(worded(&problem));
                (picker.opening, picker.asks_in_doubt) = (false, false);
            }
        }
        Vec::new()
    }

    /// Opens the scenario of the table: at the start of the program in place of everything, else as
    /// a change that can be undone.
    fn open_picked(&mut self, name: String, scenario: Scenario) -> Vec<Effect> {
        let at_start = self.picker.take().is_some_and(|picker| picker.at_start);
        if !at_start {
            return self.replace(name, scenario);
        }
        self.work = Work::new(name, scenario);
        self.screens = Screens::new(&self.work.scenario);
        self.start()
    }
}

/// Edits the search text, or ends the search.
fn search(picker: &mut ColumnPicker, key: Key) {
    match key {
        Key::Escape => clear(picker),
        Key::Enter => picker.searching = false,
        Key::Up => picker.step(-1),
        Key::Down => picker.step(1),
        key => picker.query.edit(key),
    }
    if picker.focused().is_none() {
        picker.step(0);
    }
}

fn clear(picker: &mut ColumnPicker) {
    picker.query.text.clear();
    (picker.query.cursor, picker.searching) = (0, false);
}

/// Moves, or changes the use of columns and the options.
fn choose(picker: &mut ColumnPicker, key: Key) {
    match key {
        Key::Up | Key::Char('k') => picker.step(-1),
        Key::Down | Key::Char('j') => picker.step(1),
        Key::PageUp => picker.step(-PAGE),
        Key::PageDown => picker.step(PAGE),
        Key::Home => picker.step(i32::MIN / 2),
        Key::End => picker.step(i32::MAX / 2),
        Key::Left => picker.change(-1),
        Key::Right | Key::Char(' ') => picker.change(1),
        Key::Char('f') => picker.give(ColumnUse::Feature),
        Key::Char('l') => picker.give(ColumnUse::Label),
        Key::Char('t') => picker.give(ColumnUse::Task),
        Key::Char('g') => picker.give(ColumnUse::Group),
        Key::Char('p') => picker.give(ColumnUse::Part),
        Key::Char('i') => picker.give(ColumnUse::Ignored),
        Key::Char('F') => picker.give_all(ColumnUse::Feature),
        Key::Char('L') => picker.give_all(ColumnUse::Label),
        Key::Char('I') => picker.give_all(ColumnUse::Ignored),
        Key::Char('o') => picker.place.read.one_hot ^= true,
        Key::Char('d') => picker.place.read.drop_bad ^= true,
        Key::Char('c') => picker.turn_kind(),
        Key::Char('s') => picker.place.standardise ^= true,
        Key::Char('/') => picker.searching = true,
        _ => {}
    }
}
