//! A lesson on the screen, played by keys, arrows and mouse: no result is shown too early, and no
//! answer is lost.

#![cfg(feature = "tui")]

use std::sync::{Arc, LazyLock};

use crate::support::drive::{self, Drive};
use crate::support::frames;
use crate::support::worlds;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use taskscope::app::screen::lessons::{ClassView, LessonRow, listed, scenes};
use taskscope::app::settings::Panes;
use taskscope::app::{App, Effect, Gesture, HitTarget, Key, KeyContext, Message, Playing, Screen};
use taskscope::figure::words;
use taskscope::job::{Document, JobSlot, SaveResult};
use taskscope::lesson::catalog::{TEMPLATE, preset};
use taskscope::lesson::session::right_choices;
use taskscope::lesson::step::letter;
use taskscope::lesson::{Answer, Lesson, LessonSession, SettingFindings, StepKind};
use taskscope::ui::{self, Pointing, Regions};

const SIZES: [(u16, u16); 6] = [(120, 36), (80, 24), (60, 18), (40, 10), (20, 5), (1, 1)];

/// The lesson of the template, with a number of trials suitable for a test.
fn lesson() -> Arc<Lesson> {
    let toml = TEMPLATE.replace("trials = 60 ", "trials = 24 ");
    assert_ne!(toml, TEMPLATE);
    Arc::new(Lesson::parse(&toml, "template", &preset).unwrap())
}

/// The lesson at its start, with everything measured that does not depend on the student.
static BEGUN: LazyLock<Drive> = LazyLock::new(|| {
    let mut drive = begun_by(LessonSession::new(0));
    drive.settle_slot(JobSlot::Lesson);
    drive
});

fn begun_by(session: LessonSession) -> Drive {
    let app = App::new("six-tasks", drive::preset("six-tasks", 4));
    Drive::of(app.with_lesson(lesson(), session, None, false))
}

fn playing(drive: &Drive) -> &Playing {
    drive.app.playing().expect("a lesson is played")
}

fn kind(drive: &Drive) -> &'static str {
    playing(drive).step().kind.name()
}

/// The session in the last write request.
fn written(drive: &Drive) -> Option<LessonSession> {
    drive.effects.iter().rev().find_map(|effect| match effect {
        Effect::Answers(session) => Some((**session).clone()),
        _ => None,
    })
}

fn right_choice(drive: &Drive) -> usize {
    right_choices(playing(drive).step(), &playing(drive).findings)[0]
}

/// Answers the step by keys, right or wrong, and goes on.
fn answer(drive: &mut Drive, rightly: bool) {
    match kind(drive) {
        "predict" => {
            let right = right_choice(drive);
            let choice = if rightly { right } else { (right + 1) % 3 };
            drive.keys(&[Key::Char(letter(choice)), Key::Char('3'), Key::Enter]);
            assert!(written(drive).is_some(), "a commit is written");
            assert_eq!(kind(drive), "reveal", "a commit leads to the reveal");
        }
        "find" => {
            let value = if rightly { "30" } else { "80" };
            drive.press(Key::Char('='));
            drive.write(value);
            drive.keys(&[Key::Enter, Key::Enter]);
            assert!(written(drive).is_some());
            drive.press(Key::Char('n'));
        }
        "free" => {
            if rightly {
                drive.press(Key::Home);
            }
            drive.press(Key::Enter);
            assert!(playing(drive).waits, "knobs are judged once they are measured");
            drive.settle_slot(JobSlot::Verdict);
            assert!(!playing(drive).waits);
            drive.press(Key::Char('n'));
        }
        "explain" => {
            drive.press(Key::Enter);
            drive.write("because the unit is shared");
            drive.keys(&[Key::Enter, Key::Enter]);
        }
        "export" => {
            drive.settle();
            drive.press(Key::Enter);
            assert!(drive.effects.iter().any(|effect| matches!(effect, Effect::Offer(_))));
            drive.press(Key::Enter);
            let [Effect::File(filing)] = &drive.effects[..] else {
                panic!("a figure is written: {:?}", drive.app.view.note)
            };
            assert!(!filing.replace && matches!(filing.document, Document::Picture { .. }));
            let filing = filing.clone();
            drive.tell(Message::Filed(filing, SaveResult::Written));
            drive.press(Key::Enter);
        }
        _ => drop(drive.press(Key::Enter)),
    }
}

fn play(rightly: bool) -> LessonSession {
    let mut drive = BEGUN.clone();
    let steps = playing(&drive).lesson.steps.len();
    for place in 0..steps - 1 {
        assert_eq!(playing(&drive).session.at, place, "{}", kind(&drive));
        answer(&mut drive, rightly);
    }
    assert!(playing(&drive).is_over(), "at {}", playing(&drive).session.at);
    let session = playing(&drive).session.clone();
    drive.press(Key::Enter);
    assert!(drive.app.playing().is_none() && drive.app.key_context() == KeyContext::Lessons);
    session
}

#[test]
fn a_lesson_is_played_by_keys_with_all_answers_right() {
    let session = play(true);
    assert!(session.finished);
    assert_eq!(session.score(), (3, 3));
    assert_eq!(session.by_confidence()[2], (1, 1));
    let answered: Vec<usize> = session.answers.keys().copied().collect();
    assert_eq!(answered, [1, 3, 4, 5, 6]);
}

