//! The preview of a picture: requesting, showing and closing.

use std::sync::Arc;

use super::Effect;
use crate::app::pane::Pane;
use crate::app::preview::{PicturePreview, PreviewMode};
use crate::app::program::App;
use crate::figure::image::Image;

impl App {
    /// Requests a preview of a pane's figure.
    pub(super) fn preview(&mut self, pane: Pane) -> Vec<Effect> {
        let Some((figure, drawing)) = self.figure_to_save(pane) else {
            return self.say("the chart is not drawn yet");
        };
        self.view.preview = Some(PicturePreview { title: figure.title.clone(), drawn: None });
        let (figure, drawing) = (Box::new(figure), Box::new(drawing));
        vec![Effect::Preview { figure, scenario: self.work.scenario.clone(), drawing }]
    }

    /// Stores the preview, unless it has been closed meanwhile.
    pub(super) fn previewed(
        &mut self,
        drawn: Result<(Arc<Image>, PreviewMode), String>,
    ) -> Vec<Effect> {
        match (drawn, &mut self.view.preview) {
            (Ok(drawn), Some(preview)) => preview.drawn = Some(drawn),
            (Err(problem), Some(_)) => {
                (self.view.preview, self.over) = (None, None);
                return self.say(problem);
            }
            (_, None) => {}
        }
        Vec::new()
    }
}
