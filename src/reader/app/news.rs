//! What the workers found becomes state.
use super::{App, FileState, Open};
use crate::{
    desk::{News, Source},
    handed::Kind,
    issue::{Checked, Picture, Stretched},
    place::Place,
    screens::{Compared, Folder},
};
use eframe::egui::{Context, TextureOptions};
use varaq_trust::{Code, Learned, Pins, PublisherId, Verdict};

impl App {
    pub(super) fn take_news(&mut self, ctx: &Context) {
        // What was asked for before everything was put away is not taken out again.
        let hidden = self.here() == Place::Hidden;
        let harmless = |news: &News| matches!(news, News::Drives(_));
        let news = self.desk.news().into_iter();
        for news in news.filter(|news| !hidden || harmless(news)) {
            self.take(ctx, news);
        }
    }

    fn take(&mut self, ctx: &Context, news: News) {
        match news {
            News::Shelf(news) => self.take_shelf(ctx, news),
            News::Folder(folder) => self.take_folder(*folder),
            News::Copying(now) => {
                if let Some((copying, _)) = &mut self.shelf.copying {
                    *copying = now;
                }
            }
            News::Drives(drives) => self.drives = drives,
            News::Row(path, verdict, names) => {
                self.row_seals.insert(path, (verdict, names));
            }
            News::Sample(index, verdict, names) => {
                if let Some(row) = self.samples.get_mut(index) {
                    row.seal = Some((verdict, names));
                }
            }
            News::Story(number, story, rows) => {
                let section = self
                    .article
                    .as_ref()
                    .map(|article| self.section_name(&article.entry))
                    .unwrap_or_default();
                if let Some(article) = self
                    .article
                    .as_mut()
                    .filter(|article| article.entry.number == number)
                {
                    match rows {
                        Some(rows) => article.set_rows(*story, *rows, &section, &self.words),
                        None => article.set_story(*story, &section, &self.words),
                    }
                }
                self.has_opened();
            }
            News::Picture(number, medium, picture) => self.picture(ctx, number, medium, *picture),
            News::CodeOf(id, code) => self.take_code_of(id, code),
            News::Written(kind, left) => self.take_written(kind, left),
            News::Named(code, named) => self.take_named(code, named),
            News::Drawn(publisher, drawn, is_contact) => {
                self.take_drawn(ctx, publisher, drawn, is_contact);
            }
            News::Kept(publisher, kept) => self.take_kept(publisher, kept),
            News::Code(code) => self.take_code(code),
            other => self.of_file(other),
        }
    }

    fn take_folder(&mut self, mut folder: Folder) {
        folder.put_in_order(self.words.language());
        let bundles = folder
            .rows
            .iter()
            .filter(|row| row.kind == Some(Kind::Bundle));
        let bundles = bundles.map(|row| row.path.clone()).collect();
        self.row_seals.clear();
        self.desk.judge_rows(bundles, &self.state, self.today);
        self.folder = Some(folder);
    }

    fn of_file(&mut self, news: News) {
        let Some(file) = &mut self.file else { return };
        match news {
            News::Progress(done, total) => file.state = FileState::Checking(Some((done, total))),
            News::Checked(checked, learned) => {
                if let Some(facts) = checked.facts.as_ref().filter(|_| shows_code(&checked)) {
                    self.desk.code(facts.id);
                }
                file.state = FileState::Checked(checked);
                self.learn(learned);
            }
            News::Arrived(id, pins) => self.arrived(id, &pins),
            News::Searching => file.state = FileState::Searching,
            News::Handed(handing) => file.state = FileState::Handed(handing),
            News::Refused(cause) => file.state = FileState::Refused(cause),
            News::Front(front, told) => {
                file.front = Some(*front);
                if self.is_open_at_once() {
                    self.history.replace(Place::Front);
                } else {
                    self.history.go(Place::Front);
                }
                self.learn(told);
                self.reach_aim();
            }
            _ => {}
        }
    }

    fn take_kept(&mut self, publisher: PublisherId, kept: Result<(), String>) {
        self.state_kept |= kept.is_ok();
        let checked = self.file.as_ref().and_then(Open::checked);
        let facts = checked.and_then(|checked| checked.facts.as_ref());
        if facts.is_some_and(|facts| facts.id == publisher) {
            self.verdict.remember = Some(Some(kept));
        }
    }

    /// The code that was waited for has come: from now on the publisher is trusted, and kept where the code was.
    fn arrived(&mut self, id: PublisherId, pins: &Pins) {
        let Some(pin) = pins.find(&id) else { return };
        let is_left = |code: &&Code| pins.awaited().any(|left| left == *code);
        let code = self
            .state
            .pins
            .awaited()
            .find(|code| !is_left(code))
            .copied();
        for state in [&mut self.state, &mut self.sample_state] {
            if let Some(code) = &code {
                state.pins.forget_code(code);
            }
            state.pins.add(pin.clone());
        }
        self.judge_shelf();
        if self.state_kept {
            self.keep_pin(id, code);
        }
    }

    /// Adds what the open file has proven to what is known, and to what is kept of it.
    fn learn(&mut self, learned: Learned) {
        let source = self.file.as_ref().map(|file| &file.source);
        let sample = matches!(source, Some(Source::Sample { .. }));
        let state = if sample {
            &mut self.sample_state
        } else {
            &mut self.state
        };
        let new = state.evidence.learn(&learned);
        if new && !sample {
            self.judge_shelf();
        }
        if self.here() == Place::Publishers {
            self.list_publishers();
        }
        if let Some(kept) = self.state_file.as_ref().filter(|_| self.state_kept)
            && new
            && !sample
        {
            self.desk.keep(kept.clone(), learned);
        }
    }

    fn take_code(&mut self, code: Stretched) {
        let state = self.file.as_mut().map(|file| &mut file.state);
        if let Some(FileState::Checked(checked)) = state
            && let Some(facts) = &mut checked.facts
        {
            facts.code = code;
        }
        if self.verdict.compared == Some(Compared::Waiting) {
            self.verdict.compared = None;
            self.compare();
        }
    }

    fn picture(&mut self, ctx: &Context, number: u32, medium: usize, picture: Picture) {
        let open = self
            .article
            .as_mut()
            .filter(|article| article.entry.number == number);
        if let Some(article) = open {
            article.set_picture(ctx, medium, picture);
        } else if let (Some(file), Picture::Here(image)) = (&mut self.file, picture) {
            file.lead_picture = Some(ctx.load_texture("lead", image, TextureOptions::LINEAR));
        }
    }

    /// Asks for pictures that are on screen and not decoded yet.
    pub(super) fn ask_for_pictures(&mut self) {
        // Twice the column: sharp on dense screens, and small enough for an old PC.
        const WIDTH: u32 = 1_400;
        if let Some(article) = &mut self.article {
            for medium in article.take_wanted() {
                self.desk.picture(article.entry.number, medium, WIDTH);
            }
        }
        let Some(file) = self.file.as_mut().filter(|file| !file.lead_asked) else {
            return;
        };
        let Some(front) = &file.front else { return };
        file.lead_asked = true;
        let lead = front.entries.get(front.lead.unwrap_or(0));
        let picture =
            lead.and_then(|lead| Some((lead.number, lead.media.iter().position(Option::is_some)?)));
        if let Some((number, medium)) = picture {
            self.desk.picture(number, medium, WIDTH);
        }
    }
}

/// Whether the sheet of this verdict shows the publisher's code or asks for it.
fn shows_code(checked: &Checked) -> bool {
    matches!(
        checked.verdict,
        Verdict::Verified | Verdict::Pinned | Verdict::UnknownPublisher
    )
}
