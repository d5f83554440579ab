//! Saves the figure that a step asks for.

use std::path::{Path, PathBuf};

use super::pupil::Pupil;
use crate::catalog::{Inputs, NoFigure};
use crate::error::{Error, Invalid};
use crate::job::FigureFormat;
use crate::lesson::{Given, StepKind};
use crate::line::voice::{Done, Trouble, Voice};
use crate::provenance::Provenance;
use crate::store::atomic::Over;
use crate::{export, store};

/// Draws the figure of the step and writes it; never replaces a file.
pub(super) fn save(pupil: &mut Pupil<'_>, file: &str, voice: &mut Voice<'_>) -> Done {
    let StepKind::Export { figure: asked, .. } = &pupil.step().kind else {
        let allowed = "only at a step that asks for a figure";
        return Err(Invalid::new("save", "no figure", allowed).into());
    };
    let student = pupil.session().student;
    let named = || format!("{}-{student}-{}.png", pupil.lesson.id, asked.id);
    let path = match file {
        "" => store::free(Path::new(&named())),
        file => PathBuf::from(file),
    };
    let kind = FigureFormat::of(&path);
    let Some(kind) = kind.filter(|_| path.extension().is_some()) else {
        return Err(Invalid::new("save", format!("\"{file}\""), FigureFormat::ALLOWED).into());
    };
    let here = &pupil.here;
    let inputs = Inputs::new(&pupil.lesson.name, here, &pupil.cancel, &|_| {});
    let figure = match asked.draw(&inputs, &Provenance::default()) {
        Ok(figure) => figure,
        Err(NoFigure::Cancelled) => return Err(Trouble::Stopped),
        Err(reason) => {
            return Err(Error::Failed(format!("there is no such figure: {reason}")).into());
        }
    };
    let name = Some(pupil.lesson.name.clone());
    let drawing = Provenance { name, ..Provenance::of(&figure) };
    let draft = pupil.here.draft();
    store::write(&path, &export::picture(kind, &figure, draft, &drawing)?, Over::Nothing)?;
    let seconds = pupil.seconds();
    pupil.keep(|session, lesson, findings| {
        Ok(session.commit(lesson, findings, Given::Saved, seconds)?)
    })?;
    voice.say(&format!("The figure is in {}.", path.display()))
}
