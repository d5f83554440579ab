//! A column of the table in one line.

use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::app::ColumnPicker;
use crate::dataset::table::preview::{ColumnKind, ColumnSummary, MOST_DISTINCT};
use crate::dataset::table::usage::ColumnUse;
use crate::math::digits::compact;
use crate::ui::theme::Theme;
use crate::ui::widget::text::cut;

/// Width of the mark of the focused column.
const MARK: usize = 2;
/// Least and greatest width of names.
const NAME: (usize, usize) = (6, 28);
/// Width of the use, of the type, and of the numbers of missing and different values.
const USE: usize = 8;
const KIND: usize = 6;
const MISSING: usize = 7;
const DISTINCT: usize = 9;
/// Least width of the range, and width of mean and deviation.
const RANGE: usize = 16;
const MEAN: usize = 20;
/// Space between columns.
const GAP: usize = 2;

/// Widths of what is shown of a column; zero for what is not.
pub(super) struct ColumnWidths {
    name: usize,
    kind: usize,
    missing: usize,
    distinct: usize,
    range: usize,
    mean: usize,
}

impl ColumnWidths {
    /// Widths for a table of this width. What matters less is left out.
    pub(super) fn of(picker: &ColumnPicker, width: usize) -> Self {
        let longest = picker.columns.iter().map(|column| column.name.width()).max().unwrap_or(0);
        let most = (width / 4).clamp(NAME.0, NAME.1);
        let name = longest.clamp(NAME.0, most);
        let mut left = width.saturating_sub(MARK + name + GAP + USE);
        let mut take = |wanted: usize, keep: usize| {
            let takes = left >= wanted + GAP + keep;
            left -= if takes { wanted + GAP } else { 0 };
            if takes { wanted } else { 0 }
        };
        let kind = take(KIND, 0);
        let missing = take(MISSING, 0);
        let distinct = take(DISTINCT, 0);
        let mean = take(MEAN, RANGE + GAP);
        let range = left.saturating_sub(GAP);
        Self { name, kind, missing, distinct, range, mean }
    }

    /// Returns true if mean and deviation are shown.
    pub(super) fn has_mean(&self) -> bool {
        self.mean > 0
    }

    /// The words above the columns.
    pub(super) fn head(&self) -> String {
        let rest = self.cells(&[
            "type".to_owned(),
            "missing".to_owned(),
            "different".to_owned(),
            "range or examples".to_owned(),
            "mean ± deviation".to_owned(),
        ]);
        let name = padded("column", self.name, false);
        format!("{:MARK$}{name}{:GAP$}{}{rest}", "", "", padded("use", USE, false))
    }

    /// A column in one line.
    pub(super) fn line(&self, picker: &ColumnPicker, at: usize, theme: &Theme) -> Line<'static> {
        let (column, own) = (&picker.columns[at], picker.uses[at]);
        let here = at == picker.row;
        let dim = if own == ColumnUse::Ignored { theme.dim() } else { theme.ground() };
        let name = if here { theme.focus().add_modifier(Modifier::REVERSED) } else { dim };
        let style = match own {
            ColumnUse::Feature | ColumnUse::Ignored => dim,
            _ => theme.focus(),
        };
        let cut_name = cut(&column.name, self.name);
        let gap = " ".repeat(self.name.saturating_sub(cut_name.width()) + GAP);
        Line::from(vec![
            Span::styled(if here { "▸ " } else { "  " }, theme.focus()),
            Span::styled(cut_name, name),
            Span::raw(gap),
            Span::styled(padded(word(picker, column, own), USE, false), style),
            Span::styled(self.cells(&facts(column)), dim),
        ])
    }

    /// What follows name and use: type, missing, different values, range, mean.
    fn cells(&self, texts: &[String; 5]) -> String {
        let widths = [self.kind, self.missing, self.distinct, self.range, self.mean];
        let mut cells = String::new();
        for (place, (text, width)) in texts.iter().zip(widths).enumerate() {
            if width > 0 {
                let right = matches!(place, 1 | 2);
                cells += &" ".repeat(GAP);
                cells += &padded(text, width, right);
            }
        }
        cells
    }
}

/// The name of a use. A text among the features is one-hot, or in question.
fn word(picker: &ColumnPicker, column: &ColumnSummary, own: ColumnUse) -> &'static str {
    match (own, column.kind) {
        (ColumnUse::Feature, ColumnKind::Text) if picker.place.read.one_hot => "one-hot",
        (ColumnUse::Feature, ColumnKind::Text) => "feature?",
        _ => own.name(),
    }
}

/// Type, missing values, different values, range or examples, mean and deviation.
pub(super) fn facts(column: &ColumnSummary) -> [String; 5] {
    let kind = match column.kind {
        ColumnKind::Number => "number",
        ColumnKind::Text => "text",
        ColumnKind::Boolean => "yes/no",
        ColumnKind::Blank => "blank",
    };
    let missing = if column.missing > 0 { column.missing.to_string() } else { "–".to_owned() };
    let more = if column.distinct >= MOST_DISTINCT { "+" } else { "" };
    let range = match (column.min, column.max) {
        (Some(min), Some(max)) if column.kind == ColumnKind::Number => {
            format!("{} to {}", compact(min), compact(max))
        }
        _ => column.examples.join(", "),
    };
    let mean = match (column.kind, column.mean, column.deviation) {
        (ColumnKind::Number, Some(mean), Some(deviation)) => {
            format!("{} ± {}", compact(mean), compact(deviation))
        }
        _ => String::new(),
    };
    [kind.to_owned(), missing, format!("{}{more}", column.distinct), range, mean]
}

fn padded(text: &str, width: usize, right: bool) -> String {
    let text = cut(text, width);
    let gap = " ".repeat(width.saturating_sub(text.width()));
    if right { gap + &text } else { text + &gap }
}
