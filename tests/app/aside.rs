//! Tasks set aside: the remaining ones keep their populations, data and errors.

use crate::support::common::preset;
use serde_json::{Value, json};
use taskscope::app::App;
use taskscope::app::settings::Panes;
use taskscope::scenario::draft::TaskRole;
use taskscope::scenario::knob::assign;
use taskscope::scenario::{Handle, Scenario, ScenarioDraft};
use taskscope::study::fit::Errors;
use taskscope::study::{Trial, prediction};

/// Four tasks, of which the second and third refer to others: `b` differs from `a` where `d` is
/// loud, and `c` is an entry of two tasks.
fn four(more: &Value) -> Scenario {
    let mut scenario = json!({
        "taskscope": 1,
        "trials": 4,
        "focus": "b.angle",
        "data": { "dimension": 8 },
        "tasks": [
            { "name": "a", "role": "target", "samples": 30, "noise": 0.5 },
            { "name": "b", "role": "source", "samples": 40, "noise": 0.4,
              "covariance": { "condition": 3, "axes": "difference" },
              "theta": { "from": "a", "angle": 40, "difference": { "loud": "d" } } },
            { "name": "c", "role": "source", "samples": 25, "noise": 0.3, "count": 2, "weight": 3,
              "covariance": { "condition": 2, "axes": "random" } },
            { "name": "d", "role": "source", "samples": 50, "noise": 0.2, "random": 0.2,
              "weight": 2, "covariance": { "condition": 4, "axes": "random" } }
        ]
    });
    merge(&mut scenario, more);
    Scenario::parse(&scenario.to_string(), "four.json").unwrap()
}

fn merge(into: &mut Value, more: &Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more.clone(),
    }
}

/// The same four tasks on shared rows.
fn sharing() -> Scenario {
    let mut draft = four(&json!({})).draft().clone();
    for task in &mut draft.tasks {
        task.covariance = four(&json!({})).draft().tasks[3].covariance.clone();
        task.samples = 30.0;
    }
    assign(&mut draft, "data.rows=shared").unwrap();
    Scenario::check(draft).unwrap()
}

/// Linear and ReLU units, signs as labels, moments and rows, populations drawn once, shared rows.
fn cases() -> Vec<Scenario> {
    vec![
        four(&json!({})),
        four(&json!({ "data": { "draw": "rows" } })),
        four(&json!({ "data": { "redraw": "data", "rank": 2 } })),
        four(&json!({ "data": { "space": "whitened" } })),
        four(&json!({ "model": { "activation": "relu" } })),
        four(&json!({ "model": { "loss": "logistic" } })),
        sharing(),
    ]
}

/// The single-task errors in a trial, by the address of the task.
fn alone(scenario: &Scenario, trial: usize) -> Vec<(usize, Errors)> {
    let trial = Trial::run(scenario, trial, &[]);
    scenario.addresses().iter().copied().zip(trial.alone).collect()
}

#[test]
fn putting_tasks_aside_leaves_the_errors_of_the_others_alone_bit_for_bit() {
    for scenario in cases() {
        let all = alone(&scenario, 1);
        assert_eq!(all.len(), 5);
        for entries in [vec![0], vec![1, 3], vec![2], vec![0, 2, 3], vec![3, 1, 2]] {
            let some = scenario.training_only(&entries).unwrap();
            let kept: Vec<_> =
                all.iter().filter(|(i, _)| some.addresses().contains(i)).copied().collect();
            assert_eq!(alone(&some, 1), kept, "{entries:?}");
        }
    }
}

#[test]
fn putting_tasks_aside_leaves_populations_validation_and_held_out_rows() {
    for scenario in cases() {
        let some = scenario.training_only(&[1, 2]).unwrap();
        assert_eq!(some.addresses(), [1, 2, 3]);
        let (all, part) = (scenario.population(2), some.population(2));
        let (rows, fewer) = (scenario.held_out(&all, 2), some.held_out(&part, 2));
        let (tuned, tuning) = (scenario.validation(&all, 2), some.validation(&part, 2));
        let (data, drawn) = (scenario.data(&all, 2), some.data(&part, 2));
        for (here, &there) in some.addresses().iter().enumerate() {
            assert_eq!(part.tasks[here].theta, all.tasks[there].theta);
            assert_eq!(part.tasks[here].factor, all.tasks[there].factor);
            assert_eq!(fewer[here], rows[there]);
            assert_eq!(tuning[here], tuned[there]);
            assert_eq!(drawn[here], data[there]);
        }
    }
}

#[test]
fn tasks_that_share_rows_keep_them_when_the_first_is_aside() {
    let scenario = sharing();
    let some = scenario.training_only(&[2, 3]).unwrap();
    let x = |scenario: &Scenario| {
        let data = scenario.data(&scenario.population(0), 0);
        data[0].rows.clone().unwrap().x
    };
    assert_eq!(x(&some), x(&scenario));
    let turned = Handle::find(some.draft(), "c.samples").unwrap();
    let fewer = some.with(turned, 20.0).unwrap();
    assert!(fewer.draft().tasks.iter().all(|task| task.samples == 20.0));
}

