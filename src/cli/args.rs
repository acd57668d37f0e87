//! The command line: every verb, its options and its examples. Flags are a contract
//! with scripts; they are added, not changed.

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::exit;
use crate::verb;

/// Signed issues that travel without a network: pack, sign, check, read.
#[derive(Debug, Parser)]
#[command(name = "varaq", version, about, long_about = None, max_term_width = 100)]
#[command(after_help = exit::TABLE, disable_help_subcommand = true)]
pub struct Arguments {
    /// Options of every verb.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Options that every verb takes.
#[derive(Args, Clone, Debug, Default)]
pub struct Global {
    /// Write results as JSON Lines, each with a "type"
    #[arg(long, global = true)]
    pub json: bool,
    /// Say nothing but results, warnings and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// The verbs, in the order in which a publisher, a distributor and a reader meet them.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Create a publisher, show one, change its keys
    #[command(subcommand)]
    Publisher(Box<verb::publisher::Publisher>),
    /// Pack a folder of articles into an unsigned issue
    #[cfg(feature = "press-import")]
    Pack(Box<verb::pack::Pack>),
    /// Write a draft as plain HTML, for a colleague who looks it over
    #[cfg(feature = "press-import")]
    Preview(verb::preview::Preview),
    /// Add a signature to an issue
    Sign(verb::sign::Sign),
    /// Correct or retract what was published
    #[cfg(feature = "press-import")]
    #[command(subcommand)]
    Notice(verb::notice::Notice),
    /// Check files, folders and sticks without reading any article
    Check(verb::check::Check),
    /// Copy bundles to a stick, read back before they get their names
    Copy(verb::copy::Copy),
    /// Write a bundle anew without bytes that are not its own
    Clean(verb::clean::Clean),
    /// Rebuild a whole bundle from damaged copies, repair data or the image of a stick
    Repair(verb::repair::Repair),
    /// Make repair data, or check it
    #[command(subcommand)]
    Parity(verb::parity::Parity),
    /// Split a bundle into parts of which any few rebuild it
    Split(verb::split::Split),
    /// Join parts to the bundle that they are of
    Join(verb::join::Join),
    /// Tell what a bundle is, who signed it and what it holds
    Info(verb::info::Info),
    /// List the articles of an issue
    List(verb::list::List),
    /// Print one article
    Show(verb::show::Show),
    /// Write the articles and pictures of an issue into a folder
    Extract(verb::extract::Extract),
    /// Write what was signed as files for a second opinion by ssh-keygen and b3sum
    Export(verb::export::Export),
    /// Lay out a stick: bundles, the reader, and a page that says what to click
    Stick(verb::stick::Stick),
    /// List a folder of bundles for mirrors, or hold a mirror against its list
    Catalog(verb::catalog::Catalog),
    /// Make a smaller copy: text alone, some sections, without the biggest pictures
    Lite(verb::lite::Lite),
    /// Write what an issue has that another has not, and put the whole together again
    Delta(verb::delta::Delta),
    /// Send bundles over a channel that leads one way
    Carousel(verb::carousel::Carousel),
    /// Put bundles together from recordings of such a channel
    Collect(verb::collect::Collect),
    /// Make a torrent of a bundle, for others to fetch and to seed
    Torrent(verb::torrent::Torrent),
    /// Search the articles on the shelf, or in files and folders
    #[cfg(feature = "shelf")]
    Search(Box<verb::search::Search>),
    /// Keep issues to read and to search later
    #[cfg(feature = "shelf")]
    #[command(subcommand)]
    Shelf(Box<verb::shelf::ShelfVerb>),
    /// Decide which publishers to trust
    #[command(subcommand)]
    Trust(verb::trust::Trust),
    /// Write completions for a shell
    Completions(verb::completions::Completions),
}
