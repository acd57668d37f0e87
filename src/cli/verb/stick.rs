//! `varaq stick`: a stick that opens anywhere, with its reader and a page that says what to
//! click.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use varaq_carry::{
    CheckOptions, CopyOptions, Event, Parcel, START_FILE, Source, Stage, StickContents, StickError,
    StickOptions, StickPlan, System, find_programs, plan_stick, write_start_page,
};
use varaq_storage::{Access, Disk, Storage, make_folder};
use varaq_trust::Contact;

use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::state;
use crate::verb::copy::{Bar, cannot_copy, tell as tell_copied};
use crate::vetted::vetted;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq stick /media/stick news.varaq --contact post.contact
  varaq stick /media/stick *.varaq --reader varaq-reader.exe --reader varaq-reader
  varaq stick /media/stick news.varaq --neutral

Puts on the stick: START.html (what to click, in six languages), the reading programs, the
bundles, the contacts. Without --reader the varaq-reader beside this program is taken. What is
there already stays; nothing of another is replaced. --neutral gives names that say nothing;
what the files hold can still be found out by who looks into them.";

/// A contact file is shorter.
const MAX_CONTACT_BYTES: u64 = 512 * 1024;

/// Lays out a stick.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Stick {
    /// The folder where the stick is
    dest: PathBuf,
    /// The bundles
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A reading program, or a folder with some, for the systems at hand
    #[arg(long, value_name = "PROGRAM|DIR")]
    reader: Vec<PathBuf>,
    /// A contact file of a publisher
    #[arg(long, value_name = "FILE")]
    contact: Vec<PathBuf>,
    /// Names that say nothing of publisher or program
    #[arg(long)]
    neutral: bool,
    /// A folder in which the program keeps what is read, on the stick; else it asks
    #[arg(long, conflicts_with = "neutral")]
    shelf: bool,
}

impl Stick {
    /// Checks, plans, copies with read-back, checks again. Nothing is written before all that
    /// can be known is known to be right.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let contents = self.contents(session)?;
        let options = StickOptions {
            neutral: self.neutral,
            shelf: self.shelf,
        };
        let plan = plan_stick(&Disk, &self.dest, &contents, options);
        let plan = plan.map_err(|error| failure(&self.dest, &error))?;
        for system in &plan.missing {
            session.warn(&format!("no program for {system} goes onto this stick"));
        }
        for folder in &plan.folders {
            let folder = self.dest.join(folder);
            make_folder(&Disk, &folder, Access::Usual).map_err(|error| cannot(&folder, &error))?;
        }
        self.copy(session, &plan)?;
        let page = self.dest.join(START_FILE);
        write_start_page(&Disk, &self.dest, &plan.page).map_err(|error| cannot(&page, &error))?;
        let code = self.check(session, &plan)?;
        self.last_words(session, &plan, code)?;
        Ok(code)
    }

    fn contents(&self, session: &mut Session<'_, '_>) -> Result<StickContents, Failure> {
        let programs = find_programs(&Disk, &self.readers());
        let programs = programs.map_err(|error| failure(&self.dest, &error))?;
        for contact in &self.contact {
            is_contact(contact)?;
        }
        for file in &self.files {
            vetted(session, file)?;
        }
        Ok(StickContents {
            bundles: self.files.clone(),
            programs,
            contacts: self.contact.clone(),
        })
    }

    /// Those that were named, else the one beside this program.
    fn readers(&self) -> Vec<PathBuf> {
        if !self.reader.is_empty() {
            return self.reader.clone();
        }
        let name = format!("varaq-reader{}", std::env::consts::EXE_SUFFIX);
        let beside = std::env::current_exe()
            .ok()
            .map(|own| own.with_file_name(name));
        beside.filter(|path| path.is_file()).into_iter().collect()
    }

    /// # Errors
    /// If one of the files is not on the stick as it should be.
    fn copy(&self, session: &mut Session<'_, '_>, plan: &StickPlan) -> Result<(), Failure> {
        let parcels = plan.files.iter().map(|file| Parcel {
            open: Box::new(|| open(&file.source)),
            target: self.dest.join(&file.target),
        });
        let cancel = Arc::clone(&session.io.interrupted);
        let mut bar = Bar::new(session, Stage::Comparing);
        let mut closed = None;
        let options = CopyOptions::default();
        let copied =
            varaq_carry::copy_parcels(&Disk, parcels.collect(), &options, &cancel, &mut |event| {
                let told = tell_copied(session, &mut bar, event);
                closed = closed.take().or(told.err());
            });
        drop(bar);
        let summary = copied.map_err(|error| cannot_copy(&self.dest, &error))?;
        match (closed, summary.failed) {
            (Some(failure), _) => Err(failure),
            (None, 0) => Ok(()),
            (None, failed) => {
                let what = format!(
                    "the stick is not finished: {} not there",
                    words::count(failed, "file")
                );
                Err(Failure::new(summary.code, what)
                    .hint("what is there is whole; the same command goes on"))
            }
        }
    }

    /// As somebody would who gets the stick.
    fn check(&self, session: &mut Session<'_, '_>, plan: &StickPlan) -> Result<u8, Failure> {
        let bundles = plan.files.iter().filter(|file| file.is_bundle);
        let paths: Vec<_> = bundles.map(|file| self.dest.join(&file.target)).collect();
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let cancel = Arc::clone(&session.io.interrupted);
        let mut progress = crate::progress::Progress::new(session, "check");
        let mut sink = |event| {
            if let Event::Progress { done, total } = event {
                progress.at(session, done, total);
            }
        };
        let options = CheckOptions::default();
        let checked = varaq_carry::check(&Disk, &paths, view, &options, &cancel, &mut sink);
        Ok(checked.map_err(|_| Failure::interrupted())?.code)
    }

    fn last_words(
        &self,
        session: &mut Session<'_, '_>,
        plan: &StickPlan,
        code: u8,
    ) -> Result<(), Failure> {
        let bundles = plan.files.iter().filter(|file| file.is_bundle).count() as u64;
        if session.json {
            let missing: Vec<_> = plan.missing.iter().map(|system| system.short()).collect();
            let files: Vec<_> = plan
                .files
                .iter()
                .map(|file| file.target.to_string_lossy())
                .collect();
            return session.object(&json!({
                "type": "stick", "folder": self.dest.to_string_lossy(), "bundles": bundles, "files": files,
                "page": START_FILE, "missing": missing, "exit_code": code,
            }));
        }
        let well = if crate::vetted::may_go_on(code) {
            "checked on the stick"
        } else {
            "NOT as it should be: varaq check"
        };
        session.line(&format!(
            "{}, {well}; {START_FILE} says what to click",
            words::count(bundles, "bundle")
        ))?;
        if plan.missing == System::WANTED {
            session.note("no reading program is on it: give one with --reader");
        }
        session.note("wait until the stick's light is still, then eject it");
        Ok(())
    }
}

