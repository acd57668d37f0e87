//! The one way to a new statement: words, signatures or a request, the folder.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_press::keys::{KeyFile, Role, SecretKey, Stretch};
use varaq_press::statement::{
    ApprovalError, Changes, Draft, DraftError, Finished, FolderError, NewFile, PublisherFolder,
    Request, Want, refuse_second, remember,
};
use varaq_trust::{Code, PublicKey, SignedSuspension, Suspension, SuspensionNote};
use zeroize::Zeroizing;

use super::named::called;
use super::summary;
use crate::exit;
use crate::failure::Failure;
use crate::secret;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

/// Options of every verb that makes a statement.
#[derive(Args, Debug)]
pub struct Making {
    /// Only tell what readers would see; write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write a request for root keys that are elsewhere (then: approve there, accept here)
    #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
    request: Option<PathBuf>,
    /// A root key file; without it those in DIR are used (with --request: none)
    #[arg(long = "key", value_name = "FILE", conflicts_with = "dry_run")]
    keys: Vec<PathBuf>,
}

/// How new keys are kept.
#[derive(Args, Debug, Default)]
pub struct Protection {
    /// Leave the key files open to whoever holds them
    #[arg(long)]
    no_passphrase: bool,
}

impl Protection {
    /// The passphrase for new keys; none only if that was asked for, loudly.
    pub fn passphrase(
        &self,
        session: &mut Session<'_, '_>,
    ) -> Result<Option<Zeroizing<String>>, Failure> {
        if self.no_passphrase {
            session.warn("WITHOUT A PASSPHRASE WHOEVER HOLDS A KEY FILE CAN SIGN IN YOUR NAME");
            return Ok(None);
        }
        secret::new_passphrase(session).map(Some)
    }
}

/// Keys that a verb has made, not written yet: file name without its ending, key.
#[derive(Debug, Default)]
pub struct Made {
    pub keys: Vec<(String, SecretKey)>,
    /// Further files: name, text.
    pub texts: Vec<(String, String)>,
}

impl Made {
    /// Makes keys `STEM-1`, `STEM-2` …, and gives their public halves.
    pub fn make(
        &mut self,
        role: Role,
        stem: &str,
        count: usize,
    ) -> Result<Vec<PublicKey>, Failure> {
        let cannot = || Failure::failed("cannot make a key");
        let mut public = Vec::new();
        for number in 1..=count {
            let key = SecretKey::generate(role).map_err(|error| cannot().because(&error))?;
            public.push(key.public().map_err(|error| cannot().because(&error))?);
            self.keys.push((format!("{stem}-{number}"), key));
        }
        Ok(public)
    }

    fn public(&self) -> Vec<(String, PublicKey)> {
        let keys = self.keys.iter();
        keys.filter_map(|(stem, key)| Some((stem.clone(), key.public().ok()?)))
            .collect()
    }

    /// True if a key is among them that belongs to another machine than the newsroom's.
    fn has_offline_keys(&self) -> bool {
        self.keys.iter().any(|(_, key)| key.role() != Role::Signer)
    }
}

impl Making {
    /// Makes a statement of `changes`, with a suspension note for every signing key that it
    /// grants for the first time.
    pub fn statement(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        changes: &Changes,
        made: Made,
        protection: &Protection,
    ) -> Result<u8, Failure> {
        let known = folder.chain().statements().flat_map(|one| &one.delegations);
        let known: Vec<&PublicKey> = known.flat_map(|one| one.keys.keys()).collect();
        let granted = changes.delegations.iter().flat_map(|one| one.keys.keys());
        let mut stops: Vec<PublicKey> = granted
            .filter(|key| !known.contains(key))
            .cloned()
            .collect();
        stops.dedup();
        let draft = Draft::new(folder.own(), changes, &stops).map_err(|error| refused(&error))?;
        self.draft(session, folder, draft, made, protection)
    }

    /// Brings a draft to its end.
    pub fn draft(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        draft: Draft,
        made: Made,
        protection: &Protection,
    ) -> Result<u8, Failure> {
        let lines = told(&draft, &folder.contact().code);
        if !session.json {
            for line in &lines {
                session.line(line)?;
            }
        }
        let done = if self.dry_run {
            Done::default()
        } else if let Some(file) = &self.request {
            self.ask(session, folder, draft.clone(), &made, protection, file)?
        } else {
            self.sign(session, folder, &draft, &made, protection)?
        };
        self.report(session, &draft, &lines, &done)?;
        Ok(exit::GOOD)
    }

