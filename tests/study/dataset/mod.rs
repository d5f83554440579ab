//! Data sets from files: what is read, refused, noted, divided and written.

pub(crate) mod arrays;
mod bad_inputs;
mod doubts;
mod hostile_bytes;
mod joins;
mod manifests;
mod previews;
mod samples;
mod splits;
mod tables;
mod uses;

use std::collections::BTreeMap;
use std::io::{self, Read};

use taskscope::dataset::{Dataset, DatasetTask, ReadOptions, folder, table};
use taskscope::error::Result;

/// An NPY file written by hand after the description of the format (NEP 1): `order` is True or
/// False for Fortran order, `data` the bytes of the numbers.
pub(crate) fn npy(dtype: &str, fortran: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': {dtype}, 'fortran_order': {fortran}, 'shape': {shape}}}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

/// An NPY file with a matrix of float64, in C order.
pub(crate) fn matrix(rows: usize, columns: usize, number: impl Fn(usize, usize) -> f64) -> Vec<u8> {
    let data: Vec<u8> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (row, column)))
        .flat_map(|(row, column)| number(row, column).to_le_bytes())
        .collect();
    npy("'<f8'", "False", &format!("({rows}, {columns})"), &data)
}

/// An NPY file with a vector of float64.
pub(crate) fn vector(numbers: impl IntoIterator<Item = f64>) -> Vec<u8> {
    let numbers: Vec<f64> = numbers.into_iter().collect();
    let data: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    npy("'<f8'", "False", &format!("({},)", numbers.len()), &data)
}

/// Files of a folder by their names.
type Files = BTreeMap<String, Vec<u8>>;

// The elided lifetime would be that of the name.
#[allow(clippy::needless_lifetimes)]
fn opener<'f>(files: &'f Files) -> impl FnMut(&str) -> io::Result<Box<dyn Read + 'f>> {
    move |name| match files.get(name) {
        Some(bytes) => Ok(Box::new(&bytes[..])),
        None => Err(io::ErrorKind::NotFound.into()),
    }
}

fn read_folder(files: &Files, options: &ReadOptions) -> Result<Dataset> {
    let names: Vec<String> = files.keys().cloned().collect();
    folder::read("folder", &names, &mut opener(files), options)
}

fn read_table(text: &str, options: &ReadOptions) -> Result<Dataset> {
    table::read(&mut text.as_bytes(), "table.csv", options)
}

fn with_labels(labels: &[&str]) -> ReadOptions {
    ReadOptions {
        labels: labels.iter().map(|name| (*name).to_owned()).collect(),
        ..Default::default()
    }
}

/// Rows and labels of a part of a task.
fn numbers(task: &DatasetTask, part: &str) -> Vec<(Vec<f64>, f64)> {
    let parts = task.split.parts();
    let (_, rows) = parts.iter().find(|(name, _)| *name == part).unwrap();
    rows.iter().map(|row| (task.x.row(*row).iter().copied().collect(), task.y[*row])).collect()
}
