//! What lies over the page on request: the contents where the margin has no room for them, and a picture at full size.
use super::{ArticleScreen, Shown};
use crate::{
    theme::size,
    widgets::{self, Button, Text, View, button, label, text_height},
};
use eframe::egui::{Color32, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use varaq_page::RowKind;

/// Most headings of the sheet.
const MOST: usize = 14;

/// What lies over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// The headings.
    Contents,
    /// A picture, by its number, and what it shows in words.
    Picture(usize, String),
}

impl ArticleScreen {
    /// Opens the contents, or closes them.
    pub fn show_contents(&mut self) {
        self.over = match self.over.take() {
            Some(Over::Contents) => None,
            _ => Some(Over::Contents),
        };
    }

    pub(super) fn enlarge(&mut self, medium: usize, alt: &str) {
        self.over = Some(Over::Picture(medium, alt.to_owned()));
    }

    /// Draws what lies over the page, if anything does.
    pub(super) fn over(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) {
        match self.over.clone() {
            None => {}
            Some(Over::Contents) => self.contents_sheet(view, ui, rect),
            Some(Over::Picture(medium, alt)) => self.large_picture(ui, rect, medium, &alt),
        }
    }

    fn contents_sheet(&mut self, view: &View<'_>, ui: &mut Ui, rect: Rect) {
        let c = view.colours;
        let headings: Vec<(usize, String)> = self
            .rows
            .rows
            .iter()
            .enumerate()
            .skip(self.head)
            .filter(|(_, row)| matches!(row.kind, RowKind::Heading(1..=3)))
            .map(|(index, row)| (index, row.paragraph.text.clone()))
            .take(MOST)
            .collect();
        let opening = (0, view.words.text("opening"));
        let rows: Vec<(usize, String)> = std::iter::once(opening).chain(headings).collect();
        let width = 460.0_f32.min(rect.width() - 48.0);
        let height = 72.0 + rows.len() as f32 * size::ROW;
        let sheet = Rect::from_center_size(rect.center(), vec2(width, height));
        let behind = ui.interact(rect, Id::unique("behind-contents"), Sense::click());
        widgets::over(view, ui, rect, sheet);
        let mut inside = sheet.shrink(size::S[4]);
        let title = view.words.text("in-this-article");
        let text = Text::new(&title, size::SUBHEADING, c.ink);
        let height = text_height(view, &text, inside.width());
        let place = widgets::take_top(&mut inside, height + size::S[2]);
        label(view, ui, place, &text);
        let facing = view.facing(self.entry.rtl);
        let mut chosen = None;
        for (index, words) in &rows {
            let row = widgets::take_top(&mut inside, size::ROW);
            let goes = Button::quiet(words);
            let width = goes.width(&facing).min(row.width());
            let place = widgets::middle(facing.start(row, width), size::BUTTON);
            let id = Id::unique("contents-row").with(*index);
            if button(&facing, ui, place, id, &goes).clicked() {
                chosen = Some(*index);
            }
        }
        if let Some(row) = chosen {
            self.reveal = None;
            self.offset = match row {
                0 => 0.0,
                row => self.top_of(row) - size::S[4],
            };
        }
        if chosen.is_some() || behind.clicked() {
            self.over = None;
        }
    }

    fn large_picture(&mut self, ui: &mut Ui, rect: Rect, medium: usize, alt: &str) {
        let response = ui.interact(rect, Id::unique("large-picture"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, alt));
        ui.painter().rect_filled(rect, 0, Color32::from_gray(16));
        if let Some(Shown::Texture(texture)) = self.pictures.get(&medium) {
            let room = rect.shrink(size::S[4]).size();
            let own = texture.size_vec2() / ui.ctx().pixels_per_point();
            let scale = (room.x / own.x).min(room.y / own.y).min(4.0);
            let place = Rect::from_center_size(rect.center(), own * scale);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter()
                .image(texture.id(), place, whole, Color32::WHITE);
        }
        if response.clicked() {
            self.over = None;
        }
    }
}
