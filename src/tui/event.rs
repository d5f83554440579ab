//! Events, and those that come from the keyboard and the mouse.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::{io, thread};

use crossterm::event::{
    self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::app::{Gesture, Key, Message};

/// An event for the runtime.
pub(super) enum Event {
    /// A message for the program.
    Message(Box<Message>),
    /// A mouse gesture at a column and a row.
    Mouse(Gesture, u16, u16),
    /// Reports are ready.
    Reports,
    /// The terminal was resized.
    Resized,
    /// The system asks the program to end.
    Stop,
    /// The system asks the program to suspend.
    Suspend,
    /// The program continues after it was suspended.
    Continue,
    /// The keyboard is gone.
    Lost(io::Error),
}

impl Event {
    pub(super) fn told(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

/// Reads keys on a separate thread.
pub(super) fn listen_to_keys(sender: &Sender<Event>) {
    let sender = sender.clone();
    thread::spawn(move || {
        let read = catch_unwind(AssertUnwindSafe(|| pass_on(&sender)));
        let read = read.unwrap_or_else(|_| Err(io::Error::other("this is a bug")));
        if let Err(error) = read {
            let _ = sender.send(Event::Lost(error));
        }
    });
}

/// Passes on what is typed and pointed at, until nobody takes it.
fn pass_on(sender: &Sender<Event>) -> io::Result<()> {
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
