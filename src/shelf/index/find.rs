//! Searches and lists: rows out of the index, in order.

use super::{Filter, Index, IndexError, common, query};
use rusqlite::params_from_iter;
use std::collections::{BTreeMap, HashSet};
use varaq_article::fold::{Expression, Query};
use varaq_bundle::{ArticleId, Day, Hash};

/// Articles that are ranked by their words. Of more hits those in titles and the newest
/// are taken: a word that is everywhere says little about any of them.
const RANKED: usize = 500;
/// As many articles must have a word, as far as is known, to be asked in place of its beginning.
const COMMON: usize = 4 * RANKED;
/// The score by words: what a hit in title, joined forms and text counts (BM25).
const RANK: &str = "-bm25(words, 8.0, 2.0, 1.0)";
/// The scores where words say too little: in the title, or anywhere.
const TITLE: &str = "2.0";
const PLAIN: &str = "1.0";
/// An article of so many days before the newest one gains half of what a fresh one does.
const FRESH_DAYS: f64 = 60.0;
/// What freshness adds at most, as a share of the score.
const FRESH_SHARE: f64 = 0.5;

/// Where an article lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Manifest id of the issue with its newest version.
    pub issue: Hash,
    /// Its number in the catalog there, from 1.
    pub number: u32,
    /// Which.
    pub article: ArticleId,
    /// Day, as the publisher says.
    pub day: Day,
    /// Name of its section.
    pub section: String,
    /// Its newest version was read.
    pub read: bool,
    /// It is starred.
    pub starred: bool,
    /// How well it fits; higher is better, 0 in a list.
    pub score: f64,
}

/// What a search has found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The best first.
    pub rows: Vec<Row>,
    /// How many there are in all; a lower bound if `more` is set.
    pub total: usize,
    /// There are more than were counted.
    pub more: bool,
    /// Hits by section, the most first.
    pub sections: Vec<(String, usize)>,
}

/// How many articles there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In all.
    pub articles: u32,
    /// Not read in their newest version.
    pub unread: u32,
    /// Starred.
    pub starred: u32,
}

