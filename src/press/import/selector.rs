//! Which element of a page is meant: the part of CSS that newsrooms need.
//!
//! `article`, `.story`, `#text`, `div.story.main`, `[itemprop=articleBody]`, one inside another
//! (`main .story`), and several with commas between them. Whatever else CSS can say is refused:
//! a selector that is half understood would pick the wrong words.

use super::html::Attributes;
use std::str::FromStr;

/// Most elements inside one another that a selector names.
const MAX_STEPS: usize = 8;

/// A selector that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// One of them fits; in each, outer elements come first.
    ways: Vec<Vec<Step>>,
}

/// One element of a selector. What is empty is not asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Step {
    name: String,
    /// Attribute and value; none: it only has to be there. Classes are words of `class`.
    wanted: Vec<(String, Option<String>)>,
    classes: Vec<String>,
}

/// A selector that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "selector not understood: {found} (known: name, .class, #id, [attribute=value], one inside another, commas)"
)]
pub struct BadSelector {
    /// It.
    pub found: String,
}

impl FromStr for Selector {
    type Err = BadSelector;

    fn from_str(words: &str) -> Result<Selector, BadSelector> {
        let refused = || BadSelector {
            found: words.to_owned(),
        };
        let ways = words.split(',').map(|way| {
            let steps: Option<Vec<Step>> = way.split_whitespace().map(step).collect();
            steps.filter(|steps| (1..=MAX_STEPS).contains(&steps.len()))
        });
        let ways: Option<Vec<Vec<Step>>> = ways.collect();
        ways.map(|ways| Selector { ways }).ok_or_else(refused)
    }
}

fn is_word(words: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !words.is_empty() && words.chars().all(letter)
}

/// `div.story#a[lang=fa]`.
fn step(words: &str) -> Option<Step> {
    let end = words.find(['.', '#', '[']).unwrap_or(words.len());
    let (name, mut rest) = words.split_at(end);
    let mut out = Step {
        name: name.to_ascii_lowercase(),
        ..Step::default()
    };
    if !name.is_empty() && name != "*" && !is_word(name) {
        return None;
    }
    if name == "*" {
        out.name.clear();
    }
    while let Some(mark) = rest.chars().next() {
        let body = rest.get(1..)?;
        let end = match mark {
            '[' => body.find(']')?,
            _ => body.find(['.', '#', '[']).unwrap_or(body.len()),
        };
        let (one, after) = body.split_at(end);
        match mark {
            '[' => out.wanted.push(attribute(one)?),
            _ if !is_word(one) => return None,
            '.' => out.classes.push(one.to_owned()),
            '#' => out.wanted.push(("id".to_owned(), Some(one.to_owned()))),
            _ => return None,
        }
        rest = if mark == '[' { after.get(1..)? } else { after };
    }
    Some(out)
}

fn attribute(words: &str) -> Option<(String, Option<String>)> {
    let (name, value) = match words.split_once('=') {
        Some((name, value)) => (name, Some(value.trim_matches(['"', '\'']).to_owned())),
        None => (words, None),
    };
    is_word(name).then(|| (name.to_ascii_lowercase(), value))
}

/// How far each way of a selector is come at an open element: what is open around it counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Reached(Vec<usize>);

impl Selector {
    /// Whether an element is meant, and what that means for those in it.
    pub(super) fn meets(
        &self,
        around: Option<&Reached>,
        name: &str,
        attributes: &Attributes,
    ) -> (bool, Reached) {
        let mut meant = false;
        let mut reached = Vec::with_capacity(self.ways.len());
        for (number, way) in self.ways.iter().enumerate() {
            let before = around.and_then(|around| around.0.get(number));
            let before = before.copied().unwrap_or(0);
            let fits = |at: usize| way.get(at).is_some_and(|step| step.fits(name, attributes));
            let last = way.len().saturating_sub(1);
            meant |= before >= last && fits(last);
            // The last step is asked anew at each element; those before it are ticked off.
            reached.push(if before < last && fits(before) {
                before + 1
            } else {
                before
            });
        }
        (meant, Reached(reached))
    }
}

impl Step {
    fn fits(&self, name: &str, attributes: &Attributes) -> bool {
        let class = attributes.value("class").unwrap_or_default();
        let has = |one: &String| class.split_whitespace().any(|word| word == one);
        let says = |(name, value): &(String, Option<String>)| match value {
            Some(value) => attributes.value(name) == Some(value.as_str()),
            None => attributes.0.iter().any(|(one, _)| one == name),
        };
        (self.name.is_empty() || self.name == name)
            && self.classes.iter().all(has)
            && self.wanted.iter().all(says)
    }
}
