//! Settings: how the program looks and behaves, whatever the scenario.

use crate::error::Invalid;

/// Light or dark ground, and how strongly things stand out from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// For dark backgrounds.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// Few colours, strong ones.
    Contrast,
    /// None but the terminal's own.
    Mono,
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColourDepth {
    /// None are wanted.
    None,
    /// The sixteen of the terminal's own palette.
    #[default]
    Sixteen,
    /// 256.
    Indexed,
    /// 24 bits.
    True,
}

/// The characters lines and points are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marks {
    /// Eight dots a cell.
    #[default]
    Braille,
    /// Half blocks, for terminals whose fonts lack Braille.
    Blocks,
    /// ASCII, and the signs of Latin-1.
    Ascii,
}

/// All settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The theme.
    pub theme: Tone,
    /// Colours the terminal has.
    pub colours: ColourDepth,
    /// Characters of lines and points.
    pub marks: Marks,
    /// Whether the program listens to the mouse.
    pub mouse: bool,
    /// Whether tips are given.
    pub tips: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Tone::default(),
            colours: ColourDepth::default(),
            marks: Marks::default(),
            mouse: true,
            tips: true,
        }
    }
}

/// A setting by its name.
#[derive(Debug, Clone, Copy)]
pub struct SettingInfo {
    /// Its name in files, flags and on the screen.
    pub name: &'static str,
    /// What it is, in words.
    pub help: &'static str,
    /// The names of its values, in the order of the settings overlay.
    pub values: &'static [&'static str],
    place: fn(&mut Settings, Option<usize>) -> usize,
}

/// All settings, in the order in which they are shown.
pub static SETTINGS: &[SettingInfo] = &[
    SettingInfo {
        name: "theme",
        help: "colours for a dark or a light background, strong ones, or none but the terminal's own",
        values: &["dark", "light", "contrast", "mono"],
        place: |settings, value| {
            pick(&mut settings.theme, &[Tone::Dark, Tone::Light, Tone::Contrast, Tone::Mono], value)
        },
    },
    SettingInfo {
        name: "colours",
        help: "how many colours the terminal has",
        values: &["none", "16", "256", "true"],
        place: |settings, value| {
            let depths =
                [ColourDepth::None, ColourDepth::Sixteen, ColourDepth::Indexed, ColourDepth::True];
            pick(&mut settings.colours, &depths, value)
        },
    },
    SettingInfo {
        name: "marks",
        help: "the characters of lines and points: Braille, half blocks, or ASCII (and ± × ° ·)",
        values: &["braille", "blocks", "ascii"],
        place: |settings, value| {
            pick(&mut settings.marks, &[Marks::Braille, Marks::Blocks, Marks::Ascii], value)
        },
    },
    SettingInfo {
        name: "mouse",
        help: "whether the program listens to the mouse; off, the terminal selects text with it",
        values: &["on", "off"],
        place: |settings, value| pick(&mut settings.mouse, &[true, false], value),
    },
    SettingInfo {
        name: "tips",
        help: "whether a line says what to try next, each tip once",
        values: &["on", "off"],
        place: |settings, value| pick(&mut settings.tips, &[true, false], value),
    },
];

impl SettingInfo {
    /// The setting of a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.name == name)
    }

    /// The name of the value it has.
    pub fn get(&self, settings: &Settings) -> &'static str {
        let place = (self.place)(&mut settings.clone(), None);
        self.values.get(place).copied().unwrap_or_default()
    }

    /// Gives it the value of a name.
    pub fn set(&self, settings: &mut Settings, value: &str) -> Result<(), Invalid> {
        let place = self.values.iter().position(|name| *name == value).ok_or_else(|| {
            Invalid::new(self.name, format!("\"{value}\""), self.values.join(", "))
        })?;
        (self.place)(settings, Some(place));
        Ok(())
    }

    /// Gives it the value some places further on, and round.
    pub fn turn(&self, settings: &mut Settings, by: i32) {
        let here = (self.place)(settings, None) as i32;
        let next = (here + by).rem_euclid(self.values.len().max(1) as i32);
        (self.place)(settings, Some(next as usize));
    }
}

/// The place of a value among all, after it was put to one of them where one is asked for.
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
                    setting.turn(&mut settings, 1);
                    setting.get(&settings)
                })
                .collect();
            assert_eq!(seen.last(), Some(&first));
            assert!(setting.values.iter().all(|value| seen.contains(value)));
        }
    }
}
