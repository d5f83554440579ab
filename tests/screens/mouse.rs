//! Effects of the mouse: scripted users without a keyboard.

#![cfg(feature = "tui")]

use crate::support::drive::{self, Drive, changed};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use taskscope::app::settings::Panes;
use taskscope::app::{Effect, Gesture, HitTarget, Key, Message, Overlay, Pane, Screen};
use taskscope::scenario::Handle;
use taskscope::transfer::Verdict;
use taskscope::ui::{self, Pointing, Regions};

/// A user with a mouse at a screen.
struct Hand {
    drive: Drive,
    pointing: Pointing,
    size: (u16, u16),
}

impl Hand {
    fn on(drive: Drive) -> Self {
        Self { drive, pointing: Pointing::default(), size: (120, 36) }
    }

    fn lab(name: &str) -> Self {
        let mut drive = Drive::preset(name, 20);
        drive.settle();
        Self::on(drive)
    }

    fn look(&self) -> (Buffer, Regions) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let mut regions = Regions::default();
        terminal.draw(|frame| regions = ui::draw(&self.drive.app, frame)).unwrap();
        (terminal.backend().buffer().clone(), regions)
    }

    fn area(&self, spot: HitTarget) -> Rect {
        let (frame, regions) = self.look();
        let found: Vec<Rect> =
            regions.spots().filter(|(s, _)| *s == spot).map(|(_, a)| a).collect();
        let text = drive::lines(&frame).join("\n");
        *found.last().unwrap_or_else(|| panic!("{spot:?} is not on the screen\n{text}"))
    }

    fn gesture(&mut self, gesture: Gesture, (x, y): (u16, u16)) -> Vec<Effect> {
        let regions = self.look().1;
        let pointer = self.pointing.point(gesture, x, y, &regions);
        self.drive.tell(Message::Pointer(pointer)).to_vec()
    }

    fn click(&mut self, at: (u16, u16)) -> Vec<Effect> {
        let effects = self.gesture(Gesture::Press, at);
        self.gesture(Gesture::Release, at);
        effects
    }

    fn click_on(&mut self, spot: HitTarget) -> Vec<Effect> {
        let area = self.area(spot);
        self.click((area.x + area.width / 2, area.y))
    }

    fn drag(&mut self, from: (u16, u16), way: &[(u16, u16)]) {
        self.gesture(Gesture::Press, from);
        for at in way {
            self.gesture(Gesture::Drag, *at);
        }
        self.gesture(Gesture::Release, *way.last().unwrap());
    }

    fn knob(&self, path: &str) -> f64 {
        let draft = self.drive.app.work.scenario.draft();
        Handle::find(draft, path).unwrap().get(draft).unwrap()
    }

    fn slider(&self, path: &str) -> Rect {
        self.area(HitTarget::Slider(
            Handle::find(self.drive.app.work.scenario.draft(), path).unwrap(),
        ))
    }

    fn symbol(&self, symbol: &str, inside: Rect) -> (u16, u16) {
        let frame = self.look().0;
        inside.positions().map(|p| (p.x, p.y)).find(|p| frame[*p].symbol() == symbol).unwrap()
    }
}

#[test]
fn tabs_show_their_screens() {
    let mut hand = Hand::lab("two-tasks");
    for size in [(120, 36), (80, 24), (60, 18)] {
        hand.size = size;
        for screen in Screen::all() {
            let (_, regions) = hand.look();
            let tab = regions.spots().find(|(spot, _)| {
                matches!(spot, HitTarget::Action(taskscope::app::Action::Show(s)) if *s == screen)
            });
            let area = tab.unwrap().1;
            hand.click((area.x + area.width / 2, area.y));
            assert_eq!(hand.drive.app.screens.current, screen, "{size:?}");
        }
    }
}

#[test]
fn a_dragged_slider_goes_where_the_pointer_is_and_is_one_change() {
    let mut hand = Hand::lab("two-tasks");
    let track = hand.slider("source.angle");
    let y = track.y + 1;
    let end = (track.right() - 1, y);
    hand.drag((track.x, y), &[(track.x + 5, y), (track.x + track.width / 2, y), (119, 3), end]);
    assert_eq!(hand.knob("source.angle"), 180.0);
    assert_eq!(hand.drive.app.work.undo_depth(), 1);
    hand.drag(end, &[(track.x + track.width / 2, y)]);
    let middle = hand.knob("source.angle");
    assert!((middle - 90.0).abs() < 8.0 && middle.fract() == 0.0, "{middle}");
    assert_eq!(hand.drive.verdict(), Verdict::Hurts);
    assert_eq!(hand.drive.app.work.undo_depth(), 2);
    hand.drive.keys(&[Key::Char('u'), Key::Char('u')]);
    assert_eq!(hand.knob("source.angle"), 15.0);
}

