//! Keys and the mouse on every screen.

use taskscope::app::{ACTIONS, Gesture, Key};
use taskscope::job::JobSlot;

use super::run::Target;
use crate::support::user::{Event, User};

pub(super) const KEYS: Target = Target { name: "", changes: 0, words: Vec::new, seeds, check: act };

/// Most events of an input.
const MOST: usize = 120;
const PRESETS: [&str; 6] =
    ["two-tasks", "turning-data", "three-tasks", "six-tasks", "svd-weights", "signs"];

fn seeds() -> Vec<Vec<u8>> {
    let typed = |text: &str| text.bytes().flat_map(|byte| [0xf0, byte]).collect::<Vec<u8>>();
    let tours = ["1234567", "5 5x:wq?", ":guide verdicts", "e", "/noise", "sss", "oo2xs"];
    let tours = tours.iter().enumerate().map(|(i, text)| [vec![i as u8], typed(text)].concat());
    tours.chain([(0..=255).collect(), (0..120).rev().collect()]).collect()
}

/// The events that bytes stand for; the first names the preset.
fn events(bytes: &[u8]) -> (usize, Vec<Event>) {
    let known: Vec<Key> = ACTIONS.iter().flat_map(|action| action.keys.iter().copied()).collect();
    let edit = [Key::Backspace, Key::Delete, Key::Ctrl('u'), Key::Escape, Key::Enter];
    let gestures = [
        Gesture::Press,
        Gesture::Drag,
        Gesture::Release,
        Gesture::Move,
        Gesture::Wheel(1),
        Gesture::Wheel(-1),
    ];
    let sizes = [(120, 36), (80, 24), (60, 18), (200, 60), (1, 1), (20, 5)];
    let quick = [JobSlot::Verdict, JobSlot::Curve, JobSlot::Descent];
    let mut rest = bytes.iter().copied();
    let first = usize::from(rest.next().unwrap_or(0));
    let mut found = Vec::new();
    while let Some(byte) = rest.next().filter(|_| found.len() < MOST) {
        let at = usize::from(byte);
        let mut next = || rest.next().unwrap_or(0);
        found.push(match byte {
            0..0x80 => Event::Press(known[at % known.len()]),
            0x80..0x90 => Event::Press(edit[at % edit.len()]),
            0x90..0x98 => Event::Press(Key::Char(char::from(b'1' + byte % 7))),
            0x98..0xd0 => Event::Mouse(gestures[at % gestures.len()], next().into(), next().into()),
            0xd0..0xd8 => Event::Resize(next().max(1).into(), next().max(1).into()),
            0xd8..0xe0 => {
                let (width, height) = sizes[at % sizes.len()];
                Event::Resize(width, height)
            }
            0xe0..0xe8 => Event::Settle(quick[at % quick.len()]),
            0xe8..0xea => Event::Study,
            0xea..0xec => Event::Time(u64::from(next()) * 10),
            0xec..0xee => {
                let text: Vec<u8> = (0..next() % 16).map(|_| next()).collect();
                Event::Paste(String::from_utf8_lossy(&text).into_owned())
            }
            0xee..0xf0 => {
                let letter = char::from_u32(u32::from(next()) * 0x101 + u32::from(next()));
                Event::Press(Key::Char(letter.unwrap_or('é')))
            }
            _ => Event::Press(Key::Char(char::from(next() & 0x7f))),
        });
    }
    (first % PRESETS.len(), found)
}

/// Whatever is done is drawn, and can be undone.
fn act(bytes: &[u8]) {
    let (preset, events) = events(bytes);
    let mut user = User::of(PRESETS[preset]);
    let opened = user.drive.app.work.snapshot();
    for event in events {
        user.meet(event);
        user.look();
    }
    user.go_back_and_forth(&opened);
}
