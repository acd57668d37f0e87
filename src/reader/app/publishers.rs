//! The list of trusted publishers: choosing one, and trusting one no longer.
use super::App;
use crate::issue::Stretched;
use varaq_trust::PublisherId;

impl App {
    /// Looks at what is known now; a publisher is chosen if there is one.
    pub(super) fn list_publishers(&mut self) {
        self.publishers.refresh(&self.state);
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
        self.state.pins.remove(&id);
        self.state.evidence.forget(&id);
        self.sample_state.pins = super::with_samples(&self.state.pins);
        self.sample_state.evidence.forget(&id);
        if let Some(file) = self.state_file.clone().filter(|_| self.state_kept) {
            self.desk.remove(file, id);
        }
        self.desk.cancel();
        (self.file, self.article) = (None, None);
        self.history.close_file();
        self.list_publishers();
    }

    pub(super) fn take_removed(&mut self, left: Result<bool, String>) {
        match left {
            Ok(left) => self.state_kept = left,
            Err(cause) => self.publishers.failed = Some(cause),
        }
    }
}
