//! Front matter: what stands above an article, in YAML, TOML or JSON.

use serde_json::{Map, Value};

/// Longest front matter in bytes.
const MAX_LEN: usize = 262_144;

/// Most values that aliases of YAML may repeat.
const MAX_REPEATED: usize = 4_096;

/// The fields of an article's front matter, by their names as written.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    fields: Map<String, Value>,
}

/// A file, taken apart.
pub(super) struct Parts<'s> {
    pub(super) front: Front,
    pub(super) body: &'s str,
    /// Line of the file on which the body begins, from 1.
    pub(super) body_line: u32,
    /// Why the front matter was not understood as a whole.
    pub(super) flaw: Option<String>,
}

enum Language {
    Yaml,
    Toml,
    Json,
}

/// Splits front matter from body. What cannot be parsed is looked through line by line,
/// so that a broken quote does not turn a draft into an article.
pub(super) fn split(source: &str) -> Parts<'_> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let found = fenced(source, "---", &["---", "..."])
        .map(|parts| (Language::Yaml, parts))
        .or_else(|| fenced(source, "+++", &["+++"]).map(|parts| (Language::Toml, parts)))
        .or_else(|| json(source).map(|parts| (Language::Json, parts)));
    let Some((language, (words, body))) = found else {
        return Parts {
            front: Front::default(),
            body: source,
            body_line: 1,
            flaw: None,
        };
    };
    let lines = source.len() - body.len();
    let lines = source
        .get(..lines)
        .unwrap_or_default()
        .matches('\n')
        .count();
    let body_line = u32::try_from(lines + 1).unwrap_or(u32::MAX);
    let parsed = if words.len() > MAX_LEN {
        Err("it is longer than 256 KiB".to_owned())
    } else {
        match language {
            Language::Yaml => yaml(words),
            Language::Toml => toml::from_str(words).map_err(|error| error.message().to_owned()),
            Language::Json => serde_json::from_str(words).map_err(|error| error.to_string()),
        }
    };
    let (fields, flaw) = match parsed {
        Ok(Value::Object(fields)) => (fields, None),
        Ok(Value::Null) => (Map::new(), None),
        Ok(_) => (
            simple_lines(words),
            Some("it is no list of names and values".to_owned()),
        ),
        Err(why) => (simple_lines(words), Some(why)),
    };
    Parts {
        front: Front { fields },
        body,
        body_line,
        flaw,
    }
}

fn yaml(words: &str) -> Result<Value, String> {
    let options = serde_saphyr::options! {
        // The last one wins, as in the generators that people used.
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        with_snippet: false,
        // Nine lines of aliases of aliases would be repeated a million times.
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MAX_REPEATED },
    };
    serde_saphyr::from_str_with_options(words, options).map_err(|error| {
        let error = error.to_string();
        error
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect()
    })
}

/// Text between a first line `open` and a later line of `close`.
fn fenced<'s>(source: &'s str, open: &str, close: &[&str]) -> Option<(&'s str, &'s str)> {
    let (first, rest) = source.split_once('\n')?;
    if first.trim_end() != open {
        return None;
    }
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if close.contains(&line.trim_end()) {
            let body = rest.get(at + line.len()..)?;
            return Some((rest.get(..at)?, body));
        }
        at += line.len();
    }
    None
}

