//! Pictures as people take them: askew, from the side, in bad light, in the dark.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed

mod photo;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use photo::{Photo, jpeg, png};
use varaq_qr::{ReadError, draw, read};

const CONTACT: &str = "varaq contact 1\ncode 4157 0437 5753 2742 5906 0880\n\
    id 0707070707070707070707070707070707070707070707070707070707070707\n\
    root 0 1 a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8a1a2a3a4a5a6a7a8\n\
    name en Example Post\nname fa پست نمونه\n";
const CODE: &str = "4157 0437 5753 2742 5906 0880";

fn drawn(text: &str) -> GrayImage {
    image::load_from_memory(&draw(text).unwrap().png)
        .unwrap()
        .into_luma8()
}

/// A photograph of a contact of which one thing is made worse.
fn photo() -> Photo {
    Photo::default()
}

#[test]
fn a_code_is_read_at_any_angle() {
    for degrees in (0..360).step_by(15) {
        let taken = Photo {
            degrees: f64::from(degrees) + 1.5,
            ..photo()
        };
        let found = read(&jpeg(&taken.of(&drawn(CONTACT)), 85));
        assert_eq!(found.as_deref(), Ok(&[CONTACT.to_owned()][..]), "{degrees}");
    }
}

#[test]
fn a_code_is_read_small_and_large() {
    for scale in [0.35, 0.5, 0.8, 1.0, 1.7] {
        let taken = Photo {
            scale,
            degrees: 7.0,
            ..photo()
        };
        let found = read(&jpeg(&taken.of(&drawn(CONTACT)), 90));
        assert_eq!(found.as_deref(), Ok(&[CONTACT.to_owned()][..]), "{scale}");
    }
}

#[test]
fn a_code_is_read_with_noise_shadow_and_faint_ink() {
    for (contrast, shadow, noise) in [
        (1.0, 0.0, 40.0),
        (0.15, 0.0, 2.0),
        (0.25, 0.0, 6.0),
        (0.6, 0.6, 8.0),
        (1.0, 0.8, 10.0),
    ] {
        let taken = Photo {
            contrast,
            shadow,
            noise,
            degrees: -11.0,
            ..photo()
        };
        let found = read(&jpeg(&taken.of(&drawn(CONTACT)), 85));
        assert_eq!(
            found.as_deref(),
            Ok(&[CONTACT.to_owned()][..]),
            "{contrast} {shadow} {noise}"
        );
    }
}

#[test]
fn a_code_is_read_from_the_side() {
    for tilt in [0.1, 0.2, 0.35, -0.3] {
        let taken = Photo {
            tilt,
            degrees: 4.0,
            ..photo()
        };
        let found = read(&jpeg(&taken.of(&drawn(CONTACT)), 90));
        assert_eq!(found.as_deref(), Ok(&[CONTACT.to_owned()][..]), "{tilt}");
    }
}

#[test]
fn a_blurred_code_is_read() {
    let blurred = image::imageops::blur(&photo().of(&drawn(CONTACT)), 2.5);
    assert_eq!(read(&jpeg(&blurred, 85)).unwrap(), [CONTACT]);
}

#[test]
fn a_small_code_in_a_large_photograph_is_read() {
    let taken = Photo {
        scale: 0.6,
        width: 4_000,
        height: 3_000,
        at: (0.8, 0.2),
        ..photo()
    };
    let found = read(&jpeg(&taken.of(&drawn(CONTACT)), 85));
    assert_eq!(found.unwrap(), [CONTACT]);
}

#[test]
fn a_screenshot_at_night_is_read() {
    let mut night = photo().of(&drawn(CODE));
    image::imageops::invert(&mut night);
    assert_eq!(read(&png(&night)).unwrap(), [CODE]);
}

#[test]
fn a_transparent_screenshot_is_read() {
    let code = drawn(CODE);
    let clear = image::RgbaImage::from_fn(code.width(), code.height(), |x, y| {
        let alpha = 255 - code.get_pixel(x, y).0[0];
        image::Rgba([0, 0, 0, alpha])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::Png).unwrap();
    assert_eq!(read(bytes.get_ref()).unwrap(), [CODE]);
}

#[test]
fn a_creased_code_with_a_stain_is_read() {
    let mut code = drawn(CONTACT);
    let side = code.width();
    for x in 0..side {
        for y in side / 2..side / 2 + 9 {
            code.put_pixel(x, y, Luma([255]));
        }
    }
    for x in side * 6 / 10..side * 7 / 10 {
        for y in side * 3 / 10..side * 4 / 10 {
            code.put_pixel(x, y, Luma([90]));
        }
    }
    assert_eq!(read(&png(&code)).unwrap(), [CONTACT]);
}

#[test]
fn two_codes_in_one_picture_are_both_read() {
    let (one, two) = (drawn(CONTACT), drawn(CODE));
    let mut both = GrayImage::from_pixel(1_700, 1_000, Luma([235]));
    image::imageops::overlay(&mut both, &one, 60, 90);
    image::imageops::overlay(&mut both, &two, 900, 200);
    let taken = Photo {
        degrees: 5.0,
        width: 2_000,
        height: 1_400,
        ..photo()
    };
    let mut found = read(&jpeg(&taken.of(&both), 85)).unwrap();
    found.sort();
    assert_eq!(found, [CODE, CONTACT]);
}

#[test]
fn a_picture_turned_or_mirrored_is_read() {
    let code = DynamicImage::ImageLuma8(drawn(CODE));
    for turned in [code.rotate90(), code.rotate180(), code.fliph()] {
        assert_eq!(read(&png(&turned.into_luma8())).unwrap(), [CODE]);
    }
}

#[test]
fn a_picture_without_a_code_says_so() {
    let grey = GrayImage::from_fn(900, 700, |x, y| {
        Luma([(x * 7 % 251) as u8 ^ (y % 13) as u8])
    });
    assert_eq!(read(&png(&grey)), Err(ReadError::NoCode));
    assert_eq!(
        read(&png(&GrayImage::from_pixel(1, 1, Luma([0])))),
        Err(ReadError::NoCode)
    );
}
