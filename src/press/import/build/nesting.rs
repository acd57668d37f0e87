//! What may stand inside what: parts of lists and tables need their whole, and containers
//! end somewhere.

use super::Builder;
use super::element::{By, Kind, Open};
use varaq_article::Role;

/// Most containers around a block. A paragraph below them, with a link, strong
/// and emphasis around its words, still stays within the 16 levels of an article.
const MAX_CONTAINERS: usize = 11;

impl Builder {
    /// Which kind fits at this place: parts of lists and tables need their whole,
    /// and containers end somewhere.
    pub(super) fn placed(&mut self, by: By, kind: Kind) -> Kind {
        let parent = self.open.last().map(|open| open.kind.clone());
        match (&kind, parent) {
            // `<li>`, `<p>` and the like close what came before them.
            (Kind::Item, Some(Kind::List(_))) => kind,
            (Kind::Item, _) if by == By::Html => {
                let list = self
                    .open
                    .iter()
                    .rposition(|o| matches!(o.kind, Kind::List(_)));
                let wall = self
                    .open
                    .iter()
                    .rposition(|o| o.by == By::Markdown)
                    .unwrap_or(0);
                match list {
                    Some(list) if list > wall => {
                        while self.open.len() > list + 1 {
                            self.close_last();
                        }
                        kind
                    }
                    _ => Kind::Plain,
                }
            }
            (Kind::Item, _) => Kind::Plain,
            (Kind::Row, _) => self.row_place(by),
            (Kind::Cell { .. }, _) => self.cell_place(by, kind),
            (
                Kind::Paragraph(_) | Kind::Heading(_),
                Some(Kind::Paragraph(_) | Kind::Heading(_)),
            ) if by == By::Html && self.open.last().is_some_and(|open| open.by == By::Html) => {
                self.close_last();
                kind
            }
            (Kind::Quote | Kind::List(_) | Kind::Footnote(_), _)
                if self.containers() >= MAX_CONTAINERS =>
            {
                self.flattened = true;
                Kind::Plain
            }
            (Kind::Caption, _) if !self.open.iter().any(|o| o.kind == Kind::Figure) => {
                Kind::Paragraph(Role::Attribution)
            }
            _ => kind,
        }
    }

    fn row_place(&mut self, by: By) -> Kind {
        match self.table_inside(by) {
            Some(table) => {
                while self.open.len() > table + 1
                    && !self.open.last().is_some_and(|o| {
                        o.kind == Kind::Plain
                            && matches!(o.tag.as_str(), "thead" | "tbody" | "tfoot")
                    })
                {
                    self.close_last();
                }
                Kind::Row
            }
            None => Kind::Plain,
        }
    }

    fn cell_place(&mut self, by: By, kind: Kind) -> Kind {
        let Some(table) = self.table_inside(by) else {
            return Kind::Plain;
        };
        let row = self.open.iter().rposition(|open| open.kind == Kind::Row);
        match row.filter(|&row| row > table) {
            Some(row) => {
                while self.open.len() > row + 1 {
                    self.close_last();
                }
            }
            None => {
                let styles = self.styles.len();
                self.open.push(Open::new(Kind::Row, by, "tr", styles));
            }
        }
        kind
    }

    /// Where the innermost table lies, if nothing of Markdown lies in between.
    fn table_inside(&self, by: By) -> Option<usize> {
        let table = self
            .open
            .iter()
            .rposition(|open| matches!(open.kind, Kind::Table(_)))?;
        let above = self.open.get(table + 1..).unwrap_or_default();
        let free = by == By::Markdown || above.iter().all(|open| open.by == By::Html);
        free.then_some(table)
    }

    fn containers(&self) -> usize {
        let holds = |open: &&Open| {
            matches!(
                open.kind,
                Kind::Quote | Kind::List(_) | Kind::Footnote(_) | Kind::Table(_)
            )
        };
        self.open.iter().filter(holds).count()
    }

    pub(super) fn in_cell(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open.kind, Kind::Cell { .. }))
    }
}