#[test]
fn a_lesson_is_played_by_keys_with_all_answers_wrong() {
    let session = play(false);
    assert!(session.finished);
    assert_eq!(session.score(), (0, 3), "{:?}", session.answers);
}

#[test]
fn arrows_and_enter_alone_finish_a_lesson() {
    let mut drive = BEGUN.clone();
    for _ in 0..400 {
        if drive.app.playing().is_none() {
            break;
        }
        let press = match (drive.app.key_context(), kind(&drive)) {
            _ if drive.app.field.is_some() => Key::Enter,
            (KeyContext::Question, _) => {
                let right = right_choice(&drive);
                match playing(&drive).choice {
                    Some(choice) if choice == right && playing(&drive).asks => {
                        if playing(&drive).sure.is_some() { Key::Enter } else { Key::Down }
                    }
                    Some(choice) if choice == right => Key::Enter,
                    _ => Key::Down,
                }
            }
            (KeyContext::Bench, "find") => {
                let there = drive.value() >= 29.0;
                if there { Key::Enter } else { Key::Right }
            }
            (KeyContext::Bench, _) => {
                let there = drive.value() <= 5.0;
                if there { Key::Enter } else { Key::Left }
            }
            (_, "explain") if playing(&drive).session.answer().is_none() => Key::Right,
            (_, "export") => {
                drive.settle();
                Key::Right
            }
            _ => Key::Enter,
        };
        drive.press(press);
        if drive.app.key_context() == KeyContext::Bench && press == Key::Enter {
            drive.settle_slot(JobSlot::Verdict);
        }
    }
    assert!(drive.app.playing().is_none());
    let session = &drive.app.screens.lessons.progress["my-lesson"];
    assert!(session.finished && session.score() == (3, 3), "{session:?}");
}

/// The lesson at its step that asks for a written answer.
fn at_a_written_answer() -> Drive {
    let mut drive = BEGUN.clone();
    for _ in 0..20 {
        if kind(&drive) == "explain" {
            return drive;
        }
        answer(&mut drive, true);
    }
    panic!("the lesson asks for no written answer")
}

#[test]
fn while_an_answer_is_typed_tab_gives_a_hint_and_the_words_stay() {
    let mut drive = at_a_written_answer();
    drive.write("m");
    let shown = playing(&drive).session.hints_taken();
    drive.press(Key::Tab);
    assert_eq!(drive.app.field.as_ref().unwrap().text, "m");
    let hints = playing(&drive).step().hints.len();
    assert_eq!(playing(&drive).session.hints_taken(), (shown + 1).min(hints));
    assert_eq!(hints > 0, drive.app.view.note.is_none());
}

#[test]
fn the_first_letter_typed_begins_the_answer_whatever_the_letter_does_elsewhere() {
    let asked = at_a_written_answer();
    for first in ['m', 'n', 'q', 'p', 'h', '?', ':', 'T', 'ü', '['] {
        let mut drive = asked.clone();
        let (at, mouse) = (playing(&drive).session.at, drive.app.settings.mouse);
        drive.press(Key::Char(first));
        drive.write("any rows");
        assert_eq!(drive.app.field.as_ref().unwrap().text, format!("{first}any rows"));
        drive.press(Key::Enter);
        assert_eq!(playing(&drive).session.at, at, "{first}");
        assert_eq!(drive.app.settings.mouse, mouse, "{first}");
        let given = playing(&drive).session.answer().and_then(|answer| answer.text.clone());
        assert_eq!(given, Some(format!("{first}any rows")));
        drive.press(Key::Char('n'));
        assert_eq!(playing(&drive).session.at, at + 1, "keys work again after the answer");
    }
    let mut drive = asked.clone();
    drive.press(Key::Right);
    assert!(drive.app.field.is_none() && kind(&drive) != "explain", "an arrow goes on");
    let mut drive = asked;
    drive.tell(Message::Paste("pasted words".into()));
    assert_eq!(drive.app.field.as_ref().unwrap().text, "pasted words");
}

#[test]
fn an_answer_that_was_begun_is_never_lost() {
    let mut drive = at_a_written_answer();
    let at = playing(&drive).session.at;
    drive.write("half a sentence");
    drive.press(Key::Escape);
    assert!(drive.app.field.is_none() && playing(&drive).session.answer().is_none());
    drive.keys(&[Key::Right, Key::Left, Key::Char('!')]);
    assert_eq!(drive.app.field.as_ref().unwrap().text, "half a sentence!", "it is taken up again");
    let mut quits = drive.clone();
    quits.press(Key::Ctrl('c'));
    let kept = quits.effects.iter().find_map(|effect| match effect {
        Effect::Answers(session) => session.answers.get(&at)?.text.clone(),
        _ => None,
    });
    assert_eq!(kept.as_deref(), Some("half a sentence!"));
    drive.keys(&[Key::Escape, Key::Escape]);
    let session = drive.app.screens.lessons.progress["my-lesson"].clone();
    assert_eq!(session.answers[&at].text.as_deref(), Some("half a sentence!"));
    let mut again = begun_by(session);
    while playing(&again).session.at > at {
        again.press(Key::Left);
    }
    again.write(" and the rest");
    assert_eq!(again.app.field.as_ref().unwrap().text, "half a sentence! and the rest");
    again.press(Key::Enter);
    let given = playing(&again).session.answer().and_then(|answer| answer.text.clone());
    assert_eq!(given.as_deref(), Some("half a sentence! and the rest"));
    assert!(written(&again).is_some_and(|session| !session.answers[&at].begun));
}

