//! The worker that opens files: locate, judge, check, and only then content.
use super::{Issue, Job, News, OFTEN, Post, Shelf, Source, Stream, handed, reading};
use crate::issue::{Checked, Facts, Story, Whole};
use crate::screens::flat;
use std::ops::ControlFlow;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
    mpsc,
};
use std::time::Instant;
use varaq_bundle::{CheckProgress, Day, Hash, IssueName, Limits, Notice, Report};
use varaq_shelf::Kept;
use varaq_trust::{
    Consent, Evidence, Learned, Line, Opening, RELEASED, State, Verdict, View, open, read_notices,
};

/// The issue that the reader agreed to see, for the worker of pictures too.
pub(super) type Shared = Arc<Mutex<Option<(u64, Issue)>>>;

pub(super) struct Worker {
    post: Post,
    current: Arc<AtomicU64>,
    skip: Arc<AtomicU64>,
    /// A judged file that waits for consent, and what the reader has met by now.
    waiting: Option<(u64, Opening<Stream>, Evidence)>,
    /// Corrections and retractions of the issue that is open.
    notices: Vec<Notice>,
    shared: Shared,
    handed: handed::Reader,
    shelf: Shelf,
}

impl Worker {
    pub(super) fn new(
        post: Post,
        current: Arc<AtomicU64>,
        skip: Arc<AtomicU64>,
        shelf: Shelf,
    ) -> Self {
        Self {
            handed: handed::Reader::new(post.clone(), current.clone()),
            post,
            current,
            skip,
            waiting: None,
            notices: Vec::new(),
            shared: Arc::default(),
            shelf,
        }
    }

    pub(super) fn shared(&self) -> Shared {
        self.shared.clone()
    }

    pub(super) fn run(mut self, jobs: &mpsc::Receiver<(u64, Job)>) {
        while let Ok((file, job)) = jobs.recv() {
            if file != self.current.load(Ordering::SeqCst) {
                continue;
            }
            match job {
                Job::Open(Source::Kept { id, .. }, state, _) => {
                    self.open_kept(file, &id, state.evidence);
                }
                Job::Open(source, state, today) => {
                    self.open(file, &source, &state, today);
                }
                Job::Close => self.close(),
                Job::Read(consent) => self.read(file, consent),
                Job::Story(number, setting) => {
                    if let Some(issue) = self.issue(file) {
                        let story = reading::story(&issue, number);
                        let rows = match &story {
                            Story::Here(article) => {
                                let rows = flat(article, &setting);
                                Some(Box::new((*setting, rows)))
                            }
                            _ => None,
                        };
                        self.post
                            .send(file, News::Story(number, Box::new(story), rows));
                    }
                }
            }
        }
    }

    fn issue(&self, file: u64) -> Option<Issue> {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared
            .as_ref()
            .filter(|(of, _)| *of == file)
            .map(|(_, issue)| issue.clone())
    }

    fn close(&mut self) {
        self.waiting = None;
        self.notices.clear();
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.shelf.take_back();
    }

    /// An issue of the shelf was judged when the shelf was looked through, and its bytes were checked when it came.
    fn open_kept(&mut self, file: u64, id: &Hash, evidence: Evidence) {
        self.close();
        let (kept, issue) = match self.shelf.issue(id) {
            Ok(opened) => opened,
            Err(error) => return self.post.send(file, News::Refused(error.to_string())),
        };
        let checked = Box::new(reading::kept(&kept, &issue));
        self.post
            .send(file, News::Checked(checked, Learned::default()));
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = Some((file, issue.clone()));
        let told = self.take_notices(&kept.facts, evidence, &issue);
        self.show(file, &kept, &issue, told);
    }

    fn open(&mut self, file: u64, source: &Source, state: &State, today: Option<Day>) {
        self.close();
        if let Source::Path(path) = source
            && self.handed.read(file, path, state)
        {
            return;
        }
        let judged = self.judged(file, source, view(state, today));
        let arrived = judged.as_ref().ok().and_then(|(opening, _)| {
            // A code that was typed before any bundle came: no forgotten word of the reader's.
            state.pins.arrived(opening.publisher(), today)
        });
        let judged = match &arrived {
            None => judged,
            Some(pins) => self.judged(file, source, view(state, today).with_pins(pins)),
        };
        match judged {
            Ok((opening, checked)) => {
                if let (Some(pins), Some(publisher)) = (arrived, opening.publisher()) {
                    let news = News::Arrived(publisher.id, Box::new(pins));
                    self.post.send(file, news);
                }
                let learned = opening.learned().clone();
                let mut evidence = state.evidence.clone();
                evidence.learn(&learned);
                self.waiting = Some((file, opening, evidence));
                self.post
                    .send(file, News::Checked(Box::new(checked), learned));
            }
            Err(error) => self.post.send(file, News::Refused(error.to_string())),
        }
    }

