//! Pictures come out small, upright and without a trace of where they were taken.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;
use std::io::Cursor;
use varaq_press::picture::{MAX_SIDE, PictureError, picture};

fn photo(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 7 + y * 3) as u8, (x * y / 5) as u8, (x ^ y) as u8])
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 90)
        .encode_image(image)
        .unwrap();
    out
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A JPEG segment.
fn segment(mark: u8, body: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, mark];
    out.extend_from_slice(&(body.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(body);
    out
}

/// EXIF with an orientation, a camera and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    let camera = b"SECRETCAMERA 9\0\0";
    out.extend_from_slice(&3u16.to_be_bytes());
    let mut field = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        out.extend_from_slice(&tag.to_be_bytes());
        out.extend_from_slice(&kind.to_be_bytes());
        out.extend_from_slice(&count.to_be_bytes());
        out.extend_from_slice(&value);
    };
    field(0x010f, 2, 16, 50u32.to_be_bytes());
    field(0x0112, 3, 1, [0, orientation, 0, 0]);
    field(0x8825, 4, 1, 66u32.to_be_bytes());
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(camera);
    // A GPS folder: latitude reference and a reading.
    out.extend_from_slice(&1u16.to_be_bytes());
    out.extend_from_slice(b"\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    out.extend_from_slice(b"GPSSECRET 35.6892N 51.3890E");
    out
}

/// The JPEG with everything that a camera and an editor put into it.
fn tattling(image: &RgbImage, orientation: u8) -> Vec<u8> {
    let plain = jpeg(image);
    let mut out = plain[..2].to_vec();
    out.extend(segment(0xe1, &exif(orientation)));
    out.extend(segment(
        0xe1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRETXMP</x:xmpmeta>",
    ));
    out.extend(segment(0xe2, b"ICC_PROFILE\0\x01\x01SECRETPROFILE"));
    out.extend(segment(0xed, b"Photoshop 3.0\08BIMSECRETIPTC"));
    out.extend(segment(0xfe, b"SECRETCOMMENT by somebody"));
    out.extend_from_slice(&plain[2..]);
    out
}

fn assert_silent(bytes: &[u8]) {
    for word in [
        "SECRET",
        "Exif",
        "GPS",
        "adobe",
        "xmp",
        "ICC_PROFILE",
        "Photoshop",
        "eXIf",
        "tEXt",
        "iTXt",
        "iCCP",
    ] {
        let found = bytes
            .windows(word.len())
            .any(|part| part == word.as_bytes());
        assert!(!found, "{word}");
    }
}

#[test]
fn place_camera_and_comments_are_gone() {
    let bytes = tattling(&photo(64, 48), 1);
    assert!(bytes.windows(9).any(|part| part == b"GPSSECRET"));
    let out = picture(&bytes).unwrap();
    assert_eq!(out.media_type, "image/jpeg");
    assert_eq!((out.width, out.height), (64, 48));
    assert_silent(&out.bytes);
}

