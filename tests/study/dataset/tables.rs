//! Tables in all dialects, and what becomes of their columns.

use std::sync::Arc;

use taskscope::dataset::{Dataset, ReadOptions, TaskKind, table};

use super::{read_table, with_labels};

/// Numbers of three features and a label, some with fractions.
fn cells() -> Vec<[f64; 4]> {
    (0..30)
        .map(|row| {
            let row = f64::from(row);
            [row / 4.0 - 3.0, row * row, -0.125 * row, (row * 0.7).floor() / 2.0]
        })
        .collect()
}

/// The same numbers in a dialect.
fn written(separator: &str, comma: bool, quotes: bool, end: &str, header: Option<&str>) -> String {
    let cell = |number: &f64| {
        let text = number.to_string();
        let text = if comma { text.replace('.', ",") } else { text };
        if quotes { format!("\"{text}\"") } else { text }
    };
    let rows = cells();
    let rows = rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(separator));
    let header = header.map(|names| names.replace(',', separator));
    header.into_iter().chain(rows).map(|line| format!("{line}{end}")).collect()
}

fn read(text: &str, label: &str) -> Dataset {
    read_table(text, &with_labels(&[label])).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn assert_cells(dataset: &Dataset, dialect: &str) {
    let task = &dataset.tasks[0];
    let found: Vec<[f64; 4]> = (0..task.x.nrows())
        .map(|row| [task.x[(row, 0)], task.x[(row, 1)], task.x[(row, 2)], task.y[row]])
        .collect();
    assert_eq!(found, cells(), "{dialect}");
    assert_eq!(task.kind, TaskKind::Regression);
}

#[test]
fn every_dialect_is_read_to_the_same_numbers_and_named() {
    let header = Some("a,b,c,score");
    let dialects = [
        (written(",", false, false, "\n", header), "score", "comma, decimal point, names"),
        (written(";", false, false, "\n", header), "score", "semicolon, decimal point"),
        (written("\t", false, false, "\n", header), "score", "tab, decimal point"),
        (written("|", false, false, "\n", header), "score", "vertical bar"),
        (written(";", true, false, "\n", header), "score", "semicolon, decimal comma"),
        (written("\t", true, false, "\n", header), "score", "tab, decimal comma"),
        (written(",", true, true, "\n", header), "score", "comma, decimal comma"),
        (written(",", false, true, "\n", header), "score", "quotes"),
        (written(",", false, false, "\r\n", header), "score", "Windows"),
        (written(";", true, true, "\r\n", header), "score", "quotes, line ends of Windows"),
        (written(",", false, false, "\r", header), "score", "comma"),
        (written(",", false, false, "\n", None), "column 4", "no row of names"),
        (written(";", true, false, "\r\n", None), "column 4", "no row of names"),
        (format!("\u{feff}{}", written(",", false, false, "\n", header)), "score", "order mark"),
        (format!("sep=;\r\n{}", written(";", true, false, "\r\n", header)), "score", "first line"),
        (format!("\"sep=|\"\n{}", written("|", false, false, "\n", header)), "score", "first line"),
        (written(",", false, false, "\n", header).trim_end().to_owned(), "score", "comma"),
        (written(",", false, false, "\n\n", header), "score", "comma"),
        (written(",", false, false, "\n", Some("0,1,2,3")), "3", "names in the first row"),
        (written(",", false, false, "\n", Some("2019,2020,2021,score")), "score", "names in"),
        (written(",", false, false, ",,\n", Some("a,b,c,score")), "score", "comma"),
    ];
    for (text, label, said) in dialects {
        let dataset = read(&text, label);
        assert_cells(&dataset, said);
        assert!(dataset.notes[0].contains(said), "{said}: {:?}", dataset.notes);
    }
}

#[test]
fn a_cell_may_be_written_in_many_ways() {
    let rows: String = (0..30)
        .map(|row| format!("{} , +{row}.0 ,{row}e0,\u{2212}{row},TRUE,{}\n", row, row % 2))
        .collect();
    let dataset = read(&format!("a,b,c,d,e,y\n{rows}"), "y");
    let x = &dataset.tasks[0].x;
    for row in 0..30 {
        let wanted = row as f64;
        let found: Vec<f64> = x.row(row).iter().copied().collect();
        assert_eq!(found, [wanted, wanted, wanted, -wanted, 1.0]);
    }
}

/// A table with the same features in every row of a pattern and these last cells.
fn table_of(header: &str, row: impl Fn(usize) -> String) -> String {
    let rows: String = (0..60).map(|at| format!("{},{},{}\n", at % 7, at, row(at))).collect();
    format!("a,b,{header}\n{rows}")
}

#[test]
fn several_label_columns_are_tasks_on_one_x_and_a_blank_misses_one_task_only() {
    let text = table_of("y1,y2", |at| {
        let second = ["", "NA", "nan", "?", "N/A", "0.5", "1.25", "3", "4", "5"][at % 10];
        format!("{}.5,{second}", at % 9)
    });
    let dataset = read_table(&text, &with_labels(&["y1", "y2"])).unwrap();
    let [one, two] = &dataset.tasks[..] else { panic!() };
    assert!(dataset.same_x && Arc::ptr_eq(&one.x, &two.x));
    assert_eq!(one.y.iter().filter(|y| y.is_nan()).count(), 0);
    assert_eq!(two.y.iter().filter(|y| y.is_nan()).count(), 30);
    assert_eq!(two.split.parts().map(|(_, rows)| rows.len()).iter().sum::<usize>(), 30);
    assert!(dataset.notes.contains(&"y2: 30 labels missing.".to_owned()), "{:?}", dataset.notes);
}

#[test]
fn labels_become_classes_or_numbers() {
    use TaskKind::{Classification as Class, Regression as Number};
    type Row = fn(usize) -> String;
    let cases: [(&str, Row, &[&str], TaskKind, &str); 9] = [
        ("signs", |at| ["-1", "1"][at % 2].into(), &["y"], Class, ""),
        ("0 and 1", |at| (at % 2).to_string(), &["y"], Class, "y: 1 is +1 and 0 is −1."),
        ("1 and 2", |at| (1 + at % 2).to_string(), &["y"], Class, "y: 2 is +1 and 1 is −1."),
        ("texts", |at| ["yes", "no"][at % 2].into(), &["y"], Class, "y: yes is +1 and no is −1."),
        ("truths", |at| ["True", "False"][at % 2].into(), &["y"], Class, "True is +1"),
        (
            "three texts",
            |at| ["c", "a", "b"][at % 3].into(),
            &["y=a", "y=b", "y=c"],
            Class,
            "3 classes (a, b, c)",
        ),
        ("digits", |at| (at % 4).to_string(), &["y=0", "y=1", "y=2", "y=3"], Class, "4 classes"),
        ("many numbers", |at| (at % 21).to_string(), &["y"], Number, "21 different labels"),
        ("fractions", |at| format!("{}.5", at % 2), &["y"], Number, "2 different labels"),
    ];
    for (case, row, names, kind, said) in cases {
        let text = table_of("y", row);
        let dataset = read(&text, "y");
        let found: Vec<&str> = dataset.tasks.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(found, names, "{case}");
        assert!(dataset.tasks.iter().all(|task| task.kind == kind), "{case}");
        assert!(
            dataset.notes.iter().any(|note| note.contains(said)),
            "{case}: {:?}",
            dataset.notes
        );
        for (class, task) in dataset.tasks.iter().enumerate().filter(|_| kind == Class) {
            let labels: Vec<String> = (0..60).map(row).collect();
            let mut distinct = labels.clone();
            distinct.sort_by_key(|label| (label.parse::<i64>().ok(), label.clone()));
            distinct.dedup();
            let positive = &distinct[if distinct.len() == 2 { 1 } else { class }];
            let wanted: Vec<f64> =
                labels.iter().map(|label| if label == positive { 1.0 } else { -1.0 }).collect();
            assert_eq!(task.y, wanted, "{case}");
        }
    }
}

#[test]
fn the_kind_can_be_forced() {
    let few = table_of("y", |at| (at % 3).to_string());
    let numbers = ReadOptions { kind: Some(TaskKind::Regression), ..with_labels(&["y"]) };
    let dataset = read_table(&few, &numbers).unwrap();
    assert_eq!((dataset.tasks.len(), dataset.tasks[0].y[2]), (1, 2.0));
    let many = table_of("y", |at| (at % 25).to_string());
    let classes = ReadOptions { kind: Some(TaskKind::Classification), ..with_labels(&["y"]) };
    // Some of 25 classes have no row in the training part of so few rows.
    let error = read_table(&many, &classes).map(|dataset| dataset.tasks.len());
    assert!(error.is_ok_and(|count| count == 25));
}

#[test]
fn a_task_column_makes_a_task_with_its_own_x_of_every_value() {
    let text = table_of("task,y", |at| format!("{},{}", ["red", "blue"][at / 7 % 2], at % 5 % 2));
    let options = ReadOptions { task_column: Some("task".into()), ..with_labels(&["y"]) };
    let dataset = read_table(&text, &options).unwrap();
    let names: Vec<&str> = dataset.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!((names, dataset.same_x), (vec!["red", "blue"], false));
    let of_task = |task: usize| (0..60).filter(move |at| at / 7 % 2 == task);
    for (place, task) in dataset.tasks.iter().enumerate() {
        let rows: Vec<f64> = task.x.column(1).iter().copied().collect();
        assert_eq!(rows, of_task(place).map(|at| at as f64).collect::<Vec<_>>());
        let labels = of_task(place).map(|at| if at % 5 % 2 == 1 { 1.0 } else { -1.0 });
        assert_eq!(task.y, labels.collect::<Vec<_>>());
    }
}

#[test]
fn a_split_column_gives_the_parts() {
    let parts = ["train", "Train", "training", "val", "valid", "validation", "test", "TEST"];
    let text = table_of("part,y", |at| format!("{},{}", parts[at % 8], at % 3 % 2));
    let options = ReadOptions { split_column: Some("part".into()), ..with_labels(&["y"]) };
    let split = read_table(&text, &options).unwrap().tasks[0].split.clone();
    let of = |from: usize, to: usize| (0..60).filter(|at| (from..to).contains(&(at % 8))).collect();
    let wanted: [Vec<usize>; 3] = [of(0, 3), of(3, 6), of(6, 8)];
    assert_eq!([split.train, split.validation, split.test], wanted);
    assert!(split.given);
}

#[test]
fn texts_become_features_only_if_that_is_wanted() {
    let text =
        table_of("colour,y", |at| format!("{},{}", ["red", "blue", "green"][at % 3], at % 2));
    let message = read_table(&text, &with_labels(&["y"])).unwrap_err().to_string();
    assert!(message.contains("column colour: found the text red, blue, green"), "{message}");
    assert!(message.contains("one-hot"), "{message}");
    let options = ReadOptions { one_hot: true, ..with_labels(&["y"]) };
    let dataset = read_table(&text, &options).unwrap();
    assert_eq!(dataset.features, ["a", "b", "colour=blue", "colour=green", "colour=red"]);
    for row in 0..60 {
        let wanted = [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]][row % 3];
        let found = dataset.tasks[0].x.row(row);
        assert_eq!([found[2], found[3], found[4]], wanted, "{row}");
    }
}

