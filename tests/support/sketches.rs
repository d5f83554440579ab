//! Three figures with invented numbers: a sweep, a phase diagram and an affinity matrix.

use taskscope::figure::{
    Anchor, Axis, AxisScale, Cell, Cells, Dash, Estimate, Figure, Mark, MarkRole, Shape, Symbol,
    TickFormat,
};
use taskscope::transfer::Verdict;

/// Gain against source rows, for two series, with bands and zero crossings.
pub fn sweep() -> Figure {
    let rows: Vec<f64> = (0..10).map(|i| 20.0 * 5e4_f64.powf(f64::from(i) / 9.0)).collect();
    let names = ["joint training", "joint training (alignment)"];
    let mut marks = vec![
        Mark::new(MarkRole::Reference, Shape::Level { y: 0.0, dash: Dash::Dashed })
            .named("no difference"),
    ];
    for (series, name) in (0_u8..).zip(names) {
        let points: Vec<Estimate> = rows
            .iter()
            .map(|&x| {
                let along = (x / 20.0).ln() / 5e4_f64.ln();
                let y = 0.45 * (1.0 - (2.2 - 1.3 * f64::from(series)) * along.powf(0.8));
                let half = 0.04 + 0.09 * (1.0 - along);
                Estimate { x, y, low: y - half, high: y + half }
            })
            .collect();
        let line = points.iter().map(|point| (point.x, point.y)).collect();
        let alone = points.iter().map(|p| Estimate { low: p.y, high: p.y, ..*p }).collect();
        let role = MarkRole::Series(series);
        let dash = Dash::of_series(series);
        marks.push(Mark::new(role, Shape::Band { points }));
        marks.push(Mark::new(role, Shape::Line { points: line, dash }));
        let symbol = Symbol::of_series(series);
        marks.push(Mark::new(role, Shape::Points { points: alone, symbol }).named(name));
    }
    let crossing = 1150.0;
    marks.push(Mark::new(MarkRole::Here, Shape::Upright { x: crossing, dash: Dash::Dotted }));
    let text = "no gain from 1 150 rows on".to_owned();
    let label = Shape::Text { at: (1300.0, 0.52), text, anchor: Anchor::Start };
    marks.push(Mark::new(MarkRole::Here, label));
    Figure {
        id: "sweep",
        title: "Gain of target along source.samples".into(),
        x: Axis {
            label: "source.samples m".into(),
            scale: AxisScale::Log,
            from: 20.0,
            to: 1e6,
            format: TickFormat::Number,
        },
        y: Axis {
            label: "gain of target".into(),
            scale: AxisScale::Linear,
            from: -0.7,
            to: 0.6,
            format: TickFormat::Percent,
        },
        marks,
        caption: "Bands: paired 95 % intervals over 100 trials. Invented numbers.".into(),
        square: false,
    }
}

/// Verdicts over an angle and a number of rows, 40 × 20 cells, with a predicted boundary.
pub fn phases() -> Figure {
    let angles: Vec<f64> = (0..40).map(|i| f64::from(i) * 180.0 / 39.0).collect();
    let rows: Vec<f64> = (0..20).map(|i| 10.0 * 1e3_f64.powf(f64::from(i) / 19.0)).collect();
    let gain = |angle: f64, rows: f64| {
        let fit = angle.to_radians().cos().abs();
        1.3 * (fit - 0.5) - 0.9 * (rows / 300.0).log10() * (1.0 - fit)
    };
    let cell = |angle: f64, rows: f64| {
        let value = gain(angle, rows);
        let verdict = match value {
            v if v > 0.08 => Verdict::Helps,
            v if v < -0.08 => Verdict::Hurts,
            _ => Verdict::NoDifference,
        };
        let known = !(150.0..175.0).contains(&angle) || rows < 3000.0;
        known.then(|| Cell::new(value, verdict))
    };
    let cells = rows.iter().flat_map(|&r| angles.iter().map(move |&a| cell(a, r))).collect();
    let (columns, lines) = (AxisScale::Linear.edges(&angles), AxisScale::Log.edges(&rows));
    let boundary = |from: f64, to: f64| {
        let place = |i: u32| {
            let angle = from + (to - from) * f64::from(i) / 60.0;
            let fit = angle.to_radians().cos().abs();
            (angle, 300.0 * 10f64.powf(1.3 * (fit - 0.5) / (0.9 * (1.0 - fit))))
        };
        Shape::Line { points: (0..=60).map(place).collect(), dash: Dash::Solid }
    };
    let x = Axis {
        label: "source.angle ∠θ".into(),
        scale: AxisScale::Linear,
        from: columns[0],
        to: columns[40],
        format: TickFormat::Degrees,
    };
    let y = Axis {
        label: "source.samples m".into(),
        scale: AxisScale::Log,
        from: lines[0],
        to: lines[20],
        format: TickFormat::Number,
    };
    let shown = Cells { columns, rows: lines, cells };
    let here = Estimate { x: 60.0, y: 400.0, low: 400.0, high: 400.0 };
    let here = Shape::Points { points: vec![here], symbol: Symbol::Ring };
    Figure {
        id: "phases",
        title: "Where source helps and hurts target".into(),
        x,
        y,
        marks: vec![
            Mark::new(MarkRole::Theory, boundary(30.0, 88.0)).named("theory: gain 0"),
            Mark::new(MarkRole::Theory, boundary(150.0, 92.0)),
            Mark::new(MarkRole::Measured, Shape::Cells(shown)),
            Mark::new(MarkRole::Here, here).named("here"),
        ],
        caption: "Each cell: 20 paired trials, verdict at 95 %. Invented numbers.".into(),
        square: false,
    }
}

/// A matrix of six tasks, with the gain written in every cell.
pub fn affinities() -> Figure {
    let names = ["depth", "normals", "segmentation", "edges", "keypoints", "reshading"];
    let cell = |column: usize, row: usize| {
        let value = match (column as f64 - row as f64).abs() {
            0.0 => return None,
            apart => 0.9 * (1.3 / apart.sqrt() - 0.85) - 0.07 * row as f64,
        };
        let verdict = match value {
            v if v > 0.05 => Verdict::Helps,
            v if v < -0.05 => Verdict::Hurts,
            _ => Verdict::NoDifference,
        };
        let sign = if value < 0.0 { "−" } else { "+" };
        Some(Cell::new(value, verdict).saying(format!("{sign}{:.0}", 100.0 * value.abs())))
    };
    let cells = (0..6).flat_map(|row| (0..6).map(move |column| cell(column, row))).collect();
    let edges: Vec<f64> = (0..=6).map(|i| f64::from(i) - 0.5).collect();
    let shown = Cells { columns: edges.clone(), rows: edges, cells };
    Figure {
        id: "affinities",
        title: "Gain of each task from each other, in %".into(),
        x: Axis::of_names("source", names),
        y: Axis::of_names("target", names),
        marks: vec![Mark::new(MarkRole::Measured, Shape::Cells(shown))],
        caption: "Each cell: 50 paired trials, verdict at 95 %. Invented numbers.".into(),
        square: false,
    }
}

/// All three.
pub fn all() -> [Figure; 3] {
    [sweep(), phases(), affinities()]
}
