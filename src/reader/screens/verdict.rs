//! The verdict sheet: who, which, how whole, and what can be done, before anything of the file is shown.
use super::{Action, measured, scrolled};
use crate::{
    command::Command,
    face::{Face, Rule, Tone},
    issue::{Checked, Facts},
    theme::size,
    widgets::{self, CodeField, Text, View, hairline, label, text_height},
};
use eframe::egui::{
    CornerRadius, Id, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, epaint::RectShape, pos2, vec2,
};
use varaq_trust::Verdict;

mod banners;
mod consent;
mod facts;
mod newness;
mod reason;

pub(super) use banners::banner;
pub(super) use consent::{ask, closing, digits_of, show_code};
pub(super) use facts::{Row, draw};

/// Padding inside the sheet.
pub(super) const SIDE: f32 = 36.0;

/// What a typed code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// It is another publisher's, or nobody's. How close it comes is not told.
    Another,
    /// Its check digits do not fit: nobody's code.
    Typo,
    /// The publisher's code is still being stretched; the comparison follows by itself.
    Waiting,
    /// This PC lacks the memory to stretch the publisher's code.
    NoMemory,
}

/// What the sheet remembers between frames.
#[derive(Clone, Debug, Default)]
pub struct VerdictState {
    /// The field, when a code is asked for.
    pub field: Option<CodeField>,
    /// Outcome of the last comparison.
    pub compared: Option<Compared>,
    /// Whether the publisher is pinned in this session and could be remembered; then the outcome of doing so.
    pub remember: Option<Option<Result<(), String>>>,
    /// Whether the list of pins could not be read, so that known publishers look unknown.
    pub state_unread: bool,
    /// Whether nothing of this publisher is kept on this computer.
    pub memory_only: bool,
    /// Whether the first control was given the focus.
    pub focused: bool,
}

/// Draws the verdict on a file.
pub fn verdict(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    checked: &Checked,
    state: &mut VerdictState,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let face = checked.face();
    scrolled(ui, rect, "verdict", |ui, page| {
        on_sheet(view, ui, page, &face, |ui, inside| {
            let mut y = inside;
            head(
                view,
                ui,
                &mut y,
                &face,
                &title(view, checked),
                &text(view, checked),
            );
            if let Some(facts) = &checked.facts {
                facts::facts(view, ui, &mut y, checked, facts, state.memory_only);
                banners::banners(view, ui, &mut y, checked);
            }
            if state.state_unread && checked.verdict == Verdict::UnknownPublisher {
                let words = view.words.text("pins-unread");
                let text = Text::new(&words, size::SMALL, view.colours.ink).weight(600);
                let _ = widgets::take_top(&mut y, size::S[3]);
                let column = y.shrink2(vec2(SIDE, 0.0));
                label(view, ui, column, &text);
                let height = text_height(view, &text, column.width());
                let _ = widgets::take_top(&mut y, height);
            }
            steps(view, ui, &mut y, &face);
            if checked.facts.is_none() || checked.verdict == Verdict::ImpostorName {
                reason::reason(view, ui, &mut y, checked);
            }
            consent::consent(view, ui, &mut y, checked, state, &mut actions);
            y.top()
        })
    });
    actions
}

/// The sheet while a file is read: grey, without any verdict.
pub fn checking(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    file: &str,
    done: Option<(u64, u64)>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let face = Face {
        icon: crate::icon::Icon::new("sheet"),
        rule: Rule::Hairline,
        tone: Tone::Plain,
        stem: "checking",
        steps: crate::face::Steps::None,
    };
    let title = match done {
        Some((done, total)) => view.words.with(
            "checking-of",
            &[
                ("done", view.words.size(done).into()),
                ("total", view.words.size(total).into()),
            ],
        ),
        None => view.words.text("checking"),
    };
    scrolled(ui, rect, "checking", |ui, page| {
        on_sheet(view, ui, page, &face, |ui, inside| {
            let mut y = inside;
            head(
                view,
                ui,
                &mut y,
                &face,
                &title,
                &view.words.text("checking-text"),
            );
            progress(view, ui, &mut y, done);
            file_line(view, ui, &mut y, file);
            let skip = view.words.text("skip-check");
            let cancel = view.words.text("cancel");
            let mut row = foot(&mut y);
            let cancelling = widgets::Button::normal(&cancel);
            let place = view.take_start(&mut row, cancelling.width(view));
            if widgets::button(view, ui, place, Id::unique("cancel"), &cancelling).clicked() {
                actions.push(Action::Do(Command::Leave));
            }
            view.take_start(&mut row, size::S[3]);
            let skipping = widgets::Button::quiet(&skip).enabled(done.is_some());
            let place = view.take_start(&mut row, skipping.width(view));
            if widgets::button(view, ui, place, Id::unique("skip"), &skipping).clicked() {
                actions.push(Action::SkipCheck);
            }
            y.top()
        })
    });
    actions
}

