//! Names that are not what they look like (UTS #39).

use std::collections::BTreeMap;
use unicode_security::{MixedScript, skeleton};

/// The first word of a name that has letters of two alphabets, or joiners where no script
/// needs them.
pub(super) fn mixed_word(name: &str) -> Option<&str> {
    let words = name.split(|c: char| !(c.is_alphanumeric() || is_joiner(c) || c == '\''));
    words.filter(|word| !word.is_empty()).find(|word| {
        let letters = word.trim_matches(|c: char| c.is_ascii_digit());
        !letters.is_single_script() || letters.contains(is_joiner) && !needs_joiners(letters)
    })
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Arabic, Syriac and the scripts of India.
fn needs_joiners(word: &str) -> bool {
    word.chars().any(
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{fb50}'..='\u{fdff}'),
    )
}

/// Names of one kind in an issue, by what an eye takes them for.
#[derive(Debug, Default)]
pub(super) struct Looks {
    seen: BTreeMap<String, String>,
}

impl Looks {
    /// Adds a name, and answers with another one that looks the same.
    pub(super) fn add(&mut self, name: &str) -> Option<&str> {
        if name.is_empty() {
            return None;
        }
        let look: String = skeleton(&name.to_lowercase()).collect();
        let first = self.seen.entry(look).or_insert_with(|| name.to_owned());
        (first.to_lowercase() != name.to_lowercase()).then_some(first.as_str())
    }
}
