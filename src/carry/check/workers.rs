//! Work on many files at once, told in the order of the files.
//!
//! In: how many there are, and what to do with each. Out: each answer, to one thread, in
//! order. Each worker has buffers of its own and keeps them from one file to the next.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use varaq_bundle::CheckRoom;

/// Notes that may wait to be heard.
const WAITING: usize = 64;

/// What a worker has to say.
enum Note<T> {
    /// So many more bytes are done.
    Bytes(u64),
    /// This file is done.
    Done(usize, T),
}

/// Where a worker counts what it has read.
pub(super) struct Counter<T>(SyncSender<Note<T>>);

impl<T> Counter<T> {
    /// Counts. If nobody listens any more, the work is about to be cancelled.
    pub(super) fn add(&self, bytes: u64) {
        if bytes > 0 {
            let _ = self.0.send(Note::Bytes(bytes));
        }
    }
}

/// Does `work` with each number below `count`, on `threads` threads. `bytes` hears what the
/// workers count, `each` every answer in the order of the numbers; when it says false, no
/// further work is begun and nothing more is told.
pub(super) fn in_order<T: Send>(
    count: usize,
    threads: usize,
    work: &(impl Fn(usize, &mut CheckRoom, &Counter<T>) -> T + Sync),
    each: &mut dyn FnMut(Told<T>) -> bool,
) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        for _ in 0..threads.clamp(1, count.max(1)) {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                let counter = Counter(sender.clone());
                let mut room = CheckRoom::default();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        return;
                    }
                    let answer = work(number, &mut room, &counter);
                    if sender.send(Note::Done(number, answer)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for note in receiver {
            match note {
                Note::Bytes(bytes) => {
                    if !each(Told::Bytes(bytes)) {
                        return;
                    }
                }
                Note::Done(number, answer) => drop(waiting.insert(number, answer)),
            }
            while let Some(answer) = waiting.remove(&due) {
                if !each(Told::Answer(due, answer)) {
                    return;
                }
                due = due.saturating_add(1);
            }
        }
    });
}

/// What is told to whoever waits.
pub(super) enum Told<T> {
    /// So many more bytes are done.
    Bytes(u64),
    /// The answer for this number.
    Answer(usize, T),
}
