//! The formulas behind a claim: symbols, current numbers, and results.
//!
//! Index 1 is the first target, index 2 the other task of the pair; what has no index belongs to the
//! task that is named.

use crate::explanation::evidence::{ALIKE, Balance, Evidence, FEW, Plateau};
use crate::explanation::first::FirstTrial;
use crate::explanation::trials::{BoundSample, PairSimilarity};
use crate::math::digits::{five, short};
use crate::method::Method;
use crate::model::Loss;
use crate::scenario::Scenario;
use crate::task::Activation;
use crate::transfer::Prediction;
use crate::transfer::theory::single_task_risk;
use crate::transfer::words::{self, GainParts};

/// The origin of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormulaSource {
    /// Least squares on Gaussian rows; known and exact.
    Textbook,
    /// A deterministic equivalent of training; our own derivation.
    Equivalent,
    /// Our own derivation, exact for Gaussian rows.
    Derived,
    /// Proposition 1 of the paper.
    Proposition1,
    /// Proposition 3 of the paper.
    Proposition3,
    /// Theorem 2 of the paper.
    Theorem2,
    /// Eq. 5 of the paper.
    Equation5,
}

impl FormulaSource {
    /// Returns a short label.
    pub fn short(self) -> &'static str {
        match self {
            Self::Textbook => "exact",
            Self::Equivalent => "theory",
            Self::Derived => "exact, ours",
            Self::Proposition1 => "Prop. 1",
            Self::Proposition3 => "Prop. 3",
            Self::Theorem2 => "Theorem 2",
            Self::Equation5 => "eq. 5",
        }
    }

    /// Returns the full label.
    pub fn words(self) -> &'static str {
        match self {
            Self::Textbook => "least squares, exact for Gaussian rows",
            Self::Equivalent => "our derivation, a deterministic equivalent for Gaussian rows",
            Self::Derived => "our derivation, exact for Gaussian rows",
            Self::Proposition1 => "Wu, Zhang & Ré 2020, Proposition 1",
            Self::Proposition3 => "Wu, Zhang & Ré 2020, Proposition 3",
            Self::Theorem2 => "Wu, Zhang & Ré 2020, Theorem 2",
            Self::Equation5 => "Wu, Zhang & Ré 2020, eq. 5",
        }
    }
}

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula {
    /// Its name.
    pub name: String,
    /// The formula in symbols.
    pub symbols: String,
    /// The formula in numbers; it evaluates to `value` if there is one.
    pub numbers: String,
    /// The result as text.
    pub result: String,
    /// The result as a number; `None` for a comparison or an undefined result.
    pub value: Option<f64>,
    /// Its origin.
    pub source: FormulaSource,
}

impl Formula {
    fn new(
        name: impl Into<String>,
        symbols: &str,
        numbers: String,
        value: f64,
        source: FormulaSource,
    ) -> Self {
        Self {
            name: name.into(),
            symbols: symbols.to_owned(),
            numbers,
            result: written(value),
            value: Some(value).filter(|value| value.is_finite()),
            source,
        }
    }

    fn worded(self, result: String) -> Self {
        Self { result, ..self }
    }
}

/// Three digits with a true minus sign.
pub(super) fn written(value: f64) -> String {
    if !value.is_finite() {
        return five(value);
    }
    let text = short(value.abs());
    if value < 0.0 { format!("−{text}") } else { text }
}

/// All formulas of a scenario that can be filled in so far, the most informative first.
pub(super) fn all(
    scenario: &Scenario,
    evidence: &Evidence,
    first: Option<&FirstTrial>,
    reach: Option<&BoundSample>,
    likeness: Option<&PairSimilarity>,
) -> Vec<Formula> {
    let mut formulas = Vec::new();
    let balance = evidence.balance.as_ref().filter(|_| evidence.predicted.is_ok());
    formulas.extend(gain(scenario, evidence));
    formulas.extend(capacity(scenario));
    formulas.extend(first.and_then(|first| distance(scenario, first)));
    formulas.extend(first.and_then(|first| explained(scenario, first)));
    formulas.extend(alone(scenario, evidence));
    formulas.extend(together(scenario, evidence));
    formulas.extend(evidence.lambda.map(best_penalty));
    formulas.extend(best_width(evidence));
    formulas.extend(evidence.predicted.is_ok().then(|| if_alike(evidence)).into_iter().flatten());
    formulas.extend(evidence.plateau.and_then(|plateau| endless(scenario, &plateau)));
    formulas.extend(balance.into_iter().flat_map(|balance| detail(scenario, balance)));
    formulas.extend(balance.and_then(|_| head(evidence)));
    formulas.extend(reach.into_iter().flat_map(theorem_2));
    formulas.extend(likeness.map(|likeness| normalised(scenario, likeness)));
    formulas
}

