//! What is said beside a valid verdict because of what was met before (FORMAT.md section
//! 4.7): newer and older, gaps, the clock, rivals.
//!
//! In: a record that holds the manifest already, and the reader's view. Out: lines in the
//! order of section 7. None of them decides anything.

use crate::record::{Rank, Record, Weight, Witness};
use crate::{Chain, Delegation, Line, Pin, View};
use varaq_bundle::{Day, IssueRef};

/// A valid manifest and what it was judged by.
pub(crate) struct Judged<'a> {
    pub(crate) record: &'a Record,
    pub(crate) held: &'a Chain,
    pub(crate) delegation: &'a Delegation,
    pub(crate) witness: &'a Witness,
    pub(crate) weight: &'a Weight,
    pub(crate) rank: &'a Rank,
    pub(crate) pin: Option<&'a Pin>,
}

impl Judged<'_> {
    /// All lines.
    pub(crate) fn lines(&self, view: &View<'_>) -> Vec<Line> {
        let standing = self
            .record
            .standing(self.held, &self.witness.manifest.channel);
        let others = || standing.values().filter(|one| one.id != self.witness.id);
        let newest = others().copied().max_by_key(|one| order(one));
        let last_day = others().map(|one| one.manifest.day).max();
        let mut lines = vec![self.newest(newest)];
        lines.extend(self.gap(others().copied()));
        lines.extend(self.clock(view, last_day.unwrap_or_default()));
        lines.extend(self.out_of_days());
        lines.extend(self.rivals());
        lines.extend(self.statements_missing());
        lines
    }

    fn newest(&self, newest: Option<&Witness>) -> Line {
        let newer = newest.filter(|newest| order(newest) > order(self.witness));
        newer.map_or(Line::NewestSeen, |newer| Line::OlderThanSeen {
            newest: IssueRef {
                epoch: newer.manifest.epoch,
                number: newer.manifest.number,
                id: newer.id,
            },
            day: newer.manifest.day,
        })
    }

    /// Numbers may be skipped, so a gap follows what the manifest says came before it.
    fn gap<'w>(&self, others: impl Iterator<Item = &'w Witness>) -> Option<Line> {
        let prev = self.witness.manifest.prev?;
        if self.record.met(&prev.id).is_some() {
            return None;
        }
        let older = others.map(order).filter(|one| *one < order(self.witness));
        Some(Line::Gap {
            met: older.max()?,
            before: (prev.epoch, prev.number),
        })
    }

    /// A clock that is behind what is known to be past says nothing about what is due.
    fn clock(&self, view: &View<'_>, last_day: Day) -> Option<Line> {
        let today = view.today?;
        let newest_day = last_day.max(self.witness.manifest.day);
        let floor = newest_day.max(view.released);
        if today < floor {
            return Some(Line::ClockDoubtful { floor });
        }
        let cadence = u32::from(self.held.cadence());
        let due = Day(newest_day.0.saturating_add(cadence));
        (cadence > 0 && today > due).then_some(Line::Stale { due })
    }

    fn out_of_days(&self) -> Option<Line> {
        let (from, to) = self.delegation.days?;
        let outside = !(from..=to).contains(&self.witness.manifest.day);
        outside.then_some(Line::OutOfDays { days: (from, to) })
    }

    fn rivals(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.record.history.has_rival() {
            lines.push(Line::RivalHistory);
        }
        if self.record.history.is_split() {
            lines.push(Line::IdentityFrozen);
        }
        if let Rank::First(others) = self.rank {
            lines.push(Line::ConflictSeen(others.clone()));
        }
        if self.weight.spared {
            lines.push(Line::SeenBeforeSuspension);
        }
        lines
    }

    /// Whoever takes the newest statements out of a copy cannot be noticed by the copy; a
    /// contact that came another way names the version there must be.
    fn statements_missing(&self) -> Option<Line> {
        let named = self.pin?.root?;
        let held = self.held.newest()?;
        let behind = (held.generation, held.version) < (named.generation, named.version);
        behind.then_some(Line::StatementsMissing {
            named: named.version,
            held: held.version,
        })
    }
}

fn order(witness: &Witness) -> (u32, u32) {
    (witness.manifest.epoch, witness.manifest.number)
}
