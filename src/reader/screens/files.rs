//! The program's own list of files: no system dialog, so nothing enters a "recent files" list.
use super::{Action, scrolled, seal_words};
use crate::{
    drives::Drive,
    face::Face,
    handed::Kind,
    icon::Icon,
    order,
    theme::size,
    widgets::{self, Text, View, hairline, label, middle, text_height, text_size},
    words::Language,
};
use eframe::egui::{
    CornerRadius, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};
use std::{collections::HashMap, path::PathBuf};
use varaq_trust::Verdict;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// Name in its folder.
    pub name: String,
    /// Whole path.
    pub path: PathBuf,
    /// Bytes; `None` for a folder.
    pub size: Option<u64>,
    /// What it is by its first bytes; `None` for a folder.
    pub kind: Option<Kind>,
}

/// A folder as it was listed.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Folders, then files that can be opened, by name.
    pub rows: Vec<FileRow>,
    /// Whether there were more than the program lists.
    pub cut: bool,
    /// Why it could not be read.
    pub refused: Option<String>,
}

/// Verdict on a bundle, and its publisher's names by language tag.
pub type Signed = (Verdict, Vec<(String, String)>);

/// What is known beside the folder.
pub struct Around<'a> {
    /// Drives of this computer.
    pub drives: &'a [Drive],
    /// Verdicts and names of bundles, as they come.
    pub seals: &'a HashMap<PathBuf, Signed>,
}

impl Folder {
    /// Folders first, each by the alphabet of the language.
    pub fn put_in_order(&mut self, language: Language) {
        self.rows
            .sort_by_cached_key(|row| (row.size.is_some(), order::key(&row.name, language)));
    }
}

/// Draws the list; `None` while the folder is being read.
pub fn files(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    folder: Option<&Folder>,
    around: &Around<'_>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let c = view.colours;
    scrolled(ui, rect, "files", |ui, page| {
        let width = (page.width() - 2.0 * size::S[6]).min(size::SHEET);
        let mut column = Rect::from_center_size(page.center(), vec2(width, page.height()));
        let _ = widgets::take_top(&mut column, size::S[6]);
        drives(view, ui, &mut column, around.drives, &mut actions);
        let title = view.words.text("files-title");
        let title = Text::new(&title, size::TITLE, c.ink);
        label(view, ui, column, &title);
        let height = text_height(view, &title, column.width());
        let _ = widgets::take_top(&mut column, height);
        let Some(folder) = folder else {
            let loading = view.words.text("loading");
            label(view, ui, column, &Text::new(&loading, size::BODY, c.ink2));
            return column.top() + size::ROW;
        };
        let place = folder.path.display().to_string();
        let place = Text::new(&place, size::SMALL, c.ink3)
            .facing(false)
            .lines(1);
        label(view, ui, column, &place);
        let height = text_height(view, &place, column.width());
        let _ = widgets::take_top(&mut column, height + size::S[3]);
        hairline(
            view,
            ui.painter(),
            column.left()..=column.right(),
            column.top(),
        );
        if let Some(above) = folder.path.parent() {
            let name = view.words.text("files-up");
            if row(
                view,
                ui,
                widgets::take_top(&mut column, size::ROW),
                usize::MAX,
                ("newest", &name, None),
                (view.rtl, None),
            ) {
                actions.push(Action::List(above.to_path_buf()));
            }
        }
        for (index, file) in folder.rows.iter().enumerate() {
            let icon = icon(file.kind);
            let place = widgets::take_top(&mut column, size::ROW);
            if !ui.is_rect_visible(place) {
                continue;
            }
            let seal = around.seals.get(&file.path);
            let seal = seal.map(|(verdict, names)| seal_words(view.words, *verdict, Some(names)));
            let beside = (false, seal.as_ref());
            if row(
                view,
                ui,
                place,
                index,
                (icon, &file.name, file.size),
                beside,
            ) {
                let open = file.size.is_some();
                actions.push(if open {
                    Action::Open(file.path.clone())
                } else {
                    Action::List(file.path.clone())
                });
            }
        }
        remark(view, ui, &mut column, folder);
        column.top() + size::S[6]
    });
    actions
}

/// Drives as a row of buttons, sticks first.
fn drives(
    view: &View<'_>,
    ui: &mut Ui,
    column: &mut Rect,
    drives: &[Drive],
    actions: &mut Vec<Action>,
) {
    let c = view.colours;
    let title = view.words.text("drives-title");
    let text = Text::new(&title, size::SUBHEADING, c.ink);
    let height = text_height(view, &text, column.width());
    let place = widgets::take_top(column, height + size::S[1]);
    label(view, ui, place, &text);
    if !drives.iter().any(|drive| drive.is_removable) {
        let none = view.words.text("drives-none");
        let text = Text::new(&none, size::SMALL, c.ink2);
        let height = text_height(view, &text, column.width());
        let place = widgets::take_top(column, height + size::S[2]);
        label(view, ui, place, &text);
    }
    for (index, drive) in drives.iter().enumerate() {
        let place = widgets::take_top(column, 52.0);
        if drive_row(view, ui, place, index, drive) {
            actions.push(Action::List(drive.path.clone()));
        }
    }
    let _ = widgets::take_top(column, size::S[4]);
}

