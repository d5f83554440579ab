//! What a terminal sends while someone types, points and pastes.
//!
//! A sequence that is not complete ends if nothing follows it for a moment, and a paste without an
//! end too: it holds no keys back for ever.

use std::time::Duration;

use crate::app::{Gesture, Key};

/// How long the rest of a sequence may take; a lone Escape is one after that.
const REST: Duration = Duration::from_millis(10);
/// How long nothing may follow within a paste.
const PASTE_REST: Duration = Duration::from_secs(1);
/// Bytes of a paste that are kept.
const MOST_PASTED: usize = 1 << 20;
/// The longest answer of a terminal, which is left out.
const LONGEST_ANSWER: usize = 1 << 16;
/// The longest other sequence.
const LONGEST: usize = 64;
/// The end of a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// Something that was typed, pointed at or pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    Key(Key),
    /// A gesture at a column and a row.
    Mouse(Gesture, u16, u16),
    Paste(String),
}

/// What the beginning of some bytes is.
enum Begins {
    /// Something complete: its length, and what it is if the program uses it.
    With(usize, Option<Typed>),
    /// A paste, whose text comes behind so many bytes.
    Paste(usize),
    /// Something whose rest is missing.
    Incomplete,
}

/// What a terminal has sent and is not complete.
#[derive(Debug, Default)]
pub(super) struct Typing {
    waiting: Vec<u8>,
    /// The text of the paste that has begun.
    paste: Option<Vec<u8>>,
}

impl Typing {
    /// Takes what the terminal has sent, and returns what is complete.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Typed> {
        self.waiting.extend_from_slice(bytes);
        let mut found = Vec::new();
        while !self.waiting.is_empty() {
            if self.paste.is_some() {
                match self.pasted() {
                    Some(text) => found.push(text),
                    None => break,
                }
                continue;
            }
            let length = match begins(&self.waiting) {
                Begins::With(length, typed) => {
                    found.extend(typed);
                    length
                }
                Begins::Paste(length) => {
                    self.paste = Some(Vec::new());
                    length
                }
                Begins::Incomplete => break,
            };
            self.waiting.drain(..length.min(self.waiting.len()));
        }
        found
    }

    /// How long to wait for more before [`Typing::end`]; `None` if nothing is incomplete.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.paste {
            Some(_) => Some(PASTE_REST),
            None => (!self.waiting.is_empty()).then_some(REST),
        }
    }

    /// Ends what is incomplete, because nothing has followed.
    pub(super) fn end(&mut self) -> Vec<Typed> {
        let waiting = std::mem::take(&mut self.waiting);
        match self.paste.take() {
            Some(mut text) => {
                text.extend(waiting);
                vec![paste(&text)]
            }
            None if waiting.starts_with(b"\x1b") && waiting.len() == 1 => {
                vec![Typed::Key(Key::Escape)]
            }
            None => Vec::new(),
        }
    }

    /// Moves what was pasted into the paste; the whole paste if its end is there.
    fn pasted(&mut self) -> Option<Typed> {
        let text = self.paste.as_mut()?;
        let end = self.waiting.windows(PASTE_END.len()).position(|bytes| bytes == PASTE_END);
        // The end may be cut: its beginning stays behind.
        let sure = end.unwrap_or(self.waiting.len().saturating_sub(PASTE_END.len() - 1));
        let room = MOST_PASTED.saturating_sub(text.len());
        text.extend(self.waiting.drain(..sure).take(room));
        end.map(|_| {
            self.waiting.drain(..PASTE_END.len());
            paste(&self.paste.take().unwrap_or_default())
        })
    }
}

fn paste(text: &[u8]) -> Typed {
    Typed::Paste(String::from_utf8_lossy(text).into_owned())
}