    fn judged(
        &self,
        file: u64,
        source: &Source,
        view: View<'_>,
    ) -> std::io::Result<(Opening<Stream>, Checked)> {
        let (stream, size) = source.open()?;
        let opening = open(stream, view, &Limits::default())?;
        let (whole, extra_bytes) = if opening.verdict().is_valid() {
            self.whole(file, source, view)
        } else {
            (Whole::Listed, false)
        };
        let signers = opening.unproven_facts().map(|facts| &facts.issue.signers);
        let few = signers.filter(|_| opening.verdict() == Verdict::BelowThreshold);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let resembled = opening.lines().iter().find_map(|line| match line {
            Line::NameResembles { pinned } => Some(view.pins().find(pinned)?.name.clone()),
            _ => None,
        });
        let facts = opening.facts().map(Facts::of);
        let checked = Checked {
            file: source.name(),
            size,
            verdict: opening.verdict(),
            signatures: few.map(|signers| (number(signers.counted()), number(signers.threshold))),
            facts,
            whole,
            extra_bytes,
            lines: opening.lines().to_vec(),
            resembled,
        };
        Ok((opening, checked))
    }

    /// How whole a valid file is, and whether it holds bytes that belong to nothing. Reads through an opening of its
    /// own, which is dropped here: a check gives out numbers, never content, so it needs no consent of the reader.
    fn whole(&self, file: u64, source: &Source, view: View<'_>) -> (Whole, bool) {
        let opened = source
            .open()
            .and_then(|(stream, _)| open(stream, view, &Limits::default()));
        let Ok(opening) = opened else {
            return (Whole::Listed, false);
        };
        let partial = opening
            .lines()
            .iter()
            .any(|line| matches!(line, Line::Partial { .. }));
        let unread = if partial {
            Whole::Partial {
                whole: 0,
                total: None,
            }
        } else {
            Whole::Listed
        };
        let Ok(content) = opening.into_content(Consent::DifferentPublisher) else {
            return (unread, false);
        };
        let mut told = Instant::now();
        let mut progress = |at: CheckProgress| {
            let stale = self.current.load(Ordering::SeqCst) != file;
            if stale || self.skip.load(Ordering::SeqCst) == file {
                return ControlFlow::Break(());
            }
            if told.elapsed() >= OFTEN {
                told = Instant::now();
                self.post
                    .send(file, News::Progress(at.done_bytes, at.total_bytes));
            }
            ControlFlow::Continue(())
        };
        match content.check(&mut progress) {
            Ok(report) => (of_report(&report), report.extra_bytes > 0),
            Err(_) => (unread, false),
        }
    }

    fn read(&mut self, file: u64, consent: Consent) {
        let Some((_, opening, evidence)) = self.waiting.take_if(|(of, ..)| *of == file) else {
            return;
        };
        let Some(kept) = Kept::of(&opening, 0) else {
            return;
        };
        let Ok(content) = opening.into_content(consent) else {
            return;
        };
        let issue = Arc::new(content);
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = Some((file, issue.clone()));
        let told = self.take_notices(&kept.facts, evidence, &issue);
        self.show(file, &kept, &issue, told);
        self.shelf.lend(kept, issue);
    }

    /// Reads what this issue corrects, and looks up what any issue has corrected in this one.
    fn take_notices(
        &mut self,
        facts: &varaq_trust::Facts,
        mut evidence: Evidence,
        issue: &Issue,
    ) -> Learned {
        let (_, told) = read_notices(facts, issue);
        evidence.learn(&told);
        let name = IssueName {
            channel: facts.issue.channel.clone(),
            epoch: facts.issue.epoch,
            number: facts.issue.number,
        };
        let notices = evidence.notices(&facts.publisher.id, &name);
        self.notices = notices.into_iter().cloned().collect();
        told
    }

    fn show(&self, file: u64, kept: &Kept, issue: &Issue, told: Learned) {
        let front = {
            let statuses = self.shelf.statuses(kept);
            reading::front(kept, issue, &self.notices, &statuses)
        };
        self.post.send(file, News::Front(Box::new(front), told));
    }
}

/// What the reader brings to a verdict.
pub(super) fn view(state: &State, today: Option<Day>) -> View<'_> {
    let view = View::new(&state.pins, &state.evidence);
    today.map_or(view, |today| view.on(today, RELEASED))
}

/// Verdict and names of a bundle by its head, for lists. Names only where the verdict shows content.
pub(super) fn judge(source: &Source, view: View<'_>) -> Option<(Verdict, Vec<(String, String)>)> {
    let (stream, _) = source.open().ok()?;
    let opening = open(stream, view, &Limits::default()).ok()?;
    let shows = opening.verdict().shows_content();
    let names = opening.publisher().filter(|_| shows).map(|publisher| {
        publisher
            .names
            .iter()
            .map(|name| (name.language.clone(), name.name.clone()))
            .collect()
    });
    Some((opening.verdict(), names.unwrap_or_default()))
}

/// The report of a check in the words of the verdict sheet. Damage outweighs absence.
fn of_report(report: &Report) -> Whole {
    let (whole, total) = (report.articles_whole, report.articles_listed);
    let wrong = report.pieces.damaged.max(report.pieces.unproven);
    if wrong > 0 && !report.table_missing {
        return Whole::Damaged {
            parts: wrong,
            whole,
            total,
        };
    }
    if report.is_partial() || wrong > 0 {
        return Whole::Partial { whole, total };
    }
    Whole::Complete {
        articles: total.unwrap_or(whole),
    }
}
