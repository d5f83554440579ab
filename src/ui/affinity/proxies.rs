//! The proxies, and whether each orders the pairs as the gains do.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::figure::affinity;
use crate::study::agreement::Agreement;
use crate::study::probe::PROXIES;
use crate::ui::block;
use crate::ui::theme::Theme;

/// Lines of the pane: one for each proxy, a heading, a frame.
pub(super) const LINES: u16 = 9;

/// Draws a line for every proxy.
pub(super) fn draw(app: &App, theme: &Theme, frame: &mut Frame, area: Rect) {
    let pane = block(" Do cheap proxies agree? ".into(), false, theme);
    let width = pane.inner(area).width as usize;
    let insight = app.studies.shown_affinity().and_then(|run| run.insight.as_ref());
    let mut lines = vec![Line::styled(row("", "τ and 95 %", width), theme.dim())];
    for (i, proxy) in PROXIES.iter().enumerate() {
        let agreement = insight.and_then(|insight| insight.agreements.get(i)?.as_ref());
        let here = i == app.studies.proxy;
        let style = if here { Modifier::REVERSED.into() } else { Style::new() };
        let text = agreement.map_or_else(|| "…".to_owned(), |a| words(a, width));
        let name = if width > 34 { proxy.name } else { proxy.id };
        lines.push(Line::from(Span::styled(row(name, &text, width), style)));
    }
    frame.render_widget(Paragraph::new(lines).block(pane), area);
}

fn words(agreement: &Agreement, width: usize) -> String {
    let number = |value: f64| format!("{value:.2}").replace('-', "−");
    let tau = agreement.tau;
    let numbers = format!("{} {}…{}", number(tau.mean), number(tau.low), number(tau.high));
    let verdict = if width > 34 { affinity::verdict(agreement) } else { "" };
    format!("{numbers} {verdict:<12}").trim_end().to_owned()
}

/// A name at the left and words at the right.
fn row(name: &str, words: &str, width: usize) -> String {
    let room = width.saturating_sub(words.width() + 2);
    let name: String = if name.width() > room {
        name.chars().take(room.saturating_sub(1)).chain(['…']).collect()
    } else {
        name.to_owned()
    };
    let gap = width.saturating_sub(name.width() + words.width() + 1);
    format!(" {name}{}{words}", " ".repeat(gap))
}
