//! The scenario with which a data set opens.

use super::OpenDataset;
use crate::scenario::draft::{
    CovarianceDraft, DataDraft, DatasetDraft, Draw, FORMAT, ModelDraft, Redraw, RowsDraft,
    ScenarioDraft, TaskDraft, TaskRole,
};
use crate::task::Space;

/// Trials behind the verdict.
const TRIALS: f64 = 40.0;
/// Most training rows of a task, unless a user wants more.
pub const MOST: usize = 500;
/// Most tasks that take part; the others are aside.
const TASKS: usize = 32;

/// The scenario with which a data set opens: the first task is the target, the others are sources.
/// Every trial draws four fifths of the training rows, at most 500.
pub fn suggest(place: DatasetDraft, data: &OpenDataset) -> ScenarioDraft {
    let named = data.tasks().iter().take(TASKS).enumerate();
    let samples = |i: usize| (data.most_rows(i) * 4 / 5).clamp(1, MOST) as f64;
    let tasks = named.map(|(i, task)| (task.name.clone(), samples(i))).collect();
    let (title, about) = (data.dataset().title.clone(), data.dataset().source.join(" "));
    plain(place, (title, about), data.dimension() as f64, tasks)
}

/// The scenario with which the data set of another scenario opens, as far as that one says: with its
/// title, its number of features, and its tasks with their numbers of rows.
pub fn suggested_like(draft: &ScenarioDraft) -> Option<ScenarioDraft> {
    let tasks = draft.tasks.iter().map(|task| (task.name.clone(), task.samples)).collect();
    let words = (draft.title.clone(), draft.about.clone());
    Some(plain(draft.dataset.clone()?, words, draft.data.dimension, tasks))
}

fn plain(
    place: DatasetDraft,
    (title, about): (String, String),
    dimension: f64,
    tasks: Vec<(String, f64)>,
) -> ScenarioDraft {
    let task = |(i, (name, samples)): (usize, (String, f64))| TaskDraft {
        name,
        role: if i == 0 { TaskRole::Target } else { TaskRole::Source },
        count: None,
        samples,
        noise: TaskDraft::NO_NOISE,
        labels: None,
        flips: None,
        random: None,
        weight: None,
        covariance: CovarianceDraft::default(),
        theta: None,
    };
    let tasks: Vec<TaskDraft> = tasks.into_iter().enumerate().map(task).collect();
    let focus = tasks.first().map(|task| format!("{}.samples", task.name));
    ScenarioDraft {
        taskscope: f64::from(FORMAT.version),
        title,
        about,
        seed: 1.0,
        trials: TRIALS,
        focus,
        dataset: Some(place),
        data: DataDraft {
            dimension,
            draw: Draw::default(),
            redraw: Redraw::Data,
            rows: RowsDraft::Own,
            rank: None,
            spread: None,
            space: Space::default(),
            validation: None,
        },
        model: ModelDraft::default(),
        compare: Vec::new(),
        tasks,
    }
}
