//! Folders of Markdown, pages of HTML, and exports of other programs, to articles.
//!
//! In: files and folders, as Hugo, Zola, Jekyll or a plain folder keep them. Out:
//! [`Article`](varaq_article::Article)s with what the catalog says about them, in the
//! order of the issue, and a [`Warning`] for everything that was left out or changed.
//! It happens in two steps, so that memory does not grow with the issue: [`survey`]
//! reads what stands above each article and decides on order, sections and ids;
//! [`Source::read`] then turns one article after another into blocks.
//!
//! Decisions:
//! - Order: the lead first, then by weight (those without one last), then the newest
//!   day first, then by path.
//! - Drafts (`draft: true`, `published: false`, `_drafts`) are left out, and so is what
//!   is dated after the day of the issue: an embargo is a promise. An `expirydate` that
//!   has passed is told, but the article stays: an issue is an archive.
//! - Only the day of a date is kept, as it is written; clock time and zone are not.
//! - A section page (`_index.md`) gives its folder a name and is no article.

mod archive;
mod attachment;
mod batch;
mod blocks;
mod build;
mod call;
mod choices;
mod classic;
mod clean;
mod epub;
mod export;
mod feed;
mod front;
mod html;
mod identity;
mod json;
mod kind;
mod language;
mod markdown;
mod name_place;
mod page;
mod page_file;
mod place;
mod readable;
mod rest;
mod runs;
mod saved;
mod selector;
mod shortcode;
mod source;
mod spans;
mod survey;
mod table;
mod telegram;
mod walk;
mod warning;
mod wordpress;
mod xml;

pub use batch::batch;
pub use choices::{BadSelect, ExportOptions, Forwards, SiteSelect, UnknownForwards};
pub use clean::plain_line;
pub use kind::{SourceKind, UnknownKind};
pub use language::tag as language_tag;
pub use place::{Inside, PictureSource};
pub use selector::{BadSelector, Selector};
pub use source::{SourceArticle, read_all};
pub use survey::{ImportError, ImportOptions, Source, Survey, survey};
pub use warning::Warning;
