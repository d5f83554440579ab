//! The guide: its topics, tables and display.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::drive::Drive;
use crate::support::program::PROGRAM;
use taskscope::app::settings::SETTINGS;
use taskscope::app::{ACTIONS, Key};
use taskscope::catalog::FIGURES;
use taskscope::error::EXIT_CODES;
use taskscope::export::PURPOSES;
use taskscope::guide::{TOPICS, Topic};
use taskscope::line;
use taskscope::method::METHODS;
use taskscope::method::weighting::SCHEMES;
use taskscope::scenario::knob::KNOBS;
use taskscope::scenario::knob::KnobScope;
use taskscope::study::probe::PROXIES;
use taskscope::study::table::columns;

/// Set this variable to rewrite tables and transcripts instead of comparing them.
const UPDATE: &str = "UPDATE_GUIDE";

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(PROGRAM)
        .args(arguments)
        .env_remove("PAGER")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments, "").stdout).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of all topics, and the README.
fn files() -> Vec<PathBuf> {
    let topics = TOPICS.iter().map(|topic| root().join(format!("assets/guide/{}.md", topic.name)));
    topics.chain([root().join("README.md")]).collect()
}

/// A Markdown table. A cell that begins with a backtick is code to its end.
fn table<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let heads = row(heads.map(str::to_owned).to_vec()) + &row(vec!["---".to_owned(); N]);
    let cell = |cell: String| {
        let end = if cell.starts_with('`') && !cell.ends_with('`') { "`" } else { "" };
        cell.replace('|', "\\|") + end
    };
    heads + &rows.map(|cells| row(cells.map(cell).to_vec())).collect::<String>()
}

/// A table generated from the code, by the name in its marker.
fn code_table(name: &str) -> String {
    match name {
        "keys" => keys(),
        "schemes" => table(
            ["scheme", "what it does", "source"],
            SCHEMES.iter().map(|s| [code(s.name), s.help.into(), s.citation.into()]),
        ),
        "methods" => table(
            ["method", "what it does", "source"],
            METHODS.iter().map(|m| [code(m.name), m.help.into(), m.citation.into()]),
        ),
        "knobs" => knobs(),
        "proxies" => table(
            ["proxy", "formula", "what it is", "source"],
            PROXIES.iter().map(|p| [code(p.id), p.symbol.into(), p.help.into(), p.source.into()]),
        ),
        "columns" => table(
            ["column", "what it holds"],
            columns().map(|(name, words)| [code(name), words.into()]),
        ),
        "figures" => table(
            ["figure", "needs", "what it shows"],
            FIGURES.iter().map(|f| [code(f.id), f.needs.name().into(), f.shows.into()]),
        ),
        "purposes" => table(
            ["preset", "size"],
            PURPOSES.iter().map(|purpose| [code(purpose.name), purpose.about.into()]),
        ),
        "commands" => commands(&[]),
        "lesson-commands" => commands(&["lesson"]),
        "line-commands" => table(
            ["command", "what it does"],
            line::commands()
                .map(|c| [code(format!("{} {}", c.name, c.arguments).trim()), c.help.into()]),
        ),
        "exit-codes" => table(
            ["code", "meaning"],
            EXIT_CODES.iter().map(|(code, meaning)| [code.to_string(), (*meaning).into()]),
        ),
        "settings" => table(
            ["setting", "values", "what it is"],
            SETTINGS.iter().map(|s| [code(s.name), s.values.join(", "), s.help.into()]),
        ),
        _ => panic!("no table is called {name}"),
    }
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn keys() -> String {
    let rows = ACTIONS.iter().map(|action| {
        let keys: Vec<String> = action.keys.iter().map(ToString::to_string).collect();
        [keys.join(", "), action.contexts_in_words(), action.help.into()]
    });
    table(["keys", "where", "what they do"], rows)
}

fn knobs() -> String {
    let rows = KNOBS.iter().map(|knob| {
        let owner = match knob.scope {
            KnobScope::Task => "TASK",
            KnobScope::Model => "model",
            KnobScope::Data => "data",
        };
        [code(&format!("{owner}.{}", knob.name)), knob.help.into(), knob.allowed_words()]
    });
    table(["knob", "what it is", "allowed"], rows)
}

/// The subcommands of a command with their help.
fn commands(above: &[&str]) -> String {
    let help = printed(&[above, &["--help"]].concat());
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = listed.lines().filter(|line| !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    let rows = names.filter(|name| *name != "help").map(|name| {
        let help = printed(&[above, &[name, "--help"]].concat());
        let mut parts = help.split("\n\n");
        let about = parts.next().unwrap().replace('\n', " ");
        let usage = parts.next().unwrap().trim_start_matches("Usage: ");
        [code(usage.trim()), about]
    });
    table(["command", "what it does"], rows)
}

/// A text with its tables replaced by those of the code.
fn with_tables(text: &str) -> String {
    let mut parts = text.split("<!-- table: ");
    let mut fresh = parts.next().unwrap().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->").unwrap();
        let (_, behind) = rest.split_once("<!-- end -->").unwrap();
        fresh += &format!("<!-- table: {name} -->\n\n{}\n<!-- end -->{behind}", code_table(name));
    }
    fresh
}

/// A text with its transcripts replaced by the output of the program.
fn with_outputs(text: &str) -> String {
    let mut parts = text.split("```");
    let mut fresh = parts.next().unwrap().to_owned();
    for part in parts {
        let command = part.split_once("\n$ ").and_then(|(_, rest)| rest.split_once('\n'));
        let kind = part.split('\n').next().unwrap();
        fresh += "```";
        match command.filter(|_| ["console", "text"].contains(&kind)) {
            Some((command, _)) => fresh += &format!("{kind}\n$ {command}\n{}", output(command)),
            None => fresh += part,
        }
    }
    fresh
}

/// The output of a command line: `taskscope …`, or `printf '…' | taskscope …`.
fn output(command: &str) -> String {
    let (input, call) = match command.strip_prefix("printf '") {
        Some(rest) => rest.split_once("' | ").unwrap(),
        None => ("", command),
    };
    let arguments: Vec<&str> = call.split_whitespace().skip(1).collect();
    String::from_utf8(run(&arguments, &input.replace("\\n", "\n")).stdout).unwrap()
}

#[test]
fn every_table_in_the_guide_is_that_of_the_code() {
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        let fresh = with_tables(&text);
        if std::env::var_os(UPDATE).is_some() {
            std::fs::write(&file, with_outputs(&fresh)).unwrap();
        } else {
            let name = file.file_name().unwrap().display();
            assert!(
                fresh == text,
                "a table in {name} is out of date: see `taskscope guide developing`"
            );
        }
    }
}

