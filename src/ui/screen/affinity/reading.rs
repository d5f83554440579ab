//! The gains under the cursor of the matrix.

use ratatui::text::{Line, Span};

use crate::app::{App, StudyRun};
use crate::figure::{affinity, words};
use crate::math::digits::fixed;
use crate::study::probe::PROXIES;
use crate::transfer::Outcome;
use crate::ui::theme::Theme;

/// The pair under the cursor, in both directions.
pub(crate) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let Some(run) = app.screens.studies.shown_affinity() else { return vec![Line::from("")] };
    let (row, column) = app.screens.studies.pair;
    let names = run.results.tasks();
    let Some(task) = names.get(row) else { return vec![Line::from("")] };
    let Some(partner) = names.get(column) else {
        return vec![line(&format!("{task} with all"), run.results.together(row), "", theme)];
    };
    if row == column {
        return vec![Line::styled(
            format!(" {task} with itself: choose another cell"),
            theme.dim(),
        )];
    }
    let score = score(app, run, (row, column));
    let ways = [
        (format!("{task} with {partner}"), run.results.pair(row, column), score.as_str()),
        (format!("{partner} with {task}"), run.results.pair(column, row), ""),
    ];
    ways.iter().map(|(who, outcome, more)| line(who, *outcome, more, theme)).collect()
}

fn line(who: &str, outcome: Option<&Outcome>, more: &str, theme: &Theme) -> Line<'static> {
    let Some(outcome) = outcome else {
        return Line::from(format!(" {who}: not measured yet"));
    };
    let style = theme.verdict(outcome.verdict);
    Line::from(vec![
        Span::raw(format!(" {who}: ")),
        Span::styled(words::effect(outcome), style),
        Span::raw(format!(" ({} trials) ", outcome.trials)),
        Span::styled(outcome.verdict.marked(), style),
        Span::raw(format!(", error {}{more}", words::two_errors(outcome))),
    ])
}

/// The selected proxy's value for a pair.
fn score(app: &App, run: &StudyRun, pair: (usize, usize)) -> String {
    let proxy = app.screens.studies.proxy;
    let value = run.insight.as_ref().and_then(|i| Some(i.proxies.get(proxy)?[pair]));
    match (value, PROXIES.get(proxy)) {
        (Some(value), Some(proxy)) if value.is_finite() => {
            format!("; {} {}", proxy.symbol, fixed(value, 2))
        }
        _ => String::new(),
    }
}

/// The selected proxy, its description, and how well it orders the pairs.
pub(crate) fn context(app: &App, theme: &Theme) -> Line<'static> {
    let Some(proxy) = PROXIES.get(app.screens.studies.proxy) else { return Line::from("") };
    let run = app.screens.studies.shown_affinity();
    let insight = run.and_then(|run| run.insight.as_ref());
    let found =
        insight.and_then(|i| i.agreements.get(app.screens.studies.proxy)).map(Option::as_ref);
    let found = found.map_or_else(String::new, |found| format!("  {}", affinity::agreement(found)));
    Line::from(vec![
        Span::styled(format!(" {}", proxy.name), theme.focus()),
        Span::raw(found),
        Span::styled(format!("  {}", proxy.help), theme.dim()),
    ])
}
