//! The score of a lesson, and its end.

use ratatui::style::Style;

use super::page::{Page, push};
use super::row::{Row, paragraphs};
use crate::lesson::StepOutcome;
use crate::lesson::session::SURENESS;
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

/// What was found at each step, in one line each.
fn outcomes(page: &Page<'_>) -> Vec<Row> {
    let playing = page.playing;
    let found = playing.lesson.outcomes(&playing.session, &playing.findings);
    let line = |found: &StepOutcome| {
        let parts = [found.number.as_str(), found.words.as_str()];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let line = format!("{:>3}  {:<5}  {}", found.place + 1, found.judgement(), said.join(": "));
        Row::words(cut(&line, page.width.into()))
    };
    let heading = (!found.is_empty()).then(|| {
        Row::styled(
            cut("Step, your answer, what was measured:", page.width.into()),
            page.theme.dim(),
        )
    });
    heading.into_iter().chain(found.iter().map(line)).collect()
}

/// The lesson that comes next, and the key that starts it.
fn next(page: &Page<'_>) -> Vec<Row> {
    match page.app.screens.lessons.next_after(&page.playing.lesson) {
        Some(next) => {
            let words = format!("Enter starts the next lesson: {}", next.title);
            paragraphs(&words, page.theme.strong(), page.width)
        }
        None => page.dim("This was the last lesson of the list. Enter goes to the list."),
    }
}
