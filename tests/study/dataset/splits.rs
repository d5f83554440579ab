//! Parts drawn for the rows of tasks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nalgebra::DMatrix;
use proptest::prelude::*;
use taskscope::dataset::{Dataset, DatasetTask, Shares, Split, TaskKind};
use taskscope::math::seed::Seed;

fn task(y: Vec<f64>, groups: Option<Vec<usize>>) -> DatasetTask {
    DatasetTask {
        name: "task".into(),
        kind: TaskKind::Classification,
        x: Arc::new(DMatrix::zeros(y.len(), 1)),
        y,
        split: Split::default(),
        groups,
        moments: None,
    }
}

fn set(tasks: Vec<DatasetTask>) -> Dataset {
    Dataset {
        title: "set".into(),
        features: vec!["x".into()],
        tasks,
        same_x: true,
        source: Vec::new(),
        notes: Vec::new(),
    }
}

fn label() -> impl Strategy<Value = f64> {
    prop_oneof![4 => Just(-1.0), 2 => Just(1.0), 1 => Just(f64::NAN)]
}

fn parts(split: &Split) -> [&Vec<usize>; 3] {
    [&split.train, &split.validation, &split.test]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_with_a_label_is_in_one_part_and_shares_hold_to_within_one_row_a_class(
        y in proptest::collection::vec(label(), 0..120),
        shares in proptest::array::uniform3(0_u32..5),
        seed in 0_u64..100,
    ) {
        let task = task(y, None);
        let shares = Shares {
            train: 1.0 + f64::from(shares[0]),
            validation: f64::from(shares[1]),
            test: f64::from(shares[2]),
        };
        let split = Split::draw(&task, shares, Seed::new(seed));
        let mut all = parts(&split).map(Clone::clone).concat();
        all.sort_unstable();
        let labelled: Vec<usize> = (0..task.y.len()).filter(|row| !task.y[*row].is_nan()).collect();
        prop_assert_eq!(all, labelled);
        for class in [-1.0, 1.0] {
            let of_class = |rows: &Vec<usize>| rows.iter().filter(|row| task.y[**row] == class).count();
            let total: usize = parts(&split).map(of_class).iter().sum();
            for (rows, share) in parts(&split).into_iter().zip(shares.fractions()) {
                let exact = total as f64 * share;
                let off = (of_class(rows) as f64 - exact).abs();
                prop_assert!(off < 1.0 + 1e-6, "{off} off {exact}");
            }
        }
        prop_assert_eq!(&split, &Split::draw(&task, shares, Seed::new(seed)));
        prop_assert!(parts(&split).into_iter().all(|rows| rows.is_sorted()));
        prop_assert!(!split.given);
    }

    #[test]
    fn no_group_is_in_two_parts(
        rows in proptest::collection::vec((label(), 0_usize..15), 0..120),
        seed in 0_u64..100,
    ) {
        let (y, groups): (Vec<f64>, Vec<usize>) = rows.into_iter().unzip();
        let task = task(y, Some(groups.clone()));
        let split = Split::draw(&task, Shares::default(), Seed::new(seed));
        let of_part = parts(&split).map(|rows| rows.iter().map(|row| groups[*row]).collect::<BTreeSet<_>>());
        prop_assert!(of_part[0].is_disjoint(&of_part[1]));
        prop_assert!(of_part[0].is_disjoint(&of_part[2]));
        prop_assert!(of_part[1].is_disjoint(&of_part[2]));
        let counted: usize = parts(&split).map(Vec::len).iter().sum();
        prop_assert_eq!(counted, task.y.iter().filter(|y| !y.is_nan()).count());
    }
}

#[test]
fn groups_of_one_size_follow_the_shares() {
    let y = (0..400).map(|row| if row % 3 == 0 { 1.0 } else { -1.0 }).collect();
    let task = task(y, Some((0..400).map(|row| row / 4).collect()));
    let split = Split::draw(&task, Shares::default(), Seed::new(1));
    let sizes = parts(&split).map(Vec::len);
    for (size, wanted) in sizes.into_iter().zip([240, 60, 100]) {
        assert!(size.abs_diff(wanted) <= 8, "{sizes:?}");
    }
    let other = Split::draw(&task, Shares::default(), Seed::new(2));
    assert_ne!(split.train, other.train);
}

