//! The Python literals in the header of an array.

/// A Python literal.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Text(String),
    Number(u64),
    Truth(bool),
    /// A tuple or a list.
    Items(Vec<Literal>),
}

/// Reads `{'key': value, …}` with nothing but blanks behind it. The error says what was found.
pub(super) fn dictionary(text: &str) -> Result<Vec<(String, Literal)>, String> {
    let mut parser = Parser { rest: text };
    let mut entries = Vec::new();
    parser.expect('{')?;
    while !parser.take('}') {
        let key = parser.text()?;
        parser.expect(':')?;
        entries.push((key, parser.value(0)?));
        if !parser.take(',') {
            parser.expect('}')?;
            break;
        }
    }
    parser.skip();
    if parser.rest.is_empty() { Ok(entries) } else { Err(parser.found()) }
}

struct Parser<'t> {
    rest: &'t str,
}

impl Parser<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, wanted: char) -> bool {
        self.skip();
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        if self.take(wanted) { Ok(()) } else { Err(self.found()) }
    }

    fn found(&self) -> String {
        match self.rest.chars().next() {
            Some(_) => format!("`{}`", self.rest.chars().take(20).collect::<String>()),
            None => "the end of the header".to_owned(),
        }
    }

    fn text(&mut self) -> Result<String, String> {
        self.skip();
        let quote = self.rest.chars().next().filter(|c| matches!(c, '\'' | '"'));
        let inner = quote.and_then(|quote| self.rest[1..].split_once(quote));
        let Some((text, rest)) = inner else { return Err(self.found()) };
        self.rest = rest;
        Ok(text.to_owned())
    }

    fn value(&mut self, depth: usize) -> Result<Literal, String> {
        const DEEPEST: usize = 8;
        if depth > DEEPEST {
            return Err("more than 8 nested lists".to_owned());
        }
        self.skip();
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        match &self.rest[..end] {
            "" if self.take('(') => self.items(')', depth),
            "" if self.take('[') => self.items(']', depth),
            "" => Ok(Literal::Text(self.text()?)),
            word => {
                let value = match word {
                    "True" => Literal::Truth(true),
                    "False" => Literal::Truth(false),
                    digits => match digits.trim_end_matches('L').parse() {
                        Ok(number) => Literal::Number(number),
                        Err(_) => return Err(self.found()),
                    },
                };
                self.rest = &self.rest[end..];
                Ok(value)
            }
        }
    }

    fn items(&mut self, close: char, depth: usize) -> Result<Literal, String> {
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.value(depth + 1)?);
            if !self.take(',') {
                self.expect(close)?;
                break;
            }
        }
        Ok(Literal::Items(items))
    }
}
