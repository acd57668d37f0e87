//! Reading: what keys do on a page, how the page is set, and which article comes next.
use super::App;
use crate::{
    command::Command, issue::Entry, look::Look, place::Place, screens::ArticlesAround, theme::size,
};
use eframe::egui::Context;

impl App {
    pub(super) fn on_article(&mut self, ctx: &Context, command: Command) {
        if !matches!(self.here(), Place::Article(_)) {
            return;
        }
        let Some(article) = &mut self.article else {
            return;
        };
        match command {
            Command::FindInPage => article.open_find(),
            Command::FindNext => article.next_hit(true),
            Command::FindPrevious => article.next_hit(false),
            Command::NextItem => article.scroll_by(80.0),
            Command::PreviousItem => article.scroll_by(-80.0),
            Command::PageUp => article.page(false),
            Command::PageDown if article.at_end() => self.next_article(),
            Command::PageDown => article.page(true),
            Command::ShowContents => article.show_contents(),
            Command::CopySelection => {
                if let Some(text) = article.selected() {
                    ctx.copy_text(text);
                }
            }
            Command::TextLarger => self.resize(self.look.size + size::READING.3),
            Command::TextSmaller => self.resize(self.look.size - size::READING.3),
            Command::TextNormal => self.resize(size::READING.0),
            _ => {}
        }
    }

    fn resize(&mut self, to: f32) {
        let (_, least, most, _) = size::READING;
        let size = to.clamp(least, most);
        self.set_look(Look { size, ..self.look });
    }

    pub(super) fn set_look(&mut self, look: Look) {
        self.look = look;
        self.keep_settings();
        let section = self
            .article
            .as_ref()
            .map(|article| self.section_name(&article.entry))
            .unwrap_or_default();
        if let Some(article) = &mut self.article {
            article.set_look(look, &section, &self.words);
        }
    }

    fn next_article(&mut self) {
        if let Some(next) = self.entry_to_read() {
            self.go(Place::Article(next));
        }
    }

    /// Number of the article to go on with: the next one that was not read, from the first one again after the last;
    /// once all were read, the one that follows.
    fn entry_to_read(&self) -> Option<u32> {
        let number = self.article.as_ref()?.entry.number;
        let entries = &self.file.as_ref()?.front.as_ref()?.entries;
        let at = entries.iter().position(|entry| entry.number == number)?;
        let (before, after) = entries.split_at_checked(at + 1)?;
        let mut others = after.iter().chain(before).filter(|it| it.number != number);
        let unread = others.find(|entry| !entry.read);
        unread.or_else(|| after.first()).map(|entry| entry.number)
    }

    /// What the foot of an article leads to.
    pub(super) fn articles_around(&self, number: u32) -> ArticlesAround {
        let front = self.file.as_ref().and_then(|file| file.front.as_ref());
        let Some(front) = front else {
            return ArticlesAround::default();
        };
        let entries = &front.entries;
        let named = |entry: &Entry| (entry.number, entry.title.clone());
        let here = |entry: &Entry| entry.number == number;
        let Some(at) = entries.iter().position(here) else {
            return ArticlesAround::default();
        };
        let section = entries.get(at).map_or(0, |entry| entry.section);
        let same = |entry: &&Entry| entry.section == section && !here(entry);
        let mut related: Vec<&Entry> = entries.iter().filter(same).collect();
        related.sort_by_key(|entry| entry.read);
        ArticlesAround {
            previous: at.checked_sub(1).and_then(|at| entries.get(at)).map(named),
            next: entries.get(at + 1).map(named),
            related: related.into_iter().take(3).map(named).collect(),
            section: front.sections.get(section).cloned().unwrap_or_default(),
        }
    }

    pub(super) fn choose(&mut self, next: bool) {
        let Some(file) = &mut self.file else { return };
        let Some(front) = &file.front else { return };
        let order = reading_order(front, file.section);
        let at = file
            .chosen
            .and_then(|chosen| order.iter().position(|&index| index == chosen));
        let to = match (at, next) {
            (None, _) => 0,
            (Some(at), true) => (at + 1).min(order.len().saturating_sub(1)),
            (Some(at), false) => at.saturating_sub(1),
        };
        file.chosen = order.get(to).copied();
        file.reveal = true;
    }
}

/// Headlines in the order in which the eye meets them: lead first, then by section.
fn reading_order(front: &crate::issue::FrontPage, section: Option<usize>) -> Vec<usize> {
    if let Some(section) = section {
        return (0..front.entries.len())
            .filter(|&i| {
                front
                    .entries
                    .get(i)
                    .is_some_and(|entry| entry.section == section)
            })
            .collect();
    }
    let lead = front.lead.unwrap_or(0);
    let mut order: Vec<usize> = std::iter::once(lead)
        .chain((0..front.entries.len()).filter(|&i| i != lead))
        .collect();
    if let Some(rest) = order.get_mut(9..) {
        rest.sort_by_key(|&i| (front.entries.get(i).map(|entry| entry.section), i));
    }
    order
}
