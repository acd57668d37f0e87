//! The first start, and where things are kept from then on.
use super::App;
use crate::{
    home::Home,
    place::Place,
    screens::{FirstState, HiddenState, PublishersState, SearchState, ShelfState, VerdictState},
    settings::Settings,
    words::{Language, Words},
};
use eframe::egui::{Context, ViewportCommand};
use varaq_shelf::{Mode, StateFile};
use varaq_storage::Disk;
use varaq_trust::{Code, CodeError, State};

/// What a window list shows while everything is put away.
const HIDDEN_TITLE: &str = "Untitled";

impl App {
    /// Uses this home from now on: whom it trusts, its shelf, and how its reader likes the window.
    pub(super) fn settle_in(&mut self, home: Home) {
        self.state_file = home.folder.as_deref().map(StateFile::in_folder);
        // A state that cannot be read trusts nobody. That is the safe side, but a known publisher must not
        // become a stranger without a word: screens say so.
        let kept = self.state_file.as_ref().map(StateFile::load);
        self.state_unread = matches!(kept, Some(Err(_)));
        self.state = kept.and_then(Result::ok).unwrap_or_default();
        self.state_kept = crate::desk::holds_trust(&self.state);
        self.sample_state = State {
            pins: super::with_samples(&self.state.pins),
            ..State::default()
        };
        let shelf = self.desk.shelf();
        shelf.open(&home, &self.state, self.today);
        self.home = home;
    }

    /// Speaks another language from now on.
    pub(super) fn speak(&mut self, language: Language) {
        self.reword(Words::new(language));
        self.keep_settings();
    }

    /// Keeps how the reader likes the window, where anything is kept. A disk that refuses costs no more than that.
    pub(super) fn keep_settings(&self) {
        if self.first.is_some() {
            return;
        }
        if let Some(folder) = self.home.folder.clone() {
            let settings = self.settings();
            self.desk.later(move || {
                let _ = settings.save(&Disk, &folder);
            });
        }
    }

    fn settings(&self) -> Settings {
        Settings {
            language: Some(self.words.language()),
            theme: self.chosen_theme,
            look: self.look,
            zoom: self.zoom,
            compact: self.compact,
        }
    }

    pub(super) fn choose_mode(&mut self, mode: Mode) {
        if let Some(first) = &mut self.first {
            first.mode = mode;
            first.failed = None;
        }
    }

    /// Asks again where things are to be kept; what is kept where it is now stays there.
    pub(super) fn choose_home(&mut self) {
        self.homes = crate::home::Surroundings::of_this_program().choices();
        self.first = FirstState::of(&self.homes);
        if let Some(first) = &mut self.first {
            first.mode = self.home.mode;
            first.again = true;
        }
        self.close_file();
        self.go(Place::First);
    }

    /// Puts everything away: nothing of what was read is left in the window, nor held by its workers. What is kept on
    /// a disk stays there, and is looked for again when the reader comes back.
    pub(super) fn put_away(&mut self, ctx: &Context) {
        if self.here() == Place::Hidden {
            return self.come_back(ctx);
        }
        self.leave_article();
        self.desk.close_all();
        (self.file, self.article, self.folder) = (None, None, None);
        (self.state, self.sample_state) = (State::default(), State::default());
        self.row_seals.clear();
        self.removing.clear();
        (self.shelf, self.search) = (ShelfState::default(), SearchState::default());
        self.publishers = PublishersState::default();
        self.verdict = VerdictState::default();
        (self.palette, self.aim) = (None, None);
        (self.keys_open, self.languages_open, self.targets_open) = (false, false, false);
        self.samples.clear();
        self.ink.forget();
        self.history.begin_at(Place::Hidden);
        ctx.send_viewport_cmd(ViewportCommand::Title(HIDDEN_TITLE.to_owned()));
        ctx.request_repaint();
    }

    /// From the page that hides everything back to the shelf, or to the question that was not answered.
    fn come_back(&mut self, ctx: &Context) {
        self.hidden = HiddenState::default();
        self.settle_in(self.home.clone());
        self.list_samples();
        let asked = self.first.as_ref().is_some_and(|first| !first.again);
        self.history
            .begin_at(if asked { Place::First } else { Place::Shelf });
        self.first = self.first.take().filter(|_| asked);
        ctx.send_viewport_cmd(ViewportCommand::Title("Varaq".to_owned()));
    }

    /// The first start is over: what was chosen is kept where it was chosen to be kept.
    pub(super) fn begin(&mut self) {
        let Some(first) = &mut self.first else { return };
        let code = match first.code.digits().parse::<Code>() {
            Ok(code) => Some(code),
            Err(CodeError::Incomplete { .. }) if first.code.digits().is_empty() => None,
            // The page says how many digits are missing.
            Err(CodeError::Incomplete { .. }) => return,
            Err(_) => {
                first.typo = true;
                return;
            }
        };
        let chosen = first.mode;
        let home = self.homes.iter().find(|home| home.mode == chosen);
        let home = home.cloned().unwrap_or(Home::MEMORY);
        if let Some(folder) = &home.folder
            && let Err(error) = self.settings().save(&Disk, folder)
        {
            if let Some(first) = &mut self.first {
                first.failed = Some(error.to_string());
            }
            return;
        }
        self.first = None;
        let session = std::mem::take(&mut self.state);
        self.settle_in(home);
        // Whom the reader came to trust before in this sitting stays trusted in it.
        for pin in session.pins.iter() {
            if self.state.pins.find(&pin.id).is_none() {
                self.state.evidence.adopt(&session.evidence, &pin.id);
                self.state.pins.add(pin.clone());
            }
        }
        self.judge_shelf();
        if let Some(code) = code {
            self.wait_for(code);
        }
        self.history.begin_at(Place::Shelf);
    }

    /// Waits for a code, and keeps it where the reader has just said that things are to be kept.
    fn wait_for(&mut self, code: Code) {
        for state in [&mut self.state, &mut self.sample_state] {
            state.pins.await_code(code);
        }
        if let Some(file) = self.state_file.clone() {
            let change = move |state: &mut State| state.pins.await_code(code);
            self.desk.write(file, crate::desk::Change::Added, change);
        }
    }
}
