//! From a head and the reader's pins to a verdict (FORMAT.md sections 4.5 and 7).
//!
//! Pure: the whole decision is a function of bytes and pins. It never fails; every way
//! to fail is a verdict.

use crate::chain::is_counted;
use crate::{Chain, Delegation, Name, Namespace, Pin, Pins, PublisherId, Verdict, sshsig};
use varaq_bundle::{
    Day, FirstKeys, Hash, Head, IssueRef, Manifest, RootRef, SlotSignature, decode_signatures,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The one answer.
    pub verdict: Verdict,
    /// Publisher and issue, as far as they could be read. Proven only if
    /// [`Verdict::is_valid`].
    pub facts: Option<Facts>,
}

impl From<Verdict> for Judgement {
    fn from(verdict: Verdict) -> Judgement {
        Judgement {
            verdict,
            facts: None,
        }
    }
}

/// Judges the head of a bundle of this major version.
#[must_use]
pub fn judge(head: &Head, pins: &Pins) -> Judgement {
    let judgement = by_rules(head, pins);
    // Whoever alters a head on purpose can make the hint fit, so it proves nothing;
    // but an accident does not, and "forged" would be the wrong word for it.
    if !judgement.verdict.is_valid() && !head.hint_matches() {
        return Verdict::DamagedHead.into();
    }
    judgement
}

/// The verdicts from CHAIN_INCOMPLETE on, in their order.
fn by_rules(head: &Head, pins: &Pins) -> Judgement {
    let (Ok(manifest), Ok(chain)) = (Manifest::decode(&head.manifest), Chain::decode(&head.own))
    else {
        return Verdict::BadSignature.into();
    };
    if !chain.contains(&manifest.root) {
        return Verdict::ChainIncomplete.into();
    }
    let delegation = chain.delegation(&manifest.channel, manifest.epoch, &manifest.root);
    let (Some(delegation), Ok(signatures)) = (delegation, decode_signatures(&head.signatures))
    else {
        return Verdict::BadSignature.into();
    };
    if chain.publisher() != manifest.publisher.into() {
        return Verdict::BadSignature.into();
    }
    let Some(signers) = signers(&chain, delegation, head, &signatures) else {
        return Verdict::BadSignature.into();
    };
    let verdict = if head.signatures.is_empty() {
        Some(Verdict::UnsignedDraft)
    } else if !delegation.allows(manifest.number) {
        Some(Verdict::OutOfWindow)
    } else {
        signers.shortfall()
    };
    let mut facts = facts(&chain, &manifest, delegation, head, signers, pins);
    let verdict = verdict.unwrap_or_else(|| standing(&mut facts, pins));
    Judgement {
        verdict,
        facts: Some(facts),
    }
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

/// What each slot did; none if a listed signature does not verify or names no key.
fn signers(
    chain: &Chain,
    delegation: &Delegation,
    head: &Head,
    signatures: &[SlotSignature],
) -> Option<Signers> {
    let preimage = sshsig::preimage(Namespace::Manifest, &head.manifest);
    let manifest = head.manifest_id();
    let keys = &delegation.keys;
    let mut slots = vec![Slot::Missing; keys.keys().len()];
    for one in signatures {
        let slot = slots.get_mut(usize::from(one.slot))?;
        let number = u64::from(one.slot);
        let key = keys.key(number)?;
        *slot = if !is_counted(keys, &preimage, number, one.alg, &one.signature).ok()? {
            Slot::UnknownAlgorithm
        } else if chain.is_revoked(key, &manifest) {
            Slot::Revoked
        } else if chain.is_suspended(key, &manifest) {
            Slot::Suspended
        } else {
            Slot::Counted
        };
    }
    Some(Signers {
        threshold: keys.threshold(),
        slots,
    })
}

fn facts(
    chain: &Chain,
    manifest: &Manifest,
    delegation: &Delegation,
    head: &Head,
    signers: Signers,
    pins: &Pins,
) -> Facts {
    let id = chain.publisher();
    Facts {
        publisher: Publisher {
            id,
            names: chain.names().to_vec(),
            newest: chain.newest(),
            cadence: chain.cadence(),
            pin: pins.find(&id).cloned(),
        },
        issue: Issue {
            id: head.manifest_id(),
            channel: manifest.channel.clone(),
            epoch: manifest.epoch,
            number: manifest.number,
            prev: manifest.prev,
            day: manifest.day,
            window: (delegation.first, delegation.last),
            signers,
            piece_count: manifest.piece_count,
            stored_total: manifest.stored_total,
            raw_total: manifest.raw_total,
        },
        impersonates: None,
    }
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
    delegation.allows(first.number)
        && signers(&chain, delegation, head, &signatures)
            .is_some_and(|signers| signers.shortfall().is_none())
}
