//! Times of frames on standard error, for `benches/window.sh`: only when `VARAQ_TIMING` is set, and nothing but numbers.
use std::time::{Duration, Instant};

/// Frames of a line.
const LINE: usize = 200;
/// Frames that follow each other no later than this are drawn as fast as they can be: scrolling.
const AT_ONCE: Duration = Duration::from_millis(150);

/// The times of the frames since the last line.
pub(super) struct Timing {
    on: bool,
    started: Option<Instant>,
    frames: u64,
    begun: Option<Instant>,
    /// Milliseconds of our code, of a frame with its triangles handed to the driver, and between the beginnings of two.
    ours: Vec<f32>,
    whole: Vec<f32>,
    apart: Vec<f32>,
}

impl Timing {
    /// `started`: when the program was.
    pub(super) fn new(started: Option<Instant>) -> Self {
        Self {
            on: std::env::var_os("VARAQ_TIMING").is_some(),
            started,
            frames: 0,
            begun: None,
            ours: Vec::new(),
            whole: Vec::new(),
            apart: Vec::new(),
        }
    }

    /// A frame that began then is drawn; `before`: seconds that the frame before took, as eframe counts them.
    #[expect(clippy::print_stderr, reason = "only on request")]
    pub(super) fn frame(&mut self, began: Instant, before: Option<f32>) {
        if !self.on {
            return;
        }
        self.frames += 1;
        if self.frames == 2
            && let Some(started) = self.started
        {
            let shown = started.elapsed().as_millis();
            eprintln!("timing: first frame shown {shown} ms after start");
        }
        if let Some(last) = self.begun.replace(began)
            && let Some(since) = began.checked_duration_since(last)
            && since < AT_ONCE
        {
            self.apart.push(milliseconds(since));
            self.whole.push(before.unwrap_or(0.0) * 1_000.0);
            self.ours.push(milliseconds(began.elapsed()));
        }
        if self.apart.len() == LINE {
            for (name, times) in [
                ("ours", &mut self.ours),
                ("whole", &mut self.whole),
                ("apart", &mut self.apart),
            ] {
                let spread = spread(times);
                eprintln!("timing: {LINE} frames, {name} {spread}");
                times.clear();
            }
        }
    }

    /// The window closes.
    #[expect(clippy::print_stderr, reason = "only on request")]
    pub(super) fn end(&self) {
        if self.on {
            eprintln!("timing: {} frames in all", self.frames);
        }
    }
}

fn milliseconds(time: Duration) -> f32 {
    time.as_secs_f32() * 1_000.0
}

fn spread(times: &mut [f32]) -> String {
    times.sort_by(f32::total_cmp);
    let at = |percent: usize| {
        let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(at).copied().unwrap_or(0.0)
    };
    format!("p50 {:.2} p99 {:.2} max {:.2} ms", at(50), at(99), at(100))
}
