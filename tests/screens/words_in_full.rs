//! Words and numbers on screens are whole: no number is cut, and a text that is cut says so and
//! names the key that shows the rest.

#![cfg(feature = "tui")]

use std::path::PathBuf;

use crate::support::drive::{Drive, changed};
use taskscope::app::settings::Panes;
use taskscope::app::{App, Key, Message, Pane, Screen};
use taskscope::job::JobSlot;
use taskscope::lesson::LessonSession;
use taskscope::lesson::catalog::TOUR;
use taskscope::scenario::preset::PRESETS;
use taskscope::transfer::Verdict;

/// A preset with its verdict, with few or all panes.
fn measured(name: &str, panes: Panes) -> Drive {
    let mut drive = Drive::preset(name, 4);
    drive.app.settings.panes = panes;
    drive.settle_slot(JobSlot::Verdict);
    drive
}

/// The lines inside the pane with this title.
fn pane(screen: &str, title: &str) -> Vec<String> {
    let lines: Vec<Vec<char>> = screen.lines().map(|line| line.chars().collect()).collect();
    let wanted: Vec<char> = format!(" {title} ").chars().collect();
    let is_here = |line: &Vec<char>| {
        line.windows(wanted.len()).position(|part| part == wanted).filter(|at| *at > 0)
    };
    let (top, left) = lines
        .iter()
        .enumerate()
        .find_map(|(y, line)| Some((y, is_here(line)? - 1)))
        .unwrap_or_else(|| panic!("no pane {title} in\n{screen}"));
    let width = lines[top][left..].iter().position(|c| "┐┓".contains(*c)).unwrap();
    let rows = lines[top + 1..].iter();
    let rows = rows.map(|line| line.iter().skip(left).take(width + 1).collect::<String>());
    let inside = rows.take_while(|row| !row.starts_with(['└', '┗']));
    inside.map(|row| row.trim_matches(['│', '┃', ' ']).to_owned()).collect()
}

#[test]
fn the_verdict_cuts_no_number_in_any_layout() {
    for name in ["three-tasks", "svd-weights", "random-labels", "six-tasks", "alignment", "signs"] {
        for panes in [Panes::Few, Panes::All] {
            let drive = measured(name, panes);
            for (width, height) in [(120, 36), (118, 34), (160, 50)] {
                let screen = drive.screen(width, height);
                let said = pane(&screen, "Verdict").join(" ");
                let brackets = |c: char| said.matches(c).count();
                assert_eq!(brackets('('), brackets(')'), "{name}: {said}");
                let beside = said.contains(" itself ") || said.contains(" instead ");
                let is_told = beside || said.contains("… more: ") || name == "six-tasks";
                assert!(is_told, "{name} at {width}: {said}");
                if let Some((_, own)) = said.split_once(" itself ") {
                    assert!(own.contains('±') && own.contains("(error alone "), "{name}: {said}");
                }
            }
        }
    }
}

#[test]
fn the_names_of_the_screens_come_before_seed_and_dimension() {
    for preset in PRESETS {
        let drive = Drive::preset(preset.name, 4);
        for (width, full) in [(120, true), (100, false), (80, false)] {
            let header = drive.lines(width, 36)[0].clone();
            let has_names = Screen::all().all(|screen| header.contains(screen.name()));
            assert!(has_names || !full, "{header}");
            let has_state = header.contains("seed") || header.contains("step");
            assert!(has_names || !has_state, "{header}");
            assert!(!has_state || !header.contains(&format!("{} seed", preset.name)), "{header}");
        }
    }
}

