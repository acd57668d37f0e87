//! The lines that a channel puts under each of its posts.

use std::collections::HashMap;

/// Longest line that can be a signature of the channel, in characters.
const MAX_TAIL: usize = 120;
/// Most lines of a signature.
const MAX_LINES: usize = 4;
/// Most different endings that are counted at once.
const MAX_COUNTED: usize = 4_096;

/// Endings of posts and how often they were seen.
#[derive(Debug, Default)]
pub(super) struct Endings(HashMap<String, u32>);

impl Endings {
    /// Counts the last line of a post, the last two, and so on.
    pub(super) fn count(&mut self, words: &str) {
        let lines: Vec<&str> = words
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        let most = MAX_LINES.min(lines.len().saturating_sub(1));
        for len in 1..=most {
            let ending = lines.get(lines.len() - len..).unwrap_or_default();
            if ending.iter().any(|line| line.chars().count() > MAX_TAIL) {
                return;
            }
            self.room();
            let count = self.0.entry(ending.join("\n")).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// What ends most posts is never crowded out: each loses one, who has none is forgotten.
    fn room(&mut self) {
        while self.0.len() >= MAX_COUNTED {
            self.0.retain(|_, count| {
                *count = count.saturating_sub(1);
                *count > 0
            });
        }
    }

    /// The longest ending that at least three posts, and half of them, have; as lines.
    pub(super) fn usual(&self, posts: usize) -> Vec<String> {
        let usual = self
            .0
            .iter()
            .filter(|(_, count)| **count >= 3 && **count as usize * 2 >= posts);
        let longest =
            usual.max_by_key(|(ending, count)| (ending.matches('\n').count(), **count, *ending));
        let lines = longest.map(|(ending, _)| ending.lines().map(str::to_owned).collect());
        lines.unwrap_or_default()
    }
}

/// Whether a line is meant by a pattern, in which `*` stands for anything.
pub(super) fn fits(pattern: &str, line: &str) -> bool {
    let mut parts = pattern.trim().split('*');
    let Some(mut rest) = line.trim().strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}