#[test]
fn every_file_of_the_guide_is_a_topic_with_a_title_of_its_own() {
    let files = std::fs::read_dir(root().join("assets/guide")).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut topics: Vec<&str> = TOPICS.iter().map(|topic| topic.name).collect();
    names.sort();
    topics.sort_unstable();
    assert_eq!(names, topics);
    for topic in TOPICS {
        assert!(topic.text.starts_with("# ") && topic.title().contains(": "), "{}", topic.name);
        assert_eq!(topic.text.matches("\n# ").count(), 0, "{}", topic.name);
    }
}

#[test]
fn the_topics_are_listed_and_each_is_shown_in_lines_of_80_columns() {
    let list = printed(&["guide"]);
    for topic in TOPICS {
        assert!(list.contains(&format!("{} ", topic.name)) && list.contains(topic.title()));
        let output = run(&["guide", topic.name], "");
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(text.starts_with(topic.title()) && !text.contains('\u{1b}'), "{text}");
    }
}

#[test]
fn an_unknown_topic_is_answered_with_all_topics_and_those_that_are_like_it() {
    let output = run(&["guide", "verdict"], "");
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(TOPICS.iter().all(|topic| said.contains(topic.name)), "{said}");
    assert!(said.contains("similar value exists: 'verdicts'"), "{said}");
}

#[test]
fn every_topic_that_a_text_names_exists() {
    let texts = TOPICS.iter().map(|topic| topic.text).chain([include_str!("../../README.md")]);
    let named: Vec<&str> = texts
        .flat_map(|text| text.split("taskscope guide ").skip(1))
        .filter_map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '-')).next())
        .filter(|name| !["", "TOPIC", "lists"].contains(name))
        .collect();
    assert!(named.len() >= 5);
    for name in named {
        assert!(Topic::find(name).is_some(), "{name}");
    }
}

#[test]
fn the_help_and_the_commands_of_the_screen_open_a_topic_of_the_guide() {
    for overlay in ['?', ':'] {
        let mut drive = Drive::preset("two-tasks", 20);
        drive.press(Key::Char(overlay));
        drive.write("guide verdicts");
        drive.press(Key::Enter);
        let screen = drive.screen(80, 24);
        let title = Topic::find("verdicts").unwrap().title();
        assert!(screen.contains(title), "{screen}");
        assert!(screen.contains("module B (d × r) is the same for all tasks."), "{screen}");
        drive.press(Key::End);
        let screen = drive.screen(80, 24);
        assert!(!screen.contains(title) && screen.contains("up to rounding"), "{screen}");
        drive.press(Key::Escape);
        assert!(drive.app.over.is_none());
    }
}

/// The output of a topic in a terminal of 60 columns with a pager.
#[cfg(unix)]
fn in_terminal(pager: &str) -> String {
    use std::io::Read;
    let size = portable_pty::PtySize { rows: 24, cols: 60, pixel_width: 0, pixel_height: 0 };
    let pair = portable_pty::native_pty_system().openpty(size).unwrap();
    let mut command = portable_pty::CommandBuilder::new(PROGRAM);
    command.args(["guide", "theory"]);
    command.env("PAGER", pager);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(n @ 1..) = reader.read(&mut buffer) {
        bytes.extend(&buffer[..n]);
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8(bytes).unwrap()
}

#[cfg(unix)]
#[test]
fn in_a_terminal_a_topic_goes_through_the_pager_in_lines_of_its_width() {
    let title = Topic::find("theory").unwrap().title();
    let paged = in_terminal("sed s/^/|/");
    assert!(paged.starts_with(&format!("|\u{1b}[1m{title}\u{1b}[0m")), "{paged}");
    assert!(paged.lines().all(|line| line.starts_with('|')));
    let prose = paged.lines().filter(|line| !line.starts_with("|  "));
    assert!(
        prose.map(|line| line.chars().count()).max().unwrap() <= 60 + "|\u{1b}[1m\u{1b}[0m".len()
    );
    for pager in ["", "no-such-pager --at-all"] {
        assert!(in_terminal(pager).starts_with(&format!("\u{1b}[1m{title}")), "{pager}");
    }
}
