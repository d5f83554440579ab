//! The score of a lesson, and its end.

use ratatui::style::Style;

use super::page::{Page, push};
use super::row::{Row, paragraphs};
use crate::app::screen::lessons::listed;
use crate::lesson::StepKind;
use crate::lesson::session::SURENESS;

/// Adds the number of right answers, in total and by confidence.
pub(super) fn so_far(page: &Page<'_>, rows: &mut Vec<Row>) {
    let (right, judged) = page.playing.session.score();
    let words = format!("{right} of {judged} answers right so far.");
    push(rows, paragraphs(&words, page.theme.strong(), page.width));
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

/// Adds that the lesson is over, the score unless the step has told it, and the next lesson.
pub(super) fn end(page: &Page<'_>, rows: &mut Vec<Row>) {
    push(rows, paragraphs("The lesson is finished.", page.theme.strong(), page.width));
    if !matches!(page.playing.step().kind, StepKind::Checkpoint) {
        so_far(page, rows);
    }
    let place = listed().iter().position(|listed| listed.id == page.playing.lesson.id);
    let next = place.and_then(|place| listed().get(place + 1));
    let title = next.and_then(|next| next.lesson.as_ref().ok()).map(|next| next.title.as_str());
    rows.extend(page.dim(&match title {
        Some(title) => format!("Enter goes to the list; next: {title}"),
        None => "Enter goes to the list of lessons and scenarios.".to_owned(),
    }));
}
