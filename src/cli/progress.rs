//! How far long work is: a bar on a terminal, `progress` objects once a second with
//! `--json`, and nothing otherwise.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use crate::session::Session;

/// Work that ends sooner says nothing to scripts.
const FIRST_OBJECT: Duration = Duration::from_secs(1);

/// The progress of one verb. Dropping it takes the bar away.
pub struct Progress {
    bar: Option<ProgressBar>,
    told: Option<Instant>,
    began: Instant,
    verb: &'static str,
}

impl Progress {
    /// Begins; `verb` is what the `progress` object calls the work.
    pub fn new(session: &Session<'_, '_>, verb: &'static str) -> Progress {
        let draws = session.io.err_is_terminal && !session.quiet && !session.json;
        let now = Instant::now();
        Progress {
            bar: draws.then(bar),
            told: session.json.then_some(now),
            began: now,
            verb,
        }
    }

    /// `done` of `total` bytes; a total of 0 is not known yet.
    pub fn at(&mut self, session: &mut Session<'_, '_>, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_length(total);
            bar.set_position(done);
        }
        let due = self.told.is_some_and(|told| told.elapsed() >= FIRST_OBJECT);
        if due {
            self.told = Some(Instant::now());
            let per_second = done as f64 / self.began.elapsed().as_secs_f64();
            let object = json!({
                "type": "progress", "verb": self.verb, "bytes": done,
                "total_bytes": total, "bytes_per_second": per_second as u64,
                "seconds_left": seconds_left(total.saturating_sub(done), per_second),
            });
            // A reader that went away is noticed by the next result.
            let _ = session.object(&object);
        }
    }

    /// `done` of `total` things that are no bytes; `what` they are.
    #[cfg(feature = "press-import")]
    pub fn count(&mut self, session: &mut Session<'_, '_>, what: &str, done: u64, total: u64) {
        if let Some(bar) = &self.bar {
            bar.set_message(format!("{done} of {total} {what}"));
        }
        let due = self.told.is_some_and(|told| told.elapsed() >= FIRST_OBJECT);
        if due {
            self.told = Some(Instant::now());
            let object = json!({
                "type": "progress", "verb": self.verb, "what": what, "done": done, "total": total,
            });
            // A reader that went away is noticed by the next result.
            let _ = session.object(&object);
        }
    }

    /// Runs `write` with the bar out of the way, so that lines do not tangle with it.
    pub fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// None as long as nothing is done.
fn seconds_left(bytes: u64, per_second: f64) -> Option<u64> {
    (per_second > 0.0).then(|| (bytes as f64 / per_second).ceil() as u64)
}

fn bar() -> ProgressBar {
    const TEMPLATE: &str = "{wide_bar} {msg} {bytes}/{total_bytes} {bytes_per_sec} {eta}";
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    match ProgressStyle::with_template(TEMPLATE) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
