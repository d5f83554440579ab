//! A lesson as a live page: everything is in it, its policy fits, and its script finds what it needs.

#![cfg(feature = "png")]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node, ParsingOptions};
use sha2::{Digest, Sha256};
use taskscope::cancel::Cancel;
use taskscope::export::html;
use taskscope::figure::words as figures;
use taskscope::lesson::catalog::{BuiltInLesson, TEMPLATE, preset};
use taskscope::lesson::figures::LessonFigure;
use taskscope::lesson::session::{is_inside, the_right_choice};
use taskscope::lesson::sheet::SheetMeasurements;
use taskscope::lesson::step::letter;
use taskscope::lesson::{Lesson, SoughtValue, StepKind, Truth, words};

struct Written {
    lesson: Lesson,
    measured: SheetMeasurements,
    shown: Vec<LessonFigure>,
    page: String,
}

fn written(toml: &str) -> Written {
    let lesson = Lesson::parse(toml, "lesson.toml", &preset).unwrap();
    let measured = lesson.measured(0, &Cancel::new()).unwrap();
    let shown = lesson.illustrated(&measured, &Cancel::new()).unwrap();
    let page = html::page(&lesson, &measured, &shown).unwrap();
    Written { lesson, measured, shown, page }
}

/// The page of the template, with few trials.
static PAGE: LazyLock<Written> =
    LazyLock::new(|| written(&TEMPLATE.replace("trials = 60", "trials = 12")));

fn parsed(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap()
}

fn all<'a>(node: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |n| n.tag_name().name() == name)
}

fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter_map(|n| if n.is_text() { n.text() } else { None }).collect()
}

/// The section of a step.
fn section<'a>(document: &'a Document<'a>, place: usize) -> Node<'a, 'a> {
    let id = format!("step-{}", place + 1);
    let mut sections = all(document.root(), "section");
    sections.find(|section| section.attribute("id") == Some(&id)).unwrap()
}

fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|own| own.split(' ').any(|own| own == class))
}

#[test]
fn a_page_holds_every_step_every_choice_and_every_number() {
    let Written { lesson, measured, page, .. } = &*PAGE;
    let document = parsed(page);
    let heads: Vec<String> = all(document.root(), "h2").map(text_of).collect();
    for (place, step) in lesson.steps.iter().enumerate() {
        assert_eq!(heads[place], format!("{}. {}", place + 1, step.kind.title()));
        let told = text_of(section(&document, place));
        for (_, choice) in words::choices(step) {
            assert!(told.contains(&choice.text.say(&measured.findings)), "{told}");
        }
        for text in step.texts() {
            for paragraph in words::paragraphs(&text.say(&measured.findings)) {
                assert!(told.contains(&paragraph), "{paragraph}\n{told}");
            }
        }
    }
    assert_eq!(heads.len(), lesson.steps.len() + 2, "the score and all measurements");
    let told = text_of(all(document.root(), "main").next().unwrap());
    for setting in &lesson.settings {
        for sentence in words::measured(measured.findings.get(&setting.name).unwrap()) {
            assert!(told.contains(&sentence), "{sentence}");
        }
    }
    assert!(!told.contains(['{', '}']) && !told.contains("??"));
}

