//! Flags that say how exports of other programs are read.

use clap::Args;
use varaq_press::import::{ExportOptions, Forwards, SiteSelect};

/// How exports are read; without any flag only what is the publisher's own is taken.
#[derive(Args, Debug)]
pub(super) struct Exports {
    /// The same for pages of one site, such as example.org=.story; several times
    #[arg(long, value_name = "SITE=ELEMENT")]
    select: Vec<SiteSelect>,
    /// A book is one article, not one for each chapter
    #[arg(long)]
    one: bool,
    /// Of a Telegram account's whole export, the channel to read: its name or number
    #[arg(long, value_name = "NAME")]
    telegram_channel: Option<String>,
    /// What a channel forwarded: leave it out, keep it, or name where it comes from too
    #[arg(long, value_name = "leave|keep|name", default_value = "leave")]
    forwards: Forwards,
    /// Name those who signed posts of a channel as their authors
    #[arg(long)]
    post_authors: bool,
    /// A line to cut from the end of a channel's posts, * stands for anything; several times [default: those that end most posts]
    #[arg(long, value_name = "LINE")]
    tail: Vec<String>,
}

impl Exports {
    pub(super) fn options(self) -> ExportOptions {
        ExportOptions {
            whole_book: self.one,
            selects: self.select,
            channel: self.telegram_channel,
            forwards: self.forwards,
            authors: self.post_authors,
            tails: self.tail,
        }
    }
}
