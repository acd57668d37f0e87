//! Who, which, how whole, how new: three questions, three answers, never one score.
use super::newness;
use crate::{
    day,
    face::{Face, Tone},
    icon::Icon,
    issue::{Checked, Facts, Whole},
    theme::size,
    widgets::{self, Text, View, hairline, label, middle, text_size},
};
use eframe::egui::{Color32, Rect, Ui, Vec2, vec2};
use varaq_trust::Verdict;

const LABELS: f32 = 140.0;

/// One row: a label, then words; what is said beside them is smaller.
pub(in crate::screens) struct Row {
    /// Key of the label; empty when the row goes on with what the one above asks.
    pub(in crate::screens) name: &'static str,
    pub(in crate::screens) icon: Option<(Icon, Color32)>,
    pub(in crate::screens) strong: String,
    pub(in crate::screens) beside: String,
    /// A seal after the words, for the publisher of a damaged copy.
    pub(in crate::screens) seal: Option<(Face, String)>,
}

impl Row {
    pub(in crate::screens) fn new(name: &'static str, strong: String, beside: String) -> Self {
        Self {
            name,
            icon: None,
            strong,
            beside,
            seal: None,
        }
    }
}

/// Draws the rows.
pub(super) fn facts(
    view: &View<'_>,
    ui: &mut Ui,
    y: &mut Rect,
    checked: &Checked,
    facts: &Facts,
    memory_only: bool,
) {
    let column = y.shrink2(vec2(super::SIDE, 0.0));
    if checked.face().rule == crate::face::Rule::FullBand {
        let _ = widgets::take_top(y, size::S[2]);
    } else {
        hairline(
            view,
            ui.painter(),
            column.left()..=column.right(),
            column.top(),
        );
    }
    for row in rows(view, checked, facts, memory_only) {
        let column = y.shrink2(vec2(super::SIDE, 0.0));
        y.min.y = draw(view, ui, column, &row);
    }
}

fn rows(view: &View<'_>, checked: &Checked, facts: &Facts, memory_only: bool) -> Vec<Row> {
    let words = view.words;
    let row = Row::new;
    let number = words.number(facts.number.into());
    let day_words = day::words_of(facts.day, words);
    let mut rows = Vec::new();
    match checked.verdict {
        Verdict::UnknownPublisher => {
            let quoted = words.with(
                "fact-claimed-quoted",
                &[("name", facts.publisher(words.language()).into())],
            );
            rows.push(row(
                "fact-claimed-name",
                quoted,
                words.text("fact-not-checked"),
            ));
            let both = words.with(
                "fact-number-day-value",
                &[("number", number.into()), ("day", day_words.into())],
            );
            rows.push(row("fact-number-day", both, String::new()));
        }
        // The name it borrowed is not repeated: it would only help the borrower.
        Verdict::ImpostorName => {
            let both = words.with(
                "fact-number-day-value",
                &[("number", number.into()), ("day", day_words.into())],
            );
            rows.push(row("fact-number-day", both, String::new()));
        }
        _ => {
            let mut publisher = row(
                "fact-publisher",
                facts.publisher(words.language()).to_owned(),
                calls_itself(view, facts),
            );
            let face = Face::of(checked.verdict);
            if checked.face() != face {
                publisher.seal = Some((face, words.text(&face.key("seal"))));
            }
            rows.push(publisher);
            rows.push(row("fact-number", number, String::new()));
            rows.push(row(
                "fact-day",
                day_words,
                day::beside(facts.day, words).unwrap_or_default(),
            ));
        }
    }
    rows.push(wholeness(view, checked));
    rows.extend(newness::rows(view, checked, memory_only));
    if checked.extra_bytes {
        rows.push(row("fact-also", String::new(), words.text("line-extra")));
    }
    rows
}

/// What the publisher calls itself, when the reader calls it something else.
fn calls_itself(view: &View<'_>, facts: &Facts) -> String {
    if facts.pet_name.is_none() {
        return String::new();
    }
    let name = facts.own_name(view.words.language());
    view.words.with("calls-itself", &[("name", name.into())])
}

