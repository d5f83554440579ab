//! Uses of the columns of a table.

use taskscope::dataset::ReadOptions;
use taskscope::dataset::table::preview::{ColumnSummary, preview};
use taskscope::dataset::table::usage::{
    ColumnUse, is_usual_label, names_labels, options, suggested,
};
use taskscope::dataset::table::{self, names_its_labels};

fn columns(text: &str) -> Vec<ColumnSummary> {
    preview(&mut text.as_bytes(), "t.csv").unwrap().columns
}

#[test]
fn options_give_back_every_use_that_they_were_made_from() {
    let columns = columns("a,b,c,d\n1,2,x,1\n2,1,y,0\n");
    let base = ReadOptions { one_hot: true, drop_bad: true, ..ReadOptions::default() };
    let mut tried = 0;
    for code in 0..6_usize.pow(4) {
        let uses: Vec<ColumnUse> =
            (0..4).map(|place| ColumnUse::ALL[code / 6_usize.pow(place) % 6]).collect();
        let count = |wanted: ColumnUse| uses.iter().filter(|own| **own == wanted).count();
        if ColumnUse::ALL.iter().any(|own| own.is_single() && count(*own) > 1) {
            continue;
        }
        let made = options(&columns, &uses, &base);
        assert_eq!(suggested(&columns, &made), uses);
        assert!(made.one_hot && made.drop_bad);
        tried += 1;
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn what_is_suggested_for_a_table_can_be_read() {
    let rows: String = (0..60)
        .map(|i| format!("{i},{},s{i},{},,{}\n", i % 7, ["train", "test"][i % 2], i % 3))
        .collect();
    let text = format!(",a,id,fold,none,Label\n{rows}");
    let columns = columns(&text);
    let uses = suggested(&columns, &ReadOptions::default());
    use ColumnUse::{Feature, Ignored, Label, Part};
    assert_eq!(uses, [Ignored, Feature, Ignored, Part, Ignored, Label]);
    let read = options(&columns, &uses, &ReadOptions::default());
    let dataset = table::read(&mut text.as_bytes(), "t.csv", &read).unwrap();
    assert_eq!(dataset.features, ["a"]);
    assert_eq!(
        dataset.in_words(),
        "3 tasks on one X: Label=0 (±1), Label=1 (±1), Label=2 (±1); 1 feature; 60 rows"
    );
}

#[test]
fn labels_are_clear_if_one_name_is_usual_or_all_begin_alike() {
    for (names, clear) in [
        (&["a", "y"][..], true),
        (&["label_a", "Label_b", "x"], true),
        (&["a", "b"], false),
        (&["label", "target"], false),
        (&["y_1", "target_1"], false),
        (&[], false),
    ] {
        assert_eq!(names_labels(names.iter().copied()), clear, "{names:?}");
        let text = format!("{}\n{}\n", names.join(","), vec!["1"; names.len()].join(","));
        if !names.is_empty() {
            let mut input = text.as_bytes();
            let found = names_its_labels(&mut input, "t.csv", &ReadOptions::default()).unwrap();
            assert_eq!(found, clear, "{names:?}");
        }
    }
    assert!(is_usual_label("CLASS") && !is_usual_label("classes"));
}
