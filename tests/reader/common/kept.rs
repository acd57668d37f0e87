//! Pictures of the window that are kept. With `VARAQ_UPDATE=1` they are drawn anew; look at them before you commit.
use super::paint::Canvas;
use std::{
    collections::BTreeMap,
    io::BufReader,
    path::{Path, PathBuf},
};

/// Steps of a colour that are kept: fewer make the files small, and nobody sees it.
const STEPS: u16 = 15;

fn path(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reader/snapshots");
    folder.join(format!("{name}.png"))
}

fn coarse(value: u8) -> u8 {
    let step = (u16::from(value) * STEPS + 127) / 255;
    u8::try_from(step * 255 / STEPS).unwrap()
}

impl Canvas {
    /// Makes a part of it plain.
    pub fn blank(&mut self, part: eframe::egui::Rect) {
        let (left, right) = (
            part.left() as usize,
            (part.right() as usize).min(self.width),
        );
        for y in part.top() as usize..(part.bottom() as usize).min(self.height) {
            let row = (y * self.width + left) * 3..(y * self.width + right) * 3;
            self.rgb[row].fill(128);
        }
    }

    /// The part between the bar on top and the last row that is not plain ground, without plain sides.
    pub fn trimmed(self, bar: usize) -> Self {
        let at = |x: usize, y: usize| {
            let from = (y * self.width + x) * 3;
            [self.rgb[from], self.rgb[from + 1], self.rgb[from + 2]]
        };
        // The harness leaves a frame of eight points around the window.
        const FRAME: usize = 9;
        let bar = bar.max(FRAME);
        let (right, bottom) = (self.width - FRAME, self.height - FRAME);
        let ground = at(FRAME + 3, bottom - 3);
        let rows: Vec<usize> = (bar..bottom)
            .filter(|&y| (FRAME..right).any(|x| at(x, y) != ground))
            .collect();
        let columns: Vec<usize> = (FRAME..right)
            .filter(|&x| (bar..bottom).any(|y| at(x, y) != ground))
            .collect();
        let around = |found: &[usize], most: usize| {
            let first = found.first().copied().unwrap_or(0);
            let last = found.last().copied().unwrap_or(0);
            (first.saturating_sub(8).max(FRAME), (last + 9).min(most))
        };
        let (left, right) = around(&columns, right);
        let (top, bottom) = around(&rows, bottom);
        let rgb = (top..bottom).flat_map(|y| (left..right).flat_map(move |x| at(x, y)));
        Self {
            rgb: rgb.collect(),
            width: right - left,
            height: bottom - top,
        }
    }

    /// As a screenshot would be kept.
    pub fn png(&self) -> Vec<u8> {
        let mut file = Vec::new();
        let (width, height) = (self.width as u32, self.height as u32);
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&self.rgb).unwrap();
        writer.finish().unwrap();
        file
    }

    /// Holds it against the picture that is kept. Small differences are let through: another processor rounds
    /// another way. Answers with what is wrong.
    pub fn compare(&self, name: &str) -> Result<(), String> {
        let coarse: Vec<u8> = self.rgb.iter().copied().map(coarse).collect();
        if std::env::var_os("VARAQ_UPDATE").is_some() {
            self.write(name, &coarse);
        }
        let file = std::fs::File::open(path(name)).map_err(|error| format!("{name}: {error}"))?;
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut held = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut held).unwrap();
        let (width, height) = (info.width as usize, info.height as usize);
        if (width, height) != (self.width, self.height) {
            return Err(format!(
                "{name} is {}x{}, kept is {width}x{height}",
                self.width, self.height
            ));
        }
        let pairs = held.iter().zip(&coarse);
        let far = pairs.filter(|(a, b)| a.abs_diff(**b) > 48).count();
        if far * 2_000 < coarse.len() {
            Ok(())
        } else {
            Err(format!("{name}: {far} of {} values differ", coarse.len()))
        }
    }

    fn write(&self, name: &str, rgb: &[u8]) {
        let mut palette: BTreeMap<[u8; 3], u8> = BTreeMap::new();
        let mut indices = Vec::with_capacity(rgb.len() / 3);
        for pixel in rgb.chunks_exact(3) {
            let next = palette.len();
            let index = palette.entry([pixel[0], pixel[1], pixel[2]]);
            let index = index.or_insert_with(|| u8::try_from(next).unwrap_or(u8::MAX));
            indices.push(*index);
        }
        let file = std::fs::File::create(path(name)).unwrap();
        let (width, height) = (self.width as u32, self.height as u32);
        let mut encoder = png::Encoder::new(file, width, height);
        encoder.set_compression(png::Compression::High);
        let indexed = palette.len() <= 256;
        if indexed {
            let mut colours: Vec<_> = palette.iter().map(|(rgb, index)| (*index, *rgb)).collect();
            colours.sort_unstable();
            let colours: Vec<u8> = colours.into_iter().flat_map(|(_, rgb)| rgb).collect();
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_palette(colours);
            encoder.set_filter(png::Filter::NoFilter);
        } else {
            encoder.set_color(png::ColorType::Rgb);
        }
        let data = if indexed { &indices } else { rgb };
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
    }
}
