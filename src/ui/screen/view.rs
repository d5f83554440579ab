//! The parts of a screen, which each screen's module fills in.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::app::tips::Tip;
use crate::app::{App, Screen};
use crate::ui::footer::{self, Footer};
use crate::ui::ladder::Rung;
use crate::ui::theme::Theme;
use crate::ui::view::View;

/// Writes lines in the styles of a theme.
pub(in crate::ui) type Lines = fn(&App, &Theme) -> Vec<Line<'static>>;

/// The parts of a screen.
pub(in crate::ui) struct ScreenView {
    pub(in crate::ui) screen: Screen,
    /// Draws the panes for a layout.
    pub(in crate::ui) draw: fn(&App, Rung, &mut View<'_, '_>, Rect),
    /// Items of the tab line beside the tabs, the most important last.
    pub(in crate::ui) state: fn(&App) -> Vec<String>,
    /// The result, or the reading under the cursor, in up to two lines.
    pub(in crate::ui) reading: Lines,
    /// True if a pane of the widest layout shows the result.
    pub(in crate::ui) has_result_pane: bool,
    /// The focused item with its description.
    pub(in crate::ui) context: fn(&App, &Theme) -> Line<'static>,
    /// The first tip.
    pub(in crate::ui) hint: Option<fn(&App) -> String>,
    /// All lines for terminals too small for panes; `None` for name, context, title and reading.
    pub(in crate::ui) summary: Option<Lines>,
    /// A line below the context, for terminals too small for panes.
    pub(in crate::ui) title: Option<fn(&App, &Theme) -> Line<'static>>,
    /// Layout of the panes in presenter mode; `None` for the verdict and the gain.
    pub(in crate::ui) presented: Option<Rung>,
}

impl ScreenView {
    /// The item under the pointer or else the focused item, with its description.
    pub(in crate::ui) fn context(&self, app: &App, theme: &Theme) -> Line<'static> {
        footer::pointed(app).unwrap_or_else(|| (self.context)(app, theme))
    }

    /// Tip and context for the footer.
    pub(in crate::ui) fn footer(&self, app: &App, theme: &Theme) -> Footer {
        Footer { tip: self.tip(app), context: self.context(app, theme) }
    }

    /// The tip in view, if tips are on.
    fn tip(&self, app: &App) -> Option<String> {
        match app.tips.shown().filter(|_| app.settings.tips)? {
            Tip::Turn => self.hint.map(|hint| hint(app)),
            Tip::Pin | Tip::Plane if self.screen != Screen::Lab => None,
            tip => Some(tip.words()),
        }
    }
}
