//! Who, which, how whole, how new: three questions, three answers, never one score.
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
struct Row {
    name: &'static str,
    icon: Option<(Icon, Color32)>,
    strong: String,
    beside: String,
    /// A seal after the words, for the publisher of a damaged copy.
    seal: Option<(Face, String)>,
}

/// Draws the rows.
pub(super) fn facts(view: &View<'_>, ui: &mut Ui, y: &mut Rect, checked: &Checked, facts: &Facts) {
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
    for row in rows(view, checked, facts) {
        draw(
            view,
            ui,
            widgets::take_top(y, size::ROW + 1.0).shrink2(vec2(super::SIDE, 0.0)),
            &row,
        );
    }
}

fn rows(view: &View<'_>, checked: &Checked, facts: &Facts) -> Vec<Row> {
    let words = view.words;
    let row = |name, strong: String, beside: String| Row {
        name,
        icon: None,
        strong,
        beside,
        seal: None,
    };
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
                String::new(),
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
    if checked.verdict.shows_content() {
        rows.push(row("fact-new", String::new(), words.text("line-memory")));
    }
    if checked.extra_bytes {
        rows.push(row("fact-also", String::new(), words.text("line-extra")));
    }
    rows
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
    let n = |n: u32| words.number(n.into());
    let row = |icon, strong: String, beside: String| Row {
        name: "fact-complete",
        icon,
        strong,
        beside,
        seal: None,
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
            words.with("line-complete-articles", &[("count", n(*articles).into())]),
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
            let parts = words.with(
                "line-damaged-parts",
                &[
                    ("count", u64::from(*parts).into()),
                    ("shown", n(*parts).into()),
                ],
            );
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

fn draw(view: &View<'_>, ui: &mut Ui, rect: Rect, row: &Row) {
    let c = view.colours;
    let mut rest = rect;
    let name = view.words.text(row.name);
    let place = view.take_start(&mut rest, LABELS);
    one_line(view, ui, place, &Text::new(&name, size::SMALL, c.ink3));
    if let Some((icon, ink)) = row.icon {
        let square = Rect::from_center_size(
            view.take_start(&mut rest, size::ICON).center(),
            Vec2::splat(size::ICON),
        );
        icon.paint(ui.painter(), square, ink, c.page);
        view.take_start(&mut rest, size::S[2]);
    }
    if !row.strong.is_empty() {
        let text = Text::new(&row.strong, size::STRONG, c.ink).lines(1);
        let width = text_size(view, &text, rest.width()).x + 1.0;
        let place = view.take_start(&mut rest, width);
        one_line(view, ui, place, &text);
        view.take_start(&mut rest, size::S[2]);
    }
    if let Some((face, words)) = &row.seal {
        let width = widgets::seal_width(view, words);
        let place = view.take_start(&mut rest, width);
        let id = eframe::egui::Id::unique("publisher-seal");
        widgets::seal_chip(view, ui, middle(place, 28.0), id, face, words, false);
        view.take_start(&mut rest, size::S[2]);
    }
    one_line(view, ui, rest, &Text::new(&row.beside, size::SMALL, c.ink3));
    hairline(
        view,
        ui.painter(),
        rect.left()..=rect.right(),
        rect.bottom() - 0.5,
    );
}

fn one_line(view: &View<'_>, ui: &mut Ui, rect: Rect, text: &Text<'_>) {
    if text.is_empty() {
        return;
    }
    let text = text.clone().lines(1);
    let height = text_size(view, &text, rect.width()).y;
    label(view, ui, middle(rect, height), &text);
}
