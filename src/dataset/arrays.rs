//! The tasks of arrays in files.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Read};
use std::sync::Arc;

use nalgebra::DMatrix;

use super::bytes::{Budget, Hashing, hexadecimal, unreadable};
use super::fault::{counted, fault};
use super::labels::{self, RawLabel};
use super::layout::TaskFiles;
use super::npy::{self, Array};
use super::options::ReadOptions;
use super::types::{DatasetTask, Split, TaskKind};
use crate::error::Result;

/// Opens a file by its name relative to the folder, with `/` between folders.
pub type Open<'f, 'a> = &'f mut dyn FnMut(&str) -> io::Result<Box<dyn Read + 'a>>;

/// What a manifest promises of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Promise {
    pub(super) shape: Option<Vec<u64>>,
    pub(super) sha256: Option<String>,
}

/// Where an X comes from: the digests of its files, and which rows were kept.
type Origin = (Vec<[u8; 32]>, Vec<bool>);

/// Reads tasks from arrays.
pub(super) struct Arrays<'f, 'a, 'o> {
    open: Open<'f, 'a>,
    options: &'o ReadOptions,
    promises: HashMap<String, Promise>,
    budget: Budget,
    /// Every X read so far.
    known: HashMap<Origin, Arc<DMatrix<f64>>>,
    dropped: usize,
    pub(super) notes: Vec<String>,
}

/// The rows of a part.
struct Part {
    x: DMatrix<f64>,
    y: DMatrix<f64>,
    groups: Option<Vec<f64>>,
    digest: [u8; 32],
    kept: Vec<bool>,
}

impl<'f, 'a, 'o> Arrays<'f, 'a, 'o> {
    pub(super) fn new(
        open: Open<'f, 'a>,
        options: &'o ReadOptions,
        promises: HashMap<String, Promise>,
    ) -> Self {
        let budget = Budget::new(options.max_bytes);
        let (known, notes) = (HashMap::new(), Vec::new());
        Self { open, options, promises, budget, known, dropped: 0, notes }
    }

    /// Reads all tasks of files; `origin` is the folder in messages and the name of a task at the
    /// top. `kinds` gives the kind of a folder's labels if it is known.
    pub(super) fn tasks(
        &mut self,
        origin: &str,
        files: &[TaskFiles],
        kinds: &dyn Fn(&str) -> Option<TaskKind>,
    ) -> Result<Vec<DatasetTask>> {
        let mut tasks = Vec::new();
        for files in files {
            let name = if files.folder.is_empty() { origin } else { &files.folder };
            let kind = self.options.kind.or_else(|| kinds(&files.folder));
            tasks.extend(self.task(origin, name, files, kind)?);
        }
        if self.dropped > 0 {
            let rows = counted(self.dropped, "row");
            self.notes.push(format!("Dropped {rows} with values that are not finite."));
        }
        Ok(tasks)
    }

    /// The tasks of one folder: one, unless y has several columns or classes.
    fn task(
        &mut self,
        origin: &str,
        name: &str,
        files: &TaskFiles,
        kind: Option<TaskKind>,
    ) -> Result<Vec<DatasetTask>> {
        let given = files.split_is_given(origin)?;
        let mut parts: [Option<Part>; 4] = Default::default();
        let mut first: Option<&str> = None;
        for (part, files) in parts.iter_mut().zip(&files.parts) {
            let Some((x, y, groups)) = files.pair()? else { continue };
            *part = Some(self.part(x, y, groups)?);
            first = first.or(Some(x));
        }
        let sizes = parts.each_ref().map(|part| part.as_ref().map_or(0, |part| part.x.nrows()));
        let parts: Vec<Part> = parts.into_iter().flatten().collect();
        same_columns(first.unwrap_or(origin), &parts)?;
        if given && sizes[2] == 0 {
            self.notes.push(format!("{name}: the files give no validation part."));
        }
        let groups = groups(&parts);
        let y: Vec<Vec<RawLabel>> = (0..parts.first().map_or(0, |part| part.y.ncols()))
            .map(|column| {
                parts
                    .iter()
                    .flat_map(|part| part.y.column(column).iter().map(raw).collect::<Vec<_>>())
                    .collect()
            })
            .collect();
        let x = self.shared(parts);
        let mut tasks = Vec::new();
        for (column, values) in y.iter().enumerate() {
            let label =
                if y.len() == 1 { name.to_owned() } else { format!("{name} {}", column + 1) };
            let labels = labels::tasks(origin, &label, values, kind, &mut self.notes)?;
            tasks.extend(labels.into_iter().map(|labels| DatasetTask {
                split: if given { given_split(&labels.y, sizes) } else { Split::default() },
                name: labels.name,
                kind: labels.kind,
                x: Arc::clone(&x),
                y: labels.y,
                groups: groups.clone(),
            }));
        }
        let missing = y.iter().flatten().filter(|label| **label == RawLabel::Missing).count();
        if missing > 0 {
            self.notes.push(format!("{name}: {} missing (NaN).", counted(missing, "label")));
        }
        Ok(tasks)
    }

