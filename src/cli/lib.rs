//! varaq: arguments in, words out.
//!
//! In come the arguments and an [`Io`]; out go results (stdout), talk (stderr) and an
//! exit code ([`exit`]). Nothing here reads a global but through `Io`, so a test runs
//! the whole tool in its own process. Each verb is a file under `verb/`.

mod amount;
mod args;
mod article;
mod carried;
mod digits;
pub mod exit;
mod failure;
mod file;
mod folder;
mod interrupt;
mod io;
#[cfg(feature = "shelf")]
mod library;
mod mended;
mod notice;
mod picture;
mod plain;
mod progress;
mod reading;
mod remarks;
mod secret;
mod session;
mod state;
mod verb;
mod vetted;
mod words;

use std::ffi::OsString;

use clap::Parser;

pub use interrupt::watch as watch_interrupts;
pub use io::Io;

use args::{Arguments, Global, Verb};
use failure::Failure;
use session::Session;

/// Runs one command line; `args[0]` is the program's name.
///
/// Returns the exit code. Every failure has been told by then.
pub fn run(args: impl IntoIterator<Item = OsString>, io: &mut Io<'_>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let code = match Arguments::try_parse_from(&args) {
        Ok(arguments) => run_verb(arguments, io),
        Err(error) => not_understood(&error, &args, io),
    };
    // Only a stream that is gone can fail here, and nobody is left to tell.
    let _ = io.flush();
    code
}

fn run_verb(arguments: Arguments, io: &mut Io<'_>) -> u8 {
    let mut session = Session::new(io, &arguments.global);
    let done = match arguments.verb {
        Verb::Publisher(verb) => verb.run(&mut session),
        #[cfg(feature = "press-import")]
        Verb::Pack(verb) => verb.run(&mut session),
        #[cfg(feature = "press-import")]
        Verb::Preview(verb) => verb.run(&mut session),
        Verb::Sign(verb) => verb.run(&mut session),
        #[cfg(feature = "press-import")]
        Verb::Notice(verb) => verb.run(&mut session),
        Verb::Check(verb) => verb.run(&mut session),
        Verb::Copy(verb) => verb.run(&mut session),
        Verb::Clean(verb) => verb.run(&mut session),
        Verb::Repair(verb) => verb.run(&mut session),
        Verb::Parity(verb) => verb.run(&mut session),
        Verb::Split(verb) => verb.run(&mut session),
        Verb::Join(verb) => verb.run(&mut session),
        Verb::Info(verb) => verb.run(&mut session),
        Verb::List(verb) => verb.run(&mut session),
        Verb::Show(verb) => verb.run(&mut session),
        Verb::Extract(verb) => verb.run(&mut session),
        Verb::Export(verb) => verb.run(&mut session),
        Verb::Stick(verb) => verb.run(&mut session),
        Verb::Catalog(verb) => verb.run(&mut session),
        Verb::Lite(verb) => verb.run(&mut session),
        Verb::Delta(verb) => verb.run(&mut session),
        Verb::Carousel(verb) => verb.run(&mut session),
        Verb::Collect(verb) => verb.run(&mut session),
        Verb::Torrent(verb) => verb.run(&mut session),
        #[cfg(feature = "shelf")]
        Verb::Search(verb) => verb.run(&mut session),
        #[cfg(feature = "shelf")]
        Verb::Shelf(verb) => verb.run(&mut session),
        Verb::Trust(verb) => verb.run(&mut session),
        Verb::Completions(verb) => verb.run(&mut session),
    };
    done.unwrap_or_else(|failure| {
        session.fail(&failure);
        failure.code
    })
}

/// `--help` and `--version` are results; everything else is wrong usage.
fn not_understood(error: &clap::Error, args: &[OsString], io: &mut Io<'_>) -> u8 {
    let text = if io.err_has_colour {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    if !error.use_stderr() {
        return match io.out.write_all(text.as_bytes()) {
            Ok(()) => exit::GOOD,
            Err(error) => Failure::from(error).code,
        };
    }
    let _ = write!(io.err, "varaq: {text}");
    if args.iter().any(|arg| arg == "--json") {
        let global = Global {
            json: true,
            ..Global::default()
        };
        let what = error.render().to_string();
        let what = what
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches("error: ");
        let object = serde_json::json!({ "type": "error", "error": what, "causes": [], "hint": null, "exit_code": exit::USAGE });
        let _ = Session::new(io, &global).object(&object);
    }
    exit::USAGE
}
