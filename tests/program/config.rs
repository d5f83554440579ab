//! The configuration: precedence, origins and errors. Also completions and manual.

#![cfg(feature = "cli")]

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::support::program::{command, text};
use taskscope::app::ACTIONS;
use taskscope::app::settings::SETTINGS;
use taskscope::error::EXIT_CODES;
use taskscope::line;
use tempfile::TempDir;

/// Runs the program in a clean environment, with the user's folders below `home`.
fn at_home(home: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    command(arguments)
        .env_clear()
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_STATE_HOME", home.join("state"))
        .env("TERM", "xterm-256color")
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// A home folder with a configuration.
fn home(configuration: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("config/taskscope");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), configuration).unwrap();
    home
}

/// The printed value and origin of a setting.
fn setting(
    home: &Path,
    variables: &[(&str, &str)],
    flags: &[&str],
    name: &str,
) -> (String, String) {
    let output = at_home(home, variables, &[flags, &["--print-config"]].concat());
    let printed = text(&output.stdout);
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""), "{printed}");
    let line = printed.lines().find(|line| line.starts_with(name)).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    (words[1].to_owned(), words[2..].join(" "))
}

#[test]
fn flags_come_before_the_environment_the_environment_before_the_file_the_file_before_defaults() {
    let home = home("# my eyes\ntheme = \"light\"\n");
    let path = home.path();
    let both = [("TASKSCOPE_THEME", "mono")];
    let (value, origin) = setting(path, &both, &["--theme", "contrast"], "theme");
    assert_eq!((value.as_str(), origin.as_str()), ("contrast", "--theme"));
    let (value, origin) = setting(path, &both, &[], "theme");
    assert_eq!((value.as_str(), origin.as_str()), ("mono", "TASKSCOPE_THEME"));
    let (value, origin) = setting(path, &[], &[], "theme");
    assert_eq!(value, "light");
    assert!(origin.ends_with("config.toml:2"), "{origin}");
    let nobody = TempDir::new().unwrap();
    let (value, origin) = setting(nobody.path(), &[], &[], "theme");
    assert_eq!((value.as_str(), origin.as_str()), ("dark", "default"));
}

#[test]
fn every_value_of_every_setting_is_read_from_the_file_and_the_environment() {
    for each in SETTINGS {
        for value in each.values {
            let variable = format!("TASKSCOPE_{}", each.name.to_uppercase());
            let nobody = TempDir::new().unwrap();
            let found = setting(nobody.path(), &[(&variable, value)], &[], each.name);
            assert_eq!(found, ((*value).to_owned(), variable));
            let home = home(&format!("{} = \"{value}\"\n", each.name));
            assert_eq!(setting(home.path(), &[], &[], each.name).0, *value);
        }
    }
}

#[test]
fn numbers_and_truth_values_may_stand_without_quotes() {
    let home = home("colours = 256\nmouse = false\ntips = true\n");
    let value = |name| setting(home.path(), &[("TERM", "xterm")], &[], name).0;
    assert_eq!(["colours", "mouse", "tips"].map(value), ["256", "off", "on"]);
}

#[test]
fn colours_are_concluded_from_the_environment_unless_they_are_named() {
    let nobody = TempDir::new().unwrap();
    let value = |variables: &[(&str, &str)], flags: &[&str]| {
        setting(nobody.path(), variables, flags, "colours").0
    };
    assert_eq!(value(&[], &[]), "256");
    assert_eq!(value(&[("TERM", "xterm")], &[]), "16");
    assert_eq!(value(&[("COLORTERM", "truecolor")], &[]), "true");
    assert_eq!(value(&[("TERM", "dumb")], &[]), "none");
    assert_eq!(value(&[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], &[]), "16");
    assert_eq!(value(&[("TERM", "dumb"), ("CLICOLOR_FORCE", "0")], &[]), "none");
    assert_eq!(value(&[("NO_COLOR", "1")], &[]), "none");
    assert_eq!(value(&[("NO_COLOR", "")], &[]), "256", "empty is as good as absent");
    assert_eq!(value(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], &[]), "none");
    assert_eq!(value(&[("NO_COLOR", "1")], &["--color", "always"]), "256");
    assert_eq!(value(&[], &["--color", "never"]), "none");
    assert_eq!(value(&[("NO_COLOR", "1")], &["--color", "auto"]), "none");
    assert_eq!(value(&[("NO_COLOR", "1")], &["--colours", "true"]), "true");
    let home = home("colours = \"16\"\n");
    let named = setting(home.path(), &[("NO_COLOR", "1")], &[], "colours").0;
    assert_eq!(named, "16", "what the user names in a file comes before NO_COLOR");
}

