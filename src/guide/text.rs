//! Markdown as plain text for a terminal: wrapped paragraphs, aligned tables, unchanged code.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use textwrap::core::display_width;
use textwrap::{WordSplitter, WrapAlgorithm};

/// Indent of a line of code.
const CODE: &str = "  ";
/// Gap between two columns of a table.
const GAP: &str = "  ";
/// Non-breaking space.
const UNBROKEN: &str = "\u{a0}";
/// Columns of a table are not squeezed below this width.
const NARROWEST: usize = 12;

/// A line of the laid-out text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLine {
    /// The line, without a line break.
    pub text: String,
    /// True for a heading and for its rule.
    pub heading: bool,
    /// True for the rule below a heading, for readers without bold text.
    pub rule: bool,
    /// True for code, which may be wider than the page.
    pub code: bool,
}

/// Lays out Markdown in lines of at most `width` columns; only code may be wider. Headings are
/// underlined. Links to files are replaced by their text, pictures by their description.
pub fn laid_out(markdown: &str, width: usize) -> Vec<TextLine> {
    let mut page = Page { width, ..Page::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.take(event);
    }
    while page.lines.last().is_some_and(|line| line.text.is_empty()) {
        page.lines.pop();
    }
    page.lines
}

/// The lines laid out so far, and the current position in the document.
#[derive(Default)]
struct Page {
    width: usize,
    lines: Vec<TextLine>,
    /// Words of the open paragraph, heading, item or cell.
    words: String,
    /// The open lists, each with the number of its next item if it is numbered.
    lists: Vec<Option<u64>>,
    /// The mark before the first line of the item that was just begun.
    mark: Option<String>,
    /// True inside a block of code.
    code: bool,
    /// The address of the open link, if it is to be shown.
    link: Option<String>,
    /// Rows of cells of the open table, the header first.
    table: Vec<Vec<String>>,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code => self.code_lines(&text),
            Event::Text(text) => self.words += &text,
            Event::Code(code) if self.table.is_empty() && display_width(&code) < self.width / 2 => {
                self.words += &format!("`{}`", code.replace(' ', UNBROKEN));
            }
            Event::Code(code) => self.words += &format!("`{code}`"),
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.flush();
                self.lists.push(first);
            }
            Tag::Item => {
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{:>2}. ", *number - 1)
                    }
                    _ => "* ".to_owned(),
                };
                self.mark = Some(mark);
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => self.code = true,
            Tag::Link { dest_url, .. } if dest_url.starts_with("http") => {
                self.link = Some(dest_url.into_string());
            }
            Tag::Image { .. } => self.words += "[picture: ",
            Tag::TableHead | Tag::TableRow => self.table.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.heading(level as usize),
            TagEnd::Paragraph => {
                self.flush();
                self.space();
            }
            TagEnd::Item => self.flush(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.space();
                }
            }
            TagEnd::CodeBlock => {
                self.code = false;
                self.space();
            }
            TagEnd::Link => {
                if let Some(address) = self.link.take() {
                    self.words += &format!(" ({address})");
                }
            }
            TagEnd::Image => self.words.push(']'),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.words);
                if let Some(row) = self.table.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.flush_table(),
            _ => {}
        }
    }

    fn push(&mut self, text: String) {
        self.lines.push(TextLine { text, ..TextLine::default() });
    }

    /// Adds an empty line, unless the last line is empty.
    fn space(&mut self) {
        if self.lines.last().is_some_and(|line| !line.text.is_empty()) {
            self.push(String::new());
        }
    }

    fn heading(&mut self, level: usize) {
        let text = std::mem::take(&mut self.words);
        let rule = if level == 1 { "=" } else { "-" };
        let rule = rule.repeat(display_width(&text).min(self.width));
        for (text, rule) in [(text, false), (rule, true)] {
            self.lines.push(TextLine { text, heading: true, rule, code: false });
        }
        self.space();
    }

    fn code_lines(&mut self, text: &str) {
        let indent = format!("{}{CODE}", "  ".repeat(self.lists.len()));
        for line in text.lines() {
            let text = format!("{indent}{line}").trim_end().to_owned();
            self.lines.push(TextLine { text, code: true, ..TextLine::default() });
        }
    }

    /// Wraps the collected words, after the mark of their item.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let counted = self.lists.last().is_some_and(Option::is_some);
        let indent = match self.lists.len() {
            0 => String::new(),
            depth => "  ".repeat(depth - 1) + if counted { "    " } else { "  " },
        };
        let mark = self.mark.take().unwrap_or_else(|| indent.clone());
        let first = format!("{:>1$}", mark, indent.len());
        for line in wrapped(&words, self.width, &first, &indent) {
            self.push(line);
        }
    }

    fn flush_table(&mut self) {
        let rows = std::mem::take(&mut self.table);
        let widths = columns(&rows, self.width);
        for (place, row) in rows.iter().enumerate() {
            let cells: Vec<Vec<String>> = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| wrapped(cell, *width, "", ""))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or(0);
            for i in 0..height {
                let line = cells.iter().zip(&widths).map(|(cell, width)| {
                    let text = cell.get(i).map_or("", String::as_str);
                    format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text))))
                });
                let line = line.collect::<Vec<_>>().join(GAP);
                self.push(line.trim_end().to_owned());
            }
            if place == 0 {
                let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
                self.push(rules.join(GAP));
            }
        }
        self.space();
    }
}