#[test]
fn on_a_small_screen_tab_shows_what_the_verdict_means_and_then_the_whole_text() {
    let mut drive = measured("two-tasks", Panes::Few);
    let about = drive.app.work.scenario.draft().about.clone();
    let last = about.rsplit(' ').next().unwrap().to_owned();
    let first = drive.screen(80, 24);
    assert!(first.contains("Tab what it means") && first.contains("… more: Tab"), "{first}");
    drive.press(Key::Tab);
    let told = pane(&drive.screen(80, 24), "What it means").join(" ");
    assert!(told.contains("than alone") && told.contains("from variance"), "{told}");
    drive.press(Key::Tab);
    assert_eq!(drive.app.screens.lab.pane, Pane::About);
    let screen = drive.screen(80, 24);
    let shown = screen.lines().any(|line| line.contains(&last));
    assert!(shown, "{screen}");
    drive.keys(&[Key::Tab, Key::Tab]);
    assert_eq!(drive.app.screens.lab.pane, Pane::Knobs, "Tab goes round");
}

#[test]
fn the_meaning_follows_the_method_the_width_and_the_number_of_targets() {
    let said = |name: &str| {
        let mut drive = measured(name, Panes::Few);
        drive.press(Key::Tab);
        pane(&drive.screen(120, 36), "What it means").join(" ")
    };
    for name in ["alignment", "alignment-ridge"] {
        let said = said(name);
        assert!(said.contains("with alignment") && !said.contains("steady"), "{said}");
        assert!(said.contains("stopping early"), "{said}");
    }
    let wide = said("capacity");
    assert!(!wide.contains("shared unit ") && !wide.contains("shared unit."), "{wide}");
    let many = said("six-tasks");
    assert!(many.contains("the 6 tasks make") && !many.contains("makes"), "{many}");
    assert!(said("two-tasks").contains("makes a smaller error"));
    assert!(said("signs").contains("The trials decide."));
}

#[test]
fn a_reason_is_offered_exactly_where_theory_or_a_proposition_gives_one() {
    let offered = |name: &str| {
        let screen = measured(name, Panes::Few).screen(120, 36);
        screen.contains("3 shows the whole reason")
    };
    for name in ["two-tasks", "alignment", "capacity"] {
        assert!(offered(name), "{name}");
    }
    for name in ["signs", "random-labels", "six-tasks"] {
        assert!(!offered(name), "{name}");
    }
}

#[test]
fn the_calm_lab_shows_the_knobs_that_its_text_tells_to_turn() {
    let screen = measured("three-tasks", Panes::Few).screen(120, 36);
    assert!(screen.contains("good.weight") && screen.contains("bad.weight"), "{screen}");
}

#[test]
fn changing_the_panes_says_what_happened_and_not_which_file_was_written() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char('f'));
    drive.tell(Message::SettingsSaved(Ok(PathBuf::from("config.toml"))));
    let note = drive.app.view.note.clone().unwrap();
    assert!(note.starts_with("few panes") && note.contains("kept for next time"), "{note}");
}

#[test]
fn turning_stops_at_the_ends_that_the_slider_draws_and_a_typed_value_beyond_is_drawn_outside() {
    let mut drive = Drive::preset("fig3-task2", 4);
    let (low, high) = drive.app.work.scenario.track(drive.app.screens.lab.focus);
    drive.press(Key::Home);
    drive.press(Key::Left);
    assert_eq!(drive.value(), low);
    drive.press(Key::End);
    drive.press(Key::ShiftRight);
    assert_eq!(drive.value(), high);
    drive.set("3");
    let screen = drive.screen(120, 36);
    let track = screen.lines().find(|line| line.contains("◂")).map(str::to_owned);
    assert!(track.is_some_and(|line| line.contains("┤1M")), "{screen}");
    drive.press(Key::Right);
    assert!(drive.value() > 3.0, "from outside one can go back");
}

