//! Predictions of a class, compared with the measured results.

use super::{
    Anchor, Axis, AxisScale, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol, TickFormat,
};
use crate::math::proportion::wilson;
use crate::math::stats::LEVEL;

/// The width over which the choices of a prediction are spread.
const SPREAD: f64 = 0.72;

/// The predictions of a class at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassPredictions {
    /// Number of the step, from 1.
    pub step: usize,
    /// The number of students for each choice.
    pub choices: Vec<usize>,
    /// For how many students each choice is correct on the draws they had; all 0 if not measured.
    pub so: Vec<usize>,
    /// The number of students who committed a prediction.
    pub n: usize,
}

impl ClassPredictions {
    /// The choice that is correct for most students.
    fn truth(&self) -> Option<usize> {
        let most = self.so.iter().copied().max().filter(|most| *most > 0)?;
        self.so.iter().position(|count| *count == most)
    }

    /// The correct choices, and for how many students.
    fn words(&self) -> String {
        let all: usize = self.so.iter().sum();
        let known = self.so.iter().enumerate().filter(|(_, count)| **count > 0);
        let said = known.map(|(i, count)| format!("{} for {count} of {all}", letter(i)));
        let said = said.collect::<Vec<_>>().join(", ");
        let said = if said.is_empty() { "not measured yet".to_owned() } else { said };
        format!("step {}: {said} (n = {})", self.step, self.n)
    }
}

/// Describes the figure in sentences, for readers who cannot see it.
pub fn alternative(steps: &[ClassPredictions]) -> String {
    let choice = |step: &ClassPredictions, (i, chosen): (usize, &usize)| {
        let share = wilson(*chosen, step.n)?;
        let [low, high] = [share.low, share.high].map(|share| (100.0 * share).round());
        let so = if step.truth() == Some(i) { ", the correct choice" } else { "" };
        let (letter, n) = (letter(i), step.n);
        Some(format!("{letter} was chosen by {chosen} of {n} (interval {low} to {high} %){so}"))
    };
    let said = |step: &ClassPredictions| {
        let choices = step.choices.iter().enumerate().filter_map(|found| choice(step, found));
        let choices: Vec<String> = choices.collect();
        (!choices.is_empty()).then(|| format!("Step {}: {}.", step.step, choices.join("; ")))
    };
    let said: Vec<String> = steps.iter().filter_map(said).collect();
    format!(
        "Chart of the share of the class for every choice of its predictions. {}",
        said.join(" ")
    )
}

/// Draws the share of the class for every choice of every prediction. `None` if nobody predicted
/// anything. `students` is the number of all students whose answers were read; `per_student` is true
/// if each of them has their own draws.
pub fn figure(
    title: &str,
    lesson: &str,
    students: usize,
    per_student: bool,
    steps: &[ClassPredictions],
) -> Option<Figure> {
    if steps.iter().all(|step| step.n == 0) {
        return None;
    }
    let (mut others, mut so, mut letters) = (Vec::new(), Vec::new(), Vec::new());
    for (place, step) in steps.iter().enumerate() {
        let count = step.choices.len().max(1) as f64;
        for (choice, chosen) in step.choices.iter().enumerate() {
            let Some(share) = wilson(*chosen, step.n) else { continue };
            let x = place as f64 + SPREAD * ((choice as f64 + 0.5) / count - 0.5);
            let [y, low, high] = [share.mean, share.low, share.high].map(|share| 100.0 * share);
            let is_so = step.truth() == Some(choice);
            if is_so { &mut so } else { &mut others }.push(Estimate { x, y, low, high });
            let text = Shape::Text {
                at: (x, high + 3.5),
                text: letter(choice).to_string(),
                anchor: Anchor::Middle,
            };
            letters.push(Mark::new(if is_so { MarkRole::Here } else { MarkRole::Measured }, text));
        }
    }
    let mut marks: Vec<Mark> = (1..steps.len())
        .map(|place| Shape::Upright { x: place as f64 - 0.5, dash: Dash::Dotted })
        .map(|shape| Mark::new(MarkRole::Reference, shape))
        .collect();
    let (correct, draws) = match per_student {
        true => ("chosen, correct on most students' own draws", "draws of their own"),
        false => ("chosen, correct on the draws of all", "the same draws"),
    };
    let named = [
        (others, Symbol::Disc, MarkRole::Measured, "chosen"),
        (so, Symbol::Diamond, MarkRole::Here, correct),
    ];
    for (points, symbol, role, name) in named {
        if !points.is_empty() {
            let name = format!("{name} ({LEVEL})");
            marks.push(Mark::new(role, Shape::Points { points, symbol }).named(name));
        }
    }
    marks.extend(letters);
    let names = steps.iter().map(|step| format!("step {} (n = {})", step.step, step.n));
    Some(Figure {
        id: "class",
        title: format!("Predictions of the class: {title}"),
        x: Axis::of_names("prediction", names),
        y: Axis {
            label: "share of the class (%)".into(),
            scale: AxisScale::Linear,
            from: 0.0,
            to: 110.0,
            format: TickFormat::Number,
        },
        marks,
        caption: caption((lesson, students), draws, steps),
        square: false,
    })
}

fn caption((lesson, students): (&str, usize), draws: &str, steps: &[ClassPredictions]) -> String {
    let said: Vec<String> = steps.iter().map(ClassPredictions::words).collect();
    format!(
        "{students} students in lesson {lesson}. Letters: the choices; bars: {LEVEL} intervals of the \
         share (Wilson), n committed predictions per step. The correct choice was measured for each \
         student on {draws}: {}.",
        said.join("; ")
    )
}

fn letter(choice: usize) -> char {
    char::from(b'a' + choice.min(25) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_so_has_a_symbol_of_its_own_and_every_choice_a_letter() {
        let step = ClassPredictions { step: 2, choices: vec![3, 0, 9], so: vec![0, 0, 12], n: 12 };
        let figure = figure("T", "t", 12, true, &[step]).unwrap();
        let points = |wanted: Symbol| {
            let of = |mark: &Mark| match &mark.shape {
                Shape::Points { points, symbol } if *symbol == wanted => Some(points.clone()),
                _ => None,
            };
            figure.marks.iter().find_map(of).unwrap()
        };
        assert_eq!(points(Symbol::Diamond).iter().map(|p| p.y).collect::<Vec<_>>(), [75.0]);
        assert_eq!(points(Symbol::Disc).iter().map(|p| p.y).collect::<Vec<_>>(), [25.0, 0.0]);
        let letters = figure.marks.iter().filter(|m| matches!(m.shape, Shape::Text { .. })).count();
        assert_eq!(letters, 3);
        assert!(figure.caption.contains("step 2: c for 12 of 12 (n = 12)"), "{}", figure.caption);
    }

    #[test]
    fn a_class_that_predicted_nothing_has_no_figure() {
        let step = ClassPredictions { step: 2, choices: vec![0, 0], so: vec![0, 0], n: 0 };
        assert_eq!(figure("T", "t", 3, true, &[step]), None);
        assert_eq!(figure("T", "t", 3, true, &[]), None);
    }
}
