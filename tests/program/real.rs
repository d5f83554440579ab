//! Real data on the command line: import, run, advice, and rows for other programs.

use std::fs;
use std::path::Path;

use nalgebra::DMatrix;
use serde_json::Value;
use taskscope::job::SaveRequest;
use tempfile::TempDir;

use crate::support::program::{path, printed, refused};

/// A table of two number tasks on six features, with a group and a text column.
fn table(rows: usize) -> String {
    let mut text = "id;site;age;x2;x3;x4;risk;stay\n".to_owned();
    for i in 0..rows {
        let wave = |k: usize| ((i * k % 97) as f64 / 97.0 - 0.5) * 4.0;
        let x = [wave(13), wave(29), wave(41), wave(53)];
        let risk = x[0] - x[1] + wave(71);
        let stay = x[0] - 0.8 * x[1] + wave(83);
        let number = |v: f64| format!("{v:.3}").replace('.', ",");
        let cells: Vec<String> = x.iter().chain([&risk, &stay]).map(|v| number(*v)).collect();
        text += &format!("{i};s{};{}\n", i % 7, cells.join(";"));
    }
    text
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

const READ: [&str; 4] = ["--labels", "risk,stay", "--ignore", "id,site"];

#[test]
fn a_scenario_is_saved_beside_its_data_and_never_over_them() {
    let folder = TempDir::new().unwrap();
    let (csv, json, other) =
        (path(&folder, "patients.csv"), path(&folder, "patients.json"), path(&folder, "mine.json"));
    fs::write(&csv, table(300)).unwrap();
    printed(&[&["import", &csv, "--out", &json], &READ[..]].concat());
    let opened = taskscope::store::read::scenario(json.as_ref()).unwrap().1;
    let place = opened.dataset.clone().unwrap();
    taskscope::scenario::real::open(&place, taskscope::store::datasets::read(&place).unwrap().1);
    let scenario = std::sync::Arc::new(taskscope::scenario::Scenario::check(opened).unwrap());
    let save = |to: &str| {
        let document = taskscope::job::Document::Scenario(scenario.clone());
        taskscope::store::save::file(&SaveRequest { document, path: to.into(), replace: true })
    };
    let said = save(&csv).unwrap_err().to_string();
    assert!(said.contains("the data of the scenario"), "{said}");
    assert_eq!(fs::read_to_string(&csv).unwrap(), table(300));
    save(&other).unwrap();
    let saved: Value = serde_json::from_str(&fs::read_to_string(&other).unwrap()).unwrap();
    assert_eq!(saved["dataset"]["files"][0], "patients.csv", "it may move with its folder");
}

#[test]
fn names_of_tasks_that_the_program_cannot_use_are_told_with_what_they_became() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "cities.csv");
    fs::write(&csv, table(300).replace("risk", "東京").replace("stay", "大 阪")).unwrap();
    let out = path(&folder, "cities.json");
    let labels = ["--labels", "東京,大 阪", "--ignore", "id,site"];
    let said = printed(&[&["import", &csv, "--out", &out], &labels[..]].concat());
    assert!(said.contains("東京 is task, 大 阪 is "), "{said}");
}

