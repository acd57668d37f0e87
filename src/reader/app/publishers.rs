//! The list of trusted publishers: choosing one, and trusting one no longer.
use super::App;
use crate::{desk::Change, issue::Stretched};
use varaq_trust::{PublisherId, State};

impl App {
    /// Looks at what is known now; a publisher is chosen if there is one.
    pub(super) fn list_publishers(&mut self) {
        self.publishers.refresh(&self.state);
        self.publishers.put_in_order(&self.words);
        let chosen = self.publishers.chosen.is_some();
        if let Some(first) = self.publishers.first().filter(|_| !chosen) {
            self.choose_publisher(first);
        }
    }

    pub(super) fn choose_publisher(&mut self, id: PublisherId) {
        let failed = matches!(self.publishers.code, Stretched::NoMemory);
        if self.publishers.chosen == Some(id) && !failed {
            return;
        }
        self.publishers.choose(id, &self.state);
        self.desk.code_of(id);
    }

    pub(super) fn take_code_of(&mut self, id: PublisherId, code: Stretched) {
        if self.publishers.chosen == Some(id) {
            self.publishers.code = code;
        }
    }

    /// Trusts the chosen publisher no longer, here and in what is kept. The file that is open was judged with
    /// this trust, so it is closed.
    pub(super) fn remove_publisher(&mut self) {
        self.publishers.asking = false;
        self.publishers.failed = None;
        let Some(id) = self.publishers.chosen.take() else {
            return;
        };
        self.change(Change::Removed, move |state| {
            state.pins.remove(&id);
            state.evidence.forget(&id);
        });
        self.sample_state.pins = super::with_samples(&self.state.pins);
        self.close_file();
        self.list_publishers();
    }

    /// Changes what is known in this session and, where something of it is kept already, what is kept.
    pub(super) fn change(&mut self, kind: Change, change: impl Fn(&mut State) + Send + 'static) {
        change(&mut self.state);
        change(&mut self.sample_state);
        self.judge_shelf();
        if let Some(file) = self.state_file.clone().filter(|_| self.state_kept) {
            self.desk.write(file, kind, change);
        }
    }

    /// Writes all that stands on the list to this computer, because the reader asked for it.
    pub(super) fn remember_all(&mut self) {
        let Some(file) = self.state_file.clone() else {
            return;
        };
        self.publishers.failed = None;
        let session = self.state.clone();
        self.desk.write(file, Change::Added, move |kept| {
            for pin in session.pins.iter() {
                kept.evidence.adopt(&session.evidence, &pin.id);
                kept.pins.add(pin.clone());
            }
            for code in session.pins.awaited() {
                kept.pins.await_code(*code);
            }
        });
    }

    pub(super) fn take_written(&mut self, kind: Change, left: Result<bool, String>) {
        match left {
            Ok(left) => self.state_kept = left,
            Err(cause) => self.publishers.failed = Some((kind, cause)),
        }
    }
}
