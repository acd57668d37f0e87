//! `varaq trust`: which publishers this person has chosen to believe.
//!
//! A code that is typed in is compared by the program, not by the eye. A contact file
//! or a bundle says who a publisher is, never that the code was checked.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde_json::json;
use varaq_bundle::Day;
use varaq_trust::{Code, Comparison, Pin, Pins, PublisherId, State, StretchError};

mod carry_over;
mod note;
mod proof;
mod show;
mod what;

use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::state;
use crate::words;
use what::What;

pub use what::Publisher;

const ADD_EXAMPLES: &str = "\
Examples:
  varaq trust add 1234 5678 9012 3456 7890 1234              (the next bundle with this code is VERIFIED)
  varaq trust add 1234-5678-9012-3456-7890-1234 news.varaq   (compares now, then VERIFIED)
  varaq trust add publisher.contact                          (PINNED: no code was compared)
  varaq trust add poster.jpg                                 (a picture of its QR code)
  varaq trust add news.varaq --name \"The paper my aunt reads\"";

const LIST_EXAMPLES: &str = "\
Examples:
  varaq trust list
  varaq trust list --json";

const REMOVE_EXAMPLES: &str = "\
Examples:
  varaq trust remove 1234-5678-9012-3456-7890-1234
  varaq trust remove publisher.contact";

/// Decides which publishers to trust.
#[derive(Debug, Subcommand)]
pub enum Trust {
    /// Trust a publisher: by its code, its contact file, a QR picture, or a bundle of it
    Add(Add),
    /// List trusted publishers
    List(List),
    /// Trust a publisher no longer
    Remove(Remove),
    /// Tell all that is known of a trusted publisher
    Show(show::Show),
    /// Write whom you trust, and what you have met of them, into a file
    Export(carry_over::Export),
    /// Take over what `trust export` wrote on another computer
    Import(carry_over::Import),
    /// Take in a suspension note: a key that must not be counted any more
    Note(note::TakeNote),
    /// Write proof that a publisher's keys signed two issues with one number
    Proof(proof::Proof),
}

/// `trust add`
#[derive(Args, Debug)]
#[command(after_help = ADD_EXAMPLES)]
pub struct Add {
    /// The code (24 digits of any script), a contact file, a picture of its QR code, or a bundle;
    /// or a code and one of them
    #[arg(required = true, value_name = "CODE|CONTACT|PICTURE|BUNDLE")]
    what: Vec<PathBuf>,
    /// What you call this publisher
    #[arg(long)]
    name: Option<String>,
}

/// `trust list`
#[derive(Args, Debug)]
#[command(after_help = LIST_EXAMPLES)]
pub struct List {}

/// `trust remove`
#[derive(Args, Debug)]
#[command(after_help = REMOVE_EXAMPLES)]
pub struct Remove {
    /// The code, or a contact file, QR picture or bundle of the publisher
    #[arg(required = true, value_name = "CODE|CONTACT|PICTURE|BUNDLE")]
    what: Vec<PathBuf>,
}

impl Trust {
    /// Runs a verb.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        match self {
            Trust::Add(add) => add.run(session),
            Trust::List(list) => list.run(session),
            Trust::Remove(remove) => remove.run(session),
            Trust::Show(show) => show.run(session),
            Trust::Export(export) => export.run(session),
            Trust::Import(import) => import.run(session),
            Trust::Note(note) => note.run(session),
            Trust::Proof(proof) => proof.run(session),
        }
    }
}

impl Add {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let what = What::of(&self.what)?;
        let Some(publisher) = what.publisher else {
            let code = what
                .code
                .ok_or_else(|| Failure::usage("a code or a file is expected"))?;
            let kept = state::load(session)?;
            return await_code(session, &kept.pins, code);
        };
        let checked = match what.code {
            Some(code) => compared(code, &publisher)?,
            None => false,
        };
        let day = Some(Day(session.io.today));
        let who = publisher.introduced();
        let introduce = |state: &mut State| {
            let mut pin = state.pins.introduce(&who, checked, day);
            if let Some(name) = &self.name {
                pin.rename(name.clone());
                state.pins.add(pin.clone());
            }
            state.evidence.learn(&publisher.learned);
        };
        let kept = state::update(session, introduce)?;
        let pin = kept.pins.find(&publisher.id).cloned();
        let pin = pin.ok_or_else(|| Failure::failed("the publisher could not be kept"))?;
        let told = told(&pin, &publisher.code);
        if session.json {
            session.object(&object(&pin, &publisher.code))?;
        } else {
            session.line(&told)?;
        }
        if publisher.chain.is_none() {
            session.note("the names stand in the contact alone; its statements will prove them");
        }
        if !pin.checked {
            session.note(&format!(
                "compare {} with a code that came another way, then: varaq trust add CODE FILE",
                publisher.code
            ));
        }
        Ok(exit::GOOD)
    }
}

