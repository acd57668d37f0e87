//! Before an issue is written: what could identify somebody refuses, what is ugly warns, and
//! what was removed is told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use varaq_bundle::Day;
use varaq_press::import::{ImportOptions, read_all, survey};
use varaq_press::keys::{NewPublisher, Stretch, new_publisher};
use varaq_press::preflight::{Finding, FindingKind, Preflight, Rules};
use varaq_press::{PackError, PackOptions, PackReport, Trace, pack, traces};
use varaq_storage::Disk;

const DAY: Day = Day(20_530);

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What the preflight finds in one Markdown file.
fn found_with(text: &str, rules: Rules) -> Vec<Finding> {
    let home = tempfile::tempdir().unwrap();
    write(home.path(), "one.md", text);
    let survey = survey(&Disk, &[home.path().to_owned()], &ImportOptions::new(DAY)).unwrap();
    let mut preflight = Preflight::new(rules, vec!["Example Weekly".into()]);
    preflight.warnings(&survey.warnings);
    for article in read_all(&Disk, &survey).0 {
        preflight.article(&article);
        preflight.warnings(&article.warnings);
    }
    preflight.finish().0
}

/// An article with a title, a day and a language, and these words.
fn found(words: &str) -> Vec<(FindingKind, String)> {
    let head = "---\ntitle: The river\ndate: 2026-03-01\nlang: en\n---\n";
    let found = found_with(&format!("{head}{words}\n"), Rules::default());
    found.into_iter().map(|one| (one.kind, one.what)).collect()
}

fn only(words: &str, kind: FindingKind, what: &str) {
    assert_eq!(found(words), [(kind, what.to_owned())], "{words}");
}

fn nothing(words: &str) {
    assert_eq!(found(words), [], "{words}");
}

#[test]
fn an_address_refuses_wherever_it_stands() {
    only(
        "Write to a.b+c@mail.example.org.",
        FindingKind::Email,
        "a.b+c@mail.example.org",
    );
    only(
        "Write [to us](mailto:x@example.org).",
        FindingKind::Email,
        "x@example.org",
    );
    only(
        "| a | b |\n|---|---|\n| 1 | x@example.org |",
        FindingKind::Email,
        "x@example.org",
    );
    only(
        "Split by **weight**: x@**example**.org",
        FindingKind::Email,
        "x@example.org",
    );
    only(
        "```\nmail x@example.org\n```",
        FindingKind::Email,
        "x@example.org",
    );
    nothing("Ten @ five each, by @example on a network; a@b is no address.");
}

#[test]
fn a_telephone_number_refuses_in_the_digits_of_any_keyboard() {
    for number in [
        "+98 912 345 6789",
        "0098 21 8888 7777",
        "09123456789",
        "+۹۸ ۹۱۲ ۳۴۵ ۶۷۸۹",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢٣٤٥٦٧٨٩",
    ] {
        only(
            &format!("Call: {number}, in the evening."),
            FindingKind::Phone,
            number,
        );
    }
    only(
        "Tel: 8888 7777 is the desk.",
        FindingKind::Phone,
        "8888 7777",
    );
    let persian = found("The desk is reached by its تلفن ۸۸۸۸۷۷۷۷ from now on.");
    assert_eq!(persian, [(FindingKind::Phone, "۸۸۸۸۷۷۷۷".to_owned())]);
    for number in [
        "1 250 000 people",
        "on 2026-03-01 and 2026/03/02",
        "0.12345678901 of it",
        "ISBN 978 3 16 148410 0",
        "12,345,678 rials",
        "in 1979 2009 2019 2022",
        "01.02.2026 10.11.2026",
        "a total of 12345678901234567890",
    ] {
        nothing(number);
    }
}

#[test]
fn a_path_that_names_a_user_refuses() {
    // Written apart, so that no machine's path stands in the repository.
    let home = format!("/{}/maryam", "home");
    only(
        &format!("It lies in {home}/texts/a.md there."),
        FindingKind::Path,
        &home,
    );
    let mac = format!("/{}/maryam", "Users");
    only(&format!("From “{mac}/Desktop”."), FindingKind::Path, &mac);
    only(
        r"Saved as `C:\Users\maryam\a.docx`.",
        FindingKind::Path,
        r"C:\Users\maryam",
    );
    only(
        r"On `\\desk-3\share\a.docx`.",
        FindingKind::Path,
        r"\\desk-3",
    );
    nothing(r"In `C:\Users\Public` and `C:\Program Files`, a \\ b.");
    nothing(&format!(
        "See https://example.org/{}/news and the page /{}/ of it.",
        "home", "home"
    ));
}

