//! The text and question of a step, line by line.

use ratatui::style::Style;

use super::row::{Row, buttons, hanging, paragraphs};
use super::{class, found};
use crate::app::screen::KeyContext;
use crate::app::screen::lessons::{Playing, listed};
use crate::app::{Action, App};
use crate::figure::words;
use crate::lesson::session::CONFIDENCE;
use crate::lesson::step::{Choice, letter};
use crate::lesson::{Answer, StepKind, Text};
use crate::ui::theme::Theme;

/// The data needed to write a page.
pub(super) struct Page<'a> {
    pub app: &'a App,
    pub playing: &'a Playing,
    pub theme: &'a Theme,
    pub width: u16,
}

/// The lines of the current step.
pub(super) fn rows(app: &App, playing: &Playing, theme: &Theme, width: u16) -> Vec<Row> {
    let page = Page { app, playing, theme, width: width.max(1) };
    let mut rows = page.body();
    page.hints(&mut rows);
    page.teacher(&mut rows);
    if playing.is_over() {
        page.end(&mut rows);
    }
    page.ways(&mut rows);
    rows
}

impl Page<'_> {
    fn say(&self, text: &Text, style: Style) -> Vec<Row> {
        paragraphs(&self.playing.say(text), style, self.width)
    }

    fn dim(&self, text: &str) -> Vec<Row> {
        paragraphs(text, self.theme.dim(), self.width)
    }

    fn body(&self) -> Vec<Row> {
        let step = self.playing.step();
        if let StepKind::Reveal { answers, right, wrong, .. } = &step.kind {
            return self.reveal(*answers, right, wrong);
        }
        let mut rows = self.say(&step.text, Style::new());
        if !step.text.is_known(&self.playing.findings) && !self.playing.is_masked() {
            push(&mut rows, self.dim(&self.measuring()));
        }
        if let Some(ask) = step.kind.ask() {
            push(&mut rows, self.say(ask, self.theme.strong()));
        }
        let answer = self.playing.session.answer();
        match &step.kind {
            StepKind::Predict { choices, .. } => self.predict(choices, answer, &mut rows),
            StepKind::Find { .. } | StepKind::Free { .. } => self.knobs(answer, &mut rows),
            StepKind::Explain { answer: ours, .. } => match answer.and_then(|a| a.text.as_ref()) {
                Some(words) => {
                    push(&mut rows, hanging("You: ", words, Style::new(), self.width));
                    let ours = self.playing.say(ours);
                    push(&mut rows, hanging("Compare: ", &ours, self.theme.strong(), self.width));
                }
                None => push(&mut rows, self.dim("Enter opens a field for your answer.")),
            },
            StepKind::Export { .. } => push(
                &mut rows,
                self.dim(match answer {
                    Some(_) => "Saved.",
                    None => "Enter suggests a file name; an existing file is not replaced.",
                }),
            ),
            StepKind::Checkpoint => self.score(&mut rows),
            _ => {}
        }
        rows
    }

    /// Returns true if the student has found the right answer.
    fn is_found(&self) -> bool {
        self.playing.session.answer().is_some_and(|answer| answer.right == Some(true))
    }

    fn measuring(&self) -> String {
        let (known, all) = self.playing.progress();
        match self.playing.measured {
            true => "A number of this step could not be measured.".to_owned(),
            false => format!("measuring … {known} of {all} settings"),
        }
    }

    fn predict(&self, choices: &[Choice], answer: Option<&Answer>, rows: &mut Vec<Row>) {
        rows.push(Row::words(""));
        let committed = answer.and_then(|answer| answer.choice);
        let so = answer.and_then(|answer| answer.measured);
        for (place, choice) in choices.iter().enumerate() {
            let sign = letter(place);
            let (mark, chosen) = match committed {
                Some(own) => ("●", own == sign),
                None => ("▸", self.playing.choice == Some(place)),
            };
            let mark = format!("{} {sign}  ", if chosen { mark } else { " " });
            let style = if chosen { self.theme.focus() } else { Style::new() };
            let mut text = self.playing.say(&choice.text);
            if so == Some(sign) {
                text += " ← true";
            }
            let lines = hanging(&mark, &text, style, self.width);
            rows.extend(lines.into_iter().map(|row| match committed {
                None => Row {
                    focused: chosen && !self.playing.asks && !self.playing.reads_hint,
                    ..row.doing(Action::Choose(place), self.width)
                },
                Some(_) => row,
            }));
        }
        match answer {
            Some(answer) => {
                let judged = self.judged(answer);
                push(rows, paragraphs(&judged, self.theme.strong(), self.width));
            }
            None => {
                self.confidence(rows);
                let once = "Enter commits your answer; it cannot be changed afterwards. \
                            The measurement is hidden until then.";
                push(rows, self.dim(once));
            }
        }
    }

    /// The committed choice, the confidence, and whether the choice is right.
    fn judged(&self, answer: &Answer) -> String {
        let sure = answer.confidence.and_then(|sure| CONFIDENCE.get(usize::from(sure) - 1));
        let sure = sure.map_or_else(String::new, |sure| format!(" ({sure})"));
        let so = match answer.right {
            Some(true) => "right",
            Some(false) => "not right",
            None if self.playing.found().is_none() => "being measured",
            None => "undecided by the measurement",
        };
        let choice = answer.choice.unwrap_or('–');
        format!("You predicted {choice}{sure}: {so}.")
    }

    fn confidence(&self, rows: &mut Vec<Row>) {
        if !self.playing.wants_confidence() {
            return;
        }
        rows.push(Row::words(""));
        let strong = if self.playing.asks { self.theme.focus() } else { Style::new() };
        rows.extend(paragraphs("How sure are you?", strong, self.width));
        let part = |(place, name): (usize, &&str)| {
            let sure = place as u8 + 1;
            let here = self.playing.sure == Some(sure);
            let style = if here { self.theme.focus() } else { Style::new() };
            let text = format!("{} {sure} {name}", if here { "▸" } else { " " });
            (text, style, Action::Sure(sure))
        };
        let parts = buttons(CONFIDENCE.iter().enumerate().map(part).collect(), self.width);
        let answers = self.playing.asks || self.playing.sure.is_some();
        let focused = answers && !self.playing.reads_hint;
        rows.extend(parts.into_iter().map(|row| Row { focused, ..row }));
    }

    fn knobs(&self, answer: Option<&Answer>, rows: &mut Vec<Row>) {
        if self.playing.waits {
            let measured =
                self.app.screens.lab.measurement().filter(|_| self.app.screens.lab.fresh);
            let words = match measured.filter(|m| !m.is_complete()) {
                Some(measured) => {
                    format!("measuring … {} of {} trials", measured.trials, measured.wanted)
                }
                None => self.measuring(),
            };
            push(rows, self.dim(&words));
            return;
        }
        let Some(answer) = answer else {
            let help = "← → turn the knob, Enter commits its value.";
            return push(rows, self.dim(help));
        };
        let value = match (&self.playing.step().kind, answer.value) {
            (StepKind::Find { knob, .. }, Some(value)) => {
                format!(" {}", words::value_of(*knob, value))
            }
            _ => String::new(),
        };
        let so = match answer.right {
            Some(true) => "right",
            Some(false) => "not right",
            None if self.playing.session.has_read_on() => "not judged, because you read ahead",
            None => "undecided by the measurement",
        };
        let tries =
            if answer.tries == 1 { "once".to_owned() } else { format!("{} times", answer.tries) };
        let words = format!("You committed{value}: {so} (tried {tries}).");
        push(rows, paragraphs(&words, self.theme.strong(), self.width));
        if answer.right == Some(true) {
            rows.extend(found::sought(self));
        }
    }

    fn reveal(&self, answers: Option<usize>, right: &Text, wrong: &Text) -> Vec<Row> {
        let step = self.playing.step();
        if self.playing.found().is_none() {
            return self.dim(&self.measuring());
        }
        let mut rows = found::rows(self);
        let answer = answers.and_then(|place| self.playing.session.answers.get(&place));
        if let Some(answer) = answer {
            push(&mut rows, paragraphs(&self.judged(answer), self.theme.strong(), self.width));
            match answer.right {
                Some(true) => rows.extend(self.say(right, Style::new())),
                Some(false) => rows.extend(self.say(wrong, Style::new())),
                None => {}
            }
        }
        push(&mut rows, self.say(&step.text, Style::new()));
        rows
    }

    fn hints(&self, rows: &mut Vec<Row>) {
        let taken = self.playing.session.hints_taken();
        let hints = &self.playing.step().hints;
        for (place, hint) in hints.iter().take(taken).enumerate() {
            let mark = format!("Hint {} of {}: ", place + 1, hints.len());
            let lines = hanging(&mark, &self.playing.say(hint), self.theme.dim(), self.width);
            let focused = self.playing.reads_hint && place + 1 == taken;
            push(rows, lines.into_iter().map(|row| Row { focused, ..row }).collect());
        }
    }

    fn teacher(&self, rows: &mut Vec<Row>) {
        if !self.playing.notes {
            return;
        }
        let note = self.playing.step().teacher.as_deref().unwrap_or("no notes for this step");
        push(rows, hanging("Teacher: ", note, self.theme.dim(), self.width));
        rows.extend(class::rows(self));
    }

    /// The number of right answers, in total and by confidence.
    fn score(&self, rows: &mut Vec<Row>) {
        let (right, judged) = self.playing.session.score();
        let words = format!("{right} of {judged} answers right so far.");
        push(rows, paragraphs(&words, self.theme.strong(), self.width));
        let by = self.playing.session.by_confidence();
        for (name, (right, all)) in CONFIDENCE.iter().zip(by) {
            if all > 0 {
                rows.extend(paragraphs(
                    &format!("{name}: {right} of {all} predictions right"),
                    Style::new(),
                    self.width,
                ));
            }
        }
        let [(guessed, guesses), _, (knew, certain)] = by;
        if guesses > 0 && certain > 0 && guessed * certain > knew * guesses {
            let surprise = "Your guesses were right more often than your certain answers.";
            rows.extend(self.dim(surprise));
        }
    }

    fn end(&self, rows: &mut Vec<Row>) {
        push(rows, paragraphs("The lesson is finished.", self.theme.strong(), self.width));
        if !matches!(self.playing.step().kind, StepKind::Checkpoint) {
            self.score(rows);
        }
        let place = listed().iter().position(|listed| listed.id == self.playing.lesson.id);
        let next = place.and_then(|place| listed().get(place + 1));
        let title = next.and_then(|next| next.lesson.as_ref().ok()).map(|next| next.title.as_str());
        rows.extend(self.dim(&match title {
            Some(title) => format!("Enter goes to the list; next: {title}"),
            None => "Enter goes to the list of lessons and scenarios.".to_owned(),
        }));
    }

    /// The buttons for going on and back.
    fn ways(&self, rows: &mut Vec<Row>) {
        let playing = self.playing;
        let commit = match (playing.key_context(), &playing.step().kind) {
            (KeyContext::Bench, _) if self.is_found() => None,
            (KeyContext::Question | KeyContext::Bench, _) => Some("Enter commit"),
            (_, StepKind::Explain { .. }) if playing.session.answer().is_none() => {
                Some("Enter write")
            }
            (_, StepKind::Export { .. }) if playing.session.answer().is_none() => {
                Some("Enter save")
            }
            _ => None,
        };
        let mut parts = Vec::new();
        let mut part = |text: &str, action| {
            parts.push((format!("[ {text} ]"), self.theme.dim(), action));
        };
        commit.into_iter().for_each(|text| part(text, Action::Commit));
        if !playing.is_masked() {
            let last = playing.session.at + 1 == playing.lesson.steps.len();
            let text = match (playing.is_over(), last) {
                (true, _) => "n leave",
                (false, true) => "n finish",
                (false, false) => "n next",
            };
            part(text, Action::NextStep);
        }
        if playing.session.at > 0 {
            part("p back", Action::BackStep);
        }
        if playing.session.hints_taken() < playing.step().hints.len() {
            part("h hint", Action::Hint);
        }
        push(rows, buttons(parts, self.width));
    }
}

/// Adds lines after an empty one, if there are any.
fn push(rows: &mut Vec<Row>, more: Vec<Row>) {
    if !rows.is_empty() && !more.is_empty() {
        rows.push(Row::words(""));
    }
    rows.extend(more);
}
