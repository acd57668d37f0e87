//! A small issue in memory.

use crate::Mint;
use std::io::Cursor;
use std::ops::ControlFlow;
use varaq_article::{Article, Block, Inline, Role, word_count};
use varaq_bundle::{
    ArticleId, Bundle, Day, Direction, Entry, Issue, IssueWriter, Limits, MediumSource, NewArticle,
    NewMedium, Notice, PackOptions, Slack, Span,
};

/// The id that the kit gives to the article with this name.
#[must_use]
pub fn article_id(name: &str) -> ArticleId {
    let mut id = [0; 8];
    id.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..8]);
    ArticleId(id)
}

/// Options that make a bundle as small as it can be: hardly any slack, quick compression.
#[must_use]
pub fn tight() -> PackOptions {
    PackOptions {
        level: 3,
        slack: Slack::Bytes(512),
        ..PackOptions::default()
    }
}

/// An issue that is being put together.
#[derive(Debug)]
pub struct Draft<'m> {
    mint: &'m Mint,
    /// What the issue says about itself; free to be changed.
    pub issue: Issue,
    /// How it is packed; [`tight`] unless changed.
    pub options: PackOptions,
    articles: Vec<NewArticle>,
    notices: Vec<Notice>,
}

impl<'m> Draft<'m> {
    pub(crate) fn new(mint: &'m Mint, number: u32) -> Draft<'m> {
        Draft {
            mint,
            issue: Issue {
                publisher: mint.id().into(),
                channel: "main".into(),
                epoch: 1,
                number,
                prev: None,
                day: Day(20_454),
                root: mint.root(),
                title: format!("Issue {number}"),
                language: "en".into(),
                sections: vec!["News".into()],
                lead: None,
                own: mint.own.encode().unwrap(),
                notes: Vec::new(),
            },
            options: tight(),
            articles: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Adds an English article: paragraphs are parted by empty lines.
    #[must_use]
    pub fn article(self, title: &str, text: &str) -> Draft<'m> {
        self.article_in("en", title, text)
    }

    /// Adds an article in a language.
    #[must_use]
    pub fn article_in(self, language: &str, title: &str, text: &str) -> Draft<'m> {
        let paragraph = |words: &str| Block::Paragraph {
            role: Role::Body,
            text: vec![Inline::Text(words.to_owned())],
        };
        let blocks = text.split("\n\n").map(paragraph).collect();
        self.blocks(language, title, &Article { blocks }, Vec::new())
    }

    /// Adds an article of any blocks, with its media and their bytes.
    #[must_use]
    pub fn blocks(
        self,
        language: &str,
        title: &str,
        article: &Article,
        media: Vec<(varaq_bundle::Medium, Vec<u8>)>,
    ) -> Draft<'m> {
        let words = word_count(article);
        let media = media
            .into_iter()
            .map(|(medium, bytes)| NewMedium {
                medium,
                source: MediumSource::Bytes(bytes),
            })
            .collect();
        self.raw(
            language,
            title,
            varaq_article::encode(article),
            words,
            media,
        )
    }

    /// Adds an article whose body may be anything.
    #[must_use]
    pub fn raw(
        mut self,
        language: &str,
        title: &str,
        body: Vec<u8>,
        words: u64,
        media: Vec<NewMedium>,
    ) -> Draft<'m> {
        let rtl = matches!(language, "fa" | "ar" | "ckb");
        self.articles.push(NewArticle {
            entry: Entry {
                id: article_id(title),
                version: 1,
                group: None,
                title: title.to_owned(),
                byline: String::new(),
                section: 0,
                language: language.to_owned(),
                direction: if rtl {
                    Direction::RightToLeft
                } else {
                    Direction::LeftToRight
                },
                day: self.issue.day,
                words,
                span: Span::default(),
                media: Vec::new(),
                extras: Vec::new(),
            },
            body,
            media,
            prefix_group: u32::from(rtl),
        });
        self
    }

    /// The articles so far; free to be changed.
    #[must_use]
    pub fn articles_mut(&mut self) -> &mut Vec<NewArticle> {
        &mut self.articles
    }

    /// Adds a notice.
    #[must_use]
    pub fn notice(mut self, notice: Notice) -> Draft<'m> {
        self.notices.push(notice);
        self
    }

    /// Gives the head that much room for signatures.
    #[must_use]
    pub fn slack(mut self, bytes: u32) -> Draft<'m> {
        self.options.slack = Slack::Bytes(bytes);
        self
    }

    /// The unsigned draft.
    #[must_use]
    pub fn unsigned(self) -> Vec<u8> {
        let spool = || Ok(Cursor::new(Vec::new()));
        let mut writer = IssueWriter::new(self.issue, self.options, spool).unwrap();
        for article in self.articles {
            writer.add(article).unwrap();
        }
        writer.add_notices(self.notices).unwrap();
        let mut out = Cursor::new(Vec::new());
        writer
            .finish(&mut out, &mut |_| ControlFlow::Continue(()))
            .unwrap();
        out.into_inner()
    }

    /// The issue, signed by these slots of the desk.
    #[must_use]
    pub fn signed(self, slots: &[u8]) -> Vec<u8> {
        let mint = self.mint;
        let mut bytes = self.unsigned();
        let bundle = Bundle::open(Cursor::new(&bytes), &Limits::default()).unwrap();
        let signatures = mint.signatures(&bundle.head().manifest, slots);
        let head = bundle.head().amended(Some(signatures), None).unwrap();
        let slack = head.to_slack();
        bytes[..slack.len()].copy_from_slice(&slack);
        bytes
    }
}
