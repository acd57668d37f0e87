//! Articles that were found or listed: headline, the part that fits, and whose it is.
use super::Action;
use crate::{
    day,
    face::Face,
    issue::Mark,
    shelf::{Hit, Results},
    theme::size,
    widgets::{self, Text, View, follow_focus, hairline, label, middle, text_height, text_size},
};
use eframe::egui::{
    CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// Height of a row.
const ROW: f32 = 104.0;
/// Rows this far outside the window are drawn too, for the screen reader and the Tab key.
const BEYOND: f32 = 400.0;
/// So many are asked for at a time.
pub const PORTION: usize = 100;

/// A list of hits and the place in it.
#[derive(Default)]
pub struct HitList {
    /// What was found; `None` until the first answer.
    pub results: Option<Box<Results>>,
    /// The wish that is to be answered.
    pub wish: u64,
    /// The hit that the arrows move.
    pub chosen: Option<usize>,
    /// Whether it must be brought into view.
    pub reveal: bool,
}

impl HitList {
    /// The hits.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        self.results.as_ref().map_or(&[], |results| &results.hits)
    }

    /// The hit that Enter opens: the chosen one, else the first.
    #[must_use]
    pub fn chosen(&self) -> Option<&Hit> {
        self.hits().get(self.chosen.unwrap_or(0))
    }

    /// Moves the choice.
    pub fn choose(&mut self, next: bool) {
        let last = self.hits().len().saturating_sub(1);
        self.chosen = Some(match (self.chosen, next) {
            (None, _) => 0,
            (Some(at), true) => (at + 1).min(last),
            (Some(at), false) => at.saturating_sub(1),
        });
        self.reveal = true;
    }

    /// Takes an answer; the choice stays on its article if it is still there.
    pub fn take(&mut self, results: Box<Results>) {
        let before = self
            .chosen
            .and_then(|at| self.hits().get(at))
            .map(|hit| hit.key);
        self.chosen = before.and_then(|key| results.hits.iter().position(|hit| hit.key == key));
        self.results = Some(results);
    }
}

/// Draws the hits from the top of `column`, which moves below them.
pub(super) fn hits(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    list: &HitList,
    actions: &mut Vec<Action>,
) {
    let seen = ui.clip_rect().expand(BEYOND);
    for (index, hit) in list.hits().iter().enumerate() {
        let place = widgets::take_top(column, ROW);
        let chosen = list.chosen == Some(index);
        let out_of_sight = place.top() > seen.bottom() || place.bottom() < seen.top();
        if out_of_sight && !(chosen && list.reveal) {
            continue;
        }
        if chosen && list.reveal {
            ui.scroll_to_rect(place.expand(size::S[5]), None);
        }
        row(view, ui, place, (index, hit), chosen, actions);
    }
    more(view, ui, column, list, actions);
}

/// What is said below the last one: how many more there are, and the button that asks for them.
fn more(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    list: &HitList,
    actions: &mut Vec<Action>,
) {
    let Some(results) = &list.results else { return };
    if results.hits.len() >= results.total || results.hits.is_empty() {
        return;
    }
    let words = view.words.text("hits-more");
    let shows = widgets::Button::normal(&words);
    let row = widgets::take_top(column, size::BUTTON + 2.0 * size::S[4]);
    let place = view.start(middle(row, size::BUTTON), shows.width(view));
    if widgets::button(view, ui, place, Id::unique("more-hits"), &shows).clicked() {
        actions.push(Action::MoreHits);
    }
}

fn row(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    (index, hit): (usize, &Hit),
    chosen: bool,
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    let response = ui.interact(rect, Id::unique("hit").with(index), Sense::click());
    let place = place_of(view, hit);
    let text = hit.snippet.as_ref().map(cut).unwrap_or_default();
    let said = [name_of(view, hit), text.0.clone(), place.clone()];
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, said.join(" · ")));
    follow_focus(ui, &response);
    ground(view, ui, rect, chosen, &response);
    let facing = view.facing(hit.rtl);
    let mut inside = rect.shrink2(vec2(size::S[4], size::S[3]));
    let ink = if hit.read { c.ink3 } else { c.ink };
    let mut line = inside;
    if !hit.read {
        let place = facing.take_start(&mut line, size::S[4]);
        let dot = facing.start(place, size::S[2]);
        let at = pos2(dot.center().x, line.top() + 14.0);
        ui.painter().circle_filled(at, 4.0, c.accent);
    }
    if hit.starred {
        let square = facing.take_end(&mut line, size::ICON_SMALL);
        let square = Rect::from_min_size(square.min + vec2(0.0, 5.0), Vec2::splat(16.0));
        crate::icon::Icon::new("starf").paint(ui.painter(), square, c.accent, c.page);
    }
    let weight = if hit.read { 500 } else { 700 };
    let title = Text::new(&hit.title, size::SUBHEADING, ink)
        .weight(weight)
        .lines(1);
    widgets::marked(&facing, ui, line, &title, &hit.title_hits);
    let height = text_height(&facing, &title, line.width());
    let _ = widgets::take_top(&mut inside, height);
    let snippet = Text::new(&text.0, size::SMALL, c.ink2).lines(1);
    let height = text_height(&facing, &Text::new("X", size::SMALL, c.ink2), 100.0);
    widgets::marked(&facing, ui, inside, &snippet, &text.1);
    let _ = widgets::take_top(&mut inside, height + 2.0);
    foot(view, ui, inside, hit, &place);
    if response.clicked() {
        actions.push(Action::OpenHit(hit.issue, hit.number));
    }
}

