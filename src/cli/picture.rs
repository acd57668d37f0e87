//! A picture with a QR code, where a contact file or a code is expected: a screenshot, or a
//! photograph of a notice board.
//!
//! What is in the picture is a claim like any other. A tool built without the feature `qr`
//! knows a picture when it sees one, and says what to do instead.

use std::path::Path;

use varaq_trust::{Code, Contact, SuspensionNote};
#[cfg(feature = "qr")]
use varaq_trust::{Handed, HandedError};

use crate::failure::Failure;
use crate::words;

/// The first bytes of a PNG and of a JPEG.
const BEGINNINGS: [&[u8]; 2] = [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"];

/// What a picture holds.
#[cfg_attr(
    not(feature = "qr"),
    expect(dead_code, reason = "a lean tool finds none")
)]
pub enum Found {
    /// 24 digits.
    Code(Code),
    /// A contact, not yet verified.
    Contact(Contact),
}

/// True if a file begins like a picture.
pub fn is_picture(first: &[u8]) -> bool {
    BEGINNINGS.iter().any(|magic| first.starts_with(magic))
}

/// The one contact or code in a picture. Of a contact and its own code it is the contact: a
/// code beside it came the same way, and proves nothing.
#[cfg(feature = "qr")]
pub fn read(path: &Path) -> Result<Found, Failure> {
    let texts = texts(path)?;
    let mut found: Vec<Found> = Handed::all(&texts).into_iter().filter_map(found).collect();
    match found.pop() {
        Some(one) if found.is_empty() => Ok(one),
        None => Err(strange(path, &texts)),
        Some(_) => Err(Failure::failed(format!(
            "{} shows the codes of several publishers",
            words::path(path)
        ))
        .hint("cut the picture so that one of them is left")),
    }
}

#[cfg(feature = "qr")]
fn found(handed: Handed) -> Option<Found> {
    match handed {
        Handed::Code(code) => Some(Found::Code(code)),
        Handed::Contact(contact) => Some(Found::Contact(*contact)),
        Handed::Note(_) => None,
    }
}

/// The one suspension note in a picture.
#[cfg(feature = "qr")]
pub fn note(path: &Path) -> Result<SuspensionNote, Failure> {
    let texts = texts(path)?;
    let note = |handed| match handed {
        Handed::Note(note) => Some(*note),
        _ => None,
    };
    let mut notes: Vec<_> = Handed::all(&texts).into_iter().filter_map(note).collect();
    match notes.pop() {
        Some(note) if notes.is_empty() => Ok(note),
        None => Err(Failure::failed(format!(
            "the QR code in {} is no suspension note",
            words::path(path)
        ))),
        Some(_) => Err(Failure::failed(format!(
            "{} shows several suspension notes",
            words::path(path)
        ))
        .hint("cut the picture so that one of them is left")),
    }
}

/// A text as a QR picture.
#[cfg(feature = "qr")]
pub fn draw(text: &str) -> Result<Vec<u8>, Failure> {
    let drawn = varaq_qr::draw(text);
    drawn
        .map(|drawn| drawn.png)
        .map_err(|error| Failure::failed("cannot draw the QR code").because(&error))
}

/// This tool was built without pictures.
#[cfg(not(feature = "qr"))]
pub fn note(path: &Path) -> Result<SuspensionNote, Failure> {
    let what = format!(
        "{} is a picture, and this tool was built without reading pictures",
        words::path(path)
    );
    Err(Failure::failed(what).hint("type the letters that stand beside it, or use the file"))
}

/// This tool was built without pictures.
#[cfg(not(feature = "qr"))]
pub fn draw(_: &str) -> Result<Vec<u8>, Failure> {
    Err(Failure::failed("this tool was built without pictures")
        .hint("the file holds the letters that the QR code would hold"))
}

/// The texts of all codes in a picture.
#[cfg(feature = "qr")]
fn texts(path: &Path) -> Result<Vec<String>, Failure> {
    use std::io::Read;
    let cannot = || Failure::failed(format!("cannot read the picture {}", words::path(path)));
    let mut bytes = Vec::new();
    crate::reading::open_file(path)?
        .take(varaq_qr::MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| cannot().because(&error))?;
    varaq_qr::read(&bytes).map_err(|error| {
        let hint = match error {
            varaq_qr::ReadError::TooLong | varaq_qr::ReadError::TooLarge => {
                "cut or scale it, or take a screenshot of it"
            }
            varaq_qr::ReadError::NoCode => {
                "take it again: closer, sharper, the whole code with its white edge; or type the 24 digits"
            }
            _ => "take it again, or type the 24 digits",
        };
        cannot().because(&error).hint(hint)
    })
}

/// There is a code, but it says something else: why, if it was meant to be one of ours.
#[cfg(feature = "qr")]
fn strange(path: &Path, texts: &[String]) -> Failure {
    let what = format!(
        "the QR code in {} is no contact and no code of a publisher",
        words::path(path)
    );
    let failure = Failure::failed(what);
    match Handed::fault(texts) {
        HandedError::Strange => failure,
        fault => failure.because(&fault),
    }
}

/// This tool was built without the decoders of pictures.
#[cfg(not(feature = "qr"))]
pub fn read(path: &Path) -> Result<Found, Failure> {
    let what = format!(
        "{} is a picture, and this tool was built without reading pictures",
        words::path(path)
    );
    Err(Failure::failed(what)
        .hint("type the 24 digits that stand beside the QR code, or use the contact file"))
}
