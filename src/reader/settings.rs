//! How the reader likes the window: language, theme, size of the text.
//!
//! Kept beside the shelf, and in memory-only mode nowhere. One line for each, `NAME VALUE`; a line that is not
//! understood is passed over, so that an older program reads a newer one's file and a damaged file costs a choice at
//! most.
use crate::{
    look::{Lines, Look, Measure},
    theme::{ThemeName, size},
    words::Language,
};
use std::{fmt, io, path::Path};
use varaq_storage::{Access, Storage, make_folder, replace};

/// Name of the file.
const NAME: &str = "settings";
/// Far longer than any.
const MAX_BYTES: u64 = 4_096;

/// The choices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Language of the window.
    pub language: Option<Language>,
    /// Theme.
    pub theme: Option<ThemeName>,
    /// The article's page.
    pub look: Look,
    /// Size of everything in the window, in percent.
    pub zoom: u16,
    /// The front page is a list.
    pub compact: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            theme: None,
            look: Look::default(),
            zoom: 100,
            compact: false,
        }
    }
}

impl Settings {
    /// Sizes of everything in the window that can be chosen, in percent.
    pub const ZOOMS: [u16; 5] = [100, 125, 150, 200, 300];

    /// What was kept in a folder; what cannot be read is as if it had never been chosen.
    #[must_use]
    pub fn load(storage: &dyn Storage, folder: &Path) -> Self {
        let path = folder.join(NAME);
        let read = || -> io::Result<String> {
            let mut file = storage.open(&path)?;
            let mut text = String::new();
            io::Read::read_to_string(&mut io::Read::take(&mut file, MAX_BYTES), &mut text)?;
            Ok(text)
        };
        read().map_or_else(|_| Self::default(), |text| Self::parse(&text))
    }

    /// Keeps them; the folder is made if it is not there.
    ///
    /// # Errors
    /// If the disk refuses; then what was kept before is still there.
    pub fn save(self, storage: &dyn Storage, folder: &Path) -> io::Result<()> {
        make_folder(storage, folder, Access::Owner)?;
        let text = self.to_string();
        replace(storage, &folder.join(NAME), text.as_bytes(), Access::Owner)
    }

    fn parse(text: &str) -> Self {
        let value = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        };
        let (_, least, most, _) = size::READING;
        let text_size = value("text-size").and_then(|it| it.parse::<f32>().ok());
        let text_size = text_size.filter(|size| (least..=most).contains(size));
        let zoom = value("zoom").and_then(|it| it.parse::<u16>().ok());
        let zoom = zoom.filter(|zoom| Self::ZOOMS.contains(zoom));
        let usual = Look::default();
        let named = |name: &str, word: &str| value(name) == Some(word);
        let lines = Lines::ALL.into_iter().find(|it| named("lines", it.word()));
        let measure = Measure::ALL
            .into_iter()
            .find(|it| named("measure", it.word()));
        Self {
            language: value("language").and_then(Language::from_tag),
            theme: value("theme").and_then(ThemeName::from_word),
            look: Look {
                size: text_size.unwrap_or(usual.size),
                lines: lines.unwrap_or_default(),
                measure: measure.unwrap_or_default(),
                justify: named("justify", "yes"),
            },
            zoom: zoom.unwrap_or(100),
            compact: named("front", "list"),
        }
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(language) = self.language {
            writeln!(f, "language {}", language.tag())?;
        }
        if let Some(theme) = self.theme {
            writeln!(f, "theme {}", theme.word())?;
        }
        let look = self.look;
        writeln!(f, "text-size {}", look.size)?;
        writeln!(f, "lines {}", look.lines.word())?;
        writeln!(f, "measure {}", look.measure.word())?;
        writeln!(f, "justify {}", if look.justify { "yes" } else { "no" })?;
        writeln!(f, "zoom {}", self.zoom)?;
        writeln!(f, "front {}", if self.compact { "list" } else { "columns" })
    }
}
