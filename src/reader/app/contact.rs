//! First contact: a code that the reader types or a file shows, and what it does to the list.
use super::{App, FileState, Open};
use crate::{
    desk::Change,
    issue::{Facts, Stretched},
    place::Place,
    screens::{Compared, Told, Typing},
};
use varaq_trust::{Code, CodeError, Pin, PublisherId, StretchError};

impl App {
    /// Opens the panel for a code on the list of publishers.
    pub(super) fn type_code(&mut self) {
        self.publishers.told = None;
        self.publishers.typing = Some(Typing::new());
    }

    /// The panel's button: a whole code is looked for among the publishers that are known.
    pub(super) fn take_typed(&mut self) {
        let Some(typing) = &mut self.publishers.typing else {
            return;
        };
        match typing.field.digits().parse::<Code>() {
            Err(CodeError::Incomplete { .. }) => {}
            Err(_) => typing.compared = Some(Compared::Typo),
            Ok(code) => {
                typing.compared = Some(Compared::Waiting);
                self.desk.name_code(code, self.state.pins.clone());
            }
        }
    }

    /// Whose code it is was looked up. A panel that was closed meanwhile, or holds another code, changes nothing.
    pub(super) fn take_named(
        &mut self,
        code: Code,
        named: Result<Option<PublisherId>, StretchError>,
    ) {
        let Some(typing) = &mut self.publishers.typing else {
            return;
        };
        let same = typing.field.digits().parse::<Code>() == Ok(code);
        if !same || typing.compared != Some(Compared::Waiting) {
            return;
        }
        match named {
            Err(StretchError) => typing.compared = Some(Compared::NoMemory),
            Ok(named) => {
                self.publishers.typing = None;
                self.take_in_code(code, named);
            }
        }
    }

    /// A publisher that is known by now counts as checked; else the code waits for its first bundle, which may be
    /// open already.
    fn take_in_code(&mut self, code: Code, named: Option<PublisherId>) {
        let Some(id) = named else {
            return self.await_code(code);
        };
        let pin = self.state.pins.find(&id).cloned();
        let (name, before) = pin.map_or_else(Default::default, |pin| (pin.name, pin.checked));
        self.change(Change::Added, move |state| {
            if let Some(pin) = state.pins.find(&id).cloned() {
                let checked = true;
                state.pins.add(Pin { checked, ..pin });
            }
        });
        self.publishers.told = Some(if before {
            Told::CheckedBefore(name)
        } else {
            Told::Checked(name)
        });
        self.list_publishers();
        self.choose_publisher(id);
        if self.open_facts().is_some_and(|facts| facts.id == id) {
            self.reopen();
        }
    }

    fn await_code(&mut self, code: Code) {
        self.change(Change::Added, move |state| state.pins.await_code(code));
        self.publishers.told = Some(Told::Awaited);
        self.list_publishers();
        let is_its = |facts: &Facts| matches!(facts.code, Stretched::Done(its) if its == code);
        if self.open_facts().is_some_and(is_its) {
            self.reopen();
        }
    }

    /// Waits for a code no longer.
    pub(super) fn forget_code(&mut self, code: Code) {
        self.publishers.told = None;
        self.change(Change::Removed, move |state| {
            state.pins.forget_code(&code);
        });
        if self.here() == Place::Publishers {
            self.list_publishers();
        }
    }

    /// What the valid issue that is open says of itself.
    fn open_facts(&self) -> Option<&Facts> {
        let checked = self.file.as_ref().and_then(Open::checked)?;
        checked.facts.as_ref()
    }

    /// The same, to change what the reader calls its publisher.
    pub(super) fn open_facts_mut(&mut self) -> Option<&mut Facts> {
        match &mut self.file.as_mut()?.state {
            FileState::Checked(checked) => checked.facts.as_mut(),
            _ => None,
        }
    }

    /// Judges the file that is open by what is known now.
    fn reopen(&mut self) {
        if let Some(source) = self.file.as_ref().map(|file| file.source.clone()) {
            self.open(source);
        }
    }

    /// Closes the file that is open: it was judged with what was known before.
    pub(super) fn close_file(&mut self) {
        self.desk.cancel();
        (self.file, self.article) = (None, None);
        self.history.close_file();
    }
}