/// The sheet of a file that the system would not give.
pub fn refused(view: &View<'_>, ui: &mut Ui, rect: Rect, file: &str, cause: &str) -> Vec<Action> {
    let mut actions = Vec::new();
    let face = Face {
        icon: crate::icon::Icon::new("notbundle"),
        rule: Rule::Hairline,
        tone: Tone::Plain,
        stem: "not-opened",
        steps: crate::face::Steps::Other,
    };
    scrolled(ui, rect, "refused", |ui, page| {
        on_sheet(view, ui, page, &face, |ui, inside| {
            let mut y = inside;
            let text = view
                .words
                .with("not-opened-text", &[("cause", cause.into())]);
            head(
                view,
                ui,
                &mut y,
                &face,
                &view.words.text("not-opened-title"),
                &text,
            );
            file_line(view, ui, &mut y, file);
            steps(view, ui, &mut y, &face);
            let mut row = foot(&mut y);
            closing(view, ui, &mut row, true, &mut actions);
            y.top()
        })
    });
    actions
}

/// A sheet in the middle of the desk; `content` draws inside and answers with its bottom.
pub(super) fn on_sheet(
    view: &View<'_>,
    ui: &mut Ui,
    page: Rect,
    face: &Face,
    content: impl FnOnce(&mut Ui, Rect) -> f32,
) -> f32 {
    let width = size::SHEET.min(page.width() - 2.0 * size::S[5]);
    let (c, paint) = (view.colours, face.tone.paint(view.colours));
    let left = (page.center().x - width / 2.0).round();
    let mut bottom = page.bottom();
    measured(ui, Id::unique("sheet").with(face.stem), |ui, before| {
        let top = (page.top() + ((page.height() - before) / 2.0).max(size::S[6])).round();
        let room = Rect::from_min_max(pos2(left, top), pos2(left + width, 1.0e6));
        let ground = ui.painter().add(Shape::Noop);
        let end = content(ui, room) + size::S[5];
        let sheet = Rect::from_min_max(room.min, pos2(room.right(), end.round()));
        let edge = if face.rule == Rule::FullBand {
            paint.ink
        } else {
            c.hairline
        };
        ui.painter().set(
            ground,
            RectShape::new(
                sheet,
                CornerRadius::same(8),
                c.page,
                Stroke::new(1.0, edge),
                StrokeKind::Inside,
            ),
        );
        let line = if face.tone == Tone::Plain {
            c.stroke
        } else {
            paint.ink
        };
        widgets::rule(ui.painter(), sheet, face.rule, line, c.stroke, c.desk);
        bottom = sheet.bottom() + size::S[6];
        sheet.height()
    });
    bottom
}

/// Icon, title and sentences. In a full band they stand on the verdict's colour.
pub(super) fn head(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    face: &Face,
    title: &str,
    text: &str,
) {
    let paint = face.tone.paint(view.colours);
    let band = face.rule == Rule::FullBand;
    let ground = ui.painter().add(Shape::Noop);
    let sheet = *y;
    let _ = widgets::take_top(y, if band { 30.0 } else { 32.0 });
    let mut row = y.shrink2(vec2(SIDE, 0.0));
    let seal = view.take_start(&mut row, size::SEAL_LARGE);
    view.take_start(&mut row, 20.0);
    let (loud, plain, on) = if band {
        (view.colours.on_verdict, view.colours.on_verdict, paint.ink)
    } else {
        (paint.ink, view.colours.ink, view.colours.on_verdict)
    };
    let seal_square = Rect::from_min_size(seal.min, Vec2::splat(size::SEAL_LARGE)).shrink(2.0);
    let heading = Text::new(
        title,
        crate::theme::Type {
            size: 28.0,
            line: 1.4,
            weight: 800,
        },
        loud,
    );
    label(view, ui, row, &heading);
    let height = text_height(view, &heading, row.width());
    let _ = widgets::take_top(&mut row, height + size::S[1]);
    let role = crate::theme::Type {
        size: 17.0,
        line: 1.7,
        weight: 400,
    };
    for sentence in text.lines() {
        let words = Text::new(sentence.trim(), role, plain);
        label(view, ui, row, &words);
        let height = text_height(view, &words, row.width());
        let _ = widgets::take_top(&mut row, height);
    }
    let bottom = row.top().max(seal_square.bottom()) + 22.0;
    if band {
        let rect = Rect::from_min_max(sheet.min, pos2(sheet.right(), bottom));
        let corners = CornerRadius {
            nw: 8,
            ne: 8,
            sw: 0,
            se: 0,
        };
        ui.painter()
            .set(ground, RectShape::filled(rect, corners, paint.ink));
    }
    face.icon.paint(ui.painter(), seal_square, loud, on);
    y.min.y = bottom;
}

