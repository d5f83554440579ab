//! Explanations of items on the screen: in plain words, as a symbol, as a formula, and the source.

use super::OverlayEntry;
use crate::figure::words;
use crate::math::stats::level;
use crate::scenario::{Handle, Scenario};

pub(in crate::app) const PAPER: &str = "Wu, Zhang & Ré, ICLR 2020 (arXiv 2005.00944)";
pub(in crate::app) const OURS: &str = "our own measure, at the models' optima";

/// An item on the screen that is not a knob.
pub(in crate::app) struct Subject {
    pub(in crate::app) name: &'static str,
    pub(in crate::app) words: &'static str,
    pub(in crate::app) formula: &'static str,
    pub(in crate::app) source: &'static str,
}

/// The formula of the gain.
pub(in crate::app) const GAIN_FORMULA: &str = concat!(
    "1 − mean R(together) / mean R(alone),  R = (θ̂ − θ)ᵀ Σ (θ̂ − θ); verdict: sign of the gain if \
     its paired ",
    level!(),
    " interval excludes zero"
);

/// Explains an item that is not a knob.
pub(in crate::app) fn subject(subject: &Subject) -> Vec<OverlayEntry> {
    let mut entries =
        vec![OverlayEntry::heading(subject.name), OverlayEntry::new("in words", subject.words)];
    if !subject.formula.is_empty() {
        entries.push(OverlayEntry::new("formula", subject.formula));
    }
    entries.push(OverlayEntry::new("source", subject.source));
    entries
}

/// Explains a knob: its value, its range and its role in the model.
pub(in crate::app) fn knob(scenario: &Scenario, handle: Handle) -> Vec<OverlayEntry> {
    let knob = handle.knob;
    let path = handle.path(scenario.draft());
    let (formula, source) = formula(knob.name);
    let mut entries = vec![
        OverlayEntry::heading(path),
        OverlayEntry::new("in words", knob.help),
        OverlayEntry::new("now", words::knob(scenario, handle)),
        OverlayEntry::new("allowed", handle.allowed_words(scenario.draft())),
    ];
    if !knob.symbol.is_empty() {
        entries.push(OverlayEntry::new("symbol", knob.symbol));
    }
    if !formula.is_empty() {
        entries.push(OverlayEntry::new("formula", formula));
    }
    entries.push(OverlayEntry::new("source", source));
    entries
}

/// The formula that a knob appears in, and its source.
fn formula(name: &str) -> (&'static str, &'static str) {
    const DATA: &str = "section 3 of the paper: similarity of tasks";
    match name {
        "angle" | "cosine" => ("cos ∠(θ₁, θ₂) = θ₁ᵀθ₂ / (‖θ₁‖ ‖θ₂‖)", DATA),
        "rotation" => ("Σ = Q D² Qᵀ; loud axes cos φ · s₁ + sin φ · s₃", "Figure 3 of the paper"),
        "condition" => ("Σ = Q D² Qᵀ, κ = largest / smallest entry of D", "Figure 3 of the paper"),
        "size" => ("D: κ on that many axes, 1 on the others", "Figure 3 of the paper"),
        "samples" => ("Xᵢ is mᵢ × d; R(alone) = σ² d / (m − d − 1) for m > d + 1", DATA),
        "ratio" => ("m / m₁", DATA),
        "noise" => ("y = Xθ + ε,  ε ~ N(0, σ²)", "section 2 of the paper"),
        "random" | "flips" => ("a share of y replaced", "section 3.3 of the paper: label noise"),
        "labels" => ("y = Xθ + ε,  a · max(Xθ, 0) + ε,  or ±1", "section 2 of the paper"),
        "count" => ("k tasks; with r ≥ k nothing has to be shared", "Proposition 1 of the paper"),
        "weight" | "weights" => ("f = Σᵢ αᵢ Lᵢ", "eq. 2 and Algorithm 2 of the paper"),
        "width" => ("B is d × r; r ≥ k: no transfer", "Proposition 1 of the paper"),
        "activation" => ("g(x B) Aᵢ, g(z) = z or max(z, 0)", "eq. 1 of the paper"),
        "loss" => ("‖g(Xᵢ B) Aᵢ − yᵢ‖², or log(1 + exp(−y z))", "eq. 1 of the paper"),
        "method" => ("Zᵢ = Xᵢ Rᵢ in front of B", "Algorithm 1 of the paper, and baselines"),
        "rank" | "spread" => {
            ("θᵢ = U aᵢ + spread · eᵢ", "Proposition 1 and our demonstration of it")
        }
        "dimension" => ("d columns of X", "section 2 of the paper"),
        "draw" => ("H = XᵀX, c = Xᵀy, s = yᵀy: all a linear model needs", "Bartlett 1933"),
        _ => ("", PAPER),
    }
}