/// Gain, variance saved and bias added, as shares of the error alone.
fn gain(scenario: &Scenario, evidence: &Evidence) -> Vec<Formula> {
    let Ok(prediction) = &evidence.predicted else { return Vec::new() };
    let (saved, added) = (prediction.variance_saved(), prediction.bias_added());
    if !prediction.gain.is_finite() {
        return Vec::new();
    }
    let single = five(prediction.single);
    let parts = GainParts::of(prediction);
    let variance = five(prediction.variance);
    let (symbols, numbers) = match third(scenario.approach().method) {
        Some(third) => (
            format!("(alone − variance − {third})/alone"),
            format!("({single} − {variance} − {})/{single}", signed(prediction.head)),
        ),
        None => {
            ("(alone − variance)/alone".to_owned(), format!("({single} − {variance})/{single}"))
        }
    };
    let of = if scenario.targets().len() > 1 { ", mean of the targets" } else { "" };
    vec![
        Formula::new(
            format!("predicted gain{of}"),
            "from variance + from bias",
            format!("{} − {}", five(saved), five(added)),
            prediction.gain,
            FormulaSource::Equivalent,
        )
        .worded(words::prediction(prediction)),
        Formula::new("from variance", &symbols, numbers, saved, FormulaSource::Equivalent)
            .worded(parts.variance),
        Formula::new(
            "from bias",
            "−bias/alone",
            format!("−{}/{single}", five(prediction.bias)),
            -added,
            FormulaSource::Equivalent,
        )
        .worded(parts.bias),
    ]
}

/// A term of a sum, in brackets if it is negative.
fn signed(value: f64) -> String {
    if value < 0.0 { format!("({})", five(value)) } else { five(value) }
}

/// Compares the width of the module with the number of tasks.
fn capacity(scenario: &Scenario) -> Option<Formula> {
    let (r, k) = (scenario.width(), scenario.tasks().len());
    let applies = scenario.activation() == Activation::Linear
        && scenario.approach().method == Method::Joint
        && k > 1;
    let result = match (r >= k, scenario.loss()) {
        (true, Loss::Squared) => "holds: every task does as well as alone, no transfer".to_owned(),
        (true, Loss::Logistic) => {
            "holds: B Aᵢ can be any vectors, so the argument is the same".to_owned()
        }
        (false, _) => format!("fails: {k} tasks must share {r} {}", units(r)),
    };
    applies.then(|| Formula {
        name: "capacity".to_owned(),
        symbols: "r ≥ k".to_owned(),
        numbers: format!("{r} ≥ {k}"),
        result,
        value: None,
        source: FormulaSource::Proposition1,
    })
}

pub(super) fn units(count: usize) -> &'static str {
    if count == 1 { "unit" } else { "units" }
}

/// The distance of the joint estimates from the single-task estimates.
fn distance(scenario: &Scenario, first: &FirstTrial) -> Option<Formula> {
    let distance = first.distance.filter(|_| scenario.width() >= scenario.tasks().len())?;
    Some(Formula {
        name: "distance from alone, first trial".to_owned(),
        symbols: "maxᵢ ‖B Aᵢ − θ̂ᵢ‖/‖θ̂ᵢ‖".to_owned(),
        numbers: format!("of {} tasks", scenario.tasks().len()),
        result: format!("{distance:.0e}"),
        value: None,
        source: FormulaSource::Proposition1,
    })
}