#[test]
fn a_page_is_well_formed_and_needs_nothing_else() {
    let Written { lesson, measured, shown, page } = &*PAGE;
    let document = parsed(page);
    let count = |name: &str| all(document.root(), name).count();
    assert_eq!((count("script"), count("style"), count("link"), count("img")), (1, 1, 0, 0));
    assert!(count("svg") >= 3 && count("svg") == count("figcaption"));
    for svg in all(document.root(), "svg") {
        let of = |name: &str| svg.children().find(|n| n.tag_name().name() == name).unwrap();
        assert!(of("title").text().is_some_and(|title| !title.is_empty()));
        assert!(of("desc").text().unwrap().starts_with("Chart: "));
    }
    let ids: Vec<&str> = document.descendants().filter_map(|n| n.attribute("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{ids:?}");
    for outside in
        ["http:", "https:", "//", "src=", "@import", "url(h", "href", "innerHTML", "eval"]
    {
        let own = page.replace("//]]>", "");
        assert!(!own.contains(outside), "{outside}");
    }
    assert_eq!(*page, html::page(lesson, measured, shown).unwrap(), "equal bytes");
}

#[test]
fn the_policy_allows_the_script_and_the_style_by_their_hashes_and_nothing_else() {
    let document = parsed(&PAGE.page);
    let metas = all(document.root(), "meta");
    let policy = metas.filter(|n| n.attribute("http-equiv") == Some("Content-Security-Policy"));
    let policy = policy.filter_map(|n| n.attribute("content")).next().unwrap();
    let hash = |name: &str| {
        let (_, behind) = PAGE.page.split_once(&format!("<{name}>")).unwrap();
        let (text, _) = behind.split_once(&format!("</{name}>")).unwrap();
        assert!(!text.contains(['<', '&', '\r']), "{name}: equal as HTML and as XML");
        format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
    };
    let expected = format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        hash("script"),
        hash("style")
    );
    assert_eq!(policy, expected);
    assert!(document.descendants().all(|n| n.attribute("style").is_none()));
    let handlers = |n: Node<'_, '_>| n.attributes().any(|own| own.name().starts_with("on"));
    assert!(!document.descendants().any(handlers));
    let script = all(document.root(), "script").next().unwrap().text().unwrap();
    assert!(script.len() < 15_000, "{}", script.len());
}

#[test]
fn without_scripts_what_is_measured_is_folded_away() {
    let document = parsed(&PAGE.page);
    let open = document.descendants().filter(|n| {
        let folded = n.ancestors().any(|a| a.tag_name().name() == "details");
        !folded && n.is_text() && n.text().is_some_and(|t| t.contains('±') && t.contains("n ="))
    });
    assert_eq!(open.count(), 0);
    let acts = document.descendants().filter(|n| has_class(*n, "act"));
    for act in acts {
        assert_eq!(act.attribute("hidden"), Some("hidden"), "buttons need the script");
    }
    for control in ["button", "output"].into_iter().flat_map(|name| all(document.root(), name)) {
        assert!(control.ancestors().any(|a| has_class(a, "act")), "{control:?}");
    }
}

#[test]
fn every_control_has_a_name_and_every_result_is_announced() {
    let document = parsed(&PAGE.page);
    let labels: Vec<Node<'_, '_>> = all(document.root(), "label").collect();
    let fields = ["input", "textarea"].into_iter().flat_map(|name| all(document.root(), name));
    for field in fields {
        let own = field.attribute("id");
        let named = field.attribute("aria-label").is_some()
            || field.ancestors().any(|a| a.tag_name().name() == "label")
            || labels.iter().any(|label| own.is_some() && label.attribute("for") == own);
        assert!(named, "{field:?}");
        assert_eq!(field.attribute("autocomplete"), Some("off"), "progress starts anew");
    }
    for set in all(document.root(), "fieldset") {
        assert!(set.children().any(|n| n.tag_name().name() == "legend"));
    }
    let asking = all(document.root(), "section").filter(|n| n.attribute("data-asks").is_some());
    for section in asking {
        let results: Vec<_> = section.descendants().filter(|n| has_class(*n, "result")).collect();
        assert_eq!(results.len(), 1);
        assert_eq!(results[0].attribute("role"), Some("status"));
        assert_eq!(section.descendants().filter(|n| has_class(*n, "commit")).count(), 1);
    }
    for scrolled in document.descendants().filter(|n| has_class(*n, "scroll")) {
        assert_eq!(scrolled.attribute("tabindex"), Some("0"), "it scrolls by keyboard");
        assert!(scrolled.attribute("aria-label").is_some());
    }
    let wide = ["table", "svg"].into_iter().flat_map(|name| all(document.root(), name));
    for wide in wide {
        assert!(wide.ancestors().any(|a| has_class(a, "scroll")), "it scrolls in its own box");
    }
}

