//! Pictures from strangers: huge, cut short, broken, made to keep us busy.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout)] // a test that cannot go on has failed

#[allow(dead_code)]
#[path = "photo/mod.rs"]
mod photo;

use image::{GrayImage, Luma};
use photo::{jpeg, png};
use proptest::prelude::*;
use std::time::Instant;
use varaq_qr::{MAX_FILE_BYTES, ReadError, draw, is_picture, read};

const CODE: &str = "4157 0437 5753 2742 5906 0880";

#[test]
fn what_is_no_picture_is_refused() {
    for bytes in [
        &b""[..],
        b"x",
        b"varaq contact 1\n",
        b"GIF89a\x01\0\x01\0",
        b"BM",
    ] {
        assert!(!is_picture(bytes));
        assert_eq!(read(bytes), Err(ReadError::Unknown));
    }
    assert!(is_picture(&draw(CODE).unwrap().png));
    let long = vec![0x89; usize::try_from(MAX_FILE_BYTES).unwrap() + 1];
    assert_eq!(read(&long), Err(ReadError::TooLong));
}

#[test]
fn a_picture_cut_anywhere_is_damaged_and_no_panic() {
    let drawn = draw(CODE).unwrap();
    let grey = image::load_from_memory(&drawn.png).unwrap().into_luma8();
    for bytes in [drawn.png, jpeg(&grey, 60)] {
        for end in (9..bytes.len()).step_by(bytes.len().div_ceil(90)) {
            // A JPEG that lost its last rows may still show the whole code: never another text.
            if let Ok(found) = read(&bytes[..end]) {
                assert_eq!(found, [CODE], "cut at {end}");
            }
        }
        assert!(matches!(read(&bytes[..60]), Err(ReadError::Damaged(_))));
    }
}

/// A PNG that says it is that large and holds next to nothing.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Sixteen);
    let mut writer = encoder.write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &[]).unwrap();
    drop(writer);
    bytes
}

#[test]
fn a_picture_that_claims_too_much_is_refused_before_it_is_decoded() {
    for (width, height) in [
        (60_000, 60_000),
        (u32::MAX >> 1, 1),
        (1, 20_000),
        (16_000, 2_500),
        (5_000, 4_000),
    ] {
        let begun = Instant::now();
        let found = read(&claiming(width, height));
        assert_eq!(found, Err(ReadError::TooLarge), "{width} × {height}");
        assert!(begun.elapsed().as_millis() < 500);
    }
}

#[test]
fn the_largest_picture_is_still_taken() {
    let white = GrayImage::from_pixel(6_400, 5_000, Luma([255]));
    assert_eq!(read(&png(&white)), Err(ReadError::NoCode));
}

#[test]
fn a_picture_made_of_corner_marks_ends_soon() {
    for module in [1, 5] {
        let mark = |at: u32| at / module % 9;
        let marks = GrayImage::from_fn(3_200, 3_200, |x, y| {
            let (u, v) = (mark(x), mark(y));
            let ring = 3 - u.min(6 - u.min(6)).min(v.min(6 - v.min(6))).min(3);
            let black = u < 7 && v < 7 && ring != 2;
            Luma([if black { 0 } else { 255 }])
        });
        let begun = Instant::now();
        let found = read(&png(&marks));
        println!("modules of {module} pixels: {:?}", begun.elapsed());
        assert_eq!(found, Err(ReadError::NoCode));
        assert!(begun.elapsed().as_secs() < 30, "{module}");
    }
}

#[test]
fn noise_ends_soon() {
    let mut seed = 7_u32;
    let noise = GrayImage::from_fn(3_200, 3_200, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Luma([(seed >> 24) as u8])
    });
    let begun = Instant::now();
    assert_eq!(read(&png(&noise)), Err(ReadError::NoCode));
    println!("noise: {:?}", begun.elapsed());
    assert!(begun.elapsed().as_secs() < 30);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_file_never_panics(
        at in any::<prop::sample::Index>(), with in any::<u8>(), is_jpeg in any::<bool>(),
    ) {
        let drawn = draw(CODE).unwrap().png;
        let mut bytes = if is_jpeg {
            jpeg(&image::load_from_memory(&drawn).unwrap().into_luma8(), 40)
        } else {
            drawn
        };
        let at = at.index(bytes.len());
        bytes[at] ^= with;
        let _ = read(&bytes);
    }

    /// Modules of a real code, many of them turned over: the error correction sees rubbish.
    #[test]
    fn a_code_of_rubbish_never_panics(seed in any::<u32>(), share in 1u32..60, length in 1usize..300) {
        let text = "rubbish ".repeat(length / 8 + 1);
        let mut code = image::load_from_memory(&draw(&text).unwrap().png).unwrap().into_luma8();
        let mut random = seed;
        let module = code.enumerate_pixels().find(|(_, _, pixel)| pixel.0[0] == 0).unwrap().0 / 4;
        let side = code.width() / module;
        for index in 0..side * side {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (x, y) = (index % side, index / side);
            let in_mark = (x < 13 || x > side - 13) && (y < 13 || y > side - 13);
            if (random >> 16) % 100 < share && !in_mark {
                for dx in 0..module {
                    for dy in 0..module {
                        let pixel = code.get_pixel_mut(x * module + dx, y * module + dy);
                        pixel.0[0] = 255 - pixel.0[0];
                    }
                }
            }
        }
        if let Ok(found) = read(&png(&code)) {
            prop_assert_eq!(found, [text]);
        }
    }
}
