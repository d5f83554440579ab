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
use crate::ui::pane::{self, block};
use crate::ui::view::View;
use crate::ui::widget::text::cut;

/// Lines of the pane: one per proxy, a heading and the frame.
pub(super) const LINES: u16 = PROXIES.len() as u16 + 3;

const TITLE: &str = " Do cheap proxies agree? ";
/// What τ and the marks mean.
const LEGEND: &str = " τ 1: same order; ▲ agrees ▼ misleads ";

/// Draws one line per proxy; before a study, what a proxy is.
pub(super) fn draw(app: &App, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let pane = block(TITLE.into(), false, theme);
    let width = pane.inner(area).width as usize;
    let Some(run) = app.screens.studies.shown_affinity() else {
        let words = "A proxy is a number that costs less than training pairs. Space measures how \
                     well the order of the pairs by each proxy agrees with that by their gains.";
        return pane::text(TITLE.into(), false, words, view, area);
    };
    let insight = run.insight.as_ref();
    let unknown = if insight.is_some() { "undefined" } else { "computing" };
    let pane = match Line::from(LEGEND).width() <= width {
        true => pane.title_bottom(Line::styled(LEGEND, theme.dim())),
        false => pane,
    };
    let head = concat!("τ (", level!(), ")");
    let mut lines = vec![Line::styled(row(' ', "", head, width), theme.dim())];
    for (i, proxy) in PROXIES.iter().enumerate() {
        let agreement = insight.and_then(|insight| insight.agreements.get(i)?.as_ref());
        let here = i == app.screens.studies.proxy;
        let style = if here { Modifier::REVERSED.into() } else { Style::new() };
        let (mark, text) = agreement.map_or_else(|| (' ', unknown.to_owned()), words);
        lines.push(Line::from(Span::styled(row(mark, proxy.id, &text, width), style)));
    }
    view.frame.render_widget(Paragraph::new(lines).block(pane), area);
}

/// τ with its interval, and a mark if the interval excludes zero.
fn words(agreement: &ProxyAgreement) -> (char, String) {
    let number = |value: f64| fixed(value, 2);
    let mark = match agreement {
        found if found.agrees() => '▲',
        found if found.misleads() => '▼',
        _ => ' ',
    };
    let interval = match agreement.interval() {
        Some((low, high)) => format!("{} to {}", number(low), number(high)),
        None => "no interval".to_owned(),
    };
    (mark, format!("{} ({interval})", number(agreement.tau.mean)))
}

/// A row with a mark and a name on the left, and words on the right.
fn row(mark: char, name: &str, words: &str, width: usize) -> String {
    let room = width.saturating_sub(words.width() + 2);
    let short = name.replace("covariance", "cov").replace("normalised", "norm");
    let name = if name.width() <= room { name.to_owned() } else { cut(&short, room) };
    let gap = width.saturating_sub(name.width() + words.width() + 1);
    format!("{mark}{name}{}{words}", " ".repeat(gap))
}
