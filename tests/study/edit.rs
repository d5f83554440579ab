//! Tasks added, copied, deleted, renamed and moved: effects and invariants.

use crate::support::common::preset;
use taskscope::scenario::draft::{AxesDraft, DifferenceDraft, SpectrumDraft, TaskRole};
use taskscope::scenario::edit::{Property, added, copied, deleted, moved, renamed, with_role};
use taskscope::scenario::knob::KNOBS;
use taskscope::scenario::knob::KnobScope;
use taskscope::scenario::preset::PRESETS;
use taskscope::scenario::{Scenario, ScenarioDraft};
use taskscope::task::Data;

fn every_drawn_preset() -> impl Iterator<Item = (&'static str, Scenario)> {
    let all = PRESETS.iter().map(|found| (found.name, preset(found.name)));
    all.filter(|(_, scenario)| scenario.real().is_none())
}

fn changed(name: &str, change: impl FnOnce(&mut ScenarioDraft)) -> Scenario {
    let mut draft = preset(name).draft().clone();
    change(&mut draft);
    Scenario::check(draft).unwrap()
}

/// The data of every task in the first trial, by task name.
fn data(scenario: &Scenario) -> Vec<(String, Data)> {
    let data = scenario.data(&scenario.population(0), 0);
    scenario.tasks().iter().map(|task| task.name.clone()).zip(data).collect()
}

fn of<'a>(data: &'a [(String, Data)], name: &str) -> &'a Data {
    &data.iter().find(|(other, _)| other == name).unwrap().1
}

/// Returns true if drawing the data of a scenario is fast.
fn is_small(scenario: &Scenario) -> bool {
    scenario.dimension() <= 50
}

#[test]
fn deleting_what_was_added_gives_back_the_scenario_bit_for_bit() {
    for (name, scenario) in every_drawn_preset() {
        let last = scenario.draft().tasks.len();
        let more = added(scenario.draft()).unwrap();
        assert_eq!(more.draft().tasks.len(), last + 1, "{name}");
        assert_eq!(deleted(more.draft(), last).unwrap(), scenario, "{name}");
        let more = copied(scenario.draft(), 0).unwrap();
        assert_eq!(deleted(more.draft(), last).unwrap(), scenario, "{name}");
    }
}

#[test]
fn a_task_added_or_copied_leaves_the_data_of_all_others_as_they_are() {
    for (name, scenario) in every_drawn_preset().filter(|(_, scenario)| is_small(scenario)) {
        let before = data(&scenario);
        let last = scenario.draft().tasks.len() - 1;
        let more = [added(scenario.draft()), copied(scenario.draft(), last)];
        for more in more.into_iter().flatten() {
            let after = data(&more);
            assert_eq!(after[..before.len()], before[..], "{name}");
            let (others, new) = after.split_at(before.len());
            if !scenario.shares_rows() {
                assert!(others.iter().all(|(_, other)| other.moments.h != new[0].1.moments.h));
            }
        }
    }
}

#[test]
fn a_copy_asks_for_the_same_but_its_name_and_a_placed_difference() {
    let scenario = preset("turning-data");
    let copy = copied(scenario.draft(), 1).unwrap();
    let (source, new) = (&copy.draft().tasks[1], &copy.draft().tasks[2]);
    assert_eq!(new.name, "source2");
    let mut expected = source.clone();
    expected.name.clone_from(&new.name);
    expected.theta.as_mut().unwrap().difference = DifferenceDraft::Generic;
    assert_eq!(*new, expected);
    let cosine = |scenario: &Scenario, i: usize| {
        let population = scenario.population(0);
        population.tasks[0].theta.dot(&population.tasks[i].theta)
    };
    assert!((cosine(&copy, 1) - 0.96).abs() < 1e-12 && (cosine(&copy, 2) - 0.96).abs() < 1e-12);
}

#[test]
fn every_preset_takes_twelve_more_tasks_or_says_why_not() {
    for (name, scenario) in every_drawn_preset() {
        let mut more = scenario.clone();
        for _ in 0..12 {
            more = added(more.draft()).unwrap_or_else(|problem| panic!("{name}: {problem}"));
            let new = more.draft().tasks.last().unwrap();
            assert_eq!((new.role, new.count), (TaskRole::Source, None));
        }
        let mut names: Vec<&str> = more.tasks().iter().map(|task| task.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), scenario.tasks().len() + 12, "{name}");
        while let Ok(next) = added(more.draft()) {
            more = next;
        }
        let refusal = added(more.draft()).unwrap_err().to_string();
        assert_eq!(refusal, "tasks: found 33; allowed: 1 to 32 tasks in all");
    }
}

