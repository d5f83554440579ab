//! The thread that reads what is typed, pointed at and pasted.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;

use super::event::Event;

/// Reads keys on a separate thread.
pub(super) fn listen(sender: &Sender<Event>) {
    let sender = sender.clone();
    thread::spawn(move || {
        let read = catch_unwind(AssertUnwindSafe(|| pass_on(&sender)));
        let read = read.unwrap_or_else(|_| Err(io::Error::other("this is a bug")));
        if let Err(error) = read {
            let _ = sender.send(Event::Lost(error));
        }
    });
}

/// Bytes that are read at once: a frame is drawn, and signals are heeded, after as many keys at most.
#[cfg(unix)]
const AT_ONCE: usize = 256;

/// Passes on what the terminal sends, until nobody takes it.
#[cfg(unix)]
fn pass_on(sender: &Sender<Event>) -> io::Result<()> {
    use std::sync::mpsc::channel;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    use super::typed::Typing;

    let terminal = io::stdin();
    let (mut typing, mut block) = (Typing::default(), [0; AT_ONCE]);
    let (handled, waiting) = channel();
    loop {
        let patience = typing.patience().map(|rest| Timespec {
            tv_sec: rest.as_secs() as i64,
            tv_nsec: rest.subsec_nanos().into(),
        });
        let found = match poll(&mut [PollFd::new(&terminal, PollFlags::IN)], patience.as_ref()) {
            Ok(0) => typing.end(),
            Ok(_) => match rustix::io::read(&terminal, &mut block) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => typing.take(&block[..count]),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(error) => return Err(error.into()),
            },
            Err(Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        };
        if found.is_empty() {
            continue;
        }
        let sent = sender.send(Event::Typed(found, handled.clone()));
        if sent.is_err() || waiting.recv().is_err() {
            return Ok(());
        }
    }
}

#[cfg(not(unix))]
use other::pass_on;

#[cfg(not(unix))]
mod other {
    use std::io;
    use std::sync::mpsc::Sender;

    use crossterm::event::{
        self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent,
        MouseEventKind,
    };

    use crate::app::{Gesture, Key, Message};
    use crate::tui::event::Event;

    /// Passes on what is typed and pointed at, until nobody takes it.
    pub(super) fn pass_on(sender: &Sender<Event>) -> io::Result<()> {
        loop {
            let event = match event::read()? {
                event::Event::Key(key) => translate(key).map(|key| Event::told(Message::Key(key))),
                event::Event::Paste(text) => Some(Event::told(Message::Paste(text))),
                event::Event::Mouse(mouse) => pointed(mouse),
                event::Event::Resize(..) => Some(Event::Resized),
                _ => None,
            };
            if event.is_some_and(|event| sender.send(event).is_err()) {
                return Ok(());
            }
        }
    }

    /// The gesture of the left button, the wheel or the moving pointer.
    fn pointed(event: MouseEvent) -> Option<Event> {
        let gesture = match event.kind {
            MouseEventKind::Down(MouseButton::Left) => Gesture::Press,
            MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
            MouseEventKind::Up(MouseButton::Left) => Gesture::Release,
            MouseEventKind::Moved => Gesture::Move,
            MouseEventKind::ScrollUp => Gesture::Wheel(1),
            MouseEventKind::ScrollDown => Gesture::Wheel(-1),
            _ => return None,
        };
        Some(Event::Mouse(gesture, event.column, event.row))
    }

    /// Translates a key press; `None` if the program does not use the key.
    fn translate(event: KeyEvent) -> Option<Key> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        if event.modifiers.contains(KeyModifiers::ALT) {
            return None;
        }
        Some(match event.code {
            KeyCode::Char(c) if control => Key::Ctrl(c.to_ascii_lowercase()),
            KeyCode::Char(c) => Key::Char(c),
            KeyCode::Left if shift => Key::ShiftLeft,
            KeyCode::Right if shift => Key::ShiftRight,
            KeyCode::Left => Key::Left,
            KeyCode::Right => Key::Right,
            KeyCode::Up => Key::Up,
            KeyCode::Down => Key::Down,
            KeyCode::PageUp => Key::PageUp,
            KeyCode::PageDown => Key::PageDown,
            KeyCode::Home => Key::Home,
            KeyCode::End => Key::End,
            KeyCode::Enter => Key::Enter,
            KeyCode::Esc => Key::Escape,
            KeyCode::Tab if shift => Key::BackTab,
            KeyCode::Tab => Key::Tab,
            KeyCode::BackTab => Key::BackTab,
            KeyCode::Backspace => Key::Backspace,
            KeyCode::Delete => Key::Delete,
            KeyCode::F(1) => Key::F1,
            _ => return None,
        })
    }
}
