//! Lessons are true, and state only what was measured.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use taskscope::cancel::Cancel;
use taskscope::lesson::catalog::{BuiltInLesson, LESSONS, TEMPLATE, preset};
use taskscope::lesson::session::right_choices;
use taskscope::lesson::step::letter;
use taskscope::lesson::{
    Answer, Condition, Given, Lesson, LessonFindings, LessonSession, SoughtValue, StepKind, Truth,
};

/// Students in the check of each lesson here; the command line takes any number.
const STUDENTS: usize = 1;

fn parse(toml: &str) -> Result<Lesson, String> {
    Lesson::parse(toml, "lesson.toml", &preset).map_err(|error| error.to_string())
}

fn check(id: &str) {
    let lesson = BuiltInLesson::find(id).unwrap().lesson().unwrap();
    let check = lesson.check(STUDENTS, &Cancel::new(), || {}).unwrap();
    let failed: Vec<_> = check.items.iter().filter(|item| !item.passes()).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn a_lesson_reads_alike_with_the_line_ends_of_every_system() {
    for toml in LESSONS.iter().map(|lesson| lesson.toml).chain([TEMPLATE]) {
        let other = toml.replace('\n', "\r\n");
        assert!(parse(&other).unwrap() == parse(toml).unwrap());
    }
}

#[test]
fn where_trials_leave_a_verdict_open_no_choice_is_right() {
    let toml = TEMPLATE.replace("trials = 60", "trials = 4");
    let toml = toml.replace("\"source.angle\" = 90 }", "\"source.angle\" = 30 }");
    let lesson = parse(&toml).unwrap();
    let findings = lesson.findings(1, &Cancel::new()).unwrap();
    for verb in ["helps", "hurts", "makes no difference"] {
        let condition = Condition::parse(verb, Some("right-angle")).unwrap();
        assert_eq!(condition.truth(&findings), Truth::Open, "{verb}");
    }
}

#[test]
fn the_lesson_on_same_models_and_other_data_is_so() {
    check("same-model");
}

#[test]
fn the_lesson_on_capacity_is_so() {
    check("capacity");
}

#[test]
fn the_lesson_on_covariance_is_so() {
    check("covariance");
}

#[test]
fn the_lesson_on_source_data_is_so() {
    check("source-data");
}

#[test]
fn the_lesson_on_task_weights_is_so() {
    check("task-weights");
}

#[test]
fn the_lesson_on_alignment_is_so() {
    check("alignment");
}

#[test]
fn the_lesson_on_relu_is_so() {
    check("relu");
}

#[test]
fn the_lesson_on_proxies_is_so() {
    check("proxies");
}

#[test]
fn the_lesson_on_real_data_is_so() {
    check("real-data");
}

#[test]
fn the_lesson_on_the_smallest_change_is_so() {
    check("smallest-change");
}

#[test]
fn the_template_is_a_lesson_that_is_so() {
    let check = parse(TEMPLATE).unwrap().check(5, &Cancel::new(), || {}).unwrap();
    assert!(check.passes(), "{check:?}");
}

#[test]
fn a_false_lesson_fails_and_says_where() {
    let toml = TEMPLATE.replace("shows = \"hurts\"", "shows = \"helps\"");
    let check = parse(&toml).unwrap().check(5, &Cancel::new(), || {}).unwrap();
    assert!(!check.passes());
    let failed: Vec<&str> = check.items.iter().filter(|i| !i.passes()).map(|i| &*i.what).collect();
    assert_eq!(failed, ["measure right-angle: right-angle helps"]);
}

#[test]
fn a_lesson_whose_question_has_two_right_answers_fails() {
    let toml = TEMPLATE.replace("when = \"makes no difference\"", "when = \"gain < 0.5\"");
    let check = parse(&toml).unwrap().check(5, &Cancel::new(), || {}).unwrap();
    let failed = check.items.iter().find(|item| !item.passes()).unwrap();
    assert!(failed.what.starts_with("step 2 (predict)"), "{failed:?}");
}

#[test]
fn a_goal_that_is_reached_from_the_start_is_no_goal() {
    let toml = TEMPLATE.replace("goal = \"here helps\"", "goal = \"here hurts\"");
    let check = parse(&toml).unwrap().check(4, &Cancel::new(), || {}).unwrap();
    let failed: Vec<&str> = check.items.iter().filter(|i| !i.passes()).map(|i| &*i.what).collect();
    assert_eq!(
        failed,
        [
            "step 5 (free): the example shows here hurts",
            "step 5 (free): does not hold at the start"
        ]
    );
}

#[test]
fn every_lesson_is_named_as_its_file_and_says_what_it_corrects() {
    for built in LESSONS {
        let lesson = built.lesson().unwrap();
        assert_eq!(lesson.id, built.id);
        assert!(lesson.misconception.ends_with('.') && lesson.misconception.len() > 40);
        assert!((6..=15).contains(&lesson.minutes));
        assert!(lesson.predictions().count() >= 3, "{}", lesson.id);
        assert!(lesson.settings.iter().map(|setting| setting.shows.len()).sum::<usize>() >= 3);
        assert!(lesson.steps.iter().any(|step| step.teacher.is_some()));
        assert!(matches!(lesson.steps.last().unwrap().kind, StepKind::Checkpoint));
    }
}

#[test]
fn what_students_read_holds_no_typed_number() {
    let names = ["Figure 3", "Proposition 1", "Algorithm 1", "Algorithm 2", "eq. 4", "eq. 5"];
    for built in LESSONS {
        for (i, step) in built.lesson().unwrap().steps.iter().enumerate() {
            for text in step.texts() {
                let words = names.iter().fold(text.words(), |words, name| words.replace(name, ""));
                let typed = words.chars().any(|c| c.is_ascii_digit());
                assert!(!typed, "{} step {}: {words}", built.id, i + 1);
            }
        }
    }
}

#[test]
fn right_answers_stand_under_every_letter() {
    let mut letters: BTreeMap<char, usize> = BTreeMap::new();
    for (lesson, findings) in QUICK.iter() {
        for (_, step) in lesson.predictions() {
            for choice in right_choices(step, findings) {
                *letters.entry(letter(choice)).or_default() += 1;
            }
        }
    }
    let most = *letters.values().max().unwrap();
    assert!(letters.len() >= 3 && 2 * most <= letters.values().sum(), "{letters:?}");
}

/// The student who plays the lessons.
const STUDENT: u64 = 3;

/// All lessons with few trials per number, and the student's measurements.
static QUICK: LazyLock<Vec<(Lesson, LessonFindings)>> = LazyLock::new(|| {
    let found = |built: &BuiltInLesson| {
        let lesson = Lesson::parse(&fewer(built.toml), built.id, &preset).unwrap();
        let findings = lesson.findings(STUDENT, &Cancel::new()).unwrap();
        (lesson, findings)
    };
    LESSONS.iter().map(found).collect()
});

/// A lesson with few trials per number.
fn fewer(toml: &str) -> String {
    let line = |line: &str| match line.strip_prefix("trials = ") {
        Some(_) => "trials = 6".to_owned(),
        None => line.to_owned(),
    };
    toml.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Plays a lesson to its end with every answer right or wrong.
fn play(lesson: &Lesson, findings: &LessonFindings, right: bool) -> LessonSession {
    let mut session = LessonSession::new(STUDENT);
    loop {
        let step = session.step(lesson);
        let here = |scenario| {
            let scenario = lesson.for_student(scenario, STUDENT);
            let mut findings = findings.clone();
            let found = taskscope::lesson::setting::trials(&scenario, &Cancel::new()).unwrap();
            findings.put(taskscope::lesson::HERE, found);
            findings
        };
        let (seen, given) = match &step.kind {
            StepKind::Predict { choices, confidence, .. } => {
                assert!(session.is_masked(lesson) && !session.clone().next(lesson, findings));
                let right_ones = right_choices(step, findings);
                let found = (0..choices.len()).find(|i| right_ones.contains(i) == right);
                let is_open = |i: &usize| choices[*i].when.truth(findings) == Truth::Open;
                let choice = found.or_else(|| (0..choices.len()).find(is_open)).unwrap();
                (findings.clone(), Some(Given::Choice(choice, confidence.then_some(2))))
            }
            StepKind::Find { knob, sought: SoughtValue::Inside(number), .. } => {
                let found = findings.get(&number.subject.setting).unwrap();
                let value = number.value(found).unwrap();
                let (low, high) = knob.knob.track;
                let far = if value.mean - low > high - value.mean { low } else { high };
                let value = if right { value.mean } else { far };
                let value = if knob.knob.whole { value.round() } else { value };
                (findings.clone(), Some(Given::Value(value)))
            }
            StepKind::Find { knob, sought: SoughtValue::Where(_, example), .. } => {
                let at = if right { example.as_ref() } else { &step.scenario };
                (here(at), Some(Given::Value(knob.get(at.draft()).unwrap())))
            }
            StepKind::Free { example, .. } => {
                (here(if right { example.as_ref() } else { &step.scenario }), Some(Given::Reached))
            }
            StepKind::Explain { .. } => (findings.clone(), Some(Given::Words("because".into()))),
            StepKind::Export { .. } => (findings.clone(), Some(Given::Saved)),
            StepKind::Say | StepKind::Reveal { .. } | StepKind::Checkpoint => {
                (findings.clone(), None)
            }
        };
        if let Some(given) = given {
            session.commit(lesson, &seen, given, 5).unwrap();
            assert!(!session.is_masked(lesson));
        }
        if !session.next(lesson, findings) {
            assert!(session.finished, "{:?}", session.held(lesson, findings));
            return session;
        }
    }
}

#[test]
fn every_lesson_is_played_to_its_end_with_all_right_and_all_wrong() {
    for (lesson, findings) in QUICK.iter() {
        for right in [true, false] {
            let session = play(lesson, findings, right);
            let judged: Vec<bool> = session.answers.values().filter_map(|a| a.right).collect();
            assert!(!judged.is_empty() && judged.iter().all(|is| *is == right), "{}", lesson.id);
            assert_eq!(session.score(), (if right { judged.len() } else { 0 }, judged.len()));
            assert!(session.fits(lesson));
        }
    }
}

#[test]
fn a_prediction_is_committed_once() {
    let lesson = parse(&fewer(TEMPLATE)).unwrap();
    let findings = Default::default();
    let mut session = LessonSession::new(1);
    session.next(&lesson, &findings);
    for (choice, sure) in [(7, Some(1)), (0, None), (0, Some(9))] {
        session.commit(&lesson, &findings, Given::Choice(choice, sure), 0).unwrap_err();
    }
    session.commit(&lesson, &findings, Given::Words("it hurts".into()), 0).unwrap_err();
    session.commit(&lesson, &findings, Given::Choice(2, Some(3)), 4).unwrap();
    session.commit(&lesson, &findings, Given::Choice(1, Some(1)), 9).unwrap_err();
    let answer = session.answer().unwrap();
    assert_eq!((answer.choice, answer.confidence, answer.right), (Some('c'), Some(3), None));
    let found = lesson.findings(1, &Cancel::new()).unwrap();
    session.judge(&lesson, &found);
    assert_eq!(session.answer().unwrap().right, Some(true));
    assert_eq!(session.by_confidence(), [(0, 0), (0, 0), (1, 1)]);
}

#[test]
fn students_have_draws_of_their_own_and_the_same_ones_again() {
    let lesson = parse(TEMPLATE).unwrap();
    let seed = |student| lesson.for_student(&lesson.base, student).draft().seed;
    assert_eq!(seed(0), lesson.base.draft().seed);
    assert_ne!(seed(1), seed(2));
    let same = parse(&TEMPLATE.replace("# per_student = true", "per_student = false")).unwrap();
    assert_eq!(same.for_student(&same.base, 17), *same.base);
    assert_ne!(
        same.fingerprint, lesson.fingerprint,
        "answers to other draws are of another version"
    );
    assert_eq!(same.check(5, &Cancel::new(), || {}).unwrap().students, 1);
    let twice = [lesson.findings(5, &Cancel::new()), lesson.findings(5, &Cancel::new())];
    assert_eq!(twice[0], twice[1]);
}

#[test]
fn answers_of_another_lesson_do_not_fit() {
    let lesson = parse(TEMPLATE).unwrap();
    let mut session = LessonSession::new(1);
    session.answers.insert(1, Answer { choice: Some('c'), tries: 1, ..Answer::default() });
    assert!(session.fits(&lesson));
    for (place, choice) in [(0, Some('a')), (1, Some('f')), (1, None), (99, None)] {
        let mut session = LessonSession::new(1);
        session.answers.insert(place, Answer { choice, tries: 1, ..Answer::default() });
        assert!(!session.fits(&lesson), "{place} {choice:?}");
    }
}

#[test]
fn what_is_wrong_in_a_file_is_named_with_its_step_its_key_and_what_is_allowed() {
    let cases = [
        ("format = 1", "format = 2", "format: found 2; allowed: 1"),
        ("minutes = 6", "minutes = \"six\"", "minutes: found \"six\"; allowed: a whole number"),
        ("title = ", "titel = ", "title: found nothing; allowed: a text"),
        ("id = \"my-lesson\"", "id = \"My Lesson\"", "allowed: at most 40 small letters"),
        ("scenario = \"two-tasks\"", "scenario = \"two-task\"", "allowed: two-tasks, turning-data"),
        ("knobs = [\"source.angle\"]", "knobs = [\"source.angel\"]", "knobs: knob: found"),
        (
            "kind = \"explain\"",
            "kind = \"explian\"",
            "step 6: kind: found \"explian\"; allowed: say",
        ),
        ("about = \"right-angle\"", "about = \"left-angle\"", "step 2 (predict): about: found"),
        ("when = \"helps\"", "when = \"helping\"", "step 2 (predict): choice 1: when: found"),
        ("{right-angle}. The", "{wrong-angle}. The", "step 3 (reveal): text: found {wrong-angle}"),
        ("inside = \"angles.crossing\"", "inside = \"near.gain\"", "step 4 (find): inside: found"),
        ("goal = \"here helps\"", "gaol = \"here helps\"", "step 5 (free): goal: found nothing"),
        ("figure = \"gain\"", "figure = \"phase\"", "step 7 (export): figure: found"),
        ("shows = \"hurts\"", "shows = \"crossing > 3\"", "measure 1 (right-angle): shows: found"),
        ("sweep = \"source.angle=0:90:10\"", "sweep = \"source.angle=0:900:10\"", "allowed"),
        ("hints = [\"Watch", "hint = [\"Watch", "step 4 (find): hint: found an unknown key"),
        ("[[measure]]\nname = \"near\"", "[[measure]]\nname = \"here\"", "not \"here\""),
    ];
    for (good, bad, said) in cases {
        assert!(TEMPLATE.contains(good), "{good}");
        let problem = parse(&TEMPLATE.replacen(good, bad, 1)).unwrap_err();
        assert!(problem.contains(said) && problem.contains("allowed"), "{bad}: {problem}");
    }
    let problem = parse(&TEMPLATE.replace("kind = \"free\"", "kind = 'free")).unwrap_err();
    assert!(problem.starts_with("lesson.toml:") && problem.contains("TOML"), "{problem}");
}

#[test]
fn a_value_that_is_found_after_reading_on_is_kept_but_not_judged() {
    let lesson = parse(&fewer(TEMPLATE)).unwrap();
    let findings = lesson.findings(1, &Cancel::new()).unwrap();
    let mut session = LessonSession::new(1);
    session.next(&lesson, &findings);
    session.commit(&lesson, &findings, Given::Choice(2, Some(1)), 0).unwrap();
    for _ in 0..3 {
        assert!(session.next(&lesson, &findings));
    }
    session.back();
    assert!(matches!(session.step(&lesson).kind, StepKind::Find { .. }));
    session.commit(&lesson, &findings, Given::Value(30.0), 0).unwrap();
    assert_eq!(session.answer().unwrap().right, None);
}

#[test]
fn what_is_said_of_a_setting_names_no_other_way_of_training() {
    let lesson = BuiltInLesson::find("task-weights").unwrap().lesson().unwrap();
    let setting = lesson.setting("mix").unwrap();
    let found = setting.measure(&setting.scenario, &Cancel::new()).unwrap();
    let said = taskscope::lesson::words::measured(&found).join(" ");
    assert!(
        said.contains("HURTS") && !said.contains("svd") && !said.contains("by-scale"),
        "{said}"
    );
}

#[test]
fn words_may_be_corrected_without_losing_answers_but_not_what_is_asked() {
    let print = |toml: &str| parse(toml).unwrap().fingerprint;
    let own = print(TEMPLATE);
    assert_eq!(print(&TEMPLATE.replace("How much may", "By how much may")), own);
    assert_eq!(print(&TEMPLATE.replace("Let the class say", "Let it say")), own);
    assert_ne!(print(&TEMPLATE.replace("when = \"hurts\"", "when = \"gain < 0.1\"")), own);
    assert_ne!(print(&TEMPLATE.replace("trials = 60", "trials = 61")), own);
}

#[test]
fn what_commands_a_terminal_is_refused_and_so_are_numbers_that_nobody_fills_in() {
    let cases = [
        ("title = \"How", "title = \"\\u001b[2JHow", "title: found"),
        ("title = \"How", "title = \"\\u202eHow", "title: found \\u{202e}How"),
        ("teacher = \"Let", "teacher = \"{near} Let", "teacher: found"),
        ("locked = [", "locked = [\"source.angle\", ", "locked: found \"source.angle\""),
    ];
    for (good, bad, said) in cases {
        let problem = parse(&TEMPLATE.replacen(good, bad, 1)).unwrap_err();
        assert!(problem.contains(said), "{bad}: {problem}");
    }
}
