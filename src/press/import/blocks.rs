//! Blocks of WordPress that hold no words of their own: `<!-- wp:name {…} /-->`.
//!
//! A block that many posts share is put in its place; what a site makes anew at each visit
//! (newest posts, a calendar) is left out and named. All other blocks are HTML between two
//! comments, which the scanner drops.

use super::warning::Notes;

/// Blocks that are no loss: space, and where a page would break.
const NOTHING: [&str; 5] = ["more", "nextpage", "spacer", "separator", "page-break"];
/// Longest comment of a block.
const MAX_COMMENT: usize = 65_536;
/// Most shared blocks in a post.
const MAX_SHARED: usize = 100;

/// The HTML of a post with its shared blocks in it; `shared` gives one by its number.
pub(super) fn whole(
    body: &str,
    shared: &mut dyn FnMut(&str) -> Option<String>,
    notes: &mut Notes,
) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    let mut left = MAX_SHARED;
    while let Some(at) = rest.find("<!-- wp:") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some((name, arguments, after)) = empty(from) else {
            let (mark, after) = from.split_at("<!-- wp:".len());
            out.push_str(mark);
            rest = after;
            continue;
        };
        rest = after;
        let number = if name == "block" {
            reference(arguments)
        } else {
            None
        };
        match number.filter(|_| left > 0).and_then(&mut *shared) {
            Some(html) => {
                left -= 1;
                out.push_str(&html);
            }
            None if NOTHING.contains(&name) => {}
            None => notes.add(
                0,
                format!("block {name} left out: the site makes it at each visit"),
            ),
        }
    }
    out.push_str(rest);
    out
}

/// Name and arguments of a block without words, and what follows it.
fn empty(from: &str) -> Option<(&str, &str, &str)> {
    let end = from.find("-->").filter(|end| *end < MAX_COMMENT)?;
    let inner = from.get("<!-- wp:".len()..end)?.trim_end();
    let inner = inner.strip_suffix('/')?.trim_end();
    let len = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '/')));
    let (name, arguments) = inner.split_at(len.unwrap_or(inner.len()));
    Some((name, arguments.trim(), from.get(end + 3..)?))
}

/// The number in `{"ref":12}`.
fn reference(arguments: &str) -> Option<&str> {
    let (_, rest) = arguments.split_once("\"ref\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    rest.get(..end).filter(|number| !number.is_empty())
}
