//! The terminal as it is found, taken, and left as it was found.

use std::env;
use std::io::{self, Write};
use std::panic;
use std::sync::Once;
use std::thread;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::Frame;
use ratatui::backend::CrosstermBackend;

use crate::ui::{Depth, Theme};

/// The terminal while the program has it; dropping gives it back.
pub(super) struct Terminal {
    screen: Screen,
}

type Screen = ratatui::Terminal<CrosstermBackend<io::Stdout>>;

impl Terminal {
    /// Takes the terminal. From here on a panic of this thread gives it back before it speaks;
    /// panics of computing threads are caught there and say nothing here.
    pub(super) fn enter() -> io::Result<Self> {
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
        take()?;
        match blank() {
            Ok(screen) => Ok(Self { screen }),
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

    /// Gives the terminal back, stops, and takes it again when brought to the foreground.
    #[cfg(unix)]
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back()?;
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        take()?;
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

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)
}

fn give_back() -> io::Result<()> {
    let screen = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    disable_raw_mode()?;
    screen?;
    io::stdout().flush()
}

/// The theme for the colours the terminal says it has.
pub(super) fn theme() -> Theme {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let (term, color) = (variable("TERM"), variable("COLORTERM"));
    let depth = if !variable("NO_COLOR").is_empty() || term == "dumb" {
        Depth::None
    } else if color == "truecolor" || color == "24bit" || term.contains("direct") {
        Depth::True
    } else if term.contains("256color") {
        Depth::Indexed
    } else {
        Depth::Sixteen
    };
    Theme::new(depth)
}
