//! What lies where on a stick that carries its reader along, so that whoever opens it knows
//! what to click.
//!
//! In: bundles that were checked, programs, contacts. Out: folders and files with their
//! places, for [`copy_parcels`](crate::copy_parcels); and which systems have no program. A
//! start page in six languages says in words what to do. Nothing on the stick is replaced
//! but that page, and it only if it is ours.

mod page;
mod program;
mod words;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use varaq_storage::{Facts, Storage};

use crate::address::is_listable;

pub use page::START_FILE;
pub use program::{System, find_programs};

/// Where the reader keeps things if this folder lies beside it.
const SHELF: &str = "varaq-shelf";
/// No start page is longer.
const MAX_PAGE_BYTES: u64 = 256 * 1024;
const MAX_NUMBER: u32 = 9_999;

/// What goes onto a stick.
#[derive(Clone, Debug, Default)]
pub struct StickContents {
    /// Bundles.
    pub bundles: Vec<PathBuf>,
    /// Programs, at most one for each system: see [`find_programs`].
    pub programs: Vec<(System, PathBuf)>,
    /// Contact files.
    pub contacts: Vec<PathBuf>,
}

/// How it is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StickOptions {
    /// Names that say nothing of publisher, number or program.
    pub neutral: bool,
    /// A folder in which the reader keeps what is read, on the stick. Without it the reader
    /// asks, and proposes to keep nothing.
    pub shelf: bool,
}

/// What lies where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StickPlan {
    /// Folders to be made, under the stick.
    pub folders: Vec<PathBuf>,
    /// Each file and its place on the stick: programs, contacts, then bundles.
    pub files: Vec<StickFile>,
    /// The start page.
    pub page: String,
    /// Systems for which there is no program.
    pub missing: Vec<System>,
}

/// A file of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StickFile {
    /// Where it comes from.
    pub source: PathBuf,
    /// Its place on the stick.
    pub target: PathBuf,
    /// It is a bundle.
    pub is_bundle: bool,
}

/// Why a stick is not laid out.
#[derive(Debug, thiserror::Error)]
pub enum StickError {
    /// Something cannot be read.
    #[error("cannot read {path}")]
    Io {
        /// What.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no folder.
    #[error("{0} is not a folder")]
    NotAFolder(PathBuf),
    /// Not a program that this stick could carry.
    #[error("{0} is no program for a system that is known here")]
    NotAProgram(PathBuf),
    /// Two programs for one system.
    #[error("{one} and {other} are both for {system}")]
    TwoPrograms {
        /// The system.
        system: System,
        /// One program.
        one: PathBuf,
        /// The other.
        other: PathBuf,
    },
    /// A name that a stick cannot hold.
    #[error("{0}: a stick cannot hold that name")]
    Name(PathBuf),
    /// Two files would get one name.
    #[error("two files would be called {0}")]
    TwoOfOneName(PathBuf),
    /// Another file has the name of the start page.
    #[error("{0} is there already, and is none of ours")]
    ForeignPage(PathBuf),
}

/// Plans a stick at `dest`, a folder that is there. Nothing is written.
///
/// # Errors
/// See [`StickError`].
pub fn plan_stick(
    storage: &dyn Storage,
    dest: &Path,
    contents: &StickContents,
    options: StickOptions,
) -> Result<StickPlan, StickError> {
    match storage.facts(dest) {
        Ok(Facts::Folder) => {}
        Ok(_) => return Err(StickError::NotAFolder(dest.to_owned())),
        Err(source) => return Err(unreadable(dest, source)),
    }
    let layout = Layout::of(options.neutral);
    let mut plan = StickPlan {
        missing: missing(&contents.programs),
        ..StickPlan::default()
    };
    for (system, source) in &contents.programs {
        plan.add(source, PathBuf::from(layout.program(*system)), false);
    }
    layout.contacts(&mut plan, &contents.contacts)?;
    layout.bundles(storage, dest, &mut plan, &contents.bundles)?;
    plan.are_distinct()?;
    let systems: Vec<_> = contents
        .programs
        .iter()
        .map(|(system, _)| *system)
        .collect();
    let has_contacts = !contents.contacts.is_empty();
    plan.page = page::text(&layout, &systems, &plan.missing, has_contacts);
    if options.shelf && !systems.is_empty() {
        plan.folders.push(PathBuf::from(SHELF));
    }
    page_is_ours(storage, &dest.join(START_FILE))?;
    Ok(plan)
}

/// Writes the start page, unless it is there as it should be, and reads it back. The last
/// thing to be written: it speaks of the others.
///
/// # Errors
/// If the disk refuses, or does not give back what was written.
pub fn write_start_page(storage: &dyn Storage, dest: &Path, page: &str) -> io::Result<()> {
    let target = dest.join(START_FILE);
    let is_there = || {
        storage.open(&target).map(|mut file| file.forget_cached())?;
        let read = varaq_storage::read(storage, &target, MAX_PAGE_BYTES)?;
        Ok::<_, io::Error>(read == page.as_bytes())
    };
    if is_there().unwrap_or(false) {
        return Ok(());
    }
    varaq_storage::replace(
        storage,
        &target,
        page.as_bytes(),
        varaq_storage::Access::Usual,
    )?;
    if is_there()? {
        Ok(())
    } else {
        Err(io::Error::new(
            ErrorKind::InvalidData,
            "other bytes came back than were written",
        ))
    }
}

fn unreadable(path: &Path, source: io::Error) -> StickError {
    StickError::Io {
        path: path.to_owned(),
        source,
    }
}

fn missing(programs: &[(System, PathBuf)]) -> Vec<System> {
    let has = |system: &System| programs.iter().any(|(there, _)| there == system);
    System::WANTED
        .into_iter()
        .filter(|system| !has(system))
        .collect()
}

/// A page that is not there is as good as ours.
fn page_is_ours(storage: &dyn Storage, page: &Path) -> Result<(), StickError> {
    match varaq_storage::read(storage, page, MAX_PAGE_BYTES) {
        Ok(bytes) if bytes.starts_with(page::HEAD.as_bytes()) => Ok(()),
        // What a stick that lost its power may have left.
        Ok(bytes) if bytes.is_empty() => Ok(()),
        Ok(_) => Err(StickError::ForeignPage(page.to_owned())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => {
            Err(StickError::ForeignPage(page.to_owned()))
        }
        Err(source) => Err(unreadable(page, source)),
    }
}

impl StickPlan {
    fn add(&mut self, source: &Path, target: PathBuf, is_bundle: bool) {
        if let Some(folder) = target
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            let folder = folder.to_owned();
            if !self.folders.contains(&folder) {
                self.folders.push(folder);
            }
        }
        self.files.push(StickFile {
            source: source.to_owned(),
            target,
            is_bundle,
        });
    }

    /// FAT knows no capital letters.
    fn are_distinct(&self) -> Result<(), StickError> {
        let mut taken = HashSet::new();
        for file in &self.files {
            if !taken.insert(file.target.to_string_lossy().to_lowercase()) {
                return Err(StickError::TwoOfOneName(file.target.clone()));
            }
        }
        Ok(())
    }
}

/// The names on a stick.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// Folder of the bundles.
    pub(crate) bundles: &'static str,
    /// Folder of the contacts.
    pub(crate) contacts: &'static str,
    verb: &'static str,
    neutral: bool,
}