#[test]
fn the_tour_says_which_knob_was_turned_and_ends_in_the_lab() {
    let lesson = std::sync::Arc::new(TOUR.lesson().unwrap());
    let app = App::new("two-tasks", crate::support::drive::preset("two-tasks", 4));
    let mut drive = Drive::of(app.with_lesson(lesson, LessonSession::new(0), None, false));
    drive.settle_slot(JobSlot::Lesson);
    drive.keys(&[Key::Down, Key::Right, Key::Enter]);
    drive.settle_slot(JobSlot::Verdict);
    let note = drive.app.view.note.clone().unwrap();
    assert!(note.contains("you turned model.width; turn source.angle to larger"), "{note}");
    drive.press(Key::Enter);
    let playing = drive.app.playing().unwrap();
    assert_eq!(playing.session.answer().unwrap().tries, 1, "nothing has changed");
    let note = drive.app.view.note.clone().unwrap();
    assert!(note.contains("nothing has changed"), "{note}");
    for _ in 0..3 {
        let screen = drive.screen(80, 24);
        assert!(screen.contains("[ "), "the keys of the step are in view: {screen}");
        drive.press(Key::Char('n'));
        drive.settle_slot(JobSlot::Verdict);
    }
    let screen = drive.screen(80, 24);
    assert!(screen.contains("Enter goes back to the Lab"), "{screen}");
    assert!(!screen.contains("last lesson of the list"), "{screen}");
    drive.press(Key::Escape);
    assert_eq!(drive.app.screens.current, Screen::Lab);
}

#[test]
fn enter_goes_on_at_every_step_of_the_tour() {
    let lesson = std::sync::Arc::new(TOUR.lesson().unwrap());
    let app = App::new("two-tasks", crate::support::drive::preset("two-tasks", 4));
    let mut drive = Drive::of(app.with_lesson(lesson, LessonSession::new(0), None, false));
    drive.settle_slot(JobSlot::Lesson);
    for (place, goal) in [Some("source.angle=60"), None, Some("model.width=2")].iter().enumerate() {
        assert_eq!(drive.app.playing().unwrap().session.at, place);
        assert!(drive.screen(80, 24).contains("Enter go on"), "{}", drive.screen(80, 24));
        match goal {
            Some("model.width=2") => drive.keys(&[Key::Down, Key::Right]),
            Some(_) => {
                drive.press(Key::Char('='));
                drive.write("60");
                drive.press(Key::Enter);
            }
            None => {}
        }
        drive.press(Key::Enter);
        drive.settle_slot(JobSlot::Verdict);
    }
    assert!(drive.app.playing().unwrap().is_over());
}

#[test]
fn the_state_of_a_run_stays_in_view_and_long_names_are_shortened_for_it() {
    for name in ["two-tasks", "random-pair-turned", "a-name-that-is-longer-than-any-column"] {
        let mut drive = Drive::open(name, crate::support::drive::preset("two-tasks", 4));
        drive.settle();
        for width in [80, 120] {
            let top = drive.lines(width, 24)[0].clone();

            let has_state = top.contains('■') || top.contains('▶') || top.contains('‖');
            assert!(has_state && top.contains(&name[..8]), "{top}");
        }
    }
}

#[test]
fn a_zoomed_pane_says_how_to_leave_it() {
    let mut drive = Drive::preset("two-tasks", 4);
    drive.press(Key::Char('z'));
    for (width, height) in [(120, 36), (80, 24), (60, 18)] {
        let screen = drive.screen(width, height);
        assert!(screen.contains("z all panes again"), "{screen}");
    }
}

#[test]
fn where_trials_say_nothing_the_verdict_says_nothing_and_names_a_remedy() {
    let mut drive = Drive::preset("three-tasks", 2);
    drive.settle();
    let outcome = *drive.app.screens.lab.outcome().unwrap();
    assert!(outcome.says_nothing(), "{:?}", outcome.gain);
    let screen = drive.screen(120, 36);
    assert!(screen.contains("MAY HELP OR HURT") && !screen.contains("NO DIFFERENCE"), "{screen}");
    assert!(screen.contains("Too uncertain to tell"), "{screen}");
}

#[test]
fn where_no_difference_is_measured_nothing_is_said_to_decide() {
    let mut drive = Drive::preset("three-tasks", 60);
    assert_eq!(drive.verdict(), Verdict::NoDifference);
    drive.press(Key::Char('3'));
    drive.settle_slot(JobSlot::Explanation);
    let screen = drive.screen(120, 36);
    assert!(screen.contains("No difference is measured: "), "{screen}");
    assert!(!screen.contains("decides:"), "{screen}");
    assert!(screen.contains("plane of 2 of the 3 θs"), "{screen}");
}

