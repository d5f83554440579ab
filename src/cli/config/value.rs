//! The value of a setting, with its origin, and the allowed values.

use crate::app::settings::SettingInfo;
use crate::error::Invalid;

/// The value that asks for detection.
pub(in crate::cli) const AUTO: &str = "auto";

/// Settings that can be detected.
pub(super) const CONCLUDED: [&str; 3] = ["theme", "colours", "marks"];

/// The value of a setting and its origin.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Found {
    pub(in crate::cli) value: String,
    pub(in crate::cli) origin: String,
}

/// The allowed values of a setting.
pub(in crate::cli) fn allowed(setting: &SettingInfo) -> Vec<&'static str> {
    let auto = CONCLUDED.contains(&setting.name).then_some(AUTO);
    auto.into_iter().chain(setting.values.iter().copied()).collect()
}

/// Checks that a value is allowed. `before` is put before the name of the setting in the error.
pub(in crate::cli) fn accepted(
    setting: &SettingInfo,
    found: Found,
    before: &str,
) -> std::result::Result<Found, Invalid> {
    let allowed = allowed(setting);
    match allowed.contains(&found.value.as_str()) {
        true => Ok(found),
        false => {
            let place = if before.is_empty() { &found.origin } else { setting.name };
            let place = format!("{before}{place}");
            Err(Invalid::new(place, format!("\"{}\"", found.value), allowed.join(", ")))
        }
    }
}
