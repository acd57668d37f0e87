//! From a publisher's statements to what they allow (FORMAT.md sections 4.2-4.4).
//!
//! In: an [`Own`] as it stands in a file. Out: a [`Chain`] in which every statement
//! follows its predecessor and every suspension verifies. What can go wrong is a
//! [`ChainError`], which says which statement.

use crate::id::{recovery_commitment, statement_id};
use crate::statement::{Delegation, Name, Revocation, Statement, StatementError};
use crate::{
    KeySet, Namespace, Own, OwnError, PublicKey, PublisherId, Set, SignedStatement,
    SignedSuspension, Suspension, sshsig,
};
use std::collections::BTreeSet;
use std::sync::Arc;
use varaq_bundle::{ED25519, Hash, RootRef};

/// Why statements are no history of a publisher.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// The frame around them is malformed.
    #[error(transparent)]
    Own(#[from] OwnError),
    /// There is no statement at all.
    #[error("there is no statement")]
    Empty,
    /// A statement is malformed or does not follow the one before.
    #[error("statement {version}: {fault}")]
    Statement {
        /// Its place in OWN, counted from 1.
        version: usize,
        /// What is wrong with it.
        #[source]
        fault: Fault,
    },
    /// A suspension is malformed, not signed, or about somebody else.
    #[error("suspension {number}: {fault}")]
    Suspension {
        /// Its place in OWN, counted from 1.
        number: usize,
        /// What is wrong with it.
        #[source]
        fault: Fault,
    },
}

/// What is wrong with one statement or suspension.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The bytes of the statement are malformed.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// The bytes of the suspension are malformed.
    #[error(transparent)]
    Suspension(#[from] OwnError),
    /// Generation, version or previous id do not continue the chain.
    #[error("does not follow the statement before")]
    DoesNotFollow,
    /// A listed signature is not its key's, or names a slot that is not there.
    #[error("signature of slot {slot} does not verify")]
    BadSignature {
        /// The slot.
        slot: u64,
    },
    /// A signature by keys that do not sign such a statement.
    #[error("signed by a key set that does not belong to it")]
    ForeignSet,
    /// Too few keys signed.
    #[error("expected {need} signatures, found {have}")]
    BelowThreshold {
        /// Number of good signatures.
        have: usize,
        /// The threshold.
        need: usize,
    },
    /// A channel and epoch is granted a second time.
    #[error("grants a channel and epoch a second time")]
    GrantedTwice,
    /// The recovery commitment changes outside of a recovery.
    #[error("changes the recovery commitment")]
    CommitmentChanged,
    /// The revealed keys are not those that were committed to.
    #[error("reveals keys that nobody committed to")]
    WrongRecovery,
    /// It is about another publisher, or names a statement that is not there.
    #[error("is not about this publisher")]
    OtherPublisher,
}

/// A statement at its place in a verified chain.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) id: Hash,
    pub(crate) statement: Arc<Statement>,
}

/// A publisher's verified history.
#[derive(Clone, Debug)]
pub struct Chain {
    publisher: PublisherId,
    links: Vec<Link>,
    suspensions: Vec<Suspension>,
}

impl Chain {
    /// Verifies every statement against its predecessor, and every suspension.
    ///
    /// # Errors
    /// At the first that does not hold.
    pub fn verify(own: &Own) -> Result<Chain, ChainError> {
        Chain::verify_known(own, |_| None)
    }

    /// The same; a statement that `known` answers for was verified before, with these very
    /// signatures and on the same predecessor, and is not verified again.
    pub(crate) fn verify_known(
        own: &Own,
        known: impl Fn(&SignedStatement) -> Option<Link>,
    ) -> Result<Chain, ChainError> {
        let first = own.statements.first().ok_or(ChainError::Empty)?;
        let mut chain = Chain::of_links(PublisherId::of_statement(&first.bytes), Vec::new());
        for (at, signed) in own.statements.iter().enumerate() {
            let version = at.saturating_add(1);
            chain
                .push_known(signed, known(signed))
                .map_err(|fault| ChainError::Statement { version, fault })?;
        }
        for (at, signed) in own.suspensions.iter().enumerate() {
            let number = at.saturating_add(1);
            let suspension = chain
                .suspension(signed)
                .map_err(|fault| ChainError::Suspension { number, fault })?;
            chain.suspensions.push(suspension);
        }
        Ok(chain)
    }

