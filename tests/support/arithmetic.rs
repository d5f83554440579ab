//! Evaluates arithmetic as written in formulas: + − · / ² √ and brackets.

/// The value of an expression.
pub(crate) fn value(text: &str) -> f64 {
    let mut reader = Reader { signs: text.chars().filter(|c| !c.is_whitespace()).collect(), at: 0 };
    let value = reader.sum();
    assert_eq!(reader.at, reader.signs.len(), "{text}");
    value
}

/// The largest number in an expression.
pub(crate) fn largest(text: &str) -> f64 {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    parts.filter_map(|part| part.parse::<f64>().ok()).fold(0.0, f64::max)
}

struct Reader {
    signs: Vec<char>,
    at: usize,
}

impl Reader {
    fn next(&self) -> char {
        self.signs.get(self.at).copied().unwrap_or('\0')
    }

    fn takes(&mut self, sign: char) -> bool {
        let takes = self.next() == sign;
        self.at += usize::from(takes);
        takes
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.takes('+') {
                value += self.product();
            } else if self.takes('−') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.power();
        loop {
            if self.takes('·') {
                value *= self.power();
            } else if self.takes('/') {
                value /= self.power();
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> f64 {
        let value = self.atom();
        if self.takes('²') { value * value } else { value }
    }

    fn atom(&mut self) -> f64 {
        if self.takes('−') {
            return -self.power();
        }
        if self.takes('√') {
            return self.atom().sqrt();
        }
        if self.takes('(') {
            let value = self.sum();
            assert!(self.takes(')'));
            return value;
        }
        self.number()
    }

    fn number(&mut self) -> f64 {
        let start = self.at;
        let mut last = ' ';
        while self.next().is_ascii_digit()
            || ['.', 'e'].contains(&self.next())
            || (self.next() == '-' && last == 'e')
        {
            last = self.next();
            self.at += 1;
        }
        let text: String = self.signs[start..self.at].iter().collect();
        text.parse().unwrap_or_else(|_| panic!("no number: {text:?} in {:?}", self.signs))
    }
}
