//! Claims of the paper, and our own about it, each measured in the setting in which it appears.

mod alignment;
mod best_weights;
mod capacity;
mod change;
mod check;
pub mod claim;
mod figure3;
mod groups;
mod line;
mod merging;
mod plane;
mod propositions;
mod real;
mod relu;
mod sampler;
mod similarity;
mod theorem2;
mod weights;

pub use check::{CheckOutcome, ClaimCheck, Expectation};
pub use claim::{ClaimVerdict, Finding, PaperClaim, Standing};

/// All claims, in the order of the paper.
pub static CLAIMS: &[PaperClaim] = &[
    capacity::CAPACITY,
    propositions::PROPOSITION_1,
    figure3::SAME,
    figure3::LOUD,
    figure3::OTHER_AXES,
    figure3::REVERSED,
    relu::RELU,
    plane::SMOOTH,
    plane::JUMP,
    theorem2::THEOREM_2,
    similarity::SELF_SCORES,
    alignment::MILD,
    alignment::STRONG,
    weights::AS_PRINTED,
    weights::STANDARDISED,
    weights::RANDOM_LABELS,
    propositions::PROPOSITION_3,
    real::FEW_ROWS,
    real::SIMILARITY,
    real::RANDOM_LABELS,
    real::TRANSFER,
    real::WIDTH,
    sampler::MOMENTS,
    line::THEORY_LINE,
    merging::MERGING,
    change::CHANGE,
    best_weights::BEST_WEIGHTS,
    groups::SURROGATE,
];

/// Finds a claim by its id.
pub fn find(id: &str) -> Option<&'static PaperClaim> {
    CLAIMS.iter().find(|claim| claim.id == id)
}