    /// A chain whose statements were verified before, each on the one before it.
    pub(crate) fn of_links(publisher: PublisherId, links: Vec<Link>) -> Chain {
        Chain {
            publisher,
            links,
            suspensions: Vec::new(),
        }
    }

    /// Decodes and verifies in one step.
    ///
    /// # Errors
    /// If the bytes are malformed or do not hold.
    pub fn decode(own: &[u8]) -> Result<Chain, ChainError> {
        Chain::verify(&Own::decode(own)?)
    }

    /// Appends a statement, if it follows.
    ///
    /// # Errors
    /// If it is malformed, does not follow, or is not signed as it must be.
    pub fn push(&mut self, signed: &SignedStatement) -> Result<(), Fault> {
        self.push_known(signed, None)
    }

    /// The same, of a statement that was perhaps verified before.
    pub(crate) fn push_known(
        &mut self,
        signed: &SignedStatement,
        known: Option<Link>,
    ) -> Result<(), Fault> {
        let link = match known.filter(|link| self.is_next(link)) {
            Some(link) => link,
            None => self.follow(signed)?,
        };
        self.links.push(link);
        Ok(())
    }

    /// The next statement, if it follows.
    fn follow(&self, signed: &SignedStatement) -> Result<Link, Fault> {
        let statement = Statement::decode(&signed.bytes)?;
        match (self.links.last(), &statement.revealed) {
            (None, None) => begin(signed, &statement)?,
            (None, Some(_)) => return Err(Fault::DoesNotFollow),
            (Some(before), None) => continue_chain(before, signed, &statement)?,
            (Some(before), Some(keys)) => recover(before, signed, &statement, keys)?,
        }
        self.grants_anew(&statement)?;
        Ok(Link {
            id: statement_id(&signed.bytes),
            statement: Arc::new(statement),
        })
    }

    /// A channel and epoch is granted once in a chain.
    fn grants_anew(&self, statement: &Statement) -> Result<(), Fault> {
        let granted = self.statements().flat_map(|before| &before.delegations);
        let mut granted: BTreeSet<_> = granted.map(Delegation::place).collect();
        if statement
            .delegations
            .iter()
            .all(|delegation| granted.insert(delegation.place()))
        {
            Ok(())
        } else {
            Err(Fault::GrantedTwice)
        }
    }

    fn is_next(&self, link: &Link) -> bool {
        link.statement.previous == self.links.last().map(|before| before.id)
    }

    /// A suspension, if it is about this publisher and the named root keys signed it.
    ///
    /// # Errors
    /// If it is malformed, about somebody else, or not signed.
    pub fn suspension(&self, signed: &SignedSuspension) -> Result<Suspension, Fault> {
        let suspension = Suspension::decode(&signed.bytes)?;
        if suspension.publisher != self.publisher {
            return Err(Fault::OtherPublisher);
        }
        let named = self.named(&suspension).ok_or(Fault::OtherPublisher)?;
        let root = &named.statement.root;
        let preimage = sshsig::preimage(Namespace::Suspend, &signed.bytes);
        let signatures = signed
            .signatures
            .iter()
            .map(|one| (one.slot, one.alg, one.signature.as_slice()));
        threshold(root, &preimage, signatures)?;
        Ok(suspension)
    }

    /// Who the publisher is.
    #[must_use]
    pub fn publisher(&self) -> PublisherId {
        self.publisher
    }

    /// The statements, 1 … n.
    pub fn statements(&self) -> impl DoubleEndedIterator<Item = &Statement> {
        self.links.iter().map(|link| link.statement.as_ref())
    }

    pub(crate) fn links(&self) -> &[Link] {
        &self.links
    }

    /// The newest statement of this copy.
    #[must_use]
    pub fn newest(&self) -> Option<RootRef> {
        self.links.last().map(Link::reference)
    }

