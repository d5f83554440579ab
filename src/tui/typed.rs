//! What is typed, pointed at and pasted.

use terminput::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
    ScrollDirection,
};

use crate::app::{Gesture, Key};

/// Something that was typed, pointed at or pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    Key(Key),
    /// A gesture at a column and a row.
    Mouse(Gesture, u16, u16),
    Paste(String),
}

impl Typed {
    /// What an event of a terminal is; `None` if the program does not use it.
    pub(super) fn new(event: Event) -> Option<Self> {
        match event {
            Event::Key(event) => key(event).map(Self::Key),
            Event::Mouse(event) => Some(Self::Mouse(gesture(&event)?, event.column, event.row)),
            Event::Paste(text) => Some(Self::Paste(text)),
            _ => None,
        }
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    let holds = |modifiers| event.modifiers.contains(modifiers);
    if event.kind == KeyEventKind::Release || holds(KeyModifiers::ALT) {
        return None;
    }
    let shift = holds(KeyModifiers::SHIFT);
    Some(match event.code {
        KeyCode::Char(c) if holds(KeyModifiers::CTRL) => Key::Ctrl(c.to_ascii_lowercase()),
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
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::F(1) => Key::F1,
        _ => return None,
    })
}

/// The gesture of the left button, the wheel or the moving pointer.
fn gesture(event: &MouseEvent) -> Option<Gesture> {
    Some(match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Gesture::Press,
        MouseEventKind::Drag(MouseButton::Left) => Gesture::Drag,
        MouseEventKind::Up(_) => Gesture::Release,
        MouseEventKind::Moved => Gesture::Move,
        MouseEventKind::Scroll(ScrollDirection::Up) => Gesture::Wheel(1),
        MouseEventKind::Scroll(ScrollDirection::Down) => Gesture::Wheel(-1),
        _ => return None,
    })
}
