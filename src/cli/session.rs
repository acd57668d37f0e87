//! One run: results on stdout, talk on stderr, and both as JSON Lines when asked.

use std::io::{self, BufRead, Read};

use serde_json::{Value, json};

use crate::Io;
use crate::args::Global;
use crate::failure::Failure;
use crate::words;

const MAX_ANSWER_BYTES: u64 = 256;
const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const GREEN: &str = "\u{1b}[32m";
const PLAIN: &str = "\u{1b}[0m";

/// The surroundings and the options that hold for every verb.
pub struct Session<'i, 'a> {
    /// Streams, environment, Ctrl-C.
    pub io: &'i mut Io<'a>,
    /// `--json`: one object a line on stdout.
    pub json: bool,
    /// `-q`: no talk but errors.
    pub quiet: bool,
    /// `-v`: more talk.
    pub verbose: bool,
}

/// How a word stands out. Never the only sign: the word itself says it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Look twice.
    Careful,
    /// Wrong.
    Bad,
}

impl<'i, 'a> Session<'i, 'a> {
    /// A run with the options of its command line.
    pub fn new(io: &'i mut Io<'a>, global: &Global) -> Session<'i, 'a> {
        Session {
            io,
            json: global.json,
            quiet: global.quiet,
            verbose: global.verbose > 0,
        }
    }

    /// A line of results.
    ///
    /// # Errors
    /// Those of stdout.
    pub fn line(&mut self, line: &str) -> Result<(), Failure> {
        Ok(writeln!(self.io.out, "{line}")?)
    }

    /// A result for scripts: one object on one line, with its `"type"`.
    ///
    /// # Errors
    /// Those of stdout.
    pub fn object(&mut self, object: &Value) -> Result<(), Failure> {
        serde_json::to_writer(&mut *self.io.out, object).map_err(io::Error::from)?;
        Ok(self.io.out.write_all(b"\n")?)
    }

    /// Talk: `varaq: …`, unless `-q`. A closed stderr is not an error.
    pub fn note(&mut self, text: &str) {
        if !self.quiet {
            let _ = writeln!(self.io.err, "varaq: {text}");
        }
    }

    /// Talk that is only wanted with `-v`.
    pub fn detail(&mut self, text: &str) {
        if self.verbose {
            self.note(text);
        }
    }

    /// Something that did not stop the work, but should be looked at. Shown with `-q` too.
    pub fn warn(&mut self, text: &str) {
        let word = self.err_word("warning:", Tone::Careful);
        let _ = writeln!(self.io.err, "varaq: {word} {text}");
    }

    /// Tells why a verb stopped, and with `--json` also as an object.
    pub fn fail(&mut self, failure: &Failure) {
        if failure.is_closed_pipe() {
            return;
        }
        self.tell(failure);
        if self.json {
            let object = json!({
                "type": "error", "error": failure.what, "causes": failure.causes,
                "hint": failure.hint, "exit_code": failure.code,
            });
            // Stdout may be what failed; the words are on stderr already.
            let _ = self.object(&object);
        }
    }

    /// `varaq: error: …`, causes, hint. A closed stderr is not an error.
    fn tell(&mut self, failure: &Failure) {
        let word = self.err_word("error:", Tone::Bad);
        let mut text = format!("varaq: {word} {}\n", failure.what);
        for cause in &failure.causes {
            text.push_str(&format!("  cause: {cause}\n"));
        }
        if let Some(hint) = &failure.hint {
            text.push_str(&format!("  hint: {hint}\n"));
        }
        let _ = self.io.err.write_all(text.as_bytes());
    }

    /// Asks a person; anything but `y` or `yes` is no.
    ///
    /// # Errors
    /// If nobody is there to be asked.
    pub fn confirm(&mut self, question: &str) -> Result<bool, Failure> {
        // What is asked about must be on the screen first.
        self.io.out.flush()?;
        let Some(input) = self.io.input.as_mut() else {
            return Err(Failure::failed("there is no terminal to ask for consent")
                .hint("--yes says it beforehand"));
        };
        let _ = write!(self.io.err, "varaq: {question} [y/N] ");
        let _ = self.io.err.flush();
        let mut answer = String::new();
        let read = input.take(MAX_ANSWER_BYTES).read_line(&mut answer);
        read.map_err(|error| Failure::failed("cannot read the answer").because(&error))?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Text of a bundle inside a line for a person.
    pub fn foreign(&self, text: &str) -> String {
        if self.io.out_is_terminal {
            words::isolated(text)
        } else {
            words::harmless(text, false)
        }
    }

    /// A word for stdout, coloured when the terminal wants it.
    pub fn out_word(&self, word: &str, tone: Tone) -> String {
        painted(word, tone, self.io.out_has_colour)
    }

    fn err_word(&self, word: &str, tone: Tone) -> String {
        painted(word, tone, self.io.err_has_colour)
    }
}

fn painted(word: &str, tone: Tone, colour: bool) -> String {
    if !colour {
        return word.to_owned();
    }
    let paint = match tone {
        Tone::Good => GREEN,
        Tone::Careful => YELLOW,
        Tone::Bad => RED,
    };
    format!("{paint}{word}{PLAIN}")
}