#[test]
fn bad_rows_are_dropped_and_counted_if_that_is_wanted() {
    let text = table_of("c,y", |at| match at % 10 {
        3 => format!(",{}", at % 2),
        4 => format!("x,{}", at % 2),
        5 => format!("inf,{}", at % 2),
        6 => format!("{at}"),
        _ => format!("{at},{}", at % 3 % 2),
    });
    let options = ReadOptions { drop_bad: true, ..with_labels(&["y"]) };
    let dataset = read_table(&text, &options).unwrap();
    assert_eq!(dataset.tasks[0].y.len(), 36);
    for note in [
        "Read 61 lines: 1 of names, 36 rows, 24 bad rows, dropped.",
        "The first bad row: line 5, column c: no value.",
    ] {
        assert!(dataset.notes.iter().any(|found| found == note), "{:?}", dataset.notes);
    }
}

#[test]
fn every_line_is_accounted_for_also_within_quotes() {
    let rows: String = (0..60).map(|at| format!("{at},{},note\n", at % 7)).collect();
    let long = format!("61,2,\"{}end\"\n\n,,\n62,x,note\n", "line\n".repeat(99));
    let options =
        ReadOptions { drop_bad: true, ignore: vec!["note".into()], ..with_labels(&["y"]) };
    let text = format!("sep=,\na,y,note\n{rows}{long}63,\"1\"\",2\"\"\"\n64,3,\"a\nb\"");
    let notes = read_table(&text, &options).unwrap().notes.join("\n");
    for note in [
        "Read 168 lines: 1 that names the separator, 1 of names, 62 rows, 2 bad rows, dropped, \
         1 row without any value, left out, 1 empty, 100 more lines of quoted cells.",
        "2 quoted cells go over several lines; the quote of the longest opens in line 63 and closes \
         in line 162.",
    ] {
        assert!(notes.contains(note), "{notes}");
    }
}

