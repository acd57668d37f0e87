//! Whom the reader trusts: the list in groups, and beside it what is known of the chosen one (FORMAT.md 4.7).
//!
//! In: pins and evidence, looked up when the place is entered and not in every frame. Out: actions.
use super::{Action, scrolled};
use crate::{
    desk::Change,
    icon::Icon,
    issue::Stretched,
    order,
    theme::{Type, size},
    widgets::{self, Text, View, hairline, label, text_height},
    words::{Language, Words},
};
use eframe::egui::{
    Color32, CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, TextureHandle, Ui, Vec2,
    WidgetInfo, vec2,
};
use varaq_trust::{Code, Dossier, Pin, PublisherId, State};

mod awaited;
mod detail;
mod head;
mod history;
mod name;
mod pass;
mod typing;

pub(super) use history::short;
pub use name::Naming;
pub use typing::{Told, Typing};

const LIST: f32 = 336.0;
const ROW: f32 = 68.0;

/// A trusted publisher with what is known of it.
#[derive(Clone, Debug)]
pub struct Known {
    pin: Pin,
    /// `None` = nothing of it was met yet.
    dossier: Option<Dossier>,
}

impl Known {
    /// What the reader calls it; a name of its own comes in the language of the window.
    fn name(&self, words: &Words) -> &str {
        let names = self.dossier.as_ref().map_or(&[][..], |it| &it.names);
        let spoken = |tag: &str| Language::from_tag(tag) == Some(words.language());
        let own = names.iter().any(|name| name.name == self.pin.name);
        let found = names.iter().find(|name| own && spoken(&name.language));
        found.map_or(&self.pin.name, |name| &name.name)
    }

    /// Whether that is one of its own names, or nothing is known of those.
    fn is_own_name(&self) -> bool {
        let names = self.dossier.as_ref().map_or(&[][..], |it| &it.names);
        names.is_empty() || names.iter().any(|name| name.name == self.pin.name)
    }

    fn met(&self) -> u64 {
        self.dossier.as_ref().map_or(0, |it| it.issues.len() as u64)
    }
}

/// The chosen publisher as a QR picture.
#[derive(Default)]
pub enum Picture {
    /// Nobody asked for it.
    #[default]
    Hidden,
    /// A worker is at it.
    Drawing,
    /// Here it is.
    Here {
        /// Black on white.
        texture: TextureHandle,
        /// Whether it holds a contact, or the code alone.
        is_contact: bool,
    },
    /// It could not be drawn.
    Failed,
}

/// What the screen shows.
#[derive(Default)]
pub struct PublishersState {
    known: Vec<Known>,
    /// Codes that no bundle was seen of yet.
    awaited: Vec<Code>,
    /// Whose details are shown.
    pub chosen: Option<PublisherId>,
    /// The code of that one.
    pub code: Stretched,
    /// Whether the reader is asked if it is really to be removed.
    pub asking: bool,
    /// Why the last change did not reach the file.
    pub failed: Option<(Change, String)>,
    /// The panel for a code, while it is open.
    pub typing: Option<Typing>,
    /// The field for what the reader calls the chosen one, while it is open.
    pub naming: Option<Naming>,
    /// The picture of the chosen one, to hand it on.
    pub picture: Picture,
    /// What came of the last thing that was taken in.
    pub told: Option<Told>,
    /// Whether the list could not be read when the program started.
    pub unread: bool,
    /// Whether nothing of the list is written to this computer, and could be.
    pub unkept: bool,
}

impl PublishersState {
    /// Takes over what is known by now.
    pub fn refresh(&mut self, state: &State) {
        let known = state.pins.iter().map(|pin| Known {
            pin: pin.clone(),
            dossier: state.evidence.dossier(&pin.id),
        });
        self.known = known.collect();
        self.awaited = state.pins.awaited().copied().collect();
        self.asking = false;
        self.chosen = self.chosen.filter(|id| state.pins.find(id).is_some());
    }

    /// Those whose code was checked first, each by the alphabet of the language.
    pub fn put_in_order(&mut self, words: &Words) {
        let key = |one: &Known| order::key(one.name(words), words.language());
        self.known
            .sort_by_cached_key(|one| (!one.pin.checked, key(one)));
    }

