//! Heads: which issues lie in the sources, and the head that the whole file had.
//!
//! A head counts when its verdict is a valid one. If none does, sections of several damaged heads
//! are put together; the hint tells a right combination, the signatures prove it.

use std::io::{self, Cursor};

use varaq_bundle::{Bundle, Hash, Head, Limits, Prefix};
use varaq_trust::{Facts, Verdict, View};

use super::block::read_at;
use super::judge::verdict_of;
use super::layout::Layout;
use super::source::{Repair, Source};

/// Damaged heads that are combined: 4⁴ combinations.
const MOST_COMBINED: usize = 4;

/// A head with a valid verdict.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) layout: Layout,
    pub(crate) facts: Facts,
    /// Source, and where the bundle begins there; none if it was put together or comes from repair data.
    pub(crate) place: Option<(usize, u64)>,
    /// Its hint was right.
    pub(crate) hinted: bool,
    /// From repair data, with the number of that.
    pub(crate) repair: Option<usize>,
}

/// All that was found.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    pub(crate) valid: Vec<Candidate>,
    /// Heads that parse, whatever their verdict: pieces may be found through them.
    pub(crate) parsed: Vec<(usize, u64, Head)>,
    /// The first verdict that was not a valid one.
    pub(crate) refused: Option<Verdict>,
}

impl Heads {
    /// Looks at every place where a bundle or repair data begins.
    pub(crate) fn find(
        sources: &mut [Source],
        repairs: &[Repair],
        view: View<'_>,
    ) -> io::Result<Heads> {
        let mut heads = Heads::default();
        let mut places = Vec::new();
        for (number, source) in sources.iter_mut().enumerate() {
            for base in source.finds.bundles.clone() {
                places.push((number, base));
                let opened = Bundle::open(source.window(base), &Limits::default());
                let Ok(head) = opened.map(|bundle| bundle.head().clone()) else {
                    continue;
                };
                heads.add(&head, Some((number, base)), None, view)?;
                heads.parsed.push((number, base, head));
            }
        }
        for (number, repair) in repairs.iter().enumerate() {
            if let Some(head) = head_of(sources, repair) {
                heads.add(&head, None, Some(number), view)?;
            }
        }
        if heads.valid.is_empty() {
            heads.combine(sources, &places, view)?;
        }
        Ok(heads)
    }

    fn add(
        &mut self,
        head: &Head,
        place: Option<(usize, u64)>,
        repair: Option<usize>,
        view: View<'_>,
    ) -> io::Result<()> {
        let hinted = head.hint_matches();
        let head = if hinted {
            head.clone()
        } else {
            hint_again(head)
        };
        let (verdict, facts) = verdict_of(&head, view)?;
        let valid = facts.filter(|_| verdict.is_valid()).zip(Layout::of(&head));
        let Some((facts, layout)) = valid else {
            self.refused.get_or_insert(verdict);
            return Ok(());
        };
        self.valid.push(Candidate {
            layout,
            facts,
            place,
            hinted,
            repair,
        });
        Ok(())
    }

    /// Sections of several damaged heads, put together until a hint fits.
    fn combine(
        &mut self,
        sources: &mut [Source],
        places: &[(usize, u64)],
        view: View<'_>,
    ) -> io::Result<()> {
        let places = places
            .get(..places.len().min(MOST_COMBINED))
            .unwrap_or(places);
        for &(number, base) in places {
            let Some(prefix) = prefix_at(sources, number, base) else {
                continue;
            };
            let copies: Vec<Head> = places
                .iter()
                .filter_map(|&(number, base)| sections(sources, number, base, prefix))
                .collect();
            for manifest in &copies {
                for signatures in &copies {
                    for own in &copies {
                        let mut head = manifest.clone();
                        head.signatures.clone_from(&signatures.signatures);
                        head.own.clone_from(&own.own);
                        if head.hint_matches() {
                            for tail in &copies {
                                head.runs.clone_from(&tail.runs);
                                head.notes.clone_from(&tail.notes);
                                self.add(&head, None, None, view)?;
                            }
                            return Ok(());
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// The issues, in the order of the sources.
    pub(crate) fn issues(&self) -> Vec<&Candidate> {
        let mut seen: Vec<Hash> = Vec::new();
        let mut issues = Vec::new();
        let mut ordered: Vec<&Candidate> = self.valid.iter().collect();
        // By source; of one source a head whose hint was right goes first.
        ordered.sort_by_key(|one| {
            (
                one.place.map_or(usize::MAX, |(source, _)| source),
                !one.hinted,
            )
        });
        for one in ordered {
            if !seen.contains(&one.facts.issue.id) {
                seen.push(one.facts.issue.id);
                issues.push(one);
            }
        }
        issues
    }
}

/// The head with the hint that fits it: whoever damaged the hint alone damaged nothing else.
fn hint_again(head: &Head) -> Head {
    let Head {
        prefix,
        manifest,
        signatures,
        own,
        runs,
        notes,
    } = head.clone();
    Head::new(prefix.body_at, manifest, signatures, own, runs, notes)
}

fn prefix_at(sources: &mut [Source], number: usize, base: u64) -> Option<Prefix> {
    let limits = Limits::default();
    let mut bytes = [0; Prefix::LEN];
    read_at(&mut *sources.get_mut(number)?.file, base, &mut bytes).ok()?;
    let (prefix, zeros) = Prefix::decode(&bytes);
    let fits = zeros
        && prefix.manifest_len <= limits.manifest_bytes
        && prefix.signatures_len <= limits.signatures_bytes
        && prefix.own_len <= limits.own_bytes
        && prefix.runs_len <= limits.runs_bytes
        && prefix.notes_len <= limits.notes_bytes
        && prefix.sections_end() <= prefix.body_at
        && prefix.body_at <= limits.head_bytes;
    fits.then_some(prefix)
}

/// The sections that a source has where `prefix` says.
fn sections(sources: &mut [Source], number: usize, base: u64, prefix: Prefix) -> Option<Head> {
    let source = sources.get_mut(number)?;
    let mut at = base.checked_add(Prefix::LEN as u64)?;
    let mut section = |len: u32| {
        let mut bytes = vec![0; len as usize];
        super::scan::read_lenient(&mut *source.file, at, &mut bytes);
        at = at.saturating_add(len.into());
        bytes
    };
    Some(Head {
        prefix,
        manifest: section(prefix.manifest_len),
        signatures: section(prefix.signatures_len),
        own: section(prefix.own_len),
        runs: section(prefix.runs_len),
        notes: section(prefix.notes_len),
    })
}

/// The head that repair data keeps.
fn head_of(sources: &mut [Source], repair: &Repair) -> Option<Head> {
    let header = &repair.header;
    for &(number, start) in &repair.places {
        let source = sources.get_mut(number)?;
        for at in header.fronts_at() {
            let Ok(at) = u64::try_from(start.saturating_add(at.into())) else {
                continue;
            };
            // At most a megabyte: the header was checked.
            let mut bytes = vec![0; header.head_len as usize];
            let read = read_at(&mut *source.file, at, &mut bytes);
            if read.is_err() || Hash::of(&bytes) != header.head {
                continue;
            }
            let opened = Bundle::open(Cursor::new(bytes), &Limits::default());
            let head = opened.map(|bundle| bundle.head().clone()).ok();
            return head.filter(|head| head.manifest_id() == header.manifest);
        }
    }
    None
}
