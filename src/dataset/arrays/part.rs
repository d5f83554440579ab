//! The parts of a task, read row by row: sums over all rows, and the rows that are kept.

use std::io::Read;

use sha2::{Digest, Sha256};

use super::super::bytes::{Budget, Source};
use super::super::fault::{counted, fault};
use super::super::labels::{LabelCounts, RawLabel};
use super::super::npy::ArrayRows;
use super::super::sums::{ColumnSizes, Sums, block_rows};
use super::super::words::DROP;
use super::kept::{KeptRows, Selection};
use crate::error::Result;

/// Most columns of features and labels of arrays that are summed and not kept.
const MOST_SUMMED: usize = 2000;

/// The first bad column of a row.
type BadColumn<'f> = &'f dyn Fn(&[f64]) -> Option<usize>;

/// A task while its parts are read.
pub(super) struct TaskRows {
    pub(super) labels: usize,
    pub(super) features: usize,
    pub(super) kept: KeptRows,
    /// The groups of the kept rows.
    pub(super) groups: Option<Vec<f64>>,
    /// The labels of all rows, and sums over them, if not all are kept.
    pub(super) counts: Vec<LabelCounts>,
    pub(super) sums: Option<Sums>,
    /// Good rows of all parts.
    pub(super) rows: u64,
    /// Rows that were dropped.
    pub(super) dropped: usize,
    /// Hash of the places of these rows.
    pub(super) dropped_places: Sha256,
    pub(super) missing: usize,
    /// The classes of the labels of a block.
    classes: Vec<u8>,
}

/// The names of the files of a part: X, y and groups.
pub(super) type PartNames<'n> = (&'n str, &'n str, Option<&'n str>);

/// The files of a part, opened.
pub(super) struct PartArrays<'r, 'n> {
    pub(super) x: ArrayRows<'r>,
    pub(super) y: ArrayRows<'r>,
    pub(super) groups: Option<ArrayRows<'r>>,
    pub(super) names: PartNames<'n>,
}

impl<'r, 'n> PartArrays<'r, 'n> {
    /// Opens X, y and groups; an array in Fortran order may take `most` bytes.
    pub(super) fn open(
        names: PartNames<'n>,
        (x, y, groups): (&'r mut dyn Read, &'r mut dyn Read, Option<&'r mut dyn Read>),
        most: u64,
    ) -> Result<Self>
    where
        'n: 'r,
    {
        let open = |input, name| ArrayRows::open(Source::new(input, name), most);
        let groups = match (groups, names.2) {
            (Some(input), Some(name)) => Some(open(input, name)?),
            _ => None,
        };
        Ok(Self { x: open(x, names.0)?, y: open(y, names.1)?, groups, names })
    }
}

impl TaskRows {
    /// A task with `labels` columns of y; sums are taken if not all rows are kept.
    pub(super) fn new(name: &str, labels: usize, features: usize, is_summed: bool) -> Result<Self> {
        if is_summed && labels + features > MOST_SUMMED {
            let found = format!("{} columns in more rows than fit into memory", labels + features);
            let allowed = format!("at most {MOST_SUMMED}, or what fits into memory; {}", memory());
            return Err(fault(name, "shape", found, allowed));
        }
        Ok(Self {
            labels,
            features,
            kept: KeptRows::new(labels + features),
            groups: None,
            counts: vec![LabelCounts::default(); labels],
            sums: is_summed.then(|| Sums::new(labels, features)),
            rows: 0,
            dropped: 0,
            dropped_places: Sha256::new(),
            missing: 0,
            classes: Vec::new(),
        })
    }

    /// Refuses a part that does not fit to the parts before; `first` is the X of the first.
    pub(super) fn fits(&self, first: &str, part: &PartArrays<'_, '_>) -> Result<()> {
        for (what, found, wanted) in [
            ("features", part.x.columns(), self.features),
            ("columns of y", part.y.columns(), self.labels),
        ] {
            if found != wanted {
                let found = format!("{wanted} here and {found} in another part");
                return Err(fault(first, what, found, "as many in each part of a task"));
            }
        }
        if self.rows > 0 && part.groups.is_some() != self.groups.is_some() {
            let found = "groups for some parts only";
            return Err(fault(first, "groups", found, "groups for all parts or for none"));
        }
        Ok(())
    }

