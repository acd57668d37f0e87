//! Why a verb stopped, in the shape that a person and a script can use: what went
//! wrong, the causes below it, and what to do.

use std::error::Error;
use std::io;

use crate::exit;

/// A verb that could not be finished.
///
/// Texts are lower case and without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code, see [`exit`].
    pub code: u8,
    /// What went wrong; empty = say nothing (the reader of our output has gone).
    pub what: String,
    /// Causes, nearest first.
    pub causes: Vec<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Failure {
    /// A failure with its exit code.
    pub fn new(code: u8, what: impl Into<String>) -> Failure {
        Failure {
            code,
            what: what.into(),
            causes: Vec::new(),
            hint: None,
        }
    }

    /// A failure of a file, a disk or a step of the work: code 1.
    pub fn failed(what: impl Into<String>) -> Failure {
        Failure::new(exit::FAILED, what)
    }

    /// The command line asks for something that makes no sense: code 2.
    pub fn usage(what: impl Into<String>) -> Failure {
        Failure::new(exit::USAGE, what)
    }

    /// Ctrl-C: code 130.
    pub fn interrupted() -> Failure {
        Failure::new(exit::INTERRUPTED, "interrupted")
    }

    /// Adds an error and everything below it as causes.
    #[must_use]
    pub fn because(mut self, error: &dyn Error) -> Failure {
        let mut next = Some(error);
        while let Some(error) = next {
            let cause = error.to_string();
            // Many errors repeat their source in their own words.
            if self.causes.last().is_none_or(|last| !last.contains(&cause)) {
                self.causes.push(cause);
            }
            next = error.source();
        }
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }

    /// Whoever read our output has gone: stop without a word.
    pub fn is_closed_pipe(&self) -> bool {
        self.what.is_empty()
    }
}

/// An error while results are written to stdout.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::new(exit::GOOD, "");
        }
        Failure::failed("cannot write the results").because(&error)
    }
}