#[test]
fn a_table_is_imported_described_and_measured() {
    let folder = TempDir::new().unwrap();
    let (csv, scenario) = (path(&folder, "patients.csv"), path(&folder, "patients.json"));
    fs::write(&csv, table(300)).unwrap();
    let said = printed(&[&["import", &csv, "--out", &scenario], &READ[..]].concat());
    for words in ["2 tasks, 4 features, all on one X", "risk", "stay", "decimal comma"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let text = printed(&["run", &scenario, "--trials", "6"]);
    for words in ["mean squared error on the test rows", "R² alone", "risk", "stay"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let rows = path(&folder, "rows");
    printed(&["data", &scenario, "--out", &rows]);
    let manifest = fs::read_to_string(format!("{rows}/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["columns"], serde_json::json!(["age", "x2", "x3", "x4"]));
    let at_once = printed(&[&["run", &csv, "--trials", "6"], &READ[..]].concat());
    let table = |text: &str| text.lines().skip(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(table(&text), table(&at_once));
}

#[test]
fn a_file_that_changed_after_import_is_named_and_not_used() {
    let folder = TempDir::new().unwrap();
    let (csv, scenario) = (path(&folder, "d.csv"), path(&folder, "d.json"));
    fs::write(&csv, table(120)).unwrap();
    printed(&[&["import", &csv, "--out", &scenario], &READ[..]].concat());
    fs::write(&csv, table(121)).unwrap();
    let message = refused(&["run", &scenario], 2);
    assert!(message.contains("d.csv") && message.contains("changed"), "{message}");
    fs::remove_file(&csv).unwrap();
    assert!(refused(&["run", &scenario], 2).contains("d.csv"));
}

#[test]
fn a_scenario_and_its_data_can_be_moved_together() {
    let folder = TempDir::new().unwrap();
    let (csv, scenario) = (path(&folder, "d.csv"), path(&folder, "d.json"));
    fs::write(&csv, table(120)).unwrap();
    printed(&[&["import", &csv, "--out", &scenario], &READ[..]].concat());
    let before = printed(&["run", &scenario, "--trials", "4"]);
    let other = TempDir::new().unwrap();
    for name in ["d.csv", "d.json"] {
        fs::rename(folder.path().join(name), other.path().join(name)).unwrap();
    }
    assert_eq!(printed(&["run", &path(&other, "d.json"), "--trials", "4"]), before);
}

#[test]
fn bad_columns_and_options_are_refused_with_what_is_there() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "d.csv");
    fs::write(&csv, table(60)).unwrap();
    let message = refused(&["run", &csv, "--labels", "riks"], 2);
    assert!(message.contains("riks") && message.contains("risk"), "{message}");
    let message = refused(&["run", &csv, "--labels", "risk,stay", "--ignore", "id"], 2);
    assert!(message.contains("site"), "text in a feature column is refused: {message}");
    let message = refused(&["run", "two-tasks", "--labels", "risk"], 2);
    assert!(message.contains("two-tasks"), "{message}");
    assert!(refused(&["advise", "two-tasks"], 2).contains("real tasks"));
}

#[test]
fn exported_models_have_the_error_of_their_trial_also_where_rows_are_aligned() {
    for method in ["joint", "align", "whiten", "recolour"] {
        let set = format!("model.method={method}");
        let scenario = ["alignment", "--set", &set];
        let error = |trial: &str| {
            let folder = TempDir::new().unwrap();
            let out = path(&folder, "rows");
            printed(&[&["data"], &scenario[..], &["--trial", trial, "--out", &out]].concat());
            let array = |name: &str| {
                let bytes = fs::read(folder.path().join("rows/models").join(name)).unwrap();
                taskscope::dataset::npy::read(&mut &bytes[..], name, 1 << 24).unwrap().values
            };
            let theta = array("target/theta.npy");
            let off = array("target/units.npy") * array("target/head.npy") - theta;
            (off.transpose() * array("target/covariance.npy") * &off)[0]
        };
        let run = json(&[&["run"], &scenario[..], &["--trials", "2", "--json"]].concat());
        let methods = &run["targets"]["methods"];
        let own = methods.get(method).unwrap_or(&methods["multi"]);
        let measured = &own["excess_risk"]["mean"];
        let measured = measured.as_f64().unwrap();
        let error = 0.5 * (error("0") + error("1"));
        assert!((error / measured - 1.0).abs() < 1e-9, "{method}: {error} {measured}");
    }
}

#[test]
fn a_table_of_a_study_on_files_says_what_was_asked() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "patients.csv");
    fs::write(&csv, table(300)).unwrap();
    let own = ["--trials", "2", "--json"];
    let sweep = [&["sweep", &csv], &READ[..], &["--x", "risk.samples=20:40:2"], &own].concat();
    let affinity = [&["affinity", &csv], &READ[..], &own].concat();
    for asked in [sweep, affinity] {
        let found = json(&asked);
        let command = found["command"].as_str().unwrap();
        assert!(command.starts_with("taskscope ") && command.contains("patients.csv"), "{command}");
        let place = &found["study"]["scenarios"][0]["scenario"]["dataset"];
        assert_eq!(place["sha256"][0].as_str().unwrap().len(), 64);
    }
}

#[test]
fn a_rare_class_that_features_tell_apart_is_not_called_unpredictable() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "rare.csv");
    let mut text = "a,b,death,icu\n".to_owned();
    for i in 0..700 {
        let wave = |k: usize| ((i * k % 701) as f64 / 701.0 - 0.5) * 4.0;
        let (a, b, c) = (wave(13), wave(29), wave(71));
        let yes = |is: bool| if is { "yes" } else { "no" };
        text += &format!("{a},{b},{},{}\n", yes(a + 0.3 * c > 2.1), yes(b + c > 1.0));
    }
    fs::write(&csv, text).unwrap();
    let said = printed(&["run", &csv, "--labels", "death,icu", "--trials", "10"]);
    assert!(!said.contains("hardly predict"), "{said}");
    assert!(said.contains("compare AUC and logistic loss"), "{said}");
    assert!(!said.contains("logarithm"), "{said}");
}

