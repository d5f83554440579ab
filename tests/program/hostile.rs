//! Hostile files: compressed bombs, deep nesting, or many small parts. Each is refused quickly and
//! with little memory; the error names the file and the limit.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use taskscope::scenario::preset::PRESETS;
use taskscope::store::session::AbandonedSession;
use taskscope::store::settings;
use tempfile::TempDir;

use crate::support::program::PROGRAM;

/// Largest address space of the program, in KiB: that of the idle program plus 200 MB.
const MOST: u32 = 600_000;
/// Time limit, even for a slow machine.
const LONGEST: Duration = Duration::from_secs(20);
const SOFTWARE: &str = concat!("taskscope ", env!("CARGO_PKG_VERSION"));

fn run(folder: &Path, words: &str) -> Output {
    let begun = Instant::now();
    let program = PROGRAM;
    let line = format!("ulimit -v {MOST}; exec {program} {words}");
    let output = Command::new("sh")
        .args(["-c", &line])
        .current_dir(folder)
        .envs([("MALLOC_ARENA_MAX", "1"), ("RAYON_NUM_THREADS", "1")])
        .output()
        .unwrap();
    assert!(begun.elapsed() < LONGEST, "{words}: {:?}", begun.elapsed());
    output
}

/// The error message of a command that must fail with exit code 2.
fn refused(folder: &Path, words: &str) -> String {
    let output = run(folder, words);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{words}: {said}");
    said
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let sum = crc32fast::hash(&[kind, data].concat()).to_be_bytes();
    [&length, &kind[..], data, &sum].concat()
}

/// A PNG file with our name and the given chunks.
fn png(chunks: &[Vec<u8>]) -> Vec<u8> {
    let software = chunk(b"tEXt", format!("Software\0{SOFTWARE}").as_bytes());
    let end = chunk(b"IEND", b"");
    [b"\x89PNG\r\n\x1a\n".to_vec(), software, chunks.concat(), end].concat()
}

/// A compressed text of spaces, `mebibytes` MiB long.
fn packed(keyword: &str, mebibytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    (0..mebibytes).for_each(|_| encoder.write_all(&[b' '; 1 << 20]).unwrap());
    let head = format!("{keyword}\0\u{1}\0\0\0");
    chunk(b"iTXt", &[head.as_bytes(), &encoder.finish().unwrap()].concat())
}

fn svg(inside: &str) -> String {
    format!("<svg><metadata data-keyword=\"Software\">{SOFTWARE}</metadata>{inside}</svg>")
}

#[test]
fn texts_that_unfold_beyond_their_limit_are_refused_with_it() {
    let folder = TempDir::new().unwrap();
    let place = folder.path().join("a.png");
    for (keyword, mebibytes, most) in
        [("Scenario", 512, "1 MiB"), ("Study", 768, "8 MiB"), ("Drawing", 512, "64 KiB")]
    {
        fs::write(&place, png(&[packed(keyword, mebibytes)])).unwrap();
        assert!(fs::metadata(&place).unwrap().len() < 8 << 20);
        let limit = format!("{keyword}: found more than {most}; allowed: {most} at most");
        for command in ["run", "open", "export"] {
            let out = if command == "export" { "--figure plane --out b.png" } else { "" };
            let said = refused(folder.path(), &format!("{command} a.png {out}"));
            assert!(said.contains("a.png") && said.contains(&limit), "{said}");
        }
    }
}

#[test]
fn a_text_that_nobody_asks_for_is_not_unfolded() {
    let folder = TempDir::new().unwrap();
    let scenario = PRESETS[0].json.as_bytes();
    let own = chunk(b"iTXt", &[b"Scenario\0\0\0\0\0", scenario].concat());
    fs::write(folder.path().join("a.png"), png(&[packed("Comment", 512), own])).unwrap();
    assert!(run(folder.path(), "run a.png --trials 2").status.success());
}

#[test]
fn a_figure_of_ours_is_read_through_an_element_of_very_many_attributes() {
    let folder = TempDir::new().unwrap();
    let attributes: String = (0..100_000).map(|i| format!(" a{i}=\"1\"")).collect();
    let scenario = PRESETS[0].json.replace('"', "&quot;");
    let note = format!("<g{attributes}/><metadata data-keyword=\"Scenario\">{scenario}</metadata>");
    fs::write(folder.path().join("a.svg"), svg(&note)).unwrap();
    assert!(run(folder.path(), "run a.svg --trials 2").status.success());
}