    fn part(&mut self, x_name: &str, y_name: &str, groups: Option<&str>) -> Result<Part> {
        let (x, digest) = self.array(x_name)?;
        let (y, _) = self.array(y_name)?;
        let rows = x.values.nrows();
        let as_many = |name: &str, found: usize| {
            if found == rows {
                return Ok(());
            }
            let allowed = format!("{rows}, as in {x_name}");
            Err(fault(name, "rows", found.to_string(), allowed))
        };
        as_many(y_name, y.values.nrows())?;
        let groups = match groups {
            Some(name) => {
                let groups = self.array(name)?.0.values;
                as_many(name, groups.nrows())?;
                if groups.ncols() > 1 {
                    let found = counted(groups.ncols(), "column");
                    return Err(fault(name, "groups", found, "one number a row"));
                }
                Some(groups.iter().copied().collect())
            }
            None => None,
        };
        let mut kept = vec![true; rows];
        for (name, array, bad) in [
            (x_name, &x.values, (|value: f64| !value.is_finite()) as fn(f64) -> bool),
            (y_name, &y.values, f64::is_infinite),
        ] {
            self.finite(name, array, bad, &mut kept)?;
        }
        let mut part = Part { x: x.values, y: y.values, groups, digest, kept };
        let bad = part.kept.iter().filter(|kept| !**kept).count();
        if bad > 0 {
            self.dropped += bad;
            part.keep_good_rows();
        }
        Ok(part)
    }

    /// Marks rows with bad values if they may be dropped; otherwise refuses the first.
    fn finite(
        &self,
        name: &str,
        values: &DMatrix<f64>,
        bad: fn(f64) -> bool,
        kept: &mut [bool],
    ) -> Result<()> {
        for (row, kept) in kept.iter_mut().enumerate() {
            let Some(column) = values.row(row).iter().position(|value| bad(*value)) else {
                continue;
            };
            if !self.options.drop_bad {
                let place = format!("row {}, column {}", row + 1, column + 1);
                let allowed = "finite numbers (rows and columns are counted from 1); set drop-bad to \
                               drop such rows";
                return Err(fault(name, place, values[(row, column)], allowed));
            }
            *kept = false;
        }
        Ok(())
    }

    /// An array, checked against the manifest, with the SHA-256 of its file.
    fn array(&mut self, name: &str) -> Result<(Array, [u8; 32])> {
        let input = (self.open)(name).map_err(|error| unreadable(name, error))?;
        let mut input = Hashing::new(input);
        let array = npy::read_within(&mut input, name, &mut self.budget)?;
        let digest = input.digest();
        let Some(promise) = self.promises.get(name) else { return Ok((array, digest)) };
        let (rows, columns) = (array.values.nrows() as u64, array.values.ncols() as u64);
        let shape = if array.vector { vec![rows] } else { vec![rows, columns] };
        if let Some(wanted) = promise.shape.as_ref().filter(|wanted| **wanted != shape) {
            let allowed = format!("{wanted:?}, as in the manifest; the file was changed");
            return Err(fault(name, "shape", format!("{shape:?}"), allowed));
        }
        let found = hexadecimal(&digest);
        match &promise.sha256 {
            Some(wanted) if !wanted.eq_ignore_ascii_case(&found) => {
                let allowed = format!(
                    "{}…, as in the manifest; the file was changed: restore it, or write the \
                     manifest again",
                    crate::error::brief(wanted).chars().take(12).collect::<String>()
                );
                Err(fault(name, "sha256", format!("{}…", &found[..12]), allowed))
            }
            _ => Ok((array, digest)),
        }
    }

