//! Figures of studies: sweeps with their bands and crossings, phase diagrams, affinities.

#![cfg(feature = "png")]

use std::collections::BTreeMap;

use crate::support::common::{outcome, preset, set, with_trials};
use taskscope::cancel::Cancel;
use taskscope::export::{Size, alt, png, points, results, svg};
use taskscope::figure::sweep::SweepSeries;
use taskscope::figure::{Cell, Cells, Figure, MarkRole, Shape, affinity, finding, phase, sweep};
use taskscope::runner;
use taskscope::study::draft::{NamedScenario, Question};
use taskscope::study::probe::PROXIES;
use taskscope::study::{Shard, Study, StudyDraft, StudyResults, engine, unit};
use taskscope::transfer::Verdict;

fn study(names: &[&str], question: Question, trials: usize, methods: &[&str]) -> StudyResults {
    let entry = |name: &&str| {
        let mut scenario = with_trials(&preset(name), trials).draft().clone();
        scenario.compare = methods.iter().map(|method| (*method).to_owned()).collect();
        NamedScenario { name: (*name).to_owned(), scenario }
    };
    let scenarios = names.iter().map(entry).collect();
    StudyResults::new(Study::check(StudyDraft::new(question, scenarios)).unwrap())
}

fn along(
    names: &[&str],
    x: &[&str],
    y: Option<&str>,
    trials: usize,
    methods: &[&str],
) -> StudyResults {
    let x = x.iter().map(|x| (*x).to_owned()).collect();
    study(names, Question::Sweep { x, y: y.map(str::to_owned) }, trials, methods)
}

fn pairs(name: &str, trials: usize) -> StudyResults {
    study(&[name], Question::Affinity { groups: 2, subsets: 0, steps: 30, models: 3 }, trials, &[])
}

fn run(mut results: StudyResults) -> StudyResults {
    let (study, records) = (results.study.clone(), results.records.clone());
    let ran = runner::run(&study, records, Shard::WHOLE, &Cancel::new(), |_| Ok(()));
    results.records = ran.unwrap().unwrap();
    results.theory = engine::predictions(&study, &Cancel::new()).unwrap().into();
    results
}

/// The study after its first few units.
fn begun(mut results: StudyResults, units: usize) -> StudyResults {
    for unit in unit::in_order(&results.study, Shard::WHOLE).take(units) {
        results.records.put(unit, &engine::record(&results.study, unit));
    }
    results
}

fn sweep_of(results: &StudyResults) -> Figure {
    sweep::figure(&[SweepSeries { title: None, results }]).unwrap()
}

fn count(figure: &Figure, is: impl Fn(&Shape) -> bool) -> usize {
    figure.marks.iter().filter(|mark| is(&mark.shape)).count()
}

fn cells(figure: &Figure) -> &Cells {
    let find = |mark: &'_ taskscope::figure::Mark| matches!(mark.shape, Shape::Cells(_));
    match &figure.marks.iter().find(|mark| find(mark)).unwrap().shape {
        Shape::Cells(cells) => cells,
        _ => unreachable!(),
    }
}

#[test]
fn a_sweep_has_a_band_and_points_for_each_scenario_and_method() {
    let names = ["two-tasks", "turning-data"];
    let results = run(along(&names, &["source.noise=0.2:1:3"], None, 6, &["svd"]));
    let figure = sweep_of(&results);
    assert_eq!(count(&figure, |shape| matches!(shape, Shape::Band { .. })), 4);
    let named: Vec<&str> = figure.marks.iter().filter_map(|mark| mark.name.as_deref()).collect();
    for name in ["two-tasks, uniform (n = 6, 95 %)", "turning-data, svd (n = 6, 95 %)"] {
        assert!(named.contains(&name), "{named:?}");
    }
    let roles: std::collections::HashSet<MarkRole> =
        figure.marks.iter().map(|mark| mark.role).collect();
    assert!((0..4).all(|series| roles.contains(&MarkRole::Series(series))));
    assert!(figure.caption.contains("n = 6 trials per point, seed 1"), "{}", figure.caption);
}

