//! The sweep form: its rows, their values and how they are changed.

use crate::app::screen::lab::sliders;
use crate::app::settings::Panes;
use crate::app::studies::knob_values::KnobValues;
use crate::error::Invalid;
use crate::method::Approach;
use crate::scenario::{Handle, Scenario};
use crate::study::draft::{NamedScenario, Question};
use crate::study::{Study, StudyDraft};

/// Number of values suggested for the second knob.
const ACROSS: usize = 11;
/// The most trials per cell.
const MOST_TRIALS: usize = 100_000;

/// The form of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepForm {
    /// The knob along x.
    pub x: KnobValues,
    /// The knob along y; `None` for a line chart.
    pub y: Option<KnobValues>,
    /// Trials per cell.
    pub trials: usize,
    /// The methods and weighting schemes that can be compared, and whether each is selected.
    pub methods: Vec<(&'static str, bool)>,
    /// The focused row.
    pub row: FormRow,
    /// A problem and the row it belongs to.
    pub problem: Option<(FormRow, String)>,
    /// True if the user has changed the suggestion.
    pub(in crate::app) changed: bool,
}

/// A row of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormRow {
    /// Of the knob along x.
    X(FormField),
    /// Of the knob along y.
    Y(FormField),
    /// Trials per cell.
    Trials,
    /// A method, by its place in the list.
    Method(usize),
}

/// The part of a knob's range that a row sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormField {
    /// The knob itself.
    Knob,
    /// Its first value.
    From,
    /// Its last value.
    To,
    /// The number of values.
    Points,
    /// The scale.
    Scale,
}

impl FormField {
    const ALL: [Self; 5] = [Self::Knob, Self::From, Self::To, Self::Points, Self::Scale];
}

impl SweepForm {
    /// Suggests a sweep along a knob.
    pub fn suggest(scenario: &Scenario, focus: Handle) -> Self {
        let chosen = |name: &&str| scenario.draft().compare.iter().any(|other| other == name);
        Self {
            x: KnobValues::suggest(scenario, focus),
            y: None,
            trials: scenario.trials().max(2),
            methods: possible(scenario).into_iter().map(|name| (name, chosen(&name))).collect(),
            row: FormRow::X(FormField::Knob),
            problem: None,
            changed: false,
        }
    }

    /// The form of an existing sweep, from its first line; `None` if the study is not a sweep.
    pub(in crate::app) fn of(study: &Study) -> Option<Self> {
        let Question::Sweep { x, y } = &study.draft().question else { return None };
        let base = study.bases().first()?;
        let x = KnobValues::of(base, x.first()?)?;
        let y = y.as_ref().and_then(|y| KnobValues::of(base, y));
        let suggested = Self::suggest(base, base.focus());
        Some(Self { x, y, trials: base.trials(), changed: true, ..suggested })
    }

    /// Follows the Lab: updates the suggestion if the user has not changed it, otherwise only the
    /// methods, and knobs that the scenario no longer turns.
    pub(in crate::app) fn follow(&mut self, scenario: &Scenario, focus: Handle) {
        if !self.changed {
            *self = Self { row: self.row, ..Self::suggest(scenario, focus) };
        }
        let turns = |along: &KnobValues| {
            along.handle(scenario).is_some_and(|handle| !handle.is_aside(scenario.draft()))
        };
        self.y = self.y.take().filter(turns);
        if !turns(&self.x) {
            self.x = KnobValues::suggest(scenario, focus);
            self.y = self.y.take().filter(|y| y.knob != self.x.knob);
        }
        let chosen: Vec<&str> = self.methods.iter().filter(|m| m.1).map(|m| m.0).collect();
        let methods = possible(scenario);
        self.methods = methods.into_iter().map(|name| (name, chosen.contains(&name))).collect();
        self.settle(scenario);
    }

    /// Keeps the form as it is from now on, because a sweep was started from it.
    pub(in crate::app) fn keep(&mut self) {
        self.changed = true;
    }

    /// Number of methods compared, including the scenario's own.
    pub fn ways(&self) -> usize {
        1 + self.methods.iter().filter(|method| method.1).count()
    }

    /// Its rows, from top to bottom.
    pub fn rows(&self) -> Vec<FormRow> {
        let parts = |along: Option<&KnobValues>| match along {
            Some(along) if !along.named => FormField::ALL.to_vec(),
            _ => vec![FormField::Knob],
        };
        let x = parts(Some(&self.x)).into_iter().map(FormRow::X);
        let y = parts(self.y.as_ref()).into_iter().map(FormRow::Y);
        let methods = (0..self.methods.len()).map(FormRow::Method);
        x.chain(y).chain([FormRow::Trials]).chain(methods).collect()
    }

    /// The study draft for a scenario.
    pub fn draft(&self, name: &str, scenario: &Scenario) -> StudyDraft {
        let mut draft = scenario.draft().clone();
        draft.trials = self.trials as f64;
        draft.compare = self.methods.iter().filter(|m| m.1).map(|m| m.0.to_owned()).collect();
        let question = Question::Sweep {
            x: vec![self.x.range().to_string()],
            y: self.y.as_ref().map(|y| y.range().to_string()),
        };
        StudyDraft::new(question, vec![NamedScenario { name: name.to_owned(), scenario: draft }])
    }