/// A user at a screen with a mouse and no keyboard.
struct Hand {
    drive: Drive,
    size: (u16, u16),
    pointing: Pointing,
}

impl Hand {
    fn regions(&self) -> Regions {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let mut regions = Regions::default();
        terminal.draw(|frame| regions = ui::draw(&self.drive.app, frame)).unwrap();
        regions
    }

    /// Clicks a target at a share of its width; returns false if it is not on the screen.
    fn press(&mut self, wanted: impl Fn(HitTarget) -> bool, share: f64) -> bool {
        let regions = self.regions();
        let found = regions.spots().filter(|(_, area)| !area.is_empty());
        let Some((_, area)) = found.filter(|(spot, _)| wanted(*spot)).last() else { return false };
        let x = area.x + (share * f64::from(area.width.saturating_sub(1))).round() as u16;
        for gesture in [Gesture::Press, Gesture::Release] {
            let pointer = self.pointing.point(gesture, x, area.y, &regions);
            self.drive.tell(Message::Pointer(pointer));
        }
        true
    }

    /// Turns the wheel over the slider.
    fn wheel(&mut self, by: i32) {
        let regions = self.regions();
        let mut spots = regions.spots();
        let (_, area) = spots.find(|(spot, _)| matches!(spot, HitTarget::Slider(_))).unwrap();
        let pointer = self.pointing.point(Gesture::Wheel(by), area.x, area.y, &regions);
        self.drive.tell(Message::Pointer(pointer));
    }

    fn action(&mut self, wanted: taskscope::app::Action) -> bool {
        self.press(|spot| spot == HitTarget::Action(wanted), 0.5)
    }
}

#[test]
fn the_mouse_alone_finishes_a_lesson() {
    use taskscope::app::Action;
    for size in [(120, 36), (80, 24)] {
        let mut hand = Hand { drive: BEGUN.clone(), size, pointing: Pointing::default() };
        for _ in 0..60 {
            let Some(playing) = hand.drive.app.playing() else { break };
            let place = playing.key_context();
            let free = matches!(playing.step().kind, StepKind::Free { .. });
            let asks_more = playing.session.answer().is_none();
            match place {
                KeyContext::Question => {
                    let right = right_choice(&hand.drive);
                    assert!(hand.action(Action::Choose(right)) && hand.action(Action::Sure(2)));
                    assert!(hand.action(Action::Commit));
                }
                KeyContext::Bench if asks_more => {
                    let share = if free { 0.0 } else { 30.0 / 180.0 };
                    assert!(hand.press(|spot| matches!(spot, HitTarget::Slider(_)), share));
                    while !free && hand.drive.value() != 30.0 {
                        let by = if hand.drive.value() < 30.0 { 1 } else { -1 };
                        hand.wheel(by);
                    }
                    assert!(hand.action(Action::Commit), "{size:?}");
                    hand.drive.settle_slot(JobSlot::Verdict);
                }
                _ => assert!(hand.action(Action::NextStep), "{size:?} {}", kind(&hand.drive)),
            }
        }
        let session = &hand.drive.app.screens.lessons.progress["my-lesson"];
        assert!(session.finished && session.score() == (3, 3), "{size:?} {session:?}");
    }
}

/// Results of a setting that must stay hidden: gain, errors, prediction, verdict.
fn secrets(found: &SettingFindings) -> Vec<String> {
    let SettingFindings::Trials { scenario, measurement, theory } = found else {
        panic!("no trials")
    };
    let outcome = &measurement.own().targets;
    let mut secrets = vec![
        words::effect(outcome),
        words::short(outcome.single.mean),
        words::short(outcome.multi.mean),
        words::verdict(scenario, outcome),
    ];
    secrets.extend(theory.as_ref().map(|theory| words::predicted(theory.gain)));
    secrets
}

fn assert_masked(drive: &Drive, secrets: &[String], after: &str) {
    assert_eq!(drive.app.screens.current, Screen::Lessons, "{after}");
    for (width, height) in SIZES {
        let screen = drive.screen(width, height);
        for secret in secrets {
            assert!(!screen.contains(secret), "{secret} is seen after {after}:\n{screen}");
        }
    }
}