#[test]
fn a_crossing_is_marked_where_the_measured_gain_is_zero() {
    let results = run(along(&["two-tasks"], &["source.angle=0:60:5"], None, 40, &[]));
    let figure = sweep_of(&results);
    let crossings = results.crossings(&results.study.lines()[0], 0);
    assert_eq!(crossings.len(), 1);
    let found = crossings[0];
    assert!(!found.rises && found.low.unwrap() < found.at && found.at < found.high.unwrap());
    assert!((found.at - 31.0).abs() < 4.0, "{found:?}");
    assert_eq!(uprights(&figure).len(), 1);
    assert!(
        figure.caption.contains("from help to hurt at angle of θ of the source"),
        "{}",
        figure.caption
    );
}

#[test]
fn knobs_of_different_kinds_share_an_axis_of_their_ranges() {
    let x = ["source.angle=0:90:3", "source.samples=40:4000:3:log"];
    let figure = sweep_of(&run(along(&["two-tasks"], &x, None, 4, &[])));
    assert_eq!((figure.x.from, figure.x.to), (0.0, 1.0));
    let lines = figure.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Band { points } => Some(points.iter().map(|point| point.x).collect::<Vec<_>>()),
        _ => None,
    });
    for xs in lines {
        assert!(
            [0.0, 0.5, 1.0].iter().all(|at| xs.iter().any(|x| (x - at).abs() < 1e-9)),
            "{xs:?}"
        );
    }
}

#[test]
fn a_choice_between_names_has_points_and_no_lines() {
    let figure =
        sweep_of(&run(along(&["svd-weights"], &["model.weights=uniform,svd"], None, 4, &[])));
    assert_eq!(count(&figure, |shape| matches!(shape, Shape::Points { .. })), 1);
    assert_eq!(count(&figure, |s| matches!(s, Shape::Band { .. } | Shape::Line { .. })), 0);
}

#[test]
fn a_phase_diagram_that_has_begun_is_covered_by_what_is_nearest() {
    let grid =
        along(&["two-tasks"], &["source.angle=0:180:9"], Some("source.ratio=1,2,5"), 20, &[]);
    assert!(cells(&phase::figure(&grid, 0).unwrap()).is_partial());
    let first = begun(grid, 4 * 20);
    let figure = phase::figure(&first, 0).unwrap();
    assert_eq!(cells(&figure).size(), (9, 3));
    assert!(!cells(&figure).is_partial());
    assert!(figure.caption.starts_with("80 of 540 trials so far."), "{}", figure.caption);
}

/// How often each verdict is in the cells of a figure that were measured.
fn counts(cells: &Cells) -> BTreeMap<&'static str, usize> {
    let measured = cells.cells.iter().flatten().filter(|cell| cell.measured);
    measured.fold(BTreeMap::new(), |mut counts, cell| {
        *counts.entry(cell.verdict.name()).or_default() += 1;
        counts
    })
}

#[test]
fn a_phase_diagram_says_undecided_wherever_the_table_does() {
    let y = Some("source.noise=0.2:2:2");
    let results = run(along(&["two-tasks"], &["source.angle=20:50:4"], y, 5, &[]));
    let figure = phase::figure(&results, 0).unwrap();
    let (cells, rows) = (cells(&figure), results.rows());
    let targets = rows.iter().filter(|row| row.task == "target");
    let told: Vec<&str> = targets.map(|row| row.measures.verdict.name()).collect();
    let drawn: Vec<&str> = cells.cells.iter().flatten().map(|cell| cell.verdict.name()).collect();
    assert_eq!(drawn, told);
    let open = counts(cells)["undecided"];
    assert!(open > 1 && !told.contains(&"no difference"), "{told:?}");
    let caption = &figure.caption;
    assert!(
        caption.contains(&format!("{open} cells may help or hurt: undecided (?)")),
        "{caption}"
    );
    let said = alt::alternative(&figure);
    assert!(said.contains(&format!("0 make no difference, {open} may help or hurt")), "{said}");
    assert_eq!(points::csv(&figure).unwrap().matches(",undecided,").count(), open);
    assert!(figure.legend().iter().any(|entry| entry.text == "undecided"));
    let found = finding::words(&results);
    assert!(found.contains(&format!("undecided at {open} of 8 cells")), "{found}");
}