    /// Number of cells, or what is wrong with the ranges.
    pub fn cells(&self, scenario: &Scenario) -> Result<usize, Invalid> {
        let x = self.x.count("x", scenario)?;
        let y = self.y.as_ref().map_or(Ok(1), |y| y.count("y", scenario))?;
        Ok(x * y)
    }

    /// Moves the focus to another row.
    pub(in crate::app) fn step(&mut self, by: i32) {
        let rows = self.rows();
        let here = rows.iter().position(|row| *row == self.row).unwrap_or(0) as i32;
        self.row = rows[(here + by).rem_euclid(rows.len() as i32) as usize];
    }

    /// Changes the focused row by notches.
    pub(in crate::app) fn change(&mut self, by: i32, scenario: &Scenario) {
        self.changed = true;
        match self.row {
            FormRow::X(FormField::Knob) => {
                let taken = self.y.as_ref().map(|y| y.knob.clone());
                let knobs = knobs(scenario, taken.as_deref());
                let here = knobs.iter().position(|h| h.path(scenario.draft()) == self.x.knob);
                let next = cycled(here, by.signum(), knobs.len());
                if let Some(handle) = knobs.get(next) {
                    self.x = KnobValues::suggest(scenario, *handle);
                }
            }
            FormRow::Y(FormField::Knob) => self.other_second_knob(by.signum(), scenario),
            FormRow::X(part) => change(&mut self.x, part, by, scenario),
            FormRow::Y(part) => {
                if let Some(y) = &mut self.y {
                    change(y, part, by, scenario);
                }
            }
            FormRow::Trials => {
                let tens = (self.trials / 10).saturating_add_signed(by as isize);
                self.trials = (10 * tens).clamp(2, MOST_TRIALS);
            }
            FormRow::Method(i) => self.toggle(i),
        }
        self.settle(scenario);
    }

    /// Selects the next knob along y; "none" comes before the first. The main knobs of the Lab stand
    /// first, those that change nothing at present last.
    fn other_second_knob(&mut self, by: i32, scenario: &Scenario) {
        let mut knobs = knobs(scenario, Some(&self.x.knob));
        let focus = self.x.handle(scenario).unwrap_or_else(|| scenario.focus());
        let main = sliders(scenario, focus, Panes::Few);
        knobs.sort_by_key(|handle| {
            (handle.asleep(scenario.draft()).is_some(), !main.contains(handle))
        });
        let here = self.y.as_ref().map_or(0, |y| {
            let place = knobs.iter().position(|h| h.path(scenario.draft()) == y.knob);
            place.map_or(0, |place| place + 1)
        });
        let next = cycled(Some(here), by, knobs.len() + 1);
        let handle = next.checked_sub(1).and_then(|place| knobs.get(place));
        self.y = handle.map(|handle| KnobValues::track(scenario, *handle, ACROSS));
    }

    fn toggle(&mut self, i: usize) {
        if let Some((_, chosen)) = self.methods.get_mut(i) {
            *chosen = !*chosen;
        }
    }

    /// The focused row as text for editing; `None` if the row is only switched.
    pub(in crate::app) fn text(&self, scenario: &Scenario) -> Option<String> {
        let of = |along: &KnobValues, part| {
            let exact = |value: f64| {
                let handle = along.handle(scenario);
                handle.map_or_else(|| value.to_string(), |handle| handle.knob.exact(value))
            };
            match part {
                FormField::Knob => Some(along.knob.clone()),
                FormField::From => Some(exact(along.from)),
                FormField::To => Some(exact(along.to)),
                FormField::Points => Some(along.points.to_string()),
                FormField::Scale => None,
            }
        };
        match self.row {
            FormRow::X(part) => of(&self.x, part),
            FormRow::Y(part) => match &self.y {
                Some(y) => of(y, part),
                None => Some(String::new()),
            },
            FormRow::Trials => Some(self.trials.to_string()),
            FormRow::Method(_) => None,
        }
    }

    /// Accepts typed text for the focused row, or says what is allowed.
    pub(in crate::app) fn accept(
        &mut self,
        text: &str,
        scenario: &Scenario,
    ) -> Result<(), Invalid> {
        let text = text.trim();
        match self.row {
            FormRow::X(part) => accept(&mut self.x, part, text, scenario)?,
            FormRow::Y(FormField::Knob) if text.is_empty() || text == "none" => self.y = None,
            FormRow::Y(FormField::Knob) => {
                let handle = Handle::find(scenario.draft(), text)?;
                self.y = Some(KnobValues::track(scenario, handle, ACROSS));
            }
            FormRow::Y(part) => {
                if let Some(y) = &mut self.y {
                    accept(y, part, text, scenario)?;
                }
            }
            FormRow::Trials => self.trials = whole("trials", text, 2, MOST_TRIALS)?,
            FormRow::Method(_) => {}
        }
        self.changed = true;
        self.settle(scenario);
        Ok(())
    }

