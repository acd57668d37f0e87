//! What stands around the screens: the bar, the strip, the sheet of keys, the drop note.
use super::{App, FileState};
use crate::{
    command::Command,
    desk::Source,
    icon::Icon,
    place::Place,
    screens::{self, Action, ArticleScreen, FrontState},
    theme::size,
    widgets::{self, Button, Text, View, button, label, middle, text_size},
};
use eframe::egui::{CornerRadius, Id, Rect, Stroke, StrokeKind, Ui, vec2};
use varaq_trust::Line;

impl App {
    /// Draws the window; state is lent to screens, and what they ask for comes back.
    pub(super) fn draw(&mut self, ui: &mut Ui) -> Vec<Action> {
        let (ink, colours) = (self.ink.clone(), self.colours.clone());
        let words = std::mem::replace(&mut self.words, crate::words::Words::silent());
        let view = View {
            ink: &ink,
            words: &words,
            colours: &colours,
            rtl: words.language().is_rtl(),
        };
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0, colours.desk);
        let mut actions = self.screen(&view, ui, rect);
        if self.keys_open {
            screens::keys(&view, ui, rect);
        }
        if self.targets_open {
            let name = match self.saves_text {
                true => self.text_name(),
                false => self.copy_name(),
            };
            actions = screens::targets(&view, ui, rect, &name, &self.drives);
        }
        if self.languages_open {
            actions = screens::languages(&view, ui, rect);
        }
        if let Some(palette) = &mut self.palette {
            // What lies below hears nothing while it is open.
            actions = screens::palette(&view, ui, rect, palette);
        }
        if ui.input(|input| !input.raw.hovered_files.is_empty()) {
            drop_note(&view, ui, rect);
        }
        self.words = words;
        actions.retain(|action| !self.keys_open || matches!(action, Action::Do(_)));
        actions
    }

    fn screen(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        let mut rest = rect;
        let here = self.here();
        if here == Place::Hidden {
            screens::hidden(view, ui, rect, &mut self.hidden);
            return Vec::new();
        }
        if let (Place::First, Some(first)) = (here, &mut self.first) {
            return screens::first(view, ui, rect, first);
        }
        let mut actions = if here.needs_file() {
            self.bar(view, ui, &mut rest)
        } else {
            let bar = self.sidebar();
            screens::sidebar(view, ui, &mut rest, &bar)
        };
        if here.shows_content() {
            self.strips(view, ui, &mut rest);
        }
        if here.needs_file() {
            let keeping = self.shelf.keeping.as_ref();
            let copying = self.shelf.copying.as_ref();
            let told = self.shelf.told;
            screens::keeping(view, ui, &mut rest, keeping, copying, told, &mut actions);
        }
        match here {
            Place::First | Place::Hidden => {}
            Place::Help => actions.extend(screens::help(view, ui, rest)),
            Place::Settings => {
                let state = screens::SettingsState {
                    theme: self.chosen_theme,
                    look: self.look,
                    zoom: self.zoom,
                    home: &self.home,
                };
                actions.extend(screens::settings(view, ui, rest, &state));
            }
            Place::Shelf => actions.extend(self.shelf_screen(view, ui, rest)),
            Place::Search => actions.extend(self.search_screen(view, ui, rest)),
            Place::Files => {
                let around = screens::Around {
                    drives: &self.drives,
                    seals: &self.row_seals,
                };
                let folder = self.folder.as_ref();
                actions.extend(screens::files(view, ui, rest, folder, &around));
            }
            Place::Publishers => {
                let trusts = crate::desk::holds_trust(&self.state);
                self.publishers.unread = self.state_unread;
                self.publishers.unkept = trusts && self.state_file.is_some() && !self.state_kept;
                actions.extend(screens::publishers(view, ui, rest, &mut self.publishers));
            }
            Place::Verdict => actions.extend(self.verdict_screen(view, ui, rest)),
            Place::Front => actions.extend(self.front_screen(view, ui, rest)),
            Place::Article(_) => {
                self.unfold_bar(view, ui, &mut rest);
                if let Some(article) = &mut self.article {
                    actions.extend(article.show(view, ui, rest));
                }
            }
        }
        actions
    }

    /// Whether the article on screen is starred; `None` where there is none, or nothing may be remembered of it.
    fn starred(&self) -> Option<bool> {
        let trusted = self.file.as_ref().is_some_and(|file| !file.untrusted);
        let on_page = matches!(self.here(), Place::Article(_)) && trusted;
        let entry = self.article.as_ref().filter(|_| on_page)?;
        entry.entry.key.map(|_| entry.entry.starred)
    }

    fn sidebar(&self) -> screens::Sidebar {
        let shelf = self.shelf.shelf.as_ref();
        screens::Sidebar {
            here: self.here(),
            unread: shelf.map_or(0, |shelf| shelf.counts.unread.into()),
            mode: self.home.mode,
            dark: self.theme.is_dark(),
        }
    }

    fn shelf_screen(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        self.shelf.state_unread = self.state_unread;
        self.shelf.knows_today = self.today.is_some();
        let sticks = self.drives.iter().filter(|drive| drive.is_removable);
        self.shelf.sticks = sticks.cloned().collect();
        let samples = self.samples.iter();
        let samples: Vec<_> = samples.map(|row| row.in_words(view.words)).collect();
        screens::shelf(view, ui, rect, &mut self.shelf, &samples)
    }

    fn search_screen(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        let file = self.file.as_ref();
        let from_file = file.filter(|file| !matches!(file.source, Source::Kept { .. }));
        self.search.has_open = from_file.is_some_and(|file| file.front.is_some());
        self.search.unread_file = from_file.is_some_and(|file| file.front.is_none());
        screens::search(view, ui, rect, &mut self.search)
    }

    /// What must not be forgotten while an issue is read, one strip for each.
    fn strips(&self, view: &View<'_>, ui: &mut Ui, rest: &mut Rect) {
        let Some(file) = &self.file else { return };
        let Some(checked) = file.checked() else {
            return;
        };
        if file.untrusted {
            let key = if checked.verdict == varaq_trust::Verdict::ImpostorName {
                "strip-different"
            } else {
                "strip-unknown"
            };
            let words = view.words.text(key);
            widgets::strip(view, ui, rest, Icon::new("unknown"), &words);
        }
        for line in &checked.lines {
            if let Some((icon, words)) = strip_words(view, line) {
                widgets::strip(view, ui, rest, Icon::new(icon), &words);
            }
        }
    }

    /// The button under the bar of a page whose text is folded behind a warning.
    fn unfold_bar(&mut self, view: &View<'_>, ui: &mut Ui, rest: &mut Rect) {
        if !self.article.as_ref().is_some_and(ArticleScreen::is_folded) {
            return;
        }
        let bar = widgets::take_top(rest, 56.0).shrink2(vec2(size::S[5], size::S[2]));
        let words = view.words.text("harm-show");
        let show = Button::normal(&words);
        let mut row = bar;
        let place = view.take_start(&mut row, show.width(view));
        if button(view, ui, place, Id::unique("unfold"), &show).clicked() {
            let section = self
                .article
                .as_ref()
                .map(|article| self.section_name(&article.entry))
                .unwrap_or_default();
            if let Some(article) = &mut self.article {
                article.unfold(&section, view.words);
            }
        }
    }

    fn verdict_screen(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        let Some(file) = &self.file else {
            return Vec::new();
        };
        self.verdict.state_unread = self.state_unread;
        self.verdict.memory_only = !self.state_kept;
        match &file.state {
            FileState::Checking(done) => {
                screens::checking(view, ui, rect, &file.source.name(), *done)
            }
            FileState::Searching => screens::searching(view, ui, rect, &file.source.name()),
            FileState::Handed(handing) => {
                let name = file.source.name();
                screens::handed(view, ui, rect, (&name, handing), &mut self.verdict)
            }
            FileState::Refused(cause) => {
                screens::refused(view, ui, rect, &file.source.name(), cause)
            }
            FileState::Checked(checked) => {
                screens::verdict(view, ui, rect, checked, &mut self.verdict)
            }
        }
    }

    fn front_screen(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) -> Vec<Action> {
        let Some(file) = &mut self.file else {
            return Vec::new();
        };
        let (FileState::Checked(checked), Some(front)) = (&file.state, &file.front) else {
            return Vec::new();
        };
        let state = FrontState {
            checked,
            front,
            chosen: file.chosen,
            reveal: std::mem::take(&mut file.reveal),
            section: file.section,
            picture: file.lead_picture.as_ref(),
            compact: self.compact,
        };
        let (actions, section) = screens::front(view, ui, rect, &state);
        if let Some(section) = section {
            file.section = section;
            file.chosen = None;
        }
        actions
    }

    fn bar(&mut self, view: &View<'_>, ui: &mut Ui, rest: &mut Rect) -> Vec<Action> {
        let mut actions = Vec::new();
        let mut bar = widgets::top_bar(view, ui, rest);
        let mut tool =
            |view: &View<'_>, ui: &mut Ui, place: Rect, icon: Icon, command: Command, on: bool| {
                if widgets::icon_button(view, ui, place, icon, command, on).clicked() {
                    actions.push(Action::Do(command));
                }
            };
        let place = view.take_start(&mut bar, size::BUTTON);
        tool(
            view,
            ui,
            place,
            Icon::new("back").turning(view.rtl),
            Command::GoBack,
            false,
        );
        view.take_start(&mut bar, size::S[2]);
        let place = view.take_end(&mut bar, size::BUTTON);
        tool(
            view,
            ui,
            place,
            Icon::new("sun"),
            Command::SwitchTheme,
            self.theme.is_dark(),
        );
        let place = view.take_end(&mut bar, size::BUTTON);
        tool(
            view,
            ui,
            place,
            Icon::new("keys"),
            Command::ShowKeys,
            self.keys_open,
        );
        let article = matches!(self.here(), Place::Article(_));
        if !article {
            let place = view.take_end(&mut bar, size::BUTTON);
            let here = self.here() == Place::Publishers;
            let icon = Icon::new("people");
            tool(view, ui, place, icon, Command::ShowPublishers, here);
        }
        if let Some(starred) = self.starred() {
            let place = view.take_end(&mut bar, size::BUTTON);
            let icon = Icon::new(if starred { "starf" } else { "star" });
            tool(view, ui, place, icon, Command::StarArticle, starred);
        }
        if self.here().needs_file() && self.can_copy() {
            let place = view.take_end(&mut bar, size::BUTTON);
            let icon = Icon::new("copy");
            tool(view, ui, place, icon, Command::CopyToStick, false);
        }
        if self.here().needs_file() && self.can_keep() && self.shelf.keeping.is_none() {
            let place = view.take_end(&mut bar, size::BUTTON);
            let icon = Icon::new("plus");
            tool(view, ui, place, icon, Command::KeepIssue, false);
        }
        if article {
            for (icon, command) in [
                ("larger", Command::TextLarger),
                ("smaller", Command::TextSmaller),
            ] {
                let place = view.take_end(&mut bar, size::BUTTON);
                tool(view, ui, place, Icon::new(icon), command, false);
            }
            let place = view.take_end(&mut bar, size::BUTTON);
            let open = self
                .article
                .as_mut()
                .is_some_and(|article| article.finding().is_some());
            tool(
                view,
                ui,
                place,
                Icon::new("search"),
                Command::FindInPage,
                open,
            );
            view.take_end(&mut bar, size::S[2]);
        }
        let switch = Button::quiet(view.words.language().own_name());
        let width = switch.width(view);
        if !article && bar.width() > 400.0 {
            let place = view.take_end(&mut bar, width);
            if button(
                view,
                ui,
                middle(place, size::BUTTON),
                Id::unique("language"),
                &switch,
            )
            .clicked()
            {
                actions.push(Action::Do(Command::SwitchLanguage));
            }
            view.take_end(&mut bar, size::S[2]);
        }
        if article {
            self.find_bar(view, ui, &mut bar, &mut actions);
        }
        self.place_words(view, ui, bar, &mut actions);
        actions
    }

    /// Seal and place; on the verdict sheet the file's own name, which is all that is known before.
    fn place_words(&self, view: &View<'_>, ui: &mut Ui, mut bar: Rect, actions: &mut Vec<Action>) {
        let Some(file) = &self.file else { return };
        let c = view.colours;
        if let (true, Some(checked)) = (self.here().shows_content(), file.checked()) {
            let (face, words) = self.seal_in(view, checked);
            let width = widgets::seal_width(view, &words).min(bar.width());
            let place = view.take_start(&mut bar, width);
            if widgets::seal_chip(
                view,
                ui,
                middle(place, 36.0),
                Id::unique("seal"),
                &face,
                &words,
                true,
            )
            .clicked()
            {
                actions.push(Action::Go(Place::Verdict));
            }
            view.take_start(&mut bar, size::S[3] + 2.0);
            let number = checked
                .facts
                .as_ref()
                .map(|facts| view.words.number(facts.number.into()))
                .unwrap_or_default();
            let number = view.words.with("front-issue", &[("number", number.into())]);
            let text = Text::new(&number, size::SMALL, c.ink2).lines(1);
            let height = text_size(view, &text, bar.width()).y;
            let place = if matches!(self.here(), Place::Article(_)) {
                let width = text_size(view, &text, bar.width()).x + 1.0;
                let room = bar.width();
                let place = view.take_start(&mut bar, width.min(room));
                view.take_start(&mut bar, size::S[2]);
                place
            } else {
                bar
            };
            if place.width() > 40.0 {
                label(view, ui, middle(place, height), &text);
            }
        } else if self.here() == Place::Verdict {
            let name = file.source.name();
            let text = Text::new(&name, size::STRONG, c.ink).facing(false).lines(1);
            let height = text_size(view, &text, bar.width()).y;
            label(view, ui, middle(bar, height), &text);
        }
    }

    fn seal_in(
        &self,
        view: &View<'_>,
        checked: &crate::issue::Checked,
    ) -> (crate::face::Face, String) {
        screens::seal_words(
            view.words,
            checked.verdict,
            checked.facts.as_ref().map(|f| f.names.as_slice()),
        )
    }

    fn find_bar(
        &mut self,
        view: &View<'_>,
        ui: &mut Ui,
        bar: &mut Rect,
        actions: &mut Vec<Action>,
    ) {
        let Some(article) = &mut self.article else {
            return;
        };
        let Some(finding) = article.finding() else {
            return;
        };
        let (hint, count) = (view.words.text("find-hint"), finding.count(view.words));
        for (icon, command) in [("close", Command::Leave), ("down", Command::FindNext)] {
            let place = view.take_end(bar, size::BUTTON);
            if widgets::icon_button(view, ui, place, Icon::new(icon), command, false).clicked() {
                actions.push(Action::Do(command));
            }
        }
        let width = 260.0_f32.min(bar.width() - 60.0);
        let field = middle(view.take_end(bar, width), 40.0);
        let response = finding.input.show(view, ui, field, &hint);
        if !count.is_empty() {
            let text = Text::new(&count, size::CAPTION, view.colours.ink3).lines(1);
            let wide = text_size(view, &text, f32::INFINITY);
            view.take_end(bar, size::S[2]);
            let place = view.take_end(bar, wide.x + 2.0);
            label(view, ui, middle(place, wide.y), &text);
        }
        view.take_end(bar, size::S[3]);
        if response.changed() {
            article.search();
        }
    }
}

