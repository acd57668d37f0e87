//! Colours and sizes, from `assets/theme/tokens.toml`.
//!
//! Colours are read when the program starts; sizes are constants here, and a test keeps them equal to the file.
use eframe::egui::{Color32, Context, Theme};

mod colours;
pub mod size;

pub use colours::Colours;

const TOKENS: &str = include_str!("../../assets/theme/tokens.toml");

/// A set of colours the reader can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThemeName {
    /// White paper.
    Light,
    /// Yellowed paper.
    Sepia,
    /// For the night.
    Dark,
    /// As much contrast as there is.
    Contrast,
}

impl ThemeName {
    /// All of them, in the order in which the command goes through them.
    pub const ALL: [Self; 4] = [Self::Light, Self::Sepia, Self::Dark, Self::Contrast];

    /// The theme of a word such as `dark`.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.word() == word)
    }

    /// Light or dark, as the computer says; light where it says nothing.
    #[must_use]
    pub fn of_computer(ctx: &Context) -> Self {
        match ctx.system_theme() {
            Some(Theme::Dark) => Self::Dark,
            Some(Theme::Light) | None => Self::Light,
        }
    }

    /// Its name in tokens.toml and on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Sepia => "sepia",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|it| *it == self).unwrap_or(0);
        Self::ALL.get(at + 1).copied().unwrap_or(Self::Light)
    }

    /// Whether letters are lighter than their ground.
    #[must_use]
    pub fn is_dark(self) -> bool {
        let c = self.colours();
        let light = |c: Color32| u32::from(c.r()) + u32::from(c.g()) + u32::from(c.b());
        light(c.page) < light(c.ink)
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
