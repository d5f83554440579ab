//! Layout of a figure: places all parts so that no two overlap.

pub(super) mod bar;
mod entries;
mod rect;
mod sides;
mod ticks;
mod words;

pub(super) use entries::entries;
pub use rect::Rect;
pub use sides::Sides;
pub use words::TextBlock;

use super::Size;
use super::font::Font;
use crate::error::Result;
use crate::figure::{Axis, AxisScale, Figure, LegendEntry, LegendSample, Shape, Tick};
use crate::transfer::Verdict;
use words::{sentences, words};

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendItem {
    /// Index of the mark it explains.
    pub mark: usize,
    /// The part of the mark shown in the swatch.
    pub sample: LegendSample,
    /// Left end of the swatch, and the baseline.
    pub at: (f64, f64),
    /// Width of the swatch.
    pub swatch: f64,
    /// The text.
    pub text: String,
}

/// The text along an axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ruler {
    /// The label of the axis.
    pub label: String,
    /// Height of the label's text.
    pub em: f64,
    /// The ticks; their labels do not touch each other.
    pub ticks: Vec<Tick>,
    /// True if the labels of a horizontal axis run upwards, because the names are too long to fit
    /// side by side.
    pub upright: bool,
}

/// The places of all parts of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The image.
    pub image: Rect,
    /// The title.
    pub title: TextBlock,
    /// Region of the legend.
    pub legend: Rect,
    /// The entries of the legend.
    pub entries: Vec<LegendItem>,
    /// Height of the text in the legend.
    pub legend_em: f64,
    /// Region inside the axes; no data are drawn outside.
    pub plot: Rect,
    /// Region spanned by the ranges of both axes, a little inside the plot.
    pub data: Rect,
    /// The plot with its axes and their labels.
    pub axes: Rect,
    /// The axes of the figure as they are drawn.
    pub sides: Sides,
    /// The text along the axis below the plot.
    pub x: Ruler,
    /// The text along the axis beside the plot.
    pub y: Ruler,
    /// The caption.
    pub caption: TextBlock,
    /// Height of ordinary text.
    pub em: f64,
    /// The entries to place.
    keys: Vec<LegendEntry>,
}

/// Margin of the image. Lengths here are in heights of ordinary text.
const MARGIN: f64 = 0.8;
const TITLE: f64 = 1.15;
/// Smallest height of a title before it is broken into lines.
const LEAST_TITLE: f64 = 1.0;
/// Titles narrower than this have up to three lines, else two.
const NARROW: f64 = 24.0;
const LEGEND: f64 = 0.92;
/// Smallest text in the legend, in points, unless ordinary text is smaller.
const LEAST_LEGEND: f64 = 8.0;
const CAPTION: f64 = 0.76;
const ROW: f64 = 1.4;
const GAP: f64 = 0.6;
const ENTRY_GAP: f64 = 1.5;
/// Distance between a swatch in the legend and its text.
const SWATCH_GAP: f64 = 0.45;
/// Length of a tick, and its distance from its label.
pub(super) const TICK: f64 = 0.3;
pub(super) const TICK_GAP: f64 = 0.25;
/// Distance from the edge of the plot to the ends of its axes; 0 for cells, which fill the plot.
const PAD: f64 = 0.5;
/// Room for the last label of the horizontal axis beyond the plot.
const OVERHANG: f64 = 0.5;
/// Smallest height of the plot; sentences of the caption are left out to reach it.
const LEAST_PLOT: f64 = 8.2;
/// Smallest width of a caption beside a square plot.
const LEAST_COLUMN: f64 = 12.0;
const LEAST_CAPTION: f64 = 9.0;
/// Largest share of a plot's height for labels that run upwards.
const UPRIGHT: f64 = 0.38;
/// Labels too long for their axis are shrunk down to this factor, then cut.
const LEAST_LABEL: f64 = 0.75;

impl Layout {
    /// Places the parts of a figure.
    ///
    /// # Errors
    ///
    /// [`Error::Value`](crate::error::Error::Value) for a size that is not allowed.
    pub fn of(figure: &Figure, size: Size) -> Result<Self> {
        Ok(Self::with(figure, &size.check()?, &Font::bundled()?))
    }

