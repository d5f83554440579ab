//! The claims: expected results are confirmed, and contradictions are reported.

use taskscope::cancel::Cancel;
use taskscope::claims::claim::{ClaimVerdict, Finding, Standing};
use taskscope::claims::{self, CLAIMS, CheckOutcome, ClaimCheck, Expectation};
use taskscope::math::stats::Interval;

fn interval(mean: f64, half: f64) -> Interval {
    Interval { mean, low: mean - half, high: mean + half }
}

fn check(expected: Expectation, mean: f64, half: f64) -> ClaimCheck {
    ClaimCheck { what: "gain".into(), expected, measured: interval(mean, half), trials: 20 }
}

fn verdict(checks: Vec<ClaimCheck>) -> ClaimVerdict {
    Finding { claim: claims::find("capacity").unwrap(), checks }.verdict()
}

/// Measures only fast claims. A tested transcript in the guide covers all claims with all trials.
#[test]
fn no_claim_is_contradicted_by_a_few_trials() {
    for id in [
        "figure-3-task-2",
        "capacity",
        "plane-jump",
        "real-few-rows",
        "real-similarity",
        "real-width",
    ] {
        let claim = claims::find(id).unwrap();
        let finding = claim.measure(Some(10), &Cancel::new()).unwrap().unwrap();
        assert_ne!(finding.verdict(), ClaimVerdict::Contradicted, "{id}: {:#?}", finding.checks);
        assert!(!finding.checks.is_empty());
    }
}

#[test]
fn a_number_far_from_what_is_expected_contradicts_the_claim() {
    let about = Expectation::About { value: 0.2, half: 0.02 };
    assert_eq!(check(about, 0.21, 0.03).agreement(), CheckOutcome::Agrees);
    assert_eq!(check(about, 0.3, 0.03).agreement(), CheckOutcome::Contradicts);
    assert_eq!(check(about, 0.3, 0.03).of(11).agreement(), CheckOutcome::Open);
    assert_eq!(check(about, 0.3, 0.03).of(12).agreement(), CheckOutcome::Contradicts);
    let good = check(about, 0.2, 0.01);
    let bad = check(about, -0.2, 0.01);
    assert_eq!(verdict(vec![good.clone()]), ClaimVerdict::AsKnown(Standing::OnlyIf(condition())));
    assert_eq!(verdict(vec![good, bad]), ClaimVerdict::Contradicted);
}

fn condition() -> &'static str {
    match claims::find("capacity").unwrap().standing {
        Standing::OnlyIf(condition) => condition,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_interval_across_the_bound_is_undecided() {
    assert_eq!(check(Expectation::Below(0.0), -0.1, 0.2).agreement(), CheckOutcome::Open);
    assert_eq!(check(Expectation::Below(0.0), -0.3, 0.2).agreement(), CheckOutcome::Agrees);
    assert_eq!(check(Expectation::Below(0.0), 0.3, 0.2).agreement(), CheckOutcome::Contradicts);
    assert_eq!(check(Expectation::Above(0.0), 0.3, 0.2).agreement(), CheckOutcome::Agrees);
    let open = check(Expectation::Above(0.0), 0.1, 0.2);
    assert_eq!(verdict(vec![open]), ClaimVerdict::Undecided);
}

#[test]
fn what_is_not_a_number_agrees_with_nothing() {
    let about = Expectation::About { value: 0.2, half: 0.02 };
    for expected in [about, Expectation::Above(0.0), Expectation::Below(0.0)] {
        assert_ne!(check(expected, f64::NAN, f64::NAN).agreement(), CheckOutcome::Agrees);
    }
}

#[test]
fn a_cancelled_claim_finds_nothing() {
    let cancel = Cancel::new();
    cancel.cancel();
    let claim = claims::find("figure-3-task-2").unwrap();
    assert!(claim.measure(Some(4), &cancel).unwrap().is_none());
}

#[test]
fn ids_are_unique_and_every_claim_says_where_it_stands() {
    for (i, claim) in CLAIMS.iter().enumerate() {
        assert!(CLAIMS[..i].iter().all(|other| other.id != claim.id));
        for words in [claim.statement, claim.source, claim.setting] {
            assert!(!words.is_empty());
        }
    }
}
