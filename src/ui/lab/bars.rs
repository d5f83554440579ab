//! The lines around the panes: header, verdict in one line, news, focused knob, keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::{field, panes};
use crate::app::{ACTIONS, Action, App};
use crate::figure::words;
use crate::ui::theme::Theme;

/// Name of the program and the scenario, seed, state of the descent.
pub(super) fn header(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let star = if app.is_changed() { " *" } else { "" };
    let draft = app.scenario.draft();
    let right = format!(" d = {}  seed {}  {} ", draft.data.dimension, draft.seed, descent(app));
    let mut left = Line::from(vec![
        Span::styled(" taskscope", theme.focus()),
        Span::styled(" │ ", theme.dim()),
        Span::styled(format!("{}{star}", app.name), theme.strong()),
    ]);
    let title = format!("  {}", draft.title);
    if left.width() + title.width() + right.width() <= area.width as usize {
        left.push_span(Span::styled(title, theme.dim()));
    }
    let start = area.right().saturating_sub(right.width() as u16).max(area.x);
    frame.render_widget(left, area);
    frame.render_widget(Line::from(right), Rect { x: start, width: area.right() - start, ..area });
}

fn descent(app: &App) -> String {
    let step = app.lab.course.as_ref().map_or(0, |course| course.steps());
    let state = match &app.lab.course {
        Some(course) if course.diverged().is_some() => "✗",
        Some(course) if course.is_finished() => "■",
        _ if app.lab.running => "▶",
        _ => "‖",
    };
    format!("{state} step {step}")
}

/// Verdict and theory in two lines.
pub(super) fn verdict(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    frame.render_widget(Paragraph::new(verdict_lines(app, theme)), area);
}

/// The verdict with gain, ± and n; then errors, prediction and where its sign changes.
pub(super) fn verdict_lines(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let Some((outcome, measurement)) = app.outcome().zip(app.measurement()) else {
        return vec![Line::from(" measuring …"), Line::from("")];
    };
    let style = if app.lab.fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    let more = if app.lab.fresh && measurement.is_complete() { "" } else { " …" };
    let baseline = measurement.approaches.get(1);
    let theory = match app.lab.findings.as_ref().map(|f| f.theory) {
        _ if baseline.is_some() => baseline.map_or(String::new(), |baseline| {
            format!("{} instead {}", baseline.approach.name(), words::effect(&baseline.targets))
        }),
        Some(Ok(prediction)) => format!("theory {}", words::predicted(prediction.gain)),
        Some(Err(_)) => "no theory line here".into(),
        None => String::new(),
    };
    let crossings = panes::crossings(app).map_or(String::new(), |text| format!(", 0 near {text}"));
    vec![
        Line::from(vec![
            Span::styled(format!(" {}", words::verdict(&app.scenario, outcome.verdict)), style),
            Span::styled(format!("   {}", words::effect(outcome)), style),
            Span::raw(format!(" (95 %, {} trials{more})", outcome.trials)),
        ]),
        Line::from(Span::styled(
            format!(
                " error alone {}, together {}; {theory}{crossings}",
                words::short(outcome.single.mean),
                words::short(outcome.multi.mean)
            ),
            theme.dim(),
        )),
    ]
}

/// News or a tip, the focused knob or the open field, and the keys.
pub(super) fn footer(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let line = |i: u16| Rect { y: area.y + i, height: 1, ..area };
    frame.render_widget(news(app, theme), line(0));
    if let Some(open) = &app.field {
        field::draw(app, open, field::hint(app, open, theme), theme, frame, line(1));
    } else {
        frame.render_widget(knob(app, theme), line(1));
    }
    frame.render_widget(keys(app, theme, area.width), line(2));
}

fn news(app: &App, theme: &Theme) -> Line<'static> {
    if let Some(note) = &app.note {
        return Line::from(Span::styled(format!(" {note}"), theme.alert()));
    }
    if !app.lab.has_turned {
        return Line::from(format!(" {}", hint(app)));
    }
    Line::from("")
}

/// What to try first: the way in which the predicted gain changes its sign.
fn hint(app: &App) -> String {
    let path = app.lab.focus.path(app.scenario.draft());
    let value = app.lab.focus.get(app.scenario.draft()).unwrap_or(f64::NAN);
    let crossings = app.lab.curve.as_ref().map(|curve| curve.crossings()).unwrap_or_default();
    if crossings.iter().any(|x| *x > value) {
        format!("Hold → to turn {path} up and watch the verdict change.")
    } else if crossings.iter().any(|x| *x < value) {
        format!("Hold ← to turn {path} down and watch the verdict change.")
    } else {
        format!("← → turn {path}; ↑ ↓ choose another knob.")
    }
}

fn knob(app: &App, theme: &Theme) -> Line<'static> {
    let knob = app.lab.focus.knob;
    let draft = app.scenario.draft();
    let consequence = match (knob.name, app.lab.focus.get(draft)) {
        ("angle", Some(angle)) => format!(" (cos {:.2})", angle.to_radians().cos()),
        ("rotation", _) if draft.tasks[app.lab.focus.task].covariance.condition == 1.0 => {
            " (no effect while its κ is 1)".to_owned()
        }
        _ => String::new(),
    };
    Line::from(vec![
        Span::styled(format!(" {}", words::knob(&app.scenario, app.lab.focus)), theme.focus()),
        Span::raw(format!("{consequence}  ")),
        Span::styled(knob.help, theme.dim()),
    ])
}

/// The hints that fit, those of the best rank first, in the order of the table.
pub(super) fn keys(app: &App, theme: &Theme, width: u16) -> Line<'static> {
    let open = [("Enter", "accept"), ("Esc", "leave"), ("Ctrl-U", "clear")];
    let hints: Vec<(String, &str)> = if app.field.is_some() {
        open.map(|(key, hint)| (key.to_owned(), hint)).to_vec()
    } else {
        let mut hinted: Vec<&Action> = ACTIONS.iter().filter(|action| action.rank > 0).collect();
        hinted.sort_by_key(|action| action.rank);
        let mut room = i32::from(width);
        let ranks: Vec<u8> = hinted
            .iter()
            .map_while(|action| {
                room -= (action.keys[0].to_string().width() + action.hint.width() + 3) as i32;
                (room >= 0).then_some(action.rank)
            })
            .collect();
        let chosen = ACTIONS.iter().filter(|action| ranks.contains(&action.rank));
        chosen.map(|action| (action.keys[0].to_string(), action.hint)).collect()
    };
    let spans = hints.into_iter().flat_map(|(key, hint)| {
        [
            Span::styled(format!(" {key}"), theme.strong()),
            Span::styled(format!(" {hint} "), theme.dim()),
        ]
    });
    Line::from_iter(spans)
}