/// What some bytes, at least one, begin with.
fn begins(bytes: &[u8]) -> Begins {
    let key = |key| Begins::With(1, Some(Typed::Key(key)));
    match bytes[0] {
        0x1b => sequence(bytes),
        b'\r' => key(Key::Enter),
        b'\t' => key(Key::Tab),
        0x7f => key(Key::Backspace),
        0 => key(Key::Ctrl(' ')),
        byte @ 1..=26 => key(Key::Ctrl(char::from(byte - 1 + b'a'))),
        byte @ 0x1c..=0x1f => key(Key::Ctrl(char::from(byte - 0x1c + b'4'))),
        _ => character(bytes),
    }
}

/// The character in UTF-8 that bytes begin with.
fn character(bytes: &[u8]) -> Begins {
    let length = match bytes[0] {
        0..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Begins::With(1, None),
    };
    let Some(own) = bytes.get(..length) else { return Begins::Incomplete };
    match std::str::from_utf8(own).ok().and_then(|text| text.chars().next()) {
        Some(c) => Begins::With(length, Some(Typed::Key(Key::Char(c)))),
        None => Begins::With(1, None),
    }
}

/// What begins with an escape.
fn sequence(bytes: &[u8]) -> Begins {
    match bytes.get(1) {
        None => Begins::Incomplete,
        Some(0x1b) => Begins::With(1, Some(Typed::Key(Key::Escape))),
        Some(b'[') => control(bytes),
        Some(b'O') => match bytes.get(2) {
            None => Begins::Incomplete,
            Some(last) => Begins::With(3, moving(*last, 0).map(Typed::Key)),
        },
        Some(b']' | b'P' | b'_' | b'^' | b'X') => answer(bytes),
        // With Alt.
        Some(_) => match character(&bytes[1..]) {
            Begins::With(length, _) => Begins::With(1 + length, None),
            other => other,
        },
    }
}

/// An answer of the terminal, which nobody has asked for or waits for any more.
fn answer(bytes: &[u8]) -> Begins {
    let bell = bytes.iter().position(|byte| *byte == 7).map(|at| at + 1);
    let end = bytes.windows(2).skip(1).position(|pair| pair == b"\x1b\\").map(|at| at + 3);
    match [bell, end].into_iter().flatten().min() {
        Some(length) => Begins::With(length, None),
        None if bytes.len() > LONGEST_ANSWER => Begins::With(bytes.len(), None),
        None => Begins::Incomplete,
    }
}

/// A sequence that begins with `ESC [`.
fn control(bytes: &[u8]) -> Begins {
    let is_last = |byte: &u8| (0x40..=0x7e).contains(byte);
    if bytes.get(2) == Some(&b'[') {
        // The keys F1 to F5 of the Linux console.
        return match bytes.get(3) {
            None => Begins::Incomplete,
            Some(last) => Begins::With(4, (*last == b'A').then_some(Typed::Key(Key::F1))),
        };
    }
    let Some(end) = bytes[2..].iter().position(|byte| !(0x20..=0x3f).contains(byte)) else {
        return match bytes.len() > LONGEST {
            true => Begins::With(bytes.len(), None),
            false => Begins::Incomplete,
        };
    };
    let (parameters, last, length) = (&bytes[2..2 + end], bytes[2 + end], end + 3);
    if !is_last(&last) {
        return Begins::With(length - 1, None);
    }
    let parameters = std::str::from_utf8(parameters).unwrap_or_default();
    if last == b'M' && parameters.is_empty() {
        return match bytes.get(3..6) {
            Some(place) => {
                let [button, x, y] = [0, 1, 2].map(|at| u16::from(place[at].saturating_sub(32)));
                Begins::With(6, mouse(button, false, x, y))
            }
            None => Begins::Incomplete,
        };
    }
    if parameters.starts_with(['?', '>', '=']) {
        // An answer of the terminal.
        return Begins::With(length, None);
    }
    let is_sgr = parameters.starts_with('<');
    let numbers: Vec<u16> = parameters
        .trim_start_matches('<')
        .split(';')
        .map(|number| number.split(':').next().and_then(|n| n.parse().ok()).unwrap_or(0))
        .collect();
    let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
    let modifiers = number(1).saturating_sub(1);
    let typed = match last {
        b'M' | b'm' if is_sgr => mouse(number(0), last == b'm', number(1), number(2)),
        b'M' => mouse(number(0).saturating_sub(32), false, number(1), number(2)),
        b'~' if number(0) == 200 => return Begins::Paste(length),
        b'~' if number(0) == 27 => coded(number(2), modifiers).map(Typed::Key),
        b'~' => numbered(number(0), modifiers).map(Typed::Key),
        b'u' => coded(number(0), modifiers).map(Typed::Key),
        _ => moving(last, modifiers).map(Typed::Key),
    };
    Begins::With(length, typed)
}

