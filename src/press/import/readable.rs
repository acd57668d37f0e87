//! Which part of a page is the article.
//!
//! One pass over the tags, no tree: an element scores by the words of the paragraphs right in
//! it, and a little by those one step deeper; words of links do not count. What stands deeper
//! than 256 elements counts for the one above. So the cost is linear, whatever nests.

use super::html::{Token, tokens};
use super::selector::{Reached, Selector};

/// Most open elements that are told apart.
const MAX_DEPTH: usize = 256;
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

#[derive(Debug)]
struct Element {
    name: String,
    start: usize,
    wanted: bool,
    /// How far the selector is come here.
    reached: Reached,
    score: u64,
    words: u64,
}

/// What was found best so far.
#[derive(Default)]
struct Best {
    rank: (u8, u64),
    range: (usize, usize),
}

/// The inner HTML of the article, or of the body; none if `selector` is given and no element
/// is meant by it.
pub(super) fn article<'s>(source: &'s str, selector: Option<&Selector>) -> Option<&'s str> {
    let mut best = Best {
        rank: (0, 0),
        range: (0, source.len()),
    };
    let mut stack: Vec<Element> = Vec::new();
    let mut hidden: Option<String> = None;
    let mut link = false;
    for (at, token) in tokens(source) {
        match token {
            Token::Open {
                name,
                attributes,
                raw,
            } => {
                if hidden.is_some() || raw.ends_with("/>") || VOID.contains(&name.as_str()) {
                    continue;
                }
                if matches!(
                    name.as_str(),
                    "script" | "style" | "template" | "noscript" | "svg"
                ) {
                    hidden = Some(name);
                    continue;
                }
                link = link || name == "a";
                if stack.len() < MAX_DEPTH {
                    let around = stack.last().map(|element| &element.reached);
                    let met = selector.map(|one| one.meets(around, &name, &attributes));
                    let (wanted, reached) = met.unwrap_or_default();
                    let start = at + raw.len();
                    stack.push(Element {
                        name,
                        start,
                        wanted,
                        reached,
                        score: 0,
                        words: 0,
                    });
                }
            }
            Token::Close { name, .. } => {
                if hidden.as_ref() == Some(&name) {
                    hidden = None;
                }
                link = link && name != "a";
                if let Some(place) = stack.iter().rposition(|open| open.name == name) {
                    while stack.len() > place {
                        close(&mut stack, at, &mut best);
                    }
                }
            }
            Token::Text(words) => {
                if let (None, false, Some(top)) = (&hidden, link, stack.last_mut()) {
                    top.words += words.split_whitespace().count() as u64;
                }
            }
        }
    }
    while !stack.is_empty() {
        close(&mut stack, source.len(), &mut best);
    }
    if selector.is_some() && best.rank.0 < 4 {
        return None;
    }
    source.get(best.range.0..best.range.1)
}

fn close(stack: &mut Vec<Element>, end: usize, best: &mut Best) {
    let Some(element) = stack.pop() else { return };
    let inline = matches!(
        element.name.as_str(),
        "p" | "span"
            | "b"
            | "i"
            | "em"
            | "strong"
            | "a"
            | "br"
            | "font"
            | "blockquote"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "figure"
            | "figcaption"
    );
    let score = element.score + if inline { 0 } else { element.words };
    if let Some(parent) = stack.last_mut() {
        parent.score += if inline {
            element.words + element.score
        } else {
            score / 2
        };
    }
    let kind = match element.name.as_str() {
        _ if element.wanted => 4,
        "article" | "main" if score > 20 => 3,
        "body" => 1,
        "nav" | "aside" | "footer" | "header" | "form" | "html" | "head" | "title" => 0,
        _ if inline || score < 20 => 0,
        _ => 2,
    };
    if (kind, score) > best.rank {
        *best = Best {
            rank: (kind, score),
            range: (element.start, end),
        };
    }
}
