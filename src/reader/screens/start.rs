//! What stands on the shelf while it is empty: "open", and the samples inside the program.
use super::Action;
use crate::{
    command::Command,
    face::Face,
    icon::Icon,
    theme::{Type, size},
    widgets::{
        self, Button, Text, View, button, hairline, hairline_down, label, middle, text_height,
        text_size,
    },
    words::{Language, Words},
};
use eframe::egui::{
    CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};
use varaq_trust::Verdict;

const ROW: f32 = 60.0;

/// A sample in the list.
#[derive(Clone, Debug)]
pub struct SampleRow {
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Its verdict and its publisher's names, once they are known. Names only where the verdict shows content.
    pub seal: Option<(Verdict, Vec<(String, String)>)>,
}

/// A sample with its seal in words.
#[derive(Clone, Debug)]
pub struct WordedSample {
    name: String,
    size: u64,
    seal: Option<(Face, String)>,
}

impl SampleRow {
    /// The row in the language of the window.
    #[must_use]
    pub fn in_words(&self, words: &Words) -> WordedSample {
        let seal = self
            .seal
            .as_ref()
            .map(|(verdict, names)| seal_words(words, *verdict, Some(names)));
        WordedSample {
            name: self.name.clone(),
            size: self.size,
            seal,
        }
    }
}

/// Face and words of a seal: the publisher's name only where the verdict shows content.
#[must_use]
pub fn seal_words(
    words: &Words,
    verdict: Verdict,
    names: Option<&[(String, String)]>,
) -> (Face, String) {
    let face = Face::of(verdict);
    let said = words.text(&face.key("seal"));
    let spoken = |names: &&[(String, String)]| {
        let own = names
            .iter()
            .find(|(tag, _)| Language::from_tag(tag) == Some(words.language()));
        own.or(names.first()).map(|(_, name)| name.clone())
    };
    let name = names
        .as_ref()
        .filter(|_| verdict.shows_content())
        .and_then(spoken);
    let text = name.map_or(said.clone(), |name| {
        words.with(
            "seal-words",
            &[("name", name.into()), ("verdict", said.into())],
        )
    });
    (face, text)
}

/// The shelf while nothing is on it.
pub(super) fn empty(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    samples: &[WordedSample],
    actions: &mut Vec<Action>,
) {
    let mut middle = Rect::from_center_size(
        column.center(),
        vec2(column.width().min(640.0), column.height()),
    );
    let _ = widgets::take_top(&mut middle, size::S[4]);
    opening(view, ui, &mut middle, actions);
    sample_list(view, ui, &mut middle, samples, actions);
    column.min.y = middle.top();
}

/// What the program is, beside the first start.
pub(super) fn panel(view: &View<'_>, ui: &mut Ui, rect: Rect) {
    let c = view.colours;
    ui.painter().rect_filled(rect, 0, c.chrome);
    let edge = if view.rtl { rect.left() } else { rect.right() };
    hairline_down(view, ui.painter(), edge, rect.top()..=rect.bottom());
    let mut column = rect.shrink2(vec2(size::S[6], 0.0));
    let _ = widgets::take_top(&mut column, size::S[8]);
    let icon = view.start(widgets::take_top(&mut column, 48.0), 48.0);
    Icon::new("sheet")
        .turning(view.rtl)
        .paint(ui.painter(), icon, c.accent, c.chrome);
    let _ = widgets::take_top(&mut column, size::S[4]);
    let (name, sentence) = (view.words.text("app-name"), view.words.text("app-sentence"));
    for (text, after) in [
        (Text::new(&name, size::MASTHEAD, c.ink), size::S[2]),
        (
            Text::new(
                &sentence,
                Type {
                    size: 17.0,
                    line: 1.7,
                    weight: 400,
                },
                c.ink2,
            ),
            size::S[6],
        ),
    ] {
        label(view, ui, column, &text);
        let height = text_height(view, &text, column.width());
        let _ = widgets::take_top(&mut column, height + after);
    }
    for (icon, key) in [
        ("verified", "promise-verdict"),
        ("offline", "promise-network"),
        ("memory", "promise-memory"),
    ] {
        let mut row = column;
        let square = view.take_start(&mut row, size::ICON);
        let square = Rect::from_min_size(square.min + vec2(0.0, 1.0), Vec2::splat(size::ICON));
        let icon = if icon == "verified" { "check" } else { icon };
        Icon::new(icon).paint(ui.painter(), square, c.accent, c.chrome);
        view.take_start(&mut row, size::S[3]);
        let words = view.words.text(key);
        let text = Text::new(&words, size::SMALL, c.ink2);
        label(view, ui, row, &text);
        let height = text_height(view, &text, row.width());
        let _ = widgets::take_top(&mut column, height + size::S[4]);
    }
}