#[test]
fn hidden_marks_refuse_and_single_ones_warn() {
    let row = "\u{200b}\u{200c}\u{200d}\u{200b}\u{2060}";
    only(&format!("The ri{row}ver."), FindingKind::Watermark, row);
    only("The ri\u{200b}ver.", FindingKind::Invisible, "\u{200b}");
    only("The \u{2067}river.", FindingKind::Invisible, "");
    let tags: String = "id7"
        .chars()
        .map(|c| char::from_u32(0xe0000 + u32::from(c)).unwrap())
        .collect();
    assert_eq!(found(&format!("The river{tags}.")).len(), 3);
    // What scripts and small pictures need is no mark.
    nothing(
        "👩\u{200d}👩\u{200d}👧 and می\u{200c}خواهم and 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}.",
    );
}

#[test]
fn what_is_only_ugly_warns() {
    only(
        "Written on 2026-03-01 14:32, or so.",
        FindingKind::Clock,
        "2026-03-01 14:32",
    );
    only(
        "Written on 2026-03-01T14:32:10+03:30.",
        FindingKind::Clock,
        "2026-03-01T14:32",
    );
    nothing("At 14:32 on 2026-03-01, by a score of 3:12, verse 2:255.");
    only(
        "Sent from my telephone",
        FindingKind::Tool,
        "Sent from my telephone",
    );
    nothing("The bridge was made of stone and powered the whole debate.");
    only(
        "See `https://example.org/a?utm_source=x&b=1`.",
        FindingKind::Tracking,
        "utm_source=x",
    );
    let told = found("[Here](https://example.org/a?fbclid=1).");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, FindingKind::Tracking);
    assert_eq!(found("![Bed](missing.png)")[0].0, FindingKind::Picture);
    let kinds = |text: &str| {
        found_with(text, Rules::default())
            .iter()
            .map(|one| one.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds("Some words."),
        [FindingKind::Day, FindingKind::Language, FindingKind::Title]
    );
    let wrong =
        "---\ntitle: T\ndate: 2026-03-01\nlang: en\n---\nیک ورق تازه برای خواندن در این روز است.\n";
    assert_eq!(kinds(wrong), [FindingKind::Direction]);
    assert!(
        FindingKind::ALL
            .iter()
            .filter(|kind| kind.refuses())
            .count()
            == 5
    );
}

#[test]
fn a_name_that_is_not_what_it_looks_like_warns() {
    let named = |byline: &str| {
        let text =
            format!("---\ntitle: T\ndate: 2026-03-01\nlang: en\nauthor: {byline}\n---\nWords.\n");
        let found = found_with(&text, Rules::default()).into_iter();
        found
            .filter(|one| one.kind == FindingKind::Lookalike)
            .map(|one| one.what)
            .collect::<Vec<_>>()
    };
    // The first letter of the second word is Cyrillic.
    assert_eq!(named("Anna Вond"), ["Вond"]);
    assert_eq!(named("Anna Bo\u{200d}nd"), ["Bo\u{200d}nd"]);
    assert!(named("آنا Bond، Анна 3").is_empty());
    let mut preflight = Preflight::new(Rules::default(), Vec::new());
    preflight.issue("Week", &["Sport".into(), "Ѕроrt".into(), "sport".into()]);
    let (found, _) = preflight.finish();
    assert!(
        found
            .iter()
            .any(|one| one.excerpt == "“Ѕроrt” looks like “Sport”"),
        "{found:?}"
    );
    assert!(
        !found.iter().any(|one| one.excerpt.contains("“sport”")),
        "{found:?}"
    );
}

