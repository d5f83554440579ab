//! A scenario as written in its file, not yet checked.

mod dataset;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::Result;
use crate::error::json::{self, Format};
use crate::method::{Method, Weighting};
use crate::model::{Loss, Rule};
use crate::task::{Activation, Response, Space};

pub use dataset::DatasetDraft;

/// The file format of scenarios that this program reads and writes.
pub const FORMAT: Format = Format { key: "taskscope", version: 1 };

/// A scenario file, as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioDraft {
    /// Format version.
    #[serde(serialize_with = "number")]
    pub taskscope: f64,
    /// Title, in one line.
    #[serde(default)]
    pub title: String,
    /// A description of a few sentences.
    #[serde(default)]
    pub about: String,
    /// Seed of every draw.
    #[serde(default = "default_seed", serialize_with = "number")]
    pub seed: f64,
    /// Number of trials behind a verdict.
    #[serde(default = "default_trials", serialize_with = "number")]
    pub trials: f64,
    /// Path of the focused knob when the scenario is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus: Option<String>,
    /// The data set of real tasks; absent: the tasks are drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<DatasetDraft>,
    /// Dimension of the features and drawing of the data.
    pub data: DataDraft,
    /// The shared model.
    #[serde(default)]
    pub model: ModelDraft,
    /// Weighting schemes and methods that `run` compares with the model's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compare: Vec<String>,
    /// The tasks.
    pub tasks: Vec<TaskDraft>,
}

/// Dimension of the features and drawing of the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataDraft {
    /// Number of features d.
    #[serde(serialize_with = "number")]
    pub dimension: f64,
    /// Draws rows or their moments.
    #[serde(default)]
    pub draw: Draw,
    /// The part that each trial redraws.
    #[serde(default)]
    pub redraw: Redraw,
    /// Own or shared rows.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rows: RowsDraft,
    /// Dimension of a random subspace near which all θs without a reference lie; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub rank: Option<f64>,
    /// Distance of these θs from the subspace; absent: 0.1.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub spread: Option<f64>,
    /// The coordinates in which the θs are compared.
    #[serde(default, skip_serializing_if = "is_default")]
    pub space: Space,
    /// Number of extra rows per task for tuning the methods; absent: 200.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub validation: Option<f64>,
}

/// Own or shared rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowsDraft {
    /// Every task has its own X.
    #[default]
    Own,
    /// All tasks share one X, each with its own labels.
    Shared,
}

/// The way the data of a trial are drawn. Both ways give the same distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draw {
    /// The moments `XᵀX`, `Xᵀy`, `yᵀy` directly, at a cost independent of the number of rows.
    #[default]
    Moments,
    /// The rows one by one.
    Rows,
}

/// The part that each trial redraws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Redraw {
    /// The θs, axes and data.
    #[default]
    Population,
    /// Only the data, from one population for all trials.
    Data,
}

/// The shared model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ModelDraft {
    /// Width r of the shared module.
    #[serde(serialize_with = "number")]
    pub width: f64,
    /// The activation g of the units.
    #[serde(skip_serializing_if = "is_default")]
    pub activation: Activation,
    /// The loss.
    #[serde(skip_serializing_if = "is_default")]
    pub loss: Loss,
    /// Task weights.
    pub weights: Weighting,
    /// The method against misaligned covariances.
    #[serde(skip_serializing_if = "is_default")]
    pub method: Method,
    /// The rule of the descent on screen.
    #[serde(skip_serializing_if = "is_default")]
    pub descent: Rule,
    /// Its learning rate; absent or 0: a stable rate is found.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub rate: Option<f64>,
}

impl Default for ModelDraft {
    fn default() -> Self {
        Self {
            width: 1.0,
            activation: Activation::default(),
            loss: Loss::default(),
            weights: Weighting::default(),
            method: Method::default(),
            descent: Rule::default(),
            rate: None,
        }
    }
}

/// The role of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaskRole {
    /// The task whose gain is measured.
    Target,
    /// A task the target is trained with.
    Source,
    /// A task that is drawn but not trained. Other tasks may refer to it, and keep their data
    /// whether it takes part or not.
    Aside,
}

impl TaskRole {
    /// All roles, in the order shown.
    pub const ALL: [Self; 3] = [Self::Target, Self::Source, Self::Aside];

    /// The name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Source => "source",
            Self::Aside => "aside",
        }
    }
}

