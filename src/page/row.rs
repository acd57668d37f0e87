//! One row of an article on the page.

use crate::paragraph::{Align, Paragraph};

/// A row: what is set and how it stands. Lengths are in points.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// Its words; empty for pictures without caption and for rules.
    pub paragraph: Paragraph,
    /// Distance from the start side.
    pub indent: f32,
    /// Empty room above.
    pub above: f32,
    /// What stands in the indent.
    pub marker: Option<Marker>,
    /// How many quotes it stands in: a rule is drawn for each.
    pub quotes: u8,
}

/// What stands before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number, in the digits of the language.
    Number(String),
    /// The label of a footnote, in the digits of the language.
    Note(String),
}

/// What a row is, for the painter and for AccessKit.
#[derive(Clone, Debug, PartialEq)]
pub enum RowKind {
    /// A heading of level 1-6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// The summary below the title.
    Standfirst,
    /// Whom a quote is from.
    Attribution,
    /// An item, or a further paragraph of one.
    Item,
    /// Preformatted text, left to right.
    Code,
    /// A line between two parts.
    Rule,
    /// A picture; the row's paragraph is its caption.
    Image {
        /// Index into the entry's media.
        medium: u32,
        /// What it shows.
        alt: String,
    },
    /// A table; the row's paragraph is empty.
    Table {
        /// Rows of cells.
        rows: Vec<Vec<Cell>>,
        /// How many of them are headers.
        headers: u32,
    },
    /// The text of a footnote.
    Footnote(u32),
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its words.
    pub paragraph: Paragraph,
    /// Where they stand.
    pub align: Align,
}