#[test]
fn nothing_of_a_prediction_is_seen_by_any_key_before_it_is_committed() {
    let mut drive = BEGUN.clone();
    drive.press(Key::Enter);
    drive.settle();
    assert_eq!(drive.app.key_context(), KeyContext::Question);
    let secrets = secrets(playing(&drive).findings.get("right-angle").unwrap());
    assert_masked(&drive, &secrets, "nothing");
    let mut keys: Vec<Key> = (' '..='~').map(Key::Char).collect();
    keys.extend([Key::Tab, Key::BackTab, Key::Up, Key::Down, Key::Left, Key::Right, Key::F1]);
    keys.extend(["PageUp", "PageDown"].map(|name| match name {
        "PageUp" => Key::PageUp,
        _ => Key::PageDown,
    }));
    keys.extend([Key::Home, Key::End, Key::Ctrl('s'), Key::Ctrl('o'), Key::Ctrl('p')]);
    for key in keys {
        if [Key::Char('p'), Key::Char('q')].contains(&key) {
            continue;
        }
        let mut once = drive.clone();
        once.press(key);
        once.settle();
        assert_masked(&once, &secrets, &key.to_string());
        if key == Key::Char(':') || key == Key::Char('?') {
            for query in ["angle", "gain", "two", "open", "knob", "show"] {
                let mut searched = once.clone();
                searched.write(query);
                searched.press(Key::Enter);
                searched.settle();
                assert_masked(&searched, &secrets, query);
                assert!(searched.app.playing().is_some(), "{query}");
            }
        }
    }
    let regions = Hand { drive: drive.clone(), size: (120, 36), pointing: Pointing::default() };
    for (spot, area) in regions.regions().spots() {
        let mut hand =
            Hand { drive: drive.clone(), size: (120, 36), pointing: Pointing::default() };
        let pointer = hand.pointing.point(Gesture::Move, area.x, area.y, &regions.regions());
        hand.drive.tell(Message::Pointer(pointer));
        assert_masked(&hand.drive, &secrets, &format!("{spot:?}"));
    }
    drive.keys(&[Key::Char('c'), Key::Char('2'), Key::Enter]);
    drive.settle();
    let screen = drive.screen(80, 24);
    assert!(screen.contains(&secrets[0]), "{screen}");
}

#[test]
fn what_was_open_comes_back_when_a_lesson_is_left() {
    let mut drive = Drive::preset("three-tasks", 4);
    drive.keys(&[Key::Down, Key::Right, Key::Right]);
    let (before, focus, depth) =
        (drive.app.work.snapshot(), drive.app.screens.lab.focus, drive.app.work.undo_depth());
    assert!(drive.app.is_changed());
    drive.press(Key::Char('7'));
    assert!(drive.effects.contains(&Effect::Progress));
    assert!(listed()[0].lesson.is_ok());
    drive.press(Key::Enter);
    assert!(matches!(drive.effects.last(), Some(Effect::OpenAnswers(_))));
    assert!(drive.app.is_changed(), "what the user works on is still not saved");
    assert_eq!(drive.app.own_work().0, before);
    drive.keys(&[Key::Enter, Key::Char('u'), Key::Char('1'), Key::Char('2')]);
    drive.press(Key::Escape);
    assert!(drive.effects.contains(&Effect::Release) && written(&drive).is_some());
    assert_eq!(drive.app.work.snapshot(), before);
    assert_eq!((drive.app.screens.lab.focus, drive.app.work.undo_depth()), (focus, depth));
    drive.press(Key::Char('u'));
    assert_ne!(drive.app.work.snapshot(), before, "changes can still be undone");
}

#[test]
fn a_lesson_goes_on_at_the_step_where_it_was_left_with_its_answers() {
    let mut drive = BEGUN.clone();
    drive.keys(&[Key::Enter, Key::Char('a'), Key::Char('1'), Key::Enter]);
    let kept = written(&drive).expect("every step is written");
    assert_eq!(kept.at, 2);
    let mut again = begun_by(kept.clone());
    assert_eq!(playing(&again).session, kept);
    assert_eq!(kind(&again), "reveal");
    again.settle();
    let screen = again.screen(80, 24);
    assert!(screen.contains("You predicted a (a guess)"), "{screen}");
    let mut fresh = Drive::preset("two-tasks", 4);
    fresh.press(Key::Char('7'));
    fresh
        .app
        .screens
        .lessons
        .progress
        .insert("same-model".into(), LessonSession { at: 2, ..LessonSession::new(0) });
    assert!(fresh.screen(80, 24).contains("step 3 of"), "{}", fresh.screen(80, 24));
}

#[test]
fn the_answers_of_a_file_replace_those_of_the_beginning() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.keys(&[Key::Char('7'), Key::Enter]);
    let mut session = LessonSession::new(17);
    session.at = 1;
    let file = std::path::PathBuf::from("same-model-17.json");
    drive.tell(Message::AnswersOpened(Ok((file, Box::new(session.clone())))));
    assert_eq!(playing(&drive).session, session);
    assert!(matches!(
        drive.waiting(JobSlot::Lesson),
        Some((_, taskscope::job::Job::Lesson(_, 17, 1)))
    ));
    assert!(drive.screen(120, 36).contains("answers: same-model-17.json"));
    drive.tell(Message::AnswersOpened(Err("the disk is full".into())));
    assert!(drive.screen(80, 24).contains("the disk is full"));
    assert!(drive.app.playing().is_some());
    drive.press(Key::Escape);
    drive.tell(Message::Progress(Vec::new(), vec!["x.json: they were edited".into()]));
    assert!(drive.screen(80, 24).contains("they were edited"));
}

#[test]
fn an_answer_waits_for_its_measurement_and_is_then_judged() {
    let mut session = LessonSession::new(0);
    session.at = 3;
    let mut drive = begun_by(session);
    drive.press(Key::Char('='));
    drive.write("30");
    drive.keys(&[Key::Enter, Key::Enter]);
    assert!(playing(&drive).waits && drive.screen(80, 24).contains("measuring"));
    assert!(playing(&drive).session.answers.is_empty());
    drive.settle_slot(JobSlot::Lesson);
    assert_eq!(playing(&drive).session.answer().unwrap().right, Some(true));
    assert!(drive.screen(80, 24).contains("You committed 30°: right"));
}

