//! A statement, or notes alone, that are being signed.

use super::Changes;
use crate::keys::{Role, SecretKey};
use varaq_trust::{
    Chain, ChainError, ED25519, Fault, KeyError, KeySet, Namespace, Own, OwnError, PublicKey,
    RootSignature, Set, SignedStatement, SignedSuspension, Statement, StatementError,
    StatementSignature, Suspension, recovery_commitment, sshsig,
};

/// Why there is no such statement.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The publisher has no statement to go on from.
    #[error("there is no statement to go on from")]
    NoStatement,
    /// There is nothing in it.
    #[error("neither a statement nor a note is asked for")]
    Nothing,
    /// The generations are used up.
    #[error("no generation is left")]
    NoGeneration,
    /// It does not follow the newest statement.
    #[error("it does not follow statement {newest} of the publisher")]
    DoesNotFollow {
        /// Version of the newest statement.
        newest: u16,
    },
    /// A channel and epoch is granted a second time.
    #[error("channel {channel}, epoch {epoch} is granted already; choose another epoch")]
    GrantedTwice {
        /// The channel.
        channel: String,
        /// The epoch.
        epoch: u32,
    },
    /// Other recovery keys were committed to, or none.
    #[error("these are not the recovery keys that the publisher has committed to")]
    WrongRecovery,
    /// The commitment changes in a statement that is no recovery.
    #[error("only a recovery may change the recovery keys")]
    CommitmentChanged,
    /// The statement breaks a rule.
    #[error("the statement breaks a rule")]
    Statement(#[from] StatementError),
    /// The chain would not fit into a bundle.
    #[error("the publisher's statements would no longer fit into a bundle")]
    Own(#[from] OwnError),
    /// A note is about another publisher, or names a statement that is not there.
    #[error("a note in it is not about this publisher")]
    ForeignNote,
    /// A signature in it is not good.
    #[error("the signature of key {} does not verify", .0 + 1)]
    BadSignature(u64),
    /// A signer's key was given.
    #[error("this is a signer's key; statements are signed with root keys")]
    SignersKey,
    /// The key has no place in it.
    #[error("this key is none of those that sign this statement")]
    NotAsked,
    /// Signatures are missing.
    #[error("{0}")]
    Incomplete(Want),
    /// The key is not sound.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The whole does not hold.
    #[error("the statements do not hold")]
    Chain(#[from] ChainError),
    /// A note does not hold.
    #[error("a note does not hold")]
    Note(#[source] Fault),
}

/// Which keys are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signers {
    /// The root keys of before.
    FormerRoots,
    /// The root keys of this statement.
    Roots,
    /// The recovery keys.
    Recovery,
    /// The root keys, for the notes.
    Notes,
}

/// A threshold and how far it is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Want {
    /// Which keys.
    pub signers: Signers,
    /// Signatures that are there.
    pub have: usize,
    /// Signatures that are needed.
    pub need: usize,
    /// The keys that may sign.
    pub keys: Vec<PublicKey>,
}

impl Want {
    /// True if enough have signed.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.have >= self.need
    }
}

impl std::fmt::Display for Want {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let who = match self.signers {
            Signers::FormerRoots => "former root keys",
            Signers::Roots => "root keys",
            Signers::Recovery => "recovery keys",
            Signers::Notes => "root keys under the suspension notes",
        };
        write!(f, "signatures of {who}: {} of {}", self.have, self.need)
    }
}

/// A statement at work.
#[derive(Clone, Debug)]
struct Next {
    statement: Statement,
    signed: SignedStatement,
}

/// What is being signed, and the chain that it goes on from.
#[derive(Clone, Debug)]
pub struct Draft {
    base: Own,
    before: Chain,
    next: Option<Next>,
    notes: Vec<SignedSuspension>,
}

/// A draft that everybody has signed.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The publisher's statements, the new one included.
    pub own: Own,
    /// The same, verified.
    pub chain: Chain,
    /// The notes; they are not among the statements: that would suspend the keys now.
    pub notes: Vec<SignedSuspension>,
}

