//! Everything a run touches outside its arguments, so that a test can hold it in its hands.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The surroundings of one run: three streams, the environment, the day, Ctrl-C.
pub struct Io<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Talk.
    pub err: &'a mut dyn Write,
    /// Where a person answers a question; none: nobody is there to be asked.
    pub input: Option<&'a mut dyn BufRead>,
    /// Results go to a person: text of bundles is isolated.
    pub out_is_terminal: bool,
    /// Talk goes to a person: bars are drawn.
    pub err_is_terminal: bool,
    /// Whether `out` wants colours (a terminal, and no `NO_COLOR`).
    pub out_has_colour: bool,
    /// Whether `err` wants colours.
    pub err_has_colour: bool,
    /// `VARAQ_HOME`: where pins are kept, if not in the platform's data folder.
    pub home: Option<PathBuf>,
    /// `VARAQ_PASSPHRASE_FILE`: where the passphrase of keys is read from.
    pub passphrase_file: Option<PathBuf>,
    /// Days since 1970-01-01. It words a line; it decides nothing.
    pub today: u32,
    /// Becomes true when the person presses Ctrl-C.
    pub interrupted: Arc<AtomicBool>,
}

impl<'a> Io<'a> {
    /// Plain surroundings: no terminal, no environment, day 0.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Io<'a> {
        Io {
            out,
            err,
            input: None,
            out_is_terminal: false,
            err_is_terminal: false,
            out_has_colour: false,
            err_has_colour: false,
            home: None,
            passphrase_file: None,
            today: 0,
            interrupted: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Ctrl-C was pressed.
    pub fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Empties the buffers of both streams.
    ///
    /// # Errors
    /// Those of the streams.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.err.flush()
    }
}
