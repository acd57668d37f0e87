//! The publishers that a reader has chosen to trust.
//!
//! Pure: no file is opened here. The text form ends in a checksum, so that a torn
//! write is noticed; it protects against accidents, not against somebody who can
//! write to the reader's folder.

use crate::id::hex_32;
use crate::names::Skeleton;
use crate::{Code, Name, Publisher, PublisherId, StretchError};
use std::collections::{BTreeMap, BTreeSet};
use varaq_bundle::{Day, Hash, RootRef};

const HEADER: &str = "varaq pins 1";
const CHECKED: &str = "checked";
const UNCHECKED: &str = "unchecked";
/// Longest name in a pin, in characters: the reader may choose a longer one than a
/// publisher may.
const MAX_NAME_CHARS: usize = 256;

/// One trusted publisher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Who.
    pub id: PublisherId,
    /// What the reader sees: the publisher's name when it was pinned, or one that the
    /// reader chose.
    pub name: String,
    /// The publisher's other names, in other languages: no stranger may carry one of them.
    pub other_names: Vec<String>,
    /// Whether the code was compared with one that came another way.
    pub checked: bool,
    /// When it was pinned, by the reader's clock.
    pub day: Option<Day>,
    /// The newest statement that a contact named: a copy whose statements end before it lacks some.
    pub root: Option<RootRef>,
}

impl Pin {
    /// A pin for a publisher, called by the first of its names.
    #[must_use]
    pub fn new(id: PublisherId, names: &[Name], checked: bool, day: Option<Day>) -> Pin {
        let mut names = names.iter().map(|name| name.name.clone());
        Pin {
            id,
            name: names.next().unwrap_or_default(),
            other_names: names.collect(),
            checked,
            day,
            root: None,
        }
    }

    /// Takes note of the newest statement that a contact names, unless a later one is known.
    pub fn raise_root(&mut self, named: Option<RootRef>) {
        let version = |root: Option<RootRef>| root.map(|root| (root.generation, root.version));
        if version(named) > version(self.root) {
            self.root = named;
        }
    }

    /// Gives the name that the reader will see. The one that stood there stays among the others: no stranger may carry
    /// it.
    pub fn rename(&mut self, name: String) {
        let before = std::mem::replace(&mut self.name, name);
        self.other_names.retain(|other| *other != self.name);
        if before != self.name && !self.other_names.contains(&before) {
            self.other_names.insert(0, before);
        }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name)
            .chain(&self.other_names)
            .map(String::as_str)
    }
}

/// Why a text holds no pins.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinsError {
    /// The first line is another than expected.
    #[error("expected the first line `varaq pins 1`")]
    Header,
    /// The checksum does not fit: the file was cut short or changed.
    #[error("the checksum does not fit: the list was cut short or changed")]
    Checksum,
    /// A line is not understood.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, counted from 1.
        line: usize,
        /// What was expected.
        what: &'static str,
    },
}

/// All trusted publishers, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pins {
    pins: BTreeMap<PublisherId, Pin>,
    awaited: BTreeSet<Code>,
}

impl Pins {
    /// No trusted publisher yet.
    #[must_use]
    pub fn new() -> Pins {
        Pins::default()
    }

    /// The pin of a publisher.
    #[must_use]
    pub fn find(&self, id: &PublisherId) -> Option<&Pin> {
        self.pins.get(id)
    }

    /// Trusts a publisher; answers with the pin that stood there before.
    pub fn add(&mut self, pin: Pin) -> Option<Pin> {
        self.pins.insert(pin.id, pin)
    }

    /// Trusts a publisher no longer.
    pub fn remove(&mut self, id: &PublisherId) -> Option<Pin> {
        self.pins.remove(id)
    }

    /// Keeps a code that came before any bundle did, from a radio or a wall. Computing
    /// a code is slow, so judging never asks for it: whoever opens a bundle of an unknown
    /// publisher compares, and pins it as checked.
    pub fn await_code(&mut self, code: Code) {
        self.awaited.insert(code);
    }

    /// Waits for a code no longer; true if it was awaited.
    pub fn forget_code(&mut self, code: &Code) -> bool {
        self.awaited.remove(code)
    }

    /// The codes that no bundle was seen of yet.
    pub fn awaited(&self) -> impl Iterator<Item = &Code> {
        self.awaited.iter()
    }

    /// These pins with that publisher pinned and checked, if its code is among the awaited
    /// ones. `None` if it is not, or is pinned already. Only then is a code computed, which
    /// takes 64 MiB and some tenths of a second.
    #[must_use]
    pub fn arrived(&self, publisher: Option<&Publisher>, day: Option<Day>) -> Option<Pins> {
        let publisher = publisher.filter(|publisher| self.find(&publisher.id).is_none())?;
        self.awaited().next()?;
        // Without the memory for a code the publisher stays unknown, which is safe.
        let code = Code::of(&publisher.id).ok()?;
        let mut pins = self.clone();
        pins.forget_code(&code).then(|| {
            pins.add(Pin::new(publisher.id, &publisher.names, true, day));
            pins
        })
    }

    /// The pinned publisher that has a code. Computes the code of each, which takes 64 MiB and some tenths of
    /// a second a time.
    ///
    /// # Errors
    /// If the memory for that is not there.
    pub fn with_code(&self, code: &Code) -> Result<Option<PublisherId>, StretchError> {
        for pin in self.iter() {
            if Code::of(&pin.id)? == *code {
                return Ok(Some(pin.id));
            }
        }
        Ok(None)
    }

    /// All pins, ordered by id.
    pub fn iter(&self) -> impl Iterator<Item = &Pin> {
        self.pins.values()
    }

