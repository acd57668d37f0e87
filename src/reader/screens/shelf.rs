//! The shelf: publishers by their newest issue, each with a row of covers; and the lists of articles across them.
use super::{
    Action, HitList, WordedSample, hits,
    hits::nothing,
    notice::{self, Notice},
    scrolled, seal_words, start,
};
use crate::{
    drives::Drive,
    icon::Icon,
    shelf::{Copying, CoverFace, Filling, Keeping, Publisher, Shelf, Slot},
    theme::size,
    widgets::{
        self, Button, Text, View, button, hairline, label, middle, seal_chip, seal_width,
        text_height, text_size,
    },
};
use eframe::egui::{Id, Rect, Role, Sense, Stroke, TextureHandle, Ui, WidgetInfo, pos2, vec2};
use std::collections::{HashMap, HashSet};
use varaq_bundle::Hash;
use varaq_shelf::{ClosedReason, Taken};

mod cover;

/// Which articles are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// All issues, as covers.
    #[default]
    All,
    /// Articles of all issues by their day, the newest first.
    Latest,
    /// Articles that were not read.
    Unread,
    /// What came with the last stick.
    Fresh,
    /// Starred articles.
    Starred,
    /// Articles of this day.
    Today,
}

/// What is drawn on a cover, once a worker has read it.
pub struct Drawn {
    /// Headline and numbers.
    pub face: CoverFace,
    /// Its picture.
    pub picture: Option<TextureHandle>,
}

/// What the screen shows.
#[derive(Default)]
pub struct ShelfState {
    /// The shelf; `None` until it was looked through.
    pub shelf: Option<Box<Shelf>>,
    /// Which list.
    pub tab: Tab,
    /// Its articles.
    pub list: HitList,
    /// Covers that are here.
    pub faces: HashMap<Hash, Drawn>,
    /// Covers that came into view and were not asked for yet.
    pub wanted: Vec<Hash>,
    /// Covers that were asked for.
    pub asked: HashSet<Hash>,
    /// Publishers all of whose issues are shown.
    pub unfolded: HashSet<[u8; 32]>,
    /// What was taken off the shelf last, and how it was called.
    pub taken: Option<(Taken, String)>,
    /// A bundle on its way here.
    pub keeping: Option<(Keeping, String)>,
    /// Key of what was done just now.
    pub told: Option<&'static str>,
    /// A bundle on its way to a stick.
    pub copying: Option<(Copying, String)>,
    /// How far the index is.
    pub filling: Filling,
    /// What was read and starred was lost.
    pub reading_lost: bool,
    /// Why the shelf cannot be used, or was not changed.
    pub failed: Option<String>,
    /// The list of publishers could not be read.
    pub state_unread: bool,
    /// Sticks that are plugged in.
    pub sticks: Vec<Drive>,
    /// Whether this computer says which day it is.
    pub knows_today: bool,
}

/// Draws the screen. `samples` are shown while the shelf is empty.
pub fn shelf(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    state: &mut ShelfState,
    samples: &[WordedSample],
) -> Vec<Action> {
    let mut actions = Vec::new();
    let margin = if rect.width() < 640.0 {
        size::S[4]
    } else {
        size::S[6]
    };
    scrolled(ui, rect, "shelf", |ui, page| {
        let mut column = page.shrink2(vec2(margin, 0.0));
        let _ = widgets::take_top(&mut column, size::S[4]);
        head(view, ui, &mut column, state, &mut actions);
        notices(view, ui, &mut column, state, &mut actions);
        let empty = state.shelf.as_ref().is_none_or(|shelf| shelf.is_empty());
        match state.tab {
            _ if state.shelf.is_none() => loading(view, ui, &mut column),
            Tab::All if empty => start::empty(view, ui, &mut column, samples, &mut actions),
            Tab::All => covers(view, ui, &mut column, state, &mut actions),
            _ => listed(view, ui, &mut column, state, &mut actions),
        }
        column.top() + size::S[6]
    });
    actions
}

fn loading(view: &View<'_>, ui: &mut Ui, column: &mut Rect) {
    nothing(view, ui, column, &[view.words.text("loading")]);
}

/// The title, and the lists at the end side.
fn head(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &ShelfState,
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    let mut row = widgets::take_top(column, 48.0);
    let title = view.words.text("shelf-title");
    let text = Text::new(&title, size::TITLE, c.ink).lines(1);
    let wide = text_size(view, &text, row.width());
    if column.width() > 560.0 {
        let place = view.take_start(&mut row, wide.x + size::S[5]);
        label(view, ui, middle(place, wide.y), &text);
    }
    let tabs = tabs(view, state);
    for (tab, name, count) in tabs.iter().rev() {
        tab_of(view, ui, &mut row, (*tab, name, *count), state.tab, actions);
    }
    let _ = widgets::take_top(column, size::S[2]);
}

