//! Several data sets as one, and the checks of a whole.

use std::sync::Arc;

use taskscope::dataset::{Dataset, ReadOptions, check, table};
use taskscope::error::Result;

use super::{Files, matrix, read_folder, read_table, vector, with_labels};

fn named(name: &str, text: &str) -> Dataset {
    table::read(&mut text.as_bytes(), name, &with_labels(&["y"])).unwrap()
}

fn rows(header: &str, row: impl Fn(usize) -> String) -> String {
    (0..40).fold(format!("{header}\n"), |text, at| format!("{text}{}\n", row(at)))
}

fn square(shift: usize) -> impl Fn(usize) -> String {
    move |at| format!("{},{},{}", at + shift, (at + shift) * (at + shift) % 13, at % 2)
}

#[test]
fn one_file_a_task_becomes_one_data_set_with_the_names_of_the_files() {
    let sets = vec![
        named("in/one.csv", &rows("a,b,y", square(0))),
        named("two.csv", &rows("a,b,y", square(100))),
    ];
    let joined = Dataset::join(sets).unwrap();
    let names: Vec<&str> = joined.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!((names, joined.same_x), (vec!["one", "two"], false));
    assert_eq!(joined.tasks[1].x[(0, 0)], 100.0);
    assert!(joined.notes.iter().any(|note| note.starts_with("two: Table with")));
}

#[test]
fn files_with_the_same_rows_share_x() {
    let other = |at: usize| format!("{},{},{}", at, at * at % 13, at % 3 % 2);
    let sets =
        vec![named("one.csv", &rows("a,b,y", square(0))), named("two.csv", &rows("a,b,y", other))];
    assert_ne!(sets[0].tasks[0].split, sets[1].tasks[0].split);
    let joined = Dataset::join(sets).unwrap();
    assert!(joined.same_x && Arc::ptr_eq(&joined.tasks[0].x, &joined.tasks[1].x));
    // A row of the training part of one is in no other part of the other.
    assert_eq!(joined.tasks[0].split, joined.tasks[1].split);
}

#[test]
fn features_in_another_order_are_brought_into_that_of_the_first() {
    let swapped = |at: usize| format!("{},{},{}", at * at % 13, at, at % 2);
    let sets = vec![
        named("one.csv", &rows("a,b,y", square(0))),
        named("two.csv", &rows("b,a,y", swapped)),
    ];
    let joined = Dataset::join(sets).unwrap();
    assert_eq!(joined.tasks[0].x, joined.tasks[1].x);
    assert!(joined.notes.iter().any(|note| note.contains("brought into the order of one")));
}

#[test]
fn another_number_of_features_is_refused_with_both_names_and_numbers() {
    let wide = |at: usize| format!("{at},{},{},{}", at % 3, at % 5, at % 2);
    let sets =
        vec![named("one.csv", &rows("a,b,y", square(0))), named("two.csv", &rows("a,b,c,y", wide))];
    let message = Dataset::join(sets).unwrap_err().to_string();
    assert_eq!(message, "two: features: found 3 in two; allowed: 2, as in one");
    assert!(Dataset::join(Vec::new()).is_err());
}

#[test]
fn constant_and_doubled_columns_are_noted_and_kept() {
    let row = |at: usize| format!("{at},7,{at},0,-0,{},{}", at % 3, at % 2);
    let dataset = named("one.csv", &rows("a,b,c,d,e,f,y", row));
    assert_eq!(dataset.features.len(), 6);
    let notes = dataset.notes.join("\n");
    assert!(notes.contains("3 features with one and the same value in all rows: b, d, e; kept."));
    assert!(notes.contains("1 feature with the same values as another one: c as a; kept."));
}

/// A folder with given parts in which the first `leaked` rows of test are those of train.
fn leaking(leaked: usize) -> Result<Dataset> {
    let mut files = Files::new();
    for (part, start) in [("train", 0), ("test", 20)] {
        let row = move |at: usize| if start > 0 && at < leaked { at } else { at + start };
        let x = matrix(20, 2, move |at, column| (row(at) * (column + 3)) as f64);
        files.insert(format!("t/X_{part}.npy"), x);
        files.insert(format!("t/y_{part}.npy"), vector((0..20).map(|at| f64::from(at % 2))));
    }
    read_folder(&files, &ReadOptions::default())
}

#[test]
fn rows_of_test_that_are_also_in_train_are_counted() {
    let leak = |dataset: &Dataset| {
        dataset.notes.iter().find(|note| note.contains("also in the train part")).cloned()
    };
    assert_eq!(leak(&leaking(0).unwrap()), None);
    let note = leak(&leaking(3).unwrap()).unwrap();
    assert_eq!(note, "t: 3 rows of the test part also in the train part (same features).");
}

#[test]
fn rows_in_several_tasks_are_counted_once() {
    let text =
        rows("a,b,task,y", |at| format!("{},1,{},{}", at / 2 + (at % 2) * 5, at % 2, at % 3 % 2));
    let options = ReadOptions { task_column: Some("task".into()), ..with_labels(&["y"]) };
    let dataset = read_table(&text, &options).unwrap();
    let note = "15 different rows of features in more than one task.";
    assert!(dataset.notes.iter().any(|found| found == note), "{:?}", dataset.notes);
}

#[test]
fn given_parts_that_divide_groups_or_hold_one_class_only_are_noted() {
    let part = |at: usize| if at < 30 { "train" } else { "test" };
    let text = rows("a,b,g,part,y", |at| {
        format!("{at},{},{},{},{}", at * at % 13, at / 4, part(at), at % 2 * usize::from(at < 30))
    });
    let options = ReadOptions {
        group_column: Some("g".into()),
        split_column: Some("part".into()),
        ..with_labels(&["y"])
    };
    let notes = read_table(&text, &options).unwrap().notes;
    for note in [
        "y: 1 group with rows in more than one part.",
        "y: all labels of the test part are -1: its error says little.",
        "The table gives no validation part.",
    ] {
        assert!(notes.iter().any(|found| found == note), "{note}: {notes:?}");
    }
}

#[test]
fn a_data_set_made_by_hand_is_checked_too() {
    let good = named("one.csv", &rows("a,b,y", square(0)));
    assert!(check::check(&mut good.clone()).is_ok());
    let mut cases: Vec<(&str, Dataset)> = Vec::new();
    let mut case = |said, change: &dyn Fn(&mut Dataset)| {
        let mut dataset = good.clone();
        change(&mut dataset);
        cases.push((said, dataset));
    };
    case("tasks: found none", &|set| set.tasks.clear());
    case("features: found none", &|set| set.features.clear());
    case("features: found a twice", &|set| set.features[1] = "a".into());
    case("features: found 2 in the task y; allowed: 3", &|set| set.features.push("c".into()));
    case("tasks: found y twice", &|set| set.tasks.push(set.tasks[0].clone()));
    case("found 9 rows with a label; allowed: at least 10", &|set| {
        set.tasks[0].split.train.truncate(9);
    });
    case("test part: found no row", &|set| set.tasks[0].split.test.clear());
    case("found 40 rows and 39; allowed: as many labels as rows", &|set| {
        set.tasks[0].y.pop();
    });
    case("train part: found only the class −1", &|set| {
        set.tasks[0].y.iter_mut().for_each(|y| *y = -1.0);
    });
    for (said, mut dataset) in cases {
        let message = check::check(&mut dataset).unwrap_err().to_string();
        assert!(message.contains(said), "{said}: {message}");
    }
}