#[test]
fn seeds_draw_different_parts_and_every_row_comes_into_every_part() {
    let y = (0..100).map(|row| if row % 2 == 0 { 1.0 } else { -1.0 }).collect();
    let task = task(y, None);
    let mut seen: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut distinct = BTreeSet::new();
    for seed in 0..100 {
        let split = Split::draw(&task, Shares::default(), Seed::new(seed));
        for (part, rows) in parts(&split).into_iter().enumerate() {
            rows.iter().for_each(|row| {
                seen.entry(*row).or_default().insert(part);
            });
        }
        distinct.insert(split.train);
    }
    assert_eq!(distinct.len(), 100);
    assert!(seen.len() == 100 && seen.values().all(|parts| parts.len() == 3));
}

#[test]
fn tasks_on_one_x_are_divided_together() {
    let x = Arc::new(DMatrix::zeros(200, 1));
    let own = |class: usize| DatasetTask {
        x: Arc::clone(&x),
        ..task(
            (0..200)
                .map(|row| match row % 10 {
                    at if at == class => 1.0,
                    9 if class == 0 => f64::NAN,
                    _ => -1.0,
                })
                .collect(),
            None,
        )
    };
    let tasks: Vec<DatasetTask> = (0..5).map(own).collect();
    let dataset = set(tasks);
    let splits = dataset.draw_splits(Shares::default(), Seed::new(3));
    let whole = &splits[1];
    assert_eq!(parts(whole).map(Vec::len).iter().sum::<usize>(), 200);
    for (split, task) in splits.iter().zip(&dataset.tasks) {
        for (rows, all) in parts(split).into_iter().zip(parts(whole)) {
            let wanted: Vec<usize> =
                all.iter().copied().filter(|row| !task.y[*row].is_nan()).collect();
            assert_eq!(*rows, wanted);
        }
        let positive = split.train.iter().filter(|row| task.y[**row] > 0.0).count();
        assert!(positive.abs_diff(12) <= 1, "{positive} of 20 positive rows");
    }
}

#[test]
fn shares_hold_over_many_strata_of_few_rows() {
    let x = Arc::new(DMatrix::zeros(200, 1));
    let own = |bit: u32| DatasetTask {
        x: Arc::clone(&x),
        ..task(
            (0..200_u32)
                .map(|row| if (row * row + row) >> bit & 1 == 1 { 1.0 } else { -1.0 })
                .collect(),
            None,
        )
    };
    let tasks: Vec<DatasetTask> = (1..9).map(own).collect();
    let combinations: BTreeSet<Vec<bool>> =
        (0..200).map(|row| tasks.iter().map(|task| task.y[row] > 0.0).collect()).collect();
    assert!(combinations.len() > 60, "{}", combinations.len());
    let dataset = set(tasks);
    for seed in 0..20 {
        let split = dataset.draw_splits(Shares::default(), Seed::new(seed)).swap_remove(0);
        let sizes = parts(&split).map(Vec::len);
        for (size, wanted) in sizes.into_iter().zip([120, 30, 50]) {
            assert!(size.abs_diff(wanted) <= 2, "{sizes:?}");
        }
    }
}

#[test]
fn parts_that_are_given_are_not_drawn_again() {
    let mut given = task(vec![1.0, -1.0, 1.0, -1.0], None);
    given.split = Split { train: vec![0, 1], validation: vec![2], test: vec![3], given: true };
    let dataset = set(vec![given.clone()]);
    assert_eq!(dataset.draw_splits(Shares::default(), Seed::new(1)), [given.split]);
}

#[test]
fn shares_count_relative_to_their_sum() {
    let fractions = |train, validation, test| Shares { train, validation, test }.fractions();
    assert_eq!(fractions(6.0, 2.0, 2.0), [0.6, 0.2, 0.2]);
    assert_eq!(fractions(1.0, -1.0, f64::NAN), [1.0, 0.0, 0.0]);
    let default = Shares::default().fractions();
    for wrong in [fractions(0.0, 0.0, 0.0), fractions(f64::INFINITY, -2.0, 0.0)] {
        assert_eq!(wrong, default);
    }
    assert!(fractions(1e308, 1e308, 1e308).iter().all(|share| (share - 1.0 / 3.0).abs() < 1e-12));
}