/// The share of the squared labels that the best module explains, for tasks on the same rows.
fn explained(scenario: &Scenario, first: &FirstTrial) -> Option<Formula> {
    let shared = first.shared.filter(|_| scenario.width() < scenario.tasks().len())?;
    let value = (shared.labels - shared.objective) / shared.labels;
    let formula = Formula::new(
        "explained by the best module, first trial",
        "(Σᵢ αᵢ‖yᵢ‖² − min f)/Σᵢ αᵢ‖yᵢ‖²",
        format!("({} − {})/{}", five(shared.labels), five(shared.objective), five(shared.labels)),
        value,
        FormulaSource::Proposition3,
    );
    Some(formula)
}

/// The single-task error of a target with fewer rows than features, if there is a prediction.
fn minimum_norm(scenario: &Scenario, evidence: &Evidence, name: &str) -> Option<Formula> {
    let prediction = evidence.predicted.as_ref().ok()?;
    let [target] = scenario.targets()[..] else { return None };
    let (m, d) = (scenario.tasks()[target].samples, scenario.dimension());
    (m < d as u64).then(|| {
        Formula::new(
            name,
            "κ²θᵀΣ(Σ + κI)⁻²θ/(1 − γ) + σ²γ/(1 − γ − 1/d), γ = tr(Σ²(Σ + κI)⁻²)/m",
            format!("with κ such that tr(Σ(Σ + κI)⁻¹) = {m}"),
            prediction.single,
            FormulaSource::Equivalent,
        )
    })
}

/// Single-task errors of every kind of target.
fn alone(scenario: &Scenario, evidence: &Evidence) -> Vec<Formula> {
    if !scenario.is_linear() || !crate::explanation::landscape::labels_are_linear(scenario) {
        return Vec::new();
    }
    let d = scenario.dimension();
    let mut seen: Vec<(u64, f64)> = Vec::new();
    let mut formulas = Vec::new();
    for i in scenario.targets() {
        let task = &scenario.tasks()[i];
        let (m, sigma) = (task.samples, task.labels.noise);
        if seen.contains(&(m, sigma)) {
            continue;
        }
        seen.push((m, sigma));
        let name = match scenario.targets().len() {
            1 => "error alone".to_owned(),
            _ => format!("error alone of {}", task.name),
        };
        let index = index(scenario, i);
        let symbols = format!("σ{index}² d/(m{index} − d − 1)");
        let numbers = format!("{}² · {d}/({m} − {d} − 1)", five(sigma));
        if let Some(few) = minimum_norm(scenario, evidence, &name) {
            formulas.push(few);
            continue;
        }
        formulas.push(match single_task_risk(d, m as f64, sigma) {
            Some(risk) => Formula::new(name, &symbols, numbers, risk, FormulaSource::Textbook),
            None => Formula {
                name,
                symbols,
                numbers: format!("{m} − {d} − 1 = {}", five(m as f64 - d as f64 - 1.0)),
                result: format!("none: needs m{index} > d + 1 = {}", d + 1),
                value: None,
                source: FormulaSource::Textbook,
            },
        });
    }
    formulas
}

/// The index of a task in the symbols of its error; none if it is not one of the pair.
fn index(scenario: &Scenario, task: usize) -> &'static str {
    let [one, other] = scenario.pair();
    match task {
        task if task == one => "₁",
        task if task == other => "₂",
        _ => "",
    }
}

/// The predicted error of the method.
fn together(scenario: &Scenario, evidence: &Evidence) -> Option<Formula> {
    let prediction = evidence.predicted.as_ref().ok()?;
    let method = scenario.approach().method;
    let name = match method {
        Method::Joint => "error together".to_owned(),
        _ => format!("error {}", method.description().label),
    };
    let (bias, variance) = (five(prediction.bias), five(prediction.variance));
    let (symbols, numbers) = match third(method) {
        Some(third) => (
            format!("bias + variance + {third}"),
            format!("{bias} + {variance} + {}", signed(prediction.head)),
        ),
        None => ("bias + variance".to_owned(), format!("{bias} + {variance}")),
    };
    Some(Formula::new(
        format!("{name}, {}", populations(evidence.populations)),
        &symbols,
        numbers,
        prediction.multi,
        FormulaSource::Equivalent,
    ))
}

