//! Checks a draft and turns it into a scenario that can be computed.

mod model;
mod numbers;
mod real;
mod roles;
mod tasks;

use crate::scenario::group::Group;

use super::draft::{RowsDraft, ScenarioDraft, TaskDraft, TaskRole};
use super::knob::Handle;
use crate::error::{Error, Invalid, Result};
use crate::method::{Approach, Method, Weighting};
use crate::model::Loss;
use crate::scenario::knob::{Knob, KnobScale};
use crate::scenario::real::RealTasks;
use crate::task::{Activation, Response, TaskSpec};

/// A checked scenario: everything in it can be computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    draft: ScenarioDraft,
    groups: Vec<Group>,
    tasks: Vec<TaskSpec>,
    addresses: Vec<usize>,
    drawn: Vec<TaskSpec>,
    compared: Vec<Approach>,
    focus: Handle,
    real: Option<RealTasks>,
}

impl Scenario {
    /// Checks a draft. The error names the first invalid field.
    pub fn check(draft: ScenarioDraft) -> std::result::Result<Self, Invalid> {
        numbers::check(&draft)?;
        let all = roles::groups(&draft)?;
        let of_dataset = |place| real::tasks(place, &draft);
        let real = draft.dataset.as_ref().map(of_dataset).transpose()?;
        let drawn = match &real {
            Some(real) => real::specs(&draft, &all, real),
            None => tasks::specs(&draft, &all)?,
        };
        let (groups, addresses) = taking_part(all);
        let tasks: Vec<TaskSpec> = addresses.iter().map(|&i| drawn[i].clone()).collect();
        let compared = model::check(&draft, &tasks, &drawn)?;
        let focus = match &draft.focus {
            Some(path) => {
                Handle::find(&draft, path).map_err(|e| Invalid { field: "focus".into(), ..e })?
            }
            None => Handle::all(&draft)[0],
        };
        Ok(Self { draft, groups, tasks, addresses, drawn, compared, focus, real })
    }

    /// Parses and checks JSON; `origin` names the file in errors.
    pub fn parse(json: &str, origin: &str) -> Result<Self> {
        let draft = ScenarioDraft::parse(json, origin)?;
        Self::check(draft).map_err(|problem| Error::Scenario { origin: origin.to_owned(), problem })
    }

    /// The same scenario with one knob set to another value.
    pub fn with(&self, handle: Handle, value: f64) -> std::result::Result<Self, Invalid> {
        let mut draft = self.draft.clone();
        handle.set(&mut draft, value)?;
        Self::check(draft)
    }

    /// Returns true if another scenario is the same experiment except for one knob. Title, text and
    /// focus may differ.
    pub fn same_but_for(&self, other: &Self, handle: Handle) -> bool {
        if self.draft.tasks.len() != other.draft.tasks.len() {
            return false;
        }
        let settled = |scenario: &Self| {
            let draft = scenario.with(handle, handle.knob.track.1).ok()?.draft;
            Some(ScenarioDraft { title: String::new(), about: String::new(), focus: None, ..draft })
        };
        settled(self).is_some_and(|own| settled(other) == Some(own))
    }

    /// The same scenario with the training rows of every task scaled; `None` if that is not
    /// allowed, or leaves fewer than eight rows.
    pub fn with_rows_scaled(&self, share: f64) -> Option<Self> {
        let mut draft = self.draft.clone();
        for task in &mut draft.tasks {
            task.samples = (task.samples * share).round();
            if task.samples < 8.0 {
                return None;
            }
        }
        Self::check(draft).ok()
    }

    /// The same scenario with another approach.
    pub fn trained_by(&self, approach: Approach) -> std::result::Result<Self, Invalid> {
        let mut draft = self.draft.clone();
        (draft.model.weights, draft.model.method) = (approach.weighting, approach.method);
        Self::check(draft)
    }

    /// The draft it was made from.
    pub fn draft(&self) -> &ScenarioDraft {
        &self.draft
    }

    /// The groups of tasks that take part, one per entry that is not aside.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The specifications of the tasks that take part, group by group. A θ refers to another task
    /// by its index among all drawn tasks.
    pub fn tasks(&self) -> &[TaskSpec] {
        &self.tasks
    }

    /// For every task that takes part, its index among all drawn tasks, including those aside. It
    /// is the task's address below the seed.
    pub fn addresses(&self) -> &[usize] {
        &self.addresses
    }

