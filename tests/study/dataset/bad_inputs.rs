//! Files that cannot be used: each is refused with its place, what was found and what to do.

use taskscope::dataset::{ReadOptions, TaskKind, folder, npy, npz, table};
use taskscope::error::{Error, Result};

use super::arrays::archive;
use super::{Files, matrix, npy as npy_file, read_folder, read_table, vector, with_labels};

/// A refusal: its name, the bytes, and words of the message.
type Case<'w> = (&'w str, Vec<u8>, &'w [&'w str]);

fn assert_refused(cases: Vec<Case<'_>>, read: impl Fn(&[u8]) -> Result<()>) {
    for (case, bytes, words) in cases {
        let error = match read(&bytes) {
            Ok(()) => panic!("{case}: was read"),
            Err(error) => error,
        };
        assert_eq!(error.exit_code(), 2, "{case}");
        let message = error.to_string();
        for word in words {
            assert!(message.contains(word), "{case}: {word} is not in: {message}");
        }
        if matches!(error, Error::Data { .. }) {
            assert!(message.contains("found ") && message.contains("; allowed: "), "{message}");
        }
    }
}

fn ones() -> Vec<u8> {
    1.0_f64.to_le_bytes().to_vec()
}

/// Refusals of arrays in files.
fn assert_arrays_refused(cases: Vec<Case<'_>>) {
    assert_refused(cases, |bytes| npy::read(&mut &bytes[..], "a.npy", 1 << 20).map(|_| ()));
}

fn shaped(shape: &str) -> Vec<u8> {
    npy_file("'<f8'", "False", shape, &ones())
}

#[test]
fn arrays_that_are_cut_or_too_long_are_refused() {
    let good = matrix(2, 3, |row, column| (row + column) as f64);
    assert_arrays_refused(vec![
        ("nothing", vec![], &["a.npy: format", "empty file", "numpy.save"]),
        ("text", b"1,2,3\n4,5,6\n".to_vec(), &["format", "other first bytes"]),
        ("version 9", b"\x93NUMPY\x09\x00\x00\x00\x00\x00".to_vec(), &["NPY version 9"]),
        ("cut length", b"\x93NUMPY\x02\x00\x10\x00".to_vec(), &["header", "at byte 10"]),
        ("cut header", good[..40].to_vec(), &["header", "end of the file at byte 40"]),
        ("long header", b"\x93NUMPY\x02\x00\xff\xff\xff\xff".to_vec(), &["4294967295", "10000"]),
        (
            "cut data",
            good[..good.len() - 5].to_vec(),
            &["data", "end of the file at byte", "(2, 3)"],
        ),
        (
            "no data",
            npy_file("'<f8'", "False", "(1000000, 1000)", b""),
            &["size", "MiB", "max-bytes"],
        ),
        (
            "promise",
            npy_file("'<f8'", "False", "(1000, 10)", &ones()),
            &["at byte", "80", "(1000, 10)"],
        ),
        ("more data", [good.clone(), vec![0]].concat(), &["byte", "bytes after the array"]),
    ]);
}

