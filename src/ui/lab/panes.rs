//! The panes of the Lab: tasks, figures, verdict and theory.

use ratatui::layout::{Constraint, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Padding, Paragraph, Row, Table, Wrap};

use crate::app::{App, HitTarget, Pane};
use crate::figure::words;
use crate::figure::{MarkRole, axis::compact};
use crate::scenario::draft::TaskRole;
use crate::study::Measurement;
use crate::transfer::{Prediction, Verdict};
use crate::ui::crosshair;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget;
use crate::ui::widget::text::cut;

/// The frame of a pane; the focused one stands out.
pub(super) fn block<'a>(app: &App, pane: Pane, title: String, theme: &Theme) -> Block<'a> {
    let focused = app.screens.lab.pane == pane;
    let style = if focused { theme.focus() } else { theme.dim() };
    let kind = if focused { BorderType::Thick } else { BorderType::Plain };
    Block::bordered()
        .border_type(kind)
        .border_style(style)
        .title(Span::styled(title, theme.strong()))
}

fn plain<'a>(title: &'static str, theme: &Theme) -> Block<'a> {
    Block::bordered().border_style(theme.dim()).title(Span::styled(title, theme.strong()))
}

/// Draws the tasks in a table.
pub(super) fn tasks(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let scenario = &app.work.scenario;
    let draft = scenario.draft();
    let room = usize::from(area.width).saturating_sub(27);
    let rows = scenario.groups().iter().map(|group| {
        let task = &draft.tasks[group.entry];
        let (mark, role) = if task.role == TaskRole::Target {
            ("●", MarkRole::Target)
        } else {
            ("▲", MarkRole::Source)
        };
        let turn = if task.covariance.rotation == 0.0 {
            "–".into()
        } else {
            format!("{}°", compact(task.covariance.rotation))
        };
        Row::new([
            Line::from(vec![
                Span::styled(mark, theme.role(role)),
                Span::raw(format!(" {}", cut(&group.title(), room))),
            ]),
            Line::from(compact(task.samples)).right_aligned(),
            Line::from(compact(task.noise)).right_aligned(),
            Line::from(compact(task.covariance.condition)).right_aligned(),
            Line::from(turn).right_aligned(),
        ])
    });
    let widths = [
        Constraint::Min(8),
        Constraint::Length(6),
        Constraint::Length(4),
        Constraint::Length(4),
        Constraint::Length(5),
    ];
    let head = ["  task", "rows m", "   σ", "   κ", " turn"];
    let table = Table::new(rows, widths)
        .header(Row::new(head).style(theme.dim()))
        .block(plain(" Tasks ", theme));
    view.frame.render_widget(table, area);
}

/// Draws a figure with its title.
pub(crate) fn figure(app: &App, pane: Pane, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let figure = app.figure(pane);
    let title =
        figure.as_ref().map_or_else(|| pane.name().to_owned(), |figure| figure.title.clone());
    let block = block(app, pane, format!(" {title} "), theme);
    let inner = block.inner(area);
    view.frame.render_widget(block, area);
    match figure {
        Some(figure) if figure.is_empty() => {
            let words = "Nothing to draw: the gain is undefined along this knob.";
            let words = Paragraph::new(words).wrap(Wrap { trim: true });
            view.frame.render_widget(words.style(theme.dim()), inner);
        }
        Some(figure) => {
            let placed = widget::figure::draw(&figure, theme, inner, view.frame.buffer_mut());
            view.regions.add_figure(&placed, HitTarget::Figure(pane));
            crosshair::draw(app, pane, &figure, &placed, view);
        }
        None => view.frame.render_widget(Paragraph::new("computing …").style(theme.dim()), inner),
    }
}

/// Draws the verdict with its gain, interval, baseline and n.
pub(super) fn verdict(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    view.frame.render_widget(
        Paragraph::new(verdict_lines(app, theme))
            .wrap(Wrap { trim: true })
            .block(plain(" Verdict ", theme).padding(Padding::horizontal(1))),
        area,
    );
}

