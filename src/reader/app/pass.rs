//! Handing the chosen publisher on, and calling it by a name of the reader's own.
use super::App;
use crate::{
    desk::Change,
    issue::Stretched,
    screens::{Naming, Picture},
};
use eframe::egui::{ColorImage, Context, TextureOptions};
use varaq_trust::{Contact, Name, PublisherId, State, claimed_name};

impl App {
    /// Asks for the chosen publisher as a picture.
    pub(super) fn show_picture(&mut self) {
        let (Some(id), Stretched::Done(code)) = (self.publishers.chosen, self.publishers.code)
        else {
            return;
        };
        let names = own_names(&self.state, &id);
        // What the reader calls it stays here: only its own names are handed on, and without them the code alone.
        let is_contact = !names.is_empty();
        let text = if is_contact {
            let dossier = self.state.evidence.dossier(&id);
            let contact = Contact {
                code,
                id,
                root: dossier.and_then(|dossier| dossier.newest),
                names,
                own: Vec::new(),
            };
            contact.short().to_string()
        } else {
            code.to_string()
        };
        self.publishers.picture = Picture::Drawing;
        self.desk.draw(id, text, is_contact);
    }

    pub(super) fn take_drawn(
        &mut self,
        ctx: &Context,
        id: PublisherId,
        drawn: Option<ColorImage>,
        is_contact: bool,
    ) {
        let waits = matches!(self.publishers.picture, Picture::Drawing);
        if self.publishers.chosen != Some(id) || !waits {
            return;
        }
        self.publishers.picture = match drawn {
            None => Picture::Failed,
            Some(image) => Picture::Here {
                texture: ctx.load_texture("qr", image, TextureOptions::NEAREST),
                is_contact,
            },
        };
    }

    /// Opens the field for the chosen publisher's name.
    pub(super) fn ask_name(&mut self) {
        let id = self.publishers.chosen;
        let pin = id.and_then(|id| self.state.pins.find(&id));
        self.publishers.naming = pin.map(|pin| Naming::of(&pin.name));
    }

    /// Calls the chosen publisher so; by its own name if nothing is typed. No two publishers are called alike.
    pub(super) fn rename(&mut self, typed: &str) {
        let Some(id) = self.publishers.chosen else {
            return;
        };
        let own = own_names(&self.state, &id);
        let name = match typed.trim() {
            "" => claimed_name(&own).to_owned(),
            name => name.to_owned(),
        };
        if let Some(taken) = self.taken(&id, &name) {
            if let Some(naming) = &mut self.publishers.naming {
                naming.taken = Some(taken);
            }
            return;
        }
        self.publishers.naming = None;
        if name.is_empty() {
            return;
        }
        let pet_name = Some(name.clone()).filter(|name| own.iter().all(|own| own.name != *name));
        self.change(Change::Added, move |state| {
            if let Some(mut pin) = state.pins.find(&id).cloned() {
                pin.rename(name.clone());
                state.pins.add(pin);
            }
        });
        if let Some(facts) = self.open_facts_mut().filter(|facts| facts.id == id) {
            facts.pet_name = pet_name;
        }
        self.publishers.refresh(&self.state);
    }

    /// The other publisher that is called so, or so that an eye takes it for that.
    fn taken(&self, id: &PublisherId, name: &str) -> Option<String> {
        let mut others = self.state.pins.clone();
        others.remove(id);
        let name = Name {
            language: String::new(),
            name: name.to_owned(),
        };
        let alike = others.look_alike(std::slice::from_ref(&name));
        alike.map(|pin| pin.name.clone())
    }
}

/// What a publisher calls itself, as far as its statements were met.
fn own_names(state: &State, id: &PublisherId) -> Vec<Name> {
    let dossier = state.evidence.dossier(id);
    dossier.map_or(Vec::new(), |dossier| dossier.names)
}
