//! What happened, and what should happen because of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::{self, Deed};
use super::field::{Field, Purpose};
use super::key::Key;
use super::state::{App, Pane};
use crate::job::{Document, Filed, Filing, Job, JobId, Lane, Pace, Report};
use crate::scenario::knob::Scope;
use crate::scenario::{Handle, Scenario};
use crate::study::Course;
use crate::transfer::Verdict;

/// Lines by which the help can be scrolled at most; how many it has depends on the screen.
const MOST_SCROLL: usize = 200;
/// Changes that can be undone.
const MOST_UNDO: usize = 1000;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The user pressed a key.
    Key(Key),
    /// The user pasted text.
    Paste(String),
    /// A job has found something.
    Report(JobId, Report),
    /// A document was written, or could not be.
    Filed(Filing, Filed),
}

/// Something that should happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Start a job; it replaces the one in its lane.
    Start(JobId, Job),
    /// Stop the job in a lane.
    Cancel(Lane),
    /// Write a document.
    File(Filing),
    /// Stop until brought back to the foreground.
    Suspend,
    /// Leave the program.
    Quit,
}

impl App {
    /// What should happen when the program starts.
    pub fn start(&mut self) -> Vec<Effect> {
        self.restart()
    }

    /// Takes note of what happened and says what should happen.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        match message {
            Message::Key(key) => self.key(key),
            Message::Paste(text) => {
                if let Some(field) = &mut self.field {
                    text.chars().for_each(|c| field.edit(Key::Char(c)));
                }
                Vec::new()
            }
            Message::Report(id, report) => {
                self.report(id, report);
                Vec::new()
            }
            Message::Filed(filing, result) => {
                self.filed(&filing, result);
                Vec::new()
            }
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        if self.field.is_some() && !matches!(key, Key::Ctrl('c' | 'z')) {
            return self.key_in_field(key);
        }
        let Some(action) = action::find(key) else {
            return Vec::new();
        };
        if let Some(scroll) = self.help {
            return self.key_in_help(action.deed, scroll);
        }
        let turns = matches!(action.deed, Deed::Turn(_));
        if !(turns && self.flipped) {
            self.note = None;
            self.flipped = false;
        }
        if !turns {
            self.turning = None;
        }
        self.perform(action.deed)
    }

    fn key_in_help(&mut self, deed: Deed, scroll: usize) -> Vec<Effect> {
        self.help = match deed {
            Deed::Focus(by) => Some(scroll.saturating_add_signed(by as isize)),
            Deed::Turn(by) if by.abs() == 10 => Some(scroll.saturating_add_signed(-by as isize)),
            Deed::Help | Deed::Leave => None,
            Deed::Quit => return vec![Effect::Quit],
            Deed::Suspend => return vec![Effect::Suspend],
            _ => Some(scroll),
        }
        .map(|scroll| scroll.min(MOST_SCROLL));
        Vec::new()
    }

    fn perform(&mut self, deed: Deed) -> Vec<Effect> {
        let value = self.focus.get(self.scenario.draft()).unwrap_or(f64::NAN);
        match deed {
            Deed::Turn(by) => {
                let to = self.focus.knob.step(value, by);
                let effects = self.set(to, self.turning == Some(self.focus));
                if !effects.is_empty() {
                    self.turning = Some(self.focus);
                }
                effects
            }
            Deed::ToLow => self.set(self.focus.knob.track.0, false),
            Deed::ToHigh => self.set(self.focus.knob.track.1, false),
            Deed::Default if same_but_for(&self.opened, &self.scenario, self.focus) => {
                self.change((*self.opened).clone(), false)
            }
            Deed::Default => self.set(self.default_value().unwrap_or(value), false),
            Deed::Focus(by) => self.focus_by(by),
            Deed::TypeValue => self.open(Field::new(Purpose::Value, self.focus.knob.text(value))),
            Deed::Undo => self.travel(true),
            Deed::Redo => self.travel(false),
            Deed::Pane(by) => self.pane_by(by),
            Deed::Run => self.run_or_pause(),
            Deed::Step => self.one_step(),
            Deed::Rewind => vec![self.descend(None)],
            Deed::NewDraw => self.new_draw(),
            Deed::Export => self.offer_export(),
            Deed::Save => self.open(Field::new(Purpose::Save, format!("{}-mine.json", self.name))),
            Deed::Help => {
                self.help = Some(0);
                Vec::new()
            }
            Deed::Leave => Vec::new(),
            Deed::Suspend => vec![Effect::Suspend],
            Deed::Quit => vec![Effect::Quit],
        }
    }

    fn open(&mut self, field: Field) -> Vec<Effect> {
        self.field = Some(field);
        Vec::new()
    }

    fn key_in_field(&mut self, key: Key) -> Vec<Effect> {
        match key {
            Key::Escape => self.field = None,
            Key::Enter => return self.submit(),
            key => {
                if let Some(field) = &mut self.field {
                    field.edit(key);
                }
            }
        }
        Vec::new()
    }

    fn submit(&mut self) -> Vec<Effect> {
        let Some(mut field) = self.field.take() else {
            return Vec::new();
        };
        let path = PathBuf::from(field.text.trim());
        let document = match field.purpose {
            Purpose::Value => return self.submit_value(field),
            Purpose::Save => Some(Document::Scenario(self.scenario.clone())),
            Purpose::Export => self.figure(self.view).map(|figure| Document::Picture {
                figure: Box::new(figure),
                scenario: self.scenario.clone(),
            }),
        };
        let problem = match document {
            _ if path.file_name().is_none() => "a file name is needed",
            None => "nothing is drawn yet",
            Some(Document::Picture { .. }) if is_no_png(&path) => "the name must end in .png",
            Some(document) => {
                self.note = Some(format!("writing {} …", path.display()));
                return vec![Effect::File(Filing { document, path, replace: field.replace })];
            }
        };
        field.problem = Some(problem.into());
        self.open(field)
    }

    fn submit_value(&mut self, mut field: Field) -> Vec<Effect> {
        let path = self.focus.path(self.scenario.draft());
        let parsed = self.focus.knob.parse(&path, &field.text);
        let checked = parsed.and_then(|value| self.scenario.with(self.focus, value).map(|_| value));
        match checked {
            Ok(value) => self.set(value, false),
            Err(problem) => {
                field.problem =
                    Some(format!("{} is not allowed; {}", problem.found, problem.allowed));
                self.open(field)
            }
        }
    }

    /// Sets the focused knob; `merge` makes the change one with the change before.
    fn set(&mut self, value: f64, merge: bool) -> Vec<Effect> {
        match self.scenario.with(self.focus, value) {
            Ok(scenario) => {
                self.has_turned = true;
                self.change(scenario, merge)
            }
            Err(problem) => {
                self.note = Some(problem.to_string());
                Vec::new()
            }
        }
    }

    fn change(&mut self, scenario: Scenario, merge: bool) -> Vec<Effect> {
        if scenario == *self.scenario {
            return Vec::new();
        }
        if !merge || self.undo.is_empty() {
            self.undo.push(self.scenario.clone());
            if self.undo.len() > MOST_UNDO {
                self.undo.remove(0);
            }
        }
        self.redo.clear();
        self.scenario = Arc::new(scenario);
        self.restart()
    }

    fn travel(&mut self, back: bool) -> Vec<Effect> {
        let (from, to) =
            if back { (&mut self.undo, &mut self.redo) } else { (&mut self.redo, &mut self.undo) };
        let Some(scenario) = from.pop() else {
            self.note = Some(if back { "nothing to undo" } else { "nothing to redo" }.into());
            return Vec::new();
        };
        to.push(std::mem::replace(&mut self.scenario, scenario));
        self.restart()
    }

    fn new_draw(&mut self) -> Vec<Effect> {
        let mut draft = self.scenario.draft().clone();
        draft.seed = (draft.seed + 1.0) % 9e15;
        match Scenario::check(draft) {
            Ok(scenario) => self.change(scenario, false),
            Err(problem) => {
                self.note = Some(problem.to_string());
                Vec::new()
            }
        }
    }

    fn focus_by(&mut self, by: i32) -> Vec<Effect> {
        let sliders = self.sliders();
        let here = sliders.iter().position(|h| *h == self.focus).unwrap_or(0) as i32;
        self.focus = sliders[(here + by).rem_euclid(sliders.len() as i32) as usize];
        self.trace().into_iter().collect()
    }

    fn pane_by(&mut self, by: i32) -> Vec<Effect> {
        let here = Pane::ALL.iter().position(|p| *p == self.pane).unwrap_or(0) as i32;
        self.pane = Pane::ALL[(here + by).rem_euclid(Pane::ALL.len() as i32) as usize];
        if self.pane != Pane::Knobs {
            self.view = self.pane;
        }
        Vec::new()
    }

    fn offer_export(&mut self) -> Vec<Effect> {
        match self.figure(self.view) {
            None => {
                self.note = Some("nothing is drawn yet".into());
                Vec::new()
            }
            Some(figure) => {
                let knob = self.focus.path(self.scenario.draft()).replace('.', "-");
                let name = match figure.id {
                    "gain" => format!("{}-gain-{knob}.png", self.name),
                    id => format!("{}-{id}.png", self.name),
                };
                self.open(Field::new(Purpose::Export, name))
            }
        }
    }

    fn filed(&mut self, filing: &Filing, filed: Filed) {
        let path = filing.path.display();
        match filed {
            Filed::Written => {
                self.note = Some(format!("wrote {path}"));
                if let Document::Scenario(scenario) = &filing.document {
                    self.saved = scenario.clone();
                    self.name = stem(&filing.path);
                }
            }
            Filed::Exists if self.field.is_none() => {
                let purpose = match filing.document {
                    Document::Scenario(_) => Purpose::Save,
                    Document::Picture { .. } => Purpose::Export,
                };
                let problem = "there is such a file; Enter again replaces it";
                self.note = None;
                self.field = Some(Field {
                    problem: Some(problem.into()),
                    replace: true,
                    ..Field::new(purpose, path.to_string())
                });
            }
            Filed::Exists => self.note = Some(format!("{path} exists and was not replaced")),
            Filed::Failed(problem) => self.note = Some(problem),
        }
    }

    fn run_or_pause(&mut self) -> Vec<Effect> {
        if self.course.as_ref().is_some_and(|course| course.is_finished()) {
            self.note = Some("the descent has ended; r starts it again".into());
            return Vec::new();
        }
        self.running = !self.running;
        if self.running {
            vec![self.descend(self.course.clone())]
        } else {
            vec![Effect::Cancel(Lane::Descent)]
        }
    }

    fn one_step(&mut self) -> Vec<Effect> {
        self.running = false;
        let from = self.course.clone();
        vec![self.begin(Job::Descent { scenario: self.scenario.clone(), from, pace: Pace::Step })]
    }

    fn descend(&mut self, from: Option<Box<Course>>) -> Effect {
        let pace = if self.running { Pace::Run } else { Pace::Stand };
        self.begin(Job::Descent { scenario: self.scenario.clone(), from, pace })
    }

    /// Everything anew for the scenario on screen. What is drawn stays until the new comes.
    fn restart(&mut self) -> Vec<Effect> {
        self.fresh = false;
        let verdict = self.begin(Job::Verdict(self.scenario.clone()));
        let descent = self.descend(None);
        [verdict].into_iter().chain(self.trace()).chain([descent]).collect()
    }

    /// Traces the gain along the focused knob, unless that curve is on screen already: turning
    /// the knob itself moves only the mark upon it.
    fn trace(&mut self) -> Option<Effect> {
        let same = self.traced.as_ref().is_some_and(|(scenario, handle)| {
            *handle == self.focus
                && same_but_for(scenario, &self.scenario, self.focus)
                && reach(scenario, self.focus) == reach(&self.scenario, self.focus)
        });
        if same {
            return None;
        }
        if self.curve.as_ref().is_some_and(|curve| curve.handle != self.focus) {
            self.curve = None;
        }
        self.traced = Some((self.scenario.clone(), self.focus));
        Some(self.begin(Job::Curve(self.scenario.clone(), self.focus)))
    }

    fn begin(&mut self, job: Job) -> Effect {
        let id = self.job(job.lane());
        id.0 += 1;
        Effect::Start(*id, job)
    }

    fn report(&mut self, id: JobId, report: Report) {
        let lane = match &report {
            Report::Verdict(_) => Lane::Verdict,
            Report::Curve(_) => Lane::Curve,
            Report::Descent(_) => Lane::Descent,
            Report::Failed(lane, _) => *lane,
        };
        if *self.job(lane) != id {
            return;
        }
        match report {
            Report::Verdict(findings) => {
                self.findings = Some(findings);
                self.fresh = true;
                self.notice_negative_transfer();
            }
            Report::Curve(curve) => self.curve = Some(curve),
            Report::Descent(course) => self.course = Some(course),
            Report::Failed(_, what) => {
                self.note =
                    Some(format!("a computation failed, which is a fault of the program: {what}"));
            }
        }
    }

    /// Says so when the user has just turned a helping source into a hurting one by one knob.
    fn notice_negative_transfer(&mut self) {
        let complete = self.measurement().filter(|m| m.is_complete());
        let Some(verdict) = complete.map(|m| m.own().targets.verdict) else {
            return;
        };
        if verdict != Verdict::Hurts && std::mem::take(&mut self.flipped) {
            self.note = None;
        }
        match verdict {
            Verdict::Helps => self.helped = Some(self.scenario.clone()),
            Verdict::Hurts => {
                let Some(helped) = self.helped.take() else { return };
                let of_task = self.focus.knob.scope == Scope::Task;
                if of_task && same_but_for(&helped, &self.scenario, self.focus) {
                    self.flipped = true;
                    self.note = Some(negative_transfer(
                        &self.focus.path(self.scenario.draft()),
                        self.focus,
                    ));
                }
            }
            Verdict::NoDifference => {}
        }
    }
}

