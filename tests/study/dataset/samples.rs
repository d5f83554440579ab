//! More rows than are kept: sums over all of them, and a random sample.

use std::num::NonZeroU64;
use std::sync::Arc;

use nalgebra::{DMatrix, DVector};
use taskscope::dataset::{Dataset, DatasetTask, ReadOptions, TaskMoments};

use super::{Files, matrix, npy, read_folder, read_table, vector, with_labels};

/// A number between −1 and 1 that looks random.
fn noise(row: usize, column: usize) -> f64 {
    let mixed = (row * 7 + column * 131 + 17).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

/// A feature with a large mean, as years have.
fn feature(row: usize, column: usize) -> f64 {
    2000.0 * (1 + column) as f64 + noise(row, column) + row as f64 / 1000.0
}

fn label(row: usize) -> f64 {
    3.0 * noise(row, 0) - noise(row, 1) + noise(row, 9)
}

/// Features and label of a row.
type FileRow = (Vec<f64>, f64);

/// The moments of rows in two passes, without the code under test.
fn reference(rows: &[FileRow]) -> TaskMoments {
    let (m, d) = (rows.len() as f64, rows[0].0.len());
    let x_mean = DVector::from_fn(d, |j, _| rows.iter().map(|(x, _)| x[j]).sum::<f64>() / m);
    let y_mean = rows.iter().map(|(_, y)| y).sum::<f64>() / m;
    let sum = |term: &dyn Fn(&FileRow) -> f64| rows.iter().map(term).sum::<f64>();
    TaskMoments {
        rows: rows.len() as u64,
        xx: DMatrix::from_fn(d, d, |i, j| sum(&|(x, _)| (x[i] - x_mean[i]) * (x[j] - x_mean[j]))),
        xy: DVector::from_fn(d, |i, _| sum(&|(x, y)| (x[i] - x_mean[i]) * (y - y_mean))),
        yy: sum(&|(_, y)| (y - y_mean).powi(2)),
        x_mean,
        y_mean,
    }
}

fn assert_same(task: &DatasetTask, rows: &[FileRow]) {
    let (found, wanted) = (task.moments.as_ref().unwrap(), reference(rows));
    assert_eq!(found.rows, wanted.rows, "{}", task.name);
    assert!((&found.x_mean - &wanted.x_mean).amax() < 1e-9 * (1.0 + wanted.x_mean.amax()));
    assert!((found.y_mean - wanted.y_mean).abs() < 1e-10);
    let scale = wanted.xx.amax() + wanted.yy;
    for (name, apart) in [
        ("xx", (&found.xx - &wanted.xx).amax()),
        ("xy", (&found.xy - &wanted.xy).amax()),
        ("yy", (found.yy - wanted.yy).abs()),
    ] {
        assert!(apart < 1e-10 * scale, "{}: {name} is {apart} apart of {scale}", task.name);
    }
}

fn keep(keep: u64, seed: u64) -> ReadOptions {
    ReadOptions { keep: NonZeroU64::new(keep), seed, ..ReadOptions::default() }
}

fn files(parts: &[(&str, usize, usize)], d: usize) -> Files {
    let mut files = Files::new();
    for &(part, start, rows) in parts {
        files.insert(format!("t/X{part}.npy"), matrix(rows, d, |i, j| feature(start + i, j)));
        let y = vector((start..start + rows).map(label));
        files.insert(format!("t/y{part}.npy"), y);
    }
    files
}

fn all(rows: std::ops::Range<usize>, d: usize) -> Vec<FileRow> {
    rows.map(|row| ((0..d).map(|j| feature(row, j)).collect(), label(row))).collect()
}

#[test]
fn arrays_are_summed_over_all_rows_and_keep_as_many_as_asked() {
    // Several blocks, and a last one that is not full; more columns than are multiplied at once.
    let dataset = read_folder(&files(&[("", 0, 5000)], 40), &keep(300, 0)).unwrap();
    let task = &dataset.tasks[0];
    assert_same(task, &all(0..5000, 40));
    assert_eq!((task.x.nrows(), task.y.len()), (300, 300));
    let note = "5,000 rows; 300 drawn at random are kept for trials; covariances and the fits to \
                all rows count every row.";
    assert!(dataset.notes.iter().any(|found| found == note), "{:?}", dataset.notes);
    // Every kept row is one of the file, with its label, in its order.
    let places: Vec<usize> =
        (0..300).map(|at| (0..5000).find(|row| label(*row) == task.y[at]).unwrap()).collect();
    assert!(places.is_sorted_by(|one, other| one < other));
    for (at, row) in places.into_iter().enumerate() {
        assert!((0..40).all(|j| task.x[(at, j)] == feature(row, j)), "row {row}");
    }
}

#[test]
fn data_sets_that_fit_are_kept_whole_without_sums() {
    for options in [ReadOptions::default(), keep(200, 0)] {
        let dataset = read_folder(&files(&[("", 0, 200)], 3), &options).unwrap();
        assert!(dataset.tasks[0].moments.is_none());
        assert_eq!(dataset.tasks[0].x.nrows(), 200);
    }
}

#[test]
fn given_parts_are_kept_up_to_the_limit_each_and_summed_together() {
    let parts = [("_train", 0, 900), ("_val", 900, 40), ("_test", 940, 300)];
    let dataset = read_folder(&files(&parts, 4), &keep(100, 3)).unwrap();
    let task = &dataset.tasks[0];
    let sizes = task.split.parts().map(|(_, rows)| rows.len());
    assert_eq!((sizes, task.split.given), ([100, 40, 100], true));
    assert_same(task, &all(0..1240, 4));
}

#[test]
fn memory_decides_how_many_rows_are_kept() {
    let max_bytes = 400 * 5 * 8;
    let options = ReadOptions { max_bytes, ..ReadOptions::default() };
    let dataset = read_folder(&files(&[("", 0, 3000)], 4), &options).unwrap();
    assert_eq!(dataset.tasks[0].x.nrows(), 400);
    // Small parts stay whole; the largest gives way.
    let parts = [("_train", 0, 3000), ("_test", 3000, 50)];
    let dataset = read_folder(&files(&parts, 4), &options).unwrap();
    let sizes = dataset.tasks[0].split.parts().map(|(_, rows)| rows.len());
    assert_eq!(sizes, [350, 0, 50]);
}

#[test]
fn tasks_on_one_x_keep_the_same_rows_and_share_it() {
    let mut files = files(&[("", 0, 2000)], 3);
    files.insert("u/X.npy".into(), files["t/X.npy"].clone());
    files.insert("u/y.npy".into(), vector((0..2000).map(|row| noise(row, 77))));
    let dataset = read_folder(&files, &keep(150, 1)).unwrap();
    assert!(dataset.same_x && Arc::ptr_eq(&dataset.tasks[0].x, &dataset.tasks[1].x));
    // It counts once: that of one task and its labels and those of the other are all that fits.
    let max_bytes = 2000 * 8 * (3 + 3 + 2);
    let options = ReadOptions { max_bytes, ..ReadOptions::default() };
    assert!(read_folder(&files, &options).unwrap().tasks[0].moments.is_none());
}

#[test]
fn missing_labels_and_classes_are_summed_as_what_they_are() {
    let rows = 3000;
    let missing = |row: usize| row >= 2100 && row.is_multiple_of(3);
    let class = |row: usize| (row * row % 7 % 3) as f64;
    let y: Vec<u8> = (0..rows)
        .flat_map(|row| [if missing(row) { f64::NAN } else { label(row) }, class(row)])
        .flat_map(f64::to_le_bytes)
        .collect();
    let mut files = files(&[("", 0, rows)], 5);
    files.insert("t/y.npy".into(), npy("'<f8'", "False", &format!("({rows}, 2)"), &y));
    let dataset = read_folder(&files, &keep(500, 0)).unwrap();
    let names: Vec<&str> = dataset.tasks.iter().map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["t 1", "t 2=0", "t 2=1", "t 2=2"]);
    let known = all(0..rows, 5).into_iter().enumerate();
    let known: Vec<_> = known.filter(|(row, _)| !missing(*row)).map(|(_, row)| row).collect();
    assert_same(&dataset.tasks[0], &known);
    for (number, task) in dataset.tasks[1..].iter().enumerate() {
        let sign = |row: usize| if class(row) == number as f64 { 1.0 } else { -1.0 };
        let rows: Vec<_> =
            all(0..rows, 5).into_iter().enumerate().map(|(row, (x, _))| (x, sign(row))).collect();
        assert_same(task, &rows);
    }
}

