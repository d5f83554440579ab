//! The one table of actions: keys, footer hints and help are all read from it.

use super::key::Key;
use super::screen::{Place, Screen};

/// What an action does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Turn the knob by notches.
    Turn(i32),
    /// Turn the knob to the lower end of its track.
    ToLow,
    /// Turn the knob to the upper end of its track.
    ToHigh,
    /// Focus the knob above or below.
    Focus(i32),
    /// Open the field for an exact value.
    TypeValue,
    /// Back to the value with which the scenario was opened.
    Default,
    /// Undo the last change.
    Undo,
    /// Redo what was undone.
    Redo,
    /// Go to another pane.
    Pane(i32),
    /// Run or pause the descent.
    Run,
    /// One step of the descent.
    Step,
    /// The descent from its start: same data, same initial weights.
    Rewind,
    /// Another seed: new data and new initial weights.
    NewDraw,
    /// Write the chart in view to a file.
    Export,
    /// Show a screen.
    Show(Screen),
    /// Move the cursor to the right and up.
    Move(i32, i32),
    /// Go to another row of a form or list.
    Row(i32),
    /// Scroll the differences.
    Scroll(i32),
    /// Change the focused row by notches.
    Change(i32),
    /// Open the field for the focused row, or switch it.
    TypeRow,
    /// Go from the settings of a sweep to its chart, and back.
    Part,
    /// Give the scatter of a proxy the place of the matrix, and back.
    Scatter,
    /// Another way of training in the chart.
    Method,
    /// Start, pause or go on with a study.
    RunStudy,
    /// Open the setting under the cursor in the Lab.
    OpenCell,
    /// Show the selected run on its screen.
    ShowRun,
    /// Compare other runs with this one, or no longer.
    Pin,
    /// Delete the selected run.
    Delete,
    /// Bring the run back that was deleted last.
    Restore,
    /// Another proxy.
    Proxy(i32),
    /// More or fewer models for the groups.
    Budget(i32),
    /// Write a study to a folder.
    ExportStudy,
    /// Write the scenario to a file.
    Save,
    /// Show the help.
    Help,
    /// Leave what is open.
    Leave,
    /// Stop the program until it is brought back to the foreground.
    Suspend,
    /// Leave the program.
    Quit,
}

/// A thing a user can do.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// What it does.
    pub deed: Deed,
    /// Where it can be done.
    pub places: &'static [Place],
    /// The keys that do it, the one shown in hints first.
    pub keys: &'static [Key],
    /// A word for the footer; empty for actions that are only in the help.
    pub hint: &'static str,
    /// How much the hint is worth the space: 1 first.
    pub rank: u8,
    /// What it does, in words.
    pub help: &'static str,
}

const EVERYWHERE: &[Place] = &Place::ALL;
const LAB: &[Place] = &[Place::Lab];
const MATRIX: &[Place] = &[Place::Matrix];
const FORM: &[Place] = &[Place::Form];
const CHART: &[Place] = &[Place::Chart];
const RUNS: &[Place] = &[Place::Runs];
const SWEEP: &[Place] = &[Place::Form, Place::Chart];
const SETTINGS: &[Place] = &[Place::Matrix, Place::Chart];
const STUDIES: &[Place] = &[Place::Matrix, Place::Form, Place::Chart, Place::Runs];