    pub(super) fn with(figure: &Figure, size: &Size, font: &Font) -> Self {
        let (right, bottom) = (f64::from(size.width), f64::from(size.height));
        let image = Rect { left: 0.0, top: 0.0, right, bottom };
        Self::within(figure, size, font, image, &|_| true)
    }

    /// Places a figure in a part of an image, with the entries of its legend that are `wanted`.
    pub(super) fn within(
        figure: &Figure,
        size: &Size,
        font: &Font,
        image: Rect,
        wanted: &dyn Fn(&LegendEntry) -> bool,
    ) -> Self {
        let keys = entries(figure).into_iter().filter(|entry| wanted(entry)).collect();
        let empty = Self::titled(figure, &figure.title, keys, size, font, image);
        let below = empty.plot;
        let caption = if size.caption { figure.caption.as_str() } else { "" };
        let stacked = empty.clone().stacked(figure, caption, font, below);
        if !figure.square {
            return stacked;
        }
        let strip = empty.clone().strip(figure, caption, font, below);
        let beside = empty.beside(figure, caption, font, below);
        let wider = |a: Self, b: Self| if b.plot.width() > a.plot.width() { b } else { a };
        wider(wider(beside, strip), stacked)
    }

    /// Places a title, and entries of the legend of a figure, above all panels; nothing else.
    pub(super) fn head(
        figure: &Figure,
        title: &str,
        keys: &[LegendEntry],
        size: &Size,
        font: &Font,
        image: Rect,
    ) -> Self {
        let mut head = Self::titled(figure, title, keys.to_vec(), size, font, image);
        let room = head.plot;
        head.place_legend(figure, font, room, usize::MAX);
        head
    }

    /// An image with its title; the rest of it is the plot.
    fn titled(
        figure: &Figure,
        title: &str,
        keys: Vec<LegendEntry>,
        size: &Size,
        font: &Font,
        image: Rect,
    ) -> Self {
        let em = size.em();
        let inner = image.grown(-MARGIN * em);
        let room = Rect { bottom: inner.top, ..inner };
        let line = 0.99 * inner.width() / font.length(title, em).max(1.0);
        let factor = if line < LEAST_TITLE { TITLE } else { line.min(TITLE) };
        let lines = if inner.width() < NARROW * em { 3 } else { 2 };
        let title = words(font, title, factor * em, room, lines);
        let gap = if title.lines.is_empty() { 0.0 } else { 0.4 * em };
        let below = Rect { top: title.area.bottom + gap, ..inner };
        Self {
            image,
            title,
            legend: Rect { bottom: below.top, ..below },
            entries: Vec::new(),
            legend_em: (LEGEND * em).max(size.points(LEAST_LEGEND).min(em)),
            plot: below,
            data: below,
            axes: below,
            sides: Sides::of(figure),
            x: Ruler::default(),
            y: Ruler::default(),
            caption: TextBlock::default(),
            em,
            keys,
        }
    }

    /// Legend above, the plot on the left, the caption on its right.
    fn strip(mut self, figure: &Figure, caption: &str, font: &Font, room: Rect) -> Self {
        let em = self.em;
        self.place_legend(figure, font, room, usize::MAX);
        let column = if caption.is_empty() { 0.0 } else { LEAST_CAPTION * em };
        let top = self.legend.bottom + 0.3 * em;
        self.place_axes(figure, font, Rect { top, right: room.right - column, ..room });
        let area = Rect {
            left: self.axes.right + em,
            top: self.plot.top,
            bottom: self.axes.bottom,
            ..room
        };
        self.caption = sentences(font, caption, CAPTION * em, area).0;
        if self.caption.lines.is_empty() { self.centred(room) } else { self }
    }

    /// Centres the axes if a square plot leaves room.
    fn centred(mut self, room: Rect) -> Self {
        let by = (room.right - self.axes.right).max(0.0) / 2.0;
        for part in [&mut self.plot, &mut self.data, &mut self.axes] {
            part.left += by;
            part.right += by;
        }
        self
    }