    /// The names in force: of the newest statement that has any.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        self.statements()
            .rev()
            .map(|statement| statement.names.as_slice())
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }

    /// Promised days between issues, by the newest statement; 0 = no promise.
    #[must_use]
    pub fn cadence(&self) -> u16 {
        self.links.last().map_or(0, |link| link.statement.cadence)
    }

    /// True if the chain holds exactly that statement.
    #[must_use]
    pub fn contains(&self, root: &RootRef) -> bool {
        self.position(root).is_some()
    }

    pub(crate) fn contains_id(&self, id: &Hash) -> bool {
        self.links.iter().any(|link| link.id == *id)
    }

    /// The statement whose root keys a suspension names.
    pub(crate) fn root_of(&self, suspension: &Suspension) -> Option<Hash> {
        self.named(suspension).map(|link| link.id)
    }

    fn named(&self, suspension: &Suspension) -> Option<&Link> {
        let version = (suspension.generation, suspension.version);
        self.links
            .iter()
            .find(|link| (link.statement.generation, link.statement.version) == version)
    }

    fn position(&self, root: &RootRef) -> Option<usize> {
        self.links.iter().position(|link| link.reference() == *root)
    }

    /// The delegation of a channel and epoch that a statement up to and including
    /// `root` grants.
    #[must_use]
    pub fn delegation(&self, channel: &str, epoch: u32, root: &RootRef) -> Option<&Delegation> {
        let end = self.position(root)?;
        self.links
            .iter()
            .take(end.saturating_add(1))
            .flat_map(|link| &link.statement.delegations)
            .find(|delegation| delegation.place() == (channel, epoch))
    }

    /// Every revocation of every statement.
    pub fn revocations(&self) -> impl Iterator<Item = &Revocation> {
        self.statements().flat_map(|statement| &statement.revoked)
    }

    /// Every suspension that travels with the chain, ended or not.
    #[must_use]
    pub fn suspensions(&self) -> &[Suspension] {
        &self.suspensions
    }

    /// True if signatures by `key` do not count for that manifest, because the key is
    /// revoked and no revocation of it keeps the manifest (section 4.3).
    #[must_use]
    pub fn is_revoked(&self, key: &PublicKey, manifest: &Hash) -> bool {
        let mut of_key = self.revocations().filter(|one| one.key == *key).peekable();
        of_key.peek().is_some() && !of_key.any(|one| one.kept.contains(manifest))
    }

    /// True if signatures by `key` do not count for that manifest, because the key is
    /// suspended and the suspension is not over (section 4.4).
    #[must_use]
    pub fn is_suspended(&self, key: &PublicKey, manifest: &Hash) -> bool {
        self.suspensions.iter().any(|one| one.key == *key) && !self.ends_suspension(key, manifest)
    }

    /// True if a suspension of that key, had there been one, would be over for that
    /// manifest: a statement has revoked or cleared the key since, or a revocation keeps
    /// the manifest (section 4.4).
    #[must_use]
    pub fn ends_suspension(&self, key: &PublicKey, manifest: &Hash) -> bool {
        self.revocations().any(|one| one.key == *key)
            || self.statements().any(|one| one.cleared.contains(key))
            || self.keeps(manifest)
    }

    /// True if a revocation names that manifest as genuine.
    #[must_use]
    pub fn keeps(&self, manifest: &Hash) -> bool {
        self.revocations().any(|one| one.kept.contains(manifest))
    }

    /// The manifest that a statement has settled on for that number.
    #[must_use]
    pub fn settled(&self, channel: &str, epoch: u32, number: u32) -> Option<Hash> {
        let place = (channel, epoch, number);
        self.statements()
            .rev()
            .flat_map(|statement| &statement.settled)
            .find(|one| (one.channel.as_str(), one.epoch, one.number) == place)
            .map(|one| one.manifest)
    }
}

/// A first statement: its own keys sign it.
fn begin(signed: &SignedStatement, statement: &Statement) -> Result<(), Fault> {
    if statement.generation != 0 || statement.version != 1 {
        return Err(Fault::DoesNotFollow);
    }
    only_sets(signed, &[Set::Own])?;
    meets(signed, Set::Own, &statement.root, Namespace::Root)
}

impl Link {
    /// A statement that was verified when it was met.
    pub(crate) fn of(signed: &SignedStatement) -> Option<Link> {
        let statement = Statement::decode(&signed.bytes).ok()?;
        Some(Link {
            id: statement_id(&signed.bytes),
            statement: Arc::new(statement),
        })
    }

    pub(crate) fn reference(&self) -> RootRef {
        RootRef {
            generation: self.statement.generation,
            version: self.statement.version,
            id: self.id,
        }
    }
}

