//! The library behind the window: one holder, and the workers around it.
//!
//! In: what the reader does with issues and articles. Out: [`ShelfNews`]. The library is read by several and changed
//! by one; whoever reads for long (the filler of the index) makes room as soon as somebody waits to change it. An
//! import has a library of its own on the same folder, so that a copy of gigabytes keeps nobody from searching.
//!
//! An issue that is merely open is lent to a second library that writes nothing: its words and what is read of it are
//! for this sitting, whatever the mode.
mod answer;
mod fill;
mod import;

use super::{Issue, Post, Source};
use crate::{
    home::Home,
    shelf::{CoverFace, Filling, Keeping, Question, Results, Shelf as Stand},
};
use std::{
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};
use varaq_bundle::{ArticleId, Day, Hash};
use varaq_shelf::{
    ArticleKey, Kept, Library, LibraryError, Position, ReadingFileError, Status, Taken,
};
use varaq_storage::Disk;
use varaq_trust::{State, View};

/// What the workers of the shelf have found.
pub enum ShelfNews {
    /// The shelf as it stands now.
    Stands(Box<Stand>),
    /// What a wish for hits has found.
    Found(u64, Box<Results>),
    /// What is drawn on a cover.
    Cover(Hash, Box<CoverFace>),
    /// How far the words are in the index.
    Filling(Filling),
    /// How far a bundle is on its way to the shelf.
    Keeping(Keeping),
    /// An issue was taken off the shelf and can be put back.
    Removed(Taken),
    /// What was read and starred could not be read; it was set aside.
    ReadingLost,
    /// The shelf cannot be used, or not be changed.
    Failed(String),
}

/// What is done with an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// This version was read; `None` = it counts as unread.
    Read(Option<u64>),
    /// Starred, or not.
    Star(bool),
    /// Where the reader stopped.
    Stop(Option<Position>),
}

enum Order {
    Open(Home, Box<State>, Option<Day>),
    Trust(Box<State>, Option<Day>),
    Kept(Keeping),
    Renew,
    /// The index knows more: say how the shelf stands.
    Tell,
    Do(Hash, ArticleKey, Deed),
    Remove(Hash),
    PutBack(Taken),
    Purge,
    Lend(Box<Kept>, Issue),
    TakeBack,
    Settle(mpsc::Sender<()>),
    End,
}

/// What the workers share.
struct Shared {
    held: RwLock<Held>,
    /// Changes that wait.
    waiting: AtomicUsize,
    /// The newest wish for hits; older ones are dropped.
    wish: AtomicU64,
    /// The import is to stop.
    stop_import: AtomicBool,
    post: Post,
}

/// The libraries, and whom the reader trusts.
struct Held {
    /// What is kept.
    kept: Library,
    /// What is merely open.
    open: Library,
    state: State,
    today: Option<Day>,
}

impl Held {
    fn view(&self) -> View<'_> {
        super::opening::view(&self.state, self.today)
    }

    /// What the reader did with an article, on the shelf or else in this sitting.
    fn status(&self, key: &ArticleKey) -> Option<&Status> {
        let kept = self.kept.reading().status(key);
        kept.or_else(|| self.open.reading().status(key))
    }
}

impl Shared {
    fn read(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, Held> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        held
    }

    fn tell(&self, news: ShelfNews) {
        self.post.send(u64::MAX, super::News::Shelf(news));
    }
}

/// The window's side of the library.
#[derive(Clone)]
pub struct Shelf {
    shared: Arc<Shared>,
    orders: mpsc::Sender<Order>,
    asks: mpsc::Sender<answer::Ask>,
    imports: mpsc::Sender<import::Import>,
}

impl Shelf {
    /// Starts the workers, with a shelf that keeps nothing.
    pub(super) fn new(post: Post) -> Result<Self, LibraryError> {
        let held = Held {
            kept: Library::in_memory()?,
            open: Library::in_memory()?,
            state: State::default(),
            today: None,
        };
        let shared = Arc::new(Shared {
            held: RwLock::new(held),
            waiting: AtomicUsize::new(0),
            wish: AtomicU64::new(0),
            stop_import: AtomicBool::new(false),
            post,
        });
        let (orders, orders_in) = mpsc::channel();
        let (asks, asks_in) = mpsc::channel();
        let (imports, imports_in) = mpsc::channel();
        let (fills, fills_in) = mpsc::channel();
        let (of_answer, of_import, of_fill) = (shared.clone(), shared.clone(), shared.clone());
        let (after_import, after_fill) = (orders.clone(), orders.clone());
        let after_answer = orders.clone();
        thread::spawn(move || answer::run(&of_answer, &asks_in, &after_answer));
        thread::spawn(move || import::run(&of_import, &imports_in, &after_import));
        thread::spawn(move || fill::run(&of_fill, &fills_in, &after_fill));
        let worker = Worker {
            shared: shared.clone(),
            fills,
        };
        thread::spawn(move || worker.run(&orders_in));
        Ok(Self {
            shared,
            orders,
            asks,
            imports,
        })
    }

