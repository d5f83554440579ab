//! Timing on fixed shapes: what is computed agrees with other programs.

use serde_json::Value;

use crate::support::program::{printed, refused};

/// The line of JSON of a short run.
fn report(options: &[&str]) -> Value {
    let out = printed(&[&["bench", "--steps", "1"], options].concat());
    serde_json::from_str(out.lines().last().unwrap()).unwrap()
}

/// Losses after 20 steps, computed with NumPy from the description in the guide.
#[test]
fn the_loss_after_twenty_steps_is_that_of_another_program() {
    for (case, r, wanted) in [
        ("relu", "1", 1.479_985_905_270_531),
        ("relu", "3", 1.270_365_108_005_618_4),
        ("logistic", "3", 1.960_989_800_573_192_3),
        ("linear", "1", 2.380_986_930_803_645_8),
    ] {
        let found = report(&["--case", case, "--r", r])["loss_check"].as_f64().unwrap();
        assert!((found - wanted).abs() < 1e-12 * wanted, "{case} {r}: {found}");
    }
}

#[test]
fn threads_change_no_bit_and_single_precision_only_the_last_digits() {
    let one = report(&["--case", "relu", "--r", "6"]);
    let two = report(&["--case", "relu", "--r", "6", "--threads", "2"]);
    assert_eq!(one["loss_check"], two["loss_check"]);
    let single = report(&["--case", "relu", "--r", "6", "--dtype", "float32"]);
    let [one, single] = [one, single].map(|report| report["loss_check"].as_f64().unwrap());
    assert!(one != single && (one - single).abs() < 1e-6 * one);
}

#[test]
fn a_run_without_a_case_says_which_there_are() {
    let message = refused(&["bench"], 2);
    assert!(message.contains("--case"), "{message}");
}