/// All actions, in the order of the help.
pub static ACTIONS: &[Action] = &[
    Action {
        deed: Deed::Turn(1),
        places: LAB,
        keys: &[Key::Right, Key::Char('l')],
        hint: "turn",
        rank: 1,
        help: "turn the knob up one notch",
    },
    Action {
        deed: Deed::Turn(-1),
        places: LAB,
        keys: &[Key::Left, Key::Char('h')],
        hint: "",
        rank: 0,
        help: "turn the knob down one notch",
    },
    Action {
        deed: Deed::Turn(10),
        places: LAB,
        keys: &[Key::PageUp, Key::ShiftRight],
        hint: "",
        rank: 0,
        help: "turn the knob up ten notches",
    },
    Action {
        deed: Deed::Turn(-10),
        places: LAB,
        keys: &[Key::PageDown, Key::ShiftLeft],
        hint: "",
        rank: 0,
        help: "turn the knob down ten notches",
    },
    Action {
        deed: Deed::ToLow,
        places: LAB,
        keys: &[Key::Home],
        hint: "",
        rank: 0,
        help: "turn the knob to the lower end of its track",
    },
    Action {
        deed: Deed::ToHigh,
        places: LAB,
        keys: &[Key::End],
        hint: "",
        rank: 0,
        help: "turn the knob to the upper end of its track",
    },
    Action {
        deed: Deed::Focus(1),
        places: LAB,
        keys: &[Key::Down, Key::Char('j')],
        hint: "knob",
        rank: 2,
        help: "next knob; the gain is drawn along it",
    },
    Action {
        deed: Deed::Focus(-1),
        places: LAB,
        keys: &[Key::Up, Key::Char('k')],
        hint: "",
        rank: 0,
        help: "previous knob",
    },
    Action {
        deed: Deed::TypeValue,
        places: LAB,
        keys: &[Key::Enter, Key::Char('=')],
        hint: "type",
        rank: 5,
        help: "type an exact value for the knob",
    },
    Action {
        deed: Deed::Default,
        places: LAB,
        keys: &[Key::Backspace],
        hint: "",
        rank: 0,
        help: "put the knob back where the scenario had it",
    },
    Action {
        deed: Deed::Undo,
        places: LAB,
        keys: &[Key::Char('u')],
        hint: "undo",
        rank: 9,
        help: "undo the last change",
    },
    Action {
        deed: Deed::Redo,
        places: LAB,
        keys: &[Key::Ctrl('r')],
        hint: "",
        rank: 0,
        help: "redo what was undone",
    },
    Action {
        deed: Deed::Pane(1),
        places: LAB,
        keys: &[Key::Tab],
        hint: "pane",
        rank: 6,
        help: "next pane: knobs, gain, loss, plane, why",
    },
    Action {
        deed: Deed::Pane(-1),
        places: LAB,
        keys: &[Key::BackTab],
        hint: "",
        rank: 0,
        help: "previous pane",
    },
    Action {
        deed: Deed::Run,
        places: LAB,
        keys: &[Key::Char(' ')],
        hint: "run/pause",
        rank: 8,
        help: "run or pause the descent that is drawn in the loss chart",
    },
    Action {
        deed: Deed::Step,
        places: LAB,
        keys: &[Key::Char('.')],
        hint: "step",
        rank: 11,
        help: "one step of the descent",
    },
    Action {
        deed: Deed::Rewind,
        places: LAB,
        keys: &[Key::Char('r')],
        hint: "rewind",
        rank: 10,
        help: "the descent again: same data, same initial weights",
    },
    Action {
        deed: Deed::NewDraw,
        places: LAB,
        keys: &[Key::Char('R')],
        hint: "",
        rank: 0,
        help: "another seed: new data and new initial weights",
    },
    Action {
        deed: Deed::Export,
        places: LAB,
        keys: &[Key::Char('e')],
        hint: "export",
        rank: 7,
        help: "write the chart in view as PNG or SVG",
    },
    Action {
        deed: Deed::Save,
        places: LAB,
        keys: &[Key::Ctrl('s')],
        hint: "",
        rank: 0,
        help: "save the scenario as JSON",
    },
    Action {
        deed: Deed::Move(1, 0),
        places: SETTINGS,
        keys: &[Key::Right, Key::Char('l')],
        hint: "move",
        rank: 2,
        help: "cursor to the right",
    },
    Action {
        deed: Deed::Move(-1, 0),
        places: SETTINGS,
        keys: &[Key::Left, Key::Char('h')],
        hint: "",
        rank: 0,
        help: "cursor to the left",
    },
    Action {
        deed: Deed::Move(0, 1),
        places: SETTINGS,
        keys: &[Key::Up, Key::Char('k')],
        hint: "",
        rank: 0,
        help: "cursor up; along a line, the next method or line",
    },
    Action {
        deed: Deed::Move(0, -1),
        places: SETTINGS,
        keys: &[Key::Down, Key::Char('j')],
        hint: "",
        rank: 0,
        help: "cursor down",
    },
    Action {
        deed: Deed::Move(10, 0),
        places: CHART,
        keys: &[Key::PageUp, Key::ShiftRight],
        hint: "",
        rank: 0,
        help: "cursor ten values to the right",
    },
    Action {
        deed: Deed::Move(-10, 0),
        places: CHART,
        keys: &[Key::PageDown, Key::ShiftLeft],
        hint: "",
        rank: 0,
        help: "cursor ten values to the left",
    },
    Action {
        deed: Deed::Row(1),
        places: FORM,
        keys: &[Key::Down, Key::Char('j')],
        hint: "setting",
        rank: 3,
        help: "next setting",
    },
    Action {
        deed: Deed::Row(-1),
        places: FORM,
        keys: &[Key::Up, Key::Char('k')],
        hint: "",
        rank: 0,
        help: "previous setting",
    },
    Action {
        deed: Deed::Change(1),
        places: FORM,
        keys: &[Key::Right, Key::Char('l')],
        hint: "change",
        rank: 2,
        help: "change the setting: another knob, a notch more, on or off",
    },
    Action {
        deed: Deed::Change(-1),
        places: FORM,
        keys: &[Key::Left, Key::Char('h')],
        hint: "",
        rank: 0,
        help: "change the setting the other way",
    },
    Action {
        deed: Deed::Change(10),
        places: FORM,
        keys: &[Key::PageUp, Key::ShiftRight],
        hint: "",
        rank: 0,
        help: "ten notches more",
    },
    Action {
        deed: Deed::Change(-10),
        places: FORM,
        keys: &[Key::PageDown, Key::ShiftLeft],
        hint: "",
        rank: 0,
        help: "ten notches less",
    },
    Action {
        deed: Deed::TypeRow,
        places: FORM,
        keys: &[Key::Enter, Key::Char('=')],
        hint: "type",
        rank: 6,
        help: "type an exact value, or switch a method on or off",
    },
    Action {
        deed: Deed::Row(1),
        places: RUNS,
        keys: &[Key::Down, Key::Char('j')],
        hint: "run",
        rank: 2,
        help: "next run",
    },
    Action {
        deed: Deed::Row(-1),
        places: RUNS,
        keys: &[Key::Up, Key::Char('k')],
        hint: "",
        rank: 0,
        help: "previous run",
    },
    Action {
        deed: Deed::Scroll(10),
        places: RUNS,
        keys: &[Key::PageDown],
        hint: "",
        rank: 0,
        help: "scroll the differences down",
    },
    Action {
        deed: Deed::Scroll(-10),
        places: RUNS,
        keys: &[Key::PageUp],
        hint: "",
        rank: 0,
        help: "scroll the differences up",
    },
    Action {
        deed: Deed::RunStudy,
        places: STUDIES,
        keys: &[Key::Char(' ')],
        hint: "start/pause",
        rank: 1,
        help: "start the study, pause it, go on with it",
    },
    Action {
        deed: Deed::Part,
        places: SWEEP,
        keys: &[Key::Tab, Key::BackTab],
        hint: "chart/form",
        rank: 5,
        help: "from the settings to the cursor in the chart, and back",
    },
    Action {
        deed: Deed::Method,
        places: CHART,
        keys: &[Key::Char('m')],
        hint: "method",
        rank: 9,
        help: "the next of the methods compared",
    },
    Action {
        deed: Deed::OpenCell,
        places: SETTINGS,
        keys: &[Key::Enter],
        hint: "open in Lab",
        rank: 3,
        help: "open what is under the cursor in the Lab: same setting, seed and trials",
    },
    Action {
        deed: Deed::ShowRun,
        places: RUNS,
        keys: &[Key::Enter],
        hint: "show",
        rank: 3,
        help: "show the run on its screen",
    },
    Action {
        deed: Deed::Scatter,
        places: MATRIX,
        keys: &[Key::Tab, Key::BackTab],
        hint: "scatter",
        rank: 8,
        help: "gains against the proxy in place of the matrix, and back",
    },
    Action {
        deed: Deed::Proxy(1),
        places: MATRIX,
        keys: &[Key::Char('p')],
        hint: "proxy",
        rank: 5,
        help: "next proxy",
    },
    Action {
        deed: Deed::Proxy(-1),
        places: MATRIX,
        keys: &[Key::Char('P')],
        hint: "",
        rank: 0,
        help: "previous proxy",
    },
    Action {
        deed: Deed::Budget(1),
        places: MATRIX,
        keys: &[Key::Char('g'), Key::Char(']')],
        hint: "budget",
        rank: 6,
        help: "one model more for the groups",
    },
    Action {
        deed: Deed::Budget(-1),
        places: MATRIX,
        keys: &[Key::Char('G'), Key::Char('[')],
        hint: "",
        rank: 0,
        help: "one model less for the groups",
    },
    Action {
        deed: Deed::Pin,
        places: STUDIES,
        keys: &[Key::Char('b')],
        hint: "pin",
        rank: 8,
        help: "pin the run: others are drawn over it and compared with it; again to unpin",
    },
    Action {
        deed: Deed::Delete,
        places: RUNS,
        keys: &[Key::Char('D')],
        hint: "delete",
        rank: 10,
        help: "delete the run",
    },
    Action {
        deed: Deed::Restore,
        places: RUNS,
        keys: &[Key::Char('u')],
        hint: "undo",
        rank: 9,
        help: "bring back the run deleted last",
    },
    Action {
        deed: Deed::ExportStudy,
        places: STUDIES,
        keys: &[Key::Char('e')],
        hint: "export",
        rank: 7,
        help: "write the study to a folder: settings, records, tables, pictures",
    },
    Action {
        deed: Deed::Show(Screen::Lab),
        places: EVERYWHERE,
        keys: &[Key::Char('1')],
        hint: "",
        rank: 0,
        help: "the Lab: one scenario and its knobs",
    },
    Action {
        deed: Deed::Show(Screen::Affinity),
        places: EVERYWHERE,
        keys: &[Key::Char('4')],
        hint: "",
        rank: 0,
        help: "Affinity: which task gains from which",
    },
    Action {
        deed: Deed::Show(Screen::Sweep),
        places: EVERYWHERE,
        keys: &[Key::Char('5')],
        hint: "",
        rank: 0,
        help: "Sweep: the gain along a knob, or across two",
    },
    Action {
        deed: Deed::Show(Screen::Runs),
        places: EVERYWHERE,
        keys: &[Key::Char('6')],
        hint: "",
        rank: 0,
        help: "Runs: all studies of this session, side by side",
    },
    Action {
        deed: Deed::Help,
        places: EVERYWHERE,
        keys: &[Key::Char('?'), Key::F1],
        hint: "help",
        rank: 3,
        help: "show this help, and again to leave it",
    },
    Action {
        deed: Deed::Leave,
        places: EVERYWHERE,
        keys: &[Key::Escape],
        hint: "",
        rank: 0,
        help: "leave what is open; never the program",
    },
    Action {
        deed: Deed::Suspend,
        places: EVERYWHERE,
        keys: &[Key::Ctrl('z')],
        hint: "",
        rank: 0,
        help: "to the background; fg brings it back",
    },
    Action {
        deed: Deed::Quit,
        places: EVERYWHERE,
        keys: &[Key::Char('q'), Key::Ctrl('c')],
        hint: "quit",
        rank: 4,
        help: "leave the program",
    },
];

/// The action of a key at a place.
pub fn find(key: Key, place: Place) -> Option<&'static Action> {
    at(place).find(|action| action.keys.contains(&key))
}

/// The actions of a place, in the order of the help.
pub fn at(place: Place) -> impl Iterator<Item = &'static Action> {
    ACTIONS.iter().filter(move |action| action.places.contains(&place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_action_at_every_place() {
        for place in Place::ALL {
            let mut seen = std::collections::HashSet::new();
            for key in at(place).flat_map(|action| action.keys) {
                assert!(seen.insert(*key), "{key} is bound twice at {place:?}");
            }
        }
    }

    #[test]
    fn every_action_has_words_keys_and_a_place() {
        for action in ACTIONS {
            assert!(!action.help.is_empty() && !action.keys.is_empty());
            assert!(!action.places.is_empty() && (action.rank == 0) == action.hint.is_empty());
        }
    }

    #[test]
    fn every_screen_has_a_digit_of_its_own() {
        for screen in Screen::ALL {
            let action = find(Key::Char(screen.digit()), Place::Lab).unwrap();
            assert_eq!(action.deed, Deed::Show(screen));
        }
    }
}
