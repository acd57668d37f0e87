//! Which text goes into which piece.
//!
//! Text is cut into up to eight sections of neighbours, which tend to be alike. The first
//! text of a section is its prefix piece, which the other pieces of the section share as raw
//! content: small pieces that cost little to reach, at the size of large ones. A damaged
//! prefix costs its own section, not the issue. Pieces of a former issue that stay
//! ([`Kept`]) come first in their sections, and new text shares the prefixes that stay.

use crate::reuse::{Kept, KeptPiece};

/// A slice of the text spool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slice {
    pub(crate) offset: u64,
    pub(crate) len: u32,
}

/// An article on its way into pieces.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planned {
    /// Its text in the spool.
    pub(crate) text: Slice,
    /// First its prefix group, then its section; or [`NO_SECTION`].
    pub(crate) section: u8,
    /// Where it begins: piece, counted from the first prefix piece, and offset.
    pub(crate) piece: u32,
    pub(crate) at: u32,
}

/// Articles of a ninth group have no prefix.
pub(crate) const NO_SECTION: u8 = 8;

const SECTIONS: usize = NO_SECTION as usize;

/// The section of articles that have their place.
const SETTLED: u8 = u8::MAX;

/// The piece of articles whose place in a piece that stays is not yet numbered.
const STAYS: u32 = u32::MAX - 1;

/// A piece of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextPiece {
    /// Where its slices end in the list of slices; they begin where the piece before ends.
    pub(crate) slices_end: usize,
    /// The section whose prefix it shares.
    pub(crate) section: u8,
    /// The piece of the former issue that it is.
    pub(crate) former: Option<u32>,
}

/// All text of an issue: the prefix pieces, then the others, section by section.
#[derive(Debug, Default)]
pub(crate) struct TextPlan {
    pub(crate) slices: Vec<Slice>,
    pub(crate) pieces: Vec<TextPiece>,
    /// How many of the pieces, from the first on, are prefixes.
    pub(crate) prefixes: u32,
    /// The section and length of the piece that is being filled.
    open: Option<(u8, u32)>,
}

impl TextPlan {
    /// Plans the text of `articles`, and notes in each where it begins.
    pub(crate) fn new(
        articles: &mut [Planned],
        prefix_bytes: u32,
        piece_bytes: u32,
        kept: &Kept,
    ) -> TextPlan {
        let mut plan = TextPlan::default();
        let mut new = plan.keep_prefixes(articles, kept);
        let first = plan.pieces.len();
        let sections = cut_sections(&mut new, prefix_bytes, first);
        // The prefix is the first text of its section that fits. It is text like any other:
        // an article lies in it or behind it, never in both.
        for (section, text_bytes) in (first as u8..).zip(sections) {
            // Half of a small section: one bad sector must not take all of it.
            let room = u64::from(prefix_bytes).min(text_bytes / 2) as u32;
            for article in new.iter_mut().filter(|article| article.section == section) {
                if article.text.len <= room.saturating_sub(plan.filled()) {
                    article.piece = plan.pieces.len() as u32;
                    article.at = plan.filled();
                    plan.put(section, article.text);
                }
            }
            plan.close();
        }
        drop(new);
        plan.prefixes = plan.pieces.len() as u32;
        for section in 0..=NO_SECTION {
            let stays = kept.pieces.iter().filter(|piece| piece.section == section);
            stays.for_each(|piece| plan.keep(articles, piece, section));
            for article in articles
                .iter_mut()
                .filter(|article| article.section == section)
            {
                if article.piece == u32::MAX {
                    plan.place(article, piece_bytes);
                }
            }
            plan.close();
        }
        plan
    }

