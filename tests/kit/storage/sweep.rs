//! Every fault at every operation of a session, and the power cut in the middle of each.

use std::fmt;
use std::thread;

use super::{Fault, FaultStorage, Operation, Times};

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Sweep {
    /// Disks that are drawn for each power cut, on top of the one where everything that was
    /// not synced is lost and the one where all of it is there.
    pub seeds: u64,
    /// Every operation of this many is tried; 1 is all.
    pub step: usize,
}

impl Default for Sweep {
    fn default() -> Sweep {
        Sweep { seeds: 3, step: 1 }
    }
}

/// What went wrong while the session ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Nothing.
    Sound,
    /// This operation failed, counted from 0.
    Fault(u64, Fault, Times),
    /// The power went in the middle of this operation.
    Crash(u64),
}

/// What has happened to the disk since, before the oracle sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing: the computer still runs.
    Running,
    /// The power went, and everything is lost that was not synced.
    LeastIsLeft,
    /// The power went, and all is there.
    AllIsLeft,
    /// The power went, and chance decided.
    Seed(u64),
}

/// What was tried and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Operations of the session when nothing fails.
    pub operations: u64,
    /// Runs in which an operation failed.
    pub faults: u64,
    /// Runs in which the power went.
    pub crashes: u64,
    /// Disks that the oracle looked at.
    pub disks: u64,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} operations, {} faults, {} crashes, {} disks looked at",
            self.operations, self.faults, self.crashes, self.disks
        )
    }
}

impl std::ops::AddAssign for Figures {
    fn add_assign(&mut self, more: Figures) {
        self.operations += more.operations;
        self.faults += more.faults;
        self.crashes += more.crashes;
        self.disks += more.disks;
    }
}

/// Names the case in which something panics.
struct Naming(Case, Option<After>);

impl Drop for Naming {
    fn drop(&mut self) {
        if thread::panicking() {
            println!("in the case {:?}, then {:?}", self.0, self.1);
        }
    }
}

impl Sweep {
    /// Runs `session` on copies of `start`: once undisturbed, then with every fault at every
    /// operation, once and for ever, then with the power cut at every operation. After each
    /// the oracle gets what went wrong, the disk as it is then found (sound again), and what
    /// the session answered. A disk that still runs is shown as it is and as a power cut
    /// would leave it.
    pub fn run<T>(
        &self,
        start: &FaultStorage,
        session: impl Fn(&FaultStorage) -> T,
        mut oracle: impl FnMut(Case, After, &FaultStorage, &T),
    ) -> Figures {
        let mut figures = Figures::default();
        let mut try_case = |case: Case| {
            let naming = Naming(case, None);
            let storage = start.healed();
            match case {
                Case::Sound => {}
                Case::Fault(n, fault, times) => storage.fail(n, fault, times),
                Case::Crash(n) => storage.crash(n),
            }
            let outcome = session(&storage);
            drop(naming);
            if case == Case::Sound || storage.struck() {
                for (after, disk) in self.found(&storage) {
                    let naming = Naming(case, Some(after));
                    oracle(case, after, &disk, &outcome);
                    drop(naming);
                    figures.disks += 1;
                }
            }
            (storage.operations(), storage.struck())
        };
        let (log, _) = try_case(Case::Sound);
        let mut struck = (0, 0);
        for case in self.cases(&log) {
            let (_, hit) = try_case(case);
            match case {
                Case::Crash(_) => struck.1 += u64::from(hit),
                _ => struck.0 += u64::from(hit),
            }
        }
        figures.operations = log.len() as u64;
        (figures.faults, figures.crashes) = struck;
        figures
    }

    fn cases(&self, log: &[Operation]) -> Vec<Case> {
        let mut cases = Vec::new();
        for (n, operation) in log.iter().enumerate().step_by(self.step.max(1)) {
            let n = n as u64;
            for fault in Fault::ALL {
                if !fault.strikes(*operation) {
                    continue;
                }
                cases.push(Case::Fault(n, fault, Times::ForEver));
                // What is pulled out stays out.
                if fault != Fault::Pulled {
                    cases.push(Case::Fault(n, fault, Times::Once));
                }
            }
            cases.push(Case::Crash(n));
        }
        cases
    }

    fn found(&self, storage: &FaultStorage) -> Vec<(After, FaultStorage)> {
        let mut found = Vec::new();
        if !storage.gone() {
            found.push((After::Running, storage.healed()));
        }
        found.push((After::LeastIsLeft, storage.after_crash(&mut |_| 0)));
        found.push((After::AllIsLeft, storage.after_crash(&mut |_| 1)));
        for seed in 0..self.seeds {
            // Another choice at each operation.
            let seed = seed + 1_000 * storage.operations().len() as u64;
            found.push((After::Seed(seed), storage.after_crash_by(seed)));
        }
        found
    }
}

/// [`Sweep::run`] with a few disks for each power cut.
pub fn for_every_fault<T>(
    start: &FaultStorage,
    session: impl Fn(&FaultStorage) -> T,
    oracle: impl FnMut(Case, After, &FaultStorage, &T),
) -> Figures {
    Sweep::default().run(start, session, oracle)
}
