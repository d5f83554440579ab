//! Real tasks: rows, penalties, errors and advice, against independent computations.

use std::sync::Arc;

use nalgebra::{DMatrix, DVector};
use taskscope::advice::{self, AdviceTrials, PagePictures, Recommendation};
use taskscope::cancel::Cancel;
use taskscope::dataset::{Dataset, DatasetTask, Split, TaskKind};
use taskscope::figure::words;
use taskscope::math::linalg;
use taskscope::math::seed::Seed;
use taskscope::method::{Approach, Method};
use taskscope::model::nonlinear::{single, single_on_rows};
use taskscope::model::{LeastSquares, Loss, Objective, OnRows, OptimumKind, exact, search};
use taskscope::scenario::draft::{DatasetDraft, RowsDraft, TaskRole};
use taskscope::scenario::real::{self, BUNDLED};
use taskscope::scenario::{Handle, Preset, Scenario, ScenarioDraft, knob};
use taskscope::study::caution::cautions;
use taskscope::study::draft::NamedScenario;
use taskscope::study::groups;
use taskscope::study::prediction::predict;
use taskscope::study::prediction::theory_gap;
use taskscope::study::{Study, StudyDraft, Training, Trial, measure, side_by_side};
use taskscope::task::{Activation, TestRows};
use taskscope::transfer::Verdict;

/// A task with linear labels, θ given, noise 1, and fixed parts.
fn task(name: &str, theta: &DVector<f64>, shift: f64, seed: u64) -> DatasetTask {
    let m = 400;
    let mut rng = Seed::new(seed).rng();
    let x = linalg::normal_matrix(m, theta.len(), &mut rng).add_scalar(3.0);
    let y = &x * theta + linalg::normal_vector(m, &mut rng);
    DatasetTask {
        name: name.into(),
        kind: TaskKind::Regression,
        y: y.iter().map(|y| y + shift).collect(),
        x: Arc::new(x),
        split: Split {
            train: (0..200).collect(),
            validation: (200..280).collect(),
            test: (280..m).collect(),
            given: true,
        },
        groups: None,
        moments: None,
    }
}

/// A data set of tasks under a name of the test's own.
fn opened(name: &str, tasks: Vec<DatasetTask>) -> ScenarioDraft {
    let d = tasks[0].x.ncols();
    let dataset = Dataset {
        title: name.into(),
        features: (0..d).map(|i| format!("x{i}")).collect(),
        tasks,
        same_x: false,
        source: Vec::new(),
        notes: Vec::new(),
    };
    let place = DatasetDraft { files: vec![name.into()], ..DatasetDraft::default() };
    let data = real::open(&place, dataset);
    real::suggest(place, &data)
}

/// Two tasks that agree and one that does not.
fn three(name: &str) -> ScenarioDraft {
    let mut rng = Seed::new(4).rng();
    let (one, other) = (linalg::unit_vector(12, &mut rng), linalg::unit_vector(12, &mut rng));
    let near = (&one + 0.1 * &other).normalize();
    let mut draft = opened(
        name,
        vec![task("a", &one, 5.0, 1), task("b", &near, -2.0, 2), task("c", &(-&other), 0.0, 3)],
    );
    draft.tasks.iter_mut().for_each(|task| task.samples = 20.0);
    draft
}

#[test]
fn alone_is_the_ridge_regression_with_intercept_that_is_best_on_the_validation_rows() {
    let scenario = Scenario::check(three("ridge")).unwrap();
    let trial = Trial::own(&scenario, 2);
    let rows = &scenario.training_rows(2)[1];
    assert_eq!(rows.y.len(), 20);
    let error = |penalty: f64, judged: &TestRows| {
        let d = rows.x.ncols();
        let h = rows.x.transpose() * &rows.x + DMatrix::identity(d, d) * penalty;
        let estimate = h.try_inverse().unwrap() * rows.x.transpose() * &rows.y;
        let left = (&judged.rows.x * estimate).add_scalar(judged.label_mean) - &judged.rows.y;
        left.norm_squared() / left.len() as f64
    };
    let chosen = trial.training.penalties[1];
    let validation = &scenario.validation_rows(2)[1];
    for factor in [0.1, 0.3, 0.56, 1.8, 3.0, 10.0] {
        let (here, there) = (error(chosen, validation), error(chosen * factor, validation));
        assert!(here <= there + 1e-12, "{factor}: {here} {there}");
    }
    let test = &scenario.held_out(&scenario.population(2), 2)[1];
    let risk = trial.alone[1].risk;
    assert!((risk - error(chosen, test)).abs() < 1e-9 * risk);
}

#[test]
fn a_shared_module_as_wide_as_the_tasks_is_every_task_alone() {
    let mut draft = three("wide");
    draft.model.width = 3.0;
    let scenario = Scenario::check(draft).unwrap();
    for trial in 0..4 {
        let trial = Trial::own(&scenario, trial);
        for (alone, together) in trial.alone.iter().zip(&trial.fits[0].errors) {
            assert!((alone.risk - together.risk).abs() <= 1e-8 * alone.risk);
        }
    }
}

