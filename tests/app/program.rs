//! The whole program under random user actions: keys, mouse, resizes, on every screen.

#![cfg(feature = "tui")]

use crate::support::drive::{self, Drive, changed};
use crate::support::frames;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use taskscope::app::settings::Panes;
use taskscope::app::{ACTIONS, Gesture, Key, Message};
use taskscope::job::JobSlot;
use taskscope::ui::{self, Pointing, Regions};

/// An event.
#[derive(Debug, Clone)]
enum Event {
    Press(Key),
    Paste(String),
    Mouse(Gesture, u16, u16),
    Resize(u16, u16),
    Settle(JobSlot),
    Study,
    Time(u64),
}

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

/// A user at a screen.
struct User {
    drive: Drive,
    regions: Regions,
    pointing: Pointing,
    size: (u16, u16),
}

impl User {
    fn look(&mut self) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let app = &self.drive.app;
        terminal.draw(|frame| self.regions = ui::draw(app, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        if self.size.0 >= 58 && self.size.1 >= 16 && app.over.is_none() && app.field.is_none() {
            let bare = frames::bare_gains(buffer);
            assert!(bare.is_empty(), "{bare:#?}\n{}", drive::lines(buffer).join("\n"));
        }
    }

    /// Returns true if the scenario is small enough to be computed at once.
    fn is_small(&self) -> bool {
        let scenario = &self.drive.app.work.scenario;
        scenario.dimension() <= 12 && scenario.tasks().len() <= 12 && scenario.trials() <= 20
    }

    /// Returns true if the running study has few trials left.
    fn is_soon_done(&self) -> bool {
        let running = self.drive.app.screens.studies.running();
        running.is_some_and(|run| run.results.records.wanted() - run.results.records.done() < 200)
    }

    fn meet(&mut self, event: Event) {
        match event {
            Event::Press(key) => drop(self.drive.press(key).to_vec()),
            Event::Paste(text) => drop(self.drive.tell(Message::Paste(text)).to_vec()),
            Event::Mouse(gesture, x, y) => {
                let (x, y) = (x % self.size.0, y % self.size.1);
                let pointer = self.pointing.point(gesture, x, y, &self.regions);
                self.drive.tell(Message::Pointer(pointer));
            }
            Event::Resize(width, height) => self.size = (width, height),
            Event::Settle(slot) if self.is_small() => self.drive.settle_slot(slot),
            Event::Settle(_) => {}
            Event::Study if self.is_small() && self.is_soon_done() => {
                self.drive.settle_slot(JobSlot::Study);
                self.drive.settle_slot(JobSlot::Insight);
            }
            Event::Study => {}
            Event::Time(seconds) => drop(self.drive.tell(Message::Time(seconds)).to_vec()),
        }
    }
}

/// A scenario small enough to be computed at once.
fn small(name: &str) -> Drive {
    Drive::open(
        name,
        changed(name, |draft| {
            draft.trials = 4.0;
            draft.data.dimension = 6.0;
            for task in &mut draft.tasks {
                task.covariance.size = None;
                task.samples = task.samples.min(200.0);
            }
        }),
    )
}

fn live(name: &str, events: Vec<Event>) -> Result<(), TestCaseError> {
    let mut user = User {
        drive: small(name),
        regions: Regions::default(),
        pointing: Pointing::default(),
        size: (120, 36),
    };
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
    user.drive.keys(&[Key::Escape; 4]);
    let last = user.drive.app.work.snapshot();
    let mut steps = 0;
    while user.drive.app.work.undo_depth() > 0 {
        user.drive.press(Key::Char('u'));
        steps += 1;
    }
    prop_assert_eq!(user.drive.app.work.snapshot(), opened, "{} steps back", steps);
    (0..steps).for_each(|_| drop(user.drive.press(Key::Ctrl('r')).to_vec()));
    prop_assert_eq!(user.drive.app.work.snapshot(), last, "{} steps forth", steps);
    user.look();
    Ok(())
}

/// Twice this many users with this many events each: 5,000 in all.
const USERS: u32 = 10;
const EVENTS: usize = 250;

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
