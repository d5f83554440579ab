//! The finding of a sweep, and the reading under its cursor.

use ratatui::text::{Line, Span};

use super::setting;
use crate::app::{App, StudyRun};
use crate::figure::{finding, words};
use crate::math::stats::LEVEL;
use crate::ui::theme::Theme;

/// The finding of the sweep in view; if the chart has the focus, the reading under its cursor.
pub(crate) fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let Some(run) = app.screens.studies.shown_sweep() else { return vec![Line::from("")] };
    if app.screens.studies.in_chart {
        return cell(app, run, theme).into_iter().collect();
    }
    let found = Span::styled(format!(" {}", finding::words(&run.results)), theme.strong());
    let trials =
        format!("{} trials per point, verdicts from paired {LEVEL} intervals", run.trials());
    vec![Line::from(found), Line::styled(format!(" #{}: {trials}", run.number), theme.dim())]
}

/// The point under the cursor: gain with n and ±, verdict, both errors, theory.
fn cell(app: &App, run: &StudyRun, theme: &Theme) -> Option<Line<'static>> {
    let study = &run.results.study;
    let cursor = app.screens.studies.cursor.inside(study);
    let (line, cell) = (cursor.line(study)?, cursor.cell(study)?);
    let x = line.x.values.get(cursor.column)?;
    let mut place = format!("{} {}", line.x.path, words::value_of(line.x.handle, *x));
    if let Some(y) = &line.y {
        let value = y.values.get(cursor.row)?;
        place += &format!(", {} {}", y.path, words::value_of(y.handle, *value));
    }
    if study.methods().len() > 1 {
        place += &format!(", {}", study.methods()[cursor.method]);
    }
    let scenario = &study.cells()[cell].scenario;
    let Some(outcome) = run.results.outcome(cell, cursor.method) else {
        return Some(Line::from(format!(" {place}: not measured yet")));
    };
    let prediction = run.results.prediction(cell).filter(|_| cursor.method == 0);
    let theory =
        prediction.map_or_else(String::new, |p| format!(", theory {}", words::prediction(p)));
    Some(Line::from(vec![
        Span::raw(format!(" {place}: ")),
        Span::styled(
            format!("{} {}", words::targets(scenario), words::effect(outcome)),
            theme.verdict(outcome.verdict),
        ),
        Span::raw(format!(" ({} trials) ", outcome.trials)),
        Span::styled(outcome.verdict.marked(), theme.verdict(outcome.verdict)),
        Span::raw(format!(", error {}{theory}", words::two_errors(outcome))),
    ]))
}

/// The focused setting with its description, or the keys of the chart.
pub(crate) fn context(app: &App, theme: &Theme) -> Line<'static> {
    if app.screens.studies.in_chart {
        let words = "← ↑ ↓ → move to other points; Enter opens this one in the Lab";
        return Line::styled(format!(" {words}"), theme.dim());
    }
    let form = &app.screens.studies.form;
    if let Some((_, problem)) = &form.problem {
        return Line::styled(format!(" {problem}"), theme.alert());
    }
    if let Some((knob, reason)) = form.asleep(&app.work.scenario) {
        return Line::styled(format!(" {knob} changes nothing: {reason}"), theme.alert());
    }
    Line::from(vec![
        Span::styled(format!(" {}", setting::label(form)), theme.focus()),
        Span::styled(format!("  {}", setting::help(app)), theme.dim()),
    ])
}
