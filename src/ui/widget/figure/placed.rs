//! Position of a figure in the terminal: converts between its coordinates and terminal cells.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::ticks;
use crate::figure::{Cells, Figure, Mark, MarkRole, Shape, TickFormat};

/// A figure that has been drawn.
#[derive(Debug, Clone)]
pub struct Placed<'a> {
    pub(super) figure: &'a Figure,
    /// The area of everything except the legend.
    pub(super) outer: Rect,
    /// The area inside the axes.
    pub(super) inner: Rect,
    /// True if the axes end at the outer edges of the first and last terminal cells, false if at
    /// their centres.
    filled: bool,
    /// True if the names below stand on two lines in turn.
    pub(super) staggered: bool,
    /// True unless the texts of cells leave out their intervals.
    pub(super) whole: bool,
    /// Number of line dots across and down in a terminal cell.
    pub(super) dots: (u16, u16),
    /// Indices of the marks that have no room in the legend.
    unnamed: Vec<usize>,
}

impl<'a> Placed<'a> {
    /// A figure that did not fit.
    pub(super) fn nowhere(figure: &'a Figure) -> Self {
        Self {
            figure,
            outer: Rect::ZERO,
            inner: Rect::ZERO,
            filled: false,
            staggered: false,
            whole: true,
            dots: (1, 1),
            unnamed: Vec::new(),
        }
    }

    pub(super) fn new(figure: &'a Figure, outer: Rect, dots: (u16, u16)) -> Self {
        let labels = u16::from(!figure.square);
        let rows = ticks::vertical(figure, outer.height);
        let widest = rows.iter().map(|t| t.text.width()).max().unwrap_or(1) as u16;
        let named = matches!(figure.y.format, TickFormat::Names(_));
        let gutter = if named { widest.min(outer.width / 3) } else { widest } + 2;
        let filled = figure.has_cells();
        let width = outer.width.saturating_sub(gutter + u16::from(!filled));
        let staggered = !figure.square && ticks::are_staggered(figure, width);
        let height = outer.height.saturating_sub(2 + labels + u16::from(staggered));
        let (width, height) = evenly(figure, (width, height));
        let mut inner = Rect { x: outer.x + gutter, y: outer.y + labels, width, height };
        if figure.square {
            // A Braille cell has 2 × 4 dots, and a terminal cell is about twice as high as wide.
            let width = inner.width.min(inner.height * 2);
            inner.x += (inner.width - width) / 2;
            inner = Rect { width, height: (width / 2).max(1), ..inner };
        }
        Self { figure, outer, inner, filled, staggered, whole: true, dots, unnamed: Vec::new() }
    }

    /// The same, with marks that have no room in the legend.
    pub(super) fn without(self, unnamed: Vec<usize>) -> Self {
        Self { unnamed, ..self }
    }