/// The width with the largest predicted gain; with as many units as tasks it is zero.
fn best_width(evidence: &Evidence) -> Option<Formula> {
    let known = |prediction: &&Option<Prediction>| prediction.is_some_and(|p| p.gain.is_finite());
    evidence.widths.iter().find(known)?;
    let all = evidence.widths.len() + 1;
    let mut best = (all, 0.0);
    let mut numbers = Vec::new();
    for (prediction, width) in evidence.widths.iter().zip(1..) {
        let said = match prediction {
            Some(found) if found.gain.is_finite() => {
                if found.gain > best.1 {
                    best = (width, found.gain);
                }
                words::prediction(found)
            }
            _ => "no prediction".to_owned(),
        };
        numbers.push(format!("r = {width}: {said}"));
    }
    numbers.push(format!("r = {all}: 0 %, nothing is shared"));
    Some(Formula {
        name: format!("best width by theory, {}", populations(evidence.populations.min(FEW))),
        symbols: "the r with the largest predicted gain".to_owned(),
        numbers: numbers.join("; "),
        result: format!("r = {}", best.0),
        value: None,
        source: FormulaSource::Equivalent,
    })
}

/// The penalty with the least expected error.
fn best_penalty(lambda: f64) -> Formula {
    let formula = Formula::new(
        "best λ, first population",
        "λ with the least bias + variance, as a multiple of m₁ tr(Σ₁)/d",
        five(lambda),
        lambda,
        FormulaSource::Equivalent,
    );
    match lambda.is_finite() {
        true => formula,
        false => formula.worded("∞: the source's model itself".to_owned()),
    }
}

/// The part of the predicted error of a method beside bias and variance.
fn third(method: Method) -> Option<&'static str> {
    match method {
        Method::Merge => None,
        Method::FineTune | Method::Ridge => Some("choice of λ"),
        _ => Some("head"),
    }
}

pub(super) fn populations(n: usize) -> String {
    if n == 1 { "1 population".to_owned() } else { format!("mean of {n} populations") }
}

/// The gain if the tasks were alike in one respect.
fn if_alike(evidence: &Evidence) -> Vec<Formula> {
    let cases = [
        ("gain with parallel θs", evidence.same_theta),
        ("gain with equal covariances", evidence.same_rows),
    ];
    let of = populations(evidence.populations.min(ALIKE));
    let known = cases.into_iter().filter_map(|(name, prediction)| Some((name, prediction?)));
    known
        .filter(|(_, prediction)| prediction.gain.is_finite())
        .map(|(name, prediction)| {
            Formula::new(
                format!("{name}, {of}"),
                "1 − together/alone",
                format!("1 − {}/{}", five(prediction.multi), five(prediction.single)),
                prediction.gain,
                FormulaSource::Equivalent,
            )
            .worded(words::prediction(&prediction))
        })
        .collect()
}

/// The error with infinitely many source rows.
fn endless(scenario: &Scenario, plateau: &Plateau) -> Option<Formula> {
    let target = &scenario.tasks()[scenario.pair()[0]];
    let (m, sigma) = (target.samples as f64, target.labels.noise);
    let (left, risk) = (plateau.left(), plateau.risk(m, sigma)?);
    Some(Formula::new(
        "error as source rows → ∞",
        "u + (σ₁² + u)/(m₁ − 2), u = θ₁ᵀΣ₁θ₁ − (θ₂ᵀΣ₁θ₁)²/θ₂ᵀΣ₁θ₂",
        format!("{0} + ({1}² + {0})/({2} − 2)", five(left), five(sigma), five(m)),
        risk,
        FormulaSource::Derived,
    ))
}

/// The equations at the best heads, in the population of the first trial.
fn detail(scenario: &Scenario, balance: &Balance) -> Vec<Formula> {
    let i = scenario.targets()[0];
    let point = &balance.point;
    let (across, along) = balance.misfit(i);
    let at = "first population";
    let mut formulas = vec![
        Formula::new(
            format!("bias, {at}"),
            "s₁(sin²ψ + e²), s₁ = θ₁ᵀΣ₁θ₁, w₁B̄ is off by angle ψ and length e",
            format!("{} · ({}² + {}²)", five(balance.signal[i]), five(across), signed(along)),
            point.bias[i],
            FormulaSource::Equivalent,
        ),
        Formula::new(
            format!("risk with noise ρ₁, {at}"),
            "σ₁² + bias₁ + var₁",
            format!(
                "{}² + {} + {}",
                five(balance.setting.noise[i]),
                five(point.bias[i]),
                five(point.variance[i])
            ),
            point.rho[i],
            FormulaSource::Equivalent,
        ),
    ];
    if scenario.tasks().len() == 2 {
        formulas.push(pull(balance, scenario.pair(), at));
    }
    formulas
}

