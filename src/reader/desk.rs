//! The desk: workers that open, check, decode and list, so that a frame never waits.
//!
//! Jobs go in, [`News`] come out; each worker wakes the window when it has something to say. A worker that is told
//! of a newer file stops what it does for the older one.
use crate::{
    drives::Drive,
    handed::Handing,
    home::Home,
    issue::{Checked, FrontPage, Picture, Story, Stretched},
    screens::Folder,
    shelf::Copying,
};
use eframe::egui::ColorImage;
pub(crate) use keeper::holds_trust;
use std::{
    io::Cursor,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};
use varaq_bundle::{Day, Hash};
use varaq_page::{Rows, Setting};
use varaq_shelf::{LibraryError, StateFile};
use varaq_storage::Disk;
use varaq_trust::{
    Code, Consent, Evidence, Learned, Pin, Pins, PublisherId, State, StretchError, Verdict,
};

mod copy;
mod folder;
mod handed;
mod keeper;
mod opening;
mod picture;
mod reading;
mod shelf;

pub use shelf::{Deed, Shelf, ShelfNews};

/// Four times a second is as often as a number can be read.
const OFTEN: Duration = Duration::from_millis(250);

/// Where a bundle comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file.
    Path(PathBuf),
    /// A bundle that is part of the program.
    Sample {
        /// File name.
        name: &'static str,
        /// The bundle.
        bytes: &'static [u8],
    },
    /// An issue on the shelf.
    Kept {
        /// Manifest id.
        id: Hash,
        /// How the shelf calls it.
        name: String,
    },
}

impl Source {
    /// File name to show.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path
                .file_name()
                .unwrap_or(path.as_os_str())
                .to_string_lossy()
                .into_owned(),
            Self::Sample { name, .. } => (*name).to_owned(),
            Self::Kept { name, .. } => name.clone(),
        }
    }

    fn open(&self) -> std::io::Result<(Stream, u64)> {
        match self {
            Self::Path(path) => {
                let file = std::fs::File::open(path)?;
                let size = file.metadata()?.len();
                Ok((Box::new(file), size))
            }
            Self::Sample { bytes, .. } => Ok((Box::new(Cursor::new(*bytes)), bytes.len() as u64)),
            // The library opens it, from all its files.
            Self::Kept { .. } => Err(std::io::ErrorKind::Unsupported.into()),
        }
    }
}

pub(crate) type Stream = Box<dyn varaq_shelf::Source>;
/// Content that the trust layer gave out.
type Issue = varaq_shelf::Issue;

/// What a worker has found.
pub enum News {
    /// So many bytes of so many are checked.
    Progress(u64, u64),
    /// The verdict, and what was proven on the way to it.
    Checked(Box<Checked>, Learned),
    /// The file is a picture, and a QR code is looked for in it.
    Searching,
    /// The file is no bundle, but something that one person hands to another.
    Handed(Box<Handing>),
    /// The system refused the file.
    Refused(String),
    /// The code of the file's publisher.
    Code(Stretched),
    /// The code of a publisher on the list.
    CodeOf(PublisherId, Stretched),
    /// What is kept was changed: whether a publisher or a code is left there, or why it failed.
    Written(Change, Result<bool, String>),
    /// The pinned publisher that has a code which was typed, if any; an error without the memory to find out.
    Named(Code, Result<Option<PublisherId>, StretchError>),
    /// A publisher as a picture to hand on, and whether it holds a contact; nothing if it could not be drawn.
    Drawn(PublisherId, Option<ColorImage>, bool),
    /// The publisher has the code that the reader was waiting for, and is trusted by these pins.
    Arrived(PublisherId, Box<Pins>),
    /// What became of keeping this publisher on this computer.
    Kept(PublisherId, Result<(), String>),
    /// The front page, after consent, and what the issue says about others.
    Front(Box<FrontPage>, Learned),
    /// An article, and its rows when it is here, with the setting that they were made for.
    Story(u32, Box<Story>, Option<Box<(Setting, Rows)>>),
    /// A picture of an article.
    Picture(u32, usize, Box<Picture>),
    /// Of the shelf.
    Shelf(ShelfNews),
    /// A folder.
    Folder(Box<Folder>),
    /// How far a bundle is on its way to a stick.
    Copying(Copying),
    /// Drives were plugged in or pulled out.
    Drives(Vec<Drive>),
    /// Verdict and publisher's names of a file on the list.
    Row(PathBuf, Verdict, Vec<(String, String)>),
    /// Verdict and publisher's names of a sample.
    Sample(usize, Verdict, Vec<(String, String)>),
}

