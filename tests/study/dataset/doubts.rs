//! What readers say about columns and labels that are probably not what they seem.

use taskscope::dataset::{Dataset, ReadOptions};

use super::{read_table, with_labels};

/// A table of sixty rows below a header.
fn table(header: &str, row: impl Fn(usize) -> String) -> String {
    (0..60).fold(format!("{header}\n"), |text, at| text + &row(at) + "\n")
}

/// A number that is different in every row and follows no other column.
fn wave(at: usize, factor: usize) -> f64 {
    (at * factor % 61) as f64 / 8.0
}

fn read(text: &str, labels: &[&str]) -> Dataset {
    read_table(text, &with_labels(labels)).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(text: &str, options: &ReadOptions) -> String {
    read_table(text, options).unwrap_err().to_string()
}

/// The notes with all of some words.
fn noted(dataset: &Dataset, words: &[&str]) -> usize {
    dataset.notes.iter().filter(|note| words.iter().all(|word| note.contains(word))).count()
}

#[test]
fn names_lose_their_single_quotes_and_are_found_with_and_without_them() {
    let text =
        table("'a'\t'b c'\t'y'", |at| format!("{}\t{}\t{}", wave(at, 7), at % 5, wave(at, 23)));
    for label in ["y", "'y'"] {
        let dataset = read(&text, &[label]);
        assert_eq!(dataset.features, ["a", "b c"]);
        assert_eq!(dataset.tasks[0].name, "y");
    }
    let text = table("a,'a',y", |at| format!("{},{},{}", wave(at, 7), at % 5, wave(at, 23)));
    assert_eq!(read(&text, &["y"]).features, ["a", "'a'"], "two columns keep different names");
}

#[test]
fn columns_called_like_the_labels_are_noted_if_they_hold_the_same_kind_of_values() {
    let bit = |at: usize, step: usize| at / step % 2;
    let text = table("x,Class1,Class2,Class3,Class4,Class5", |at| {
        let [a, b, c] = [1, 2, 3].map(|step| bit(at, step));
        format!("{},{a},{b},{c},{},{}", wave(at, 7), 1 - c, wave(at, 11))
    });
    for labels in [&["Class1", "Class2"][..], &["Class1"]] {
        let dataset = read(&text, labels);
        let said = ["named like the label", "Class3, Class4;", "--ignore"];
        assert_eq!(noted(&dataset, &said), 1, "{:?}", dataset.notes);
    }
    let options = ReadOptions {
        ignore: vec!["Class3".into(), "Class4".into()],
        ..with_labels(&["Class1", "Class2"])
    };
    let dataset = read_table(&text, &options).unwrap();
    assert_eq!(noted(&dataset, &["named like"]), 0, "Class5 holds other values");
    let numbers = table("x1,x2,score_a,score_b,score_c", |at| {
        [7, 11, 13, 17, 19].map(|factor| wave(at, factor).to_string()).join(",")
    });
    let dataset = read(&numbers, &["score_a", "score_b"]);
    assert_eq!(noted(&dataset, &["1 column named like", "score_c;"]), 1, "{:?}", dataset.notes);
    assert_eq!(noted(&read(&numbers, &["score_a"]), &["named like"]), 0);
}

#[test]
fn a_feature_that_is_a_label_in_another_unit_is_noted() {
    let text = table("a,fahrenheit,minus,near,bit,y,z", |at| {
        let (y, bit) = (wave(at, 23), at % 3 % 2);
        let near = y + 0.1 * wave(at, 7);
        format!("{},{},{},{near},{bit},{y},{bit}", wave(at, 7), 32.0 + 1.8 * y, -y)
    });
    let dataset = read(&text, &["y", "z"]);
    let numbers = ["2 features fahrenheit, minus are copies of the label of task y;", "--ignore"];
    assert_eq!(noted(&dataset, &numbers), 1, "{:?}", dataset.notes);
    assert_eq!(noted(&dataset, &["feature bit is a copy of the label of task z;"]), 1);
    assert_eq!(noted(&dataset, &["cop"]), 2, "{:?}", dataset.notes);
}

#[test]
fn texts_that_are_numbers_with_a_sign_are_named_with_what_to_remove() {
    type Text = fn(usize) -> String;
    let cases: [(Text, &str, &str); 7] = [
        (|at| format!("{}%", at % 4), "0%", "remove the % sign"),
        (|at| format!("${}.50", at % 4), "$0.50", "remove the $ sign"),
        (|at| format!("€1,{:03}.50", at % 4), "€1,000.50", "remove the € sign"),
        (|at| format!("({})", at % 4), "(0)", "write −1 for (1)"),
        (|at| format!("2024-03-0{}", 1 + at % 4), "2024-03-01", "write dates as numbers of days"),
        (|at| format!("0{}:30", at % 4), "00:30", "write times as numbers of minutes"),
        (|at| format!("{} kg", at % 4), "0 kg", "remove the unit kg"),
    ];
    for (text, first, cure) in cases {
        let quoted = |at: usize| format!("\"{}\"", text(at));
        let label = table("a,y", |at| format!("{},{}", wave(at, 7), quoted(at)));
        let dataset = read(&label, &["y"]);
        let such = format!("label y has 4 different texts such as \"{first}\": classes;");
        assert_eq!(noted(&dataset, &[&such, cure]), 1, "{:?}", dataset.notes);
        let feature = table("a,y", |at| format!("{},{}", quoted(at), wave(at, 7)));
        let problem = refused(&feature, &with_labels(&["y"]));
        for word in ["column a", first, cure, "--ignore", "--one-hot"] {
            assert!(problem.contains(word), "{word}: {problem}");
        }
        let kind = Some(taskscope::dataset::TaskKind::Regression);
        let problem = refused(&label, &ReadOptions { kind, ..with_labels(&["y"]) });
        assert!(problem.contains(cure), "{problem}");
    }
    let plain = table("a,y", |at| format!("{},{}", wave(at, 7), ["low", "high", "a1"][at % 3]));
    assert_eq!(noted(&read(&plain, &["y"]), &["different texts"]), 0);
}

#[test]
fn too_many_texts_with_a_sign_are_refused_with_the_sign_and_not_with_an_option() {
    let text = table("a,y", |at| format!("{},{at}%", wave(at, 7)));
    let problem = refused(&text, &with_labels(&["y"]));
    assert!(problem.contains("remove the % sign") && !problem.contains("--kind"), "{problem}");
}

#[test]
fn classes_that_differ_in_capitals_only_are_named() {
    let row = |at: usize| format!("{},{}", wave(at, 7), ["Yes", "no", "yes", "No"][at % 4]);
    let dataset = read(&table("a,y", row), &["y"]);
    assert_eq!(noted(&dataset, &["the classes", "write them the same way"]), 1);
    assert!(
        dataset.notes.iter().any(|note| note.contains("No and no") || note.contains("Yes and yes"))
    );
}

#[test]
fn whole_numbers_read_as_classes_come_with_the_way_to_read_them_as_numbers() {
    let scale = table("a,y", |at| format!("{},{}", wave(at, 7), at % 7));
    let dataset = read(&scale, &["y"]);
    assert_eq!(noted(&dataset, &["7 classes", "if they are a scale", "--kind regression"]), 1);
    let texts = table("a,y", |at| format!("{},{}", wave(at, 7), ["p", "q", "r"][at % 3]));
    assert_eq!(noted(&read(&texts, &["y"]), &["--kind"]), 0);
    let parted = |label: &dyn Fn(usize) -> String| {
        let part = |at: usize| ["train", "validation", "test"][at % 3];
        table("a,part,y", |at| format!("{},{},{}", wave(at, 7), part(at), label(at)))
    };
    let options = ReadOptions { split_column: Some("part".into()), ..with_labels(&["y"]) };
    let rare = |at: usize| if at % 3 == 2 { 2 } else { at % 2 };
    let problem = refused(&parted(&|at| rare(at).to_string()), &options);
    for word in ["task y=2, train part", "only the class −1", "--kind regression"] {
        assert!(problem.contains(word), "{word}: {problem}");
    }
    let problem = refused(&parted(&|at| format!("{}%", rare(at))), &options);
    assert!(problem.contains("only the class −1") && problem.contains("remove the % sign"));
    let problem = refused(&parted(&|at| ["p", "q", "r"][rare(at)].to_owned()), &options);
    assert!(problem.contains("only the class −1") && !problem.contains("--kind"), "{problem}");
}

#[test]
fn a_group_that_leaves_nothing_for_a_part_is_named_with_its_size() {
    let text = table("a,site,y", |at| {
        let site = if at < 56 { "big".to_owned() } else { format!("s{at}") };
        format!("{},{site},{}", wave(at, 7), wave(at, 23))
    });
    let options = ReadOptions { group_column: Some("site".into()), ..with_labels(&["y"]) };
    let problem = refused(&text, &options);
    for word in
        ["one of the 5 groups of the column site has 56 of the 60 rows", "no row with a label"]
    {
        assert!(problem.contains(word), "{word}: {problem}");
    }
}

#[test]
fn numbers_too_large_to_compute_with_are_refused_by_line_and_column() {
    let with = |x: &str, y: &str| {
        table("a,b,y", |at| match at {
            40 => format!("{},{x},{y}", wave(at, 7)),
            _ => format!("{},{},{}", wave(at, 7), wave(at, 11), wave(at, 23)),
        })
    };
    for (text, column) in [(with("2e61", "1"), "column b"), (with("1", "-3e90"), "column y")] {
        let problem = refused(&text, &with_labels(&["y"]));
        for word in ["table.csv:42", column, "1e60", "divide the column by 1e"] {
            assert!(problem.contains(word), "{word}: {problem}");
        }
    }
    assert!(read_table(&with("1e60", "-1e60"), &with_labels(&["y"])).is_ok());
}

#[test]
fn numbers_too_close_together_are_refused_and_equal_ones_are_not() {
    let scaled = |scale: f64| {
        table("a,b,y", |at| format!("{},{:e},{}", wave(at, 7), scale * wave(at, 11), wave(at, 23)))
    };
    let problem = refused(&scaled(1e-63), &with_labels(&["y"]));
    for word in ["feature b", "1e-60", "multiply the column by 1e"] {
        assert!(problem.contains(word), "{word}: {problem}");
    }
    assert!(read_table(&scaled(1e-59), &with_labels(&["y"])).is_ok());
    assert!(read_table(&scaled(0.0), &with_labels(&["y"])).is_ok());
    let constant = table("a,b,y", |at| format!("{},1e-70,{}", wave(at, 7), wave(at, 23)));
    assert!(read_table(&constant, &with_labels(&["y"])).is_ok());
}

#[test]
fn a_test_part_of_few_rows_is_noted_and_one_of_many_is_not() {
    let parted = |tested: usize| {
        let part = move |at: usize| if at < tested { "test" } else { ["train", "val"][at % 2] };
        table("a,part,y", |at| format!("{},{},{}", wave(at, 7), part(at), wave(at, 23)))
    };
    let options = ReadOptions { split_column: Some("part".into()), ..with_labels(&["y"]) };
    for (rows, said) in [(1, "has 1 row:"), (9, "has 9 rows:")] {
        let dataset = read_table(&parted(rows), &options).unwrap();
        let words = ["test part of task y", said, "its error says little"];
        assert_eq!(noted(&dataset, &words), 1, "{:?}", dataset.notes);
    }
    let dataset = read_table(&parted(10), &options).unwrap();
    assert_eq!(noted(&dataset, &["says little"]), 0, "{:?}", dataset.notes);
}

#[test]
fn rows_that_are_copies_of_others_are_noted_unless_a_group_keeps_them_in_one_part() {
    let copied = |different: usize| {
        table("a,b,g,y", move |at| {
            let at = at % different;
            format!("{},{},g{at},{}", wave(at, 7) + 0.1, wave(at, 13), wave(at, 23))
        })
    };
    let left_out = ReadOptions { ignore: vec!["g".into()], ..with_labels(&["y"]) };
    let grouped = ReadOptions { group_column: Some("g".into()), ..with_labels(&["y"]) };
    let notes = |different: usize, options: &ReadOptions| {
        let dataset = read_table(&copied(different), options).unwrap();
        noted(&dataset, &["40 of 60 rows are copies of others", "--group-column"])
    };
    assert_eq!(notes(20, &left_out), 1);
    assert_eq!(notes(20, &grouped), 0);
    assert_eq!(notes(60, &left_out), 0);
    let whole = table("a,b,y", |at| format!("{},{},{}", at % 2, at % 3, at % 5));
    let dataset = read_table(&whole, &with_labels(&["y"])).unwrap();
    assert_eq!(noted(&dataset, &["copies of others"]), 0, "{:?}", dataset.notes);
}
