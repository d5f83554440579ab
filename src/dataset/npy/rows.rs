//! The rows of an array, read block by block.

use super::super::bytes::{Source, size};
use super::super::fault::fault;
use super::super::words::MEMORY;
use super::header::Header;
use super::values;
use crate::error::Result;

/// Most columns of an array that is read by rows.
const MOST_COLUMNS: u64 = 100_000;

/// The rows of an array, one after the other.
pub(in crate::dataset) struct ArrayRows<'r> {
    source: Source<'r>,
    header: Header,
    /// Byte of the first number.
    start: u64,
    /// Number of rows that were read.
    at: u64,
    /// All numbers column by column, if they come so.
    whole: Option<Vec<f64>>,
    bytes: Vec<u8>,
}

impl<'r> ArrayRows<'r> {
    /// Reads the header. An array whose columns come one after the other is read as a whole, if it
    /// takes no more than `most` bytes.
    pub(in crate::dataset) fn open(source: Source<'r>, most: u64) -> Result<Self> {
        let mut array = Self::header_of(source)?;
        let header = &array.header;
        if header.fortran && header.columns > 1 && header.rows > 1 {
            let bytes = header.rows * header.columns * 8;
            if bytes > most {
                let found = format!("{} in Fortran order (column by column)", size(bytes));
                let allowed = format!(
                    "at most {} in this order; save the array row by row with \
                     np.save(file, np.ascontiguousarray(X)), or allow more memory ({MEMORY})",
                    size(most)
                );
                return Err(fault(array.source.name, "order", found, allowed));
            }
            array.whole = Some(values(&mut array.source, header)?);
        }
        Ok(array)
    }

    /// Reads the header only.
    pub(in crate::dataset) fn header_of(mut source: Source<'r>) -> Result<Self> {
        let header = Header::read(&mut source)?;
        if header.columns > MOST_COLUMNS {
            let found = format!("{} columns", header.columns);
            return Err(fault(source.name, "shape", found, format!("at most {MOST_COLUMNS}")));
        }
        let start = source.at;
        Ok(Self { source, header, start, at: 0, whole: None, bytes: Vec::new() })
    }

    /// Number of rows.
    pub(in crate::dataset) fn rows(&self) -> u64 {
        self.header.rows
    }

    /// Number of columns.
    pub(in crate::dataset) fn columns(&self) -> usize {
        self.header.columns as usize
    }

    /// The shape as a list of numbers.
    pub(in crate::dataset) fn shape(&self) -> Vec<u64> {
        match self.header.vector {
            true => vec![self.header.rows],
            false => vec![self.header.rows, self.header.columns],
        }
    }

    /// Reads the next rows, each to the place `first` of the next `width` numbers of `block`.
    pub(in crate::dataset) fn next(
        &mut self,
        block: &mut [f64],
        width: usize,
        first: usize,
    ) -> Result<()> {
        let columns = self.columns();
        let rows = block.len() / width;
        let places = block.chunks_exact_mut(width).map(|row| &mut row[first..first + columns]);
        if let Some(whole) = &self.whole {
            let (all, at) = (self.header.rows as usize, self.at as usize);
            for (row, place) in places.enumerate() {
                let numbers = (0..columns).map(|column| whole[column * all + at + row]);
                place.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
            }
        } else {
            let row_bytes = columns * self.header.dtype.size;
            self.bytes.resize(rows * row_bytes, 0);
            let got = self.source.fill(&mut self.bytes)?;
            if got < self.bytes.len() {
                return Err(self.header.cut(&self.source, self.start));
            }
            for (place, bytes) in places.zip(self.bytes.chunks_exact(row_bytes)) {
                self.header.dtype.decode_all(bytes, place);
            }
        }
        self.at += rows as u64;
        Ok(())
    }

    /// Refuses bytes behind the array.
    pub(in crate::dataset) fn end(&mut self) -> Result<()> {
        self.header.ends(&mut self.source)
    }

    /// Reads some of the numbers, to tell arrays with the same header apart.
    pub(in crate::dataset) fn fingerprint(&mut self) -> Result<(u64, Vec<u8>)> {
        const BYTES: usize = 1 << 16;
        let mut bytes = vec![0; BYTES];
        let got = self.source.fill(&mut bytes)?;
        bytes.truncate(got);
        Ok((self.header.columns, bytes))
    }
}
