//! The text and question of a step, line by line.

use ratatui::style::Style;

use super::page::{Page, push};
use super::question::predict;
use super::row::{Row, buttons, hanging, paragraphs};
use super::{class, found, score};
use crate::app::screen::KeyContext;
use crate::app::screen::lessons::Playing;
use crate::app::{Action, App};
use crate::figure::words;
use crate::lesson::session::the_right_choice;
use crate::lesson::step::letter;
use crate::lesson::{Answer, StepKind, Text};
use crate::ui::theme::Theme;

/// The lines of the current step.
pub(super) fn rows(app: &App, playing: &Playing, theme: &Theme, width: u16) -> Vec<Row> {
    let (mut rows, ways) = parts(app, playing, theme, width);
    push(&mut rows, ways);
    rows
}

/// The lines of the current step, and below them the buttons for going on and back.
pub(super) fn parts(
    app: &App,
    playing: &Playing,
    theme: &Theme,
    width: u16,
) -> (Vec<Row>, Vec<Row>) {
    let page = &Page { app, playing, theme, width: width.max(1) };
    let mut rows = body(page);
    hints(page, &mut rows);
    teacher(page, &mut rows);
    if playing.is_over() {
        score::end(page, &mut rows);
    }
    (rows, ways(page))
}

fn body(page: &Page<'_>) -> Vec<Row> {
    let step = page.playing.step();
    if let StepKind::Reveal { answers, right, wrong, .. } = &step.kind {
        return reveal(page, *answers, right, wrong);
    }
    let mut rows = page.say(&step.text, Style::new());
    if let (true, StepKind::Say) = (page.playing.is_tour(), &step.kind) {
        push(&mut rows, found::stopped(page));
    }
    if !step.text.is_known(&page.playing.findings) && !page.playing.is_masked() {
        push(&mut rows, page.dim(&page.measuring()));
    }
    if let Some(ask) = step.kind.ask() {
        push(&mut rows, page.say(ask, page.theme.strong()));
    }
    let answer = page.playing.session.answer();
    match &step.kind {
        StepKind::Predict { choices, .. } => predict(page, choices, answer, &mut rows),
        StepKind::Find { .. } | StepKind::Free { .. } => knobs(page, answer, &mut rows),
        StepKind::Explain { answer: ours, .. } => match answer.and_then(|a| a.text.as_ref()) {
            Some(words) => {
                push(&mut rows, hanging("You: ", words, Style::new(), page.width));
                let ours = page.playing.say(ours);
                push(&mut rows, hanging("Compare: ", &ours, page.theme.strong(), page.width));
            }
            None => push(&mut rows, page.dim(&unwritten(page))),
        },
        StepKind::Export { .. } => push(
            &mut rows,
            page.dim(match answer {
                Some(_) => "Saved.",
                None => "Enter suggests a file name; an existing file is not replaced.",
            }),
        ),
        StepKind::Checkpoint if !page.playing.is_over() && !page.playing.is_tour() => {
            score::so_far(page, &mut rows)
        }
        _ => {}
    }
    rows
}

/// How to write the answer, and what was written before.
fn unwritten(page: &Page<'_>) -> String {
    let how = "Just type your answer, then Enter. → goes on without one.";
    match page.playing.drafts.get(&page.playing.session.at).filter(|words| !words.is_empty()) {
        Some(words) => format!("{how} Begun: {words}"),
        None => how.to_owned(),
    }
}

fn knobs(page: &Page<'_>, answer: Option<&Answer>, rows: &mut Vec<Row>) {
    if page.playing.waits {
        let measured = page.app.screens.lab.measurement().filter(|_| page.app.screens.lab.fresh);
        let words = match measured.filter(|m| !m.is_complete()) {
            Some(measured) => {
                format!("measuring: {} of {} trials", measured.trials, measured.wanted)
            }
            None => page.measuring(),
        };
        push(rows, page.dim(&words));
        return;
    }
    let (playing, scenario) = (page.playing, &page.app.work.scenario);
    let is_found = answer.is_some_and(|answer| answer.right == Some(true));
    if playing.reaches_goal(scenario) && !is_found && (playing.is_tour() || answer.is_some()) {
        let enter = if playing.is_tour() { "goes on" } else { "commits it" };
        let so = if playing.is_tour() { "done" } else { "right" };
        let words = format!("Now it is {so}: Enter {enter}.");
        return push(rows, paragraphs(&words, page.theme.strong(), page.width));
    }
    if playing.is_tour() && is_found {
        return push(rows, page.dim("Done: Enter goes on."));
    }
    let Some(answer) = answer else {
        let help = match playing.is_tour() {
            true => "← → turn the knob, Enter goes on once it is done.",
            false => "← → turn the knob, Enter commits its value.",
        };
        return push(rows, page.dim(help));
    };
    if playing.is_tour() {
        let advice = playing.session.knobs_advice(&playing.lesson, scenario);
        let words = format!("Not there yet: {}.", advice.unwrap_or_default());
        return push(rows, paragraphs(&words, page.theme.strong(), page.width));
    }
    let value = match (&page.playing.step().kind, answer.value) {
        (StepKind::Find { knob, .. }, Some(value)) => {
            format!(" {}", words::value_of(*knob, value))
        }
        _ => String::new(),
    };
    let so = match answer.right {
        Some(true) => "right",
        Some(false) => "not right",
        None if page.playing.session.has_read_on() => "not judged, because you read ahead",
        None => "undecided by the measurement",
    };
    let tries =
        if answer.tries == 1 { "once".to_owned() } else { format!("{} times", answer.tries) };
    let words = format!("You committed{value}: {so} (tried {tries}).");
    push(rows, paragraphs(&words, page.theme.strong(), page.width));
    if answer.right == Some(true) {
        rows.extend(found::sought(page));
    }
    if let Some(side) = page.playing.sought_side() {
        rows.extend(page.dim(&format!("The value lies elsewhere: {}.", side.advice())));
    } else if answer.right == Some(false) {
        let advice = playing.session.knobs_advice(&playing.lesson, scenario);
        rows.extend(advice.into_iter().flat_map(|advice| page.dim(&format!("So far {advice}."))));
    }
}

