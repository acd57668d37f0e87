//! A small tolerant scanner of HTML: text, tags with attributes, nothing else.
//!
//! It builds no tree and resolves no entity; it never fails, and its cost is linear.

/// A part of HTML.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Words, entities not yet decoded.
    Text(&'a str),
    /// An opening tag; the name is in small letters.
    Open {
        name: String,
        attributes: Attributes,
        /// The tag as it stands in the source.
        raw: &'a str,
    },
    /// A closing tag.
    Close { name: String, raw: &'a str },
}

/// Attributes of a tag in order, names in small letters, entities decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attributes(pub(super) Vec<(String, String)>);

impl Attributes {
    /// The first attribute of that name that says something.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|(one, value)| one == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }
}

/// The parts of `source`, each with its byte offset. Comments, declarations and
/// processing instructions are left out.
pub(super) fn tokens(source: &str) -> Tokens<'_> {
    Tokens {
        source,
        at: 0,
        text: 0,
        missing: [false; 3],
        waiting: None,
    }
}

/// Parts of HTML one after another: a page of nothing but tags must not become a list of them.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: usize,
    /// Where words that were not given yet begin.
    text: usize,
    /// Once an end is missing it is missing for good: each is looked for once.
    missing: [bool; 3],
    /// What follows the words that were given.
    waiting: Option<(usize, Token<'a>)>,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<(usize, Token<'a>)> {
        if let Some(waiting) = self.waiting.take() {
            return Some(waiting);
        }
        while let Some(next) = find(self.source, self.at, "<") {
            let Some((end, token)) = self.markup(next) else {
                self.at = next + 1;
                continue;
            };
            let words = self.words(next);
            (self.at, self.text) = (end, end);
            let token = token.map(|token| (next, token));
            if words.is_some() {
                self.waiting = token;
                return words;
            }
            if token.is_some() {
                return token;
            }
        }
        let end = self.source.len();
        let words = self.words(end);
        (self.at, self.text) = (end, end);
        words
    }
}

impl<'a> Tokens<'a> {
    /// The words up to `to`.
    fn words(&self, to: usize) -> Option<(usize, Token<'a>)> {
        let text = self.source.get(self.text..to)?;
        (!text.is_empty()).then_some((self.text, Token::Text(text)))
    }

    /// Where the markup at `next` ends, and what it is; none: a bracket is a bracket.
    fn markup(&mut self, next: usize) -> Option<(usize, Option<Token<'a>>)> {
        let rest = self.source.get(next..)?;
        if rest.starts_with("<!--") {
            let end = self.end_of(0, next + 4, "-->")?;
            Some((end + 3, None))
        } else if rest.starts_with("<![CDATA[") {
            let end = self.end_of(1, next, "]]>")?;
            let words = self.source.get(next + 9..end).unwrap_or_default();
            Some((end + 3, Some(Token::Text(words))))
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            let end = self.end_of(2, next, ">")?;
            Some((end + 1, None))
        } else {
            let (len, token) = tag(rest)?;
            Some((next + len, Some(token)))
        }
    }

    fn end_of(&mut self, which: usize, from: usize, what: &str) -> Option<usize> {
        let gone = self.missing.get_mut(which).filter(|gone| !**gone)?;
        let end = find(self.source, from, what);
        *gone = end.is_none();
        end
    }
}

fn find(source: &str, from: usize, what: &str) -> Option<usize> {
    source.get(from..)?.find(what).map(|at| at + from)
}

/// Longest tag: an unclosed quote must not make every `<` read to the end.
const MAX_TAG: usize = 65_536;

/// A tag at the start of `rest`, and its length.
fn tag(rest: &str) -> Option<(usize, Token<'_>)> {
    let body = rest.strip_prefix('<')?;
    let (closing, body) = match body.strip_prefix('/') {
        Some(body) => (true, body),
        None => (false, body),
    };
    if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let stop = |c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<' | '"' | '\'');
    let name_len = body.find(stop)?;
    let name = body.get(..name_len)?.to_ascii_lowercase();
    let mut cursor = Cursor {
        rest: body.get(name_len..)?,
        budget: MAX_TAG,
    };
    let attributes = cursor.attributes()?;
    let len = rest.len() - cursor.rest.len();
    let raw = rest.get(..len)?;
    Some((
        len,
        if closing {
            Token::Close { name, raw }
        } else {
            Token::Open {
                name,
                attributes,
                raw,
            }
        },
    ))
}

struct Cursor<'a> {
    rest: &'a str,
    budget: usize,
}

impl<'a> Cursor<'a> {
    /// Everything up to and with the closing bracket.
    fn attributes(&mut self) -> Option<Attributes> {
        let mut out = Vec::new();
        loop {
            self.take_while(|c| c.is_whitespace() || c == '/')?;
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                return Some(Attributes(out));
            }
            let stop = |c: char| !(c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<'));
            let name = self.take_while(stop)?.to_ascii_lowercase();
            self.take_while(char::is_whitespace)?;
            let value = match self.rest.strip_prefix('=') {
                None => String::new(),
                Some(rest) => {
                    self.rest = rest;
                    self.take_while(char::is_whitespace)?;
                    self.value()?
                }
            };
            if name.is_empty() && value.is_empty() {
                // A stray `<` or quote: this was no tag.
                return None;
            }
            out.push((name, super::clean::decode_entities(&value)));
        }
    }

    fn value(&mut self) -> Option<String> {
        for quote in ['"', '\''] {
            if let Some(rest) = self.rest.strip_prefix(quote) {
                self.rest = rest;
                let value = self.take_while(|c| c != quote)?.to_owned();
                self.rest = self.rest.strip_prefix(quote)?;
                return Some(value);
            }
        }
        let value = self.take_while(|c| !c.is_whitespace() && c != '>')?;
        Some(value.to_owned())
    }

    /// None when the source, or the budget of a tag, ends here.
    fn take_while(&mut self, keep: impl Fn(char) -> bool) -> Option<&'a str> {
        let within = self
            .rest
            .char_indices()
            .find(|&(at, c)| at > self.budget || !keep(c));
        let (len, _) = within?;
        self.budget = self.budget.checked_sub(len)?;
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        Some(taken)
    }
}
