//! The reader's shelf as the verbs use it: where it lies, whom its reader trusts, and which
//! bundles among paths may be brought to it.
//!
//! In: the options of the command line. Out: a [`Shelf`] that was judged with the trust of
//! today, and [`Bundle`]s of which every head was read first, so that what one proves about
//! another is known. What can go wrong is said with the exit code of FORMAT.md section 7.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use varaq_bundle::Limits;
use varaq_carry::Sight;
use varaq_shelf::{FillProgress, Filled, IndexError, Kept, Library, LibraryError, Mode, Source};
use varaq_storage::Disk;
use varaq_trust::{Opening, State, View};

use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::reading::{self, claimed_name};
use crate::remarks;
use crate::session::Session;
use crate::state;
use crate::words;

/// Which shelf.
#[derive(Args, Clone, Debug, Default)]
pub struct Place {
    /// The shelf in this folder, with its own list of trusted publishers and without a database:
    /// for a stick (`varaq trust` finds that list with VARAQ_HOME=DIR)
    #[arg(long, value_name = "DIR")]
    portable: Option<PathBuf>,
}

impl Place {
    /// From here on the state of the reader is that of this shelf.
    pub fn choose(&self, session: &mut Session<'_, '_>) {
        if let Some(folder) = &self.portable {
            session.io.home = Some(folder.clone());
        }
    }

    /// As [`Place::choose`], where there must be something already: a mistyped folder is no
    /// empty shelf.
    pub fn choose_existing(&self, session: &mut Session<'_, '_>) -> Result<(), Failure> {
        if let Some(folder) = self.portable.as_ref().filter(|folder| !folder.is_dir()) {
            let what = format!("there is no folder {}", words::path(folder));
            return Err(Failure::failed(what).hint("`varaq shelf import --portable` makes one"));
        }
        self.choose(session);
        Ok(())
    }

    fn mode(&self) -> Mode {
        match self.portable {
            Some(_) => Mode::Portable,
            None => Mode::Computer,
        }
    }
}

/// A shelf, and whom its reader trusts.
pub struct Shelf {
    /// What is kept.
    pub library: Library,
    /// Pins and evidence.
    pub state: State,
}

impl Shelf {
    /// Opens a shelf and judges what is kept.
    pub fn open(session: &Session<'_, '_>, place: &Place) -> Result<Shelf, Failure> {
        let folder = session.io.home.clone().or_else(varaq_shelf::data_folder);
        let folder = folder.ok_or_else(|| {
            Failure::failed("there is no folder for a shelf").hint("set VARAQ_HOME to a folder")
        })?;
        let state = state::load(session)?;
        let library = Library::open(Arc::new(Disk), &folder, place.mode());
        let library = library.map_err(|error| failure(&error))?;
        let mut shelf = Shelf { library, state };
        shelf.refresh(session)?;
        Ok(shelf)
    }

    /// A shelf in memory, for issues that are only lent to it.
    pub fn in_memory(session: &Session<'_, '_>) -> Result<Shelf, Failure> {
        Ok(Shelf {
            state: state::load(session)?,
            library: Library::in_memory().map_err(|error| failure(&error))?,
        })
    }

    fn refresh(&mut self, session: &Session<'_, '_>) -> Result<(), Failure> {
        let view = state::view(session, &self.state);
        let refreshed = self.library.refresh(view, &mut |_, _| going_on(session));
        refreshed.map_err(|error| failure(&error))?;
        if session.io.is_interrupted() {
            return Err(Failure::interrupted());
        }
        Ok(())
    }

    /// Reads the words of all issues into the index. An issue that cannot be read is said,
    /// and is no reason not to search the others.
    pub fn fill(&mut self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let unfilled = self.library.unfilled().map_err(|error| failure(&error))?;
        if self.library.index().is_read_only() && !unfilled.is_empty() {
            let issues = words::count(unfilled.len() as u64, "issue");
            session.warn(&format!(
                "another program fills the index: of {issues} only titles are searched for now"
            ));
            return Ok(exit::GOOD);
        }
        let total = unfilled.iter().map(|kept| kept.len_bytes).sum();
        let mut progress = Progress::new(session, "index");
        let (mut done, mut code) = (0, exit::GOOD);
        for kept in unfilled {
            let told = self.fill_one(&kept, session, &mut |session, part| {
                progress.at(session, done + part, total);
            });
            code = exit::worse(code, progress.aside(|| after_fill(&kept, told, session))?);
            done += kept.len_bytes;
        }
        Ok(code)
    }

    /// One issue. A damaged index shows itself here at the latest, and is begun anew once.
    fn fill_one(
        &mut self,
        kept: &Kept,
        session: &mut Session<'_, '_>,
        progress: &mut dyn FnMut(&mut Session<'_, '_>, u64),
    ) -> Result<Filled, LibraryError> {
        let view = state::view(session, &self.state);
        let mut now = |now: FillProgress| {
            let share = kept.len_bytes.saturating_mul(now.done.into());
            progress(session, share / u64::from(now.total).max(1));
            going_on(session)
        };
        match self.library.fill(&kept.id(), view, &mut now) {
            Err(LibraryError::Index(IndexError::Sqlite(_) | IndexError::Wrong)) => {
                self.library.renew_index()?;
                self.library.fill(&kept.id(), view, &mut now)
            }
            filled => filled,
        }
    }

    /// What this reader brings to a verdict.
    pub fn view(&self, session: &Session<'_, '_>) -> View<'_> {
        state::view(session, &self.state)
    }
}