#[test]
fn the_script_judges_as_the_lesson_does() {
    let Written { lesson, measured, page, .. } = &*PAGE;
    let document = parsed(page);
    let findings = &measured.findings;
    for (place, step) in lesson.steps.iter().enumerate() {
        let section = section(&document, place);
        let asks = section.attribute("data-asks");
        match &step.kind {
            StepKind::Predict { .. } => {
                let right = the_right_choice(step, findings).map(|right| letter(right).to_string());
                assert_eq!(section.attribute("data-right"), right.as_deref());
                assert_eq!(asks, Some("predict"));
                let inputs: Vec<_> = all(section, "input").collect();
                assert_eq!(inputs.len(), 3 + 3);
            }
            StepKind::Reveal { answers, .. } => {
                let id = answers.map(|place| format!("step-{}", place + 1));
                assert_eq!(section.attribute("data-answers"), id.as_deref());
            }
            StepKind::Find { knob, sought: SoughtValue::Inside(number), .. } => {
                assert_eq!(asks, Some("typed"));
                let end = |name: &str| section.attribute(name).unwrap().parse::<f64>().unwrap();
                let (low, high) = (end("data-low"), end("data-high"));
                let interval = number.value(findings.get("angles").unwrap()).unwrap();
                assert!(is_inside(*knob, low, interval) && is_inside(*knob, high, interval));
                assert!(!is_inside(*knob, low - 0.01, interval));
                assert!(!is_inside(*knob, high + 0.01, interval));
            }
            StepKind::Free { .. } => assert_eq!(asks, Some("turned")),
            StepKind::Explain { .. } => assert_eq!(asks, Some("write")),
            _ => assert_eq!(asks, None),
        }
    }
}

#[test]
fn a_slider_goes_through_the_rows_of_the_table_which_are_the_measured_points() {
    let Written { lesson, shown, page, .. } = &*PAGE;
    let document = parsed(page);
    let along: Vec<_> = shown.iter().filter_map(|shown| shown.points.as_ref()).collect();
    let benches: Vec<_> = document.descendants().filter(|n| has_class(*n, "points")).collect();
    assert!(along.len() >= 2);
    let charts: Vec<_> = along.iter().filter(|along| along.points.len() > 1).collect();
    assert_eq!(charts.len(), benches.len());
    for (along, bench) in charts.into_iter().zip(benches) {
        let slider = all(bench, "input").next().unwrap();
        assert_eq!(slider.attribute("max").unwrap(), (along.points.len() - 1).to_string());
        let begins: usize = slider.attribute("value").unwrap().parse().unwrap();
        let distance = |i: usize| (along.points[i].value - along.begins).abs();
        assert!((0..along.points.len()).all(|i| distance(begins) <= distance(i)));
        let body = all(bench, "tbody").next().unwrap();
        let rows: Vec<_> = all(body, "tr").collect();
        let mut left = f64::NEG_INFINITY;
        for (row, point) in rows.iter().zip(&along.points) {
            let cells: Vec<String> = row.children().filter(Node::is_element).map(text_of).collect();
            assert_eq!(cells[0], figures::value_of(along.handle, point.value));
            assert_eq!(cells[1], figures::effect(&point.outcome));
            assert_eq!(cells[3], point.outcome.trials.to_string());
            let at: Vec<f64> =
                row.attribute("data-at").unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
            assert!(at[0] > left, "in the order of the axis");
            left = at[0];
        }
        assert_eq!(rows.len(), along.points.len());
        assert_eq!(bench.descendants().filter(|n| has_class(*n, "mark")).count(), 1);
    }
    let free = lesson.steps.iter().position(|step| step.kind.name() == "free").unwrap();
    let own = shown.iter().find(|shown| shown.step == Some(free)).unwrap();
    let truths: Vec<_> = own.points.as_ref().unwrap().points.iter().map(|p| p.truth).collect();
    assert!(truths.contains(&Some(Truth::Holds)) && truths.contains(&Some(Truth::Fails)));
}

#[test]
fn every_kind_of_lesson_has_a_page() {
    for id in ["task-weights", "proxies"] {
        let built = BuiltInLesson::find(id).unwrap();
        let line = |line: &str| match line.starts_with("trials = ") {
            true => "trials = 6\n".to_owned(),
            false => format!("{line}\n"),
        };
        let toml: String = built.toml.lines().map(line).collect();
        let written = written(&toml);
        let document = parsed(&written.page);
        let sections = all(document.root(), "section").count();
        assert_eq!(sections, written.lesson.steps.len() + 2, "{id}");
        let next = "Next comes the lesson ";
        assert!(text_of(document.root()).contains(next), "{id}");
    }
}
