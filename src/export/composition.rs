//! Figures placed in one image: a single one, or several as panels with a common legend.

mod common;

use super::font::Font;
use super::layout::{Layout, Rect};
use super::options::RenderOptions;
use super::size::Size;
use super::{canvas::Canvas, paint};
use crate::figure::{Figure, LegendEntry};
use crate::text::clean;
use common::Common;

/// Distance between panels, in heights of the text.
const BETWEEN: f64 = 0.6;
/// Height of a panel below its title and legend, relative to its width, and its smallest height in
/// heights of the text.
const SHAPE: f64 = 0.66;
const LEAST: f64 = 14.0;
/// Largest height of an image, in pixels.
const TALLEST: f64 = 5000.0;

/// Figures with their places.
pub(super) struct Composition {
    /// Size of the image.
    pub(super) size: Size,
    /// The whole image.
    pub(super) image: Rect,
    /// The figures.
    pub(super) parts: Vec<(Figure, Layout)>,
    /// A title and a legend above all figures, with a figure that has the marks of the legend alone.
    head: Option<(Figure, Layout)>,
    /// The title of the file.
    pub(super) title: String,
    /// The description of the file.
    pub(super) description: String,
}

impl Composition {
    /// A single figure.
    pub(super) fn of(figure: &Figure, size: Size, font: &Font) -> Self {
        let layout = Layout::with(figure, &size, font);
        Self {
            size,
            image: layout.image,
            parts: vec![(figure.clone(), layout)],
            head: None,
            title: clean(&figure.title),
            description: clean(&figure.caption),
        }
    }

    /// Figures side by side in `columns` columns, with letters before their titles. Entries of
    /// the legend that several have stand once above all, and plots are aligned.
    pub(super) fn panels(
        figures: &[Figure],
        columns: usize,
        title: &str,
        look: &RenderOptions,
        font: &Font,
    ) -> Self {
        let columns = columns.clamp(1, figures.len().max(1));
        let rows = figures.len().div_ceil(columns).max(1);
        let size = Size { caption: false, ..look.size };
        let width = f64::from(size.width);
        let em = size.em();
        let lettered: Vec<Figure> = figures.iter().enumerate().map(lettered).collect();
        let common = Common::of(&lettered);
        let head_room = Rect { left: 0.0, top: 0.0, right: width, bottom: TALLEST };
        let head = common.figure.as_ref().map(|figure| {
            let head = Layout::head(figure, title, &common.entries, &size, font, head_room);
            (figure.clone(), head)
        });
        let head =
            head.filter(|(_, head)| !(head.title.lines.is_empty() && head.entries.is_empty()));
        let top = head.as_ref().map_or(0.0, |(_, head)| head.legend.bottom - 0.2 * em);
        let across = width / columns as f64;
        let own = |figure: &Figure, entry: &LegendEntry| !common.holds(entry, figure);
        let free =
            Rect { left: 0.0, top: 0.0, right: across - BETWEEN / 2.0 * em, bottom: TALLEST };
        let above = lettered.iter().map(|figure| {
            let placed = Layout::within(figure, &size, font, free, &|entry| own(figure, entry));
            if figure.square { placed.title.area.bottom } else { placed.legend.bottom }
        });
        let above = above.fold(0.0, f64::max);
        let tall = above + (SHAPE * across).max(LEAST * em);
        let tall = match look.size.is_slide() {
            true => tall.max((f64::from(look.size.height) - top) / rows as f64),
            false => tall,
        };
        let tall = tall.min((TALLEST - top) / rows as f64);
        let height = (top + rows as f64 * tall).round().min(TALLEST);
        let size = Size { height: height as u32, ..size };
        let mut parts: Vec<(Figure, Layout)> = Vec::new();
        for (place, figure) in lettered.iter().enumerate() {
            let (column, row) = ((place % columns) as f64, (place / columns) as f64);
            let half = BETWEEN / 2.0 * em;
            let image = Rect {
                left: column * across + if column > 0.0 { half } else { 0.0 },
                right: (column + 1.0) * across,
                top: top + row * tall,
                bottom: top + (row + 1.0) * tall,
            };
            let layout = Layout::within(figure, &size, font, image, &|entry| own(figure, entry));
            parts.push((figure.clone(), layout));
        }
        align(&mut parts, columns, font);
        let captions =
            parts.iter().map(|(figure, _)| format!("{}. {}", figure.title, figure.caption));
        let description = clean(&captions.collect::<Vec<_>>().join(" "));
        let titles = parts.iter().map(|(figure, _)| figure.title.as_str()).collect::<Vec<_>>();
        let title = clean(&if title.is_empty() { titles.join("; ") } else { title.to_owned() });
        let image = Rect { left: 0.0, top: 0.0, right: width, bottom: f64::from(size.height) };
        Self { size, image, parts, head, title, description }
    }

    /// Draws the title and the legend above all figures.
    pub(super) fn draw_head(&self, canvas: &mut Canvas<'_>) {
        if let Some((figure, head)) = &self.head {
            paint::head(figure, head, canvas);
        }
    }

    /// The identifier of its file.
    pub(super) fn id(&self) -> &'static str {
        match &self.parts[..] {
            [(only, _)] => only.id,
            _ => "panels",
        }
    }
}

/// The figure with its letter before the title.
fn lettered((place, figure): (usize, &Figure)) -> Figure {
    let letter = char::from(b'a' + (place % 26) as u8);
    let title = format!("({letter}) {}", figure.title);
    Figure { title: title.trim_end().to_owned(), ..figure.clone() }
}

/// Gives the plots of a column the same sides, and those of a row the same top and bottom. Plots
/// with equal units keep their own sides and do not narrow those of others.
fn align(parts: &mut [(Figure, Layout)], columns: usize, font: &Font) {
    let plots: Vec<(Rect, bool)> =
        parts.iter().map(|(figure, layout)| (layout.plot, figure.square)).collect();
    let rows: Vec<Rect> = plots.chunks(columns).map(inner).collect();
    let across: Vec<Rect> = (0..columns)
        .map(|column| {
            inner(&plots.iter().skip(column).step_by(columns).copied().collect::<Vec<_>>())
        })
        .collect();
    for (place, (figure, layout)) in parts.iter_mut().enumerate() {
        let (row, column) = (rows[place / columns], across[place % columns]);
        let sides = if figure.square { layout.plot } else { column };
        let plot = Rect { left: sides.left, right: sides.right, top: row.top, bottom: row.bottom };
        if plot.width() > 0.0 && plot.height() > 0.0 {
            layout.fit(figure, font, plot);
        }
    }
}

/// The region inside all plots; those with equal units count only if there are no others.
fn inner(plots: &[(Rect, bool)]) -> Rect {
    let is_counted = |square: bool| !square || plots.iter().all(|(_, square)| *square);
    let everywhere = f64::INFINITY;
    let all = Rect { left: 0.0, top: 0.0, right: everywhere, bottom: everywhere };
    plots.iter().filter(|(_, square)| is_counted(*square)).fold(all, |all, (plot, _)| Rect {
        left: all.left.max(plot.left),
        top: all.top.max(plot.top),
        right: all.right.min(plot.right),
        bottom: all.bottom.min(plot.bottom),
    })
}
