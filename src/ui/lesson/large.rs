//! A lesson on a projector: the question and its choices, then the class's answers and the verdict
//! in large letters.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::row::inset;
use super::{bench, chart, class, footer, head, row, step, strip};
use crate::app::App;
use crate::app::screen::lessons::Playing;
use crate::lesson::SettingFindings;
use crate::lesson::step::letter;
use crate::ui::view::View;
use crate::ui::widget::figure;
use crate::ui::widget::line::{by_parts, shortened};
use crate::ui::widget::text::cut;
use crate::ui::{letters, present};

/// Draws the step: the verdict or the counts in large letters if there are any, the text, and the
/// keys.
pub(super) fn draw(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let shares = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(2)];
    let [header, body, keys] = Layout::vertical(shares).areas(area);
    view.frame.render_widget(head::line(app, playing, view.theme, header.width), header);
    if playing.step().kind.is_free() {
        knobs(app, playing, view, body);
    } else {
        step(app, playing, view, body);
    }
    footer::of(app, playing, view.theme).short(app, view, keys);
}

/// Draws the question, the verdict in large letters and, if there is room, the chart.
fn knobs(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let lines = match playing.step().kind.ask() {
        Some(ask) => {
            row::paragraphs(&playing.say(ask), view.theme.strong(), area.width.saturating_sub(2))
        }
        None => Vec::new(),
    };
    let height = (lines.len() as u16).min(3);
    let shares = [
        Constraint::Length(height),
        Constraint::Length(letters::ROWS),
        Constraint::Length(2),
        Constraint::Min(0),
    ];
    let [ask, large, numbers, below] = Layout::vertical(shares).areas(area);
    row::draw(lines, 0, false, view, inset(ask));
    present::verdict(app, view, large, numbers);
    match below.height {
        8.. => present::gain(app, view, below),
        _ => bench::one(app, view, below),
    }
}

fn step(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let counts = class::counted(app, playing).filter(|counted| !counted.choices.is_empty());
    let counts = counts.filter(|_| !playing.is_masked());
    let verdict = playing.found().and_then(|found| match (playing.subject(), found) {
        (Some(subject), _) => subject.outcome(found).map(|outcome| outcome.verdict),
        (None, SettingFindings::Trials { measurement, .. }) => {
            Some(measurement.own().targets.verdict)
        }
        _ => None,
    });
    let large = match (verdict, &counts) {
        (Some(verdict), _) => Some((verdict.capitals().to_owned(), theme.verdict(verdict))),
        (None, Some(counted)) => {
            let chosen = counted.choices.iter().enumerate();
            let parts = chosen.map(|(place, chosen)| format!("{}{chosen}", letter(place)));
            Some((parts.collect::<Vec<_>>().join(" "), theme.strong()))
        }
        (None, None) => None,
    };
    let mut lines = Vec::new();
    if verdict.is_some() {
        let numbers = strip::lines(app, playing, theme).into_iter().take(1).collect();
        let numbers = by_parts(numbers, area.width).into_iter();
        lines.extend(numbers.map(|line| shortened(line, area.width)));
    }
    lines.extend(counts.zip(class::files(app)).map(|(counted, files)| {
        let words = format!(" class: {}  ({files})", counted.chosen());
        Line::styled(cut(&words, area.width.into()), theme.dim())
    }));
    let top = if large.is_some() { letters::ROWS } else { 0 };
    let said = lines.len() as u16;
    let shares = [Constraint::Length(top), Constraint::Length(said), Constraint::Min(0)];
    let [above, middle, below] = Layout::vertical(shares).areas(area);
    if let Some((word, style)) = large {
        letters::draw(&word, style, view, above);
    }
    view.frame.render_widget(Paragraph::new(lines), middle);
    let drawn = chart::figure_of(app, playing).filter(|_| below.height >= 18);
    let shares = if drawn.is_some() { [3, 4] } else { [1, 0] };
    let [text, figure] = Layout::vertical(shares.map(Constraint::Fill)).areas(below);
    let text = inset(text);
    let rows = step::rows(app, playing, theme, text.width);
    let (first, _) = row::first(&rows, playing, text.height.into());
    row::draw(rows, first, !app.is_covered(), view, text);
    if let Some(drawn) = drawn {
        figure::draw(&drawn, &theme.thickly(), figure, view.frame.buffer_mut());
    }
}