#[test]
fn the_last_target_stays() {
    let scenario = preset("two-tasks");
    let problem = deleted(scenario.draft(), 0).unwrap_err();
    assert_eq!((problem.field.as_str(), problem.found.as_str()), ("tasks[0]", "the last target"));
    for role in [TaskRole::Source, TaskRole::Aside] {
        let problem = with_role(scenario.draft(), 0, role).unwrap_err();
        assert_eq!((problem.field.as_str(), problem.allowed.as_str()), ("tasks[0].role", "target"));
    }
    let alone = deleted(scenario.draft(), 1).unwrap();
    assert_eq!(alone.tasks().len(), 1);
    assert!(deleted(alone.draft(), 0).is_err());
    assert!(deleted(alone.draft(), 1).is_err());
}

#[test]
fn a_task_that_a_theta_refers_to_stays_and_the_refusal_says_whose() {
    let scenario = preset("same-data");
    let problem = deleted(scenario.draft(), 0).unwrap_err().to_string();
    assert!(problem.contains("a task that the θ of book-a refers to"), "{problem}");
    assert!(deleted(scenario.draft(), 2).is_ok());
}

#[test]
fn deleting_a_task_leaves_the_data_of_those_before_it_as_they_are() {
    let scenario = preset("six-tasks");
    let (before, after) = (data(&scenario), data(&deleted(scenario.draft(), 4).unwrap()));
    for name in ["depth", "edges", "normals", "words"] {
        assert_eq!(of(&before, name), of(&after, name), "{name}");
    }
    assert_ne!(of(&before, "price"), of(&after, "price"));
}

#[test]
fn a_task_put_aside_leaves_the_data_of_all_others_as_they_are() {
    let scenario = preset("six-tasks");
    let (before, after) =
        (data(&scenario), data(&with_role(scenario.draft(), 1, TaskRole::Aside).unwrap()));
    assert_eq!(after.len(), 5);
    assert!(after.iter().all(|(name, data)| of(&before, name) == data));
}

#[test]
fn a_theta_moved_by_a_placed_difference_comes_back_when_that_task_goes() {
    let scenario = changed("turning-data", |draft| draft.tasks[1].theta = None);
    let placed = preset("turning-data");
    let alone = deleted(placed.draft(), 1).unwrap();
    let theta = |scenario: &Scenario| scenario.population(0).tasks[0].theta.clone();
    assert_ne!(theta(&placed), theta(&alone));
    assert_eq!(theta(&alone), theta(&scenario));
}

#[test]
fn only_the_first_theta_that_refers_to_another_may_differ_along_axes() {
    let mut draft = copied(preset("turning-data").draft(), 1).unwrap().draft().clone();
    draft.tasks[2].theta.as_mut().unwrap().difference = DifferenceDraft::Loud("target".into());
    let problem = Scenario::check(draft.clone()).unwrap_err();
    assert_eq!(problem.field, "tasks[2].theta.difference");
    assert!(problem.found.contains("source"), "{problem}");
    draft.tasks[2].theta.as_mut().unwrap().difference = DifferenceDraft::Generic;
    let problem = moved(&draft, 1, 1).unwrap_err();
    assert!(problem.allowed.contains("first θ"), "{problem}");
}

#[test]
fn all_that_refers_to_a_task_follows_its_new_name_and_nothing_else_changes() {
    for (name, scenario) in every_drawn_preset() {
        for (i, task) in scenario.draft().tasks.iter().enumerate() {
            let other = renamed(scenario.draft(), i, "other-name").unwrap();
            assert_eq!(other.draft().tasks[i].name, "other-name");
            assert_eq!(other.focus(), scenario.focus(), "{name}");
            assert_eq!(renamed(other.draft(), i, &task.name).unwrap(), scenario, "{name}");
            if is_small(&scenario) {
                let [before, after] = [&scenario, &other].map(data);
                assert!(before.iter().zip(after).all(|(one, two)| one.1 == two.1), "{name}");
            }
        }
    }
}

