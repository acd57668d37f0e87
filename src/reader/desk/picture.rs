//! The worker that decodes pictures, with limits: a picture of a few bytes can ask for gigabytes.
use super::{Issue, News, Post, opening::Shared};
use crate::issue::Picture;
use eframe::egui::ColorImage;
use image::{ImageDecoder as _, ImageReader, Limits};
use std::{
    io::Cursor,
    sync::{
        Arc, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
};
use varaq_bundle::{MediumClass, PieceError};

/// Longest side, and most memory for one picture while it is decoded.
const SIDE: u32 = 16_384;
const MEMORY: u64 = 192 << 20;

/// A picture that the window wants.
pub(super) struct Order {
    pub(super) article: u32,
    pub(super) medium: usize,
    pub(super) width: u32,
}

pub(super) struct Worker {
    post: Post,
    current: Arc<AtomicU64>,
    shared: Shared,
}

impl Worker {
    pub(super) fn new(post: Post, current: Arc<AtomicU64>, shared: Shared) -> Self {
        Self {
            post,
            current,
            shared,
        }
    }

    pub(super) fn run(self, orders: &mpsc::Receiver<(u64, Order)>) {
        while let Ok((file, order)) = orders.recv() {
            let issue = self
                .shared
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            let Some((_, issue)) =
                issue.filter(|(of, _)| *of == file && file == self.current.load(Ordering::SeqCst))
            else {
                continue;
            };
            let picture = picture(&issue, &order);
            self.post.send(
                file,
                News::Picture(order.article, order.medium, Box::new(picture)),
            );
        }
    }
}

fn picture(issue: &Issue, order: &Order) -> Picture {
    let Ok(Some(entry)) = issue.entry(order.article) else {
        return Picture::Missing;
    };
    let Some(medium) = entry
        .media
        .get(order.medium)
        .filter(|medium| medium.class == MediumClass::Picture)
    else {
        return Picture::Damaged;
    };
    match issue.medium(medium) {
        Ok(bytes) => decoded(&bytes, order.width),
        Err(PieceError::NotInThisCopy { .. }) => Picture::Missing,
        Err(_) => Picture::Damaged,
    }
}

/// A picture of at most this width. A fault inside a decoder must cost one picture, not the window.
pub(super) fn decoded(bytes: &[u8], width: u32) -> Picture {
    std::panic::catch_unwind(|| decode(bytes, width)).unwrap_or(Picture::Damaged)
}

fn decode(bytes: &[u8], width: u32) -> Picture {
    let Ok(reader) = ImageReader::new(Cursor::new(bytes)).with_guessed_format() else {
        return Picture::Damaged;
    };
    if !matches!(
        reader.format(),
        Some(image::ImageFormat::Jpeg | image::ImageFormat::Png)
    ) {
        return Picture::Damaged;
    }
    let mut limits = Limits::default();
    (
        limits.max_image_width,
        limits.max_image_height,
        limits.max_alloc,
    ) = (Some(SIDE), Some(SIDE), Some(MEMORY));
    let Ok(mut decoder) = reader.into_decoder() else {
        return Picture::Damaged;
    };
    if decoder.total_bytes() > MEMORY || decoder.set_limits(limits).is_err() {
        return Picture::TooLarge;
    }
    let Ok(mut image) = image::DynamicImage::from_decoder(decoder) else {
        return Picture::Damaged;
    };
    if image.width() > width {
        let height =
            (u64::from(image.height()) * u64::from(width) / u64::from(image.width().max(1))).max(1);
        image = image.resize_exact(
            width,
            u32::try_from(height).unwrap_or(width),
            image::imageops::FilterType::Triangle,
        );
    }
    let rgba = image.into_rgba8();
    let side = |n: u32| usize::try_from(n).unwrap_or(0);
    let size = [side(rgba.width()), side(rgba.height())];
    Picture::Here(ColorImage::from_rgba_unmultiplied(size, rgba.as_raw()))
}

/// A text as a QR picture, black on white.
pub(super) fn code(text: &str) -> Option<ColorImage> {
    let png = varaq_qr::draw(text).ok()?.png;
    match decode(&png, SIDE) {
        Picture::Here(image) => Some(image),
        _ => None,
    }
}