#[test]
fn columns_are_left_out_by_name_and_an_index_without_a_name_by_itself() {
    let rows: String = (0..60).map(|at| format!("{at},word,{},{},\n", at % 7, at % 2)).collect();
    let text = format!(",note,a,y,\n{rows}");
    let options = ReadOptions { ignore: vec!["note".into()], ..with_labels(&["y"]) };
    let dataset = read_table(&text, &options).unwrap();
    assert_eq!(dataset.features, ["a"]);
    let notes = dataset.notes.join("\n");
    assert!(notes.contains("column 1 has no name and counts the rows; ignored."), "{notes}");
    assert!(notes.contains("column 5 has no name and is blank; ignored."), "{notes}");
}

#[test]
fn labels_are_chosen_by_usual_names_and_that_is_noted() {
    let text = table_of("label_a,label_b", |at| format!("{},{}", at % 2, at % 3 % 2));
    let dataset = read_table(&text, &ReadOptions::default()).unwrap();
    assert_eq!(dataset.tasks.len(), 2);
    let note = "Labels chosen by their names: label_a, label_b.";
    assert!(dataset.notes.iter().any(|found| found == note));
}

#[test]
fn a_table_longer_than_the_sample_is_read_whole() {
    let rows: String = (0..120_000).map(|at| format!("{at},{},{}\n", at % 977, at % 2)).collect();
    let text = format!("a,b,y\n{rows}");
    assert!(text.len() > 1 << 20);
    let dataset = read(&text, "y");
    let x = &dataset.tasks[0].x;
    assert_eq!(x.nrows(), 120_000);
    assert!((0..120_000).all(|row| x[(row, 0)] == row as f64 && x[(row, 1)] == (row % 977) as f64));
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    for end in ["\n", "\r\n"] {
        for (before, line) in [("a,b,y", 5), ("sep=,|a,b,y", 6), ("a,b,y|", 6), ("\"a|a\",b,y", 6)]
        {
            let text = format!("{before}|1,2,1|3,4,0|5,6,1|7,oops,0|9,1,1|2,3,0").replace('|', end);
            let error =
                table::read(&mut text.as_bytes(), "t.csv", &with_labels(&["y"])).unwrap_err();
            let message = error.to_string();
            let wanted = format!("t.csv:{line}: column b: found oops;");
            assert!(message.starts_with(&wanted), "{message} {text:?}");
        }
    }
}

