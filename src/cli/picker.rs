//! A table whose labels are not known: the screen asks.

use std::path::Path;

use crate::app::App;
use crate::cli::source::Source;
use crate::error::{Error, Result};
use crate::scenario::Preset;
use crate::scenario::preset::PRESETS;
use crate::store::tables;

/// The program with the column picker, if `source` is a table and it is not clear which columns are
/// labels, or the table cannot be read as it is. `None` if it opens without a question, or if
/// changes to tasks are given that are not known yet.
pub(super) fn app(source: &Source) -> Result<Option<App>> {
    let changes = &source.changes;
    let Some(asked) = source.scenario.as_deref() else { return Ok(None) };
    let is_table = crate::dataset::table::is_table(Path::new(asked));
    if !changes.is_nothing()
        || !is_table
        || Preset::find(asked).is_some()
        || !changes.data.labels.is_empty()
    {
        return Ok(None);
    }
    let place = changes.data.unread(asked);
    let is_asked = tables::needs_choice(Path::new(asked), &place.read)?
        || matches!(source.scenario(), Err(Error::Data { .. }));
    if !is_asked {
        return Ok(None);
    }
    let (name, behind) = (PRESETS[0].name, PRESETS[0].scenario()?);
    Ok(Some(App::new(name, behind).picking(place)))
}
