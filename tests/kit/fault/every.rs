//! A session with a fault at each of its operations.

use super::{Fault, FaultStorage, Times};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Chances that a crash is looked at with.
const SEEDS: u64 = 6;

/// What a session is put through.
#[derive(Clone, Debug)]
pub struct Faults {
    faults: Vec<Fault>,
    seeds: u64,
}

/// What went wrong, in words.
#[derive(Clone, Debug)]
pub struct How {
    /// None: the power went.
    pub fault: Option<(Fault, Times)>,
    /// At which operation, counted from 1.
    pub n: u64,
    /// What that was.
    pub operation: String,
    /// The chance with which unsynced things were lost afterwards; none: the disk went on.
    pub cut: Option<u64>,
}

impl How {
    /// Whether the disk did everything else that was asked of it: whoever leaves something
    /// behind then has no excuse.
    #[must_use]
    pub fn disk_works(&self) -> bool {
        let once = matches!(self.fault, Some((fault, Times::Once)) if fault != Fault::Pulled);
        once && self.cut.is_none()
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault {
            Some((fault, times)) => write!(f, "{fault:?} {times:?}")?,
            None => f.write_str("power cut")?,
        }
        write!(f, " at operation {}, {}", self.n, self.operation)?;
        match self.cut {
            Some(seed) => write!(f, "; lost by chance {seed}"),
            None => Ok(()),
        }
    }
}

/// What the oracle is asked about.
#[derive(Debug)]
pub struct Case<'a, T> {
    /// What went wrong.
    pub how: How,
    /// The disk as the next session finds it.
    pub disk: FaultStorage,
    /// What the session answered.
    pub outcome: &'a T,
}

/// How much was tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Operations of the session when nothing fails.
    pub operations: u64,
    /// Sessions that were run.
    pub sessions: u64,
    /// Disks that the oracle was asked about.
    pub disks: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally {
            operations,
            sessions,
            disks,
        } = self;
        write!(
            f,
            "{operations} operations, {sessions} sessions, {disks} disks"
        )
    }
}

/// Every fault at every operation, once and for ever, and a power cut before each.
pub fn for_every_fault<T>(
    start: &FaultStorage,
    session: impl FnMut(FaultStorage) -> T,
    oracle: impl FnMut(Case<'_, T>),
) -> Tally {
    Faults::all().run(start, session, oracle)
}

/// A power cut before every operation.
pub fn for_every_crash<T>(
    start: &FaultStorage,
    session: impl FnMut(FaultStorage) -> T,
    oracle: impl FnMut(Case<'_, T>),
) -> Tally {
    Faults::crashes().run(start, session, oracle)
}

impl Faults {
    /// Everything.
    #[must_use]
    pub fn all() -> Faults {
        Faults {
            faults: Fault::ALL.to_vec(),
            seeds: SEEDS,
        }
    }

    /// Power cuts alone.
    #[must_use]
    pub fn crashes() -> Faults {
        Faults {
            faults: Vec::new(),
            seeds: SEEDS,
        }
    }

    /// With so many chances for each crash.
    #[must_use]
    pub fn seeds(self, seeds: u64) -> Faults {
        Faults { seeds, ..self }
    }

    /// Runs the session once to count, then once for each fault. `start` stays as it is.
    pub fn run<T>(
        &self,
        start: &FaultStorage,
        session: impl FnMut(FaultStorage) -> T,
        oracle: impl FnMut(Case<'_, T>),
    ) -> Tally {
        let mut run = Run {
            start,
            session,
            oracle,
            tally: Tally::default(),
        };
        let counted = start.copy();
        (run.session)(counted.clone());
        let operations = counted.operations();
        run.tally.operations = operations.len() as u64;
        for (operation, n) in operations.iter().zip(1..) {
            let how = |fault| How {
                fault,
                n,
                operation: operation.to_string(),
                cut: None,
            };
            for fault in &self.faults {
                let concerned = fault.concerns(operation.kind);
                for times in [Times::Once, Times::ForEver] {
                    // Out for ever is out for ever.
                    if concerned && !(*fault == Fault::Pulled && times == Times::Once) {
                        run.case(&how(Some((*fault, times))), n..n + 1);
                    }
                }
            }
            run.case(&how(None), 0..self.seeds);
        }
        run.tally
    }
}

struct Run<'a, S, O> {
    start: &'a FaultStorage,
    session: S,
    oracle: O,
    tally: Tally,
}

impl<S, O> Run<'_, S, O> {
    fn case<T>(&mut self, how: &How, seeds: std::ops::Range<u64>)
    where
        S: FnMut(FaultStorage) -> T,
        O: FnMut(Case<'_, T>),
    {
        let disk = self.start.copy();
        match how.fault {
            Some((fault, times)) => disk.fail(how.n, fault, times),
            None => disk.crash(how.n),
        }
        let outcome = said(how, || (self.session)(disk.clone()));
        self.tally.sessions += 1;
        let goes_on = !matches!(how.fault, None | Some((Fault::Pulled, _)));
        let cuts = goes_on.then_some(None).into_iter();
        for cut in cuts.chain(seeds.map(Some)) {
            let how = How { cut, ..how.clone() };
            let case = Case {
                how: how.clone(),
                disk: match cut {
                    Some(seed) => disk.after_crash(seed),
                    None => disk.copy(),
                },
                outcome: &outcome,
            };
            self.tally.disks += 1;
            said(&how, || (self.oracle)(case));
        }
    }
}

/// Says what went wrong when a test fails in the middle of it.
#[expect(
    clippy::print_stderr,
    reason = "the only word that a panic leaves room for"
)]
fn said<T>(how: &How, run: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        eprintln!("with {how}:");
        resume_unwind(panic)
    })
}