#[test]
fn the_alternative_text_of_a_phase_diagram_tells_every_piece_of_a_zero_line() {
    let y = Some("source.noise=0.2:0.4:2");
    let results = run(along(&["two-tasks"], &["source.cosine=-1:1:9"], y, 2, &[]));
    let figure = phase::figure(&results, 0).unwrap();
    let said = alt::alternative(&figure);
    let of_theory = said.split_once("gain 0, theory: line in 2 pieces, ").unwrap().1;
    let ends = of_theory.split_once('.').map(|_| of_theory.matches(" at \u{2212}0").count());
    assert_eq!(ends, Some(2), "one piece has negative cosines: {said}");
}

#[test]
fn an_affinity_matrix_says_undecided_wherever_the_table_does() {
    let results = run(pairs("six-tasks", 4));
    let figure = affinity::matrix(&results).unwrap();
    let all = (0..6).filter_map(|task| results.together(task));
    let outcomes = taskscope::study::groups::pairs(6).filter_map(|(a, b)| results.pair(a, b));
    let open = outcomes.chain(all).filter(|o| o.verdict == Verdict::Undecided).count();
    assert!(open > 0 && counts(cells(&figure))["undecided"] == open);
    let is_open = |cell: &&Cell| cell.verdict == Verdict::Undecided;
    for cell in cells(&figure).cells.iter().flatten().filter(is_open) {
        assert!(cell.text.as_ref().is_some_and(|text| text.starts_with("? ")), "{cell:?}");
    }
    assert!(figure.caption.contains("undecided (?)"), "{}", figure.caption);
}

#[test]
fn an_arrow_in_a_phase_diagram_shows_a_change_of_its_two_knobs_and_of_no_others() {
    let grid = along(&["two-tasks"], &["source.angle=0:90:3"], Some("source.noise=1,2"), 4, &[]);
    let base = preset("two-tasks");
    assert!(phase::way(&grid, &base).is_none());
    let there = set(&set(&base, "source.angle", 40.0), "source.noise", 2.0);
    let mark = phase::way(&grid, &there).unwrap();
    assert!(
        matches!(mark.shape, Shape::Arrow { from: (15.0, 0.5), to: (40.0, 2.0), .. }),
        "{mark:?}"
    );
    assert!(phase::way(&grid, &set(&there, "target.noise", 1.0)).is_none());
}

#[test]
fn the_zero_line_of_a_phase_diagram_runs_where_theory_has_it() {
    let question = ["source.angle=0:90:10"];
    let results = run(along(&["two-tasks"], &question, Some("source.ratio=4,8,16"), 30, &[]));
    let figure = phase::figure(&results, 0).unwrap();
    let lines: Vec<f64> = figure
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Line { points, .. } => {
                Some(points.iter().map(|p| p.0).sum::<f64>() / points.len() as f64)
            }
            _ => None,
        })
        .collect();
    let [measured, theory] = lines[..] else { panic!("{lines:?}") };
    assert!((measured - theory).abs() < 4.0, "{measured} {theory}");
    let grid = cells(&figure);
    assert_eq!(grid.get(0, 2).unwrap().verdict, Verdict::Helps);
    assert_eq!(grid.get(9, 0).unwrap().verdict, Verdict::Hurts);
}

/// Few pixels are drawn soon.
const SMALL: Size = Size { width: 320, height: 240, dpi: 100.0, text: 7.0, caption: true };

#[test]
fn every_figure_of_a_study_is_drawn_from_no_record_on() {
    let angle = &["source.angle=0:90:3"];
    for units in [0, 1, 2, 7, 1000] {
        for results in [
            along(&["two-tasks"], angle, None, 4, &[]),
            along(&["two-tasks"], angle, Some("target.samples=5,22"), 4, &["svd"]),
            pairs("same-data", 2),
        ] {
            let results = begun(results, units);
            let insight = results.insight(3);
            for (name, figure) in results::figures(&results, insight.as_ref()) {
                assert!(!png(&figure, SMALL, &[]).unwrap().is_empty(), "{name}");
                assert!(svg(&figure, Size::PAGE, &[]).unwrap().contains("</svg>"), "{name}");
            }
        }
    }
}

