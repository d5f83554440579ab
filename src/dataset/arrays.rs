//! The tasks of arrays in files.

mod kept;
mod part;
mod plan;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::{self, Read};
use std::num::NonZeroU64;
use std::sync::Arc;

use nalgebra::DMatrix;
use sha2::Digest;

use super::bytes::{Budget, Hashing, Source, hexadecimal, unreadable};
use super::fault::{counted, fault};
use super::labels::{self, LabelCounts, RawLabel};
use super::layout::TaskFiles;
use super::npy::ArrayRows;
use super::options::ReadOptions;
use super::sizes;
use super::types::{DatasetTask, Split, TaskKind};
use super::words;
use crate::error::Result;
use crate::math::seed::Seed;
use kept::{KeptRows, Selection};
use part::{PartArrays, PartNames, TaskRows, as_many, one_column, raw};
use plan::PartSize;

/// Opens a file by its name relative to the folder, with `/` between folders.
pub type Open<'f, 'a> = &'f mut dyn FnMut(&str) -> io::Result<Box<dyn Read + 'a>>;

/// What a manifest promises of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Promise {
    pub(super) shape: Option<Vec<u64>>,
    pub(super) sha256: Option<String>,
}

/// Where an X comes from: the digests of its files, and a hash of the rows that were dropped.
type Origin = (Vec<[u8; 32]>, [u8; 32]);

/// Reads tasks from arrays.
pub(super) struct Arrays<'f, 'a, 'o> {
    open: Open<'f, 'a>,
    options: &'o ReadOptions,
    promises: HashMap<String, Promise>,
    budget: Budget,
    /// Most rows of a part that are kept, and which tasks have more, if there are several parts.
    plan: Option<(u64, Vec<bool>)>,
    /// Whether equal X are looked for.
    shares: bool,
    /// Every X read so far.
    known: HashMap<Origin, Arc<DMatrix<f64>>>,
    dropped: usize,
    pub(super) notes: Vec<String>,
}

/// A task while its parts are read.
#[derive(Default)]
struct TaskReading {
    /// Its number.
    number: usize,
    /// The X of its first part.
    first: String,
    rows: Option<TaskRows>,
    /// Kept rows of every part.
    sizes: [usize; 4],
    /// The digests of its X, if equal X are looked for.
    digests: Vec<[u8; 32]>,
}

impl<'f, 'a, 'o> Arrays<'f, 'a, 'o> {
    pub(super) fn new(
        open: Open<'f, 'a>,
        options: &'o ReadOptions,
        promises: HashMap<String, Promise>,
    ) -> Self {
        let budget = Budget::new(options.max_bytes);
        let (known, notes) = (HashMap::new(), Vec::new());
        let (plan, shares, dropped) = (None, false, 0);
        Self { open, options, promises, budget, plan, shares, known, dropped, notes }
    }

    /// Reads all tasks of files; `origin` is the folder in messages and the name of a task at the
    /// top. `kinds` gives the kind of a folder's labels if it is known.
    pub(super) fn tasks(
        &mut self,
        origin: &str,
        files: &[TaskFiles],
        kinds: &dyn Fn(&str) -> Option<TaskKind>,
    ) -> Result<Vec<DatasetTask>> {
        let mut parts = Vec::new();
        for (task, files) in files.iter().enumerate() {
            files.split_is_given(origin)?;
            for part in &files.parts {
                parts.extend(part.pair()?.map(|names| (task, names)));
            }
        }
        self.shares = files.len() > 1;
        if parts.len() > 1 {
            self.plan = Some(self.most_rows(&parts, files.len())?);
        }
        let mut tasks = Vec::new();
        for (number, files) in files.iter().enumerate() {
            let name = if files.folder.is_empty() { origin } else { &files.folder };
            let kind = self.options.kind.or_else(|| kinds(&files.folder));
            tasks.extend(self.task(origin, (number, name), files, kind)?);
        }
        if self.dropped > 0 {
            let rows = counted(self.dropped, "row");
            self.notes.push(format!("Dropped {rows} with values that are not finite."));
        }
        self.notes.extend(words::kept_rows(&tasks));
        Ok(tasks)
    }