/// Which way what is kept was changed, for what is said when the disk refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something was added or altered.
    Added,
    /// Something was taken away.
    Removed,
}

enum Job {
    Open(Source, Box<State>, Option<Day>),
    Close,
    Read(Consent),
    Story(u32, Box<Setting>),
}

/// The window's side of the workers.
pub struct Desk {
    jobs: mpsc::Sender<(u64, Job)>,
    pictures: mpsc::Sender<(u64, picture::Order)>,
    news: mpsc::Receiver<(u64, News)>,
    post: Post,
    current: Arc<AtomicU64>,
    skip: Arc<AtomicU64>,
    /// The newest wish for a code of the list, and whose turn it is: a code takes 64 MiB.
    codes: Arc<(AtomicU64, Mutex<()>)>,
    keeper: keeper::Keeper,
    shelf: Shelf,
    /// The newest list of files: rows of older ones are judged no further.
    listed: Arc<AtomicU64>,
    /// What is being copied to a stick is to stop.
    stop_copy: Arc<AtomicBool>,
    /// While it is there, drives are looked for.
    _drives: mpsc::Sender<()>,
}

/// A worker's way to the window.
#[derive(Clone)]
struct Post {
    sender: mpsc::Sender<(u64, News)>,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl Post {
    fn send(&self, file: u64, news: News) {
        // A window that is gone needs no news.
        let _ = self.sender.send((file, news));
        (self.wake)();
    }
}

impl Desk {
    /// Starts the workers; `wake` is called whenever there is news.
    ///
    /// # Errors
    /// If there is not enough memory for a shelf that keeps nothing.
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Result<Self, LibraryError> {
        let (jobs, jobs_in) = mpsc::channel();
        let (pictures, pictures_in) = mpsc::channel();
        let (sender, news) = mpsc::channel();
        let post = Post { sender, wake };
        let current = Arc::new(AtomicU64::new(0));
        let skip = Arc::new(AtomicU64::new(0));
        let shelf = Shelf::new(post.clone())?;
        let worker =
            opening::Worker::new(post.clone(), current.clone(), skip.clone(), shelf.clone());
        let shared = worker.shared();
        thread::spawn(move || worker.run(&jobs_in));
        let (watch, watched) = mpsc::channel();
        let of_drives = post.clone();
        thread::spawn(move || folder::watch_drives(&of_drives, &watched));
        let painter = picture::Worker::new(post.clone(), current.clone(), shared);
        thread::spawn(move || painter.run(&pictures_in));
        Ok(Self {
            jobs,
            pictures,
            news,
            post,
            current,
            skip,
            codes: Arc::default(),
            keeper: keeper::Keeper::new(),
            shelf,
            listed: Arc::default(),
            stop_copy: Arc::default(),
            _drives: watch,
        })
    }

    /// The library.
    #[must_use]
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Opens and checks a file; news of files before it are dropped.
    pub fn open(&self, source: Source, state: &State, today: Option<Day>) {
        let file = self.current.fetch_add(1, Ordering::SeqCst) + 1;
        let state = Box::new(state.clone());
        let _ = self.jobs.send((file, Job::Open(source, state, today)));
    }

    /// Does something with what is kept, after all that came before.
    pub(crate) fn later(&self, order: impl FnOnce() + Send + 'static) {
        self.keeper.order(order);
    }

