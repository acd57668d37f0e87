//! From a head and what the reader brings to a verdict (FORMAT.md sections 4.5, 4.7 and 7).
//!
//! Pure: the whole decision is a function of bytes and view, and answers with what it has
//! proven, for the caller to keep. It never fails; every way to fail is a verdict.

use crate::chain::is_counted;
use crate::evidence::Item;
use crate::history::Fallen;
use crate::lines::Judged;
use crate::record::{Rank, Weight, Witness};
use crate::{
    Chain, Delegation, Evidence, Learned, Line, Name, Namespace, Own, Pin, Pins, PublisherId,
    Verdict, View, proof, sshsig,
};
use varaq_bundle::{
    Day, ED25519, FirstKeys, Hash, Head, IssueRef, Manifest, RootRef, SlotSignature,
    decode_signatures,
};

/// What one slot of the delegation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Has not signed.
    Missing,
    /// Signed, and counts.
    Counted,
    /// Signed with a revoked key; this issue is not among those kept.
    Revoked,
    /// Signed with a suspended key.
    Suspended,
    /// Signed with an algorithm that this version does not know.
    UnknownAlgorithm,
}

/// Who signed an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signers {
    /// How many must.
    pub threshold: usize,
    /// One for each key of the delegation.
    pub slots: Vec<Slot>,
}

impl Signers {
    /// Nobody has signed yet.
    pub(crate) fn none_of(delegation: &Delegation) -> Signers {
        Signers {
            threshold: delegation.keys.threshold(),
            slots: vec![Slot::Missing; delegation.keys.keys().len()],
        }
    }

    /// True if the threshold is reached.
    #[must_use]
    pub fn are_enough(&self) -> bool {
        self.counted() >= self.threshold
    }

    /// Number of slots that count.
    #[must_use]
    pub fn counted(&self) -> usize {
        self.of(Slot::Counted)
    }

    fn of(&self, kind: Slot) -> usize {
        self.slots.iter().filter(|&&slot| slot == kind).count()
    }

    /// The verdict on the count, where it falls short. A revoked key's suspension is over
    /// (section 4.4), so no slot is short for both reasons.
    fn shortfall(&self) -> Option<Verdict> {
        let reaches = |more: usize| self.counted().saturating_add(more) >= self.threshold;
        if reaches(0) {
            None
        } else if reaches(self.of(Slot::Revoked)) {
            Some(Verdict::RevokedKey)
        } else if reaches(self.of(Slot::Suspended)) {
            Some(Verdict::SuspendedKey)
        } else {
            Some(Verdict::BelowThreshold)
        }
    }
}

/// Who an issue is by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// Who.
    pub id: PublisherId,
    /// What the publisher calls itself: a claim, unless it is pinned.
    pub names: Vec<Name>,
    /// The newest statement in this copy.
    pub newest: Option<RootRef>,
    /// Promised days between issues; 0 = no promise.
    pub cadence: u16,
    /// This reader's pin of it.
    pub pin: Option<Pin>,
}

/// Which issue it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Manifest id: the same in every copy.
    pub id: Hash,
    /// Channel.
    pub channel: String,
    /// Epoch; a later one outranks an earlier one.
    pub epoch: u32,
    /// Number.
    pub number: u32,
    /// The issue before.
    pub prev: Option<IssueRef>,
    /// Day, as the publisher says.
    pub day: Day,
    /// Numbers that the signers may sign: first and last.
    pub window: (u32, u32),
    /// Who signed.
    pub signers: Signers,
    /// Number of pieces.
    pub piece_count: u32,
    /// Stored bytes of all pieces.
    pub stored_total: u64,
    /// Decoded bytes of all pieces.
    pub raw_total: u64,
}

/// What a head says about publisher and issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Who.
    pub publisher: Publisher,
    /// Which.
    pub issue: Issue,
    /// The trusted publisher whose name this one uses.
    pub impersonates: Option<Pin>,
}

/// The verdict on a head.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The one answer.
    pub verdict: Verdict,
    /// What is said beside it because of what was met before; empty unless the verdict is
    /// a valid one.
    pub lines: Vec<Line>,
    /// Publisher and issue, as far as they could be read. Proven only if
    /// [`Verdict::is_valid`].
    pub facts: Option<Facts>,
    /// What was proven, whatever the verdict: to be added to the reader's evidence.
    pub learned: Learned,
}

impl From<Verdict> for Judgement {
    fn from(verdict: Verdict) -> Judgement {
        Judgement {
            verdict,
            lines: Vec::new(),
            facts: None,
            learned: Learned::default(),
        }
    }
}