impl Draft {
    /// A new statement, and suspension notes for the keys in `stops`, nothing signed yet.
    ///
    /// # Errors
    /// If a reader would refuse it whoever signed.
    pub fn new(base: &Own, changes: &Changes, stops: &[PublicKey]) -> Result<Draft, DraftError> {
        let before = Chain::verify(base)?;
        let statement = changes.after(&before)?;
        let signed = SignedStatement {
            bytes: statement.encode()?,
            signatures: Vec::new(),
        };
        Draft::of_parts(
            base.clone(),
            Some(signed),
            unsigned(&before, &statement, stops),
        )
    }

    /// Suspension notes alone, in the name of the newest statement.
    ///
    /// # Errors
    /// If there is no key.
    pub fn of_notes(base: &Own, stops: &[PublicKey]) -> Result<Draft, DraftError> {
        let before = Chain::verify(base)?;
        let newest = before.statements().next_back();
        let notes = unsigned(&before, newest.ok_or(DraftError::NoStatement)?, stops);
        Draft::of_parts(base.clone(), None, notes)
    }

    /// A draft from its parts, whoever put them together.
    ///
    /// # Errors
    /// If it does not go on from its own base, or a signature in it is not good.
    pub(super) fn of_parts(
        base: Own,
        signed: Option<SignedStatement>,
        notes: Vec<SignedSuspension>,
    ) -> Result<Draft, DraftError> {
        let before = Chain::verify(&base)?;
        let next = signed.map(|signed| {
            Ok::<_, DraftError>(Next {
                statement: Statement::decode(&signed.bytes)?,
                signed,
            })
        });
        let draft = Draft {
            base,
            before,
            next: next.transpose()?,
            notes,
        };
        draft.check()?;
        Ok(draft)
    }

    /// The chain that it goes on from.
    #[must_use]
    pub fn before(&self) -> &Chain {
        &self.before
    }

    /// The bytes of that chain.
    #[must_use]
    pub fn base(&self) -> &Own {
        &self.base
    }

    /// The new statement; none if it is about notes alone.
    #[must_use]
    pub fn statement(&self) -> Option<&Statement> {
        self.next.as_ref().map(|next| &next.statement)
    }

    /// The new statement with the signatures so far.
    #[must_use]
    pub fn signed(&self) -> Option<&SignedStatement> {
        self.next.as_ref().map(|next| &next.signed)
    }

    /// The notes with the signatures so far.
    #[must_use]
    pub fn notes(&self) -> &[SignedSuspension] {
        &self.notes
    }

    /// Every threshold that must be reached.
    #[must_use]
    pub fn wants(&self) -> Vec<Want> {
        let mut wants = Vec::new();
        if let Some(next) = &self.next {
            for (set, keys) in self.sets(&next.statement) {
                let signatures = next.signed.signatures.iter();
                wants.push(Want {
                    signers: match set {
                        Set::Before => Signers::FormerRoots,
                        Set::Own => Signers::Roots,
                        Set::Recovery => Signers::Recovery,
                    },
                    have: signatures.filter(|one| one.set == set).count(),
                    need: keys.threshold(),
                    keys: keys.keys().to_vec(),
                });
            }
        }
        for note in &self.notes {
            if let Some(root) = self.root_of(note) {
                wants.push(Want {
                    signers: Signers::Notes,
                    have: note.signatures.len(),
                    need: root.threshold(),
                    keys: root.keys().to_vec(),
                });
            }
        }
        wants
    }

    /// The first threshold that is not reached.
    #[must_use]
    pub fn missing(&self) -> Option<Want> {
        self.wants().into_iter().find(|want| !want.is_met())
    }

    /// True if a signature of that key would bring it further.
    #[must_use]
    pub fn waits_for(&self, key: &PublicKey) -> bool {
        let mut wants = self.wants().into_iter();
        wants.any(|want| !want.is_met() && want.keys.contains(key)) && !self.has(key)
    }

