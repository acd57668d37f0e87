//! Text in XML and back, for values that stand in one line.

/// What stands for what; `&` first, so that nothing is escaped twice.
const ESCAPES: [(char, &str); 5] = [
    ('&', "&amp;"),
    ('<', "&lt;"),
    ('>', "&gt;"),
    ('"', "&quot;"),
    ('\'', "&apos;"),
];

/// Text for an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match ESCAPES.iter().find(|(plain, _)| *plain == c) {
            Some((_, escape)) => out.push_str(escape),
            None => out.push(c),
        }
    }
    out
}

/// The text that was escaped; none if it holds anything that [`escaped`] does not write.
pub(super) fn unescaped(mut text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    while let Some(c) = text.chars().next() {
        let mut escapes = ESCAPES.iter();
        match escapes.find_map(|(plain, escape)| Some((*plain, text.strip_prefix(escape)?))) {
            Some((plain, rest)) => {
                out.push(plain);
                text = rest;
            }
            None if ESCAPES.iter().any(|(plain, _)| *plain == c) => return None,
            None => {
                out.push(c);
                text = text.get(c.len_utf8()..)?;
            }
        }
    }
    Some(out)
}

/// A claimed name without what XML cannot hold.
pub(super) fn cleaned(text: &str) -> String {
    let holds = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars()
        .map(|c| if holds(c) { c } else { '\u{fffd}' })
        .collect()
}