    /// Uses the shelf of this home from now on, judged with this trust.
    pub fn open(&self, home: &Home, state: &State, today: Option<Day>) {
        let state = Box::new(state.clone());
        self.order(Order::Open(home.clone(), state, today));
    }

    /// The trust has changed: everything is judged anew.
    pub fn trust(&self, state: &State, today: Option<Day>) {
        self.order(Order::Trust(Box::new(state.clone()), today));
    }

    /// Remembers what was done with an article of an issue.
    pub fn remember(&self, issue: Hash, key: ArticleKey, deed: Deed) {
        self.order(Order::Do(issue, key, deed));
    }

    /// Takes an issue off the shelf.
    pub fn remove(&self, issue: Hash) {
        self.order(Order::Remove(issue));
    }

    /// Puts back what was taken.
    pub fn put_back(&self, taken: Taken) {
        self.order(Order::PutBack(taken));
    }

    /// What was taken off the shelf goes for good.
    pub fn purge(&self) {
        self.order(Order::Purge);
    }

    /// Brings a bundle to the shelf.
    pub fn keep(&self, source: Source) {
        self.shared.stop_import.store(false, Ordering::SeqCst);
        let _ = self.imports.send(import::Import(source));
    }

    /// Stops what is being brought to the shelf.
    pub fn stop_keeping(&self) {
        self.shared.stop_import.store(true, Ordering::SeqCst);
    }

    /// Looks for hits; answers to older wishes are dropped. The number comes back with the answer.
    pub fn search(&self, question: Question) -> u64 {
        let wish = self.shared.wish.fetch_add(1, Ordering::SeqCst) + 1;
        let _ = self.asks.send(answer::Ask::Hits(wish, question));
        wish
    }

    /// What is being looked for is not wanted any more.
    pub fn forget_search(&self) {
        self.shared.wish.fetch_add(1, Ordering::SeqCst);
    }

    /// Asks for what is drawn on a cover.
    pub fn cover(&self, issue: Hash) {
        let _ = self.asks.send(answer::Ask::Cover(issue));
    }

    /// An issue that is merely open can be searched too, in place of the one before.
    pub(super) fn lend(&self, kept: Kept, issue: Issue) {
        self.order(Order::Lend(Box::new(kept), issue));
    }

    /// Nothing is open any more.
    pub fn take_back(&self) {
        self.order(Order::TakeBack);
    }

    /// A kept issue, judged anew.
    pub(super) fn issue(&self, id: &Hash) -> Result<(Arc<Kept>, Issue), LibraryError> {
        let held = self.shared.read();
        let kept = held.kept.find(id).ok_or(LibraryError::NotKept)?;
        let issue = held.kept.issue(id, held.view())?;
        Ok((Arc::clone(kept), issue))
    }

    /// The file of a kept issue, as it came. One that came in parts has no file to pass on.
    pub(super) fn file(&self, id: &Hash) -> std::io::Result<super::Stream> {
        let held = self.shared.read();
        held.kept.file(id)
    }

    /// What was done with the articles of a publisher.
    pub(super) fn statuses(&self, kept: &Kept) -> impl Fn(ArticleId) -> Status {
        let held = self.shared.read();
        move |article| held.status(&kept.key(article)).cloned().unwrap_or_default()
    }

    /// Ends the workers, and lets go of what they hold.
    pub(super) fn end(&self) {
        self.order(Order::End);
    }

    /// Waits until everything that was ordered is done; a second at most.
    pub fn settle(&self) {
        let (done, wait) = mpsc::channel();
        self.order(Order::Settle(done));
        let _ = wait.recv_timeout(std::time::Duration::from_secs(1));
    }

    fn order(&self, order: Order) {
        let _ = self.orders.send(order);
    }
}

/// The one that changes the library.
struct Worker {
    shared: Arc<Shared>,
    fills: mpsc::Sender<()>,
}

impl Worker {
    fn run(self, orders: &mpsc::Receiver<Order>) {
        while let Ok(first) = orders.recv() {
            let mut changed = false;
            for order in std::iter::once(first).chain(orders.try_iter()) {
                if matches!(order, Order::End) {
                    return self.let_go();
                }
                changed |= self.carry_out(order);
            }
            if changed {
                let stand = Stand::of(&self.shared.read().kept);
                self.shared.tell(ShelfNews::Stands(Box::new(stand)));
                let _ = self.fills.send(());
            }
        }
    }

    /// The other workers hold senders of orders, so the end has to be told.
    fn let_go(&self) {
        if let Ok(nothing) = Library::in_memory() {
            self.shared.change().kept = nothing;
        }
    }

