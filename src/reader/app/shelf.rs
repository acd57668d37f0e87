//! The shelf and the search: what the workers say, and what the reader does.
use super::{App, Open};
use crate::{
    desk::{Deed, ShelfNews, Source},
    issue::Entry,
    place::Place,
    screens::{Drawn, HITS, Tab},
    shelf::{Copying, CoverFace, Keeping, Question, Results, Shelf, visit_or_none},
};
use eframe::egui::{Context, TextureOptions};
use varaq_bundle::{Day, Hash};
use varaq_shelf::{ArticleKey, Filter, Mode, Position};
use varaq_trust::{Consent, Verdict};

/// Where the reader is in an article, to be remembered when it is left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stop {
    issue: Hash,
    key: ArticleKey,
    position: Option<Position>,
}

/// An article to go to when its issue is open.
#[derive(Clone, Debug)]
pub(super) struct Aim {
    number: u32,
    /// What is looked for in it.
    words: String,
}

impl App {
    pub(super) fn take_shelf(&mut self, ctx: &Context, news: ShelfNews) {
        match news {
            ShelfNews::Stands(shelf) => self.take_stand(shelf),
            ShelfNews::Found(wish, results) => self.take_results(wish, results),
            ShelfNews::Cover(issue, face) => self.take_cover(ctx, issue, *face),
            ShelfNews::Filling(filling) => {
                (self.shelf.filling, self.search.filling) = (filling, filling);
            }
            ShelfNews::Keeping(keeping) => self.take_keeping(keeping),
            ShelfNews::Removed(taken) => {
                let name = std::mem::take(&mut self.removing);
                self.shelf.taken = Some((taken, name));
            }
            ShelfNews::ReadingLost => self.shelf.reading_lost = true,
            ShelfNews::Failed(cause) => self.shelf.failed = Some(cause),
        }
    }

    fn take_stand(&mut self, shelf: Box<Shelf>) {
        let language = self.words.language();
        let named = shelf.publishers.iter().filter_map(|publisher| {
            let first = publisher.issues.first()?;
            Some((publisher.id, first.facts.publisher(language).to_owned()))
        });
        self.search.publishers = named.collect();
        let days = shelf.publishers.iter().flat_map(|it| &it.issues);
        let newest = days.map(|cover| cover.facts.day).max();
        self.search.from_day = self.today.map(|day| day.0).or(newest);
        self.shelf.shelf = Some(shelf);
        self.ask_again();
    }

    fn take_results(&mut self, wish: u64, results: Box<Results>) {
        for list in [&mut self.search.list, &mut self.shelf.list] {
            if list.wish == wish {
                return list.take(results);
            }
        }
    }

    fn take_cover(&mut self, ctx: &Context, issue: Hash, mut face: CoverFace) {
        let picture = face.picture.take();
        let picture = picture.map(|image| ctx.load_texture("cover", image, TextureOptions::LINEAR));
        self.shelf.faces.insert(issue, Drawn { face, picture });
    }

    fn take_keeping(&mut self, keeping: Keeping) {
        let done = matches!(
            keeping,
            Keeping::Kept { .. } | Keeping::Failed(_) | Keeping::Cancelled
        );
        if done {
            // The cover of an issue that has more of it now looks different.
            self.shelf.asked.clear();
        }
        if let Some((now, _)) = &mut self.shelf.keeping {
            *now = keeping;
        }
    }

    /// Judges the shelf with the trust of now.
    pub(super) fn judge_shelf(&self) {
        self.desk.shelf().trust(&self.state, self.today);
    }

    /// Asks for the covers that came into view.
    pub(super) fn ask_for_covers(&mut self) {
        for issue in std::mem::take(&mut self.shelf.wanted) {
            if self.shelf.asked.insert(issue) {
                self.desk.shelf().cover(issue);
            }
        }
    }

    /// Lists what a tab of the shelf shows.
    pub(super) fn choose_tab(&mut self, tab: Tab) {
        if self.shelf.tab != tab {
            self.shelf.list = Default::default();
        }
        self.shelf.tab = tab;
        self.ask_list(HITS);
    }

