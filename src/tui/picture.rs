//! Pictures in the terminal: which terminals can show pixels, and the control sequences for them.

mod sixel;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::figure::image::Image;

/// Number of the picture, for terminals that number them.
const NUMBER: u32 = 5944;
/// Length of one chunk of an encoded picture, in characters.
const PIECE: usize = 4096;
/// Width and height of a cell in pixels, if the terminal does not report them.
const CELL: (f64, f64) = (10.0, 20.0);

/// A graphics protocol for terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// The kitty protocol, also used by Ghostty and Konsole.
    Kitty,
    /// The iTerm2 protocol, also used by WezTerm and mintty.
    Iterm,
    /// Sixels, used by foot, mlterm and Contour.
    Sixel,
}

/// The area for a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Number of cells across and down.
    pub cells: (u16, u16),
    /// Width and height of a cell in pixels; `None` if the terminal does not report them.
    pub cell: Option<(f64, f64)>,
}

impl Protocol {
    /// The protocol of the terminal, according to environment variables. The terminal itself is not
    /// queried, because the thread that reads keys would swallow the reply.
    ///
    /// # Errors
    ///
    /// The reason why no protocol is known, in words.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Result<Self, &'static str> {
        let value = |name: &str| variable(name).filter(|value| !value.is_empty());
        let term = value("TERM").unwrap_or_default();
        let program = value("TERM_PROGRAM").unwrap_or_default();
        if value("TMUX").is_some() || term.starts_with("tmux") || program == "tmux" {
            return Err("pixels do not pass through tmux");
        }
        if value("STY").is_some() || term.starts_with("screen") {
            return Err("pixels do not pass through screen");
        }
        if value("ZELLIJ").is_some() {
            return Err("pixels do not pass through zellij");
        }
        let kitty = value("KITTY_WINDOW_ID").is_some() || value("KONSOLE_VERSION").is_some();
        let kitty = kitty || ["kitty", "ghostty"].iter().any(|name| term.contains(name));
        if kitty || program == "ghostty" {
            return Ok(Self::Kitty);
        }
        let iterm = value("LC_TERMINAL").is_some_and(|terminal| terminal == "iTerm2");
        if iterm || ["iTerm.app", "WezTerm", "mintty"].contains(&program.as_str()) {
            return Ok(Self::Iterm);
        }
        if ["foot", "mlterm", "contour", "yaft"].iter().any(|name| term.starts_with(name)) {
            return Ok(Self::Sixel);
        }
        Err("this terminal is not known to show pixels")
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kitty => "kitty",
            Self::Iterm => "iTerm2",
            Self::Sixel => "sixel",
        }
    }

    /// The control sequence that shows a picture at the cursor, within a frame.
    pub fn show(self, image: &Image, frame: Frame) -> String {
        let (columns, rows, size) = fitted(image, frame);
        match self {
            Self::Kitty => kitty(&image.file, columns, rows),
            Self::Iterm => format!(
                "\x1b]1337;File=inline=1;size={};width={columns};height={rows};\
                 preserveAspectRatio=1;doNotMoveCursor=1:{}\x07",
                image.file.len(),
                STANDARD.encode(&image.file)
            ),
            Self::Sixel => sixel::encode(&image.scaled(size)),
        }
    }

    /// The control sequence that removes the picture.
    pub fn forget(self) -> String {
        match self {
            Self::Kitty => format!("\x1b_Ga=d,d=I,i={NUMBER},q=2\x1b\\"),
            Self::Iterm | Self::Sixel => String::new(),
        }
    }
}

/// Columns and rows of a picture inside a frame, and its size there in pixels.
fn fitted(image: &Image, frame: Frame) -> (u16, u16, (u32, u32)) {
    let (width, height) = frame.cell.unwrap_or(CELL);
    let room = |cells: u16, length: f64| f64::from(cells) * length;
    let size = image.within((room(frame.cells.0, width), room(frame.cells.1, height)));
    let cells = |pixels: u32, length: f64, most: u16| {
        ((f64::from(pixels) / length).ceil() as u16).clamp(1, most.max(1))
    };
    (cells(size.0, width, frame.cells.0), cells(size.1, height, frame.cells.1), size)
}

/// A PNG in chunks; no reply is requested, and the cursor does not move.
fn kitty(file: &[u8], columns: u16, rows: u16) -> String {
    let letters = STANDARD.encode(file);
    let pieces: Vec<&[u8]> = letters.as_bytes().chunks(PIECE).collect();
    let mut told = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        let more = u8::from(i + 1 < pieces.len());
        let first = match i {
            0 => format!("a=T,f=100,t=d,i={NUMBER},p=1,q=2,C=1,c={columns},r={rows},"),
            _ => "q=2,".to_owned(),
        };
        told += &format!("\x1b_G{first}m={more};{}\x1b\\", String::from_utf8_lossy(piece));
    }
    told
}
