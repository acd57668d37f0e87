//! What a newsroom may decide about exports, and how each is read if it says nothing.

use super::selector::Selector;
use std::fmt;
use std::str::FromStr;

/// How exports are read. The default takes what is the publisher's own and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportOptions {
    /// A book is one article, not one for each chapter.
    pub whole_book: bool,
    /// Which element of a saved page is the article, by the page's site.
    pub selects: Vec<SiteSelect>,
    /// Which channel of an account's whole export is meant: its name or its number.
    pub channel: Option<String>,
    /// What becomes of posts that a channel forwarded.
    pub forwards: Forwards,
    /// True: who signed a post is named as its author.
    pub authors: bool,
    /// Lines at the end of posts that are the channel's signature and are cut; `*` stands for
    /// anything. Empty: the lines that end most posts.
    pub tails: Vec<String>,
}

/// What becomes of posts that a channel forwarded from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Forwards {
    /// They are left out and counted.
    #[default]
    Leave,
    /// They are kept; nobody learns where they come from.
    Keep,
    /// They are kept, and where they come from is written above them.
    Name,
}

impl FromStr for Forwards {
    type Err = UnknownForwards;

    fn from_str(word: &str) -> Result<Forwards, UnknownForwards> {
        match word {
            "leave" => Ok(Forwards::Leave),
            "keep" => Ok(Forwards::Keep),
            "name" => Ok(Forwards::Name),
            _ => Err(UnknownForwards {
                found: word.to_owned(),
            }),
        }
    }
}

/// A word that does not say what becomes of forwarded posts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected leave, keep or name, found {found}")]
pub struct UnknownForwards {
    /// The word.
    pub found: String,
}

/// `example.org=article .story`: which element is the article on the pages of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteSelect {
    /// The site's name, in small letters, without `www.`; its subdomains are meant too.
    pub site: String,
    /// The element.
    pub selector: Selector,
}

impl SiteSelect {
    /// Whether a page of this address is meant.
    pub(super) fn fits(&self, address: &str) -> bool {
        let host = host(address);
        let rest = host.strip_suffix(&self.site);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}

/// The name of the site in an address, without `www.` and port.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let host = host.trim().to_ascii_lowercase();
    host.strip_prefix("www.").unwrap_or(&host).to_owned()
}

impl FromStr for SiteSelect {
    type Err = BadSelect;

    fn from_str(words: &str) -> Result<SiteSelect, BadSelect> {
        let (site, selector) = words.split_once('=').ok_or(BadSelect::Shape)?;
        let site = host(site);
        if site.is_empty() {
            return Err(BadSelect::Shape);
        }
        let selector = selector.parse().map_err(BadSelect::Selector)?;
        Ok(SiteSelect { site, selector })
    }
}

/// Why words name no element of a site's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSelect {
    /// There is no site or no `=`.
    Shape,
    /// The element is not understood.
    Selector(super::selector::BadSelector),
}

impl fmt::Display for BadSelect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadSelect::Shape => f.write_str("expected SITE=ELEMENT such as example.org=.story"),
            BadSelect::Selector(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BadSelect {}
