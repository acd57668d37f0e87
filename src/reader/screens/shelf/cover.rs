//! A cover: the sheet of an issue with its lead, and below it how much of it is unread.
use super::{ShelfState, partial_icon};
use crate::{
    command::Command,
    day,
    face::Tone,
    icon::Icon,
    screens::Action,
    shelf::Cover,
    theme::{Type, size},
    widgets::{self, Text, View, follow_focus, middle, text_height, text_size},
};
use eframe::egui::{
    CornerRadius, Id, Key, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

pub(super) const WIDTH: f32 = 148.0;
const SHEET: f32 = 196.0;
const FOOT: f32 = 30.0;
pub(super) const HEIGHT: f32 = SHEET + FOOT;
const PICTURE: f32 = 62.0;

/// Draws an issue.
pub(super) fn cover(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    issue: &Cover,
    state: &mut ShelfState,
    actions: &mut Vec<Action>,
) {
    if !state.asked.contains(&issue.id) {
        state.wanted.push(issue.id);
    }
    let c = view.colours;
    let sheet = Rect::from_min_size(rect.min, vec2(WIDTH, SHEET));
    let response = ui.interact(sheet, Id::unique("cover").with(issue.id.0), Sense::click());
    let said = said(view, issue, state);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &said));
    follow_focus(ui, &response);
    let edge = if response.hovered() {
        c.stroke
    } else {
        c.hairline
    };
    widgets::sheet(view, ui, sheet, edge);
    folded(view, ui, sheet);
    if response.has_focus() {
        let ring = Stroke::new(size::FOCUS, c.focus);
        ui.painter().rect_stroke(
            sheet.expand(4.0),
            CornerRadius::same(10),
            ring,
            StrokeKind::Inside,
        );
        if ui.input(|input| input.key_pressed(Key::Delete)) {
            actions.push(Action::RemoveIssue(issue.id));
        }
    }
    on_sheet(view, ui, sheet, issue, state);
    let foot = Rect::from_min_size(sheet.left_bottom(), vec2(WIDTH, FOOT));
    below(view, ui, foot, issue, state);
    if response.hovered() || response.has_focus() {
        remove(view, ui, foot, issue, actions);
    }
    if response.clicked() {
        actions.push(Action::OpenKept(issue.id));
    }
}

