//! The tasks to train together.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::App;
use crate::figure::{affinity, surrogate, words};
use crate::study::affinity::Insight;
use crate::study::grouping::Suggestion;
use crate::study::suggestion::{Confirmation, SuggestedPlan};
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Draws the suggested groups and their gains.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let budget = app.screens.studies.budget;
    let models = if budget == 1 { "model" } else { "models" };
    let pane = block(format!(" Groups: at most {budget} {models} "), false, theme);
    let run = app.screens.studies.shown_affinity();
    let insight = run.and_then(|run| run.insight.as_deref());
    let lines = match run.zip(insight) {
        Some((run, insight)) => lines(&run.results.tasks(), budget, insight, theme),
        None if run.is_some() => {
            vec![Line::styled("shown after two trials per pair", theme.dim())]
        }
        None => vec![Line::from(
            "Space measures: here will stand which tasks to train together, and what they gain.",
        )],
    };
    view.frame.render_widget(Paragraph::new(lines).wrap(Wrap { trim: false }).block(pane), area);
}

fn lines(names: &[String], budget: usize, insight: &Insight, theme: &Theme) -> Vec<Line<'static>> {
    let by_surrogate = insight.surrogate.as_ref().and_then(|found| found.plan.as_ref());
    let Some(plan) = by_surrogate.or(insight.by_pairs.as_ref()) else {
        return vec![Line::styled("no plan can be rated yet", theme.dim())];
    };
    let (prefix, names) = affinity::without_prefix(names.to_vec());
    let between = if prefix.is_empty() { " + " } else { ", " };
    let mut lines: Vec<Line> = Vec::new();
    if plan.confirmation.as_ref().is_some_and(|found| found.plan.is_negative()) {
        let alone = match names.len() {
            all if all > budget => format!("Every task alone takes {all} models."),
            _ => "Train every task alone (gain 0).".to_owned(),
        };
        lines.push(Line::styled(alone, theme.strong()));
        let lose = match budget {
            1 => "One model for all loses:",
            _ => "The best groups of the pairs lose:",
        };
        lines.push(Line::styled(lose, theme.dim()));
    }
    lines.extend(plan.suggestion.plan.iter().enumerate().map(|(number, group)| {
        let members: Vec<&str> =
            group.iter().filter_map(|&task| names.get(task)).map(String::as_str).collect();
        let alone = if group.len() == 1 { " alone" } else { "" };
        Line::from(vec![
            Span::styled(format!("{} ", number + 1), theme.strong()),
            Span::raw(format!("{prefix}{}{alone}", members.join(between))),
        ])
    }));
    if let Some(found) = insight.surrogate.as_ref().and_then(|found| found.agreement) {
        lines.push(Line::styled(surrogate::short(&found), theme.dim()));
    }
    lines.extend(match &plan.confirmation {
        Some(confirmation) => confirmed(plan, confirmation, theme),
        None => vec![Line::styled(chosen(&plan.suggestion), theme.dim())],
    });
    lines
}

/// The plan's gains on further trials, not used to choose it, and how they differ from that of the
/// Lab.
fn confirmed(plan: &SuggestedPlan, found: &Confirmation, theme: &Theme) -> Vec<Line<'static>> {
    let [own, together] = words::confirmed(plan, found);
    let heading = format!("mean gain, n = {} new trials", found.trials);
    vec![
        Line::styled(heading, theme.dim()),
        Line::from(format!("these groups {own}")),
        Line::from(format!("all together {together}")),
        Line::styled("(Lab: gain of the mean error)", theme.dim()),
    ]
}

fn chosen(suggestion: &Suggestion) -> String {
    let how = if suggestion.predicted { "partly predicted" } else { "on these trials" };
    format!("best mean gain, {how}; tested on new trials at the end")
}
