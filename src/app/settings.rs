//! Settings: how the program looks and behaves, independent of the scenario.

use crate::error::Invalid;

/// The theme: dark or light background, and contrast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// For dark backgrounds.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// A few strong colours.
    Contrast,
    /// No colours except the terminal's own.
    Mono,
}

/// Number of colours of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColourDepth {
    /// No colours.
    None,
    /// The 16 colours of the terminal's palette.
    #[default]
    Sixteen,
    /// 256 colours.
    Indexed,
    /// 24-bit colours.
    True,
}

/// The characters that draw lines and points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marks {
    /// Braille: eight dots per cell.
    #[default]
    Braille,
    /// Half blocks, for terminals whose fonts lack Braille.
    Blocks,
    /// ASCII, and the symbols of Latin-1.
    Ascii,
}

/// The panes and knobs of the Lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Panes {
    /// Three knobs, the gain, the verdict, and what they mean.
    #[default]
    Few,
    /// Everything.
    All,
}

/// All settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The theme.
    pub theme: Tone,
    /// Number of colours of the terminal.
    pub colours: ColourDepth,
    /// Characters for lines and points.
    pub marks: Marks,
    /// The panes and knobs of the Lab.
    pub panes: Panes,
    /// True if the program captures the mouse.
    pub mouse: bool,
    /// True if tips are shown.
    pub tips: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Tone::default(),
            colours: ColourDepth::default(),
            marks: Marks::default(),
            panes: Panes::default(),
            mouse: true,
            tips: true,
        }
    }
}

/// A setting in the table.
#[derive(Debug, Clone, Copy)]
pub struct SettingInfo {
    /// Its name in files, flags and on the screen.
    pub name: &'static str,
    /// Its description.
    pub help: &'static str,
    /// The names of its values, in the order of the settings overlay.
    pub values: &'static [&'static str],
    place: fn(&mut Settings, Option<usize>) -> usize,
}

/// All settings, in display order.
pub static SETTINGS: &[SettingInfo] = &[
    SettingInfo {
        name: "theme",
        help: "colours for a dark or light background, high contrast, or only the terminal's own",
        values: &["dark", "light", "contrast", "mono"],
        place: |settings, value| {
            pick(&mut settings.theme, &[Tone::Dark, Tone::Light, Tone::Contrast, Tone::Mono], value)
        },
    },
    SettingInfo {
        name: "colours",
        help: "number of colours of the terminal",
        values: &["none", "16", "256", "true"],
        place: |settings, value| {
            let depths =
                [ColourDepth::None, ColourDepth::Sixteen, ColourDepth::Indexed, ColourDepth::True];
            pick(&mut settings.colours, &depths, value)
        },
    },
    SettingInfo {
        name: "marks",
        help: "characters for lines and points: Braille, half blocks, or ASCII (and ± × ° ·)",
        values: &["braille", "blocks", "ascii"],
        place: |settings, value| {
            pick(&mut settings.marks, &[Marks::Braille, Marks::Blocks, Marks::Ascii], value)
        },
    },
    SettingInfo {
        name: "panes",
        help: "panes of the Lab: few (three knobs, the gain, the verdict), or all",
        values: &["few", "all"],
        place: |settings, value| pick(&mut settings.panes, &[Panes::Few, Panes::All], value),
    },
    SettingInfo {
        name: "mouse",
        help: "mouse control; if off, the terminal selects text with the mouse",
        values: &["on", "off"],
        place: |settings, value| pick(&mut settings.mouse, &[true, false], value),
    },
    SettingInfo {
        name: "tips",
        help: "tips on what to try next, each shown once",
        values: &["on", "off"],
        place: |settings, value| pick(&mut settings.tips, &[true, false], value),
    },
];

/// Descriptions of values: setting, value, words.
const VALUES: &[(&str, &str, &str)] = &[
    ("theme", "dark", "colours for a dark background"),
    ("theme", "light", "colours for a light background"),
    ("theme", "contrast", "a few strong colours, for projectors and tired eyes"),
    ("theme", "mono", "no colours but the terminal's own"),
    ("colours", "none", "no colours"),
    ("colours", "16", "the 16 colours of the terminal's palette"),
    ("colours", "256", "256 colours"),
    ("colours", "true", "24-bit colours"),
    ("marks", "braille", "lines of Braille dots, the finest"),
    ("marks", "blocks", "lines of half blocks, for fonts without Braille"),
    ("marks", "ascii", "ASCII, and ± × ° · of Latin-1"),
    ("panes", "few", "the Lab shows three knobs, the gain, the verdict and what it means"),
    ("panes", "all", "the Lab shows all knobs and panes"),
    ("mouse", "on", "the mouse turns knobs and presses buttons"),
    ("mouse", "off", "the terminal selects text with the mouse"),
    ("tips", "on", "tips on what to try next, each shown once"),
    ("tips", "off", "no tips"),
];

impl SettingInfo {
    /// Finds a setting by name.
    pub fn find(name: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.name == name)
    }

    /// The description of one of its values.
    pub fn help_of(&self, value: &str) -> &'static str {
        let known = VALUES.iter().find(|(name, own, _)| *name == self.name && *own == value);
        known.map_or(self.help, |(.., help)| help)
    }

    /// The name of its current value.
    pub fn get(&self, settings: &Settings) -> &'static str {
        let place = (self.place)(&mut settings.clone(), None);
        self.values.get(place).copied().unwrap_or_default()
    }

    /// Sets it to the value with this name.
    pub fn set(&self, settings: &mut Settings, value: &str) -> Result<(), Invalid> {
        let place = self.values.iter().position(|name| *name == value).ok_or_else(|| {
            Invalid::new(self.name, format!("\"{value}\""), self.values.join(", "))
        })?;
        (self.place)(settings, Some(place));
        Ok(())
    }

    /// Moves on by this many values, wrapping round at the ends.
    pub fn step(&self, settings: &mut Settings, by: i32) {
        let here = (self.place)(settings, None) as i32;
        let next = (here + by).rem_euclid(self.values.len().max(1) as i32);
        (self.place)(settings, Some(next as usize));
    }
}

/// The index of a value among all values, after setting it to `asked` if given.
fn pick<T: Copy + PartialEq>(value: &mut T, all: &[T], asked: Option<usize>) -> usize {
    if let Some(new) = asked.and_then(|place| all.get(place)) {
        *value = *new;
    }
    all.iter().position(|other| other == value).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_setting_can_be_set_and_is_then_the_one_it_has() {
        let mut settings = Settings::default();
        for setting in SETTINGS {
            for value in setting.values {
                setting.set(&mut settings, value).unwrap();
                assert_eq!(setting.get(&settings), *value);
            }
            let error = setting.set(&mut settings, "purple").unwrap_err();
            assert_eq!(error.field, setting.name);
        }
    }

    #[test]
    fn turning_a_setting_goes_through_all_its_values_and_round() {
        for setting in SETTINGS {
            let mut settings = Settings::default();
            let first = setting.get(&settings);
            let seen: Vec<&str> = (0..setting.values.len())
                .map(|_| {
                    setting.step(&mut settings, 1);
                    setting.get(&settings)
                })
                .collect();
            assert_eq!(seen.last(), Some(&first));
            assert!(setting.values.iter().all(|value| seen.contains(value)));
        }
    }
}