fn verdict_lines(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let scenario = &app.work.scenario;
    let Some((outcome, measurement)) = app.screens.lab.outcome().zip(app.screens.lab.measurement())
    else {
        return vec![Line::from("measuring …")];
    };
    let style = if app.screens.lab.fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    let counted = if measurement.is_complete() && app.screens.lab.fresh {
        format!("95 % interval, n = {} trials", outcome.trials)
    } else {
        format!("95 %, n = {} of {} trials …", outcome.trials, measurement.wanted)
    };
    let mut lines = vec![
        Line::from(Span::styled(words::verdict(scenario, outcome.verdict), style)),
        Line::from(Span::styled(words::effect(outcome), style)),
        Line::from(counted),
        Line::from(format!("error alone     {}", words::short(outcome.single.mean))),
        Line::from(format!("error together  {}", words::short(outcome.multi.mean))),
        Line::from(format!(
            "better in {} of {} trials",
            (outcome.helped * outcome.trials as f64).round(),
            outcome.trials
        )),
        Line::from(format!("optimum: {}", words::claim(measurement))),
    ];
    lines.extend(beside(app, measurement, theme));
    lines
}

/// The second result: the baseline of a method, or the gain of the first source itself.
fn beside(app: &App, measurement: &Measurement, theme: &Theme) -> Vec<Line<'static>> {
    let scenario = &app.work.scenario;
    let source = scenario.groups().iter().position(|group| group.role == TaskRole::Source);
    let dim = |text: String| Line::from(Span::styled(text, theme.dim()));
    let (title, outcome) = match (measurement.approaches.get(1), source) {
        (Some(baseline), _) => {
            let effect = words::effect(&baseline.targets);
            return vec![dim(format!("{} instead {effect}", baseline.approach.name()))];
        }
        (None, Some(source)) => {
            let outcome = measurement.own().groups[source];
            let name = scenario.groups()[source].title();
            (format!("{name} itself, alone {}", words::short(outcome.single.mean)), outcome)
        }
        (None, None) => return Vec::new(),
    };
    vec![dim(format!("{title}:")), dim(words::effect(&outcome))]
}

/// Draws the explanation: variance saved against bias added, as parts of the gain.
pub(super) fn why(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let block = block(app, Pane::Why, " Why (theory, no training) ".into(), theme)
        .padding(Padding::horizontal(1));
    let mut lines = match app.screens.lab.findings.as_ref().map(|findings| findings.theory) {
        None => vec![Line::from("computing …")],
        Some(Err(gap)) => vec![Line::from(format!("No theory line here: {gap}."))],
        Some(Ok(prediction)) => balance(app, &prediction, theme),
    };
    if area.height > 12 && app.work.is_as_told() {
        let about = app.work.scenario.draft().about.clone();
        lines.extend([Line::from(""), Line::from(Span::styled(about, theme.dim()))]);
    }
    view.frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: true }).block(block), area);
}

fn balance(app: &App, prediction: &Prediction, theme: &Theme) -> Vec<Line<'static>> {
    let row = |name: &str, value: String, style| {
        Line::from(vec![
            Span::raw(format!("{name:<16}")),
            Span::styled(format!("{value:>12}"), style),
        ])
    };
    let measured = app.screens.lab.outcome().filter(|_| app.screens.lab.fresh);
    let measured = measured.map_or("measuring …".into(), |outcome| {
        outcome.gain.map_or_else(|| words::effect(outcome), |gain| words::percentage(&gain))
    });
    let mut lines = vec![
        row(
            "variance saved",
            words::share(prediction.variance_saved()),
            theme.verdict(Verdict::Helps),
        ),
        row("bias added", words::share(-prediction.bias_added()), theme.verdict(Verdict::Hurts)),
        Line::from(Span::styled("─".repeat(28), theme.dim())),
        row("predicted gain", words::share(prediction.gain), theme.strong()),
        row("measured", measured, theme.strong()),
    ];
    lines.extend(
        crossings(app)
            .map(|text| Line::from(Span::styled(format!("theory is 0 near {text}"), theme.dim()))),
    );
    lines
}

/// The values of the focused knob where the predicted gain changes sign.
pub(super) fn crossings(app: &App) -> Option<String> {
    let curve = app.screens.lab.curve.as_ref()?;
    let places: Vec<String> = curve
        .crossings()
        .iter()
        .take(3)
        .map(|x| {
            format!("{}{}", words::rough(*x), if curve.handle.knob.unit == "°" { "°" } else { "" })
        })
        .collect();
    let more = if curve.complete { "" } else { " …" };
    (!places.is_empty()).then(|| places.join(", ") + more)
}