    /// Keeps a publisher with what was met of it, and waits no longer for its code.
    pub fn pin(&self, file: StateFile, pin: Pin, awaited: Option<Code>, evidence: Evidence) {
        let (post, publisher) = (self.post.clone(), pin.id);
        let change = move |kept: &mut State| {
            if let Some(code) = awaited {
                kept.pins.forget_code(&code);
            }
            kept.evidence.adopt(&evidence, &pin.id);
            kept.pins.add(pin);
        };
        self.keeper.change(file, change, move |kept| {
            post.send(u64::MAX, News::Kept(publisher, kept.map(drop)));
        });
    }

    /// Keeps what was proven of trusted publishers. A disk that takes nothing loses nothing: the next bundle
    /// brings it again, and in this session it is known.
    pub fn keep(&self, file: StateFile, learned: Learned) {
        self.keeper.order(move || drop(file.learn(&learned)));
    }

    /// Forgets the file that is being opened.
    pub fn cancel(&self) {
        self.current.fetch_add(1, Ordering::SeqCst);
    }

    /// Closes everything that is open or kept in memory.
    pub fn close_all(&self) {
        let file = self.current.fetch_add(1, Ordering::SeqCst) + 1;
        let _ = self.jobs.send((file, Job::Close));
        let nothing = State::default();
        self.shelf.open(&Home::MEMORY, &nothing, None);
    }