#[test]
fn a_byline_refuses_unless_it_is_the_publishers_own() {
    let text = "---\ntitle: T\ndate: 2026-03-01\nlang: en\nauthor: Maryam Writer\n---\nBy Maryam Writer, in town.\n";
    let kinds = |rules: Rules| {
        let found = found_with(text, rules);
        found
            .iter()
            .map(|one| (one.kind, one.place.clone(), one.refuses()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(Rules::default()),
        [(FindingKind::Author, "byline".into(), true)]
    );
    let allow = |words: &str| Rules {
        allow: vec![words.parse().unwrap()],
        no_bylines: false,
    };
    assert_eq!(
        kinds(allow("author")),
        [(FindingKind::Author, "byline".into(), false)]
    );
    assert_eq!(
        kinds(allow("author=maryam writer")),
        [(FindingKind::Author, "byline".into(), false)]
    );
    assert_eq!(
        kinds(allow("author=Somebody")),
        [(FindingKind::Author, "byline".into(), true)]
    );
    // Bylines are left out: the name must not stand elsewhere.
    let out = Rules {
        allow: Vec::new(),
        no_bylines: true,
    };
    assert_eq!(kinds(out), [(FindingKind::Author, "block 1".into(), true)]);
    let own = text.replace("author: Maryam Writer", "author: Example Weekly");
    assert_eq!(found_with(&own, Rules::default()), []);
    assert!(
        "authors"
            .parse::<FindingKind>()
            .unwrap_err()
            .to_string()
            .contains("known: author, email")
    );
}

#[test]
fn a_finding_is_short_and_a_flood_of_them_is_counted() {
    let words = "word ".repeat(2_000);
    let text =
        format!("---\ntitle: T\ndate: 2026-03-01\nlang: en\n---\n{words} x@example.org {words}\n");
    let found = found_with(&text, Rules::default());
    assert_eq!(
        found[0].excerpt,
        "…rd word word word x@example.org word word word wo…"
    );
    let many = "x@example.org ".repeat(5_000);
    let found = found_with(
        &format!("---\ntitle: T\ndate: 2026-03-01\nlang: en\n---\n{many}\n"),
        Rules::default(),
    );
    assert!(found.len() <= 40, "{}", found.len());
}

/// Hostile words must not take long: each scan is linear.
#[test]
fn a_megabyte_of_anything_is_looked_through_in_a_moment() {
    for unit in [
        "@",
        "a@",
        "0",
        "0 ",
        "+",
        ":",
        "1:11",
        "\\\\",
        "/",
        "\u{200b}",
        "2026-03-01 ",
    ] {
        let begun = std::time::Instant::now();
        found(&format!("```\n{}\n```", unit.repeat(400_000 / unit.len())));
        assert!(
            begun.elapsed().as_secs() < 10,
            "{unit:?}: {:?}",
            begun.elapsed()
        );
    }
}

fn press(folder: &Path, change: impl Fn(&mut PackOptions)) -> Result<PackReport, PackError> {
    let plan = NewPublisher {
        names: vec![("en".into(), "Example Weekly".into())],
        stretch: Stretch {
            memory_kib: 64,
            passes: 1,
        },
        ..NewPublisher::default()
    };
    if !folder.join("keys").exists() {
        new_publisher(&Disk, &folder.join("keys"), &plan, None).unwrap();
    }
    let sources = vec![folder.join("site")];
    let mut options = PackOptions::new(
        sources,
        folder.join("out.varaq"),
        folder.join("keys"),
        1,
        DAY,
    );
    change(&mut options);
    pack(&Disk, &options, &mut |_| ControlFlow::Continue(()))
}

#[test]
fn nothing_is_written_while_something_refuses() {
    let home = tempfile::tempdir().unwrap();
    let head = "---\ntitle: The river\ndate: 2026-03-01\nlang: en\nauthor: Maryam Writer\n---\n";
    write(
        home.path(),
        "site/one.md",
        &format!("{head}Write to x@example.org or tips@example.org.\n"),
    );
    let Err(PackError::Preflight(refusal)) = press(home.path(), |_| ()) else {
        panic!("packed");
    };
    assert_eq!(
        refusal.findings.iter().filter(|one| one.refuses()).count(),
        3
    );
    assert!(!home.path().join("out.varaq").exists());
    let allow = |words: &[&str]| {
        words
            .iter()
            .map(|words| words.parse().unwrap())
            .collect::<Vec<_>>()
    };
    let partly = press(home.path(), |options| {
        options.rules.allow = allow(&["author", "email=tips@example.org"])
    });
    assert!(matches!(partly, Err(PackError::Preflight(_))));
    let report = press(home.path(), |options| {
        options.rules.allow = allow(&["author", "email"])
    })
    .unwrap();
    assert!(report.findings.iter().all(|one| one.allowed));
    let bytes = fs::read(home.path().join("out.varaq")).unwrap();
    let says = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    assert!(says(b"Maryam"));
    let report = press(home.path(), |options| {
        options.rules.allow = allow(&["email"]);
        options.rules.no_bylines = true;
        options.format.level = 1;
    });
    assert_eq!(report.unwrap().removed.bylines, 1);
    let bytes = fs::read(home.path().join("out.varaq")).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"Maryam"));
}