#[test]
fn arrays_with_bad_headers_are_refused() {
    let typed = |dtype: &str| npy_file(dtype, "False", "(1,)", &ones());
    let header = |text: &str| {
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((text.len() as u16).to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes.extend(ones());
        bytes
    };
    assert_arrays_refused(vec![
        ("objects", typed("'|O'"), &["dtype", "|O", "object"]),
        ("strings", typed("'<U5'"), &["<U5", "string"]),
        ("bytes", typed("'|S3'"), &["|S3", "string"]),
        ("complex", typed("'<c16'"), &["<c16", "complex", "float64"]),
        ("half", typed("'<f2'"), &["<f2", "float of another size"]),
        ("dates", typed("'<M8[ns]'"), &["datetime"]),
        ("raw", typed("'|V8'"), &["void"]),
        ("structured", typed("[('a', '<f8')]"), &["dtype", "structured"]),
        ("no order", typed("'|f8'"), &["order of bytes"]),
        ("strange type", typed("''"), &["dtype", "unknown"]),
        ("three dimensions", shaped("(1, 1, 1)"), &["shape", "3 dimensions", "reshape"]),
        ("no dimension", shaped("()"), &["shape", "0 dimensions"]),
        ("no rows", shaped("(0, 3)"), &["shape", "0 rows and 3 columns"]),
        ("no columns", shaped("(3, 0)"), &["3 rows and 0 columns"]),
        ("negative", shaped("(-1,)"), &["header", "`-1"]),
        ("endless", shaped("(18446744073709551615, 2)"), &["shape", "memory"]),
        ("number", shaped("1"), &["shape", "no tuple"]),
        ("deep", shaped("((((((((((1,),),),),),),),),),)"), &["nested"]),
        ("no shape", header("{'descr': '<f8', 'fortran_order': False}"), &["no shape"]),
        ("no dictionary", header("descr = 1"), &["header", "dictionary"]),
        ("unclosed", header("{'descr': '<f8'"), &["the end of the header"]),
        (
            "twice",
            header("{'shape': (1,), 'descr': '<f8', 'fortran_order': False, 'shape': (2,)}"),
            &["shape twice"],
        ),
        (
            "order",
            header("{'descr': '<f8', 'fortran_order': 1, 'shape': (1,)}"),
            &["fortran_order", "True or False"],
        ),
        (
            "no text",
            {
                let mut bytes = header("{'descr': '<f8'}");
                bytes[12] = 0xff;
                bytes
            },
            &["UTF-8"],
        ),
    ]);
}

fn ramp(rows: usize) -> Vec<u8> {
    vector((0..rows).map(|row| row as f64 / 3.0))
}

fn sheet(rows: usize, columns: usize) -> Vec<u8> {
    matrix(rows, columns, |row, column| (row * columns + column) as f64)
}

/// A matrix of 40 rows with one value replaced.
fn hole(at: (usize, usize), value: f64) -> Vec<u8> {
    matrix(40, 2, move |row, column| match (row, column) {
        here if here == at => value,
        _ => (row * 2 + column) as f64,
    })
}

fn named(files: &[(&str, Vec<u8>)]) -> Files {
    files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).collect()
}

fn assert_folder_refused(files: &[(&str, Vec<u8>)], options: &ReadOptions, words: &[&str]) {
    let message = read_folder(&named(files), options).unwrap_err().to_string();
    assert!(words.iter().all(|word| message.contains(word)), "{words:?}: {message}");
}

#[test]
fn folders_whose_files_do_not_fit_together_are_refused() {
    let (x, y) = (|| sheet(40, 2), || ramp(40));
    let refused = |files: &[(&str, Vec<u8>)], words: &[&str]| {
        assert_folder_refused(files, &ReadOptions::default(), words);
    };
    refused(&[], &["folder: files: found no files"]);
    refused(&[("a.npy", x())], &["found a.npy", "TASK/X_train.npy"]);
    refused(&[("t/X.npy", x())], &["t/X.npy: labels", "no y file"]);
    refused(&[("t/y.npy", y())], &["t/y.npy: features", "no X file"]);
    refused(
        &[("t/X.npy", x()), ("t/y.npy", ramp(39))],
        &["t/y.npy: rows", "39", "40, as in t/X.npy"],
    );
    refused(
        &[("t/X_train.npy", x()), ("t/y_train.npy", y())],
        &["folder: t", "found no test part"],
    );
    refused(&[("t/X.npy", x()), ("t/y.npy", y()), ("t/X_test.npy", x())], &["X and parts of X"]);
    refused(&[("t/X_val.npy", x()), ("t/X_valid.npy", x())], &["t/X_val.npy and t/X_valid.npy"]);
    refused(
        &[
            ("t/X_train.npy", x()),
            ("t/y_train.npy", y()),
            ("t/X_test.npy", sheet(40, 3)),
            ("t/y_test.npy", y()),
        ],
        &["features", "2 here and 3"],
    );
    refused(
        &[("t/X.npy", x()), ("t/y.npy", y()), ("u/X.npy", sheet(40, 3)), ("u/y.npy", y())],
        &["features", "3 in the task u", "2, as in the other tasks"],
    );
}

#[test]
fn folders_with_bad_numbers_are_refused() {
    let refused = |x: Vec<u8>, y: Vec<u8>, words: &[&str]| {
        assert_folder_refused(&[("t/X.npy", x), ("t/y.npy", y)], &ReadOptions::default(), words);
    };
    let x = || sheet(40, 2);
    refused(hole((2, 1), f64::NAN), ramp(40), &["t/X.npy: row 3, column 2", "NaN", "drop-bad"]);
    refused(hole((0, 0), f64::INFINITY), ramp(40), &["row 1, column 1", "inf"]);
    let infinite = vector((0..40).map(|at| 1.0 / f64::from(at)));
    refused(x(), infinite, &["t/y.npy: row 1, column 1", "inf"]);
    refused(x(), vector([1.0; 40]), &["label t", "only the label 1"]);
    refused(x(), vector([f64::NAN; 40]), &["label t", "no label"]);
    refused(sheet(12, 2), ramp(12), &["task t, train part", "7 rows", "at least 10"]);
}

