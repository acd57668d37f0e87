//! The way of `list`, `show` and `extract` to content: the verdict first, then the
//! consent that the command line gives, then `Verified` content or a refusal.

use std::fs::File;
use std::path::Path;

use clap::Args;
use varaq_article::Article;
use varaq_bundle::{Content, Day, Entry, IssueName, Limits, Notice, Notices, PieceError};
use varaq_trust::{Consent, Name, Opening, State, Verdict, Verified};

use crate::article::ArticleName;
use crate::exit;
use crate::failure::Failure;
use crate::remarks;
use crate::session::Session;
use crate::state;
use crate::words;

/// What the person agrees to read.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct Consenting {
    /// Read a valid issue although its publisher is unknown
    #[arg(long)]
    pub untrusted: bool,
    /// Read it even though its publisher uses the name of one you trust
    #[arg(long, requires = "untrusted")]
    pub different_publisher: bool,
}

impl Consenting {
    /// As the trust layer names it.
    pub fn consent(self) -> Consent {
        match self {
            Consenting {
                different_publisher: true,
                ..
            } => Consent::DifferentPublisher,
            Consenting {
                untrusted: true, ..
            } => Consent::ReadWithoutTrusting,
            _ => Consent::Pinned,
        }
    }
}

/// An issue that may be shown, and what has to be said about it.
pub struct Reading {
    /// The content.
    pub content: Verified<Content<File>>,
    /// What the verdict was; one that shows content or that the person consented to.
    pub verdict: Verdict,
    /// The first name of the publisher; a claim unless trusted.
    pub name: String,
    /// The notices that it carries, about articles of any issue.
    pub notices: Notices,
    /// The notices about its own articles that were ever met and stand.
    marks: Vec<Notice>,
    /// FRONT's sections; none if FRONT cannot be read.
    sections: Vec<String>,
}

fn issue_of(content: &Content<File>) -> IssueName {
    let manifest = content.manifest();
    IssueName {
        channel: manifest.channel.clone(),
        epoch: manifest.epoch,
        number: manifest.number,
    }
}

impl Reading {
    /// Opens `path` as far as the verdict and the consent allow.
    pub fn open(
        path: &Path,
        consenting: Consenting,
        session: &mut Session<'_, '_>,
    ) -> Result<Reading, Failure> {
        let opening = open_bundle(path, session)?;
        Reading::of(path, opening, consenting, session)
    }

    /// The content of a bundle that was judged.
    pub fn of(
        path: &Path,
        opening: Opening<File>,
        consenting: Consenting,
        session: &mut Session<'_, '_>,
    ) -> Result<Reading, Failure> {
        let facts = opening.facts().cloned();
        let mut learned = opening.learned().clone();
        let verdict = opening.verdict();
        let names = opening
            .publisher()
            .map(|publisher| publisher.names.as_slice());
        let name = claimed_name(names.unwrap_or_default());
        let said: Vec<_> = opening
            .lines()
            .iter()
            .filter_map(remarks::sentence)
            .collect();
        let content = opening
            .into_content(consenting.consent())
            .map_err(|_| refusal(path, verdict, &name))?;
        for sentence in said {
            session.warn(&sentence);
        }
        let sections = content
            .front()
            .map_or(Vec::new(), |front| front.sections.clone());
        let facts = facts.ok_or_else(|| refusal(path, verdict, &name))?;
        let (notices, told) = varaq_trust::read_notices(&facts, &content);
        state::learn(session, &told);
        // What this very issue proves counts, also where nothing of it is kept.
        let mut evidence = state::load(session)?.evidence;
        learned.append(told);
        evidence.learn(&learned);
        let issue = issue_of(&content);
        let marks = evidence.notices(&facts.publisher.id, &issue);
        let marks = marks.into_iter().cloned().collect();
        Ok(Reading {
            content,
            verdict,
            name,
            notices,
            marks,
            sections,
        })
    }

    /// Which issue it is.
    #[cfg(feature = "press-import")]
    pub fn issue(&self) -> IssueName {
        issue_of(&self.content)
    }

