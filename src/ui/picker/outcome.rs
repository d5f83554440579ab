//! Below the columns: the focused column, the options, and what would be opened.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::column::{ColumnWidths, facts};
use crate::app::{ColumnPicker, TableTrial, worded};
use crate::dataset::TaskKind;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget::line::shortened;
use crate::ui::widget::text::folded_numbers;

/// Rows from which on the focused column is described, and the lines of the outcome are kept free.
const HIGH: u16 = 20;
/// Rows from which on there are more lines for the outcome.
const HIGHER: u16 = 30;
/// Lines of a sentence and of notes, by the rows that there are.
const OUTCOME: [usize; 3] = [4, 4, 6];

/// The rows that it needs inside the picker.
pub(super) fn height(picker: &ColumnPicker, theme: &Theme, inner: Rect) -> u16 {
    let most = inner.height.saturating_sub(3).max(inner.height / 2);
    (lines(picker, theme, inner.width.into(), inner.height).len() as u16).min(most)
}

/// Draws it into `area`, in a picker whose inside has `height` rows.
pub(super) fn draw(picker: &ColumnPicker, height: u16, view: &mut View<'_, '_>, area: Rect) {
    let all = lines(picker, view.theme, area.width.into(), height);
    for (line, y) in all.into_iter().zip(area.y..area.bottom()) {
        view.frame.render_widget(shortened(line, area.width), Rect { y, height: 1, ..area });
    }
}

fn lines(picker: &ColumnPicker, theme: &Theme, width: usize, height: u16) -> Vec<Line<'static>> {
    let outcome = outcome(picker, theme, width, height);
    if picker.columns.is_empty() {
        return outcome;
    }
    let is_cut = !ColumnWidths::of(picker, width).has_mean();
    let focused = focused(picker, theme).filter(|_| height >= HIGH && is_cut);
    focused.into_iter().chain([options(picker, theme)]).chain(outcome).collect()
}

/// What Enter will do, or why it cannot, and what was noticed. On high screens always of the same
/// height, so that the table above it stands still.
fn outcome(picker: &ColumnPicker, theme: &Theme, width: usize, height: u16) -> Vec<Line<'static>> {
    let room = OUTCOME[usize::from(height >= HIGH) + usize::from(height >= HIGHER)];
    let mut lines = sentence(picker, theme, width);
    if height >= HIGH {
        if let TableTrial::Read(reading) = &picker.trial {
            let scales = picker.scales_note();
            let all: Vec<String> = scales
                .into_iter()
                .chain(reading.dataset.notes.iter().map(|note| worded(note)))
                .collect();
            lines.extend(notes(&all, theme, width));
        }
        lines.resize(room, Line::default());
    }
    lines.truncate(room);
    lines
}

/// Everything about the focused column, where the table has no room for it.
fn focused(picker: &ColumnPicker, theme: &Theme) -> Option<Line<'static>> {
    let column = picker.focused()?;
    let [kind, missing, different, range, mean] = facts(column);
    let mut words = vec![kind, format!("{different} different"), range, mean];
    if column.missing > 0 {
        words.insert(1, format!("{missing} missing"));
    }
    words.retain(|word| !word.is_empty());
    Some(Line::styled(format!(" {}: {}", column.name, words.join("; ")), theme.dim()))
}

/// The options and their keys.
fn options(picker: &ColumnPicker, theme: &Theme) -> Line<'static> {
    let read = &picker.place.read;
    let kind = match read.kind {
        None => "as they look",
        Some(TaskKind::Classification) => "classes",
        Some(TaskKind::Regression) => "numbers",
    };
    let options = [
        ("o", "one-hot", if read.one_hot { "yes" } else { "no" }),
        ("d", "drop bad rows", if read.drop_bad { "yes" } else { "no" }),
        ("c", "labels", kind),
        ("s", "scaled", if picker.place.standardise { "yes" } else { "no" }),
    ];
    let spans = options.into_iter().flat_map(|(key, what, value)| {
        [
            Span::styled(format!(" {key}"), theme.focus()),
            Span::styled(format!(" {what}: "), theme.dim()),
            Span::raw(format!("{value} ")),
        ]
    });
    Line::from(spans.collect::<Vec<_>>())
}

/// What Enter will do, or why it cannot, in a sentence.
fn sentence(picker: &ColumnPicker, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let (words, style) = match &picker.trial {
        _ if picker.leaving => (
            "Esc again to leave without opening; what was chosen is then lost.".to_owned(),
            theme.alert(),
        ),
        TableTrial::NoLabel => {
            let words = "No label yet: go to a column that is to be predicted and press l. Several \
                         labels are several tasks.";
            let words = [words].into_iter().chain(picker.long_cells.as_deref());
            (words.collect::<Vec<_>>().join(" "), theme.strong())
        }
        TableTrial::Reading if picker.opening => {
            (format!("reading {} to open it", picker.file_name()), theme.dim())
        }
        TableTrial::Reading => (format!("reading {}", picker.file_name()), theme.dim()),
        TableTrial::Read(_) if picker.opening => {
            (format!("opening {}", picker.file_name()), theme.dim())
        }
        TableTrial::Read(reading) => {
            (format!("Enter opens {}.", reading.dataset.in_words()), theme.strong())
        }
        TableTrial::Refused(problem) => (problem.clone(), theme.alert()),
    };
    let lines = folded_numbers(&words, width.saturating_sub(2)).into_iter();
    lines.map(|line| Line::styled(format!(" {line}"), style)).collect()
}

/// What was noticed in reading; first the rows that were dropped, last how the table is written.
fn notes(notes: &[String], theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut notes: Vec<&String> = notes.iter().collect();
    notes.sort_by_key(|note| match note {
        note if note.starts_with("Dropped") => 0,
        note if note.contains("press ") || note.contains("copy") => 1,
        note if note.starts_with("Table with") => 3,
        _ => 2,
    });
    let lines = notes.into_iter().flat_map(|note| folded_numbers(note, width.saturating_sub(2)));
    lines.map(|line| Line::styled(format!(" {line}"), theme.dim())).collect()
}
