//! Which text goes into which piece.

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
    /// Its prefix group, or [`NO_GROUP`].
    pub(crate) group: u8,
    /// Where it begins: piece, counted from the first prefix piece, and offset.
    pub(crate) piece: u32,
    pub(crate) at: u32,
}

/// Articles of a ninth group have no prefix.
pub(crate) const NO_GROUP: u8 = 8;

/// A piece of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextPiece {
    /// Where its slices end in the list of slices; they begin where the piece before ends.
    pub(crate) slices_end: usize,
    /// The group whose prefix it shares.
    pub(crate) group: u8,
}

/// All text of an issue: the prefix pieces, one for each group, then the others.
#[derive(Debug, Default)]
pub(crate) struct TextPlan {
    pub(crate) slices: Vec<Slice>,
    pub(crate) pieces: Vec<TextPiece>,
    /// How many of the pieces, from the first on, are prefixes.
    pub(crate) prefixes: u32,
    /// The piece that is being filled.
    open: Option<(u8, u32)>,
}

impl TextPlan {
    /// Plans the text of `articles`, which have `groups` groups, and notes in each article where it begins.
    pub(crate) fn new(
        articles: &mut [Planned],
        groups: u8,
        prefix_bytes: u32,
        piece_bytes: u32,
    ) -> TextPlan {
        let mut plan = TextPlan::default();
        // The prefix is the first text of its group that fits. It is text like any other:
        // an article lies in it or behind it, never in both.
        for group in (0..groups).filter(|_| prefix_bytes > 0) {
            for article in articles.iter_mut().filter(|article| article.group == group) {
                if article.text.len <= prefix_bytes.saturating_sub(plan.filled()) {
                    article.piece = plan.pieces.len() as u32;
                    article.at = plan.filled();
                    plan.put(group, article.text);
                }
            }
            plan.close();
        }
        let prefixes = plan.pieces.len() as u32;
        plan.prefixes = prefixes;
        let in_prefix = |article: &Planned| article.piece < prefixes;
        for group in 0..=NO_GROUP {
            let rest = articles
                .iter_mut()
                .filter(|article| article.group == group && !in_prefix(article));
            for article in rest {
                plan.place(article, group, piece_bytes);
            }
            plan.close();
        }
        plan
    }

    /// The slices of a piece.
    pub(crate) fn slices_of(&self, piece: usize) -> &[Slice] {
        let start = piece
            .checked_sub(1)
            .and_then(|before| self.pieces.get(before))
            .map_or(0, |p| p.slices_end);
        let end = self
            .pieces
            .get(piece)
            .map_or(start, |piece| piece.slices_end);
        self.slices.get(start..end).unwrap_or_default()
    }

    /// Places an article that is not in a prefix. A piece ends where an article ends, so that
    /// most articles cost one piece; one that finds the piece less than half full runs on
    /// into the next, so that pieces do not become small.
    fn place(&mut self, article: &mut Planned, group: u8, piece_bytes: u32) {
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
                group,
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

    fn put(&mut self, group: u8, text: Slice) {
        let (_, filled) = self.open.unwrap_or((group, 0));
        let begins = filled == 0;
        self.open = Some((group, filled.saturating_add(text.len)));
        match self.slices.last_mut() {
            // Neighbours in the spool are one slice: most pieces are one read.
            Some(last) if !begins && last.offset.saturating_add(last.len.into()) == text.offset => {
                last.len = last.len.saturating_add(text.len);
            }
            _ => self.slices.push(text),
        }
    }

    fn close(&mut self) {
        if let Some((group, _)) = self.open.take() {
            self.pieces.push(TextPiece {
                slices_end: self.slices.len(),
                group,
            });
        }
    }
}
