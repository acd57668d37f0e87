//! The second opinion: what an issue's publisher signed, as files that stock programs check
//! (FORMAT.md section 8.2).
//!
//! In: the head of a valid bundle and what its verdict found. Out: files by name, and for each
//! signature the [`Opinion`] that `ssh-keygen -Y verify` can give of it. Every signature is
//! verified once more on the way: what is not good is an error, not a file. Writes nothing.

use std::fmt;

use varaq_bundle::{Head, Manifest, decode_signatures};
use varaq_trust::{
    Chain, ChainError, Facts, KeySet, Namespace, Own, OwnError, PublicKey, Set, SignedStatement,
    Slot, Statement, StatementError, Suspension, sshsig,
};

/// The signed bytes of the issue.
pub const MANIFEST_FILE: &str = "manifest.bin";
/// Who may sign manifests, for `ssh-keygen -f`.
pub const SIGNERS_FILE: &str = "allowed_signers";
/// Who may sign whole files of this issue.
pub const FILE_SIGNERS_FILE: &str = "allowed_signers.file";
/// Who may sign statements and suspensions.
pub const HISTORY_SIGNERS_FILE: &str = "history/allowed_signers";

/// One question to `ssh-keygen -Y verify`. Names are those of files in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The signed bytes, for its standard input.
    pub signed: String,
    /// The signature, for `-s`.
    pub signature: String,
    /// The keys, for `-f`.
    pub signers: &'static str,
    /// Who is asked for, for `-I`.
    pub identity: String,
    /// What for, for `-n`.
    pub namespace: Namespace,
}

/// A signature that no command is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Whose: `slot 2`, `statement 3, own slot 0`.
    pub whose: String,
    /// Why.
    pub reason: Slot,
}

/// Everything that is exported but the pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// Names, some of them in the folder `history`, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The signatures of the issue that count.
    pub issue: Vec<Opinion>,
    /// Those of statements and suspensions.
    pub history: Vec<Opinion>,
    /// What counts for nothing, or is of an algorithm that OpenSSH cannot check.
    pub left_out: Vec<LeftOut>,
}