fn wholeness(view: &View<'_>, checked: &Checked) -> Row {
    let words = view.words;
    let green = if checked.verdict == Verdict::Verified {
        Tone::Verified
    } else {
        Tone::Plain
    };
    let good = (Icon::new("check"), green.paint(view.colours).ink);
    let torn = (Icon::new("partial"), Tone::Missing.paint(view.colours).ink);
    let row = |icon, strong: String, beside: String| Row {
        icon,
        ..Row::new("fact-complete", strong, beside)
    };
    match &checked.whole {
        Whole::Listed => row(
            None,
            words.text("line-listed"),
            words.text("line-listed-more"),
        ),
        Whole::Complete { articles } => row(
            Some(good),
            words.text("line-complete"),
            words.counted("line-complete-articles", u64::from(*articles)),
        ),
        Whole::Partial { whole, total } => row(
            Some(torn),
            words.text("line-partial"),
            counted(view, *whole, *total),
        ),
        Whole::Damaged {
            parts,
            whole,
            total,
        } => {
            let parts = words.counted("line-damaged-parts", u64::from(*parts));
            let counted = counted(view, *whole, *total);
            let beside = if counted.is_empty() {
                parts
            } else {
                format!("{parts} · {counted}")
            };
            row(Some(torn), words.text("line-damaged"), beside)
        }
    }
}

fn counted(view: &View<'_>, whole: u32, total: Option<u32>) -> String {
    let Some(total) = total else {
        return String::new();
    };
    let numbers = [
        ("whole", view.words.number(whole.into()).into()),
        ("total", view.words.number(total.into()).into()),
    ];
    view.words.with("line-partial-articles", &numbers)
}

/// Draws a row; answers with its bottom. What does not fit beside the strong words stands below them.
pub(in crate::screens) fn draw(view: &View<'_>, ui: &mut Ui, rect: Rect, row: &Row) -> f32 {
    let c = view.colours;
    let strong = Text::new(&row.strong, size::STRONG, c.ink);
    let beside = Text::new(&row.beside, size::SMALL, c.ink3);
    let lead = LABELS + row.icon.map_or(0.0, |_| size::ICON + size::S[2]);
    let seal = row.seal.as_ref().map_or(0.0, |(_, words)| {
        widgets::seal_width(view, words) + size::S[2]
    });
    let room = rect.width() - lead;
    let wide = |text: &Text<'_>| match text.is_empty() {
        true => 0.0,
        false => text_size(view, text, f32::INFINITY).x + 1.0,
    };
    let fits = row.seal.is_some() || wide(&strong) + seal + size::S[2] + wide(&beside) <= room;
    let height = if fits {
        size::ROW
    } else {
        let both = text_size(view, &strong, room).y + text_size(view, &beside, room).y;
        (both + size::S[4]).max(size::ROW)
    };
    let whole = Rect::from_min_size(rect.min, vec2(rect.width(), height + 1.0));
    let mut rest = whole;
    let top = |rect: Rect| Rect::from_min_size(rect.min, vec2(rect.width(), size::ROW));
    let name = match row.name {
        "" => String::new(),
        name => view.words.text(name),
    };
    let mut place = view.take_start(&mut rest, LABELS);
    view.take_end(&mut place, size::S[2]);
    one_line(view, ui, top(place), &Text::new(&name, size::SMALL, c.ink3));
    if let Some((icon, ink)) = row.icon {
        let place = top(view.take_start(&mut rest, size::ICON));
        let square = Rect::from_center_size(place.center(), Vec2::splat(size::ICON));
        icon.paint(ui.painter(), square, ink, c.page);
        view.take_start(&mut rest, size::S[2]);
    }
    if fits {
        beside_each_other(view, ui, rest, row, (&strong, &beside));
    } else {
        let _ = widgets::take_top(&mut rest, size::S[2]);
        for text in [&strong, &beside]
            .into_iter()
            .filter(|text| !text.is_empty())
        {
            label(view, ui, rest, text);
            let height = text_size(view, text, rest.width()).y;
            let _ = widgets::take_top(&mut rest, height);
        }
    }
    hairline(
        view,
        ui.painter(),
        whole.left()..=whole.right(),
        whole.bottom() - 0.5,
    );
    whole.bottom()
}

fn beside_each_other(
    view: &View<'_>,
    ui: &mut Ui,
    mut rest: Rect,
    row: &Row,
    (strong, beside): (&Text<'_>, &Text<'_>),
) {
    if !strong.is_empty() {
        let width = text_size(view, strong, f32::INFINITY).x + 1.0;
        let place = view.take_start(&mut rest, width);
        one_line(view, ui, place, strong);
        view.take_start(&mut rest, size::S[2]);
    }
    if let Some((face, words)) = &row.seal {
        let width = widgets::seal_width(view, words);
        let place = view.take_start(&mut rest, width);
        let id = eframe::egui::Id::unique("publisher-seal");
        widgets::seal_chip(view, ui, middle(place, 28.0), id, face, words, false);
        view.take_start(&mut rest, size::S[2]);
    }
    one_line(view, ui, rest, beside);
}

fn one_line(view: &View<'_>, ui: &mut Ui, rect: Rect, text: &Text<'_>) {
    if text.is_empty() {
        return;
    }
    let text = text.clone().lines(1);
    let height = text_size(view, &text, rect.width()).y;
    label(view, ui, middle(rect, height), &text);
}