// --- what pictures told ------------------------------------------------------

/// TIFF: camera, owner, a place, a serial number, a thumbnail.
fn exif() -> Vec<u8> {
    let mut out = b"II\x2a\0\x08\0\0\0".to_vec();
    let folder = |tags: &[(u16, u32)], next: u32| {
        let mut out = (tags.len() as u16).to_le_bytes().to_vec();
        for (tag, value) in tags {
            out.extend_from_slice(&tag.to_le_bytes());
            out.extend_from_slice(&4u16.to_le_bytes());
            out.extend_from_slice(&1u32.to_le_bytes());
            out.extend_from_slice(&value.to_le_bytes());
        }
        out.extend_from_slice(&next.to_le_bytes());
        out
    };
    let tags = [
        (0x0110, 1),
        (0x013b, 1),
        (0x0132, 1),
        (0x8769, 100),
        (0x8825, 140),
    ];
    out.extend(folder(&tags, 180));
    out.resize(100, 0);
    out.extend(folder(&[(0xa431, 1), (0x9003, 1)], 0));
    out.resize(140, 0);
    out.extend(folder(&[(1, 1)], 0));
    out.resize(180, 0);
    out.extend(folder(&[(0x0201, 1)], 0));
    out.extend_from_slice(b"SECRETPLACE");
    out
}

const XMP: &[u8] =
    b"<x:xmpmeta exif:GPSLatitude='35,41N' dc:creator='SECRETNAME' xmp:CreatorTool='SECRETTOOL'/>";

fn plain(format: image::ImageFormat) -> Vec<u8> {
    let image = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 5, 7]));
    let mut out = std::io::Cursor::new(Vec::new());
    image::DynamicImage::from(image)
        .write_to(&mut out, format)
        .unwrap();
    out.into_inner()
}

fn jpeg() -> Vec<u8> {
    let plain = plain(image::ImageFormat::Jpeg);
    let segment = |mark: u8, body: &[&[u8]]| {
        let body = body.concat();
        [
            &[0xff, mark][..],
            &(body.len() as u16 + 2).to_be_bytes(),
            &body,
        ]
        .concat()
    };
    [
        &plain[..2],
        &segment(0xe1, &[b"Exif\0\0", &exif()]),
        &segment(0xe1, &[b"http://ns.adobe.com/xap/1.0/\0", XMP]),
        &segment(0xe2, &[b"ICC_PROFILE\0\x01\x01SECRETPROFILE"]),
        &segment(0xe2, &[b"MPF\0SECRETSECOND"]),
        &segment(0xed, &[b"Photoshop 3.0\08BIM\x04\x0cSECRETIPTC"]),
        &segment(0xfe, &[b"SECRETCOMMENT"]),
        &plain[2..],
        b"SECRETFILM",
    ]
    .concat()
}

fn png() -> Vec<u8> {
    let plain = plain(image::ImageFormat::Png);
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let mut crc = u32::MAX;
        for byte in kind.iter().chain(body) {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = crc >> 1 ^ (0xedb8_8320 & 0u32.wrapping_sub(crc & 1));
            }
        }
        [
            &(body.len() as u32).to_be_bytes()[..],
            kind,
            body,
            &(!crc).to_be_bytes(),
        ]
        .concat()
    };
    [
        &plain[..33],
        &chunk(b"eXIf", &exif()),
        &chunk(b"tEXt", b"Author\0SECRETNAME"),
        &chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", XMP].concat()),
        &chunk(b"tIME", &[7, 234, 3, 1, 14, 32, 10]),
        &chunk(b"prVt", b"SECRETBLOCK"),
        &plain[33..],
        b"SECRETFILM",
    ]
    .concat()
}

