//! `varaq trust note`: a partner says that a key must not be counted any more.

use clap::Args;
use serde_json::json;
use std::io::Read;
use std::path::PathBuf;
use varaq_trust::SuspensionNote;

use crate::carried;
use crate::exit;
use crate::failure::Failure;
use crate::picture;
use crate::reading;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq trust note signer-2.stop
  varaq trust note VRQ5 7KHM ...      (letters that were read out or came by SMS)

A suspension note is signed by the publisher it is about; it proves itself, whoever brings it.
What was met before it stays readable, with a warning; anything new by that key is refused,
until a statement of the publisher revokes the key or clears it.";

/// `trust note`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct TakeNote {
    /// A file, a picture of its QR code, or the letters themselves
    #[arg(required = true, value_name = "FILE|PICTURE|LETTERS")]
    what: Vec<PathBuf>,
}

impl TakeNote {
    pub(super) fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let note = self.read()?;
        let kept = state::load(session)?;
        let (proven, learned) = kept.evidence.prove(&note).map_err(|error| {
            Failure::new(
                exit::NOT_AUTHENTIC,
                "this note says nothing about a publisher you know",
            )
            .because(&error)
            .hint("trust the publisher and open an issue of it first, then take the note again")
        })?;
        let publisher = proven.publisher();
        let pin = publisher.and_then(|id| kept.pins.find(&id));
        let pin = pin.ok_or_else(|| {
            Failure::failed("this note is about a publisher that you do not trust")
                .hint("varaq trust add")
        })?;
        state::update(session, |state| {
            state.evidence.learn(&learned);
        })?;
        if session.json {
            session.object(
                &json!({ "type": "suspended", "publisher": pin.id.to_string(), "name": pin.name }),
            )?;
        } else {
            let name = words::isolated(&pin.name);
            session.line(&format!(
                "SUSPENDED  a signing key of {name} does not count from now on"
            ))?;
        }
        Ok(exit::GOOD)
    }

    fn read(&self) -> Result<SuspensionNote, Failure> {
        if let [path] = self.what.as_slice()
            && path.exists()
        {
            let mut first = Vec::new();
            let begun = reading::open_file(path)?.take(8).read_to_end(&mut first);
            if begun.is_ok() && picture::is_picture(&first) {
                return picture::note(path);
            }
            return carried::read_note(path)?.ok_or_else(|| {
                Failure::failed(format!("{} is no suspension note", words::path(path)))
            });
        }
        let letters: Vec<_> = self
            .what
            .iter()
            .map(|word| word.to_string_lossy())
            .collect();
        letters.join(" ").parse().map_err(|error| {
            Failure::failed("this is no suspension note")
                .because(&error)
                .hint("a file of that name is not there either")
        })
    }
}
