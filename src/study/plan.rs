//! The plan of a study: one question, expanded into cells with many trials each.

use crate::study::cell::{CellPosition, StudyCell};
use std::sync::Arc;

use super::draft::{NamedScenario, Question, StudyDraft};
use super::groups;
use super::range::Range;
use crate::error::Invalid;
use crate::method::Approach;
use crate::scenario::{Handle, Scenario, ScenarioDraft};

/// The largest number of cells in a study.
pub const MOST_CELLS: usize = 20_000;
/// The largest number of trials in a study, over all cells.
pub const MOST_TRIALS: usize = 20_000_000;

/// A checked study: everything in it can be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    draft: StudyDraft,
    bases: Vec<Arc<Scenario>>,
    lines: Vec<StudyLine>,
    cells: Vec<StudyCell>,
}

/// One scenario along one knob, or over two knobs.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyLine {
    /// Index of the scenario.
    pub base: usize,
    /// The knob along x.
    pub x: StudyAxis,
    /// The knob along y, in a phase diagram.
    pub y: Option<StudyAxis>,
    /// Index of its first cell; the others follow in row-major order, x fastest.
    pub first: usize,
}

/// A knob and its values.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyAxis {
    /// The knob.
    pub handle: Handle,
    /// Path of the knob.
    pub path: String,
    /// Its values, in the requested order.
    pub values: Vec<f64>,
    /// True if the values are best drawn on a logarithmic axis.
    pub log: bool,
}

impl Study {
    /// Checks a study; the error names the part that is not allowed.
    pub fn check(draft: StudyDraft) -> Result<Self, Invalid> {
        draft.check_version()?;
        let check = |entry: &NamedScenario| Scenario::check(entry.scenario.clone()).map(Arc::new);
        let bases = draft.scenarios.iter().map(check).collect::<Result<Vec<_>, _>>()?;
        let mut study = Self { draft, bases, lines: Vec::new(), cells: Vec::new() };
        match study.draft.question.clone() {
            Question::Sweep { x, y } => study.sweep(&x, y.as_deref())?,
            Question::Affinity { groups, subsets, steps, .. } => {
                study.cells = groups::cells(study.base(0)?, groups, subsets, steps)?;
            }
        }
        study.check_size()?;
        Ok(study)
    }

    fn base(&self, index: usize) -> Result<&Arc<Scenario>, Invalid> {
        self.bases.get(index).ok_or_else(|| Invalid::new("scenarios", "none", "at least one"))
    }

    fn check_size(&self) -> Result<(), Invalid> {
        let (cells, trials) = (self.cells.len(), self.trials());
        if cells > MOST_CELLS {
            return Err(Invalid::new("study", format!("{cells} cells"), format!("{MOST_CELLS}")));
        }
        if trials > MOST_TRIALS {
            let allowed = format!("{MOST_TRIALS} in all cells together");
            return Err(Invalid::new("study", format!("{trials} trials"), allowed));
        }
        Ok(())
    }

    fn sweep(&mut self, x: &[String], y: Option<&str>) -> Result<(), Invalid> {
        self.base(0)?;
        if y.is_some() && (x.len() > 1 || self.bases.len() > 1) {
            return Err(Invalid::new("--y", "several lines", "one scenario and one --x with --y"));
        }
        for base in 0..self.bases.len() {
            for x in x {
                let x = self.axis(base, "--x", x)?;
                let y = y.map(|y| self.axis(base, "--y", y)).transpose()?;
                self.line(base, x, y)?;
            }
        }
        Ok(())
    }

    fn axis(&self, base: usize, flag: &str, range: &str) -> Result<StudyAxis, Invalid> {
        let range = Range::parse(flag, range)?;
        let (handle, values) = range.values_in(flag, &self.bases[base])?;
        Ok(StudyAxis { handle, path: range.knob.clone(), values, log: range.is_log(handle) })
    }

    fn line(&mut self, base: usize, x: StudyAxis, y: Option<StudyAxis>) -> Result<(), Invalid> {
        if let Some(y) = &y {
            check_plane(&x, y)?;
        }
        let scenario = self.bases[base].clone();
        let compared: Vec<Approach> = scenario.approaches().into_iter().skip(1).collect();
        let rows: Vec<Option<f64>> = match &y {
            Some(y) => y.values.iter().copied().map(Some).collect(),
            None => vec![None],
        };
        let count = rows.len() * x.values.len();
        if count > MOST_CELLS {
            return Err(Invalid::new("study", format!("{count} cells"), format!("{MOST_CELLS}")));
        }
        let (levels_x, levels_y) = (levels(x.values.len()), levels(rows.len()));
        let (line, first) = (self.lines.len(), self.cells.len());
        for (row, level_y) in rows.iter().zip(&levels_y) {
            for (value, level_x) in x.values.iter().zip(&levels_x) {
                let mut draft = scenario.draft().clone();
                match (&y, row) {
                    (Some(y), Some(row)) => set_both(&mut draft, (&x, *value), (y, *row))?,
                    _ => x.handle.set(&mut draft, *value)?,
                }
                draft.focus = Some(x.path.clone());
                let setting = Scenario::check(draft).map_err(|error| Invalid {
                    field: format!("{} = {}: {}", x.path, x.handle.knob.text(*value), error.field),
                    ..error
                })?;
                let own = std::iter::once(setting.approach());
                self.cells.push(StudyCell {
                    approaches: own.chain(compared.iter().copied()).collect(),
                    scenario: Arc::new(setting),
                    steps: None,
                    level: *level_x.max(level_y),
                    place: CellPosition::Point { line, x: *value, y: *row },
                });
            }
        }
        self.lines.push(StudyLine { base, x, y, first });
        Ok(())
    }