fn gif() -> Vec<u8> {
    let plain = plain(image::ImageFormat::Gif);
    let end = plain.len() - 1;
    let blocks = |body: &[u8]| [&[body.len() as u8][..], body].concat();
    [
        &plain[..end],
        &[0x21, 0xfe],
        &blocks(b"SECRETCOMMENT"),
        &[0, 0x21, 0xff],
        &blocks(b"XMP DataXMP"),
        &blocks(XMP),
        &[0, 0x3b],
        b"SECRETFILM",
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    let plain = plain(image::ImageFormat::WebP);
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let pad: &[u8] = if body.len() % 2 == 1 { &[0] } else { &[] };
        [kind, &(body.len() as u32).to_le_bytes()[..], body, pad].concat()
    };
    // VP8X with EXIF and XMP, 64 × 48.
    let head = chunk(b"VP8X", &[0x0c, 0, 0, 0, 63, 0, 0, 47, 0, 0]);
    let body = [
        b"WEBP".to_vec(),
        head,
        plain[12..].to_vec(),
        chunk(b"EXIF", &exif()),
        chunk(b"XMP ", XMP),
    ]
    .concat();
    [
        b"RIFF",
        &(body.len() as u32).to_le_bytes()[..],
        &body,
        b"SECRETFILM",
    ]
    .concat()
}

#[test]
fn everything_a_picture_tells_is_named_and_gone() {
    let exif = [
        Trace::Place,
        Trace::Owner,
        Trace::Serial,
        Trace::Camera,
        Trace::Time,
        Trace::Thumbnail,
        Trace::Exif,
    ];
    let of = |more: &[Trace]| {
        exif.iter()
            .chain(more)
            .copied()
            .collect::<std::collections::BTreeSet<_>>()
    };
    let all = [
        (
            "jpeg",
            jpeg(),
            of(&[
                Trace::Software,
                Trace::Xmp,
                Trace::Iptc,
                Trace::Profile,
                Trace::Text,
                Trace::Other,
                Trace::Behind,
            ]),
        ),
        (
            "png",
            png(),
            of(&[
                Trace::Software,
                Trace::Xmp,
                Trace::Text,
                Trace::Other,
                Trace::Behind,
            ]),
        ),
        (
            "webp",
            webp(),
            of(&[Trace::Software, Trace::Xmp, Trace::Behind]),
        ),
        (
            "gif",
            gif(),
            [
                Trace::Place,
                Trace::Owner,
                Trace::Software,
                Trace::Xmp,
                Trace::Text,
                Trace::Behind,
            ]
            .into(),
        ),
    ];
    for (name, bytes, told) in all {
        assert_eq!(traces(&bytes), told, "{name}");
        let once = varaq_press::picture::picture(&bytes).unwrap();
        assert!(
            traces(&once.bytes).is_empty(),
            "{name}: {:?}",
            traces(&once.bytes)
        );
        assert!(
            !once.bytes.windows(6).any(|window| window == b"SECRET"),
            "{name}"
        );
        assert_eq!(
            once,
            varaq_press::picture::picture(&bytes).unwrap(),
            "{name}"
        );
        // A cut or altered file is no trouble.
        for end in 0..bytes.len() {
            let _ = traces(&bytes[..end]);
        }
        for at in 0..bytes.len().min(900) {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0xff;
            let _ = traces(&wrong);
        }
    }
}

#[test]
fn the_privacy_report_counts_what_was_removed() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        "site/one.md",
        "---\ntitle: T\ndate: 2026-03-01\nlang: en\n---\n![](IMG_0001.jpg) ![](b.png) ![](c.png)\n\n[x](https://example.org/?utm_source=1)\n",
    );
    fs::write(home.path().join("site/IMG_0001.jpg"), jpeg()).unwrap();
    fs::write(home.path().join("site/b.png"), png()).unwrap();
    fs::write(
        home.path().join("site/c.png"),
        plain(image::ImageFormat::Png),
    )
    .unwrap();
    let report = press(home.path(), |_| ()).unwrap();
    assert_eq!(report.removed.pictures[&Trace::Place], 2);
    assert_eq!(report.removed.pictures[&Trace::Profile], 1);
    assert_eq!((report.removed.names, report.removed.tracking), (3, 1));
    let gps: Vec<_> = report
        .findings
        .iter()
        .filter(|one| one.kind == FindingKind::Gps)
        .collect();
    assert_eq!(gps.len(), 2, "{gps:?}");
    assert_eq!(
        (gps[0].place.as_str(), gps[0].refuses()),
        ("picture IMG_0001.jpg", false)
    );
    let bytes = fs::read(home.path().join("out.varaq")).unwrap();
    for secret in ["SECRET", "IMG_0001", "utm_source", "Exif", "xmpmeta"] {
        assert!(
            !bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes()),
            "{secret}"
        );
    }
}
