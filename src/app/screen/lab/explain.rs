//! Explanations of what has the focus in the Lab.

use super::state::Lab;
use crate::app::overlay::OverlayEntry;
use crate::app::overlay::explain::{GAIN_FORMULA, OURS, Subject, knob, subject};
use crate::app::pane::Pane;
use crate::app::work::Work;

const GAIN: Subject = Subject {
    name: "Gain",
    words: "the share of the target's error removed by training it with others; positive helps, \
            negative hurts",
    formula: GAIN_FORMULA,
    source: OURS,
};
const LOSS: Subject = Subject {
    name: "Loss",
    words: "training loss of gradient descent on the first trial; dotted lines: the optima; no \
            verdict comes from an unfinished descent",
    formula: "f = Σᵢ αᵢ ‖g(Xᵢ B) Aᵢ − yᵢ‖²",
    source: "eq. 1 and 2 of the paper",
};
const PLANE: Subject = Subject {
    name: "Plane",
    words: "directions of θ for target and source, the spread of their rows there, and the shared \
            module between them",
    formula: "B maximises h(B) = Σᵢ αᵢ ⟨Xᵢ B / ‖Xᵢ B‖, yᵢ⟩²",
    source: "eq. 4 and Figure 2 of the paper",
};
const WHY: Subject = Subject {
    name: "Why",
    words: "the theory's prediction, without training: less variance because the source's rows \
            steady B, against bias because B must serve both tasks",
    formula: "gain = variance saved − bias added, both as shares of R(alone); the pane lists each \
              one's part in the gain",
    source: "deterministic equivalents for Gaussian rows, our own derivation, checked by simulation",
};
const WEIGHTS: Subject = Subject {
    name: "Task weights",
    words: "the weight of each task's loss in training, scheme by scheme, and its effect on \
            every task",
    formula: "αᵢ = ‖θᵢᵀ U_r‖, with U_r from the SVD of (X₁ᵀy₁ … X_kᵀy_k)",
    source: "Algorithm 2 of the paper; our default standardises labels, as raw ones mislead it",
};

const METHODS: Subject = Subject {
    name: "Methods side by side",
    words: "the gain over the target alone of joint training, of merging (the weighted mean of the \
            tasks' own models) and of fine-tuning (ridge towards the source's model); beside each, \
            what theory predicts without training, for merging with the best weights",
    formula: "merged: θ̂ = (1 − w)θ̂₁ + wθ̂₂, w* = V₁/(V₁ + V₂ + D); fine-tuned: min ‖y − Xθ‖² + \
              λ‖θ − θ̂₂‖²",
    source: "Ilharco et al., ICLR 2023; Wortsman et al., ICML 2022; Dar, LeJeune & Baraniuk, arXiv \
             2103.05621",
};

/// Explains the focused knob or pane.
pub(in crate::app) fn explain_focus(lab: &Lab, work: &Work) -> Vec<OverlayEntry> {
    match lab.pane {
        Pane::Gain => subject(&GAIN),
        Pane::Loss => subject(&LOSS),
        Pane::Plane => subject(&PLANE),
        Pane::Why => subject(&WHY),
        Pane::Weights | Pane::Singular => subject(&WEIGHTS),
        Pane::Methods => subject(&METHODS),
        _ => knob(&work.scenario, lab.focus),
    }
}
