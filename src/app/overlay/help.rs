//! The help: an introduction, keys, symbols, knobs and the guide.

use super::view::View;
use super::{EntryAction, OverlayEntry, guide, synonyms};
use crate::app::action::{self, ACTIONS, KeyBinding};
use crate::app::screen::KeyContext;
use crate::scenario::Handle;
use crate::scenario::knob::{KNOBS, KnobScope};

const ABOUT: &str = "Tasks learn through a shared module B. Alone, the target has some error; \
                     training together saves variance but adds bias. The verdict says which wins.";

/// The lines of the help.
pub(super) fn entries(view: &View<'_>) -> Vec<OverlayEntry> {
    let draft = view.work.scenario.draft();
    let mut entries = vec![OverlayEntry::heading("taskscope"), OverlayEntry::new("", ABOUT)];
    let in_lesson = view.keys.is_in_lesson();
    if !in_lesson {
        entries.extend([
            OverlayEntry::heading(draft.title.clone()),
            OverlayEntry::new("", draft.about.clone()),
        ]);
    }
    for (title, actions) in sections(view.keys) {
        entries.push(OverlayEntry::heading(title));
        entries.extend(actions.into_iter().map(line));
    }
    if in_lesson {
        return entries;
    }
    entries.push(OverlayEntry::heading("Symbols on the screen"));
    let symbols = view.screens.current.info().symbols;
    entries.extend(symbols.iter().map(|(symbol, words)| OverlayEntry::new(*symbol, *words)));
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

fn line(binding: &KeyBinding) -> OverlayEntry {
    let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
    let entry = OverlayEntry::new(keys.join("  "), binding.help);
    let also = synonyms::of(binding.name);
    OverlayEntry { also, ..entry }.doing(EntryAction::Perform(binding.action))
}

/// The actions of a context, in sections: its own, those shared by the contexts listed together
/// with it, and those of every screen.
fn sections(here: KeyContext) -> Vec<(String, Vec<&'static KeyBinding>)> {
    let contexts = here.listed_together();
    let has = |action: &KeyBinding, context: &KeyContext| action.contexts.contains(context);
    let everywhere = |action: &&KeyBinding| action.contexts.len() >= KeyContext::OUTSIDE.len();
    let mut sections: Vec<(String, Vec<&KeyBinding>)> = Vec::new();
    for context in contexts.iter().filter(|_| contexts.len() > 1) {
        let own =
            action::at(*context).filter(|a| contexts.iter().filter(|p| has(a, p)).count() == 1);
        sections.push((format!("Keys in the {}", context.name()), own.collect()));
    }
    let all = || ACTIONS.iter().filter(|a| contexts.iter().all(|context| has(a, context)));
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