#[test]
fn text_in_a_png_is_gone() {
    let plain = encoded(&photo(32, 32).into(), ImageFormat::Png);
    // A text chunk behind the header (8 + 25 bytes), with its right checksum.
    let mut chunk = b"tEXtComment\0SECRET words".to_vec();
    let crc = crc32(&chunk);
    let len = (chunk.len() as u32 - 4).to_be_bytes();
    chunk.extend_from_slice(&crc.to_be_bytes());
    let bytes = [&plain[..33], &len, &chunk, &plain[33..]].concat();
    let out = picture(&bytes).unwrap();
    assert_silent(&out.bytes);
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

#[test]
fn pictures_stand_upright() {
    // Left half dark, right half light, lying on its side.
    let lying = RgbImage::from_fn(60, 40, |x, _| Rgb(if x < 30 { [10; 3] } else { [240; 3] }));
    let out = picture(&tattling(&lying, 6)).unwrap();
    assert_eq!((out.width, out.height), (40, 60));
    let upright = image::load_from_memory(&out.bytes).unwrap().into_luma8();
    assert!(upright.get_pixel(20, 5).0[0] < 60);
    assert!(upright.get_pixel(20, 55).0[0] > 200);
    assert_silent(&out.bytes);
}

#[test]
fn large_pictures_become_small_and_small_ones_stay() {
    let out = picture(&jpeg(&photo(3_200, 800))).unwrap();
    assert_eq!((out.width, out.height), (MAX_SIDE, 400));
    let out = picture(&jpeg(&photo(2, 4_000))).unwrap();
    assert_eq!((out.width, out.height), (1, MAX_SIDE));
    let out = picture(&jpeg(&photo(1_600, 10))).unwrap();
    assert_eq!((out.width, out.height), (1_600, 10));
}

#[test]
fn transparent_pictures_stay_transparent_and_opaque_ones_need_no_alpha() {
    let glass = RgbaImage::from_fn(20, 20, |x, _| {
        Rgba([200, 0, 0, if x < 10 { 0 } else { 255 }])
    });
    let out = picture(&encoded(&glass.into(), ImageFormat::Png)).unwrap();
    assert_eq!(out.media_type, "image/png");
    let again = image::load_from_memory(&out.bytes).unwrap().into_rgba8();
    assert_eq!(again.get_pixel(0, 0).0[3], 0);
    assert_eq!(again.get_pixel(19, 0).0, [200, 0, 0, 255]);
    let opaque = RgbaImage::from_pixel(300, 300, Rgba([9, 9, 9, 255]));
    let out = picture(&encoded(&opaque.into(), ImageFormat::Png)).unwrap();
    let again = image::load_from_memory(&out.bytes).unwrap();
    assert!(!again.color().has_alpha());
}

/// Lines, boxes and a circle in a dozen flat colours, as a diagram has them.
fn drawing(width: u32, height: u32) -> RgbImage {
    let (w, h) = (f64::from(width), f64::from(height));
    RgbImage::from_fn(width, height, |x, y| {
        let far = (f64::from(x) - w / 2.0).hypot(f64::from(y) - h / 2.0);
        if (far - h / 3.0).abs() < 2.0 || (x + y) % 97 < 2 {
            Rgb([20, 20, 20])
        } else if x % 80 < 50 && y % 60 < 30 {
            let box_ = (x / 80 + y / 60) % 10;
            Rgb([(box_ * 25) as u8, 90, 255 - (box_ * 20) as u8])
        } else {
            Rgb([255; 3])
        }
    })
}

#[test]
fn drawings_stay_exact_and_small_and_photographs_become_jpeg() {
    let drawn = drawing(900, 640);
    let source = encoded(&drawn.clone().into(), ImageFormat::Png);
    let out = picture(&source).unwrap();
    assert_eq!(out.media_type, "image/png");
    let len = (out.bytes.len(), source.len(), jpeg(&drawn).len());
    assert!(len.0 <= len.1 && len.0 * 3 < len.2, "{len:?}");
    let again = image::load_from_memory(&out.bytes).unwrap().into_rgb8();
    assert_eq!(again, drawn, "every pixel as it was");
    assert_eq!(picture(&source).unwrap(), out);
    // Soft shades with the grain of a camera.
    let soft = RgbImage::from_fn(900, 640, |x, y| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 7 & 7;
        let shade = |part: u32| (part / 8 + grain) as u8;
        Rgb([shade(x), shade(y), shade(x + y)])
    });
    let source = encoded(&soft.into(), ImageFormat::Png);
    let out = picture(&source).unwrap();
    assert_eq!(out.media_type, "image/jpeg");
    assert!(out.bytes.len() * 2 < source.len());
}

#[test]
fn every_number_of_colours_survives_exactly() {
    for colours in [1, 2, 3, 4, 5, 16, 17, 256] {
        let flat = RgbImage::from_fn(67, 31, |x, y| {
            let colour = (x + 67 * y) % colours;
            Rgb([(colour * 37) as u8, colour as u8, 7])
        });
        let out = picture(&encoded(&flat.clone().into(), ImageFormat::Png)).unwrap();
        if out.media_type == "image/png" {
            let again = image::load_from_memory(&out.bytes).unwrap().into_rgb8();
            assert_eq!(again, flat, "{colours} colours");
        } else {
            assert!(colours > 16, "{colours} colours");
        }
    }
}

#[test]
fn gif_and_webp_become_what_a_bundle_holds() {
    let mut gif = Vec::new();
    let mut encoder = GifEncoder::new(&mut gif);
    for shade in [250, 10] {
        let frame = RgbaImage::from_pixel(16, 16, Rgba([shade, shade, shade, 255]));
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let out = picture(&gif).unwrap();
    let first = image::load_from_memory(&out.bytes).unwrap().into_luma8();
    assert!(first.get_pixel(8, 8).0[0] > 230, "the first frame is shown");
    let webp = encoded(&photo(16, 16).into(), ImageFormat::WebP);
    let out = picture(&webp).unwrap();
    assert!(matches!(out.media_type, "image/jpeg" | "image/png"));
}

#[test]
fn the_same_bytes_give_the_same_picture() {
    let bytes = tattling(&photo(2_000, 900), 8);
    assert_eq!(picture(&bytes).unwrap(), picture(&bytes).unwrap());
}

#[test]
fn what_is_no_picture_or_too_large_is_refused() {
    for bytes in [
        &b""[..],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"BM\0\0\0\0",
        b"%PDF-1.4",
    ] {
        assert!(picture(bytes).is_err());
    }
    // A header that promises four thousand million pixels.
    let mut bomb = encoded(&photo(8, 8).into(), ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let crc = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    assert!(matches!(
        picture(&bomb),
        Err(PictureError::Damaged(_) | PictureError::TooLarge { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_pictures_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        for bytes in [tattling(&photo(24, 16), 6), encoded(&photo(24, 16).into(), ImageFormat::Png)] {
            let mut changed = bytes.clone();
            let place = at.index(changed.len());
            changed[place] = byte;
            let _ = picture(&changed);
            let _ = picture(&bytes[..cut.index(bytes.len())]);
        }
    }
}
