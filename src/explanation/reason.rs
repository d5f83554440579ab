//! The reason for a verdict in plain words: the cause that decides.

use crate::explanation::evidence::Evidence;
use crate::explanation::formulas::units;
use crate::math::digits::cosine;
use crate::method::Method;
use crate::scenario::Scenario;
use crate::scenario::draft::TaskRole;
use crate::study::prediction::theory_gap;
use crate::task::Activation;
use crate::transfer::words::{self, GainParts};
use crate::transfer::{Outcome, Prediction, Verdict};

/// A predicted gain closer to zero than this counts as even.
const EVEN: f64 = 0.02;
/// A bias below this share of the variance saved counts as negligible.
const SLIGHT: f64 = 0.1;

/// The cause that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The width of the shared module, compared with the number of tasks.
    Capacity,
    /// The covariances of the rows.
    Covariance,
    /// The agreement of the θs.
    Labels,
    /// Opposite θs: the head reverses the sign of the unit.
    Signs,
    /// The number of rows and the noise of their labels.
    Data,
    /// A method other than joint training.
    Method,
    /// None that theory can name; the trials decide.
    Open,
    /// None, because the trials show no difference.
    None,
}

impl Cause {
    /// Returns its display name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::Covariance => "covariance",
            Self::Labels => "labels",
            Self::Signs => "signs",
            Self::Data => "amount of data",
            Self::Method => "method",
            Self::Open => "the trials decide",
            Self::None => "no difference",
        }
    }
}

/// The claim behind a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The cause that decides.
    pub cause: Cause,
    /// A title of one sentence.
    pub title: String,
    /// The explanation.
    pub words: String,
    /// The source of the claim.
    pub source: &'static str,
    /// True if it says what makes the errors differ, and not why they are equal.
    pub explains_difference: bool,
}

const PAPER_1: &str = "Wu, Zhang & Ré 2020, Proposition 1";
const PAPER_3: &str = "Wu, Zhang & Ré 2020, Proposition 3";
const TRANSFER: &str = "Wu, Zhang & Ré 2020, section 4";
const ALGORITHM_1: &str = "Wu, Zhang & Ré 2020, Algorithm 1, and our remark";
const THEORY: &str = "our theory line for Gaussian rows, no training";
const MERGING: &str =
    "Ilharco et al., ICLR 2023; Wortsman et al., ICML 2022; closed form: Lagrange";
const FINE_TUNING: &str = "compare Dar, LeJeune & Baraniuk, arXiv 2103.05621; our equivalents";
const MEASURED: &str = "measured, not predicted";

impl Reason {
    fn new(
        cause: Cause,
        title: impl Into<String>,
        words: impl Into<String>,
        source: &'static str,
    ) -> Self {
        let explains_difference = !matches!(cause, Cause::Method | Cause::Open | Cause::None);
        Self { cause, title: title.into(), words: words.into(), source, explains_difference }
    }

    /// The same reason for errors that are equal.
    fn of_equal_errors(self) -> Self {
        Self { explains_difference: false, ..self }
    }

    /// The reason beside what was measured: if the trials show no difference, nothing decides, and
    /// what theory says is an expectation.
    pub fn beside(&self, outcome: &Outcome) -> Self {
        let is_none = outcome.verdict == Verdict::NoDifference || outcome.says_nothing();
        if !self.explains_difference || !is_none {
            return self.clone();
        }
        let gain =
            outcome.gain.map_or_else(String::new, |gain| format!(": {}", words::gain(&gain)));
        let what = match outcome.says_nothing() {
            true => "The trials differ too much to tell",
            false => "No difference is measured",
        };
        let title = format!("{what}{gain} ({} trials)", outcome.trials);
        Self { cause: Cause::None, title, ..self.clone() }
    }

    /// Returns the reason for a scenario.
    pub fn of(scenario: &Scenario, evidence: &Evidence) -> Self {
        match &evidence.predicted {
            Ok(prediction) => Self::without_numbers(scenario)
                .map(|reason| reason.predicted(scenario, prediction))
                .unwrap_or_else(|| decided(scenario, evidence, prediction)),
            Err(gap) => Self::unpredicted(scenario, gap),
        }
    }