    /// The most rows of a part that are wanted and fit into memory, from the headers of all files,
    /// and which tasks have more.
    fn most_rows(
        &mut self,
        parts: &[(usize, PartNames<'_>)],
        tasks: usize,
    ) -> Result<(u64, Vec<bool>)> {
        let mut sizes = Vec::new();
        for (task, (x, y, groups)) in parts {
            let (rows, features) = self.header(x, |array| Ok((array.rows(), array.columns())))?;
            let labels = self.header(y, |array| Ok(array.columns()))?;
            sizes.push(PartSize {
                task: *task,
                rows,
                own: labels as u64 + u64::from(groups.is_some()),
                features: features as u64,
                identity: sizes.len() as u64,
            });
        }
        let largest = sizes.iter().map(|size| size.rows).max().unwrap_or(0);
        let mut most = plan::most_rows(&sizes, self.budget.max());
        if most < largest && self.shares {
            for (size, (_, (x, ..))) in sizes.iter_mut().zip(parts) {
                let promised = self.promises.get(*x).and_then(|promise| promise.sha256.clone());
                size.identity = match promised {
                    Some(sha256) => plan::identity(&sha256),
                    None => plan::identity(&self.header(x, |array| array.fingerprint())?),
                };
            }
            most = plan::most_rows(&sizes, self.budget.max());
        }
        let most = most.min(self.options.keep.map_or(most, NonZeroU64::get));
        let more = |task| sizes.iter().any(|size| size.task == task && size.rows > most);
        Ok((most, (0..tasks).map(more).collect()))
    }

    /// What the start of a file says.
    fn header<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut ArrayRows<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut input = (self.open)(name).map_err(|error| unreadable(name, error))?;
        let source = Source::new(&mut *input, name);
        read(&mut ArrayRows::header_of(source)?)
    }

    /// The tasks of one folder: one, unless y has several columns or classes.
    fn task(
        &mut self,
        origin: &str,
        (number, name): (usize, &str),
        files: &TaskFiles,
        kind: Option<TaskKind>,
    ) -> Result<Vec<DatasetTask>> {
        let given = files.split_is_given(origin)?;
        let mut reading = TaskReading { number, ..TaskReading::default() };
        for (at, files) in files.parts.iter().enumerate() {
            if let Some(names) = files.pair()? {
                self.part(names, at, &mut reading)?;
            }
        }
        let TaskReading { rows: Some(mut rows), sizes, digests, .. } = reading else {
            return Ok(Vec::new());
        };
        if given && sizes[2] == 0 {
            self.notes.push(format!("{name}: the files give no validation part."));
        }
        self.dropped += rows.dropped;
        let groups = rows.groups.take().map(|groups| numbered(&groups));
        let labels: Vec<Vec<RawLabel>> =
            (0..rows.labels).map(|column| rows.kept.column(column).map(raw).collect()).collect();
        let (x, rows) = self.shared(rows, digests);
        let split = given.then_some(sizes);
        self.labelled((origin, name), &labels, kind, &ReadTask { x, rows, groups, split })
    }

    /// The tasks that the labels of a folder make.
    fn labelled(
        &mut self,
        (origin, name): (&str, &str),
        labels: &[Vec<RawLabel>],
        kind: Option<TaskKind>,
        read: &ReadTask,
    ) -> Result<Vec<DatasetTask>> {
        let mut tasks = Vec::new();
        let mut missing = read.rows.missing;
        for (column, values) in labels.iter().enumerate() {
            let label =
                if labels.len() == 1 { name.to_owned() } else { format!("{name} {}", column + 1) };
            let all = read.rows.sums.as_ref();
            let counts = match all {
                Some(_) => read.rows.counts[column].clone(),
                None => LabelCounts::of(values),
            };
            if all.is_none() {
                missing += values.iter().filter(|label| **label == RawLabel::Missing).count();
            }
            let made = labels::tasks(origin, &label, values, &counts, kind, &mut self.notes)?;
            tasks.extend(made.into_iter().map(|labels| DatasetTask {
                moments: all.map(|sums| Arc::new(sums.moments(column, &labels, &counts))),
                split:
                    read.split.map_or_else(Split::default, |sizes| given_split(&labels.y, sizes)),
                name: labels.name,
                kind: labels.kind,
                x: Arc::clone(&read.x),
                y: labels.y,
                groups: read.groups.clone(),
            }));
        }
        if missing > 0 {
            self.notes.push(format!("{name}: {} missing (NaN).", counted(missing, "label")));
        }
        if let Some(sums) = &read.rows.sums {
            sizes::not_large(origin, name, sums.largest)?;
        }
        Ok(tasks)
    }

    /// Reads a part of a task.
    fn part(&mut self, names: PartNames<'_>, number: usize, task: &mut TaskReading) -> Result<()> {
        let (x_name, y_name, groups_name) = names;
        let mut x_input = self.input(x_name, self.shares)?;
        let mut y_input = self.input(y_name, false)?;
        let mut groups_input = groups_name.map(|name| self.input(name, false)).transpose()?;
        let most = self.budget.max();
        let groups = groups_input.as_mut().map(|input| -> &mut dyn Read { input });
        let arrays = PartArrays::open(names, (&mut x_input, &mut y_input, groups), most);
        if let Ok(arrays) = &arrays {
            self.have_shapes(arrays)?;
        }
        let read = arrays.and_then(|arrays| self.rows(arrays, number, task));
        // A file that was changed is named before what is wrong with it.
        let digest = self.has_digest(x_name, x_input)?;
        self.has_digest(y_name, y_input)?;
        if let (Some(name), Some(input)) = (groups_name, groups_input) {
            self.has_digest(name, input)?;
        }
        task.digests.extend(digest.filter(|_| self.shares));
        read
    }

    /// Checks the shapes of the arrays of a part, and reads their rows.
    fn rows(
        &mut self,
        part: PartArrays<'_, '_>,
        number: usize,
        task: &mut TaskReading,
    ) -> Result<()> {
        let (x_name, y_name, groups_name) = part.names;
        let (rows, labels, features) = (part.x.rows(), part.y.columns(), part.x.columns());
        as_many(y_name, part.y.rows(), x_name, rows)?;
        if let (Some(array), Some(name)) = (&part.groups, groups_name) {
            as_many(name, array.rows(), x_name, rows)?;
            one_column(name, array.columns())?;
        }
        let (most, is_summed) = match &self.plan {
            Some((most, more)) => (*most, more[task.number]),
            None => {
                let own = labels as u64 + u64::from(part.groups.is_some());
                let features = features as u64;
                let size = PartSize { task: 0, rows, own, features, identity: 0 };
                let most = plan::most_rows(&[size], self.budget.max());
                let most = most.min(self.options.keep.map_or(most, NonZeroU64::get));
                (most, most < rows)
            }
        };
        if most == 0 {
            return self.budget.take(x_name, 1, (labels + features) as u64);
        }
        if task.first.is_empty() {
            x_name.clone_into(&mut task.first);
        }
        let first = &task.first;
        let own = match &mut task.rows {
            Some(own) => own,
            None => task.rows.insert(TaskRows::new(x_name, labels, features, is_summed)?),
        };
        own.fits(first, &part)?;
        let before = own.kept.count;
        let seed = Seed::new(self.options.seed).child("keep", number as u64);
        let mut selection = Selection::new(rows, most, seed);
        own.read(part, &mut selection, &mut self.budget, self.options.drop_bad)?;
        task.sizes[number] = own.kept.count - before;
        Ok(())
    }

    /// Opens a file, which is hashed if that is wanted or the manifest has its hash.
    fn input(&mut self, name: &str, hashes: bool) -> Result<Hashing<Box<dyn Read + 'a>>> {
        let input = (self.open)(name).map_err(|error| unreadable(name, error))?;
        let promised = self.promises.get(name).is_some_and(|promise| promise.sha256.is_some());
        Ok(Hashing::new(input, hashes || promised))
    }

