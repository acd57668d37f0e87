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
    Chain, Code, CodeError, Comparison, Contact, Evidence, Learned, Name, Note, Pin, Pins,
    PublisherId, RootRef, State, View,
};

mod carry_over;
mod note;
mod proof;
mod show;

use crate::exit;
use crate::failure::Failure;
use crate::picture::{self, Found};
use crate::reading;
use crate::session::Session;
use crate::state;
use crate::words;

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
        let kept = state::load(session)?;
        let Some(publisher) = what.publisher else {
            let code = what
                .code
                .ok_or_else(|| Failure::usage("a code or a file is expected"))?;
            return await_code(session, &kept.pins, code);
        };
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
            if publisher.chain.is_none() {
                // Names that no statement proves do not replace those that were there.
                pin.other_names.clone_from(&before.other_names);
                pin.name.clone_from(&before.name);
            }
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
            if session.json {
                session.object(&object(&pin, &code))?;
            } else {
                session.line(&told(&pin, &code))?;
            }
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
    for pin in pins.iter() {
        if code_of(&pin.id)? == code {
            return Ok(Some(pin.id));
        }
    }
    Ok(None)
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

/// What the words of a verb of `trust` name.
struct What {
    code: Option<Code>,
    publisher: Option<Publisher>,
}

impl What {
    /// Digits in groups are one code, anything else is a file. A picture of a code counts as
    /// if the code had been typed.
    fn of(what: &[PathBuf]) -> Result<What, Failure> {
        let is_code = |word: &&PathBuf| {
            let text = word.to_str();
            text.is_some_and(Code::is_like) && !word.exists()
        };
        let (words, files): (Vec<&PathBuf>, Vec<&PathBuf>) = what.iter().partition(is_code);
        let typed: Vec<&str> = words.into_iter().filter_map(|word| word.to_str()).collect();
        let mut found = What {
            code: None,
            publisher: None,
        };
        if !typed.is_empty() {
            found.add_code(typed_code(&typed.join(" "))?)?;
        }
        for path in files {
            match Named::read(path)? {
                Named::Code(code) => found.add_code(code)?,
                Named::Publisher(_) if found.publisher.is_some() => {
                    return Err(Failure::usage("one file at a time is expected"));
                }
                Named::Publisher(publisher) => found.publisher = Some(*publisher),
            }
        }
        Ok(found)
    }

    fn add_code(&mut self, code: Code) -> Result<(), Failure> {
        match self.code.replace(code) {
            Some(before) if before != code => Err(Failure::usage("one code at a time is expected")),
            _ => Ok(()),
        }
    }
}

/// A code that somebody typed. What is wrong with it is told, never how near it comes to another.
fn typed_code(text: &str) -> Result<Code, Failure> {
    text.parse().map_err(|error: CodeError| {
        let failure = Failure::usage("this is not a code").because(&error);
        match error {
            CodeError::Typo => failure.hint(
                "this says nothing about the publisher: listen or look again, and type it anew",
            ),
            _ => failure.hint("a code has 24 digits: six groups of four"),
        }
    })
}

/// What one file stands for.
enum Named {
    Publisher(Box<Publisher>),
    Code(Code),
}

impl Named {
    /// Reads a contact file, a folder that holds `publisher.contact`, a picture, or a bundle.
    fn read(path: &Path) -> Result<Named, Failure> {
        let path = if path.is_dir() {
            path.join("publisher.contact")
        } else {
            path.to_owned()
        };
        let mut first = Vec::new();
        reading::open_file(&path)?
            .take(8)
            .read_to_end(&mut first)
            .map_err(|error| {
                Failure::failed(format!("cannot read {}", words::path(&path))).because(&error)
            })?;
        let publisher = if first == varaq_carry::MAGIC {
            Publisher::of_bundle(&path)?
        } else if picture::is_picture(&first) {
            match picture::read(&path)? {
                Found::Code(code) => return Ok(Named::Code(code)),
                Found::Contact(contact) => Publisher::proven(contact, &path)?,
            }
        } else {
            Publisher::of_contact(&path)?
        };
        Ok(Named::Publisher(Box::new(publisher)))
    }
}

/// A publisher as a contact or a bundle gives it; its parts belong together.
pub struct Publisher {
    /// Who.
    pub id: PublisherId,
    /// The code of that id.
    pub code: Code,
    /// What it calls itself; proven only if there is a chain.
    pub names: Vec<Name>,
    /// Its statements, if the file carries them.
    pub chain: Option<Chain>,
    /// The newest statement that a contact names: a floor.
    pub root: Option<RootRef>,
    /// What the file proves.
    pub learned: Learned,
    /// The issue that a bundle is of, as others may carry it.
    pub head: Option<Note>,
    /// The bytes of `chain`.
    own: Vec<u8>,
}

impl Publisher {
    /// Reads a contact file, a folder that holds `publisher.contact`, a picture, or a bundle.
    pub fn read(path: &Path) -> Result<Publisher, Failure> {
        match Named::read(path)? {
            Named::Publisher(publisher) => Ok(*publisher),
            Named::Code(_) => Err(Failure::failed(format!(
                "the picture {} holds a code alone, and no contact",
                words::path(path)
            ))
            .hint("varaq trust add takes it")),
        }
    }

    /// The contact that hands the publisher on.
    pub fn contact(self) -> Contact {
        let newest = self.chain.as_ref().and_then(Chain::newest);
        Contact {
            code: self.code,
            id: self.id,
            root: newest.or(self.root),
            names: self.names,
            own: self.own,
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
        Publisher::proven(contact, path)
    }

    /// A contact whose parts belong together.
    fn proven(contact: Contact, path: &Path) -> Result<Publisher, Failure> {
        let refused = || {
            Failure::new(
                exit::NOT_AUTHENTIC,
                format!("{} is not what it says", words::path(path)),
            )
        };
        let chain = contact
            .verify()
            .map_err(|error| refused().because(&error))?;
        let learned = Learned::of_own(&contact.own).unwrap_or_default();
        Ok(Publisher {
            id: contact.id,
            code: contact.code,
            root: contact.root,
            names: contact.names,
            chain,
            own: contact.own,
            learned,
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
            own: bundle.head().own.clone(),
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
