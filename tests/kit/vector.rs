//! The public vectors: one file, one flaw, and the verdict it must get.

mod body;
mod content;
mod file;
mod frame;
mod head;
mod manifest;
mod signature;
mod statement;

use crate::Mint;
use varaq_trust::Pins;

/// Who the reader of a vector trusts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nobody.
    Nobody,
    /// The publisher of the vectors, code never checked.
    Pinned,
    /// The publisher of the vectors, code checked.
    Verified,
}

impl Known {
    /// The word in the `.expect` file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Known::Nobody => "none",
            Known::Pinned => "pinned",
            Known::Verified => "verified",
        }
    }

    /// The reader's pins.
    #[must_use]
    pub fn pins(self) -> Pins {
        match self {
            Known::Nobody => Pins::new(),
            Known::Pinned => Mint::default().pins(false),
            Known::Verified => Mint::default().pins(true),
        }
    }
}

/// One file with one flaw.
#[derive(Clone, Debug)]
pub struct Vector {
    /// File name without extension; says the flaw.
    pub name: String,
    /// What it is for, in one sentence.
    pub purpose: String,
    /// Section of FORMAT.md.
    pub section: &'static str,
    /// Who is trusted.
    pub known: Known,
    /// The file.
    pub bytes: Vec<u8>,
    /// Name of the verdict.
    pub verdict: &'static str,
    /// The lines of a whole check.
    pub lines: Vec<String>,
    /// Exit code of `varaq check`.
    pub exit: u8,
    /// Whole articles, and articles listed (none = not known). Absent where content stays closed.
    pub articles: Option<(u32, Option<u32>)>,
    /// BLAKE3 over the text bytes of all readable articles, in catalog order.
    pub digest: Option<String>,
}

impl Vector {
    /// A vector whose content stays closed.
    fn closed(
        name: &str,
        section: &'static str,
        verdict: &'static str,
        exit: u8,
        bytes: Vec<u8>,
        purpose: &str,
    ) -> Vector {
        Vector {
            name: name.to_owned(),
            purpose: purpose.to_owned(),
            section,
            known: Known::Verified,
            bytes,
            verdict,
            lines: Vec::new(),
            exit,
            articles: None,
            digest: None,
        }
    }

    /// A vector whose content can be read: `texts` are the bytes of the articles that can.
    fn open(
        name: &str,
        section: &'static str,
        bytes: Vec<u8>,
        texts: &[Vec<u8>],
        purpose: &str,
    ) -> Vector {
        let count = u32::try_from(texts.len()).unwrap();
        Vector {
            lines: vec!["COMPLETE".into()],
            articles: Some((count, Some(count))),
            digest: Some(blake3::hash(&texts.concat()).to_hex().to_string()),
            ..Vector::closed(name, section, "VERIFIED", 0, bytes, purpose)
        }
    }

    fn known(mut self, known: Known) -> Vector {
        self.known = known;
        self
    }

    fn verdict(mut self, verdict: &'static str) -> Vector {
        self.verdict = verdict;
        self
    }

    fn found(mut self, exit: u8, lines: &[&str], whole: u32, of: Option<u32>) -> Vector {
        self.exit = exit;
        self.lines = lines.iter().map(|line| (*line).to_owned()).collect();
        self.articles = Some((whole, of));
        self
    }

    /// The text of the `.expect` file.
    #[must_use]
    pub fn expectation(&self) -> String {
        let articles = match self.articles {
            None => "none".to_owned(),
            Some((whole, None)) => format!("{whole} of ?"),
            Some((whole, Some(of))) => format!("{whole} of {of}"),
        };
        let Vector {
            purpose,
            section,
            verdict,
            exit,
            ..
        } = self;
        let (known, lines) = (self.known.word(), self.lines.join("; "));
        let digest = self.digest.as_deref().unwrap_or("none");
        let lines = if lines.is_empty() { "none" } else { &lines };
        format!(
            "purpose: {purpose}\nsection: {section}\npins: {known}\nverdict: {verdict}\nlines: {lines}\nexit: {exit}\narticles: {articles}\ndigest: {digest}\n"
        )
    }
}

/// The sound issue that most vectors are made from, and the text bytes of its three articles.
pub(crate) fn sound() -> (Mint, Vec<u8>, Vec<Vec<u8>>) {
    let mint = Mint::default();
    let draft = || {
        mint.issue(42)
            .article(
                "The bridge is open",
                "The new bridge over the river opened on Monday.\n\nTraffic was light.",
            )
            .article_in(
                "fa",
                "پل باز شد",
                "پل تازهٔ رودخانه روز دوشنبه باز شد.\n\nرفت‌وآمد کم بود.",
            )
            .article(
                "Bread is dearer",
                "A loaf costs a fifth more than in spring.",
            )
    };
    let mut texts = draft();
    let bodies = texts
        .articles_mut()
        .iter()
        .map(|article| article.body.clone())
        .collect();
    (mint.clone(), draft().signed(&[0, 1]), bodies)
}

/// All vectors, by name.
#[must_use]
pub fn vectors() -> Vec<Vector> {
    let mut all = Vec::new();
    for family in [
        file::all,
        head::all,
        manifest::all,
        signature::all,
        statement::all,
        body::all,
        frame::all,
        content::all,
    ] {
        all.extend(family());
    }
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}
