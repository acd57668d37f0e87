//! The fields of one item of XML: its children with their words.
//!
//! It reads as tolerantly as the scanner of HTML: no entity but those of HTML is known, and
//! what is not closed ends with the item.

use super::clean::decode_entities;
use super::html::{Attributes, Token, tokens};

/// A child of an item.
#[derive(Debug)]
pub(super) struct Field<'a> {
    /// With its prefix, in small letters.
    pub(super) name: String,
    pub(super) attributes: Attributes,
    /// As it stands in the source.
    pub(super) inner: &'a str,
    /// Its words and those of everything in it.
    pub(super) text: String,
}

/// The fields of an item.
#[derive(Debug)]
pub(super) struct Fields<'a>(pub(super) Vec<Field<'a>>);

impl<'a> Fields<'a> {
    /// The children of `source`; of its one element, if `whole` is true.
    pub(super) fn of(source: &'a str, whole: bool) -> Fields<'a> {
        let least = usize::from(whole);
        let mut out = Vec::new();
        let mut depth = 0_usize;
        let mut open: Option<(String, Attributes, usize, String)> = None;
        for (at, token) in tokens(source) {
            match token {
                Token::Text(words) => {
                    if let Some((.., text)) = &mut open {
                        let verbatim = source.get(at..).is_some_and(|s| s.starts_with("<![CDATA["));
                        match verbatim {
                            true => text.push_str(words),
                            false => text.push_str(&decode_entities(words)),
                        }
                    }
                }
                Token::Open {
                    name,
                    attributes,
                    raw,
                } => {
                    let empty = raw.ends_with("/>");
                    if depth == least && open.is_none() {
                        let field = (name, attributes, at + raw.len(), String::new());
                        match empty {
                            true => out.extend(field_of(source, Some(field), at + raw.len())),
                            false => open = Some(field),
                        }
                    }
                    depth += usize::from(!empty);
                }
                Token::Close { .. } => {
                    depth = depth.saturating_sub(1);
                    if depth <= least {
                        out.extend(field_of(source, open.take(), at));
                    }
                }
            }
        }
        out.extend(field_of(source, open, source.len()));
        Fields(out)
    }

    /// The first of these names that says something.
    pub(super) fn text(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            let mut all = self.0.iter().filter(|field| field.name == *name);
            all.find(|field| !field.text.trim().is_empty())
                .map(|field| field.text.trim())
        })
    }

    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f Field<'a>> {
        self.0.iter().filter(move |field| field.name == name)
    }
}

fn field_of(
    source: &str,
    open: Option<(String, Attributes, usize, String)>,
    end: usize,
) -> Option<Field<'_>> {
    let (name, attributes, start, text) = open?;
    let inner = source.get(start..end).unwrap_or_default();
    Some(Field {
        name,
        attributes,
        inner,
        text,
    })
}