#[test]
fn folders_that_are_too_large_or_have_one_group_are_refused() {
    let options = ReadOptions { max_bytes: 40, ..ReadOptions::default() };
    let files = [("t/X.npy", sheet(40, 5)), ("t/y.npy", ramp(40))];
    assert_folder_refused(&files, &options, &["t/X.npy: size", "48 bytes with 1 × 6", "--memory"]);
    let [x, y] = files;
    let files = [x, y, ("t/groups.npy", vector([1.0; 40]))];
    let words = ["task t, validation part", "use more groups"];
    assert_folder_refused(&files, &ReadOptions::default(), &words);
}

#[test]
fn bad_rows_of_folders_are_dropped_if_that_is_wanted() {
    let dropped = ReadOptions { drop_bad: true, ..ReadOptions::default() };
    let files = [("t/X.npy", hole((2, 1), f64::NAN)), ("t/y.npy", ramp(40))];
    let dataset = read_folder(&named(&files), &dropped).unwrap();
    assert_eq!((dataset.tasks[0].x.nrows(), dataset.tasks[0].y[2]), (39, 1.0));
    assert!(dataset.notes.contains(&"Dropped 1 row with values that are not finite.".to_owned()));
}

#[test]
fn archives_that_cannot_be_used_are_refused() {
    let good = archive(&[("X.npy", sheet(40, 2)), ("y.npy", ramp(40))], true);
    let changed = {
        let mut bytes = archive(&[("X.npy", sheet(40, 2)), ("y.npy", ramp(40))], false);
        bytes[200] ^= 1;
        bytes
    };
    let encrypted = {
        let mut bytes = good.clone();
        let at = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        bytes[at + 8] |= 1;
        bytes
    };
    let packed = {
        let mut bytes = good.clone();
        let at = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
        bytes[at + 10] = 93;
        bytes
    };
    let cases: Vec<Case<'_>> = vec![
        ("nothing", vec![], &["a.npz: format", "numpy.savez"]),
        ("cut", good[..good.len() - 30].to_vec(), &["a.npz: format"]),
        ("changed", changed, &["X.npy: cannot be read"]),
        ("encrypted", encrypted, &["X.npy", "an encrypted array"]),
        ("zstandard", packed, &["X.npy", "compression method 93"]),
        (
            "twice",
            archive(&[("X.npy", sheet(4, 2)), ("X.npy", sheet(4, 2))], false),
            &["the same name twice"],
        ),
        ("others", archive(&[("a.txt", vec![1])], false), &["files: found no files"]),
        (
            "objects",
            archive(
                &[("X.npy", npy_file("'|O'", "False", "(1,)", b"")), ("y.npy", ramp(40))],
                false,
            ),
            &["X.npy: dtype", "object"],
        ),
    ];
    assert_refused(cases, |bytes| {
        npz::read(std::io::Cursor::new(bytes), "a.npz", &ReadOptions::default()).map(|_| ())
    });
    let small = ReadOptions { max_bytes: 100, ..Default::default() };
    let message =
        npz::read(std::io::Cursor::new(&good[..]), "a.npz", &small).unwrap_err().to_string();
    assert!(
        message.contains("keep more rows (--keep N") && message.contains("2 rows"),
        "{message}"
    );
}

/// A table with a header, 30 good rows and one more row.
fn with_row(header: &str, good: &str, row: &str) -> Vec<u8> {
    let rows: String =
        (0..30).map(|at| format!("{}\n", good.replace('#', &at.to_string()))).collect();
    format!("{header}\n{rows}{row}\n").into_bytes()
}

fn assert_tables_refused(cases: Vec<Case<'_>>) {
    let options = with_labels(&["y"]);
    assert_refused(cases, |bytes| table::read(&mut &bytes[..], "t.csv", &options).map(|_| ()));
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let row = |row: &str| with_row("a,b,y", "#,2.5,#.5", row);
    assert_tables_refused(vec![
        ("nothing", vec![], &["t.csv: rows", "empty file"]),
        ("blank lines", b"\n\n\n".to_vec(), &["t.csv: rows"]),
        ("header only", b"a,b,y\n".to_vec(), &["rows", "no row"]),
        ("UTF-16 little", b"\xff\xfea\x00,\x00".to_vec(), &["format", "UTF-16", "UTF-8"]),
        ("UTF-16 big", b"\xfe\xff\x00a\x00,".to_vec(), &["UTF-16"]),
        ("UTF-16 unmarked", b"a\x00,\x00b\x00".to_vec(), &["zero bytes"]),
        ("workbook", b"PK\x03\x04rest".to_vec(), &["ZIP archive", "Excel"]),
        ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec(), &["old Excel"]),
        ("array", ramp(3), &["NumPy array"]),
        ("gzip", b"\x1f\x8b\x08rest".to_vec(), &["gzip"]),
        ("parquet", b"PAR1rest".to_vec(), &["Parquet"]),
        ("Latin-1 name", b"\xe4,b,y\n1,2,3\n".to_vec(), &["t.csv:1", "UTF-8"]),
        (
            "Latin-1 cell",
            {
                let mut bytes = row("1,2,");
                bytes.extend(b"1,\xe4,3\n");
                bytes
            },
            &["t.csv:33", "UTF-8"],
        ),
        ("same name", with_row("a,a,y", "#,2,#.5", ""), &["columns", "a twice"]),
        ("no label", with_row("a,b,c", "#,2,#.5", ""), &["labels", "found y", "a, b, c"]),
        ("one column", with_row("y", "#.5", ""), &["features", "no column", "separator"]),
    ]);
}

