//! A [`Figure`] in the terminal: axes of text, lines in Braille, points as symbols.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Painter, Shape as CanvasShape};
use unicode_width::UnicodeWidthStr;

use crate::figure::{Dash, Estimate, Figure, Mark, Role, Shape, Symbol};
use crate::ui::theme::Theme;

/// Draws a figure into an area; legend above, axes left and below.
pub fn draw(figure: &Figure, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if area.width < 16 || area.height < 6 {
        return;
    }
    let plot = if figure.square {
        let width = legend_column(figure, theme, area, buffer);
        Rect { x: area.x + width, width: area.width - width, ..area }
    } else {
        let height = legend(figure, theme, area, buffer);
        Rect { y: area.y + height, height: area.height - height, ..area }
    };
    let plot = Plot::new(figure, plot);
    plot.axes(theme, buffer);
    plot.lines(theme, buffer);
    plot.symbols(theme, buffer);
}

/// Symbols and names below each other at the left; returns the width they take.
fn legend_column(figure: &Figure, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let entries = figure.marks.iter().filter_map(|mark| Some((mark, mark.name.as_ref()?)));
    let width = entries.clone().map(|(_, name)| name.width() as u16 + 5).max().unwrap_or(0);
    let width = width.min(area.width / 2);
    for ((mark, name), y) in entries.zip(area.y + 1..area.bottom()) {
        buffer.set_stringn(area.x + 1, y, swatch(mark), 2, theme.role(mark.role));
        let room = width.saturating_sub(4) as usize;
        buffer.set_stringn(area.x + 4, y, name, room, Style::new());
    }
    width
}

/// Symbol and name of every named mark, in as many of at most two lines as they need.
fn legend(figure: &Figure, theme: &Theme, area: Rect, buffer: &mut Buffer) -> u16 {
    let (mut x, mut line) = (area.x + 1, 0);
    let most = match area.height {
        14.. => 3,
        10.. => 2,
        _ => 1,
    };
    for mark in &figure.marks {
        let Some(name) = &mark.name else { continue };
        let entry = format!("{} {name}", swatch(mark));
        let width = entry.width() as u16;
        if x + width > area.right() && x > area.x + 1 {
            (x, line) = (area.x + 1, line + 1);
        }
        if line >= most {
            return most;
        }
        let room = area.right().saturating_sub(x) as usize;
        buffer.set_stringn(x, area.y + line, swatch(mark), room, theme.role(mark.role));
        buffer.set_stringn(x + 3, area.y + line, name, room.saturating_sub(3), Style::new());
        x += width + 2;
    }
    line + 1
}

fn swatch(mark: &Mark) -> &'static str {
    match &mark.shape {
        Shape::Points { symbol, .. } => match symbol {
            Symbol::Disc => "● ",
            Symbol::Triangle => "▲ ",
            Symbol::Ring => "◉ ",
        },
        Shape::Arrow { dash, .. } if *dash == Dash::Solid => "─▸",
        Shape::Arrow { .. } => "╌▸",
        Shape::Line { dash, .. }
        | Shape::Level { dash, .. }
        | Shape::Upright { dash, .. }
        | Shape::Ellipse { dash, .. } => match dash {
            Dash::Solid => "──",
            Dash::Dashed => "╌╌",
            Dash::Dotted => "··",
        },
        Shape::Text { .. } => "  ",
    }
}

/// The part of the area in which the figure's coordinates live.
struct Plot<'a> {
    figure: &'a Figure,
    /// Everything but the legend.
    outer: Rect,
    /// Inside the axes.
    inner: Rect,
}