/// Why nothing can be exported: the file was exchanged after its verdict.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The manifest is another one than that of the verdict.
    #[error("the file holds another issue than a moment ago")]
    AnotherIssue,
    /// A signature is not good.
    #[error("the signature of {0} does not verify")]
    BadSignature(String),
    /// SIGNATURES or MANIFEST break a rule.
    #[error("its head breaks a rule")]
    Malformed,
    /// OWN breaks a rule.
    #[error("its statements break a rule")]
    Own(#[from] OwnError),
    /// A statement breaks a rule.
    #[error("a statement breaks a rule")]
    Statement(#[from] StatementError),
    /// The statements are no history.
    #[error("its statements do not hold")]
    Chain(#[from] ChainError),
}

impl Export {
    /// The files of a valid bundle.
    ///
    /// # Errors
    /// If the head is not the one that `facts` were taken from.
    pub fn of(head: &Head, facts: &Facts) -> Result<Export, ExportError> {
        if head.manifest_id() != facts.issue.id {
            return Err(ExportError::AnotherIssue);
        }
        let mut export = Export::default();
        export.add_issue(head, facts)?;
        export.add_history(&Own::decode(&head.own)?)?;
        Ok(export)
    }

    fn add_issue(&mut self, head: &Head, facts: &Facts) -> Result<(), ExportError> {
        let malformed = |_| ExportError::Malformed;
        let manifest = Manifest::decode(&head.manifest).map_err(malformed)?;
        let chain = Chain::decode(&head.own)?;
        let delegation = chain.delegation(&manifest.channel, manifest.epoch, &manifest.root);
        let keys = &delegation.ok_or(ExportError::AnotherIssue)?.keys;
        self.add(MANIFEST_FILE, &head.manifest);
        let mut signers = String::new();
        for one in decode_signatures(&head.signatures).map_err(malformed)? {
            let whose = format!("slot {}", one.slot);
            let slot = facts.issue.signers.slots.get(usize::from(one.slot));
            match slot.copied().unwrap_or(Slot::Missing) {
                Slot::Counted => {}
                reason => {
                    self.left_out.push(LeftOut { whose, reason });
                    continue;
                }
            }
            let key = keys.key(one.slot.into());
            let key = key.ok_or(ExportError::BadSignature(whose.clone()))?;
            let opinion = Opinion {
                signed: MANIFEST_FILE.to_owned(),
                signature: format!("manifest.slot{}.sig", one.slot),
                signers: SIGNERS_FILE,
                identity: format!("slot{}", one.slot),
                namespace: Namespace::Manifest,
            };
            let line = self.sign(&opinion, &whose, &head.manifest, key, &one.signature)?;
            signers.push_str(&line.unwrap_or_default());
            self.issue.push(opinion);
        }
        self.add(SIGNERS_FILE, signers.as_bytes());
        let of_files = file_signers(&chain, keys, facts);
        self.add(FILE_SIGNERS_FILE, of_files.as_bytes());
        Ok(())
    }

    fn add_history(&mut self, own: &Own) -> Result<(), ExportError> {
        let mut signers = String::new();
        let mut statements: Vec<Statement> = Vec::new();
        for (signed, number) in own.statements.iter().zip(1..) {
            let statement = Statement::decode(&signed.bytes)?;
            self.add_statement(&mut signers, signed, &statement, statements.last(), number)?;
            statements.push(statement);
        }
        for (signed, number) in own.suspensions.iter().zip(1..) {
            let suspension = Suspension::decode(&signed.bytes)?;
            let version = (suspension.generation, suspension.version);
            let named = statements
                .iter()
                .find(|one| (one.generation, one.version) == version);
            let file = format!("history/suspension{number}.bin");
            self.add(&file, &signed.bytes);
            for one in &signed.signatures {
                let place = Place {
                    what: "suspension",
                    number,
                    set: None,
                    slot: one.slot,
                    alg: one.alg,
                    namespace: Namespace::Suspend,
                };
                let key = named.and_then(|named| named.root.key(one.slot));
                self.add_witness(&mut signers, &place, &signed.bytes, key, &one.signature)?;
            }
        }
        self.add(HISTORY_SIGNERS_FILE, signers.as_bytes());
        Ok(())
    }

    fn add_statement(
        &mut self,
        signers: &mut String,
        signed: &SignedStatement,
        statement: &Statement,
        before: Option<&Statement>,
        number: u32,
    ) -> Result<(), ExportError> {
        let namespace = match statement.revealed {
            Some(_) => Namespace::Recovery,
            None => Namespace::Root,
        };
        self.add(&format!("history/statement{number}.bin"), &signed.bytes);
        for one in &signed.signatures {
            let (set, keys) = match one.set {
                Set::Before => ("before", before.map(|before| &before.root)),
                Set::Own => ("own", Some(&statement.root)),
                Set::Recovery => ("recovery", statement.revealed.as_ref()),
            };
            let place = Place {
                what: "statement",
                number,
                set: Some(set),
                slot: one.slot,
                alg: one.alg,
                namespace,
            };
            let key = keys.and_then(|keys| keys.key(one.slot));
            self.add_witness(signers, &place, &signed.bytes, key, &one.signature)?;
        }
        Ok(())
    }

    /// A signature of the history.
    fn add_witness(
        &mut self,
        signers: &mut String,
        place: &Place,
        bytes: &[u8],
        key: Option<&PublicKey>,
        signature: &[u8],
    ) -> Result<(), ExportError> {
        let whose = place.to_string();
        if place.alg != varaq_trust::ED25519 {
            let reason = Slot::UnknownAlgorithm;
            self.left_out.push(LeftOut { whose, reason });
            return Ok(());
        }
        let key = key.ok_or(ExportError::BadSignature(whose.clone()))?;
        let opinion = place.opinion();
        let line = self.sign(&opinion, &whose, bytes, key, signature)?;
        signers.push_str(&line.unwrap_or_default());
        self.history.push(opinion);
        Ok(())
    }

    /// Adds the file of a good signature; answers with the line that allows its key.
    fn sign(
        &mut self,
        opinion: &Opinion,
        whose: &str,
        bytes: &[u8],
        key: &PublicKey,
        signature: &[u8],
    ) -> Result<Option<String>, ExportError> {
        let bad = || ExportError::BadSignature(whose.to_owned());
        if !sshsig::verifies(opinion.namespace, bytes, key, signature) {
            return Err(bad());
        }
        let signature = signature.try_into().map_err(|_| bad())?;
        let armor = sshsig::armor(opinion.namespace, key, signature).ok_or_else(bad)?;
        self.add(&opinion.signature, armor.as_bytes());
        Ok(sshsig::allowed_signers_line(
            &opinion.identity,
            opinion.namespace,
            key,
        ))
    }

    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.files.push((name.to_owned(), bytes.to_vec()));
    }
}

/// The keys that may sign a side file (FORMAT.md section 8.1), whether or not they have signed the issue.
fn file_signers(chain: &Chain, keys: &KeySet, facts: &Facts) -> String {
    let id = &facts.issue.id;
    let slots = keys.keys().iter().zip(&facts.issue.signers.slots).zip(0..);
    let counts = |((key, slot), number): ((&PublicKey, &Slot), u32)| {
        let of_slot = matches!(slot, Slot::Counted | Slot::Missing);
        let of_key = !chain.is_revoked(key, id) && !chain.is_suspended(key, id);
        let identity = format!("slot{number}");
        let line = sshsig::allowed_signers_line(&identity, Namespace::File, key);
        line.filter(|_| of_slot && of_key)
    };
    slots.filter_map(counts).collect()
}

/// Where a signature of the history stands.
struct Place {
    what: &'static str,
    number: u32,
    set: Option<&'static str>,
    slot: u64,
    alg: u64,
    namespace: Namespace,
}

impl Place {
    fn opinion(&self) -> Opinion {
        let Place {
            what, number, slot, ..
        } = self;
        let identity = match self.set {
            Some(set) => format!("{what}{number}.{set}.slot{slot}"),
            None => format!("{what}{number}.slot{slot}"),
        };
        Opinion {
            signed: format!("history/{what}{number}.bin"),
            signature: format!("history/{identity}.sig"),
            signers: HISTORY_SIGNERS_FILE,
            identity,
            namespace: self.namespace,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}, ", self.what, self.number)?;
        if let Some(set) = self.set {
            write!(f, "{set} ")?;
        }
        write!(f, "slot {}", self.slot)
    }
}
