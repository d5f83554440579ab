//! Descent: the loss falls and converges, never diverges with its own rate; divergence is reported.

use crate::support::restarts::{Shape, on_moments, problem};
use nalgebra::DVector;
use taskscope::math::seed::Seed;
use taskscope::model::{
    Descent, LeastSquares, Loss, Objective, Rule, SharedModel, curvature, exact, search,
};
use taskscope::scenario::preset::PRESETS;
use taskscope::study::Trial;
use taskscope::task::Activation;

const RULES: [Rule; 3] = [Rule::Gradient, Rule::Momentum, Rule::Adam];

fn linear(condition: f64, seed: u64) -> LeastSquares {
    let shape = Shape { d: 5, tasks: 3, samples: 15, condition, noise: 0.5 };
    on_moments(&problem(shape, Activation::Linear, Loss::Squared, Seed::new(seed)))
}

fn start(objective: &dyn Objective, width: usize) -> SharedModel {
    SharedModel::random(objective.dimension(), width, objective.tasks(), Seed::new(8))
}

fn run(mut descent: Descent, objective: &dyn Objective, steps: usize) -> Descent {
    for _ in 0..steps {
        descent.advance(objective);
    }
    descent
}

#[test]
fn the_names_of_the_rules_are_their_numbers_and_their_words_in_files() {
    for (index, rule) in RULES.into_iter().enumerate() {
        assert_eq!((rule.index(), Rule::from_index(index)), (index, rule));
        assert_eq!(rule.name(), Rule::NAMES[index]);
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.name());
    }
}

#[test]
fn every_rule_arrives_at_an_optimum() {
    for rule in RULES {
        let objective = linear(2.0, 1);
        let theta = exact::single_task(&objective);
        let best = search::optimum(&objective, 2, &theta, Seed::new(1)).model;
        let descent = Descent::by(rule, None, &objective, start(&objective, 2));
        let descent = run(descent, &objective, 20_000);
        let (reached, least) = (descent.loss, objective.loss(&best));
        assert!(reached <= least * 1.001, "{}: {reached}, not {least}", rule.name());
        assert!(descent.diverged.is_none());
    }
}

#[test]
fn without_a_given_rate_no_preset_and_no_start_diverges() {
    for preset in PRESETS {
        let (name, scenario) = (preset.name, preset.scenario().unwrap());
        let trial = Trial::own(&scenario, 0);
        let objective = trial.training.objective(trial.fits[0].weights.clone());
        for rule in RULES {
            let begin = start(objective.as_ref(), scenario.width());
            for begin in [begin.moved(&begin, 9.0), begin] {
                let mut descent = Descent::by(rule, None, objective.as_ref(), begin);
                let first = descent.loss;
                for _ in 0..300 {
                    descent.advance(objective.as_ref());
                    assert!(descent.loss <= first && descent.model.is_finite());
                }
                assert!(descent.diverged.is_none());
                assert!(descent.loss < first, "{name}: {} stands still", rule.name());
            }
        }
    }
}

#[test]
fn a_rate_above_what_the_curvature_allows_diverges_and_says_so() {
    for rule in [Rule::Gradient, Rule::Momentum] {
        let objective = linear(3.0, 2);
        let best = exact::single_task(&objective);
        let best = search::optimum(&objective, 1, &best, Seed::new(1)).model;
        let begin = best.moved(&start(&objective, 1), 1e-2);
        let units = DVector::repeat(best.parameters().count(), 1.0);
        let allowed = rule.stable_rate(curvature::largest(&objective, &best, &units));
        for (times, diverges) in [(0.9, false), (4.0, true)] {
            let descent = Descent::by(rule, Some(times * allowed), &objective, begin.clone());
            let descent = run(descent, &objective, 5000);
            assert_eq!(descent.diverged.is_some(), diverges, "{} × {times}", rule.name());
            if let Some(diverged) = descent.diverged {
                assert!(descent.finished && descent.model.is_finite());
                assert_eq!(diverged.rate, times * allowed);
                assert!(diverged.stable < diverged.rate && diverged.stable > 0.1 * allowed);
                assert!(diverged.to_string().contains("the curvature allows"));
            }
        }
    }
}

#[test]
fn the_largest_curvature_is_the_largest_eigenvalue() {
    let objective = linear(3.0, 3);
    let one = LeastSquares { data: vec![objective.data[0].clone()], weights: vec![1.0] };
    let mut model = start(&one, 1);
    model.heads[0][0] = 1.0;
    model.module *= 1e3;
    let theta = model.estimate(0);
    let h = &one.data[0].h;
    let image = &**h * &theta * 2.0;
    let cross = &image + (&image - &one.data[0].c * 2.0);
    let n = theta.len();
    let mut hessian = nalgebra::DMatrix::zeros(n + 1, n + 1);
    hessian.view_mut((0, 0), (n, n)).copy_from(&(&**h * 2.0));
    hessian.view_mut((0, n), (n, 1)).copy_from(&cross);
    hessian.view_mut((n, 0), (1, n)).copy_from(&cross.transpose());
    hessian[(n, n)] = theta.dot(&image);
    let expected = hessian.symmetric_eigenvalues().amax();
    let found = curvature::largest(&one, &model, &DVector::repeat(n + 1, 1.0));
    assert!((found / expected - 1.0).abs() < 1e-3, "{found}, not {expected}");
}

#[test]
fn adam_with_a_rate_out_of_all_proportion_is_given_up() {
    let objective = linear(3.0, 2);
    let descent = Descent::by(Rule::Adam, Some(1e4), &objective, start(&objective, 1));
    let diverged = run(descent, &objective, 100).diverged.unwrap();
    assert!(diverged.step < 10 && diverged.stable < diverged.rate);
}

#[test]
fn every_rule_descends_on_rows_of_any_model() {
    for (activation, loss) in [
        (Activation::Relu, Loss::Squared),
        (Activation::Linear, Loss::Logistic),
        (Activation::Relu, Loss::Logistic),
    ] {
        let shape = Shape { d: 5, tasks: 2, samples: 20, condition: 5.0, noise: 0.5 };
        let objective = problem(shape, activation, loss, Seed::new(1));
        for rule in RULES {
            let begin = start(&objective, 2);
            let first = objective.loss(&begin);
            let descent = run(Descent::by(rule, None, &objective, begin), &objective, 500);
            assert!(descent.loss < 0.9 * first, "{}: {} of {first}", rule.name(), descent.loss);
        }
    }
}
