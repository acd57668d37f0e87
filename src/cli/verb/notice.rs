//! `varaq notice`: correct and retract what was published.
//!
//! Notices are kept in the publisher's folder until `pack` puts them into the next issue, and
//! into every one after it.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::json;
use varaq_bundle::{ArticleId, Day, IssueName, Limits, Notice as Bundled, NoticeKind};
use varaq_press::import::{language_tag, plain_line};
use varaq_press::{KeptNotice, NoticeFile, NoticeFileError};
use varaq_trust::{Chain, Contact, Pin, Pins, Verdict};

use crate::article::ArticleName;
use crate::exit;
use crate::failure::Failure;
use crate::notice::{line, object};
use crate::reading::{self, Consenting, Reading};
use crate::session::Session;
use crate::words;
use varaq_storage::Disk;

const CORRECT_EXAMPLES: &str = "\
Examples:
  varaq notice correct desk issue-1.varaq 3 --text \"The ferry left on Friday, not on Tuesday.\"
  varaq notice correct desk issue-1.varaq 3 --lang fa --text \"…\" --lang en --text \"…\"
  varaq notice correct desk main/1/1 0f3a5c7e9b1d2f40 --lang fa --text-file correction.txt

A notice marks an article and never erases it: whoever steals a key could otherwise empty
every reader's shelf. It reaches readers with the next issue (varaq pack), and every later
issue repeats it.";

const RETRACT_EXAMPLES: &str = "\
Examples:
  varaq notice retract desk issue-1.varaq 3 --text \"Its source was not who he said he was.\"
  varaq notice retract desk issue-1.varaq 3 --harm --text \"It names somebody who is in danger.\"

A notice marks an article and never erases it. --harm also folds the text behind a warning,
so that nobody comes upon it by chance; it is for text that endangers a person. Do not repeat
in the notice what must not be read. It reaches readers with the next issue (varaq pack), and
every later issue repeats it.";

const LIST_EXAMPLES: &str = "\
Examples:
  varaq notice list desk
  varaq notice list desk --json";

const REMOVE_EXAMPLES: &str = "\
Examples:
  varaq notice remove desk 2        (its number in `varaq notice list desk`)

Only before an issue with it is signed. What is out cannot be taken back; another notice
about the same article may be added.";

/// Corrects and retracts what was published.
#[derive(Debug, Subcommand)]
pub enum Notice {
    /// Tell readers what is wrong in an article, and what is right
    Correct(Correct),
    /// Tell readers that you no longer stand by an article
    Retract(Retract),
    /// List the notices of a publisher
    List(List),
    /// Remove a notice that no issue has carried yet
    Remove(Remove),
}

/// `notice correct`
#[derive(Args, Debug)]
#[command(after_help = CORRECT_EXAMPLES)]
pub struct Correct {
    #[command(flatten)]
    said: Said,
}

/// `notice retract`
#[derive(Args, Debug)]
#[command(after_help = RETRACT_EXAMPLES)]
pub struct Retract {
    #[command(flatten)]
    said: Said,
    /// Fold the text behind a warning, because it endangers a person
    #[arg(long)]
    harm: bool,
}

/// Which article, and what is said about it.
#[derive(Args, Debug)]
struct Said {
    /// The folder made by `publisher new`
    dir: PathBuf,
    /// The issue: its bundle, or CHANNEL/EPOCH/NUMBER
    issue: PathBuf,
    /// The article's number in `varaq list`, or its id (16 hex digits)
    article: ArticleName,
    /// What readers are told, at most 1,024 bytes; several times for several languages
    #[arg(long = "text", value_name = "WORDS", allow_hyphen_values = true)]
    #[arg(required_unless_present = "text_files", conflicts_with = "text_files")]
    texts: Vec<String>,
    /// The same from a file of UTF-8 text
    #[arg(long = "text-file", value_name = "FILE")]
    text_files: Vec<PathBuf>,
    /// Language of the text, of the first --lang for the first --text [default: that of the article]
    #[arg(long = "lang", value_name = "TAG", value_parser = parse_language)]
    languages: Vec<String>,
    /// Day of the notice [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    day: Option<Day>,
}

