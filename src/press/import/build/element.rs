//! Elements that are open, and what they gathered so far.

use varaq_article::{Alignment, Block, Inline, Role};
/// Who opened an element. Closing tags of HTML never close what Markdown opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum By {
    Markdown,
    Html,
}

/// What an element becomes.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::import) enum Kind {
    /// Nothing: its blocks belong to the place around it.
    Plain,
    Paragraph(Role),
    Heading(u8),
    Quote,
    List(Option<u32>),
    Item,
    Footnote(u32),
    Pre(String),
    Table(Vec<Alignment>),
    Row,
    Cell {
        header: bool,
    },
    Figure,
    Caption,
}

/// How words are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Style {
    Strong,
    Emphasis,
    Code,
    Link,
}

#[derive(Debug)]
pub(super) struct Open {
    pub(super) kind: Kind,
    pub(super) by: By,
    pub(super) tag: String,
    pub(super) blocks: Vec<Block>,
    pub(super) items: Vec<Vec<Block>>,
    pub(super) rows: Vec<(bool, Vec<Vec<Inline>>)>,
    pub(super) cells: Vec<Vec<Inline>>,
    pub(super) headers: usize,
    pub(super) raw: String,
    pub(super) caption: Vec<Inline>,
    /// Styles that were on when it was opened; what was turned on inside ends with it.
    pub(super) styles: usize,
}

impl Open {
    pub(super) fn new(kind: Kind, by: By, tag: &str, styles: usize) -> Open {
        Open {
            kind,
            by,
            tag: tag.to_owned(),
            blocks: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            headers: 0,
            raw: String::new(),
            caption: Vec::new(),
            styles,
        }
    }
}

/// The last picture of a figure gets its caption; a figure without one keeps the
/// words as an attribution.
pub(super) fn captioned(blocks: &mut Vec<Block>, words: Vec<Inline>) {
    if words.is_empty() {
        return;
    }
    for block in blocks.iter_mut().rev() {
        if let Block::Image { caption, .. } = block
            && caption.is_empty()
        {
            *caption = words;
            return;
        }
    }
    blocks.push(Block::Paragraph {
        role: Role::Attribution,
        text: words,
    });
}
