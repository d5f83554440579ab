//! What has the focus: in plain words, as a symbol, as a formula, and where it comes from.

use super::OverlayEntry;
use crate::app::lab::Pane;
use crate::app::screen::Screen;
use crate::app::state::App;
use crate::app::studies::knob_values::KnobValues;
use crate::app::studies::{Facet, FormField as Bound, FormRow, SweepForm};
use crate::app::tasks::TasksPart;
use crate::figure::words;
use crate::scenario::{Handle, Scenario};
use crate::study::probe::PROXIES;

const PAPER: &str = "Wu, Zhang & Ré, ICLR 2020 (arXiv 2005.00944)";
const OURS: &str = "our own measure, at the optima of the models";

/// Something on the screen that is not a knob.
struct Subject {
    name: &'static str,
    words: &'static str,
    formula: &'static str,
    source: &'static str,
}

const GAIN: Subject = Subject {
    name: "Gain",
    words: "how much of the target's error is gone because it was trained with others; positive helps, \
            negative hurts",
    formula: "1 − mean R(together) / mean R(alone),  R = (θ̂ − θ)ᵀ Σ (θ̂ − θ); verdict: sign of the \
              paired mean difference where its 95 % interval is off zero",
    source: OURS,
};
const LOSS: Subject = Subject {
    name: "Loss",
    words: "training loss of gradient descent on the first trial, and as dotted rules the optima; no \
            verdict comes from an unfinished descent",
    formula: "f = Σᵢ αᵢ ‖g(Xᵢ B) Aᵢ − yᵢ‖²",
    source: "eq. 1 and 2 of the paper",
};
const PLANE: Subject = Subject {
    name: "Plane",
    words: "where the θs of target and source point, how far their rows spread there, and the shared \
            module between them",
    formula: "B maximises h(B) = Σᵢ αᵢ ⟨Xᵢ B / ‖Xᵢ B‖, yᵢ⟩²",
    source: "eq. 4 and Figure 2 of the paper",
};
const WHY: Subject = Subject {
    name: "Why",
    words: "what theory predicts without any training: less variance, because the source's rows steady \
            B, against the bias of serving both tasks",
    formula: "gain = variance saved − bias added, both as shares of R(alone); the pane lists what each \
              adds to the gain",
    source: "deterministic equivalents for Gaussian rows, our own derivation, checked by simulation",
};
const WEIGHTS: Subject = Subject {
    name: "Task weights",
    words: "how much the loss of each task counts in training, scheme by scheme, and what that does to \
            every task",
    formula: "αᵢ = ‖θᵢᵀ U_r‖, with U_r from the SVD of (X₁ᵀy₁ … X_kᵀy_k)",
    source: "Algorithm 2 of the paper; standardised labels are our default, for raw ones fool it",
};
const TASKS: Subject = Subject {
    name: "Tasks",
    words: "what is learnt together: each task has its θ, its rows and its noise; all share B and each \
            has a head of its own",
    formula: "yᵢ = Xᵢ θᵢ + ε,  rows of Xᵢ ~ N(0, Σᵢ),  ε ~ N(0, σᵢ²);  prediction g(x B) Aᵢ",
    source: "section 2 of the paper",
};
const SPECTRUM: Subject = Subject {
    name: "Spectrum",
    words: "how far the rows of each task spread, direction by direction, the loudest first; turning \
            the directions does not change it",
    formula: "Σ = Q D² Qᵀ: the entries of D², by size",
    source: "section 2 and Figure 3 of the paper",
};
const ROWS: Subject = Subject {
    name: "Rows",
    words: "rows of the first trial in the plane where those of the selected task are loudest, and the \
            parts of the θs in it: a source whose rows are quiet there cannot teach what lies there",
    formula: "(xᵀv₁, xᵀv₂), with Σ v = λ v and the two largest λ",
    source: OURS,
};
const THEORY: Subject = Subject {
    name: "Theory",
    words: "the claim behind the verdict, with the numbers of the scenario in its formula, and where it \
            stops applying",
    formula: "h(φ) for B = cos φ e₁ + sin φ e₂",
    source: PAPER,
};
const MATRIX: Subject = Subject {
    name: "Affinity",
    words: "what the task of the row gains from being trained with the task of the column; nothing but \
            measured gains, pair by pair",
    formula: "1 − mean R(pair) / mean R(alone)",
    source: OURS,
};
const SWEEP: Subject = Subject {
    name: "Sweep",
    words: "the gain at many values of a knob, every point from trials of its own seed, with its paired \
            95 % interval; crossings are where it changes sign for sure",
    formula: GAIN.formula,
    source: OURS,
};
const TRIALS: Subject = Subject {
    name: "Trials",
    words: "independent draws of θs and data behind every point; four times as many halve the interval",
    formula: "± = t₀.₉₇₅ · standard error",
    source: "paired delta-method interval of the ratio of means",
};
const METHOD: Subject = Subject {
    name: "Method",
    words: "another way of training, measured on the same draws beside the scenario's own",
    formula: "",
    source: "Algorithms 1 and 2 of the paper, and baselines that keep them honest",
};
const RUNS: Subject = Subject {
    name: "Runs",
    words: "every study of this session; pin one and select another to see their differences, trial by \
            trial where both have the same seed",
    formula: "gain(selected) − gain(pinned)",
    source: OURS,
};
const LESSONS: Subject = Subject {
    name: "Lessons",
    words: "predict, commit, then see: what each preset is there to show",
    formula: "",
    source: PAPER,
};

