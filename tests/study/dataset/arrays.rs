//! NPY and NPZ files.

use std::io::Write;

use nalgebra::DMatrix;
use proptest::prelude::*;
use taskscope::dataset::{ReadOptions, TaskKind, folder, npy as format, npz};

use super::{matrix, npy, vector};

fn read(bytes: &[u8]) -> format::Array {
    format::read(&mut &bytes[..], "a.npy", 1 << 20).unwrap()
}

/// Bytes of numbers in a type.
type Written = fn(f64) -> Vec<u8>;

const TYPES: [(&str, Written); 19] = [
    ("<f4", |number| (number as f32).to_le_bytes().to_vec()),
    (">f4", |number| (number as f32).to_be_bytes().to_vec()),
    ("<f8", |number| number.to_le_bytes().to_vec()),
    (">f8", |number| number.to_be_bytes().to_vec()),
    ("=f8", |number| number.to_ne_bytes().to_vec()),
    ("|i1", |number| (number as i8).to_le_bytes().to_vec()),
    ("<i1", |number| (number as i8).to_le_bytes().to_vec()),
    ("<i2", |number| (number as i16).to_le_bytes().to_vec()),
    (">i2", |number| (number as i16).to_be_bytes().to_vec()),
    ("<i4", |number| (number as i32).to_le_bytes().to_vec()),
    (">i4", |number| (number as i32).to_be_bytes().to_vec()),
    ("<i8", |number| (number as i64).to_le_bytes().to_vec()),
    (">i8", |number| (number as i64).to_be_bytes().to_vec()),
    ("|u1", |number| (number as u8).to_le_bytes().to_vec()),
    ("<u2", |number| (number as u16).to_le_bytes().to_vec()),
    (">u2", |number| (number as u16).to_be_bytes().to_vec()),
    ("<u4", |number| (number as u32).to_le_bytes().to_vec()),
    (">u8", |number| (number as u64).to_be_bytes().to_vec()),
    ("<u8", |number| (number as u64).to_le_bytes().to_vec()),
];

#[test]
fn every_type_is_read_in_both_orders_and_endiannesses() {
    for (name, written) in TYPES {
        // Signed types also hold negative numbers, and no type treats a byte above 127 as a sign
        // by mistake.
        let base = if name.contains('u') { 200.0 } else { -100.0 };
        let number = |row: usize, column: usize| base + (3 * row + column) as f64;
        let wanted = DMatrix::from_fn(2, 3, number);
        let by_rows: Vec<u8> = (0..6).flat_map(|at| written(number(at / 3, at % 3))).collect();
        let by_columns: Vec<u8> = (0..6).flat_map(|at| written(number(at % 2, at / 2))).collect();
        let dtype = format!("'{name}'");
        assert_eq!(read(&npy(&dtype, "False", "(2, 3)", &by_rows)).values, wanted, "{name}");
        assert_eq!(read(&npy(&dtype, "True", "(2, 3)", &by_columns)).values, wanted, "{name}");
    }
    let truth = read(&npy("'|b1'", "False", "(3,)", &[0, 1, 1]));
    assert_eq!((truth.values.as_slice(), truth.vector), (&[0.0, 1.0, 1.0][..], true));
}

#[test]
fn fractions_keep_all_their_digits() {
    let bytes = [1.0 / 3.0, -2.5e-300, 1e300].map(f64::to_be_bytes).concat();
    let array = read(&npy("'>f8'", "False", "(3,)", &bytes));
    assert_eq!(array.values.as_slice(), [1.0 / 3.0, -2.5e-300, 1e300]);
    let single = read(&npy("'<f4'", "False", "(1,)", &0.1_f32.to_le_bytes()));
    assert_eq!(single.values[0], f64::from(0.1_f32));
}

/// The first bytes that NumPy 1.26 writes for `numpy.array([[1, 2], [3, 4]], dtype='<i2')`.
const FROM_NUMPY: &[u8] = b"\x93NUMPY\x01\x00v\x00{'descr': '<i2', 'fortran_order': False, \
'shape': (2, 2), }                                                          \n\
\x01\x00\x02\x00\x03\x00\x04\x00";

#[test]
fn a_file_of_numpy_is_read_byte_for_byte_and_in_all_three_versions() {
    assert_eq!(FROM_NUMPY.len(), 128 + 8);
    let wanted = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
    assert_eq!(read(FROM_NUMPY).values, wanted);
    for version in [2, 3] {
        let mut bytes = FROM_NUMPY[..6].to_vec();
        bytes.extend([version, 0, b'v', 0, 0, 0]);
        bytes.extend(&FROM_NUMPY[10..]);
        assert_eq!(read(&bytes).values, wanted, "version {version}");
    }
}