    /// Notices about an article of this issue, from whichever issue they came.
    pub fn notices_about(&self, entry: &Entry) -> Vec<&Notice> {
        let marks = self.marks.iter();
        marks.filter(|notice| notice.article == entry.id).collect()
    }

    /// Tells that notices could not be read: an article may look as if it was never corrected.
    pub fn unread_notices(&self) -> Option<Failure> {
        let (_, error) = self.notices.unread.first()?;
        let pieces = self.notices.unread.len() as u64;
        let what = format!(
            "{} with corrections and retractions cannot be read",
            words::count(pieces, "piece")
        );
        Some(piece_failure(what, error))
    }

    /// The entry that ARTICLE names, and its number.
    pub fn find(&self, path: &Path, name: ArticleName) -> Result<(u32, Entry), Failure> {
        let found = match name {
            ArticleName::Number(number) => self
                .content
                .entry(number)
                .map(|entry| entry.map(|entry| (number, entry))),
            ArticleName::Id(id) => self.content.find(id),
        };
        let found = found.map_err(|error| {
            piece_failure("the list of articles cannot be read".to_owned(), &error)
        })?;
        found.ok_or_else(|| {
            let file = words::path(path);
            Failure::failed(format!("there is no such article in {file}"))
                .hint(format!("see `varaq list {file}`"))
        })
    }

    /// An article, all of it read, hashed, decoded and checked.
    pub fn article(&self, number: u32, entry: &Entry) -> Result<Article, Failure> {
        let what = || format!("article {number} cannot be read");
        let bytes = self
            .content
            .article_bytes(entry)
            .map_err(|error| piece_failure(what(), &error))?;
        varaq_article::decode(&bytes)
            .map_err(|error| Failure::new(exit::DAMAGED, what()).because(&error))
    }

    /// The name of an article's section; empty if FRONT cannot be read.
    pub fn section(&self, entry: &Entry) -> &str {
        self.sections
            .get(entry.section as usize)
            .map_or("", String::as_str)
    }

    /// True iff the publisher is pinned.
    pub fn is_trusted(&self) -> bool {
        self.verdict.shows_content()
    }

    /// The line that goes before content of a publisher who is not trusted.
    pub fn banner(&self) -> Option<String> {
        let claim = words::claim(&self.name);
        match self.verdict {
            Verdict::ImpostorName => Some(format!(
                "NOT TRUSTED: another publisher who uses a name you trust, {claim}"
            )),
            Verdict::UnknownPublisher => Some(format!(
                "NOT TRUSTED: an unknown publisher who calls itself {claim}"
            )),
            _ => None,
        }
    }
}

/// Opens a bundle and forms its verdict. Only a disk that fails is a failure here. A
/// publisher whose code was awaited is pinned on the way, and what is proven of a trusted
/// publisher is kept.
pub fn open_bundle(path: &Path, session: &mut Session<'_, '_>) -> Result<Opening<File>, Failure> {
    let mut kept = state::load(session)?;
    let mut opening = judge(path, session, &kept)?;
    let today = Some(Day(session.io.today));
    if let Some(arrived) = kept.pins.arrived(opening.publisher(), today) {
        kept = state::update(session, |state| state.pins = arrived)?;
        session.note(
            "this publisher has the code that you were waiting for: it is trusted from now on",
        );
        opening = judge(path, session, &kept)?;
    }
    state::learn(session, opening.learned());
    Ok(opening)
}

/// The verdict on a file, by this state.
fn judge(path: &Path, session: &Session<'_, '_>, state: &State) -> Result<Opening<File>, Failure> {
    let (file, view) = (open_file(path)?, state::view(session, state));
    varaq_trust::open(file, view, &Limits::default()).map_err(|error| {
        Failure::failed(format!("cannot read {}", words::path(path))).because(&error)
    })
}

/// What a publisher calls itself in English, the language of this tool, else in the first
/// of its languages.
pub fn claimed_name(names: &[Name]) -> String {
    varaq_trust::claimed_name(names).to_owned()
}

