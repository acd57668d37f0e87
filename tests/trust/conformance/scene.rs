//! The newsroom of the scenarios. Not a test itself.

use varaq_bundle::Head;
use varaq_kit::{Mint, Plan};
use varaq_trust::{Judgement, Line, Verdict};

/// Slots and seeds of two of the three signing keys.
pub(crate) const DESK: [(u8, u8); 2] = [(0, 11), (1, 12)];
/// The other two that reach the threshold without the first.
pub(crate) const OTHERS: [(u8, u8); 2] = [(1, 12), (2, 13)];

/// Two of three root keys, two of three signing keys, numbers 1-200.
pub(crate) fn newsroom() -> Mint {
    Mint::of(Plan {
        root: (2, vec![1, 2, 3]),
        ..Plan::default()
    })
}

/// An issue signed by the desk.
pub(crate) fn issue(mint: &Mint, number: u32) -> Head {
    mint.head(&mint.manifest(number), &DESK)
}

/// The lines beside a verdict that is valid.
pub(crate) fn lines(judgement: &Judgement) -> Vec<&str> {
    assert_eq!(judgement.verdict, Verdict::Verified);
    judgement.lines.iter().map(Line::name).collect()
}

/// True if these bytes stand somewhere in those.
pub(crate) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