#[test]
fn options_are_stored_without_their_defaults_and_unknown_ones_are_refused() {
    assert_eq!(serde_json::to_string(&ReadOptions::default()).unwrap(), "{}");
    let options = ReadOptions {
        task_column: Some("t".into()),
        one_hot: true,
        kind: Some(TaskKind::Regression),
        seed: 3,
        max_bytes: 1000,
        ..with_labels(&["y"])
    };
    let json = serde_json::to_string(&options).unwrap();
    let wanted = r#"{"labels":["y"],"task-column":"t","one-hot":true,"kind":"regression","seed":3,"max-bytes":1000}"#;
    assert_eq!(json, wanted);
    assert_eq!(serde_json::from_str::<ReadOptions>(&json).unwrap(), options);
    assert!(serde_json::from_str::<ReadOptions>(r#"{"label": ["y"]}"#).is_err());
}

#[test]
fn the_labels_of_all_values_of_a_task_column_have_one_kind() {
    // One task has 30 different ratings, the other only two.
    let text = table_of("task,y", |at| match at % 2 {
        0 => format!("fine,{}", at / 2),
        _ => format!("coarse,{}", at / 2 % 2),
    });
    let options = ReadOptions { task_column: Some("task".into()), ..with_labels(&["y"]) };
    let dataset = read_table(&text, &options).unwrap();
    assert!(dataset.tasks.iter().all(|task| task.kind == TaskKind::Regression));
    assert_eq!(dataset.tasks[1].y[..4], [0.0, 1.0, 0.0, 1.0]);
}
