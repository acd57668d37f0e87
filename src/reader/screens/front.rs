//! The front page: nameplate, lead, columns, then every section as a list.
//!
//! Reading minutes, not clock times: bundles carry a day only.
use super::{Action, scrolled};
use crate::{
    day,
    face::Tone,
    icon::Icon,
    issue::{Checked, Entry, FrontPage, Mark},
    place::Place,
    theme::{Type, size},
    widgets::{
        self, Text, View, follow_focus, hairline, hairline_down, label, middle, text_height,
        text_size,
    },
};
use eframe::egui::{
    CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, TextureHandle, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

mod list;

/// Widest page and its margins.
const PAGE: f32 = 1068.0;
const MARGIN: f32 = 56.0;
/// Below this width there is one column.
const NARROW: f32 = 760.0;
/// Width of the lead beside its column.
const LEAD: f32 = 664.0;
const LEAD_PICTURE: f32 = 312.0;

/// What the page needs from outside.
pub struct FrontState<'a> {
    /// Verdict and facts of the file.
    pub checked: &'a Checked,
    /// Articles.
    pub front: &'a FrontPage,
    /// The entry that `j` and `k` move, if any.
    pub chosen: Option<usize>,
    /// Whether the chosen entry must be brought into view.
    pub reveal: bool,
    /// Section shown alone; `None` = the whole page.
    pub section: Option<usize>,
    /// Whether the page is a list, without lead and columns.
    pub compact: bool,
    /// Picture of the lead, when it is decoded.
    pub picture: Option<&'a TextureHandle>,
}

/// Draws the front page.
pub fn front(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    state: &FrontState<'_>,
) -> (Vec<Action>, Option<Option<usize>>) {
    let mut actions = Vec::new();
    let mut section = None;
    ui.painter().rect_filled(rect, 0, view.colours.page);
    scrolled(ui, rect, "front", |ui, page| {
        let margin = if page.width() < NARROW {
            size::S[5]
        } else {
            MARGIN
        };
        let width = (page.width() - 2.0 * margin).min(PAGE);
        let mut column = Rect::from_center_size(page.center(), vec2(width, page.height()));
        nameplate(view, ui, &mut column, state);
        section = list::sections(view, ui, &mut column, state);
        if state.front.entries.is_empty() {
            let words = view.words.text("front-unreadable");
            let _ = widgets::take_top(&mut column, size::S[6]);
            label(
                view,
                ui,
                column,
                &Text::new(&words, size::BODY, view.colours.ink2),
            );
        } else if state.section.is_none() && !state.compact && width + 2.0 * margin >= NARROW {
            let shown = headlines(view, ui, &mut column, state, &mut actions);
            list::all(view, ui, &mut column, state, &shown, &mut actions);
        } else {
            list::all(view, ui, &mut column, state, &[], &mut actions);
        }
        column.top() + size::S[7]
    });
    (actions, section)
}

fn nameplate(view: &View<'_>, ui: &mut Ui, column: &mut Rect, state: &FrontState<'_>) {
    let (c, words) = (view.colours, view.words);
    let facts = state.checked.facts.as_ref();
    let publisher = facts
        .map(|f| f.publisher(words.language()).to_owned())
        .unwrap_or_default();
    let title = if state.front.title.is_empty() {
        publisher.as_str()
    } else {
        state.front.title.as_str()
    };
    let _ = widgets::take_top(column, 10.0);
    let plate = Text::new(
        title,
        Type {
            size: 50.0,
            line: 1.3,
            weight: 900,
        },
        c.ink,
    )
    .facing(is_rtl(title, state.front.rtl))
    .centred();
    let height = text_height(view, &plate, column.width());
    label(view, ui, widgets::take_top(column, height + 6.0), &plate);
    let line = widgets::take_top(column, 34.0);
    for y in [line.top(), line.bottom()] {
        let y = ui.painter().round_to_pixel_center(y);
        ui.painter()
            .hline(line.left()..=line.right(), y, Stroke::new(1.0, c.ink));
    }
    let day = facts
        .map(|f| day::words_of(f.day, words))
        .unwrap_or_default();
    let number = facts
        .map(|f| {
            words.with(
                "front-issue",
                &[("number", words.number(f.number.into()).into())],
            )
        })
        .unwrap_or_default();
    let count = state.front.entries.len() as u64;
    let articles = words.counted("front-articles", count);
    let role = |text| Text::new(text, size::CAPTION, c.ink2).lines(1);
    let height = text_height(view, &role(&day), line.width());
    let row = middle(line, height);
    label(view, ui, row, &role(&day));
    label(view, ui, row, &role(&number).centred());
    label(view, ui, row, &role(&articles).at_end());
}

/// Direction of a name whose language nobody declared: its first letter that has one.
pub(super) fn is_rtl(text: &str, otherwise: bool) -> bool {
    let strong = text.chars().find(|c| c.is_alphabetic());
    strong.map_or(
        otherwise,
        |c| matches!(u32::from(c), 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF),
    )
}