const SHIFT: u16 = 1;
const ALT: u16 = 2;
const CONTROL: u16 = 4;

/// The key of a sequence that ends with a letter.
fn moving(last: u8, modifiers: u16) -> Option<Key> {
    let shift = modifiers & SHIFT != 0;
    let key = match last {
        b'A' | b'a' => Key::Up,
        b'B' | b'b' => Key::Down,
        b'C' if shift => Key::ShiftRight,
        b'D' if shift => Key::ShiftLeft,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'c' => Key::ShiftRight,
        b'd' => Key::ShiftLeft,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'P' => Key::F1,
        b'M' => Key::Enter,
        b'Z' => Key::BackTab,
        _ => return None,
    };
    (modifiers & ALT == 0).then_some(key)
}

/// The key of a sequence with a number and `~`.
fn numbered(number: u16, modifiers: u16) -> Option<Key> {
    let key = match number {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11 => Key::F1,
        _ => return None,
    };
    (modifiers & ALT == 0).then_some(key)
}

/// The key of a character that is sent as its number.
fn coded(code: u16, modifiers: u16) -> Option<Key> {
    let shift = modifiers & SHIFT != 0;
    let key = match char::from_u32(code.into())? {
        '\r' => Key::Enter,
        '\t' if shift => Key::BackTab,
        '\t' => Key::Tab,
        '\u{1b}' => Key::Escape,
        '\u{7f}' => Key::Backspace,
        c if c.is_control() => return None,
        c if modifiers & CONTROL != 0 => Key::Ctrl(c.to_ascii_lowercase()),
        c if shift => Key::Char(c.to_uppercase().next().unwrap_or(c)),
        c => Key::Char(c),
    };
    (modifiers & ALT == 0).then_some(key)
}