impl<'a> Plot<'a> {
    fn new(figure: &'a Figure, outer: Rect) -> Self {
        let ticks = figure.y.ticks(rows_for_ticks(outer.height));
        let gutter = ticks.iter().map(|t| t.text.width()).max().unwrap_or(1) as u16 + 2;
        let labels = u16::from(!figure.square);
        let mut inner = Rect {
            x: outer.x + gutter,
            y: outer.y + labels,
            width: outer.width.saturating_sub(gutter + 1),
            height: outer.height.saturating_sub(2 + labels),
        };
        if figure.square {
            // A Braille cell is 2 × 4 dots, and a cell about twice as high as wide.
            let width = inner.width.min(inner.height * 2);
            inner.x += (inner.width - width) / 2;
            inner = Rect { width, height: (width / 2).max(1), ..inner };
        }
        Self { figure, outer, inner }
    }

    fn share(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        let (x, y) = (self.figure.x.share(x), self.figure.y.share(y));
        (x.is_finite() && y.is_finite()).then(|| (x.clamp(-9.0, 9.0), y.clamp(-9.0, 9.0)))
    }

    /// The cell at shares of the axes, if inside.
    fn cell(&self, (x, y): (f64, f64)) -> Option<(u16, u16)> {
        let inside = |v: f64| (-1e-9..=1.0 + 1e-9).contains(&v);
        if !inside(x) || !inside(y) || self.inner.is_empty() {
            return None;
        }
        let column = (x.clamp(0.0, 1.0) * f64::from(self.inner.width - 1)).round() as u16;
        let row = ((1.0 - y.clamp(0.0, 1.0)) * f64::from(self.inner.height - 1)).round() as u16;
        Some((self.inner.x + column, self.inner.y + row))
    }

    fn axes(&self, theme: &Theme, buffer: &mut Buffer) {
        let Rect { x, y, width, height } = self.inner;
        if width < 4 || height < 2 {
            return;
        }
        let bottom = y + height;
        for row in y..bottom {
            buffer.set_string(x - 1, row, "│", theme.dim());
        }
        buffer.set_string(x - 1, bottom, format!("└{}", "─".repeat(width as usize)), theme.dim());
        for tick in self.figure.y.ticks(rows_for_ticks(self.outer.height)) {
            let Some((_, row)) = self.cell((0.0, self.figure.y.share(tick.at))) else { continue };
            let left = (x - 1).saturating_sub(tick.text.width() as u16);
            buffer.set_string(left.max(self.outer.x), row, &tick.text, theme.dim());
            buffer.set_string(x - 1, row, "┤", theme.dim());
        }
        self.horizontal_ticks(bottom, theme, buffer);
        if !self.figure.square {
            self.labels(theme, buffer);
        }
    }

    /// What the axes show, above the plot; of the horizontal axis only where there is room.
    fn labels(&self, theme: &Theme, buffer: &mut Buffer) {
        let Rect { x, y, width, .. } = self.outer;
        let up = format!("↑ {}", self.figure.y.label);
        let right = format!("{} →", self.figure.x.label);
        buffer.set_stringn(x + 1, y, &up, width.saturating_sub(1) as usize, theme.dim());
        let start = self.outer.right().saturating_sub(right.width() as u16 + 1);
        if start > x + up.width() as u16 + 2 {
            buffer.set_string(start, y, right, theme.dim());
        }
    }

    fn horizontal_ticks(&self, bottom: u16, theme: &Theme, buffer: &mut Buffer) {
        let most = (self.inner.width / 8).clamp(2, 9) as usize;
        let mut free = self.outer.x;
        for tick in self.figure.x.ticks(most) {
            let Some((column, _)) = self.cell((self.figure.x.share(tick.at), 0.0)) else {
                continue;
            };
            let width = tick.text.width() as u16;
            let start =
                column.saturating_sub(width / 2).min(self.outer.right().saturating_sub(width));
            buffer.set_string(column, bottom, "┬", theme.dim());
            if start >= free && bottom + 1 < self.outer.bottom() {
                buffer.set_string(start, bottom + 1, &tick.text, theme.dim());
                free = start + width + 1;
            }
        }
    }