    fn has(&self, key: &PublicKey) -> bool {
        let Some(next) = &self.next else {
            let by = |note: &SignedSuspension| {
                let slot = self.root_of(note).and_then(|root| root.slot(key));
                note.signatures.iter().any(|one| Some(one.slot) == slot)
            };
            return self.notes.iter().all(by);
        };
        let places = self.places(next, key);
        let signed = |(set, slot): &(Set, u64)| {
            let mut all = next.signed.signatures.iter();
            all.any(|one| (one.set, one.slot) == (*set, *slot))
        };
        !places.is_empty() && places.iter().all(signed)
    }

    /// Signs with one key, everywhere it has a place. Notes take no more than they need:
    /// every signature makes them longer to read out.
    ///
    /// # Errors
    /// If the key has no place in it.
    pub fn sign(&mut self, key: &SecretKey) -> Result<(), DraftError> {
        if key.role() == Role::Signer {
            return Err(DraftError::SignersKey);
        }
        let public = key.public()?;
        let by_statement = self.sign_statement(key, &public);
        let by_notes = self.sign_notes(key, &public);
        if by_statement || by_notes {
            Ok(())
        } else {
            Err(DraftError::NotAsked)
        }
    }

    fn sign_statement(&mut self, key: &SecretKey, public: &PublicKey) -> bool {
        let Some(mut next) = self.next.take() else {
            return false;
        };
        let places = self.places(&next, public);
        let namespace = namespace(&next.statement);
        for (set, slot) in &places {
            let signatures = &mut next.signed.signatures;
            if signatures
                .iter()
                .any(|one| (one.set, one.slot) == (*set, *slot))
            {
                continue;
            }
            signatures.push(StatementSignature {
                set: *set,
                slot: *slot,
                alg: ED25519,
                signature: key.sign(namespace, &next.signed.bytes).to_vec(),
            });
            signatures.sort_by_key(|one| (one.set, one.slot));
        }
        self.next = Some(next);
        !places.is_empty()
    }

    fn sign_notes(&mut self, key: &SecretKey, public: &PublicKey) -> bool {
        let mut has_place = false;
        let mut notes = std::mem::take(&mut self.notes);
        for note in &mut notes {
            let Some(root) = self.root_of(note) else {
                continue;
            };
            let Some(slot) = root.slot(public) else {
                continue;
            };
            has_place = true;
            let signed = note.signatures.iter().any(|one| one.slot == slot);
            if signed || note.signatures.len() >= root.threshold() {
                continue;
            }
            note.signatures.push(RootSignature {
                slot,
                alg: ED25519,
                signature: key.sign(Namespace::Suspend, &note.bytes).to_vec(),
            });
            note.signatures.sort_by_key(|one| one.slot);
        }
        self.notes = notes;
        has_place
    }

    /// The longer chain and the notes, proven as a reader proves them.
    ///
    /// # Errors
    /// If a signature is missing.
    pub fn finish(&self) -> Result<Finished, DraftError> {
        if let Some(want) = self.missing() {
            return Err(DraftError::Incomplete(want));
        }
        let mut own = self.base.clone();
        own.statements
            .extend(self.next.iter().map(|next| next.signed.clone()));
        own.encode()?;
        let chain = Chain::verify(&own)?;
        for note in &self.notes {
            chain.suspension(note).map_err(DraftError::Note)?;
        }
        Ok(Finished {
            own,
            chain,
            notes: self.notes.clone(),
        })
    }

    /// The key sets that sign a statement. Equal sets sign once.
    fn sets(&self, statement: &Statement) -> Vec<(Set, KeySet)> {
        let own = (Set::Own, statement.root.clone());
        if let Some(revealed) = &statement.revealed {
            return vec![own, (Set::Recovery, revealed.clone())];
        }
        match self.before.statements().next_back() {
            Some(before) if before.root != statement.root => {
                vec![(Set::Before, before.root.clone()), own]
            }
            _ => vec![own],
        }
    }

    /// Where a key signs a statement.
    fn places(&self, next: &Next, key: &PublicKey) -> Vec<(Set, u64)> {
        let sets = self.sets(&next.statement);
        let place = |(set, keys): &(Set, KeySet)| keys.slot(key).map(|slot| (*set, slot));
        sets.iter().filter_map(place).collect()
    }

