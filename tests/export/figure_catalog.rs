//! The catalogue of figures: every figure can be exported in every format and read without colour.

#![cfg(all(feature = "png", feature = "cli", feature = "tui"))]

use std::collections::HashSet;
use std::fs;
use std::sync::LazyLock;

use crate::support::common::{preset, set, with_trials};
use crate::support::program::{names, printed, taskscope};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use taskscope::app::settings::Settings;
use taskscope::cancel::Cancel;
use taskscope::catalog::{FIGURES, FigureInfo, Inputs, of_scenario};
use taskscope::explanation::BoundSample;
use taskscope::explanation::bound::{BoundCurve, rows_of_source, trace};
use taskscope::export::{Layout, Size, alt, has_glyph, png, svg};
use taskscope::figure::{
    Dash, Estimate, Figure, MarkRole, Shape, Symbol, bound, capacity, loss, singular, spectrum,
    weights,
};
use taskscope::provenance::Provenance;
use taskscope::runner;
use taskscope::scenario::Scenario;
use taskscope::scenario::preset::PRESETS;
use taskscope::study::training_run::TrainingSetup;
use taskscope::study::{Comparison, Shard, Study, StudyResults, Trial, comparison};
use taskscope::transfer::bound::Bound;
use taskscope::ui::theme::Theme;
use taskscope::ui::widget;
use tempfile::TempDir;

fn measured_capacity(trials: usize) -> StudyResults {
    let scenario = with_trials(&preset("capacity"), trials);
    let question = capacity::question("capacity", &scenario).unwrap();
    let mut results = StudyResults::new(Study::check(question).unwrap());
    let (study, records) = (results.study.clone(), results.records.clone());
    let ran = runner::run(&study, records, Shard::WHOLE, &Cancel::new(), |_| Ok(()));
    results.records = ran.unwrap().unwrap();
    results
}

fn near_tasks(trials: usize) -> Scenario {
    with_trials(&set(&preset("two-tasks"), "source.angle", 0.5), trials)
}

fn traced(scenario: &Scenario) -> BoundCurve {
    trace(scenario, &Cancel::new(), |_| {}).unwrap()
}

/// A comparison of three schemes with invented weights and singular values.
fn invented(scenario: &Scenario, value: f64) -> Comparison {
    let mut found = comparison::first(scenario);
    for (_, weights) in &mut found.weights {
        weights.iter_mut().for_each(|weight| *weight = value);
    }
    found.spectra = [vec![value; 3], vec![value, 1.0, 0.0]];
    found
}

fn invented_along(scenario: &Scenario, value: f64, points: usize) -> BoundCurve {
    let handle = rows_of_source(scenario).unwrap();
    let bound = Bound {
        condition: value,
        sine: value,
        misalignment: value,
        noise_ratio: value,
        bound: Some(value),
    };
    let reach = BoundSample {
        bounds: vec![bound; 2],
        errors: vec![value, 1.0],
        alone: vec![value; 2],
        asked: vec![value; 2],
    };
    let point = |i: usize| (10_f64.powi(i as i32 + 1), reach.clone());
    BoundCurve { handle, points: (0..points).map(point).collect(), complete: true }
}

/// Figures of measured values.
static MEASURED: LazyLock<Vec<Figure>> = LazyLock::new(|| {
    let scenario = near_tasks(4);
    vec![
        weights::figure(&scenario, &comparison::first(&scenario)),
        singular::figure(&scenario, &comparison::first(&scenario)),
        capacity::figure(&measured_capacity(4)).unwrap(),
        bound::figure(&scenario, &traced(&scenario)),
    ]
});

/// Few pixels are drawn soon.
const SMALL: Size = Size { width: 320, height: 240, dpi: 100.0, text: 7.0, caption: true };

/// The same, and figures of values that are none, huge, tiny or no numbers.
fn all_kinds() -> Vec<Figure> {
    let scenario = near_tasks(4);
    let mut figures = MEASURED.clone();
    for value in [f64::NAN, f64::INFINITY, 1e300, 1e-300, 0.0, -1.0, 1.0] {
        let found = invented(&scenario, value);
        figures.push(weights::figure(&scenario, &found));
        figures.push(singular::figure(&scenario, &found));
        for points in [0, 1, 3] {
            figures.push(bound::figure(&scenario, &invented_along(&scenario, value, points)));
        }
    }
    let empty =
        Comparison { spectra: [Vec::new(), Vec::new()], weights: Vec::new(), measurement: None };
    figures.push(weights::figure(&scenario, &empty));
    figures.push(singular::figure(&scenario, &empty));
    let question = capacity::question("capacity", &preset("capacity")).unwrap();
    let nothing = StudyResults::new(Study::check(question).unwrap());
    figures.push(capacity::figure(&nothing).unwrap());
    figures
}