    /// The same reason with the parts of the gain that theory predicts for several shared units.
    fn predicted(self, scenario: &Scenario, prediction: &Prediction) -> Self {
        if scenario.approach().method != Method::Joint || prediction.gain.is_nan() {
            return self;
        }
        let GainParts { variance, bias, gain } = GainParts::of(prediction);
        let words = format!(
            "Theory: {variance} from variance, {bias} from bias, in total: {gain}. {}",
            self.words
        );
        Self { words, source: THEORY, ..self }
    }

    /// Returns the reason for a scenario for which theory predicts no gain because of a `gap`.
    pub fn unpredicted(scenario: &Scenario, gap: &str) -> Self {
        Self::without_numbers(scenario).unwrap_or_else(|| undecided(scenario, gap))
    }

    /// Returns the reason if method, units, width or labels decide it, whatever theory predicts.
    fn without_numbers(scenario: &Scenario) -> Option<Self> {
        let (r, k) = (scenario.width(), scenario.tasks().len());
        if k < 2 {
            return Some(
                Self::new(
                    Cause::Capacity,
                    "One task alone: there is nothing to share",
                    "Joint training is single-task training, and the gain is zero.",
                    PAPER_1,
                )
                .of_equal_errors(),
            );
        }
        if scenario.approach().method != Method::Joint {
            return Some(method(scenario));
        }
        if scenario.activation() != Activation::Linear {
            return Some(relu(scenario));
        }
        if r >= k {
            return Some(capacity(scenario));
        }
        if !scenario.is_linear() || !crate::explanation::landscape::labels_are_linear(scenario) {
            return Some(not_regression(scenario));
        }
        if scenario.shares_rows() {
            return Some(shared_rows(scenario));
        }
        if r > 1 {
            return Some(narrow(scenario));
        }
        None
    }
}

fn capacity(scenario: &Scenario) -> Reason {
    let (r, k) = (scenario.width(), scenario.tasks().len());
    let words = if scenario.is_linear() {
        format!(
            "With {r} {} for {k} tasks, some optimum gives every task its single-task solution: \
             B Aᵢ = θ̂ᵢ. Nothing is shared, so nothing is transferred, for any labels and rows. \
             Fewer than {k} units force the tasks to share.",
            units(r)
        )
    } else {
        format!(
            "With {r} {} for {k} tasks, B Aᵢ can be any vectors, so the loss splits into those of \
             the single tasks. The proposition is for squared loss; the argument is the same for \
             any loss of a linear model.",
            units(r)
        )
    };
    Reason::new(
        Cause::Capacity,
        format!("Capacity decides: as many units as tasks ({r} ≥ {k}), so no transfer"),
        words,
        PAPER_1,
    )
    .of_equal_errors()
}

fn narrow(scenario: &Scenario) -> Reason {
    let (r, k) = (scenario.width(), scenario.tasks().len());
    Reason::new(
        Cause::Capacity,
        format!("Capacity decides: {k} tasks must share {r} units"),
        format!(
            "With fewer units than tasks ({r} < {k}) the optimum is a compromise; with {k} it is \
             training alone. In between, a width near the number of directions that the θs span \
             helps most if labels have little noise: a smaller one adds bias, a larger one saves less \
             variance. With much noise, fewer units help more."
        ),
        PAPER_1,
    )
}

fn shared_rows(scenario: &Scenario) -> Reason {
    let (r, k) = (scenario.width(), scenario.tasks().len());
    Reason::new(
        Cause::Labels,
        "Labels decide: all tasks have the same rows",
        format!(
            "With one X the covariances cannot differ. The best module spans the {r} leading \
             {} of Σᵢ αᵢ Uᵀyᵢyᵢᵀ U (X = U D Vᵀ): what the labels of the {k} tasks, weighted by α, \
             have most in common. It helps a task as far as its own labels lie there; noise with \
             a large α takes up a direction.",
            if r == 1 { "direction" } else { "directions" }
        ),
        PAPER_3,
    )
}

