//! A lesson being played: text and question, the visible part of the measurement, and the knobs.

mod bench;
mod chart;
mod class;
mod footer;
mod found;
mod head;
mod large;
mod page;
mod question;
mod row;
mod score;
mod small;
mod step;
mod strip;

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::ladder::Rung;
use super::pane::{self, block};
use super::theme::Theme;
use super::view::View;
use crate::app::screen::lessons::Playing;
use crate::app::{App, HitTarget};

/// Columns of the text if there is ample room for a chart beside it.
const TEXT: u16 = 60;
/// Fewest columns of the text beside a chart, including the frame.
const NARROW: u16 = 36;
/// Fewest columns of a chart beside the text, including the frame.
const BESIDE: u16 = 32;
/// Fewest lines of a chart, including the frame.
const CHART: u16 = 10;
/// Lines of the measurement, including the frame.
const STRIP: u16 = 4;
/// Widest text that is easy to read, in columns.
const WIDEST: u16 = 100;

/// Draws the lesson into a screen of any size.
pub(super) fn draw(app: &App, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    let Some(playing) = app.playing() else { return };
    match rung {
        _ if app.view.present && rung != Rung::Line => large::draw(app, playing, view, area),
        Rung::Line => small::draw(app, playing, view, area),
        rung => whole(app, playing, rung, view, area),
    }
}

fn whole(app: &App, playing: &Playing, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    let foot = if rung == Rung::Small { 2 } else { 3 };
    let shares = [Constraint::Length(1), Constraint::Min(0), Constraint::Length(foot)];
    let [header, body, below] = Layout::vertical(shares).areas(area);
    view.frame.render_widget(head::line(app, playing, view.theme, header.width), header);
    match rung {
        Rung::Wide if !has_figure(playing) => {
            let width = body.width.min(WIDEST);
            text(app, playing, view, Rect { width, ..body });
        }
        Rung::Wide => beside(app, playing, TEXT, view, body),
        _ => match columns(app, playing, rung, view.theme, body) {
            Some(columns) => beside(app, playing, columns, view, body),
            None => narrow(app, playing, rung, view, body),
        },
    }
    let footer = footer::of(app, playing, view.theme);
    match rung {
        Rung::Small => footer.short(app, view, below),
        _ => footer.draw(app, view, below),
    }
}

/// Returns true if the step draws or measures anything.
fn has_figure(playing: &Playing) -> bool {
    playing.setting().is_some() || bench::has(playing)
}

/// Number of lines that the text takes, including the frame.
fn lines(app: &App, playing: &Playing, theme: &Theme, columns: u16) -> u16 {
    step::rows(app, playing, theme, columns.saturating_sub(4)).len() as u16 + 2
}

/// Columns of the text and the knobs below it, on a medium screen with a chart beside them; `None`
/// if there is nothing to draw, or if everything fits below the text.
fn columns(app: &App, playing: &Playing, rung: Rung, theme: &Theme, area: Rect) -> Option<u16> {
    if rung == Rung::Small || playing.is_masked() || !has_figure(playing) {
        return None;
    }
    let knobs = bench::lines(app, playing);
    let widest = area.width.saturating_sub(BESIDE);
    let fits = |columns: &u16| lines(app, playing, theme, *columns) + knobs <= area.height;
    let fitting = (NARROW..=widest).find(fits);
    if bench::has(playing) {
        return Some(fitting.unwrap_or(widest.max(NARROW)));
    }
    let stacked = lines(app, playing, theme, area.width) + CHART + STRIP;
    fitting.filter(|_| stacked > area.height)
}

/// Text on the left with the knobs below; on the right a chart and the measurement.
fn beside(app: &App, playing: &Playing, columns: u16, view: &mut View<'_, '_>, area: Rect) {
    let shares = [Constraint::Length(columns), Constraint::Min(0)];
    let [left, right] = Layout::horizontal(shares).areas(area);
    let knobs = bench::lines(app, playing).min(left.height / 2);
    let shares = [Constraint::Min(0), Constraint::Length(knobs)];
    let [words, below] = Layout::vertical(shares).areas(left);
    text(app, playing, view, words);
    let found =
        strip::rows(app, playing, view.theme, right.width.saturating_sub(2)).len() as u16 + 2;
    let shares = [Constraint::Min(0), Constraint::Length(found.max(STRIP + 1))];
    let [above, found] = Layout::vertical(shares).areas(right);
    if bench::has(playing) {
        bench::knobs(app, playing, view, below);
        bench::chart(app, playing, view, above);
    } else {
        chart::draw(app, playing, view, above);
    }
    measured(app, playing, view, found);
}

/// Text at the top; below it one knob or, if there is room, a chart; then the measurement.
fn narrow(app: &App, playing: &Playing, rung: Rung, view: &mut View<'_, '_>, area: Rect) {
    let small = rung == Rung::Small;
    let frame = if small { 0 } else { 2 };
    let found = match has_figure(playing) {
        true => {
            let rows = strip::rows(app, playing, view.theme, area.width.saturating_sub(frame));
            (rows.len() as u16 + frame).min(area.height / 3)
        }
        false => 0,
    };
    let needed = lines(app, playing, view.theme, area.width);
    let room = area.height.saturating_sub(found);
    let middle = match (bench::has(playing), playing.setting().is_some()) {
        (true, _) => 4,
        (false, true) if needed + CHART <= room && !playing.is_masked() => room - needed,
        _ => 0,
    };
    let shares = [Constraint::Min(0), Constraint::Length(middle), Constraint::Length(found)];
    let [above, below, last] = Layout::vertical(shares).areas(area);
    text(app, playing, view, above);
    if middle > 0 {
        match bench::has(playing) {
            true => bench::one(app, view, below),
            false => chart::draw(app, playing, view, below),
        }
    }
    match small {
        true => {
            let found = strip::rows(app, playing, view.theme, last.width);
            view.frame.render_widget(Paragraph::new(found), last);
        }
        false if has_figure(playing) => measured(app, playing, view, last),
        false => {}
    }
}

/// Draws the step: text, question and answers.
fn text(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let kind = match playing.is_tour() {
        true => String::new(),
        false => format!("· {} ", playing.step().kind.name()),
    };
    let width = area.width.saturating_sub(4);
    let rows = step::rows(app, playing, theme, width);
    let pane = block(format!(" {} {kind}", head::place(playing)), true, theme);
    let inner = pane.inner(area);
    let (rows, ways) = match rows.len() > usize::from(inner.height) {
        true => step::parts(app, playing, theme, width),
        false => (rows, Vec::new()),
    };
    let below = (ways.len() as u16).min(inner.height.saturating_sub(3));
    let shares = [Constraint::Min(0), Constraint::Length(below)];
    let [above, below] = Layout::vertical(shares).areas(row::inset(inner));
    let (first, more) = row::first(&rows, playing, above.height.into());
    let pane = match more {
        true => pane.title_bottom(Line::from(" more: ] ").right_aligned()),
        false => pane,
    };
    let pane = if first > 0 { pane.title_bottom(" ↑ [ ") } else { pane };
    view.frame.render_widget(pane, area);
    view.regions.add(area, HitTarget::Part(playing.key_context()));
    row::draw(rows, first, !app.is_covered(), view, above);
    row::draw(ways, 0, false, view, below);
}

/// Draws the measurement in a frame.
fn measured(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let inner = pane::draw(" Measured ".into(), false, view, area);
    let lines = strip::rows(app, playing, view.theme, inner.width);
    view.frame.render_widget(Paragraph::new(lines), inner);
}
