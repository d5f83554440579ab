//! The terminal: taking it over and restoring it.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Once};
use std::time::Duration;
use std::{panic, thread};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::Print;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::layout::{Rect, Size};
use ratatui::{TerminalOptions, Viewport};

use super::picture::{Frame, Protocol};
use crate::error::Error;
use crate::figure::image::Image;
use crate::log;
use crate::ui::preview;

/// The terminal while the program uses it; dropping restores it.
pub(super) struct Terminal {
    screen: Screen,
    /// The part of the terminal that is used.
    area: Rect,
    mouse: bool,
    /// True while the program is suspended and has given the terminal back.
    is_away: bool,
    /// The picture on the screen, and the screen size when it was shown.
    shown: Option<(Arc<Image>, Size)>,
}

/// The most columns and rows that are used; the rest of a larger terminal stays empty.
const MOST_COLUMNS: u16 = 800;
const MOST_ROWS: u16 = 300;
/// Time for a terminal to take what gives it back, if the program ends at once.
const MOMENT: Duration = Duration::from_millis(200);

/// True if the terminal holds a picture that must be removed.
static HOLDS: AtomicBool = AtomicBool::new(false);

type Screen = ratatui::Terminal<CrosstermBackend<io::Stdout>>;

impl Terminal {
    /// Takes over the terminal and, if wanted, the mouse. From here on, a panic on this thread
    /// restores the terminal before its message is printed. Panics on computing threads are caught
    /// there and print nothing.
    pub(super) fn enter(mouse: bool) -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let (owner, speak) = (thread::current().id(), panic::take_hook());
            panic::set_hook(Box::new(move |info| {
                if thread::current().id() == owner {
                    let _ = give_back();
                    speak(info);
                } else {
                    log::panicked(info);
                }
            }));
        });
        match take(mouse).and_then(|()| blank()) {
            Ok((screen, area)) => Ok(Self { screen, area, mouse, is_away: false, shown: None }),
            Err(error) => {
                let _ = give_back();
                Err(error)
            }
        }
    }

    /// Draws a frame.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut ratatui::Frame)) -> io::Result<()> {
        let area = area(self.screen.size()?);
        if area != self.area {
            self.screen.resize(area)?;
            self.area = area;
        }
        self.screen.draw(draw).map(|_| ())
    }

    /// Shows a picture as pixels in its area, if one is given; does nothing if it is already shown.
    pub(super) fn show(&mut self, picture: Option<&Arc<Image>>) -> io::Result<()> {
        let Some(image) = picture else { return Ok(()) };
        let size = self.screen.size()?;
        let is_shown = |(shown, at): &(Arc<Image>, Size)| Arc::ptr_eq(shown, image) && *at == size;
        let Some(protocol) = protocol().filter(|_| !self.shown.as_ref().is_some_and(is_shown))
        else {
            return Ok(());
        };
        let room = preview::room(Rect::new(0, 0, size.width, size.height));
        let cell = crossterm::terminal::window_size().ok().and_then(|window| {
            let length = |pixels: u16, cells: u16| f64::from(pixels) / f64::from(cells.max(1));
            let cell = (length(window.width, window.columns), length(window.height, window.rows));
            (cell.0 >= 1.0 && cell.1 >= 1.0).then_some(cell)
        });
        HOLDS.store(true, Ordering::Relaxed);
        self.shown = Some((Arc::clone(image), size));
        let told = protocol.show(image, Frame { cells: (room.width, room.height), cell });
        execute!(io::stdout(), cursor::MoveTo(room.x, room.y), Print(told))
    }

    /// Removes the picture; the next frame is then drawn in full.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        if self.shown.take().is_none() {
            return Ok(());
        }
        forget_pictures()?;
        execute!(io::stdout(), Clear(ClearType::All))?;
        (self.screen, self.area) = blank()?;
        Ok(())
    }

    /// Copies a text to the clipboard, if the terminal allows it.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Captures the mouse, or releases it.
    pub(super) fn listen_to_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        match on {
            true => execute!(io::stdout(), EnableMouseCapture),
            false => execute!(io::stdout(), DisableMouseCapture),
        }
    }

    /// Restores the terminal for a suspension of the program. Whoever continues the program sends a
    /// signal, upon which the terminal is to be [retaken](Self::retake), unless another signal asks
    /// for the end.
    pub(super) fn leave(&mut self) -> io::Result<()> {
        self.is_away = true;
        give_back()
    }

    /// True from a suspension until the terminal is retaken.
    pub(super) fn is_away(&self) -> bool {
        self.is_away
    }

    /// Takes the terminal over again after a suspension; the next frame is drawn in full. The modes
    /// are set anew, because a shell may have changed them in between.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        disable_raw_mode()?;
        take(self.mouse)?;
        self.is_away = false;
        self.shown = None;
        (self.screen, self.area) = blank()?;
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = give_back();
    }
}

/// A blank screen, so that the next frame is drawn in full. Clearing the current screen would query
/// the terminal for its cursor, and the thread that reads keys would swallow the reply.
fn blank() -> io::Result<(Screen, Rect)> {
    let backend = CrosstermBackend::new(io::stdout());
    let area = area(backend.size()?);
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    Ok((ratatui::Terminal::with_options(backend, options)?, area))
}

/// The part of a terminal of this size that is used.
fn area(size: Size) -> Rect {
    Rect::new(0, 0, size.width.min(MOST_COLUMNS), size.height.min(MOST_ROWS))
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

/// Ends the program at once and gives the terminal back as far as that takes no time: for a
/// terminal that takes no output, and for work that does not end.
pub(super) fn abandon() -> ! {
    let _ = disable_raw_mode();
    let (done, told) = channel();
    thread::spawn(move || {
        let _ = give_back();
        let _ = done.send(());
    });
    let _ = told.recv_timeout(MOMENT);
    std::process::exit(Error::Interrupted.exit_code().into())
}

/// The graphics protocol of the terminal.
fn protocol() -> Option<Protocol> {
    Protocol::of(|name| std::env::var(name).ok()).ok()
}

/// Makes the terminal remove its picture, if it has one.
fn forget_pictures() -> io::Result<()> {
    match protocol().filter(|_| HOLDS.swap(false, Ordering::Relaxed)) {
        Some(protocol) => execute!(io::stdout(), Print(protocol.forget())),
        None => Ok(()),
    }
}

fn give_back() -> io::Result<()> {
    let _ = forget_pictures();
    let screen = execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    disable_raw_mode()?;
    screen?;
    io::stdout().flush()
}
