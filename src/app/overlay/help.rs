//! The help: an introduction, keys, symbols, knobs and the guide.

use super::signs::{LAB, STUDIES, TASKS, THEORY};
use super::{EntryAction, OverlayEntry, guide};
use crate::app::action::{self, ACTIONS, KeyBinding};
use crate::app::screen::{KeyContext, Screen};
use crate::app::state::App;
use crate::scenario::Handle;
use crate::scenario::knob::KNOBS;
use crate::scenario::knob::KnobScope;

const ABOUT: &str = "Tasks learn through a shared module B. Alone, the target has some error; \
                     training together saves variance but adds bias. The verdict says which wins.";

/// The lines of the help.
pub(super) fn entries(app: &App) -> Vec<OverlayEntry> {
    let draft = app.scenario.draft();
    let mut entries = vec![OverlayEntry::heading("taskscope"), OverlayEntry::new("", ABOUT)];
    let in_lesson = app.place().is_in_lesson();
    if !in_lesson {
        entries.extend([
            OverlayEntry::heading(draft.title.clone()),
            OverlayEntry::new("", draft.about.clone()),
        ]);
    }
    for (title, actions) in sections(app.place()) {
        entries.push(OverlayEntry::heading(title));
        entries.extend(actions.into_iter().map(line));
    }
    if in_lesson {
        return entries;
    }
    entries.push(OverlayEntry::heading("Symbols on the screen"));
    let signs = match app.screen {
        Screen::Lab => LAB,
        Screen::Theory => THEORY,
        Screen::Tasks => TASKS,
        _ => STUDIES,
    };
    entries.extend(signs.iter().map(|(sign, words)| OverlayEntry::new(*sign, *words)));
    entries.push(OverlayEntry::heading("Knobs (all by --set KNOB=VALUE, most by sliders)"));
    let handles = Handle::all(draft);
    entries.extend(KNOBS.iter().map(|knob| {
        let scope = match knob.scope {
            KnobScope::Task => "<task>",
            KnobScope::Model => "model",
            KnobScope::Data => "data",
        };
        let words = format!("{}: {}", knob.help, knob.allowed_words());
        let entry = OverlayEntry::new(format!("{scope}.{} {}", knob.name, knob.symbol), words);
        match handles.iter().find(|handle| std::ptr::eq(handle.knob, knob)) {
            Some(handle) => entry.doing(EntryAction::Focus(*handle)),
            None => entry,
        }
    }));
    entries.push(OverlayEntry::heading("Guide (in a shell: taskscope guide TOPIC)"));
    entries.extend(guide::topics(""));
    entries
}

fn line(action: &KeyBinding) -> OverlayEntry {
    let keys: Vec<String> = action.keys.iter().map(ToString::to_string).collect();
    OverlayEntry::new(keys.join("  "), action.help).doing(EntryAction::Deed(action.deed))
}

/// The actions of a context, in sections: its own, those shared by the contexts listed together
/// with it, and those of every screen.
fn sections(here: KeyContext) -> Vec<(String, Vec<&'static KeyBinding>)> {
    let places = here.told_together();
    let has = |action: &KeyBinding, place: &KeyContext| action.places.contains(place);
    let everywhere = |action: &&KeyBinding| action.places.len() >= KeyContext::OUTSIDE.len();
    let mut sections: Vec<(String, Vec<&KeyBinding>)> = Vec::new();
    for place in places.iter().filter(|_| places.len() > 1) {
        let own = action::at(*place).filter(|a| places.iter().filter(|p| has(a, p)).count() == 1);
        sections.push((format!("Keys in the {}", place.name()), own.collect()));
    }
    let all = || ACTIONS.iter().filter(|a| places.iter().all(|place| has(a, place)));
    let own = all().filter(|action| !everywhere(action)).collect();
    let title = match here.is_in_lesson() {
        true => "Keys in this step of the lesson".to_owned(),
        false => format!("Keys of the {} screen", here.screen().name()),
    };
    sections.push((title, own));
    sections.push(("Keys everywhere".to_owned(), all().filter(everywhere).collect()));
    sections.retain(|(_, actions)| !actions.is_empty());
    sections
}