/// The gesture of the left button, the wheel or the moving pointer.
fn mouse(code: u16, is_up: bool, x: u16, y: u16) -> Option<Typed> {
    let (button, is_moving) = (code & 3 | (code & 0xc0) >> 4, code & 32 != 0);
    let gesture = match (button, is_moving) {
        (0, false) if is_up => Gesture::Release,
        (0, false) => Gesture::Press,
        (0, true) => Gesture::Drag,
        (3, false) => Gesture::Release,
        (3..=5, true) => Gesture::Move,
        (4, false) => Gesture::Wheel(1),
        (5, false) => Gesture::Wheel(-1),
        _ => return None,
    };
    Some(Typed::Mouse(gesture, x.saturating_sub(1), y.saturating_sub(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in bytes that come one by one, or all at once.
    fn found(bytes: &str) -> Vec<Typed> {
        let mut typing = Typing::default();
        let mut one_by_one: Vec<Typed> =
            bytes.bytes().flat_map(|byte| typing.take(&[byte])).collect();
        one_by_one.extend(typing.end());
        assert_eq!(typing.patience(), None);
        let mut at_once = typing.take(bytes.as_bytes());
        at_once.extend(typing.end());
        assert_eq!(one_by_one, at_once, "{bytes:?}");
        at_once
    }

    fn keys(bytes: &str) -> Vec<Key> {
        let key = |typed| match typed {
            Typed::Key(key) => key,
            other => panic!("{bytes:?}: {other:?}"),
        };
        found(bytes).into_iter().map(key).collect()
    }

    #[test]
    fn keys_are_read_in_all_the_ways_in_which_terminals_send_them() {
        use Key::*;
        for (bytes, wanted) in [
            ("aθ\u{1d7d9}", vec![Char('a'), Char('θ'), Char('\u{1d7d9}')]),
            ("\r\t\x7f\x03\x1b", vec![Enter, Tab, Backspace, Ctrl('c'), Escape]),
            ("\x1b[A\x1bOB\x1b[1;2C\x1b[d\x1b[1;5D", vec![Up, Down, ShiftRight, ShiftLeft, Left]),
            ("\x1b[H\x1b[4~\x1b[5~\x1b[6~\x1b[3~", vec![Home, End, PageUp, PageDown, Delete]),
            ("\x1b[Z\x1bOP\x1b[11~\x1b[[A", vec![BackTab, F1, F1, F1]),
            ("\x1b\x1b[A", vec![Escape, Up]),
            ("\x1b[97;5u\x1b[27;5;111~\x1b[27u", vec![Ctrl('a'), Ctrl('o'), Escape]),
            ("\x1bqx\x1b[1;3Ay", vec![Char('x'), Char('y')]),
            ("\x1b]11;rgb:0/0/0\x07a\x1bP1+r\x1b\\b\x1b[?62;c", vec![Char('a'), Char('b')]),
        ] {
            assert_eq!(keys(bytes), wanted, "{bytes:?}");
        }
    }

    #[test]
    fn gestures_of_the_mouse_are_read_with_their_place() {
        let mouse = |gesture, x, y| Typed::Mouse(gesture, x, y);
        assert_eq!(
            found(
                "\x1b[<0;10;5M\x1b[<32;11;5M\x1b[<0;300;5m\x1b[<35;1;1M\x1b[<65;2;2M\x1b[<2;1;1M"
            ),
            [
                mouse(Gesture::Press, 9, 4),
                mouse(Gesture::Drag, 10, 4),
                mouse(Gesture::Release, 299, 4),
                mouse(Gesture::Move, 0, 0),
                mouse(Gesture::Wheel(-1), 1, 1),
            ]
        );
        assert_eq!(found("\x1b[M !!"), [mouse(Gesture::Press, 0, 0)]);
        assert_eq!(found("\x1b[96;3;4M"), [mouse(Gesture::Wheel(1), 2, 3)]);
    }

    #[test]
    fn a_paste_is_one_text_and_ends_even_without_its_end() {
        let paste = |text: &str| Typed::Paste(text.to_owned());
        assert_eq!(found("\x1b[200~q\nθ\x1b[A\x1b[201~"), [paste("q\nθ\x1b[A")]);
        let mut typing = Typing::default();
        assert_eq!(typing.take(b"\x1b[200~q"), []);
        assert_eq!(typing.patience(), Some(PASTE_REST));
        assert_eq!(typing.end(), [paste("q")]);
        assert_eq!(typing.take(b"q"), [Typed::Key(Key::Char('q'))]);
    }

    #[test]
    fn of_a_long_paste_the_beginning_is_kept_and_the_rest_is_no_keys() {
        let mut typing = Typing::default();
        typing.take(b"\x1b[200~");
        for _ in 0..(3 * MOST_PASTED / 1024) {
            assert_eq!(typing.take(&[b'q'; 1024]), []);
        }
        let found = typing.take(b"\x1b[201~x");
        assert_eq!(found, [Typed::Paste("q".repeat(MOST_PASTED)), Typed::Key(Key::Char('x'))]);
    }

    #[test]
    fn bytes_that_are_no_sequence_hold_nothing_back() {
        for bytes in ["\x1b[1;", "\x1b[\x01", "\x1b[999999999~", "\x1b[<;;M", "\x1b]x", "\x1bO"] {
            found(bytes);
        }
        let mut typing = Typing::default();
        for byte in 0..=255_u8 {
            typing.take(&[byte, 0xff, 0xc3, byte]);
        }
        typing.end();
        assert_eq!(typing.take(b"q"), [Typed::Key(Key::Char('q'))]);
    }
}