#[test]
fn rows_with_bad_cells_are_refused_with_their_line() {
    let row = |row: &str| with_row("a,b,y", "#,2.5,#.5", row);
    let semicolons = |row: &str| with_row("a;b;y", "#;2,5;#,5", row);
    assert_tables_refused(vec![
        ("blank", row("1,,2"), &["t.csv:32: column b", "no value", "drop-bad"]),
        ("NA", row("1,NA,2"), &["t.csv:32: column b", "NA (missing)"]),
        ("infinite", row("1,-inf,2"), &["t.csv:32: column b", "-inf"]),
        ("word", row("1,two,2"), &["t.csv:32: column b", "found two"]),
        ("huge", row("1,1e999,2"), &["t.csv:32: column b", "1e999"]),
        ("short row", row("1,2"), &["t.csv:32: row of 3 columns", "2 cells", "separator"]),
        ("long row", row("1,2,3,4"), &["t.csv:32", "4 cells"]),
        ("open quote", row("1,\"2,3"), &["t.csv:32: quotes", "a quote that is not closed"]),
        (
            "open quote in a text",
            with_row("a,b,y", "#,2.5,#.5", "1,2,3,\"note\n4,5,6\n\n7,8,9"),
            &["t.csv:32: quotes", "a quote that is not closed"],
        ),
        ("open quote among names", with_row("a,\"b,y", "#,2,#.5", ""), &["t.csv:1: quotes"]),
        (
            "quote that is closed too late",
            row("1,\"2,3\n4,5,6\n7,8\",9"),
            &[
                "t.csv:32: column b: found 2,3, and 2 more lines; allowed: a number",
                "opens in line 32 goes on to line 34: see that it is closed, no row within it",
            ],
        ),
        ("thousands", row("1,\"2,345.5\",2"), &["t.csv:32: column b", "thousands"]),
        ("groups", row("1,2 345 678,2"), &["t.csv:32: column b", "thousands"]),
        ("points", semicolons("1;2.345.678;2"), &["t.csv:32: column b", "thousands"]),
        (
            "decimal point",
            semicolons("1;2.5;2"),
            &["t.csv:32: column b", "a comma before decimals"],
        ),
        ("point", semicolons("1;2.345;2"), &["t.csv:32: column b", "thousands"]),
        ("all thousands", with_row("a,b,y", "#,\"1,234\",#.5", ""), &["column b", "thousands"]),
        ("whole thousands", with_row("a,b,y", "#,\"1,234\",#", ""), &["column b", "thousands"]),
        (
            "thousands in labels",
            with_row("a,b,y", "#,2.5,\"1,234,56#\"", ""),
            &["t.csv: column y", "thousands"],
        ),
        (
            "German thousands",
            with_row("a;b;y", "#;1.234,5;#,5", ""),
            &["column b", "1.234,5", "thousands"],
        ),
        ("mixed decimals", row("1,\"2,5\",2"), &["t.csv:32: column b", "a point before decimals"]),
    ]);
}

#[test]
fn a_row_that_may_hide_others_is_not_dropped() {
    let options = ReadOptions { drop_bad: true, ..with_labels(&["y"]) };
    for row in ["1,\"2,3\n4,5,6\n7,8\",9", "1,\"2,3\n4,5\",6", "\"1,2\n3,4,5\n6,7\""] {
        let text = String::from_utf8(with_row("a,b,y", "#,2.5,#.5", row)).unwrap();
        let message = read_table(&text, &options).unwrap_err().to_string();
        assert!(message.contains("the quote that opens in line 32 goes on"), "{message}");
        assert!(!message.contains("--drop-bad"), "{message}");
    }
}

