//! Parses scenario files, with errors in the words of the file.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::draft::{ScenarioDraft, check_format};
use crate::error::{Error, Invalid, Result, brief, plain};

/// The error for a difference that names no task.
const NO_TASK: &str =
    "found no task; allowed: \"generic\", {\"loud\": TASK} or {\"opposite\": TASK}";

impl ScenarioDraft {
    /// Parses a draft from JSON. `origin` names the file in errors. They contain the line, the
    /// column and, for a value of the wrong kind, the path of its field. The format version is
    /// checked first.
    pub fn parse(json: &str, origin: &str) -> Result<Self> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let shape = read(json, origin)?;
        check_shape(&shape)
            .map_err(|problem| Error::Scenario { origin: origin.to_owned(), problem })?;
        read(json, origin)
    }
}

/// Parses JSON; `origin` names the file in errors.
pub(crate) fn read<T: DeserializeOwned>(json: &str, origin: &str) -> Result<T> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| fault(json, origin, error.inner(), &error.path().to_string()))?;
    reader.end().map_err(|error| fault(json, origin, &error, "."))?;
    Ok(value)
}

/// Checks the version, and that objects are not lists: serde would read a struct from a list too.
fn check_shape(scenario: &Value) -> std::result::Result<(), Invalid> {
    check_object("scenario", Some(scenario))?;
    scenario["taskscope"].as_f64().map_or(Ok(()), check_format)?;
    check_object("data", scenario.get("data"))?;
    check_object("model", scenario.get("model"))?;
    let dataset = scenario.get("dataset").filter(|dataset| !dataset.is_null());
    check_object("dataset", dataset)?;
    check_object("dataset.read", dataset.and_then(|dataset| dataset.get("read")))?;
    for (i, task) in scenario["tasks"].as_array().into_iter().flatten().enumerate() {
        let theta = task.get("theta").filter(|theta| !theta.is_null());
        check_object(&format!("tasks[{i}]"), Some(task))?;
        if scenario["dataset"].is_null() && task.get("noise").is_none() {
            return Err(Invalid::new(
                format!("tasks[{i}].noise"),
                "no noise",
                "a number from 0 on",
            ));
        }
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

fn fault(json: &str, origin: &str, error: &serde_json::Error, field: &str) -> Error {
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    let is_no_value = ["expected value", "expected ident", "invalid number"].contains(&said);
    let message = if is_no_value {
        let found = brief(word(json, error.line(), error.column()));
        format!("found {found}; allowed: a number, a \"text\", a list or an object")
    } else {
        translated(said)
    };
    let is_value = error.is_data() || is_no_value || said == "number out of range";
    let is_named = is_value && field != ".";
    Error::Json {
        origin: origin.to_owned(),
        line: error.line(),
        column: error.column(),
        field: if is_named { format!("{}: ", brief(field)) } else { String::new() },
        message,
    }
}

fn translated(said: &str) -> String {
    let said =
        plain(&said.replace("invalid type: unit variant, expected newtype variant", NO_TASK));
    match said.rsplit_once("; allowed: ") {
        Some((found, allowed)) => format!("{}; allowed: {allowed}", brief(found)),
        None => said,
    }
}

/// The word at a position, or the single character there.
fn word(json: &str, line: usize, column: usize) -> &str {
    let line = json.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let at = (0..column).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
    let is_part = |c: char| c.is_alphanumeric() || "+-._".contains(c);
    let (before, after) = line.split_at(at);
    let start = before.trim_end_matches(is_part).len();
    let end = after.find(|c| !is_part(c)).unwrap_or(after.len());
    match after.chars().next() {
        Some(sign) if start == at + end => &line[at..at + sign.len_utf8()],
        _ => &line[start..at + end],
    }
}
