//! Rows of the first trial, projected on the two loudest directions of one task.

use nalgebra::{DMatrix, DMatrixView, DVector};

use crate::cancel::Cancel;
use crate::math::linalg;
use crate::scenario::Scenario;
use crate::task::Population;

/// The largest number of rows shown of the chosen task.
pub const MOST_ROWS: u64 = 300;

/// The largest number of rows shown of each other task.
pub const MOST_BESIDE: u64 = 100;

/// The largest number of tasks shown; there are as many symbols.
pub const MOST_TASKS: usize = 6;

/// Variances whose difference is at most this share of the largest count as equal.
const SAME: f64 = 1e-9;

/// A θ whose projection is shorter than this share of its length counts as orthogonal.
const NO_PART: f64 = 1e-6;

/// Rows of the first trial in a plane.
#[derive(Debug, Clone, PartialEq)]
pub struct RowPreview {
    /// Index, among the entries of the scenario, of the task that defines the plane.
    pub entry: usize,
    /// The directions (d × 2): the two leading eigenvectors of the covariance of its rows. Among
    /// equally loud directions, those towards the θs.
    pub directions: DMatrix<f64>,
    /// The variances of its rows along the two directions.
    pub variances: [f64; 2],
    /// The rows; the chosen task comes first.
    pub clouds: Vec<Cloud>,
}

/// Rows of one task in the plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Cloud {
    /// Index of the task among the entries of the scenario; the first task of a repeated entry.
    pub entry: usize,
    /// The projected rows.
    pub points: Vec<(f64, f64)>,
    /// Number of rows the task has.
    pub samples: u64,
    /// True if the trial uses these rows. Otherwise only its moments are drawn, and these rows
    /// are one possibility given the moments.
    pub drawn: bool,
    /// The projection on the plane of θ, scaled to unit length.
    pub theta: (f64, f64),
}

/// Projects rows of the first trial on the loudest directions of one task, given by its index among
/// the entries. `report` first receives the rows of that task, then those of all tasks.
///
/// `None` if there is no such task, or if cancelled.
pub fn look(
    scenario: &Scenario,
    entry: usize,
    cancel: &Cancel,
    mut report: impl FnMut(&RowPreview),
) -> Option<RowPreview> {
    let (own, _) = scenario.first_of(entry)?;
    let population = scenario.population_of_all(0);
    let shown = shown(scenario, entry);
    let thetas: Vec<&DVector<f64>> = shown
        .iter()
        .filter_map(|&entry| Some(&population.tasks[scenario.first_of(entry)?.0].theta))
        .collect();
    let (directions, variances) = loudest(&population.tasks[own].covariance(), &thetas);
    let mut preview = RowPreview { entry, directions, variances, clouds: Vec::new() };
    for (i, &entry) in shown.iter().enumerate() {
        if cancel.is_cancelled() {
            return None;
        }
        let most = if i == 0 { MOST_ROWS } else { MOST_BESIDE };
        preview.clouds.extend(cloud(scenario, &population, entry, most, &preview.directions));
        if i == 0 {
            report(&preview);
        }
    }
    report(&preview);
    Some(preview)
}

/// The entries whose rows are shown; the chosen one comes first.
fn shown(scenario: &Scenario, entry: usize) -> Vec<usize> {
    let others = (0..scenario.draft().tasks.len()).filter(|&other| other != entry);
    std::iter::once(entry).chain(others).take(MOST_TASKS).collect()
}

fn cloud(
    scenario: &Scenario,
    population: &Population,
    entry: usize,
    most: u64,
    directions: &DMatrix<f64>,
) -> Option<Cloud> {
    let (address, spec) = scenario.first_of(entry)?;
    let seen = scenario.sample(population, 0, address, most) * directions;
    let theta = &population.tasks[address].theta;
    let part = directions.transpose() * theta / theta.norm();
    Some(Cloud {
        entry,
        points: seen.row_iter().map(|row| (row[0], row[1])).collect(),
        samples: spec.samples,
        drawn: scenario.has_rows(address),
        theta: (part[0], part[1]),
    })
}

/// Two leading eigenvectors (d × 2) of a covariance (d × d, d ≥ 2), and their eigenvalues. In an
/// eigenspace of several dimensions, the direction is the projection of the first vector of
/// `towards` that has one.
fn loudest(covariance: &DMatrix<f64>, towards: &[&DVector<f64>]) -> (DMatrix<f64>, [f64; 2]) {
    let (values, vectors) = linalg::eigen(covariance);
    let alike = |from: usize| {
        let close = |value: &&f64| values[from] - **value <= SAME * values[0];
        values.iter().skip(from).take_while(close).count()
    };
    let loud = vectors.columns(0, alike(0));
    let first = direction(&loud, towards, None);
    let second = match loud.ncols() {
        1 => direction(&vectors.columns(1, alike(1)), towards, None),
        _ => direction(&loud, towards, Some(&first)),
    };
    (DMatrix::from_columns(&[first, second]), [values[0], values[1]])
}

/// A unit vector in the span of orthonormal columns, orthogonal to `beside`: the projection of
/// the first vector of `towards` that has one, otherwise any.
fn direction(
    space: &DMatrixView<'_, f64>,
    towards: &[&DVector<f64>],
    beside: Option<&DVector<f64>>,
) -> DVector<f64> {
    let inside = |vector: &DVector<f64>| {
        let part = space * (space.transpose() * vector);
        match beside {
            Some(first) => &part - first * first.dot(&part),
            None => part,
        }
    };
    let part = towards.iter().map(|theta| (theta.norm(), inside(theta)));
    let seen = part.into_iter().find(|(length, part)| part.norm() > NO_PART * length);
    let any = || {
        let columns = space.column_iter().map(|column| inside(&column.into_owned()));
        columns.max_by(|a, b| a.norm().total_cmp(&b.norm())).unwrap_or_default()
    };
    seen.map_or_else(any, |(_, part)| part).normalize()
}
