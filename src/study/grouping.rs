//! Plans of tasks to train together, and the plan with the highest mean gain.

use std::collections::HashMap;

use super::surrogate::Surrogate;

/// The largest number of tasks for which all plans are tried; eight tasks have 4,140.
pub const MOST_EXHAUSTIVE: usize = 8;

/// Sums of gains that differ by less count as equal.
const ALIKE: f64 = 1e-12;

/// A partition of the tasks into groups that are trained together.
pub type Grouping = Vec<Vec<usize>>;

/// The best plan found, by mean gain.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The groups; tasks in ascending order, groups ordered by their first tasks.
    pub plan: Grouping,
    /// The gain of every task in its group (k); 0 for a task alone.
    pub gains: Vec<f64>,
    /// The mean of these gains.
    pub value: f64,
    /// True if the gains of some group are predicted.
    pub predicted: bool,
    /// True if all plans were tried.
    pub exhaustive: bool,
}

/// Returns all partitions of k tasks into 1 to `budget` groups; empty if k is larger than
/// [`MOST_EXHAUSTIVE`].
pub fn plans(k: usize, budget: usize) -> Vec<Grouping> {
    let mut found = Vec::new();
    if (1..=MOST_EXHAUSTIVE).contains(&k) {
        extend(&mut Vec::new(), 0, k, budget, &mut found);
    }
    found
}

/// Adds the tasks from `next` on to the groups in `begun`, or to a new group.
fn extend(begun: &mut Grouping, next: usize, k: usize, budget: usize, found: &mut Vec<Grouping>) {
    if next == k {
        return found.push(begun.clone());
    }
    for group in 0..begun.len() {
        begun[group].push(next);
        extend(begun, next + 1, k, budget, found);
        begun[group].pop();
    }
    if begun.len() < budget {
        begun.push(vec![next]);
        extend(begun, next + 1, k, budget, found);
        begun.pop();
    }
}

/// Returns the plan of at most `budget` groups of k tasks with the highest mean gain.
///
/// `trained` returns the gains of the tasks of a group, in their order, or `None` if the group was
/// not trained. It is called for groups of two or more tasks in ascending order.
///
/// For a group that was not trained, the gains are predicted by the surrogate if there is one.
/// Otherwise, for a group of three or more, the gain of a task is predicted as the mean of its gains
/// with each of the others (Fifty et al., NeurIPS 2021), and a plan that contains an untrained pair
/// is left out. Among plans of equal value one with the fewest groups wins. Beyond
/// [`MOST_EXHAUSTIVE`] tasks, groups are merged two at a time, always the best pair, until there
/// are few enough and a further merger would lower the value.
///
/// `None` if no plan can be evaluated.
pub fn best(
    k: usize,
    budget: usize,
    trained: impl Fn(&[usize]) -> Option<Vec<f64>>,
    surrogate: Option<&Surrogate>,
) -> Option<Suggestion> {
    let mut cache = GainCache { trained, surrogate, known: HashMap::new() };
    let mut best: Option<(f64, Grouping)> = None;
    if k > MOST_EXHAUSTIVE {
        best = merged(k, budget, &mut cache);
    }
    for plan in plans(k, budget) {
        let Some(total) = cache.total(&plan) else { continue };
        if best.as_ref().is_none_or(|best| is_better(total, &plan, best)) {
            best = Some((total, plan));
        }
    }
    let (_, plan) = best?;
    cache.suggestion(k, plan)
}

/// Returns true if a plan has a higher sum of gains, or the same sum with fewer groups.
fn is_better(total: f64, plan: &Grouping, (most, other): &(f64, Grouping)) -> bool {
    total > most + ALIKE || (total >= most - ALIKE && plan.len() < other.len())
}

/// The known gains of groups.
struct GainCache<'a, F> {
    trained: F,
    surrogate: Option<&'a Surrogate>,
    known: HashMap<Vec<usize>, Option<Gains>>,
}

