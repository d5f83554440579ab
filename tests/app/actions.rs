//! The table of actions: keys, hints, help, palette and manual agree with it.

#![cfg(all(feature = "tui", feature = "cli"))]

use std::collections::HashSet;

use crate::support::drive::{self, Drive};
use crate::support::program::printed;
use taskscope::app::overlay::EntryAction;
use taskscope::app::{ACTIONS, Action, App, Key, KeyBinding, KeyContext, action};
use taskscope::lesson::catalog::{TEMPLATE, preset};
use taskscope::lesson::{Lesson, LessonSession};

/// The program at a context, with a study if the place needs one.
fn at(context: KeyContext) -> Drive {
    if context.is_in_lesson() {
        return in_lesson(context);
    }
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char(context.screen().digit()));
    if context == KeyContext::Chart {
        drive.keys(&[Key::Char(' '), Key::Tab]);
    }
    if context == KeyContext::Crosshair {
        drive.press(Key::Char('v'));
    }
    assert_eq!(drive.app.key_context(), context);
    drive
}

/// A lesson at a step with the given key context.
fn in_lesson(context: KeyContext) -> Drive {
    let lesson = Lesson::parse(TEMPLATE, "template", &preset).unwrap();
    let mut session = LessonSession::new(0);
    session.at = match context {
        KeyContext::Question => 1,
        KeyContext::Bench => 3,
        _ => 0,
    };
    let app = App::new("two-tasks", drive::preset("two-tasks", 4));
    let drive = Drive::of(app.with_lesson(lesson.into(), session, None, false));
    assert_eq!(drive.app.key_context(), context);
    drive
}

fn keys(action: &KeyBinding) -> String {
    action.keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")
}

/// The entries of the open overlay that perform an action.
fn listed(drive: &Drive) -> HashSet<(String, String)> {
    let entries = drive.app.entries().into_iter();
    let actions = entries.filter(|entry| matches!(entry.does, Some(EntryAction::Perform(_))));
    actions.map(|entry| (entry.left, entry.right)).collect()
}

#[test]
fn every_action_has_a_name_of_its_own_a_key_and_words() {
    let mut names = HashSet::new();
    for action in ACTIONS.iter() {
        assert!(names.insert(action.name), "two actions are called {}", action.name);
        assert!(action.help.split_whitespace().count() >= 2, "{}: {:?}", action.name, action.help);
        assert!(!action.keys.is_empty() && !action.contexts.is_empty(), "{}", action.name);
        let letters = action.name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(letters, "{} cannot be typed", action.name);
    }
}

#[test]
fn every_key_of_every_action_finds_it_where_it_belongs_and_nowhere_else() {
    for context in KeyContext::ALL.iter().copied() {
        for other in ACTIONS.iter() {
            for key in other.keys {
                let found = action::find(*key, context).map(|action| action.name);
                assert_eq!(
                    found == Some(other.name),
                    other.contexts.contains(&context),
                    "{key} {context:?}"
                );
            }
        }
    }
}

#[test]
fn the_footer_of_every_place_hints_at_all_that_do_something_now_where_there_is_room() {
    for context in KeyContext::ALL.iter().copied() {
        let footer = at(context).lines(500, 40).pop().unwrap() + " ";
        let drive = at(context);
        let played = drive.app.playing();
        // On a screen of this size no text is left to scroll to.
        let works = |action| drive.app.offers(action) && !matches!(action, Action::Scroll(_));
        let word = |action: &KeyBinding| match played.filter(|_| action.action == Action::Commit) {
            Some(played) => played.enter_word(false),
            None => drive.app.hint_of(action),
        };
        let hints: Vec<String> = action::at(context)
            .filter(|action| action.rank > 0 && works(action.action))
            .map(|action| {
                let both = if action.action == Action::Turn(1) { "← " } else { "" };
                format!(" {both}{} {} ", action.keys[0], word(action))
            })
            .collect();
        assert_eq!(footer.trim_end(), hints.concat().trim_end(), "{context:?}");
    }
}

#[test]
fn the_help_of_every_screen_lists_exactly_its_actions() {
    for context in KeyContext::ALL.iter().copied() {
        let mut drive = at(context);
        drive.press(Key::Char('?'));
        let listed = listed(&drive);
        let contexts = context.listed_together().into_iter();
        let of_screen: HashSet<(String, String)> =
            contexts.flat_map(action::at).map(|a| (keys(a), a.help.to_owned())).collect();
        assert_eq!(listed, of_screen, "{context:?}");
    }
}

#[test]
fn the_palette_of_every_place_lists_exactly_its_actions_with_their_keys() {
    for context in KeyContext::ALL.iter().copied() {
        let mut drive = at(context);
        drive.press(Key::Char(':'));
        let listed = listed(&drive);
        let of_context = action::at(context).map(|action| {
            (format!("{}  [{}]", action.name, action.keys[0]), action.help.to_owned())
        });
        assert_eq!(listed, of_context.collect(), "{context:?}");
    }
}

#[test]
fn the_manual_lists_exactly_the_actions_with_their_keys() {
    let page = printed(&["man"]).replace("\\-", "-").replace("\\(aq", "'").replace("\\*(Aq", "'");
    let (_, keys_and_more) = page.split_once(".SH KEYS").expect("there is a section of keys");
    let section = keys_and_more.split(".SH ").next().unwrap();
    for action in ACTIONS.iter() {
        assert!(section.contains(action.help), "{:?} is not in the manual", action.help);
    }
    let entries = section.matches(".TP").count();
    assert_eq!(entries, ACTIONS.len(), "as many entries as actions");
}

#[test]
fn a_line_of_the_help_and_of_the_palette_does_what_its_key_does() {
    for overlay in ['?', ':'] {
        let mut by_key = at(KeyContext::Lab);
        by_key.press(Key::Right);
        let mut by_line = at(KeyContext::Lab);
        by_line.press(Key::Char(overlay));
        by_line.write("turn the knob up one notch");
        by_line.press(Key::Enter);
        assert_eq!(by_line.app.work.scenario, by_key.app.work.scenario, "{overlay}");
        assert!(by_line.app.over.is_none());
    }
}
