//! Taking issues off the shelf, and putting them back.

use super::{ImportError, ImportProgress, Library, LibraryError};
use crate::reading::Arrival;
use std::ops::ControlFlow;
use varaq_bundle::{CheckError, Hash, Report};
use varaq_trust::View;

/// An issue that was taken off the shelf and can still be put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its files, and what was remembered of them.
    files: Vec<(Hash, Option<Arrival>)>,
}

impl Library {
    /// Takes an issue off the shelf. Until [`Library::purge`] it can be put back; what was
    /// read and starred of it stays remembered after that too.
    ///
    /// # Errors
    /// If it is not kept, or the disk refuses; then what could not be taken is still there.
    pub fn take(
        &mut self,
        issue: &Hash,
        view: View<'_>,
        progress: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Taken, ImportError> {
        let kept = self.kept.iter().find(|kept| kept.id() == *issue);
        let files = kept.ok_or(LibraryError::NotKept)?.files.clone();
        self.take_files(&files, view, progress)
    }

    /// Takes files off the shelf by their hashes: closed ones too.
    ///
    /// # Errors
    /// As [`Library::take`].
    pub fn take_files(
        &mut self,
        files: &[Hash],
        view: View<'_>,
        progress: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Taken, ImportError> {
        let home = self.home.as_ref().ok_or(LibraryError::MemoryOnly)?;
        let lock = home.lock(progress)?;
        // Windows does not rename what is open.
        self.close_all();
        let mut taken = Vec::new();
        for file in files {
            let gone = home.bundles.take(file);
            gone.map_err(|error| home.failed(error))?;
            taken.push((*file, self.reading.arrival(file)));
        }
        drop(lock);
        let _ = self.update(|reading| taken.iter().for_each(|(file, _)| reading.left(file)));
        self.refresh(view, &mut |_, _| ControlFlow::Continue(()))?;
        Ok(Taken { files: taken })
    }

    /// Puts back what was taken.
    ///
    /// # Errors
    /// If it was purged since, or the disk refuses.
    pub fn put_back(
        &mut self,
        taken: &Taken,
        view: View<'_>,
        progress: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<(), ImportError> {
        let home = self.home.as_ref().ok_or(LibraryError::MemoryOnly)?;
        let lock = home.lock(progress)?;
        for (file, _) in &taken.files {
            let back = home.bundles.put_back(file);
            back.map_err(|error| home.failed(error))?;
        }
        drop(lock);
        let _ = self.update(|reading| {
            for (file, arrival) in &taken.files {
                if let Some(arrival) = arrival {
                    reading.arrived(*file, *arrival);
                }
            }
        });
        Ok(self.refresh(view, &mut |_, _| ControlFlow::Continue(()))?)
    }

    /// Removes for good what was taken off the shelf.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn purge(
        &mut self,
        progress: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<(), ImportError> {
        let home = self.home.as_ref().ok_or(LibraryError::MemoryOnly)?;
        let taken = home.bundles.taken().map_err(|error| home.failed(error))?;
        if taken.is_empty() {
            return Ok(());
        }
        // Its words first: a purge that ends between the two is done again.
        if self.index.overwrite_forgotten().is_err() {
            self.renew_index()?;
        }
        let home = self.home.as_ref().ok_or(LibraryError::MemoryOnly)?;
        let lock = home.lock(progress)?;
        let purged = home.bundles.purge();
        drop(lock);
        Ok(purged.map_err(|error| home.failed(error))?)
    }

    /// Reads every byte of a kept issue again, and remembers whether it is whole.
    ///
    /// # Errors
    /// If it cannot be opened, or `progress` stops it.
    pub fn check(
        &mut self,
        issue: &Hash,
        view: View<'_>,
        progress: &mut dyn FnMut(ImportProgress) -> ControlFlow<()>,
    ) -> Result<Report, ImportError> {
        let content = self.issue(issue, view)?;
        let report = content.check(&mut |now| {
            progress(ImportProgress::Checking(crate::bundles::CopyProgress {
                done_bytes: now.done_bytes,
                total_bytes: now.total_bytes,
            }))
        });
        let report = report.map_err(|CheckError::Cancelled| ImportError::Cancelled)?;
        let files = self.find(issue).map(|kept| kept.files.clone());
        let whole = report.is_complete();
        self.update(|reading| {
            for file in files.iter().flatten() {
                let visit = reading.arrival(file).map_or(0, |arrival| arrival.visit);
                reading.arrived(*file, Arrival { visit, whole });
            }
        })?;
        Ok(report)
    }
}