/// Keeps a code of which no bundle is at hand yet.
fn await_code(session: &mut Session<'_, '_>, pins: &Pins, code: Code) -> Result<u8, Failure> {
    // The publisher may be pinned already, its code not compared yet.
    let known = with_code(pins, code)?.and_then(|id| pins.find(&id).cloned());
    if let Some(pin) = known {
        let pin = Pin {
            checked: true,
            ..pin
        };
        state::update(session, |state| drop(state.pins.add(pin.clone())))?;
        if session.json {
            session.object(&object(&pin, &code))?;
        } else {
            session.line(&told(&pin, &code))?;
        }
        return Ok(exit::GOOD);
    }
    state::update(session, |state| state.pins.await_code(code))?;
    if session.json {
        session.object(&json!({ "type": "awaited", "code": code.to_string() }))?;
    } else {
        session.line(&format!(
            "AWAITED   {code}  the next valid bundle with this code is VERIFIED"
        ))?;
    }
    Ok(exit::GOOD)
}

impl List {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let State { pins, .. } = state::load(session)?;
        for pin in pins.iter() {
            let code = code_of(&pin.id)?;
            if session.json {
                session.object(&object(pin, &code))?;
            } else {
                session.line(&told(pin, &code))?;
            }
        }
        for code in pins.awaited() {
            if session.json {
                session.object(&json!({ "type": "awaited", "code": code.to_string() }))?;
            } else {
                session.line(&format!("AWAITED   {code}"))?;
            }
        }
        if pins.is_empty() {
            session.note("no publisher is trusted yet");
        }
        Ok(exit::GOOD)
    }
}

impl Remove {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let what = What::of(&self.what)?;
        let State { mut pins, .. } = state::load(session)?;
        let id = match (&what.publisher, what.code) {
            (Some(publisher), _) => Some(publisher.id),
            (None, Some(code)) => with_code(&pins, code)?,
            (None, None) => None,
        };
        let removed = id.and_then(|id| pins.remove(&id));
        let forgotten = what.code.is_some_and(|code| pins.forget_code(&code));
        if removed.is_none() && !forgotten {
            return Err(
                Failure::failed("this publisher is not trusted").hint("see `varaq trust list`")
            );
        }
        state::update(session, |state| {
            if let Some(id) = id {
                state.pins.remove(&id);
                state.evidence.forget(&id);
            }
            if let Some(code) = what.code {
                state.pins.forget_code(&code);
            }
        })?;
        if let Some(pin) = removed {
            if session.json {
                session.object(
                    &json!({ "type": "removed", "id": pin.id.to_string(), "name": pin.name }),
                )?;
            } else {
                let line = format!("REMOVED   {}", words::isolated(&pin.name));
                session.line(&line)?;
            }
        }
        Ok(exit::GOOD)
    }
}

fn with_code(pins: &Pins, code: Code) -> Result<Option<PublisherId>, Failure> {
    pins.with_code(&code).map_err(|error| no_code(&error))
}

/// The pin of the publisher that a code or a file names.
fn of_what(what: &What, pins: &Pins) -> Result<Pin, Failure> {
    let id = match (&what.publisher, what.code) {
        (Some(publisher), _) => Some(publisher.id),
        (None, Some(code)) => with_code(pins, code)?,
        (None, None) => None,
    };
    let pin = id.and_then(|id| pins.find(&id).cloned());
    pin.ok_or_else(|| {
        Failure::failed("this publisher is not trusted").hint("see `varaq trust list`")
    })
}

/// True if the typed code is the publisher's; a code of somebody else is refused.
fn compared(code: Code, publisher: &Publisher) -> Result<bool, Failure> {
    if code.compare(&publisher.code) == Comparison::Equal {
        return Ok(true);
    }
    Err(Failure::new(
        exit::NOT_AUTHENTIC,
        "different publisher: this is a good code, but not the one of this publisher",
    )
    .hint("nothing was changed; do not read this file as if it came from the publisher you know"))
}

/// The code of a publisher; takes 64 MiB and some tenths of a second.
pub fn code_of(id: &PublisherId) -> Result<Code, Failure> {
    Code::of(id).map_err(|error| no_code(&error))
}

fn no_code(error: &StretchError) -> Failure {
    Failure::failed("cannot compute the publisher's code").because(error)
}

fn told(pin: &Pin, code: &Code) -> String {
    let word = if pin.checked { "VERIFIED" } else { "PINNED" };
    format!("{word:<9} {code}  {}", words::isolated(&pin.name))
}

fn object(pin: &Pin, code: &Code) -> serde_json::Value {
    json!({
        "type": "publisher", "code": code.to_string(), "id": pin.id.to_string(), "name": pin.name,
        "other_names": pin.other_names, "checked": pin.checked, "day": pin.day.map(words::day),
    })
}