/// Opens a regular file; a pipe would wait for ever, a folder is told as what it is.
pub fn open_file(path: &Path) -> Result<File, Failure> {
    let cannot = || Failure::failed(format!("cannot read {}", words::path(path)));
    let facts = std::fs::metadata(path).map_err(|error| cannot().because(&error))?;
    if facts.is_dir() {
        return Err(cannot().hint("it is a folder; `varaq check` takes folders"));
    }
    if !facts.is_file() {
        return Err(cannot().hint("it is neither a file nor a folder"));
    }
    File::open(path).map_err(|error| cannot().because(&error))
}

/// A piece that cannot be had: not here is code 3, damaged is 23, a disk error is 1.
pub fn piece_failure(what: String, error: &PieceError) -> Failure {
    let code = match error {
        PieceError::NotInThisCopy { .. } => exit::INCOMPLETE,
        PieceError::Damaged { .. } | PieceError::Malformed { .. } | PieceError::Outside { .. } => {
            exit::DAMAGED
        }
        PieceError::Io(_) => exit::FAILED,
    };
    let failure = Failure::new(code, what).because(error);
    match error {
        PieceError::NotInThisCopy { .. } => failure.hint("another copy of this issue may hold it"),
        PieceError::Damaged { .. } => failure.hint("another copy of this issue may be whole"),
        _ => failure,
    }
}

/// Why nothing of a file is shown, and what would change that.
pub fn refusal(path: &Path, verdict: Verdict, name: &str) -> Failure {
    let what = format!(
        "nothing of {} is shown: {}",
        words::path(path),
        verdict.name()
    );
    let failure = Failure::new(varaq_carry::exit_code(verdict, None, true), what);
    let failure = Failure {
        causes: vec![meaning(verdict).to_owned()],
        ..failure
    };
    match verdict {
        Verdict::UnknownPublisher => failure.hint(format!(
            "its publisher calls itself {}; compare its code (varaq info), or read with --untrusted",
            words::claim(name)
        )),
        Verdict::ImpostorName => failure.hint(format!(
            "it calls itself {}, but is not the publisher you trust by that name; --untrusted --different-publisher reads it",
            words::claim(name)
        )),
        Verdict::UnsignedDraft => failure.hint("varaq sign adds a signature"),
        Verdict::DamagedHead | Verdict::ChainIncomplete => failure.hint("another copy of this issue may be whole"),
        Verdict::NewerFormat { signed: true } => failure.hint("a publisher you trust uses a newer Varaq"),
        Verdict::NewerFormat { signed: false } => failure.hint("do not install a program because of this file: nobody you trust signed it"),
        _ => failure,
    }
}

/// What a verdict means, in one line.
pub fn meaning(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotABundle => "it is not a bundle",
        Verdict::NewerFormat { signed: true } => {
            "it is of a newer format, signed by a publisher you trust"
        }
        Verdict::NewerFormat { signed: false } => {
            "it says it is of a newer format, which nobody you trust has signed"
        }
        Verdict::DamagedHead => "its first part is cut short or damaged",
        Verdict::ChainIncomplete => "the publisher's statements in this copy are incomplete",
        Verdict::BadSignature => "it is altered or forged",
        Verdict::UnsignedDraft => "nobody has signed it",
        Verdict::OutOfWindow => "its signers may not sign this number",
        Verdict::RevokedKey => "too few signatures count, because a key was revoked",
        Verdict::SuspendedKey => "too few signatures count, because a key is suspended",
        Verdict::BelowThreshold => "too few have signed it",
        Verdict::IdentitySplit => {
            "there are two histories of its publisher, and it hangs on one that does not stand"
        }
        Verdict::Conflict => "another issue with this number was met first, or is the publisher's",
        Verdict::ImpostorName => "another publisher uses the name of one you trust",
        Verdict::UnknownPublisher => "the signatures hold, but you do not know the publisher",
        Verdict::Pinned => "the publisher is the one you pinned; its code was never checked",
        Verdict::Verified => "the publisher's code was checked by you",
    }
}
