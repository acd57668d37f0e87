//! What an article is called inside: an id that stays the same from issue to issue.
//!
//! In: its slug, key, language and path. Out: an id that no other article has. Nothing can go wrong: two that
//! would have one id are told apart by their paths, with a warning.

use super::clean::clean_line;
use super::warning::Warning;
use std::collections::HashSet;
use varaq_bundle::ArticleId;

/// What names an article.
pub(super) struct Named<'a> {
    /// Its path below the source.
    pub(super) file: &'a str,
    /// Its language, if it is told.
    pub(super) language: &'a str,
    /// Its slug, if it has one.
    pub(super) slug: Option<&'a str>,
    /// What the export that it comes from calls it.
    pub(super) key: Option<&'a str>,
}

impl Named<'_> {
    /// From the slug if there is one, else from the key or the path; never from the words.
    pub(super) fn id(
        &self,
        taken: &mut HashSet<ArticleId>,
        warnings: &mut Vec<Warning>,
    ) -> ArticleId {
        let by_path = || match self.key.filter(|key| !key.is_empty()) {
            Some(key) => ArticleId(short_hash("key", key)),
            None => ArticleId(short_hash("path", self.file)),
        };
        let mut id = match self.slug {
            Some(slug) => {
                let name = format!("{}/{}", self.language, slug.trim());
                ArticleId(short_hash("slug", &name))
            }
            None => by_path(),
        };
        if taken.contains(&id) && self.slug.is_some() {
            let what = "another article has its slug: told apart by its path";
            warnings.push(Warning::whole(self.file, what));
            id = by_path();
        }
        // Two sources may hold the same relative path.
        let mut turn = 1u32;
        while !taken.insert(id) {
            id = ArticleId(short_hash("path", &format!("{}#{turn}", self.file)));
            turn += 1;
        }
        id
    }
}

/// Eight bytes for a name of a kind.
pub(super) fn short_hash(kind: &str, words: &str) -> [u8; 8] {
    let (words, _) = clean_line(words, 4_096);
    let hash = blake3::hash(format!("{kind}\n{words}").as_bytes());
    let mut short = [0; 8];
    for (to, from) in short.iter_mut().zip(hash.as_bytes()) {
        *to = *from;
    }
    short
}
