//! What a selection copies.

/// The text from one place to another, each `(text, byte offset)`, in logical order; paragraphs are parted by an
/// empty line. The ends may come in either order.
#[must_use]
pub fn copied<'t>(
    texts: impl Fn(usize) -> Option<&'t str>,
    one: (usize, usize),
    other: (usize, usize),
) -> String {
    let (from, to) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    let mut words = String::new();
    for index in from.0..=to.0 {
        let Some(text) = texts(index) else { continue };
        let start = if index == from.0 {
            floor(text, from.1)
        } else {
            0
        };
        let end = if index == to.0 {
            floor(text, to.1)
        } else {
            text.len()
        };
        if index > from.0 {
            words.push_str("\n\n");
        }
        // The isolates that the page puts around code are of no use elsewhere.
        let part = text.get(start..end).unwrap_or_default();
        words.extend(
            part.chars()
                .filter(|c| !matches!(c, '\u{2066}' | '\u{2069}')),
        );
    }
    words
}

fn floor(text: &str, at: usize) -> usize {
    crate::set_text::floor_boundary(text, at)
}
