//! Columns of tables that show numbers whole: a number that does not fit loses its end, with an
//! ellipsis, and never its sign or its first digits.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use super::text::cut;

/// The columns of a table and the room that they get.
pub(crate) struct Columns {
    /// The widths, as the table takes them.
    pub widths: Vec<Constraint>,
    rooms: Vec<usize>,
}

impl Columns {
    /// Shares an area, which is that inside the border, among columns.
    pub(crate) fn new(widths: Vec<Constraint>, inner: Rect) -> Self {
        let columns = Layout::horizontal(&widths).spacing(1).split(inner);
        let rooms = columns.iter().map(|column| usize::from(column.width)).collect();
        Self { widths, rooms }
    }

    /// The room of a column.
    pub(crate) fn room(&self, column: usize) -> usize {
        self.rooms[column]
    }

    /// A text that fits into its column.
    pub(crate) fn left(&self, column: usize, text: &str) -> String {
        cut(text, self.room(column))
    }

    /// A number at the right of its column.
    pub(crate) fn right(&self, column: usize, text: &str) -> Line<'static> {
        Line::from(cut(text, self.room(column))).right_aligned()
    }
}

/// The width of the longest text, but at least `least`.
pub(crate) fn widest<T: AsRef<str>>(least: u16, texts: impl IntoIterator<Item = T>) -> u16 {
    texts.into_iter().map(|text| text.as_ref().width() as u16).fold(least, u16::max)
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;
    use ratatui::widgets::{Row, Table, Widget};

    use super::*;

    #[test]
    fn a_number_is_whole_or_lacks_its_end_at_every_width() {
        let numbers = ["−25559 % ± 3841", "100000", "+3.1 % ± 0.42"];
        for width in 3..90 {
            let area = Rect::new(0, 0, width, 1);
            let mut widths = vec![Constraint::Max(20)];
            widths.extend(numbers.map(|number| Constraint::Length(widest(4, [number]))));
            let columns = Columns::new(widths.clone(), area);
            let cells = numbers.iter().enumerate().map(|(i, text)| columns.right(i + 1, text));
            let mut buffer = Buffer::empty(area);
            let row = Row::new(std::iter::once(Line::from("")).chain(cells));
            let places = Layout::horizontal(&widths).spacing(1).split(area);
            Table::new([row], widths).render(area, &mut buffer);
            for (number, place) in numbers.iter().zip(places.iter().skip(1)) {
                let shown: String =
                    (place.left()..place.right()).map(|x| buffer[(x, 0)].symbol()).collect();
                let shown = shown.trim();
                let begins = shown.strip_suffix('…').is_some_and(|kept| number.starts_with(kept));
                let is_whole = shown == *number || shown.is_empty() && place.width == 0;
                assert!(is_whole || begins, "{width}: {shown:?}");
                assert!(width < 38 || shown == *number, "{width}: {shown:?}");
            }
        }
    }
}