/// `notice list`
#[derive(Args, Debug)]
#[command(after_help = LIST_EXAMPLES)]
pub struct List {
    /// The folder made by `publisher new`
    dir: PathBuf,
}

/// `notice remove`
#[derive(Args, Debug)]
#[command(after_help = REMOVE_EXAMPLES)]
pub struct Remove {
    /// The folder made by `publisher new`
    dir: PathBuf,
    /// Its number in `varaq notice list`
    number: usize,
}

fn parse_language(text: &str) -> Result<String, &'static str> {
    language_tag(text).ok_or("expected a language tag, such as fa or ku-Arab")
}

impl Notice {
    /// Runs `correct`, `retract`, `list` or `remove`.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        match self {
            Notice::Correct(correct) => correct.said.keep(NoticeKind::Correction, session),
            Notice::Retract(retract) if retract.harm => {
                retract.said.keep(NoticeKind::Harm, session)
            }
            Notice::Retract(retract) => retract.said.keep(NoticeKind::Retraction, session),
            Notice::List(list) => list.run(session),
            Notice::Remove(remove) => remove.run(session),
        }
    }
}

impl Said {
    /// Keeps a notice in each language, or none.
    fn keep(self, kind: NoticeKind, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let desk = Desk::read(&self.dir)?;
        let about = About::find(&desk, &self.issue, self.article, session)?;
        let texts = self.texts()?;
        let languages = self.languages(&about, texts.len())?;
        let day = self.day.unwrap_or(Day(session.io.today));
        let notices = languages.into_iter().zip(texts);
        let kept: Vec<KeptNotice> = notices
            .map(|(language, text)| about.kept(kind, language, text, day))
            .collect();
        let mut file = NoticeFile::read(&Disk, &self.dir).map_err(|error| not_read(&error))?;
        file.add(&Disk, kept.clone()).map_err(|error| {
            let what = format!("no notice about article {} was kept", about.article);
            hinted(Failure::failed(what).because(&error), &error)
        })?;
        let first = file.kept().len().saturating_sub(kept.len());
        for (kept, number) in file.kept().iter().zip(1..).skip(first) {
            tell(session, kept, number)?;
        }
        let channel = &about.issue.channel;
        session.note(&format!(
            "kept; the next issue of channel {channel} that is packed with --publisher {} tells it, and each one after it ({} of 4096 notices)",
            words::path(&self.dir),
            file.of_channel(channel).len(),
        ));
        Ok(exit::GOOD)
    }

    fn texts(&self) -> Result<Vec<String>, Failure> {
        let files = self.text_files.iter().map(|path| read_text(path));
        let files: Vec<String> = files.collect::<Result<_, _>>()?;
        let texts = self.texts.iter().chain(&files);
        let texts: Vec<String> = texts.map(|text| plain_line(text)).collect();
        if texts.iter().any(String::is_empty) {
            let failure = Failure::usage("a notice says something: its text is empty");
            return Err(failure.hint("say in a sentence what is wrong, and what is right"));
        }
        Ok(texts)
    }

    /// A language for each text.
    fn languages(&self, about: &About, texts: usize) -> Result<Vec<String>, Failure> {
        match (&about.language, self.languages.len()) {
            (_, told) if told == texts => Ok(self.languages.clone()),
            (Some(language), 0) if texts == 1 => Ok(vec![language.clone()]),
            (None, 0) => Err(Failure::usage("the language of the text is not known")
                .hint("give it with --lang, such as --lang fa")),
            (_, told) => {
                let (texts, told) = (words::count(texts as u64, "text"), told);
                let what = format!("{texts}, but {}", words::count(told as u64, "language"));
                Err(Failure::usage(what).hint("give one --lang for each --text, in the same order"))
            }
        }
    }
}