fn after_fill(
    kept: &Kept,
    told: Result<Filled, LibraryError>,
    session: &mut Session<'_, '_>,
) -> Result<u8, Failure> {
    let issue = issue_name(kept);
    match told {
        Ok(filled) if filled.unreadable == 0 => Ok(exit::GOOD),
        Ok(filled) => {
            let articles = words::count(filled.unreadable.into(), "article");
            session.warn(&format!(
                "{issue}: of {articles} only the title can be searched, because the text is not \
                 in this copy or is damaged"
            ));
            Ok(exit::INCOMPLETE)
        }
        Err(LibraryError::Index(IndexError::Cancelled)) => Err(Failure::interrupted()),
        Err(error @ LibraryError::Unreadable(_)) => {
            let failure = Failure::failed(format!("{issue} cannot be searched")).because(&error);
            session.fail(&failure);
            Ok(failure.code)
        }
        Err(error) => Err(failure(&error)),
    }
}

/// Stops at Ctrl-C.
pub fn going_on(session: &Session<'_, '_>) -> ControlFlow<()> {
    if session.io.is_interrupted() {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// Why a shelf cannot be used.
pub fn failure(error: &LibraryError) -> Failure {
    use varaq_shelf::ReadingFileError::Damaged;
    let failure = match error {
        LibraryError::Index(IndexError::Cancelled) => return Failure::interrupted(),
        LibraryError::NotKept => Failure::failed(error.to_string()),
        _ => Failure::failed("the shelf cannot be used").because(error),
    };
    match error {
        LibraryError::Reading(Damaged { .. }) => {
            failure.hint("run the command again to begin with an empty one; no issue is lost")
        }
        LibraryError::Index(_) => failure.hint("`varaq shelf rebuild` makes the index anew"),
        LibraryError::NotKept => failure.hint("see `varaq shelf list`"),
        _ => failure,
    }
}

/// The name of the publisher: the one that the reader gave it, else what it calls itself.
pub fn publisher_name(kept: &Kept) -> String {
    let publisher = &kept.facts.publisher;
    match &publisher.pin {
        Some(pin) => pin.name.clone(),
        None => claimed_name(&publisher.names),
    }
}

/// `Example Post, issue 12`; channel and epoch where there are several.
pub fn issue_name(kept: &Kept) -> String {
    let issue = &kept.facts.issue;
    let which = match (issue.channel.as_str(), issue.epoch) {
        ("main", 1) => issue.number.to_string(),
        (channel, epoch) => format!("{channel} {epoch}/{}", issue.number),
    };
    let name = publisher_name(kept);
    let name = match kept.facts.publisher.pin {
        Some(_) => words::isolated(&name),
        None => format!("unknown publisher {}", words::claim(&name)),
    };
    format!("{name}, issue {which}")
}

/// A bundle file among those that were named.
pub struct Bundle {
    /// Where it lies.
    pub path: PathBuf,
    /// Its length.
    pub len_bytes: u64,
    /// What its publisher calls itself; empty if nothing proves it.
    pub name: String,
}

/// The bundles among files and folders, and the exit code of what cannot be read. What
/// their heads prove of trusted publishers is kept.
pub fn bundles(
    session: &mut Session<'_, '_>,
    paths: &[PathBuf],
    not_there: Option<&str>,
) -> Result<(Vec<Bundle>, u8), Failure> {
    let mut found = Vec::new();
    let mut code = exit::GOOD;
    let cancel = Arc::clone(&session.io.interrupted);
    varaq_carry::walk(&Disk, paths, &cancel, &mut |sight| match sight {
        Sight::Candidate(candidate) => found.push(candidate),
        Sight::Other(path, _) => session.detail(&format!("not a bundle: {}", words::path(&path))),
        Sight::Unreadable(path, error) => {
            let mut failure =
                Failure::failed(format!("cannot read {}", words::path(&path))).because(&error);
            if error.kind() == std::io::ErrorKind::NotFound {
                failure.hint = not_there.map(str::to_owned);
            }
            session.fail(&failure);
            code = exit::worse(code, failure.code);
        }
    });
    let mut bundles = Vec::new();
    for candidate in found {
        if session.io.is_interrupted() {
            return Err(Failure::interrupted());
        }
        match reading::open_bundle(&candidate.path, session) {
            Ok(opening) => {
                bundles.push(met(candidate.path, candidate.len_bytes, &opening, session))
            }
            Err(failure) => {
                session.fail(&failure);
                code = exit::worse(code, failure.code);
            }
        }
    }
    if session.io.is_interrupted() {
        return Err(Failure::interrupted());
    }
    Ok((bundles, code))
}

/// A bundle whose head was read; what must not be missed about it is said.
fn met<R>(
    path: PathBuf,
    len_bytes: u64,
    opening: &Opening<R>,
    session: &mut Session<'_, '_>,
) -> Bundle {
    for sentence in opening.lines().iter().filter_map(remarks::sentence) {
        session.warn(&format!("{}: {sentence}", words::path(&path)));
    }
    let names = opening.publisher().map(|publisher| &*publisher.names);
    Bundle {
        name: claimed_name(names.unwrap_or_default()),
        len_bytes,
        path,
    }
}

/// The verdict on a file that is to be lent to a shelf in memory.
pub fn judge(path: &Path, view: View<'_>) -> Result<Opening<Box<dyn Source>>, Failure> {
    let source: Box<dyn Source> = Box::new(reading::open_file(path)?);
    varaq_trust::open(source, view, &Limits::default()).map_err(|error| {
        Failure::failed(format!("cannot read {}", words::path(path))).because(&error)
    })
}
