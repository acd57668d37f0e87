//! The pins of the person who runs the tool: read before every verdict, written by
//! `varaq trust` alone.

use varaq_shelf::PinFile;
use varaq_trust::Pins;

use crate::failure::Failure;
use crate::session::Session;

/// Where pins are kept: `VARAQ_HOME`, or the platform's data folder.
pub fn file(session: &Session<'_, '_>) -> Result<PinFile, Failure> {
    let cannot = || {
        Failure::failed("there is no folder to keep trusted publishers in")
            .hint("set VARAQ_HOME to a folder")
    };
    match &session.io.home {
        Some(home) => Ok(PinFile::in_folder(home)),
        None => PinFile::of_platform().ok_or_else(cannot),
    }
}

/// All pins. A list that cannot be read is an error, not an empty list: a damaged file
/// must not turn a known publisher into a stranger without a word.
pub fn load(session: &Session<'_, '_>) -> Result<Pins, Failure> {
    file(session)?.load().map_err(|error| {
        Failure::failed("cannot read the list of trusted publishers")
            .because(&error)
            .hint("a damaged list was set aside: run the command again to start with an empty one")
    })
}

/// Keeps pins in place of those that were kept before.
pub fn save(session: &Session<'_, '_>, pins: &Pins) -> Result<(), Failure> {
    let kept = file(session)?.save(pins);
    kept.map_err(|error| {
        Failure::failed("cannot write the list of trusted publishers").because(&error)
    })
}