    fn ask_list(&mut self, most: usize) {
        let stand = self.shelf.shelf.as_ref();
        let visit = stand.map_or(0, |shelf| shelf.last_visit);
        let filter = match self.shelf.tab {
            Tab::All => return,
            Tab::Latest => Filter::default(),
            Tab::Unread => Filter {
                unread: true,
                ..Filter::default()
            },
            Tab::Fresh => Filter {
                visit: Some(visit_or_none(visit)),
                ..Filter::default()
            },
            Tab::Starred => Filter {
                starred: true,
                ..Filter::default()
            },
            Tab::Today => Filter {
                since: self.today.map(|day| Day(day.0)),
                ..Filter::default()
            },
        };
        let question = Question {
            filter,
            most,
            ..Question::default()
        };
        self.shelf.list.wish = self.desk.shelf().search(question);
    }

    /// Asks what the field and the chips say.
    pub(super) fn ask_search(&mut self) {
        match self.search.asked() {
            Some(question) => self.search.list.wish = self.desk.shelf().search(question),
            None => {
                self.desk.shelf().forget_search();
                self.search.list = Default::default();
            }
        }
    }

    /// The shelf has changed: what is on screen is asked for anew.
    fn ask_again(&mut self) {
        match self.here() {
            Place::Search => self.ask_search(),
            Place::Shelf => self.ask_list(self.shelf.list.hits().len().max(HITS)),
            _ => {}
        }
    }

    /// More hits of the list on screen.
    pub(super) fn more_hits(&mut self) {
        match self.here() {
            Place::Search => {
                self.search.question.most = self.search.list.hits().len() + HITS;
                self.ask_search();
            }
            _ => self.ask_list(self.shelf.list.hits().len() + HITS),
        }
    }

    /// Opens an issue of the shelf.
    pub(super) fn open_kept(&mut self, id: Hash) {
        let cover = self.shelf.shelf.as_ref().and_then(|it| it.cover(&id));
        let name = cover.map(|cover| self.issue_words(&cover.facts));
        let name = name.unwrap_or_default();
        self.open(Source::Kept { id, name });
    }

    fn issue_words(&self, facts: &crate::issue::Facts) -> String {
        let number = self.words.number(facts.number.into());
        let issue = self.words.with("front-issue", &[("number", number.into())]);
        let publisher = facts.publisher(self.words.language());
        format!("\u{2068}{publisher}\u{2069} · {issue}")
    }

    /// Opens a hit at the first of its words.
    pub(super) fn open_hit(&mut self, issue: Hash, number: u32) {
        let words = match self.here() {
            Place::Search => self.search.input.text().trim().to_owned(),
            _ => String::new(),
        };
        self.aim = Some(Aim { number, words });
        let open = self.file.as_ref().and_then(|file| file.front.as_ref());
        if open.is_some_and(|front| front.issue == Some(issue)) {
            self.reach_aim();
        } else {
            self.open_kept(issue);
        }
    }

    /// The issue is open: on to the article that was asked for; false if none was.
    pub(super) fn reach_aim(&mut self) -> bool {
        let Some(aim) = self.aim.take() else {
            return false;
        };
        // Opened anew, so that it begins at the hit.
        self.article = None;
        self.go(Place::Article(aim.number));
        if let Some(article) = self.article.as_mut().filter(|_| !aim.words.is_empty()) {
            article.find_first(&aim.words);
        }
        true
    }

    /// Takes an issue off the shelf; it can be put back until the next one is taken.
    pub(super) fn remove_issue(&mut self, id: Hash) {
        let cover = self.shelf.shelf.as_ref().and_then(|it| it.cover(&id));
        let Some(name) = cover.map(|cover| self.issue_words(&cover.facts)) else {
            return;
        };
        if self.shelf.taken.take().is_some() {
            self.desk.shelf().purge();
        }
        self.removing = name;
        let is_it =
            |file: &Open| matches!(&file.source, Source::Kept { id: open, .. } if *open == id);
        if self.file.as_ref().is_some_and(is_it) {
            self.close_file();
        }
        self.desk.shelf().remove(id);
    }

    pub(super) fn put_back(&mut self) {
        if let Some((taken, _)) = self.shelf.taken.take() {
            self.desk.shelf().put_back(taken);
        }
    }

    /// Whether the file that is open could be kept: it is trusted, and not on the shelf already.
    pub(super) fn can_keep(&self) -> bool {
        let Some(file) = &self.file else { return false };
        let trusted = file.consent() == Some(Consent::Pinned);
        let from_file = matches!(file.source, Source::Path(_));
        let kept = self.open_issue().is_some_and(|id| self.is_kept(&id));
        trusted && from_file && !kept && self.home.mode != Mode::Memory
    }

