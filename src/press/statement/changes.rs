//! What a statement changes, in the words of section 4.1 of FORMAT.md.

use super::DraftError;
use varaq_bundle::Hash;
use varaq_trust::{
    Chain, Delegation, KeySet, Name, PublicKey, Revocation, Settled, Statement, recovery_commitment,
};

/// Everything that one statement may say. What is left as it is by default stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Other root keys.
    pub root: Option<KeySet>,
    /// New signing keys.
    pub delegations: Vec<Delegation>,
    /// Keys that no longer count.
    pub revoked: Vec<Revocation>,
    /// Keys whose suspension ends.
    pub cleared: Vec<PublicKey>,
    /// Conflicts that are decided.
    pub settled: Vec<Settled>,
    /// The names from now on; none: they stay.
    pub names: Vec<Name>,
    /// Promised days between issues.
    pub cadence: Option<u16>,
    /// Makes it a recovery statement.
    pub recovery: Option<Recovery>,
}

/// What a recovery statement says besides.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// The keys that were committed to, in their order.
    pub revealed: KeySet,
    /// Commitment to the next recovery keys.
    pub commitment: Option<Hash>,
}

impl Changes {
    /// The statement after the newest of a chain.
    pub(super) fn after(&self, chain: &Chain) -> Result<Statement, DraftError> {
        let newest = chain.newest().ok_or(DraftError::NoStatement)?;
        let before = chain.statements().next_back();
        let mut next = before.ok_or(DraftError::NoStatement)?.next(newest.id)?;
        if let Some(root) = &self.root {
            next.root = root.clone();
        }
        next.delegations = self.delegations.clone();
        next.revoked = self.revoked.clone();
        next.cleared = self.cleared.clone();
        next.settled = self.settled.clone();
        next.names = self.names.clone();
        next.names
            .sort_by(|one, other| one.language.cmp(&other.language));
        next.cadence = self.cadence.unwrap_or(chain.cadence());
        if let Some(recovery) = &self.recovery {
            next.generation = next
                .generation
                .checked_add(1)
                .ok_or(DraftError::NoGeneration)?;
            next.recovery = recovery.commitment;
            next.revealed = Some(recovery.revealed.clone());
        }
        Ok(next)
    }
}

/// The key set that a chain has committed to, if it is made of those keys in that order:
/// every threshold is tried.
#[must_use]
pub fn recovery_set(chain: &Chain, keys: &[PublicKey]) -> Option<KeySet> {
    let committed = chain.statements().next_back()?.recovery?;
    (1..=keys.len() as u64)
        .filter_map(|threshold| KeySet::new(threshold, keys.to_vec()).ok())
        .find(|set| recovery_commitment(set) == committed)
}
