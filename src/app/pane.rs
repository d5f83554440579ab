//! Panes with figures, on the Lab and on other screens.

/// A pane of the Lab, or a figure of another screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pane {
    /// The sliders.
    Knobs,
    /// The gain along the focused knob.
    Gain,
    /// The training loss.
    Loss,
    /// The plane that contains both θ.
    Plane,
    /// The theory in numbers.
    Why,
    /// The scenario in its own words, with few panes.
    About,
    /// The weighting schemes, side by side.
    Weights,
    /// Joint training, merging and fine-tuning, side by side.
    Methods,
    /// The singular values behind the weights. No pane shows this figure.
    Singular,
    /// The objective of a single shared unit, as a function of its angle: on the Theory screen.
    Landscape,
    /// Theorem 2 against the source rows, for the Theory screen. No pane shows this figure.
    Bound,
    /// The covariance spectra of all tasks, on the Tasks screen.
    Spectrum,
    /// The rows of the first trial, on the Tasks screen.
    Rows,
}

impl Pane {
    /// All panes of the Lab, in the order of Tab.
    pub const ALL: [Self; 7] =
        [Self::Knobs, Self::Gain, Self::Loss, Self::Plane, Self::Why, Self::Methods, Self::Weights];

    /// The panes of the Lab with few panes, in the order of Tab.
    pub const FEW: [Self; 4] = [Self::Knobs, Self::Why, Self::About, Self::Gain];

    /// The pane that shows the figure with this id.
    pub fn of_figure(id: &str) -> Option<Self> {
        let panes = [
            ("gain", Self::Gain),
            ("loss", Self::Loss),
            ("plane", Self::Plane),
            ("weights", Self::Weights),
            ("methods", Self::Methods),
            ("singular", Self::Singular),
            ("spectrum", Self::Spectrum),
            ("rows", Self::Rows),
            ("landscape", Self::Landscape),
            ("bound", Self::Bound),
        ];
        panes.into_iter().find(|(name, _)| *name == id).map(|(_, pane)| pane)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Knobs => "Knobs",
            Self::Gain => "Gain",
            Self::Loss => "Loss",
            Self::Plane => "Plane",
            Self::Why => "Why",
            Self::About => "The tasks",
            Self::Weights => "Weights",
            Self::Methods => "Methods",
            Self::Singular => "Singular",
            Self::Landscape => "Landscape",
            Self::Bound => "Bound",
            Self::Spectrum => "Spectrum",
            Self::Rows => "Rows",
        }
    }
}
