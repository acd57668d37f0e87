//! What is planned to go wrong, and when.

use super::tree::Tree;
use super::{Fault, Kind, Operation, Times};
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

#[derive(Debug, Default)]
pub(super) struct Disk {
    pub(super) tree: Tree,
    pub(super) log: Vec<Operation>,
    pub(super) plan: Option<Plan>,
    pub(super) locks: BTreeSet<PathBuf>,
    /// Nothing answers any more.
    pub(super) down: bool,
    /// A read or write was cut short; the next one says why.
    owes_an_error: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Plan {
    Fail { n: u64, fault: Fault, times: Times },
    Crash { n: u64 },
}

/// How an operation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    Well,
    ThenError,
    Half,
    OneBitWrong,
}

impl Disk {
    /// Counts an operation, and says how it goes.
    pub(super) fn begin(&mut self, kind: Kind, path: &Path) -> io::Result<Course> {
        let path = path.to_owned();
        self.log.push(Operation { kind, path });
        let now = self.log.len() as u64;
        if self.down {
            return Err(input_output());
        }
        match self.plan {
            Some(Plan::Crash { n }) if now >= n => self.go_down(),
            Some(Plan::Fail { n, fault, times }) => {
                let due = match times {
                    Times::Once => now == n,
                    Times::ForEver => now >= n,
                };
                let error_due = matches!(kind, Kind::Read | Kind::Write) && self.owes_an_error;
                if error_due {
                    self.owes_an_error = times == Times::ForEver;
                    return Err(input_output());
                }
                if !due || !fault.concerns(kind) {
                    return Ok(Course::Well);
                }
                self.fail(fault)
            }
            _ => Ok(Course::Well),
        }
    }

    fn fail(&mut self, fault: Fault) -> io::Result<Course> {
        match fault {
            Fault::Io => Err(input_output()),
            Fault::NoSpace => Err(ErrorKind::StorageFull.into()),
            Fault::ReadOnly => Err(ErrorKind::ReadOnlyFilesystem.into()),
            Fault::Pulled => self.go_down(),
            Fault::Late => Ok(Course::ThenError),
            Fault::WrongData => Ok(Course::OneBitWrong),
            Fault::Short => {
                self.owes_an_error = true;
                Ok(Course::Half)
            }
        }
    }

    fn go_down(&mut self) -> io::Result<Course> {
        self.down = true;
        self.locks.clear();
        Err(input_output())
    }

    /// How many of `len` bytes at `at` of a file of `now` bytes there is room for.
    pub(super) fn room(&self, now: usize, at: usize, len: usize) -> usize {
        let Some(capacity) = self.tree.capacity else {
            return len;
        };
        let free = capacity.saturating_sub(self.tree.used());
        let end = now.saturating_add(usize::try_from(free).unwrap());
        len.min(end.saturating_sub(at))
    }
}

impl Fault {
    /// Whether that can happen to such an operation at all.
    #[must_use]
    pub fn concerns(self, kind: Kind) -> bool {
        let changes_a_name = matches!(kind, Kind::Rename | Kind::Remove | Kind::RemoveFolder);
        let makes = matches!(kind, Kind::CreateNew | Kind::CreateFolder);
        let writes = matches!(kind, Kind::Write | Kind::SetLen);
        let syncs = matches!(kind, Kind::Sync | Kind::SyncFolder);
        match self {
            Fault::Io | Fault::Pulled => true,
            Fault::Late => changes_a_name || syncs,
            Fault::NoSpace => makes || writes || syncs || kind == Kind::Rename,
            Fault::ReadOnly => {
                let opens = matches!(kind, Kind::OpenToChange | Kind::Lock);
                changes_a_name || makes || writes || opens
            }
            Fault::Short => matches!(kind, Kind::Read | Kind::Write),
            Fault::WrongData => kind == Kind::Read,
        }
    }
}

/// The error of a disk that does not say more.
pub(super) fn input_output() -> io::Error {
    io::Error::other("input/output error")
}