#[test]
fn a_name_that_is_taken_or_not_allowed_is_refused_in_its_field() {
    let scenario = preset("two-tasks");
    for name in
        ["target", "model", "Targets", "NaN", "1e5", "", "a b", "θ", "a-name-of-twenty-five-signs"]
    {
        let problem = renamed(scenario.draft(), 1, name).unwrap_err();
        assert_eq!(problem.field, "tasks[1].name", "{name}");
        assert!(!problem.allowed.is_empty());
    }
    assert_eq!(renamed(scenario.draft(), 1, "source").unwrap(), scenario);
}

#[test]
fn no_task_of_an_entry_of_several_has_the_name_of_another_entry_or_of_a_number() {
    for (first, count, other) in [("a", 2.0, "a-1"), ("1e", 3.0, "b")] {
        let mut draft = preset("two-tasks").draft().clone();
        (draft.tasks[1].theta, draft.focus) = (None, None);
        (draft.tasks[1].name, draft.tasks[1].count) = (first.to_owned(), Some(count));
        other.clone_into(&mut draft.tasks[0].name);
        let said = Scenario::check(draft.clone()).unwrap_err().to_string();
        assert!(said.contains(&format!("tasks[1].name: found \"{first}\", whose")), "{said}");
        draft.tasks[0].name = "c".to_owned();
        draft.tasks[1].name = "d".to_owned();
        Scenario::check(draft).map(drop).unwrap();
    }
}

#[test]
fn a_free_name_never_looks_like_one_of_several_tasks_of_a_kind() {
    let scenario = changed("svd-weights", |draft| draft.tasks[0].name = "noisy-99".into());
    assert!(added(scenario.draft()).unwrap().draft().task("noisy2").is_some());
    let long = renamed(preset("two-tasks").draft(), 1, "abcdefghijklmnopqrstuvwx").unwrap();
    let more = added(added(long.draft()).unwrap().draft()).unwrap();
    let names: Vec<&str> = more.draft().tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names[2..], ["abcdefghijklmnopqrstuvw2", "abcdefghijklmnopqrstuvw3"]);
}

#[test]
fn a_focus_on_what_is_no_longer_there_is_taken_off() {
    let focused = |path: &str| changed("two-tasks", |draft| draft.focus = Some(path.to_owned()));
    let scenario = focused("source.ratio");
    let target = with_role(scenario.draft(), 1, TaskRole::Target).unwrap();
    assert_eq!(target.draft().focus, None);
    assert_eq!(deleted(focused("source.angle").draft(), 1).unwrap().draft().focus, None);
    let kept = with_role(focused("target.noise").draft(), 1, TaskRole::Aside).unwrap();
    assert_eq!(kept.draft().focus.as_deref(), Some("target.noise"));
    assert!(scenario.training_only(&[0, 1]).is_ok());
}

#[test]
fn a_task_moves_as_far_as_there_is_room_and_back() {
    let scenario = preset("six-tasks");
    let down = moved(scenario.draft(), 1, 2).unwrap();
    let names: Vec<&str> = down.draft().tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["depth", "normals", "words", "edges", "topics", "price"]);
    assert_eq!(moved(down.draft(), 3, -2).unwrap(), scenario);
    assert_eq!(moved(scenario.draft(), 0, -5).unwrap(), scenario);
    assert!(moved(scenario.draft(), 6, 1).is_err());
}

#[test]
fn every_knob_of_a_task_is_a_property_once() {
    let all = Property::all();
    for knob in KNOBS.iter().filter(|knob| knob.scope == KnobScope::Task) {
        assert_eq!(all.iter().filter(|property| **property == Property::Knob(knob)).count(), 1);
    }
    let mut names: Vec<&str> = all.iter().map(|property| property.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all.len());
}

#[test]
fn what_is_shown_of_a_property_can_be_written_back_and_changes_nothing() {
    for (name, scenario) in every_drawn_preset() {
        let draft = scenario.draft();
        for task in 0..draft.tasks.len() {
            for property in Property::all() {
                let Some(text) = property.exact(draft, task) else {
                    let problem = property.written(draft, task, "1").unwrap_err();
                    assert!(!problem.found.is_empty() && !problem.allowed.is_empty());
                    assert!(property.turned(draft, task, 1).is_err());
                    continue;
                };
                let same = property.written(draft, task, &text).unwrap();
                for other in Property::all() {
                    let values = [draft, same.draft()].map(|draft| other.text(draft, task));
                    assert_eq!(values[0], values[1], "{name}: {}", property.name());
                }
            }
        }
    }
}