#[test]
fn a_cell_of_the_matrix_is_what_the_pair_shows_when_it_is_opened() {
    let results = run(pairs("six-tasks", 8));
    let base = with_trials(&preset("six-tasks"), 8);
    let figure = affinity::matrix(&results).unwrap();
    for (task, partner) in [(0, 1), (1, 0), (4, 2)] {
        let opened = outcome(&base.with_partner(task, partner).unwrap());
        assert_eq!(results.pair(task, partner), Some(&opened));
        let cell = cells(&figure).get(partner, task).unwrap();
        assert_eq!((cell.value, cell.verdict), (opened.gain.unwrap().mean, opened.verdict));
    }
    let all = outcome(&base.training_only(&[0, 1, 2, 3, 4, 5]).unwrap());
    let mean = (0..6).map(|task| results.together(task).unwrap().multi.mean).sum::<f64>() / 6.0;
    assert!((mean - all.multi.mean).abs() < 1e-12);
}

#[test]
fn a_plan_is_chosen_by_the_trials_of_the_study_and_confirmed_by_others() {
    let results = run(pairs("six-tasks", 40));
    let insight = results.insight(3).unwrap();
    let suggestion = insight.by_pairs.unwrap().suggestion;
    assert_eq!(suggestion.plan, [vec![0, 1, 2], vec![3, 4], vec![5]]);
    let confirmed = results.confirm(&suggestion.plan, &Cancel::new()).unwrap();
    assert_eq!(confirmed.trials, 40);
    assert!(confirmed.plan.is_positive() && confirmed.together.is_negative(), "{confirmed:?}");
    let alone = (0..6).map(|task| vec![task]).collect();
    let confirmed = results.confirm(&alone, &Cancel::new()).unwrap().plan;
    assert_eq!((confirmed.mean, confirmed.low, confirmed.high), (0.0, 0.0, 0.0));
    let cancelled = Cancel::new();
    cancelled.cancel();
    assert!(results.confirm(&suggestion.plan, &cancelled).is_none());
}

#[test]
fn the_scatter_says_in_its_title_whether_the_proxy_agrees_or_misleads() {
    let results = run(pairs("same-data", 40));
    let insight = results.insight(3).unwrap();
    let title = |id: &str| {
        let index = PROXIES.iter().position(|p| p.id == id).unwrap();
        affinity::scatter(&results, &insight, index).unwrap().title
    };
    assert!(title("covariance-normalised").ends_with("MISLEADS"), "{}", title("covariance"));
    assert!(title("look-ahead").ends_with("agrees"), "{}", title("look-ahead"));
    assert!(title("cosine").contains("τ = 0."), "{}", title("cosine"));
}

/// The horizontal positions of vertical lines.
fn uprights(figure: &Figure) -> Vec<f64> {
    let places = figure.marks.iter().filter_map(|mark| match mark.shape {
        Shape::Upright { x, .. } => Some(x),
        _ => None,
    });
    places.collect()
}

/// The points of the measured line.
fn measured_line(figure: &Figure) -> &[(f64, f64)] {
    let lines = figure.marks.iter().find_map(|mark| match &mark.shape {
        Shape::Line { points, .. } if matches!(mark.role, MarkRole::Series(_)) => Some(points),
        _ => None,
    });
    lines.unwrap()
}

#[test]
fn a_file_names_break_even_points_in_its_legend_where_its_line_through_measured_points_is_zero() {
    let results = run(along(&["two-tasks"], &["source.angle=0:180:7"], None, 20, &[]));
    let crossings = results.crossings(&results.study.lines()[0], 0);
    let figure = sweep::explained(sweep_of(&results));
    assert_eq!((crossings.len(), count(&figure, |s| matches!(s, Shape::Text { .. }))), (2, 0));
    let legend: Vec<String> = figure.legend().into_iter().map(|entry| entry.text).collect();
    let named = legend.iter().find(|text| text.starts_with("measured break-even ")).unwrap();
    assert_eq!(named.matches("at ").count(), 2, "{named}");
    let line = measured_line(&figure);
    assert_eq!(line.len(), 7, "only measured points");
    for (at, crossing) in uprights(&figure).into_iter().zip(&crossings) {
        let gain = |x: f64| line.iter().find(|point| point.0 == x).unwrap().1;
        let (from, to) = crossing.between;
        let [zero, before, after] = [0.0, gain(from), gain(to)].map(|gain| figure.y.share(gain));
        let share = (at - from) / (to - from);
        assert!((before + share * (after - before) - zero).abs() < 1e-9, "{at}");
    }
}

