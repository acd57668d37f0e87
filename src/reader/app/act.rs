//! Keys, drops and actions: the only place where state changes because of the reader.
use super::{App, Open};
use crate::{
    command::Command,
    desk::Source,
    handed::Handing,
    issue::{Facts, Stretched},
    place::Place,
    samples,
    screens::{Action, ArticleScreen, Compared, PaletteState, Picture, Told},
    theme::ThemeName,
    widgets::{CodeField, Input},
    words::Words,
};
use eframe::egui::{Context, Event, Key, KeyboardShortcut, ViewportCommand};
use varaq_trust::{Code, CodeError, Comparison, Pin, PublisherId};

impl App {
    pub(super) fn take_drops(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| {
            input
                .raw
                .dropped_files
                .first()
                .map(|file| file.path().to_path_buf())
        });
        // On the page that hides everything nothing is opened.
        if let Some(path) = dropped.filter(|_| self.here() != Place::Hidden) {
            self.open(Source::Path(path));
        }
    }

    pub(super) fn take_keys(&mut self, ctx: &Context) {
        let in_palette = self.palette.is_some();
        let typing = ctx.text_edit_focused() || self.field_has_focus(ctx);
        let focused = ctx.memory(|memory| memory.focused().is_some());
        for command in Command::ALL {
            for shortcut in command.keys(self.words.language().is_rtl()) {
                // Letters and arrows belong to a field; Space belongs to whatever has the focus.
                let mine = (!typing || Command::acts_in_fields(&shortcut))
                    && (!focused || shortcut.logical_key != Key::Space)
                    && (!in_palette || command.is_for_palette());
                if mine && pressed(ctx, &shortcut) {
                    self.run(ctx, command);
                }
            }
        }
        if in_palette {
            return;
        }
        if !focused && ctx.input(|input| input.key_pressed(Key::Enter)) {
            self.enter();
        }
        let on_page = matches!(self.here(), Place::Article(_));
        if typing && self.here() == Place::Search {
            self.take_search_keys(ctx);
        }
        if typing && on_page && ctx.input(|input| input.key_pressed(Key::Enter)) {
            let back = ctx.input(|input| input.modifiers.shift);
            if let Some(article) = &mut self.article {
                article.next_hit(!back);
            }
        }
    }

    /// The arrows move through the hits while the field keeps the focus, and Enter opens one.
    fn take_search_keys(&mut self, ctx: &Context) {
        for (key, next) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
            if ctx.input(|input| input.key_pressed(key)) {
                self.search.list.choose(next);
            }
        }
        if ctx.input(|input| input.key_pressed(Key::Enter)) {
            let hit = self.search.list.chosen();
            if let Some((issue, number)) = hit.map(|hit| (hit.issue, hit.number)) {
                self.open_hit(issue, number);
            }
        }
    }

    fn field_has_focus(&self, ctx: &Context) -> bool {
        Input::is_focused(ctx)
            || ctx.memory(|memory| memory.has_focus(eframe::egui::Id::unique("code")))
    }

    /// Enter where no control has the focus: the chosen headline.
    fn enter(&mut self) {
        let chosen = self
            .file
            .as_ref()
            .and_then(|file| Some((file.front.as_ref()?, file.chosen?)));
        let number = chosen.and_then(|(front, index)| Some(front.entries.get(index)?.number));
        if let Some(number) = number.filter(|_| self.here() == Place::Front) {
            return self.go(Place::Article(number));
        }
        let hit = self.list_here().and_then(|list| list.chosen());
        if let Some((issue, number)) = hit.map(|hit| (hit.issue, hit.number)) {
            self.open_hit(issue, number);
        }
    }

    /// Carries a command out.
    pub fn run(&mut self, ctx: &Context, command: Command) {
        match command {
            _ if self.here() == Place::First && !command.is_for_first() => {}
            _ if self.here() == Place::Hidden && !command.is_for_hidden() => {}
            Command::ShowAsList => {
                self.compact = !self.compact;
                self.keep_settings();
            }
            Command::MarkAllRead => self.mark_all_read(),
            Command::CopyArticle => {
                let here = matches!(self.here(), Place::Article(_));
                if let Some(text) = self.article_text().filter(|_| here) {
                    ctx.copy_text(text);
                    self.shelf.told = Some("copied-article");
                }
            }
            Command::ShowShelf => self.go(Place::Shelf),
            Command::ShowSettings => self.go(Place::Settings),
            Command::ShowHelp => self.go(Place::Help),
            Command::ShowPalette => self.palette = Some(PaletteState::default()),
            Command::PutAway => self.put_away(ctx),
            Command::ShowSearch => self.go(Place::Search),
            Command::StarArticle => self.star(),
            Command::MarkRead => self.mark_read(),
            Command::KeepIssue => self.keep_open(),
            Command::CopyToStick => {
                (self.targets_open, self.saves_text) = (self.can_copy(), false);
            }
            Command::SaveArticle => {
                let has_text = self.article_text().is_some();
                let here = matches!(self.here(), Place::Article(_)) && has_text;
                (self.targets_open, self.saves_text) = (here, here);
            }
            // A cover that has the focus hears it itself.
            Command::RemoveIssue => {}
            Command::OpenFile => {
                self.list(None);
                self.history.go(Place::Files);
            }
            Command::GoBack => self.back(),
            Command::GoForward => {
                self.history.forward();
                self.arrive();
            }
            Command::Leave => self.leave(),
            Command::ShowVerdict if self.file.is_some() => self.go(Place::Verdict),
            Command::ShowVerdict => {}
            Command::ShowPublishers => self.go(Place::Publishers),
            Command::FullScreen => {
                self.full_screen = !self.full_screen;
                ctx.send_viewport_cmd(ViewportCommand::Fullscreen(self.full_screen));
            }
            Command::SwitchLanguage => self.languages_open = !self.languages_open,
            Command::SwitchTheme => {
                self.dress_in(ctx, Some(self.theme.next()));
            }
            Command::ShowKeys => self.keys_open = !self.keys_open,
            Command::Quit => self.quitting = true,
            Command::NextItem | Command::PreviousItem if self.here() == Place::Front => {
                self.choose(command == Command::NextItem)
            }
            Command::NextItem | Command::PreviousItem if self.list_here().is_some() => {
                if let Some(list) = self.list_here() {
                    list.choose(command == Command::NextItem);
                }
            }
            other => self.on_article(ctx, other),
        }
    }

    fn dress_in(&mut self, ctx: &Context, chosen: Option<ThemeName>) {
        self.chosen_theme = chosen;
        self.wear(ctx, chosen.unwrap_or_else(|| ThemeName::of_computer(ctx)));
        self.keep_settings();
    }

    fn wear(&mut self, ctx: &Context, theme: ThemeName) {
        self.theme = theme;
        self.colours = theme.colours();
        self.dress(ctx);
    }

    /// Goes into the dark, or back, with the computer, unless a theme was chosen.
    pub(super) fn follow_computer(&mut self, ctx: &Context) {
        let theme = ThemeName::of_computer(ctx);
        if self.chosen_theme.is_none() && theme != self.theme {
            self.wear(ctx, theme);
        }
    }

    pub(super) fn reword(&mut self, words: Words) {
        self.words = words;
        if let Some(folder) = &mut self.folder {
            folder.put_in_order(self.words.language());
        }
        let section = self
            .article
            .as_ref()
            .map(|article| self.section_name(&article.entry))
            .unwrap_or_default();
        if let Some(article) = &mut self.article {
            article.reword(&section, &self.words);
        }
    }

    fn back(&mut self) {
        self.keys_open = false;
        self.languages_open = false;
        self.history.back();
        self.arrive();
    }

    /// Esc: what is on top goes first; on the start screen there is nothing to leave.
    fn leave(&mut self) {
        if std::mem::take(&mut self.languages_open)
            || std::mem::take(&mut self.targets_open)
            || std::mem::take(&mut self.keys_open)
            || self.palette.take().is_some()
        {
            return;
        }
        if self.here() == Place::Publishers && self.publishers.close_top() {
            return;
        }
        if self.here() == Place::Search && !self.search.input.text().is_empty() {
            self.search.input = Input::new();
            self.search.input.take_focus();
            return self.ask_search();
        }
        if matches!(self.here(), Place::Article(_))
            && self.article.as_mut().is_some_and(ArticleScreen::close_top)
        {
            return;
        }
        if self.here() == Place::Verdict && self.file.as_ref().is_some_and(Open::is_read) {
            self.desk.cancel();
            self.file = None;
        }
        self.back();
    }

    /// Goes to a place and fetches what it needs.
    pub(super) fn go(&mut self, place: Place) {
        match (self.here(), place) {
            (Place::Article(_), Place::Article(_)) => self.history.replace(place),
            _ => self.history.go(place),
        }
        self.arrive();
    }

    fn arrive(&mut self) {
        self.shelf.told = None;
        if self.here() != Place::First {
            self.first = self.first.take().filter(|first| !first.again);
        }
        match self.here() {
            Place::Publishers => self.list_publishers(),
            Place::Search => {
                self.search.input.take_focus();
                self.ask_search();
            }
            Place::Shelf => self.choose_tab(self.shelf.tab),
            _ => {}
        }
        let Place::Article(number) = self.here() else {
            return;
        };
        if self
            .article
            .as_ref()
            .is_some_and(|article| article.entry.number == number)
        {
            return;
        }
        let front = self.file.as_ref().and_then(|file| file.front.as_ref());
        let entry = front
            .and_then(|front| front.entries.iter().find(|entry| entry.number == number))
            .cloned();
        if let Some(entry) = entry {
            let mut screen = ArticleScreen::new(entry, self.look);
            screen.set_around(self.articles_around(number));
            self.desk.story(number, screen.setting());
            self.article = Some(screen);
        }
    }

    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Do(command) => self.run(ctx, command),
            Action::Open(path) => self.open(Source::Path(path)),
            Action::OpenSample(index) => {
                if let Some(sample) = samples::all().nth(index) {
                    self.open(Source::Sample {
                        name: sample.name,
                        bytes: sample.bytes,
                    });
                }
            }
            Action::List(folder) => self.list(Some(folder)),
            Action::Browse(folder) => {
                self.list(Some(folder));
                self.go(Place::Files);
            }
            Action::Go(place) => self.go(place),
            Action::Read => self.read(),
            Action::Compare => self.compare(),
            Action::AskCode => self.verdict.field = Some(CodeField::focused()),
            Action::Remember => self.remember(),
            Action::SkipCheck => self.desk.skip_check(),
            Action::ChoosePublisher(id) => self.choose_publisher(id),
            Action::AskRemoval(asking) => self.publishers.asking = asking,
            Action::RemovePublisher => self.remove_publisher(),
            Action::TypeCode => self.type_code(),
            Action::TakeCode => self.take_typed(),
            Action::ForgetCode(code) => self.forget_code(code),
            Action::ShowPicture(true) => self.show_picture(),
            Action::ShowPicture(false) => self.publishers.picture = Picture::Hidden,
            Action::AskName => self.ask_name(),
            Action::Rename(name) => self.rename(&name),
            Action::RememberAll => self.remember_all(),
            Action::TakeHanded => self.take_handed(),
            Action::Dress(theme) => self.dress_in(ctx, theme),
            Action::Zoom(percent) => {
                self.zoom = percent;
                self.dress(ctx);
                self.keep_settings();
            }
            Action::Look(look) => self.set_look(look),
            Action::ChooseHome => self.choose_home(),
            Action::FromPalette(command) => {
                self.palette = None;
                self.run(ctx, command);
            }
            Action::Speak(language) => {
                self.languages_open = false;
                self.speak(language);
            }
            Action::ChooseMode(mode) => self.choose_mode(mode),
            Action::Begin => self.begin(),
            Action::OpenKept(id) => self.open_kept(id),
            Action::OpenHit(issue, number) => self.open_hit(issue, number),
            Action::RemoveIssue(id) => self.remove_issue(id),
            Action::PutBack => self.put_back(),
            Action::CopyTo(folder, is_fat) => self.copy_to(folder, is_fat),
            Action::StopCopying => self.desk.stop_copying(),
            Action::StopKeeping => self.desk.shelf().stop_keeping(),
            Action::DismissNotice => {
                (self.shelf.failed, self.shelf.keeping, self.shelf.copying) = (None, None, None);
                self.shelf.told = None;
            }
            Action::ChooseTab(tab) => self.choose_tab(tab),
            Action::UnfoldRow(id) => {
                if !self.shelf.unfolded.remove(&id.0) {
                    self.shelf.unfolded.insert(id.0);
                }
            }
            Action::Search => self.ask_search(),
            Action::MoreHits => self.more_hits(),
            Action::Copy(text) => {
                ctx.copy_text(text);
                if self.here() == Place::Publishers {
                    self.publishers.told = Some(Told::Copied);
                }
            }
        }
    }

    fn read(&mut self) {
        let Some(file) = &mut self.file else { return };
        let Some(consent) = file.consent() else {
            return;
        };
        file.untrusted = consent != varaq_trust::Consent::Pinned;
        if file.front.is_some() {
            self.go(Place::Front);
        } else {
            self.desk.read(consent);
        }
    }

    /// The program compares; on a match the publisher is pinned for this session and the file judged again.
    pub(super) fn compare(&mut self) {
        let Some(field) = &self.verdict.field else {
            return;
        };
        if let Some(Handing::Contact(contact)) = self.file.as_mut().and_then(Open::handing) {
            return super::handed::compare(contact, &mut self.verdict);
        }
        let facts = self
            .file
            .as_ref()
            .and_then(Open::checked)
            .and_then(|checked| checked.facts.clone());
        let Some(facts) = facts else { return };
        let code = match facts.code {
            Stretched::Done(code) => code,
            Stretched::NotYet => return self.verdict.compared = Some(Compared::Waiting),
            Stretched::NoMemory => return self.verdict.compared = Some(Compared::NoMemory),
        };
        match field.digits().parse::<Code>() {
            Err(CodeError::Incomplete { .. }) => {}
            Err(_) => self.verdict.compared = Some(Compared::Typo),
            Ok(typed) => match code.compare(&typed) {
                Comparison::Different => self.verdict.compared = Some(Compared::Another),
                Comparison::Equal => {
                    self.trust(&facts);
                    self.judge_again();
                }
            },
        }
    }

    /// Trusts the publisher of these facts, whose code was compared. A pin that is there keeps its name and day.
    pub(super) fn trust(&mut self, facts: &Facts) {
        let names: Vec<_> = facts
            .names
            .iter()
            .map(|(language, name)| varaq_trust::Name {
                language: language.clone(),
                name: name.clone(),
            })
            .collect();
        for state in [&mut self.state, &mut self.sample_state] {
            let known = state.pins.find(&facts.id).cloned();
            let pin = known.unwrap_or_else(|| Pin::new(facts.id, &names, true, self.today));
            state.pins.add(Pin {
                checked: true,
                ..pin
            });
        }
        self.judge_shelf();
    }

    pub(super) fn judge_again(&mut self) {
        let Some(source) = self.file.as_ref().map(|file| file.source.clone()) else {
            return;
        };
        self.open(source);
        if self.state_file.is_some() {
            self.verdict.remember = Some(None);
        }
    }

    /// Keeps this publisher, because the reader asked for it, and what was met of it. Others of this session were
    /// not asked about.
    fn remember(&mut self) {
        let facts = self
            .file
            .as_ref()
            .and_then(Open::checked)
            .and_then(|checked| checked.facts.as_ref());
        if let Some(id) = facts.map(|facts| facts.id) {
            self.keep_pin(id, None);
        }
    }

    /// Writes a publisher of this session to what is kept; the answer comes as news.
    pub(super) fn keep_pin(&self, id: PublisherId, awaited: Option<Code>) {
        if let (Some(file), Some(pin)) = (&self.state_file, self.state.pins.find(&id)) {
            let evidence = self.state.evidence.clone();
            self.desk.pin(file.clone(), pin.clone(), awaited, evidence);
        }
    }
}

/// Whether a shortcut was pressed, and by nobody else taken. Shifted signs come as text on some keyboards.
fn pressed(ctx: &Context, shortcut: &KeyboardShortcut) -> bool {
    if shortcut.logical_key == Key::C && shortcut.modifiers.command {
        // egui turns it into a copy event, which the page handles.
        return false;
    }
    let exact = |modifiers: &eframe::egui::Modifiers| {
        modifiers.command == shortcut.modifiers.command
            && modifiers.alt == shortcut.modifiers.alt
            && (modifiers.shift == shortcut.modifiers.shift
                || matches!(shortcut.logical_key, Key::Plus | Key::Questionmark))
    };
    ctx.input(|input| {
        input.events.iter().any(|event| {
            matches!(event, Event::Key { key, pressed: true, modifiers, .. } if *key == shortcut.logical_key && exact(modifiers))
        })
    })
}
