//! Hits, lists and covers: read from verified bundles, in the order in which they were asked for.
use super::{Held, Order, Shared, ShelfNews};
use crate::{
    desk::picture,
    issue::{Facts, Mark, Picture},
    shelf::{CoverFace, Hit, Question, Results, Scope},
};
use std::sync::{Arc, atomic::Ordering, mpsc};
use varaq_article::fold::Query;
use varaq_bundle::{Direction, Entry, Hash, IssueName, MediumClass, Presence};
use varaq_shelf::{Found, Library, LibraryError, Row};

/// Twice a cover's width, for dense screens.
const COVER_WIDTH: u32 = 248;

pub(super) enum Ask {
    Hits(u64, Question),
    Cover(Hash),
}

pub(super) fn run(shared: &Arc<Shared>, asks: &mpsc::Receiver<Ask>, orders: &mpsc::Sender<Order>) {
    // A cache that lies is thrown away; one that still lies when it was made anew is a fault that is told.
    let mut renewed = false;
    while let Ok(ask) = asks.recv() {
        match ask {
            Ask::Hits(wish, question) => {
                let stale = || shared.wish.load(Ordering::SeqCst) != wish;
                if stale() {
                    continue;
                }
                let (results, lied) = results(&shared.read(), &question, &stale);
                if lied && !std::mem::replace(&mut renewed, true) {
                    let _ = orders.send(Order::Renew);
                }
                if !stale() {
                    shared.tell(ShelfNews::Found(wish, Box::new(results)));
                }
            }
            Ask::Cover(issue) => {
                let face = cover(&shared.read(), &issue);
                shared.tell(ShelfNews::Cover(issue, Box::new(face)));
            }
        }
    }
}

/// What was found, and whether the index named something that is not so.
fn results(held: &Held, question: &Question, stale: &dyn Fn() -> bool) -> (Results, bool) {
    let query = Query::parse(&question.text, true);
    let (mut results, mut failed) = (Results::default(), None);
    let mut lied = false;
    let mut rows: Vec<(&Library, Row)> = Vec::new();
    for (library, scope) in [(&held.kept, Scope::Shelf), (&held.open, Scope::Open)] {
        let found = match found(held, library, &query, question) {
            Ok(found) => found,
            Err(error) => {
                lied |= matches!(error, LibraryError::Index(_));
                failed = Some(super::words(&error));
                continue;
            }
        };
        match scope {
            Scope::Open => results.places.1 = found.total,
            _ => results.places.0 = found.total,
        }
        if question.scope != Scope::Everywhere && question.scope != scope {
            continue;
        }
        results.total += found.total;
        results.more |= found.more;
        add_sections(&mut results.sections, found.sections);
        rows.extend(found.rows.into_iter().map(|row| (library, row)));
    }
    // A list has no scores, and both parts of it are in order.
    rows.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score).then(b.day.cmp(&a.day)));
    rows.truncate(question.most);
    for (library, row) in rows {
        if stale() {
            break;
        }
        match hit(held, library, &row, &query) {
            Ok(hit) => results.hits.push(hit),
            Err(LibraryError::Index(_)) => lied = true,
            Err(error) => failed = Some(super::words(&error)),
        }
    }
    results.failed = failed.filter(|_| results.hits.is_empty());
    (results, lied)
}

fn found(
    held: &Held,
    library: &Library,
    query: &Query,
    question: &Question,
) -> Result<Found, LibraryError> {
    if query.is_empty() {
        let listed = library.index().list(&question.filter, 0, question.most)?;
        return Ok(listed);
    }
    library.search(query, &question.filter, question.most, held.view())
}

fn add_sections(all: &mut Vec<(String, usize)>, more: Vec<(String, usize)>) {
    for (name, count) in more {
        match all.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += count,
            None => all.push((name, count)),
        }
    }
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
}

fn hit(held: &Held, library: &Library, row: &Row, query: &Query) -> Result<Hit, LibraryError> {
    let hit = library.hit(row, query, held.view())?;
    let key = hit.kept.key(hit.entry.id);
    let status = held.status(&key);
    let facts = Facts::of(&hit.kept.facts);
    let notices = held.state.evidence.notices(&facts.id, &facts.issue());
    let of_this = notices.into_iter().filter(|it| it.article == hit.entry.id);
    let marks = Mark::of(of_this);
    // A text that endangers somebody is not shown in a list either.
    let harmful = marks.iter().any(Mark::is_harm);
    Ok(Hit {
        issue: hit.kept.id(),
        number: row.number,
        key,
        title: crate::desk::reading::clean(&hit.entry.title),
        title_hits: query.hits(&crate::desk::reading::clean(&hit.entry.title)),
        snippet: hit.snippet.filter(|_| !harmful),
        verdict: hit.kept.verdict,
        day: hit.entry.day.0,
        section: row.section.clone(),
        rtl: hit.entry.direction == Direction::RightToLeft,
        read: status.and_then(|it| it.read).unwrap_or(0) >= hit.entry.version,
        starred: status.is_some_and(|it| it.star.is_some()),
        facts,
        marks,
    })
}

/// What is drawn on a cover; of an issue that cannot be opened, nothing.
fn cover(held: &Held, id: &Hash) -> CoverFace {
    let mut face = CoverFace::default();
    let Ok(issue) = held.kept.issue(id, held.view()) else {
        return face;
    };
    let lead = issue.front().ok().and_then(|front| front.lead);
    let mut chosen: Option<Entry> = None;
    for (_, entry) in issue.entries().flatten() {
        face.articles += 1;
        face.here += u32::from(issue.presence(&entry) == Presence::Here);
        if chosen.is_none() || Some(entry.id) == lead {
            chosen = Some(entry);
        }
    }
    let Some(entry) = chosen else { return face };
    let name = held.kept.find(id).map(|kept| IssueName {
        channel: kept.facts.issue.channel.clone(),
        epoch: kept.facts.issue.epoch,
        number: kept.facts.issue.number,
    });
    let harmful = name.zip(held.kept.find(id)).is_some_and(|(name, kept)| {
        let notices = held.state.evidence.notices(&kept.publisher(), &name);
        let of_this = notices.into_iter().filter(|it| it.article == entry.id);
        Mark::of(of_this).iter().any(Mark::is_harm)
    });
    face.headline = crate::desk::reading::clean(&entry.title);
    face.rtl = entry.direction == Direction::RightToLeft;
    let picture = entry
        .media
        .iter()
        .find(|it| it.class == MediumClass::Picture);
    if let Some(Ok(bytes)) = picture.filter(|_| !harmful).map(|it| issue.medium(it))
        && let Picture::Here(image) = picture::decoded(&bytes, COVER_WIDTH)
    {
        face.picture = Some(image);
    }
    face
}