    /// Whether the file that is open may be passed on: a valid one, whoever signed it.
    pub(super) fn can_copy(&self) -> bool {
        let Some(file) = &self.file else { return false };
        let passable = matches!(file.source, Source::Path(_) | Source::Kept { .. });
        passable
            && file
                .checked()
                .is_some_and(|checked| checked.facts.is_some())
    }

    /// The name that the copy of the open file gets: its own, else one that says nothing but the number.
    pub(super) fn copy_name(&self) -> String {
        let Some(file) = &self.file else {
            return String::new();
        };
        let facts = file.checked().and_then(|checked| checked.facts.as_ref());
        match &file.source {
            Source::Kept { .. } => format!("{}.varaq", facts.map_or(0, |facts| facts.number)),
            other => other.name(),
        }
    }

    /// The name of the file that the article on screen is saved as.
    pub(super) fn text_name(&self) -> String {
        let number = self
            .article
            .as_ref()
            .map_or(0, |article| article.entry.number);
        let issue = self.file.as_ref().and_then(Open::checked);
        let issue = issue.and_then(|checked| Some(checked.facts.as_ref()?.number));
        format!("{}-{number}.txt", issue.unwrap_or(0))
    }

    /// The article on screen as text, with its source.
    pub(super) fn article_text(&self) -> Option<String> {
        let text = self.article.as_ref()?.whole_text()?;
        Some(format!("{text}\n\n{}\n", self.source_line()))
    }

    pub(super) fn copy_to(&mut self, folder: std::path::PathBuf, is_fat: bool) {
        self.targets_open = false;
        if std::mem::take(&mut self.saves_text) {
            let Some(text) = self.article_text() else {
                return;
            };
            let name = self.text_name();
            self.shelf.copying = Some((Copying::Writing(0, 0), name.clone()));
            return self.desk.save(text.into_bytes(), folder, name);
        }
        let Some(source) = self.file.as_ref().map(|file| file.source.clone()) else {
            return;
        };
        let name = self.copy_name();
        self.shelf.copying = Some((Copying::Writing(0, 0), name.clone()));
        self.desk.copy(source, folder, name, is_fat);
    }

    /// Whose text it is, for the end of a copy: publisher, issue, day.
    pub(super) fn source_line(&self) -> String {
        let facts = self.file.as_ref().and_then(Open::checked);
        let facts = facts.and_then(|checked| checked.facts.as_ref());
        facts.map_or_else(String::new, |facts| {
            let day = crate::day::words_of(facts.day, &self.words);
            format!("{} · {day}", self.issue_words(facts))
        })
    }

    fn is_kept(&self, id: &Hash) -> bool {
        let shelf = self.shelf.shelf.as_ref();
        shelf.is_some_and(|shelf| shelf.cover(id).is_some())
    }

    /// Manifest id of the issue that is open.
    fn open_issue(&self) -> Option<Hash> {
        self.file.as_ref()?.front.as_ref()?.issue
    }

    /// Keeps the file that is open, and its publisher: without that nothing of it would be shown the next time.
    pub(super) fn keep_open(&mut self) {
        if !self.can_keep() {
            return;
        }
        let Some(file) = &self.file else { return };
        let source = file.source.clone();
        let facts = file.checked().and_then(|checked| checked.facts.clone());
        if let Some(facts) = &facts {
            self.keep_pin(facts.id, None);
        }
        let name = facts.map(|facts| self.issue_words(&facts));
        self.shelf.keeping = Some((Keeping::Waiting, name.unwrap_or_default()));
        self.desk.shelf().keep(source);
    }

    /// Stars the article on screen or the chosen one, or takes the star away.
    pub(super) fn star(&mut self) {
        if let Some(list) = self.list_here() {
            let hit = list
                .chosen
                .and_then(|at| list.results.as_mut()?.hits.get_mut(at));
            let Some(hit) = hit else { return };
            hit.starred = !hit.starred;
            let (issue, key, on) = (hit.issue, hit.key, hit.starred);
            return self.desk.shelf().remember(issue, key, Deed::Star(on));
        }
        let starred = self.mark(|entry| entry.starred = !entry.starred);
        if let Some((issue, key, entry)) = starred {
            let deed = Deed::Star(entry.starred);
            self.desk.shelf().remember(issue, key, deed);
        }
    }

