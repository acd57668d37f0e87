//! `varaq publisher accept`: what came back goes into the folder.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_press::statement::{Draft, NewFile, PublisherFolder, Request};
use varaq_trust::{Contact, Own, SuspensionNote};

use super::making::{Letters, install, letters, letters_object, not_installed, refused, told};
use super::{named, summary};
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq publisher accept desk epoch-2.request     (every signature is checked; the former contact is kept)
  varaq publisher accept desk signer-1.stop       (suspends that key in every issue packed from now on)
  varaq publisher accept desk note.txt            (the same from letters that somebody sent)
  varaq publisher accept desk offline/publisher.contact";

/// Longest file that is looked at: a contact with everything that fits.
const MAX_BYTES: u64 = 1 << 20;

/// `publisher accept`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Accept {
    /// The publisher's folder
    dir: PathBuf,
    /// A signed request, a suspension note, or a contact file with later statements
    file: PathBuf,
}

impl Accept {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let text = read(&self.file)?;
        let first = text.trim_start_matches('\u{feff}').lines().next();
        match first.map(str::trim_end) {
            Some("varaq request 1") => self.request(session, &folder),
            Some("varaq contact 1") => self.contact(session, &folder, &text),
            _ => self.note(session, &folder, &text),
        }
    }

    fn request(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
    ) -> Result<u8, Failure> {
        let Request(draft) = super::approve::read(&self.file)?;
        if draft.before().publisher() != folder.chain().publisher() {
            return Err(self.foreign());
        }
        let finished = draft.finish().map_err(|error| match error {
            varaq_press::statement::DraftError::Incomplete(_) => Failure::failed(
                "the request is not signed yet",
            )
            .because(&error)
            .hint("take it to the next root key: varaq publisher approve FILE --key root-1.key"),
            error => refused(&error),
        })?;
        let mut finished = finished;
        // Suspensions may have come in while the request was away.
        finished.own.suspensions = folder.own().suspensions.clone();
        let mut files: Vec<NewFile> = Vec::new();
        for note in &finished.notes {
            let file = folder.note_file(&Disk, note, &[]);
            files.push(file.map_err(|error| not_installed(&error))?);
        }
        let written = install(folder, &finished, &files)?;
        let lines = told_of(&draft, folder);
        self.report(session, &lines, &letters(&finished), &written)
    }

    fn contact(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        text: &str,
    ) -> Result<u8, Failure> {
        let cannot = || {
            Failure::failed(format!(
                "{} is no contact to go on with",
                words::path(&self.file)
            ))
        };
        let contact: Contact = text.parse().map_err(|error| cannot().because(&error))?;
        let chain = contact.verify().map_err(|error| cannot().because(&error))?;
        let chain = chain.ok_or_else(|| cannot().hint("it holds no statements"))?;
        if contact.id != folder.chain().publisher() {
            return Err(self.foreign());
        }
        let own = Own::decode(&contact.own).map_err(|error| cannot().because(&error))?;
        let written = folder
            .install(&Disk, &own, &[])
            .map_err(|error| not_installed(&error))?;
        let all: Vec<_> = chain.statements().collect();
        let mut lines = Vec::new();
        for at in folder.own().statements.len()..all.len() {
            let (before, rest) = all.split_at(at);
            if let Some(next) = rest.first() {
                lines.push(format!("statement {}", next.version));
                lines.extend(summary::changes(before, next));
            }
        }
        self.report(session, &lines, &[], &written)
    }

    fn note(
        &self,
        session: &mut Session<'_, '_>,
        folder: &PublisherFolder,
        text: &str,
    ) -> Result<u8, Failure> {
        let cannot = || Failure::failed(format!("{} was not accepted", words::path(&self.file)));
        let note: SuspensionNote = text.parse().map_err(|error| {
            cannot()
                .because(&error)
                .hint("expected a signed request, a suspension note or a contact file")
        })?;
        let signed = note.resolve(folder.chain()).map_err(|error| {
            let mut failure = cannot().because(&error);
            failure.code = exit::NOT_AUTHENTIC;
            failure
        })?;
        let mut own = folder.own().clone();
        let lines = summary::of_suspension(folder.chain(), &signed);
        if own.suspensions.iter().any(|one| one.bytes == signed.bytes) {
            session.note("this note is among the statements already");
            return Ok(exit::GOOD);
        }
        own.suspensions.push(signed);
        let written = folder
            .install(&Disk, &own, &[])
            .map_err(|error| not_installed(&error))?;
        self.report(session, &lines, &[], &written)
    }

    fn foreign(&self) -> Failure {
        Failure::failed(format!(
            "{} is about another publisher",
            words::path(&self.file)
        ))
    }

    fn report(
        &self,
        session: &mut Session<'_, '_>,
        lines: &[String],
        notes: &[Letters],
        written: &[PathBuf],
    ) -> Result<u8, Failure> {
        if session.json {
            session.object(&json!({
                "type": "accepted", "summary": lines, "notes": letters_object(notes),
                "files": written.iter().map(|file| file.to_string_lossy()).collect::<Vec<_>>(),
            }))?;
        } else {
            for line in lines {
                session.line(line)?;
            }
        }
        for path in written {
            session.note(&format!("wrote {}", words::path(path)));
        }
        if written.is_empty() {
            session.note("the folder holds all of this already");
        }
        Ok(exit::GOOD)
    }
}

fn told_of(draft: &Draft, folder: &PublisherFolder) -> Vec<String> {
    told(draft, &folder.contact().code)
}

fn read(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_string(&mut text));
    read.map_err(|error| {
        Failure::failed(format!("cannot read {}", words::path(path))).because(&error)
    })?;
    Ok(text)
}