impl List {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        Desk::read(&self.dir)?;
        let file = NoticeFile::read(&Disk, &self.dir).map_err(|error| not_read(&error))?;
        for (kept, number) in file.kept().iter().zip(1..) {
            tell(session, kept, number)?;
        }
        if file.kept().is_empty() {
            session.note("no notices");
        }
        Ok(exit::GOOD)
    }
}

impl Remove {
    fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        Desk::read(&self.dir)?;
        let mut file = NoticeFile::read(&Disk, &self.dir).map_err(|error| not_read(&error))?;
        let removed = file.remove(&Disk, self.number).map_err(|error| {
            let what = format!("notice {} was not removed", self.number);
            hinted(Failure::failed(what).because(&error), &error)
        })?;
        tell(session, &removed, self.number)?;
        session.note("removed; if an issue that carries it was signed on another computer, it is out: add another notice then");
        Ok(exit::GOOD)
    }
}

/// The publisher whose folder it is.
struct Desk {
    contact: Contact,
    chain: Chain,
}

impl Desk {
    fn read(dir: &Path) -> Result<Desk, Failure> {
        let path = dir.join("publisher.contact");
        let cannot = || Failure::failed(format!("cannot read {}", words::path(&path)));
        let hint = "DIR is the folder that `varaq publisher new` made";
        let text = std::fs::read_to_string(&path);
        let text = text.map_err(|error| cannot().because(&error).hint(hint))?;
        let contact: Contact = text.parse().map_err(|error| cannot().because(&error))?;
        let chain = Chain::decode(&contact.own).map_err(|error| cannot().because(&error))?;
        if chain.publisher() != contact.id {
            return Err(cannot().hint("its statements are another publisher's"));
        }
        Ok(Desk { contact, chain })
    }

    /// Pins that hold this publisher alone.
    fn pins(&self) -> Pins {
        let mut pins = Pins::new();
        pins.add(Pin::new(self.contact.id, &self.contact.names, true, None));
        pins
    }

    fn has(&self, issue: &IssueName) -> bool {
        let granted = self.chain.statements().flat_map(|one| &one.delegations);
        let mut granted = granted.filter(|one| one.channel == issue.channel);
        granted.any(|one| one.epoch == issue.epoch && one.allows(issue.number))
    }
}

/// What a notice is about.
struct About {
    issue: IssueName,
    article: ArticleId,
    title: String,
    language: Option<String>,
}

impl About {
    /// From a bundle if there is one by that name, else by the numbers alone.
    fn find(
        desk: &Desk,
        issue: &Path,
        article: ArticleName,
        session: &mut Session<'_, '_>,
    ) -> Result<About, Failure> {
        let name = issue.to_str().and_then(|text| text.parse().ok());
        match name {
            Some(name) if !issue.exists() => About::of_name(desk, name, article),
            _ => About::of_bundle(desk, issue, article, session),
        }
    }

    fn of_name(desk: &Desk, issue: IssueName, article: ArticleName) -> Result<About, Failure> {
        if !desk.has(&issue) {
            let what = format!("no statement of this publisher grants {issue}");
            return Err(Failure::failed(what).hint("varaq publisher show lists what it may sign"));
        }
        match article {
            ArticleName::Id(article) => Ok(About {
                issue,
                article,
                title: String::new(),
                language: None,
            }),
            ArticleName::Number(_) => Err(Failure::usage(
                "without a bundle an article is named by its id, 16 hex digits",
            )
            .hint("give the bundle of the issue, or the id that `varaq list --json` prints")),
        }
    }