    /// The first one on the list.
    #[must_use]
    pub fn first(&self) -> Option<PublisherId> {
        self.known.first().map(|one| one.pin.id)
    }

    /// Closes what is on top of the list; false if nothing is.
    pub fn close_top(&mut self) -> bool {
        let shown = !matches!(std::mem::take(&mut self.picture), Picture::Hidden);
        self.typing.take().is_some()
            || self.naming.take().is_some()
            || std::mem::take(&mut self.asking)
            || shown
    }

    /// Shows another one.
    pub fn choose(&mut self, id: PublisherId, state: &State) {
        self.chosen = Some(id);
        self.code = Stretched::NotYet;
        (self.naming, self.picture) = (None, Picture::Hidden);
        self.refresh(state);
    }
}

/// Draws the screen.
pub fn publishers(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    state: &mut PublishersState,
) -> Vec<Action> {
    let mut actions = Vec::new();
    if let Some(typing) = &mut state.typing {
        typing::panel(view, ui, rect, typing, &mut actions);
        return actions;
    }
    // Lent to the sheet, which draws the rest of the state around it.
    let mut naming = state.naming.take();
    let state = &mut *state;
    state.put_in_order(view.words);
    let chosen = state
        .known
        .iter()
        .find(|one| Some(one.pin.id) == state.chosen);
    match chosen.filter(|_| rect.width() >= 900.0) {
        Some(chosen) => {
            let shown = (&*state, chosen, naming.as_mut());
            side_by_side(view, ui, rect, shown, &mut actions);
        }
        None => scrolled(ui, rect, "publishers", |ui, page| {
            let mut column = in_middle(page);
            head::head(view, ui, &mut column, &mut actions);
            list(view, ui, &mut column, state, &mut actions);
            if let Some(chosen) = chosen {
                column.min.y += size::S[5];
                let shown = (&*state, chosen, naming.as_mut());
                detail::detail(view, ui, &mut column, shown, &mut actions);
            }
            column.top() + size::S[6]
        }),
    }
    state.naming = naming;
    actions
}

/// The list, and beside it the sheet of the chosen one; each scrolls for itself.
fn side_by_side(
    view: &View<'_>,
    ui: &mut Ui,
    mut rest: Rect,
    (state, chosen, naming): (&PublishersState, &Known, Option<&mut Naming>),
    actions: &mut Vec<Action>,
) {
    let wide = LIST + size::S[5] + size::SHEET;
    let mut top = view.start(rest.shrink2(vec2(size::S[6], 0.0)), wide);
    top.min.y += size::S[5];
    head::head(view, ui, &mut top, actions);
    rest.min.y = top.top();
    // The scroll bar of the sheet stands at the edge of the window.
    view.take_start(&mut rest, size::S[6]);
    let side = view.take_start(&mut rest, LIST);
    let wide = side.expand2(vec2(size::S[2], 0.0));
    scrolled(ui, wide, "publishers", |ui, page| {
        let mut column = page.shrink2(vec2(size::S[2], 0.0));
        list(view, ui, &mut column, state, actions);
        column.top() + size::S[6]
    });
    scrolled(ui, rest, "publisher", |ui, page| {
        // Between list and sheet there is room for a bar that stands at the right in every language.
        let mut column = page;
        view.take_start(&mut column, size::S[5]);
        column = view.start(column, (column.width() - size::S[6]).min(size::SHEET));
        column.min.y += size::S[4];
        let shown = (state, chosen, naming);
        detail::detail(view, ui, &mut column, shown, actions);
        column.top() + size::S[6]
    });
}

fn in_middle(page: Rect) -> Rect {
    let width = (page.width() - 2.0 * size::S[5]).min(size::SHEET);
    let mut column = Rect::from_center_size(page.center(), vec2(width, page.height()));
    column.min.y += size::S[6];
    column
}

