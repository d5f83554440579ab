//! The whole program under random user actions: keys, mouse, resizes, on every screen.

#![cfg(feature = "tui")]

use crate::support::user::{Event, User};
use proptest::prelude::*;
use taskscope::app::settings::Panes;
use taskscope::app::{ACTIONS, Gesture, Key};
use taskscope::job::JobSlot;

fn events() -> impl Strategy<Value = Event> {
    let known: Vec<Key> = ACTIONS.iter().flat_map(|action| action.keys.iter().copied()).collect();
    let screens: Vec<Key> = "1234567".chars().map(Key::Char).collect();
    let text = "0123456789.-e+ °θ/ab".chars().map(Key::Char).collect::<Vec<_>>();
    let edit = vec![Key::Backspace, Key::Delete, Key::Ctrl('u'), Key::Escape, Key::Enter];
    let gestures = vec![
        Gesture::Press,
        Gesture::Press,
        Gesture::Drag,
        Gesture::Release,
        Gesture::Move,
        Gesture::Wheel(1),
        Gesture::Wheel(-1),
    ];
    let sizes =
        prop_oneof![Just((120, 36)), Just((80, 24)), Just((60, 18)), (1u16..132, 1u16..46),];
    let quick = [JobSlot::Verdict, JobSlot::Curve, JobSlot::Descent];
    let slots = prop::sample::select(quick.to_vec());
    prop_oneof![
        20 => prop::sample::select(known).prop_map(Event::Press),
        3 => prop::sample::select(screens).prop_map(Event::Press),
        8 => prop::sample::select(text).prop_map(Event::Press),
        8 => prop::sample::select(edit).prop_map(Event::Press),
        1 => any::<char>().prop_map(|c| Event::Press(Key::Char(c))),
        1 => "[0-9.]{1,4}\n?".prop_map(Event::Paste),
        20 => (prop::sample::select(gestures), 0u16..130, 0u16..44)
            .prop_map(|(gesture, x, y)| Event::Mouse(gesture, x, y)),
        6 => sizes.prop_map(|(width, height)| Event::Resize(width, height)),
        2 => slots.prop_map(Event::Settle),
        1 => Just(Event::Study),
        1 => (0u64..900).prop_map(Event::Time),
    ]
}

fn live(name: &str, events: Vec<Event>) -> Result<(), TestCaseError> {
    let mut user = User::of(name);
    let opened = user.drive.app.work.snapshot();
    for event in events {
        user.meet(event);
        user.look();
        let app = &user.drive.app;
        prop_assert!(
            app.screens
                .lab
                .sliders(&app.work.scenario, Panes::All)
                .contains(&app.screens.lab.focus)
        );
    }
    user.go_back_and_forth(&opened);
    Ok(())
}

/// Twice this many users with this many events each: 1,500 in all.
const USERS: u32 = 5;
const EVENTS: usize = 150;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: USERS, failure_persistence: None, max_shrink_iters: 20, ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_done_to_two_tasks_is_drawn_and_can_be_undone(
        name in prop::sample::select(vec!["two-tasks", "turning-data", "random-pair"]),
        events in prop::collection::vec(events(), EVENTS),
    ) {
        live(name, events)?;
    }

    #[test]
    fn whatever_is_done_to_many_tasks_is_drawn_and_can_be_undone(
        name in prop::sample::select(vec!["six-tasks", "svd-weights", "three-tasks"]),
        events in prop::collection::vec(events(), EVENTS),
    ) {
        live(name, events)?;
    }
}