fn ground(view: &View<'_>, ui: &Ui, rect: Rect, chosen: bool, response: &eframe::egui::Response) {
    let c = view.colours;
    let colour = match (chosen, response.hovered()) {
        (true, _) => c.accent_soft,
        (false, true) => c.hover,
        (false, false) => c.page,
    };
    ui.painter().rect_filled(rect, 0, colour);
    if chosen {
        let edge = view.start(rect, 3.0);
        ui.painter().rect_filled(edge, 0, c.accent);
    }
    hairline(
        view,
        ui.painter(),
        rect.left()..=rect.right(),
        rect.bottom() - 0.5,
    );
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, c.focus);
        ui.painter()
            .rect_stroke(rect, CornerRadius::same(6), ring, StrokeKind::Inside);
    }
}

/// Seal and place, in the direction of the window.
fn foot(view: &View<'_>, ui: &mut Ui, rect: Rect, hit: &Hit, place: &str) {
    let c = view.colours;
    let mut line = Rect::from_min_size(rect.min, vec2(rect.width(), 22.0));
    let face = Face::of(hit.verdict);
    let square = view.take_start(&mut line, size::ICON_SMALL);
    let square = Rect::from_center_size(square.center(), Vec2::splat(size::ICON_SMALL));
    let ink = face.tone.paint(c).ink;
    face.icon.paint(ui.painter(), square, ink, c.page);
    view.take_start(&mut line, size::S[2]);
    if let Some(mark) = hit.marks.last() {
        let words = view.words.text(mark.key());
        let text = Text::new(&words, size::CAPTION, c.ink).weight(600).lines(1);
        let wide = text_size(view, &text, line.width());
        let place = view.take_start(&mut line, wide.x + size::S[3]);
        widgets::paint(view, ui, middle(place, wide.y), &text);
    }
    let text = Text::new(place, size::CAPTION, c.ink3).lines(1);
    let height = text_height(view, &text, line.width());
    widgets::paint(view, ui, middle(line, height), &text);
}

fn name_of(view: &View<'_>, hit: &Hit) -> String {
    let mut name = hit.title.clone();
    let state = [
        (!hit.read).then_some("unread"),
        hit.starred.then_some("starred"),
        hit.marks.last().map(Mark::key),
    ];
    for key in state.into_iter().flatten() {
        name = format!("{name} · {}", view.words.text(key));
    }
    name
}

/// `Karaneh · issue 218 · 2 Azar · City · 11 places`.
fn place_of(view: &View<'_>, hit: &Hit) -> String {
    let words = view.words;
    let number = words.number(hit.facts.number.into());
    let mut parts = vec![
        hit.facts.publisher(words.language()).to_owned(),
        words.with("front-issue", &[("number", number.into())]),
        day::short(hit.day, words),
        hit.section.clone(),
    ];
    if let Some(count) = hit.snippet.as_ref().map(|it| it.count as u64)
        && count > 0
    {
        parts.push(words.counted("hit-places", count));
    }
    parts.retain(|part| !part.is_empty());
    let whole = parts.iter().map(|part| format!("\u{2068}{part}\u{2069}"));
    whole.collect::<Vec<_>>().join(" · ")
}

/// The snippet with an ellipsis where the text goes on, and its hits moved with it.
fn cut(snippet: &varaq_shelf::Snippet) -> (String, Vec<std::ops::Range<usize>>) {
    let before = if snippet.cut_before { "… " } else { "" };
    let after = if snippet.cut_after { "…" } else { "" };
    let shift = before.len();
    let hits = snippet.hits.iter();
    (
        format!("{before}{}{after}", snippet.text),
        hits.map(|hit| hit.start + shift..hit.end + shift).collect(),
    )
}

/// Words in the middle of an empty list.
pub(super) fn nothing(view: &View<'_>, ui: &mut Ui, column: &mut Rect, words: &[String]) {
    let _ = widgets::take_top(column, size::S[6]);
    for (at, line) in words.iter().enumerate() {
        let role = if at == 0 { size::HEADING } else { size::BODY };
        let ink = if at == 0 {
            view.colours.ink
        } else {
            view.colours.ink2
        };
        let text = Text::new(line, role, ink);
        label(view, ui, *column, &text);
        let height = text_height(view, &text, column.width());
        let _ = widgets::take_top(column, height + size::S[2]);
    }
}