/// One task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TaskDraft {
    /// Name; the first part of the paths of its knobs.
    pub name: String,
    /// Its role.
    pub role: TaskRole,
    /// Number of tasks of this kind; absent: one.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub count: Option<f64>,
    /// Number of rows m.
    #[serde(serialize_with = "number")]
    pub samples: f64,
    /// Standard deviation σ of the label noise; real tasks have none, [`TaskDraft::NO_NOISE`].
    #[serde(
        default = "no_noise",
        deserialize_with = "written_noise",
        serialize_with = "number",
        skip_serializing_if = "is_no_noise"
    )]
    pub noise: f64,
    /// The rule that makes labels from θ; absent: chosen to match the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Response>,
    /// Share of the ±1 labels that are flipped; absent: none. Ignored if the model chooses labels
    /// that are not signs.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub flips: Option<f64>,
    /// Share of the rows with random labels; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub random: Option<f64>,
    /// Weight α of the task if weights are manual; absent: 1.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub weight: Option<f64>,
    /// The covariance of its rows; real tasks have none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub covariance: CovarianceDraft,
    /// Its θ; absent: a random unit vector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theta: Option<ThetaDraft>,
}

/// The row covariance of a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CovarianceDraft {
    /// Shape of the spectrum.
    pub spectrum: SpectrumDraft,
    /// Number of loud axes of a block; absent: a tenth of the dimension.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub size: Option<f64>,
    /// Condition number κ: ratio of the largest to the smallest standard deviation.
    #[serde(serialize_with = "number")]
    pub condition: f64,
    /// The axes.
    pub axes: AxesDraft,
    /// Degrees by which the loud axes are turned towards the quiet ones.
    #[serde(serialize_with = "number")]
    pub rotation: f64,
}

impl Default for CovarianceDraft {
    fn default() -> Self {
        Self {
            spectrum: SpectrumDraft::Block,
            size: None,
            condition: 1.0,
            axes: AxesDraft::Shared,
            rotation: 0.0,
        }
    }
}

/// Shape of a spectrum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpectrumDraft {
    /// A block of loud axes, all others quiet.
    Block,
    /// A geometric decay.
    Decay,
}

/// The axes of a covariance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AxesDraft {
    /// The axes all tasks share.
    Shared,
    /// Random axes of the task's own.
    Random,
    /// Random axes, with the loudest along the difference between the θs.
    Difference,
}

/// A θ at an angle to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThetaDraft {
    /// Name of the reference task.
    pub from: String,
    /// The angle in degrees; either this or `cosine`.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub angle: Option<f64>,
    /// The cosine of the angle.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub cosine: Option<f64>,
    /// The direction of the difference.
    #[serde(default)]
    pub difference: DifferenceDraft,
}

/// The direction of the difference between two θs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceDraft {
    /// Any direction.
    #[default]
    Generic,
    /// Among the loud axes of the named task.
    Loud(String),
    /// Among the axes that the loud axes of the named task reach when turned by 90 degrees.
    Opposite(String),
}

impl ScenarioDraft {
    /// The draft as indented JSON with a final line break.
    pub fn to_json(&self) -> Result<String> {
        json::pretty("the scenario", self)
    }

    /// The index of the task with a name.
    pub fn task(&self, name: &str) -> Option<usize> {
        self.tasks.iter().position(|task| task.name == name)
    }
}

impl TaskDraft {
    /// The noise of a real task: a zero that is not written, told by its sign from a zero that is.
    pub const NO_NOISE: f64 = -0.0;

    /// Returns true if a noise is written.
    pub fn has_noise(&self) -> bool {
        !is_no_noise(&self.noise)
    }
}

fn no_noise() -> f64 {
    TaskDraft::NO_NOISE
}

/// A noise that is written, if only as −0: a zero without a sign.
fn written_noise<'de, D: Deserializer<'de>>(from: D) -> std::result::Result<f64, D::Error> {
    f64::deserialize(from).map(|noise| noise + 0.0)
}

fn is_no_noise(noise: &f64) -> bool {
    noise.to_bits() == TaskDraft::NO_NOISE.to_bits()
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn default_seed() -> f64 {
    1.0
}

fn default_trials() -> f64 {
    100.0
}

/// Serialises whole numbers without a decimal point.
fn number<S: Serializer>(value: &f64, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}

fn optional_number<S: Serializer>(
    value: &Option<f64>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// The default number of loud axes: a tenth of the dimension.
pub(in crate::scenario) fn default_block(dimension: f64) -> f64 {
    (dimension / 10.0).floor().max(1.0)
}
