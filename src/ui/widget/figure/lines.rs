//! Lines and bands in Braille, half blocks or dots.

use ratatui::buffer::Buffer;
use ratatui::style::Color;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Painter, Shape as CanvasShape};

use super::Placed;
use crate::app::settings::Marks;
use crate::figure::{Dash, Estimate, Mark, MarkRole, Shape};
use crate::ui::theme::Theme;

/// The marker that lines are drawn with, and its dots across and down in a terminal cell.
pub(super) fn marker(theme: &Theme) -> (Marker, (u16, u16)) {
    match theme.marks() {
        Marks::Ascii => (Marker::Dot, (1, 1)),
        Marks::Braille if !theme.is_thick() => (Marker::Braille, (2, 4)),
        _ => (Marker::HalfBlock, (1, 2)),
    }
}

/// Draws the lines of all marks, with bands behind them. Cells keep their colours.
pub(super) fn draw(placed: &Placed<'_>, theme: &Theme, buffer: &mut Buffer) {
    let mut marks: Vec<&Mark> = placed.marks().collect();
    marks.sort_by_key(|mark| mark.shape.depth());
    let (across, down) = placed.dots;
    let grounds: Vec<Color> = placed.inner.positions().map(|place| buffer[place].bg).collect();
    Canvas::default()
        .marker(marker(theme).0)
        .x_bounds([0.0, 1.0])
        .y_bounds([0.0, 1.0])
        .paint(|context| {
            for mark in &marks {
                let color = theme.role(mark.role).fg.unwrap_or(Color::Reset);
                if let Shape::Band { points } = &mark.shape {
                    let color = match mark.role {
                        MarkRole::Theory => theme.dim().fg.unwrap_or(Color::Reset),
                        _ => color,
                    };
                    let ends = points.iter().map(|point| ends(placed, point)).collect();
                    let dots = (placed.inner.width * across, placed.inner.height * down);
                    context.draw(&Fill { ends, dots, color });
                }
                for (points, dash) in traces(placed, &mark.shape) {
                    if theme.marks() == Marks::Ascii {
                        context.marker(Marker::Custom(ascii(dash)));
                    }
                    context.draw(&Trace { points, dash, color });
                }
            }
        })
        .render(placed.inner, buffer);
    for (place, ground) in placed.inner.positions().zip(grounds) {
        buffer[place].set_bg(ground);
    }
}

/// The character of a line if only ASCII is available.
fn ascii(dash: Dash) -> char {
    match dash {
        Dash::Solid => '-',
        Dash::Dashed => '~',
        Dash::Dotted => '.',
        Dash::DashDot => '=',
    }
}

/// The lines of a shape, in shares of the axes.
fn traces(placed: &Placed<'_>, shape: &Shape) -> Vec<(Vec<(f64, f64)>, Dash)> {
    let at = |points: &[(f64, f64)]| points.iter().filter_map(|p| placed.share(*p)).collect();
    let (x, y) = (&placed.figure.x, &placed.figure.y);
    match shape {
        Shape::Line { points, dash } => vec![(at(points), *dash)],
        Shape::Level { y, dash } => vec![(at(&[(x.from, *y), (x.to, *y)]), *dash)],
        Shape::Upright { x, dash } => vec![(at(&[(*x, y.from), (*x, y.to)]), *dash)],
        Shape::Arrow { from, to, dash } => vec![(at(&[*from, *to]), *dash)],
        Shape::Ellipse { map, dash } => vec![(at(&ellipse(map)), *dash)],
        Shape::Points { points, .. } => {
            let bars = points.iter().filter_map(|point| ends(placed, point));
            bars.map(|(x, low, high)| (vec![(x, low), (x, high)], Dash::Solid)).collect()
        }
        Shape::Band { .. } | Shape::Cells(_) | Shape::Text { .. } => Vec::new(),
    }
}

/// Position and interval of a point in shares of the axes, clipped to the axes.
fn ends(placed: &Placed<'_>, point: &Estimate) -> Option<(f64, f64, f64)> {
    let (x, y) = (&placed.figure.x, &placed.figure.y);
    let (x, middle) = (x.share(point.x), y.share(point.y));
    let end = |value: f64, otherwise: f64| {
        let share = y.share(value);
        if share.is_finite() { share } else { otherwise }
    };
    let (low, high) = (end(point.low, 1.0), end(point.high, 0.0));
    let known = x.is_finite() && middle.is_finite();
    known.then(|| (x, low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)))
}

/// The area of a band, filled with sparse dots.
struct Fill {
    /// Positions and intervals in shares of the axes; `None` is a gap.
    ends: Vec<Option<(f64, f64, f64)>>,
    /// Number of dots across and down.
    dots: (u16, u16),
    color: Color,
}

impl CanvasShape for Fill {
    fn draw(&self, painter: &mut Painter) {
        for column in (0..self.dots.0).step_by(4) {
            let x = (f64::from(column) + 0.5) / f64::from(self.dots.0);
            let Some((low, high)) = self.at(x) else { continue };
            let row = |share: f64| (1.0 - share) * f64::from(self.dots.1);
            let (top, bottom) = (row(low.max(high)), row(low.min(high)));
            for dot in (0..self.dots.1).filter(|dot| dot % 4 == 1 + column % 8 / 2) {
                if (top..=bottom).contains(&(f64::from(dot) + 0.5)) {
                    painter.paint(column.into(), dot.into(), self.color);
                }
            }
        }
    }
}

impl Fill {
    /// The lower and upper end at a position.
    fn at(&self, x: f64) -> Option<(f64, f64)> {
        self.ends.windows(2).find_map(|pair| {
            let [Some(a), Some(b)] = pair else { return None };
            let t = (x - a.0) / (b.0 - a.0);
            let between = |a: f64, b: f64| a + t * (b - a);
            (0.0..=1.0).contains(&t).then(|| (between(a.1, b.1), between(a.2, b.2)))
        })
    }
}

fn ellipse(map: &[[f64; 2]; 2]) -> Vec<(f64, f64)> {
    (0..=96)
        .map(|i| {
            let (sin, cos) = (f64::from(i) * std::f64::consts::TAU / 96.0).sin_cos();
            (map[0][0] * cos + map[0][1] * sin, map[1][0] * cos + map[1][1] * sin)
        })
        .collect()
}

/// A line through points in shares of the axes, with its dash pattern.
struct Trace {
    points: Vec<(f64, f64)>,
    dash: Dash,
    color: Color,
}

impl CanvasShape for Trace {
    fn draw(&self, painter: &mut Painter) {
        const STEP: f64 = 1.0 / 400.0;
        let mut along: u64 = 0;
        let mut last = None;
        for pair in self.points.windows(2) {
            let ((x, y), (u, v)) = (pair[0], pair[1]);
            let steps = ((u - x).hypot(v - y) / STEP).ceil().max(1.0);
            for i in 0..=steps as u64 {
                let t = i as f64 / steps;
                let place = painter.get_point(x + t * (u - x), y + t * (v - y));
                if place.is_some() && place != last {
                    along += 1;
                    last = place;
                    if let (Some((column, row)), true) = (place, self.is_drawn(along)) {
                        painter.paint(column, row, self.color);
                    }
                }
            }
        }
    }
}

impl Trace {
    /// Returns true if the n-th dot along the line is drawn.
    fn is_drawn(&self, n: u64) -> bool {
        match self.dash {
            Dash::Solid => true,
            Dash::Dashed => n % 8 < 5,
            Dash::Dotted => n.is_multiple_of(4),
            Dash::DashDot => n % 10 < 5 || n % 10 == 7,
        }
    }
}
