//! Proof that somebody signed two issues with one number (FORMAT.md section 4.7).
//!
//! In: evidence. Out: a head copy of each manifest. Nobody has to be believed: whoever
//! checks the copies together finds the conflict in their signatures.

use crate::{Evidence, Own, PublisherId};
use varaq_bundle::{Hash, Head, Prefix, encode_signatures};

/// Several manifests for one number, each signed by its threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Channel.
    pub channel: String,
    /// Epoch and number.
    pub place: (u32, u32),
    /// Manifest id and head copy of each, in the order in which they were met.
    pub heads: Vec<(Hash, Vec<u8>)>,
}

impl Evidence {
    /// The numbers of a publisher for which several manifests were met that reached their
    /// threshold, whatever became of them since.
    #[must_use]
    pub fn conflicts(&self, publisher: &PublisherId) -> Vec<Conflict> {
        let Some(record) = self.record(publisher) else {
            return Vec::new();
        };
        let mut conflicts: Vec<Conflict> = Vec::new();
        for witness in &record.manifests {
            let Some(own) = record.history.up_to(&witness.manifest.root) else {
                continue;
            };
            let own = Own {
                statements: record.history.signed(&own),
                suspensions: Vec::new(),
            };
            let Ok(own) = own.encode() else { continue };
            let head = (
                witness.id,
                head_copy(
                    &witness.bytes,
                    &encode_signatures(&witness.signatures),
                    &own,
                ),
            );
            let (channel, epoch, number) = witness.place();
            let same = |one: &&mut Conflict| one.channel == channel && one.place == (epoch, number);
            match conflicts.iter_mut().find(same) {
                Some(conflict) => conflict.heads.push(head),
                None => conflicts.push(Conflict {
                    channel: channel.to_owned(),
                    place: (epoch, number),
                    heads: vec![head],
                }),
            }
        }
        conflicts.retain(|one| one.heads.len() > 1);
        conflicts
    }
}

/// A copy without any piece: what was signed, and by whom.
fn head_copy(manifest: &[u8], signatures: &[u8], own: &[u8]) -> Vec<u8> {
    let sections = [manifest, signatures, own].map(<[u8]>::len);
    let end = sections
        .iter()
        .fold(Prefix::LEN, |sum, len| sum.saturating_add(*len));
    let [manifest, signatures, own] = [manifest, signatures, own].map(<[u8]>::to_vec);
    Head::new(
        end as u64,
        manifest,
        signatures,
        own,
        Vec::new(),
        Vec::new(),
    )
    .to_bytes()
}
