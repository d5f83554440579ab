//! The screens, and the places on them where keys mean different things.

/// A screen. Numbers between those used are left for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// One scenario, its knobs and its verdict.
    Lab,
    /// The gain of every task with every other.
    Affinity,
    /// The gain along one knob, or across two.
    Sweep,
    /// All studies of this session.
    Runs,
}

impl Screen {
    /// All screens, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Lab, Self::Affinity, Self::Sweep, Self::Runs];

    /// The digit that shows it.
    pub fn digit(self) -> char {
        match self {
            Self::Lab => '1',
            Self::Affinity => '4',
            Self::Sweep => '5',
            Self::Runs => '6',
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lab => "Lab",
            Self::Affinity => "Affinity",
            Self::Sweep => "Sweep",
            Self::Runs => "Runs",
        }
    }
}

/// Where keys act: a screen, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The Lab.
    Lab,
    /// The matrix of the Affinity screen.
    Matrix,
    /// The settings of the Sweep screen.
    Form,
    /// The chart of the Sweep screen.
    Chart,
    /// The list of the Runs screen.
    Runs,
}

impl Place {
    /// All places.
    pub const ALL: [Self; 5] = [Self::Lab, Self::Matrix, Self::Form, Self::Chart, Self::Runs];

    /// The screen it is a part of.
    pub fn screen(self) -> Screen {
        match self {
            Self::Lab => Screen::Lab,
            Self::Matrix => Screen::Affinity,
            Self::Form | Self::Chart => Screen::Sweep,
            Self::Runs => Screen::Runs,
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lab => "Lab",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::Chart => "chart",
            Self::Runs => "list",
        }
    }
}