#[test]
fn dropped_rows_are_in_no_sum_and_in_no_sample() {
    let mut files = files(&[("", 0, 4000)], 3);
    let bad = |row: usize| row % 10 == 4;
    let x = matrix(4000, 3, |i, j| if bad(i) && j == 1 { f64::NAN } else { feature(i, j) });
    files.insert("t/X.npy".into(), x);
    let options = ReadOptions { drop_bad: true, ..keep(800, 0) };
    let dataset = read_folder(&files, &options).unwrap();
    let good = all(0..4000, 3).into_iter().enumerate();
    let good: Vec<_> = good.filter(|(row, _)| !bad(*row)).map(|(_, row)| row).collect();
    assert_same(&dataset.tasks[0], &good);
    let kept = dataset.tasks[0].x.nrows();
    assert!(dataset.tasks[0].x.iter().all(|x| x.is_finite()) && (640..800).contains(&kept));
}

/// A table with a task, a text, two numbers and a label with blanks.
fn table(rows: usize) -> String {
    let line = |row: usize| {
        let label = if row % 11 == 5 { String::new() } else { label(row).to_string() };
        let (task, word) = (["a", "b", "a"][row % 3], ["red", "blue", "green"][row / 40 % 3]);
        format!("{task},{word},{},{},{label}\n", feature(row, 0), feature(row, 1))
    };
    "task,word,x1,x2,y\n".to_owned() + &(0..rows).map(line).collect::<String>()
}