    fn lines(&self, theme: &Theme, buffer: &mut Buffer) {
        Canvas::default()
            .marker(Marker::Braille)
            .x_bounds([0.0, 1.0])
            .y_bounds([0.0, 1.0])
            .paint(|context| {
                for mark in &self.figure.marks {
                    let color = theme.role(mark.role).fg.unwrap_or(Color::Reset);
                    for (points, dash) in self.traces(&mark.shape) {
                        context.draw(&Trace { points, dash, color });
                    }
                }
            })
            .render(self.inner, buffer);
    }

    /// Lines of a shape in shares of the axes.
    fn traces(&self, shape: &Shape) -> Vec<(Vec<(f64, f64)>, Dash)> {
        let at = |points: &[(f64, f64)]| points.iter().filter_map(|p| self.share(*p)).collect();
        let (x, y) = (&self.figure.x, &self.figure.y);
        match shape {
            Shape::Line { points, dash } => vec![(at(points), *dash)],
            Shape::Level { y, dash } => vec![(at(&[(x.from, *y), (x.to, *y)]), *dash)],
            Shape::Upright { x, dash } => vec![(at(&[(*x, y.from), (*x, y.to)]), *dash)],
            Shape::Arrow { from, to, dash } => vec![(at(&[*from, *to]), *dash)],
            Shape::Ellipse { map, dash } => vec![(at(&ellipse(map)), *dash)],
            Shape::Points { points, .. } => {
                points.iter().map(|p| (self.bar(p), Dash::Solid)).collect()
            }
            Shape::Text { .. } => Vec::new(),
        }
    }

    /// The interval of a point, cut off at the ends of the axis.
    fn bar(&self, p: &Estimate) -> Vec<(f64, f64)> {
        let (x, middle) = (self.figure.x.share(p.x), self.figure.y.share(p.y));
        let end = |value: f64, otherwise: f64| {
            let share = self.figure.y.share(value);
            if share.is_finite() { share } else { otherwise }
        };
        if !(x.is_finite() && middle.is_finite()) {
            return Vec::new();
        }
        let (a, b) = (end(p.low, 1.0), end(p.high, 0.0));
        vec![(x, a.clamp(0.0, 1.0)), (x, b.clamp(0.0, 1.0))]
    }

    fn symbols(&self, theme: &Theme, buffer: &mut Buffer) {
        for mark in &self.figure.marks {
            let style = theme.role(mark.role);
            match &mark.shape {
                Shape::Points { points, symbol } => {
                    let text = match symbol {
                        Symbol::Disc => "●",
                        Symbol::Triangle => "▲",
                        Symbol::Ring => "◉",
                    };
                    points.iter().for_each(|p| self.put((p.x, p.y), text, style, buffer));
                }
                Shape::Arrow { to, .. } => {
                    let text = if mark.role == Role::Target { "●" } else { "▲" };
                    self.put(*to, text, style, buffer);
                }
                Shape::Text { at, text } => self.put(*at, text, style, buffer),
                _ => {}
            }
        }
    }

    fn put(&self, at: (f64, f64), text: &str, style: Style, buffer: &mut Buffer) {
        if let Some((x, y)) = self.share(at).and_then(|share| self.cell(share)) {
            let room = self.inner.right().saturating_sub(x) as usize;
            buffer.set_stringn(x, y, text, room, style);
        }
    }
}

fn rows_for_ticks(height: u16) -> usize {
    (height / 3).clamp(2, 8) as usize
}

fn ellipse(map: &[[f64; 2]; 2]) -> Vec<(f64, f64)> {
    (0..=96)
        .map(|i| {
            let (sin, cos) = (f64::from(i) * std::f64::consts::TAU / 96.0).sin_cos();
            (map[0][0] * cos + map[0][1] * sin, map[1][0] * cos + map[1][1] * sin)
        })
        .collect()
}

/// A broken or unbroken line through points in shares of the axes.
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
    /// Whether the n-th dot along the line is drawn.
    fn is_drawn(&self, n: u64) -> bool {
        match self.dash {
            Dash::Solid => true,
            Dash::Dashed => n % 8 < 5,
            Dash::Dotted => n.is_multiple_of(4),
        }
    }
}
