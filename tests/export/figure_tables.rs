//! Tables of figures: names of marks, categories, cells with interval and verdict.

use taskscope::export::alt;
use taskscope::export::points::{csv, points, series};
use taskscope::figure::{Axis, Cell, Cells, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol};
use taskscope::transfer::Verdict;

fn figure(marks: Vec<Mark>) -> Figure {
    let names = |label: &str| Axis::of_names(label, ["first", "50 %, {second}"]);
    let (x, y) = (names("x"), names("y"));
    Figure { id: "gain", title: "t".into(), x, y, marks, caption: String::new(), square: false }
}

fn line(role: MarkRole, dash: Dash) -> Mark {
    Mark::new(role, Shape::Line { points: vec![(0.0, 0.0), (1.0, 1.0)], dash })
}

fn matrix() -> Mark {
    let cells = vec![
        Some(Cell::new(f64::NAN, Verdict::NoDifference).saying("–").unmeasured()),
        Some(Cell::new(-0.02, Verdict::NoDifference).within(-0.06, 0.02)),
        Some(Cell::new(0.5, Verdict::Helps).within(0.4, 0.6)),
        Some(Cell::new(-0.5, Verdict::Hurts).within(-0.6, -0.4)),
    ];
    let edges = || vec![-0.5, 0.5, 1.5];
    Mark::new(MarkRole::Reference, Shape::Cells(Cells { columns: edges(), rows: edges(), cells }))
}

fn names(figure: &Figure) -> Vec<String> {
    figure.marks.iter().map(|mark| series(figure, mark)).collect()
}

#[test]
fn a_second_branch_has_the_name_of_the_branch_that_looks_like_it() {
    let role = MarkRole::Series(6);
    let marks = vec![
        line(role, Dash::Solid).named("measured"),
        line(role, Dash::Dotted).named("theory"),
        line(role, Dash::Dotted),
        line(role, Dash::Solid),
    ];
    assert_eq!(names(&figure(marks)), ["measured", "theory", "theory", "measured"]);
}

#[test]
fn parts_of_a_series_share_its_name_and_all_others_have_that_of_their_role() {
    let points = vec![Estimate { x: 0.0, y: 0.0, low: 0.0, high: 0.0 }];
    let dots = Shape::Points { points: points.clone(), symbol: Symbol::Disc };
    let marks = vec![
        Mark::new(MarkRole::Series(1), Shape::Band { points }),
        Mark::new(MarkRole::Series(1), dots).named("task 3"),
        line(MarkRole::Theory, Dash::Dotted).of("task 3, theory"),
        line(MarkRole::Target, Dash::Solid),
    ];
    let figure = figure(marks);
    assert_eq!(names(&figure), ["task 3", "task 3", "task 3, theory", "target"]);
    assert_eq!(figure.legend().len(), 1);
}

#[test]
fn what_stands_beside_a_name_is_in_the_table_at_the_name() {
    let beside = |x: f64| Estimate { x, y: 0.3, low: 0.3, high: 0.3 };
    let shape = Shape::Points { points: vec![beside(-0.24), beside(0.76)], symbol: Symbol::Disc };
    let figure = figure(vec![Mark::new(MarkRole::Series(0), shape).named("s")]);
    let found = points(&figure, &figure.marks[0]);
    assert_eq!([found[0].x, found[1].x], [0.0, 1.0]);
    assert!(found[0].x.is_sign_positive() && (found[1].offset + 0.24).abs() < 1e-12);
    let table = csv(&figure).unwrap();
    assert!(table.contains(",first,") && table.contains(",50 percent; (second),"), "{table}");
}

#[test]
fn a_cell_is_told_with_its_interval_and_verdict_and_only_where_it_was_measured() {
    let figure = figure(vec![matrix()]);
    let found = points(&figure, &figure.marks[0]);
    let told: Vec<_> = found.iter().map(|p| (p.x, p.y, p.low, p.high, p.verdict)).collect();
    assert_eq!(
        told,
        [
            (1.0, 0.0, -0.06, 0.02, Some(Verdict::NoDifference)),
            (0.0, 1.0, 0.4, 0.6, Some(Verdict::Helps)),
            (1.0, 1.0, -0.6, -0.4, Some(Verdict::Hurts)),
        ]
    );
    let said = alt::alternative(&figure);
    assert!(said.contains("1 help, 1 hurt, 1 make no difference."), "{said}");
}