#[test]
fn a_lesson_that_is_done_stays_done_while_it_is_played_again() {
    let mut drive = Drive::preset("two-tasks", 4);
    let id = "capacity".to_owned();
    let done = LessonSession { finished: true, ..LessonSession::new(0) };
    let again = LessonSession { at: 1, ..LessonSession::new(0) };
    drive.tell(Message::Progress(vec![(id.clone(), done), (id.clone(), again)], Vec::new()));
    assert!(drive.app.screens.lessons.progress[&id].finished);
}

#[test]
fn screens_with_nothing_measured_say_what_will_come_and_the_key() {
    let mut drive = Drive::preset("six-tasks", 4);
    drive.press(Key::Char('4'));
    let screen = drive.screen(120, 36);
    for title in ["Do cheap proxies agree?", "Gain against proxy", "Groups: at most 3 models"] {
        let said = pane(&screen, title).join(" ");
        assert!(said.contains("Space measures") && !said.contains('…'), "{title}: {said}");
    }
    drive.press(Key::Char('6'));
    let said = pane(&drive.screen(120, 36), "Difference").join(" ");
    assert!(said.contains("Space measures a run") && said.contains("b pins it"), "{said}");
    drive.press(Key::Char('5'));
    let screen = drive.screen(120, 36);
    assert!(screen.contains("compare with methods:"), "{screen}");
}

#[test]
fn the_palette_says_how_to_make_what_people_look_for() {
    for (word, told) in [
        ("heatmap", "second knob at y"),
        ("compare", "b pins a run"),
        ("csv", "ends in .csv"),
        ("phase diagram", "second knob at y"),
    ] {
        let mut drive = Drive::preset("two-tasks", 4);
        drive.press(Key::Char(':'));
        drive.write(word);
        let screen = drive.screen(120, 36);
        assert!(screen.contains(told), "{word}: {screen}");
    }
}

/// A preset with few dimensions and trials.
fn small(name: &str) -> Drive {
    let scenario = changed(name, |draft| {
        draft.trials = 4.0;
        draft.data.dimension = 6.0;
        draft.tasks.iter_mut().for_each(|task| task.covariance.size = None);
    });
    Drive::open(name, scenario)
}

#[test]
fn a_matrix_has_a_line_for_every_task_or_is_not_drawn() {
    let mut drive = small("six-tasks");
    drive.keys(&[Key::Char('4'), Key::Char(' ')]);
    [JobSlot::Study, JobSlot::Insight].iter().for_each(|slot| drive.settle_slot(*slot));
    drive.press(Key::Tab);
    for (width, height) in [(120, 36), (130, 40), (160, 50)] {
        let lines = pane(&drive.screen(width, height), "Gains");
        let own = |name: &str| lines.iter().filter(|line| line.starts_with(name)).count();
        let names = ["depth┤", "edges┤", "normals┤", "words┤", "topics┤", "price┤"];
        let drawn: Vec<usize> = names.iter().map(|name| own(name)).collect();
        let refused = lines[0].starts_with("No room");
        assert!(drawn == [1; 6] || refused && drawn == [0; 6], "{width}: {lines:#?}");
    }
}

#[test]
fn the_legend_of_a_sweep_names_every_method_that_is_drawn() {
    let mut drive = small("svd-weights");
    drive.keys(&[Key::Char('5'), Key::Char(' ')]);
    drive.settle();
    for (width, height, room) in [(120, 36, 82), (80, 24, 54)] {
        let screen = drive.screen(width, height);
        let above = screen.lines().skip(2).take(4);
        let legend: String = above.flat_map(|line| line.chars().take(room)).collect();
        for method in ["svd ", "uniform", "by-scale", "svd-printed", "uncertainty", "random"] {
            assert!(legend.contains(method), "{method} at {width}\n{screen}");
        }
    }
}
