//! What a verifier must say of a vector, and how that is written down.

use varaq_bundle::Hash;
use varaq_kit::{Mint, Sample};

/// A publisher that the reader has pinned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinLine {
    /// Publisher id in hex digits.
    pub id: String,
    /// Whether the code was checked.
    pub checked: bool,
    /// Its name.
    pub name: String,
}

impl PinLine {
    /// A pin of that publisher by its first name.
    #[must_use]
    pub fn of(mint: &Mint, checked: bool) -> Vec<PinLine> {
        vec![PinLine {
            id: mint.id().to_string(),
            checked,
            name: mint
                .last
                .names
                .first()
                .map_or("Example News".into(), |name| name.name.clone()),
        }]
    }
}

/// A file with one flaw.
#[derive(Clone, Debug)]
pub struct Vector {
    /// Its name says the flaw.
    pub name: String,
    /// Section of FORMAT.md.
    pub section: String,
    /// What a verifier might get wrong.
    pub purpose: String,
    /// Whom the reader knows.
    pub pins: Vec<PinLine>,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it must say.
    pub expect: Expect,
}

/// What a verifier must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    /// The verdict.
    pub verdict: String,
    /// The added lines.
    pub lines: Vec<String>,
    /// Exit code of `check`.
    pub exit: u8,
    /// n and m of "n of m articles", for verdicts with content.
    pub articles: Option<(u32, Option<u32>)>,
    /// Articles that decode, and those of them that section 5.3 refuses.
    pub readable: (u32, u32),
    /// BLAKE3 over the bytes of the articles that decode.
    pub digest: String,
    /// Readable notices of the channel; none where the issue has no notices pieces.
    pub notices: Option<u32>,
}

impl Expect {
    /// A verdict without content.
    #[must_use]
    pub fn refused(verdict: &str) -> Expect {
        let exit = match verdict {
            "NOT_A_BUNDLE" | "NEWER_FORMAT(signed)" | "NEWER_FORMAT(unproven)" => 10,
            "DAMAGED_HEAD" => 23,
            "OUT_OF_WINDOW" | "REVOKED_KEY" | "SUSPENDED_KEY" => 24,
            _ => 20,
        };
        Expect {
            verdict: verdict.into(),
            lines: Vec::new(),
            exit,
            articles: None,
            readable: (0, 0),
            digest: String::new(),
            notices: None,
        }
    }

    /// As it is written down.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("verdict: {}\n", self.verdict);
        for line in &self.lines {
            text += &format!("line: {line}\n");
        }
        text += &format!("exit: {}\n", self.exit);
        if let Some((n, m)) = self.articles {
            let m = m.map_or("?".into(), |m| m.to_string());
            text += &format!("articles: {n} of {m}\n");
            text += &format!(
                "readable: {}\nrefused: {}\n",
                self.readable.0, self.readable.1
            );
            text += &format!("digest: {}\n", self.digest);
            if let Some(notices) = self.notices {
                text += &format!("notices: {notices}\n");
            }
        }
        text
    }
}

impl Vector {
    /// The contents of `NAME.expect`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("purpose: {}\nsection: {}\n", self.purpose, self.section);
        for pin in &self.pins {
            let checked = if pin.checked { "checked" } else { "unchecked" };
            text += &format!("pin: {} {checked} {}\n", pin.id, pin.name);
        }
        text + &self.expect.text()
    }
}

/// What is found in a valid file: as much as the sample holds, less what the calls below say.
#[derive(Clone, Debug)]
pub struct Found {
    bodies: Vec<Vec<u8>>,
    whole: u32,
    listed: Option<u32>,
    refused: u32,
    partial: bool,
    complete: bool,
    damaged: Vec<String>,
    extra: u64,
    exit: u8,
    notices: Option<u32>,
}

impl Found {
    /// Everything, and nothing wrong.
    #[must_use]
    pub fn whole(sample: &Sample) -> Found {
        Found {
            bodies: sample.bodies.clone(),
            whole: sample.bodies.len() as u32,
            listed: Some(sample.bodies.len() as u32),
            refused: 0,
            partial: false,
            complete: true,
            damaged: Vec::new(),
            extra: 0,
            exit: 0,
            notices: None,
        }
    }

    /// Of the articles only these are there and readable.
    #[must_use]
    pub fn only(mut self, articles: &[usize]) -> Found {
        self.whole = articles.len() as u32;
        self.readable(articles)
    }

    /// Of the articles only these decode, although the pieces of more are whole.
    #[must_use]
    pub fn readable(mut self, articles: &[usize]) -> Found {
        self.bodies = articles.iter().map(|&at| self.bodies[at].clone()).collect();
        self
    }

    /// FRONT lists so many.
    #[must_use]
    pub fn of(mut self, listed: u32) -> Found {
        self.listed = Some(listed);
        self
    }

    /// FRONT is not readable: m is not known.
    #[must_use]
    pub fn unlisted(mut self) -> Found {
        self.listed = None;
        self
    }

    /// So many articles break section 5.3.
    #[must_use]
    pub fn refused(mut self, count: u32) -> Found {
        self.refused = count;
        self
    }

    /// So many notices of its own channel are readable.
    #[must_use]
    pub fn notices(mut self, count: u32) -> Found {
        self.notices = Some(count);
        self
    }

    /// Pieces are not in this copy.
    #[must_use]
    pub fn partial(mut self) -> Found {
        self.partial = true;
        self.complete = false;
        self.exit = self.exit.max(3);
        self
    }

    /// Not every piece is whole.
    #[must_use]
    pub fn incomplete(mut self) -> Found {
        self.complete = false;
        self
    }

    /// These parts are damaged; `exit` 22 if this file alone can mend them, else 23.
    #[must_use]
    pub fn damaged(mut self, parts: &[&str], exit: u8) -> Found {
        self.damaged = parts.iter().map(|part| (*part).to_owned()).collect();
        self.exit = self.exit.max(exit);
        self
    }

    /// So many bytes belong to nothing.
    #[must_use]
    pub fn extra(mut self, count: u64) -> Found {
        self.extra = count;
        self.exit = self.exit.max(22);
        self
    }

    pub(super) fn verdict(self, verdict: &str) -> Expect {
        let mut lines = Vec::new();
        if self.complete {
            lines.push("COMPLETE".to_owned());
        }
        if self.partial {
            let m = self.listed.map_or("?".into(), |m| m.to_string());
            lines.push(format!("PARTIAL({} of {m} articles)", self.whole));
        }
        if !self.damaged.is_empty() {
            lines.push(format!("DAMAGED({})", self.damaged.join(", ")));
        }
        if self.extra > 0 {
            lines.push(format!("EXTRA_BYTES({})", self.extra));
        }
        Expect {
            verdict: verdict.into(),
            lines,
            exit: self.exit,
            articles: Some((self.whole, self.listed)),
            readable: (self.bodies.len() as u32, self.refused),
            digest: Hash::of(&self.bodies.concat()).to_string(),
            notices: self.notices,
        }
    }
}