    /// All rows of the parts, or the same X if it was read before.
    fn shared(&mut self, parts: Vec<Part>) -> Arc<DMatrix<f64>> {
        let digests = parts.iter().map(|part| part.digest).collect();
        let kept = parts.iter().flat_map(|part| part.kept.iter().copied()).collect();
        match self.known.entry((digests, kept)) {
            Entry::Occupied(known) => {
                for part in parts {
                    self.budget.give_back(part.kept.len(), part.x.ncols());
                }
                Arc::clone(known.get())
            }
            Entry::Vacant(place) => {
                let x = stacked(parts.into_iter().map(|part| part.x).collect());
                Arc::clone(place.insert(Arc::new(x)))
            }
        }
    }
}

impl Part {
    fn keep_good_rows(&mut self) {
        let rows: Vec<usize> =
            self.kept.iter().enumerate().filter_map(|(row, kept)| kept.then_some(row)).collect();
        self.x = self.x.select_rows(&rows);
        self.y = self.y.select_rows(&rows);
        if let Some(groups) = &mut self.groups {
            *groups = rows.iter().map(|row| groups[*row]).collect();
        }
    }
}

fn raw(value: &f64) -> RawLabel {
    if value.is_nan() { RawLabel::Missing } else { RawLabel::Number(*value) }
}

/// Refuses parts of a task that differ in their columns.
fn same_columns(name: &str, parts: &[Part]) -> Result<()> {
    let Some(first) = parts.first() else { return Ok(()) };
    for part in parts {
        for (what, found, wanted) in [
            ("features", part.x.ncols(), first.x.ncols()),
            ("columns of y", part.y.ncols(), first.y.ncols()),
        ] {
            if found != wanted {
                let found = format!("{wanted} here and {found} in another part");
                return Err(fault(name, what, found, "as many in each part of a task"));
            }
        }
        if part.groups.is_some() != first.groups.is_some() {
            let found = "groups for some parts only";
            return Err(fault(name, "groups", found, "groups for all parts or for none"));
        }
    }
    Ok(())
}

/// The group of every row, numbered in the order in which they first occur.
fn groups(parts: &[Part]) -> Option<Vec<usize>> {
    let all: Option<Vec<&Vec<f64>>> = parts.iter().map(|part| part.groups.as_ref()).collect();
    let mut numbers: HashMap<u64, usize> = HashMap::new();
    let mut number = |value: &f64| {
        let next = numbers.len();
        *numbers.entry((value + 0.0).to_bits()).or_insert(next)
    };
    Some(all?.into_iter().flatten().map(&mut number).collect())
}

/// Rows of several matrices with the same columns, one below the other.
fn stacked(mut parts: Vec<DMatrix<f64>>) -> DMatrix<f64> {
    if parts.len() == 1 {
        return parts.swap_remove(0);
    }
    let rows = parts.iter().map(DMatrix::nrows).sum();
    let columns = parts.first().map_or(0, DMatrix::ncols);
    let mut all = DMatrix::zeros(rows, columns);
    let mut start = 0;
    for part in parts {
        all.rows_mut(start, part.nrows()).copy_from(&part);
        start += part.nrows();
    }
    all
}

/// Train, validation and test one behind the other, without the rows that have no label.
fn given_split(y: &[f64], sizes: [usize; 4]) -> Split {
    let [_, train, validation, _] = sizes;
    let rows = |from: usize, to: usize| (from..to).filter(|row| !y[*row].is_nan()).collect();
    Split {
        train: rows(0, train),
        validation: rows(train, train + validation),
        test: rows(train + validation, y.len()),
        given: true,
    }
}
