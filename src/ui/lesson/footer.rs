//! The footer of a lesson.

use ratatui::text::Line;

use crate::app::App;
use crate::app::screen::KeyContext;
use crate::app::screen::lessons::Playing;
use crate::ui::footer::{Footer, pointed};
use crate::ui::screen::lab;
use crate::ui::theme::Theme;

/// The item under the pointer or else the focused knob or the keys; no tips.
pub(super) fn of(app: &App, playing: &Playing, theme: &Theme) -> Footer {
    let context = pointed(app).unwrap_or_else(|| context(app, playing, theme));
    Footer { tip: None, context }
}

/// The focused knob, or what the keys do here.
fn context(app: &App, playing: &Playing, theme: &Theme) -> Line<'static> {
    let next = app.screens.lessons.next_after(&playing.lesson);
    let words = match playing.key_context() {
        KeyContext::Bench => return lab::context(app, theme),
        KeyContext::Question if playing.wants_confidence() => {
            " a letter or ↑ ↓ chooses; 1 2 3: how sure you are; Esc leaves"
        }
        KeyContext::Question => " a letter or ↑ ↓ chooses; Esc leaves",
        _ if playing.wants_words() => {
            " type your answer, then Enter; Tab: a hint; → goes on; Esc leaves"
        }
        _ if playing.wants_more() => " Enter answers; Esc leaves",
        _ if playing.is_over() && next.is_some() => {
            " Enter starts the next lesson; Esc goes to the list"
        }
        _ if playing.is_over() && playing.is_tour() => " Enter or Esc goes back to the Lab",
        _ if playing.is_over() => " Enter or Esc goes to the list of lessons",
        _ if playing.is_held() => " being measured; Esc leaves",
        _ => " Enter or → goes on; Esc leaves",
    };
    Line::styled(words, theme.dim())
}
