//! Search: live from the second letter, over the shelf and over what is merely open.
use super::{Action, HitList, hits, hits::nothing, scrolled, shelf::indexing};
use crate::{
    icon::Icon,
    shelf::{Filling, Question, Scope},
    theme::size,
    widgets::{
        self, Input, Text, View, hairline, hairline_down, label, middle, text_height, text_size,
    },
    words::Language,
};
use eframe::egui::{CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};
use varaq_article::fold::Query;
use varaq_bundle::Day;
use varaq_trust::PublisherId;

mod chip;

use chip::{Chip, chip};

/// Width of the column beside the hits.
const SIDE: f32 = 232.0;
/// Letters from which on something is looked for.
const LETTERS: usize = 2;
/// Days back that the chip of time goes through.
const BACK: [u32; 4] = [7, 30, 90, 365];

/// Which row of choices is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Choosing {
    /// None.
    #[default]
    Nothing,
    /// Publishers.
    Publisher,
    /// Languages of articles.
    Language,
}

/// What the screen shows.
#[derive(Default)]
pub struct SearchState {
    /// The field.
    pub input: Input,
    /// What is asked, but for its text.
    pub question: Question,
    /// What was found.
    pub list: HitList,
    /// Row of choices that is open.
    pub choosing: Choosing,
    /// How far the index is.
    pub filling: Filling,
    /// Publishers on the shelf, by name.
    pub publishers: Vec<(PublisherId, String)>,
    /// Whether a file is open that is not on the shelf.
    pub has_open: bool,
    /// Whether an unknown publisher's file is open, which is not searched until it is read.
    pub unread_file: bool,
    /// The day to count back from: this computer's, else the newest on the shelf.
    pub from_day: Option<u32>,
}

impl SearchState {
    /// The question as it stands; `None` when there is nothing to ask yet.
    #[must_use]
    pub fn asked(&self) -> Option<Question> {
        let text = self.input.text().trim_start().to_owned();
        if text.trim().chars().count() < LETTERS || Query::parse(&text, true).is_empty() {
            return None;
        }
        Some(Question {
            text,
            most: self.question.most.max(hits::PORTION),
            ..self.question.clone()
        })
    }
}

/// Draws the screen.
pub fn search(view: &View<'_>, ui: &mut Ui, rect: Rect, state: &mut SearchState) -> Vec<Action> {
    let mut actions = Vec::new();
    let c = view.colours;
    let margin = if rect.width() < 640.0 {
        size::S[4]
    } else {
        size::S[6]
    };
    let mut rest = rect;
    let _ = widgets::take_top(&mut rest, size::S[4]);
    let mut head = rest.shrink2(vec2(margin, 0.0));
    field(view, ui, &mut head, state, &mut actions);
    chips(view, ui, &mut head, state, &mut actions);
    rest.min.y = head.top() + size::S[2];
    hairline(view, ui.painter(), rest.left()..=rest.right(), rest.top());
    ui.painter().rect_filled(rest, 0, c.page);
    let found = state.list.results.is_some() && state.asked().is_some();
    if rest.width() >= 820.0 {
        let side = view.take_end(&mut rest, SIDE);
        let edge = if view.rtl { side.right() } else { side.left() };
        hairline_down(view, ui.painter(), edge, side.top()..=side.bottom());
        beside(view, ui, side, state, &mut actions);
    }
    scrolled(ui, rest, "search", |ui, page| {
        let mut column = page;
        if found && !state.list.hits().is_empty() {
            hits::hits(view, ui, &mut column, &state.list, &mut actions);
        } else {
            let mut column = page.shrink2(vec2(margin, 0.0));
            empty(view, ui, &mut column, state, &mut actions);
            return column.top() + size::S[6];
        }
        column.top() + size::S[6]
    });
    state.list.reveal = false;
    actions
}