#[test]
fn the_background_is_concluded_where_that_is_asked_for() {
    let nobody = TempDir::new().unwrap();
    let theme =
        |hint: &str| setting(nobody.path(), &[("COLORFGBG", hint)], &["--theme", "auto"], "theme");
    assert_eq!(theme("0;15").0, "light");
    assert_eq!(theme("15;0").0, "dark");
    let (value, origin) = theme("");
    assert_eq!(value, "dark");
    assert!(origin.contains("no terminal to ask"), "{origin}");
}

#[test]
fn switches_turn_mouse_and_tips_off() {
    let nobody = TempDir::new().unwrap();
    for (flag, name) in [("--no-mouse", "mouse"), ("--no-tips", "tips")] {
        let found = setting(nobody.path(), &[], &[flag], name);
        assert_eq!(found, ("off".to_owned(), flag.to_owned()));
        assert_eq!(setting(nobody.path(), &[], &[], name).0, "on");
    }
}

#[test]
fn what_is_not_allowed_is_refused_with_place_found_and_allowed() {
    for (configuration, words) in [
        (
            "theme = \"purple\"",
            ["config.toml:1: theme: found \"purple\"", "\"auto\", \"dark\", \"light\""],
        ),
        ("\ncolor = 16", ["config.toml:2: setting: found \"color\"", "theme, colours"]),
        ("\n\nmouse = 3", ["config.toml:3: mouse: found \"3\"", "true, false"]),
        ("tips = [1]", ["config.toml:1: tips: found", "true, false"]),
        ("shape = 1\nsettings = 2", ["config.toml:2: settings: found 2", "this file is newer"]),
        ("theme = \"dark\"\ntheme = \"light\"", ["config.toml:2: configuration: found", "NAME"]),
        ("theme", ["config.toml:1: configuration: found", "NAME = VALUE"]),
    ] {
        let home = home(configuration);
        let output = at_home(home.path(), &[], &["--print-config"]);
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
        assert!(words.iter().all(|words| said.contains(words)), "{configuration}: {said}");
    }
    let nobody = TempDir::new().unwrap();
    type Case = (&'static [(&'static str, &'static str)], &'static [&'static str], &'static str);
    let cases: [Case; 2] = [
        (&[], &["--marks", "dots"], "--marks: found \"dots\"; allowed: auto, braille"),
        (&[("TASKSCOPE_TIPS", "yes")], &[], "TASKSCOPE_TIPS: found \"yes\"; allowed: on, off"),
    ];
    for (variables, flags, words) in cases {
        let arguments = [flags, &["--print-config"]].concat();
        let output = at_home(nobody.path(), variables, &arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn another_file_and_another_folder_can_be_named() {
    let nobody = TempDir::new().unwrap();
    let file = nobody.path().join("mine.toml");
    fs::write(&file, "marks = \"ascii\"\n").unwrap();
    let variables =
        [("TASKSCOPE_CONFIG", file.to_str().unwrap()), ("TASKSCOPE_STATE", "/some/where")];
    assert_eq!(setting(nobody.path(), &variables, &[], "marks").0, "ascii");
    let printed = text(&at_home(nobody.path(), &variables, &["--print-config"]).stdout);
    assert!(printed.contains("mine.toml (TASKSCOPE_CONFIG)"), "{printed}");
    assert!(printed.contains("/some/where (TASKSCOPE_STATE, missing)"), "{printed}");
}

#[test]
fn a_configuration_file_that_is_named_but_not_written_yet_holds_no_settings() {
    let nobody = TempDir::new().unwrap();
    let file = nobody.path().join("new/mine.toml");
    let variables = [("TASKSCOPE_CONFIG", file.to_str().unwrap())];
    let output = at_home(nobody.path(), &variables, &["--print-config"]);
    let printed = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(printed.contains("mine.toml (TASKSCOPE_CONFIG, missing)"), "{printed}");
    assert_eq!(setting(nobody.path(), &variables, &[], "tips").0, "on");
    let known = ["tips"];
    taskscope::store::settings::keep(&file, &[("tips", "off")], &known).unwrap();
    assert_eq!(setting(nobody.path(), &variables, &[], "tips").0, "off");
    let folder = nobody.path().to_str().unwrap();
    let output = at_home(nobody.path(), &[("TASKSCOPE_CONFIG", folder)], &["--print-config"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot be read"), "a folder is no file");
}

#[cfg(target_os = "linux")]
#[test]
fn files_are_looked_for_where_the_platform_has_them() {
    let home = home("");
    let printed = text(&at_home(home.path(), &[], &["--print-config"]).stdout);
    let root = home.path().display();
    assert!(
        printed.contains(&format!("{root}/config/taskscope/config.toml (default)")),
        "{printed}"
    );
    assert!(printed.contains(&format!("{root}/state/taskscope (default, missing)")), "{printed}");
}

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    let nobody = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = at_home(nobody.path(), &[], &["completions", shell]);
        let script = text(&output.stdout);
        assert!(output.status.success());
        for word in ["affinity", "completions", "resume"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let output = at_home(nobody.path(), &[], &["completions", "cmd"]);
    assert_eq!(output.status.code(), Some(2));
}

/// The entries of a section of a manual page: the text after `.TP`, without fonts and escapes.
fn entries(page: &str, section: &str) -> Vec<String> {
    let body = page.split(&format!(".SH {section}\n")).nth(1).unwrap();
    let body = body.split(".SH ").next().unwrap();
    let plain = |text: &str| {
        [
            ("\\fB", ""),
            ("\\fI", ""),
            ("\\fR", ""),
            ("\\-", "-"),
            ("\\*(Aq", "'"),
            ("\\&", ""),
            ("\\\\", "\\"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (sign, word)| text.replace(sign, word))
    };
    body.split(".TP\n").skip(1).map(plain).collect()
}

#[test]
fn the_manual_lists_exactly_the_actions_of_the_table() {
    let nobody = TempDir::new().unwrap();
    let page = text(&at_home(nobody.path(), &[], &["man"]).stdout);
    let keys = entries(&page, "KEYS");
    assert_eq!(keys.len(), ACTIONS.len());
    for (entry, action) in keys.iter().zip(ACTIONS.iter()) {
        assert!(entry.contains(action.help), "{entry}");
        for key in action.keys {
            assert!(entry.contains(&key.to_string()), "{key}: {entry}");
        }
    }
}

#[test]
fn the_manual_knows_settings_commands_of_line_mode_and_codes() {
    let nobody = TempDir::new().unwrap();
    let page = text(&at_home(nobody.path(), &[], &["man"]).stdout);
    let named = entries(&page, "ENVIRONMENT");
    for setting in SETTINGS {
        let name = format!("TASKSCOPE_{}", setting.name.to_uppercase());
        assert!(named.iter().any(|entry| entry.starts_with(&name)), "{name}");
    }
    let commands = entries(&page, "\"LINE MODE\"");
    assert_eq!(commands.len(), line::commands().count());
    let codes = entries(&page, "\"EXIT STATUS\"");
    assert_eq!(codes.len(), EXIT_CODES.len());
    assert_eq!(entries(&page, "FILES").len(), 2);
}

#[test]
fn every_command_has_a_page() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().to_str().unwrap();
    assert!(at_home(folder.path(), &[], &["man", "--out", out]).status.success());
    let help = text(&at_home(folder.path(), &[], &["--help"]).stdout);
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = commands.lines().filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        let page = fs::read_to_string(folder.path().join(format!("taskscope-{name}.1"))).unwrap();
        assert!(page.contains(".SH OPTIONS"), "{name}");
    }
    assert!(folder.path().join("taskscope.1").exists());
}

#[cfg(feature = "tui")]
#[test]
fn the_test_card_is_plain_in_a_pipe_and_says_what_is_concluded() {
    let nobody = TempDir::new().unwrap();
    let output = at_home(nobody.path(), &[("TMUX", "/tmp/tmux,1,0")], &["doctor"]);
    let card = text(&output.stdout);
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
    assert!(!card.contains('\x1b'));
    for words in [
        "output          no terminal",
        "256 (TERM=xterm-256color)",
        "helps",
        "series 7",
        "braille",
        "ascii",
        "set-clipboard on",
        "writable",
        "sessions left   0",
    ] {
        assert!(card.contains(words), "{words}:\n{card}");
    }
    for setting in SETTINGS {
        assert!(card.lines().any(|line| line.starts_with(setting.name)), "{}", setting.name);
    }
}

#[cfg(feature = "tui")]
#[test]
fn the_test_card_is_drawn_even_where_the_configuration_is_refused() {
    let home = home("theme = \"purple\"\n");
    let output = at_home(home.path(), &[], &["doctor"]);
    let card = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert!(card.starts_with("The configuration is invalid: "), "{card}");
    assert!(card.contains("theme: found \"purple\"") && card.contains("256"), "{card}");
}

#[test]
fn the_configuration_in_the_guide_is_accepted() {
    let guide = include_str!("../../assets/guide/settings.md");
    let home = home(guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap());
    assert_eq!(setting(home.path(), &[], &[], "theme").0, "light");
    assert_eq!(setting(home.path(), &[], &[], "marks").0, "braille");
}
