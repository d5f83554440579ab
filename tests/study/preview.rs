//! Spectra and rows of the first trial, compared with matrices and rows computed in another way.

use std::collections::HashSet;

use crate::support::common::{self, preset, set};
use nalgebra::{DMatrix, SymmetricEigen};
use taskscope::cancel::Cancel;
use taskscope::figure::{Figure, Mark, MarkRole, Shape, rows, spectrum};
use taskscope::scenario::draft::Draw;
use taskscope::scenario::edit::{added, with_role};
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Scenario, ScenarioDraft, draft};
use taskscope::study::RowPreview;
use taskscope::study::preview::{self, MOST_ROWS};

fn changed(name: &str, change: impl FnOnce(&mut ScenarioDraft)) -> Scenario {
    let mut draft = preset(name).draft().clone();
    change(&mut draft);
    Scenario::check(draft).unwrap()
}

fn look(scenario: &Scenario, entry: usize) -> RowPreview {
    preview::look(scenario, entry, &Cancel::new(), |_| {}).unwrap()
}

/// The eigenvalues of a covariance, largest first.
fn eigenvalues(covariance: DMatrix<f64>) -> Vec<f64> {
    let mut values: Vec<f64> =
        SymmetricEigen::new(covariance).eigenvalues.iter().copied().collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values
}

fn lines(figure: &Figure) -> Vec<Vec<f64>> {
    let values = |mark: &Mark| match &mark.shape {
        Shape::Line { points, .. } => Some(points.iter().map(|(_, y)| *y).collect()),
        _ => None,
    };
    figure.marks.iter().filter_map(values).collect()
}

#[test]
fn a_spectrum_shows_the_eigenvalues_of_the_covariance_of_every_task() {
    for found in PRESETS {
        let scenario = preset(found.name);
        let population = scenario.population_of_all(0);
        let drawn = lines(&spectrum::figure(&scenario, 0));
        let shown = match scenario.shares_rows() {
            true => 1,
            false => scenario.draft().tasks.len().min(spectrum::MOST_SERIES),
        };
        assert_eq!(drawn.len(), shown, "{}", found.name);
        for (entry, drawn) in drawn.iter().enumerate() {
            let (address, _) = scenario.first_of(entry).unwrap();
            let mut expected = eigenvalues(population.tasks[address].covariance());
            expected.truncate(drawn.len());
            assert!(common::difference(drawn, &expected, 0.0) < 1e-9, "{}: {entry}", found.name);
        }
    }
}

#[test]
fn turning_the_rows_changes_no_spectrum() {
    let turned = set(&preset("turning-data"), "source.rotation", 63.0);
    let [before, after] = [&preset("turning-data"), &turned].map(|s| spectrum::figure(s, 1));
    assert_eq!(lines(&before), lines(&after));
}

#[test]
fn up_to_seven_series_differ_in_dash_or_symbol_and_the_selected_one_is_among_them() {
    let mut scenario = preset("six-tasks");
    for _ in 0..5 {
        scenario = added(scenario.draft()).unwrap();
    }
    let last = scenario.draft().tasks.len() - 1;
    for task in 0..=last {
        let path = format!("{}.condition", scenario.draft().tasks[task].name);
        scenario = set(&scenario, &path, 2.0 + task as f64);
    }
    let figure = spectrum::figure(&scenario, last);
    assert_eq!(lines(&figure).len(), spectrum::MOST_SERIES);
    assert!(figure.title.contains("7 of 11") && figure.caption.contains("4 more tasks"));
    let names: Vec<String> = figure.legend().into_iter().map(|key| key.text).collect();
    assert!(names.iter().any(|name| name.starts_with(&scenario.draft().tasks[last].name)));
    let mut looks = HashSet::new();
    for mark in &figure.marks {
        if let Shape::Points { symbol, points } = &mark.shape {
            assert!(!points.is_empty());
            let dash = figure.marks.iter().find_map(|other| match other.shape {
                Shape::Line { dash, .. } if other.role == mark.role => Some(dash),
                _ => None,
            });
            assert!(looks.insert(format!("{symbol:?} {dash:?}")));
        }
    }
    assert_eq!(looks.len(), spectrum::MOST_SERIES);
}

#[test]
fn tasks_with_one_spectrum_share_a_line_and_a_name_that_says_so() {
    let names = |scenario: &Scenario| -> Vec<String> {
        spectrum::figure(scenario, 0).legend().into_iter().map(|entry| entry.text).collect()
    };
    assert_eq!(names(&preset("two-tasks")), ["target and source alike, κ 1"]);
    assert_eq!(names(&preset("three-tasks")), ["all 3 tasks alike, κ 1"]);
    let louder = set(&preset("three-tasks"), "good.condition", 4.0);
    assert_eq!(names(&louder), ["target and bad alike, κ 1", "good, κ 4"]);
}

