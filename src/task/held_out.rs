//! The performance of predictions on held-out rows with labels ±1.

use nalgebra::DVector;

/// Performance on held-out rows with labels ±1. A positive prediction says +1, a negative one −1; a
/// prediction of exactly 0, as of a ReLU unit that is off, is half right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOut {
    /// Share of the rows whose label has the predicted sign.
    pub accuracy: f64,
    /// Mean of `ln(1 + exp(−y f))` over the rows.
    pub logistic_loss: f64,
    /// The area under the ROC curve: the share of pairs of a row with label +1 and one with −1 in
    /// which the first has the larger prediction; ties count half. `None` if a class has no row.
    pub auc: Option<f64>,
    /// F1 of the class +1, `2TP / (2TP + FP + FN)`. `None` if no row has or is given the label +1.
    pub f1: Option<f64>,
}

impl HeldOut {
    /// The performance of predictions f (m) for labels y (m), ±1.
    pub fn of(f: &DVector<f64>, y: &DVector<f64>) -> Self {
        let m = y.len() as f64;
        let scores = f.component_mul(y);
        Self {
            accuracy: scores.iter().map(|&score| right(score)).sum::<f64>() / m,
            logistic_loss: scores.iter().map(|&s| softplus(-s)).sum::<f64>() / m,
            auc: auc(f, y),
            f1: f1(f, y),
        }
    }
}

/// The share to which a prediction with this product of prediction and label is right.
pub fn right(score: f64) -> f64 {
    if score == 0.0 { 0.5 } else { f64::from(u8::from(score > 0.0)) }
}

/// The area under the ROC curve, from the ranks of the predictions; equal ones share their mean
/// rank.
fn auc(f: &DVector<f64>, y: &DVector<f64>) -> Option<f64> {
    let mut rows: Vec<(f64, bool)> = f.iter().zip(y).map(|(f, y)| (*f, *y > 0.0)).collect();
    rows.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let (mut before, mut ranks) = (0.0, 0.0);
    for equal in rows.chunk_by(|one, other| one.0 == other.0) {
        let count = equal.len() as f64;
        let plus = equal.iter().filter(|row| row.1).count() as f64;
        ranks += plus * (before + (count + 1.0) / 2.0);
        before += count;
    }
    let plus = rows.iter().filter(|row| row.1).count() as f64;
    let minus = before - plus;
    let pairs = plus * minus;
    (pairs > 0.0).then(|| (ranks - plus * (plus + 1.0) / 2.0) / pairs)
}

fn f1(f: &DVector<f64>, y: &DVector<f64>) -> Option<f64> {
    let count = |said: bool, is: bool| {
        let rows = f.iter().zip(y).filter(|(f, y)| (**f > 0.0) == said && (**y > 0.0) == is);
        rows.count() as f64
    };
    let right = 2.0 * count(true, true);
    let all = right + count(true, false) + count(false, true);
    (all > 0.0).then(|| right / all)
}

/// `ln(1 + eᵗ)`, without overflow.
pub fn softplus(t: f64) -> f64 {
    t.max(0.0) + (-t.abs()).exp().ln_1p()
}
