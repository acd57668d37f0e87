//! Words that stand in very many articles, so that the beginning of one is answered without reading all their lists.
//!
//! FTS5 answers `the*` by merging the lists of every word that begins so: the longest lists there are, most of it for
//! hits that nobody looks at. Who types `the` in a library of 100,000 articles wants the newest, and a few of those
//! words alone have more than enough of them. Which ones is known from a sample: of every [`SHARE`]th article of an
//! issue each word is noted once. The sample decides speed only; what it names is asked of FTS5 like any word, and
//! where that brings too few, the whole question is asked.

use super::fill::Words;
use rusqlite::{Connection, Transaction, params};
use std::collections::HashMap;
use varaq_article::fold::Expression;

/// One of so many articles is in the sample.
const SHARE: u32 = 32;
/// Words asked in place of a beginning.
const MOST: usize = 6;

/// Whether an article is of the sample. The first one of each issue is, however small the issue.
fn is_sampled(number: u32) -> bool {
    number % SHARE == 1
}

/// Notes the words of those articles of a step that are of the sample.
pub(super) fn note<'a>(
    work: &Transaction<'_>,
    issue: i64,
    articles: impl Iterator<Item = (u32, &'a Words)>,
) -> rusqlite::Result<()> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for (_, words) in articles.filter(|(number, _)| is_sampled(*number)) {
        let all = [&words.title, &words.joined, &words.body];
        let mut all: Vec<&str> = all.into_iter().flat_map(|text| text.split(' ')).collect();
        all.sort_unstable();
        all.dedup();
        for word in all.into_iter().filter(|word| !word.is_empty()) {
            let count = counts.entry(word).or_default();
            *count = count.saturating_add(SHARE);
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable();
    let mut note = work.prepare_cached(
        "INSERT INTO common VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET articles = articles + excluded.articles",
    )?;
    for (word, articles) in counts {
        note.execute(params![word, issue, articles])?;
    }
    Ok(())
}

/// The question with common words in place of their beginnings; none if there is no such beginning. `enough`: how many
/// articles there must be, as far as the sample tells.
pub(super) fn instead(
    connection: &Connection,
    expression: &Expression,
    enough: usize,
) -> rusqlite::Result<Option<Expression>> {
    Ok(match expression {
        Expression::Phrase {
            words,
            prefix: true,
        } => match words.as_slice() {
            [beginning] => common(connection, beginning, enough)?,
            _ => None,
        },
        Expression::Phrase { .. } => None,
        Expression::All(parts) => each(connection, parts, enough)?.map(Expression::All),
        Expression::Any(parts) => each(connection, parts, enough)?.map(Expression::Any),
    })
}

/// The parts with those replaced that can be; none if none can be.
fn each(
    connection: &Connection,
    parts: &[Expression],
    enough: usize,
) -> rusqlite::Result<Option<Vec<Expression>>> {
    let mut replaced = false;
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        let other = instead(connection, part, enough)?;
        replaced |= other.is_some();
        out.push(other.unwrap_or_else(|| part.clone()));
    }
    Ok(replaced.then_some(out))
}

/// The most common words that begin so.
fn common(
    connection: &Connection,
    beginning: &str,
    enough: usize,
) -> rusqlite::Result<Option<Expression>> {
    let mut rows = connection.prepare_cached(
        "SELECT word, sum(articles) AS articles FROM common
         WHERE word >= ?1 AND word < ?1 || char(0x10ffff) GROUP BY word
         ORDER BY articles DESC, word LIMIT ?2",
    )?;
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let rows = rows.query_map(params![beginning, most], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    let Some((_, longest)) = rows.first() else {
        return Ok(None);
    };
    if *longest < i64::try_from(enough).unwrap_or(i64::MAX) {
        return Ok(None);
    }
    let word = |(word, _)| Expression::Phrase {
        words: vec![word],
        prefix: false,
    };
    Ok(Some(Expression::Any(rows.into_iter().map(word).collect())))
}