#[test]
fn labels_in_other_units_and_shifted_features_change_no_gain() {
    let gains = |name: &str, scale: f64, shift: f64| {
        let mut draft = three(name);
        let place = DatasetDraft { files: vec![format!("{name} changed")], ..Default::default() };
        let mut dataset = real::find(draft.dataset.as_ref().unwrap()).unwrap().dataset().clone();
        for task in &mut dataset.tasks {
            task.y.iter_mut().for_each(|y| *y = scale * *y + shift);
            task.x = Arc::new(task.x.add_scalar(shift));
        }
        real::open(&place, dataset);
        draft.dataset = Some(place);
        draft.model.width = 1.0;
        let trial = Trial::own(&Scenario::check(draft).unwrap(), 1);
        let pairs = trial.alone.iter().zip(&trial.fits[0].errors);
        pairs.map(|(alone, together)| together.risk / alone.risk).collect::<Vec<_>>()
    };
    let (one, other) = (gains("units", 1.0, 0.0), gains("units too", 100.0, 40.0));
    for (a, b) in one.iter().zip(&other) {
        assert!((a - b).abs() < 1e-6 * a, "{one:?} {other:?}");
    }
}

#[test]
fn constant_and_doubled_features_and_labels_in_any_unit_change_no_verdict_and_stay_finite() {
    let outcome = |name: &str, unit: f64| {
        let mut draft = three(name);
        let place = DatasetDraft { files: vec![format!("{name} changed")], ..Default::default() };
        let mut dataset = real::find(draft.dataset.as_ref().unwrap()).unwrap().dataset().clone();
        for task in &mut dataset.tasks {
            task.y.iter_mut().for_each(|y| *y *= unit);
            let mut x = task.x.as_ref().clone();
            x.column_mut(0).fill(7.0);
            let doubled = x.column(1).into_owned();
            x.set_column(2, &doubled);
            x.set_column(3, &(-1e6 * doubled));
            x.column_mut(4).fill(0.0);
            task.x = Arc::new(x);
        }
        real::open(&place, dataset);
        draft.dataset = Some(place);
        draft.model.width = 1.0;
        draft.trials = 6.0;
        let scenario = Scenario::check(draft).unwrap();
        let found = measure::measure(&scenario, &[scenario.approach()], &Cancel::new(), |_| {});
        found.unwrap().own().targets
    };
    let plain = outcome("doubled", 1.0);
    for unit in [1e-12, 1e-6, 1e6, 1e12] {
        let other = outcome(&format!("doubled {unit}"), unit);
        let [one, other] = [&plain, &other].map(|outcome| (outcome.verdict, outcome.gain.unwrap()));
        assert_eq!(one.0, other.0, "{unit}: {one:?} {other:?}");
        assert!((one.1.mean - other.1.mean).abs() < 1e-5, "{unit}: {one:?} {other:?}");
        assert!((one.1.low - other.1.low).abs() < 1e-5, "{unit}: {one:?} {other:?}");
    }
}

#[test]
fn fewer_rows_are_the_first_of_more_and_no_training_row_is_tested() {
    let rows = |samples: f64| {
        let mut draft = Preset::find("ratings").unwrap().scenario().unwrap().draft().clone();
        draft.tasks.iter_mut().for_each(|task| task.samples = samples);
        Scenario::check(draft).unwrap()
    };
    let (few, many) = (rows(30.0), rows(60.0));
    let means = |scenario: &Scenario| scenario.training_rows(0)[0].x.row_sum();
    assert!(means(&few).amax() < 1e-6 * few.training_rows(0)[0].x.amax() * 30.0);
    let (a, b) = (&few.training_rows(0)[0].x, &many.training_rows(0)[0].x);
    for i in 1..30 {
        let apart = (a.row(i) - a.row(0)) - (b.row(i) - b.row(0));
        assert!(apart.amax() < 1e-9);
    }
    let test = &many.held_out(&many.population(0), 0)[0].rows.x;
    for row in test.row_iter() {
        let same = |own: &nalgebra::DMatrixView<'_, f64>| (own - row).amax() < 1e-9;
        let own = (0..60).any(|i| same(&b.rows(i, 1).as_view()));
        assert!(!own);
    }
}

#[test]
fn trials_of_tasks_that_share_rows_share_them() {
    let scenario = Preset::find("digits").unwrap().scenario().unwrap();
    assert!(scenario.shares_rows());
    let rows = scenario.training_rows(1);
    assert!(rows.iter().all(|task| task.x == rows[0].x));
    let test = scenario.held_out(&scenario.population(1), 1);
    assert!(test.iter().all(|task| task.rows.x == test[0].rows.x));
    let positive = |y: &DVector<f64>| y.iter().filter(|y| **y > 0.0).count();
    let all: usize = test.iter().map(|task| positive(&task.rows.y)).sum();
    assert_eq!(all, test[0].rows.y.len(), "every image shows one digit");
}

#[test]
fn random_labels_change_the_asked_share_of_training_labels_and_no_other() {
    let labels = |share: f64| {
        let mut draft = three("random");
        draft.tasks[0].random = Some(share);
        draft.tasks.iter_mut().for_each(|task| task.samples = 100.0);
        let scenario = Scenario::check(draft).unwrap();
        (scenario.training_rows(0)[0].y.clone(), scenario.held_out(&scenario.population(0), 0))
    };
    let ((clean, test), (noisy, same)) = (labels(0.0), labels(0.3));
    let apart = |i: usize| ((clean[i] - clean[0]) - (noisy[i] - noisy[0])).abs() > 1e-9;
    let changed = (0..100).filter(|&i| apart(i)).count();
    assert!((29..=71).contains(&changed), "{changed}");
    assert_eq!(test[1], same[1]);
    assert_eq!(test[0].rows.y, same[0].rows.y);
}

