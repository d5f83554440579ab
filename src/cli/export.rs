//! `taskscope export`: figures of a scenario as files, or a whole screen.

use super::args::{ALL_FIGURES, Export};
use super::draw::draw;
use super::drawing::Plan;
use super::{interrupt, output};
use crate::error::{Error, Result};
use crate::figure::catalog::{Described, FIGURES};
use crate::scenario::Scenario;

pub(super) fn export(args: &Export) -> Result<()> {
    #[cfg(feature = "tui")]
    if let Some(name) = &args.shown.screen {
        return super::screen::export(args, name);
    }
    let plan = Plan::of(args)?;
    interrupt::end_on_signals(None)?;
    let (name, scenario) = args.source.scenario()?;
    let name = plan.name(name);
    let asked = asked(&args.figure, &scenario);
    for described in &asked {
        let named = args.figure.iter().any(|id| id == described.id);
        let drawing = plan.drawing(&name, described.id, args, &scenario);
        let figure = match draw(described, &name, &scenario, &drawing) {
            Err(Error::Value(none)) if !named => {
                output::note(&none.to_string());
                continue;
            }
            drawn => drawn?,
        };
        plan.write(asked.len() > 1, &figure, &scenario, &drawing)?;
    }
    Ok(())
}

/// The figures asked for, each once, in the order of the table; with `all` also those that the
/// scenario has.
fn asked(ids: &[String], scenario: &Scenario) -> Vec<&'static Described> {
    let all = ids.iter().any(|id| id == ALL_FIGURES);
    let is_asked = |figure: &&Described| {
        let own = all && !figure.of_study && figure.gap(scenario).is_none();
        own || ids.iter().any(|id| id == figure.id)
    };
    FIGURES.iter().filter(is_asked).collect()
}
