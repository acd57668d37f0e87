//! Ctrl-C: the first press asks the verb to stop at its next safe place, where it takes
//! its unfinished files away; the second ends the process at once with code 130.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::exit;

/// Watches for Ctrl-C (and SIGTERM) from now on.
///
/// # Errors
/// If the system takes no handler.
pub fn watch() -> io::Result<Arc<AtomicBool>> {
    let pressed = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // Order matters: the first press finds the flag down, passes, and raises it.
        flag::register_conditional_shutdown(
            signal,
            i32::from(exit::INTERRUPTED),
            Arc::clone(&pressed),
        )?;
        flag::register(signal, Arc::clone(&pressed))?;
    }
    Ok(pressed)
}
