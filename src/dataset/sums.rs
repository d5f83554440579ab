//! Sums over all rows of a task while they are read, for rows that are not kept.

mod gram;

use nalgebra::{DMatrix, DVector};

use super::labels::{LabelCounts, NO_CLASS, TaskLabels};
use super::moments::TaskMoments;
use gram::Gram;

/// Numbers of a block of rows that are added at once.
const BLOCK: usize = 1 << 16;

/// Rows of a block of `width` columns.
pub(super) fn block_rows(width: usize) -> usize {
    (BLOCK / width.max(1)).clamp(1, 2048)
}

/// Sums and largest sizes of the columns of a block.
pub(super) struct ColumnSizes {
    sums: Vec<f64>,
    largest: Vec<f64>,
}

impl ColumnSizes {
    /// Those of the columns of some rows, one behind the other (m × w).
    pub(super) fn of(rows: &[f64], width: usize) -> Self {
        let (mut sums, mut largest) = (vec![0.0; width], vec![0.0; width]);
        for row in rows.chunks_exact(width) {
            for ((value, sum), most) in row.iter().zip(&mut sums).zip(&mut largest) {
                *sum += value;
                *most = if value.abs() > *most { value.abs() } else { *most };
            }
        }
        Self { sums, largest }
    }

    /// Whether all numbers are finite. Numbers that are too large to be summed are not.
    pub(super) fn are_finite(&self) -> bool {
        self.sums.iter().all(|sum| sum.is_finite())
    }
}

/// Count and sum of the features of the rows of a class, about a reference.
#[derive(Debug, Clone)]
struct ClassSum {
    rows: u64,
    sum: Vec<f64>,
}

/// Sums over rows of labels and features; each row has its k labels first and then its d features.
#[derive(Debug)]
pub(super) struct Sums {
    labels: usize,
    /// All rows; labels that were missing count as zero.
    gram: Gram,
    /// Label and features of the rows that have the label, once one was missing.
    own: Vec<Option<Gram>>,
    /// The classes of each label, by their numbers.
    classes: Vec<Vec<Option<ClassSum>>>,
    /// What the sums of classes are about: the means of the first block.
    reference: Option<Vec<f64>>,
    /// Largest sizes of a label and a feature.
    pub(super) largest: [f64; 2],
}

impl Sums {
    /// Sums of `labels` labels and `features` features.
    pub(super) fn new(labels: usize, features: usize) -> Self {
        Self {
            labels,
            gram: Gram::new(labels + features),
            own: vec![None; labels],
            classes: vec![Vec::new(); labels],
            reference: None,
            largest: [0.0; 2],
        }
    }

    /// Labels and features of a row.
    pub(super) fn width(&self) -> usize {
        self.gram.means.len()
    }

    /// Adds features that were zero in all rows so far.
    pub(super) fn widen(&mut self, features: usize) {
        self.gram.widen(self.labels + features);
        self.own.iter_mut().flatten().for_each(|own| own.widen(1 + features));
        let classes = self.classes.iter_mut().flatten().flatten();
        classes.for_each(|class| class.sum.resize(features, 0.0));
        self.reference.iter_mut().for_each(|reference| reference.resize(features, 0.0));
    }

    /// Adds rows (m × (k + d)), one behind the other, with the number of the class of each label
    /// (m × k). A missing label is NaN. The rows are used up.
    pub(super) fn add(&mut self, rows: &mut [f64], classes: &[u8], sizes: &ColumnSizes) {
        if rows.is_empty() {
            return;
        }
        let (labels, features) = sizes.largest.split_at(self.labels);
        for (most, own) in self.largest.iter_mut().zip([labels, features]) {
            *most = own.iter().fold(*most, |most, size| most.max(*size));
        }
        for label in 0..self.labels {
            self.add_labelled(label, rows);
        }
        let mut sums = sizes.sums.clone();
        for label in (0..self.labels).filter(|label| sizes.sums[*label].is_nan()) {
            let labels = rows.iter_mut().skip(label).step_by(sums.len());
            labels.for_each(|y| *y = if y.is_nan() { 0.0 } else { *y });
            sums[label] = rows.iter().skip(label).step_by(sums.len()).sum();
        }
        let means = self.gram.add(rows, &sums);
        for label in 0..self.labels {
            self.add_classes(label, rows, classes, &means[self.labels..]);
        }
    }