    fn of_bundle(
        desk: &Desk,
        path: &Path,
        article: ArticleName,
        session: &mut Session<'_, '_>,
    ) -> Result<About, Failure> {
        let shown = words::path(path);
        let opening = varaq_trust::open(
            reading::open_file(path).map_err(|failure| match failure.hint {
                None => failure.hint("ISSUE is a bundle, or CHANNEL/EPOCH/NUMBER"),
                Some(_) => failure,
            })?,
            &desk.pins(),
            &Limits::default(),
        );
        let opening = opening
            .map_err(|error| Failure::failed(format!("cannot read {shown}")).because(&error))?;
        let failed = |what| Failure::failed(format!("{shown} {what}"));
        match opening.verdict() {
            Verdict::UnknownPublisher | Verdict::ImpostorName => {
                return Err(failed("is an issue of another publisher")
                    .hint("who publishes an article corrects it"));
            }
            Verdict::UnsignedDraft | Verdict::BelowThreshold => {
                return Err(failed("is not published: signatures are missing")
                    .hint("correct the article itself, and pack it again"));
            }
            _ => {}
        }
        let reading = Reading::of(path, opening, Consenting::default(), session)?;
        let (_, entry) = reading.find(path, article)?;
        Ok(About {
            issue: reading.issue(),
            article: entry.id,
            title: entry.title,
            language: Some(entry.language),
        })
    }

    fn kept(&self, kind: NoticeKind, language: String, text: String, day: Day) -> KeptNotice {
        KeptNotice {
            notice: Bundled {
                article: self.article,
                kind,
                issue: self.issue.clone(),
                language,
                text,
                day,
            },
            title: self.title.clone(),
            published: None,
        }
    }
}

/// A text of at most 64 KiB; what is too long for a notice is told as that.
fn read_text(path: &Path) -> Result<String, Failure> {
    const MOST: u64 = 65_536;
    let mut text = String::new();
    let read = reading::open_file(path)?
        .take(MOST)
        .read_to_string(&mut text);
    read.map_err(|error| {
        Failure::failed(format!("cannot read {}", words::path(path)))
            .because(&error)
            .hint("a file of UTF-8 text is expected")
    })?;
    Ok(text)
}

fn tell(session: &mut Session<'_, '_>, kept: &KeptNotice, number: usize) -> Result<(), Failure> {
    let published = kept.published.as_ref().map(ToString::to_string);
    if session.json {
        let mut object = object(&kept.notice);
        if let Some(fields) = object.as_object_mut() {
            fields.insert("number".to_owned(), json!(number));
            fields.insert("title".to_owned(), json!(kept.title));
            fields.insert("published".to_owned(), json!(published));
        }
        return session.object(&object);
    }
    let mut line = format!("{number:>4}  {}", line(session, &kept.notice, &kept.title));
    if let Some(issue) = published {
        line.push_str(&format!("  (published with {issue})"));
    }
    session.line(&line)
}

fn not_read(error: &NoticeFileError) -> Failure {
    let failure = Failure::failed("the publisher's notices cannot be read").because(error);
    hinted(failure, error)
}

/// What to do about an error of the publisher's notices.
pub fn hinted(failure: Failure, error: &NoticeFileError) -> Failure {
    let hint = match error {
        NoticeFileError::Damaged { .. } => {
            "mend that line, or take the file from a copy; an issue without its notices would take them back"
        }
        NoticeFileError::Text { .. } => {
            "that is about 1,000 Latin or 550 Persian letters; the rest belongs into an article of the next issue"
        }
        NoticeFileError::Same { .. } => {
            "say both in one text, after `varaq notice remove`, or give another --day"
        }
        NoticeFileError::TooMany { .. } => {
            "`varaq notice remove` takes back what no issue has carried; one notice may correct several things"
        }
        NoticeFileError::NoSuch { .. } => "see `varaq notice list`",
        NoticeFileError::Published { .. } => {
            "what is out cannot be taken back; another notice about the article may be added"
        }
        NoticeFileError::Io { .. } | NoticeFileError::Unfit(_) => return failure,
    };
    failure.hint(hint)
}
