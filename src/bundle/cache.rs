//! What is kept decoded, and how much of it.

use crate::{Entry, Front, Index, Page};
use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

/// Values by key; the one put in first goes out first when there is no more room.
#[derive(Debug)]
pub(crate) struct Bounded<K, V> {
    values: HashMap<K, (V, usize)>,
    order: VecDeque<K>,
    size: usize,
    room: usize,
}

impl<K: Hash + Eq + Copy, V: Clone> Bounded<K, V> {
    pub(crate) fn new(room: usize) -> Bounded<K, V> {
        Bounded {
            values: HashMap::new(),
            order: VecDeque::new(),
            size: 0,
            room,
        }
    }

    pub(crate) fn find(&self, key: K) -> Option<V> {
        self.values.get(&key).map(|(value, _)| value.clone())
    }

    pub(crate) fn insert(&mut self, key: K, value: V, size: usize) {
        if size > self.room {
            return;
        }
        if let Some((_, old)) = self.values.insert(key, (value, size)) {
            self.size = self.size.saturating_sub(old);
        } else {
            self.order.push_back(key);
        }
        self.size = self.size.saturating_add(size);
        while self.size > self.room {
            let Some(oldest) = self.order.pop_front() else {
                return;
            };
            if let Some((_, size)) = self.values.remove(&oldest) {
                self.size = self.size.saturating_sub(size);
            }
        }
    }
}

/// Everything that a `Content` keeps; all of it hashed and decoded.
#[derive(Debug)]
pub(crate) struct Cache {
    pub(crate) index: Option<Arc<Index>>,
    pub(crate) front: Option<Arc<Front>>,
    pub(crate) pages: Bounded<u32, Arc<Page>>,
    /// Catalog pages, bounded by the bytes of their encoding.
    pub(crate) catalog: Bounded<u32, Arc<Vec<Entry>>>,
    /// The prefix pieces, at most eight of a megabyte each.
    pub(crate) prefixes: HashMap<u32, Arc<Vec<u8>>>,
    /// The text piece read last: neighbours in the catalog are neighbours in a piece.
    pub(crate) last: Option<(u32, Arc<Vec<u8>>)>,
}
