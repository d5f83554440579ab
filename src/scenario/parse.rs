//! Parses scenario files, with errors in the words of the file.

use serde_json::Value;

use super::draft::{FORMAT, ScenarioDraft};
use crate::error::json::{read, read_format};
use crate::error::{Error, Invalid, Result};

impl ScenarioDraft {
    /// Parses a draft from JSON. `origin` names the file in errors. They contain the line, the
    /// column and, for a value of the wrong kind, the path of its field. The format version is
    /// checked first.
    pub fn parse(json: &str, origin: &str) -> Result<Self> {
        let shape = read_format(json, origin, &[FORMAT])?;
        check_shape(&shape)
            .map_err(|problem| Error::Scenario { origin: origin.to_owned(), problem })?;
        read(json, origin)
    }
}

/// Checks that objects are not lists: serde would read a struct from a list too.
fn check_shape(scenario: &Value) -> std::result::Result<(), Invalid> {
    check_object("scenario", Some(scenario))?;
    check_object("data", scenario.get("data"))?;
    check_object("model", scenario.get("model"))?;
    let dataset = scenario.get("dataset").filter(|dataset| !dataset.is_null());
    check_object("dataset", dataset)?;
    check_object("dataset.read", dataset.and_then(|dataset| dataset.get("read")))?;
    for (i, task) in scenario["tasks"].as_array().into_iter().flatten().enumerate() {
        let theta = task.get("theta").filter(|theta| !theta.is_null());
        check_object(&format!("tasks[{i}]"), Some(task))?;
        check_object(&format!("tasks[{i}].covariance"), task.get("covariance"))?;
        check_object(&format!("tasks[{i}].theta"), theta)?;
    }
    Ok(())
}

fn check_object(field: &str, value: Option<&Value>) -> std::result::Result<(), Invalid> {
    match value {
        None | Some(Value::Object(_)) => Ok(()),
        Some(Value::Array(_)) => Err(Invalid::new(field, "a list", "an object")),
        Some(other) => Err(Invalid::new(field, other, "an object")),
    }
}