    /// Adds the rows that have a label to the sums of its own, if it was ever missing.
    fn add_labelled(&mut self, label: usize, rows: &[f64]) {
        let width = self.width();
        let missing = rows.chunks_exact(width).any(|row| row[label].is_nan());
        if !missing && self.own[label].is_none() {
            return;
        }
        let features = self.labels..width;
        let gram = &self.gram;
        let own = self.own[label].get_or_insert_with(|| {
            gram.columns(&std::iter::once(label).chain(features).collect::<Vec<_>>())
        });
        let mut block = Vec::with_capacity(rows.len());
        for row in rows.chunks_exact(width).filter(|row| !row[label].is_nan()) {
            block.push(row[label]);
            block.extend_from_slice(&row[self.labels..]);
        }
        let sizes = ColumnSizes::of(&block, width - self.labels + 1);
        own.add(&mut block, &sizes.sums);
    }

    /// Adds centred rows to the sums of their classes; `means` are those of the features.
    fn add_classes(&mut self, label: usize, rows: &[f64], classes: &[u8], means: &[f64]) {
        let known = &mut self.classes[label];
        let reference = self.reference.get_or_insert_with(|| means.to_vec());
        let mut counts = [0_u64; NO_CLASS as usize];
        let numbers = classes.iter().skip(label).step_by(self.labels);
        for (row, class) in rows.chunks_exact(self.gram.means.len()).zip(numbers) {
            if *class == NO_CLASS {
                continue;
            }
            let class = usize::from(*class);
            if known.len() <= class {
                known.resize(class + 1, None);
            }
            let features = &row[self.labels..];
            let new = || ClassSum { rows: 0, sum: vec![0.0; features.len()] };
            let sum = &mut known[class].get_or_insert_with(new).sum;
            sum.iter_mut().zip(features).for_each(|(sum, x)| *sum += x);
            counts[class] += 1;
        }
        for (class, count) in known.iter_mut().zip(counts) {
            let Some(class) = class.as_mut().filter(|_| count > 0) else { continue };
            class.rows += count;
            for ((sum, mean), zero) in class.sum.iter_mut().zip(means).zip(&*reference) {
                *sum += count as f64 * (mean - zero);
            }
        }
    }

    /// Forgets the classes of a label that has too many.
    pub(super) fn forget_classes(&mut self, label: usize) {
        self.classes[label] = Vec::new();
    }

    /// The moments of a task that a label makes: of its numbers, or of +1 for the rows of a class
    /// and −1 for the others.
    pub(super) fn moments(
        &self,
        label: usize,
        task: &TaskLabels,
        counts: &LabelCounts,
    ) -> TaskMoments {
        let d = self.width() - self.labels;
        let (gram, first, y) = match &self.own[label] {
            Some(own) => (own, 1, 0),
            None => (&self.gram, self.labels, label),
        };
        let x_mean = DVector::from_column_slice(&gram.means[first..]);
        let xx = DMatrix::from_fn(d, d, |i, j| gram.product(first + i, first + j));
        let Some(class) = task.positive.as_ref().and_then(|label| counts.class(label)) else {
            let xy = DVector::from_fn(d, |i, _| gram.product(y, first + i));
            let (y_mean, yy) = (gram.means[y], gram.product(y, y));
            return TaskMoments { rows: gram.rows, x_mean, y_mean, xx, xy, yy };
        };
        let (rows, all) = (gram.rows, gram.rows as f64);
        let zero = vec![0.0; d];
        let reference = self.reference.as_ref().unwrap_or(&zero);
        let own = self.classes[label].get(usize::from(class)).and_then(Option::as_ref);
        let (count, sum) = own.map_or((0.0, &zero), |own| (own.rows as f64, &own.sum));
        let xy = DVector::from_fn(d, |i, _| 2.0 * (sum[i] - count * (x_mean[i] - reference[i])));
        let y_mean = 2.0 * count / all - 1.0;
        TaskMoments { rows, x_mean, y_mean, xx, xy, yy: all * (1.0 - y_mean * y_mean) }
    }
}
