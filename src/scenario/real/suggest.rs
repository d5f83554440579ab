//! The scenario with which a data set opens.

use super::OpenDataset;
use crate::scenario::draft::{
    CovarianceDraft, DataDraft, DatasetDraft, Draw, FORMAT, ModelDraft, Redraw, RowsDraft,
    ScenarioDraft, TaskDraft, TaskRole,
};
use crate::task::Space;

/// Trials behind the verdict.
const TRIALS: f64 = 40.0;
/// Most training rows of a task.
const MOST: usize = 500;
/// Most tasks that take part; the others are aside.
const TASKS: usize = 32;

/// The scenario with which a data set opens: the first task is the target, the others are sources.
/// Every trial draws four fifths of the training rows, at most 500.
pub fn suggest(place: DatasetDraft, data: &OpenDataset) -> ScenarioDraft {
    let named = data.tasks().iter().take(TASKS).enumerate();
    let task = |(i, task): (usize, &crate::dataset::DatasetTask)| TaskDraft {
        name: task.name.clone(),
        role: if i == 0 { TaskRole::Target } else { TaskRole::Source },
        count: None,
        samples: (data.most_rows(i) * 4 / 5).clamp(1, MOST) as f64,
        noise: 0.0,
        labels: None,
        flips: None,
        random: None,
        weight: None,
        covariance: CovarianceDraft::default(),
        theta: None,
    };
    let tasks: Vec<TaskDraft> = named.map(task).collect();
    let focus = tasks.first().map(|task| format!("{}.samples", task.name));
    ScenarioDraft {
        taskscope: FORMAT,
        title: data.dataset().title.clone(),
        about: data.dataset().source.join(" "),
        seed: 1.0,
        trials: TRIALS,
        focus,
        dataset: Some(place),
        data: DataDraft {
            dimension: data.dimension() as f64,
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
