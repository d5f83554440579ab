//! A text in Markdown as a web page.

use crate::text::clean;
use pulldown_cmark::{Event, Options, Parser, html};

/// The look of the page: readable without any other file.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;\
padding:0 1rem;color:#222}table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;\
padding:.3rem .8rem;text-align:left}img{max-width:100%}pre{background:#f4f4f4;padding:.8rem;overflow:auto}";

/// The element by which a page shows that taskscope wrote it.
pub const GENERATOR: &str =
    concat!("<meta name=\"generator\" content=\"taskscope ", env!("CARGO_PKG_VERSION"), "\">");

/// The events of a text, with HTML in it as plain text: names from files must not become elements.
fn events(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        event => event,
    })
}

/// A page in HTML that needs no other file.
pub fn page_in_html(title: &str, markdown: &str) -> String {
    let mut body = String::new();
    html::push_html(&mut body, events(markdown));
    let mut name = String::new();
    html::push_html(&mut name, std::iter::once(Event::Text(clean(title).into())));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">{GENERATOR}<title>{name}</title>\
         <style>{STYLE}</style></head>\n<body>\n{body}</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_in_names_is_shown_and_not_run() {
        let page = page_in_html("<script>a</script>", "# T\n\n| <script>b</script> |\n|---|\n");
        assert!(!page.contains("<script>") && page.contains("&lt;script&gt;"), "{page}");
        let block = page_in_html("t", "<div onclick=x>\n\ntext");
        assert!(!block.contains("<div"), "{block}");
    }
}