    /// Number of pins.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pins.len()
    }

    /// True if nobody is trusted yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pins.is_empty()
    }

    /// The pinned publisher whose name one of `names` looks like.
    #[must_use]
    pub fn look_alike(&self, names: &[Name]) -> Option<&Pin> {
        self.called(names, Skeleton::looks_like)
    }

    /// The pinned publisher whose name differs from one of `names` by one letter.
    #[must_use]
    pub fn resembling(&self, names: &[Name]) -> Option<&Pin> {
        self.called(names, Skeleton::resembles)
    }

    fn called(&self, names: &[Name], alike: fn(&Skeleton, &Skeleton) -> bool) -> Option<&Pin> {
        let claimed: Vec<_> = names.iter().map(|name| Skeleton::of(&name.name)).collect();
        self.iter().find(|pin| {
            pin.names()
                .map(Skeleton::of)
                .any(|pinned| claimed.iter().any(|claim| alike(claim, &pinned)))
        })
    }

    /// The text form: the same pins, the same bytes.
    #[must_use]
    pub fn encode(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for pin in self.iter() {
            let checked = if pin.checked { CHECKED } else { UNCHECKED };
            let day = pin.day.map_or("-".to_owned(), |day| day.0.to_string());
            text.push_str(&format!("publisher {} {checked} {day}\n", pin.id));
            text.push_str(&format!("name {}\n", one_line(&pin.name)));
            for name in &pin.other_names {
                text.push_str(&format!("also {}\n", one_line(name)));
            }
            if let Some(root) = pin.root {
                let RootRef {
                    generation,
                    version,
                    id,
                } = root;
                text.push_str(&format!("root {generation} {version} {id}\n"));
            }
        }
        for code in &self.awaited {
            text.push_str(&format!("awaited {code}\n"));
        }
        let sum = checksum(&text);
        text.push_str(&format!("sum {sum}\n"));
        text
    }

    /// Pins from their text form.
    ///
    /// # Errors
    /// If the text is damaged or of another kind.
    pub fn decode(text: &str) -> Result<Pins, PinsError> {
        if text.lines().next() != Some(HEADER) {
            return Err(PinsError::Header);
        }
        let body = text.rfind("sum ").ok_or(PinsError::Checksum)?;
        let (body, sum) = text.split_at_checked(body).ok_or(PinsError::Checksum)?;
        if sum != format!("sum {}\n", checksum(body)) {
            return Err(PinsError::Checksum);
        }
        let mut pins = Pins::new();
        let mut open: Option<Pin> = None;
        for (at, line) in body.lines().enumerate().skip(1) {
            let fault = |what| PinsError::Line {
                line: at.saturating_add(1),
                what,
            };
            let (kind, rest) = line.split_once(' ').ok_or(fault("expected a kind"))?;
            match (kind, &mut open) {
                ("awaited", _) => {
                    let code = rest.parse().map_err(|_| fault("expected a code"))?;
                    pins.await_code(code);
                }
                ("publisher", open) => {
                    let next = publisher_line(rest).ok_or(fault("expected id, check and day"))?;
                    if let Some(pin) = open.replace(next) {
                        pins.close(pin).map_err(fault)?;
                    }
                }
                ("name", Some(pin)) if pin.name.is_empty() => rest.clone_into(&mut pin.name),
                ("also", Some(pin)) if !pin.name.is_empty() => {
                    pin.other_names.push(rest.to_owned());
                }
                ("root", Some(pin)) if pin.root.is_none() => {
                    let root = root_line(rest).ok_or(fault("expected generation, version, id"))?;
                    pin.root = Some(root);
                }
                _ => return Err(fault("expected publisher, name, also, root or awaited")),
            }
        }
        if let Some(pin) = open {
            let line = body.lines().count();
            pins.close(pin)
                .map_err(|what| PinsError::Line { line, what })?;
        }
        Ok(pins)
    }

    /// Takes a pin whose lines are all read.
    fn close(&mut self, pin: Pin) -> Result<(), &'static str> {
        if pin.name.is_empty() {
            return Err("expected a name");
        }
        if self.add(pin).is_some() {
            return Err("the publisher stands here twice");
        }
        Ok(())
    }
}

fn publisher_line(rest: &str) -> Option<Pin> {
    let mut fields = rest.split(' ');
    let id = fields.next()?.parse().ok()?;
    let checked = match fields.next()? {
        CHECKED => true,
        UNCHECKED => false,
        _ => return None,
    };
    let day = match fields.next()? {
        "-" => None,
        day => Some(Day(day.parse().ok()?)),
    };
    fields.next().is_none().then(|| Pin {
        id,
        name: String::new(),
        other_names: Vec::new(),
        checked,
        day,
        root: None,
    })
}

fn root_line(rest: &str) -> Option<RootRef> {
    let mut fields = rest.split(' ');
    let root = RootRef {
        generation: fields.next()?.parse().ok()?,
        version: fields.next()?.parse().ok()?,
        id: Hash(hex_32(fields.next()?)?),
    };
    fields.next().is_none().then_some(root)
}

/// A name on one line: it came from a verified statement or from the reader's keyboard,
/// and a line feed in it must not become a line of this file.
fn one_line(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|&c| varaq_cbor::is_text(c.encode_utf8(&mut [0; 4])))
        .take(MAX_NAME_CHARS)
        .collect();
    if name.is_empty() {
        "?".to_owned()
    } else {
        name
    }
}

fn checksum(text: &str) -> String {
    Hash::of(text.as_bytes()).to_string()
}