    /// Plot on the left, legend on its right, the caption where it fits; without a caption both are
    /// centred.
    fn beside(mut self, figure: &Figure, caption: &str, font: &Font, room: Rect) -> Self {
        let em = self.em;
        let keys = self.keys.clone();
        let widest =
            keys.iter().map(|key| self.lead(figure, key) + font.length(&key.text, self.legend_em));
        let least = if caption.is_empty() { 0.0 } else { LEAST_COLUMN * em };
        let column = (widest.fold(least, f64::max) + 0.1 * em).min(room.width() / 2.0);
        self.place_axes(figure, font, Rect { right: room.right - column - em, ..room });
        let column = Rect {
            left: self.axes.right + em,
            top: self.plot.top,
            bottom: self.axes.bottom,
            ..room
        };
        self.place_legend(figure, font, column, 1);
        let top =
            if self.entries.is_empty() { self.plot.top } else { self.legend.bottom + GAP * em };
        let right = Rect { top, ..column };
        let below = Rect { top: (self.axes.bottom + GAP * em).min(room.bottom), ..room };
        let [right, below] =
            [right, below].map(|area| sentences(font, caption, CAPTION * em, area));
        self.caption = if right.1 >= below.1 { right.0 } else { below.0 };
        if !self.caption.lines.is_empty() {
            return self;
        }
        let keys = self.keys.clone();
        let wide =
            |key: &LegendEntry| self.lead(figure, key) + font.length(&key.text, self.legend_em);
        let right = keys.iter().map(wide).fold(0.0, f64::max) + column.left;
        let by = (room.right - right).max(0.0) / 2.0;
        for part in [&mut self.plot, &mut self.data, &mut self.axes] {
            part.left += by;
            part.right += by;
        }
        self.legend.left += by;
        self.entries.iter_mut().for_each(|entry| entry.at.0 += by);
        self
    }

    /// Legend, plot and caption from top to bottom.
    fn stacked(mut self, figure: &Figure, caption: &str, font: &Font, room: Rect) -> Self {
        let em = self.em;
        let axes = LEAST_PLOT * em + gutter(em);
        let bottom = (room.bottom - axes).max(room.top);
        self.place_legend(figure, font, Rect { bottom, ..room }, usize::MAX);
        let top = self.legend.bottom + if self.entries.is_empty() { 0.0 } else { 0.3 * em };
        let area = Rect { top: (top + axes + GAP * em).min(room.bottom), ..room };
        self.caption = sentences(font, caption, CAPTION * em, area).0;
        let height = self.caption.area.height();
        self.caption.area = Rect { top: room.bottom - height, ..room };
        let gap = if height > 0.0 { GAP * em } else { 0.0 };
        self.place_axes(figure, font, Rect { top, bottom: room.bottom - height - gap, ..room });
        self.centred(room)
    }

    /// Width of a swatch with its distance from its text.
    fn lead(&self, figure: &Figure, key: &LegendEntry) -> f64 {
        lead(swatch(figure, key)) * self.legend_em
    }

    /// Places as many entries as fit into `room`, in rows from the top with at most `columns` each.
    fn place_legend(&mut self, figure: &Figure, font: &Font, room: Rect, columns: usize) {
        let em = self.legend_em;
        let (mut x, mut top, mut column) = (room.left, room.top, 0);
        self.legend = Rect { bottom: room.top, ..room };
        let keys = self.keys.clone();
        let count = keys.len();
        for (place, key) in keys.into_iter().enumerate() {
            let lead = self.lead(figure, &key);
            let mut lines = broken(font, &key.text, em, room.width() - lead);
            let rows = lines.len() + count - place;
            if top + ROW * em * rows as f64 > room.bottom {
                lines = vec![font.fit(&key.text, em, room.width() - lead)];
            }
            let length = lead + lines.iter().map(|line| font.length(line, em)).fold(0.0, f64::max);
            if column > 0 && (column >= columns || x + length > room.right) {
                (x, top, column) = (room.left, top + ROW * em, 0);
            }
            if top + ROW * em > room.bottom {
                break;
            }
            let more = lines.split_off(1);
            self.entries.push(LegendItem {
                mark: key.mark,
                sample: key.sample,
                at: (x, top + 1.06 * em),
                swatch: swatch(figure, &key) * em,
                text: lines.concat(),
            });
            for text in more {
                top += ROW * em;
                let (mark, sample) = (entries::NO_MARK, LegendSample::Mark);
                let at = (x + lead, top + 1.06 * em);
                self.entries.push(LegendItem { mark, sample, at, swatch: 0.0, text });
            }
            self.legend.bottom = top + ROW * em;
            (x, column) = (x + length + ENTRY_GAP * em, column + 1);
        }
    }