#[test]
fn columns_that_cannot_be_used_are_refused() {
    let row = |row: &str| with_row("a,b,y", "#,2.5,#.5", row);
    assert_tables_refused(vec![
        ("text label", row("1,2,high"), &["t.csv:32: column y", "high"]),
        ("infinite label", row("1,2,inf"), &["t.csv:32: column y", "inf"]),
        ("blank column", with_row("a,b,y", "#,,#.5", ""), &["column b", "no value", "ignore"]),
        ("texts", with_row("a,b,y", "#,x#,#.5", ""), &["column b", "x0, x1", "one-hot"]),
        ("two texts", with_row("a,b,c,y", "#,x#,z,#.5", ""), &["columns b, c", "x0"]),
        ("one class", with_row("a,b,y", "#,2,yes", ""), &["label y", "only the label yes"]),
        ("no labels", with_row("a,b,y", "#,2,", ""), &["label y", "no label"]),
        (
            "few rows",
            b"a,b,y\n1,2,0\n2,3,1\n3,4,0\n4,5,1\n".to_vec(),
            &["train part", "at least 10"],
        ),
    ]);
}

#[test]
fn options_that_do_not_fit_the_table_are_refused() {
    let some = |name: &str| Some(name.to_owned());
    let base = || with_labels(&["y"]);
    let cases: [(ReadOptions, &[&str]); 14] = [
        (ReadOptions::default(), &["labels: found none", "group, part, b"]),
        (with_labels(&["z"]), &["labels: found z"]),
        (ReadOptions { ignore: vec!["z".into()], ..base() }, &["ignore: found z"]),
        (ReadOptions { task_column: some("z"), ..base() }, &["task-column: found z"]),
        (ReadOptions { group_column: some("z"), ..base() }, &["group-column: found z"]),
        (ReadOptions { split_column: some("z"), ..base() }, &["split-column: found z"]),
        (with_labels(&["y", "y"]), &["columns: found y twice"]),
        (ReadOptions { group_column: some("y"), ..base() }, &["y twice", "each column once"]),
        (ReadOptions { task_column: some("group"), ..with_labels(&["y", "b"]) }, &["one column"]),
        (
            ReadOptions { split_column: some("group"), ..base() },
            &["t.csv:2", "found g0", "train, validation or test"],
        ),
        (ReadOptions { one_hot: true, ..base() }, &["column word", "more than 50"]),
        (
            ReadOptions { max_bytes: 300, ..base() },
            &["train part", "3 rows", "--keep N", "--memory GIB"],
        ),
        (
            ReadOptions { kind: Some(TaskKind::Classification), ..base() },
            &["label y", "more than 50"],
        ),
        (
            ReadOptions { kind: Some(TaskKind::Regression), ..with_labels(&["part"]) },
            &["label part", "the text", "regression"],
        ),
    ];
    let rows: String = (0..60)
        .map(|at| format!("g{},{},{at},{at}.5,w{at}\n", at % 3, ["train", "test"][at % 2]))
        .collect();
    for (options, words) in cases {
        let text = format!(
            "group,part,b,{},word\n{rows}",
            if options.labels.is_empty() { "c" } else { "y" }
        );
        let options = match options.one_hot {
            true => options,
            false => {
                ReadOptions { ignore: unnamed(&options, &["group", "part", "word"]), ..options }
            }
        };
        let error = table::read(&mut text.as_bytes(), "t.csv", &options).unwrap_err();
        let message = error.to_string();
        assert!(words.iter().all(|word| message.contains(word)), "{words:?}: {message}");
    }
}

/// Columns to ignore: those of options and others that options do not name.
fn unnamed(options: &ReadOptions, names: &[&str]) -> Vec<String> {
    let single = [&options.task_column, &options.group_column, &options.split_column];
    let used: Vec<&String> = single.into_iter().flatten().chain(&options.labels).collect();
    let free = names.iter().filter(|name| !used.iter().any(|other| other == *name));
    options.ignore.iter().cloned().chain(free.map(|name| (*name).to_owned())).collect()
}

#[test]
fn a_reader_that_fails_is_an_error_of_reading() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("pulled out"))
        }
    }
    impl std::io::Seek for Failing {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(1000)
        }
    }
    let options = ReadOptions::default();
    let errors = [
        table::read(&mut Failing, "t.csv", &options).unwrap_err(),
        npz::read(Failing, "t.npz", &options).unwrap_err(),
        folder::read_pair("t", ("x.npy", &mut Failing), ("y.npy", &mut Failing), &options)
            .unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, Error::Read { .. }) && error.to_string().contains("pulled out"));
    }
}