fn open<'a>(path: &Path) -> io::Result<Box<dyn Source + 'a>> {
    Ok(Box::new(Disk.open(path)?))
}

/// A contact whose parts belong together; a wrong one on a stick would be a trap.
fn is_contact(path: &Path) -> Result<(), Failure> {
    let cannot = || Failure::failed(format!("{} is no contact file", words::path(path)));
    let bytes = varaq_storage::read(&Disk, path, MAX_CONTACT_BYTES);
    let bytes = bytes.map_err(|error| cannot().because(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| cannot().because(&error))?;
    let contact: Contact = text.parse().map_err(|error| cannot().because(&error))?;
    let verified = contact.verify().map_err(|error| {
        Failure::new(
            exit::NOT_AUTHENTIC,
            format!("{} is not what it says", words::path(path)),
        )
        .because(&error)
    });
    verified.map(drop)
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::failed(format!("cannot write {}", words::path(path)))
        .because(error)
        .hint("is the stick full, locked or pulled out? the same command goes on")
}

fn failure(dest: &Path, error: &StickError) -> Failure {
    let failure =
        Failure::failed(format!("nothing was written to {}", words::path(dest))).because(error);
    match error {
        StickError::NotAFolder(_) => failure.hint("name the folder where the stick is"),
        StickError::Name(_) => failure.hint("rename it, or give names that say nothing: --neutral"),
        StickError::TwoOfOneName(_) => failure.hint("rename one of them, or use --neutral"),
        StickError::ForeignPage(_) => {
            failure.hint("take it away, or lay the stick out in a folder of its own")
        }
        StickError::NotAProgram(_) => failure.hint(
            "--reader takes varaq-reader for Windows or Linux (64 bits), or a folder with it",
        ),
        StickError::TwoPrograms { .. } => failure.hint("name only one for each system"),
        StickError::Io { .. } => failure,
    }
}
