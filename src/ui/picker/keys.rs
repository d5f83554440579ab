//! The keys of the picker, in the place of everything else.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::ui::view::View;
use crate::ui::widget::line::shortened;

/// Width of the keys.
const KEYS: usize = 13;

/// The keys, and what they do.
const HELP: [(&str, &str); 17] = [
    ("Enter", "open the data set as chosen"),
    ("Esc, q", "leave without opening it"),
    ("↑ ↓", "another column; PgUp, PgDn, Home and End go further"),
    ("← →", "previous or next use of the column; so does a click"),
    ("l", "the column is a label; several labels are several tasks"),
    ("f", "a feature"),
    ("i", "ignored"),
    ("t", "names the task of every row"),
    ("g", "the group of every row; a group stays in one part"),
    ("p", "the part of every row: train, validation or test"),
    ("/", "show only columns with a text in their names"),
    ("F L I", "all columns that are shown are features, labels, ignored"),
    ("o", "one feature for each value of a text"),
    ("d", "drop rows with bad values"),
    ("c", "labels as they look, as classes, or as numbers"),
    ("s", "divide every feature by its standard deviation"),
    ("?", "show or hide the keys"),
];

/// Draws the keys, as many as there is room for.
pub(super) fn draw(view: &mut View<'_, '_>, area: Rect) {
    for ((keys, words), y) in HELP.into_iter().zip(area.y..area.bottom()) {
        let keys = Span::styled(format!(" {keys:<KEYS$}"), view.theme.focus());
        let line = Line::from(vec![keys, Span::raw(words)]);
        view.frame.render_widget(shortened(line, area.width), Rect { y, height: 1, ..area });
    }
}