    /// Reads a part.
    pub(super) fn read(
        &mut self,
        mut part: PartArrays<'_, '_>,
        selection: &mut Selection,
        budget: &mut Budget,
        drops_bad: bool,
    ) -> Result<()> {
        let width = self.labels + self.features;
        let (all, step) = (part.x.rows(), block_rows(width) as u64);
        let (mut block, mut groups, mut at) = (Vec::new(), Vec::new(), 0);
        let mut good = Vec::new();
        while at < all {
            let rows = step.min(all - at) as usize;
            block.resize(rows * width, 0.0);
            part.x.next(&mut block, width, self.labels)?;
            part.y.next(&mut block, width, 0)?;
            if let Some(array) = &mut part.groups {
                groups.resize(rows, 0.0);
                array.next(&mut groups, 1, 0)?;
            }
            let mut sizes = ColumnSizes::of(&block, width);
            good.clear();
            good.resize(rows, true);
            if !sizes.are_finite() {
                self.find_bad(&block, at, &part.names, drops_bad, &mut good)?;
            }
            let kept = self.keep(&block, &groups, &good, selection);
            budget.take(part.names.0, kept as u64, (width + groups.len().min(1)) as u64)?;
            if self.sums.is_some() {
                if good.contains(&false) {
                    compact(&mut block, width, &good);
                    sizes = ColumnSizes::of(&block, width);
                }
                self.add(&mut block, &sizes);
            }
            self.rows += good.iter().filter(|good| **good).count() as u64;
            at += rows as u64;
        }
        part.x.end()?;
        part.y.end()?;
        part.groups.map_or(Ok(()), |mut groups| groups.end())
    }

    /// Marks rows with values that are not finite; refuses the first unless they may be dropped.
    fn find_bad(
        &mut self,
        block: &[f64],
        before: u64,
        (x, y, _): &PartNames<'_>,
        drops: bool,
        good: &mut [bool],
    ) -> Result<()> {
        let width = self.labels + self.features;
        let bad_x = |row: &[f64]| row[self.labels..].iter().position(|x| !x.is_finite());
        let bad_y = |row: &[f64]| row[..self.labels].iter().position(|y| y.is_infinite());
        let kinds: [(&str, usize, BadColumn<'_>); 2] = [(x, self.labels, &bad_x), (y, 0, &bad_y)];
        for (name, first, bad) in kinds {
            for (at, row) in block.chunks_exact(width).enumerate() {
                let Some(column) = bad(row) else { continue };
                if !drops {
                    let place = format!("row {}, column {}", before + at as u64 + 1, column + 1);
                    let allowed =
                        format!("finite numbers (rows and columns are counted from 1), or {DROP}");
                    return Err(fault(name, place, row[first + column], allowed));
                }
                good[at] = false;
            }
        }
        for (at, _) in good.iter().enumerate().filter(|(_, good)| !**good) {
            self.dropped += 1;
            self.dropped_places.update((before + at as u64).to_le_bytes());
        }
        Ok(())
    }

    /// Keeps the good rows that are drawn; returns their number.
    fn keep(
        &mut self,
        block: &[f64],
        groups: &[f64],
        good: &[bool],
        selection: &mut Selection,
    ) -> usize {
        let before = self.kept.count;
        for (at, row) in block.chunks_exact(self.labels + self.features).enumerate() {
            if !selection.takes_next() || !good[at] {
                continue;
            }
            self.kept.push(row);
            if let Some(group) = groups.get(at) {
                self.groups.get_or_insert_default().push(*group);
            }
        }
        self.kept.count - before
    }

    /// Adds good rows to the sums.
    fn add(&mut self, block: &mut [f64], sizes: &ColumnSizes) {
        let Some(sums) = &mut self.sums else { return };
        let mut classes = std::mem::take(&mut self.classes);
        classes.clear();
        for row in block.chunks_exact(self.labels + self.features) {
            for (y, counts) in row[..self.labels].iter().zip(&mut self.counts) {
                self.missing += usize::from(y.is_nan());
                classes.push(counts.add(&raw(*y)));
            }
        }
        sums.add(block, &classes, sizes);
        self.classes = classes;
        for (label, counts) in self.counts.iter().enumerate() {
            if counts.has_many() {
                sums.forget_classes(label);
            }
        }
    }
}

/// A label of an array.
pub(super) fn raw(value: f64) -> RawLabel {
    if value.is_nan() { RawLabel::Missing } else { RawLabel::Number(value) }
}

/// Takes out the rows that are not good.
fn compact(block: &mut Vec<f64>, width: usize, good: &[bool]) {
    let mut kept = 0;
    for (at, _) in good.iter().enumerate().filter(|(_, good)| **good) {
        block.copy_within(at * width..(at + 1) * width, kept * width);
        kept += 1;
    }
    block.truncate(kept * width);
}

/// Refuses a file that has not as many rows as X.
pub(super) fn as_many(name: &str, found: u64, x: &str, rows: u64) -> Result<()> {
    match found == rows {
        true => Ok(()),
        false => Err(fault(name, "rows", found.to_string(), format!("{rows}, as in {x}"))),
    }
}

/// Refuses groups that are no column.
pub(super) fn one_column(name: &str, columns: usize) -> Result<()> {
    match columns {
        1 => Ok(()),
        more => Err(fault(name, "groups", counted(more, "column"), "one number a row")),
    }
}

fn memory() -> String {
    format!("leave columns out or allow more memory ({})", super::super::words::MEMORY)
}