/// Wraps words into lines of at most `width` columns.
fn wrapped(words: &str, width: usize, first: &str, rest: &str) -> Vec<String> {
    let options = textwrap::Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(words, options).iter().map(|line| line.replace(UNBROKEN, " ")).collect()
}

/// Widths of the columns of a table; the widest is narrowed until all fit.
fn columns(rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| display_width(cell)).max()
    };
    let mut widths: Vec<usize> = (0..count).map(|column| widest(column).unwrap_or(0)).collect();
    let room = width.saturating_sub(GAP.len() * count.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            _ => break,
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str, width: usize) -> String {
        laid_out(markdown, width).iter().map(|line| line.text.clone() + "\n").collect()
    }

    #[test]
    fn paragraphs_are_wrapped_anew_and_items_hang_behind_their_marks() {
        let markdown =
            "# Gain\n\nOne\ntwo *three* four\nfive.\n\n* a b c d e f\n* g\n\n1. one two three\n";
        let expected = "Gain\n====\n\nOne two\nthree four\nfive.\n\n* a b c d e\n  f\n* g\n\n\
                        \u{20}1. one two\n    three\n";
        assert_eq!(plain(markdown, 11), expected);
    }

    #[test]
    fn tables_are_aligned_and_wrapped_within_their_columns() {
        let markdown =
            "| θ̂ | b |\n| --- | --- |\n| `x\\|y` | alpha beta gamma delta |\n| z | c |\n";
        let expected =
            "θ̂      b\n-----  ----------------\n`x|y`  alpha beta gamma\n       delta\nz      c\n";
        assert_eq!(plain(markdown, 23), expected);
    }

    #[test]
    fn code_is_left_as_it_is_and_addresses_are_shown_but_not_file_names() {
        let markdown = "```console\n$ a  b\n\nlong long long\n```\n[x](y.md) [z](https://e.org)\n<!-- no -->\n";
        let expected = "  $ a  b\n\n  long long long\n\nx z\n(https://e.org)\n";
        assert_eq!(plain(markdown, 16), expected);
    }

    #[test]
    fn nothing_but_code_is_wider_than_the_page() {
        for topic in crate::guide::TOPICS {
            for width in [60, 80, 100] {
                for line in laid_out(topic.text, width).iter().filter(|line| !line.code) {
                    assert!(display_width(&line.text) <= width, "{}: {}", topic.name, line.text);
                }
            }
        }
    }
}
