//! What is to be set: words, spans, direction, style.

use std::ops::Range;

/// Which way a paragraph runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// The first strong character decides (UAX #9, P2); only where nothing is declared.
    #[default]
    Auto,
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// Where lines stand in the width they are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the side where lines begin.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the side where lines end.
    End,
    /// At both sides, by wider spaces.
    Justify,
}

/// Which family is asked first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Face {
    /// The reading face of the paragraph's language.
    #[default]
    Text,
    /// Fixed width, for code.
    Mono,
}

/// How a paragraph is set. Sizes are in points before the scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Size of the letters, 1-200 points.
    pub size: f32,
    /// Line height as a factor of the size.
    pub line: f32,
    /// Weight, 100-900.
    pub weight: u16,
    /// Where lines stand.
    pub align: Align,
    /// Which family is asked first.
    pub face: Face,
}

impl Style {
    /// Regular text of a size and a line factor.
    #[must_use]
    pub fn new(size: f32, line: f32) -> Style {
        Style {
            size,
            line,
            weight: 400,
            align: Align::Start,
            face: Face::Text,
        }
    }

    /// The same with another weight.
    #[must_use]
    pub fn weight(mut self, weight: u16) -> Style {
        self.weight = weight;
        self
    }

    /// The same with other alignment.
    #[must_use]
    pub fn align(mut self, align: Align) -> Style {
        self.align = align;
        self
    }
}

/// What travels with every glyph: the role of its colour and the link under it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    /// Colour role; the reader's theme knows what it means. 0 = plain ink.
    pub role: u8,
    /// 0 = no link, else 1-based number in the article's list of targets.
    pub link: u32,
    /// 0 = no footnote reference, else label + 1.
    pub note: u32,
}

impl Ink {
    /// Plain words.
    pub const PLAIN: u8 = 0;
    /// Words of a link.
    pub const LINK: u8 = 1;
    /// Code inside a line.
    pub const CODE: u8 = 2;
    /// Second voice: captions, markers.
    pub const QUIET: u8 = 3;
}

/// What differs from the paragraph's style in a range of its bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// Byte range of the paragraph's text, on character boundaries.
    pub range: Range<usize>,
    /// Bold where true.
    pub strong: bool,
    /// Italic in Latin and Cyrillic; a heavier weight in Arabic script, which has no italic.
    pub emphasis: bool,
    /// Set in the fixed-width face.
    pub code: bool,
    /// Set small and high.
    pub raised: bool,
    /// Colour role, link, footnote.
    pub ink: Ink,
}

impl Span {
    /// A span that changes nothing yet.
    #[must_use]
    pub fn over(range: Range<usize>) -> Span {
        Span {
            range,
            strong: false,
            emphasis: false,
            code: false,
            raised: false,
            ink: Ink::default(),
        }
    }
}

/// One paragraph before it is set.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Logical order; LF breaks a line; a tab is set as four spaces.
    pub text: String,
    /// Later spans lie over earlier ones.
    pub spans: Vec<Span>,
    /// Base direction.
    pub direction: Direction,
    /// BCP 47 tag; may be empty.
    pub language: String,
    /// Size, weight, alignment.
    pub style: Style,
}

impl Paragraph {
    /// Plain words.
    #[must_use]
    pub fn plain(text: &str, direction: Direction, language: &str, style: Style) -> Paragraph {
        Paragraph {
            text: text.to_owned(),
            spans: Vec::new(),
            direction,
            language: language.to_owned(),
            style,
        }
    }
}

/// Whether a language is written right to left: by the script of its tag, or else by its usual one.
#[must_use]
pub fn is_rtl_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    for part in parts {
        match part.to_ascii_lowercase().as_str() {
            "arab" | "hebr" | "syrc" | "thaa" => return true,
            "latn" | "cyrl" => return false,
            _ => {}
        }
    }
    matches!(
        language.as_str(),
        "ar" | "fa"
            | "prs"
            | "ckb"
            | "sdh"
            | "ur"
            | "ps"
            | "ug"
            | "he"
            | "yi"
            | "bal"
            | "azb"
            | "lrc"
            | "glk"
            | "mzn"
            | "sd"
            | "ks"
            | "dv"
            | "syr"
            | "arc"
            | "pnb"
            | "skr"
    )
}

/// Whether a language is written in Cyrillic, whose letters are in another family.
pub(crate) fn is_cyrillic_language(tag: &str) -> bool {
    let language = tag
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    tag.to_ascii_lowercase().contains("-cyrl")
        || matches!(
            language.as_str(),
            "ru" | "uk" | "be" | "bg" | "kk" | "ky" | "tg" | "sr" | "mk"
        )
}