    /// Signs with the keys that are here, and puts the result into the folder.
    fn sign(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        draft: &Draft,
        made: &Made,
        protection: &Protection,
    ) -> Result<Done, Failure> {
        let mut signed = draft.clone();
        for (_, key) in &made.keys {
            if key.public().is_ok_and(|public| signed.waits_for(&public)) {
                signed.sign(key).map_err(|error| refused(&error))?;
            }
        }
        let mut places = Vec::new();
        for path in self.key_paths(folder)? {
            let public = key_file(&path)?.public().clone();
            let is_asked = !self.keys.is_empty() || signed.waits_for(&public);
            if is_asked {
                let place = folder_of(&path).to_owned();
                refuse_second(&Disk, draft, &place).map_err(|error| second(&error))?;
                let key = secret::unlock(session, &path)?;
                signed.sign(&key).map_err(|error| refused(&error))?;
                places.push(place);
            }
        }
        let finished = signed.finish().map_err(|error| refused(&error))?;
        let files = self.files(session, folder, &finished, made, protection)?;
        let written = install(folder, &finished, &files)?;
        for place in places {
            remember(&Disk, draft, &place, false).map_err(|error| second(&error))?;
        }
        Ok(Done {
            written,
            notes: letters(&finished),
            missing: Vec::new(),
            is_in_force: draft.statement().is_some(),
        })
    }

    /// Writes a request, signed by the keys that were named, and the new signing keys.
    fn ask(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        mut draft: Draft,
        made: &Made,
        protection: &Protection,
        file: &Path,
    ) -> Result<Done, Failure> {
        if made.has_offline_keys() {
            return Err(Failure::usage("new root and recovery keys are not made in the newsroom")
                .hint("make each where it will be kept (varaq publisher key), and name the public keys here: --root-key, --recovery-key"));
        }
        for path in &self.keys {
            let key = secret::unlock(session, path)?;
            sign_remembered(&mut draft, &key, folder_of(path), false)?;
        }
        let cannot = || Failure::failed(format!("cannot write {}", words::path(file)));
        if file.exists() {
            return Err(cannot().hint("a file of that name is there"));
        }
        let keys = key_files(session, made, protection)?;
        let mut written = folder
            .install(&Disk, folder.own(), &keys)
            .map_err(|error| not_installed(&error))?;
        if let Err(error) = Request(draft.clone()).write_new(&Disk, file) {
            for path in written {
                // Nobody knows these keys yet.
                let _ = std::fs::remove_file(path);
            }
            return Err(cannot().because(&error));
        }
        written.push(file.to_owned());
        let missing = draft
            .wants()
            .into_iter()
            .filter(|want| !want.is_met())
            .collect();
        Ok(Done {
            written,
            missing,
            ..Done::default()
        })
    }

    /// The key files to sign with.
    fn key_paths(&self, folder: &PublisherFolder) -> Result<Vec<PathBuf>, Failure> {
        if !self.keys.is_empty() {
            return Ok(self.keys.clone());
        }
        let found = folder
            .key_files(&Disk)
            .map_err(|error| not_installed(&error))?;
        let not_signers = found
            .into_iter()
            .filter(|(_, key)| key.role() != Role::Signer);
        Ok(not_signers.map(|(path, _)| path).collect())
    }

    fn files(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        finished: &Finished,
        made: &Made,
        protection: &Protection,
    ) -> Result<Vec<NewFile>, Failure> {
        let mut files = key_files(session, made, protection)?;
        let public = made.public();
        for note in &finished.notes {
            let file = folder.note_file(&Disk, note, &public);
            files.push(file.map_err(|error| not_installed(&error))?);
        }
        Ok(files)
    }

    fn report(
        &self,
        session: &mut Session<'_, '_>,
        draft: &Draft,
        lines: &[String],
        done: &Done,
    ) -> Result<(), Failure> {
        if session.json {
            session.object(&object(draft, lines, done))?;
        } else if draft.statement().is_none() {
            for note in &done.notes {
                session.line(&format!("letters of the note for {}:", note.key))?;
                session.line(&note.text)?;
            }
        }
        for path in &done.written {
            session.note(&format!("wrote {}", words::path(path)));
        }
        if self.dry_run {
            session.note("nothing was written (--dry-run)");
        }
        if self.request.is_some() {
            for want in &done.missing {
                session.note(&format!("missing {want}"));
            }
            session.note("take the request to each root key: varaq publisher approve FILE --key root-1.key; then here: varaq publisher accept DIR FILE");
        }
        if !done.notes.is_empty() && draft.statement().is_some() {
            session.note("give each .stop file to a partner abroad: with it they stop that key when its editor falls silent");
        }
        if done.is_in_force {
            session.note("pack the next issue with this folder; the former contact file was kept beside the new one");
        }
        Ok(())
    }
}

/// What was written.
#[derive(Debug, Default)]
struct Done {
    written: Vec<PathBuf>,
    notes: Vec<Letters>,
    missing: Vec<Want>,
    is_in_force: bool,
}