/// An ordinary step: the same generation, signed by the old keys and by the new.
fn continue_chain(
    before: &Link,
    signed: &SignedStatement,
    statement: &Statement,
) -> Result<(), Fault> {
    follows(before, statement, 0)?;
    only_sets(signed, &[Set::Before, Set::Own])?;
    if statement.recovery != before.statement.recovery {
        return Err(Fault::CommitmentChanged);
    }
    let old = &before.statement.root;
    if statement.root == *old {
        // One signature serves both; one that is listed beside it must still be good.
        good(signed, Set::Before, old, Namespace::Root)?;
    } else {
        meets(signed, Set::Before, old, Namespace::Root)?;
    }
    meets(signed, Set::Own, &statement.root, Namespace::Root)
}

/// A recovery: one generation more, signed by the keys that were committed to and by
/// the new root keys. The lost or stolen root keys have no say.
fn recover(
    before: &Link,
    signed: &SignedStatement,
    statement: &Statement,
    keys: &KeySet,
) -> Result<(), Fault> {
    follows(before, statement, 1)?;
    only_sets(signed, &[Set::Own, Set::Recovery])?;
    if before.statement.recovery != Some(recovery_commitment(keys)) {
        return Err(Fault::WrongRecovery);
    }
    meets(signed, Set::Recovery, keys, Namespace::Recovery)?;
    meets(signed, Set::Own, &statement.root, Namespace::Recovery)
}

fn follows(before: &Link, statement: &Statement, generations: u16) -> Result<(), Fault> {
    let next = (
        before.statement.generation.checked_add(generations),
        before.statement.version.checked_add(1),
        Some(before.id),
    );
    let this = (
        Some(statement.generation),
        Some(statement.version),
        statement.previous,
    );
    if this == next {
        Ok(())
    } else {
        Err(Fault::DoesNotFollow)
    }
}

fn only_sets(signed: &SignedStatement, sets: &[Set]) -> Result<(), Fault> {
    if signed.signatures.iter().all(|one| sets.contains(&one.set)) {
        Ok(())
    } else {
        Err(Fault::ForeignSet)
    }
}

/// The signatures of one set reach its threshold.
fn meets(
    signed: &SignedStatement,
    set: Set,
    keys: &KeySet,
    namespace: Namespace,
) -> Result<(), Fault> {
    let preimage = sshsig::preimage(namespace, &signed.bytes);
    threshold(keys, &preimage, of_set(signed, set))
}

/// Every listed signature of one set is good, however many there are.
fn good(
    signed: &SignedStatement,
    set: Set,
    keys: &KeySet,
    namespace: Namespace,
) -> Result<(), Fault> {
    let preimage = sshsig::preimage(namespace, &signed.bytes);
    count(keys, &preimage, of_set(signed, set)).map(drop)
}

fn of_set(signed: &SignedStatement, set: Set) -> impl Iterator<Item = (u64, u64, &[u8])> {
    signed
        .signatures
        .iter()
        .filter(move |one| one.set == set)
        .map(|one| (one.slot, one.alg, one.signature.as_slice()))
}

fn threshold<'a>(
    keys: &KeySet,
    preimage: &[u8],
    signatures: impl Iterator<Item = (u64, u64, &'a [u8])>,
) -> Result<(), Fault> {
    let have = count(keys, preimage, signatures)?;
    let need = keys.threshold();
    if have < need {
        return Err(Fault::BelowThreshold { have, need });
    }
    Ok(())
}

/// Number of good signatures. Slots are distinct already: the decoder saw to it.
fn count<'a>(
    keys: &KeySet,
    preimage: &[u8],
    signatures: impl Iterator<Item = (u64, u64, &'a [u8])>,
) -> Result<usize, Fault> {
    let mut counted: usize = 0;
    for (slot, alg, signature) in signatures {
        if is_counted(keys, preimage, slot, alg, signature)? {
            counted = counted.saturating_add(1);
        }
    }
    Ok(counted)
}

/// Whether one listed signature is of a known algorithm; if so it must be good.
pub(crate) fn is_counted(
    keys: &KeySet,
    preimage: &[u8],
    slot: u64,
    alg: u64,
    signature: &[u8],
) -> Result<bool, Fault> {
    let bad = Fault::BadSignature { slot };
    let key = keys.key(slot).ok_or(bad.clone())?;
    if alg != ED25519 {
        return Ok(false);
    }
    // A key of another algorithm verifies nothing, so this refuses a mixed pair too.
    if !key.verifies(preimage, signature) {
        return Err(bad);
    }
    Ok(true)
}
