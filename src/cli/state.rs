//! The state of the person who runs the tool: whom they trust, and what they have met.
//! Read before every verdict; written by `varaq trust`, and when a verdict has proven
//! something new about a publisher they trust.

use varaq_bundle::Day;
use varaq_shelf::StateFile;
use varaq_trust::{Learned, RELEASED, State, View};

use crate::failure::Failure;
use crate::session::Session;

/// Where the state is kept: `VARAQ_HOME`, or the platform's data folder.
pub fn file(session: &Session<'_, '_>) -> Result<StateFile, Failure> {
    let cannot = || {
        Failure::failed("there is no folder to keep trusted publishers in")
            .hint("set VARAQ_HOME to a folder")
    };
    match &session.io.home {
        Some(home) => Ok(StateFile::in_folder(home)),
        None => StateFile::of_platform().ok_or_else(cannot),
    }
}

/// The state. One that cannot be read is an error, not an empty one: a damaged file
/// must not turn a known publisher into a stranger without a word.
pub fn load(session: &Session<'_, '_>) -> Result<State, Failure> {
    file(session)?.load().map_err(|error| {
        Failure::failed("cannot read the list of trusted publishers")
            .because(&error)
            .hint("a damaged list was set aside: run the command again to start with an empty one")
    })
}

/// Changes the state and keeps it.
pub fn update(
    session: &Session<'_, '_>,
    change: impl FnOnce(&mut State),
) -> Result<State, Failure> {
    file(session)?.update(change).map_err(|error| {
        Failure::failed("cannot write the list of trusted publishers").because(&error)
    })
}

/// What this person brings to a verdict.
pub fn view<'a>(session: &Session<'_, '_>, state: &'a State) -> View<'a> {
    View::new(&state.pins, &state.evidence).on(Day(session.io.today), RELEASED)
}

/// Keeps what a verdict has proven of trusted publishers. A folder that cannot be written
/// is no reason not to read: it is said, and that is all.
pub fn learn(session: &mut Session<'_, '_>, learned: &Learned) {
    let kept = file(session).and_then(|file| {
        file.learn(learned)
            .map_err(|error| Failure::failed("it cannot be written").because(&error))
    });
    if let Err(failure) = kept {
        session.warn(&format!(
            "what this bundle proves about its publisher could not be kept: {}",
            failure.causes.join(": ")
        ));
    }
}