#[test]
fn in_a_file_arrows_are_told_by_numbers_that_do_not_touch_and_have_the_colour_of_their_rows() {
    let scenario = preset("digits");
    let figure = rows::explained(rows::figure(&scenario, &look(&scenario, 0)));
    let numbers: Vec<(f64, f64)> = figure
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Text { at, .. } => Some(*at),
            _ => None,
        })
        .collect();
    assert!(numbers.len() > 2, "{numbers:?}");
    for (place, one) in numbers.iter().enumerate() {
        for other in &numbers[..place] {
            assert!((one.0 - other.0).hypot(one.1 - other.1) > 0.1 * figure.x.to, "{numbers:?}");
        }
    }
    let arrow = figure.marks.iter().find(|mark| matches!(mark.shape, Shape::Arrow { .. })).unwrap();
    assert_eq!((arrow.role, arrow.name.as_deref()), (MarkRole::Target, Some("1: θ digit-0")));
}

#[test]
fn every_value_of_a_spectrum_and_every_row_of_the_task_lies_inside_the_axes() {
    for found in PRESETS {
        let scenario = preset(found.name);
        let seen = look(&scenario, 0);
        for figure in [spectrum::figure(&scenario, 0), rows::figure(&scenario, &seen)] {
            for mark in &figure.marks {
                let places: Vec<(f64, f64)> = match &mark.shape {
                    Shape::Line { points, .. } => points.clone(),
                    Shape::Points { points, .. } => points.iter().map(|p| (p.x, p.y)).collect(),
                    Shape::Arrow { to, .. } => vec![*to],
                    _ => Vec::new(),
                };
                let inside = |(x, y): &(f64, f64)| figure.x.holds(*x) && figure.y.holds(*y);
                assert!(places.iter().all(inside), "{}: {}", found.name, figure.id);
            }
            assert_eq!(figure.square, figure.id == "rows");
        }
        let shown = rows::figure(&scenario, &seen);
        let points = |role: MarkRole| {
            let of_role = shown.marks.iter().filter(move |mark| mark.role == role);
            of_role
                .map(|mark| match &mark.shape {
                    Shape::Points { points, .. } => points.len(),
                    _ => 0,
                })
                .sum::<usize>()
        };
        assert_eq!(points(MarkRole::Target), seen.clouds[0].points.len(), "{}", found.name);
    }
}

#[test]
fn the_directions_are_two_leading_eigenvectors_of_the_covariance() {
    for found in PRESETS {
        let scenario = preset(found.name);
        for entry in 0..scenario.draft().tasks.len() {
            let seen = look(&scenario, entry);
            let (address, _) = scenario.first_of(entry).unwrap();
            let covariance = scenario.population_of_all(0).tasks[address].covariance();
            let values = eigenvalues(covariance.clone());
            let v = &seen.directions;
            assert!((v.transpose() * v - DMatrix::identity(2, 2)).amax() < 1e-9);
            for (column, value) in [(0, values[0]), (1, values[1])] {
                let v = v.column(column);
                assert!((&covariance * v - v * value).amax() < 1e-7 * values[0], "{}", found.name);
                assert!((seen.variances[column] - value).abs() < 1e-9 * values[0]);
            }
        }
    }
}

#[test]
fn of_equally_loud_directions_those_towards_the_thetas_are_chosen() {
    let scenario = preset("two-tasks");
    let seen = look(&scenario, 0);
    let [target, source] = [0, 1].map(|i| seen.clouds[i].theta);
    let angle = |(x, y): (f64, f64)| f64::atan2(y, x).to_degrees();
    assert!((target.0 - 1.0).abs() < 1e-9 && target.1.abs() < 1e-9);
    assert!((angle(source) - 15.0).abs() < 1e-6 && (source.0.hypot(source.1) - 1.0).abs() < 1e-9);
}

#[test]
fn where_a_trial_has_rows_these_are_shown() {
    let cases = [
        preset("relu-same"),
        preset("signs"),
        preset("svd-weights"),
        changed("two-tasks", |draft| draft.tasks[0].labels = Some(taskscope::task::Response::Relu)),
    ];
    for scenario in cases {
        for entry in 0..scenario.draft().tasks.len() {
            let seen = look(&scenario, entry);
            let (address, _) = scenario.first_of(entry).unwrap();
            let place = scenario.addresses().iter().position(|a| *a == address).unwrap();
            let data = scenario.data(&scenario.population(0), 0);
            if let Some(rows) = &data[place].rows {
                let expected = &rows.x * &seen.directions;
                assert!(seen.clouds[0].drawn);
                assert_eq!(
                    seen.clouds[0].points.len() as u64,
                    seen.clouds[0].samples.min(MOST_ROWS)
                );
                for (i, (x, y)) in seen.clouds[0].points.iter().enumerate() {
                    assert!((x - expected[(i, 0)]).hypot(y - expected[(i, 1)]) < 1e-9);
                }
            } else {
                assert!(!seen.clouds[0].drawn);
            }
        }
    }
}

