//! Summaries of columns for a picker.

use taskscope::dataset::table::preview::{
    ColumnKind, ColumnSummary, MOST_DISTINCT, PREVIEWED_ROWS, preview,
};

fn summaries(text: &str) -> Vec<ColumnSummary> {
    preview(&mut text.as_bytes(), "table.csv").unwrap().columns
}

#[test]
fn columns_are_summarised_by_hand_computed_numbers() {
    let text = "n;word;flag;none\n1,5;red;true;\n2,5;blue;false;NA\n;red;true;\n6,5;;TRUE;?\n";
    let wanted = [
        ColumnSummary {
            name: "n".into(),
            kind: ColumnKind::Number,
            missing: 1,
            distinct: 3,
            min: Some(1.5),
            max: Some(6.5),
            mean: Some(3.5),
            deviation: Some(7_f64.sqrt()),
            examples: vec!["1,5".into(), "2,5".into(), "6,5".into()],
            counts_rows: false,
        },
        ColumnSummary {
            name: "word".into(),
            kind: ColumnKind::Text,
            missing: 1,
            distinct: 2,
            min: None,
            max: None,
            mean: None,
            deviation: None,
            examples: vec!["red".into(), "blue".into()],
            counts_rows: false,
        },
        ColumnSummary {
            name: "flag".into(),
            kind: ColumnKind::Boolean,
            missing: 0,
            distinct: 2,
            min: None,
            max: None,
            mean: None,
            deviation: None,
            examples: vec!["true".into(), "false".into()],
            counts_rows: false,
        },
        ColumnSummary {
            name: "none".into(),
            kind: ColumnKind::Blank,
            missing: 4,
            distinct: 0,
            min: None,
            max: None,
            mean: None,
            deviation: None,
            examples: Vec::new(),
            counts_rows: false,
        },
    ];
    assert_eq!(summaries(text), wanted);
}

#[test]
fn a_large_offset_does_not_spoil_the_deviation() {
    let rows: String = (0..1000).map(|row| format!("{},x\n", 1e9 + f64::from(row % 2))).collect();
    let deviation = summaries(&format!("a,b\n{rows}"))[0].deviation.unwrap();
    assert!((deviation - (250.0_f64 / 999.0).sqrt()).abs() < 1e-6, "{deviation}");
}

#[test]
fn rows_and_distinct_values_are_counted_to_a_limit() {
    let rows: String = (0..PREVIEWED_ROWS + 500).map(|row| format!("{row},1\n")).collect();
    let summary = &summaries(&format!("a,b\n{rows}"))[0];
    assert_eq!(summary.max, Some(PREVIEWED_ROWS as f64 - 1.0));
    assert_eq!(summary.distinct, MOST_DISTINCT);
}

#[test]
fn a_preview_says_where_quotes_glue_lines_together() {
    let text = "a,b\n1,2\n3,\"4\n5,6\n7,8\"\n9,1\n";
    let found = preview(&mut text.as_bytes(), "t.csv").unwrap().long_cells;
    let words = "its quote opens in line 3 and closes in line 5.";
    assert!(found.as_deref().is_some_and(|said| said.ends_with(words)), "{found:?}");
    assert_eq!(preview(&mut &b"a,b\n1,2\n"[..], "t.csv").unwrap().long_cells, None);
    let said = preview(&mut &b"a,b\n1,2\n3,\"4\n"[..], "t.csv").unwrap_err().to_string();
    assert!(said.contains("t.csv:3: quotes") && said.contains("no row can be dropped"), "{said}");
}

#[test]
fn rows_that_are_too_short_lack_values_and_what_is_no_table_is_refused() {
    assert_eq!(summaries("a,b\n1,2\n3\n5,6\n")[1].missing, 1);
    assert!(preview(&mut &b"\xff\xfea\x00"[..], "t.csv").is_err());
    assert!(preview(&mut &b""[..], "t.csv").is_err());
}
