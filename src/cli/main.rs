//! The `varaq` program: hands the process's streams, environment and clock to the
//! library, and its exit code back.

use std::io::{self, BufWriter, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anstream::{AutoStream, ColorChoice};
use varaq_cli::Io;

fn main() -> ExitCode {
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let (out_is_terminal, err_is_terminal) = (stdout.is_terminal(), stderr.is_terminal());
    // Both look at NO_COLOR, CLICOLOR and TERM, and translate for old Windows consoles.
    let out_has_colour = AutoStream::choice(&stdout) != ColorChoice::Never;
    let err_has_colour = AutoStream::choice(&stderr) != ColorChoice::Never;
    // A person wants each line at once; a pipe wants few writes.
    let capacity = if out_is_terminal { 0 } else { 64 * 1024 };
    let mut out = BufWriter::with_capacity(capacity, AutoStream::auto(stdout));
    let mut err = AutoStream::auto(stderr);
    let mut input = stdin.is_terminal().then(|| stdin.lock());
    let mut io = Io::new(&mut out, &mut err);
    io.input = input.as_mut().map(|input| input as &mut dyn io::BufRead);
    io.out_is_terminal = out_is_terminal;
    io.err_is_terminal = err_is_terminal;
    io.out_has_colour = out_has_colour;
    io.err_has_colour = err_has_colour;
    io.home = variable("VARAQ_HOME");
    io.passphrase_file = variable("VARAQ_PASSPHRASE_FILE");
    io.today = today();
    if let Ok(pressed) = varaq_cli::watch_interrupts() {
        io.interrupted = Arc::clone(&pressed);
    }
    ExitCode::from(varaq_cli::run(std::env::args_os(), &mut io))
}

/// An environment variable that names a path; an empty one counts as not set.
fn variable(name: &str) -> Option<std::path::PathBuf> {
    std::env::var_os(name)
        .filter(|value| !value.is_empty())
        .map(Into::into)
}

/// Days since 1970-01-01 by the PC's clock, 0 if it stands before that.
#[expect(
    clippy::disallowed_methods,
    reason = "only binaries read the clock; it words a line and decides nothing"
)]
fn today() -> u32 {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    u32::try_from(seconds / 86_400).unwrap_or(u32::MAX)
}
