//! How articles are set: what the reader chooses about the page.
use crate::theme::size;

/// Lines of an article, closer or wider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lines {
    /// Closer.
    Tight,
    /// As the theme has it.
    #[default]
    Normal,
    /// Wider.
    Loose,
}

/// Width of the column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Some 62 letters of Persian.
    Narrow,
    /// Some 73.
    #[default]
    Normal,
    /// Some 75.
    Wide,
}

/// The page as the reader likes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Size of the text in points.
    pub size: f32,
    /// Line height.
    pub lines: Lines,
    /// Width of the column.
    pub measure: Measure,
    /// Whether lines end at the same place.
    pub justify: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self::from(size::READING.0)
    }
}

impl From<f32> for Look {
    fn from(size: f32) -> Self {
        Self {
            size,
            lines: Lines::default(),
            measure: Measure::default(),
            justify: false,
        }
    }
}

impl Lines {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Tight, Self::Normal, Self::Loose];

    /// Its word in texts and settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Tight => "tight",
            Self::Normal => "normal",
            Self::Loose => "loose",
        }
    }

    /// Added to the factor of the script.
    #[must_use]
    pub fn more(self) -> f32 {
        match self {
            Self::Tight => -0.15,
            Self::Normal => 0.0,
            Self::Loose => 0.2,
        }
    }
}

impl Measure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Narrow, Self::Normal, Self::Wide];

    /// Its word in texts and settings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Narrow => "narrow",
            Self::Normal => "normal",
            Self::Wide => "wide",
        }
    }

    /// Points at the usual size of text.
    #[must_use]
    pub fn points(self) -> f32 {
        match self {
            Self::Narrow => 500.0,
            Self::Normal => size::COLUMN,
            Self::Wide => 610.0,
        }
    }
}
