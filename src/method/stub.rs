//! Stub.
use serde::{Deserialize, Serialize};
/// Stub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Joint.
    #[default]
    Joint,
    /// Ridge.
    Ridge,
}
impl Method {
    /// Names.
    pub const NAMES: &'static [&'static str] = &["joint", "ridge"];
    /// From.
    pub fn from_index(index: usize) -> Self {
        if index == 0 { Self::Joint } else { Self::Ridge }
    }
    /// Index.
    pub fn index(self) -> usize {
        self as usize
    }
    /// Name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self.index()]
    }
}