    /// The first task of an entry of the draft, aside or not: its index among all drawn tasks and
    /// its specification.
    pub fn first_of(&self, entry: usize) -> Option<(usize, &TaskSpec)> {
        let before = self.draft.tasks.get(..entry)?;
        let address = before.iter().map(|task| task.count.unwrap_or(1.0) as usize).sum();
        self.drawn.get(address).map(|spec| (address, spec))
    }

    /// The specifications of all drawn tasks, including those aside.
    pub(super) fn drawn(&self) -> &[TaskSpec] {
        &self.drawn
    }

    /// The real tasks behind it; `None` if its tasks are drawn.
    pub fn real(&self) -> Option<&RealTasks> {
        self.real.as_ref()
    }

    /// Indices of the targets, whose gain is measured; there is at least one.
    pub fn targets(&self) -> Vec<usize> {
        self.of_role(TaskRole::Target)
    }

    /// Indices of the sources.
    pub fn sources(&self) -> Vec<usize> {
        self.of_role(TaskRole::Source)
    }

    fn of_role(&self, role: TaskRole) -> Vec<usize> {
        let groups = self.groups.iter().filter(|group| group.role == role);
        groups.flat_map(|group| group.tasks.clone()).collect()
    }

    /// The two tasks that a plane shows: the first target and the first other task, or the target
    /// twice if it is alone.
    pub fn pair(&self) -> [usize; 2] {
        let target = self.targets()[0];
        let others = self.sources().into_iter().chain(self.targets());
        [target, others.into_iter().find(|i| *i != target).unwrap_or(target)]
    }

    /// The focused knob when the scenario is opened.
    pub fn focus(&self) -> Handle {
        self.focus
    }

    /// The values that a knob may have, in words. Of real tasks there are not more rows than the data
    /// have.
    pub fn allowed_words(&self, handle: Handle) -> String {
        let (low, high) = handle.allowed(&self.draft);
        let high = match &self.real {
            Some(real) if handle.knob.field == "samples" => {
                let most = real.most_rows(handle.task, self.shares_rows()) as f64;
                let own = handle.get(&self.draft).filter(|_| handle.knob.name == "ratio");
                own.map_or(most, |own| most * own / self.draft.tasks[handle.task].samples)
            }
            _ => high,
        };
        handle.knob.words_of((low, high))
    }

    /// The ends of a knob's track. That of the rows of real tasks ends where their rows end, and
    /// that of the width of linear units at one unit for every task, from where on nothing changes.
    pub fn track(&self, handle: Handle) -> (f64, f64) {
        let (low, high) = handle.knob.track;
        match &self.real {
            Some(real) if handle.knob.field == "samples" && handle.knob.name == "samples" => {
                let most = real.most_rows(handle.task, self.shares_rows()) as f64;
                (low.min(most), high.min(most))
            }
            _ if handle.knob.field == "model.width" => {
                let tasks = self.tasks.len().max(2) as f64;
                let linear = self.activation() == Activation::Linear;
                (low, if linear { tasks } else { high.max(tasks) })
            }
            _ => (low, high),
        }
    }

    /// For every task that takes part, the most training rows that a trial can have: those of its
    /// training part. Empty for tasks that are drawn.
    pub fn most_rows(&self) -> Vec<u64> {
        let Some(real) = &self.real else { return Vec::new() };
        let most = |&address: &usize| real.most_rows(address, self.shares_rows()) as u64;
        self.addresses().iter().map(most).collect()
    }

    /// Returns true if every trial has the same rows: those of real tasks whose parts are given,
    /// if all training rows are used.
    pub fn repeats_rows(&self) -> bool {
        let Some(real) = &self.real else { return false };
        let all = |(entry, task): (usize, &TaskDraft)| {
            let most = real.most_rows(entry, self.shares_rows()) as f64;
            task.role == TaskRole::Aside
                || task.samples >= most && task.random.unwrap_or(0.0) == 0.0
        };
        !real.draws_splits() && self.draft.tasks.iter().enumerate().all(all)
    }

    /// Number of features d.
    pub fn dimension(&self) -> usize {
        self.draft.data.dimension as usize
    }

    /// Width r of the shared module.
    pub fn width(&self) -> usize {
        self.draft.model.width as usize
    }

    /// The activation of the units.
    pub fn activation(&self) -> Activation {
        self.draft.model.activation
    }

