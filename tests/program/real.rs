//! Real data on the command line: import, run, advice, and rows for other programs.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{path, printed, refused};

/// A table of two number tasks on six features, with a group and a text column.
fn table(rows: usize) -> String {
    let mut text = "id;site;x1;x2;x3;x4;risk;stay\n".to_owned();
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
fn advice_is_a_page_a_web_page_and_json() {
    let folder = TempDir::new().unwrap();
    let files = ["advice.md", "advice.html", "advice.json"].map(|name| path(&folder, name));
    let asked = ["advise", "ratings", "--search-trials", "6", "--confirm-trials", "8", "--json"];
    let outs: Vec<&str> = files.iter().flat_map(|file| ["--out", file.as_str()]).collect();
    let document = json(&[&asked[..], &outs].concat());
    assert_eq!(document["schema"], "taskscope.advice/1");
    assert_eq!(document["tasks"].as_array().unwrap().len(), 4);
    let page = fs::read_to_string(&files[0]).unwrap();
    assert!(page.contains(document["headline"].as_str().unwrap()), "{page}");
    let web = fs::read_to_string(&files[1]).unwrap();
    assert!(web.starts_with("<!DOCTYPE html>") && web.contains("<table>"));
    assert_eq!(fs::read_to_string(&files[2]).unwrap(), printed(&[&asked[..], &outs].concat()));
    assert!(refused(&["advise", "ratings", "--search-trials", "1"], 2).contains("--search-trials"));
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
    assert!(refused(&large, 2).contains("1e100"));
    let components = [&["run", &csv, "--components", "5"], &READ[..]].concat();
    assert!(refused(&components, 2).contains("1 to 4"));
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