/// The error that the fluctuation of the heads adds.
fn head(evidence: &Evidence) -> Option<Formula> {
    let prediction = evidence.predicted.as_ref().ok()?;
    Some(Formula::new(
        format!("fluctuation of the heads, {}", populations(evidence.populations)),
        "−d/dt tr(S/C)/2, C and S: curvature and fluctuating slope of F̄ + t·error in the heads",
        format!(
            "{} − {} − {}",
            five(prediction.multi),
            five(prediction.bias),
            five(prediction.variance)
        ),
        prediction.head,
        FormulaSource::Equivalent,
    ))
}

/// The share of the source in the effective rows of the shared unit.
fn pull(balance: &Balance, [target, source]: [usize; 2], at: &str) -> Formula {
    let [own, other] = [target, source].map(|i| balance.rows_in_the_unit(i));
    Formula::new(
        format!("share of the source in B, {at}"),
        "n₂/(n₁ + n₂), nᵢ = αᵢwᵢ²mᵢ/(1 + δᵢ)",
        format!("{1}/({0} + {1})", five(own), five(other)),
        other / (own + other),
        FormulaSource::Equivalent,
    )
}

/// Condition and bound of Theorem 2 in the first trial.
fn theorem_2(reach: &BoundSample) -> Vec<Formula> {
    let Some(bound) = reach.bounds.first() else { return Vec::new() };
    let c = bound.misalignment;
    let condition = Formula::new(
        "misalignment c, first trial",
        "κ(X₁) sin(θ₁, θ₂)",
        format!("{} · {}", five(bound.condition), five(bound.sine)),
        c,
        FormulaSource::Theorem2,
    );
    let sign = if bound.condition_holds() { "< 1/3: holds" } else { "≥ 1/3: no bound" };
    let condition = Formula { result: format!("{} {sign}", condition.result), ..condition };
    let mut formulas = vec![condition];
    if let Some(value) = bound.bound {
        formulas.push(Formula::new(
            "bound on ‖BA₁ − θ₁‖/‖θ₁‖, first trial",
            "6c + ‖ε₁‖/((1 − 3c)‖X₁θ₁‖)",
            format!("6 · {0} + {1}/(1 − 3 · {0})", five(c), five(bound.noise_ratio)),
            value,
            FormulaSource::Theorem2,
        ));
    }
    formulas
}

/// The covariance similarity that is 1 for equal covariances.
fn normalised(scenario: &Scenario, likeness: &PairSimilarity) -> Formula {
    let [raw, own, other] = likeness.first;
    let of = if scenario.real().is_some() { "all training rows" } else { "first population" };
    Formula::new(
        format!("covariance similarity, normalised, {of}"),
        "s₁₂/√(s₁₁ · s₂₂)",
        format!("{}/√({} · {})", five(raw), five(own), five(other)),
        raw / (own * other).sqrt(),
        FormulaSource::Equation5,
    )
}

/// A knob value at which the predicted gain is zero, with its unit: `67.5°`, `194 rows`.
pub fn zero_at(unit: &str, value: f64) -> String {
    match unit {
        "" => short(value),
        "°" | "×" => format!("{}{unit}", short(value)),
        unit => format!("{} {unit}", short(value)),
    }
}

/// Describes the knob values at which the predicted gain is zero; `None` if there are none.
pub fn crossing(path: &str, unit: &str, places: &[f64]) -> Option<String> {
    let places: Vec<String> = places.iter().take(3).map(|x| zero_at(unit, *x)).collect();
    (!places.is_empty())
        .then(|| format!("along {path} the predicted gain breaks even near {}", places.join(", ")))
}
