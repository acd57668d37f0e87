//! From verified content to what screens draw.
use super::Issue;
use crate::{
    issue::{Checked, Entry, Facts, FrontPage, Mark, Story},
    shelf,
};
use varaq_bundle::{ArticleId, Direction, MediumClass, Notice, PieceError, Presence};
use varaq_shelf::{Kept, Status};

/// Most articles of one front page; the rest waits for search.
const MOST: usize = 5_000;

/// The front page: FRONT's own list first, then the catalog.
pub(super) fn front(
    kept: &Kept,
    issue: &Issue,
    notices: &[Notice],
    statuses: &dyn Fn(ArticleId) -> Status,
) -> FrontPage {
    let mut page = FrontPage {
        issue: Some(kept.id()),
        ..FrontPage::default()
    };
    let mut lead = None;
    if let Ok(front) = issue.front() {
        page.title.clone_from(&front.title);
        page.sections.clone_from(&front.sections);
        page.rtl = is_rtl(&front.language);
        lead = front.lead;
    }
    for item in issue.entries().take(MOST) {
        let Ok((number, entry)) = item else { continue };
        if Some(entry.id) == lead {
            page.lead = Some(page.entries.len());
        }
        let (key, status) = (kept.key(entry.id), statuses(entry.id));
        page.entries.push(Entry {
            key: Some(key),
            read: status.read.unwrap_or(0) >= entry.version,
            starred: status.star.is_some(),
            stopped: status.position,
            ..self::entry(issue, number, &entry, notices)
        });
    }
    page
}

fn entry(issue: &Issue, number: u32, entry: &varaq_bundle::Entry, notices: &[Notice]) -> Entry {
    let sides = |medium: &varaq_bundle::Medium| {
        (medium.class == MediumClass::Picture).then_some([medium.width, medium.height])
    };
    Entry {
        number,
        title: clean(&entry.title),
        byline: clean(&entry.byline),
        section: entry.section as usize,
        language: entry.language.clone(),
        rtl: entry.direction == Direction::RightToLeft,
        day: entry.day.0,
        words: entry.words,
        media: entry.media.iter().map(sides).collect(),
        here: issue.presence(entry) == Presence::Here,
        version: entry.version,
        marks: Mark::of(notices.iter().filter(|notice| notice.article == entry.id)),
        ..Entry::default()
    }
}

/// A kept issue as the verdict sheet shows it.
pub(super) fn kept(kept: &Kept, issue: &Issue) -> Checked {
    let (mut here, mut articles) = (0, 0);
    for (_, entry) in issue.entries().flatten() {
        articles += 1;
        here += u32::from(issue.presence(&entry) == Presence::Here);
    }
    Checked {
        file: String::new(),
        size: kept.len_bytes,
        verdict: kept.verdict,
        signatures: None,
        facts: Some(Facts::of(&kept.facts)),
        whole: shelf::whole(kept.whole, here, articles),
        extra_bytes: false,
        lines: kept.lines.clone(),
        resembled: None,
    }
}

/// Invisible characters that could make one title look like another are dropped; joiners are part of Persian.
pub(super) fn clean(text: &str) -> String {
    let shown = |c: &char| !matches!(c, '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{E0000}'..='\u{E0FFF}' | '\u{FFF9}'..='\u{FFFB}');
    text.chars().filter(shown).collect()
}

/// Languages written from right to left, by their tag.
fn is_rtl(tag: &str) -> bool {
    let language = tag
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let latin = tag
        .split('-')
        .any(|part| part.eq_ignore_ascii_case("Latn") || part.eq_ignore_ascii_case("Cyrl"));
    !latin
        && matches!(
            language.as_str(),
            "fa" | "ar"
                | "ckb"
                | "ur"
                | "ps"
                | "he"
                | "yi"
                | "ug"
                | "sd"
                | "bal"
                | "azb"
                | "glk"
                | "lrc"
        )
}

/// An article's text.
pub(super) fn story(issue: &Issue, number: u32) -> Story {
    let entry = match issue.entry(number) {
        Ok(Some(entry)) => entry,
        Ok(None) | Err(PieceError::NotInThisCopy { .. }) => return Story::Missing,
        Err(_) => return Story::Damaged,
    };
    match issue.article_bytes(&entry) {
        Ok(bytes) => varaq_article::decode(&bytes).map_or(Story::Odd, Story::Here),
        Err(PieceError::NotInThisCopy { .. }) => Story::Missing,
        Err(_) => Story::Damaged,
    }
}
