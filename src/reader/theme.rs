//! Colours and sizes, from `assets/theme/tokens.toml`.
//!
//! Colours are read when the program starts; sizes are constants here, and a test keeps them equal to the file.
use eframe::egui::Color32;

mod colours;
pub mod size;

pub use colours::Colours;

const TOKENS: &str = include_str!("../../assets/theme/tokens.toml");

/// A set of colours the reader can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// White paper.
    Light,
    /// For the night.
    Dark,
}

impl ThemeName {
    /// The theme of a word such as `dark`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.word() == word)
    }

    /// Its name in tokens.toml and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    /// Its colours.
    #[must_use]
    pub fn colours(self) -> Colours {
        Colours::read(TOKENS, self.word())
    }
}

/// A role of type: size in points, line height as a factor, weight 100-900.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Type {
    /// Points.
    pub size: f32,
    /// Line height as a factor of the size.
    pub line: f32,
    /// 100-900.
    pub weight: u16,
}

/// `#RRGGBB` as a colour.
fn colour(hex: &str) -> Option<Color32> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, r, g, b] = number.to_be_bytes();
    Some(Color32::from_rgb(r, g, b))
}