#[test]
fn very_many_parts_and_very_deep_ones_take_little_time_and_memory() {
    let folder = TempDir::new().unwrap();
    let many = |part: &str, bytes: usize| part.repeat(bytes / part.len());
    let information = format!("/Software ({SOFTWARE})") + &many("/A()/Study()", 30 << 20);
    let pdf = format!(
        "%PDF-1.7\n1 0 obj\n<<{information}>>\nendobj\nxref\n0 2\n0000000000 65535 f \n\
         0000000009 00000 n \ntrailer\n<</Info 1 0 R>>\nstartxref\n{}\n%%EOF",
        9 + 10 + information.len() + 2 + 8
    );
    let deep = |depth: usize| svg(&("<g>".repeat(depth) + &"</g>".repeat(depth)));
    let note = "<metadata data-keyword=\"Scenario\">";
    let references = svg(&format!("{note}{}</metadata>", many("&#32;", 8 << 20)));
    let chunks = png(&[chunk(b"tEXt", b"Study\0a").repeat(1 << 20)]);
    let files: [(&str, Vec<u8>, &str); 9] = [
        ("a.pdf", pdf.into_bytes(), "figure of a study"),
        ("elements.svg", svg(&many("<g/>", 30 << 20)).into_bytes(), "without its scenario"),
        ("attributes.svg", svg(&many("<g a='' b=''/>", 30 << 20)).into_bytes(), "without its"),
        ("deep.svg", deep(1 << 20).into_bytes(), "nested elements; allowed: 10000"),
        ("long.svg", references.into_bytes(), "Scenario: found more than 1 MiB"),
        ("chunks.png", chunks, "figure of a study"),
        ("deep.json", "[".repeat(1 << 19).into_bytes(), "127 at most"),
        ("objects.json", "{\"a\":".repeat(1 << 17).into_bytes(), "127 at most"),
        ("zeros.json", format!("[{}0]", many("0,", 1 << 19)).into_bytes(), "an object"),
    ];
    for (name, bytes, words) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
        let said = refused(folder.path(), &format!("run {name}"));
        assert!(said.contains(name) && said.contains(words), "{said}");
    }
    for (name, text) in [
        ("arrays.toml", "a=".to_owned() + &"[".repeat(500_000)),
        ("tables.toml", "a=".to_owned() + &"{a=".repeat(300_000)),
        ("keys.toml", "a.".repeat(500_000) + "a=1"),
        ("header.toml", format!("[{}a]", "a.".repeat(500_000))),
        ("faults.toml", "= ".repeat(500_000)),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        assert!(refused(folder.path(), &format!("lesson check {name}")).contains(name));
    }
}

#[test]
fn every_kind_of_file_has_a_limit_and_says_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let large = |name: &str, bytes: usize| fs::write(path.join(name), "a".repeat(bytes)).unwrap();
    let says = |words: &str, name: &str, most: &str| {
        let said = refused(path, words);
        let limit = format!("found more than {most}; allowed: {most} at most");
        assert!(said.contains(name) && said.contains(&limit), "{words}: {said}");
    };
    large("a.json", (1 << 20) + 1);
    says("run a.json", "a.json", "1 MiB");
    large("a.toml", (1 << 20) + 1);
    says("lesson check a.toml", "a.toml", "1 MiB");
    fs::create_dir(path.join("answers")).unwrap();
    large("answers/a.json", (1 << 20) + 1);
    says("lesson grade answers", "a.json", "1 MiB");
    fs::create_dir(path.join("class")).unwrap();
    (0..=10_000).for_each(|i| large(&format!("class/{i}.json"), 0));
    let said = refused(path, "lesson grade class");
    assert!(said.contains("class") && said.contains("allowed: 10000 at most"), "{said}");
    fs::create_dir(path.join("study")).unwrap();
    large("study/study.json", (8 << 20) + 1);
    for words in ["sweep --resume --out study", "open study", "merge study --out merged"] {
        says(words, "study.json", "8 MiB");
    }
    says("sweep two-tasks --trials 4 --out study", "study.json", "8 MiB");
    fs::write(path.join("a.svg"), format!("<{}", " ".repeat(32 << 20))).unwrap();
    says("run a.svg", "a.svg", "32 MiB");
    fs::create_dir(path.join("sessions")).unwrap();
    large("sessions/a.json", (2 << 20) + 1);
    let skipped = AbandonedSession::find(&path.join("sessions")).skipped;
    assert!(skipped[0].contains("a.json") && skipped[0].contains("2 MiB at most"), "{skipped:?}");
    large("config.toml", (1 << 16) + 1);
    let config = path.join("config.toml");
    let fault = settings::keep(&config, &[("theme", "light")], &["theme"]).unwrap_err();
    assert!(fault.to_string().contains("64 KiB at most"), "{fault}");
    assert_eq!(fs::metadata(&config).unwrap().len(), (1 << 16) + 1);
}