#[test]
fn rows_shown_in_full_have_the_moments_of_the_trial() {
    for (draw, random) in
        [(Draw::Moments, 0.0), (Draw::Rows, 0.0), (Draw::Moments, 0.4), (Draw::Rows, 0.4)]
    {
        let scenario = changed("turning-data", |draft| {
            draft.data.draw = draw;
            draft.tasks.iter_mut().for_each(|task| {
                task.samples = 200.0;
                task.random = Some(random);
            });
        });
        for entry in [0, 1] {
            let seen = look(&scenario, entry);
            let points = &seen.clouds[0].points;
            let h = &scenario.data(&scenario.population(0), 0)[entry].moments.h;
            let expected = seen.directions.transpose() * &**h * &seen.directions;
            let sum = |f: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(f).sum::<f64>();
            let found = DMatrix::from_row_slice(
                2,
                2,
                &[
                    sum(&|p| p.0 * p.0),
                    sum(&|p| p.0 * p.1),
                    sum(&|p| p.0 * p.1),
                    sum(&|p| p.1 * p.1),
                ],
            );
            assert_eq!(seen.clouds[0].drawn, draw == Draw::Rows);
            assert_eq!(points.len(), 200);
            assert!((found - &expected).amax() < 1e-9 * expected.amax(), "{draw:?} {random}");
        }
    }
}

#[test]
fn some_of_very_many_rows_are_looked_at_as_quickly_as_some_of_few() {
    let scenario = set(&preset("fig3-task3"), "source.samples", 1e9);
    let seen = look(&scenario, 1);
    assert_eq!(
        (seen.clouds[0].points.len() as u64, seen.clouds[0].samples),
        (MOST_ROWS, 1_000_000_000)
    );
    let spread = seen.clouds[0].points.iter().map(|p| p.0 * p.0).sum::<f64>() / MOST_ROWS as f64;
    assert!((spread / seen.variances[0] - 1.0).abs() < 0.4, "{spread}");
}

/// The symbols of the named points in a preview of the rows of a scenario.
fn symbols(scenario: &Scenario) -> Vec<String> {
    let figure = rows::figure(scenario, &look(scenario, 3));
    let symbol = |mark: &Mark| match &mark.shape {
        Shape::Points { symbol, .. } if mark.name.is_some() => Some(format!("{symbol:?}")),
        _ => None,
    };
    figure.marks.iter().filter_map(symbol).collect()
}

#[test]
fn no_two_of_few_tasks_have_rows_of_the_same_symbol() {
    let scenario = added(preset("three-tasks").draft()).unwrap();
    let symbols = symbols(&scenario);
    let different: HashSet<&String> = symbols.iter().collect();
    assert_eq!((symbols.len(), different.len()), (4, 4));
}

#[test]
fn of_many_tasks_the_chosen_one_has_a_symbol_and_all_others_share_one() {
    let mut scenario = preset("six-tasks");
    for _ in 0..5 {
        scenario = added(scenario.draft()).unwrap();
    }
    let symbols = symbols(&scenario);
    assert_eq!(symbols.len(), 2, "{symbols:?}");
    assert_ne!(symbols[0], symbols[1]);
    let figure = rows::figure(&scenario, &look(&scenario, 3));
    assert!(figure.caption.contains("5 more tasks are not drawn"), "{}", figure.caption);
}

#[test]
fn the_task_itself_is_reported_before_all() {
    let mut reports = Vec::new();
    let scenario = preset("six-tasks");
    let last = preview::look(&scenario, 2, &Cancel::new(), |seen| reports.push(seen.clone()));
    let clouds: Vec<usize> = reports.iter().map(|seen| seen.clouds.len()).collect();
    assert_eq!(clouds, [1, preview::MOST_TASKS]);
    assert_eq!(reports[1].clouds[0], reports[0].clouds[0]);
    assert_eq!(reports.pop(), last);
    let cancel = Cancel::new();
    cancel.cancel();
    assert_eq!(preview::look(&scenario, 2, &cancel, |_| {}), None);
    assert_eq!(preview::look(&scenario, 6, &Cancel::new(), |_| {}), None);
}

#[test]
fn a_task_aside_can_be_looked_at_and_says_that_it_is() {
    let scenario = with_role(preset("two-tasks").draft(), 1, draft::TaskRole::Aside).unwrap();
    let [before, after] = [&preset("two-tasks"), &scenario].map(|scenario| look(scenario, 1));
    assert_eq!(before, after);
    let figure = spectrum::figure(&scenario, 1);
    assert!(figure.legend().iter().any(|key| key.text.contains("source (left out)")));
    assert!(rows::figure(&scenario, &after).title.contains("source"));
}