/// Lead with its column and the row of four below; answers with the entries it has shown.
fn headlines(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &FrontState<'_>,
    actions: &mut Vec<Action>,
) -> Vec<usize> {
    let lead = state.front.lead.unwrap_or(0);
    let others: Vec<usize> = (0..state.front.entries.len())
        .filter(|&i| i != lead)
        .take(8)
        .collect();
    let (beside, below) = others.split_at(others.len().min(4));
    let top = column.top() + 14.0;
    let lead_width = (column.width() * LEAD / PAGE).round();
    let mut row = Rect::from_min_max(pos2(column.left(), top), column.max);
    let place = view.take_start(&mut row, lead_width);
    let bottom_lead = lead_block(view, ui, place, state, lead, actions);
    view.take_start(&mut row, size::S[6]);
    let rule = if view.rtl { row.right() } else { row.left() };
    view.take_start(&mut row, size::S[6]);
    let mut side = row;
    for (position, &index) in beside.iter().enumerate() {
        if position > 0 {
            hairline(view, ui.painter(), side.left()..=side.right(), side.top());
        }
        let _ = widgets::take_top(&mut side, if position == 0 { 0.0 } else { 14.0 });
        let bottom = item(
            view,
            ui,
            side,
            state,
            index,
            size::SUBHEADING,
            false,
            actions,
        );
        side.min.y = bottom + 14.0;
    }
    let bottom = bottom_lead.max(side.top());
    hairline_down(view, ui.painter(), rule, top - 10.0..=bottom);
    column.min.y = bottom + size::S[3];
    if !below.is_empty() {
        four(view, ui, column, state, below, actions);
    }
    let mut shown = vec![lead];
    shown.extend(others);
    shown
}

fn lead_block(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    state: &FrontState<'_>,
    index: usize,
    actions: &mut Vec<Action>,
) -> f32 {
    let Some(entry) = state.front.entries.get(index) else {
        return rect.top();
    };
    let view = &view.facing(entry.rtl);
    let mut column = rect;
    let has_picture = entry.media.iter().flatten().next().is_some();
    if has_picture {
        let place = widgets::take_top(&mut column, LEAD_PICTURE);
        match state.picture {
            Some(texture) => cover(
                ui,
                place,
                texture,
                view.colours.page == eframe::egui::Color32::WHITE,
            ),
            None => {
                ui.painter()
                    .rect_filled(place, CornerRadius::same(3), view.colours.sunken);
            }
        }
        let _ = widgets::take_top(&mut column, 10.0);
        item(view, ui, column, state, index, size::TITLE, false, actions)
    } else {
        let _ = widgets::take_top(&mut column, size::S[2]);
        item(
            view,
            ui,
            column,
            state,
            index,
            size::DISPLAY,
            false,
            actions,
        )
    }
}

/// A picture that fills its frame; what does not fit is cut off at both sides alike.
pub(super) fn cover(ui: &Ui, frame: Rect, texture: &TextureHandle, bright: bool) {
    let size = texture.size_vec2();
    let (have, want) = (size.x / size.y.max(1.0), frame.aspect_ratio());
    let part = if have > want {
        vec2(want / have, 1.0)
    } else {
        vec2(1.0, have / want)
    };
    let uv = Rect::from_center_size(pos2(0.5, 0.5), part);
    let tint = if bright {
        eframe::egui::Color32::WHITE
    } else {
        eframe::egui::Color32::from_gray(209)
    };
    ui.painter().image(texture.id(), frame, uv, tint);
}

fn four(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    state: &FrontState<'_>,
    below: &[usize],
    actions: &mut Vec<Action>,
) {
    let y = ui.painter().round_to_pixel_center(column.top());
    ui.painter().hline(
        column.left()..=column.right(),
        y,
        Stroke::new(1.0, view.colours.ink),
    );
    let _ = widgets::take_top(column, 10.0);
    let width = column.width() / 4.0;
    let (mut rest, mut bottom, mut rules) = (*column, column.top(), Vec::new());
    for (position, &index) in below.iter().enumerate() {
        let mut cell = view.take_start(&mut rest, width);
        if position > 0 {
            rules.push(if view.rtl { cell.right() } else { cell.left() });
            view.take_start(&mut cell, 20.0);
        }
        view.take_end(&mut cell, 20.0);
        bottom = bottom.max(item(
            view,
            ui,
            cell,
            state,
            index,
            Type {
                size: 16.0,
                line: 1.6,
                weight: 700,
            },
            false,
            actions,
        ));
    }
    for x in rules {
        hairline_down(view, ui.painter(), x, column.top()..=bottom);
    }
    column.min.y = bottom + size::S[5];
}

