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
use crate::ui::widget::table::{Columns, widest};

/// Number of columns with texts, before that of the signs.
const COLUMNS: usize = 6;

/// The least widths of the columns of numbers.
const LEAST: [u16; COLUMNS - 1] = [14, 6, 14, 6, 14];

/// Width of the column of places, at most.
const MOST_PLACE: u16 = 36;

/// Width of the column of signs with words.
const SIGN: u16 = 7;

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
    if found.is_empty() {
        let reason = [run, other].into_iter().find_map(|run| {
            Some(format!("Run #{}: {}", run.number, words::undefined(&run.results)?))
        });
        let reason = reason.unwrap_or_else(|| "No setting in view has a gain in both runs.".into());
        return say(&title, &reason, view);
    }
    let paired = found.iter().all(|difference| difference.paired);
    let how = if paired { " same draws: compared trial by trial " } else { " independent draws " };
    let more = [(first > 0, " ↑ PgUp "), (first + room < common.len(), " ↓ PgDn ")];
    let pane = block(title, false, theme).title_bottom(how);
    let pane = more
        .into_iter()
        .filter(|(is, _)| *is)
        .fold(pane, |pane, (_, text)| pane.title_bottom(Line::from(text).right_aligned()));
    let rows: Vec<Shown> = found.iter().map(|difference| Shown::of(run, difference)).collect();
    let titles = [
        place_name(run),
        format!("gain #{}", run.number),
        "trials".to_owned(),
        format!("gain #{}", other.number),
        "trials".to_owned(),
        "difference".to_owned(),
    ];
    let columns = columns(&titles, &rows, pane.inner(area));
    let head = titles.iter().enumerate().map(|(i, title)| match i {
        0 => Line::from(columns.left(0, title)),
        _ => columns.right(i, title),
    });
    let head = Row::new(head.collect::<Vec<_>>()).style(theme.dim());
    let rows = rows.iter().map(|shown| shown.row(&columns, theme));
    let table = Table::new(rows, &columns.widths).header(head).block(pane);
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

/// Shares the room among the columns: numbers are whole before the place is, and the words beside the
/// sign give way first.
fn columns(titles: &[String; COLUMNS], rows: &[Shown], inner: Rect) -> Columns {
    let wide = |i: usize| widest(1, rows.iter().map(|row| &row.cells[i]).chain([&titles[i]]));
    let numbers: Vec<u16> = (1..COLUMNS).map(|i| wide(i).max(LEAST[i - 1])).collect();
    let taken: u16 = numbers.iter().sum::<u16>() + COLUMNS as u16;
    let place = wide(0).min(MOST_PLACE);
    let sign = if place + taken + SIGN <= inner.width { SIGN } else { 2 };
    let mut widths = vec![Constraint::Max(MOST_PLACE)];
    widths.extend(numbers.into_iter().chain([sign]).map(Constraint::Length));
    Columns::new(widths, inner)
}

/// The texts of a row.
struct Shown {
    cells: [String; COLUMNS],
    difference: Interval,
}

impl Shown {
    fn of(run: &StudyRun, found: &StudyDifference) -> Self {
        Self {
            cells: [
                place(run, found.cells[0]),
                gain(found.gains[0]),
                found.trials[0].to_string(),
                gain(found.gains[1]),
                found.trials[1].to_string(),
                words::gain(Some(found.difference)),
            ],
            difference: found.difference,
        }
    }

    fn row(&self, columns: &Columns, theme: &Theme) -> Row<'static> {
        let (sign, style) = match self.difference {
            d if d.is_positive() => (" ▲ more", theme.verdict(Verdict::Helps)),
            d if d.is_negative() => (" ▼ less", theme.verdict(Verdict::Hurts)),
            _ => ("", Style::new()),
        };
        let cells = self.cells.iter().enumerate().map(|(i, text)| match i {
            0 => Line::from(columns.left(0, text)),
            _ if i + 1 == COLUMNS => columns.right(i, text).style(style),
            _ => columns.right(i, text),
        });
        let sign: String = sign.chars().take(columns.room(COLUMNS)).collect();
        Row::new(cells.chain([Line::styled(sign, style)]).collect::<Vec<_>>())
    }
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