/// What has the focus, in lines.
pub(super) fn entries(app: &App) -> Vec<OverlayEntry> {
    match app.screen {
        Screen::Lab => match app.lab.pane {
            Pane::Knobs | Pane::Spectrum | Pane::Rows => knob(&app.scenario, app.lab.focus),
            Pane::Gain => told(&GAIN),
            Pane::Loss => told(&LOSS),
            Pane::Plane => told(&PLANE),
            Pane::Why => told(&WHY),
            Pane::Weights | Pane::Singular => told(&WEIGHTS),
            Pane::Landscape | Pane::Bound => told(&THEORY),
        },
        Screen::Tasks => task(app),
        Screen::Theory => told(&THEORY),
        Screen::Affinity if app.studies.facet != Facet::Matrix => proxy(app),
        Screen::Affinity => told(&MATRIX),
        Screen::Sweep if app.studies.in_chart => told(&SWEEP),
        Screen::Sweep => row(app, &app.studies.form),
        Screen::Runs => told(&RUNS),
        Screen::Lessons => told(&LESSONS),
    }
}

/// What has the focus on the Tasks screen: the property under the cursor, or a figure.
fn task(app: &App) -> Vec<OverlayEntry> {
    let draft = app.scenario.draft();
    let (task, property, text) = app.cell();
    match (app.tasks.part, property.handle(draft, task)) {
        (TasksPart::Spectrum, _) => told(&SPECTRUM),
        (TasksPart::Rows, _) => told(&ROWS),
        (TasksPart::Table, Some(handle)) => knob(&app.scenario, handle),
        (TasksPart::Table, None) => {
            let mut entries = vec![
                OverlayEntry::heading(format!("{}, {}", draft.tasks[task].name, property.name())),
                OverlayEntry::new("in words", property.help()),
            ];
            entries.extend(text.map(|text| OverlayEntry::new("now", text)));
            entries.push(OverlayEntry::new("allowed", property.allowed(draft, task)));
            entries.extend(told(&TASKS));
            entries
        }
    }
}

fn told(subject: &Subject) -> Vec<OverlayEntry> {
    let mut entries =
        vec![OverlayEntry::heading(subject.name), OverlayEntry::new("in words", subject.words)];
    if !subject.formula.is_empty() {
        entries.push(OverlayEntry::new("formula", subject.formula));
    }
    entries.push(OverlayEntry::new("source", subject.source));
    entries
}