/// An article: section, headline, minutes and what is special about it. Answers with its bottom.
#[allow(clippy::too_many_arguments)] // a headline is all of these
fn item(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    state: &FrontState<'_>,
    index: usize,
    role: Type,
    plain: bool,
    actions: &mut Vec<Action>,
) -> f32 {
    let Some(entry) = state.front.entries.get(index) else {
        return rect.top();
    };
    let shell = view.words.language().is_rtl();
    let view = &view.facing(entry.rtl);
    let c = view.colours;
    let mut column = rect;
    let section = state
        .front
        .sections
        .get(entry.section)
        .map(String::as_str)
        .unwrap_or_default();
    // What was read steps back; only where it is remembered at all is anything marked.
    let (read, unread) = (
        entry.key.is_some() && entry.read,
        entry.key.is_some() && !entry.read,
    );
    let ink = if entry.here && !read { c.ink } else { c.ink3 };
    let mut parts: Vec<(Text<'_>, f32)> = Vec::new();
    if !section.is_empty() && !plain {
        let colour = if entry.here { c.accent } else { c.ink3 };
        parts.push((
            Text::new(section, size::CAPTION, colour)
                .weight(700)
                .lines(1),
            0.0,
        ));
    }
    let weight = if read {
        500.min(role.weight)
    } else {
        role.weight
    };
    parts.push((Text::new(&entry.title, role, ink).weight(weight), 2.0));
    if !entry.byline.is_empty() && !plain && role.size < 20.0 {
        parts.push((Text::new(&entry.byline, size::SMALL, c.ink2).lines(1), 0.0));
    }
    let remark = remark(view, entry);
    let height: f32 = parts
        .iter()
        .map(|(t, after)| text_height(view, t, rect.width()) + after)
        .sum::<f32>()
        + 22.0;
    let whole = Rect::from_min_size(rect.min, vec2(rect.width(), height));
    let response = ui.interact(
        whole,
        Id::unique("entry").with(entry.number),
        Sense::click(),
    );
    let mut name = entry.title.clone();
    let marked = entry.marks.last().map(Mark::key);
    let states = [
        (!entry.here).then_some("not-in-this-copy"),
        (unread && entry.here).then_some("unread"),
        entry.starred.then_some("starred"),
    ];
    for key in states.into_iter().flatten().chain(marked) {
        name = format!("{name} · {}", view.words.text(key));
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
    follow_focus(ui, &response);
    let chosen = state.chosen == Some(index);
    if response.hovered() || chosen {
        ui.painter().rect_filled(
            whole.expand2(vec2(8.0, 4.0)),
            CornerRadius::same(6),
            if chosen { c.accent_soft } else { c.hover },
        );
    }
    if chosen && state.reveal {
        ui.scroll_to_rect(whole.expand(size::S[5]), None);
    }
    if response.has_focus() {
        let ring = whole.expand2(vec2(10.0, 6.0));
        ui.painter().rect_stroke(
            ring,
            CornerRadius::same(8),
            Stroke::new(size::FOCUS, c.focus),
            StrokeKind::Inside,
        );
    }
    for (text, after) in &parts {
        paint(view, ui, column, text);
        let height = text_height(view, text, column.width());
        let _ = widgets::take_top(&mut column, height + after);
    }
    let mut row = widgets::take_top(&mut column, 20.0);
    if !entry.here {
        let ink = Tone::Missing.paint(c).ink;
        let square = Rect::from_center_size(
            view.take_start(&mut row, size::ICON_SMALL).center(),
            Vec2::splat(size::ICON_SMALL),
        );
        Icon::new("partial")
            .turning(view.rtl)
            .paint(ui.painter(), square, ink, c.page);
        view.take_start(&mut row, size::S[2]);
    }
    if entry.here && (unread || read) {
        let place = view.take_start(&mut row, size::S[3]);
        if unread {
            ui.painter().circle_filled(place.center(), 3.5, c.accent);
        } else {
            let square = Rect::from_center_size(place.center(), Vec2::splat(size::S[3]));
            Icon::new("check").paint(ui.painter(), square, c.ink3, c.page);
        }
        view.take_start(&mut row, size::S[1]);
    }
    if entry.starred {
        let place = view.take_start(&mut row, size::ICON_SMALL);
        let square = Rect::from_center_size(place.center(), Vec2::splat(14.0));
        Icon::new("starf").paint(ui.painter(), square, c.accent, c.page);
        view.take_start(&mut row, size::S[1]);
    }
    let colour = if entry.here {
        c.ink3
    } else {
        Tone::Missing.paint(c).ink
    };
    let text = Text::new(&remark, size::CAPTION, colour)
        .facing(shell)
        .lines(1);
    let height = text_size(view, &text, row.width()).y;
    paint(view, ui, middle(row, height), &text);
    if response.clicked() {
        actions.push(Action::Go(Place::Article(entry.number)));
    }
    column.top()
}

fn remark(view: &View<'_>, entry: &Entry) -> String {
    let words = view.words;
    let minutes = entry.minutes();
    let minutes = words.counted("minutes", minutes);
    let minutes = match entry.marks.last() {
        Some(mark) => format!("{} · {minutes}", words.text(mark.key())),
        None => minutes,
    };
    if !entry.here {
        return format!("{} · {minutes}", words.text("not-in-this-copy"));
    }
    match entry.pictures() {
        0 => minutes,
        n => format!("{minutes} · {}", words.counted("pictures", n)),
    }
}

/// Words that belong to a headline: its link carries the name, so they are no nodes of their own.
fn paint(view: &View<'_>, ui: &Ui, rect: Rect, text: &Text<'_>) {
    widgets::paint(view, ui, rect, text);
}