    /// Places the plot and its axes, as large as `room` allows.
    fn place_axes(&mut self, figure: &Figure, font: &Font, room: Rect) {
        let em = self.em;
        let sides = self.sides.clone();
        let inset = if figure.has_cells() { 0.0 } else { PAD * em };
        let pad = 2.0 * inset;
        let mut plot = Rect { top: room.top + 0.4 * em, bottom: room.bottom - gutter(em), ..room };
        plot.bottom = plot.bottom.max(plot.top + 1.5 * em);
        let longest = room.width() / 3.0;
        let beside =
            |height: f64| ticks::cut(ticks::vertical(&sides.up, height, em), longest, em, font);
        let label = if sides.up.label.is_empty() { 0.0 } else { 1.6 * em };
        let widest = ticks::longest(&beside(plot.height() - pad), em, font);
        plot.left += label + widest + (TICK + TICK_GAP) * em;
        plot.right = (plot.right - beyond(figure) * em).max(plot.left + 1.5 * em);
        if let Some(numbered) = sides.numbered()
            && !ticks::all_fit(&sides.across, plot.width() - pad, em, font)
        {
            self.sides = numbered;
            return self.place_axes(figure, font, room);
        }
        let upright = !ticks::all_fit(&sides.across, plot.width() - pad, em, font);
        let deepest = longest.min(UPRIGHT * plot.height() + 0.9 * em);
        let below = |width: f64| match upright {
            true => ticks::cut(ticks::upright(&sides.across, width, em), deepest, em, font),
            false => ticks::horizontal(&sides.across, width, em, font),
        };
        let deeper = match upright {
            true => (ticks::longest(&below(plot.width() - pad), em, font) - 0.9 * em).max(0.0),
            false => 0.0,
        };
        plot.bottom = (plot.bottom - deeper).max(plot.top + 1.5 * em);
        let final_ones = ticks::longest(&beside(plot.height() - pad), em, font);
        plot.left = (plot.left + (final_ones - widest).max(0.0)).min(plot.right - 1.5 * em);
        if let Some(ratio) = ratio(figure) {
            let width = (plot.width() - pad).min((plot.height() - pad) / ratio).max(1.0);
            plot.right = plot.left + width + pad;
            plot.bottom = plot.top + width * ratio + pad;
        }
        self.plot = plot;
        self.axes = Rect {
            right: plot.right + beyond(figure) * em,
            bottom: plot.bottom + gutter(em) + deeper,
            ..room
        };
        self.place_ticks(figure, font, upright, (longest, deepest));
    }

    /// The place of a point of the figure in the image.
    pub(super) fn place(&self, point: (f64, f64)) -> (f64, f64) {
        let (sides, data) = (&self.sides, &self.data);
        let (across, up) = sides.turned(point);
        let (across, up) = (sides.across.share(across), sides.up.share(up));
        (data.left + across * data.width(), data.bottom - up * data.height())
    }

    /// Moves the plot into a region inside its own, with fewer ticks if there is less room.
    pub(super) fn fit(&mut self, figure: &Figure, font: &Font, region: Rect) {
        let mut plot = region;
        let pad = if figure.has_cells() { 0.0 } else { 2.0 * PAD * self.em };
        if let Some(ratio) = ratio(figure) {
            let width = (plot.width() - pad).min((plot.height() - pad) / ratio).max(1.0);
            plot.right = plot.left + width + pad;
            plot.bottom = plot.top + width * ratio + pad;
        }
        let below = self.axes.bottom - self.plot.bottom;
        let before = (self.axes.left - self.plot.left).max(-(region.left - self.image.left));
        self.axes.top += plot.top - self.plot.top;
        self.plot = plot;
        self.axes.left = (plot.left + before).max(self.image.left + MARGIN * self.em);
        self.axes.right = plot.right + beyond(figure) * self.em;
        self.axes.bottom = plot.bottom + below;
        let longest = self.image.width() / 3.0;
        let deepest = longest.min(below.max(self.em));
        let upright = self.x.upright;
        self.place_ticks(figure, font, upright, (longest, deepest));
    }

