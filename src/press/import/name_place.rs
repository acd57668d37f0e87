//! What the path of a file tells of its article: key, section, language and day.
use super::{front, language};

/// What the path of a file tells.
pub(super) struct NamePlace {
    pub(super) key: String,
    pub(super) folder: String,
    pub(super) language: Option<String>,
    pub(super) day: Option<u32>,
    pub(super) section_page: bool,
}

impl NamePlace {
    pub(super) fn of(name: &str) -> NamePlace {
        let (folder, own) = name.rsplit_once('/').unwrap_or(("", name));
        let mut stem = own.rsplit_once('.').map_or(own, |(stem, _)| stem);
        let mut told = None;
        if let Some((before, suffix)) = stem.rsplit_once('.')
            && let Some(tag) = language::tag(suffix)
        {
            (stem, told) = (before, Some(tag));
        }
        // `fa/news/x.md` and `news/fa/x.md` tell their language too.
        let mut folders: Vec<&str> = Vec::new();
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            match language::tag(part) {
                Some(tag) if part.len() <= 6 => told = told.or(Some(tag)),
                _ => folders.push(part),
            }
        }
        let section_page = matches!(stem, "_index");
        let mut day = day_in_name(stem);
        if matches!(stem, "index") && !folders.is_empty() {
            // A page bundle: its folder stands for it.
            let bundle = folders.last().copied().unwrap_or_default();
            day = day_in_name(bundle);
        }
        let key = if folders.is_empty() {
            stem.to_owned()
        } else {
            format!("{}/{stem}", folders.join("/"))
        };
        if stem == "index" {
            folders.pop();
        }
        let generic = [
            "content",
            "posts",
            "_posts",
            "post",
            "articles",
            "_articles",
            "article",
            "pages",
            "blog",
        ];
        let section = folders
            .iter()
            .find(|part| !generic.contains(part) && !part.bytes().all(|b| b.is_ascii_digit()));
        NamePlace {
            key,
            folder: section.copied().unwrap_or_default().to_owned(),
            language: told,
            day,
            section_page,
        }
    }
}

/// `2024-01-02-title`, also after a number: `00017-2024-01-02-title`.
fn day_in_name(stem: &str) -> Option<u32> {
    let rest = match stem.split_once(['-', '_']) {
        Some((number, rest)) if number.len() != 4 && number.bytes().all(|b| b.is_ascii_digit()) => {
            rest
        }
        _ => stem,
    };
    let date = rest.get(..10)?;
    let shape = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if shape { front::day(date) } else { None }
}