fn row(app: &App, form: &SweepForm) -> Vec<OverlayEntry> {
    let of = |along: Option<&KnobValues>| match along.and_then(|along| along.handle(&app.scenario))
    {
        Some(handle) => knob(&app.scenario, handle),
        None => told(&SWEEP),
    };
    match form.row {
        FormRow::X(Bound::Knob) => of(Some(&form.x)),
        FormRow::Y(Bound::Knob) => of(form.y.as_ref()),
        FormRow::X(_) | FormRow::Y(_) => told(&SWEEP),
        FormRow::Trials => told(&TRIALS),
        FormRow::Method(_) => told(&METHOD),
    }
}

fn proxy(app: &App) -> Vec<OverlayEntry> {
    let Some(proxy) = PROXIES.get(app.studies.proxy) else { return told(&MATRIX) };
    vec![
        OverlayEntry::heading(proxy.name),
        OverlayEntry::new("in words", proxy.help),
        OverlayEntry::new("symbol", proxy.symbol),
        OverlayEntry::new(
            "agreement",
            "Kendall's τ between proxy and measured gain over all pairs",
        ),
    ]
}

/// A knob: its value, what is allowed, and what it does to the model.
pub(super) fn knob(scenario: &Scenario, handle: Handle) -> Vec<OverlayEntry> {
    let knob = handle.knob;
    let path = handle.path(scenario.draft());
    let (formula, source) = formula(knob.name);
    let mut entries = vec![
        OverlayEntry::heading(path),
        OverlayEntry::new("in words", knob.help),
        OverlayEntry::new("now", words::knob(scenario, handle)),
        OverlayEntry::new("allowed", knob.allowed_words()),
    ];
    if !knob.symbol.is_empty() {
        entries.push(OverlayEntry::new("symbol", knob.symbol));
    }
    if !formula.is_empty() {
        entries.push(OverlayEntry::new("formula", formula));
    }
    entries.push(OverlayEntry::new("source", source));
    entries
}

/// Where a knob stands in the formulas, and where they come from.
fn formula(name: &str) -> (&'static str, &'static str) {
    const DATA: &str = "section 3 of the paper: similarity of tasks";
    match name {
        "angle" | "cosine" => ("cos ∠(θ₁, θ₂) = θ₁ᵀθ₂ / (‖θ₁‖ ‖θ₂‖)", DATA),
        "rotation" => ("Σ = Q D² Qᵀ; loud axes cos φ · s₁ + sin φ · s₃", "Figure 3 of the paper"),
        "condition" => ("Σ = Q D² Qᵀ, κ = largest / smallest entry of D", "Figure 3 of the paper"),
        "size" => ("D: κ on that many axes, 1 on the others", "Figure 3 of the paper"),
        "samples" => ("Xᵢ is mᵢ × d; R(alone) = σ² d / (m − d − 1) for m > d + 1", DATA),
        "ratio" => ("m / m₁", DATA),
        "noise" => ("y = Xθ + ε,  ε ~ N(0, σ²)", "section 2 of the paper"),
        "random" | "flips" => ("a share of y replaced", "section 3.3 of the paper: label noise"),
        "labels" => ("y = Xθ + ε,  a · max(Xθ, 0) + ε,  or ±1", "section 2 of the paper"),
        "count" => ("k tasks; with r ≥ k nothing need be shared", "Proposition 1 of the paper"),
        "weight" | "weights" => ("f = Σᵢ αᵢ Lᵢ", "eq. 2 and Algorithm 2 of the paper"),
        "width" => ("B is d × r; r ≥ k: no transfer", "Proposition 1 of the paper"),
        "activation" => ("g(x B) Aᵢ, g(z) = z or max(z, 0)", "eq. 1 of the paper"),
        "loss" => ("‖g(Xᵢ B) Aᵢ − yᵢ‖², or log(1 + exp(−y z))", "eq. 1 of the paper"),
        "method" => ("Zᵢ = Xᵢ Rᵢ in front of B", "Algorithm 1 of the paper, and baselines"),
        "rank" | "spread" => {
            ("θᵢ = U aᵢ + spread · eᵢ", "Proposition 1 and our demonstration of it")
        }
        "dimension" => ("d columns of X", "section 2 of the paper"),
        "draw" => ("H = XᵀX, c = Xᵀy, s = yᵀy: all that a linear model sees", "Bartlett 1933"),
        _ => ("", PAPER),
    }
}