#[test]
fn a_study_of_many_small_parts_takes_little_memory() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let scenario = PRESETS[0].json;
    let texts = "\"\",".repeat(2_700_000);
    let study = format!(
        "{{\"study\":1,\"program\":\"0.1.0\",\"question\":{{\"sweep\":{{\"x\":[{texts}\"\"]}}}},\
         \"scenarios\":[{{\"name\":\"a\",\"scenario\":{scenario}}}]}}"
    );
    fs::create_dir(path.join("study")).unwrap();
    for (text, words) in [
        (study, "KNOB=FROM:TO:N"),
        (format!("{{\"study\":[{}0]}}", "0,".repeat(4_000_000)), "study: found"),
        (format!("[{}0]", "0,".repeat(4_000_000)), "found"),
    ] {
        fs::write(path.join("study/study.json"), text).unwrap();
        let said = refused(path, "sweep --resume --out study");
        assert!(said.contains("study.json") && said.contains(words), "{said}");
        let said = refused(path, "sweep two-tasks --trials 4 --out study");
        assert!(said.contains("study.json") && said.contains("another study"), "{said}");
    }
}

#[test]
fn numbers_beyond_all_memory_are_refused_with_their_limit() {
    let folder = TempDir::new().unwrap();
    let path = folder.path();
    let whole: serde_json::Value = serde_json::from_str(PRESETS[0].json).unwrap();
    for (pointer, field) in [
        ("/data/dimension", "data.dimension"),
        ("/tasks/0/samples", "tasks[0].samples"),
        ("/tasks/0/count", "tasks[0].count"),
        ("/trials", "trials"),
        ("/model/width", "model.width"),
    ] {
        let mut scenario = whole.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        scenario.pointer_mut(parent).unwrap()[name] = 1e15.into();
        fs::write(path.join("a.json"), scenario.to_string()).unwrap();
        let said = refused(path, "run a.json");
        let words = format!("a.json: {field}: found 1e15; allowed: a whole number from ");
        assert!(said.contains(&words), "{said}");
    }
    let mut scenario = whole.clone();
    scenario["tasks"] = vec![whole["tasks"][0].clone(); 3000].into();
    fs::write(path.join("a.json"), scenario.to_string()).unwrap();
    assert!(refused(path, "run a.json").contains("a different name for each task"));
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000, 2), }";
    let header = format!("{header:117}\n");
    let mut array = b"\x93NUMPY\x01\x00".to_vec();
    array.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
    array.extend(header.as_bytes());
    for name in ["X.npy", "y.npy"] {
        fs::write(path.join(name), &array).unwrap();
    }
    let said = refused(path, "run X.npy");
    assert!(said.contains("allowed: 16000000000000128 bytes, as the header promises"), "{said}");
    fs::write(path.join("ok.csv"), "a,y\n1,2\n").unwrap();
    let mut scenario = whole;
    scenario["dataset"] = serde_json::json!({"files": vec!["ok.csv"; 1001]});
    fs::write(path.join("a.json"), scenario.to_string()).unwrap();
    assert!(refused(path, "run a.json").contains("found 1001; allowed: at most 1000 files"));
    scenario["dataset"] = serde_json::json!({"files": ["ok.csv", "ok.csv"]});
    fs::write(path.join("a.json"), scenario.to_string()).unwrap();
    let said = refused(path, "run a.json");
    assert!(said.contains("ok.csv twice") && said.contains("every file once"), "{said}");
}