#[test]
fn a_knob_that_is_turned_on_takes_the_waiting_answer_back() {
    let mut session = LessonSession::new(0);
    session.at = 4;
    let mut drive = begun_by(session);
    drive.keys(&[Key::Enter, Key::Left]);
    drive.settle_slot(JobSlot::Verdict);
    assert!(!playing(&drive).waits && playing(&drive).session.answers.is_empty());
}

#[test]
fn only_the_knobs_of_the_lesson_turn() {
    let mut drive = BEGUN.clone();
    drive.app.screens.lessons.playing.as_mut().unwrap().session.at = 3;
    let knobs = playing(&drive).lesson.knobs.clone();
    drive.press(Key::Char('p'));
    drive.keys(&[Key::Char('n'), Key::Char('p')]);
    let mut session = LessonSession::new(0);
    session.at = 3;
    let mut drive = begun_by(session);
    for _ in 0..5 {
        drive.keys(&[Key::Down, Key::Right]);
        assert!(knobs.contains(&drive.app.screens.lab.focus));
    }
    let other = drive
        .app
        .screens
        .lab
        .sliders(&drive.app.work.scenario, Panes::All)
        .into_iter()
        .find(|knob| !knobs.contains(knob))
        .unwrap();
    let before = drive.app.work.scenario.clone();
    let pointer = taskscope::app::Pointer {
        gesture: Gesture::Press,
        spot: Some(HitTarget::Slider(other)),
        at: (0.9, 0.5),
    };
    drive.tell(Message::Pointer(pointer));
    assert_eq!(drive.app.work.scenario, before);
}

#[test]
fn every_step_is_drawn_at_every_size_and_no_gain_stands_without_its_interval() {
    let mut drive = BEGUN.clone();
    while drive.app.playing().is_some() {
        for present in [false, true] {
            drive.app.view.present = present;
            for (width, height) in SIZES {
                let frame = drive.frame(width, height);
                if width >= 58 && height >= 16 {
                    let bare = frames::bare_gains(&frame);
                    assert!(bare.is_empty(), "{bare:#?}\n{}", drive::lines(&frame).join("\n"));
                }
            }
        }
        drive.app.view.present = false;
        answer(&mut drive, true);
    }
}

#[test]
fn a_figure_is_never_written_over_a_file() {
    let mut drive = BEGUN.clone();
    while kind(&drive) != "export" {
        answer(&mut drive, true);
    }
    drive.press(Key::Enter);
    assert!(drive.app.view.note.as_ref().unwrap().contains("still being measured"));
    drive.settle();
    drive.keys(&[Key::Enter, Key::Enter]);
    let Some(Effect::File(filing)) = drive.effects.first().cloned() else { panic!("no figure") };
    drive.tell(Message::Filed(filing, SaveResult::Exists));
    let field = drive.app.field.clone().expect("another name is asked for");
    assert!(!field.replace && field.problem.unwrap().contains("another name"));
    assert!(playing(&drive).session.answer().is_none());
}

/// A class of three, one of whom is wrong.
fn class() -> ClassView {
    let said = |student, choice, sure, right| {
        let mut session = LessonSession::new(student);
        let (choice, confidence) = (Some(choice), Some(sure));
        let answer = Answer { choice, confidence, right: Some(right), ..Answer::default() };
        session.answers.insert(1, answer);
        session
    };
    let sessions = vec![said(1, 'a', 3, false), said(2, 'c', 1, true), said(3, 'c', 3, true)];
    ClassView { sessions, refused: 1 }
}

