//! The help: every action with its keys, every knob with what it is.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Paragraph};
use unicode_width::UnicodeWidthStr;

use super::theme::Theme;
use crate::app::{ACTIONS, Action, App, Place, Screen, action};
use crate::scenario::knob::{KNOBS, Scope};

/// Draws the help over the screen, scrolled down by some lines.
pub fn draw(app: &App, scroll: usize, theme: &Theme, frame: &mut Frame, area: Rect) {
    let width = area.width.min(92);
    let height = area.height.saturating_sub(2).max(area.height.min(3));
    let inside = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    let lines = lines(app, theme, width.saturating_sub(2) as usize);
    let most = lines.len().saturating_sub(height.saturating_sub(2) as usize);
    let scroll = scroll.min(most);
    let more = if scroll < most { " ↓ more " } else { "" };
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .title(" Help: ↑ ↓ scroll, ? or Esc leaves ")
        .title_bottom(Line::from(more).right_aligned());
    frame.render_widget(Clear, inside);
    frame.render_widget(Paragraph::new(lines).block(block).scroll((scroll as u16, 0)), inside);
}

/// What the Lab shows, sign by sign.
const LAB: &[(&str, &str)] = &[
    (
        "B",
        "what all tasks share: one or more units; each task has a head of its own that scales them, so the sign of B is free",
    ),
    (
        "gain",
        "1 − mean error together / mean error alone; errors are excess risks on new rows (for labels ±1 the share of new rows on the wrong side), at optima. It compares means: a source can help on average and yet in fewer than half of the trials",
    ),
    (
        "×0.3 ×1 ×3",
        "error together / alone, where it varies too much for percentages; less error is further up",
    ),
    ("variance saved", "error that is gone because the source's rows steady B"),
    ("bias added", "error that is new because B must serve both tasks"),
    ("theory is 0 near", "where along the knob the predicted gain changes its sign"),
    ("source itself", "the gain of the source from being trained with the target"),
    (
        "plane",
        "arrows: θ of each task; ellipses: how far its rows spread, loud directions long; line: B",
    ),
    (
        "loss",
        "lines: gradient descent on the first trial, both tasks trained together and the target alone; dotted rules: the optima, from which alone verdicts come",
    ),
    ("┼ on a track", "where the knob stood when the scenario was opened"),
    (
        "optimum",
        "what may be claimed of the models behind the verdict. exact: the global optimum; multistart(n): the best of n starts; best found: a better one may exist; tuned: chosen on validation rows",
    ),
    (
        "weights",
        "α of every scheme, scaled to a mean of 1, and what each does to every task beside training alone; below, the singular values the SVD schemes look at",
    ),
    ("▶ ‖ ■ ✗", "the descent runs, is paused, has ended, has diverged"),
];

/// What the screens of studies show.
const STUDIES: &[(&str, &str)] = &[
    (
        "gain",
        "1 − mean error together / mean error alone, at optima; ± is half of its paired 95 % interval",
    ),
    ("▲ helps ▼ hurts", "the interval is off zero; no difference: it holds zero"),
    ("░▒▓█ -=≡#", "cells that help, cells that hurt, by size; · no difference"),
    ("0 at 31", "where the gain along the knob changes its sign"),
    (
        "difference",
        "the gain of the selected run less that of the pinned one; where both have the same seed, trial by trial",
    ),
    ("▶ ‖ ■ ✗", "the run computes, is paused, is done, has failed"),
];

/// The help in lines of a width.
fn lines(app: &App, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let about = "Tasks learn through a shared module B. Alone, the target has its own error; together \
                 it saves variance and takes on bias. The verdict says which is more.";
    let draft = app.scenario.draft();
    let heading = |text: &str| Line::from(Span::styled(text.to_owned(), theme.strong()));
    let mut lines: Vec<Line> = folded(about, width).into_iter().map(Line::from).collect();
    lines.extend([Line::from(""), heading(&draft.title)]);
    lines.extend(folded(&draft.about, width).into_iter().map(Line::from));
    for (title, actions) in sections(app.screen) {
        lines.extend([Line::from(""), heading(&title)]);
        lines.extend(actions.iter().flat_map(|action| {
            let keys: Vec<String> = action.keys.iter().map(ToString::to_string).collect();
            rows(&keys.join("  "), action.help, theme, width)
        }));
    }
    lines.extend([Line::from(""), heading("On the screen")]);
    let signs = if app.screen == Screen::Lab { LAB } else { STUDIES };
    lines.extend(signs.iter().flat_map(|(sign, words)| rows(sign, words, theme, width)));
    lines.extend([Line::from(""), heading("Knobs (all by --set KNOB=VALUE, most by sliders)")]);
    lines.extend(KNOBS.iter().flat_map(|knob| {
        let scope = match knob.scope {
            Scope::Task => "<task>",
            Scope::Model => "model",
            Scope::Data => "data",
        };
        let words = format!("{}: {}", knob.help, knob.allowed_words());
        rows(&format!("{scope}.{} {}", knob.name, knob.symbol), &words, theme, width)
    }));
    lines
}

/// The actions of a screen: those of all its places, and before them those of one only.
fn sections(screen: Screen) -> Vec<(String, Vec<&'static Action>)> {
    let places: Vec<Place> = Place::ALL.into_iter().filter(|p| p.screen() == screen).collect();
    let has = |action: &Action, place: &Place| action.places.contains(place);
    let mut sections = Vec::new();
    for place in places.iter().filter(|_| places.len() > 1) {
        let own = action::at(*place).filter(|a| places.iter().filter(|p| has(a, p)).count() == 1);
        sections.push((format!("Keys in the {}", place.name()), own.collect()));
    }
    let all = ACTIONS.iter().filter(|a| places.iter().all(|place| has(a, place)));
    sections.push((format!("Keys of the {} screen", screen.name()), all.collect()));
    sections
}

/// A heading at the left, and beside it words in as many lines as they need.
fn rows(left: &str, right: &str, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let lefts = std::iter::once(left).chain(std::iter::repeat(""));
    let rights = folded(right, width.saturating_sub(22).max(12));
    let row = |(left, right): (&str, String)| {
        Line::from(vec![Span::styled(format!(" {left:<20} "), theme.focus()), Span::raw(right)])
    };
    lefts.zip(rights).map(row).collect()
}

/// Text in lines no longer than a width, broken between words.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.width() + 1 + word.width() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
