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
pub(super) fn tokens(source: &str) -> Vec<(usize, Token<'_>)> {
    let mut out = Vec::new();
    let (mut at, mut text) = (0, 0);
    // Once an end is missing it is missing for good: each is looked for once.
    let mut missing = [false; 3];
    let mut end_of = |which: usize, from: usize, what: &str| {
        let gone = missing.get_mut(which)?;
        let end = if *gone {
            None
        } else {
            find(source, from, what)
        };
        *gone = end.is_none();
        end
    };
    while let Some(next) = find(source, at, "<") {
        let rest = source.get(next..).unwrap_or_default();
        let end = if rest.starts_with("<!--") {
            end_of(0, next + 4, "-->").map(|end| (end + 3, None))
        } else if rest.starts_with("<![CDATA[") {
            end_of(1, next, "]]>").map(|end| {
                let words = source.get(next + 9..end).unwrap_or_default();
                (end + 3, Some(Token::Text(words)))
            })
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            end_of(2, next, ">").map(|end| (end + 1, None))
        } else {
            tag(rest).map(|(len, token)| (next + len, Some(token)))
        };
        let Some((end, token)) = end else {
            at = next + 1;
            continue;
        };
        push_text(&mut out, source, text, next);
        out.extend(token.map(|token| (next, token)));
        (at, text) = (end, end);
    }
    push_text(&mut out, source, text, source.len());
    out
}

fn push_text<'a>(out: &mut Vec<(usize, Token<'a>)>, source: &'a str, from: usize, to: usize) {
    if let Some(text) = source.get(from..to).filter(|text| !text.is_empty()) {
        out.push((from, Token::Text(text)));
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