    /// Returns the draft of the study.
    pub fn draft(&self) -> &StudyDraft {
        &self.draft
    }

    /// Returns the scenarios of the study.
    pub fn bases(&self) -> &[Arc<Scenario>] {
        &self.bases
    }

    /// The name of a scenario.
    pub fn name(&self, base: usize) -> &str {
        &self.draft.scenarios[base].name
    }

    /// Its lines; empty for an affinity study.
    pub fn lines(&self) -> &[StudyLine] {
        &self.lines
    }

    /// Its cells.
    pub fn cells(&self) -> &[StudyCell] {
        &self.cells
    }

    /// Returns true if the study is a phase diagram.
    pub fn is_phase(&self) -> bool {
        self.lines.iter().any(|line| line.y.is_some())
    }

    /// Returns true if the study is an affinity study.
    pub fn is_affinity(&self) -> bool {
        matches!(self.draft.question, Question::Affinity { .. })
    }

    /// Returns the number of trials over all cells.
    pub fn trials(&self) -> usize {
        self.cells.iter().map(|cell| cell.scenario.trials()).sum()
    }

    /// Returns the names of the compared methods, in the order of every cell's approaches.
    pub fn methods(&self) -> Vec<String> {
        self.bases.first().map_or_else(Vec::new, |base| {
            let own = base.approaches();
            let plain = own.iter().all(|a| a.weighting == own[0].weighting);
            let name = |a: &Approach| match plain && own.len() > 1 {
                true => a.method.name().to_owned(),
                false => a.name(),
            };
            own.iter().map(name).collect()
        })
    }

    /// Returns a title that distinguishes a line from the others: its scenario, its knob, or both.
    pub fn title(&self, line: &StudyLine) -> String {
        let several_knobs = self.lines.iter().any(|other| other.x.path != line.x.path);
        match (self.bases.len() > 1, several_knobs) {
            (true, true) => format!("{} along {}", self.name(line.base), line.x.path),
            (false, true) => line.x.path.clone(),
            _ => self.name(line.base).to_owned(),
        }
    }
}

/// Checks that both axes have at least two values.
fn check_plane(x: &StudyAxis, y: &StudyAxis) -> Result<(), Invalid> {
    match [("--x", x), ("--y", y)].into_iter().find(|(_, axis)| axis.values.len() < 2) {
        None => Ok(()),
        Some((flag, axis)) => {
            let found = format!("one value of {}", axis.path);
            Err(Invalid::new(flag, found, "at least two values in a phase diagram"))
        }
    }
}

/// Sets two knobs, in the order in which both keep their values if one may change the other.
fn set_both(
    draft: &mut ScenarioDraft,
    x: (&StudyAxis, f64),
    y: (&StudyAxis, f64),
) -> Result<(), Invalid> {
    for [(first, a), (second, b)] in [[x, y], [y, x]] {
        let mut tried = draft.clone();
        first.handle.set(&mut tried, a)?;
        let before = first.handle.get(&tried);
        second.handle.set(&mut tried, b)?;
        if first.handle.get(&tried) == before {
            *draft = tried;
            return Ok(());
        }
    }
    let found = format!("\"{}\", which sets the same value as {}", y.0.path, x.0.path);
    Err(Invalid::new("--y", found, "another knob than --x"))
}

impl StudyLine {
    /// Indices of its cells.
    pub fn cells(&self) -> std::ops::Range<usize> {
        let rows = self.y.as_ref().map_or(1, |y| y.values.len());
        self.first..self.first + rows * self.x.values.len()
    }
}

/// For each of `n` points, the coarsest level of a grid that contains it: 0 for both ends, plus one
/// for every halving of the distance.
pub(super) fn levels(n: usize) -> Vec<u32> {
    let most = n.next_power_of_two().trailing_zeros();
    let level = |i: usize| match i {
        0 => 0,
        i if i == n - 1 => 0,
        i => most.saturating_sub(i.trailing_zeros()),
    };
    (0..n).map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_grow_by_halving_and_begin_with_both_ends() {
        assert_eq!(levels(5), [0, 3, 2, 3, 0]);
        assert_eq!(levels(1), [0]);
        assert_eq!(levels(2), [0, 0]);
        for n in 1..50 {
            let levels = levels(n);
            assert_eq!((levels[0], levels[n - 1]), (0, 0));
        }
    }
}