#[test]
fn tables_are_summed_over_all_rows_with_texts_tasks_and_blanks() {
    let base =
        ReadOptions { task_column: Some("task".into()), one_hot: true, ..with_labels(&["y"]) };
    let options = ReadOptions { keep: NonZeroU64::new(60), ..base };
    let dataset = read_table(&table(3000), &options).unwrap();
    assert_eq!(dataset.features, ["word=blue", "word=green", "word=red", "x1", "x2"]);
    for (task, own) in dataset.tasks.iter().zip([[0, 2].as_slice(), &[1]]) {
        let rows = (0..3000).filter(|row| own.contains(&(row % 3)) && row % 11 != 5);
        let rows: Vec<_> = rows
            .map(|row| {
                let word = |number: usize| f64::from(u8::from(row / 40 % 3 == number));
                let x = vec![word(1), word(2), word(0), feature(row, 0), feature(row, 1)];
                (x, label(row))
            })
            .collect();
        assert_same(task, &rows);
        assert_eq!(task.x.nrows(), 60, "{}", task.name);
    }
}

#[test]
fn kept_rows_of_tables_are_rows_of_the_table_in_its_order() {
    let text = "x,y\n".to_owned()
        + &(0..2000).map(|row| format!("{row},{}\n", row as f64 / 2.0)).collect::<String>();
    let max_bytes = 8 * 7 * 500;
    for options in [
        ReadOptions { keep: NonZeroU64::new(100), ..with_labels(&["y"]) },
        ReadOptions { max_bytes, ..with_labels(&["y"]) },
    ] {
        let dataset = read_table(&text, &options).unwrap();
        let task = &dataset.tasks[0];
        assert_eq!(task.x.nrows(), options.keep.map_or(500, NonZeroU64::get) as usize);
        assert!(task.x.as_slice().is_sorted_by(|one, other| one < other));
        assert!(task.x.iter().zip(&task.y).all(|(x, y)| *y == x / 2.0));
        assert_eq!(task.moments.as_ref().unwrap().rows, 2000);
    }
}

/// How often each row is kept, over seeds.
fn frequencies(rows: usize, seeds: u64, read: impl Fn(u64) -> Dataset) -> Vec<f64> {
    let mut counts = vec![0.0; rows];
    for seed in 0..seeds {
        for x in read(seed).tasks[0].x.column(0).iter() {
            counts[*x as usize] += 1.0;
        }
    }
    counts
}

#[test]
fn every_row_is_kept_equally_often() {
    let (rows, kept, seeds) = (80, 40, 400);
    let text = "x,y\n".to_owned()
        + &(0..rows).map(|row| format!("{row},{}\n", row as f64 / 3.0)).collect::<String>();
    let mut files = Files::new();
    files.insert("t/X.npy".into(), matrix(rows, 1, |row, _| row as f64));
    files.insert("t/y.npy".into(), vector((0..rows).map(|row| row as f64 / 3.0)));
    let of_table = |seed| {
        read_table(&text, &ReadOptions { labels: vec!["y".into()], ..keep(kept, seed) }).unwrap()
    };
    let of_arrays = |seed| read_folder(&files, &keep(kept, seed)).unwrap();
    let share = kept as f64 / rows as f64;
    let (wanted, deviation) = (seeds as f64 * share, (seeds as f64 * share * (1.0 - share)).sqrt());
    for counts in [frequencies(rows, seeds, of_table), frequencies(rows, seeds, of_arrays)] {
        assert_eq!(counts.iter().sum::<f64>(), (kept * seeds) as f64);
        let far = counts.iter().map(|count| (count - wanted).abs() / deviation);
        let far = far.fold(0.0, f64::max);
        assert!(far < 4.5, "{far} standard deviations");
    }
}

#[test]
fn columns_one_after_the_other_are_refused_only_beyond_memory() {
    let column_by_column = |rows: usize, d: usize| {
        let data: Vec<u8> = (0..d)
            .flat_map(|j| (0..rows).map(move |i| feature(i, j)))
            .flat_map(f64::to_le_bytes)
            .collect();
        npy("'<f8'", "True", &format!("({rows}, {d})"), &data)
    };
    let mut files = files(&[("", 0, 1000)], 4);
    files.insert("t/X.npy".into(), column_by_column(1000, 4));
    let dataset = read_folder(&files, &keep(100, 0)).unwrap();
    assert_same(&dataset.tasks[0], &all(0..1000, 4));
    let options = ReadOptions { max_bytes: 20_000, ..ReadOptions::default() };
    let message = read_folder(&files, &options).unwrap_err().to_string();
    for word in ["t/X.npy: order", "31.2 KiB in Fortran order", "ascontiguousarray", "--memory"] {
        assert!(message.contains(word), "{word}: {message}");
    }
}
