//! The differences in gain between the selected run and a pinned one.

use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Row, Table};
use unicode_width::UnicodeWidthStr;

use super::sketch;
use crate::app::{App, StudyRun};
use crate::figure::words;
use crate::math::stats::{Interval, LEVEL};
use crate::study::cell::CellPosition;
use crate::study::difference::{self, StudyDifference};
use crate::transfer::Verdict;
use crate::ui::pane::{self, block};
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Draws a row for every setting that the selected run and a pinned one share.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let say = |title: &str, words: &str, view: &mut View<'_, '_>| {
        pane::text(title.to_owned(), false, words, view, area);
    };
    let Some(run) = app.screens.studies.selected_run() else {
        return sketch::differences(app, view, area);
    };
    let Some(other) = app.screens.studies.pinned_beside(run).next() else {
        let words = "b pins a run; select another of the same kind to see the differences.";
        return say(" Difference ", words, view);
    };
    let title = title(run, other, area.width);
    let common = difference::common(&run.results.study, &other.results.study);
    if common.is_empty() {
        let words = "The two runs have no setting in common.";
        return say(&title, words, view);
    }
    let room = area.height.saturating_sub(3) as usize;
    let first = app.screens.studies.scroll.min(common.len().saturating_sub(room));
    let shown = &common[first..(first + room).min(common.len())];
    let found: Vec<StudyDifference> = shown
        .iter()
        .filter_map(|&[a, b]| difference::at(&run.results, a, &other.results, b))
        .collect();
    let paired = found.iter().all(|difference| difference.paired);
    let how = if paired { " same draws: compared trial by trial " } else { " independent draws " };
    let more = [(first > 0, " ↑ PgUp "), (first + room < common.len(), " ↓ PgDn ")];
    let pane = block(title, false, theme).title_bottom(how);
    let pane = more
        .into_iter()
        .filter(|(is, _)| *is)
        .fold(pane, |pane, (_, text)| pane.title_bottom(Line::from(text).right_aligned()));
    let right = |text: String| Line::from(text).right_aligned();
    let head = [
        Line::from(place_name(run)),
        right(format!("gain #{}", run.number)),
        right("trials".to_owned()),
        right(format!("gain #{}", other.number)),
        right("trials".to_owned()),
        right("difference".to_owned()),
        Line::from(""),
    ];
    let widths = [
        Constraint::Max(36),
        Constraint::Length(14),
        Constraint::Length(6),
        Constraint::Length(14),
        Constraint::Length(6),
        Constraint::Length(14),
        Constraint::Length(7),
    ];
    let rows = found.iter().map(|difference| row(run, difference, theme));
    let table = Table::new(rows, widths).header(Row::new(head).style(theme.dim())).block(pane);
    view.frame.render_widget(table, area);
}

/// The two runs and what they differ in; only their numbers if there is no room.
fn title(run: &StudyRun, other: &StudyRun, width: u16) -> String {
    let both = [run, other];
    let [one, two] = both.map(|run| run.title_beside(&both));
    let whole = format!(" Difference: {one} minus {two} (pinned), ± {LEVEL} ");
    match whole.width() + 2 <= usize::from(width) {
        true => whole,
        false => {
            format!(" Difference: #{} minus #{} (pinned), ± {LEVEL} ", run.number, other.number)
        }
    }
}

fn place_name(run: &StudyRun) -> String {
    run.results.study.lines().first().map_or_else(|| "tasks".to_owned(), |_| run.question())
}

fn row<'a>(run: &StudyRun, found: &StudyDifference, theme: &Theme) -> Row<'a> {
    let (sign, style) = match found.difference {
        d if d.is_positive() => ("▲ more", theme.verdict(Verdict::Helps)),
        d if d.is_negative() => ("▼ less", theme.verdict(Verdict::Hurts)),
        _ => ("", Style::new()),
    };
    let right = |text: String| Line::from(text).right_aligned();
    Row::new([
        Line::from(place(run, found.cells[0])),
        right(gain(found.gains[0])),
        right(found.trials[0].to_string()),
        right(gain(found.gains[1])),
        right(found.trials[1].to_string()),
        Line::styled(words::gain(Some(found.difference)), style).right_aligned(),
        Line::styled(format!(" {sign}"), style),
    ])
}

/// A gain with its interval, or the ratio of errors: `× 3.15 ± 0.476`.
fn gain(gain: Interval) -> String {
    let words = words::gain(Some(gain));
    words.strip_prefix("error ").map_or_else(|| words.clone(), str::to_owned)
}

/// The position of a cell, in words.
fn place(run: &StudyRun, cell: usize) -> String {
    let study = &run.results.study;
    match &study.cells()[cell].place {
        CellPosition::Point { line, x, y } => {
            let line = &study.lines()[*line];
            let x = words::value_of(line.x.handle, *x);
            match line.y.as_ref().zip(*y) {
                Some((axis, y)) => format!("{x} × {}", words::value_of(axis.handle, y)),
                None => x,
            }
        }
        CellPosition::Group(tasks) => {
            let names = run.results.tasks();
            if tasks.len() == names.len() && names.len() > 2 {
                return "all together".to_owned();
            }
            let named: Vec<&str> = tasks.iter().map(|&task| names[task].as_str()).collect();
            named.join(" + ")
        }
    }
}