    /// Refuses files with other shapes than the manifest says.
    fn have_shapes(&self, part: &PartArrays<'_, '_>) -> Result<()> {
        self.has_shape(part.names.0, &part.x.shape())?;
        self.has_shape(part.names.1, &part.y.shape())?;
        match (&part.groups, part.names.2) {
            (Some(groups), Some(name)) => self.has_shape(name, &groups.shape()),
            _ => Ok(()),
        }
    }

    /// Refuses a file with another shape than the manifest says.
    fn has_shape(&self, name: &str, shape: &[u64]) -> Result<()> {
        let wanted = self.promises.get(name).and_then(|promise| promise.shape.as_ref());
        match wanted.filter(|wanted| *wanted != shape) {
            None => Ok(()),
            Some(wanted) => {
                let allowed = format!("{wanted:?}, as in the manifest; the file was changed");
                Err(fault(name, "shape", format!("{shape:?}"), allowed))
            }
        }
    }

    /// Refuses a file with another hash than the manifest says; returns its hash if it was taken.
    fn has_digest<R: Read>(&self, name: &str, mut input: Hashing<R>) -> Result<Option<[u8; 32]>> {
        let promised = self.promises.get(name).and_then(|promise| promise.sha256.as_ref());
        if promised.is_some() {
            io::copy(&mut input, &mut io::sink()).map_err(|error| unreadable(name, error))?;
        }
        let digest = input.digest();
        let found = digest.as_ref().map(|digest| hexadecimal(digest)).unwrap_or_default();
        match promised {
            Some(wanted) if !wanted.eq_ignore_ascii_case(&found) => {
                let allowed = format!(
                    "{}…, as in the manifest; the file was changed: restore it, or write the \
                     manifest again",
                    crate::error::brief(wanted).chars().take(12).collect::<String>()
                );
                Err(fault(name, "sha256", format!("{}…", &found[..12]), allowed))
            }
            _ => Ok(digest),
        }
    }

