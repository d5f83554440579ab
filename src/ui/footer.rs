//! The three lines at the bottom of every screen: news, what has the focus, keys.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::field;
use super::theme::Theme;
use crate::app::{Action, App, action};

/// News or else a tip, the open field or else what has the focus, and the keys.
pub(crate) fn draw(
    app: &App,
    tip: Option<String>,
    context: Line<'static>,
    theme: &Theme,
    frame: &mut Frame,
    area: Rect,
) {
    let line = |i: u16| Rect { y: area.y + i, height: 1, ..area };
    let news = match (&app.note, tip) {
        (Some(note), _) => Line::from(Span::styled(format!(" {note}"), theme.alert())),
        (None, Some(tip)) => Line::from(format!(" {tip}")),
        (None, None) => Line::from(""),
    };
    frame.render_widget(news, line(0));
    if let Some(open) = &app.field {
        field::draw(app, open, field::hint(app, open, theme), theme, frame, line(1));
    } else {
        frame.render_widget(context, line(1));
    }
    frame.render_widget(keys(app, theme, area.width), line(2));
}

/// The hints that fit, those of the best rank first, in the order of the table.
pub(crate) fn keys(app: &App, theme: &Theme, width: u16) -> Line<'static> {
    let open = [("Enter", "accept"), ("Esc", "leave"), ("Ctrl-U", "clear")];
    let hints: Vec<(String, &str)> = if app.field.is_some() {
        open.map(|(key, hint)| (key.to_owned(), hint)).to_vec()
    } else {
        let actions = || action::at(app.place()).filter(|action| action.rank > 0);
        let mut hinted: Vec<&Action> = actions().collect();
        hinted.sort_by_key(|action| action.rank);
        let mut room = i32::from(width);
        let fits = |action: &&Action| {
            room -= (action.keys[0].to_string().width() + action.hint.width() + 3) as i32;
            room >= 0
        };
        let chosen: Vec<&Action> = hinted.into_iter().take_while(fits).collect();
        let shown =
            actions().filter(|action| chosen.iter().any(|other| std::ptr::eq(*other, *action)));
        shown.map(|action| (action.keys[0].to_string(), action.hint)).collect()
    };
    let spans = hints.into_iter().flat_map(|(key, hint)| {
        [
            Span::styled(format!(" {key}"), theme.strong()),
            Span::styled(format!(" {hint} "), theme.dim()),
        ]
    });
    Line::from_iter(spans)
}