#[test]
fn rows_written_for_other_programs_are_imported_to_the_same_numbers() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "rows");
    printed(&["data", "ratings", "--trial", "3", "--out", &out]);
    for file in ["manifest.json", "scenario.json", "models/module.npy", "tweets/X_train.npy"] {
        assert!(folder.path().join("rows").join(file).is_file(), "{file}");
    }
    let described = printed(&["import", &out, "--out", &path(&folder, "again.json")]);
    assert!(described.contains("4 tasks, 32 features"), "{described}");
    let again = path(&folder, "again-rows");
    let all = ["--set", "tweets.samples=30", "--trials", "2"];
    let sizes: Vec<String> = ["amazon", "movie", "nyt"]
        .iter()
        .flat_map(|task| ["--set".to_owned(), format!("{task}.samples=10")])
        .collect();
    let sizes: Vec<&str> = sizes.iter().map(String::as_str).collect();
    let scenario = path(&folder, "again.json");
    printed(&[&["data", &scenario, "--out", &again], &all[..], &sizes].concat());
    let bytes = |folder_name: &str| {
        let file = folder.path().join(folder_name).join("tweets/X_test.npy");
        fs::read(file).unwrap().len()
    };
    assert_eq!(bytes("rows"), bytes("again-rows"));
}

#[test]
fn rows_of_the_files_become_those_of_a_trial_by_the_maps_beside_the_models() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "d.csv");
    let features = |i: usize| [0.3 * (i % 7) as f64, 50.0 + (i % 11) as f64, (i * i % 13) as f64];
    let row = |i: usize| format!("{i},{}", features(i).map(|x| x.to_string()).join(","));
    fs::write(&csv, format!("y,a,b,c\n{}\n", (0..60).map(row).collect::<Vec<_>>().join("\n")))
        .unwrap();
    let asked: [&[&str]; 3] = [&[], &["--standardise"], &["--standardise", "--components", "2"]];
    for (place, options) in asked.iter().enumerate() {
        let out = path(&folder, &place.to_string());
        let own = ["data", &csv, "--labels", "y", "--trial", "1", "--out", &out];
        printed(&[&own, *options].concat());
        let array = |name: &str| {
            let bytes = fs::read(Path::new(&out).join(name)).unwrap();
            taskscope::dataset::npy::read(&mut &bytes[..], name, 1 << 24).unwrap().values
        };
        let (x, y) = (array("y/X_test.npy"), array("y/y_test.npy"));
        let means = array("models/y/feature_means.npy");
        let map = match place {
            0 => DMatrix::identity(3, 3),
            1 => DMatrix::from_diagonal(&array("models/feature_scales.npy").column(0).into_owned()),
            _ => array("models/feature_components.npy"),
        };
        for (row, label) in x.row_iter().zip(y.iter()) {
            let own = DMatrix::from_row_slice(1, 3, &features(*label as usize));
            let off = (own - means.transpose()) * &map - row;
            assert!(off.amax() < 1e-12, "{options:?}: {off}");
        }
    }
}