fn opening(view: &View<'_>, ui: &mut Ui, column: &mut Rect, actions: &mut Vec<Action>) {
    let c = view.colours;
    let card = widgets::take_top(column, 150.0);
    widgets::sheet(view, ui, card, c.hairline);
    fold(view, ui, card);
    let mut inside = card.shrink2(vec2(size::S[6], size::S[5]));
    let (drop, open) = (view.words.text("start-drop"), view.words.text("open-file"));
    let text = Text::new(&drop, size::HEADING, c.ink);
    let height = text_height(view, &text, inside.width() - 26.0);
    let first = widgets::take_top(&mut inside, height + size::S[4]);
    label(view, ui, view.start(first, first.width() - 26.0), &text);
    let opens = Button::primary(&open).key("Ctrl+O");
    let place = view.start(widgets::take_top(&mut inside, 46.0), opens.width(view));
    let response = button(view, ui, place, Id::unique("open-file"), &opens);
    if response.clicked() {
        actions.push(Action::Do(Command::OpenFile));
    }
    let _ = widgets::take_top(column, size::S[6]);
}

/// The folded corner of a sheet, at the top end side.
fn fold(view: &View<'_>, ui: &Ui, sheet: Rect) {
    let c = view.colours;
    let square = view
        .end(
            Rect::from_min_size(sheet.min, vec2(sheet.width(), 26.0)),
            26.0,
        )
        .expand(0.5);
    let (inner, outer) = if view.rtl {
        (square.right_bottom(), square.left_top())
    } else {
        (square.left_bottom(), square.right_top())
    };
    let (near, far) = if view.rtl {
        (square.right_top(), square.left_bottom())
    } else {
        (square.left_top(), square.right_bottom())
    };
    let mut mesh = eframe::egui::Mesh::default();
    for (i, (points, ink)) in [([near, outer, far], c.desk), ([near, inner, far], c.fold)]
        .into_iter()
        .enumerate()
    {
        let base = i as u32 * 3;
        points.into_iter().for_each(|p| mesh.colored_vertex(p, ink));
        mesh.add_triangle(base, base + 1, base + 2);
    }
    ui.painter().add(eframe::egui::Shape::mesh(mesh));
}

fn sample_list(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    samples: &[WordedSample],
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    let title = view.words.text("start-samples");
    let note = view.words.text(if samples.is_empty() {
        "start-no-samples"
    } else {
        "start-samples-note"
    });
    for text in [
        Text::new(&title, size::SUBHEADING, c.ink),
        Text::new(&note, size::SMALL, c.ink3),
    ] {
        label(view, ui, *column, &text);
        let height = text_height(view, &text, column.width());
        let _ = widgets::take_top(column, height);
    }
    let _ = widgets::take_top(column, size::S[3]);
    if !samples.is_empty() {
        hairline(
            view,
            ui.painter(),
            column.left()..=column.right(),
            column.top(),
        );
    }
    for (index, sample) in samples.iter().enumerate() {
        let row = widgets::take_top(column, ROW);
        if sample_row(view, ui, row, index, sample) {
            actions.push(Action::OpenSample(index));
        }
    }
}

fn sample_row(
    view: &View<'_>,
    ui: &mut Ui,
    row: Rect,
    index: usize,
    sample: &WordedSample,
) -> bool {
    let c = view.colours;
    let response = ui.interact(row, Id::unique("sample").with(index), Sense::click());
    let seal = sample
        .seal
        .as_ref()
        .map(|(_, words)| words.clone())
        .unwrap_or_else(|| view.words.text("checking"));
    response.widget_info(|| {
        WidgetInfo::labeled(Role::Button, true, format!("{} · {seal}", sample.name))
    });
    widgets::follow_focus(ui, &response);
    if response.hovered() {
        ui.painter().rect_filled(
            row.expand2(vec2(size::S[2], -1.0)),
            CornerRadius::same(6),
            c.hover,
        );
    }
    if response.has_focus() {
        let ring = row.expand2(vec2(size::S[2] + 2.0, 0.0));
        ui.painter().rect_stroke(
            ring,
            CornerRadius::same(8),
            Stroke::new(size::FOCUS, c.focus),
            StrokeKind::Inside,
        );
    }
    let mut rest = row;
    let icon = view.take_start(&mut rest, size::ICON);
    let square = Rect::from_center_size(icon.center(), Vec2::splat(size::ICON));
    Icon::new("file")
        .turning(view.rtl)
        .paint(ui.painter(), square, c.ink2, c.desk);
    view.take_start(&mut rest, size::S[3]);
    if let Some((face, words)) = &sample.seal {
        let width = widgets::seal_width(view, words).min(rest.width() / 2.0);
        let place = view.take_end(&mut rest, width);
        widgets::seal_chip(
            view,
            ui,
            middle(place, 32.0),
            response.id.with("seal"),
            face,
            words,
            false,
        );
        view.take_end(&mut rest, size::S[4]);
    }
    let name = Text::new(&sample.name, size::STRONG, c.ink)
        .facing(false)
        .lines(1);
    let bytes = view.words.size(sample.size);
    let bytes = Text::new(&bytes, size::CAPTION, c.ink3).lines(1);
    let (first, second) = (
        text_size(view, &name, rest.width()).y,
        text_size(view, &bytes, rest.width()).y,
    );
    let mut lines = middle(rest, first + second - 4.0);
    label(view, ui, lines, &name);
    let _ = widgets::take_top(&mut lines, first - 2.0);
    label(view, ui, lines, &bytes);
    hairline(
        view,
        ui.painter(),
        row.left()..=row.right(),
        row.bottom() - 0.5,
    );
    response.clicked()
}
