//! From notes to evidence (FORMAT.md section 4.6): each entry stands by the signatures of
//! the publisher that it is about.
//!
//! In: entries of NOTES, and what is known of the publishers a reader has pinned. Out: what
//! is proven on top of it.

use crate::evidence::Item;
use crate::judge::are_good;
use crate::record::Witness;
use crate::{
    Chain, Evidence, Learned, Note, NoteRefused, Own, PublisherId, SignedStatement, Statement,
    SuspensionNote, View, decode_notes,
};
use varaq_bundle::{Hash, Manifest, decode_signatures};

/// Most signatures that are checked because of the notes of one bundle: strangers who add
/// notes to a passing copy cannot stall it.
const MAX_CHECKS: usize = 512;

/// What the notes of a bundle prove to a reader, of the publishers it has pinned, on top of
/// what the bundle itself has proven. Entries that fail cost as much as others: to check
/// them is the work that must end.
pub(crate) fn learn(notes: &[u8], view: &View<'_>, proven: &Learned) -> Learned {
    let Some(evidence) = view.evidence.filter(|_| !notes.is_empty()) else {
        return Learned::default();
    };
    let pinned = view.pins.iter().map(|pin| pin.id);
    let mut known = evidence.about(pinned);
    known.learn_at_once(proven);
    let mut proof = Proof::new(known);
    let mut left = MAX_CHECKS;
    let is_pinned = |note: &Note| {
        note.publisher()
            .is_some_and(|id| view.pins.find(&id).is_some())
    };
    for note in decode_notes(notes).iter().filter(|note| is_pinned(note)) {
        if let Some(rest) = left.checked_sub(note.checks()) {
            left = rest;
            proof.add(note, None);
        }
    }
    proof.learned
}

impl Evidence {
    /// What a suspension note proves on top of this: as an entry of NOTES, and to be learnt.
    ///
    /// # Errors
    /// If it says nothing about a publisher of whom statements were met: the refusal of the one
    /// that it is about, if it is about one of them.
    pub fn prove(&self, note: &SuspensionNote) -> Result<(Note, Learned), NoteRefused> {
        let mut refused = NoteRefused::OtherPublisher;
        for publisher in self.publishers() {
            let Some(record) = self.record(&publisher) else {
                continue;
            };
            let held = record.history.held();
            match note.resolve(&held) {
                Ok(signed) => {
                    let suspension = held.suspension(&signed).map_err(NoteRefused::Forged)?;
                    let mut learned = Learned::default();
                    let note = Note::Suspension {
                        publisher,
                        signed: signed.clone(),
                    };
                    learned.push(Item::Suspension(Box::new(held), suspension, signed));
                    return Ok((note, learned));
                }
                Err(NoteRefused::OtherPublisher) => {}
                Err(other) => refused = other,
            }
        }
        Err(refused)
    }

    /// The held statements of a publisher and its suspensions, as entries of NOTES.
    #[must_use]
    pub fn notes_about(&self, publisher: &PublisherId) -> Vec<Note> {
        let Some(record) = self.record(publisher) else {
            return Vec::new();
        };
        let publisher = *publisher;
        let held = record.history.held();
        let statements = Note::Statements {
            publisher,
            first: 1,
            statements: record.history.signed(&held),
        };
        let suspensions = record.suspensions.iter().map(|one| Note::Suspension {
            publisher,
            signed: one.signed.clone(),
        });
        std::iter::once(statements).chain(suspensions).collect()
    }
}

/// Notes, proven one after the other on top of what is known.
pub(crate) struct Proof {
    known: Evidence,
    /// What was proven.
    pub(crate) learned: Learned,
}

impl Proof {
    pub(crate) fn new(known: Evidence) -> Proof {
        Proof {
            known,
            learned: Learned::default(),
        }
    }

    /// Proves one note; none if it does not hold. A suspension is one by the held branch, or by
    /// the statement with the id `root`, on whichever branch.
    pub(crate) fn add(&mut self, note: &Note, root: Option<&Hash>) -> Option<()> {
        let item = match note {
            Note::Statements {
                publisher,
                first,
                statements,
            } => self.statements(*publisher, *first, statements)?,
            Note::Suspension { publisher, signed } => {
                let history = &self.known.record(publisher)?.history;
                let chain = match root {
                    None => history.held(),
                    Some(root) => history.after(root)?,
                };
                let suspension = chain.suspension(signed).ok()?;
                Item::Suspension(Box::new(chain), suspension, signed.clone())
            }
            Note::Manifest { bytes, signatures } => self.manifest(bytes, signatures)?,
        };
        let mut one = Learned::default();
        one.push(item);
        self.known.learn_at_once(&one);
        self.learned.append(one);
        Some(())
    }

    /// Statements that follow one that is known, or begin with statement 1.
    fn statements(
        &self,
        publisher: PublisherId,
        first: u16,
        statements: &[SignedStatement],
    ) -> Option<Item> {
        let begin = Statement::decode(&statements.first()?.bytes).ok()?;
        let record = self.known.record(&publisher);
        let mut chain = match (begin.previous, record) {
            (Some(previous), Some(record)) => record.history.after(&previous)?,
            (Some(_), None) => return None,
            (None, _) => Chain::of_links(publisher, Vec::new()),
        };
        let mut signed = record.map_or(Vec::new(), |record| record.history.signed(&chain));
        let starts = first == begin.version && usize::from(first) == signed.len().checked_add(1)?;
        for one in statements {
            let known = record.and_then(|record| record.history.known(one));
            chain.push_known(one, known).ok()?;
            signed.push(one.clone());
        }
        let of_first = PublisherId::of_statement(&signed.first()?.bytes);
        (starts && of_first == publisher).then(|| {
            let own = Own {
                statements: signed,
                suspensions: Vec::new(),
            };
            Item::Chain(Box::new(chain), Box::new(own))
        })
    }

    /// A manifest whose statement is known and whose threshold signed it.
    fn manifest(&self, bytes: &[u8], signatures: &[u8]) -> Option<Item> {
        let manifest = Manifest::decode(bytes).ok()?;
        let publisher = PublisherId::from(manifest.publisher);
        let chain = self
            .known
            .record(&publisher)?
            .history
            .up_to(&manifest.root)?;
        let delegation = chain.delegation(&manifest.channel, manifest.epoch, &manifest.root)?;
        let signatures = decode_signatures(signatures).ok()?;
        let good = are_good(delegation, bytes, &signatures);
        let witness = Witness::new(manifest.clone(), bytes.to_vec(), signatures);
        let proven = good && witness.reaches_threshold(delegation);
        proven.then(|| Item::Manifest(publisher, Box::new(witness)))
    }
}
