//! An explanation as plain lines of text, for output without panes.

use crate::explanation::Explanation;
use crate::explanation::formulas::{Formula, populations, written};
use crate::explanation::trials::{Average, BoundSample, PairSimilarity};
use crate::math::digits::{digits, fixed};

impl Explanation {
    /// Returns the explanation as plain lines, without boxes, colours or line breaks in paragraphs.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.reason.title.clone(), self.reason.words.clone()];
        lines.push(format!("Source: {}.", self.reason.source));
        if let Some(crossing) = &self.crossing {
            lines.push(format!("Theory: {crossing}."));
        }
        lines.push(String::new());
        lines.push("Formulas (1: target, 2: the other task)".to_owned());
        lines.extend(self.formulas.iter().map(Formula::line));
        if !self.landscape_lines().is_empty() {
            lines.push(String::new());
            lines.push("Objective of one shared unit, h(ψ), first trial (eq. 4)".to_owned());
            lines.extend(self.landscape_lines());
        }
        lines.push(String::new());
        lines.push("Theorem 2 and the measured error".to_owned());
        lines.extend(self.bound_lines());
        lines.extend(self.likeness_lines());
        lines.push(String::new());
        lines.push("Limits".to_owned());
        lines.extend(self.limits.iter().map(|limit| format!("- {limit}")));
        lines
    }

    /// Returns what can be said aloud: the results of the formulas without their symbols.
    pub fn spoken(&self) -> Vec<String> {
        let mut lines = vec![self.reason.title.clone(), self.reason.words.clone()];
        lines.push(format!("Source: {}.", self.reason.source));
        lines.extend(self.crossing.iter().map(|crossing| format!("Theory: {crossing}.")));
        lines.extend(self.formulas.iter().map(|f| format!("{}: {}", f.name, f.result)));
        lines.extend(self.limits.iter().cloned());
        lines
    }

    /// Returns the maxima of the landscape and the direction of the trained unit.
    pub fn landscape_lines(&self) -> Vec<String> {
        let landscape = match &self.landscape {
            None => return Vec::new(),
            Some(Err(reason)) => return vec![format!("none: {reason}")],
            Some(Ok(landscape)) => landscape,
        };
        let percent = |share: f64| format!("{} %", digits(100.0 * share));
        let degrees = |angle: f64| format!("{}°", fixed(angle.to_degrees(), 1));
        let mut lines: Vec<String> = landscape
            .summits
            .iter()
            .enumerate()
            .map(|(place, summit)| {
                let rank = if place == 0 { "highest maximum" } else { "local maximum" };
                let height = percent(summit.height / landscape.labels);
                format!("{rank} at {}, {height} of the squared labels", degrees(summit.angle))
            })
            .collect();
        if lines.is_empty() {
            lines.push("no maximum: h is the same in all directions".to_owned());
        }
        let [target, source] = landscape.thetas.map(degrees);
        lines.push(format!("θ₁ at {target}, θ₂ at {source}, up to sign"));
        lines.extend(landscape.unit.map(|unit| {
            format!(
                "B ({}) at {}, {} of it in this plane",
                unit.kind,
                degrees(unit.angle),
                percent(unit.inside)
            )
        }));
        lines
    }

    /// Returns Theorem 2's bound and the measured error.
    pub fn bound_lines(&self) -> Vec<String> {
        match &self.bound {
            None => vec!["running the first trials".to_owned()],
            Some(Err(reason)) => vec![format!("none: {reason}")],
            Some(Ok(reach)) => reach.lines(),
        }
    }

    /// Returns the similarity of the pair of tasks.
    pub fn likeness_lines(&self) -> Vec<String> {
        self.likeness.as_ref().map(PairSimilarity::lines).unwrap_or_default()
    }

    /// Describes the populations behind the prediction.
    pub fn populations(&self) -> String {
        populations(self.evidence.populations)
    }
}

impl Formula {
    /// Returns the formula in one line: `name: symbols = numbers = result [source]`.
    pub fn line(&self) -> String {
        let sign = if self.value.is_some() { "=" } else { "→" };
        let middle = if self.value.is_some() { " =" } else { ":" };
        format!(
            "{}: {}{middle} {} {sign} {} [{}]",
            self.name,
            self.symbols,
            self.numbers,
            self.result,
            self.source.words()
        )
    }
}

impl Average {
    /// Returns the mean with its interval and n, or only the mean if nothing varies.
    pub fn words(&self) -> String {
        format!("{}{}", self.bare(), self.counted())
    }

    fn bare(&self) -> String {
        match self.half.filter(|half| *half > 1e-9 * self.mean.abs()) {
            Some(half) => format!("{} ± {}", written(self.mean), written(half)),
            None => written(self.mean),
        }
    }

    fn counted(&self) -> String {
        if self.n == 1 { String::new() } else { format!(" ({} trials)", self.n) }
    }
}

impl BoundSample {
    fn lines(&self) -> Vec<String> {
        let n = self.bounds.len();
        let mut lines = Vec::new();
        if let Some(c) = self.part(|bound| bound.misalignment) {
            lines.push(format!("c = κ(X₁) sin(θ₁, θ₂) = {}", c.words()));
            lines.push("  with κ(X₁) of the drawn rows".to_owned());
        }
        let holding = self.holding();
        lines.push(format!("c < 1/3 holds in {holding} of {n} trials"));
        if let Some(bound) = self.bound() {
            lines.push(format!("bound 6c + ‖ε₁‖/((1 − 3c)‖X₁θ₁‖): {}", bound.words()));
        }
        if let Some([together, alone]) = self.error() {
            lines.push(format!("measured ‖BA₁ − θ₁‖/‖θ₁‖: {}", together.words()));
            lines.push(format!("the same, alone: {}", alone.words()));
        }
        if holding > 0 {
            lines.push(format!("the error stays below it in {} of {holding} trials", self.below()));
        }
        lines
    }
}

impl PairSimilarity {
    fn lines(&self) -> Vec<String> {
        let pair = |[raw, normalised]: &[Average; 2]| {
            format!("raw {}, normalised {}{}", raw.bare(), normalised.bare(), raw.counted())
        };
        vec![
            format!("covariance similarity: {}", pair(&self.population)),
            format!("the same, drawn rows: {}", pair(&self.rows)),
            format!("model similarity |cos(θ₁, θ₂)|: {}", self.theta.words()),
        ]
    }
}
