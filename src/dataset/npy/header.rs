//! The header of an array.

use super::super::bytes::Source;
use super::super::fault::fault;
use super::dtype::{Dtype, READ};
use super::literal::{Literal, dictionary};
use crate::error::{Error, Result};

const MAGIC: &[u8; 6] = b"\x93NUMPY";
/// NumPy itself refuses longer headers.
const LONGEST: u32 = 10_000;

/// The header of an array.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    pub(super) dtype: Dtype,
    /// Whether the numbers come column by column.
    pub(super) fortran: bool,
    pub(super) rows: u64,
    pub(super) columns: u64,
    /// Whether the array has one dimension.
    pub(super) vector: bool,
}

impl Header {
    /// Reads the header; the source then stands at the first number.
    pub(super) fn read(source: &mut Source<'_>) -> Result<Self> {
        let name = source.name;
        let text = text(source)?;
        let entries = dictionary(&text)
            .map_err(|found| fault(name, "header", found, "a dictionary of Python"))?;
        let value = |key: &str| {
            let mut values = entries.iter().filter(|(name, _)| name == key);
            match (values.next(), values.next()) {
                (Some((_, value)), None) => Ok(value),
                (None, _) => Err(fault(name, "header", format!("no {key}"), format!("one {key}"))),
                _ => Err(fault(name, "header", format!("{key} twice"), format!("one {key}"))),
            }
        };
        let dtype = match value("descr")? {
            Literal::Text(text) => {
                Dtype::parse(text).map_err(|found| fault(name, "dtype", found, READ))?
            }
            Literal::Items(_) => {
                let found = "a structured type with named fields";
                return Err(fault(name, "dtype", found, READ));
            }
            _ => return Err(fault(name, "dtype", "no name", READ)),
        };
        let Literal::Truth(fortran) = *value("fortran_order")? else {
            return Err(fault(name, "fortran_order", "no truth value", "True or False"));
        };
        let (rows, columns, vector) = shape(name, value("shape")?)?;
        Ok(Self { dtype, fortran, rows, columns, vector })
    }

    /// The refusal of a file that ends too early; `start` is the byte of its first number.
    pub(super) fn cut(&self, source: &Source<'_>, start: u64) -> Error {
        let bytes = self.rows * self.columns * self.dtype.size as u64;
        let needed = start.saturating_add(bytes);
        let found = format!("the end of the file at byte {}", source.at);
        let allowed = format!(
            "{needed} bytes, as the header promises with shape {}; copy the file again",
            self.shape()
        );
        fault(source.name, "data", found, allowed)
    }

    /// Refuses bytes behind the array.
    pub(super) fn ends(&self, source: &mut Source<'_>) -> Result<()> {
        if source.fill(&mut [0])? == 0 {
            return Ok(());
        }
        let found = format!("bytes after the array of shape {}", self.shape());
        Err(fault(source.name, format!("byte {}", source.at - 1), found, "one array a file"))
    }

    /// The shape as NumPy prints it.
    pub(super) fn shape(&self) -> String {
        if self.vector {
            format!("({},)", self.rows)
        } else {
            format!("({}, {})", self.rows, self.columns)
        }
    }
}

/// The text of the header.
fn text(source: &mut Source<'_>) -> Result<String> {
    let name = source.name;
    let mut start = [0; 8];
    let got = source.fill(&mut start)?;
    if got < 8 || &start[..6] != MAGIC {
        let found = if got == 0 { "an empty file" } else { "other first bytes" };
        return Err(fault(name, "format", found, "a file that numpy.save wrote (NPY)"));
    }
    let wide = match start[6] {
        1 => false,
        2 | 3 => true,
        version => {
            return Err(fault(name, "format", format!("NPY version {version}"), "1, 2 or 3"));
        }
    };
    let mut length = [0; 4];
    let bytes = if wide { 4 } else { 2 };
    let cut = |at: u64| {
        let found = format!("the end of the file at byte {at}");
        fault(name, "header", found, "a whole file; copy it again")
    };
    if source.fill(&mut length[..bytes])? < bytes {
        return Err(cut(source.at));
    }
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        let found = format!("{length} bytes");
        return Err(fault(name, "header", found, format!("at most {LONGEST} bytes")));
    }
    let mut header = vec![0; length as usize];
    if source.fill(&mut header)? < header.len() {
        return Err(cut(source.at));
    }
    String::from_utf8(header)
        .map_err(|_| fault(name, "header", "bytes that are no UTF-8", "a text"))
}

/// Rows, columns, and whether there is one dimension only.
fn shape(name: &str, shape: &Literal) -> Result<(u64, u64, bool)> {
    let refuse = |found: String, allowed: &str| Err(fault(name, "shape", found, allowed));
    let Literal::Items(items) = shape else {
        return refuse("no tuple".to_owned(), "(rows,) or (rows, columns)");
    };
    let mut sizes = Vec::new();
    for item in items {
        let Literal::Number(size) = item else {
            return refuse(
                "a tuple without whole numbers".to_owned(),
                "(rows,) or (rows, columns)",
            );
        };
        sizes.push(*size);
    }
    let (rows, columns, vector) = match sizes[..] {
        [rows] => (rows, 1, true),
        [rows, columns] => (rows, columns, false),
        _ => {
            let found = format!("{} dimensions", sizes.len());
            return refuse(found, "1 or 2; reshape it to rows and columns");
        }
    };
    if rows == 0 || columns == 0 {
        return refuse(format!("{rows} rows and {columns} columns"), "at least one of both");
    }
    if rows.checked_mul(columns).and_then(|count| count.checked_mul(8)).is_none() {
        return refuse(format!("{rows} rows and {columns} columns"), "what fits into memory");
    }
    Ok((rows, columns, vector))
}

/// Everything before the numbers of an array of float64 in C order: its length is a multiple of 64.
pub(super) fn written(shape: &str) -> Vec<u8> {
    const BEFORE: usize = 10;
    let dictionary = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}");
    let length = (BEFORE + dictionary.len() + 1).next_multiple_of(64) - BEFORE;
    let mut bytes = MAGIC.to_vec();
    bytes.extend([1, 0]);
    bytes.extend((length as u16).to_le_bytes());
    bytes.extend(dictionary.bytes());
    bytes.resize(BEFORE + length - 1, b' ');
    bytes.push(b'\n');
    bytes
}