/// Numbered things to do.
fn steps(view: &View<'_>, ui: &mut Ui, y: &mut Rect, face: &Face) {
    let keys = face.steps.keys();
    if keys.is_empty() {
        return;
    }
    let c = view.colours;
    let _ = widgets::take_top(y, size::S[4]);
    let mut column = y.shrink2(vec2(SIDE, 0.0));
    let title = view.words.text("steps-title");
    let heading = Text::new(&title, size::SUBHEADING, c.ink);
    label(view, ui, column, &heading);
    let height = text_height(view, &heading, column.width());
    let _ = widgets::take_top(&mut column, height + size::S[2]);
    for (number, key) in (1..).zip(keys) {
        hairline(
            view,
            ui.painter(),
            column.left()..=column.right(),
            column.top(),
        );
        let _ = widgets::take_top(&mut column, 10.0);
        let mut row = column;
        let numeral = view.words.number(number);
        let place = view.take_start(&mut row, 40.0);
        label(view, ui, place, &Text::new(&numeral, size::HEADING, c.ink2));
        let (what, why) = (
            view.words.text(key),
            view.words.text(&format!("{key}-more")),
        );
        let what = Text::new(&what, size::STRONG, c.ink);
        label(view, ui, row, &what);
        let height = text_height(view, &what, row.width());
        let _ = widgets::take_top(&mut row, height);
        let why = Text::new(&why, size::SMALL, c.ink2);
        label(view, ui, row, &why);
        column.min.y = row.top() + text_height(view, &why, row.width()) + size::S[3];
    }
    y.min.y = column.top();
}

pub(super) fn file_line(view: &View<'_>, ui: &mut Ui, y: &mut Rect, file: &str) {
    let column = y.shrink2(vec2(SIDE, 0.0));
    let file = shortened(file, 60);
    let text = Text::new(&file, size::SMALL, view.colours.ink3)
        .facing(false)
        .lines(1);
    label(view, ui, column, &text);
    let _ = widgets::take_top(y, text_height(view, &text, column.width()) + size::S[2]);
}

fn progress(view: &View<'_>, ui: &Ui, y: &mut Rect, done: Option<(u64, u64)>) {
    let column = y.shrink2(vec2(SIDE, 0.0));
    let line = Rect::from_min_size(column.min, vec2(column.width(), 6.0));
    ui.painter().rect_filled(line, 3, view.colours.hairline);
    if let Some((done, total)) = done {
        let part = (done as f32 / total.max(1) as f32).clamp(0.0, 1.0);
        ui.painter().rect_filled(
            view.start(line, line.width() * part),
            3,
            view.colours.accent,
        );
    }
    let _ = widgets::take_top(y, 6.0 + size::S[4]);
}

/// The row of buttons below the sheet's content.
pub(super) fn foot(y: &mut Rect) -> Rect {
    let _ = widgets::take_top(y, size::S[4]);
    widgets::take_top(y, 46.0).shrink2(vec2(SIDE, 0.0))
}

/// A long file name, shortened in the middle, where names of one publisher are alike least.
fn shortened(name: &str, longest: usize) -> String {
    let letters: Vec<char> = name.chars().filter(|c| !c.is_control()).collect();
    if letters.len() <= longest {
        return letters.into_iter().collect();
    }
    let half = longest / 2;
    let (head, tail) = (
        letters.iter().take(half),
        letters.iter().skip(letters.len() - half),
    );
    head.chain(&['…']).chain(tail).collect()
}

fn title(view: &View<'_>, checked: &Checked) -> String {
    view.words.text(&checked.face().key("title"))
}

fn text(view: &View<'_>, checked: &Checked) -> String {
    use crate::issue::Whole;
    let words = view.words;
    let face = checked.face();
    let publisher = checked
        .facts
        .as_ref()
        .map(|f: &Facts| f.publisher(words.language()).to_owned())
        .unwrap_or_default();
    let counted = |whole: u32, total: u32| {
        let numbers = [
            ("whole", words.number(whole.into()).into()),
            ("total", words.number(total.into()).into()),
        ];
        words.with(&face.key("text"), &numbers)
    };
    if face == Face::PARTIAL || face == Face::DAMAGED {
        return match checked.whole {
            Whole::Partial {
                whole,
                total: Some(total),
            }
            | Whole::Damaged {
                whole,
                total: Some(total),
                ..
            } => counted(whole, total),
            _ => words.text(&face.key("text-some")),
        };
    }
    match (checked.verdict, checked.signatures) {
        (Verdict::BelowThreshold, Some((have, need))) => {
            let numbers = [
                ("have", words.number(have.into()).into()),
                ("need", words.number(need.into()).into()),
            ];
            words.with("verdict-below-threshold-text-count", &numbers)
        }
        _ => words.with(&face.key("text"), &[("publisher", publisher.into())]),
    }
}
