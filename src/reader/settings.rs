//! How the reader likes the window: language, theme, size of the text.
//!
//! Kept beside the shelf, and in memory-only mode nowhere. One line for each, `NAME VALUE`; a line that is not
//! understood is passed over, so that an older program reads a newer one's file and a damaged file costs a choice at
//! most.
use crate::{
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
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Settings {
    /// Language of the window.
    pub language: Option<Language>,
    /// Theme.
    pub theme: Option<ThemeName>,
    /// Size of an article's text, in points.
    pub text_size: Option<f32>,
}

impl Settings {
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
        Self {
            language: value("language").and_then(Language::from_tag),
            theme: value("theme").and_then(ThemeName::from_word),
            text_size: text_size.filter(|size| (least..=most).contains(size)),
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
        if let Some(size) = self.text_size {
            writeln!(f, "text-size {size}")?;
        }
        Ok(())
    }
}
