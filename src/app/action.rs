//! The one table of actions: keys, footer hints and help are all read from it.

use super::key::Key;

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
    /// The keys that do it, the one shown in hints first.
    pub keys: &'static [Key],
    /// A word for the footer; empty for actions that are only in the help.
    pub hint: &'static str,
    /// How much the hint is worth the space: 1 first.
    pub rank: u8,
    /// What it does, in words.
    pub help: &'static str,
}

/// All actions, in the order of the help.
pub static ACTIONS: &[Action] = &[
    Action {
        deed: Deed::Turn(1),
        keys: &[Key::Right, Key::Char('l')],
        hint: "turn",
        rank: 1,
        help: "turn the knob up one notch",
    },
    Action {
        deed: Deed::Turn(-1),
        keys: &[Key::Left, Key::Char('h')],
        hint: "",
        rank: 0,
        help: "turn the knob down one notch",
    },
    Action {
        deed: Deed::Turn(10),
        keys: &[Key::PageUp, Key::ShiftRight],
        hint: "",
        rank: 0,
        help: "turn the knob up ten notches",
    },
    Action {
        deed: Deed::Turn(-10),
        keys: &[Key::PageDown, Key::ShiftLeft],
        hint: "",
        rank: 0,
        help: "turn the knob down ten notches",
    },
    Action {
        deed: Deed::ToLow,
        keys: &[Key::Home],
        hint: "",
        rank: 0,
        help: "turn the knob to the lower end of its track",
    },
    Action {
        deed: Deed::ToHigh,
        keys: &[Key::End],
        hint: "",
        rank: 0,
        help: "turn the knob to the upper end of its track",
    },
    Action {
        deed: Deed::Focus(1),
        keys: &[Key::Down, Key::Char('j')],
        hint: "knob",
        rank: 2,
        help: "next knob; the gain is drawn along it",
    },
    Action {
        deed: Deed::Focus(-1),
        keys: &[Key::Up, Key::Char('k')],
        hint: "",
        rank: 0,
        help: "previous knob",
    },
    Action {
        deed: Deed::TypeValue,
        keys: &[Key::Enter, Key::Char('=')],
        hint: "type",
        rank: 5,
        help: "type an exact value for the knob",
    },
    Action {
        deed: Deed::Default,
        keys: &[Key::Backspace],
        hint: "",
        rank: 0,
        help: "put the knob back where the scenario had it",
    },
    Action {
        deed: Deed::Undo,
        keys: &[Key::Char('u')],
        hint: "undo",
        rank: 9,
        help: "undo the last change",
    },
    Action {
        deed: Deed::Redo,
        keys: &[Key::Ctrl('r')],
        hint: "",
        rank: 0,
        help: "redo what was undone",
    },
    Action {
        deed: Deed::Pane(1),
        keys: &[Key::Tab],
        hint: "pane",
        rank: 6,
        help: "next pane: knobs, gain, loss, plane, why",
    },
    Action {
        deed: Deed::Pane(-1),
        keys: &[Key::BackTab],
        hint: "",
        rank: 0,
        help: "previous pane",
    },
    Action {
        deed: Deed::Run,
        keys: &[Key::Char(' ')],
        hint: "run/pause",
        rank: 8,
        help: "run or pause the descent that is drawn in the loss chart",
    },
    Action {
        deed: Deed::Step,
        keys: &[Key::Char('.')],
        hint: "step",
        rank: 11,
        help: "one step of the descent",
    },
    Action {
        deed: Deed::Rewind,
        keys: &[Key::Char('r')],
        hint: "rewind",
        rank: 10,
        help: "the descent again: same data, same initial weights",
    },
    Action {
        deed: Deed::NewDraw,
        keys: &[Key::Char('R')],
        hint: "",
        rank: 0,
        help: "another seed: new data and new initial weights",
    },
    Action {
        deed: Deed::Export,
        keys: &[Key::Char('e')],
        hint: "export",
        rank: 7,
        help: "write the chart in view as PNG or SVG",
    },
    Action {
        deed: Deed::Save,
        keys: &[Key::Ctrl('s')],
        hint: "",
        rank: 0,
        help: "save the scenario as JSON",
    },
    Action {
        deed: Deed::Help,
        keys: &[Key::Char('?'), Key::F1],
        hint: "help",
        rank: 3,
        help: "show this help, and again to leave it",
    },
    Action {
        deed: Deed::Leave,
        keys: &[Key::Escape],
        hint: "",
        rank: 0,
        help: "leave what is open; never the program",
    },
    Action {
        deed: Deed::Suspend,
        keys: &[Key::Ctrl('z')],
        hint: "",
        rank: 0,
        help: "to the background; fg brings it back",
    },
    Action {
        deed: Deed::Quit,
        keys: &[Key::Char('q'), Key::Ctrl('c')],
        hint: "quit",
        rank: 4,
        help: "leave the program",
    },
];

/// The action of a key.
pub fn find(key: Key) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.keys.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_one_action_and_every_action_has_words() {
        let mut seen = std::collections::HashSet::new();
        for action in ACTIONS {
            assert!(!action.help.is_empty() && !action.keys.is_empty());
            for key in action.keys {
                assert!(seen.insert(*key), "{key} is bound twice");
            }
        }
    }
}
