//! What may go wrong with an operation, and at which one it does.

use std::io;

/// What is done with a disk. Each call counts as one operation, whether it changes
/// something or not; moving about in an open file is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A file is opened to be read, asked for its facts or length; a folder is listed; free
    /// space is asked for.
    Look,
    /// A file is opened to be changed.
    OpenToChange,
    /// A file or folder is made.
    Create,
    /// A name is changed or taken away.
    Name,
    /// Bytes are read.
    Read,
    /// Bytes are written.
    Write,
    /// A file is cut or made longer.
    SetLen,
    /// A file is synced.
    Sync,
    /// A folder is synced.
    SyncFolder,
    /// A lock is asked for.
    Lock,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The disk fails (EIO). A sync that fails so forgets what it should have written, as
    /// Linux does: the next sync answers well and has written nothing of it.
    Failing,
    /// The disk is full (ENOSPC); what needs no room works. Half of a write may be done.
    Full,
    /// The disk takes no changes (EROFS).
    ReadOnly,
    /// Half is read or written, and the operation after it fails.
    Short,
    /// What is read has one wrong bit.
    WrongData,
    /// The medium is gone: this operation is not done, and nothing works from then on.
    Pulled,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 6] = [
        Fault::Failing,
        Fault::Full,
        Fault::ReadOnly,
        Fault::Short,
        Fault::WrongData,
        Fault::Pulled,
    ];

    /// Whether an operation notices it.
    #[must_use]
    pub fn strikes(self, operation: Operation) -> bool {
        use Operation::{Create, Lock, Look, Name, Read, SetLen, Sync, Write};
        match self {
            Fault::Failing | Fault::Pulled => true,
            Fault::Full => matches!(operation, Create | Name | Write | SetLen | Sync | Lock),
            // A lock file is opened to be written.
            Fault::ReadOnly => !matches!(operation, Look | Read | Operation::SyncFolder),
            Fault::Short => matches!(operation, Read | Write),
            Fault::WrongData => operation == Read,
        }
    }
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// At one operation.
    Once,
    /// At this operation and every one after it that notices.
    ForEver,
}

/// How an operation goes on.
#[derive(Debug)]
pub(super) enum Way {
    /// As it should.
    Well,
    /// Half of it is done.
    Half,
    /// Half of it is done if that is possible, and it fails.
    HalfAndFail(io::Error),
    /// Done as far as a change that nobody synced is done, but nobody learns of it.
    DoneAndFail(io::Error),
    /// One bit of what is read is wrong; the number says which.
    Wrong(u64),
}

/// Which operation fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strike {
    Fault(Fault, Times),
    Crash,
}

/// The operations done so far, and what happens at which.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    at: Option<(u64, Strike)>,
    log: Vec<Operation>,
    struck: bool,
    /// The operation before was a short one.
    fail_next: bool,
    /// Nothing works any more.
    gone: bool,
}

impl Plan {
    pub(super) fn fail(&mut self, n: u64, fault: Fault, times: Times) {
        self.at = Some((n, Strike::Fault(fault, times)));
    }

    pub(super) fn crash(&mut self, n: u64) {
        self.at = Some((n, Strike::Crash));
    }

    pub(super) fn log(&self) -> &[Operation] {
        &self.log
    }

    pub(super) fn struck(&self) -> bool {
        self.struck
    }

    /// Whether power or medium went away.
    pub(super) fn gone(&self) -> bool {
        self.gone
    }

    /// Counts an operation and says how it goes.
    pub(super) fn next(&mut self, operation: Operation) -> io::Result<Way> {
        let n = self.log.len() as u64;
        self.log.push(operation);
        if self.gone {
            return Err(failing());
        }
        if std::mem::take(&mut self.fail_next) {
            return Err(failing());
        }
        match self.at {
            Some((at, Strike::Crash)) if n >= at => self.power_goes(),
            Some((at, Strike::Fault(fault, times)))
                if (n == at || n > at && times == Times::ForEver) && fault.strikes(operation) =>
            {
                self.struck = true;
                self.suffer(n, fault, operation)
            }
            _ => Ok(Way::Well),
        }
    }

    fn power_goes(&mut self) -> io::Result<Way> {
        self.struck = true;
        self.gone = true;
        Ok(Way::DoneAndFail(failing()))
    }

    fn suffer(&mut self, n: u64, fault: Fault, operation: Operation) -> io::Result<Way> {
        match fault {
            Fault::Failing => Err(failing()),
            Fault::Full if operation == Operation::Write => Ok(Way::HalfAndFail(full())),
            Fault::Full => Err(full()),
            Fault::ReadOnly => Err(read_only()),
            Fault::WrongData => Ok(Way::Wrong(n)),
            Fault::Short => {
                self.fail_next = true;
                Ok(Way::Half)
            }
            Fault::Pulled => {
                self.gone = true;
                Err(failing())
            }
        }
    }
}

fn failing() -> io::Error {
    io::Error::other("input/output error")
}

pub(super) fn full() -> io::Error {
    io::ErrorKind::StorageFull.into()
}

pub(super) fn read_only() -> io::Error {
    io::ErrorKind::ReadOnlyFilesystem.into()
}
