//! Reads files that are no bundles: a contact, a suspension note, a code, or a picture of one of them.
//!
//! In: a path, and what the reader had met. Out: a [`Handing`]. What a file is, its first bytes say, never its name.
//! The file is a stranger's: no more of it is read than the longest of its kind, and a picture is decoded in bounded
//! memory, one at a time.
use super::{News, Post};
use crate::handed::{Contact, Effect, Fault, Handing, Kind, Note, is_meant};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};
use varaq_bundle::MAGIC;
use varaq_trust::{Evidence, Handed, Introduced, Pins, State, Suspension, SuspensionNote};

/// Longer than any contact.
const MAX_TEXT: u64 = 1 << 20;
/// Longer than the letters of any note that is read out, with room for blanks.
const MAX_LETTERS: u64 = 8_192;

/// What a file is by its first bytes; `None` for what cannot be told from them, or not be read.
pub(super) fn kind(path: &Path) -> Option<Kind> {
    let first = begin(path, 64).ok()?;
    let text = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&first);
    if first.starts_with(&MAGIC) {
        Some(Kind::Bundle)
    } else if varaq_qr::is_picture(&first) {
        Some(Kind::Picture)
    } else if text.starts_with(b"varaq contact") {
        Some(Kind::Contact)
    } else if text.starts_with(b"varaq suspension") {
        Some(Kind::Note)
    } else {
        None
    }
}

/// The first bytes of a file; of a pipe or a folder nothing, for a pipe would wait for ever.
fn begin(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    if std::fs::metadata(path)?.is_file() {
        File::open(path)?.take(most).read_to_end(&mut first)?;
    }
    Ok(first)
}

/// What a file holds, if it is no bundle and looks like something that one person hands to another.
enum Held {
    Picture,
    Text(String),
}

fn held(path: &Path) -> Option<Held> {
    match kind(path) {
        Some(Kind::Bundle) => None,
        Some(Kind::Picture) => Some(Held::Picture),
        Some(Kind::Contact | Kind::Note) => {
            // What is longer than `MAX_TEXT` is told as too long: the parsers take less.
            let bytes = begin(path, MAX_TEXT).ok()?;
            Some(Held::Text(String::from_utf8_lossy(&bytes).into_owned()))
        }
        None => {
            let text = String::from_utf8(begin(path, MAX_LETTERS).ok()?).ok()?;
            let meant = text.parse::<Handed>();
            let meant = meant.map_or_else(|error| is_meant(&error), |_| true);
            meant.then_some(Held::Text(text))
        }
    }
}

/// Reads handed files for one window.
#[derive(Clone)]
pub(super) struct Reader {
    post: Post,
    current: Arc<AtomicU64>,
    /// Whose turn it is: a picture takes memory.
    turn: Arc<Mutex<()>>,
}

impl Reader {
    pub(super) fn new(post: Post, current: Arc<AtomicU64>) -> Self {
        let turn = Arc::default();
        Self {
            post,
            current,
            turn,
        }
    }

    /// Reads a file on a thread of its own, so that the next one need not wait for a picture; false if it is for
    /// whoever judges bundles.
    pub(super) fn read(&self, file: u64, path: &Path, state: &State) -> bool {
        let Some(held) = held(path) else {
            return false;
        };
        if matches!(held, Held::Picture) {
            self.post.send(file, News::Searching);
        }
        let (reader, path, state) = (self.clone(), path.to_owned(), state.clone());
        thread::spawn(move || reader.hand(file, &held, &path, &state));
        true
    }

    fn hand(&self, file: u64, held: &Held, path: &Path, state: &State) {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if self.current.load(Ordering::SeqCst) != file {
            return;
        }
        let handed = match held {
            Held::Text(text) => text.parse().map_err(Fault::from),
            Held::Picture => match begin(path, varaq_qr::MAX_FILE_BYTES + 1) {
                Ok(bytes) => in_picture(&bytes),
                Err(error) => return self.post.send(file, News::Refused(error.to_string())),
            },
        };
        let handing = handed.and_then(|handed| opened(handed, state));
        drop(turn);
        let handing = handing.unwrap_or_else(Handing::Fault);
        self.post.send(file, News::Handed(Box::new(handing)));
    }
}

/// The one thing that the codes of a picture say.
fn in_picture(bytes: &[u8]) -> Result<Handed, Fault> {
    let texts = varaq_qr::read(bytes)?;
    let mut all = Handed::all(&texts);
    match all.pop() {
        Some(one) if all.is_empty() => Ok(one),
        Some(_) => Err(Fault::Several),
        None => Err(Handed::fault(&texts).into()),
    }
}

/// What it means for this reader.
fn opened(handed: Handed, state: &State) -> Result<Handing, Fault> {
    match handed {
        Handed::Code(code) => Ok(Handing::Code(code)),
        Handed::Contact(contact) => {
            let (who, learned) = Introduced::of_contact(&contact)?;
            let mut evidence = state.evidence.clone();
            evidence.learn(&learned);
            let known = state.pins.find(&who.id);
            Ok(Handing::Contact(Contact {
                known: known.map(|pin| (pin.name.clone(), pin.checked)),
                checked: who.is_checked(&state.pins, false),
                missing: missing(&who, &evidence),
                alike: alike(&who, &state.pins),
                split: evidence.dossier(&who.id).is_some_and(|it| it.is_split),
                who,
                learned,
            }))
        }
        Handed::Note(note) => Ok(Handing::Note(noted(&note, state)?)),
    }
}

/// The statement that a contact names and the newest that is held, if that one is older.
fn missing(who: &Introduced, evidence: &Evidence) -> Option<(u16, u16)> {
    let (named, held) = (who.root?, evidence.dossier(&who.id)?.newest?);
    let behind = (held.generation, held.version) < (named.generation, named.version);
    behind.then_some((named.version, held.version))
}

/// Another publisher that is trusted and has such a name.
fn alike(who: &Introduced, pins: &Pins) -> Option<String> {
    let mut others = pins.clone();
    others.remove(&who.id);
    let alike = others.look_alike(&who.names);
    let alike = alike.or_else(|| others.resembling(&who.names));
    alike.map(|pin| pin.name.clone())
}

fn noted(note: &SuspensionNote, state: &State) -> Result<Note, Fault> {
    let (proven, learned) = state.evidence.prove(note)?;
    let varaq_trust::Note::Suspension { publisher, signed } = proven else {
        return Err(Fault::NoteForged);
    };
    let pin = state.pins.find(&publisher).ok_or(Fault::NoteUnknown)?;
    let body = Suspension::decode(&signed.bytes).map_err(|_| Fault::NoteForged)?;
    let stopped = |evidence: &Evidence| {
        let dossier = evidence.dossier(&publisher);
        dossier.is_some_and(|it| it.suspended.contains(&body.key))
    };
    let mut after = state.evidence.clone();
    after.learn(&learned);
    let effect = match (stopped(&state.evidence), stopped(&after)) {
        (true, _) => Effect::Known,
        (false, true) => Effect::Stops,
        (false, false) => Effect::Over,
    };
    Ok(Note {
        publisher,
        name: pin.name.clone(),
        version: body.version,
        key: body.key,
        effect,
        learned,
    })
}
