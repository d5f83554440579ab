//! A figure as a LaTeX document with a TikZ picture.

mod words;

pub(super) use words::words;

use super::canvas::Tikz;
use super::composition::Composition;
use super::font::Font;
use super::notes::PROGRAM;
use super::options::RenderOptions;
use super::paint;
use super::palette::PAPER;
use crate::error::Result;
use crate::figure::Figure;
use crate::text::is_hidden;

const POINTS_PER_INCH: f64 = 72.0;

/// What to do with the file, as comments.
const USE: &str = "\
% pdfLaTeX and LuaLaTeX compile this file alone. In another document, load both packages and read
% the file in; the text then has the font of that document:
%   \\usepackage{tikz}
%   \\usepackage{standalone}
%   \\begin{figure} \\centering \\input{THIS-FILE} \\caption{...} \\end{figure}
";

/// The preamble. pdfLaTeX needs a font of any size; LuaLaTeX has one.
const PREAMBLE: &str = "\
\\documentclass{standalone}
\\usepackage{tikz}
\\ifdefined\\Umathchar\\else
\\IfFileExists{lmodern.sty}{\\usepackage[T1]{fontenc}\\usepackage{lmodern}}{\\usepackage{fix-cm}}
\\fi
\\begin{document}
";

const PICTURE: &str = "\
\\begin{tikzpicture}[x=1bp, y=-1bp, line join=round, \
every node/.style={inner sep=0pt, outer sep=0pt}]
";

/// Draws a figure like [`svg`](super::svg()) as TikZ paths and nodes. Text is text of the document,
/// with Greek letters and signs in math mode. `command`, title and caption stand in comments.
///
/// # Errors
///
/// [`Error::Value`](crate::error::Error::Value) for a size that is not allowed.
pub fn tex(figure: &Figure, look: impl Into<RenderOptions>, command: &str) -> Result<String> {
    let look = look.into();
    let font = Font::of(&look.typeface)?;
    document(&Composition::of(figure, look.size.check()?, &font), &look, &font, command)
}

/// Draws a composition like [`tex`].
pub(super) fn document(
    shown: &Composition,
    look: &RenderOptions,
    font: &Font,
    command: &str,
) -> Result<String> {
    let size = shown.size.check()?;
    let scale = POINTS_PER_INCH / size.dpi;
    let mut picture = Tikz::new(look.style(font), scale);
    picture.draw(|canvas| canvas.rect(&shown.image, PAPER));
    for (figure, layout) in &shown.parts {
        picture.within(&layout.plot, |canvas| paint::inside(figure, layout, canvas));
        picture.draw(|canvas| paint::around(figure, layout, canvas));
    }
    picture.draw(|canvas| shown.draw_head(canvas));
    let (colours, body) = picture.finish();
    let [width, height] = [size.width, size.height].map(|pixels| f64::from(pixels) * scale);
    let about = [command, PROGRAM, &shown.title, &shown.description];
    let [command, program, title, caption] = about.map(comment);
    Ok(format!(
        "% {command}\n% {program}\n{USE}% Title: {title}\n% Caption: {caption}\n{PREAMBLE}{PICTURE}\
         {colours}\\path[use as bounding box] (0,0) rectangle ({width:.2},{height:.2});\n{body}\
         \\end{{tikzpicture}}\n\\end{{document}}\n"
    ))
}

/// A text in one line of a comment.
fn comment(text: &str) -> String {
    text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect()
}