/// Icon and words of the strip of a line; `None` for lines that matter on the verdict sheet alone.
fn strip_words(view: &View<'_>, line: &Line) -> Option<(&'static str, String)> {
    Some(match line {
        Line::OlderThanSeen { newest, .. } => {
            let number = view.words.number(newest.number.into());
            let words = view.words.with("strip-older", &[("number", number.into())]);
            ("clock", words)
        }
        Line::IdentityFrozen => ("alert", view.words.text("strip-frozen")),
        Line::SeenBeforeSuspension => ("alert", view.words.text("strip-suspended")),
        _ => return None,
    })
}

/// What stands over the window while a file is held above it.
fn drop_note(view: &View<'_>, ui: &mut Ui, rect: Rect) {
    let c = view.colours;
    let frame = rect.shrink(size::S[4]);
    ui.painter().rect(
        frame,
        CornerRadius::same(8),
        c.accent_soft.gamma_multiply(0.9),
        Stroke::new(2.0, c.accent),
        StrokeKind::Inside,
    );
    let words = view.words.text("drop-here");
    let text = Text::new(&words, size::TITLE, c.accent).centred();
    let height = text_size(view, &text, frame.width()).y;
    label(
        view,
        ui,
        middle(frame.shrink2(vec2(size::S[5], 0.0)), height),
        &text,
    );
}
