//! What is shown of an article that was found: read from its bundle, never from the index.

use super::{Library, LibraryError, Snippet};
use crate::index::{Filter, Found, IndexError, Row};
use crate::kept::Kept;
use std::ops::Range;
use std::sync::Arc;
use varaq_article::{decode, fold::Query, plain_text};
use varaq_bundle::Entry;
use varaq_trust::View;

/// An article that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// Where it was found.
    pub row: Row,
    /// The issue that it is read from.
    pub kept: Arc<Kept>,
    /// Its entry in the catalog.
    pub entry: Entry,
    /// Words of the question in its title.
    pub title_hits: Vec<Range<usize>>,
    /// The part of its text that fits best; none if the text is not in this copy.
    pub snippet: Option<Snippet>,
}

impl Library {
    /// The articles that fit a question, the best first. Of issues whose words are not all
    /// in the index yet, the titles are looked through.
    ///
    /// # Errors
    /// If the index fails.
    pub fn search(
        &self,
        question: &Query,
        filter: &Filter,
        most: usize,
        view: View<'_>,
    ) -> Result<Found, LibraryError> {
        let mut found = self.index.search(question, filter, most)?;
        if question.is_empty() {
            return Ok(found);
        }
        for kept in self.unfilled()? {
            let before = found.rows.len();
            self.search_titles(&kept, question, filter, most, view, &mut found)?;
            found.total = found
                .total
                .saturating_add(found.rows.len().saturating_sub(before));
        }
        Ok(found)
    }

    fn search_titles(
        &self,
        kept: &Kept,
        question: &Query,
        filter: &Filter,
        most: usize,
        view: View<'_>,
        found: &mut Found,
    ) -> Result<(), LibraryError> {
        let done = self.index.unfilled(&kept.id())?.unwrap_or(u32::MAX);
        let Ok(issue) = self.issue(&kept.id(), view) else {
            return Ok(());
        };
        let sections = issue.front().map(|front| front.sections.clone());
        let sections = sections.unwrap_or_default();
        for (number, entry) in issue.entries().flatten() {
            if found.rows.len() >= most {
                break;
            }
            if number <= done || !question.matches(&entry.title) {
                continue;
            }
            let section = sections.get(entry.section as usize);
            let row = self.row(kept, number, &entry, section.map_or("", |s| s));
            let known = found.rows.iter().any(|known| known.article == row.article);
            if !known && fits(filter, kept, &entry, &row) {
                found.rows.push(row);
            }
        }
        Ok(())
    }

    fn row(&self, kept: &Kept, number: u32, entry: &Entry, section: &str) -> Row {
        let status = self.reading.status(&kept.key(entry.id));
        let read = status.and_then(|status| status.read).unwrap_or(0);
        Row {
            issue: kept.id(),
            number,
            article: entry.id,
            day: entry.day,
            section: section.to_owned(),
            read: read >= entry.version,
            starred: status.is_some_and(|status| status.star.is_some()),
            score: 0.0,
        }
    }

    /// Reads what is shown of a row. Its article is the one that the index means, or this
    /// fails with [`IndexError::Wrong`], and the index is to be [renewed](Library::renew_index).
    ///
    /// # Errors
    /// If the issue cannot be opened, or its catalog cannot be read.
    pub fn hit(&self, row: &Row, question: &Query, view: View<'_>) -> Result<Hit, LibraryError> {
        let kept = self.find(&row.issue).ok_or(IndexError::Wrong)?;
        let issue = self.issue(&row.issue, view)?;
        let entry = issue
            .entry(row.number)
            .map_err(|error| LibraryError::Unreadable(std::io::Error::other(error)))?
            .filter(|entry| entry.id == row.article)
            .ok_or(IndexError::Wrong)?;
        let article = issue.article_bytes(&entry).ok();
        let article = article.and_then(|bytes| decode(&bytes).ok());
        Ok(Hit {
            row: row.clone(),
            kept: Arc::clone(kept),
            title_hits: question.hits(&entry.title),
            snippet: article.map(|article| Snippet::of(&plain_text(&article), question)),
            entry,
        })
    }
}

/// Whether an article that is not in the index yet passes a filter.
fn fits(filter: &Filter, kept: &Kept, entry: &Entry, row: &Row) -> bool {
    let language = |wanted: &String| {
        let rest = entry.language.strip_prefix(wanted.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    filter.publisher.is_none_or(|id| id == kept.publisher())
        && filter.issue.is_none_or(|id| id == kept.id())
        && filter.language.as_ref().is_none_or(language)
        && filter
            .section
            .as_ref()
            .is_none_or(|name| *name == row.section)
        && filter.since.is_none_or(|day| entry.day >= day)
        && filter.until.is_none_or(|day| entry.day <= day)
        && (!filter.unread || !row.read)
        && (!filter.starred || row.starred)
        && filter.visit.is_none_or(|visit| visit == kept.visit)
}