#[test]
fn advice_is_a_page_a_web_page_and_json() {
    let folder = TempDir::new().unwrap();
    let files = ["advice.md", "advice.html", "advice.json"].map(|name| path(&folder, name));
    let asked =
        ["advise", "ratings-pair", "--search-trials", "4", "--confirm-trials", "8", "--json"];
    let outs: Vec<&str> = files.iter().flat_map(|file| ["--out", file.as_str()]).collect();
    let document = json(&[&asked[..], &outs].concat());
    assert_eq!(document["schema"], "taskscope.advice/1");
    assert_eq!(document["tasks"].as_array().unwrap().len(), 2);
    let page = fs::read_to_string(&files[0]).unwrap();
    assert!(page.contains(document["headline"].as_str().unwrap()), "{page}");
    let web = fs::read_to_string(&files[1]).unwrap();
    assert!(web.starts_with("<!DOCTYPE html>") && web.contains("<table>"));
    assert_eq!(fs::read_to_string(&files[2]).unwrap(), printed(&[&asked[..], &outs].concat()));
    assert!(refused(&["advise", "ratings", "--search-trials", "1"], 2).contains("--search-trials"));
    let said = refused(&["advise", "ratings", "--trials", "500"], 2);
    assert!(said.contains("--search-trials") && said.contains("--confirm-trials"), "{said}");
}

#[test]
fn what_would_hang_or_destroy_is_refused() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "own.csv");
    fs::write(&csv, table(60)).unwrap();
    let own = [&["import", &csv, "--out", &csv, "--force"], &READ[..]].concat();
    assert!(refused(&own, 2).contains("holds the data"));
    assert_eq!(fs::read_to_string(&csv).unwrap(), table(60));
    #[cfg(unix)]
    assert!(refused(&["import", "/dev/zero"], 2).contains("pipe or a device"));
    let wide = path(&folder, "wide.csv");
    let row =
        |start: usize| (0..1200).map(|i| (start + i * 7 % 13).to_string()).collect::<Vec<_>>();
    let rows: Vec<String> = (0..40).map(|i| format!("{}.5,{}", i * i, row(i).join(","))).collect();
    let names: Vec<String> = (0..1200).map(|i| format!("x{i}")).collect();
    fs::write(&wide, format!("y,{}\n{}\n", names.join(","), rows.join("\n"))).unwrap();
    assert!(refused(&["run", &wide, "--labels", "y"], 2).contains("at most 1000"));
    let huge = path(&folder, "huge.csv");
    fs::write(&huge, table(60).replacen("0;s0;", "1e200;s0;", 1)).unwrap();
    let large = ["run", &huge, "--labels", "risk,stay", "--ignore", "site"];
    assert!(refused(&large, 2).contains("1e60"));
    let components = [&["run", &csv, "--components", "5"], &READ[..]].concat();
    assert!(refused(&components, 2).contains("1 to 4"));
    let memory = |size: &'static str| [&["run", &csv, "--memory", size], &READ[..]].concat();
    printed(&[&memory("0.5")[..], &["--trials", "2"]].concat());
    for size in ["0", "inf", "half"] {
        assert!(refused(&memory(size), 2).contains("a number of GiB above 0"), "{size}");
    }
    let nowhere = path(&folder, "none/x.md");
    assert!(refused(&["advise", "ratings", "--out", &nowhere], 5).contains("folder"));
    assert!(refused(&["advise", "ratings", "--out", &csv], 2).contains(".md"));
    let foreign = path(&folder, "home.html");
    fs::write(&foreign, "<html><title>Advice: mine</title></html>").unwrap();
    assert!(refused(&["advise", "ratings", "--out", &foreign], 2).contains("--force"));
}