#[test]
fn every_figure_is_drawn_on_every_ground_whatever_its_values() {
    let theme = Theme::of(&Settings::default());
    for figure in all_kinds() {
        for (width, height) in [(1, 1), (3, 40), (16, 6), (40, 12), (80, 24), (120, 36)] {
            let area = Rect::new(0, 0, width, height);
            widget::figure::draw(&figure, &theme, area, &mut Buffer::empty(area));
        }
        assert!(png(&figure, SMALL, &[]).unwrap().starts_with(b"\x89PNG"));
        let text = svg(&figure, SMALL, &[]).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        assert!(!text.contains("NaN") && document.root_element().has_tag_name("svg"));
    }
}

#[test]
fn new_figures_have_ticks_a_whole_caption_and_only_glyphs_of_the_font() {
    for figure in MEASURED.iter() {
        let layout = Layout::of(figure, Size::PAGE).unwrap();
        assert!(layout.y.ticks.len() > 1 && !layout.x.ticks.is_empty(), "{}", figure.id);
        assert_eq!(layout.caption.lines.join(" "), figure.caption, "{}", figure.id);
        let named = figure.marks.iter().filter_map(|mark| mark.name.as_deref());
        let words: String =
            named.chain([&*figure.title, &figure.x.label, &figure.y.label]).collect();
        let missing: String =
            (words + &figure.caption).chars().filter(|c| !has_glyph(*c)).collect();
        assert!(missing.is_empty(), "{}: {missing}", figure.id);
    }
}

/// The dashes and symbols of every series of a figure.
fn looks(figure: &Figure) -> Vec<(Option<Dash>, Option<Symbol>)> {
    let series = figure.marks.iter().filter_map(|mark| match mark.role {
        MarkRole::Series(series) => Some(series),
        _ => None,
    });
    let mut series: Vec<u8> = series.collect();
    series.dedup();
    let marks = |s: u8| figure.marks.iter().filter(move |mark| mark.role == MarkRole::Series(s));
    let dash = |s: u8| {
        marks(s).find_map(|mark| match mark.shape {
            Shape::Line { dash, .. } => Some(dash),
            _ => None,
        })
    };
    let symbol = |s: u8| {
        marks(s).find_map(|mark| match mark.shape {
            Shape::Points { symbol, .. } => Some(symbol),
            _ => None,
        })
    };
    let look = |&series: &u8| (dash(series), symbol(series));
    series.iter().map(look).collect()
}

#[test]
fn series_differ_in_symbol_and_dash_not_only_in_colour() {
    let scenario = with_trials(&preset("svd-weights"), 2);
    let found = comparison::first(&scenario);
    let schemes = looks(&weights::figure(&scenario, &found));
    let alike = ["by size", "random"];
    assert_eq!(schemes.len() + alike.len(), found.weights.len());
    assert!(schemes.iter().all(|(dash, symbol)| dash.is_none() && symbol.is_some()));
    let different: HashSet<String> = schemes.iter().map(|look| format!("{look:?}")).collect();
    assert_eq!(different.len(), schemes.len(), "{schemes:?}");
    let [printed, standardised] = looks(&singular::figure(&scenario, &found))[..] else {
        panic!("two spectra");
    };
    assert!(printed.0 != standardised.0 && printed.1 != standardised.1);
    for figure in [
        capacity::figure(&measured_capacity(2)).unwrap(),
        bound::figure(&near_tasks(2), &traced(&near_tasks(2))),
    ] {
        let named = figure.marks.iter().filter(|mark| mark.name.is_some());
        let forms: Vec<String> = named
            .map(|mark| match &mark.shape {
                Shape::Points { symbol, .. } => format!("{symbol:?}"),
                Shape::Level { dash, .. } => format!("level {dash:?}"),
                Shape::Upright { dash, .. } => format!("upright {dash:?}"),
                Shape::Line { dash, .. } => format!("line {dash:?}"),
                Shape::Band { .. } => "band".to_owned(),
                other => panic!("{other:?}"),
            })
            .collect();
        let different: HashSet<&String> = forms.iter().collect();
        assert_eq!(different.len(), forms.len(), "{}: {forms:?}", figure.id);
    }
}