fn method(scenario: &Scenario) -> Reason {
    let method = scenario.approach().method;
    let (title, words, source) = match method {
        Method::Ridge if scenario.real().is_some() => (
            "Ridge trains every task alone: nothing is shared",
            "Tasks of real data are trained alone by ridge regression, each with a penalty of its own. \
             So this is the baseline itself, and its gain is 0.",
            "ridge regression",
        ),
        Method::Ridge => (
            "Ridge trains every task alone: nothing is shared",
            "The gain over least squares comes from the penalty, tuned on validation rows. Ridge \
             is the baseline for alignment, because it uses the same rows.",
            "ridge regression",
        ),
        Method::Whiten | Method::Recolour => (
            "Closed-form alignment: all rows get the same covariance before training",
            "The matrices come from covariances estimated on the training rows. With true \
             covariances this helps if the θs agree after alignment. Covariances from few rows \
             add errors of their own, and θs that agree without alignment no longer do.",
            ALGORITHM_1,
        ),
        Method::Pretrain => (
            "Pretraining: the module comes from the sources alone",
            "The target fits only its head, so it helps as far as its own θ lies in the span of \
             that module. Many target rows cannot repair a module that points elsewhere.",
            TRANSFER,
        ),
        Method::PretrainAlign => (
            "Pretraining with alignment: the target may turn away from the sources",
            "Descent starts at the module of the sources and learns R and the head of the target. \
             It stops where the error on validation rows is lowest, between the sources' module \
             and training alone.",
            ALGORITHM_1,
        ),
        Method::Merge | Method::FineTune => other_models(method),
        Method::AlignPenalty => (
            "Alignment with a penalty: the gain comes from staying near the identity",
            "Without the penalty every Rᵢ B Aᵢ can be any vector, and the optimum is training \
             alone. λ‖Rᵢ − I‖² keeps the tasks together; λ is tuned on validation rows.",
            ALGORITHM_1,
        ),
        _ => (
            "Alignment: the gain comes from stopping early",
            "At its optimum, alignment is training alone, because Rᵢ B Aᵢ can be any vector. The \
             gain comes from stopping before, where the error on validation rows is lowest. \
             Compare ridge, which uses the same rows.",
            ALGORITHM_1,
        ),
    };
    let claim = claim(method);
    let words = format!("{words} {claim}");
    Reason::new(Cause::Method, title, words, source)
}

/// What is claimed and predicted for a method.
fn claim(method: Method) -> String {
    match method {
        Method::Pretrain => "There is no theory line for it.".to_owned(),
        Method::Merge => {
            "The prediction is for the best weights; those trained are estimated from \
                          the training rows, at a small cost."
                .to_owned()
        }
        Method::FineTune | Method::Ridge => {
            "The prediction includes the cost of choosing λ.".to_owned()
        }
        _ => {
            format!("No optimum is claimed for {}, and there is no theory line.", method.name())
        }
    }
}

/// Title, words and source for the methods that combine models trained apart.
fn other_models(method: Method) -> (&'static str, &'static str, &'static str) {
    if method == Method::Merge {
        return (
            "Merging: the target's model is a mean of the tasks' own models",
            "The source gets weight w = V₁/(V₁ + V₂ + D): V₁ and V₂ are the variances of both \
             models on the target's rows, D is the squared distance between the θs. If D is large, \
             w is nearly 0 and nothing is lost. A weight has no sign of its own to turn, unlike a \
             head.",
            MERGING,
        );
    }
    (
        "Fine-tuning: the target starts at the sources' model and moves as far as its rows say",
        "A penalty λ‖θ − θ̂_s‖² holds the target near the sources' model. λ is chosen on \
             validation rows, between that model (λ = ∞) and training alone (λ = 0).",
        FINE_TUNING,
    )
}

fn relu(scenario: &Scenario) -> Reason {
    let (r, k) = (scenario.width(), scenario.tasks().len());
    if r == 1 {
        return Reason::new(
            Cause::Open,
            "One ReLU unit is like a linear unit with half of the rows",
            "The unit keeps the rows with Bᵀx > 0, half of them. As long as all tasks keep about \
             the same rows, the gain is that of a linear model with half of the rows of every \
             task. The propositions and Theorem 2 are for linear units.",
            MEASURED,
        );
    }
    let wide = if r >= k {
        format!(
            " With {r} units for {k} tasks each could have its own, but a task may also use \
             several, and the linear proposition does not cover that."
        )
    } else {
        String::new()
    };
    Reason::new(
        Cause::Open,
        "ReLU units: theory does not cover them",
        format!(
            "The propositions and Theorem 2 are for linear units, the theory line for linear ones \
             and for one ReLU unit. Measurements \
             show that in the settings of Figure 3 the covariance of the source turns help into \
             hurt, as in the linear model.{wide}"
        ),
        MEASURED,
    )
}

