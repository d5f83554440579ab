//! Tables and arrays, as data sets.

use std::io::Cursor;
use std::num::NonZeroU64;

use taskscope::dataset::table::preview::preview;
use taskscope::dataset::{Dataset, ReadOptions, npy, npz, table};
use taskscope::error::Result;

use super::run::Target;
use super::scenarios::{bounded, names};
use crate::dataset::arrays::archive;
use crate::dataset::{matrix, npy as array, vector};

pub(super) const CSV: Target =
    Target { name: "", changes: 0, words, seeds: tables, check: read_table };

pub(super) const ARRAYS: Target = Target { seeds: arrays, check: read_arrays, ..CSV };

fn words() -> Vec<String> {
    let words = [
        "label",
        "y",
        "task",
        "split",
        "group",
        "train",
        "validation",
        "test",
        "NaN",
        "NA",
        "sep=",
        "<f8",
        ">f8",
        "<f4",
        "|u1",
        "|b1",
        "<i8",
        "<U10",
        "|O",
        "True",
        "descr",
        "shape",
        "fortran_order",
        "(3, 4)",
        "(3,)",
        "()",
        "X.npy",
        "y.npy",
    ];
    words.map(str::to_owned).into()
}

fn options() -> [ReadOptions; 4] {
    let base = ReadOptions { max_bytes: 1 << 26, ..ReadOptions::default() };
    let lenient = ReadOptions { one_hot: true, drop_bad: true, ..base.clone() };
    let named = |name: &str| Some(name.to_owned());
    [
        ReadOptions { keep: NonZeroU64::new(20), ..lenient.clone() },
        ReadOptions {
            task_column: named("task"),
            split_column: named("split"),
            group_column: named("group"),
            labels: vec!["y".into()],
            ..lenient.clone()
        },
        lenient,
        base,
    ]
}

fn tables() -> Vec<Vec<u8>> {
    let rows = |row: fn(i32) -> String| (0..24).map(row).collect::<String>();
    let parts = "i,task,split,group,a,y\n".to_owned()
        + &rows(|i| {
            let part = ["train", "train", "validation", "test"][i as usize % 4];
            format!("{i},t{},{part},g{},{}.5,{}\n", i / 12, i / 4, i * i, i % 3)
        });
    vec![
        ("a,b,y\n".to_owned() + &rows(|i| format!("{i},{},{}\n", i % 4, i % 2))).into_bytes(),
        ("\u{feff}sep=;\r\na;b;y\r\n".to_owned()
            + &rows(|i| format!("\"{i},5\";w{};{}\r\n", i % 4, i % 2)))
            .into_bytes(),
        parts.into_bytes(),
        rows(|i| format!("{i}\t{:e}\t{}\n", f64::from(i) * 1e-7, i % 2)).into_bytes(),
        ("x y label\n".to_owned() + &rows(|i| format!("{i} \"a \"\"{i}\"\"\" {}\n", i % 2)))
            .into_bytes(),
    ]
}

/// Every number of a data set that is accepted is finite; a label outside all parts may be missing.
fn is_sound(dataset: Result<Dataset>) {
    match dataset {
        Err(error) => names(&error, "input"),
        Ok(dataset) => {
            for task in &dataset.tasks {
                assert_eq!(task.x.nrows(), task.y.len(), "{}", task.name);
                assert!(task.x.iter().all(|number| number.is_finite()));
                let sums = task.moments.iter().flat_map(|all| all.xx.iter().chain(&all.xy));
                assert!(sums.into_iter().all(|sum| sum.is_finite()));
                for (part, rows) in task.split.parts() {
                    assert!(rows.iter().all(|row| task.y[*row].is_finite()), "{part}");
                }
            }
        }
    }
}

fn read_table(bytes: &[u8]) {
    for options in options() {
        is_sound(bounded(bytes, || table::read(&mut &bytes[..], "input.csv", &options)));
        let _ = table::names_its_labels(&mut &bytes[..], "input.csv", &options);
    }
    if let Err(error) = bounded(bytes, || preview(&mut &bytes[..], "input.csv")) {
        names(&error, "input.csv");
    }
}

fn arrays() -> Vec<Vec<u8>> {
    let x = matrix(20, 2, |row, column| (row * 2 + column) as f64);
    let y = vector((0..20).map(|row| f64::from(row % 2)));
    vec![
        array("'<f4'", "True", "(3, 4)", &[1; 48]),
        array("'|b1'", "False", "(20,)", &[1, 0].repeat(10)),
        array("'>i8'", "False", "(5,)", &[0, 0, 0, 0, 0, 0, 0, 9].repeat(5)),
        archive(&[("X.npy", x.clone()), ("y.npy", y.clone())], false),
        archive(&[("X.npy", x.clone()), ("y.npy", y.clone())], true),
        x,
        y,
    ]
}

/// The bytes as an array, as an archive, and as arrays of an archive whose checksums hold.
fn read_arrays(bytes: &[u8]) {
    let most = 1 << 26;
    match bounded(bytes, || npy::read(&mut &bytes[..], "input.npy", most)) {
        Err(error) => names(&error, "input.npy"),
        Ok(array) => assert!(!array.shape().is_empty()),
    }
    let y = vector((0..20).map(|row| f64::from(row % 2)));
    let inside = archive(&[("X.npy", bytes.to_vec()), ("y.npy", y)], false);
    for options in options() {
        is_sound(bounded(bytes, || npz::read(Cursor::new(bytes), "input.npz", &options)));
        is_sound(bounded(&inside, || npz::read(Cursor::new(&inside), "input.npz", &options)));
    }
}
