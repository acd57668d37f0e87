//! What a text that came by itself stands for: a contact, a code, or a suspension note (FORMAT.md section 6).
//!
//! In: the text of a file, or the texts of the QR codes in a picture. Out: one of the three. What a text was meant to be
//! is told by its first line or its letters, never by the name of the file. What can go wrong: [`HandedError`].

use crate::{Code, CodeError, Contact, ContactError, NoteError, SuspensionNote};
use std::str::FromStr;

/// Something that a person was handed, on paper or as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handed {
    /// Who a publisher says it is; not verified yet.
    Contact(Box<Contact>),
    /// 24 digits.
    Code(Code),
    /// A key that must not be counted; not proven yet.
    Note(Box<SuspensionNote>),
}

/// Why a text is none of these.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandedError {
    /// It was meant to be a contact.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// It was meant to be a code.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// It was meant to be a suspension note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// It says something else.
    #[error("neither a contact, a code nor a suspension note")]
    Strange,
}

impl FromStr for Handed {
    type Err = HandedError;

    fn from_str(text: &str) -> Result<Handed, HandedError> {
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        if bare.starts_with("varaq contact") {
            return Ok(Handed::Contact(Box::new(bare.parse()?)));
        }
        if bare.starts_with("varaq suspension") {
            return Ok(Handed::Note(Box::new(bare.parse()?)));
        }
        if Code::is_like(bare.trim()) {
            return Ok(Handed::Code(bare.trim().parse()?));
        }
        match bare.trim().parse() {
            Ok(note) => Ok(Handed::Note(Box::new(note))),
            // Letters whose first group checks itself are no accident.
            Err(error) if is_slip(&error) => Err(error.into()),
            Err(_) => Err(HandedError::Strange),
        }
    }
}

fn is_slip(error: &NoteError) -> bool {
    match error {
        NoteError::Typo { group } => *group > 1,
        NoteError::Check => true,
        NoteError::Length { found, .. } => *found >= 8,
        _ => false,
    }
}

impl Handed {
    /// What the texts of one picture stand for, each once. Of a contact and its own code it is the contact: a code
    /// beside it came the same way, and proves nothing.
    #[must_use]
    pub fn all(texts: &[String]) -> Vec<Handed> {
        let mut all: Vec<Handed> = Vec::new();
        for handed in texts.iter().filter_map(|text| text.parse().ok()) {
            if !all.contains(&handed) {
                all.push(handed);
            }
        }
        let of_contact = |code: &Code| {
            let same = |one: &Handed| matches!(one, Handed::Contact(it) if it.code == *code);
            all.iter().any(same)
        };
        let beside = |one: &Handed| matches!(one, Handed::Code(code) if of_contact(code));
        let kept: Vec<Handed> = all.iter().filter(|one| !beside(one)).cloned().collect();
        kept
    }

    /// Why none of these texts stands for anything: the fault of the first that was meant to.
    #[must_use]
    pub fn fault(texts: &[String]) -> HandedError {
        let faults = texts.iter().filter_map(|text| text.parse::<Handed>().err());
        let mut meant = faults.filter(|fault| *fault != HandedError::Strange);
        meant.next().unwrap_or(HandedError::Strange)
    }
}