fn not_regression(scenario: &Scenario) -> Reason {
    if scenario.real().is_some() {
        let (title, covers, source) = match theory_gap(scenario) {
            None => (
                "Data from files: theory is an approximation",
                "The theory line takes the covariances and the θs fitted to all rows for the true \
                 ones."
                    .to_owned(),
                "measured; the theory line is an approximation",
            ),
            Some(gap) => (
                "Data from files: no theory here",
                format!("There is no theory line: {gap}."),
                MEASURED,
            ),
        };
        return Reason::new(
            Cause::Open,
            title,
            format!(
                "{covers} With fewer units than tasks, the {} tasks have to share; the trials measure \
                 whether that helps or hurts.",
                scenario.tasks().len()
            ),
            source,
        );
    }
    let what = if scenario.classifies() || !scenario.is_linear() {
        "Labels are signs"
    } else {
        "Labels are not linear in the rows"
    };
    Reason::new(
        Cause::Open,
        format!("{what}: theory does not cover them"),
        format!(
            "Theorem 2 and the theory line are for squared loss and labels that are linear plus \
             noise. As long as r is below k, the {} tasks have to share; the trials measure \
             whether that helps or hurts.",
            scenario.tasks().len()
        ),
        MEASURED,
    )
}

fn undecided(scenario: &Scenario, gap: &str) -> Reason {
    let d = scenario.dimension();
    let few = scenario.targets().into_iter().map(|i| &scenario.tasks()[i]);
    let few: Vec<_> = few.filter(|task| task.samples <= d as u64 + 1).collect();
    if let Some(task) = few.first() {
        return Reason::new(
            Cause::Data,
            format!("Amount of data decides: {} has {} rows for d = {d}", task.name, task.samples),
            format!(
                "With at most d + 1 = {} rows, the task alone fits its rows exactly or nearly, and \
                 its error has no finite expectation near m = d. A task with a similar θ can help; \
                 the trials measure how much.",
                d + 1
            ),
            MEASURED,
        );
    }
    Reason::new(
        Cause::Open,
        "Theory makes no prediction at these values",
        format!("The reason: {gap}. The trials measure it instead."),
        MEASURED,
    )
}

/// The cause that decides between help and hurt, by theory.
fn decided(scenario: &Scenario, evidence: &Evidence, prediction: &Prediction) -> Reason {
    let names = Names::of(scenario);
    let GainParts { variance, bias, gain } = GainParts::of(prediction);
    let balance = format!("Theory: {variance} from variance, {bias} from bias, in total: {gain}.");
    let (cause, title, words) = if prediction.gain.is_nan() {
        (
            Cause::Data,
            "No noise: the target alone makes no error".to_owned(),
            "With more rows than features and no noise, nothing can be gained; any difference \
             between the tasks is bias."
                .to_owned(),
        )
    } else if prediction.gain.abs() < EVEN {
        (
            Cause::Data,
            "Even: variance saved and bias added cancel".to_owned(),
            format!("{balance} Fewer or noisier rows of {} would tip it to help.", names.target),
        )
    } else if prediction.gain < 0.0 {
        hurting(scenario, evidence, &names, &balance)
    } else {
        helping(scenario, evidence, prediction, &names, &balance)
    };
    let reason = Reason::new(cause, title, words, THEORY);
    if prediction.gain.abs() >= EVEN { reason } else { reason.of_equal_errors() }
}