#[test]
fn a_scenario_of_real_tasks_is_refused_what_its_data_do_not_have() {
    let base = three("refused");
    let refused = |change: &dyn Fn(&mut ScenarioDraft)| {
        let mut draft = base.clone();
        change(&mut draft);
        Scenario::check(draft).unwrap_err().to_string()
    };
    let says = |message: String, words: &str| assert!(message.contains(words), "{message}");
    says(refused(&|d| d.tasks[0].samples = 201.0), "at most 200");
    says(refused(&|d| d.tasks[0].name = "z".into()), "a, b, c");
    says(refused(&|d| d.tasks[1].noise = 1.0), "comes from the data set");
    says(refused(&|d| d.data.dimension = 3.0), "12, the number of features");
    says(refused(&|d| d.data.rows = RowsDraft::Shared), "own");
    let gone = |d: &mut ScenarioDraft| {
        d.dataset = Some(DatasetDraft { files: vec!["gone.csv".into()], ..Default::default() });
    };
    says(refused(&gone), "gone.csv");
}

#[test]
fn advice_trains_what_agrees_together_and_the_other_task_alone() {
    let mut draft = three("advice");
    draft.tasks.iter_mut().for_each(|task| task.samples = 15.0);
    let scenario = Scenario::check(draft).unwrap();
    let trials = AdviceTrials { search: 8, confirm: 16 };
    let found = advice::advise(&scenario, trials, &Cancel::new(), &|_| ()).unwrap().unwrap();
    assert_eq!(found.recommendation, Recommendation::Together, "{}", found.headline());
    let plan = &found.best().unwrap().plan;
    assert_eq!(
        plan.models.iter().map(|m| m.tasks.clone()).collect::<Vec<_>>(),
        [vec![0, 1], vec![2]]
    );
    let page =
        advice::markdown(&found, "three", "taskscope advise three.csv", &PagePictures::default());
    for words in ["Train a and b together", "c alone", "16 trials", "taskscope advise three.csv"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn ridge_is_the_baseline_itself_beside_real_tasks() {
    let scenario = Scenario::check(three("ridge alone")).unwrap();
    let ridge = Approach { method: Method::Ridge, ..scenario.approach() };
    let there = scenario.trained_by(ridge).unwrap();
    let found = measure::measure(&there, &there.beside_baseline(), &Cancel::new(), |_| ()).unwrap();
    assert_eq!(found.approaches.len(), 1);
    let gain = found.own().targets.gain.unwrap();
    assert_eq!((gain.low, gain.high), (0.0, 0.0));
    let compared = side_by_side::compare(&scenario, &Cancel::new(), |_| ()).unwrap();
    assert!(compared.methods().all(|(method, ..)| method != Method::Ridge));
}

#[test]
fn the_rows_of_a_real_task_end_where_its_training_rows_end() {
    let scenario = Scenario::check(three("ends")).unwrap();
    let said = |path: &str| scenario.allowed_words(Handle::find(scenario.draft(), path).unwrap());
    assert_eq!(said("b.samples"), "a whole number from 1 to 200");
    assert_eq!(said("b.ratio"), "a number from 0.05 to 10");
    assert_eq!(said("model.width"), "a whole number from 1 to 16");
}

#[test]
fn advice_says_alone_where_nothing_agrees() {
    let mut rng = Seed::new(11).rng();
    let axes = linalg::orthonormal(12, &mut rng);
    let tasks =
        (0..3).map(|i| task(&format!("t{i}"), &axes.column(i).into_owned(), 0.0, 20 + i as u64));
    let mut draft = opened("apart", tasks.collect());
    draft.tasks.iter_mut().for_each(|task| task.samples = 100.0);
    let scenario = Scenario::check(draft).unwrap();
    let trials = AdviceTrials { search: 4, confirm: 8 };
    let found = advice::advise(&scenario, trials, &Cancel::new(), &|_| ()).unwrap().unwrap();
    assert_ne!(found.recommendation, Recommendation::Together, "{}", found.headline());
    let worst = found.confirmed.last().unwrap().gain.unwrap();
    assert!(worst.is_negative(), "one shared unit for three orthogonal tasks hurts");
}

#[test]
fn data_sets_that_come_with_the_program_have_the_rows_their_sources_say() {
    let sizes = |name: &str| {
        let set = BUNDLED.iter().find(|set| set.name == name).unwrap().read().unwrap();
        (set.tasks.len(), set.features.len(), set.tasks[0].y.len(), set.same_x)
    };
    assert_eq!(sizes("digits"), (10, 64, 1797, true));
    let (tasks, features, _, same_x) = sizes("ratings");
    assert_eq!((tasks, features, same_x), (4, 32, false));
}

#[test]
fn tasks_on_one_x_have_the_same_parts_even_if_they_train_on_rows_of_their_own() {
    let mut draft = Preset::find("digits").unwrap().scenario().unwrap().draft().clone();
    draft.data.rows = RowsDraft::Own;
    let scenario = Scenario::check(draft).unwrap();
    let rows = scenario.training_rows(0);
    assert!(rows[0].x.row(0) != rows[1].x.row(0));
    let test = scenario.held_out(&scenario.population(0), 0);
    let (one, other) = (&test[0].rows.x, &test[1].rows.x);
    assert_eq!(one.nrows(), other.nrows());
    for i in 1..one.nrows() {
        let apart = (one.row(i) - one.row(0)) - (other.row(i) - other.row(0));
        assert!(apart.amax() < 1e-9, "row {i}");
    }
}

/// The linear objective of a trial with all penalties times a factor, and the solutions alone.
fn objective_of(training: &Training, factor: f64) -> (LeastSquares, Vec<DVector<f64>>) {
    let tasks = training.data.iter().zip(&training.penalties);
    let data = tasks.map(|(data, penalty)| data.moments.with_ridge(factor * penalty)).collect();
    let objective = LeastSquares { data, weights: vec![1.0; training.data.len()] };
    let alone = exact::single_task(&objective);
    (objective, alone)
}

#[test]
fn with_other_penalties_the_optimum_before_leads_as_low_as_many_new_starts() {
    let cases = [("digits", 3, 15), ("digits", 6, 1), ("digits-noisy", 5, 15), ("ratings", 2, 0)];
    for (name, width, trial) in cases {
        let scenario = Preset::find(name).unwrap().scenario().unwrap();
        let training = Training::new(&scenario, &scenario.population(trial), trial);
        let seed = training.seed();
        for common_axes in [true, false] {
            let of = |factor: f64| {
                let (mut objective, alone) = objective_of(&training, factor);
                if !common_axes {
                    objective.data.iter_mut().for_each(|data| data.ridge = 0.0);
                }
                (objective, alone)
            };
            let (first, alone) = of(1.0);
            let begin = search::optimum(&first, width, &alone, seed);
            for factors in [[4.0, 16.0], [0.25, 0.0625]] {
                let mut last = begin.clone();
                for factor in factors {
                    let (objective, alone) = of(factor);
                    last = search::near(&objective, &last, &alone, seed);
                    let anew = search::optimum(&objective, width, &alone, seed);
                    let [near, anew] = [&last, &anew].map(|found| objective.loss(&found.model));
                    assert!(near <= anew * (1.0 + 1e-8), "{name} {width} {factor}: {near} {anew}");
                }
            }
        }
    }
}

#[test]
fn one_draw_gives_the_rows_of_a_trial_that_its_parts_give_alone() {
    let scenario = Preset::find("ratings").unwrap().scenario().unwrap();
    let population = scenario.population(3);
    let rows = scenario.trial_rows(&population, 3);
    assert_eq!(rows.test, scenario.held_out(&population, 3));
    assert_eq!(rows.validation, scenario.validation_rows(3));
    assert_eq!(rows.training, scenario.data(&population, 3));
    for (data, own) in rows.training.iter().zip(scenario.training_rows(3)) {
        assert_eq!(data.moments, own.moments());
    }
}

#[test]
fn logistic_models_of_real_tasks_have_the_penalty_that_is_best_on_the_validation_rows() {
    let mut draft = Preset::find("digits").unwrap().scenario().unwrap().draft().clone();
    draft.model.loss = Loss::Logistic;
    draft.tasks.iter_mut().for_each(|task| task.samples = 60.0);
    let scenario = Scenario::check(draft).unwrap();
    let trial = Trial::own(&scenario, 1);
    assert_eq!(trial.kind_alone(), OptimumKind::Exact);
    let (rows, validation) = (&scenario.training_rows(1)[3], &scenario.validation_rows(1)[3].rows);
    let loss = |penalty: f64| {
        let objective = OnRows {
            intercepts: true,
            ..single(rows.clone(), penalty, Activation::Linear, Loss::Logistic)
        };
        let found = single_on_rows(&objective, Seed::new(1));
        let f = objective.predictor(&found.model, 0).predict(&validation.x);
        f.iter().zip(&validation.y).map(|(f, y)| Loss::Logistic.at(*f, *y)).sum::<f64>()
    };
    let chosen = trial.training.penalties[3];
    for factor in [0.1, 0.3, 0.56, 1.8, 3.0, 10.0] {
        assert!(loss(chosen) <= loss(chosen * factor) + 1e-6, "{factor}");
    }
}

#[test]
fn classifiers_that_make_the_same_errors_keep_their_own_scores() {
    let mut draft = Preset::find("digits").unwrap().scenario().unwrap().draft().clone();
    draft.tasks.iter_mut().for_each(|task| task.samples = 60.0);
    let scenario = Scenario::check(draft).unwrap();
    let mut ties = 0;
    for trial in 0..4 {
        let found = Trial::run(&scenario, trial, &[scenario.approach()]);
        let held_out = scenario.held_out(&found.population, trial);
        let fit = &found.fits[0];
        for (task, test) in held_out.iter().enumerate() {
            let predictor = found.training.predictor(&fit.optimum.model, task);
            let own = predictor.held_out(test);
            let scored = fit.errors[task].held_out.unwrap();
            assert!((scored.logistic_loss - own.logistic_loss).abs() < 1e-6, "{trial}, {task}");
            let alone = &found.alone[task];
            let other = alone.held_out.unwrap().logistic_loss != scored.logistic_loss;
            ties += usize::from(alone.risk == fit.errors[task].risk && other);
        }
    }
    assert!(ties > 0);
}

#[test]
fn trials_with_the_same_rows_have_no_verdict_and_say_so() {
    let mut tasks: Vec<DatasetTask> =
        (0..2).map(|i| task(&format!("t{i}"), &DVector::repeat(12, 0.3), 0.0, 30 + i)).collect();
    for task in &mut tasks {
        task.split = Split {
            train: (0..80).collect(),
            validation: (80..140).collect(),
            test: (140..200).collect(),
            given: true,
        };
    }
    let verdict = |samples: f64| {
        let mut draft = opened("same rows", tasks.clone());
        draft.tasks.iter_mut().for_each(|task| task.samples = samples);
        let scenario = Scenario::check(draft).unwrap();
        let found =
            measure::measure(&scenario, &[scenario.approach()], &Cancel::new(), |_| ()).unwrap();
        (found.own().targets.verdict, cautions(&scenario, &found).join(" "))
    };
    let (same, said) = verdict(80.0);
    assert_eq!(same, Verdict::SameTrials);
    assert!(said.contains(SAME), "{said}");
    let (other, said) = verdict(40.0);
    assert_ne!(other, Verdict::SameTrials);
    assert!(!said.contains(SAME), "{said}");
}

/// What is said where all trials are the same.
const SAME: &str = "every trial is the same, and there is no verdict";

#[test]
fn where_every_trial_is_the_same_no_gain_has_an_interval_and_nothing_is_recommended() {
    let mut draft = three("the same trials");
    draft.tasks.iter_mut().for_each(|task| task.samples = 200.0);
    draft.trials = 4.0;
    let scenario = Scenario::check(draft.clone()).unwrap();
    let found =
        measure::measure(&scenario, &[scenario.approach()], &Cancel::new(), |_| ()).unwrap();
    for outcome in found.own().groups.iter().chain([&found.own().targets]) {
        let said = words::effect(outcome) + &words::tight(outcome) + &words::two_errors(outcome);
        assert!(said.contains("(no ±)") && said.matches('±').count() == 2, "{said}");
        assert_eq!(words::doubt(outcome), None);
        let verdict = words::verdict(&scenario, outcome).to_lowercase();
        assert!(verdict.contains(SAME), "{verdict}");
    }
    let said = advice::advise(&scenario, AdviceTrials::default(), &Cancel::new(), &|_| ());
    let said = said.unwrap_err().to_string();
    assert!(said.contains(SAME), "{said}");
    let study = |draft: ScenarioDraft| {
        let scenarios = vec![NamedScenario { name: "same".into(), scenario: draft }];
        Study::check(StudyDraft::new(groups::question(0), scenarios))
    };
    let said = study(draft.clone()).unwrap_err().to_string();
    assert!(said.contains(SAME), "{said}");
    draft.tasks[0].samples = 150.0;
    assert!(study(draft).is_ok());
}

#[test]
fn the_best_constant_prediction_is_that_of_the_same_test_rows() {
    let mut tasks = vec![
        task("a", &DVector::repeat(12, 0.3), 0.0, 30),
        task("b", &DVector::repeat(12, 0.3), 0.0, 31),
    ];
    for task in &mut tasks {
        task.kind = TaskKind::Classification;
        task.y = (0..task.y.len()).map(|i| if i % 40 == 0 { 1.0 } else { -1.0 }).collect();
        (task.split.validation, task.split.test) = ((201..281).collect(), (281..400).collect());
    }
    let draft = opened("rare labels", tasks);
    let scenario = Scenario::check(draft).unwrap();
    let constant = scenario.real().unwrap().mean_constant_errors(&scenario, 0..5);
    for error in constant {
        assert!((error - 2.0 / 119.0).abs() < 1e-12, "{error}");
    }
}

#[test]
fn results_of_real_tasks_say_what_to_beware_of() {
    let said = |name: &str, change: &dyn Fn(&mut [DatasetTask])| {
        let mut tasks: Vec<DatasetTask> = (0..2)
            .map(|i| task(&format!("t{i}"), &DVector::repeat(12, 0.3), 0.0, 40 + i))
            .collect();
        change(&mut tasks);
        let mut draft = opened(name, tasks);
        draft.tasks.iter_mut().for_each(|task| task.samples = 60.0);
        let scenario = Scenario::check(draft).unwrap();
        let found =
            measure::measure(&scenario, &[scenario.approach()], &Cancel::new(), |_| ()).unwrap();
        cautions(&scenario, &found).join(" ")
    };
    assert_eq!(said("beware of nothing", &|_| ()), "");
    let units = said("beware of units", &|tasks| tasks[1].y.iter_mut().for_each(|y| *y *= 1e4));
    assert!(units.contains("fitted to t1") && units.contains("by-scale"), "{units}");
    let noise = said("beware of noise", &|tasks| {
        let all = tasks[0].y.len();
        tasks[0].y = (0..all).map(|i| ((7919 * i * i + 31 * i) % 101) as f64).collect();
    });
    assert!(noise.contains("hardly predict t0"), "{noise}");
    let tails = said("beware of tails", &|tasks| {
        tasks[0].y.iter_mut().step_by(150).for_each(|y| *y = 1000.0);
        tasks.iter_mut().for_each(|task| task.split.given = false);
    });
    assert!(tails.contains("differs so much between trials"), "{tails}");
}

#[test]
fn penalties_without_validation_rows_are_chosen_from_the_training_rows() {
    let mut tasks = Vec::new();
    for i in 0..2 {
        let mut one = task(&format!("t{i}"), &DVector::repeat(4, 0.3), -6.0, 30 + i);
        one.kind = TaskKind::Classification;
        one.y.iter_mut().for_each(|y| *y = (*y + 2.4).signum());
        one.split.validation.clear();
        tasks.push(one);
    }
    let base = opened("no validation", tasks);
    for (activation, loss) in [
        (Activation::Linear, Loss::Squared),
        (Activation::Linear, Loss::Logistic),
        (Activation::Relu, Loss::Squared),
    ] {
        let mut draft = base.clone();
        (draft.model.activation, draft.model.loss) = (activation, loss);
        let trial = Trial::own(&Scenario::check(draft).unwrap(), 0);
        assert!(
            trial.training.penalties.iter().all(|penalty| *penalty > 0.0 && penalty.is_finite())
        );
        assert!(trial.fits[0].errors.iter().all(|errors| errors.risk.is_finite()));
    }
}

#[test]
fn one_task_has_nothing_to_compare_and_any_method_beside_it_has() {
    let mut draft = three("single");
    draft.tasks[1].role = TaskRole::Aside;
    draft.tasks[2].role = TaskRole::Aside;
    let scenario = Scenario::check(draft).unwrap();
    let ridge = Approach { method: Method::Ridge, ..scenario.approach() };
    let approaches = [scenario.approach(), ridge];
    let found = measure::measure(&scenario, &approaches, &Cancel::new(), |_| ()).unwrap();
    let own = &found.own().targets;
    assert_eq!(own.verdict, Verdict::OneTask);
    let said = format!("{}: {}", words::verdict(&scenario, own), words::effect(own));
    assert_eq!(said, "one task: nothing to compare");
    assert_ne!(found.approaches[1].targets.verdict, Verdict::OneTask);
}

#[test]
fn names_of_tasks_are_different_and_never_look_like_options() {
    let names = |name: &str, from: &[&str]| -> Vec<String> {
        let theta = DVector::from_element(3, 1.0);
        let tasks =
            from.iter().enumerate().map(|(seed, from)| task(from, &theta, 0.0, seed as u64));
        let draft = opened(name, tasks.collect());
        Scenario::check(draft.clone()).unwrap();
        draft.tasks.into_iter().map(|task| task.name).collect()
    };
    let made = names("quoted", &["'selfLR'=1", "'selfLR'=-1", "'x'", "-a", "--", "", "\"b\""]);
    assert_eq!(made, ["selfLR-1", "selfLR--1", "x", "a", "task", "task-2", "b"]);
    let long = "how_much_do_you_agree_with_this";
    let made = names("long", &[&format!("{long}=1"), &format!("{long}=2"), long]);
    assert_eq!(made[..2], ["how_much_do_you_agree_-1", "how_much_do_you_agree_-2"]);
    assert_eq!(made[2], "how_much_do_you_agree_wi");
}

#[test]
fn the_width_goes_up_to_one_unit_for_every_task() {
    let theta = DVector::from_element(3, 1.0);
    let tasks = |count: usize| {
        let tasks = (0..count).map(|seed| task(&format!("t{seed}"), &theta, 0.0, seed as u64));
        opened(&format!("{count} tasks"), tasks.collect())
    };
    for (count, most, end) in [(20, 20.0, 20.0), (3, 16.0, 3.0)] {
        let mut draft = tasks(count);
        let width = taskscope::scenario::Handle::find(&draft, "model.width").unwrap();
        let scenario = Scenario::check(draft.clone()).unwrap();
        assert_eq!(scenario.track(width), (1.0, end));
        let swept = taskscope::scenario::check::along_track(&scenario, width, 21);
        assert_eq!(swept, (1..=count).map(|width| width as f64).collect::<Vec<_>>());
        width.set(&mut draft, most).unwrap();
        assert!(Scenario::check(draft.clone()).is_ok());
        let refused = width.set(&mut draft, most + 1.0).unwrap_err();
        assert!(refused.allowed.contains(&format!("1 to {most}")), "{refused}");
        draft.model.width = most + 1.0;
        assert_eq!(Scenario::check(draft).unwrap_err().field, "model.width");
    }
}

/// The three tasks with standardised features, of which some were changed.
fn standardised(name: &str, given: bool, change: impl Fn(&mut DMatrix<f64>)) -> Scenario {
    prepared(name, DatasetDraft { standardise: true, ..DatasetDraft::default() }, given, change)
}

/// The three tasks with features as the place asks for, of which some were changed.
fn prepared(
    name: &str,
    place: DatasetDraft,
    given: bool,
    change: impl Fn(&mut DMatrix<f64>),
) -> Scenario {
    let mut draft = three(name);
    let place = DatasetDraft { files: vec![format!("{name} changed")], ..place };
    let mut dataset = real::find(draft.dataset.as_ref().unwrap()).unwrap().dataset().clone();
    for task in &mut dataset.tasks {
        let mut x = task.x.as_ref().clone();
        change(&mut x);
        task.x = Arc::new(x);
        task.split.given = given;
    }
    draft.data.dimension = real::opened_as(&place, dataset).unwrap().dimension() as f64;
    draft.dataset = Some(place);
    Scenario::check(draft).unwrap()
}

#[test]
fn standardised_features_have_no_unit_and_every_trial_draws_its_own_parts() {
    let plain = standardised("unit", false, |_| ());
    let scaled = standardised("other unit", false, |x| x.column_mut(3).scale_mut(1e4));
    assert!(plain.real().unwrap().draws_splits());
    for trial in 0..3 {
        let [one, other] = [&plain, &scaled].map(|scenario| scenario.training_rows(trial));
        for (one, other) in one.iter().zip(&other) {
            assert!((&one.x - &other.x).amax() < 1e-9, "trial {trial}");
        }
        let [one, other] = [&plain, &scaled].map(|scenario| Trial::own(scenario, trial));
        for (one, other) in one.alone.iter().zip(&other.alone) {
            assert!((one.risk - other.risk).abs() < 1e-6 * one.risk);
        }
    }
    let [first, second] = [0, 1].map(|trial| plain.held_out(&plain.population(trial), trial));
    assert_ne!(first[0].rows.y, second[0].rows.y, "other test rows");
    let thetas = [&plain, &scaled].map(|scenario| scenario.population(0).tasks[1].theta.clone());
    assert!((&thetas[0] - &thetas[1]).amax() < 1e-6);
}

#[test]
fn all_components_are_a_rotation_and_every_trial_draws_its_own_parts() {
    let place = |components| DatasetDraft { components, ..DatasetDraft::default() };
    let plain = prepared("as they are", place(None), false, |_| ());
    let turned = prepared("turned", place(Some(plain.dimension())), false, |_| ());
    assert!(turned.real().unwrap().draws_splits());
    for trial in 0..3 {
        let [one, other] = [&plain, &turned].map(|scenario| Trial::own(scenario, trial));
        for (one, other) in one.alone.iter().zip(&other.alone) {
            assert!((one.risk - other.risk).abs() < 1e-6 * one.risk, "trial {trial}");
        }
    }
    let noise = [&plain, &turned].map(|scenario| scenario.real().unwrap().noise(scenario)[0]);
    assert!((noise[0] - noise[1]).abs() < 1e-9 * noise[0]);
}

#[test]
fn components_are_those_of_the_training_rows_with_the_largest_variances() {
    let place = || DatasetDraft { components: Some(2), ..DatasetDraft::default() };
    let grown = |x: &mut DMatrix<f64>| {
        x.column_mut(3).scale_mut(30.0);
        x.column_mut(1).scale_mut(10.0);
    };
    let found = prepared("grown", place(), true, grown);
    let tested = prepared("tested too", place(), true, |x| {
        grown(x);
        x.view_mut((280, 0), (120, 1)).scale_mut(900.0);
    });
    assert_eq!(found.dimension(), 2);
    let rows = [&found, &tested].map(|scenario| scenario.training_rows(0)[0].x.clone());
    assert_eq!(rows[0], rows[1], "test rows change no component");
    let deviations = [0, 1].map(|j| rows[0].column(j).variance().sqrt());
    assert!((25.0..35.0).contains(&deviations[0]), "{deviations:?}");
    assert!((8.0..12.0).contains(&deviations[1]), "{deviations:?}");
}

#[test]
fn nearly_exact_labels_have_the_noise_that_they_have() {
    let theta = DVector::from_fn(5, |j, _| 1.0 + j as f64);
    let mut exact = task("exact", &theta, 0.0, 1);
    let labels = exact.x.as_ref() * &theta;
    let noisy = |(row, y): (usize, &f64)| if row % 2 == 0 { y + 1e-6 } else { y - 1e-6 };
    exact.y = labels.iter().enumerate().map(noisy).collect();
    let draft = opened("nearly exact", vec![exact, task("other", &theta, 0.0, 2)]);
    let scenario = Scenario::check(draft).unwrap();
    let noise = scenario.real().unwrap().noise(&scenario)[0];
    assert!((0.9e-12..1.1e-12).contains(&noise), "{noise:e}");
    let gap = theory_gap(&scenario).unwrap();
    assert!(gap.contains("weakest penalty"), "{gap}");
}

#[test]
fn joint_training_has_no_penalty_weaker_than_those_tried_alone() {
    let mut draft = prepared("one loud feature", DatasetDraft::default(), false, |x| {
        x.column_mut(3).scale_mut(1e3);
    })
    .draft()
    .clone();
    draft.tasks[2].role = TaskRole::Aside;
    let scenario = Scenario::check(draft).unwrap();
    let training = Training::new(&scenario, &scenario.population(0), 0);
    let (penalised, joint) = (training.moments(), training.joint(vec![1.0; 2]));
    let weakest = |data: &taskscope::task::Moments| {
        let d = data.h.nrows() as f64;
        1e-4 * (data.h.trace() / d - data.ridge)
    };
    for data in &penalised {
        assert!(data.ridge >= weakest(data) * (1.0 - 1e-9));
    }
    let weights = vec![1.0; 2];
    let tried = [1.0, 4.0, 16.0].map(|factor| {
        let data = training.data.iter().zip(&training.penalties);
        let data = data.map(|(own, penalty)| own.moments.with_ridge(factor * penalty)).collect();
        let objective = LeastSquares { data, weights: weights.clone() };
        let singles = exact::single_task(&objective);
        search::optimum(&objective, 1, &singles, training.seed()).model.estimate(0)
    });
    let near = |one: &DVector<f64>| (one - joint.model.estimate(0)).norm() < 1e-6 * one.norm();
    assert!(tried.iter().any(near), "the weakest penalty stays as it is");
}

#[test]
fn features_of_very_different_scales_are_warned_of_unless_they_are_standardised() {
    let loud = |x: &mut DMatrix<f64>| x.column_mut(3).scale_mut(1e4);
    let said = |scenario: &Scenario| {
        let measured =
            measure::measure(scenario, &[scenario.approach()], &Cancel::new(), |_| ()).unwrap();
        let found = cautions(scenario, &measured).join(" ");
        (found.contains("--standardise"), found.contains("hardly predict"))
    };
    let plain = prepared("scales", DatasetDraft::default(), false, |_| ());
    let scaled = prepared("scales loud", DatasetDraft::default(), false, loud);
    assert_eq!(said(&plain), (false, false));
    assert_eq!(said(&scaled), (true, false));
    assert_eq!(said(&standardised("scales alike", false, loud)), (false, false));
    let noise = |scenario: &Scenario| scenario.real().unwrap().noise(scenario);
    for (own, other) in noise(&plain).iter().zip(noise(&scaled)) {
        assert!((own / other - 1.0).abs() < 1e-6, "the fit to all rows has no unit: {own} {other}");
    }
}

#[test]
fn there_is_no_theory_where_a_feature_repeats_another() {
    let plain = prepared("rows of their own", DatasetDraft::default(), false, |_| ());
    let doubled = prepared("twice the same", DatasetDraft::default(), false, |x| {
        let column = x.column(3).into_owned() * 2.0;
        x.set_column(5, &column);
    });
    let constant =
        prepared("nothing", DatasetDraft::default(), false, |x| x.column_mut(3).fill(7.0));
    let reason = |scenario: &Scenario| theory_gap(scenario).unwrap_or("");
    assert!(!reason(&plain).contains("constant"), "{}", reason(&plain));
    for scenario in [&doubled, &constant] {
        assert!(reason(scenario).contains("constant"), "{}", reason(scenario));
    }
}

#[test]
fn scales_come_from_training_rows_alone_and_from_every_task_of_the_data_set() {
    let plain = standardised("trained", true, |_| ());
    let tested = standardised("tested", true, |x| {
        let mut test = x.view_mut((280, 2), (120, 1));
        test.scale_mut(50.0);
    });
    let rows = [&plain, &tested].map(|scenario| scenario.training_rows(1)[0].x.clone());
    assert_eq!(rows[0], rows[1], "test rows change no training row");
    let data = plain.real().unwrap().data();
    let all = data.tasks().iter().flat_map(|task| (0..200).map(|row| task.x[(row, 2)]));
    let all: Vec<f64> = all.collect();
    let mean = all.iter().sum::<f64>() / 600.0;
    let deviation = (all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 600.0).sqrt();
    let raw = three("raw");
    let raw = Scenario::check(raw).unwrap().training_rows(1)[0].x.clone();
    assert!((raw[(4, 2)] / deviation - rows[0][(4, 2)]).abs() < 1e-9);
    let mut draft = plain.draft().clone();
    draft.tasks[2].role = TaskRole::Aside;
    let without = Scenario::check(draft).unwrap().training_rows(1)[0].x.clone();
    assert_eq!(without, rows[0], "a task aside still counts");
}

#[test]
fn for_data_from_files_theory_is_near_the_trials_or_withheld_where_penalties_count() {
    let at = |name: &str, sets: &[&str]| {
        let mut draft = Preset::find(name).unwrap().scenario().unwrap().draft().clone();
        draft.trials = 20.0;
        sets.iter().for_each(|set| knob::assign(&mut draft, set).unwrap());
        Scenario::check(draft).unwrap()
    };
    for sets in [&["nyt.samples=400"][..], &["nyt.samples=1000", "movie.samples=1000"]] {
        let scenario = at("ratings-pair", sets);
        let predicted = predict(&scenario, 1).unwrap();
        let found =
            measure::measure(&scenario, &[scenario.approach()], &Cancel::new(), |_| ()).unwrap();
        let gain = found.own().targets.gain.unwrap();
        let off = (predicted.gain - gain.mean).abs();
        assert!(
            off <= predicted.margin.hypot(gain.half_width()),
            "{sets:?}: {predicted:?} {gain:?}"
        );
        let parts = predicted.noise + predicted.bias + predicted.variance + predicted.head;
        assert!((parts - predicted.multi).abs() < 1e-12 && predicted.noise > 0.3);
        let sum = predicted.variance_saved() - predicted.bias_added();
        assert!((sum - predicted.gain).abs() < 1e-12);
    }
    let unsettled = predict(&at("ratings", &["tweets.samples=1000"]), 1).unwrap_err();
    assert!(unsettled.contains("head"), "{unsettled}");
    for (name, sets, why) in [
        ("ratings-pair", "nyt.samples=100", "more training rows, about 3.5 a feature"),
        ("ratings-transfer", "nyt.samples=1000", "none for this method"),
        ("ratings-pair", "model.activation=relu", "for linear units"),
        ("digits", "model.width=1", "labels ±1"),
    ] {
        let reason = predict(&at(name, &[sets]), 1).unwrap_err();
        assert!(reason.contains(why), "{name}: {reason}");
    }
}