#[test]
fn every_slider_can_be_set_to_both_ends_by_clicks() {
    let mut hand = Hand::lab("two-tasks");
    hand.size = (120, 80);
    let draft = hand.drive.app.work.scenario.draft().clone();
    for handle in hand.drive.app.screens.lab.sliders(&hand.drive.app.work.scenario, Panes::All) {
        let track = hand.area(HitTarget::Slider(handle));
        let (low, high) = hand.drive.app.work.scenario.track(handle);
        for (x, end) in [(track.x, low), (track.right() - 1, high)] {
            hand.click((x, track.y + 1));
            let set = handle.get(hand.drive.app.work.scenario.draft()).unwrap();
            let refused = hand.drive.app.view.note.is_some();
            assert!(set == end || refused, "{} at {set}, not {end}", handle.path(&draft));
        }
        hand.drive.keys(&[Key::Char('u'), Key::Char('u')]);
    }
}

#[test]
fn the_wheel_turns_the_slider_under_it_by_a_notch() {
    let mut hand = Hand::lab("two-tasks");
    let track = hand.slider("source.noise");
    let before = hand.knob("source.noise");
    hand.gesture(Gesture::Wheel(1), (track.x, track.y));
    let after = hand.knob("source.noise");
    assert!(after > before);
    assert_eq!(hand.drive.app.screens.lab.focus.knob.name, "noise");
    hand.gesture(Gesture::Wheel(-1), (track.x, track.y));
    assert_eq!(hand.knob("source.noise"), before);
}

#[test]
fn the_tip_of_the_source_is_dragged_round_and_the_verdict_follows() {
    let mut hand = Hand::lab("two-tasks");
    let plane = hand.area(HitTarget::Figure(Pane::Plane));
    let tip = hand.symbol("▲", plane);
    let centre = (plane.x + plane.width / 2, plane.y + plane.height / 2);
    hand.drag(tip, &[(tip.0, plane.y + 1), (centre.0, plane.y)]);
    let angle = hand.knob("source.angle");
    assert!((angle - 90.0).abs() < 15.0, "{angle}");
    assert_eq!(hand.drive.verdict(), Verdict::Hurts);
    assert_eq!(hand.drive.app.work.undo_depth(), 1, "a drag is one change");
}

#[test]
fn the_axes_of_the_ellipse_are_dragged_round_and_in() {
    let mut hand = Hand::on({
        let mut drive = Drive::open(
            "two-tasks",
            changed("two-tasks", |draft| {
                draft.trials = 4.0;
                draft.data.dimension = 2.0;
                draft.tasks[1].covariance.condition = 2.0;
                draft.tasks[1].covariance.size = Some(1.0);
                draft.tasks[1].theta.as_mut().unwrap().angle = Some(60.0);
            }),
        );
        drive.settle();
        drive
    });
    let before = hand.knob("source.rotation");
    let plane = hand.area(HitTarget::Figure(Pane::Plane));
    let mut turned = None;
    for from in plane.positions().map(|p| (p.x, p.y)) {
        hand.gesture(Gesture::Move, from);
        let words = hand.drive.app.view.hover.clone().unwrap_or_default();
        if words.contains("loud axis") {
            let (x, y) = (i32::from(from.0), i32::from(from.1));
            let near = [(4, 2), (-4, 2), (4, -2), (-4, -2)].map(|(dx, dy)| (x + dx, y + dy));
            let inside = near.map(|(x, y)| (x.max(1) as u16, y.max(1) as u16));
            for to in inside {
                if hand.knob("source.rotation") == before {
                    hand.drag(from, &[to]);
                }
            }
            turned = Some(hand.knob("source.rotation"));
            break;
        }
    }
    let turned = turned.expect("the loud axis can be taken hold of");
    assert_ne!(turned, before);
    hand.drive.settle();
    let condition = hand.knob("source.condition");
    for from in plane.positions().map(|p| (p.x, p.y)) {
        hand.gesture(Gesture::Move, from);
        if hand.drive.app.view.hover.as_deref().unwrap_or("").contains("quiet axis") {
            let centre = (plane.x + plane.width / 2, plane.y + plane.height / 2);
            hand.gesture(Gesture::Press, from);
            let narrower = plane.positions().any(|to| {
                hand.gesture(Gesture::Drag, (to.x, to.y));
                hand.knob("source.condition") > condition
            });
            hand.gesture(Gesture::Release, centre);
            assert!(narrower, "drawing the quiet axis in makes the ellipse narrower");
            return;
        }
    }
    panic!("the quiet axis cannot be taken hold of");
}

