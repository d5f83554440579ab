//! The score of a lesson, and its end.

use ratatui::style::Style;

use super::page::{Page, push};
use super::row::{Row, paragraphs};
use crate::app::Screen;
use crate::figure::words;
use crate::lesson::session::SURENESS;
use crate::lesson::{StepKind, StepOutcome};
use crate::ui::widget::text::cut;

/// Adds the number of right answers, in total and by confidence.
pub(super) fn so_far(page: &Page<'_>, rows: &mut Vec<Row>) {
    let (right, judged) = page.playing.session.score();
    let words = format!("{right} of {judged} answers right so far.");
    push(rows, paragraphs(&words, page.theme.strong(), page.width));
    by_confidence(page, rows);
}

/// Adds the number of right predictions for each confidence.
fn by_confidence(page: &Page<'_>, rows: &mut Vec<Row>) {
    let by = page.playing.session.by_confidence();
    for (name, (right, all)) in SURENESS.iter().zip(by) {
        if all > 0 {
            rows.extend(paragraphs(
                &format!("{name}: {right} of {all} predictions right"),
                Style::new(),
                page.width,
            ));
        }
    }
    let [(guessed, guesses), _, (knew, certain)] = by;
    if guesses > 0 && certain > 0 && guessed * certain > knew * guesses {
        let surprise = "Your guesses were right more often than your certain answers.";
        rows.extend(page.dim(surprise));
    }
}

/// Adds the end of the lesson: the score, what was found at each step, and the next lesson.
pub(super) fn end(page: &Page<'_>, rows: &mut Vec<Row>) {
    if page.playing.is_tour() {
        let first = page.app.screens.lessons.all().find_map(|row| row.lesson.as_ref().ok());
        let lessons = Screen::Lessons.digit();
        let words = match first {
            Some(lesson) => format!(
                "The tour is over: Enter goes back to the Lab. What comes next is the first lesson, \
                 {}: press {lessons} in the Lab, then Enter.",
                quoted(&lesson.title)
            ),
            None => "The tour is over: Enter goes back to the Lab.".to_owned(),
        };
        push(rows, paragraphs(&words, page.theme.strong(), page.width));
        return;
    }
    let (right, judged) = page.playing.session.score();
    let words = match judged {
        0 => "The lesson is finished.".to_owned(),
        _ => format!("The lesson is finished: {right} of {judged} answers right."),
    };
    push(rows, paragraphs(&words, page.theme.strong(), page.width));
    by_confidence(page, rows);
    push(rows, outcomes(page));
    push(rows, next(page));
}

/// A title in quotation marks.
fn quoted(title: &str) -> String {
    format!("“{title}”")
}

/// What was found at each step, in one line each.
fn outcomes(page: &Page<'_>) -> Vec<Row> {
    let playing = page.playing;
    let found = playing.lesson.outcomes(&playing.session, &playing.findings);
    let line = |found: &StepOutcome| {
        let parts = [found.number.as_str(), found.words.as_str()];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let (answer, judged) = (answer(page, found.place), found.judgement());
        let said = said.join(": ");
        let line = format!("{:>3}  {answer:<8} {judged:<5}  {said}", found.place + 1);
        Row::words(cut(&line, page.width.into()))
    };
    let heading = (!found.is_empty()).then(|| {
        Row::styled(
            cut("Step, your answer, whether it is right, what was measured:", page.width.into()),
            page.theme.dim(),
        )
    });
    heading.into_iter().chain(found.iter().map(line)).collect()
}

/// The student's answer to a step, in a word.
fn answer(page: &Page<'_>, place: usize) -> String {
    let playing = page.playing;
    let Some(answer) = playing.session.answers.get(&place) else { return String::new() };
    match (playing.lesson.steps.get(place).map(|step| &step.kind), answer.choice, answer.value) {
        (_, Some(choice), _) => choice.to_string(),
        (Some(StepKind::Find { knob, .. }), _, Some(value)) => words::value_of(*knob, value),
        _ => "knobs".to_owned(),
    }
}

/// The lesson that comes next, and the key that starts it.
fn next(page: &Page<'_>) -> Vec<Row> {
    match page.app.screens.lessons.next_after(&page.playing.lesson) {
        Some(next) => {
            let words = format!("Enter starts the next lesson, {}.", quoted(&next.title));
            paragraphs(&words, page.theme.strong(), page.width)
        }
        None => {
            let words = "This was the last lesson: Enter goes to the list.";
            paragraphs(words, page.theme.strong(), page.width)
        }
    }
}
