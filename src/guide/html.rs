//! A text in Markdown as a web page.

use pulldown_cmark::{Options, Parser, html};

/// The look of the page: readable without any other file.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;\
padding:0 1rem;color:#222}table{border-collapse:collapse}td,th{border-bottom:1px solid #ccc;\
padding:.3rem .8rem;text-align:left}pre{background:#f4f4f4;padding:.8rem;overflow:auto}";

/// A page in HTML that needs no other file.
pub fn page_in_html(title: &str, markdown: &str) -> String {
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    let mut name = String::new();
    html::push_html(&mut name, Parser::new(title));
    let name = name.trim().trim_start_matches("<p>").trim_end_matches("</p>");
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{name}</title>\
         <style>{STYLE}</style></head>\n<body>\n{body}</body>\n</html>\n"
    )
}