#[test]
fn headers_are_read_as_python_reads_them() {
    for header in [
        "{'shape':(2,),'descr':'<f8','fortran_order':False}",
        "{\"descr\": \"<f8\", \"fortran_order\": True, \"shape\": (2,),}   \n",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2L,), }\n",
        "{'descr': '<f8', 'fortran_order': False, 'shape': [2], 'extra': ('a', (1, 2), True)}",
    ] {
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend([1.5_f64, -2.0].map(f64::to_le_bytes).concat());
        assert_eq!(read(&bytes).values.as_slice(), [1.5, -2.0], "{header}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(
        rows in 1_usize..7,
        columns in 1_usize..7,
        numbers in proptest::collection::vec(proptest::num::f64::NORMAL, 49),
    ) {
        let wanted = DMatrix::from_fn(rows, columns, |row, column| numbers[7 * row + column]);
        let bytes = format::write_matrix(&wanted);
        prop_assert_eq!((bytes.len() - rows * columns * 8) % 64, 0);
        prop_assert_eq!(read(&bytes).values, wanted);
        let vector = read(&format::write_vector(&numbers));
        prop_assert_eq!(vector.values.as_slice(), &numbers[..]);
        prop_assert!(vector.vector);
    }
}

fn sine(row: usize, column: usize) -> f64 {
    ((7 * row + 3 * column) as f64).sin()
}

#[test]
fn a_pair_of_files_is_a_task_and_each_column_of_y_is_one() {
    let x = matrix(40, 3, sine);
    let y = vector((0..40).map(|row| row as f64 / 7.0));
    let options = ReadOptions::default();
    let pair = |y: &[u8]| {
        let (mut x, mut y) = (&x[..], y);
        folder::read_pair("pair", ("x.npy", &mut x), ("y.npy", &mut y), &options).unwrap()
    };
    let one = pair(&y);
    assert_eq!((one.tasks.len(), one.features.len()), (1, 3));
    assert_eq!((one.tasks[0].name.as_str(), one.tasks[0].kind), ("pair", TaskKind::Regression));
    assert!(!one.tasks[0].split.given);
    let two = pair(&matrix(40, 2, |row, column| (row % (column + 2) == 0) as u8 as f64));
    let names: Vec<&str> = two.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!((names, two.same_x), (vec!["pair 1", "pair 2"], true));
    assert!(two.tasks.iter().all(|task| task.kind == TaskKind::Classification));
}

#[test]
fn nan_in_y_is_a_missing_label_of_that_task_only() {
    let x = matrix(60, 2, sine);
    let y = matrix(60, 2, |row, column| match (row % 5, column) {
        (0, 1) => f64::NAN,
        _ => row as f64 / 7.0,
    });
    let (mut x, mut y) = (&x[..], &y[..]);
    let options = ReadOptions::default();
    let dataset =
        folder::read_pair("pair", ("x.npy", &mut x), ("y.npy", &mut y), &options).unwrap();
    let [whole, partial] = &dataset.tasks[..] else { panic!("{:?}", dataset.tasks) };
    assert!(whole.y.iter().all(|y| !y.is_nan()));
    assert_eq!(partial.y.iter().filter(|y| y.is_nan()).count(), 12);
    let rows = partial.split.parts().map(|(_, rows)| rows.to_vec()).concat();
    assert_eq!(rows.len(), 48);
    assert!(rows.iter().all(|row| !partial.y[*row].is_nan()));
}

/// An archive as `numpy.savez` or `numpy.savez_compressed` writes it.
pub(crate) fn archive(files: &[(&str, Vec<u8>)], deflated: bool) -> Vec<u8> {
    let mut output = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut output);
    for (name, bytes) in files {
        let method = match deflated {
            true => rawzip::CompressionMethod::DEFLATE,
            false => rawzip::CompressionMethod::STORE,
        };
        let (mut entry, config) =
            archive.new_file(name).compression_method(method).start().unwrap();
        if deflated {
            let encoder =
                flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
            let mut writer = config.wrap(encoder);
            writer.write_all(bytes).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            entry.finish(descriptor).unwrap();
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(bytes).unwrap();
            let (_, descriptor) = writer.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
    }
    archive.finish().unwrap();
    output
}

#[test]
fn an_archive_is_read_as_a_folder_of_its_arrays() {
    let x = |part: usize| matrix(30, 2, move |row, column| sine(row + 30 * part, column));
    let y = |part: usize| vector((0..30).map(move |row| sine(row, part)));
    let top = [("X.npy", x(0)), ("y.npy", y(0))];
    let parts = [
        ("a/X_train.npy", x(0)),
        ("a/y_train.npy", y(0)),
        ("a/X_test.npy", x(1)),
        ("a/y_test.npy", y(1)),
        ("b/X.npy", x(2)),
        ("b/y.npy", y(2)),
        ("b/more.npy", y(2)),
    ];
    for deflated in [false, true] {
        let read = |files| {
            let bytes = archive(files, deflated);
            npz::read(std::io::Cursor::new(&bytes[..]), "set.npz", &ReadOptions::default()).unwrap()
        };
        let one = read(&top);
        assert_eq!(one.tasks[0].name, "set");
        assert_eq!(*one.tasks[0].x, DMatrix::from_fn(30, 2, sine));
        let two = read(&parts);
        let given: Vec<(&str, bool)> =
            two.tasks.iter().map(|task| (task.name.as_str(), task.split.given)).collect();
        assert_eq!(given, [("a", true), ("b", false)]);
        assert_eq!(*two.tasks[0].x, DMatrix::from_fn(60, 2, sine));
    }
}