fn field(
    view: &View<'_>,
    ui: &mut Ui,
    head: &mut Rect,
    state: &mut SearchState,
    actions: &mut Vec<Action>,
) {
    let hint = view.words.text("search-hint");
    let mut row = widgets::take_top(head, 52.0);
    let icon = view.take_start(&mut row, size::ICON + size::S[3]);
    let square = view.start(middle(icon, size::ICON), size::ICON);
    Icon::new("search").paint(ui.painter(), square, view.colours.ink2, view.colours.desk);
    let said = count(view, state);
    let text = Text::new(&said, size::SMALL, view.colours.ink3).lines(1);
    let wide = text_size(view, &text, f32::INFINITY);
    if !said.is_empty() && row.width() > 420.0 {
        let place = view.take_end(&mut row, wide.x + 2.0);
        label(view, ui, middle(place, wide.y), &text);
        view.take_end(&mut row, size::S[4]);
    }
    let response = state.input.show(view, ui, middle(row, 48.0), &hint);
    if response.changed() {
        state.question.most = 0;
        state.list.chosen = None;
        actions.push(Action::Search);
    }
    let _ = widgets::take_top(head, size::S[3]);
}

/// How many were found, or how far the index is.
fn count(view: &View<'_>, state: &SearchState) -> String {
    let words = view.words;
    if state.filling.is_going_on() {
        return indexing(words, state.filling);
    }
    let Some(results) = state
        .list
        .results
        .as_ref()
        .filter(|_| state.asked().is_some())
    else {
        return String::new();
    };
    let key = if results.more {
        "search-count-more"
    } else {
        "search-count"
    };
    words.counted(key, results.total as u64)
}

fn chips(
    view: &View<'_>,
    ui: &mut Ui,
    head: &mut Rect,
    state: &mut SearchState,
    actions: &mut Vec<Action>,
) {
    let mut changed = false;
    let all = own_chips(view, state);
    let mut line = Line::new(head);
    for (what, chip_of) in &all {
        if line.add(view, ui, chip_of) {
            changed |= press(state, what);
        }
    }
    line.end(head);
    let choices = choices(view, state);
    if !choices.is_empty() {
        let mut line = Line::new(head);
        for (what, chip_of) in &choices {
            if line.add(view, ui, chip_of) {
                changed |= press(state, what);
            }
        }
        line.end(head);
    }
    if changed {
        state.question.most = 0;
        state.list.chosen = None;
        actions.push(Action::Search);
    }
}

/// What a chip changes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Scope(Scope),
    Open(Choosing),
    Publisher(Option<PublisherId>),
    Language(Option<String>),
    Since,
    Unread,
    Starred,
}

fn own_chips(view: &View<'_>, state: &SearchState) -> Vec<(What, Chip)> {
    let words = view.words;
    let filter = &state.question.filter;
    let places = state.list.results.as_ref().map(|results| results.places);
    let (shelf, open) = places.filter(|_| state.asked().is_some()).unwrap_or((0, 0));
    let mut chips = Vec::new();
    if state.has_open {
        for (scope, key, count) in [
            (Scope::Everywhere, "scope-everywhere", shelf + open),
            (Scope::Shelf, "scope-shelf", shelf),
            (Scope::Open, "scope-open", open),
        ] {
            let on = state.question.scope == scope;
            let chip = Chip::new(words.text(key), on).count(words.number(count as u64), count > 0);
            chips.push((What::Scope(scope), chip));
        }
    }
    if state.publishers.len() > 1 {
        let chosen = filter.publisher;
        let named = |id| state.publishers.iter().find(|(known, _)| *known == id);
        let name = chosen.and_then(named).map(|(_, name)| name.clone());
        let name = name.unwrap_or_else(|| words.text("publisher-all"));
        let open = What::Open(Choosing::Publisher);
        chips.push((open, Chip::new(name, chosen.is_some()).opening()));
    }
    let language = filter.language.as_deref();
    let name = language.map_or_else(|| words.text("language-all"), own_name);
    let open = What::Open(Choosing::Language);
    chips.push((open, Chip::new(name, language.is_some()).opening()));
    if let Some(from) = state.from_day {
        let back = filter.since.map(|day| from.saturating_sub(day.0));
        let name = match back {
            None => words.text("time-any"),
            Some(days) => words.counted("time-days", u64::from(days)),
        };
        chips.push((What::Since, Chip::new(name, back.is_some())));
    }
    let unread = Chip::new(words.text("list-unread"), filter.unread);
    let starred = Chip::new(words.text("list-starred"), filter.starred);
    chips.extend([(What::Unread, unread), (What::Starred, starred)]);
    chips
}

