//! Reads the words of kept and open issues into the index, in the background.
use super::{Held, Order, Shared, ShelfNews};
use crate::shelf::Filling;
use std::{
    ops::ControlFlow,
    sync::{Arc, atomic::Ordering, mpsc},
    thread,
    time::Duration,
};
use varaq_bundle::Hash;
use varaq_shelf::{Filled, IndexError, Library, LibraryError};

/// How long a change that waits is given before the next step.
const PATIENCE: Duration = Duration::from_millis(2);

/// Fills whenever it is woken, until everything is there that can be read.
pub(super) fn run(shared: &Arc<Shared>, wakes: &mpsc::Receiver<()>, orders: &mpsc::Sender<Order>) {
    // A disk that is full fails the new index too: it is renewed once until something was filled.
    let mut renewed = false;
    while wakes.recv().is_ok() {
        while wakes.try_recv().is_ok() {}
        let mut filler = Filler {
            shared,
            unreadable: Vec::new(),
            renewed,
            changed: false,
        };
        while filler.step(orders) {
            while shared.waiting.load(Ordering::SeqCst) > 0 {
                thread::sleep(PATIENCE);
            }
        }
        renewed = filler.renewed && !filler.changed;
        if filler.changed {
            let _ = orders.send(Order::Tell);
        }
    }
}

struct Filler<'a> {
    shared: &'a Arc<Shared>,
    /// Issues that cannot be read today.
    unreadable: Vec<Hash>,
    renewed: bool,
    changed: bool,
}

impl Filler<'_> {
    /// Fills one issue, or a part of it; false when there is nothing left to do.
    fn step(&mut self, orders: &mpsc::Sender<Order>) -> bool {
        let held = self.shared.read();
        let (kept, left) = match self.next(&held.kept) {
            Ok(next) => next,
            Err(error) => return self.failed(&error, None, orders),
        };
        let (open, also) = self.next(&held.open).unwrap_or_default();
        self.tell(&held, left + also);
        let (library, id) = match (open, kept) {
            // What is on screen comes first: it is small, and it is what is asked about.
            (Some(id), _) => (&held.open, id),
            (None, Some(id)) if !held.kept.index().is_read_only() => (&held.kept, id),
            _ => return false,
        };
        match self.fill(&held, library, &id) {
            Ok(_) => {
                self.changed = true;
                true
            }
            Err(LibraryError::Index(IndexError::Cancelled)) => true,
            Err(error) => self.failed(&error, Some(id), orders),
        }
    }

    fn next(&self, library: &Library) -> Result<(Option<Hash>, usize), LibraryError> {
        let unfilled = library.unfilled()?;
        let ids = unfilled.iter().map(|kept| kept.id());
        let readable = ids
            .filter(|id| !self.unreadable.contains(id))
            .collect::<Vec<_>>();
        Ok((readable.first().copied(), readable.len()))
    }

    fn fill(&self, held: &Held, library: &Library, id: &Hash) -> Result<Filled, LibraryError> {
        library.fill(id, held.view(), &mut |_| {
            if self.shared.waiting.load(Ordering::SeqCst) > 0 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        })
    }

    fn tell(&self, held: &Held, left: usize) {
        let total = held.kept.issues().count() + held.open.issues().count();
        self.shared.tell(ShelfNews::Filling(Filling {
            done: total.saturating_sub(left),
            total,
        }));
    }

    /// A damaged index is only a cache and is made anew, once; an issue that cannot be read is passed over.
    fn failed(
        &mut self,
        error: &LibraryError,
        issue: Option<Hash>,
        orders: &mpsc::Sender<Order>,
    ) -> bool {
        match (error, issue) {
            (LibraryError::Index(_), _) if !self.renewed => {
                self.renewed = true;
                let _ = orders.send(Order::Renew);
                false
            }
            (LibraryError::Index(_), _) | (_, None) => {
                self.shared.tell(ShelfNews::Failed(super::words(error)));
                false
            }
            (_, Some(issue)) => {
                self.unreadable.push(issue);
                true
            }
        }
    }
}
