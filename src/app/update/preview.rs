//! The picture that is looked at: asked for, shown, left.

use std::sync::Arc;

use super::Effect;
use crate::app::lab::Pane;
use crate::app::preview::{PicturePreview, PreviewMode};
use crate::app::state::App;
use crate::figure::image::Image;

impl App {
    /// Asks for the picture of a pane as it would be written.
    pub(super) fn preview(&mut self, pane: Pane) -> Vec<Effect> {
        let Some((figure, drawing)) = self.written(pane) else {
            return self.say("nothing is drawn yet");
        };
        self.preview = Some(PicturePreview { title: figure.title.clone(), drawn: None });
        let (figure, drawing) = (Box::new(figure), Box::new(drawing));
        vec![Effect::Preview { figure, scenario: self.scenario.clone(), drawing }]
    }

    /// Takes the picture, unless it has been left meanwhile.
    pub(super) fn previewed(
        &mut self,
        drawn: Result<(Arc<Image>, PreviewMode), String>,
    ) -> Vec<Effect> {
        match (drawn, &mut self.preview) {
            (Ok(drawn), Some(preview)) => preview.drawn = Some(drawn),
            (Err(problem), Some(_)) => {
                (self.preview, self.over) = (None, None);
                return self.say(&problem);
            }
            (_, None) => {}
        }
        Vec::new()
    }
}