    /// Marks the article on screen or the chosen one as read, or as unread.
    pub(super) fn mark_read(&mut self) {
        let marked = self.mark(|entry| entry.read = !entry.read);
        if let Some((issue, key, entry)) = marked {
            let deed = Deed::Read(entry.read.then_some(entry.version));
            self.desk.shelf().remember(issue, key, deed);
        }
    }

    /// Counts every article of the front page, or of its section that is shown, as read.
    pub(super) fn mark_all_read(&mut self) {
        let Some(issue) = self.open_issue().filter(|_| self.here() == Place::Front) else {
            return;
        };
        let Some(file) = self.file.as_mut().filter(|file| !file.untrusted) else {
            return;
        };
        let (section, front) = (file.section, file.front.as_mut());
        let entries = front.map_or(&mut [][..], |front| &mut front.entries);
        let shown = |entry: &&mut Entry| section.is_none_or(|only| entry.section == only);
        for entry in entries.iter_mut().filter(shown).filter(|entry| !entry.read) {
            let Some(key) = entry.key else { continue };
            entry.read = true;
            let deed = Deed::Read(Some(entry.version));
            self.desk.shelf().remember(issue, key, deed);
        }
    }

    /// The article on screen was read: whoever opens it has begun, and that is all a list can know.
    pub(super) fn has_opened(&mut self) {
        let unread = self
            .article
            .as_ref()
            .is_some_and(|it| !it.entry.read && !it.is_folded());
        if !unread {
            return;
        }
        if let Some((issue, key, entry)) = self.mark(|entry| entry.read = true) {
            let deed = Deed::Read(Some(entry.version));
            self.desk.shelf().remember(issue, key, deed);
        }
    }

    /// Changes the entry of the article on screen, or of the chosen headline. Of a publisher that is not trusted
    /// nothing is remembered.
    fn mark(&mut self, change: impl Fn(&mut Entry)) -> Option<(Hash, ArticleKey, Entry)> {
        let issue = self.open_issue()?;
        let on_page = matches!(self.here(), Place::Article(_));
        let file = self.file.as_mut().filter(|file| !file.untrusted)?;
        let chosen = file.chosen;
        let front = file.front.as_mut()?;
        let number = match &self.article {
            Some(article) if on_page => article.entry.number,
            _ => front.entries.get(chosen?)?.number,
        };
        let entry = front.entries.iter_mut().find(|it| it.number == number)?;
        let key = entry.key?;
        change(entry);
        let entry = entry.clone();
        if let Some(article) = self.article.as_mut().filter(|it| it.entry.number == number) {
            article.entry = entry.clone();
        }
        Some((issue, key, entry))
    }

    /// The list of hits on screen.
    pub(super) fn list_here(&mut self) -> Option<&mut crate::screens::HitList> {
        match self.here() {
            Place::Search => Some(&mut self.search.list),
            Place::Shelf if self.shelf.tab != Tab::All => Some(&mut self.shelf.list),
            _ => None,
        }
    }

    /// Notes where the reader is, and remembers where it was in the article that was left.
    pub(super) fn note_position(&mut self) {
        let now = self.stop_here();
        let left = self
            .stop
            .filter(|before| now.is_none_or(|now| now.key != before.key));
        if let Some(left) = left {
            self.remember_stop(left);
        }
        self.stop = now;
    }

    /// Remembers where the reader is: the window closes.
    pub(super) fn leave_article(&mut self) {
        if let Some(stop) = self.stop.take() {
            self.remember_stop(stop);
        }
    }

    fn remember_stop(&self, stop: Stop) {
        let deed = Deed::Stop(stop.position);
        self.desk.shelf().remember(stop.issue, stop.key, deed);
    }

    fn stop_here(&self) -> Option<Stop> {
        let here = matches!(self.here(), Place::Article(_));
        let article = self.article.as_ref().filter(|it| here && it.has_rows())?;
        let trusted = self.file.as_ref().is_some_and(|file| !file.untrusted);
        Some(Stop {
            issue: self.open_issue().filter(|_| trusted)?,
            key: article.entry.key?,
            position: article.position(),
        })
    }

    /// A verdict that lets an issue be read at once, without the sheet before it.
    pub(super) fn is_open_at_once(&self) -> bool {
        let file = self.file.as_ref();
        let kept = file.is_some_and(|file| matches!(file.source, Source::Kept { .. }));
        let verdict = file.and_then(Open::checked).map(|checked| checked.verdict);
        kept && matches!(verdict, Some(Verdict::Verified | Verdict::Pinned))
    }
}
