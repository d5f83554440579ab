//! The terminal as it is found, taken, and left as it was found.

use std::io::{self, Write};
use std::panic;
use std::sync::Once;
use std::thread;

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;

/// The terminal while the program has it; dropping gives it back.
pub(super) struct Terminal {
    screen: Screen,
    mouse: bool,
}

type Screen = ratatui::Terminal<CrosstermBackend<io::Stdout>>;

impl Terminal {
    /// Takes the terminal, and the mouse where it is wanted. From here on a panic of this thread gives it back before it speaks;
    /// panics of computing threads are caught there and say nothing here.
    pub(super) fn enter(mouse: bool) -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let (owner, speak) = (thread::current().id(), panic::take_hook());
            panic::set_hook(Box::new(move |info| {
                if thread::current().id() == owner {
                    let _ = give_back();
                    speak(info);
                }
            }));
        });
        take(mouse)?;
        match blank() {
            Ok(screen) => Ok(Self { screen, mouse }),
            Err(error) => {
                let _ = give_back();
                Err(error)
            }
        }
    }

    /// Draws a frame.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.screen.draw(draw).map(|_| ())
    }

    /// Copies a text to the clipboard, where the terminal allows it.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))
    }

    /// Takes the mouse, or releases it.
    pub(super) fn listen_to_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        match on {
            true => execute!(io::stdout(), EnableMouseCapture),
            false => execute!(io::stdout(), DisableMouseCapture),
        }
    }

    /// Gives the terminal back, stops, and takes it again when brought to the foreground.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back()?;
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.retake()
    }

    /// Takes the terminal again after the program has stood still, and draws the next frame whole.
    pub(super) fn retake(&mut self) -> io::Result<()> {
        take(self.mouse)?;
        self.screen = blank()?;
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = give_back();
    }
}

/// A screen on which nothing is drawn yet, so that the next frame is drawn whole. To clear one that
/// is in use asks the terminal where its cursor is, and the thread that reads keys would swallow
/// the answer.
fn blank() -> io::Result<Screen> {
    ratatui::Terminal::new(CrosstermBackend::new(io::stdout()))
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

fn give_back() -> io::Result<()> {
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