/// Everything of the cover in one sentence.
fn said(view: &View<'_>, issue: &Cover, state: &ShelfState) -> String {
    let words = view.words;
    let number = words.number(issue.facts.number.into());
    let mut parts = vec![
        issue.facts.publisher(words.language()).to_owned(),
        words.with("front-issue", &[("number", number.into())]),
        day::words_of(issue.facts.day, words),
    ];
    if let Some(drawn) = state.faces.get(&issue.id) {
        parts.push(drawn.face.headline.clone());
    }
    parts.push(read_words(view, issue));
    if let Some(part) = part_words(view, issue, state) {
        parts.push(part);
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

fn on_sheet(view: &View<'_>, ui: &mut Ui, sheet: Rect, issue: &Cover, state: &ShelfState) {
    let c = view.colours;
    let mut inside = sheet.shrink2(vec2(size::S[3], size::S[2]));
    let name = issue.facts.publisher(view.words.language());
    let plate = Type {
        size: 16.5,
        line: 1.6,
        weight: 800,
    };
    let read = issue.unread == Some(0);
    let text = Text::new(name, plate, if read { c.ink2 } else { c.ink })
        .facing(crate::screens::front::is_rtl(name, view.rtl))
        .lines(1);
    let height = text_height(view, &text, inside.width() - 12.0);
    let mut place = widgets::take_top(&mut inside, height + 4.0);
    view.take_end(&mut place, 12.0);
    widgets::paint(view, ui, place, &text);
    let y = ui.painter().round_to_pixel_center(inside.top());
    ui.painter()
        .hline(inside.left()..=inside.right(), y, Stroke::new(1.0, c.ink));
    let _ = widgets::take_top(&mut inside, size::S[2]);
    let mut foot = inside;
    foot.min.y = foot.bottom() - 22.0;
    inside.max.y = foot.top();
    if let Some(drawn) = state.faces.get(&issue.id) {
        let mut lines = 4;
        if let Some(texture) = &drawn.picture {
            let place = widgets::take_top(&mut inside, PICTURE);
            let bright = c.page == eframe::egui::Color32::WHITE;
            crate::screens::front::cover(ui, place, texture, bright);
            let _ = widgets::take_top(&mut inside, size::S[1]);
            lines = 2;
        }
        let role = Type {
            size: 14.5,
            line: 1.55,
            weight: 600,
        };
        let facing = view.facing(drawn.face.rtl);
        let ink = if read { c.ink2 } else { c.ink };
        let text = Text::new(&drawn.face.headline, role, ink).lines(lines);
        widgets::paint(&facing, ui, inside, &text);
    }
    let (day, number) = (
        day::short(issue.facts.day, view.words),
        view.words.number(issue.facts.number.into()),
    );
    let text = Text::new(&number, size::CAPTION, c.ink2).lines(1);
    let wide = text_size(view, &text, foot.width());
    let place = view.take_end(&mut foot, wide.x + 1.0);
    widgets::paint(view, ui, middle(place, wide.y), &text);
    let text = Text::new(&day, size::CAPTION, c.ink2).lines(1);
    let height = text_height(view, &text, foot.width());
    widgets::paint(view, ui, middle(foot, height), &text);
}

/// The folded corner at the top end side.
fn folded(view: &View<'_>, ui: &Ui, sheet: Rect) {
    let c = view.colours;
    let top = Rect::from_min_size(sheet.min, vec2(sheet.width(), 19.0));
    let square = view.end(top, 19.0);
    let (outer, near, far) = if view.rtl {
        (square.left_top(), square.right_top(), square.left_bottom())
    } else {
        (square.right_top(), square.left_top(), square.right_bottom())
    };
    let inner = if view.rtl {
        square.right_bottom()
    } else {
        square.left_bottom()
    };
    for (points, ink) in [([near, outer, far], c.desk), ([near, inner, far], c.fold)] {
        ui.painter()
            .add(Shape::convex_polygon(points.to_vec(), ink, Stroke::NONE));
    }
}

fn read_words(view: &View<'_>, issue: &Cover) -> String {
    let words = view.words;
    let mut said = match issue.unread {
        None => words.text("not-indexed"),
        Some(0) => words.text("read-all"),
        Some(unread) => {
            let count = u64::from(unread);
            words.counted("shelf-unread", count)
        }
    };
    if issue.fresh && issue.unread != Some(0) {
        said = format!("{said} · {}", words.text("fresh"));
    }
    said
}

/// `31 of 36`, of a copy that is not whole.
fn part_words(view: &View<'_>, issue: &Cover, state: &ShelfState) -> Option<String> {
    let face = &state.faces.get(&issue.id)?.face;
    if issue.whole || face.here >= face.articles {
        return None;
    }
    let number = |n: u32| view.words.number(n.into());
    let values = [
        ("whole", number(face.here).into()),
        ("total", number(face.articles).into()),
    ];
    Some(view.words.with("cover-partial", &values))
}

fn below(view: &View<'_>, ui: &Ui, mut foot: Rect, issue: &Cover, state: &ShelfState) {
    let c = view.colours;
    let part = part_words(view, issue, state);
    let (icon, ink, words) = match (&part, issue.unread) {
        (Some(part), _) => (
            Some(partial_icon(view)),
            Tone::Missing.paint(c).ink,
            part.clone(),
        ),
        (None, Some(0)) => (Some(Icon::new("check")), c.ink3, read_words(view, issue)),
        (None, Some(_)) => (None, c.accent, read_words(view, issue)),
        (None, None) => (Some(Icon::new("clock")), c.ink3, read_words(view, issue)),
    };
    let place = view.take_start(&mut foot, size::ICON_SMALL);
    match icon {
        Some(icon) => {
            let square = Rect::from_center_size(place.center(), Vec2::splat(size::ICON_SMALL));
            icon.paint(ui.painter(), square, ink, c.desk);
        }
        None => {
            ui.painter().circle_filled(place.center(), 4.0, ink);
        }
    }
    view.take_start(&mut foot, size::S[1]);
    let weight = if issue.fresh { 600 } else { 400 };
    let text = Text::new(&words, size::CAPTION, ink)
        .weight(weight)
        .lines(1);
    let height = text_height(view, &text, foot.width());
    widgets::paint(view, ui, middle(foot, height), &text);
}

/// The way off the shelf: it can be undone, so nothing is asked.
fn remove(view: &View<'_>, ui: &mut Ui, foot: Rect, issue: &Cover, actions: &mut Vec<Action>) {
    let place = view.end(foot, FOOT);
    let at = Rect::from_center_size(place.center(), Vec2::splat(FOOT));
    let command = Command::RemoveIssue;
    let id = Id::unique("remove").with(issue.id.0);
    let clicked = ui
        .push_id(id, |ui| {
            widgets::icon_button(view, ui, at, Icon::new("close"), command, false).clicked()
        })
        .inner;
    if clicked {
        actions.push(Action::RemoveIssue(issue.id));
    }
}

/// Issues that are not on this shelf.
pub(super) fn gap(view: &View<'_>, ui: &mut Ui, rect: Rect, first: u32, last: u32) {
    let c = view.colours;
    let sheet = Rect::from_min_size(rect.min, vec2(WIDTH, SHEET));
    let r = sheet.shrink(0.5);
    let outline = [
        r.left_top(),
        r.right_top(),
        r.right_bottom(),
        r.left_bottom(),
        r.left_top(),
    ];
    ui.painter().extend(Shape::dashed_line(
        &outline,
        Stroke::new(1.0, c.stroke),
        4.0,
        3.0,
    ));
    let words = view.words;
    let number = |n: u32| words.number(n.into());
    let said = if first == last {
        words.with("gap-one", &[("number", number(first).into())])
    } else {
        let values = [
            ("first", number(first).into()),
            ("last", number(last).into()),
        ];
        words.with("gap-many", &values)
    };
    let text = Text::new(&said, size::SMALL, c.ink2).centred();
    let inside = sheet.shrink(size::S[3]);
    let height = text_height(view, &text, inside.width());
    let mut place = middle(inside, height + 40.0);
    let icon = widgets::take_top(&mut place, 32.0);
    let square = Rect::from_center_size(icon.center(), Vec2::splat(24.0));
    partial_icon(view).paint(ui.painter(), square, Tone::Missing.paint(c).ink, c.desk);
    place.min = pos2(place.left(), place.top() + 8.0);
    widgets::label(view, ui, place, &text);
}
