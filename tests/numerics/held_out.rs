//! Scores of predictions on held-out rows against scikit-learn, and where they are not defined.

use nalgebra::DVector;
use taskscope::task::HeldOut;

fn labels() -> DVector<f64> {
    DVector::from_fn(40, |i, _| if (5 * i * i + 2 * i) % 11 < 5 { 1.0 } else { -1.0 })
}

#[test]
fn area_under_the_curve_and_f1_are_those_of_scikit_learn_also_with_ties() {
    let number = |i: usize| ((7 * i * i + 3 * i) % 19) as f64 - 8.0;
    let tied = DVector::from_fn(40, |i, _| number(i) / 4.0);
    let rounded = tied.map(f64::round_ties_even);
    let near = DVector::from_fn(40, |i, _| 0.5 * labels()[i] + (((7 * i) % 13) as f64 - 6.0) / 4.0);
    // scikit-learn 1.9.1: roc_auc_score(y, f) and f1_score(y, where(f > 0, 1, -1)).
    let expected = [
        (tied, 0.493734335839599, 0.411764705882353),
        (rounded, 0.5350877192982456, 0.413793103448276),
        (near, 0.7581453634085212, 0.6285714285714286),
    ];
    for (f, auc, f1) in expected {
        let found = HeldOut::of(&f, &labels());
        assert!((found.auc.unwrap() - auc).abs() < 1e-12, "{found:?} {auc}");
        assert!((found.f1.unwrap() - f1).abs() < 1e-12, "{found:?} {f1}");
    }
}

#[test]
fn a_prediction_turned_round_has_the_rest_of_the_area_and_equal_ones_half_of_it() {
    let f = DVector::from_fn(40, |i, _| ((13 * i) % 17) as f64);
    let area = |f: &DVector<f64>| HeldOut::of(f, &labels()).auc.unwrap();
    assert!((area(&f) + area(&-&f) - 1.0).abs() < 1e-12);
    assert!((area(&f) - area(&f.map(f64::exp))).abs() < 1e-12);
    assert_eq!(area(&DVector::zeros(40)), 0.5);
    assert_eq!(area(&labels()), 1.0);
}

#[test]
fn scores_that_need_a_class_are_not_made_up_without_it() {
    let f = DVector::from_vec(vec![0.5, -1.0, 2.0]);
    let plus = HeldOut::of(&f, &DVector::repeat(3, 1.0));
    assert_eq!((plus.auc, plus.f1), (None, Some(0.8)));
    let minus = HeldOut::of(&f, &DVector::repeat(3, -1.0));
    assert_eq!((minus.auc, minus.f1), (None, Some(0.0)));
    let never = HeldOut::of(&-f.abs(), &DVector::repeat(3, -1.0));
    assert_eq!((never.auc, never.f1, never.accuracy), (None, None, 1.0));
}
