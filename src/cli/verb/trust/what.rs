//! What the words of a command line name: a code, or a publisher by a contact file, a picture,
//! a folder or a bundle.
//!
//! In come words and paths. Out goes a [`What`] whose parts belong together. What is wrong with
//! a typed code is told, never how near it comes to another (FORMAT.md section 6).

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use varaq_bundle::{Bundle, Limits};
use varaq_trust::{
    Chain, Code, CodeError, Contact, Evidence, Introduced, Learned, Name, Note, Pins, PublisherId,
    RootRef, View,
};

use super::code_of;
use crate::exit;
use crate::failure::Failure;
use crate::picture::{self, Found};
use crate::reading;
use crate::words;

/// What the words of a verb of `trust` name.
pub(super) struct What {
    /// The code that was typed, or stands in a picture.
    pub(super) code: Option<Code>,
    /// The publisher of the file.
    pub(super) publisher: Option<Publisher>,
}

impl What {
    /// Digits in groups are one code, anything else is a file. A picture of a code counts as
    /// if the code had been typed.
    pub(super) fn of(what: &[PathBuf]) -> Result<What, Failure> {
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

    /// The publisher as it becomes a pin.
    pub(super) fn introduced(&self) -> Introduced {
        Introduced {
            id: self.id,
            code: self.code,
            names: self.names.clone(),
            is_proven: self.chain.is_some(),
            root: self.root,
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