    /// The root keys that sign a note: of the new statement, or of the one it names.
    fn root_of(&self, note: &SignedSuspension) -> Option<KeySet> {
        let body = Suspension::decode(&note.bytes).ok()?;
        let mut statements = self.before.statements().chain(self.statement());
        let named = statements
            .find(|one| (one.generation, one.version) == (body.generation, body.version))?;
        (body.publisher == self.before.publisher()).then(|| named.root.clone())
    }

    /// What a reader would refuse is found before anybody signs.
    fn check(&self) -> Result<(), DraftError> {
        if self.next.is_none() && self.notes.is_empty() {
            return Err(DraftError::Nothing);
        }
        if let Some(next) = &self.next {
            self.check_order(&next.statement)?;
            self.check_grants(&next.statement)?;
            self.check_signatures(next)?;
            let mut own = self.base.clone();
            own.statements.push(next.signed.clone());
            own.encode()?;
        }
        for note in &self.notes {
            let root = self.root_of(note).ok_or(DraftError::ForeignNote)?;
            let preimage = sshsig::preimage(Namespace::Suspend, &note.bytes);
            for one in &note.signatures {
                good(&root, one.slot, one.alg, &preimage, &one.signature)?;
            }
        }
        Ok(())
    }

    fn check_order(&self, statement: &Statement) -> Result<(), DraftError> {
        let newest = self.before.newest().ok_or(DraftError::NoStatement)?;
        let before = self.before.statements().next_back();
        let before = before.ok_or(DraftError::NoStatement)?;
        let generations = u16::from(statement.is_recovery());
        let follows = statement.previous == Some(newest.id)
            && Some(statement.version) == before.version.checked_add(1)
            && Some(statement.generation) == before.generation.checked_add(generations);
        if !follows {
            let newest = newest.version;
            return Err(DraftError::DoesNotFollow { newest });
        }
        match &statement.revealed {
            Some(keys) if before.recovery != Some(recovery_commitment(keys)) => {
                Err(DraftError::WrongRecovery)
            }
            None if before.recovery != statement.recovery => Err(DraftError::CommitmentChanged),
            _ => Ok(()),
        }
    }

    fn check_grants(&self, statement: &Statement) -> Result<(), DraftError> {
        let all = self.before.statements().chain([statement]);
        let mut granted = std::collections::BTreeSet::new();
        for one in all.flat_map(|one| &one.delegations) {
            if !granted.insert((&one.channel, one.epoch)) {
                return Err(DraftError::GrantedTwice {
                    channel: one.channel.clone(),
                    epoch: one.epoch,
                });
            }
        }
        Ok(())
    }

    fn check_signatures(&self, next: &Next) -> Result<(), DraftError> {
        let sets = self.sets(&next.statement);
        let preimage = sshsig::preimage(namespace(&next.statement), &next.signed.bytes);
        for one in &next.signed.signatures {
            let keys = sets.iter().find(|(set, _)| *set == one.set);
            let (_, keys) = keys.ok_or(DraftError::BadSignature(one.slot))?;
            good(keys, one.slot, one.alg, &preimage, &one.signature)?;
        }
        Ok(())
    }
}

/// A signature that we could count. One of another algorithm is no use here.
fn good(
    keys: &KeySet,
    slot: u64,
    alg: u64,
    preimage: &[u8],
    signature: &[u8],
) -> Result<(), DraftError> {
    let key = keys.key(slot).filter(|_| alg == ED25519);
    let good = key.is_some_and(|key| key.verifies(preimage, signature));
    good.then_some(()).ok_or(DraftError::BadSignature(slot))
}

fn namespace(statement: &Statement) -> Namespace {
    if statement.is_recovery() {
        Namespace::Recovery
    } else {
        Namespace::Root
    }
}

/// Notes in the name of a statement, without signatures.
fn unsigned(chain: &Chain, named: &Statement, stops: &[PublicKey]) -> Vec<SignedSuspension> {
    let note = |key: &PublicKey| SignedSuspension {
        bytes: Suspension {
            publisher: chain.publisher(),
            generation: named.generation,
            version: named.version,
            key: key.clone(),
        }
        .encode(),
        signatures: Vec::new(),
    };
    stops.iter().map(note).collect()
}