#[test]
fn panes_get_the_focus_and_hints_do_what_their_keys_do() {
    let mut hand = Hand::lab("two-tasks");
    let loss = hand.area(HitTarget::Pane(Pane::Loss));
    hand.click((loss.x + 2, loss.y));
    assert_eq!(hand.drive.app.screens.lab.pane, Pane::Loss);
    hand.click_on(HitTarget::Action(taskscope::app::Action::Over(Overlay::Help)));
    assert!(hand.drive.app.over.is_some());
    hand.click((0, 0));
    assert!(hand.drive.app.over.is_none(), "a click beside an overlay leaves it");
}

#[test]
fn a_line_of_the_palette_is_done_by_a_click() {
    let mut hand = Hand::lab("two-tasks");
    hand.drive.press(Key::Char(':'));
    hand.drive.write("open six-tasks");
    hand.click_on(HitTarget::Entry(0));
    assert_eq!(hand.drive.app.work.name, "six-tasks");
    assert!(hand.drive.app.over.is_none());
    hand.drive.press(Key::Char('u'));
    assert_eq!(hand.drive.app.work.name, "two-tasks");
}

#[test]
fn the_value_under_the_pointer_is_said_with_its_n_and_its_interval() {
    let mut hand = Hand::lab("two-tasks");
    let chart = hand.area(HitTarget::Figure(Pane::Gain));
    hand.gesture(Gesture::Move, (chart.x + chart.width / 2, chart.y + 3));
    let words = hand.drive.app.view.hover.clone().unwrap();
    for part in ["source.angle 9", "theory", "measured", "(20 trials)"] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    assert!(
        drive::lines(&hand.look().0)
            .iter()
            .any(|line| line.contains("theory") && line.contains("measured"))
    );
    hand.drive.press(Key::Right);
    assert_eq!(hand.drive.app.view.hover, None, "a key takes the line back");
}

#[test]
fn m_releases_the_mouse_and_says_so() {
    let mut hand = Hand::lab("two-tasks");
    assert_eq!(hand.drive.press(Key::Char('m')), [Effect::Mouse(false)]);
    assert!(drive::lines(&hand.look().0)[0].contains("mouse off"));
    assert_eq!(hand.drive.press(Key::Char('m')), [Effect::Mouse(true)]);
}

#[test]
fn the_form_and_the_chart_of_a_sweep_are_reached_by_clicks() {
    let mut hand = Hand::lab("two-tasks");
    hand.drive.press(Key::Char('5'));
    let rows = hand.drive.app.screens.studies.form.rows();
    let trials =
        *rows.iter().find(|row| matches!(row, taskscope::app::studies::FormRow::Trials)).unwrap();
    hand.click_on(HitTarget::Setting(trials));
    assert_eq!(hand.drive.app.screens.studies.form.row, trials);
    hand.click_on(HitTarget::Setting(trials));
    hand.drive.keys(&[Key::Ctrl('u'), Key::Char('4'), Key::Enter]);
    assert_eq!(hand.drive.app.screens.studies.form.trials, 4);
    hand.click_on(HitTarget::Action(taskscope::app::Action::RunStudy));
    hand.drive.settle();
    let chart = hand.area(HitTarget::Chart);
    hand.click((chart.right() - 1, chart.y + 1));
    assert!(hand.drive.app.screens.studies.in_chart);
    assert_eq!(hand.drive.app.screens.studies.cursor.column, 20);
    hand.click((chart.x, chart.y + 1));
    assert_eq!(hand.drive.app.screens.studies.cursor.column, 0);
}

#[test]
fn pairs_and_runs_are_chosen_by_clicks() {
    let mut drive = Drive::open(
        "three-tasks",
        changed("three-tasks", |draft| {
            draft.trials = 4.0;
            draft.data.dimension = 6.0;
        }),
    );
    drive.keys(&[Key::Char('4'), Key::Char(' ')]);
    drive.settle();
    let mut hand = Hand::on(drive);
    let matrix = hand.area(HitTarget::Matrix);
    hand.click((matrix.x + 1, matrix.bottom() - 1));
    let low = hand.drive.app.screens.studies.pair;
    hand.click((matrix.x + 1, matrix.y));
    let high = hand.drive.app.screens.studies.pair;
    assert_ne!(low.0, high.0);
    assert_eq!((low.1, high.1), (0, 0));
    hand.drive.press(Key::Char('6'));
    hand.click_on(HitTarget::Run(1));
    assert_eq!(
        hand.drive.app.screens.current,
        Screen::Affinity,
        "a click on the selected run shows it"
    );
}