/// What the user has just shown by turning a knob.
fn negative_transfer(path: &str, handle: Handle) -> String {
    match handle.knob.name {
        "angle" | "cosine" => {
            format!(
                "Negative transfer! Same model, same rows: only the tasks drifted apart ({path})."
            )
        }
        _ => format!("Negative transfer! Same model, same tasks: only the data changed ({path})."),
    }
}

/// How far the value of a knob lies beyond its track.
fn reach(scenario: &Scenario, handle: Handle) -> f64 {
    let position = handle.get(scenario.draft()).map_or(0.0, |value| handle.knob.position(value));
    position - position.clamp(0.0, 1.0)
}

/// Whether two scenarios are the same when one knob is left out of the comparison.
fn same_but_for(one: &Scenario, other: &Scenario, handle: Handle) -> bool {
    let settled =
        |scenario: &Scenario| scenario.with(handle, handle.knob.track.1).map(|s| s.draft().clone());
    matches!((settled(one), settled(other)), (Ok(a), Ok(b)) if a == b)
}

/// Whether the ending of a file promises another kind of file than a PNG.
pub fn is_no_png(path: &Path) -> bool {
    path.extension().is_some_and(|ending| !ending.eq_ignore_ascii_case("png"))
}

/// The name of a file without folder and ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "scenario".into(), |stem| stem.to_string_lossy().into_owned())
}