fn object(draft: &Draft, lines: &[String], done: &Done) -> serde_json::Value {
    let files = done.written.iter();
    json!({
        "type": "statement", "id": draft.before().publisher().to_string(),
        "generation": draft.statement().map(|one| one.generation),
        "version": draft.statement().map(|one| one.version),
        "summary": lines, "in_force": done.is_in_force,
        "missing": done.missing.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "notes": letters_object(&done.notes),
        "files": files.map(|file| file.to_string_lossy()).collect::<Vec<_>>(),
    })
}

/// A draft in plain words.
pub fn told(draft: &Draft, code: &Code) -> Vec<String> {
    let next = draft.statement();
    let mut lines = match next {
        Some(next) => summary::of_next(draft.before(), next, code),
        None => vec![format!("code {code}")],
    };
    lines.extend(summary::of_notes(draft.before(), next, draft.notes()));
    lines
}

/// Puts a finished draft into the folder.
pub fn install(
    folder: &PublisherFolder,
    finished: &Finished,
    files: &[NewFile],
) -> Result<Vec<PathBuf>, Failure> {
    let written = folder.install(&Disk, &finished.own, files);
    written.map_err(|error| not_installed(&error))
}

/// Signs after the key's folder has remembered what for.
pub fn sign_remembered(
    draft: &mut Draft,
    key: &SecretKey,
    place: &Path,
    instead: bool,
) -> Result<(), Failure> {
    let mut signed = draft.clone();
    signed.sign(key).map_err(|error| refused(&error))?;
    remember(&Disk, draft, place, instead).map_err(|error| second(&error))?;
    *draft = signed;
    Ok(())
}

/// The letters of a suspension note, and whose they are.
#[derive(Debug)]
pub struct Letters {
    pub key: String,
    pub text: String,
}

/// The letters of finished notes.
pub fn letters(finished: &Finished) -> Vec<Letters> {
    let one = |note: &SignedSuspension| {
        let body = Suspension::decode(&note.bytes).ok()?;
        Some(Letters {
            key: called(finished.chain.statements(), &body.key),
            text: SuspensionNote::Whole(note.clone()).compact()?,
        })
    };
    finished.notes.iter().filter_map(one).collect()
}

/// The same for scripts.
pub fn letters_object(letters: &[Letters]) -> serde_json::Value {
    let one = |one: &Letters| json!({ "key": one.key, "text": one.text });
    letters.iter().map(one).collect()
}

fn key_files(
    session: &mut Session<'_, '_>,
    made: &Made,
    protection: &Protection,
) -> Result<Vec<NewFile>, Failure> {
    let mut files = Vec::new();
    if !made.keys.is_empty() {
        let passphrase = protection.passphrase(session)?;
        let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
        for (stem, key) in &made.keys {
            let text = KeyFile::write(key, passphrase, Stretch::default());
            let text =
                text.map_err(|error| Failure::failed("cannot make a key").because(&error))?;
            files.push(NewFile {
                name: format!("{stem}.key"),
                bytes: text.as_bytes().to_vec().into(),
                private: true,
            });
        }
    }
    for (name, text) in &made.texts {
        files.push(NewFile {
            name: name.clone(),
            bytes: text.as_bytes().to_vec().into(),
            private: true,
        });
    }
    Ok(files)
}

fn key_file(path: &Path) -> Result<KeyFile, Failure> {
    KeyFile::read(&Disk, path).map_err(|error| {
        Failure::failed(format!("cannot use the key {}", words::path(path))).because(&error)
    })
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Why there is no such statement, and what to do.
pub fn refused(error: &DraftError) -> Failure {
    let failure = Failure::failed("no statement was made").because(error);
    match error {
        DraftError::Incomplete(_) => failure.hint(
            "name the key files with --key, or write a request for keys that are elsewhere: --request FILE",
        ),
        DraftError::WrongRecovery => failure.hint(
            "name the recovery keys that were made with this publisher: --reveal recovery.pub",
        ),
        DraftError::DoesNotFollow { .. } => failure.hint("make the request again from today's folder"),
        DraftError::SignersKey => failure.hint("root keys are in files such as root-1.key"),
        DraftError::NotAsked => failure.hint("varaq publisher show lists the root keys"),
        DraftError::Statement(_) => failure.hint("say less in one statement, or keep fewer issues"),
        _ => failure,
    }
}

fn second(error: &ApprovalError) -> Failure {
    let failure = Failure::failed("no statement was made").because(error);
    match error {
        ApprovalError::Second { .. } => failure.hint(
            "ask where that statement is; only if it never left the house: varaq publisher approve FILE --instead",
        ),
        _ => failure,
    }
}

/// Why the folder is as it was.
pub fn not_installed(error: &FolderError) -> Failure {
    let failure = Failure::failed("the publisher's folder was not changed").because(error);
    match error {
        FolderError::AnotherBase { .. } => failure
            .hint("make the request again from today's folder; one statement after the other"),
        _ => failure,
    }
}
