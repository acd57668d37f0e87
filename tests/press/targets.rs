//! What a fuzzer runs, one target for each importer; the gate runs the same over kept inputs.
//!
//! A source of any bytes gives articles that a reader's own decoder accepts, or an error. The
//! disk is in memory, so nothing is written anywhere.

use std::path::PathBuf;
use varaq_article::{decode, encode};
use varaq_bundle::Day;
use varaq_kit::FaultStorage;
use varaq_press::import::{ExportOptions, Forwards, ImportOptions, SourceKind, read_all, survey};
use varaq_press::picture::picture;

/// Name of each target, what it reads, and how such a file is called.
pub const TARGETS: [(&str, SourceKind, &str); 7] = [
    ("folder", SourceKind::Folder, "source.md"),
    ("wordpress", SourceKind::WordPress, "source.xml"),
    ("wordpress_rest", SourceKind::WordPressRest, "source.json"),
    ("feed", SourceKind::Feed, "source.xml"),
    ("page", SourceKind::Page, "source.html"),
    ("telegram", SourceKind::Telegram, "result.json"),
    ("epub", SourceKind::Epub, "source.epub"),
];

/// Reads `bytes` as the target of that name does.
pub fn import(target: &str, bytes: &[u8]) {
    let known = TARGETS.iter().find(|(name, ..)| *name == target);
    let (_, kind, file) = known.expect("a target of that name");
    let disk = FaultStorage::new();
    let path = PathBuf::from("/source").join(file);
    disk.put_folder("/source");
    disk.put(&path, bytes);
    for everything in [false, true] {
        let mut options = ImportOptions::new(Day(20_532));
        options.from = Some(*kind);
        if everything {
            options.exports = all();
        }
        let Ok(found) = survey(&disk, std::slice::from_ref(&path), &options) else {
            continue;
        };
        for article in read_all(&disk, &found).0 {
            decode(&encode(&article.article)).expect("a reader accepts what was made");
            assert!(!article.title.is_empty());
        }
    }
}

/// Every choice other than the default.
fn all() -> ExportOptions {
    ExportOptions {
        whole_book: true,
        selects: vec!["example.org=main .story, p".parse().expect("a selector")],
        channel: None,
        forwards: Forwards::Name,
        authors: true,
        tails: vec!["*@*".to_owned()],
    }
}

/// Decodes `bytes` as a picture of an article.
pub fn picture_bytes(bytes: &[u8]) {
    if let Ok(made) = picture(bytes) {
        assert!(made.width > 0 && made.height > 0 && !made.bytes.is_empty());
    }
}