#[derive(Clone)]
struct Gains {
    of_tasks: Vec<f64>,
    predicted: bool,
}

impl<F: Fn(&[usize]) -> Option<Vec<f64>>> GainCache<'_, F> {
    fn gains(&mut self, group: &[usize]) -> Option<Gains> {
        if let Some(known) = self.known.get(group) {
            return known.clone();
        }
        let found = self.find(group);
        self.known.insert(group.to_vec(), found.clone());
        found
    }

    fn find(&mut self, group: &[usize]) -> Option<Gains> {
        if group.len() == 1 {
            return Some(Gains { of_tasks: vec![0.0], predicted: false });
        }
        let usable = |gains: &Vec<f64>| gains.iter().all(|gain| !gain.is_nan());
        match (self.trained)(group).filter(usable) {
            Some(of_tasks) => Some(Gains { of_tasks, predicted: false }),
            None if self.surrogate.is_some() => {
                let of_tasks = self.surrogate?.gains(group);
                Some(Gains { of_tasks, predicted: true })
            }
            None if group.len() > 2 => self.predict(group),
            None => None,
        }
    }

    /// Predicts the gain of every task as the mean of its gains with each of the others.
    fn predict(&mut self, group: &[usize]) -> Option<Gains> {
        let mut of_tasks = vec![0.0; group.len()];
        let share = 1.0 / (group.len() - 1) as f64;
        for j in 1..group.len() {
            for i in 0..j {
                let pair = self.gains(&[group[i], group[j]])?.of_tasks;
                of_tasks[i] += share * pair[0];
                of_tasks[j] += share * pair[1];
            }
        }
        Some(Gains { of_tasks, predicted: true })
    }

    /// The sum of the gains of all tasks under a plan.
    fn total(&mut self, plan: &[Vec<usize>]) -> Option<f64> {
        plan.iter().map(|group| Some(self.gains(group)?.of_tasks.iter().sum::<f64>())).sum()
    }

    fn suggestion(&mut self, k: usize, plan: Grouping) -> Option<Suggestion> {
        let mut gains = vec![0.0; k];
        let mut predicted = false;
        for group in &plan {
            let found = self.gains(group)?;
            predicted |= found.predicted;
            for (&task, gain) in group.iter().zip(found.of_tasks) {
                gains[task] = gain;
            }
        }
        let value = gains.iter().sum::<f64>() / k as f64;
        let exhaustive = k <= MOST_EXHAUSTIVE;
        Some(Suggestion { plan, gains, value, predicted, exhaustive })
    }
}

/// The plan found by merging groups two at a time, with the sum of its gains.
fn merged<F: Fn(&[usize]) -> Option<Vec<f64>>>(
    k: usize,
    budget: usize,
    cache: &mut GainCache<'_, F>,
) -> Option<(f64, Grouping)> {
    let mut plan: Grouping = (0..k).map(|task| vec![task]).collect();
    let mut total = 0.0;
    loop {
        let mut next: Option<(f64, Grouping)> = None;
        for j in 1..plan.len() {
            for i in 0..j {
                let candidate = with_merged(&plan, i, j);
                let Some(sum) = cache.total(&candidate) else { continue };
                if next.as_ref().is_none_or(|(most, _)| sum > *most) {
                    next = Some((sum, candidate));
                }
            }
        }
        match next {
            Some((sum, candidate)) if plan.len() > budget || sum >= total - ALIKE => {
                (total, plan) = (sum, candidate);
            }
            _ => break,
        }
    }
    (plan.len() <= budget).then_some((total, plan))
}

/// The plan with group j merged into group i, for i < j.
fn with_merged(plan: &[Vec<usize>], i: usize, j: usize) -> Grouping {
    let mut plan = plan.to_vec();
    let other = plan.remove(j);
    plan[i].extend(other);
    plan[i].sort_unstable();
    plan
}