fn hurting(
    scenario: &Scenario,
    evidence: &Evidence,
    names: &Names,
    balance: &str,
) -> (Cause, String, String) {
    let alike = evidence.same_theta;
    let rows = evidence.same_rows;
    if let Some(gain) = alike.filter(|found| found.interval().is_negative()) {
        return (
            Cause::Data,
            format!("Noise decides: even with parallel θs {} would hurt", names.sources),
            format!(
                "{balance} With parallel θs the gain would still be {}: the labels of {} are \
                 too noisy to help {}.",
                words::prediction(&gain),
                names.sources,
                names.target
            ),
        );
    }
    if let Some(gain) = rows.filter(|found| found.interval().is_positive()) {
        return (
            Cause::Covariance,
            "Covariance decides: the rows are misaligned".to_owned(),
            format!(
                "{balance} If all rows spread like those of {}, the same θs would give {}. The \
                 spread of the rows of {}, not the θs alone, turns help into hurt.",
                names.target,
                words::prediction(&gain),
                names.sources
            ),
        );
    }
    let pair = pair_words(scenario, evidence);
    let otherwise = alike.map_or_else(String::new, |gain| {
        format!(" With parallel θs the gain would be {}.", words::prediction(&gain))
    });
    (
        Cause::Labels,
        "Labels decide: the θs differ too much for one unit".to_owned(),
        format!("{balance} {pair}{otherwise}"),
    )
}

fn helping(
    scenario: &Scenario,
    evidence: &Evidence,
    prediction: &Prediction,
    names: &Names,
    balance: &str,
) -> (Cause, String, String) {
    let pair = pair_words(scenario, evidence);
    if let Some(gain) = evidence.same_rows.filter(|found| found.interval().is_negative()) {
        return (
            Cause::Covariance,
            "Covariance decides: the rows hide the difference between the θs".to_owned(),
            format!(
                "{balance} If all rows spread like those of {}, the same θs would give {}. The \
                 spread of the rows of {} turns hurt into help.",
                names.target,
                words::prediction(&gain),
                names.sources
            ),
        );
    }
    if scenario.tasks().len() == 2 && evidence.pair.cosine < 0.0 {
        return (
            Cause::Signs,
            "Signs do not matter: opposite θs can share a unit".to_owned(),
            format!(
                "{balance} {pair} The head can reverse the sign of the unit, so opposite θs are as \
                 good as equal ones, and a right angle is worst."
            ),
        );
    }
    if prediction.bias_added() < SLIGHT * prediction.variance_saved() {
        return (
            Cause::Labels,
            "Labels agree: sharing saves variance and costs hardly any bias".to_owned(),
            format!("{balance} {pair}"),
        );
    }
    (
        Cause::Data,
        format!("Amount of data decides: {} has too little of its own", names.target),
        format!(
            "{balance} {pair} If {} gets more rows or less noise, less variance is saved and the \
             bias stays: help turns into hurt.",
            names.target
        ),
    )
}

/// Describes the relation between the θs of the tasks.
fn pair_words(scenario: &Scenario, evidence: &Evidence) -> String {
    let pair = &evidence.pair;
    if scenario.tasks().len() != 2 {
        return format!("{} tasks must agree on one direction.", scenario.tasks().len());
    }
    let seen = if (pair.correlation - pair.cosine).abs() > 0.005 {
        let [target, _] = scenario.pair().map(|i| &scenario.tasks()[i].name);
        format!(", {} on the rows of {target}", cosine(pair.correlation))
    } else {
        String::new()
    };
    format!("The θs are {:.0}° apart (cos {}{seen}).", pair.angle(), cosine(pair.cosine))
}

/// Names of the target and the sources.
struct Names {
    target: String,
    sources: String,
}

impl Names {
    fn of(scenario: &Scenario) -> Self {
        let of = |role: TaskRole, many: &str| {
            let groups: Vec<_> = scenario.groups().iter().filter(|g| g.role == role).collect();
            match groups[..] {
                [one] if one.tasks.len() == 1 => one.name.clone(),
                [] => String::new(),
                _ => many.to_owned(),
            }
        };
        let target = of(TaskRole::Target, "the targets");
        let one_target = scenario.targets().len() == 1;
        let sources =
            Some(of(TaskRole::Source, "the sources")).filter(|s| !s.is_empty() && one_target);
        Self { target, sources: sources.unwrap_or_else(|| "the other tasks".to_owned()) }
    }
}
