//! `varaq publisher name` and `cadence`: what readers see beside the code.

use std::path::PathBuf;

use clap::Args;
use varaq_press::statement::Changes;
use varaq_trust::Name;

use super::making::{Made, Making, Protection};
use super::named;
use crate::failure::Failure;
use crate::session::Session;

const NAME_EXAMPLES: &str = "\
Examples:
  varaq publisher name desk ckb=\"نموونە\"             (a further language)
  varaq publisher name desk en=\"The New Example\"     (another name in English)
  varaq publisher name desk --drop fa";

const CADENCE_EXAMPLES: &str = "\
Examples:
  varaq publisher cadence desk 7     (an issue every week)
  varaq publisher cadence desk 0     (no promise)";

/// `publisher name`
#[derive(Args, Debug)]
#[command(after_help = NAME_EXAMPLES)]
pub struct Names {
    /// The publisher's folder
    dir: PathBuf,
    /// A name in a language, such as fa="نمونه"
    #[arg(value_name = "LANG=NAME", required_unless_present = "drop", value_parser = parse_name)]
    names: Vec<Name>,
    /// A language in which there is no name any more
    #[arg(long, value_name = "LANG")]
    drop: Vec<String>,
    #[command(flatten)]
    making: Making,
}

/// `publisher cadence`
#[derive(Args, Debug)]
#[command(after_help = CADENCE_EXAMPLES)]
pub struct Cadence {
    /// The publisher's folder
    dir: PathBuf,
    /// Days between issues, 0 = no promise
    #[arg(value_parser = clap::value_parser!(u16).range(0..=3_650))]
    days: u16,
    #[command(flatten)]
    making: Making,
}

/// `LANG=NAME`, both as a root statement can hold them.
pub fn parse_name(text: &str) -> Result<Name, String> {
    let (language, name) = text
        .split_once('=')
        .ok_or("expected LANG=NAME, such as en=\"The Example\"")?;
    Name::new(language, name).map_err(|error| error.to_string())
}

impl Names {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let mut names = folder.chain().names().to_vec();
        for language in &self.drop {
            if !names.iter().any(|one| one.language == *language) {
                return Err(Failure::usage(format!("there is no name in {language}")));
            }
        }
        let replaced = |one: &Name| self.names.iter().any(|new| new.language == one.language);
        names.retain(|one| !self.drop.contains(&one.language) && !replaced(one));
        names.extend(self.names);
        if names.is_empty() {
            return Err(Failure::usage("a publisher has at least one name"));
        }
        let changes = Changes {
            names,
            ..Changes::default()
        };
        let (made, protection) = (Made::default(), Protection::default());
        self.making
            .statement(session, &folder, &changes, made, &protection)
    }
}

impl Cadence {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let folder = named::folder(&self.dir)?;
        let changes = Changes {
            cadence: Some(self.days),
            ..Changes::default()
        };
        let (made, protection) = (Made::default(), Protection::default());
        self.making
            .statement(session, &folder, &changes, made, &protection)
    }
}