#[test]
fn break_even_points_of_two_lines_have_a_legend_entry_each_in_the_colour_of_their_line() {
    let x = ["source.angle=0:90:7", "target.noise=0.1:2:7"];
    let figure = sweep::explained(sweep_of(&run(along(&["two-tasks"], &x, None, 20, &[]))));
    let named = figure.legend().into_iter().filter(|entry| entry.text.contains("break-even"));
    let roles: Vec<MarkRole> = named.map(|entry| figure.marks[entry.mark].role).collect();
    assert_eq!(roles.len(), 2);
    assert_ne!(roles[0], roles[1]);
}

#[test]
fn theory_is_drawn_between_the_measured_values_and_a_grid_value_keeps_its_digits() {
    let figure = sweep_of(&run(along(&["two-tasks"], &["source.angle=0:180:9"], None, 60, &[])));
    let theory = figure.marks.iter().find(|mark| mark.role == MarkRole::Theory).unwrap();
    let Shape::Line { points, .. } = &theory.shape else { panic!("{theory:?}") };
    let zero = points.windows(2).find(|pair| pair[0].1 > 0.0 && pair[1].1 <= 0.0).unwrap();
    assert!(zero[0].0 < 32.1 && zero[1].0 > 31.9, "{zero:?}");
    assert!(
        figure.caption.contains("between angle of θ of the source 135 and 157.5°"),
        "{}",
        figure.caption
    );
}

#[test]
fn a_break_even_between_two_distant_points_is_said_to_lie_between_them() {
    let said = |values: &str| {
        let x = format!("target.noise={values}");
        sweep_of(&run(along(&["two-tasks"], &[&x], None, 20, &[]))).caption
    };
    let coarse = said("0.1:0.48:2");
    assert!(coarse.contains("between noise of the target 0.1 and 0.48."), "{coarse}");
    let finer = said("0.1:0.48:14");
    assert!(
        finer.contains("at noise of the target 0.278 ") && finer.contains("(95 %: 0.2"),
        "{finer}"
    );
}

#[test]
fn pairs_that_cannot_gain_are_not_drawn_against_a_proxy() {
    let mut scenario = with_trials(&preset("three-tasks"), 3).draft().clone();
    scenario.model.width = 2.0;
    let question = Question::Affinity { groups: 2, subsets: 0, steps: 30, models: 3 };
    let entry = NamedScenario { name: "wide".to_owned(), scenario };
    let wide = Study::check(StudyDraft::new(question, vec![entry])).unwrap();
    let results = run(StudyResults::new(wide));
    let insight = results.insight(3).unwrap();
    assert!(affinity::scatter(&results, &insight, 0).is_none());
    assert!(affinity::nothing_to_order(&results).unwrap().contains("every pair is 0"));
    assert!(affinity::nothing_to_order(&run(pairs("three-tasks", 3))).is_none());
}

#[test]
fn points_of_one_score_are_drawn_no_farther_apart_than_a_small_share_of_all_scores() {
    let results = run(pairs("six-tasks", 3));
    let insight = results.insight(3).unwrap();
    let covariance = PROXIES.iter().position(|proxy| proxy.id == "svd").unwrap();
    let figure = affinity::scatter(&results, &insight, covariance).unwrap();
    let drawn = figure.marks.iter().find_map(|mark| match &mark.shape {
        Shape::Points { points, .. } => Some(points),
        _ => None,
    });
    let highest = drawn.unwrap().iter().map(|point| point.x).fold(0.0, f64::max);
    assert!(highest < 1.02, "{highest}");
}