/// The row that a chip has opened.
fn choices(view: &View<'_>, state: &SearchState) -> Vec<(What, Chip)> {
    let filter = &state.question.filter;
    match state.choosing {
        Choosing::Nothing => Vec::new(),
        Choosing::Publisher => {
            let all = Chip::new(view.words.text("publisher-all"), filter.publisher.is_none());
            let each = state.publishers.iter().map(|(id, name)| {
                let on = filter.publisher == Some(*id);
                (What::Publisher(Some(*id)), Chip::new(name.clone(), on))
            });
            let all = std::iter::once((What::Publisher(None), all));
            all.chain(each).collect()
        }
        Choosing::Language => {
            let all = Chip::new(view.words.text("language-all"), filter.language.is_none());
            let each = SPOKEN.into_iter().map(|tag| {
                let on = filter.language.as_deref() == Some(tag);
                (
                    What::Language(Some(tag.to_owned())),
                    Chip::new(own_name(tag), on),
                )
            });
            let all = std::iter::once((What::Language(None), all));
            all.chain(each).collect()
        }
    }
}

/// Languages of articles, by tag.
const SPOKEN: [&str; 6] = ["fa", "ckb", "ar", "az", "ru", "en"];

/// What a language calls itself.
fn own_name(tag: &str) -> String {
    Language::from_tag(tag)
        .map_or(tag, |language| language.own_name())
        .to_owned()
}

/// Answers whether the question has changed.
fn press(state: &mut SearchState, what: &What) -> bool {
    let filter = &mut state.question.filter;
    match what {
        What::Open(row) => {
            state.choosing = if state.choosing == *row {
                Choosing::Nothing
            } else {
                *row
            };
            return false;
        }
        What::Scope(scope) => state.question.scope = *scope,
        What::Publisher(id) => filter.publisher = *id,
        What::Language(tag) => filter.language.clone_from(tag),
        What::Since => {
            let from = state.from_day.unwrap_or(0);
            let back = filter.since.map(|day| from.saturating_sub(day.0));
            let next = match back {
                None => BACK.first(),
                Some(days) => BACK.iter().find(|more| **more > days),
            };
            filter.since = next.map(|days| Day(from.saturating_sub(*days)));
        }
        What::Unread => filter.unread = !filter.unread,
        What::Starred => filter.starred = !filter.starred,
    }
    state.choosing = Choosing::Nothing;
    true
}

/// Chips one after the other, on as many lines as they need.
struct Line {
    whole: Rect,
    rest: Rect,
}

const CHIP: f32 = 36.0;

impl Line {
    fn new(head: &Rect) -> Self {
        let whole = Rect::from_min_size(head.min, vec2(head.width(), CHIP));
        Self { whole, rest: whole }
    }

    fn add(&mut self, view: &View<'_>, ui: &mut Ui, one: &Chip) -> bool {
        let wide = one.width(view);
        if wide > self.rest.width() && self.rest.width() < self.whole.width() {
            self.whole = self.whole.translate(vec2(0.0, CHIP + size::S[2]));
            self.rest = self.whole;
        }
        let place = view.take_start(&mut self.rest, wide);
        view.take_start(&mut self.rest, size::S[2]);
        chip(view, ui, place, one)
    }

    fn end(self, head: &mut Rect) {
        head.min.y = self.whole.bottom() + size::S[2];
    }
}