/// Judges the head of a bundle of this major version.
#[must_use]
pub fn judge<'a>(head: &Head, view: impl Into<View<'a>>) -> Judgement {
    let view = view.into();
    let judgement = match Claim::read(head, &view) {
        Ok(claim) => claim.judgement_with_notes(&head.notes),
        Err(verdict) => verdict.into(),
    };
    // Whoever alters a head on purpose can make the hint fit, so it proves nothing;
    // but an accident does not, and "forged" would be the wrong word for it. What is
    // proven stays proven.
    if judgement.verdict.blames_the_head() && !head.hint_matches() {
        return Judgement {
            learned: judgement.learned,
            ..Verdict::DamagedHead.into()
        };
    }
    judgement
}

/// What a head says of itself, with every signature checked.
struct Claim<'a> {
    view: View<'a>,
    chain: Chain,
    own: Own,
    delegation: Delegation,
    witness: Witness,
    /// SIGNATURES is not there; a list of none is, and somebody wrote it.
    draft: bool,
}

impl<'a> Claim<'a> {
    /// The verdicts from CHAIN_INCOMPLETE to those on the count, in their order.
    fn read(head: &Head, view: &View<'a>) -> Result<Claim<'a>, Verdict> {
        let bad = Verdict::BadSignature;
        let manifest = Manifest::decode(&head.manifest).map_err(|_| bad)?;
        let own = Own::decode(&head.own).map_err(|_| bad)?;
        let publisher = PublisherId::from(manifest.publisher);
        let record = view.evidence.and_then(|all| all.record(&publisher));
        let known = |signed: &_| record.and_then(|record| record.history.known(signed));
        let chain = Chain::verify_known(&own, known).map_err(|_| bad)?;
        if !chain.contains(&manifest.root) {
            return Err(Verdict::ChainIncomplete);
        }
        let delegation = chain.delegation(&manifest.channel, manifest.epoch, &manifest.root);
        let delegation = delegation.cloned().ok_or(bad)?;
        let signatures = decode_signatures(&head.signatures).map_err(|_| bad)?;
        if chain.publisher() != publisher || !all_good(&delegation, head, &signatures) {
            return Err(bad);
        }
        Ok(Claim {
            view: *view,
            chain,
            own,
            delegation,
            witness: Witness::new(manifest, head.manifest.clone(), signatures),
            draft: head.signatures.is_empty(),
        })
    }

    /// The verdict, and once more if a valid bundle brings notes: they may be about its own
    /// publisher.
    fn judgement_with_notes(self, notes: &[u8]) -> Judgement {
        let first = self.judgement(&Learned::default());
        if !first.verdict.is_valid() {
            return first;
        }
        let noted = proof::learn(notes, &self.view, &first.learned);
        if noted.is_empty() {
            return first;
        }
        let mut second = self.judgement(&noted);
        second.learned.append(noted);
        second
    }

    /// The verdict, given what was proven besides.
    fn judgement(&self, noted: &Learned) -> Judgement {
        const NOTHING: &Evidence = &Evidence::new();
        let publisher = self.chain.publisher();
        let before = self.view.evidence.unwrap_or(NOTHING);
        let mut evidence = before.about(std::iter::once(publisher));
        let learned = self.learned();
        evidence.learn_at_once(&learned);
        evidence.learn_at_once(noted);
        let record = evidence.record(&publisher);
        let met = record.and_then(|record| record.met(&self.witness.id));
        let witness = self.witness.with(met, before.step());
        let judgement = record.and_then(|record| {
            let held = record.history.held();
            let weight = record.weigh(&held, &self.chain, &witness)?;
            let rank = record.rank(&held, &witness);
            let verdict = self.failing(&weight, &rank);
            let mut facts = self.facts(&held, &weight);
            let verdict = verdict.unwrap_or_else(|| standing(&mut facts, self.view.pins));
            let judged = Judged {
                record,
                held: &held,
                delegation: &self.delegation,
                witness: &witness,
                weight: &weight,
                rank: &rank,
                pin: facts.publisher.pin.as_ref(),
            };
            let mut lines = Vec::new();
            if verdict.is_valid() && self.view.evidence.is_some() {
                lines = judged.lines(&self.view);
                lines.extend(resembles(verdict, &facts, self.view.pins));
            }
            Some(Judgement {
                verdict,
                lines,
                facts: Some(facts),
                learned,
            })
        });
        // The chain was learnt a few lines above, and every slot has its key.
        judgement.unwrap_or(Verdict::BadSignature.into())
    }

    /// The statements stand by their own signatures; the manifest does if its threshold
    /// signed it, even with keys that do not count today: they may be cleared or kept.
    fn learned(&self) -> Learned {
        let mut learned = Learned::default();
        let chain = Box::new(self.chain.clone());
        learned.push(Item::Chain(chain, Box::new(self.own.clone())));
        if self.witness.reaches_threshold(&self.delegation) {
            let witness = Box::new(self.witness.clone());
            learned.push(Item::Manifest(self.chain.publisher(), witness));
        }
        learned
    }

    /// The verdict, where it is not a valid one.
    fn failing(&self, weight: &Weight, rank: &Rank) -> Option<Verdict> {
        if self.draft {
            return Some(Verdict::UnsignedDraft);
        }
        if !self.delegation.allows(self.witness.manifest.number) {
            return Some(Verdict::OutOfWindow);
        }
        let shortfall = weight.signers.shortfall();
        shortfall.or(match (weight.fallen, rank) {
            (Some(Fallen::Recovered), _) => Some(Verdict::RevokedKey),
            (Some(Fallen::Split), _) => Some(Verdict::IdentitySplit),
            (None, Rank::Loses(_)) => Some(Verdict::Conflict),
            (None, Rank::Alone | Rank::First(_)) => None,
        })
    }

    fn facts(&self, held: &Chain, weight: &Weight) -> Facts {
        let (id, manifest) = (self.chain.publisher(), &self.witness.manifest);
        let newest = if weight.fallen.is_some() {
            &self.chain
        } else {
            held
        };
        Facts {
            publisher: Publisher {
                id,
                names: newest.names().to_vec(),
                newest: newest.newest(),
                cadence: newest.cadence(),
                pin: self.view.pins.find(&id).cloned(),
            },
            issue: Issue {
                id: self.witness.id,
                channel: manifest.channel.clone(),
                epoch: manifest.epoch,
                number: manifest.number,
                prev: manifest.prev,
                day: manifest.day,
                window: (self.delegation.first, self.delegation.last),
                signers: weight.signers.clone(),
                piece_count: manifest.piece_count,
                stored_total: manifest.stored_total,
                raw_total: manifest.raw_total,
            },
            impersonates: None,
        }
    }
}

/// The line for a stranger whose name is one letter away from a trusted one's.
fn resembles(verdict: Verdict, facts: &Facts, pins: &Pins) -> Option<Line> {
    if verdict != Verdict::UnknownPublisher {
        return None;
    }
    let pin = pins.resembling(&facts.publisher.names)?;
    Some(Line::NameResembles { pinned: pin.id })
}

/// Whose valid issue it is to this reader.
fn standing(facts: &mut Facts, pins: &Pins) -> Verdict {
    match &facts.publisher.pin {
        Some(pin) if pin.checked => return Verdict::Verified,
        Some(_) => return Verdict::Pinned,
        None => {}
    }
    facts.impersonates = pins.look_alike(&facts.publisher.names).cloned();
    if facts.impersonates.is_some() {
        Verdict::ImpostorName
    } else {
        Verdict::UnknownPublisher
    }
}

/// True if every listed signature of a known algorithm verifies, and each names a key.
pub(crate) fn all_good(delegation: &Delegation, head: &Head, signatures: &[SlotSignature]) -> bool {
    are_good(delegation, &head.manifest, signatures)
}

/// The same, of a manifest by itself.
pub(crate) fn are_good(
    delegation: &Delegation,
    manifest: &[u8],
    signatures: &[SlotSignature],
) -> bool {
    let preimage = sshsig::preimage(Namespace::Manifest, manifest);
    signatures.iter().all(|one| {
        let slot = u64::from(one.slot);
        is_counted(&delegation.keys, &preimage, slot, one.alg, &one.signature).is_ok()
    })
}

/// True if a pinned publisher signed that a bundle is of a later format: only then is "you
/// need a newer reader" that publisher's word, and not that of whoever made the stick.
pub(crate) fn newer_is_signed(head: &Head, major: u16, pins: &Pins) -> bool {
    let (Ok(first), Ok(chain), Ok(signatures)) = (
        FirstKeys::decode(&head.manifest),
        Chain::decode(&head.own),
        decode_signatures(&head.signatures),
    ) else {
        return false;
    };
    let publisher = PublisherId::from(first.publisher);
    if first.format != u64::from(major)
        || chain.publisher() != publisher
        || pins.find(&publisher).is_none()
    {
        return false;
    }
    // Which statement `root` names is not for this version to read: any may grant.
    let Some(delegation) = chain
        .newest()
        .and_then(|newest| chain.delegation(&first.channel, first.epoch, &newest))
    else {
        return false;
    };
    // A thief could send people to a trojan reader: a revoked or suspended key says nothing.
    let id = head.manifest_id();
    let counts = |one: &&SlotSignature| {
        let key = delegation.keys.key(one.slot.into());
        one.alg == ED25519
            && key.is_some_and(|key| !chain.is_revoked(key, &id) && !chain.is_suspended(key, &id))
    };
    delegation.allows(first.number)
        && all_good(delegation, head, &signatures)
        && signatures.iter().filter(counts).count() >= delegation.keys.threshold()
}