fn list(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &PublishersState,
    actions: &mut Vec<Action>,
) {
    let words = view.words;
    head::remarks(view, ui, column, state, actions);
    if state.known.is_empty() && state.awaited.is_empty() {
        return empty(view, ui, column);
    }
    for (checked, title) in [
        (true, words.text("publishers-checked")),
        (false, words.text("publishers-same")),
    ] {
        let mut group = state.known.iter().filter(|one| one.pin.checked == checked);
        let mut next = group.next();
        if next.is_some() {
            heading(view, ui, column, &title);
        }
        while let Some(known) = next {
            let place = widgets::take_top(column, ROW);
            if row(view, ui, place, known, Some(known.pin.id) == state.chosen) {
                actions.push(Action::ChoosePublisher(known.pin.id));
            }
            next = group.next();
        }
    }
    awaited::awaited(view, ui, column, &state.awaited, actions);
}

/// What a code is, and where to hear one.
fn empty(view: &View<'_>, ui: &mut Ui, column: &mut Rect) {
    let (c, words) = (view.colours, view.words);
    column.min.y += size::S[3];
    say(
        view,
        ui,
        column,
        &words.text("publishers-none"),
        (size::SUBHEADING, c.ink),
    );
    for text in [
        words.text("publishers-none-code"),
        words.text("publishers-none-where"),
        words.text("publishers-none-how"),
    ] {
        column.min.y += size::S[2];
        say(view, ui, column, &text, (size::BODY, c.ink2));
    }
}

fn heading(view: &View<'_>, ui: &mut Ui, column: &mut Rect, title: &str) {
    column.min.y += size::S[4];
    say(view, ui, column, title, (size::SMALL, view.colours.ink2));
    column.min.y += size::S[1];
    let across = column.left()..=column.right();
    hairline(view, ui.painter(), across, column.top());
}

fn row(view: &View<'_>, ui: &mut Ui, rect: Rect, known: &Known, chosen: bool) -> bool {
    let (c, words) = (view.colours, view.words);
    let id = Id::unique("publisher-row").with(known.pin.id.to_string());
    let response = ui.interact(rect, id, Sense::click());
    let name = known.name(words);
    let met = issues_met(words, known.met());
    let said = format!("{name} · {met}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &said));
    widgets::follow_focus(ui, &response);
    let ground = match (chosen, response.hovered()) {
        (true, _) => c.accent_soft,
        (false, true) => c.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    let wide = rect.expand2(vec2(size::S[2], -1.0));
    ui.painter()
        .rect_filled(wide, CornerRadius::same(6), ground);
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, c.focus);
        let corner = CornerRadius::same(6);
        ui.painter()
            .rect_stroke(wide, corner, ring, StrokeKind::Inside);
    }
    let mut rest = rect;
    let (icon, ink) = seal(view, known.pin.checked);
    let place = view.take_start(&mut rest, size::ICON);
    let square = Rect::from_center_size(place.center(), Vec2::splat(size::ICON));
    icon.paint(ui.painter(), square, ink, c.page);
    view.take_start(&mut rest, size::S[3]);
    let (name, met) = (
        Text::new(name, size::STRONG, c.ink).lines(1),
        Text::new(&met, size::CAPTION, c.ink2).lines(1),
    );
    let first = text_height(view, &name, rest.width());
    let second = text_height(view, &met, rest.width());
    let mut lines = widgets::middle(rest, first + second);
    widgets::paint(view, ui, lines, &name);
    let _ = widgets::take_top(&mut lines, first);
    widgets::paint(view, ui, lines, &met);
    let across = rect.left()..=rect.right();
    hairline(view, ui.painter(), across, rect.bottom() - 0.5);
    response.clicked()
}

fn seal(view: &View<'_>, checked: bool) -> (Icon, Color32) {
    if checked {
        (Icon::new("verified"), view.colours.verified)
    } else {
        (Icon::new("same"), view.colours.same)
    }
}

fn issues_met(words: &Words, count: u64) -> String {
    if count == 0 {
        return words.text("publisher-met-none");
    }
    words.counted("publisher-met", count)
}

/// Words at the top of the column, which goes on below them.
fn say(view: &View<'_>, ui: &mut Ui, column: &mut Rect, words: &str, (role, ink): (Type, Color32)) {
    let text = Text::new(words, role, ink);
    label(view, ui, *column, &text);
    column.min.y += text_height(view, &text, column.width());
}