impl Index {
    /// The articles that fit a question, the best first: words in titles count more, and
    /// so do newer articles.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn search(
        &self,
        question: &Query,
        filter: &Filter,
        most: usize,
    ) -> Result<Found, IndexError> {
        let Some(expression) = question.expression() else {
            return self.list(filter, 0, most);
        };
        let (rows, more) = match self.newest_of_common(expression, filter)? {
            Some(rows) => (rows, true),
            None => self.ranked_or_newest(&query::fts(expression), filter)?,
        };
        let mut rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        let total = rows.len();
        let sections = sections(&rows);
        freshen(&mut rows);
        rows.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.day.cmp(&a.day)));
        rows.truncate(most);
        Ok(Found {
            rows,
            total,
            more,
            sections,
        })
    }

    /// Where the question is the beginning of very common words: those alone, if they are enough.
    fn newest_of_common(
        &self,
        expression: &Expression,
        filter: &Filter,
    ) -> Result<Option<Vec<(i64, Row)>>, IndexError> {
        let instead = common::instead(&self.reading(), expression, COMMON)?;
        let Some(instead) = instead.as_ref().map(query::fts) else {
            return Ok(None);
        };
        let rows = self.matching(&instead, PLAIN, filter)?;
        if rows.len() <= RANKED {
            return Ok(None);
        }
        self.with_titles(&instead, filter, rows).map(Some)
    }

    /// All that fit with their ranks, or of very many the newest; and whether there are more.
    fn ranked_or_newest(
        &self,
        expression: &str,
        filter: &Filter,
    ) -> Result<(Vec<(i64, Row)>, bool), IndexError> {
        let rows = self.matching(expression, PLAIN, filter)?;
        if rows.len() > RANKED {
            Ok((self.with_titles(expression, filter, rows)?, true))
        } else {
            Ok((self.matching(expression, RANK, filter)?, false))
        }
    }

    /// The newest that fit, and before them those that fit in their titles.
    fn with_titles(
        &self,
        expression: &str,
        filter: &Filter,
        mut rows: Vec<(i64, Row)>,
    ) -> Result<Vec<(i64, Row)>, IndexError> {
        let titles = format!("{{title}} : {expression}");
        let titles = self.matching(&titles, TITLE, filter)?;
        let known: HashSet<i64> = titles.iter().map(|(id, _)| *id).collect();
        rows.retain(|(id, _)| !known.contains(id));
        rows.extend(titles);
        Ok(rows)
    }

    /// The newest articles that fit, one more than are ranked.
    fn matching(
        &self,
        expression: &str,
        score: &str,
        filter: &Filter,
    ) -> Result<Vec<(i64, Row)>, IndexError> {
        let conditions = filter.conditions();
        let sql = format!(
            "SELECT {COLUMNS}, {score}
             FROM words JOIN article ON article.id = words.rowid
             JOIN issue ON issue.id = article.issue
             WHERE words MATCH ? {} ORDER BY words.rowid DESC LIMIT {RANKED} + 1",
            conditions.sql
        );
        let connection = self.reading();
        let mut rows = connection.prepare_cached(&sql)?;
        let first: &dyn rusqlite::ToSql = &expression;
        let values = std::iter::once(first).chain(conditions.values());
        let rows = rows.query_map(params_from_iter(values), row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Articles without a question, the newest first; starred ones by when they were starred.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn list(&self, filter: &Filter, skip: usize, most: usize) -> Result<Found, IndexError> {
        let order = if filter.starred {
            "article.star DESC"
        } else {
            "article.day DESC, article.id"
        };
        let count = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
        let total = self.count(filter)?;
        let conditions = filter.conditions().with(count(most)).with(count(skip));
        let sql = format!(
            "SELECT {COLUMNS}, 0.0 FROM article JOIN issue ON issue.id = article.issue
             WHERE 1 {} ORDER BY {order} LIMIT ? OFFSET ?",
            conditions.sql
        );
        let connection = self.reading();
        let mut rows = connection.prepare_cached(&sql)?;
        let rows = rows.query_map(params_from_iter(conditions.values()), row)?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(Found {
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            total,
            more: false,
            sections: Vec::new(),
        })
    }

    /// How many articles a filter lets through.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn count(&self, filter: &Filter) -> Result<usize, IndexError> {
        let conditions = filter.conditions();
        let sql = format!("SELECT count(*) FROM article WHERE 1 {}", conditions.sql);
        let connection = self.reading();
        let mut count = connection.prepare_cached(&sql)?;
        let count: i64 =
            count.query_row(params_from_iter(conditions.values()), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// How many articles there are.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn counts(&self) -> Result<Counts, IndexError> {
        let connection = self.reading();
        let sql = "SELECT count(*), count(*) FILTER (WHERE read < version),
                   count(*) FILTER (WHERE star > 0) FROM article";
        Ok(connection.query_row(sql, [], |row| {
            Ok(Counts {
                articles: row.get(0)?,
                unread: row.get(1)?,
                starred: row.get(2)?,
            })
        })?)
    }

    /// Unread articles of each issue, by manifest id.
    ///
    /// # Errors
    /// See [`IndexError`].
    pub fn unread_by_issue(&self) -> Result<BTreeMap<Hash, u32>, IndexError> {
        let connection = self.reading();
        let mut rows = connection.prepare_cached(
            "SELECT issue.manifest, count(*) FROM place
             JOIN article ON article.id = place.article
             JOIN issue ON issue.id = place.issue
             WHERE article.read < article.version GROUP BY issue.id",
        )?;
        let rows = rows.query_map([], |row| Ok((Hash(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

const COLUMNS: &str = "article.id, issue.manifest, article.number, article.article, article.day,
    article.section, article.read >= article.version, article.star > 0";

fn row(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Row)> {
    let found = Row {
        issue: Hash(row.get(1)?),
        number: row.get(2)?,
        article: ArticleId(row.get(3)?),
        day: Day(row.get(4)?),
        section: row.get(5)?,
        read: row.get(6)?,
        starred: row.get(7)?,
        score: row.get(8)?,
    };
    Ok((row.get(0)?, found))
}

fn sections(rows: &[Row]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let count = counts.entry(&row.section).or_default();
        *count = count.saturating_add(1);
    }
    let mut counts: Vec<_> = counts
        .into_iter()
        .filter(|(section, _)| !section.is_empty())
        .map(|(section, count)| (section.to_owned(), count))
        .collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// Newer articles gain. The newest hit is the measure, not the computer's clock.
fn freshen(rows: &mut [Row]) {
    let newest = rows.iter().map(|row| row.day.0).max().unwrap_or(0);
    for row in rows {
        let age = f64::from(newest.saturating_sub(row.day.0));
        row.score *= 1.0 + FRESH_SHARE * FRESH_DAYS / (FRESH_DAYS + age);
    }
}