fn reveal(page: &Page<'_>, answers: Option<usize>, right: &Text, wrong: &Text) -> Vec<Row> {
    let step = page.playing.step();
    if page.playing.found().is_none() {
        return page.dim(&page.measuring());
    }
    let mut rows = found::rows(page);
    let answer = answers.and_then(|place| page.playing.session.answers.get(&place));
    if let Some(answer) = answer {
        push(&mut rows, paragraphs(&page.judged(answer), page.theme.strong(), page.width));
        match answer.right {
            Some(true) => rows.extend(page.say(right, Style::new())),
            Some(false) => {
                rows.extend(truth(page, answers));
                rows.extend(page.say(wrong, Style::new()));
            }
            None => {}
        }
    }
    push(&mut rows, page.say(&step.text, Style::new()));
    rows
}

/// The choice that is true, for those who chose another.
fn truth(page: &Page<'_>, place: Option<usize>) -> Vec<Row> {
    let step = place.and_then(|place| page.playing.lesson.steps.get(place));
    let Some(StepKind::Predict { choices, .. }) = step.map(|step| &step.kind) else {
        return Vec::new();
    };
    let right = step.and_then(|step| the_right_choice(step, &page.playing.findings));
    let Some((place, right)) = right.and_then(|place| Some((place, choices.get(place)?))) else {
        return Vec::new();
    };
    let mark = format!("{} is true: ", letter(place));
    hanging(&mark, &page.playing.say(&right.text), Style::new(), page.width)
}

fn hints(page: &Page<'_>, rows: &mut Vec<Row>) {
    let taken = page.playing.session.hints_taken();
    let hints = &page.playing.step().hints;
    for (place, hint) in hints.iter().take(taken).enumerate() {
        let mark = format!("Hint {} of {}: ", place + 1, hints.len());
        let lines = hanging(&mark, &page.playing.say(hint), page.theme.dim(), page.width);
        let focused = page.playing.reads_hint && place + 1 == taken;
        push(rows, lines.into_iter().map(|row| Row { focused, ..row }).collect());
    }
}

fn teacher(page: &Page<'_>, rows: &mut Vec<Row>) {
    if !page.playing.notes {
        return;
    }
    let note = page.playing.step().teacher.as_deref().unwrap_or("no notes for this step");
    push(rows, hanging("Teacher: ", note, page.theme.dim(), page.width));
    rows.extend(class::rows(page));
}

/// The buttons for going on and back.
fn ways(page: &Page<'_>) -> Vec<Row> {
    let playing = page.playing;
    let commit = match (playing.key_context(), &playing.step().kind) {
        (KeyContext::Bench, _) if page.is_found() => None,
        (KeyContext::Bench, _) if playing.is_tour() => Some("Enter go on"),
        (KeyContext::Question | KeyContext::Bench, _) => Some("Enter commit"),
        _ if playing.wants_words() => Some("Enter write"),
        (_, StepKind::Export { .. }) if playing.session.answer().is_none() => Some("Enter save"),
        _ => None,
    };
    let typed = playing.wants_words();
    let mut parts = Vec::new();
    let mut part = |text: &str, action| {
        parts.push((format!("[ {text} ]"), page.theme.dim(), action));
    };
    commit.into_iter().for_each(|text| part(text, Action::Commit));
    if !playing.is_masked() {
        let last = playing.session.at + 1 == playing.lesson.steps.len();
        let next = page.app.screens.lessons.next_after(&playing.lesson);
        let text = match (playing.is_over(), last) {
            (true, _) if next.is_some() => "n next lesson",
            (true, _) => "n leave",
            (false, true) if typed => "→ finish",
            (false, true) => "n finish",
            (false, false) if typed => "→ next",
            (false, false) => "n next",
        };
        part(text, Action::NextStep);
    }
    if playing.session.at > 0 {
        part(if typed { "← back" } else { "p back" }, Action::BackStep);
    }
    if playing.session.hints_taken() < playing.step().hints.len() {
        part(if typed { "Tab hint" } else { "h hint" }, Action::Hint);
    }
    buttons(parts, page.width)
}
