//! The Lab with few panes: three knobs in words, the gain, the verdict, and what they mean.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Padding, Paragraph, Wrap};

use super::{figure, knobs, verdict};
use crate::app::{App, HitTarget, Pane};
use crate::figure::words;
use crate::transfer::Verdict;
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Lines of a knob: its name in words, its slider, and a gap.
const KNOB: u16 = 4;

/// Three columns: knobs and the scenario, the gain, the verdict and its reason.
pub(super) fn wide(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let columns = [Constraint::Length(42), Constraint::Min(0), Constraint::Length(35)];
    let [left, middle, right] = Layout::horizontal(columns).areas(area);
    left_column(app, view, left);
    gain(app, view, middle);
    let [above, below] =
        Layout::vertical([Constraint::Length(11), Constraint::Min(0)]).areas(right);
    verdict::draw(app, view, above);
    meaning(app, view, below);
}

/// Two columns: knobs and the scenario, and the gain; the verdict is on the lines below.
pub(super) fn narrow(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let [left, right] =
        Layout::horizontal([Constraint::Length(31), Constraint::Min(0)]).areas(area);
    left_column(app, view, left);
    gain(app, view, right);
}

fn left_column(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let count = app.screens.lab.sliders(&app.work.scenario, app.settings.panes).len() as u16;
    let rows = [Constraint::Length(KNOB * count + 1), Constraint::Min(0)];
    let [above, below] = Layout::vertical(rows).areas(area);
    view.regions.add(above, HitTarget::Pane(Pane::Knobs));
    sliders(app, view, above);
    about(app, view, below);
}

fn gain(app: &App, view: &mut View<'_, '_>, area: Rect) {
    view.regions.add(area, HitTarget::Pane(Pane::Gain));
    figure::draw(app, Pane::Gain, view, area);
}

/// The knobs, each with its meaning above its slider.
fn sliders(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(" Turn a knob with ← → ".into(), true, theme);
    let inner = pane.inner(area);
    view.frame.render_widget(pane, area);
    let handles = app.screens.lab.sliders(&app.work.scenario, app.settings.panes);
    for (handle, i) in handles.into_iter().zip(0..) {
        let top = inner.y + KNOB * i;
        if top + 3 > inner.bottom() {
            return;
        }
        let words = words::quantity(app.work.scenario.draft(), handle);
        let words = Line::styled(format!("  {words}"), theme.dim());
        view.frame.render_widget(words, Rect { y: top, height: 1, ..inner });
        knobs::slider(app, handle, view, Rect { y: top + 1, height: 2, ..inner });
    }
}

/// The scenario in its own words, and the words of the field that they use.
fn about(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let draft = app.work.scenario.draft();
    let mut lines =
        vec![Line::styled(draft.title.clone(), theme.strong()), Line::raw(draft.about.clone())];
    if draft.about.contains("loud") || draft.about.contains("quiet") {
        lines.push(Line::styled(
            "Loud directions of the rows: those in which they spread most; quiet: least.",
            theme.dim(),
        ));
    }
    let more = "t tour of a minute · f all panes";
    text(" The tasks ", lines, more, view, area);
}

/// What the verdict means, and where it comes from.
fn meaning(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let lab = &app.screens.lab;
    let mut lines = Vec::new();
    if let Some(Ok(prediction)) = lab.findings.as_ref().map(|found| &found.theory) {
        let row = |name: &str, share: f64, verdict: Verdict| {
            let share = Span::styled(format!("{:>9}", words::share(share)), theme.verdict(verdict));
            Line::from(vec![Span::raw(format!("{name:<20}")), share])
        };
        lines.extend([
            Line::raw("By theory, without training, sharing a unit"),
            row("saves variance", prediction.variance_saved(), Verdict::Helps),
            row("adds bias", -prediction.bias_added(), Verdict::Hurts),
            row("gain in total", prediction.gain, Verdict::NoDifference),
            Line::raw(""),
        ]);
    }
    lines.extend(said(app, theme));
    text(" What it means ", lines, "3 shows the whole reason", view, area);
}

/// The verdict in a few sentences.
fn said(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let targets = words::targets(&app.work.scenario);
    let outcome = app.screens.lab.outcome().filter(|_| app.screens.lab.fresh);
    let sentence = match outcome.map(|outcome| outcome.verdict) {
        Some(Verdict::Helps) => format!(
            "Trained together, {targets} makes a smaller error than alone: the other rows steady \
             the shared unit."
        ),
        Some(Verdict::Hurts) => format!(
            "Negative transfer: trained together, {targets} makes a larger error than alone, \
             because the shared unit must serve tasks that differ."
        ),
        Some(Verdict::NoDifference) => {
            format!("For {targets}, training together or alone makes no measurable difference.")
        }
        Some(Verdict::OneTask) => "One task: there is nothing to compare with.".to_owned(),
        Some(Verdict::Undecided) => "Rounding errors are as large as the effect.".to_owned(),
        None => "measuring …".to_owned(),
    };
    vec![
        Line::styled(sentence, theme.strong()),
        Line::raw(""),
        Line::styled("In the chart, above 0 sharing helps, below 0 it hurts.", theme.dim()),
    ]
}

/// A pane of wrapped text, with a hint at its lower edge.
fn text(
    title: &'static str,
    lines: Vec<Line<'static>>,
    hint: &'static str,
    view: &mut View<'_, '_>,
    area: Rect,
) {
    let hint = Line::styled(format!(" {hint} "), view.theme.dim());
    let room = usize::from(area.width.saturating_sub(2)) >= hint.width();
    let mut pane = block(title.into(), false, view.theme).padding(Padding::horizontal(1));
    if room {
        pane = pane.title_bottom(hint);
    }
    let lines = Paragraph::new(lines).wrap(Wrap { trim: true });
    view.frame.render_widget(lines.block(pane), area);
}