    /// Prefixes that stay, each a section; new text of their group joins the longest of it.
    /// Returns the articles that need sections of their own.
    fn keep_prefixes<'a>(
        &mut self,
        articles: &'a mut [Planned],
        kept: &Kept,
    ) -> Vec<&'a mut Planned> {
        let len =
            |piece: &KeptPiece| -> u64 { piece.slices.iter().map(|one| u64::from(one.len)).sum() };
        let mut longest: [Option<(u64, u8)>; SECTIONS] = [None; SECTIONS];
        for (section, (piece, group)) in (0u8..).zip(&kept.prefixes) {
            self.keep(articles, piece, section);
            if let Some(longest) = longest.get_mut(usize::from(*group))
                && longest.is_none_or(|(most, _)| len(piece) > most)
            {
                *longest = Some((len(piece), section));
            }
        }
        // They have their places, whatever becomes of the sections of others.
        let stays = kept.pieces.iter().flat_map(|piece| &piece.begins);
        for &(article, at) in stays {
            if let Some(article) = articles.get_mut(article) {
                (article.piece, article.at) = (STAYS, at);
            }
        }
        let mut new = Vec::new();
        for article in articles {
            let section = longest.get(usize::from(article.section)).copied().flatten();
            match section {
                _ if article.piece != u32::MAX => article.section = SETTLED,
                Some((_, section)) => article.section = section,
                None => new.push(article),
            }
        }
        new
    }

    /// A piece that stays, and the articles that begin in it.
    fn keep(&mut self, articles: &mut [Planned], piece: &KeptPiece, section: u8) {
        let number = self.pieces.len() as u32;
        for &(article, at) in &piece.begins {
            if let Some(article) = articles.get_mut(article) {
                (article.piece, article.at) = (number, at);
            }
        }
        self.slices.extend_from_slice(&piece.slices);
        self.pieces.push(TextPiece {
            slices_end: self.slices.len(),
            section,
            former: Some(piece.former),
        });
    }

    /// The slices of a piece.
    pub(crate) fn slices_of(&self, piece: usize) -> &[Slice] {
        let before = piece
            .checked_sub(1)
            .and_then(|before| self.pieces.get(before));
        let start = before.map_or(0, |piece| piece.slices_end);
        let end = self
            .pieces
            .get(piece)
            .map_or(start, |piece| piece.slices_end);
        self.slices.get(start..end).unwrap_or_default()
    }

    /// Places an article that is not in a prefix. A piece ends where an article ends, so that
    /// most articles cost one piece; one that finds the piece less than half full runs on
    /// into the next, so that pieces do not become small.
    fn place(&mut self, article: &mut Planned, piece_bytes: u32) {
        let filled = self.filled();
        if filled >= piece_bytes / 2 && article.text.len > piece_bytes.saturating_sub(filled) {
            self.close();
        }
        article.piece = self.pieces.len() as u32;
        article.at = self.filled();
        let mut text = article.text;
        while text.len > 0 {
            let len = text.len.min(piece_bytes.saturating_sub(self.filled()));
            self.put(
                article.section,
                Slice {
                    offset: text.offset,
                    len,
                },
            );
            text = Slice {
                offset: text.offset.saturating_add(len.into()),
                len: text.len.saturating_sub(len),
            };
            if self.filled() >= piece_bytes {
                self.close();
            }
        }
    }

    fn filled(&self) -> u32 {
        self.open.map_or(0, |(_, filled)| filled)
    }

    fn put(&mut self, section: u8, text: Slice) {
        let filled = self.filled();
        self.open = Some((section, filled.saturating_add(text.len)));
        match self.slices.last_mut() {
            // Neighbours in the spool are one slice: most pieces are one read.
            Some(last)
                if filled > 0 && last.offset.saturating_add(last.len.into()) == text.offset =>
            {
                last.len = last.len.saturating_add(text.len);
            }
            _ => self.slices.push(text),
        }
    }

    fn close(&mut self) {
        if let Some((section, _)) = self.open.take() {
            self.pieces.push(TextPiece {
                slices_end: self.slices.len(),
                section,
                former: None,
            });
        }
    }
}

/// Gives every article its section, from the `first` one on, and returns the bytes of each.
/// A group is one section, or several when it is long and not all eight are taken.
fn cut_sections(articles: &mut [&mut Planned], prefix_bytes: u32, first: usize) -> Vec<u64> {
    let room = SECTIONS.saturating_sub(first);
    let mut sums = [0u64; SECTIONS];
    for article in articles.iter() {
        if let Some(bytes) = sums.get_mut(usize::from(article.section)) {
            *bytes = bytes.saturating_add(article.text.len.into());
        }
    }
    let used: Vec<(usize, u64)> = sums
        .into_iter()
        .enumerate()
        .filter(|(_, bytes)| *bytes > 0)
        .take(room)
        .collect();
    let groups: Vec<u64> = used.iter().map(|(_, bytes)| *bytes).collect();
    let mut shares = vec![1u64; groups.len()];
    for _ in groups.len()..room {
        // The next section goes where there is most text for each.
        let parts = groups
            .iter()
            .zip(&mut shares)
            .map(|(&bytes, share)| (bytes / *share, share));
        if let Some((part, share)) = parts.rev().max_by_key(|(part, _)| *part)
            && part > u64::from(prefix_bytes).saturating_mul(2)
            && prefix_bytes > 0
        {
            *share = share.saturating_add(1);
        }
    }
    let firsts: Vec<u64> = shares
        .iter()
        .scan(0u64, |sum, &share| {
            Some(std::mem::replace(sum, *sum + share))
        })
        .collect();
    let mut done = vec![0u64; groups.len()];
    let mut sections = vec![0u64; shares.iter().sum::<u64>() as usize];
    for article in articles {
        let own = usize::from(article.section);
        let group = used.iter().position(|(group, _)| *group == own);
        let group = group.unwrap_or(usize::MAX);
        if group == usize::MAX {
            article.section = NO_SECTION;
        }
        let (Some(&bytes), Some(&share), Some(&begin), Some(done)) = (
            groups.get(group),
            shares.get(group),
            firsts.get(group),
            done.get_mut(group),
        ) else {
            continue;
        };
        let part = done
            .saturating_mul(share)
            .checked_div(bytes)
            .unwrap_or(0)
            .min(share.saturating_sub(1));
        *done = done.saturating_add(article.text.len.into());
        let section = begin.saturating_add(part);
        article.section = u8::try_from(section.saturating_add(first as u64)).unwrap_or(NO_SECTION);
        if let Some(bytes) = sections.get_mut(section as usize) {
            *bytes = bytes.saturating_add(article.text.len.into());
        }
    }
    sections
}
