//! The exit code of a check (FORMAT.md 7).

use varaq_bundle::{Part, Report};
use varaq_trust::Verdict;

/// What was found in the content of a valid bundle, as far as the exit code cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Soundness {
    /// Something is not in this copy.
    pub incomplete: bool,
    /// Something is wrong that this file alone can mend.
    pub mendable: bool,
    /// Something is wrong that it cannot.
    pub damaged: bool,
}

impl Soundness {
    /// What the report of a whole check comes to.
    #[must_use]
    pub fn of(report: &Report) -> Soundness {
        let lost =
            report.pieces.damaged > 0 || (report.pieces.unproven > 0 && !report.table_missing);
        let cannot_mend = |part: &Part| match part {
            Part::Hint | Part::RunOfPiece(_) => false,
            // Nobody misses a wrong run, table or index as long as every piece is found in spite of it.
            Part::Runs | Part::Index | Part::TablePage(_) => !report.lacks_nothing(),
            Part::Notes | Part::Piece(_) => true,
        };
        let damaged = lost
            || report.unnamed_parts > 0
            || report.parts.iter().any(|damage| cannot_mend(&damage.part));
        Soundness {
            incomplete: report.is_partial(),
            mendable: !report.parts.is_empty() || report.extra_bytes > 0,
            damaged,
        }
    }
}

/// The exit code for a verdict and, if content was read, what was found in it.
#[must_use]
pub fn exit_code(verdict: Verdict, found: Option<Soundness>, require_trusted: bool) -> u8 {
    let authentic = match verdict {
        Verdict::NotABundle | Verdict::NewerFormat { .. } => 10,
        Verdict::DamagedHead => 23,
        Verdict::ChainIncomplete
        | Verdict::BadSignature
        | Verdict::UnsignedDraft
        | Verdict::BelowThreshold
        | Verdict::IdentitySplit
        | Verdict::Conflict
        | Verdict::ImpostorName => 20,
        Verdict::OutOfWindow | Verdict::RevokedKey | Verdict::SuspendedKey => 24,
        Verdict::UnknownPublisher if require_trusted => 21,
        Verdict::UnknownPublisher | Verdict::Pinned | Verdict::Verified => 0,
    };
    let whole = match found.unwrap_or_default() {
        Soundness { damaged: true, .. } => 23,
        Soundness { mendable: true, .. } => 22,
        Soundness {
            incomplete: true, ..
        } => 3,
        Soundness { .. } => 0,
    };
    worse(authentic, whole)
}

/// The worse of two exit codes. An error (1) is worse than an incomplete file (3): who
/// accepts incomplete files must still learn that another could not be read. From 10 on
/// the greater is the worse.
#[must_use]
pub fn worse(one: u8, other: u8) -> u8 {
    let rank = |code| match code {
        3 => 1,
        1 => 3,
        code => code,
    };
    if rank(one) >= rank(other) { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_worse_than_incomplete_and_an_interruption_worst() {
        let order = [0, 3, 1, 10, 20, 21, 22, 23, 24, 130];
        for (at, &low) in order.iter().enumerate() {
            for &high in &order[at..] {
                assert_eq!((worse(low, high), worse(high, low)), (high, high));
            }
        }
    }

    #[test]
    fn damage_outranks_an_unknown_publisher_and_incompleteness() {
        let found = Soundness {
            incomplete: true,
            damaged: true,
            mendable: true,
        };
        assert_eq!(exit_code(Verdict::UnknownPublisher, Some(found), true), 23);
        let found = Soundness {
            incomplete: true,
            ..Soundness::default()
        };
        assert_eq!(exit_code(Verdict::Verified, Some(found), true), 3);
        assert_eq!(exit_code(Verdict::UnknownPublisher, Some(found), false), 3);
        assert_eq!(exit_code(Verdict::UnknownPublisher, Some(found), true), 21);
    }
}