fn points(figure: &Figure, role: MarkRole) -> Vec<Estimate> {
    let of_role = figure.marks.iter().filter(|mark| mark.role == role);
    of_role
        .flat_map(|mark| match &mark.shape {
            Shape::Points { points, .. } => points.clone(),
            _ => Vec::new(),
        })
        .collect()
}

#[test]
fn capacity_is_best_at_an_inner_width_and_nothing_is_transferred_with_a_unit_for_each_task() {
    let figure = capacity::figure(&measured_capacity(12)).unwrap();
    let points = points(&figure, MarkRole::Measured);
    assert_eq!(points.iter().map(|point| point.x).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 4.0, 5.0]);
    let best = points.iter().max_by(|a, b| a.y.total_cmp(&b.y)).unwrap();
    assert!(best.x == 2.0 && best.low > 0.0, "{best:?}");
    assert!(points[4].y.abs() < 1e-6 && points[0].high < 0.0, "{points:?}");
    assert!(figure.caption.contains("n = 12 trials"), "{}", figure.caption);
}

#[test]
fn the_error_falls_below_the_bound_of_theorem_2_as_the_source_gets_more_rows() {
    let scenario = near_tasks(20);
    let along = traced(&scenario);
    let (first, last) = (&along.points[0].1, &along.points[along.points.len() - 1].1);
    assert!(along.complete && along.trials() == 20 && along.holding() > 0);
    assert!(last.below() == last.holding() && first.below() <= last.below());
    let figure = bound::figure(&scenario, &along);
    let errors = points(&figure, MarkRole::Measured);
    assert!(errors[0].y > errors[errors.len() - 1].y);
    let bands = figure.marks.iter().filter(|mark| matches!(mark.shape, Shape::Band { .. }));
    assert_eq!(bands.count(), 1, "the interval of the bound; no shade over the whole plot");
    let names = figure.marks.iter().filter_map(|mark| mark.name.as_deref());
    assert!(names.into_iter().any(|name| name.starts_with("bound for m₁ of the order")));
}

#[test]
fn where_the_condition_of_theorem_2_fails_the_title_says_so_and_there_is_neither_bound_nor_shade() {
    let scenario = with_trials(&preset("two-tasks"), 4);
    let figure = bound::figure(&scenario, &traced(&scenario));
    assert!(figure.title.contains("gives no bound") && figure.caption.contains("0 of 4 trials"));
    assert!(!figure.marks.iter().any(|mark| matches!(mark.shape, Shape::Band { .. })));
    assert!(figure.marks.iter().all(|mark| mark.role != MarkRole::Theory));
}

#[test]
fn the_weights_drawn_have_a_mean_of_one_and_uniform_ones_stand_beside_svd_weights() {
    let scenario = with_trials(&preset("svd-weights"), 2);
    let figure = weights::figure(&scenario, &comparison::first(&scenario));
    let names: Vec<&str> = figure.marks.iter().filter_map(|mark| mark.name.as_deref()).collect();
    assert_eq!(names[..3], ["uniform, by size, random", "SVD", "SVD as printed"]);
    for series in 0..3 {
        let points = points(&figure, MarkRole::Series(series));
        let mean = points.iter().map(|point| point.x).sum::<f64>() / points.len() as f64;
        assert!((mean - 1.0).abs() < 1e-12 && points.len() == scenario.tasks().len());
    }
}

#[test]
fn every_name_in_the_table_is_one_of_a_kind() {
    let ids: HashSet<&str> = FIGURES.iter().map(|figure| figure.id).collect();
    assert_eq!(ids.len(), FIGURES.len());
    assert!(FigureInfo::find("gain").is_some() && FigureInfo::find("cake").is_none());
    assert!(FIGURES.iter().all(|figure| figure.shows.ends_with('.')));
    for preset in PRESETS {
        let scenario = preset.scenario().unwrap();
        let own: Vec<&str> = of_scenario(&scenario).map(|figure| figure.id).collect();
        assert!(own.contains(&"gain") && !own.contains(&"affinity"), "{}: {own:?}", preset.name);
    }
}