#[test]
fn a_folder_of_arrays_without_a_manifest_is_read() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "rows");
    printed(&["data", "ratings", "--out", &out]);
    fs::remove_file(folder.path().join("rows/manifest.json")).unwrap();
    fs::remove_dir_all(folder.path().join("rows/models")).unwrap();
    let said = printed(&["import", &out, "--out", &path(&folder, "again.json")]);
    assert!(said.contains("4 tasks, 32 features"), "{said}");
}

/// A little-endian NPY file of float32 with some columns, and one of labels.
fn arrays(rows: usize, columns: usize) -> [Vec<u8>; 2] {
    let header = |dtype: &str, shape: &str| {
        let text = format!("{{'descr': '{dtype}', 'fortran_order': False, 'shape': {shape}}}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((text.len() as u16).to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes
    };
    let x = |row: usize, column: usize| ((row * 31 + column * 17) % 101) as f32 / 10.0;
    let mut features = header("<f4", &format!("({rows}, {columns})"));
    let mut labels = header("<f8", &format!("({rows},)"));
    for row in 0..rows {
        features.extend((0..columns).flat_map(|column| x(row, column).to_le_bytes()));
        let label = x(row, 0) - 2.0 * x(row, 1) + (row % 7) as f32;
        labels.extend(f64::from(label).to_le_bytes());
    }
    [features, labels]
}

#[test]
fn a_study_does_not_go_on_with_other_data_even_if_its_scenario_names_no_hash() {
    let folder = TempDir::new().unwrap();
    let [csv, file, out] = ["d.csv", "d.json", "study"].map(|name| path(&folder, name));
    fs::write(&csv, table(120)).unwrap();
    printed(&[&["import", &csv, "--out", &file], &READ[..]].concat());
    let mut draft: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    draft["dataset"].as_object_mut().unwrap().remove("sha256");
    fs::write(&file, draft.to_string()).unwrap();
    let sweep = ["sweep", &file, "--x", "risk.samples=20,30", "--trials", "2", "--out", &out];
    printed(&sweep);
    fs::write(&csv, table(121)).unwrap();
    let message = refused(&["sweep", "--resume", "--out", &out], 2);
    assert!(message.contains("d.csv: found a file that has changed"), "{message}");
    let message = refused(&[&sweep[..], &["--resume"]].concat(), 2);
    assert!(message.contains("another study"), "{message}");
    let message = refused(&["affinity", "--resume", "--out", &out, "--subsets", "3"], 2);
    assert!(message.contains("--resume --out DIR alone"), "{message}");
}

#[test]
fn of_more_rows_than_are_wanted_some_are_kept_and_all_are_counted() {
    let folder = TempDir::new().unwrap();
    let (file, scenario) = (path(&folder, "X.npy"), path(&folder, "x.json"));
    // Several blocks are read ahead, and the last is not full.
    let [x, y] = arrays(150_000, 6);
    assert!(x.len() > 3 << 20);
    fs::write(&file, &x).unwrap();
    fs::write(path(&folder, "y.npy"), y).unwrap();
    let said = printed(&["import", &file, "--keep", "1000", "--out", &scenario]);
    for words in ["of all rows", "150,000", "600        150     250", "1,000 drawn at random"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let draft: Value = serde_json::from_str(&fs::read_to_string(&scenario).unwrap()).unwrap();
    assert_eq!(draft["dataset"]["read"]["keep"], 1000);
    let sha256: String = {
        use sha2::{Digest, Sha256};
        Sha256::digest(&x).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    assert_eq!(draft["dataset"]["sha256"][0], sha256);
    let text = printed(&["run", &scenario, "--trials", "4"]);
    assert!(text.contains("R² alone"), "{text}");
    let mut other = x;
    *other.last_mut().unwrap() ^= 1;
    fs::write(&file, other).unwrap();
    assert!(refused(&["run", &scenario], 2).contains("changed"));
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    let own = folder.path().display().to_string();
    let refuse = |arguments: &[&str], words: &[&str]| {
        let message = refused(arguments, 2);
        for word in words {
            assert!(message.contains(word), "{arguments:?}: {word}: {message}");
        }
    };
    for (name, how) in
        [("t.parquet", "read_parquet"), ("t.xlsx", "read_excel"), ("t.mat", "loadmat")]
    {
        let file = path(&folder, name);
        fs::write(&file, b"PAR1").unwrap();
        refuse(&["import", &file], &[name, "convert it once in Python", how]);
        refuse(&["run", &file], &[how]);
        fs::remove_file(file).unwrap();
    }
    let [x, y] = arrays(60, 3);
    let file = path(&folder, "X.npy");
    fs::write(&file, &x).unwrap();
    fs::write(path(&folder, "y.npy"), &y).unwrap();
    refuse(&["import", &file, "--labels", "a"], &["labels: found --labels", "for tables", "y"]);
    refuse(&["import", &own, "--one-hot"], &["one-hot: found --one-hot", "for tables"]);
    fs::remove_file(&file).unwrap();
    fs::remove_file(path(&folder, "y.npy")).unwrap();
    fs::write(path(&folder, "a.csv"), table(40)).unwrap();
    fs::write(path(&folder, "b.csv"), table(40)).unwrap();
    let words = ["a.csv, b.csv in a folder", "a file by its name", "taskscope import"];
    refuse(&["import", &own], &words);
    refuse(&["run", &own], &words);
    fs::write(path(&folder, "manifest.json"), r#"{"kind": 3, "tasks": ["t"]}"#).unwrap();
    refuse(&["import", &own], &[&format!("{own}/manifest.json:1:"), "kind"]);
    fs::write(path(&folder, "manifest.json"), r#"{"dim": "two", "tasks": ["t"]}"#).unwrap();
    refuse(&["import", &own], &["dim: found \"two\"; allowed: a whole number from 0 on"]);
}

#[test]
fn a_mistake_in_the_data_set_of_a_scenario_is_said_without_words_of_the_parser() {
    let folder = TempDir::new().unwrap();
    let (csv, scenario) = (path(&folder, "d.csv"), path(&folder, "d.json"));
    fs::write(&csv, table(120)).unwrap();
    printed(&[&["import", &csv, "--out", &scenario], &READ[..]].concat());
    let good: Value = serde_json::from_str(&fs::read_to_string(&scenario).unwrap()).unwrap();
    for (place, value, words) in [
        (
            "/dataset/files",
            serde_json::json!({}),
            ["dataset.files", "found an object; allowed: a list"],
        ),
        (
            "/dataset/read/labels",
            serde_json::json!("risk"),
            ["dataset.read.labels", "allowed: a list"],
        ),
        (
            "/dataset/read",
            serde_json::json!({"label": []}),
            ["dataset.read.label", "unknown field `label`"],
        ),
        (
            "/dataset/read",
            serde_json::json!({"keep": "5"}),
            ["dataset.read.keep", "a whole number from 1 on"],
        ),
        (
            "/dataset/read",
            serde_json::json!([]),
            ["dataset.read", "found a list; allowed: an object"],
        ),
        ("/dataset", serde_json::json!([]), ["dataset: found a list", "allowed: an object"]),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        fs::write(&scenario, bad.to_string()).unwrap();
        let message = refused(&["run", &scenario], 2);
        assert!(words.iter().all(|word| message.contains(word)), "{words:?}: {message}");
        assert!(!message.contains("invalid type") && !message.contains("expected"), "{message}");
    }
}

#[test]
fn numbers_and_classes_are_refused_together_and_can_be_read_as_numbers() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "both.csv");
    let rows: String = (0..200)
        .map(|i| format!("{},{},{}.5,{}\n", i * 7 % 31, i * 11 % 37, i * 13 % 101, i * 5 % 3 % 2))
        .collect();
    fs::write(&csv, format!("a,b,score,sick\n{rows}")).unwrap();
    let both = ["run", &csv, "--labels", "score,sick", "--trials", "4"];
    let message = refused(&both, 2);
    for words in ["score (numbers) beside sick (±1)", "--kind regression"] {
        assert!(message.contains(words), "{words}: {message}");
    }
    let text = printed(&[&both[..], &["--kind", "regression"]].concat());
    assert!(text.contains("R² alone") && text.contains("sick"), "{text}");
}

#[test]
fn a_scenario_that_was_changed_after_its_import_is_replaced_only_with_force() {
    let folder = TempDir::new().unwrap();
    let (csv, scenario) = (path(&folder, "d.csv"), path(&folder, "d.json"));
    fs::write(&csv, table(120)).unwrap();
    let import = [&["import", &csv, "--out", &scenario], &READ[..]].concat();
    printed(&import);
    printed(&import);
    let other = ["import", &csv, "--out", &scenario, "--labels", "risk", "--ignore", "id,site"];
    printed(&other);
    fs::write(&csv, table(140)).unwrap();
    printed(&import);
    let imported = fs::read_to_string(&scenario).unwrap();
    for (from, to) in [("\"trials\": 40", "\"trials\": 50"), ("\"samples\": 67", "\"samples\": 20")]
    {
        let edited = imported.replacen(from, to, 1);
        assert_ne!(edited, imported);
        fs::write(&scenario, &edited).unwrap();
        let message = refused(&other, 2);
        for words in ["d.json", "changed after its import", "--force"] {
            assert!(message.contains(words), "{words}: {message}");
        }
        assert_eq!(fs::read_to_string(&scenario).unwrap(), edited);
    }
    printed(&[&import[..], &["--force"]].concat());
    assert_eq!(fs::read_to_string(&scenario).unwrap(), imported);
}

#[test]
fn an_import_says_how_many_training_rows_a_trial_uses_and_shows_three_digits() {
    let folder = TempDir::new().unwrap();
    let (csv, scenario) = (path(&folder, "d.csv"), path(&folder, "d.json"));
    let rows: String = (0..1200)
        .map(|i| format!("{},{},{}e-9\n", i * 37 % 101, i * 53 % 97, i * 31 % 89))
        .collect();
    fs::write(&csv, format!("a,b,y\n{rows}")).unwrap();
    let said = printed(&["import", &csv, "--out", &scenario, "--labels", "y"]);
    for words in [
        "1 task, 2 features",
        "at most 500; for y, on 500 of 720",
        "knob y.samples",
        "mean 4.",
        "e-8",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn labels_that_do_not_vary_among_few_test_rows_have_no_share_explained() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "d.csv");
    let part = |i: usize| if i < 3 { "test" } else { ["train", "val"][i % 2] };
    let label = |i: usize| if i < 3 { 2.5 } else { (i * 31 % 89) as f64 / 7.0 };
    let row = |i: usize| format!("{},{},{},{}\n", i * 37 % 101, i * 53 % 97, part(i), label(i));
    fs::write(&csv, format!("a,b,part,y\n{}", (0..90).map(row).collect::<String>())).unwrap();
    let read = ["--labels", "y", "--split-column", "part"];
    let text = printed(&[&["run", &csv, "--trials", "4"], &read[..]].concat());
    assert!(!text.contains("inf") && !text.contains("NaN"), "{text}");
    let explained = text.lines().skip_while(|line| !line.contains("R² alone")).nth(1).unwrap();
    assert_eq!(explained.split_whitespace().collect::<Vec<_>>(), ["y", "–", "–"]);
    assert!(text.contains("The test part of task y has 3 rows: its error says little."), "{text}");
}

#[test]
fn a_folder_that_another_command_fills_is_not_called_foreign() {
    let folder = TempDir::new().unwrap();
    let out = path(&folder, "rows");
    let commands = [1, 2].map(|_| {
        let out = out.clone();
        std::thread::spawn(move || {
            let said = crate::support::program::taskscope(&["data", "ratings", "--out", &out]);
            (said.status.success(), String::from_utf8_lossy(&said.stderr).into_owned())
        })
    });
    let said = commands.map(|command| command.join().unwrap());
    let (done, lost): (Vec<_>, Vec<_>) = said.into_iter().partition(|(success, _)| *success);
    assert_eq!((done.len(), lost.len()), (1, 1), "{done:?} {lost:?}");
    assert!(lost[0].1.contains("--out") && !lost[0].1.contains("did not write"), "{lost:?}");
    printed(&["import", &out, "--out", &path(&folder, "rows.json")]);
}

#[test]
fn where_the_file_gives_the_test_rows_every_verdict_says_what_intervals_cover() {
    let folder = TempDir::new().unwrap();
    let csv = path(&folder, "d.csv");
    let part = |i: usize| ["train", "train", "val", "test"][i % 4];
    let row = |i: usize| {
        let (a, b) = (i * 37 % 101, i * 53 % 97);
        format!("{a},{b},{},{},{}\n", part(i), a + i * 31 % 89, b + i * 29 % 83)
    };
    fs::write(&csv, format!("a,b,part,y,z\n{}", (0..240).map(row).collect::<String>())).unwrap();
    let read = ["--labels", "y,z", "--split-column", "part", "--trials", "4"];
    let rows = ["--set", "y.samples=60", "--set", "z.samples=60"];
    let of = |start: &[&str]| printed(&[start, &read[..], &rows[..]].concat());
    let said = "the test rows are fixed.";
    assert!(of(&["run", &csv]).contains(said));
    let text = of(&["sweep", &csv, "--x", "model.width=1:2:2"]);
    assert!(text.contains(said), "{text}");
    let figure = path(&folder, "gain");
    of(&[
        "export",
        &csv,
        "--figure",
        "gain",
        "--along",
        "y.samples",
        "--format",
        "svg",
        "--out",
        &figure,
    ]);
    let captions = fs::read_dir(&figure).unwrap().map(|entry| entry.unwrap().path());
    let caption = captions.filter(|path| path.extension().is_some_and(|end| end == "txt"));
    let caption = fs::read_to_string(caption.last().unwrap()).unwrap();
    assert!(caption.contains(said), "{caption}");
    assert!(!caption.contains(folder.path().to_str().unwrap()), "{caption}");
    let start = [&["--line", &csv], &read[..], &rows[..]].concat();
    let line = crate::line::converse(&start, "run\nsweep model.width=1:2:2\nquit\n");
    let line = String::from_utf8_lossy(&line.stdout).into_owned();
    assert_eq!(line.matches(said).count(), 3, "{line}");
}

#[test]
fn the_share_of_random_labels_is_a_column_only_where_labels_are_random() {
    let heads = |more: &[&str]| {
        let text = printed(&[&["run", "ratings-pair", "--trials", "2"], more].concat());
        text.lines().find(|line| line.starts_with("task")).unwrap().to_owned()
    };
    assert!(!heads(&[]).contains("random"));
    assert!(heads(&["--set", "nyt.random=0.2"]).contains("random"));
}