    /// Does not wait for the check of every byte.
    pub fn skip_check(&self) {
        self.skip
            .store(self.current.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Stretches the publisher's code. On a thread of its own: a reader who opens an issue at once does not wait.
    pub fn code(&self, publisher: PublisherId) {
        let (post, file) = (self.post.clone(), self.current.load(Ordering::SeqCst));
        thread::spawn(move || {
            let code = Code::of(&publisher).map_or(Stretched::NoMemory, Stretched::Done);
            post.send(file, News::Code(code));
        });
    }

    /// Stretches the code of a publisher on the list, whatever file is open. One at a time, and none that
    /// another was wished for since.
    pub fn code_of(&self, publisher: PublisherId) {
        let (post, codes) = (self.post.clone(), self.codes.clone());
        let wish = codes.0.fetch_add(1, Ordering::SeqCst) + 1;
        thread::spawn(move || {
            let turn = codes.1.lock().unwrap_or_else(PoisonError::into_inner);
            if codes.0.load(Ordering::SeqCst) != wish {
                return;
            }
            let code = Code::of(&publisher).map_or(Stretched::NoMemory, Stretched::Done);
            drop(turn);
            post.send(u64::MAX, News::CodeOf(publisher, code));
        });
    }

    /// Changes what is kept.
    pub fn write(
        &self,
        file: StateFile,
        kind: Change,
        change: impl FnOnce(&mut State) + Send + 'static,
    ) {
        let post = self.post.clone();
        self.keeper.change(file, change, move |left| {
            post.send(u64::MAX, News::Written(kind, left));
        });
    }

    /// Looks which of these publishers has a code: each is stretched, so it may take seconds.
    pub fn name_code(&self, code: Code, pins: Pins) {
        let (post, codes) = (self.post.clone(), self.codes.clone());
        thread::spawn(move || {
            let turn = codes.1.lock().unwrap_or_else(PoisonError::into_inner);
            let named = pins.with_code(&code);
            drop(turn);
            post.send(u64::MAX, News::Named(code, named));
        });
    }

    /// Draws what hands a publisher on: its contact where it says what it calls itself, else its code.
    pub fn draw(&self, publisher: PublisherId, text: String, is_contact: bool) {
        let post = self.post.clone();
        thread::spawn(move || {
            let drawn = picture::code(&text);
            post.send(u64::MAX, News::Drawn(publisher, drawn, is_contact));
        });
    }

    /// Asks for the front page.
    pub fn read(&self, consent: Consent) {
        self.job(Job::Read(consent));
    }

    /// Asks for an article by its number, flattened to rows of this setting.
    pub fn story(&self, number: u32, setting: Setting) {
        self.job(Job::Story(number, Box::new(setting)));
    }

    /// Asks for a picture, scaled down to at most `width` pixels.
    pub fn picture(&self, article: u32, medium: usize, width: u32) {
        let file = self.current.load(Ordering::SeqCst);
        let _ = self.pictures.send((
            file,
            picture::Order {
                article,
                medium,
                width,
            },
        ));
    }

    /// Lists a folder; `None` = where the program was started.
    pub fn list(&self, folder: Option<PathBuf>) {
        let (post, file) = (self.post.clone(), self.current.load(Ordering::SeqCst));
        thread::spawn(move || post.send(file, News::Folder(Box::new(folder::list(folder)))));
    }

    /// Copies a bundle into a folder of a stick, under this name.
    pub fn copy(&self, source: Source, folder: PathBuf, name: String, is_fat: bool) {
        let (post, shelf, stop) = (
            self.post.clone(),
            self.shelf.clone(),
            self.stop_copy.clone(),
        );
        stop.store(false, Ordering::SeqCst);
        thread::spawn(move || {
            let source = match &source {
                Source::Kept { id, .. } => shelf.file(id),
                other => other.open().map(|(stream, _)| stream),
            };
            let target = copy::Target {
                storage: &Disk,
                path: &folder.join(name),
                is_fat,
            };
            copy::copy(source, &target, &stop, &post);
        });
    }

    /// Writes a text into a folder of a stick, under this name, and reads it back.
    pub fn save(&self, text: Vec<u8>, folder: PathBuf, name: String) {
        let (post, stop) = (self.post.clone(), self.stop_copy.clone());
        stop.store(false, Ordering::SeqCst);
        thread::spawn(move || {
            let target = copy::Target {
                storage: &Disk,
                path: &folder.join(name),
                is_fat: true,
            };
            let source: Stream = Box::new(Cursor::new(text));
            copy::copy(Ok(source), &target, &stop, &post);
        });
    }

    /// Stops what is being copied to a stick.
    pub fn stop_copying(&self) {
        self.stop_copy.store(true, Ordering::SeqCst);
    }

    /// Judges the bundles of a list, one after the other, by their heads.
    pub fn judge_rows(&self, bundles: Vec<PathBuf>, state: &State, today: Option<Day>) {
        let (post, state) = (self.post.clone(), state.clone());
        let listed = self.listed.clone();
        let list = listed.fetch_add(1, Ordering::SeqCst) + 1;
        thread::spawn(move || {
            for path in bundles {
                if listed.load(Ordering::SeqCst) != list {
                    return;
                }
                let view = opening::view(&state, today);
                let source = Source::Path(path.clone());
                if let Some((verdict, names)) = opening::judge(&source, view) {
                    post.send(u64::MAX, News::Row(path, verdict, names));
                }
            }
        });
    }

    /// Judges the samples, one after the other.
    pub fn judge_samples(&self, samples: Vec<Source>, pins: Pins) {
        let post = self.post.clone();
        thread::spawn(move || {
            for (index, source) in samples.into_iter().enumerate() {
                if let Some((verdict, names)) = opening::judge(&source, (&pins).into()) {
                    post.send(u64::MAX, News::Sample(index, verdict, names));
                }
            }
        });
    }

    /// News since the last call, without waiting.
    pub fn news(&self) -> Vec<News> {
        let current = self.current.load(Ordering::SeqCst);
        let fresh = |(file, news): (u64, News)| {
            let always = matches!(
                news,
                News::Folder(_)
                    | News::Sample(..)
                    | News::Shelf(_)
                    | News::Drives(_)
                    | News::Copying(_)
                    | News::Row(..)
                    | News::CodeOf(..)
                    | News::Written(..)
                    | News::Named(..)
                    | News::Drawn(..)
                    | News::Kept(..)
            );
            (always || file == current).then_some(news)
        };
        self.news.try_iter().filter_map(fresh).collect()
    }

    fn job(&self, job: Job) {
        let _ = self.jobs.send((self.current.load(Ordering::SeqCst), job));
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.shelf.end();
    }
}
