//! The proxies, and whether each orders the pairs as the gains do.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use crate::app::App;
use crate::math::digits::fixed;
use crate::math::stats::level;
use crate::study::agreement::ProxyAgreement;
use crate::study::probe::PROXIES;
use crate::ui::pane::block;
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Lines of the pane: one per proxy, a heading and the frame.
pub(super) const LINES: u16 = PROXIES.len() as u16 + 3;

/// Draws one line per proxy.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(" Do cheap proxies agree? ".into(), false, theme);
    let width = pane.inner(area).width as usize;
    let insight = app.screens.studies.shown_affinity().and_then(|run| run.insight.as_ref());
    let head = concat!("τ (", level!(), ")");
    let mut lines = vec![Line::styled(row(' ', "", head, width), theme.dim())];
    for (i, proxy) in PROXIES.iter().enumerate() {
        let agreement = insight.and_then(|insight| insight.agreements.get(i)?.as_ref());
        let here = i == app.screens.studies.proxy;
        let style = if here { Modifier::REVERSED.into() } else { Style::new() };
        let (mark, text) = agreement.map_or_else(|| (' ', "…".to_owned()), words);
        lines.push(Line::from(Span::styled(row(mark, proxy.id, &text, width), style)));
    }
    view.frame.render_widget(Paragraph::new(lines).block(pane), area);
}

/// τ with its interval, and a mark if the interval excludes zero.
fn words(agreement: &ProxyAgreement) -> (char, String) {
    let number = |value: f64| fixed(value, 2).replacen("0.", ".", 1);
    let tau = agreement.tau;
    let mark = match agreement {
        found if found.agrees() => '▲',
        found if found.misleads() => '▼',
        _ => ' ',
    };
    (mark, format!("{} ({}, {})", number(tau.mean), number(tau.low), number(tau.high)))
}

/// A row with a mark and a name on the left, and words on the right.
fn row(mark: char, name: &str, words: &str, width: usize) -> String {
    let room = width.saturating_sub(words.width() + 2);
    let name = cut(name, room);
    let gap = width.saturating_sub(name.width() + words.width() + 1);
    format!("{mark}{name}{}{words}", " ".repeat(gap))
}
