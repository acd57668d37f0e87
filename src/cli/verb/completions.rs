//! `varaq completions`: a script for the reader's shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::args::Arguments;
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  varaq completions bash > ~/.local/share/bash-completion/completions/varaq
  varaq completions fish > ~/.config/fish/completions/varaq.fish";

/// Writes completions for a shell.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Completions {
    /// Which shell
    shell: Shell,
}

impl Completions {
    /// Writes the script to stdout.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "varaq", &mut script);
        session.io.out.write_all(&script)?;
        Ok(exit::GOOD)
    }
}