#[test]
fn the_list_of_figures_is_exactly_the_table() {
    let listed = printed(&["figures"]);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), FIGURES.len());
    for (line, figure) in lines.iter().zip(FIGURES) {
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!((words[0], words[1]), (figure.id, figure.needs.name()));
        assert_eq!(line.contains("(study)"), figure.is_of_study());
        assert!(line.ends_with(figure.shows));
    }
    let json: serde_json::Value = serde_json::from_str(&printed(&["figures", "--json"])).unwrap();
    assert_eq!(json["schema"], "taskscope.figures/1");
    let ids: Vec<&str> =
        json["figures"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, FIGURES.iter().map(|figure| figure.id).collect::<Vec<_>>());
}

#[test]
fn every_figure_of_the_table_is_exported_as_png_and_svg() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().to_str().unwrap();
    let ids: Vec<&str> = FIGURES.iter().map(|figure| figure.id).collect();
    // These take other presets or other knobs.
    let others = ["gain", "proxy", "surrogate", "advice-plans", "advice-rows"];
    let plain: Vec<&str> = ids.iter().copied().filter(|id| !others.contains(id)).collect();
    let along = ["--along", "source.angle=0:60:3", "--along", "source.noise=0.2:1:3"];
    let export = |name: &str, figures: &str, more: &[&str]| {
        let common = ["export", name, "--trials", "4", "--preset", "column", "--figure", figures];
        printed(&[&common[..], more, &["--format", "png,svg", "--out", out]].concat())
    };
    export("two-tasks", &plain.join(","), &along);
    let said = export("two-tasks", "gain", &[]);
    assert_eq!(said.lines().count(), 3, "a picture each, and its words: {said}");
    export("three-tasks", "proxy", &[]);
    export("six-tasks", "surrogate", &[]);
    export("ratings-pair", "advice-plans,advice-rows", &[]);
    let written = names(folder.path());
    for id in &ids {
        for (ending, head) in [("png", &b"\x89PNG"[..]), ("svg", &b"<svg "[..])] {
            let is_it = |name: &&String| {
                let end = name.split(&format!("-{id}")).nth(1).unwrap_or_default();
                name.ends_with(ending) && end.starts_with(['.', '-'])
            };
            let name = written.iter().find(is_it);
            let name = name.unwrap_or_else(|| panic!("no {id}.{ending} in {written:?}"));
            assert!(fs::read(folder.path().join(name)).unwrap().starts_with(head), "{name}");
        }
    }
}

#[test]
fn all_stands_for_every_figure_that_the_scenario_has() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("c.svg");
    let out = out.to_str().unwrap();
    printed(&["export", "three-tasks", "--trials", "3", "--figure", "all", "--out", out]);
    let mut written: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let scenario = preset("three-tasks");
    let mut own: Vec<String> =
        of_scenario(&scenario).map(|figure| format!("c-{}.svg", figure.id)).collect();
    written.sort();
    own.sort();
    assert_eq!(written, own);
}

