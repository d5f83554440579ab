//! The measured verdict, with the numbers behind it.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Padding, Paragraph, Wrap};

use crate::app::App;
use crate::figure::words;
use crate::math::stats::LEVEL;
use crate::scenario::draft::TaskRole;
use crate::study::Measurement;
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Draws the verdict with its gain, interval, baseline and n.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(" Verdict ".into(), false, theme).padding(Padding::horizontal(1));
    let lines = Paragraph::new(lines(app, theme)).wrap(Wrap { trim: true });
    view.frame.render_widget(lines.block(pane), area);
}

fn lines(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let scenario = &app.work.scenario;
    let Some((outcome, measurement)) = app.screens.lab.outcome().zip(app.screens.lab.measurement())
    else {
        return vec![Line::from("measuring …")];
    };
    let style = if app.screens.lab.fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    let counted = if measurement.is_complete() && app.screens.lab.fresh {
        format!("{LEVEL} interval, n = {} trials", outcome.trials)
    } else {
        format!("{LEVEL}, n = {} of {} trials …", outcome.trials, measurement.wanted)
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
