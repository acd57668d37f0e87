//! A picture of the window for tests and documentation (`--screenshot FILE`), as PPM: no encoder is needed for it.
use eframe::egui::{Context, ScreenshotCallback, ViewportCommand};
use std::{io::Write as _, path::PathBuf};

/// Frames to wait for: pictures and heights settle.
const SETTLE: u32 = 12;

/// A picture that is to be taken.
pub(super) struct Shot {
    path: Option<PathBuf>,
    frames: u32,
}

impl Shot {
    pub(super) fn new(path: Option<PathBuf>) -> Self {
        Self { path, frames: 0 }
    }

    /// Takes it when the window has settled; then the window closes.
    pub(super) fn take(&mut self, ctx: &Context, busy: bool) {
        if self.path.is_none() {
            return;
        }
        ctx.request_repaint();
        self.frames += u32::from(!busy);
        if self.frames < SETTLE {
            return;
        }
        let Some(path) = self.path.take() else { return };
        let window = ctx.clone();
        ctx.send_viewport_cmd(ViewportCommand::Screenshot(ScreenshotCallback::new(
            move |image| {
                let pixels: Vec<u8> = image
                    .pixels
                    .iter()
                    .flat_map(|c| [c.r(), c.g(), c.b()])
                    .collect();
                let [width, height] = image.size;
                let written = std::fs::File::create(&path).and_then(|mut file| {
                    write!(file, "P6\n{width} {height}\n255\n")?;
                    file.write_all(&pixels)
                });
                // Whoever asked for the picture sees that it is not there.
                let _ = written;
                window.send_viewport_cmd(ViewportCommand::Close);
            },
        )));
    }
}
