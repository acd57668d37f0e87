//! A publisher as a contact or a bundle gives it, and the pin that comes of it (FORMAT.md section 6).
//!
//! In: parts that belong together, and what the reader decided. Out: a pin. Whoever opens such a file, in a terminal or
//! in a window, comes to the same one.

use crate::{Chain, Code, Contact, ContactMismatch, Learned, Name, Pin, Pins, PublisherId};
use varaq_bundle::{Day, RootRef};

/// Who a file says a publisher is.
#[derive(Clone, Debug)]
pub struct Introduced {
    /// Who.
    pub id: PublisherId,
    /// The code of that id.
    pub code: Code,
    /// What it calls itself.
    pub names: Vec<Name>,
    /// Whether its statements came along and prove the names.
    pub is_proven: bool,
    /// The newest statement that a contact names: a floor.
    pub root: Option<RootRef>,
}

impl Introduced {
    /// The publisher of a contact whose parts belong together, and what its statements prove. Takes as long as
    /// computing a code.
    ///
    /// # Errors
    /// If something in the contact is not what it says.
    pub fn of_contact(contact: &Contact) -> Result<(Introduced, Learned), ContactMismatch> {
        let chain = contact.verify()?;
        let learned = Learned::of_own(&contact.own).unwrap_or_default();
        Ok((Introduced::new(contact, chain.as_ref()), learned))
    }

    fn new(contact: &Contact, chain: Option<&Chain>) -> Introduced {
        Introduced {
            id: contact.id,
            code: contact.code,
            names: contact.names.clone(),
            is_proven: chain.is_some(),
            root: contact.root,
        }
    }

    /// Whether the code was compared with one that came another way: now, before, or by waiting for it.
    #[must_use]
    pub fn is_checked(&self, pins: &Pins, now: bool) -> bool {
        let before = pins.find(&self.id).is_some_and(|pin| pin.checked);
        now || before || pins.awaited().any(|code| *code == self.code)
    }
}

/// The name by which a publisher is called first: the English one, else the first.
#[must_use]
pub fn claimed_name(names: &[Name]) -> &str {
    let english = names.iter().find(|name| name.language == "en");
    let name = english.or(names.first());
    name.map_or("", |name| name.name.as_str())
}

impl Pins {
    /// Trusts a publisher that a file introduced; `checked` if its code was compared with one that came another way.
    /// What was compared once stays compared, and the name that the reader sees stays. Answers with the pin.
    pub fn introduce(&mut self, who: &Introduced, checked: bool, day: Option<Day>) -> Pin {
        let checked = who.is_checked(self, checked);
        let mut pin = Pin::new(who.id, &who.names, checked, day);
        pin.rename(claimed_name(&who.names).to_owned());
        pin.root = who.root;
        if let Some(before) = self.find(&who.id) {
            pin.raise_root(before.root);
            pin.day = before.day;
            if who.is_proven {
                // Nor does an older contact take a name off the guard against look-alikes.
                let missing =
                    |name: &&String| !pin.other_names.contains(*name) && **name != pin.name;
                let missing: Vec<_> = before.other_names.iter().filter(missing).cloned().collect();
                pin.other_names.extend(missing);
            } else {
                // Names that no statement proves do not replace those that were there.
                pin.other_names.clone_from(&before.other_names);
                pin.name.clone_from(&before.name);
            }
            pin.rename(before.name.clone());
        }
        self.forget_code(&who.code);
        self.add(pin.clone());
        pin
    }
}
