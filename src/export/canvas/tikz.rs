//! A TikZ picture as a canvas: lines stay vectors, and text is text of the LaTeX document.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::layout::Rect;
use super::super::palette::Colour;
use super::super::path::Point;
use super::super::tex::words;
use crate::export::canvas::surface::{Canvas, Style, Surface, Type};
use crate::figure::Anchor;

/// Largest number of forms in one path; TeX holds a whole path in its memory.
const MOST_FORMS: usize = 100;

/// Distance of two lines of text, in heights of the text.
const LEADING: f64 = 1.2;

/// The picture; lengths of the canvas are in pixels, those of the picture in PostScript points from
/// its upper left corner.
pub(in crate::export) struct Tikz<'a> {
    body: String,
    style: Style<'a>,
    scale: f64,
    colours: BTreeSet<Colour>,
    open: Option<(String, usize)>,
}

impl<'a> Tikz<'a> {
    /// An empty picture in which a pixel is `scale` PostScript points.
    pub(in crate::export) fn new(style: Style<'a>, scale: f64) -> Self {
        Self { body: String::new(), style, scale, colours: BTreeSet::new(), open: None }
    }

    /// Draws on the picture.
    pub(in crate::export) fn draw(&mut self, draw: impl FnOnce(&mut Canvas<'_>)) {
        let style = self.style;
        draw(&mut Canvas { surface: self, style });
        self.close();
    }

    /// Draws clipped to a region.
    pub(in crate::export) fn within(&mut self, area: &Rect, draw: impl FnOnce(&mut Canvas<'_>)) {
        let frame = self.frame(area);
        self.body += &format!("\\begin{{scope}}\n\\clip {frame};\n");
        self.draw(draw);
        self.body += "\\end{scope}\n";
    }

    /// The definitions of the colours in use, and the commands of the picture.
    pub(in crate::export) fn finish(mut self) -> (String, String) {
        self.close();
        let define = |colour: &Colour| {
            let [red, green, blue] = colour;
            format!("\\definecolor{{{}}}{{RGB}}{{{red},{green},{blue}}}\n", name(*colour))
        };
        (self.colours.iter().map(define).collect(), self.body)
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.body += ";\n";
        }
    }

    /// Adds a form to the open path if that has the same command, else to a new one.
    fn form(&mut self, command: String, form: &str) {
        match &mut self.open {
            Some((open, count)) if *open == command && *count < MOST_FORMS => {
                *count += 1;
                self.body += "\n ";
            }
            _ => {
                self.close();
                self.body += &command;
                self.open = Some((command, 1));
            }
        }
        self.body.push(' ');
        self.body += form;
    }

    fn colour(&mut self, colour: Colour) -> String {
        self.colours.insert(colour);
        name(colour)
    }

    fn at(&self, (x, y): Point) -> String {
        format!("({},{})", number(x * self.scale), number(y * self.scale))
    }

    fn length(&self, length: f64) -> String {
        format!("{}bp", number(length * self.scale))
    }

    fn frame(&self, area: &Rect) -> String {
        let corners = [(area.left, area.top), (area.right, area.bottom)];
        let [one, other] = corners.map(|corner| self.at(corner));
        format!("{one} rectangle {other}")
    }

    fn path(&self, points: &[Point]) -> String {
        let mut places: Vec<String> = points.iter().map(|point| self.at(*point)).collect();
        places.dedup();
        places.join(" -- ")
    }

    fn filled(&mut self, corners: &[Point], options: &str) {
        if corners.len() > 2 {
            let form = format!("{} -- cycle", self.path(corners));
            self.close();
            let _ = writeln!(self.body, "\\fill[{options}] {form};");
        }
    }
}

/// The name of a colour, from its hexadecimal digits.
fn name([red, green, blue]: Colour) -> String {
    format!("taskscope{red:02x}{green:02x}{blue:02x}")
}

/// A number with two decimals at most.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Surface for Tikz<'_> {
    fn rect(&mut self, area: &Rect, colour: Colour) {
        if area.width() > 0.0 && area.height() > 0.0 {
            let command = format!("\\fill[{}]", self.colour(colour));
            let form = self.frame(area);
            self.form(command, &form);
        }
    }

    fn disc(&mut self, centre: Point, radius: f64, colour: Colour) {
        let command = format!("\\path[fill={}]", self.colour(colour));
        let form = format!("{} circle[radius={}]", self.at(centre), self.length(radius));
        self.form(command, &form);
    }

    fn polygon(&mut self, corners: &[Point], colour: Colour) {
        let colour = self.colour(colour);
        self.filled(corners, &colour);
    }

    fn region(&mut self, corners: &[Point], colour: Colour, cover: f64) {
        let colour = self.colour(colour);
        self.filled(corners, &format!("{colour}, fill opacity={}", number(cover)));
    }

    fn stroke(&mut self, run: &[Point], width: f64, colour: Colour) {
        if run.len() > 1 {
            let colour = self.colour(colour);
            let command = format!("\\draw[{colour}, line width={}]", self.length(width));
            let form = self.path(run);
            self.form(command, &form);
        }
    }

    fn text(&mut self, text: &str, at: Point, _: f64, style: Type) {
        let text = words(text.trim());
        if text.is_empty() {
            return;
        }
        let anchor = match style.anchor {
            Anchor::Start => "base west",
            Anchor::Middle => "base",
            Anchor::End => "base east",
        };
        let turn = if style.upright { ", rotate=90" } else { "" };
        let (em, leading) = (self.length(style.em), self.length(LEADING * style.em));
        let (colour, at) = (self.colour(style.colour), self.at(at));
        self.close();
        let _ = writeln!(
            self.body,
            "\\node[anchor={anchor}{turn}, text={colour}, \
             font=\\fontsize{{{em}}}{{{leading}}}\\selectfont] at {at} {{{text}}};"
        );
    }
}
