//! `varaq catalog --check`: a mirror or a stick held against the list that lies on it.

use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use varaq_carry::{
    Audit, AuditOptions, AuditedFile, Catalog as List, CatalogSignature, FileReport, FileState,
    MetalinkState, audit_catalog, read_catalog,
};
use varaq_storage::Disk;
use varaq_trust::PublicKey;

use super::{Catalog, failure};
use crate::digits::{hex, hex_32};
use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::session::{Session, Tone};
use crate::state;
use crate::words;

/// A public key and a line feed, and room for a name behind it.
const MAX_KEY_FILE_BYTES: u64 = 256;

impl Catalog {
    /// One line for each file, then what is to be said of the whole.
    pub(super) fn audit(&self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let options = AuditOptions {
            check: self.check_options(),
            signer: self.signer.as_deref().map(public_key).transpose()?,
            against: self
                .against
                .as_deref()
                .map(|path| list(path).map(|(catalog, _)| catalog))
                .transpose()?,
        };
        let (catalog, text) = list(&self.dir)?;
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let cancel = Arc::clone(&session.io.interrupted);
        let mut progress = Progress::new(session, "catalog");
        let found = audit_catalog(
            &Disk,
            &self.dir,
            (&catalog, &text),
            view,
            &options,
            &cancel,
            &mut |done, total| progress.at(session, done, total),
        );
        drop(progress);
        let found = found.map_err(|error| failure(&self.dir, &error))?;
        for file in &found.files {
            listed(session, file)?;
        }
        for report in &found.unlisted {
            unlisted(session, report)?;
        }
        whole(session, &found)?;
        Ok(found.code)
    }
}

fn list(path: &Path) -> Result<(List, String), Failure> {
    let cannot = || {
        Failure::failed(format!(
            "cannot read the catalogue of {}",
            words::path(path)
        ))
    };
    let read = read_catalog(&Disk, path).map_err(|error| {
        cannot()
            .because(&error)
            .hint("varaq catalog DIR writes one; varaq check needs none")
    })?;
    read.map_err(|fault| {
        let what = format!("{} has no catalogue of ours", words::path(path));
        Failure::new(exit::NOT_A_BUNDLE, what)
            .because(&fault)
            .hint("the bundles may be good all the same: varaq check")
    })
}

/// From digits, or from a file that begins with them.
fn public_key(text: &str) -> Result<PublicKey, Failure> {
    let read = || {
        let bytes = varaq_storage::read(&Disk, Path::new(text), MAX_KEY_FILE_BYTES).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        hex_32(text.split_whitespace().next()?)
    };
    let bytes = hex_32(text).or_else(read);
    let wrong = || Failure::usage("--signer expects 64 digits, or a file with them");
    PublicKey::ed25519(&bytes.ok_or_else(wrong)?).map_err(|error| wrong().because(&error))
}

fn listed(session: &mut Session<'_, '_>, file: &AuditedFile) -> Result<(), Failure> {
    let (entry, code) = (&file.entry, file.code());
    let (state, tone) = match &file.state {
        FileState::Whole if code == exit::GOOD => ("whole", Tone::Good),
        // The very bytes that are listed, and yet not what may be handed on.
        FileState::Whole => ("refused", Tone::Bad),
        FileState::Missing => ("missing", Tone::Careful),
        FileState::Altered => ("altered", Tone::Bad),
        FileState::Unreadable(_) => ("unreadable", Tone::Bad),
    };
    let verdict = file.report.as_ref().map(|report| report.verdict.name());
    if session.json {
        return session.object(&json!({
            "type": "listed", "name": entry.name, "state": state, "verdict": verdict, "bytes": entry.len_bytes,
            "manifest": entry.manifest.to_string(), "channel": entry.channel, "epoch": entry.epoch,
            "number": entry.number, "exit_code": code,
        }));
    }
    let issue = format!("{} {}/{}", entry.channel, entry.epoch, entry.number);
    let verdict = verdict.unwrap_or("-");
    let (state, name) = (
        session.out_word(&format!("{state:<10}"), tone),
        session.foreign(&entry.name),
    );
    session.line(&format!("{state}  {verdict:<17}  {issue:<16}  {name}"))
}

fn unlisted(session: &mut Session<'_, '_>, report: &FileReport) -> Result<(), Failure> {
    let verdict = report.verdict.name();
    if session.json {
        return session.object(&json!({
            "type": "unlisted", "path": report.path.to_string_lossy(), "verdict": verdict, "exit_code": report.code,
        }));
    }
    let state = session.out_word(&format!("{:<10}", "unlisted"), Tone::Careful);
    session.line(&format!(
        "{state}  {verdict:<17}  {:<16}  {}",
        "-",
        words::path(&report.path)
    ))
}

fn whole(session: &mut Session<'_, '_>, found: &Audit) -> Result<(), Failure> {
    let whole = found
        .files
        .iter()
        .filter(|file| file.code() == exit::GOOD)
        .count();
    let (signature, key) = signature(&found.signature);
    let metalink = match found.metalink {
        MetalinkState::AsListed => "as_listed",
        MetalinkState::Absent => "absent",
        MetalinkState::Other => "other",
    };
    if session.json {
        let older = found.older.iter().map(|older| {
            json!({
                "publisher": older.publisher.to_string(), "channel": older.channel,
                "listed": older.listed.map(place), "known": place(older.known),
            })
        });
        return session.object(&json!({
            "type": "catalog_check", "signature": signature, "signer": key.map(|key| hex(key.bytes())),
            "metalink": metalink, "bundles": found.files.len(), "whole": whole, "unlisted": found.unlisted.len(),
            "older": older.collect::<Vec<_>>(), "exit_code": found.code,
        }));
    }
    for older in &found.older {
        let listed = older.listed.map_or("none".to_owned(), place);
        session.warn(&format!(
            "older than what is known: {} {} is listed, {} is known (publisher {})",
            older.channel,
            listed,
            place(older.known),
            older.publisher
        ));
    }
    if found.metalink == MetalinkState::Other {
        session.warn("catalog.meta4 says something else than catalog.atom");
    }
    session.line(&format!(
        "{whole} of {} whole; {}",
        words::count(found.files.len() as u64, "bundle"),
        told(&found.signature)
    ))
}

fn place((epoch, number): (u32, u32)) -> String {
    format!("{epoch}/{number}")
}

fn signature(signature: &CatalogSignature) -> (&'static str, Option<&PublicKey>) {
    match signature {
        CatalogSignature::Absent => ("absent", None),
        CatalogSignature::Good(key) => ("good", Some(key)),
        CatalogSignature::Stranger(key) => ("stranger", Some(key)),
        CatalogSignature::Wrong => ("wrong", None),
        CatalogSignature::Unreadable => ("unreadable", None),
    }
}

fn told(signature: &CatalogSignature) -> String {
    match signature {
        CatalogSignature::Absent => "the list is not signed".to_owned(),
        CatalogSignature::Good(key) => format!("the list is signed by {}", hex(key.bytes())),
        CatalogSignature::Stranger(key) => {
            format!("the list is signed by a stranger, {}", hex(key.bytes()))
        }
        CatalogSignature::Wrong => "the list is NOT what was signed".to_owned(),
        CatalogSignature::Unreadable => "catalog.atom.sig is no signature of a list".to_owned(),
    }
}
