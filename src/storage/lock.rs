//! A lock that ends with its holder, and with the program.

use std::any::Any;
use std::fmt;

/// Held while it lives.
pub struct Lock {
    _held: Box<dyn Any + Send + Sync>,
}

impl Lock {
    /// Wraps whatever gives the lock back when it is dropped.
    pub fn new(held: impl Any + Send + Sync) -> Lock {
        Lock {
            _held: Box::new(held),
        }
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lock")
    }
}