/// A JSON object at the very start.
fn json(source: &str) -> Option<(&str, &str)> {
    if !source.starts_with('{') || source.starts_with("{{") || source.starts_with("{%") {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(source).into_iter::<Map<String, Value>>();
    values.next()?.ok()?;
    source.split_at_checked(values.byte_offset())
}

/// `key: value` and `key = value` lines of front matter that is broken.
fn simple_lines(words: &str) -> Map<String, Value> {
    let mut fields = Map::new();
    for line in words.lines() {
        if line.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        if let Some((key, value)) = line.split_once([':', '=']) {
            let trim: &[char] = &['"', '\'', ',', ' '];
            let key = key.trim().trim_matches(trim);
            let value = value.trim().trim_matches(trim);
            let value = match value {
                "true" => Value::Bool(true),
                "false" => Value::Bool(false),
                _ => Value::String(value.to_owned()),
            };
            fields.insert(key.to_owned(), value);
        }
    }
    fields
}

impl Front {
    /// The value of the first of these names that is there; capitals do not count.
    fn field(&self, names: &[&str]) -> Option<&Value> {
        names.iter().find_map(|name| {
            let mut all = self.fields.iter();
            all.find(|(key, value)| key.eq_ignore_ascii_case(name) && !value.is_null())
                .map(|(_, value)| value)
        })
    }

    /// Adds a field, unless it says nothing.
    pub(super) fn tell(&mut self, name: &str, words: &str) {
        if !words.trim().is_empty() {
            let value = Value::String(words.to_owned());
            self.fields.insert(name.to_owned(), value);
        }
    }

    /// Words of the first of these names that says something.
    pub(super) fn text(&self, names: &[&str]) -> Option<String> {
        let said = names.iter().filter_map(|name| self.field(&[name]));
        said.filter_map(words)
            .find(|words| !words.trim().is_empty())
    }

    /// Words of a list, or of one value with commas.
    pub(super) fn list(&self, names: &[&str]) -> Vec<String> {
        let said = names.iter().filter_map(|name| self.field(&[name]));
        for value in said {
            let list: Vec<String> = match value {
                Value::Array(all) => all.iter().filter_map(words).collect(),
                Value::Object(all) => all.get("name").and_then(words).into_iter().collect(),
                other => words(other).into_iter().collect(),
            };
            let list: Vec<String> = list
                .into_iter()
                .filter(|one| !one.trim().is_empty())
                .collect();
            if !list.is_empty() {
                return list;
            }
        }
        Vec::new()
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        self.truth(name) == Some(true)
    }

    pub(super) fn is_false(&self, name: &str) -> bool {
        self.truth(name) == Some(false)
    }

    fn truth(&self, name: &str) -> Option<bool> {
        match self.field(&[name])? {
            Value::Bool(truth) => Some(*truth),
            Value::String(words) => match words.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" => Some(true),
                "false" | "no" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<i64> {
        match self.field(&[name])? {
            Value::Number(number) => number.as_i64(),
            Value::String(words) => words.trim().parse().ok(),
            _ => None,
        }
    }

    /// Zola's `[taxonomies]` and `[extra]`, Hugo's `params`.
    pub(super) fn inner(&self, name: &str) -> Front {
        match self.field(&[name]) {
            Some(Value::Object(fields)) => Front {
                fields: fields.clone(),
            },
            _ => Front::default(),
        }
    }
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(fields) => {
            // A TOML date is a map of one secret name; a person has a name.
            let named = ["$__toml_private_datetime", "name", "title"];
            let named = named.iter().find_map(|name| fields.get(*name));
            match named {
                Some(Value::String(words)) => Some(words.clone()),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The day in a text that begins with a date: `2024-01-02`, `2024/1/2`, `20240102`,
/// with or without a time, which is not kept. Days since 1970-01-01.
pub(super) fn day(text: &str) -> Option<u32> {
    let text = text.trim().trim_matches(['"', '\'']);
    let digits = |part: &str| -> Option<u32> {
        let end = part
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(part.len());
        part.get(..end)?.parse().ok()
    };
    let compact = text.len() >= 8 && text.bytes().take(8).all(|b| b.is_ascii_digit());
    let (year, month, day) = if compact {
        (
            digits(text.get(..4)?)?,
            digits(text.get(4..6)?)?,
            digits(text.get(6..8)?)?,
        )
    } else {
        let mut parts = text.splitn(3, ['-', '/', '.']);
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || month.len() > 2 {
            return None;
        }
        (digits(year)?, digits(month)?, digits(day)?)
    };
    days_from_civil(year, month, day)
}

/// Days since 1970-01-01 of a day of the Gregorian calendar, from then to the end of 9999.
pub(super) fn days_from_civil(year: u32, month: u32, day: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1970..=9999).contains(&year) || day == 0 || day > length {
        return None;
    }
    // Counted in years that begin in March, so that the leap day is the last one.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let in_year = (153 * month + 2) / 5 + day - 1;
    let before = year * 365 + year / 4 - year / 100 + year / 400;
    (before + in_year).checked_sub(719_468)
}
