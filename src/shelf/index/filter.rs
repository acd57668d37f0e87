//! Which articles a list or a search is about.

use rusqlite::ToSql;
use varaq_bundle::{Day, Hash};
use varaq_trust::PublisherId;

/// All of what is set must be true of an article. The default asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// By this publisher.
    pub publisher: Option<PublisherId>,
    /// In this issue, as the newest version or not.
    pub issue: Option<Hash>,
    /// In this language, or a regional form of it: `az` also means `az-Latn`.
    pub language: Option<String>,
    /// In the section of this name.
    pub section: Option<String>,
    /// Of this day or a later one.
    pub since: Option<Day>,
    /// Of this day or an earlier one.
    pub until: Option<Day>,
    /// Not read in its newest version.
    pub unread: bool,
    /// Starred.
    pub starred: bool,
    /// New with this visit.
    pub visit: Option<u32>,
}

/// Conditions on `article`, with what stands for their question marks.
#[derive(Default)]
pub(super) struct Conditions {
    pub(super) sql: String,
    pub(super) values: Vec<Box<dyn ToSql>>,
}

impl Filter {
    pub(super) fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        if let Some(publisher) = &self.publisher {
            let sql = "article.publisher = (SELECT id FROM publisher WHERE key = ?)";
            all.add(sql, publisher.0);
        }
        if let Some(issue) = &self.issue {
            let sql = "article.id IN (SELECT article FROM place WHERE issue = \
                       (SELECT id FROM issue WHERE manifest = ?))";
            all.add(sql, issue.0);
        }
        if let Some(language) = &self.language {
            let sql =
                "(article.language || '-') LIKE (replace(replace(?, '%', ''), '_', '') || '-%')";
            all.add(sql, language.clone());
        }
        if let Some(section) = &self.section {
            all.add("article.section = ?", section.clone());
        }
        if let Some(day) = self.since {
            all.add("article.day >= ?", day.0);
        }
        if let Some(day) = self.until {
            all.add("article.day <= ?", day.0);
        }
        if self.unread {
            all.sql.push_str(" AND article.read < article.version");
        }
        if self.starred {
            all.sql.push_str(" AND article.star > 0");
        }
        if let Some(visit) = self.visit {
            all.add("article.visit = ?", visit);
        }
        all
    }
}

impl Conditions {
    fn add(&mut self, sql: &str, value: impl ToSql + 'static) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.push(Box::new(value));
    }

    pub(super) fn with(mut self, value: impl ToSql + 'static) -> Conditions {
        self.values.push(Box::new(value));
        self
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| &**value)
    }
}
