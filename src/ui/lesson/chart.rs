//! The figure for the predicted setting, hidden until the prediction is committed.

use ratatui::layout::Rect;
use ratatui::widgets::{Paragraph, Wrap};

use crate::app::screen::lessons::Playing;
use crate::app::{App, HitTarget, Pane};
use crate::figure::{Figure, affinity, gain};
use crate::lesson::{SettingFindings, SettingQuestion};
use crate::study::Curve;
use crate::ui::pane;
use crate::ui::view::View;
use crate::ui::widget::figure;
use crate::ui::widget::text::cut;

/// Draws the figure, or says why there is none yet.
pub(super) fn draw(app: &App, playing: &Playing, view: &mut View<'_, '_>, area: Rect) {
    let theme = view.theme;
    let drawn = figure_of(app, playing);
    let title = drawn.as_ref().map_or("Figure", |drawn| drawn.title.as_str());
    let title = cut(title, usize::from(area.width).saturating_sub(4));
    let inner = pane::draw(format!(" {title} "), false, view, area);
    let Some(drawn) = drawn.filter(|drawn| !drawn.is_empty()) else {
        let words = match playing.is_masked() {
            true => "Hidden until you commit.",
            false if playing.found().is_some() && playing.subject().is_some() => {
                "No gain can be named here."
            }
            false => "measuring",
        };
        let words = Paragraph::new(words).wrap(Wrap { trim: true }).style(theme.dim());
        return view.frame.render_widget(words, inner);
    };
    let placed = figure::draw(&drawn, theme, inner, view.frame.buffer_mut());
    let is_curve = drawn.id == "gain";
    let is_trials =
        playing.setting().is_some_and(|setting| setting.asked == SettingQuestion::Trials);
    if is_curve && is_trials && playing.may_trace(&app.work.scenario, app.screens.lab.focus) {
        view.regions.add_figure(&placed, HitTarget::Figure(Pane::Gain));
    }
}

/// The comparison, the gain along a knob, or the matrix of all pairs. While a prediction about the
/// same line is open, only values already predicted are drawn.
pub(super) fn figure_of(app: &App, playing: &Playing) -> Option<Figure> {
    let found = playing.found()?;
    if playing.subject().is_some() {
        return playing.compared();
    }
    match found {
        SettingFindings::Trials { scenario, measurement, .. } => {
            if **scenario != *app.work.scenario {
                return None;
            }
            let handle = app.screens.lab.focus;
            let points;
            let curve = match playing.may_trace(scenario, handle) {
                true => app.screens.lab.curve.as_ref()?,
                false => {
                    points = Curve::measured(handle, playing.seen_along(scenario, handle));
                    &points
                }
            };
            Some(gain::figure(scenario, curve, Some(&measurement.own().targets), None))
        }
        SettingFindings::Sweep(swept) => {
            let curve = Curve::measured(swept.handle, swept.points.clone());
            Some(gain::figure(&playing.setting()?.scenario, &curve, None, None))
        }
        SettingFindings::Affinity { results, .. } => affinity::matrix(results),
    }
}
