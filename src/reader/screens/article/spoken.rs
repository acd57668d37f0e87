//! One node for each row, so that a screen reader reads the article in its order.
use super::{
    ArticleScreen,
    draw::{BEYOND, Seen},
};
use eframe::egui::{Id, Rect, Role, Sense, Ui, WidgetInfo, accesskit};
use varaq_page::{Direction, RowKind};

impl ArticleScreen {
    /// Tells accesskit of what is on screen.
    pub(super) fn nodes(&self, ui: &mut Ui, rect: Rect, seen: &[Seen]) {
        for Seen { index, rect: place } in seen {
            let Some(row) = self
                .rows
                .rows
                .get(*index)
                .filter(|row| !row.paragraph.text.is_empty())
            else {
                continue;
            };
            let id = Id::unique("row").with((self.entry.number, *index));
            let shown = place.intersect(rect.expand(BEYOND));
            let response = ui.interact(shown, id, Sense::hover());
            let text = row.paragraph.text.as_str();
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
            let rtl = row.paragraph.direction == Direction::Rtl;
            ui.ctx().accesskit_node_builder(id, |node| {
                match &row.kind {
                    RowKind::Heading(level) => {
                        node.set_role(Role::Heading);
                        node.set_level(usize::from(*level) + 1);
                    }
                    RowKind::Item => node.set_role(Role::ListItem),
                    RowKind::Code => node.set_role(Role::Code),
                    RowKind::Table { .. } => node.set_role(Role::Table),
                    RowKind::Image { .. } => node.set_role(Role::Caption),
                    RowKind::Footnote(_) => node.set_role(Role::DocFootnote),
                    _ if row.quotes > 0 => node.set_role(Role::Blockquote),
                    _ => node.set_role(Role::Paragraph),
                }
                node.set_label(text);
                let direction = if rtl {
                    accesskit::TextDirection::RightToLeft
                } else {
                    accesskit::TextDirection::LeftToRight
                };
                node.set_text_direction(direction);
            });
        }
    }
}
