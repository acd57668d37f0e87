//! One shortcode, taken apart: its name and arguments.

/// A shortcode, taken apart.
#[derive(Debug)]
pub(super) struct Call<'s> {
    pub(super) name: String,
    pub(super) closing: bool,
    /// Name (empty: by position) and value.
    pub(super) arguments: Vec<(String, String)>,
    /// As it stands between the marks.
    pub(super) body: &'s str,
}

impl Call<'_> {
    /// The value of the first of these names that says something.
    pub(super) fn named(&self, names: &[&str]) -> Option<&str> {
        let found = names.iter().find_map(|name| {
            let mut all = self.arguments.iter();
            all.find(|(one, value)| one == name && !value.is_empty())
        });
        found.map(|(_, value)| value.as_str())
    }

    /// The value of the argument without a name at that position, from 0.
    pub(super) fn position(&self, at: usize) -> Option<&str> {
        let mut unnamed = self.arguments.iter().filter(|(name, _)| name.is_empty());
        unnamed.nth(at).map(|(_, value)| value.as_str())
    }
}

/// An attribute's value for a tag of ours.
pub(super) fn quoted(value: &str) -> String {
    let value = value.replace('&', "&amp;").replace('"', "&quot;");
    let value = value.replace('<', "&lt;").replace('>', "&gt;");
    value.replace('|', "&#124;").replace(['\n', '\r'], " ")
}

pub(super) fn prefixed(address: &str, id: &str) -> String {
    if id.is_empty() || id.contains("://") {
        id.to_owned()
    } else {
        format!("{address}{id}")
    }
}

/// Name and arguments of what stands between the marks.
pub(super) fn parse(body: &str) -> Call<'_> {
    let words = body
        .trim()
        .trim_matches('-')
        .trim()
        .trim_end_matches('/')
        .trim();
    let (closing, words) = match words.strip_prefix('/') {
        Some(words) => (true, words.trim_start()),
        None => (false, words),
    };
    let end = words
        .find(|c: char| c.is_whitespace() || c == '(')
        .unwrap_or(words.len());
    let (name, rest) = words.split_at(end);
    let rest = rest.trim();
    let (rest, separator) = match rest.strip_prefix('(') {
        Some(inner) => (inner.trim_end_matches(')'), ','),
        None => (rest, ' '),
    };
    Call {
        name: name.to_owned(),
        closing,
        arguments: arguments(rest, separator),
        body,
    }
}

/// `key="value" 'value' value`, separated by white space or commas.
pub(super) fn arguments(source: &str, separator: char) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = source;
    while out.len() < 64 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == separator);
        if rest.is_empty() {
            break;
        }
        let mut key = String::new();
        let key_len = rest
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(0);
        if key_len > 0 {
            let (name, after) = rest.split_at(key_len);
            if let Some(value) = after.trim_start().strip_prefix('=') {
                key = name.to_owned();
                rest = value.trim_start();
            }
        }
        let quote = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`' | '“'));
        let value = match quote {
            Some(quote) => {
                let close = if quote == '“' { '”' } else { quote };
                let inner = rest.get(quote.len_utf8()..).unwrap_or_default();
                let mut end = inner.len();
                let mut escaped = false;
                for (at, c) in inner.char_indices() {
                    if c == close && !escaped {
                        end = at;
                        break;
                    }
                    escaped = c == '\\' && !escaped;
                }
                let (value, after) = inner.split_at(end);
                rest = after.strip_prefix(close).unwrap_or(after);
                value
                    .replace("\\\"", "\"")
                    .replace("\\'", "'")
                    .replace("\\_", "_")
            }
            None => {
                let stop = |c: char| c.is_whitespace() || (separator == ',' && c == ',');
                let end = rest.find(stop).unwrap_or(rest.len());
                let (value, after) = rest.split_at(end);
                rest = after;
                value.to_owned()
            }
        };
        out.push((key, value));
    }
    out
}
