//! `varaq trust`: which publishers this person has chosen to believe.
//!
//! A code that is typed in is compared by the program, not by the eye. A contact file
//! or a bundle says who a publisher is, never that the code was checked.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;
use varaq_bundle::{Bundle, Day, Limits};
use varaq_trust::{
    Chain, Code, Contact, Evidence, Learned, Name, Note, Pin, Pins, PublisherId, RootRef, State,
    View,
};

mod carry_over;
mod note;
mod proof;
mod show;

use crate::exit;
use crate::failure::Failure;
use crate::reading;
use crate::session::Session;
use crate::state;
use crate::words;

const ADD_EXAMPLES: &str = "\
Examples:
  varaq trust add 1234 5678 9012 3456 7890 1234              (the next bundle with this code is VERIFIED)
  varaq trust add 1234-5678-9012-3456-7890-1234 news.varaq   (compares now, then VERIFIED)
  varaq trust add publisher.contact                          (PINNED: no code was compared)
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
    /// Trust a publisher: by its code, its contact file, or a bundle of it
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
    /// The code (24 digits of any script), a contact file or a bundle, or a code and one of them
    #[arg(required = true, value_name = "CODE|CONTACT|BUNDLE")]
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
    /// The code, or a contact file or bundle of the publisher
    #[arg(required = true, value_name = "CODE|CONTACT|BUNDLE")]
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
        let kept = state::load(session)?;
        let Some(source) = &what.file else {
            let code = what
                .code
                .ok_or_else(|| Failure::usage("a code or a file is expected"))?;
            return await_code(session, &kept.pins, code);
        };
        let publisher = Publisher::read(source)?;
        let checked = match what.code {
            Some(code) => compared(code, &publisher)?,
            None => false,
        };
        let mut pin = Pin::new(
            publisher.id,
            &publisher.names,
            checked,
            Some(Day(session.io.today)),
        );
        rename(&mut pin, reading::claimed_name(&publisher.names));
        pin.root = publisher.root;
        if let Some(before) = kept.pins.find(&publisher.id) {
            // What was compared once stays compared.
            pin.checked |= before.checked;
            pin.root = later(before.root, pin.root);
            rename(&mut pin, before.name.clone());
        }
        if let Some(name) = self.name {
            rename(&mut pin, name);
        }
        let told = told(&pin, &publisher.code);
        state::update(session, |state| {
            state.pins.add(pin.clone());
            state.evidence.learn(&publisher.learned);
        })?;
        if session.json {
            session.object(&object(&pin, &publisher.code))?;
        } else {
            session.line(&told)?;
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

/// Gives a pin the name that the reader will see. The one it had stays among the others:
/// no stranger may carry it.
fn rename(pin: &mut Pin, name: String) {
    let before = std::mem::replace(&mut pin.name, name);
    pin.other_names.retain(|other| *other != pin.name);
    if before != pin.name && !pin.other_names.contains(&before) {
        pin.other_names.insert(0, before);
    }
}

/// The later of two statements that contacts name.
fn later(one: Option<RootRef>, other: Option<RootRef>) -> Option<RootRef> {
    let version = |root: &Option<RootRef>| root.map(|root| (root.generation, root.version));
    if version(&one) >= version(&other) {
        one
    } else {
        other
    }
}

/// Keeps a code of which no bundle is at hand yet.
fn await_code(session: &mut Session<'_, '_>, pins: &Pins, code: Code) -> Result<u8, Failure> {
    for pin in pins.iter().cloned() {
        // The publisher may be pinned already, its code not compared yet.
        if code_of(&pin.id)? == code {
            let pin = Pin {
                checked: true,
                ..pin
            };
            state::update(session, |state| drop(state.pins.add(pin.clone())))?;
            session.line(&told(&pin, &code))?;
            return Ok(exit::GOOD);
        }
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
        let id = match (&what.file, what.code) {
            (Some(source), _) => Some(Publisher::read(source)?.id),
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
    for pin in pins.iter() {
        if code_of(&pin.id)? == code {
            return Ok(Some(pin.id));
        }
    }
    Ok(None)
}

/// The pin of the publisher that a code or a file names.
fn of_what(what: &What, pins: &Pins) -> Result<Pin, Failure> {
    let id = match (&what.file, what.code) {
        (Some(source), _) => Some(Publisher::read(source)?.id),
        (None, Some(code)) => with_code(pins, code)?,
        (None, None) => None,
    };
    let pin = id.and_then(|id| pins.find(&id).cloned());
    pin.ok_or_else(|| {
        Failure::failed("this publisher is not trusted").hint("see `varaq trust list`")
    })
}

/// What the words of a verb of `trust` name.
struct What {
    code: Option<Code>,
    file: Option<PathBuf>,
}

impl What {
    /// Digits in groups are one code, anything else is one file.
    fn of(what: &[PathBuf]) -> Result<What, Failure> {
        let mut digits = String::new();
        let mut file = None;
        for word in what {
            match word.to_str().filter(|word| is_code_like(word)) {
                Some(word) => digits.push_str(word),
                None if file.is_none() => file = Some(word.clone()),
                None => return Err(Failure::usage("one file at a time is expected")),
            }
        }
        if digits.is_empty() {
            return Ok(What { code: None, file });
        }
        let code = digits
            .parse()
            .map_err(|error| Failure::usage("this is not a code").because(&error))?;
        Ok(What {
            code: Some(code),
            file,
        })
    }
}

/// Digits of any script, spaces and dashes, and no file of that name.
fn is_code_like(word: &str) -> bool {
    word.chars().any(char::is_numeric)
        && word.chars().all(|c| {
            c.is_numeric()
                || c.is_whitespace()
                || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{200e}' | '\u{200f}')
        })
        && !Path::new(word).exists()
}

/// A publisher as a contact file or a bundle gives it; its parts belong together.
pub struct Publisher {
    /// Who.
    pub id: PublisherId,
    /// The code of that id.
    pub code: Code,
    /// What it calls itself.
    pub names: Vec<Name>,
    /// Its statements, if the file carries them.
    pub chain: Option<Chain>,
    /// The newest statement that a contact names.
    pub root: Option<RootRef>,
    /// What the file proves.
    pub learned: Learned,
    /// The issue that a bundle is of, as others may carry it.
    pub head: Option<Note>,
}

impl Publisher {
    /// Reads a contact file, a folder that holds `publisher.contact`, or a bundle.
    pub fn read(path: &Path) -> Result<Publisher, Failure> {
        let path = if path.is_dir() {
            path.join("publisher.contact")
        } else {
            path.to_owned()
        };
        let mut file = reading::open_file(&path)?;
        let mut first = [0_u8; 8];
        let is_bundle = file.read_exact(&mut first).is_ok() && first == varaq_carry::MAGIC;
        if is_bundle {
            Publisher::of_bundle(&path)
        } else {
            Publisher::of_contact(&path)
        }
    }

    fn of_contact(path: &Path) -> Result<Publisher, Failure> {
        /// OWN in base64 and a few lines.
        const MAX_CONTACT_BYTES: u64 = 1 << 20;
        let cannot = || Failure::failed(format!("{} is no contact file", words::path(path)));
        let mut text = String::new();
        File::open(path)
            .and_then(|file| file.take(MAX_CONTACT_BYTES).read_to_string(&mut text))
            .map_err(|error| cannot().because(&error))?;
        let contact: Contact = text.parse().map_err(|error| cannot().because(&error))?;
        let refused = || {
            Failure::new(
                exit::NOT_AUTHENTIC,
                format!("{} is not what it says", words::path(path)),
            )
        };
        let chain = contact
            .verify()
            .map_err(|error| refused().because(&error))?;
        Ok(Publisher {
            id: contact.id,
            code: contact.code,
            names: contact.names,
            chain,
            root: contact.root,
            learned: Learned::of_own(&contact.own).unwrap_or_default(),
            head: None,
        })
    }

    fn of_bundle(path: &Path) -> Result<Publisher, Failure> {
        let cannot = |error: &dyn std::error::Error| {
            Failure::failed(format!("cannot read {}", words::path(path))).because(error)
        };
        let bundle = Bundle::open(reading::open_file(path)?, &Limits::default())
            .map_err(|error| cannot(&error))?;
        // Without pins a valid bundle is of an unknown publisher; here its statements are what counts.
        let (nobody, nothing) = (Pins::new(), Evidence::new());
        let judged = varaq_trust::judge(bundle.head(), View::new(&nobody, &nothing));
        let verdict = judged.verdict;
        if !verdict.is_valid() {
            return Err(reading::refusal(path, verdict, ""));
        }
        let chain = Chain::decode(&bundle.head().own).map_err(|error| cannot(&error))?;
        let id = chain.publisher();
        Ok(Publisher {
            id,
            code: code_of(&id)?,
            names: chain.names().to_vec(),
            chain: Some(chain),
            root: None,
            learned: judged.learned,
            head: Some(Note::Manifest {
                bytes: bundle.head().manifest.clone(),
                signatures: bundle.head().signatures.clone(),
            }),
        })
    }
}

/// True if the typed code is the publisher's; a code of somebody else is refused.
fn compared(code: Code, publisher: &Publisher) -> Result<bool, Failure> {
    if code == publisher.code {
        return Ok(true);
    }
    Err(Failure::new(
        exit::NOT_AUTHENTIC,
        "the code does not belong to this publisher",
    )
    .hint("nothing was changed; do not read this file as if it came from the publisher you know"))
}

/// The code of a publisher; takes 64 MiB and some tenths of a second.
pub fn code_of(id: &PublisherId) -> Result<Code, Failure> {
    Code::of(id)
        .map_err(|error| Failure::failed("cannot compute the publisher's code").because(&error))
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
