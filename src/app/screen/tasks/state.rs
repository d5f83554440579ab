//! State of the Tasks screen: the cursor in the table, the figure in view, and the preview of rows.

use std::sync::Arc;

use crate::app::pane::Pane;
use crate::figure::{self, Figure};
use crate::scenario::Scenario;
use crate::scenario::edit::Property;
use crate::study::RowPreview;

/// The property under the cursor at first: a number, which can be turned.
const FIRST: &str = "samples";

/// A part of the Tasks screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TasksPart {
    /// The table.
    Table,
    /// The covariance spectra of all tasks.
    Spectrum,
    /// The rows, in the plane where those of the selected task are loudest.
    Rows,
}

impl TasksPart {
    /// All parts, in the order of Tab.
    pub const ALL: [Self; 3] = [Self::Table, Self::Spectrum, Self::Rows];

    /// Its figure.
    pub fn pane(self) -> Option<Pane> {
        match self {
            Self::Table => None,
            Self::Spectrum => Some(Pane::Spectrum),
            Self::Rows => Some(Pane::Rows),
        }
    }

    /// The part that shows a figure.
    pub(in crate::app) fn of(pane: Pane) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.pane() == Some(pane))
    }
}

/// The state of the Tasks screen.
#[derive(Debug, Clone)]
pub struct TasksState {
    /// The task under the cursor, as an index into the scenario's task entries.
    row: usize,
    /// The property under the cursor.
    property: Property,
    /// The focused part.
    pub part: TasksPart,
    /// The figure in view if there is room for only one.
    pub view: TasksPart,
    /// The rows of the first trial, and their scenario.
    pub preview: Option<(Arc<Scenario>, Box<RowPreview>)>,
    /// The scenario and task whose rows are being previewed.
    pub(in crate::app) previewing: Option<(Arc<Scenario>, usize)>,
}

impl TasksState {
    /// The table, with nothing computed yet.
    pub(in crate::app) fn new(scenario: &Scenario) -> Self {
        let is_rows = |property: &Property| property.name() == FIRST;
        Self {
            row: 0,
            property: Self::columns(scenario).into_iter().find(is_rows).unwrap_or(Property::Name),
            part: TasksPart::Table,
            view: TasksPart::Spectrum,
            preview: None,
            previewing: None,
        }
    }

    /// The task under the cursor, as an index into the scenario's task entries.
    pub fn row(&self, scenario: &Scenario) -> usize {
        self.row.min(scenario.draft().tasks.len().saturating_sub(1))
    }

    /// The columns of the table: properties that at least one task has.
    pub fn columns(scenario: &Scenario) -> Vec<Property> {
        Property::of(scenario.draft())
    }

    /// The property under the cursor; if no task has it any more, the last one before it that
    /// exists.
    pub fn property(&self, scenario: &Scenario) -> Property {
        let columns = Self::columns(scenario);
        if columns.contains(&self.property) {
            return self.property;
        }
        let before = Property::all().into_iter().take_while(|other| *other != self.property);
        let stays = before.filter(|other| columns.contains(other)).last();
        stays.unwrap_or(Property::Name)
    }

    /// The column under the cursor.
    pub fn column(&self, scenario: &Scenario) -> usize {
        let here = self.property(scenario);
        Self::columns(scenario).iter().position(|property| *property == here).unwrap_or(0)
    }

    /// The task and the property under the cursor, with the cell's text.
    pub fn cell(&self, scenario: &Scenario) -> (usize, Property, Option<String>) {
        let (task, property) = (self.row(scenario), self.property(scenario));
        (task, property, property.text(scenario.draft(), task))
    }

    /// The figure of a pane, if it can be drawn.
    pub(in crate::app) fn figure(&self, pane: Pane, scenario: &Scenario) -> Option<Figure> {
        if pane == Pane::Spectrum {
            return Some(figure::spectrum::figure(scenario, self.row(scenario)));
        }
        let (scenario, preview) = self.preview.as_ref()?;
        Some(figure::rows::figure(scenario, preview))
    }

    /// Moves the cursor to a cell, or to the nearest existing one.
    pub(in crate::app) fn go(&mut self, row: usize, column: usize, scenario: &Scenario) {
        let columns = Self::columns(scenario);
        self.row = row.min(scenario.draft().tasks.len().saturating_sub(1));
        self.property = columns[column.min(columns.len() - 1)];
    }

    /// Focuses a part; if it is a figure, shows it.
    pub(in crate::app) fn focus(&mut self, part: TasksPart) {
        self.part = part;
        if part != TasksPart::Table {
            self.view = part;
        }
    }
}