fn tabs(view: &View<'_>, state: &ShelfState) -> Vec<(Tab, String, u64)> {
    let counts = state.shelf.as_ref().map(|shelf| shelf.counts);
    let counts = counts.unwrap_or_default();
    let fresh = state.shelf.as_ref().map_or(0, |shelf| shelf.fresh as u64);
    let mut tabs = vec![
        (Tab::All, "list-all", 0),
        (Tab::Latest, "list-latest", 0),
        (Tab::Unread, "list-unread", counts.unread.into()),
        (Tab::Fresh, "list-fresh", fresh),
        (Tab::Starred, "list-starred", counts.starred.into()),
    ];
    if state.knows_today {
        tabs.push((Tab::Today, "list-today", 0));
    }
    let named = tabs.into_iter();
    named
        .map(|(tab, key, count)| (tab, view.words.text(key), count))
        .collect()
}

fn tab_of(
    view: &View<'_>,
    ui: &mut Ui,
    row: &mut Rect,
    (tab, name, count): (Tab, &str, u64),
    open: Tab,
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    let on = tab == open;
    let number = view.words.number(count);
    let (ink, role) = if on {
        (c.ink, size::STRONG)
    } else {
        (c.ink2, size::BODY)
    };
    let text = Text::new(name, role, ink).lines(1);
    let small = Text::new(&number, size::CAPTION, c.ink3).lines(1);
    let wide = text_size(view, &text, f32::INFINITY);
    let extra = match count {
        0 => 0.0,
        _ => text_size(view, &small, f32::INFINITY).x + size::S[2],
    };
    let mut place = middle(view.take_end(row, wide.x + extra + 2.0), size::BUTTON);
    view.take_end(row, size::S[5]);
    let response = ui.interact(place, Id::unique("tab").with(tab), Sense::click());
    let said = if count > 0 {
        format!("{name} {number}")
    } else {
        name.to_owned()
    };
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, &said));
    if on || response.hovered() || response.has_focus() {
        let y = place.bottom() - 1.0;
        let ink = if on { c.accent } else { c.stroke };
        let line = [pos2(place.left(), y), pos2(place.right(), y)];
        ui.painter().line_segment(line, Stroke::new(2.0, ink));
    }
    let word = view.take_start(&mut place, wide.x + 1.0);
    widgets::paint(view, ui, middle(word, wide.y), &text);
    if count > 0 {
        view.take_start(&mut place, size::S[2]);
        let height = text_height(view, &small, f32::INFINITY);
        widgets::paint(view, ui, middle(place, height), &small);
    }
    if response.clicked() {
        actions.push(Action::ChooseTab(tab));
    }
}

/// What must be known before the shelf: what failed, what was removed, what is on its way, what is closed.
fn notices(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &ShelfState,
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    let mut all: Vec<Notice> = Vec::new();
    if state.state_unread {
        all.push(Notice::new("alert", words.text("pins-unread")));
    }
    if state.reading_lost {
        all.push(Notice::new("alert", words.text("reading-lost")));
    }
    if let Some(cause) = &state.failed {
        let said = words.with("shelf-failed", &[("cause", cause.as_str().into())]);
        all.push(Notice::new("alert", said).button("close", Action::DismissNotice));
    }
    for stick in &state.sticks {
        let said = words.with("stick-in", &[("name", stick.name.as_str().into())]);
        let look = Action::Browse(stick.path.clone());
        all.push(Notice::new("stick", said).button("stick-look", look));
    }
    if let Some((keeping, name)) = &state.keeping {
        all.push(notice::of_keeping(words, keeping, name));
    }
    if let Some((copying, name)) = &state.copying {
        all.push(notice::of_copying(words, copying, name));
    }
    if let Some((_, name)) = &state.taken {
        let said = words.with("removed", &[("name", name.as_str().into())]);
        all.push(Notice::new("mend", said).button("undo", Action::PutBack));
    }
    if let Some(said) = closed(view, state) {
        all.push(Notice::new("alert", said));
    }
    for one in &all {
        notice::notice(view, ui, column, one, actions);
    }
}