#[test]
fn with_the_last_tasks_aside_a_trial_is_that_of_a_scenario_that_never_named_them() {
    let six = four(&json!({})).draft().clone();
    let mut two: ScenarioDraft = six.clone();
    for task in &mut two.tasks[2..] {
        task.role = TaskRole::Aside;
    }
    two.tasks[1].theta.as_mut().unwrap().difference = Default::default();
    let mut never = two.clone();
    never.tasks.truncate(2);
    let [two, never] = [two, never].map(|draft| Scenario::check(draft).unwrap());
    assert_eq!(two.tasks(), never.tasks());
    assert_eq!((two.targets(), two.sources()), (never.targets(), never.sources()));
    for number in 0..3 {
        let [a, b] = [&two, &never].map(|scenario| Trial::own(scenario, number));
        assert_eq!(a.alone, b.alone);
        assert_eq!(a.fits[0].errors, b.fits[0].errors);
        assert_eq!(a.fits[0].weights, b.fits[0].weights);
    }
    let predicted = [&two, &never].map(|scenario| prediction::predict(scenario, 3).unwrap());
    assert_eq!(predicted[0], predicted[1]);
}

#[test]
fn only_tasks_that_take_part_are_spoken_of() {
    let scenario = four(&json!({ "model": { "weights": "manual" } }));
    let pair = scenario.with_partner(3, 2).unwrap();
    let names: Vec<_> = pair.groups().iter().map(|group| group.title()).collect();
    assert_eq!(names, ["c ×2", "d"]);
    assert_eq!(pair.groups()[1].entry, 3);
    assert_eq!(pair.groups()[1].tasks, 2..3);
    assert_eq!((pair.targets(), pair.sources()), (vec![2], vec![0, 1]));
    assert_eq!(pair.pair(), [2, 0]);
    assert_eq!(pair.manual_weights(), [3.0, 3.0, 2.0]);
    assert_eq!(pair.tasks()[2].name, "d");
    assert_eq!(Trial::own(&pair, 0).fits[0].errors.len(), 3);
}

#[test]
fn the_order_of_a_pair_decides_the_roles_and_nothing_else() {
    let scenario = four(&json!({}));
    let [ab, ba] = [(0, 3), (3, 0)].map(|(a, b)| scenario.with_partner(a, b).unwrap());
    assert_eq!((ab.targets(), ba.targets()), (vec![0], vec![1]));
    assert_eq!(Trial::own(&ab, 2).fits[0].errors, Trial::own(&ba, 2).fits[0].errors);
}

#[test]
fn knobs_of_tasks_aside_are_set_by_path_but_have_no_slider_and_no_focus() {
    let pair = four(&json!({})).with_partner(0, 3).unwrap();
    assert_eq!(pair.focus().path(pair.draft()), "d.rotation");
    let aside = Handle::find(pair.draft(), "b.samples").unwrap();
    assert!(aside.is_aside(pair.draft()) && !aside.is_slider(pair.draft()));
    assert_eq!(pair.with(aside, 70.0).unwrap().draft().tasks[1].samples, 70.0);
    let app = App::new("four", pair.clone());
    let paths: Vec<_> = app
        .screens
        .lab
        .sliders(&app.work.scenario, Panes::All)
        .iter()
        .map(|handle| handle.path(pair.draft()))
        .collect();
    assert!(paths.contains(&"d.samples".to_owned()), "{paths:?}");
    assert!(!paths.iter().any(|path| path.starts_with("b.") || path.starts_with("c.")));
}

#[test]
fn a_knob_of_a_task_aside_moves_those_that_refer_to_it() {
    let pair = four(&json!({})).with_partner(0, 2).unwrap();
    let angle = Handle::find(pair.draft(), "b.angle").unwrap();
    let turned = pair.with(angle, 80.0).unwrap();
    assert!(!pair.same_populations(&turned));
    assert_ne!(pair.population(0).tasks[0].theta, turned.population(0).tasks[0].theta);
}

#[test]
fn who_takes_part_is_written_to_the_file_and_read_back() {
    let pair = four(&json!({})).with_partner(3, 1).unwrap();
    let written = pair.draft().to_json().unwrap();
    assert_eq!(written.matches("\"role\": \"aside\"").count(), 2);
    assert_eq!(Scenario::parse(&written, "pair.json").unwrap(), pair);
}

#[test]
fn a_scenario_without_a_target_that_takes_part_is_refused() {
    let scenario = four(&json!({}));
    let mut draft = scenario.draft().clone();
    draft.tasks[0].role = TaskRole::Aside;
    let said = Scenario::check(draft).unwrap_err().to_string();
    assert_eq!(said, "tasks: found no task with the role target; allowed: at least one");
    assert!(scenario.training_only(&[]).is_err());
    let said = scenario.training_only(&[0, 4]).unwrap_err().to_string();
    assert_eq!(said, "tasks[4]: found no task; allowed: an index from 0 to 3");
    assert!(scenario.with_partner(1, 1).is_err());
}

#[test]
fn all_tasks_of_a_preset_put_back_are_the_preset_with_every_task_a_target() {
    let capacity = preset("capacity");
    assert_eq!(capacity.training_only(&[0]).unwrap(), capacity);
}
