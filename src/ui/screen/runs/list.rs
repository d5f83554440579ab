//! The list of runs.

use ratatui::layout::{Constraint, Rect};
use ratatui::style::Modifier;
use ratatui::text::Line;
use ratatui::widgets::{Row, Table, TableState};

use unicode_width::UnicodeWidthStr;

use super::sketch;
use crate::app::{App, HitTarget, StudyRun};
use crate::figure::finding;
use crate::scenario::Preset;
use crate::scenario::changes::{Change, changes};
use crate::ui::pane::block;
use crate::ui::progress;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget::table::{Columns, widest};
use crate::ui::widget::text::cut;

/// The columns of numbers: that of the run, and its trials.
const NUMBER: usize = 1;
const TRIALS: usize = 4;

/// Draws the runs, oldest first.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let title = " Runs of this session ".to_owned();
    if app.screens.studies.runs.is_empty() {
        return sketch::list(app, view, area);
    }
    let pane = block(title, true, theme);
    let inner = pane.inner(area);
    let selected = app
        .screens
        .studies
        .runs
        .iter()
        .position(|r| Some(r.number) == app.screens.studies.selected);
    let longest = |words: &dyn Fn(&StudyRun) -> String, most: u16| {
        let widths = app.screens.studies.runs.iter().map(|run| words(run).width() as u16);
        Constraint::Length(widths.max().unwrap_or(0).clamp(most.min(8), most))
    };
    let numbers = |least: u16, number: &dyn Fn(&StudyRun) -> String| {
        Constraint::Length(widest(least, app.screens.studies.runs.iter().map(number)))
    };
    let widths = vec![
        Constraint::Length(3),
        numbers(2, &|run| run.number.to_string()),
        longest(&StudyRun::question, area.width * 2 / 5),
        longest(&scenario, area.width / 4),
        numbers(4, &|run| run.trials().to_string()),
        Constraint::Length(8),
        Constraint::Min(8),
    ];
    let columns = Columns::new(widths, inner);
    let head = ["", "#", "question", "scenario", "n", "progress", "finding"].map(Line::from);
    let head = head.into_iter().enumerate().map(|(i, title)| match i {
        NUMBER | TRIALS => title.right_aligned(),
        _ => title,
    });
    let head: Vec<Line<'_>> = head.collect();
    let rows = app.screens.studies.runs.iter().map(|run| row(run, &columns, theme));
    let table = Table::new(rows, &columns.widths)
        .header(Row::new(head).style(theme.dim()))
        .row_highlight_style(theme.focus().add_modifier(Modifier::REVERSED))
        .block(pane);
    let mut state = TableState::default().with_selected(selected);
    view.frame.render_stateful_widget(table, area, &mut state);
    for (i, run) in app.screens.studies.runs.iter().skip(state.offset()).enumerate() {
        let line = Rect { y: inner.y + 1 + i as u16, height: 1, ..inner };
        view.regions.add(line.intersection(inner), HitTarget::Run(run.number));
    }
    let place = selected.and_then(|place| place.checked_sub(state.offset()));
    if let Some(place) = place.filter(|_| !app.is_covered()) {
        let y = (inner.y + 1 + place as u16).min(inner.bottom().saturating_sub(1));
        view.frame.set_cursor_position((inner.x, y));
    }
}

/// The name of the scenario, and the changes from the preset of that name.
fn scenario(run: &StudyRun) -> String {
    let Some(base) = run.results.study.bases().first() else { return run.name().to_owned() };
    let Some(knobs) = changes(run.name(), base.draft()) else {
        return match Preset::find(run.name()) {
            Some(_) => format!("{} (changed)", run.name()),
            None => run.name().to_owned(),
        };
    };
    let knobs = knobs.into_iter().filter_map(|change| match change {
        Change::Set(assignment) => Some(assignment),
        Change::Seed(seed) => Some(format!("seed={seed}")),
        _ => None,
    });
    std::iter::once(run.name().to_owned()).chain(knobs).collect::<Vec<_>>().join(" ")
}

/// The parts of a finding that fit, so that no number is cut.
fn by_parts(finding: &str, room: usize) -> String {
    if finding.width() <= room {
        return finding.to_owned();
    }
    let mut kept = finding;
    while let Some((before, _)) = kept.rsplit_once(", ") {
        kept = before;
        if kept.width() + 2 <= room {
            return format!("{kept} …");
        }
    }
    cut(finding, room)
}

fn row(run: &StudyRun, columns: &Columns, theme: &Theme) -> Row<'static> {
    let pin = if run.pinned { "pin" } else { "" };
    Row::new([
        Line::styled(pin, theme.alert()),
        columns.right(NUMBER, &run.number.to_string()),
        Line::from(columns.left(2, &run.question())),
        Line::from(columns.left(3, &scenario(run))),
        columns.right(TRIALS, &run.trials().to_string()),
        Line::from(progress::short(run)),
        Line::from(by_parts(&finding::words(&run.results), columns.room(6))),
    ])
}