#[test]
fn a_figure_that_the_scenario_does_not_have_is_refused_with_the_reason_and_those_it_has() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("x.svg");
    let out = out.to_str().unwrap();
    for (figure, word) in [("bound", "one target and one source"), ("phase", "two knobs")] {
        let output = taskscope(&["export", "capacity", "--figure", figure, "--out", out]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(word) && said.contains("allowed: "), "{said}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// The figure of a preset with a few trials.
fn drawn(id: &str, name: &str, scenario: &Scenario) -> Figure {
    let (cancel, quiet) = (Cancel::new(), |_: &runner::Progress| ());
    let inputs = Inputs::new(name, scenario, &cancel, &quiet);
    FigureInfo::find(id).unwrap().draw(&inputs, &Provenance::default()).unwrap()
}

#[test]
fn tasks_that_share_their_rows_have_one_spectrum() {
    let figure = drawn("spectrum", "svd-weights", &with_trials(&preset("svd-weights"), 2));
    let legend: Vec<String> = figure.legend().into_iter().map(|entry| entry.text).collect();
    assert_eq!(legend, ["the rows that all 10 tasks share"]);
    assert_eq!(figure.title, "Spectrum of the rows");
}

#[test]
fn a_unit_that_hardly_lies_in_the_plane_is_not_drawn_in_it() {
    for (name, is_drawn) in [("two-tasks", true), ("six-tasks", false)] {
        let figure = drawn("landscape", name, &with_trials(&preset(name), 2));
        let is_unit = |mark: &taskscope::figure::Mark| mark.role == MarkRole::Shared;
        assert_eq!(figure.marks.iter().any(is_unit), is_drawn, "{name}");
        assert_eq!(figure.caption.contains("is not drawn"), !is_drawn, "{}", figure.caption);
        assert!(figure.caption.contains("(population)"), "{}", figure.caption);
    }
}

#[test]
fn the_optima_of_one_setting_have_one_name_in_all_figures() {
    let scenario = with_trials(&preset("three-tasks"), 2);
    let captions = ["gain", "capacity"].map(|id| drawn(id, "three-tasks", &scenario).caption);
    for caption in captions {
        assert!(caption.contains("excess risk at global optima or the best of many"), "{caption}");
    }
}

#[test]
fn descent_ends_no_lower_than_the_optimum_in_the_sum_that_training_minimises() {
    for name in ["two-tasks", "three-tasks", "six-tasks", "svd-weights"] {
        let scenario = preset(name);
        let trial = Trial::own(&scenario, 0);
        let setup = TrainingSetup::of(&scenario, &trial);
        let mut run = setup.start();
        while !run.is_finished() {
            setup.advance(&mut run);
        }
        let floor = setup.floor(&trial);
        assert!(run.joint.loss >= floor.sum * (1.0 - 1e-9), "{name}");
        let figure = loss::figure(&scenario, &run, &floor);
        let levels = figure.marks.iter().filter(|mark| matches!(mark.shape, Shape::Level { .. }));
        let named: Vec<_> = levels.map(|mark| mark.labels.concat()).collect();
        assert!(named.len() == 3 && named.iter().all(|text| text.starts_with("optimum of ")));
        let file = loss::explained(figure);
        let mut names = file.marks.iter().filter_map(|mark| mark.name.as_ref());
        let optima = names.find(|name| name.starts_with("optima, from above: ")).unwrap();
        assert_eq!(optima.matches(',').count(), 3, "{optima}");
    }
}

#[test]
fn the_alternative_text_of_weights_tells_the_largest_weight_and_its_task() {
    let scenario = with_trials(&preset("svd-weights"), 2);
    let found = comparison::first(&scenario);
    let printed = found.weights.iter().find(|(approach, _)| approach.weighting.name() == "svd");
    let largest = printed.unwrap().1.iter().copied().fold(0.0, f64::max);
    let figure = weights::figure(&scenario, &found);
    let said = alt::alternative(&figure);
    let of_svd = said.split(". ").find(|sentence| sentence.starts_with("SVD:"));
    let of_svd = of_svd.unwrap_or_else(|| panic!("{said}"));
    assert!(of_svd.contains(&format!("highest {} at clean", figure.x.write(largest))), "{of_svd}");
}

#[test]
fn the_alternative_text_of_a_spectrum_tells_the_ends_of_its_lines_and_not_of_its_symbols() {
    let figure = spectrum::figure(&preset("fig3-task3"), 0);
    let said = alt::alternative(&figure);
    let lines = figure.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Line { points, .. } => Some(points),
        _ => None,
    });
    let named = figure.marks.iter().filter_map(|mark| mark.name.as_ref());
    let mut told = 0;
    for (points, name) in lines.zip(named) {
        let last = figure.y.write(points[points.len() - 1].1);
        let sentence =
            said.split(". ").find(|sentence| sentence.starts_with(name.as_str())).unwrap();
        let words = format!("line of {} points", points.len());
        assert!(sentence.contains(&words) && sentence.contains(&last), "{sentence}");
        told += 1;
    }
    assert!(told > 0);
}

#[test]
fn a_caption_says_that_all_tasks_have_the_same_rows() {
    for (name, words) in [
        ("svd-weights", "100 rows, the same for all 10 tasks"),
        ("digits", "200 rows, the same for all 10 tasks"),
    ] {
        let scenario = with_trials(&preset(name), 2);
        let caption = weights::figure(&scenario, &comparison::first(&scenario)).caption;
        assert!(caption.contains(words), "{caption}");
    }
}