    /// The marks to draw: all but those beside the measurement that the legend cannot name.
    pub(super) fn marks(&self) -> impl Iterator<Item = &'a Mark> {
        let is_extra = |mark: &Mark| !matches!(mark.role, MarkRole::Measured | MarkRole::Series(_));
        let is_drawn =
            move |(i, mark): &(usize, &Mark)| !(self.unnamed.contains(i) && is_extra(mark));
        self.figure.marks.iter().enumerate().filter(is_drawn).map(|(_, mark)| mark)
    }

    /// The row of a name on the vertical axis: the one in which the text of its cells begins.
    pub(super) fn row_of_name(&self, at: f64) -> Option<u16> {
        let cells = self.figure.marks.iter().find_map(|mark| match &mark.shape {
            Shape::Cells(cells) => Some(cells),
            _ => None,
        });
        let named = matches!(self.figure.y.format, TickFormat::Names(_));
        let cells = cells.filter(|_| named)?;
        let area = self.rect_of(cells, 0, cells.row_at(at)?)?;
        Some(area.y + middle_row(area.height))
    }

    /// Returns true if every row and every column of cells with names has a place of its own.
    pub(crate) fn has_room(&self) -> bool {
        named(self.figure)
            .is_none_or(|(columns, rows)| self.inner.width >= columns && self.inner.height >= rows)
    }

    /// Returns true unless the texts of cells leave out their intervals, for want of room.
    pub(crate) fn says_intervals(&self) -> bool {
        self.whole
    }

    /// The terminal cells inside the axes; empty if the figure did not fit.
    pub fn inner(&self) -> Rect {
        self.inner
    }

    /// Returns true if the axes end at the outer edges of the first and last terminal cells, false
    /// if at their centres.
    pub(crate) fn is_filled(&self) -> bool {
        self.filled
    }

    /// The terminal cell (column, row) of a point of the figure; `None` outside the axes.
    pub fn cell_at(&self, at: (f64, f64)) -> Option<(u16, u16)> {
        self.share(at).and_then(|share| self.cell(share))
    }

    /// The point of the figure at the centre of a terminal cell; `None` outside the axes.
    pub fn value_at(&self, column: u16, row: u16) -> Option<(f64, f64)> {
        let (x, y) = (column.checked_sub(self.inner.x)?, row.checked_sub(self.inner.y)?);
        Some((self.across(x)?, self.down(y)?))
    }

    /// The terminal cells that show a data cell, given by column and row: those whose centres lie
    /// in it, but at least one. `None` outside the axes.
    pub fn rect_of(&self, cells: &Cells, column: usize, row: usize) -> Option<Rect> {
        let (x, y) = (&self.figure.x, &self.figure.y);
        let middle = |edges: &[f64], i: usize, share: &dyn Fn(f64) -> f64| {
            let (a, b) = (share(*edges.get(i)?), share(*edges.get(i + 1)?));
            let (first, last) = (a.min(b).max(0.0), a.max(b).min(1.0));
            (first < last && !a.is_nan() && !b.is_nan()).then(|| f64::midpoint(first, last))
        };
        let across = middle(&cells.columns, column, &|value| x.share(value))?;
        let down = middle(&cells.rows, row, &|value| y.share(value))?;
        let (near_x, near_y) = self.cell((across, down))?;
        let columns = (0..self.inner.width)
            .filter(|place| self.across(*place).and_then(|x| cells.column_at(x)) == Some(column));
        let rows = (0..self.inner.height)
            .filter(|place| self.down(*place).and_then(|y| cells.row_at(y)) == Some(row));
        let (x, width) = run(columns).unwrap_or((near_x - self.inner.x, 1));
        let (y, height) = run(rows).unwrap_or((near_y - self.inner.y, 1));
        Some(Rect { x: self.inner.x + x, y: self.inner.y + y, width, height })
    }

    /// The value at the centre of a column, counted from the left.
    fn across(&self, place: u16) -> Option<f64> {
        self.middle(place, self.inner.width).map(|share| self.figure.x.value(share))
    }

    /// The value at the centre of a row, counted from the top.
    fn down(&self, place: u16) -> Option<f64> {
        self.middle(place, self.inner.height).map(|share| self.figure.y.value(1.0 - share))
    }

    /// Position of the centre of a terminal cell, as a share of the side.
    fn middle(&self, place: u16, length: u16) -> Option<f64> {
        let share = match self.filled {
            true => (f64::from(place) + 0.5) / f64::from(length),
            false => f64::from(place) / f64::from(length.max(2) - 1),
        };
        (place < length).then_some(share)
    }

    /// Position of a point in shares of the axes, clamped if it is far outside.
    pub(super) fn share(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        let (x, y) = (self.figure.x.share(x), self.figure.y.share(y));
        (x.is_finite() && y.is_finite()).then(|| (x.clamp(-9.0, 9.0), y.clamp(-9.0, 9.0)))
    }

    /// The terminal cell at shares of the axes, if inside: the cell in which a line through that
    /// point has its dot.
    pub(super) fn cell(&self, (x, y): (f64, f64)) -> Option<(u16, u16)> {
        let inside = |v: f64| (-1e-9..=1.0 + 1e-9).contains(&v);
        if !inside(x) || !inside(y) || self.inner.is_empty() {
            return None;
        }
        let place = |share: f64, length: u16, dots: u16| {
            let share = share.clamp(0.0, 1.0);
            match self.filled {
                true => ((share * f64::from(length)) as u16).min(length - 1),
                false => {
                    let (length, dots) = (f64::from(length), f64::from(dots));
                    ((share * (length * dots - 1.0)).round() / dots) as u16
                }
            }
        };
        let column = place(x, self.inner.width, self.dots.0);
        let row = place(1.0 - y, self.inner.height, self.dots.1);
        Some((self.inner.x + column, self.inner.y + row))
    }
}

/// The number of columns and rows of cells, if both axes have names.
fn named(figure: &Figure) -> Option<(u16, u16)> {
    let names = |format: &TickFormat| matches!(format, TickFormat::Names(_));
    let cells = figure.marks.iter().find_map(|mark| match &mark.shape {
        Shape::Cells(cells) => Some(cells.size()),
        _ => None,
    });
    let (columns, rows) = cells.filter(|_| names(&figure.x.format) && names(&figure.y.format))?;
    (columns > 0 && rows > 0).then_some((columns as u16, rows as u16))
}

/// The largest size in which all rows of cells with names are equally high and all columns equally
/// wide.
fn evenly(figure: &Figure, (width, height): (u16, u16)) -> (u16, u16) {
    let whole = |room: u16, count: u16| if room < count { room } else { room - room % count };
    named(figure)
        .map_or((width, height), |(columns, rows)| (whole(width, columns), whole(height, rows)))
}

/// The first of some neighbouring places, and their number.
fn run(mut places: impl Iterator<Item = u16>) -> Option<(u16, u16)> {
    let first = places.next()?;
    Some((first, places.count() as u16 + 1))
}

/// The row in the middle of a height; the upper one of two.
pub(super) fn middle_row(height: u16) -> u16 {
    height.saturating_sub(1) / 2
}
