//! `varaq publisher approve`: a root key signs a request, away from the newsroom.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use varaq_press::statement::{Draft, Request, Want};
use varaq_trust::Code;

use super::making::{folder_of, sign_remembered, told};
use crate::exit;
use crate::failure::Failure;
use crate::secret;
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const EXAMPLES: &str = "\
Examples:
  varaq publisher approve epoch-2.request --key root-1.key
  varaq publisher approve epoch-2.request --key root-1.key --key root-2.key --yes
  varaq publisher approve epoch-2.request                    (only tells what it would do)

Run it on the machine of the root key, which need never be connected to anything. The words are made from the
bytes that will be signed. Compare the code, and the public keys with those that the editors read to you. The request
is signed in place: take it to the next root key, or back to the newsroom (varaq publisher accept). Beside each
key a list of what it approved is kept, so that it never signs two histories.";

/// `publisher approve`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Approve {
    /// The request that `--request` wrote
    file: PathBuf,
    /// A root key or recovery key file; may be given several times
    #[arg(long = "key", value_name = "FILE")]
    keys: Vec<PathBuf>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Forget the statement that this key approved before; it must never have left the house
    #[arg(long)]
    instead: bool,
}

impl Approve {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let Request(mut draft) = read(&self.file)?;
        let code = Code::of(&draft.before().publisher());
        let code =
            code.map_err(|error| Failure::failed("cannot compute the code").because(&error))?;
        let lines = told(&draft, &code);
        if !session.json {
            for line in &lines {
                session.line(line)?;
            }
        }
        if !self.keys.is_empty() {
            self.sign(session, &mut draft)?;
        }
        let missing: Vec<Want> = draft
            .wants()
            .into_iter()
            .filter(|want| !want.is_met())
            .collect();
        if session.json {
            session.object(&json!({
                "type": "request", "code": code.to_string(), "summary": lines, "complete": missing.is_empty(),
                "missing": missing.iter().map(ToString::to_string).collect::<Vec<_>>(),
            }))?;
        }
        for want in &missing {
            session.note(&format!("missing {want}"));
        }
        session.note(match (missing.is_empty(), self.keys.is_empty()) {
            (true, _) => "complete: take it back to the newsroom (varaq publisher accept DIR FILE)",
            (false, true) => "nothing was signed; name a root key with --key",
            (false, false) => "signed; take it to the next root key",
        });
        Ok(exit::GOOD)
    }

    fn sign(&self, session: &mut Session<'_, '_>, draft: &mut Draft) -> Result<(), Failure> {
        if !self.yes && !session.confirm("sign this?")? {
            return Err(Failure::failed("nothing was signed"));
        }
        let mut signed = draft.clone();
        for path in &self.keys {
            let key = secret::unlock(session, path)?;
            sign_remembered(&mut signed, &key, folder_of(path), self.instead)?;
        }
        Request(signed.clone())
            .replace(&Disk, &self.file)
            .map_err(|error| {
                Failure::failed(format!("cannot write {}", words::path(&self.file))).because(&error)
            })?;
        *draft = signed;
        Ok(())
    }
}

/// A request from its file.
pub fn read(path: &Path) -> Result<Request, Failure> {
    Request::read(&Disk, path).map_err(|error| {
        Failure::failed(format!(
            "{} is no request that could be signed",
            words::path(path)
        ))
        .because(&error)
    })
}
