//! Which characters a text may hold (FORMAT.md section 2).

/// True if `text` holds only characters that a text may hold: no controls, no
/// line or paragraph separators, none of the bidi controls that reorder what
/// follows them, no byte order mark.
#[must_use]
pub fn is_text(text: &str) -> bool {
    first_refused(text, false).is_none()
}

/// Like [`is_text`], but line feed and tab are allowed too: the text of a code block.
#[must_use]
pub fn is_lines(text: &str) -> bool {
    first_refused(text, true).is_none()
}

/// The first character that does not belong into a text.
pub(crate) fn first_refused(text: &str, lines: bool) -> Option<char> {
    text.chars().find(|&c| match c {
        '\n' | '\t' => !lines,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        '\u{2028}'..='\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{feff}' => true,
        _ => false,
    })
}
