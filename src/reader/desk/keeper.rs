//! The worker that writes what is kept: one change after the other, so that none overtakes another.
//!
//! In: changes of the reader's state file. Out: news of whether anybody is left in it, or why the disk refused.
use std::{sync::mpsc, thread};
use varaq_shelf::StateFile;
use varaq_trust::State;

type Order = Box<dyn FnOnce() + Send>;

/// The window's side of the worker.
pub(super) struct Keeper(mpsc::Sender<Order>);

impl Keeper {
    /// Starts the worker.
    pub(super) fn new() -> Self {
        let (orders, orders_in) = mpsc::channel::<Order>();
        thread::spawn(move || orders_in.iter().for_each(|order| order()));
        Self(orders)
    }

    /// Lets the worker do something when it has done what came before.
    pub(super) fn order(&self, order: impl FnOnce() + Send + 'static) {
        let _ = self.0.send(Box::new(order));
    }

    /// Changes what is kept; `done` hears whether a publisher or a code is left there.
    pub(super) fn change(
        &self,
        file: StateFile,
        change: impl FnOnce(&mut State) + Send + 'static,
        done: impl FnOnce(Result<bool, String>) + Send + 'static,
    ) {
        self.order(move || {
            let kept = file.update(change).map(|state| holds_trust(&state));
            done(kept.map_err(|error| error.to_string()));
        });
    }
}

/// Whether a state trusts a publisher or waits for one.
pub(crate) fn holds_trust(state: &State) -> bool {
    !state.pins.is_empty() || state.pins.awaited().next().is_some()
}