    /// The X of a task, or the same X if it was read before, and what else was read.
    fn shared(
        &mut self,
        mut rows: TaskRows,
        digests: Vec<[u8; 32]>,
    ) -> (Arc<DMatrix<f64>>, TaskRows) {
        let (labels, features, count) = (rows.labels, rows.features, rows.kept.count);
        let kept = std::mem::replace(&mut rows.kept, KeptRows::new(labels));
        let dropped = std::mem::take(&mut rows.dropped_places).finalize().into();
        if digests.is_empty() {
            return (Arc::new(kept.into_matrix(labels)), rows);
        }
        let x = match self.known.entry((digests, dropped)) {
            Entry::Occupied(known) => {
                self.budget.give_back(count, features);
                Arc::clone(known.get())
            }
            Entry::Vacant(place) => Arc::clone(place.insert(Arc::new(kept.into_matrix(labels)))),
        };
        (x, rows)
    }
}

/// A task whose files were read.
struct ReadTask {
    x: Arc<DMatrix<f64>>,
    rows: TaskRows,
    groups: Option<Vec<usize>>,
    /// Kept rows of every part, if the files give the parts.
    split: Option<[usize; 4]>,
}

/// The group of every row, numbered in the order in which they first occur.
fn numbered(groups: &[f64]) -> Vec<usize> {
    let mut numbers: HashMap<u64, usize> = HashMap::new();
    let mut number = |value: &f64| {
        let next = numbers.len();
        *numbers.entry((value + 0.0).to_bits()).or_insert(next)
    };
    groups.iter().map(&mut number).collect()
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
