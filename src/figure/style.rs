//! Styles of marks: roles, dashes and symbols.

use crate::scenario::ScenarioDraft;
use crate::scenario::draft::TaskRole;

/// The role of a mark; decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkRole {
    /// The target.
    Target,
    /// The source.
    Source,
    /// The shared module.
    Shared,
    /// Predicted without training.
    Theory,
    /// Measured over trials.
    Measured,
    /// The current setting.
    Here,
    /// A baseline or reference level.
    Reference,
    /// One of several series, counted from 0; colours repeat after seven.
    Series(u8),
}

/// Dash pattern of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
    /// Long dashes with a dot between.
    DashDot,
}

/// Symbol of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// ●
    Disc,
    /// ▲
    Triangle,
    /// ■
    Square,
    /// ◆
    Diamond,
    /// ✕
    Cross,
    /// ◉
    Ring,
    /// ✚
    Plus,
    /// ▼
    TriangleDown,
}

/// The part of a text that is placed at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Anchor {
    /// The left end.
    #[default]
    Start,
    /// The middle.
    Middle,
    /// The right end.
    End,
}

impl MarkRole {
    /// Returns its name: `target`, `series 2`.
    pub fn name(self) -> String {
        let name = match self {
            Self::Target => "target",
            Self::Source => "source",
            Self::Shared => "shared",
            Self::Theory => "theory",
            Self::Measured => "measured",
            Self::Here => "here",
            Self::Reference => "reference",
            Self::Series(number) => return format!("series {number}"),
        };
        name.to_owned()
    }
}

impl Anchor {
    /// Returns the shares of the text before and after the point.
    pub fn parts(self) -> (f64, f64) {
        match self {
            Self::Start => (0.0, 1.0),
            Self::Middle => (0.5, 0.5),
            Self::End => (1.0, 0.0),
        }
    }
}

impl Dash {
    /// Returns the dash pattern of a series, so that lines differ without colour.
    pub fn of_series(series: u8) -> Self {
        [Self::Solid, Self::Dashed, Self::Dotted, Self::DashDot][usize::from(series) % 4]
    }
}

impl Symbol {
    /// Number of symbols.
    pub const COUNT: usize = 8;

    /// Returns the symbol of a task, the same wherever the task is drawn: one of its own, with the
    /// first target and its first partner in front; with more tasks than symbols, that of its role.
    pub fn of_task(scenario: &ScenarioDraft, entry: usize) -> Self {
        let tasks = &scenario.tasks;
        let role = tasks.get(entry).map_or(TaskRole::Aside, |task| task.role);
        if tasks.len() >= Self::COUNT {
            return match role {
                TaskRole::Target => Self::Disc,
                TaskRole::Source => Self::Triangle,
                TaskRole::Aside => Self::Cross,
            };
        }
        let target = tasks.iter().position(|task| task.role == TaskRole::Target).unwrap_or(0);
        let has = |role| move |i: &usize| *i != target && tasks[*i].role == role;
        let with = |role| (0..tasks.len()).find(has(role));
        let partner = with(TaskRole::Source).or_else(|| with(TaskRole::Target));
        let first = [Some(target), partner].into_iter().flatten();
        let others = (0..tasks.len()).filter(|i| *i != target && Some(*i) != partner);
        let place = first.chain(others).position(|other| other == entry).unwrap_or(0);
        Self::of_series(place as u8)
    }

    /// Returns the symbol of a series, so that points differ without colour.
    pub fn of_series(series: u8) -> Self {
        let symbols: [Self; Self::COUNT] = [
            Self::Disc,
            Self::Triangle,
            Self::Square,
            Self::Diamond,
            Self::Cross,
            Self::Ring,
            Self::Plus,
            Self::TriangleDown,
        ];
        symbols[usize::from(series) % symbols.len()]
    }
}
