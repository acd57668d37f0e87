//! What the window knows of a file that is no bundle: who a contact introduces, which key a note stops, a code, or why
//! it is none of these (FORMAT.md section 6).
//!
//! Plain values: a worker made them from the file and from what the reader had met by then.
use varaq_trust::{
    Code, CodeError, ContactMismatch, HandedError, Introduced, Learned, NoteError, NoteRefused,
    PublicKey, PublisherId,
};

/// What kind of file something is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An issue, or what is left of one.
    Bundle,
    /// Text that says who a publisher is.
    Contact,
    /// Text that stops a key.
    Note,
    /// A PNG or JPEG.
    Picture,
}

/// A file that is no bundle, after it was read.
#[derive(Clone, Debug)]
pub enum Handing {
    /// A publisher introduces itself.
    Contact(Contact),
    /// 24 digits and nothing else.
    Code(Code),
    /// A key is to be counted no more.
    Note(Note),
    /// None of these.
    Fault(Fault),
}

/// A contact whose parts belong together.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Who, by its own words.
    pub who: Introduced,
    /// What its statements prove.
    pub learned: Learned,
    /// What the reader calls it, and whether its code was checked, if it is trusted already.
    pub known: Option<(String, bool)>,
    /// Whether a code that the reader typed turned out to be its code.
    pub checked: bool,
    /// The statement that it names and the newest one that is held, if some in between are missing.
    pub missing: Option<(u16, u16)>,
    /// A trusted publisher that it could be mistaken for.
    pub alike: Option<String>,
    /// Whether its history stands against the one that is held, with none of them decided.
    pub split: bool,
}

/// A suspension note that holds.
#[derive(Clone, Debug)]
pub struct Note {
    /// Whose key.
    pub publisher: PublisherId,
    /// What the reader calls that publisher.
    pub name: String,
    /// The key.
    pub key: PublicKey,
    /// The statement whose root keys signed it.
    pub version: u16,
    /// What it changes.
    pub effect: Effect,
    /// What it proves.
    pub learned: Learned,
}

/// What a note changes for this reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The key counts no more from now on.
    Stops,
    /// The stop was known.
    Known,
    /// The key was revoked or cleared since.
    Over,
}

/// Why a file is none of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No QR code can be made out in the picture.
    NoCode,
    /// The QR code says something else.
    Strange,
    /// Codes or contacts of several publishers are in one picture.
    Several,
    /// The picture is cut short or broken.
    PictureDamaged,
    /// The picture is larger than this program searches.
    PictureLarge,
    /// Longer than any contact or note.
    TooLong,
    /// Lines of a contact are not understood.
    ContactDamaged,
    /// The parts of a contact do not belong together.
    ContactFalse,
    /// There was not enough memory to compare code and id.
    NoMemory,
    /// A code with a slip in it.
    CodeDamaged,
    /// A note with a slip in it; the group of letters where it was found.
    NoteDamaged(Option<usize>),
    /// A note of a newer form.
    NoteNewer,
    /// A note about nobody who is trusted here.
    NoteUnknown,
    /// A note about a statement or key that was not met yet.
    NoteAhead,
    /// A note that the publisher's root keys did not sign.
    NoteForged,
}

impl Fault {
    /// Beginning of the keys of its texts.
    #[must_use]
    pub fn stem(&self) -> &'static str {
        match self {
            Self::NoCode => "fault-no-code",
            Self::Strange => "fault-strange",
            Self::Several => "fault-several",
            Self::PictureDamaged => "fault-picture-damaged",
            Self::PictureLarge => "fault-picture-large",
            Self::TooLong => "fault-too-long",
            Self::ContactDamaged => "fault-contact-damaged",
            Self::ContactFalse => "fault-contact-false",
            Self::NoMemory => "fault-no-memory",
            Self::CodeDamaged => "fault-code-damaged",
            Self::NoteDamaged(_) => "fault-note-damaged",
            Self::NoteNewer => "fault-note-newer",
            Self::NoteUnknown => "fault-note-unknown",
            Self::NoteAhead => "fault-note-ahead",
            Self::NoteForged => "fault-note-forged",
        }
    }
}

impl From<HandedError> for Fault {
    fn from(error: HandedError) -> Self {
        use varaq_trust::ContactError::TooLong;
        match error {
            HandedError::Contact(TooLong(_)) | HandedError::Note(NoteError::TooLong(_)) => {
                Self::TooLong
            }
            HandedError::Contact(_) => Self::ContactDamaged,
            HandedError::Code(_) => Self::CodeDamaged,
            HandedError::Note(NoteError::Form) => Self::NoteNewer,
            HandedError::Note(NoteError::Typo { group }) => Self::NoteDamaged(Some(group)),
            HandedError::Note(_) => Self::NoteDamaged(None),
            HandedError::Strange => Self::Strange,
        }
    }
}

impl From<ContactMismatch> for Fault {
    fn from(error: ContactMismatch) -> Self {
        match error {
            ContactMismatch::Stretch(_) => Self::NoMemory,
            _ => Self::ContactFalse,
        }
    }
}

impl From<NoteRefused> for Fault {
    fn from(refused: NoteRefused) -> Self {
        match refused {
            NoteRefused::OtherPublisher => Self::NoteUnknown,
            NoteRefused::NoSuchStatement { .. } | NoteRefused::NoSuchKey => Self::NoteAhead,
            NoteRefused::Forged(_) => Self::NoteForged,
        }
    }
}

impl From<varaq_qr::ReadError> for Fault {
    fn from(error: varaq_qr::ReadError) -> Self {
        use varaq_qr::ReadError;
        match error {
            ReadError::NoCode => Self::NoCode,
            ReadError::TooLong | ReadError::TooLarge => Self::PictureLarge,
            ReadError::Unknown | ReadError::Damaged(_) => Self::PictureDamaged,
        }
    }
}

/// Whether a text was meant as a code, and not just as a number.
pub(crate) fn is_meant(error: &HandedError) -> bool {
    match error {
        HandedError::Strange => false,
        HandedError::Code(CodeError::Incomplete { digits }) => *digits >= 12,
        _ => true,
    }
}