fn drive_row(view: &View<'_>, ui: &mut Ui, rect: Rect, index: usize, drive: &Drive) -> bool {
    let c = view.colours;
    let rect = rect.shrink2(vec2(0.0, 2.0));
    let response = ui.interact(rect, Id::unique("drive").with(index), Sense::click());
    let name = match drive.path.parent() {
        None if !cfg!(windows) => view.words.text("drive-computer"),
        _ => drive.name.clone(),
    };
    let free = match drive.is_read_only {
        true => view.words.text("drive-read-only"),
        false => {
            let free = view.words.size(drive.free);
            view.words.with("drive-free", &[("free", free.into())])
        }
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name} · {free}")));
    widgets::follow_focus(ui, &response);
    widgets::choice_frame(view, ui, rect, false, &response);
    let mut rest = rect.shrink2(vec2(size::S[4], 0.0));
    let square = view.take_start(&mut rest, size::ICON);
    let square = Rect::from_center_size(square.center(), Vec2::splat(size::ICON));
    let icon = if drive.is_removable { "stick" } else { "drive" };
    Icon::new(icon).paint(ui.painter(), square, c.ink2, c.page);
    view.take_start(&mut rest, size::S[3]);
    let text = Text::new(&free, size::SMALL, c.ink3).lines(1);
    let wide = text_size(view, &text, f32::INFINITY);
    let place = view.take_end(&mut rest, wide.x + 2.0);
    widgets::paint(view, ui, middle(place, wide.y), &text);
    let text = Text::new(&name, size::STRONG, c.ink).lines(1);
    let height = text_height(view, &text, rest.width());
    widgets::paint(view, ui, middle(rest, height), &text);
    response.clicked()
}

fn icon(kind: Option<Kind>) -> &'static str {
    match kind {
        None => "shelf",
        Some(Kind::Bundle) => "file",
        Some(Kind::Contact) => "people",
        Some(Kind::Note) => "alert",
        Some(Kind::Picture) => "qr",
    }
}

fn remark(view: &View<'_>, ui: &mut Ui, column: &mut Rect, folder: &Folder) {
    let words = view.words;
    let said = match (&folder.refused, folder.rows.is_empty(), folder.cut) {
        (Some(cause), _, _) => words.with("files-refused", &[("cause", cause.as_str().into())]),
        (None, true, _) => words.text("files-empty"),
        (None, false, true) => words.with(
            "files-more",
            &[("count", words.number(folder.rows.len() as u64).into())],
        ),
        (None, false, false) => return,
    };
    let _ = widgets::take_top(column, size::S[4]);
    label(
        view,
        ui,
        *column,
        &Text::new(&said, size::BODY, view.colours.ink2),
    );
    let _ = widgets::take_top(column, size::ROW);
}

fn row(
    view: &View<'_>,
    ui: &mut Ui,
    rect: Rect,
    index: usize,
    (icon, name, bytes): (&'static str, &str, Option<u64>),
    (rtl, seal): (bool, Option<&(Face, String)>),
) -> bool {
    let c = view.colours;
    let response = ui.interact(rect, Id::unique("file").with(index), Sense::click());
    let said = match seal {
        Some((_, words)) => format!("{name} · {words}"),
        None => name.to_owned(),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
    widgets::follow_focus(ui, &response);
    let wide = rect.expand2(vec2(size::S[2], 0.0));
    if response.hovered() {
        ui.painter()
            .rect_filled(wide, CornerRadius::same(6), c.hover);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            wide,
            CornerRadius::same(6),
            Stroke::new(size::FOCUS, c.focus),
            StrokeKind::Inside,
        );
    }
    let mut rest = rect;
    let square = Rect::from_center_size(
        view.take_start(&mut rest, size::ICON).center(),
        Vec2::splat(size::ICON),
    );
    Icon::new(icon).paint(ui.painter(), square, c.ink2, c.desk);
    view.take_start(&mut rest, size::S[3]);
    if let Some(bytes) = bytes {
        let bytes = view.words.size(bytes);
        let text = Text::new(&bytes, size::CAPTION, c.ink3).lines(1).at_end();
        let size = text_size(view, &text, 160.0);
        let place = view.take_end(&mut rest, size.x + 16.0);
        label(view, ui, middle(place, size.y), &text);
    }
    if let Some((face, words)) = seal {
        let wide = widgets::seal_width(view, words).min(rest.width() / 2.0);
        let chip = middle(view.take_end(&mut rest, wide), 32.0);
        let id = response.id.with("seal");
        widgets::seal_chip(view, ui, chip, id, face, words, false);
        view.take_end(&mut rest, size::S[3]);
    }
    let weight = if bytes.is_some() { 600 } else { 400 };
    let text = Text::new(name, size::BODY, c.ink)
        .weight(weight)
        .facing(rtl)
        .lines(1);
    let height = text_height(view, &text, rest.width());
    label(view, ui, middle(rest, height), &text);
    hairline(
        view,
        ui.painter(),
        rect.left()..=rect.right(),
        rect.bottom() - 0.5,
    );
    response.clicked()
}