/// Kept files of which nothing is shown: only their number, for nothing of them is proven.
fn closed(view: &View<'_>, state: &ShelfState) -> Option<String> {
    let closed = &state.shelf.as_ref()?.closed;
    let unreadable = closed
        .iter()
        .filter(|reason| matches!(reason, ClosedReason::Unreadable(_)))
        .count() as u64;
    let refused = closed.len() as u64 - unreadable;
    let parts = [
        (refused > 0).then(|| view.words.counted("closed-refused", refused)),
        (unreadable > 0).then(|| view.words.counted("closed-unreadable", unreadable)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn covers(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &mut ShelfState,
    actions: &mut Vec<Action>,
) {
    let Some(shelf) = state.shelf.take() else {
        return;
    };
    for publisher in &shelf.publishers {
        let _ = widgets::take_top(column, size::S[3]);
        name_row(view, ui, column, publisher);
        row_of(view, ui, column, state, publisher, actions);
    }
    state.shelf = Some(shelf);
}

/// Name, seal, and how much there is.
fn name_row(view: &View<'_>, ui: &mut Ui, column: &mut Rect, publisher: &Publisher) {
    let c = view.colours;
    let mut row = widgets::take_top(column, size::ROW);
    let Some(newest) = publisher.issues.first() else {
        return;
    };
    let name = newest.facts.publisher(view.words.language());
    let (unread, issues) = (u64::from(publisher.unread()), publisher.issues.len() as u64);
    let mut parts = vec![view.words.counted("shelf-issues", issues)];
    if unread > 0 {
        parts.insert(0, view.words.counted("shelf-unread", unread));
    }
    let much = parts.join(" · ");
    let much = Text::new(&much, size::SMALL, c.ink3).lines(1);
    let wide = text_size(view, &much, f32::INFINITY);
    if row.width() > 520.0 {
        let place = view.take_end(&mut row, wide.x + 1.0);
        label(view, ui, middle(place, wide.y), &much);
        view.take_end(&mut row, size::S[4]);
    }
    let (face, seal) = seal_words(view.words, publisher.verdict, None);
    let seal_wide = seal_width(view, &seal).min(row.width() / 2.0);
    let text = Text::new(name, size::HEADING, c.ink).lines(1);
    let wide = text_size(view, &text, row.width() - seal_wide - size::S[3]);
    let place = view.take_start(&mut row, wide.x + 1.0);
    label(view, ui, middle(place, wide.y), &text);
    view.take_start(&mut row, size::S[3]);
    let chip = middle(view.take_start(&mut row, seal_wide), 32.0);
    let id = Id::unique("shelf-seal").with(publisher.id.0);
    seal_chip(view, ui, chip, id, &face, &seal, false);
}

/// As many covers as fit; all of them once the row was unfolded.
fn row_of(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &mut ShelfState,
    publisher: &Publisher,
    actions: &mut Vec<Action>,
) {
    let slots = publisher.slots();
    let step = cover::WIDTH + size::S[5];
    let fit = (((column.width() + size::S[5]) / step).floor() as usize).max(1);
    let unfolded = state.unfolded.contains(&publisher.id.0);
    let shown = if unfolded { slots.len() } else { fit };
    let seen = ui.clip_rect().expand(400.0);
    for line in slots
        .get(..shown.min(slots.len()))
        .unwrap_or(&slots)
        .chunks(fit)
    {
        let mut rest = widgets::take_top(column, cover::HEIGHT);
        if rest.top() > seen.bottom() || rest.bottom() < seen.top() {
            continue;
        }
        for slot in line {
            let place = view.take_start(&mut rest, cover::WIDTH);
            view.take_start(&mut rest, size::S[5]);
            match slot {
                Slot::Issue(issue) => cover::cover(view, ui, place, issue, state, actions),
                Slot::Gap(first, last) => cover::gap(view, ui, place, *first, *last),
            }
        }
        let _ = widgets::take_top(column, size::S[3]);
    }
    if slots.len() > fit {
        let count = view.words.number(publisher.issues.len() as u64);
        let words = match unfolded {
            true => view.words.text("shelf-fewer"),
            false => view.words.with("shelf-all", &[("count", count.into())]),
        };
        let shows = Button::quiet(&words);
        let row = widgets::take_top(column, size::BUTTON);
        let place = view.start(row, shows.width(view));
        let id = Id::unique("unfold-row").with(publisher.id.0);
        if button(view, ui, place, id, &shows).clicked() {
            actions.push(Action::UnfoldRow(publisher.id));
        }
    }
}

/// The articles of a list.
fn listed(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &ShelfState,
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    if state.filling.is_going_on() {
        let said = indexing(words, state.filling);
        let text = Text::new(&said, size::SMALL, view.colours.ink3);
        let height = text_height(view, &text, column.width());
        label(
            view,
            ui,
            widgets::take_top(column, height + size::S[2]),
            &text,
        );
    }
    let Some(results) = &state.list.results else {
        return loading(view, ui, column);
    };
    if let Some(cause) = &results.failed {
        let said = words.with("search-failed", &[("cause", cause.as_str().into())]);
        return nothing(view, ui, column, &[said]);
    }
    if results.hits.is_empty() {
        let key = match state.tab {
            Tab::Unread => "none-unread",
            Tab::Fresh | Tab::Latest => "none-fresh",
            Tab::Starred => "none-starred",
            _ => "none-today",
        };
        let lines = [words.text(key), words.text(&format!("{key}-more"))];
        return nothing(view, ui, column, &lines);
    }
    let top = column.top();
    hairline(
        view,
        ui.painter(),
        column.left()..=column.right(),
        top - 0.5,
    );
    hits::hits(view, ui, column, &state.list, actions);
}

/// `searching 14 of 17 issues`.
pub(super) fn indexing(words: &crate::words::Words, filling: Filling) -> String {
    let number = |n: usize| words.number(n as u64);
    words.with(
        "indexing",
        &[
            ("done", number(filling.done).into()),
            ("total", number(filling.total).into()),
        ],
    )
}

/// The icon of a kept issue that is not whole.
fn partial_icon(view: &View<'_>) -> Icon {
    Icon::new("partial").turning(view.rtl)
}
