//! What kind of source a path is: by what it holds, never by its name alone.

use super::telegram;
use std::fmt;
use std::io::{self, Read};
use std::path::Path;
use std::str::FromStr;
use varaq_storage::{Facts, Storage};

/// What is read of a file to tell what it is.
const HEAD: u64 = 65_536;

/// A kind of source. To add one: a variant, its word, a line in [`SourceKind::of_head`] or
/// [`SourceKind::recognise`], and a module with an [`Export`](super::export::Export).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A folder, or a single file, of Markdown or HTML.
    Folder,
    /// WordPress: Tools, Export.
    WordPress,
    /// WordPress: what `wp-json/wp/v2/posts` answers, kept in a file.
    WordPressRest,
    /// RSS, Atom or JSON Feed with whole articles.
    Feed,
    /// One page as a browser saved it: single-file HTML or MHTML.
    Page,
    /// A channel as Telegram Desktop exports it.
    Telegram,
    /// A book: EPUB 2 or 3.
    Epub,
}

impl SourceKind {
    /// Every kind.
    pub const ALL: [SourceKind; 7] = [
        SourceKind::Folder,
        SourceKind::WordPress,
        SourceKind::WordPressRest,
        SourceKind::Feed,
        SourceKind::Page,
        SourceKind::Telegram,
        SourceKind::Epub,
    ];

    /// The word of `varaq pack --from`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            SourceKind::Folder => "folder",
            SourceKind::WordPress => "wordpress",
            SourceKind::WordPressRest => "wordpress-rest",
            SourceKind::Feed => "feed",
            SourceKind::Page => "page",
            SourceKind::Telegram => "telegram",
            SourceKind::Epub => "epub",
        }
    }

    /// Tells what `path` is. What nobody knows is a folder's business, which says so.
    pub(super) fn recognise(storage: &dyn Storage, path: &Path) -> io::Result<SourceKind> {
        if storage.facts(path)? == Facts::Folder {
            return Ok(SourceKind::Folder);
        }
        let mut head = Vec::new();
        storage.open(path)?.take(HEAD).read_to_end(&mut head)?;
        Ok(SourceKind::of_head(&head).unwrap_or(SourceKind::Folder))
    }

    /// The kind of a file that begins like this.
    fn of_head(head: &[u8]) -> Option<SourceKind> {
        if is_book(head) {
            return Some(SourceKind::Epub);
        }
        let words = String::from_utf8_lossy(head);
        let words = words.trim_start_matches('\u{feff}').trim_start();
        if words.starts_with('<') {
            return markup(words);
        }
        if words.starts_with('[') && words.contains("\"rendered\"") {
            return Some(SourceKind::WordPressRest);
        }
        if words.starts_with('{') && words.contains("jsonfeed.org/version/") {
            return Some(SourceKind::Feed);
        }
        if telegram::is_export(words) {
            return Some(SourceKind::Telegram);
        }
        // The fields of a message come first, and one of them says that it has parts.
        let lower = words
            .get(..words.len().min(4_096))
            .map(str::to_ascii_lowercase);
        let fields = lower.unwrap_or_default();
        let mail = [
            "from:",
            "mime-version:",
            "snapshot-content-location:",
            "content-type:",
        ];
        let begins = mail.iter().any(|field| fields.starts_with(field));
        (begins && fields.contains("multipart/related")).then_some(SourceKind::Page)
    }
}

/// A ZIP archive that begins with `mimetype`, as a book must, or holds what only a book has.
fn is_book(head: &[u8]) -> bool {
    let holds = |what: &[u8]| head.windows(what.len()).any(|part| part == what);
    head.starts_with(b"PK\x03\x04")
        && (holds(b"application/epub+zip") || holds(b"META-INF/container.xml"))
}

fn markup(words: &str) -> Option<SourceKind> {
    let has = |what: &str| words.contains(what);
    if has("wordpress.org/export/") {
        return Some(SourceKind::WordPress);
    }
    if has("<rss") || has("<rdf:RDF") || has("http://www.w3.org/2005/Atom") && has("<feed") {
        return Some(SourceKind::Feed);
    }
    let saved =
        has("<!-- saved from url=") || has("Page saved with SingleFile") || has("data:image/");
    saved.then_some(SourceKind::Page)
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that names no kind of source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no kind of source is named {found}; known: folder, wordpress, wordpress-rest, feed, page, telegram, epub"
)]
pub struct UnknownKind {
    /// The word.
    pub found: String,
}

impl FromStr for SourceKind {
    type Err = UnknownKind;

    fn from_str(word: &str) -> Result<SourceKind, UnknownKind> {
        let found = SourceKind::ALL.into_iter().find(|kind| kind.word() == word);
        found.ok_or_else(|| UnknownKind {
            found: word.to_owned(),
        })
    }
}