    /// Selects the ticks of both axes, with labels no longer than `most`: beside and below.
    fn place_ticks(&mut self, figure: &Figure, font: &Font, upright: bool, most: (f64, f64)) {
        let em = self.em;
        let sides = self.sides.clone();
        let inset = if figure.has_cells() { 0.0 } else { PAD * em };
        self.data = self.plot.grown(-inset);
        let (width, height) = (self.data.width(), self.data.height());
        let mut rows = ticks::cut(ticks::vertical(&sides.up, height, em), most.0, em, font);
        let mut columns = match upright {
            true => ticks::cut(ticks::upright(&sides.across, width, em), most.1, em, font),
            false => ticks::horizontal(&sides.across, width, em, font),
        };
        if ratio(figure).is_some() && figure.x.from == figure.y.from && figure.x.to == figure.y.to {
            ticks::alike(&mut rows, &mut columns);
        }
        self.y = ruler(font, &self.sides.up.label, em, self.axes.height() - 0.8 * em, rows);
        self.x = ruler(font, &self.sides.across.label, em, self.axes.width(), columns);
        self.x.upright = upright;
    }
}

/// A text in one line, or in two if it is too long; the second is cut if it is still too long.
fn broken(font: &Font, text: &str, em: f64, width: f64) -> Vec<String> {
    let fits = |end: &usize| font.length(&text[..*end], em) <= width;
    if fits(&text.len()) {
        return vec![text.to_owned()];
    }
    match text.match_indices(' ').map(|(end, _)| end).rfind(fits) {
        Some(end) => vec![text[..end].to_owned(), font.fit(&text[end + 1..], em, width)],
        None => vec![font.fit(text, em, width)],
    }
}

/// Width of a swatch with its distance from its text, which has none without a swatch.
pub(super) fn lead(swatch: f64) -> f64 {
    if swatch > 0.0 { swatch + SWATCH_GAP } else { 0.0 }
}

/// Width of the swatch of an entry.
fn swatch(figure: &Figure, key: &LegendEntry) -> f64 {
    let mark = figure.marks.get(key.mark);
    if mark.is_some_and(|mark| figure.line_of(mark).is_some()) {
        return 2.3;
    }
    match (key.sample, mark.map(|mark| &mark.shape)) {
        (LegendSample::Cell(Some(Verdict::NoDifference | Verdict::Undecided) | None), _)
        | (_, Some(Shape::Points { .. } | Shape::Upright { .. })) => 0.95,
        (_, Some(Shape::Level { .. })) if figure.is_lying() => 0.95,
        (_, Some(Shape::Text { .. }) | None) => 0.0,
        _ => 2.3,
    }
}

fn ruler(font: &Font, label: &str, em: f64, length: f64, ticks: Vec<Tick>) -> Ruler {
    let em = em * (length / font.length(label, em).max(1.0)).clamp(LEAST_LABEL, 1.0);
    Ruler { label: font.fit(label, em, length + 1.0), em, ticks, upright: false }
}

/// Room to the right of a plot, in heights of ordinary text: for the last label below it, or the bar
/// beside it.
fn beyond(figure: &Figure) -> f64 {
    bar::room(figure).max(OVERHANG)
}

/// Height of ticks, tick labels and axis label below a plot.
fn gutter(em: f64) -> f64 {
    (TICK + TICK_GAP + 0.9 + 1.5) * em
}

/// Height of a plot with equal units, relative to its width; `None` if units need not be equal.
fn ratio(figure: &Figure) -> Option<f64> {
    if !figure.square || [&figure.x, &figure.y].iter().any(|axis| axis.scale != AxisScale::Linear) {
        return None;
    }
    let span = |axis: &Axis| (axis.to - axis.from).abs();
    let ratio = span(&figure.y) / span(&figure.x);
    Some(if ratio.is_finite() { ratio.clamp(0.05, 20.0) } else { 1.0 })
}