#[test]
fn whatever_a_property_is_turned_to_is_checked_and_can_be_turned_back() {
    for (name, scenario) in every_drawn_preset() {
        let draft = scenario.draft();
        for task in 0..draft.tasks.len() {
            for property in Property::of(draft) {
                if let Ok(up) = property.turned(draft, task, 1) {
                    assert_eq!(Scenario::check(up.draft().clone()).unwrap(), up);
                    let changed = property.text(up.draft(), task) != property.text(draft, task);
                    let back = property.turned(up.draft(), task, -1);
                    assert!(!changed || back.is_ok(), "{name}: {}", property.name());
                }
            }
        }
    }
}

#[test]
fn choices_go_round_and_pass_over_what_is_refused() {
    let draft = preset("two-tasks").draft().clone();
    let role = |draft: &ScenarioDraft| draft.tasks[1].role;
    let once = Property::Role.turned(&draft, 1, 1).unwrap();
    assert_eq!(role(once.draft()), TaskRole::Aside);
    assert_eq!(role(Property::Role.turned(once.draft(), 1, 1).unwrap().draft()), TaskRole::Target);
    let problem = Property::Role.turned(&draft, 0, 1).unwrap_err();
    assert_eq!(problem.field, "tasks[0].role");
    let axes = |draft: &ScenarioDraft| draft.tasks[0].covariance.axes;
    let once = Property::Axes.turned(&draft, 0, 1).unwrap();
    assert_eq!(axes(once.draft()), AxesDraft::Random);
    let twice = Property::Axes.turned(once.draft(), 0, 1).unwrap();
    assert_eq!(axes(twice.draft()), AxesDraft::Shared, "no difference without a reference");
}

#[test]
fn a_theta_can_be_given_a_reference_and_then_has_an_angle() {
    let alone = Property::Reference.written(preset("two-tasks").draft(), 1, "(random)").unwrap();
    let angle = Property::all().into_iter().find(|p| p.name() == "angle").unwrap();
    assert_eq!(angle.text(alone.draft(), 1), None);
    let problem = angle.turned(alone.draft(), 1, 1).unwrap_err();
    assert!(problem.allowed.contains("θ from"), "{problem}");
    let again = Property::Reference.written(alone.draft(), 1, "target").unwrap();
    assert_eq!(angle.text(again.draft(), 1).as_deref(), Some("0"));
    assert!(Property::Reference.written(again.draft(), 1, "nobody").is_err());
}

#[test]
fn a_decay_has_no_number_of_loud_axes_and_shared_rows_change_together() {
    let decay = Property::Spectrum.written(preset("two-tasks").draft(), 0, "decay").unwrap();
    assert_eq!(decay.draft().tasks[0].covariance.size, None);
    let shared = preset("svd-weights");
    assert_eq!(Property::Spectrum.text(shared.draft(), 1), None);
    let decay = Property::Spectrum.turned(shared.draft(), 0, 1).unwrap();
    let spectra = decay.draft().tasks.iter().map(|task| task.covariance.spectrum);
    assert!(spectra.into_iter().all(|spectrum| spectrum == SpectrumDraft::Decay));
}

#[test]
fn a_property_put_back_brings_with_it_what_hangs_together_with_it() {
    for name in ["fig3-task3", "svd-weights", "alignment", "three-tasks"] {
        let before = preset(name);
        for property in Property::of(before.draft()) {
            for task in 0..before.draft().tasks.len() {
                for notches in [1, -1] {
                    let Ok(turned) = property.turned(before.draft(), task, notches) else {
                        continue;
                    };
                    let from = (before.draft(), task);
                    let back = property.restored(turned.draft(), task, from).unwrap();
                    for other in Property::all() {
                        let [now, was] = [&back, &before].map(|s| other.text(s.draft(), task));
                        assert_eq!(now, was, "{name}: {} after {}", other.name(), property.name());
                    }
                }
            }
        }
    }
}
