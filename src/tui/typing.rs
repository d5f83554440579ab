//! What a terminal sends while someone types, points and pastes, byte by byte.
//!
//! A sequence that is not complete ends if nothing follows it for a moment, and a paste without an
//! end too: it holds no keys back for ever.

use std::time::Duration;

use terminput::Event;

use super::typed::Typed;
use crate::app::Key;

/// How long the rest of a key may take; a lone Escape is one after that.
const REST: Duration = Duration::from_millis(50);
/// How long nothing may follow within a paste or an answer of the terminal.
const LONG_REST: Duration = Duration::from_secs(1);
/// Bytes of what is not complete that are kept; the rest of a longer paste is left out.
const MOST: usize = 1 << 20;
const ESCAPE: u8 = 0x1b;
const CONTROL_C: u8 = 3;
/// The beginning and the end of a paste.
const PASTE: [&[u8]; 2] = [b"\x1b[200~", b"\x1b[201~"];

/// What a terminal has sent and is not complete.
#[derive(Debug, Default)]
pub(super) struct Typing {
    waiting: Vec<u8>,
}

impl Typing {
    /// Takes what the terminal has sent, and returns what is complete. Ctrl-C alone ends a paste.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Typed> {
        let is_stop = bytes == [CONTROL_C] && self.waiting.starts_with(PASTE[0]);
        let ended = if is_stop { self.end() } else { None };
        ended.into_iter().chain(bytes.iter().filter_map(|byte| self.add(*byte))).collect()
    }

    /// How long to wait for more before [`Typing::end`]; `None` if nothing is incomplete.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.waiting[..] {
            [] => None,
            [ESCAPE, b']' | b'P' | b'_' | b'^' | b'X', ..] => Some(LONG_REST),
            _ if self.waiting.starts_with(PASTE[0]) => Some(LONG_REST),
            _ => Some(REST),
        }
    }

    /// Ends what is incomplete, because nothing has followed.
    pub(super) fn end(&mut self) -> Option<Typed> {
        let mut waiting = std::mem::take(&mut self.waiting);
        if waiting.starts_with(PASTE[0]) {
            waiting.extend_from_slice(PASTE[1]);
        } else if waiting != [ESCAPE] {
            return None;
        }
        Event::parse_from(&waiting).ok().flatten().and_then(Typed::new)
    }

    fn add(&mut self, byte: u8) -> Option<Typed> {
        if self.waiting == [ESCAPE] && byte == ESCAPE {
            return Some(Typed::Key(Key::Escape));
        }
        if self.waiting.len() >= MOST {
            self.waiting.remove(MOST - PASTE[1].len());
        }
        self.waiting.push(byte);
        let event = match self.waiting[..] {
            [ESCAPE] => return None,
            // An answer of the terminal, which nobody waits for any more.
            [ESCAPE, b']' | b'P' | b'_' | b'^' | b'X', .., last] => {
                let is_end = last == 7 || self.waiting.ends_with(b"\x1b\\");
                is_end.then_some(None)
            }
            [ESCAPE, b']' | b'P' | b'_' | b'^' | b'X'] => None,
            _ => Event::parse_from(&self.waiting).map_or(Some(None), |event| event.map(Some)),
        }?;
        self.waiting.clear();
        event.and_then(Typed::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Gesture;

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
            (
                "\x1b[A\x1bOB\x1b[1;2C\x1b[1;2D\x1b[1;5D",
                vec![Up, Down, ShiftRight, ShiftLeft, Left],
            ),
            ("\x1b[H\x1b[4~\x1b[5~\x1b[6~\x1b[3~", vec![Home, End, PageUp, PageDown, Delete]),
            ("\x1b[Z\x1bOP\x1b[11~\x1b[[A", vec![BackTab, F1, F1, F1]),
            ("\x1b\x1b[A", vec![Escape, Up]),
            ("\x1b[97;5u\x1b[27u", vec![Ctrl('a'), Escape]),
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
        assert_eq!(typing.patience(), Some(LONG_REST));
        assert_eq!(typing.end(), Some(paste("q")));
        assert_eq!(typing.take(b"q"), [Typed::Key(Key::Char('q'))]);
        typing.take(b"\x1b[200~q");
        assert_eq!(typing.take(b"\x03"), [paste("q"), Typed::Key(Key::Ctrl('c'))]);
    }

    #[test]
    fn of_a_long_paste_the_beginning_is_kept_and_the_rest_is_no_keys() {
        let mut typing = Typing::default();
        typing.take(b"\x1b[200~");
        for _ in 0..(3 * MOST / 1024) {
            assert_eq!(typing.take(&[b'q'; 1024]), []);
        }
        let found = typing.take(b"\x1b[201~x");
        assert_eq!(
            found,
            [
                Typed::Paste("q".repeat(MOST - PASTE[0].len() - PASTE[1].len())),
                Typed::Key(Key::Char('x'))
            ]
        );
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
