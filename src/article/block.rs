//! The closed block model (FORMAT.md 5.3): what an article can hold, and nothing else.
//!
//! The title, byline and day of an article are in the catalog, not here.

/// The body of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Blocks in reading order; footnotes stand where the publisher put them.
    pub blocks: Vec<Block>,
}

/// One block of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading, level 1-6 (1 = the highest inside the article).
    Heading {
        /// 1-6.
        level: u8,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// What the paragraph is for.
        role: Role,
        /// Its words.
        text: Vec<Inline>,
    },
    /// Somebody else's words.
    Quote(Vec<Block>),
    /// A list; each item is a row of blocks.
    List {
        /// `None` = bullets, else the number of the first item.
        start: Option<u32>,
        /// Items in order.
        items: Vec<Vec<Block>>,
    },
    /// A table; every row has one cell per alignment.
    Table {
        /// One for each column, 1-64.
        alignments: Vec<Alignment>,
        /// How many of the first rows are headers.
        header_rows: u32,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A picture of the article's media list.
    Image {
        /// Index into the catalog entry's media.
        medium: u32,
        /// What the picture shows, for those who do not see it.
        alt: String,
        /// Printed below it; may be empty.
        caption: Vec<Inline>,
    },
    /// Preformatted text, always left to right.
    Code {
        /// Language tag or empty.
        language: String,
        /// May hold LF and TAB.
        text: String,
    },
    /// A thematic break.
    Rule,
    /// The text of a footnote.
    Footnote {
        /// The number its references carry.
        label: u32,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A kind of block that this version does not know; its fallback is shown.
    Other {
        /// Name of the kind.
        kind: String,
        /// Shown in its place.
        fallback: Vec<Block>,
    },
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    #[default]
    Body,
    /// The summary below the title.
    Standfirst,
    /// Who or where a quote or picture is from.
    Attribution,
}

/// Where a table column's text stands, relative to the article's direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// At the side where lines begin.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the side where lines end.
    End,
}

/// A run of words inside a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// Strong importance, set bold.
    Strong(Vec<Inline>),
    /// Emphasis, set italic (or in colour where the script has no italic).
    Emphasis(Vec<Inline>),
    /// Code inside a line.
    Code(String),
    /// A link: shown whole, never opened.
    Link {
        /// The whole target, at most 2,048 characters.
        target: String,
        /// The words that carry it.
        text: Vec<Inline>,
    },
    /// A line break that the author meant.
    Break,
    /// A reference to the footnote of this label.
    FootnoteRef(u32),
    /// A kind of inline that this version does not know; its fallback is shown.
    Other {
        /// Name of the kind.
        kind: String,
        /// Shown in its place.
        fallback: Vec<Inline>,
    },
}
