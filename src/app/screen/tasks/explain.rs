//! Explanations of what has the focus on the Tasks screen.

use super::state::{TasksPart, TasksState};
use crate::app::overlay::OverlayEntry;
use crate::app::overlay::explain::{OURS, Subject, knob, subject};
use crate::app::work::Work;

const TASKS: Subject = Subject {
    name: "Tasks",
    words: "the tasks learnt together: each has its own θ, rows and noise; all share B, and each \
            has its own head",
    formula: "yᵢ = Xᵢ θᵢ + ε,  rows of Xᵢ ~ N(0, Σᵢ),  ε ~ N(0, σᵢ²);  prediction g(x B) Aᵢ",
    source: "section 2 of the paper",
};
const SPECTRUM: Subject = Subject {
    name: "Spectrum",
    words: "the spread of each task's rows, direction by direction, loudest first; rotating \
            the directions does not change it",
    formula: "Σ = Q D² Qᵀ: the entries of D², by size",
    source: "section 2 and Figure 3 of the paper",
};
const ROWS: Subject = Subject {
    name: "Rows",
    words: "rows of the first trial in the plane where the selected task's rows are loudest, and \
            the parts of the θs in it: a source with quiet rows there teaches little about that part",
    formula: "(xᵀv₁, xᵀv₂), with Σ v = λ v and the two largest λ",
    source: OURS,
};

/// Explains the focused property or figure.
pub(in crate::app) fn explain_focus(tasks: &TasksState, work: &Work) -> Vec<OverlayEntry> {
    let draft = work.scenario.draft();
    let (task, property, text) = tasks.cell(&work.scenario);
    match (tasks.part, property.handle(draft, task)) {
        (TasksPart::Spectrum, _) => subject(&SPECTRUM),
        (TasksPart::Rows, _) => subject(&ROWS),
        (TasksPart::Table, Some(handle)) => knob(&work.scenario, handle),
        (TasksPart::Table, None) => {
            let mut entries = vec![
                OverlayEntry::heading(format!("{}, {}", draft.tasks[task].name, property.name())),
                OverlayEntry::new("in words", property.help()),
            ];
            entries.extend(text.map(|text| OverlayEntry::new("now", text)));
            entries.push(OverlayEntry::new("allowed", property.allowed(draft, task)));
            entries.extend(subject(&TASKS));
            entries
        }
    }
}