/// What is said when there are no hits, and what can be done.
fn empty(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &mut SearchState,
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    let Some(asked) = state.asked() else {
        let lines = [words.text("search-begin"), words.text("search-begin-more")];
        return nothing(view, ui, column, &lines);
    };
    let Some(results) = &state.list.results else {
        return nothing(view, ui, column, &[words.text("searching")]);
    };
    if let Some(cause) = &results.failed {
        let said = words.with("search-failed", &[("cause", cause.as_str().into())]);
        return nothing(view, ui, column, &[said]);
    }
    let said = words.with("search-none", &[("words", asked.text.trim().into())]);
    let narrowed = asked.filter != Default::default() || asked.scope != Scope::Everywhere;
    let more = if narrowed {
        "search-none-narrow"
    } else {
        "search-none-more"
    };
    nothing(view, ui, column, &[said, words.text(more)]);
    if narrowed {
        let wide = words.text("search-everywhere");
        let widens = widgets::Button::normal(&wide);
        let _ = widgets::take_top(column, size::S[3]);
        let row = widgets::take_top(column, size::BUTTON);
        let place = view.start(row, widens.width(view));
        if widgets::button(view, ui, place, Id::unique("widen"), &widens).clicked() {
            state.question = Question::default();
            actions.push(Action::Search);
        }
    }
}

/// Sections with hits, a hint, and what was not searched.
fn beside(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    state: &mut SearchState,
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    let mut column = rect.shrink2(vec2(20.0, size::S[4]));
    let sections = state
        .list
        .results
        .as_ref()
        .filter(|_| state.asked().is_some());
    let sections = sections.map(|results| results.sections.clone());
    let mut sections = sections.unwrap_or_default();
    if let Some(only) = &state.question.filter.section
        && !sections.iter().any(|(name, _)| name == only)
    {
        sections.insert(0, (only.clone(), 0));
    }
    if !sections.is_empty() {
        let title = view.words.text("search-sections");
        let text = Text::new(&title, size::SMALL, c.ink3);
        let height = text_height(view, &text, column.width());
        let place = widgets::take_top(&mut column, height + size::S[2]);
        label(view, ui, place, &text);
    }
    for (name, count) in sections.iter().take(8) {
        let row = widgets::take_top(&mut column, 34.0);
        let on = state.question.filter.section.as_ref() == Some(name);
        if section(view, ui, row, name, *count as u64, on) {
            state.question.filter.section = (!on).then(|| name.clone());
            actions.push(Action::Search);
        }
    }
    if !sections.is_empty() {
        let line = widgets::take_top(&mut column, size::S[5]);
        hairline(
            view,
            ui.painter(),
            line.left()..=line.right(),
            line.center().y,
        );
    }
    let hint = view.words.text("search-forgives");
    let text = Text::new(&hint, size::SMALL, c.ink2);
    let height = text_height(view, &text, column.width());
    let place = widgets::take_top(&mut column, height + size::S[4]);
    label(view, ui, place, &text);
    if state.unread_file {
        let said = view.words.text("search-not-searched");
        let text = Text::new(&said, size::SMALL, c.ink2);
        label(view, ui, column, &text);
    }
}

fn section(view: &View<'_>, ui: &mut Ui, row: Rect, name: &str, count: u64, on: bool) -> bool {
    let c = view.colours;
    let response = ui.interact(row, Id::unique("hit-section").with(name), Sense::click());
    let number = view.words.number(count);
    response
        .widget_info(|| WidgetInfo::selected(Role::Button, true, on, format!("{name} {number}")));
    let wide = row.expand2(vec2(size::S[2], 0.0));
    if on || response.hovered() {
        let ground = if on { c.accent_soft } else { c.hover };
        ui.painter()
            .rect_filled(wide, CornerRadius::same(6), ground);
    }
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, c.focus);
        ui.painter()
            .rect_stroke(wide, CornerRadius::same(6), ring, StrokeKind::Inside);
    }
    let mut rest = row;
    let text = Text::new(&number, size::SMALL, c.ink3).lines(1);
    let wide = text_size(view, &text, f32::INFINITY);
    let place = view.take_end(&mut rest, wide.x + 1.0);
    widgets::paint(view, ui, middle(place, wide.y), &text);
    let text = Text::new(name, size::BODY, if on { c.accent } else { c.ink }).lines(1);
    let height = text_height(view, &text, rest.width());
    widgets::paint(view, ui, middle(rest, height), &text);
    response.clicked()
}