impl Layout {
    fn of(neutral: bool) -> Layout {
        let (bundles, contacts, verb) = if neutral {
            ("files", "texts", "Open")
        } else {
            ("bundles", "contacts", "Read")
        };
        Layout {
            bundles,
            contacts,
            verb,
            neutral,
        }
    }

    /// The name of the program for a system: what to click stands in it.
    pub(crate) fn program(&self, system: System) -> String {
        format!("{}-{}{}", self.verb, system.short(), system.ending())
    }

    fn contacts(&self, plan: &mut StickPlan, contacts: &[PathBuf]) -> Result<(), StickError> {
        for (source, number) in contacts.iter().zip(1_u32..) {
            let name = if self.neutral {
                format!("{number:03}.txt")
            } else {
                plain_name(source)?
            };
            plan.add(source, Path::new(self.contacts).join(name), false);
        }
        Ok(())
    }

    fn bundles(
        &self,
        storage: &dyn Storage,
        dest: &Path,
        plan: &mut StickPlan,
        bundles: &[PathBuf],
    ) -> Result<(), StickError> {
        let folder = Path::new(self.bundles);
        let mut numbers = 1..=MAX_NUMBER;
        for source in bundles {
            if !self.neutral {
                plan.add(source, folder.join(plain_name(source)?), true);
                continue;
            }
            let len = match storage.facts(source) {
                Ok(Facts::File { len }) => len,
                Ok(_) => 0,
                Err(error) => return Err(unreadable(source, error)),
            };
            let mut names = numbers
                .by_ref()
                .map(|number| folder.join(format!("{number:03}.dat")));
            let fits = |name: &PathBuf| could_be(storage, &dest.join(name), len);
            let target = names
                .find(fits)
                .ok_or_else(|| StickError::Name(source.clone()))?;
            plan.add(source, target, true);
        }
        Ok(())
    }
}

/// True if a name is free, or may hold this very file from a run before.
fn could_be(storage: &dyn Storage, place: &Path, len: u64) -> bool {
    match storage.facts(place) {
        Err(error) => error.kind() == ErrorKind::NotFound,
        Ok(facts) => facts == Facts::File { len },
    }
}

/// The name of a file, if FAT and Windows can hold it.
fn plain_name(path: &Path) -> Result<String, StickError> {
    let name = path.file_name().and_then(OsStr::to_str);
    let holds = |name: &&str| {
        is_listable(name)
            && !name.contains(['<', '>', ':', '"', '|', '?', '*', '/'])
            && !name.ends_with(['.', ' '])
            && name.encode_utf16().count() <= 200
    };
    let name = name
        .filter(holds)
        .ok_or_else(|| StickError::Name(path.to_owned()))?;
    Ok(name.to_owned())
}
