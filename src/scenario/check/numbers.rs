//! Checks every knob and every other number.

use crate::error::Invalid;
use crate::math::digits::{exact, shown};
use crate::scenario::draft::{FORMAT, ScenarioDraft};
use crate::scenario::knob::{Handle, KNOBS};

pub(super) fn check(draft: &ScenarioDraft) -> Result<(), Invalid> {
    FORMAT.check(draft.taskscope)?;
    let whole = |field: &str, value: f64, low: f64, high: f64| {
        let inside = value.fract() == 0.0 && value >= low && value <= high;
        let allowed = format!("a whole number from {} to {}", shown(low), shown(high));
        if inside { Ok(()) } else { Err(Invalid::new(field, exact(value), allowed)) }
    };
    whole("seed", draft.seed, 0.0, 9e15)?;
    whole("trials", draft.trials, 2.0, 100_000.0)?;
    for handle in Handle::all(draft) {
        if let (Some(value), false) = (handle.get(draft), is_linked(draft, &handle)) {
            // The dimension is checked later, and named then.
            match handle.is_within_dimension() {
                true => handle.knob.check(&handle.field(), value)?,
                false => handle.check(draft, &handle.field(), value)?,
            }
        }
    }
    let weight = KNOBS.iter().find(|knob| knob.name == "weight");
    for (i, task) in draft.tasks.iter().enumerate() {
        if let (Some(knob), Some(value)) = (weight, task.weight) {
            knob.check(&format!("tasks[{i}].weight"), value)?;
        }
    }
    Ok(())
}

/// Returns true if a knob's value follows from another field. Only the written one of angle and
/// cosine is checked; ratios are never written.
fn is_linked(draft: &ScenarioDraft, handle: &Handle) -> bool {
    let theta = |name: &str| {
        let theta = draft.tasks[handle.task].theta.as_ref();
        theta.is_some_and(|t| if name == "angle" { t.angle.is_none() } else { t.cosine.is_none() })
    };
    match handle.knob.name {
        "ratio" => true,
        name @ ("angle" | "cosine") => theta(name),
        _ => false,
    }
}