#[test]
fn a_teacher_sees_notes_and_who_chose_what() {
    let app = App::new("six-tasks", drive::preset("six-tasks", 4));
    let mut drive = Drive::of(app.with_lesson(lesson(), LessonSession::new(0), None, true));
    let asks =
        |drive: &Drive| drive.effects.iter().any(|effect| matches!(effect, Effect::Class(_)));
    assert!(asks(&drive), "the class is read at the beginning");
    drive.tell(Message::Class(Ok(class())));
    drive.press(Key::Enter);
    drive.press(Key::Char('t'));
    let screen = drive.screen(80, 40);
    let words = "Class (3 files, 1 refused): 3 answered; the choices are shown once";
    assert!(screen.contains(words), "{words}\n{screen}");
    assert!(!screen.contains("1 certain") && !screen.contains("of 3 right"), "{screen}");
    drive.press(Key::Char('r'));
    assert!(asks(&drive));
    drive.tell(Message::Time(60));
    assert!(asks(&drive), "a class is followed");
    drive.tell(Message::Time(61));
    assert!(!asks(&drive), "at most every few seconds");
    drive.press(Key::Char('P'));
    let screen = drive.screen(60, 18);
    assert!(screen.contains("The angle is 90°") && !screen.contains("c 2"), "{screen}");
    drive.settle();
    drive.keys(&[Key::Char('c'), Key::Char('3'), Key::Enter]);
    let screen = drive.screen(60, 18);
    for words in ["█", "n = 24", "class: a 1, b 0, c 2"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
}

#[test]
fn students_have_no_notes() {
    let mut drive = BEGUN.clone();
    drive.press(Key::Char('t'));
    assert!(!playing(&drive).notes);
    drive.keys(&[Key::Char('P'), Key::Char('t')]);
    assert!(!playing(&drive).notes && !drive.screen(80, 24).contains("Let the class say"));
}

#[test]
fn the_list_shows_lessons_and_below_them_scenarios_that_open_in_the_lab() {
    let mut drive = Drive::preset("six-tasks", 4);
    drive.press(Key::Char('7'));
    let screen = drive.screen(120, 36);
    assert!(screen.contains("not started") && screen.contains("scenarios to explore"), "{screen}");
    for _ in 0..listed().len() {
        drive.press(Key::Down);
    }
    drive.press(Key::Enter);
    assert_eq!(
        (drive.app.screens.current, drive.app.work.name.as_str()),
        (Screen::Lab, scenes()[0].name)
    );
    drive.keys(&[Key::Char('7'), Key::PageDown]);
    (0..90).for_each(|_| drop(drive.press(Key::Down).to_vec()));
    assert!(drive.app.screens.lessons.scene().is_some());
}

#[test]
fn leaving_the_program_writes_the_answers_first() {
    let mut drive = BEGUN.clone();
    drive.press(Key::Ctrl('c'));
    let [Effect::Answers(_), Effect::Quit { keeping: true }] = &drive.effects[..] else {
        panic!("{:?}", drive.effects)
    };
}

#[test]
fn the_chart_of_one_prediction_gives_nothing_away_of_the_next() {
    let built = taskscope::lesson::catalog::BuiltInLesson::find("same-model").unwrap();
    let toml = built.toml.replace("trials = 60\n", "trials = 16\n").replace("= 200\n", "= 16\n");
    let lesson = Arc::new(Lesson::parse(&toml, "same-model", &preset).unwrap());
    let app = App::new("two-tasks", drive::preset("two-tasks", 4));
    let mut drive = Drive::of(app.with_lesson(lesson, LessonSession::new(0), None, false));
    drive.keys(&[Key::Char('n'), Key::Char('a'), Key::Char('3'), Key::Enter]);
    drive.settle();
    let seen = secrets(playing(&drive).findings.get("near").unwrap());
    let mut hidden = secrets(playing(&drive).findings.get("right-angle").unwrap());
    hidden.retain(|secret| !seen.contains(secret));
    assert!(hidden.len() > 2, "only the error alone is the same");
    for _ in 0..2 {
        assert!(drive.waiting(JobSlot::Curve).is_none() && drive.app.screens.lab.curve.is_none());
        assert!(drive.screen(120, 36).contains("◉"), "the place that was predicted is drawn");
        assert_masked(&drive, &hidden, kind(&drive));
        drive.press(Key::Char('p'));
        drive.settle();
    }
    drive.keys(&[Key::Char('n'), Key::Char('n'), Key::Char('n')]);
    assert_eq!((playing(&drive).session.at, drive.app.key_context()), (3, KeyContext::Question));
    for _ in 0..2 {
        drive.keys(&[Key::Char('a'), Key::Char('1'), Key::Enter, Key::Char('n')]);
    }
    drive.press(Key::Char('p'));
    drive.settle();
    assert!(drive.app.screens.lab.curve.is_some(), "all on this line has been predicted");
}

#[test]
fn what_was_found_stays_and_what_is_found_after_reading_on_is_not_judged() {
    let mut drive = BEGUN.clone();
    while kind(&drive) != "find" {
        answer(&mut drive, true);
    }
    let mut late = drive.clone();
    drive.press(Key::Char('='));
    drive.write("30");
    drive.keys(&[Key::Enter, Key::Enter]);
    let place = playing(&drive).session.at;
    assert_eq!(playing(&drive).session.answers[&place].right, Some(true));
    drive.keys(&[Key::Right, Key::Right, Key::Enter]);
    assert_eq!(playing(&drive).session.at, place + 1, "Enter goes on");
    assert_eq!(playing(&drive).session.answers[&place].value, Some(30.0));
    late.keys(&[Key::Char('n'), Key::Char('p')]);
    for _ in 0..2 {
        late.press(Key::Char('='));
        late.write("30");
        late.keys(&[Key::Enter, Key::Enter]);
        let answer = &playing(&late).session.answers[&place];
        assert_eq!((answer.right, answer.tries), (None, 1));
    }
    assert!(late.screen(80, 24).contains("because you read ahead"), "{}", late.screen(80, 24));
}

#[test]
fn a_hint_that_is_taken_is_seen() {
    for (width, height) in [(120, 36), (80, 24), (60, 18), (40, 10)] {
        let mut drive = BEGUN.clone();
        drive.keys(&[Key::Enter, Key::Char('b')]);
        let hints = playing(&drive).step().hints.clone();
        for hint in &hints {
            drive.press(Key::Char('h'));
            let last = playing(&drive).say(hint);
            let last = last.split_whitespace().last().unwrap();
            let screen = drive.screen(width, height);
            assert!(screen.contains(last), "{last} at {width} by {height}:\n{screen}");
        }
        assert_eq!(hints.len(), 2);
        drive.press(Key::Char('c'));
        assert!(drive.screen(width, height).contains("▸ c"));
    }
}

/// A lesson of the program with few trials, and few features where it has a hundred.
fn quick(id: &str) -> Drive {
    let built = taskscope::lesson::catalog::BuiltInLesson::find(id).unwrap();
    let line = |line: &str| match line.starts_with("trials = ") {
        true => "trials = 8\n".to_owned(),
        false => format!("{line}\n"),
    };
    let toml: String = built.toml.lines().map(line).collect();
    let toml = match id {
        "covariance" => toml.replace("set = { ", "set = { \"data.dimension\" = 20, "),
        _ => toml,
    };
    let lesson = Arc::new(Lesson::parse(&toml, id, &preset).unwrap());
    let app = App::new("two-tasks", drive::preset("two-tasks", 4));
    let mut drive = Drive::of(app.with_lesson(lesson, LessonSession::new(0), None, false));
    drive.settle_slot(JobSlot::Lesson);
    drive
}

#[test]
fn the_chart_gives_nothing_away_of_a_prediction_in_another_file_on_the_same_line() {
    let mut drive = quick("covariance");
    drive.keys(&[Key::Char('n'), Key::Char('a'), Key::Char('3'), Key::Enter]);
    drive.settle();
    assert_eq!(
        drive.app.screens.lab.focus.path(drive.app.work.scenario.draft()),
        "source.rotation"
    );
    assert!(drive.app.screens.lab.curve.is_none(), "its other end is asked about next");
    drive.keys(&[Key::Char('n'), Key::Char('a'), Key::Char('3'), Key::Enter]);
    drive.settle();
    assert!(drive.app.screens.lab.curve.is_some());
}

#[test]
fn a_prediction_about_a_way_of_training_is_drawn_as_ways_of_training() {
    let mut drive = quick("task-weights");
    drive.keys(&[Key::Char('n'), Key::Char('a'), Key::Char('2'), Key::Enter]);
    drive.keys(&[Key::Char('n'), Key::Char('n')]);
    assert!(playing(&drive).compared().is_none(), "masked");
    drive.keys(&[Key::Char('a'), Key::Char('2'), Key::Enter]);
    let names = |figure: &taskscope::figure::Figure| match &figure.x.format {
        taskscope::figure::TickFormat::Names(names) => names.clone(),
        other => panic!("{other:?}"),
    };
    let played = playing(&drive);
    let figure = played.compared().unwrap();
    assert_eq!(names(&figure), ["svd-printed", "alone"]);
    let found = played.found().unwrap();
    let subject = played.subject().unwrap();
    let said = subject.outcome(found).map(words::effect).unwrap();
    assert!(
        figure.caption.contains(&format!("Compared with uniform: svd-printed {said}")),
        "{figure:?}"
    );
    let place = played.session.at;
    let masked = played.lesson.compared(place, found, |_| true).unwrap();
    assert_eq!(names(&masked), ["svd-printed"], "training alone is asked about, too");
    let screen = drive.screen(120, 36);
    assert!(screen.contains("vs uniform") && screen.contains("uniform  ●"), "{screen}");
}

#[test]
fn what_is_revealed_has_room_for_a_chart_beside_or_below_all_of_the_text_at_80_by_24() {
    for id in ["same-model", "capacity", "covariance", "source-data", "task-weights", "alignment"] {
        let mut drive = quick(id);
        let last = playing(&drive).lesson.steps.len() - 1;
        while playing(&drive).session.at < last {
            if kind(&drive) == "predict" {
                drive.keys(&[Key::Char('a'), Key::Char('2'), Key::Enter]);
            }
            if matches!(kind(&drive), "predict" | "reveal") {
                let screen = drive.screen(80, 24);
                let has_chart = ["┌ Gain of ", "┌ Error of ", "┌ Figure "]
                    .iter()
                    .any(|pane| screen.contains(pane));
                assert!(has_chart, "{screen}");
                assert!(screen.contains("[ n next ]"), "{screen}");
            }
            drive.press(if kind(&drive) == "explain" { Key::Right } else { Key::Char('n') });
        }
    }
}

#[test]
fn a_cross_hair_of_the_lab_does_not_read_on_in_a_lesson() {
    let mut drive = worlds::two_tasks();
    drive.press(Key::Char('v'));
    assert!(drive.app.view.crosshair.is_some());
    drive.press(Key::Char('7'));
    drive.app.screens.lessons.row = 0;
    drive.press(Key::Enter);
    assert!(drive.app.playing().is_some() && drive.app.crosshair_words().is_none());
}

#[test]
fn a_commit_leads_to_the_reveal_which_says_what_is_true() {
    let mut drive = BEGUN.clone();
    drive.press(Key::Enter);
    let right = right_choice(&drive);
    let wrong = (right + 1) % 3;
    drive.keys(&[Key::Char(letter(wrong)), Key::Char('3'), Key::Enter]);
    drive.settle();
    assert_eq!((kind(&drive), playing(&drive).session.at), ("reveal", 2));
    for (width, height) in [(120, 36), (80, 24)] {
        let screen = drive.screen(width, height);
        let told = format!("{} is true: ", letter(right));
        assert!(screen.contains("You predicted") && screen.contains(&told), "{screen}");
    }
    drive.press(Key::Enter);
    assert_eq!(kind(&drive), "find", "the measurement is revealed once");
}

#[test]
fn a_value_that_is_not_right_is_followed_by_the_direction() {
    for (value, words) in [("80", "go on to smaller values"), ("3", "go on to larger values")] {
        let mut drive = BEGUN.clone();
        while kind(&drive) != "find" {
            answer(&mut drive, true);
        }
        drive.press(Key::Char('='));
        drive.write(value);
        drive.keys(&[Key::Enter, Key::Enter]);
        let screen = drive.screen(80, 24);
        assert!(drive.app.view.note.as_ref().unwrap().contains(words), "{screen}");
        drive.press(Key::Left);
        let screen = drive.screen(120, 36);
        assert!(screen.contains(words), "it stays while the knob is turned: {screen}");
    }
}

/// A lesson of the user in the list.
fn own(id: &str, lesson: Result<Arc<Lesson>, String>) -> LessonRow {
    LessonRow { id: id.to_owned(), origin: Some(format!("/home/a/{id}.toml").into()), lesson }
}

fn second() -> Arc<Lesson> {
    let toml = TEMPLATE.replace("my-lesson\"", "second\"").replace("How much may", "How far may");
    Arc::new(Lesson::parse(&toml, "template", &preset).unwrap())
}

#[test]
fn the_end_shows_the_score_and_what_was_found_and_one_key_begins_the_next_lesson() {
    let mut drive = BEGUN.clone();
    let listed_own = vec![
        own("my-lesson", Ok(lesson())),
        own("broken", Err("no TOML".into())),
        own("second", Ok(second())),
    ];
    drive.tell(Message::OwnLessons(listed_own));
    while !playing(&drive).is_over() {
        answer(&mut drive, true);
    }
    let session = playing(&drive).session.clone();
    for (width, height) in [(120, 36), (80, 24)] {
        let screen = drive.screen(width, height);
        for words in [
            "3 of 3 answers right",
            "certain: 1 of 1 predictions right",
            "right  −",
            "4  30°      right  ",
            "5  knobs    right  helps, for example at source.angle",
            "Enter starts the next lesson, “How far may two tasks differ?”.",
            "Enter next lesson",
            "[ n next lesson ]",
        ] {
            assert!(screen.contains(words), "{words}\n{screen}");
        }
    }
    let opened = drive.app.own_work().0;
    drive.press(Key::Enter);
    assert_eq!(playing(&drive).lesson.id, "second");
    assert_eq!(playing(&drive).session.at, 0);
    assert_eq!(drive.app.own_work().0, opened, "the user's own work is still kept");
    let has = |wanted: &dyn Fn(&Effect) -> bool| drive.effects.iter().position(wanted);
    let released = has(&|effect| matches!(effect, Effect::Release)).unwrap();
    let taken =
        has(&|effect| matches!(effect, Effect::OpenAnswers(lesson) if lesson.id == "second"));
    assert!(released < taken.unwrap(), "one file of answers after the other");
    assert_eq!(drive.app.screens.lessons.progress["my-lesson"], session);
}

#[test]
fn own_lessons_stand_in_the_list_with_their_file_and_broken_ones_with_their_reason() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char('7'));
    let row = listed().len();
    (0..=row).for_each(|_| drop(drive.press(Key::Down).to_vec()));
    let scene = drive.app.screens.lessons.scene().unwrap().name;
    let reason = "/home/a/broken.toml:7: minutes: found 0; allowed: 1 to 240";
    let rows = vec![own("my-lesson", Ok(lesson())), own("broken", Err(reason.into()))];
    drive.tell(Message::OwnLessons(rows.clone()));
    assert_eq!(drive.app.screens.lessons.scene().unwrap().name, scene, "the focus stays");
    drive.app.screens.lessons.row = row;
    let screen = drive.screen(80, 24);
    for words in ["your own lessons", "(my-lesson.toml)", "File: /home/a/my-lesson.toml"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    assert!(drive.screen(80, 24).contains("Enter plays the lesson."));
    drive.press(Key::Down);
    let screen = drive.screen(80, 24);
    for words in ["broken.toml: cannot be played", "minutes: found 0", "the reason is above"] {
        assert!(screen.contains(words), "{words}\n{screen}");
    }
    drive.press(Key::Enter);
    assert!(drive.app.playing().is_none());
    drive.tell(Message::OwnLessons(Vec::new()));
    assert_eq!(drive.app.screens.lessons.rows(), listed().len() + scenes().len());
    drive.tell(Message::OwnLessons(rows));
    drive.app.screens.lessons.row = row;
    drive.press(Key::Enter);
    assert_eq!(playing(&drive).lesson.id, "my-lesson");
}

#[test]
fn the_footer_of_every_step_shows_only_keys_that_do_something() {
    let mut drive = BEGUN.clone();
    while drive.app.playing().is_some() {
        drive.settle();
        let frame = drive.screen(120, 36);
        let keys = frame.lines().rev().find(|line| !line.trim().is_empty()).unwrap();
        for (hint, key) in
            [(" n next ", 'n'), (" p back ", 'p'), (" h hint ", 'h'), (" u undo ", 'u')]
        {
            let mut once = drive.clone();
            once.press(Key::Char(key));
            let acts = once.app.playing().map(|now| (&now.session, once.app.work.snapshot()))
                != drive.app.playing().map(|now| (&now.session, drive.app.work.snapshot()));
            let context = drive.app.key_context();
            assert!(!keys.contains(hint) || acts, "{hint} at {context:?}: {keys}");
            let needed = key != 'n' || !keys.contains("Enter go on");
            assert!(keys.contains(hint) || !acts || !needed || playing(&drive).is_over(), "{keys}");
        }
        let one_knob = playing(&drive).knobs(&drive.app.work.scenario).len() == 1;
        assert!(!(one_knob && keys.contains("↓ knob")), "{keys}");
        answer(&mut drive, true);
    }
}