    /// A knob of the form that would change nothing, with what would wake it; each is judged with the
    /// other at the end of its range.
    pub fn asleep(&self, scenario: &Scenario) -> Option<(String, &'static str)> {
        let of = |own: &KnobValues, other: Option<&KnobValues>| {
            let mut draft = scenario.draft().clone();
            if let Some((other, handle)) = other.and_then(|o| Some((o, o.handle(scenario)?))) {
                let _ = handle.set(&mut draft, other.to);
            }
            Some((own.knob.clone(), own.handle(scenario)?.asleep(&draft)?))
        };
        let y = self.y.as_ref();
        of(&self.x, y).or_else(|| of(y?, Some(&self.x)))
    }

    /// Shows why a study was refused, in the row that caused it.
    pub(in crate::app) fn refuse(&mut self, error: &Invalid) {
        let part = |along: &KnobValues| match along.named {
            true => FormField::Knob,
            false if error.field.ends_with(" to") => FormField::To,
            false => FormField::From,
        };
        let row = match error.field.as_str() {
            field if field.starts_with("--y") || field == "y" || field.starts_with("y ") => {
                FormRow::Y(self.y.as_ref().map_or(FormField::Knob, part))
            }
            "study" if !self.x.named => FormRow::X(FormField::Points),
            _ => FormRow::X(part(&self.x)),
        };
        self.row = row;
        self.problem = Some((row, words(error)));
    }

    /// Keeps the focus on an existing row and reports problems with the ranges.
    fn settle(&mut self, scenario: &Scenario) {
        if !self.rows().contains(&self.row) {
            self.row = match self.row {
                FormRow::Y(_) => FormRow::Y(FormField::Knob),
                FormRow::Method(_) => FormRow::Trials,
                _ => FormRow::X(FormField::Knob),
            };
        }
        self.problem = None;
        if let Err(error) = self.cells(scenario) {
            let row = self.row;
            self.refuse(&error);
            self.problem = self.problem.take().map(|(place, words)| match (place, row) {
                (FormRow::X(_), FormRow::X(_)) | (FormRow::Y(_), FormRow::Y(_)) => (row, words),
                _ => (place, words),
            });
            self.row = row;
        }
    }
}

/// The words of a refusal on the screen.
pub(in crate::app) fn words(error: &Invalid) -> String {
    let field = error.field.trim_start_matches("--");
    format!("{field}: {} is not allowed; {}", error.found, error.allowed)
}

fn change(along: &mut KnobValues, part: FormField, by: i32, scenario: &Scenario) {
    let step = |value: f64| along.handle(scenario).map_or(value, |h| h.knob.step(value, by));
    match part {
        FormField::From => along.from = step(along.from),
        FormField::To => along.to = step(along.to),
        FormField::Points => along.more(by),
        FormField::Scale => along.log = !along.log,
        FormField::Knob => {}
    }
}

fn accept(
    along: &mut KnobValues,
    part: FormField,
    text: &str,
    scenario: &Scenario,
) -> Result<(), Invalid> {
    let end = || {
        let handle = Handle::find(scenario.draft(), &along.knob)?;
        handle.knob.parse(&along.knob, text)
    };
    match part {
        FormField::Knob => {
            *along = KnobValues::suggest(scenario, Handle::find(scenario.draft(), text)?);
        }
        FormField::From => along.from = end()?,
        FormField::To => along.to = end()?,
        FormField::Points => {
            along.points = whole("points", text, 2, crate::study::range::MOST_VALUES)?
        }
        FormField::Scale => {}
    }
    Ok(())
}

fn whole(field: &str, text: &str, low: usize, high: usize) -> Result<usize, Invalid> {
    let number = text.parse().ok().filter(|number| (low..=high).contains(number));
    number.ok_or_else(|| {
        Invalid::new(field, format!("\"{text}\""), format!("a whole number from {low} to {high}"))
    })
}

/// The knobs that can be swept except `without` and those of tasks aside; those with sliders first.
fn knobs(scenario: &Scenario, without: Option<&str>) -> Vec<Handle> {
    let draft = scenario.draft();
    let mut knobs = Handle::all(draft);
    knobs.retain(|handle| !handle.is_aside(draft) && Some(handle.path(draft).as_str()) != without);
    knobs.sort_by_key(|handle| !handle.knob.slider);
    knobs
}

fn cycled(here: Option<usize>, by: i32, count: usize) -> usize {
    let here = here.map_or(0, |here| here as i32 + by);
    here.rem_euclid(count.max(1) as i32) as usize
}

/// The methods and schemes that a scenario can be compared with.
fn possible(scenario: &Scenario) -> Vec<&'static str> {
    let own = scenario.approach();
    let mut names = Approach::names();
    names.retain(|name| {
        let mut draft = scenario.draft().clone();
        draft.compare = vec![(*name).to_owned()];
        let approach = own.named(name).filter(|approach| *approach != own);
        let checked = Scenario::check(draft).ok();
        let compared = checked.map(|scenario| scenario.approaches());
        matches!((approach, compared), (Some(approach), Some(all)) if all.contains(&approach))
    });
    names
}
