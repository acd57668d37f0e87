//! A picture with a QR code, where a contact file or a code is expected: a screenshot, or a
//! photograph of a notice board.
//!
//! What is in the picture is a claim like any other. A tool built without the feature `qr`
//! knows a picture when it sees one, and says what to do instead.

use std::path::Path;

use varaq_trust::{Code, Contact};

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
    let mut contacts: Vec<Contact> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    let mut codes: Vec<Code> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    contacts.dedup();
    codes.retain(|code| !contacts.iter().any(|contact| contact.code == *code));
    codes.dedup();
    match (contacts.pop(), codes.pop()) {
        (Some(contact), None) if contacts.is_empty() => Ok(Found::Contact(contact)),
        (None, Some(code)) if codes.is_empty() => Ok(Found::Code(code)),
        (None, None) => Err(strange(path, &texts)),
        _ => Err(Failure::failed(format!(
            "{} shows the codes of several publishers",
            words::path(path)
        ))
        .hint("cut the picture so that one of them is left")),
    }
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
    let ours = |text: &&String| text.starts_with("varaq ") || Code::is_like(text);
    let Some(text) = texts.iter().find(ours) else {
        return failure;
    };
    match (text.parse::<Contact>(), text.parse::<Code>()) {
        (_, Err(error)) if Code::is_like(text) => failure.because(&error),
        (Err(error), _) => failure.because(&error),
        _ => failure,
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
