//! What follows when the reader takes in a file that is no bundle.
use super::{App, Open};
use crate::{
    desk::Change,
    handed::{Contact, Handing, Note},
    place::Place,
    screens::{Compared, Told, Typing, VerdictState},
};
use varaq_trust::{Code, CodeError, Comparison, PublisherId};

impl App {
    /// Takes in what the file says, and shows the list where it stands now.
    pub(super) fn take_handed(&mut self) {
        let handing = self.file.as_mut().and_then(Open::handing);
        match handing.map(|handing| handing.clone()) {
            Some(Handing::Contact(contact)) => self.take_contact(contact),
            Some(Handing::Code(code)) => self.take_shown_code(code),
            Some(Handing::Note(note)) => self.take_note(note),
            Some(Handing::Fault(_)) | None => {}
        }
    }

    fn take_contact(&mut self, contact: Contact) {
        let Contact {
            who,
            learned,
            checked,
            ..
        } = contact;
        let (id, today) = (who.id, self.today);
        self.change(Change::Added, move |state| {
            state.pins.introduce(&who, checked, today);
            state.evidence.learn(&learned);
        });
        let pin = self.state.pins.find(&id);
        let (name, checked) =
            pin.map_or_else(Default::default, |pin| (pin.name.clone(), pin.checked));
        let told = match checked {
            true => Told::Checked(name),
            false => Told::Introduced(name),
        };
        self.show_taken(Some(id), told);
    }

    fn take_note(&mut self, note: Note) {
        let Note {
            publisher,
            name,
            learned,
            ..
        } = note;
        self.change(Change::Added, move |state| {
            state.evidence.learn(&learned);
        });
        self.show_taken(Some(publisher), Told::Stopped(name));
    }

    /// A code in a picture counts as if it had been typed.
    fn take_shown_code(&mut self, code: Code) {
        self.close_file();
        self.publishers.told = None;
        self.publishers.typing = Some(Typing::with(&code));
        self.go(Place::Publishers);
        self.desk.name_code(code, self.state.pins.clone());
    }

    fn show_taken(&mut self, id: Option<PublisherId>, told: Told) {
        self.close_file();
        self.publishers.typing = None;
        self.publishers.told = Some(told);
        self.go(Place::Publishers);
        if let Some(id) = id {
            self.choose_publisher(id);
        }
    }
}

/// Compares what was typed with the code of the contact that is open.
pub(super) fn compare(contact: &mut Contact, state: &mut VerdictState) {
    let typed = state
        .field
        .as_ref()
        .map(|field| field.digits().parse::<Code>());
    state.compared = match typed {
        None | Some(Err(CodeError::Incomplete { .. })) => None,
        Some(Err(_)) => Some(Compared::Typo),
        Some(Ok(typed)) => match typed.compare(&contact.who.code) {
            Comparison::Different => Some(Compared::Another),
            Comparison::Equal => {
                contact.checked = true;
                (state.field, state.focused) = (None, false);
                None
            }
        },
    };
}
