//! Brings bundles to the shelf, one after the other.
use super::{Order, Shared, ShelfNews, Source};
use crate::desk::OFTEN;
use crate::shelf::{Keeping, NotKept};
use std::{
    collections::HashMap,
    ops::ControlFlow,
    path::PathBuf,
    sync::{Arc, atomic::Ordering, mpsc},
    time::Instant,
};
use varaq_shelf::{ImportError, ImportOptions, ImportProgress, Imported, Library, Mode, Outcome};
use varaq_storage::Disk;

/// A bundle that the reader wants to keep.
pub(super) struct Import(pub(super) Source);

pub(super) fn run(
    shared: &Arc<Shared>,
    imports: &mpsc::Receiver<Import>,
    orders: &mpsc::Sender<Order>,
) {
    // What comes from one folder in one sitting came with one stick.
    let mut visits = HashMap::new();
    while let Ok(Import(source)) = imports.recv() {
        let outcome = import(shared, &source, &mut visits);
        let news = match outcome {
            Ok(done) => Keeping::Kept {
                new: done.outcome != Outcome::Known,
            },
            Err(ImportError::Cancelled) => Keeping::Cancelled,
            Err(error) => Keeping::Failed(reason(&error)),
        };
        // The shelf is looked through first, so that it is there when the reader is told so.
        let _ = orders.send(Order::Kept(news));
    }
}

fn import(
    shared: &Arc<Shared>,
    source: &Source,
    visits: &mut HashMap<Option<PathBuf>, u32>,
) -> Result<Imported, ImportError> {
    let (folder, state, today) = {
        let held = shared.read();
        let folder = held.kept.folder().map(PathBuf::from);
        (folder, held.state.clone(), held.today)
    };
    let folder = folder.ok_or(varaq_shelf::LibraryError::MemoryOnly)?;
    let view = super::super::opening::view(&state, today);
    let mut told = Instant::now();
    let mut progress = |now| {
        if shared.stop_import.load(Ordering::SeqCst) {
            return ControlFlow::Break(());
        }
        if told.elapsed() >= OFTEN {
            told = Instant::now();
            shared.tell(ShelfNews::Keeping(step(now)));
        }
        ControlFlow::Continue(())
    };
    // No database: this library is here for one import, and the other one has the index.
    let mut library = Library::open(Arc::new(Disk), &folder, Mode::Portable)?;
    library.refresh(view, &mut |_, _| ControlFlow::Continue(()))?;
    let stick = match source {
        Source::Path(path) => path.parent().map(PathBuf::from),
        _ => None,
    };
    let visit = *visits.entry(stick).or_insert_with(|| library.next_visit());
    let options = ImportOptions {
        visit,
        ..ImportOptions::default()
    };
    let (mut stream, _) = source.open().map_err(ImportError::Source)?;
    library.import(&mut stream, view, &options, &mut progress)
}

fn step(now: ImportProgress) -> Keeping {
    match now {
        ImportProgress::Waiting => Keeping::Waiting,
        ImportProgress::Copying(at) => Keeping::Copying(at.done_bytes, at.total_bytes),
        ImportProgress::Checking(at) => Keeping::Checking(at.done_bytes, at.total_bytes),
    }
}

fn reason(error: &ImportError) -> NotKept {
    match error {
        ImportError::Refused { verdict, .. } => NotKept::Verdict(*verdict),
        ImportError::Source(cause) => NotKept::Unreadable(cause.to_string()),
        ImportError::NoRoom { needed, free } => NotKept::NoRoom(*needed, *free),
        ImportError::OverLimit { needed, most } => NotKept::NoRoom(*needed, *most),
        ImportError::NotAsWritten => NotKept::NotAsWritten,
        ImportError::Cancelled | ImportError::Library(_) => NotKept::Refused(super::words(error)),
    }
}
