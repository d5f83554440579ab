//! Figures with their captions, facts and commands as one self-contained HTML page.

use super::notes::PROGRAM;
use super::svg::escaped;
use super::{alt, svg};
use crate::error::Result;
use crate::export::options::RenderOptions;
use crate::figure::Figure;

/// A figure on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageFigure {
    /// Name of its files, and its anchor on the page.
    pub id: String,
    /// The section of the page that contains it; equal neighbours share one section.
    pub part: String,
    /// A short heading.
    pub heading: String,
    /// The figure; its caption is shown below it.
    pub figure: Figure,
    /// Facts needed to check it, by name: trials, intervals, seeds.
    pub facts: Vec<(String, String)>,
    /// The commands that redraw it.
    pub commands: Vec<String>,
    /// Its files in the folder of the page.
    pub files: Vec<String>,
}

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #222; --faint: #595959; --ground: #fafafa; --line: #d0d0d0; --link: #0059a0; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --faint: #a8a8a8; --ground: #17191c; --line: #3c4046; --link: #7cc0ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem; max-width: 60rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 'DejaVu Sans', system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 2rem 0 .6rem; }
a { color: var(--link); }
nav ul { padding-left: 1.2rem; }
figure { margin: 0; }
figure svg { display: block; width: 100%; height: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px; }
figcaption { margin: .7rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .6rem 0; color: var(--faint); font-size: .88rem; }
dt { font-weight: 600; } dd { margin: 0; min-width: 0; }
pre { margin: 0; padding: .6rem .8rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; font-size: .85rem; }
details { margin: .5rem 0; font-size: .88rem; color: var(--faint); }
footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--faint); font-size: .88rem; }
@media (max-width: 34rem) { body { padding: .8rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .3rem; } }
@media print { body { max-width: none; } figure, dl { break-inside: avoid; } }
";

/// The page: well-formed XHTML in UTF-8 with inline SVG figures; nothing is loaded from elsewhere.
/// Equal figures give equal bytes.
///
/// # Errors
///
/// As [`svg`](super::svg()).
pub fn page(
    title: &str,
    about: &[&str],
    figures: &[PageFigure],
    look: RenderOptions,
) -> Result<String> {
    let contents: String = figures
        .iter()
        .map(|shown| {
            let (id, part, heading) =
                (escaped(&shown.id), escaped(&shown.part), escaped(&shown.heading));
            format!("<li><a href=\"#{id}\">{part}: {heading}</a></li>\n")
        })
        .collect();
    let mut body = String::new();
    for parts in figures.chunk_by(|a, b| a.part == b.part) {
        body += &format!("<section>\n<h2>{}</h2>\n", escaped(&parts[0].part));
        for shown in parts {
            body += &section(shown, &look)?;
        }
        body += "</section>\n";
    }
    let title = escaped(title);
    let about: String = about.iter().map(|text| format!("<p>{}</p>\n", escaped(text))).collect();
    Ok(format!(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n\
         <meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
         <meta name=\"generator\" content=\"{PROGRAM}\"/>\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n{about}</header>\n\
         <nav aria-label=\"Figures\">\n<ul>\n{contents}</ul>\n</nav>\n\
         <main>\n{body}</main>\n<footer><p>{PROGRAM}</p></footer>\n</body>\n</html>\n"
    ))
}

fn section(shown: &PageFigure, look: &RenderOptions) -> Result<String> {
    let facts: String = shown
        .facts
        .iter()
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(name), escaped(value)))
        .collect();
    let files: Vec<String> = shown
        .files
        .iter()
        .map(|file| {
            let ending = file.rsplit('.').next().unwrap_or(file).to_uppercase();
            format!("<a href=\"{}\">{}</a>", escaped(file), escaped(&ending))
        })
        .collect();
    Ok(format!(
        "<article id=\"{id}\">\n<h3>{heading}</h3>\n<figure>\n{drawn}\
         <figcaption>{caption}</figcaption>\n</figure>\n<dl>\n{facts}<dt>files</dt><dd>{files}</dd>\n</dl>\n\
         <pre><code>{commands}</code></pre>\n\
         <details><summary>Alternative text</summary><p>{alternative}</p></details>\n</article>\n",
        id = escaped(&shown.id),
        heading = escaped(&shown.heading),
        drawn = drawn(shown, look)?,
        caption = escaped(&shown.figure.caption),
        files = files.join(" · "),
        commands = escaped(&shown.commands.join("\n")),
        alternative = escaped(&alt::alternative(&shown.figure)),
    ))
}

/// The figure as inline SVG with unique ids, without a description: the page has the caption.
fn drawn(shown: &PageFigure, look: &RenderOptions) -> Result<String> {
    let figure = Figure { caption: String::new(), ..shown.figure.clone() };
    let own = format!("{}-plot", shown.figure.id);
    let document = svg(&figure, look.clone(), &[])?;
    let named = document
        .replace(&format!("id=\"{own}\""), &format!("id=\"{}-plot\"", shown.id))
        .replace(&format!("url(#{own})"), &format!("url(#{}-plot)", shown.id));
    Ok(named.replace("<desc></desc>\n", ""))
}
