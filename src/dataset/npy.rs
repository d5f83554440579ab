//! Arrays of numbers in the NPY format of NumPy, versions 1 to 3.

mod dtype;
mod header;
mod literal;
mod rows;

use std::io::Read;

use nalgebra::DMatrix;

use super::bytes::{Budget, Source};
use crate::error::Result;
use dtype::Dtype;
use header::Header;

pub(super) use rows::ArrayRows;

/// An array with one or two dimensions.
#[derive(Debug, Clone, PartialEq)]
pub struct Array {
    /// The numbers (m × d); m × 1 if the array has one dimension.
    pub values: DMatrix<f64>,
    /// Whether the array has one dimension.
    pub vector: bool,
}

impl Array {
    /// The shape as NumPy prints it.
    pub fn shape(&self) -> String {
        if self.vector {
            format!("({},)", self.values.nrows())
        } else {
            format!("({}, {})", self.values.nrows(), self.values.ncols())
        }
    }
}

/// Reads an array of floats, integers or truth values, in C or Fortran order and of either
/// endianness. `name` is the file in messages.
///
/// # Errors
///
/// [`Error::Data`](crate::error::Error::Data) if the file is no such array, holds fewer or more
/// bytes than its header promises, has no rows or columns, or would take more than `max_bytes` of
/// memory; [`Error::Read`](crate::error::Error::Read) if `input` fails.
pub fn read(input: &mut dyn Read, name: &str, max_bytes: u64) -> Result<Array> {
    let mut source = Source::new(input, name);
    let header = Header::read(&mut source)?;
    Budget::new(max_bytes).take(name, header.rows, header.columns)?;
    let values = values(&mut source, &header)?;
    header.ends(&mut source)?;
    let (rows, columns) = (header.rows as usize, header.columns as usize);
    let values = if header.fortran || columns == 1 {
        DMatrix::from_vec(rows, columns, values)
    } else {
        DMatrix::from_row_slice(rows, columns, &values)
    };
    Ok(Array { values, vector: header.vector })
}

/// The numbers in the order of the file. Memory grows with the bytes that are there, not with those
/// that are promised.
fn values(source: &mut Source<'_>, header: &Header) -> Result<Vec<f64>> {
    const CHUNK: u64 = 1 << 13;
    let Dtype { size, .. } = header.dtype;
    let (start, count) = (source.at, header.rows * header.columns);
    let mut values = Vec::with_capacity(count.min(CHUNK) as usize);
    let mut buffer = vec![0; count.min(CHUNK) as usize * size];
    let mut left = count;
    while left > 0 {
        let wanted = left.min(CHUNK) as usize * size;
        let got = source.fill(&mut buffer[..wanted])?;
        let read = values.len();
        values.resize(read + got / size, 0.0);
        header.dtype.decode_all(&buffer[..got / size * size], &mut values[read..]);
        if got < wanted {
            return Err(header.cut(source, start));
        }
        left -= left.min(CHUNK);
    }
    Ok(values)
}

/// Writes a matrix (m × d) as float64 in C order.
pub fn write_matrix(matrix: &DMatrix<f64>) -> Vec<u8> {
    let shape = format!("({}, {})", matrix.nrows(), matrix.ncols());
    let mut bytes = header::written(&shape);
    bytes.reserve(matrix.len() * 8);
    for row in matrix.row_iter() {
        bytes.extend(row.iter().flat_map(|value| value.to_le_bytes()));
    }
    bytes
}

/// Writes a vector as float64.
pub fn write_vector(vector: &[f64]) -> Vec<u8> {
    let mut bytes = header::written(&format!("({},)", vector.len()));
    bytes.extend(vector.iter().flat_map(|value| value.to_le_bytes()));
    bytes
}
