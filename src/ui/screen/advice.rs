//! The Advice screen: a page of text.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::lab;
use super::view::ScreenView;
use crate::advice::{self, PagePictures};
use crate::app::{App, Screen};
use crate::figure::words;
use crate::guide::laid_out;
use crate::math::stats::LEVEL;
use crate::provenance::command;
use crate::ui::ladder::Rung;
use crate::ui::pane::block;
use crate::ui::theme::Theme;
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Widest page; longer lines are hard to read.
const WIDEST: u16 = 110;

/// What the screen is for, before anything is measured.
const BEFORE: &str = "# Advice: what to train together\n\n\
Which of these tasks should be trained together, at what width of the shared module, with what \
weights, and how sure is that?\n\n\
Space compares plans: all tasks at every width, pairs and groups, weighting schemes. They are \
compared on validation rows. The best plan is then measured on test rows, with training rows drawn \
anew, beside every task alone (ridge regression, tuned) and all tasks together. A plan that was \
only lucky fails there.\n\n\
The page then says what to do, what it costs to do otherwise, and what more rows would change. \
The honest answer may be to train every task alone, or that there are too few rows to say.\n";

/// What the screen says of tasks that are drawn.
const DRAWN: &str = "# Advice: for real tasks\n\n\
The tasks of this scenario are drawn, so nothing is to be decided about them. Open digits, \
ratings or a file of your own: Ctrl-O, or in a shell taskscope FILE.csv --labels a,b.\n";

/// The parts of the screen.
pub(super) static VIEW: ScreenView = ScreenView {
    screen: Screen::Advice,
    draw,
    reading,
    context,
    presented: Some(Rung::Small),
    ..lab::SCENARIO
};

/// Draws the page.
fn draw(app: &App, _: Rung, view: &mut View<'_, '_>, area: Rect) {
    let state = &app.screens.advice;
    let scenario = &app.work.scenario;
    let title = match &state.seeking {
        Some((_, share)) => format!(" Advice: {:.0} % done ", 100.0 * share),
        None if state.of(scenario).is_some() => " Advice ".to_owned(),
        None if state.found.is_some() => {
            " Advice: for an earlier scenario, Space renews it ".into()
        }
        None if scenario.real().is_none() => " Advice ".to_owned(),
        None => " Advice: Space starts ".to_owned(),
    };
    let pane = block(title, true, view.theme);
    let inside = pane.inner(area);
    let page = page(app);
    let width = usize::from(inside.width.saturating_sub(2).min(WIDEST));
    let lines: Vec<Line<'static>> = laid_out(&page, width)
        .into_iter()
        .filter(|line| !line.rule)
        .map(|line| match line.heading {
            true => Line::raw(line.text).style(Modifier::BOLD),
            false => Line::raw(cut(&line.text, width)),
        })
        .collect();
    let most = lines.len().saturating_sub(usize::from(inside.height));
    let first = state.scroll.min(most);
    let after = most - first;
    view.scrolls |= most > 0;
    let more = if after > 0 { format!(" … {after} more lines ↓ ") } else { String::new() };
    let pane = pane.title_bottom(Line::styled(more, view.theme.dim()).right_aligned());
    view.frame.render_widget(pane, area);
    let inner =
        Rect { x: inside.x + 1.min(inside.width), width: inside.width.saturating_sub(2), ..inside };
    let shown: Vec<Line<'static>> = lines.into_iter().skip(first).collect();
    view.frame.render_widget(Paragraph::new(shown), inner);
}

/// The page in Markdown.
fn page(app: &App) -> String {
    let (state, work) = (&app.screens.advice, &app.work);
    match &state.found {
        Some((scenario, Ok(advice))) => {
            let own = scenario.draft();
            let command = command::advise(&work.name, own);
            advice::markdown(advice, &own.title, &command, &PagePictures::default())
        }
        Some((_, Err(problem))) => format!("# Advice: none\n\n{problem}\n"),
        None if work.scenario.real().is_none() => DRAWN.to_owned(),
        None => BEFORE.to_owned(),
    }
}

/// The verdict of the Lab, with the width it holds for: the page compares several.
fn reading(app: &App, theme: &Theme) -> Vec<Line<'static>> {
    let lab = &app.screens.lab;
    let Some((outcome, measurement)) = lab.outcome().zip(lab.measurement()) else {
        return vec![Line::from(" measuring"), Line::from("")];
    };
    let (scenario, fresh) = (&app.work.scenario, lab.fresh);
    let style = if fresh { theme.verdict(outcome.verdict) } else { theme.dim() };
    let more = if fresh && measurement.is_complete() { "" } else { ", measuring" };
    let (width, effect) = (scenario.width(), words::effect(outcome));
    vec![
        Line::styled(format!(" {}", words::verdict(scenario, outcome)), style),
        Line::from(vec![
            Span::styled(format!(" {effect} ({LEVEL}, {} trials{more})", outcome.trials), style),
            Span::raw(format!(", at width {width} in the Lab")),
        ]),
    ]
}

/// What to do, in one line.
fn context(app: &App, theme: &Theme) -> Line<'static> {
    let state = &app.screens.advice;
    let words = match (&state.seeking, state.of(&app.work.scenario)) {
        (Some(_), _) => "comparing plans; Space stops".to_owned(),
        (None, Some(Ok(advice))) => advice.headline(),
        (None, _) if app.work.scenario.real().is_some() => "Space compares plans".to_owned(),
        (None, _) => "advice is for real tasks".to_owned(),
    };
    Line::styled(format!(" {words}"), theme.dim())
}