    /// The loss.
    pub fn loss(&self) -> Loss {
        self.draft.model.loss
    }

    /// The approach: weighting scheme and method.
    pub fn approach(&self) -> Approach {
        Approach { weighting: self.draft.model.weights, method: self.draft.model.method }
    }

    /// Its own approach and, if that aligns covariances, the ridge baseline.
    pub fn beside_baseline(&self) -> Vec<Approach> {
        self.with_baseline(vec![self.approach()])
    }

    /// Its own approach and those it is compared with.
    pub fn approaches(&self) -> Vec<Approach> {
        let mut approaches = vec![self.approach()];
        for approach in &self.compared {
            if !approaches.contains(approach) {
                approaches.push(*approach);
            }
        }
        self.with_baseline(approaches)
    }

    /// Adds the ridge baseline if an approach is not joint training. Real tasks are trained alone by it
    /// already.
    fn with_baseline(&self, mut approaches: Vec<Approach>) -> Vec<Approach> {
        let has = |method: Method| approaches.iter().any(|a| a.method == method);
        let aligns = approaches.iter().any(|a| a.method != Method::Joint);
        if aligns && !has(Method::Ridge) && self.real.is_none() {
            approaches.push(Approach { weighting: Weighting::Uniform, method: Method::Ridge });
        }
        approaches
    }

    /// The manual weights α_i of the tasks.
    pub fn manual_weights(&self) -> Vec<f64> {
        let of_group = |group: &Group| {
            vec![self.draft.tasks[group.entry].weight.unwrap_or(1.0); group.tasks.len()]
        };
        self.groups.iter().flat_map(of_group).collect()
    }

    /// Returns true if training needs only the moments of the data.
    pub fn is_linear(&self) -> bool {
        self.activation() == Activation::Linear && self.loss() == Loss::Squared
    }

    /// Returns true if joint training can use a weighting scheme.
    pub fn allows(&self, weighting: Weighting) -> bool {
        model::check_approach(&self.draft, Approach { weighting, method: Method::Joint }).is_ok()
    }

    /// Returns true if labels are signs, so that errors are misclassified rows.
    pub fn classifies(&self) -> bool {
        self.tasks.iter().any(|task| task.labels.response == Response::Sign)
    }

    /// Returns true if all tasks have the same X.
    pub fn shares_rows(&self) -> bool {
        self.draft.data.rows == RowsDraft::Shared
    }

    /// Number of trials behind a verdict.
    pub fn trials(&self) -> usize {
        self.draft.trials as usize
    }

    /// Returns true if another scenario draws the same populations.
    pub fn same_populations(&self, other: &Self) -> bool {
        self.draft.data.dimension == other.draft.data.dimension
            && self.draft.data.redraw == other.draft.data.redraw
            && self.draft.seed == other.draft.seed
            && self.addresses == other.addresses
            && self.real == other.real
            && self.drawn.len() == other.drawn.len()
            && self.drawn.iter().zip(&other.drawn).all(|(a, b)| a.same_population(b))
    }
}

/// The groups that take part, with their tasks renumbered, and the addresses of these tasks.
fn taking_part(all: Vec<Group>) -> (Vec<Group>, Vec<usize>) {
    let mut addresses = Vec::new();
    let mut groups = Vec::new();
    for group in all.into_iter().filter(|group| group.role != TaskRole::Aside) {
        let first = addresses.len();
        addresses.extend(group.tasks.clone());
        groups.push(Group { tasks: first..addresses.len(), ..group });
    }
    (groups, addresses)
}

/// Valid values of a knob along its whole track, extended to its current value: `points` of them,
/// or fewer if the knob has fewer values.
pub fn along_track(scenario: &Scenario, handle: Handle, points: usize) -> Vec<f64> {
    let knob: &Knob = handle.knob;
    let mut values: Vec<f64> = match knob.scale {
        KnobScale::Choice(names) => (0..names.len()).map(|i| i as f64).collect(),
        _ => {
            let ends = scenario.track(handle);
            let here = handle.get(scenario.draft()).map_or(0.0, |value| knob.position(ends, value));
            let (from, to) = (here.min(0.0), here.max(1.0));
            let share = |i: usize| from + (to - from) * i as f64 / (points - 1) as f64;
            (0..points).map(|i| knob.along(ends, share(i))).collect()
        }
    };
    values.dedup();
    values.retain(|&value| scenario.with(handle, value).is_ok());
    values
}