    /// Answers whether the shelf looks different now.
    fn carry_out(&self, order: Order) -> bool {
        let mut held = self.shared.change();
        let held = &mut *held;
        let outcome = match order {
            Order::Open(home, state, today) => {
                (held.state, held.today) = (*state, today);
                self.open(held, &home)
            }
            Order::Trust(state, today) => {
                (held.state, held.today) = (*state, today);
                refresh(held)
            }
            Order::Kept(news) => {
                let refreshed = refresh(held).and_then(|_| hand_over(held)).map(|()| true);
                self.shared.tell(ShelfNews::Keeping(news));
                refreshed
            }
            Order::Tell => return true,
            Order::Renew => held.kept.renew_index().map(|()| true),
            Order::Do(issue, key, deed) => carry_out(held, &issue, key, deed),
            Order::Remove(issue) => return self.remove(held, &issue),
            Order::PutBack(taken) => return self.put_back(held, &taken),
            Order::Purge => {
                // What cannot be removed now is removed the next time.
                let _ = held.kept.purge(&mut going_on);
                Ok(false)
            }
            Order::Lend(kept, issue) => lend(held, *kept, issue).map(|()| true),
            Order::TakeBack => take_back(held).map(|()| true),
            Order::Settle(done) => {
                let _ = done.send(());
                return false;
            }
            Order::End => return false,
        };
        outcome.unwrap_or_else(|error| {
            self.shared.tell(ShelfNews::Failed(words(&error)));
            true
        })
    }

    fn open(&self, held: &mut Held, home: &Home) -> Result<bool, LibraryError> {
        let folder = home.folder.clone().unwrap_or_default();
        let mut opened = Library::open(Arc::new(Disk), &folder, home.mode);
        if let Err(LibraryError::Reading(ReadingFileError::Damaged { .. })) = opened {
            // It was set aside: the next one begins with nothing read.
            self.shared.tell(ShelfNews::ReadingLost);
            opened = Library::open(Arc::new(Disk), &folder, home.mode);
        }
        held.kept = opened?;
        // What was taken off the shelf before this start is gone for good, also if that start ended badly.
        let _ = held.kept.purge(&mut going_on);
        refresh(held)
    }

    fn remove(&self, held: &mut Held, issue: &Hash) -> bool {
        let view = super::opening::view(&held.state, held.today);
        match held.kept.take(issue, view, &mut going_on) {
            Ok(taken) => self.shared.tell(ShelfNews::Removed(taken)),
            Err(error) => self.shared.tell(ShelfNews::Failed(words(&error))),
        }
        true
    }

    fn put_back(&self, held: &mut Held, taken: &Taken) -> bool {
        let view = super::opening::view(&held.state, held.today);
        if let Err(error) = held.kept.put_back(taken, view, &mut going_on) {
            self.shared.tell(ShelfNews::Failed(words(&error)));
        }
        true
    }
}

fn refresh(held: &mut Held) -> Result<bool, LibraryError> {
    let view = super::opening::view(&held.state, held.today);
    held.kept
        .refresh(view, &mut |_, _| std::ops::ControlFlow::Continue(()))?;
    Ok(true)
}

/// On the shelf for good, of what is merely open for this sitting.
fn carry_out(
    held: &mut Held,
    issue: &Hash,
    key: ArticleKey,
    deed: Deed,
) -> Result<bool, LibraryError> {
    let library = match held.kept.find(issue) {
        Some(_) => &mut held.kept,
        None => &mut held.open,
    };
    match deed {
        Deed::Read(version) => library.change(key, |status| status.read = version)?,
        Deed::Star(starred) => library.star(key, starred)?,
        Deed::Stop(position) => {
            let before = library.reading().status(&key);
            if before.and_then(|status| status.position) == position {
                return Ok(false);
            }
            library.change(key, |status| status.position = position)?;
            return Ok(false);
        }
    }
    Ok(true)
}

/// What is on the shelf now is not lent any more, and what was done with it in this sitting goes with it.
fn hand_over(held: &mut Held) -> Result<(), LibraryError> {
    let lent: Vec<Arc<Kept>> = held.open.issues().map(Arc::clone).collect();
    for kept in lent {
        let id = kept.id();
        if held.kept.find(&id).is_none() {
            continue;
        }
        let issue = held.open.issue(&id, held.view())?;
        for (_, entry) in issue.entries().flatten() {
            let key = kept.key(entry.id);
            if let Some(status) = held.open.reading().status(&key).cloned() {
                held.kept.change(key, |known| {
                    known.read = known.read.max(status.read);
                    known.position = status.position.or(known.position);
                })?;
                if status.star.is_some() {
                    held.kept.star(key, true)?;
                }
            }
        }
        held.open.take_back(&id)?;
    }
    Ok(())
}

/// What is on the shelf is searched there.
fn lend(held: &mut Held, kept: Kept, issue: Issue) -> Result<(), LibraryError> {
    take_back(held)?;
    if held.kept.find(&kept.id()).is_some() {
        return Ok(());
    }
    held.open.lend(kept, issue)
}

fn take_back(held: &mut Held) -> Result<(), LibraryError> {
    let lent: Vec<Hash> = held.open.issues().map(|kept| kept.id()).collect();
    lent.iter().try_for_each(|id| held.open.take_back(id))
}

fn going_on(_: varaq_shelf::ImportProgress) -> std::ops::ControlFlow<()> {
    std::ops::ControlFlow::Continue(())
}

/// An error with what lies behind it, for the sentence around it.
fn words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    words
}
