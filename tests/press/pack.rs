//! Packing and signing: the same bytes from the same input, nothing about the machine in
//! them, and no signature under what a reader would refuse.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use varaq_bundle::{Bundle, Day, Limits};
use varaq_press::keys::{KeyFile, NewPublisher, SecretKey, Stretch, new_publisher};
use varaq_press::{
    InspectError, PackError, PackOptions, PackReport, SignError, SignReport, merge_signatures,
    pack, recover, sign,
};
use varaq_storage::Disk;
use varaq_trust::{Consent, Pins, Verdict};

struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let home = tempfile::tempdir().unwrap();
        let plan = NewPublisher {
            names: vec![("en".into(), "Example Weekly".into())],
            signers: 3,
            threshold: 2,
            stretch: Stretch {
                memory_kib: 64,
                passes: 1,
            },
            ..NewPublisher::default()
        };
        new_publisher(&Disk, &home.path().join("keys"), &plan, None).unwrap();
        let desk = Desk { home };
        desk.write(
            "site/one.md",
            "---\ntitle: The river\ndate: 2026-03-01\nauthor: A. Writer\n---\n\
             The river **fell** again.\n\n![Dry bed](images/bed.png)\n",
        );
        desk.write(
            "site/fa/two.md",
            "---\ntitle: ورق\ndate: 2026-03-02\n---\nیک ورق تازه برای خواندن.\n",
        );
        let bed =
            image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 9]));
        let path = desk.path("site/images/bed.png");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        bed.save(path).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn options(&self, output: &str, number: u32) -> PackOptions {
        let mut options = PackOptions::new(
            vec![self.path("site")],
            self.path(output),
            self.path("keys"),
            number,
            Day(20_530),
        );
        options.title = "Spring".into();
        options.rules.allow = vec!["author".parse().unwrap()];
        options
    }

    fn pack(&self, output: &str, number: u32) -> PackReport {
        pack(&Disk, &self.options(output, number), &mut go_on).unwrap()
    }

    fn key(&self, number: u32) -> SecretKey {
        let file = KeyFile::read(&Disk, &self.path(&format!("keys/signer-{number}.key"))).unwrap();
        file.unlock(None).unwrap()
    }

    fn sign(&self, output: &str, number: u32) -> Result<SignReport, SignError> {
        self.sign_from(output, number, "keys")
    }

    fn sign_from(&self, output: &str, number: u32, ledger: &str) -> Result<SignReport, SignError> {
        let ledger = self.path(ledger);
        fs::create_dir_all(&ledger).unwrap();
        sign(
            &Disk,
            &self.path(output),
            &self.key(number),
            &ledger,
            &mut |_, _| ControlFlow::Continue(()),
        )
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }
}

fn go_on(_: varaq_press::PackStep) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn verdict(bytes: Vec<u8>) -> Verdict {
    let opening = varaq_trust::open(Cursor::new(bytes), &Pins::default(), &Limits::default());
    opening.unwrap().verdict()
}

#[test]
fn two_of_three_signatures_make_an_issue_that_opens() {
    let desk = Desk::new();
    let report = desk.pack("out.varaq", 1);
    assert_eq!((report.articles, report.pictures, report.need), (2, 1, 2));
    assert_eq!(verdict(desk.bytes("out.varaq")), Verdict::UnsignedDraft);
    let one = desk.sign("out.varaq", 1).unwrap();
    assert_eq!((one.have, one.need), (1, 2));
    assert_eq!(one.manifest, report.manifest);
    assert_eq!(verdict(desk.bytes("out.varaq")), Verdict::BelowThreshold);
    let two = desk.sign("out.varaq", 3).unwrap();
    assert_eq!((two.have, two.need), (2, 2));
    let bytes = desk.bytes("out.varaq");
    let opening =
        varaq_trust::open(Cursor::new(bytes), &Pins::default(), &Limits::default()).unwrap();
    assert_eq!(opening.verdict(), Verdict::UnknownPublisher);
    let content = opening.into_content(Consent::ReadWithoutTrusting);
    let Ok(content) = content else {
        panic!("refused")
    };
    let front = content.front().unwrap();
    assert_eq!(front.title, "Spring");
    let titles: Vec<_> = front.first.iter().map(|e| e.title.as_str()).collect();
    assert_eq!(titles, ["ورق", "The river"]);
    assert_eq!(front.first[1].byline, "A. Writer");
    let article = content.article_bytes(&front.first[1]).unwrap();
    let article = varaq_article::decode(&article).unwrap();
    assert_eq!(
        varaq_article::markdown(&article),
        "The river **fell** again.\n\n![Dry bed](media/1)\n"
    );
    let medium = &front.first[1].media[0];
    let picture = image::load_from_memory(&content.medium(medium).unwrap()).unwrap();
    assert_eq!((picture.width(), picture.height()), (40, 30));
    // Nothing is left beside the bundle.
    assert_eq!(names(desk.home.path()), ["keys", "out.varaq", "site"]);
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let desk = Desk::new();
    desk.pack("a.varaq", 1);
    // Another place, other times of files, another number of threads.
    let other = Desk::new();
    fs::remove_dir_all(other.path("keys")).unwrap();
    fs::create_dir(other.path("keys")).unwrap();
    let contact = "keys/publisher.contact";
    fs::copy(desk.path(contact), other.path(contact)).unwrap();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    pool.install(|| other.pack("deep-name-b.varaq", 1));
    assert!(desk.bytes("a.varaq") == other.bytes("deep-name-b.varaq"));
    other.pack("deep-name-b.varaq", 2);
    assert!(desk.bytes("a.varaq") != other.bytes("deep-name-b.varaq"));
}

#[test]
fn nothing_about_the_machine_is_in_a_bundle() {
    let desk = Desk::new();
    let odd = "zqxsecretfoldername";
    fs::rename(desk.path("site"), desk.path(odd)).unwrap();
    fs::rename(
        desk.path(odd).join("images/bed.png"),
        desk.path(odd).join("images/zqxcameraname.png"),
    )
    .unwrap();
    let text = fs::read_to_string(desk.path(odd).join("one.md")).unwrap();
    fs::write(
        desk.path(odd).join("zqxfilename.md"),
        text.replace("bed.png", "zqxcameraname.png"),
    )
    .unwrap();
    fs::remove_file(desk.path(odd).join("one.md")).unwrap();
    let mut options = desk.options("zqxoutput.varaq", 1);
    options.sources = vec![desk.path(odd)];
    let report = pack(&Disk, &options, &mut go_on).unwrap();
    assert_eq!((report.articles, report.pictures), (2, 1));
    let bytes = desk.bytes("zqxoutput.varaq");
    let mut forbidden = vec!["zqx".to_owned()];
    let home = desk.home.path().file_name().unwrap();
    forbidden.push(home.to_str().unwrap().to_owned());
    forbidden.extend(
        ["USER", "LOGNAME", "HOSTNAME"]
            .iter()
            .filter_map(|name| std::env::var(name).ok().filter(|value| value.len() > 4)),
    );
    if let Ok(host) = fs::read_to_string("/etc/hostname") {
        let host = host.trim().to_owned();
        forbidden.extend((host.len() > 4).then_some(host));
    }
    // Compressed pieces could hide a word: look into each, decoded.
    let bundle = Bundle::open(Cursor::new(&bytes), &Limits::default()).unwrap();
    #[expect(
        clippy::disallowed_methods,
        reason = "an unsigned draft is looked into"
    )]
    let content = bundle.into_content().unwrap();
    let mut all = bytes.clone();
    for piece in 0..content.manifest().piece_count {
        all.extend_from_slice(&content.piece(piece).unwrap());
    }
    for word in forbidden {
        let found = all.windows(word.len()).any(|part| part == word.as_bytes());
        assert!(!found, "{word}");
    }
}

#[test]
fn the_same_slot_does_not_sign_twice() {
    let desk = Desk::new();
    desk.pack("out.varaq", 1);
    desk.sign("out.varaq", 2).unwrap();
    let before = desk.bytes("out.varaq");
    assert!(matches!(
        desk.sign("out.varaq", 2),
        Err(SignError::AlreadySigned(1))
    ));
    assert!(before == desk.bytes("out.varaq"));
}

#[test]
fn a_second_manifest_for_a_number_is_refused() {
    let desk = Desk::new();
    desk.pack("one.varaq", 1);
    desk.sign("one.varaq", 1).unwrap();
    desk.write("site/three.md", "# Late news\n\nMore.\n");
    desk.pack("two.varaq", 1);
    let before = desk.bytes("two.varaq");
    for key in [1, 2] {
        assert!(matches!(
            desk.sign("two.varaq", key),
            Err(SignError::SecondManifest { number: 1, .. })
        ));
    }
    assert!(before == desk.bytes("two.varaq"));
    // The first manifest may be signed again, from another copy too.
    desk.pack("next.varaq", 2);
    desk.sign("next.varaq", 1).unwrap();
    // A ledger that is not understood is no empty ledger.
    desk.write("keys/ledger", "varaq ledger 1\nsigned what\n");
    assert!(matches!(
        desk.sign("next.varaq", 2),
        Err(SignError::Ledger(_))
    ));
}

#[test]
fn the_issue_before_is_named_from_the_ledger() {
    let desk = Desk::new();
    let first = desk.pack("1.varaq", 1);
    desk.sign("1.varaq", 1).unwrap();
    desk.pack("3.varaq", 3);
    let bundle = Bundle::open(Cursor::new(desk.bytes("3.varaq")), &Limits::default()).unwrap();
    let prev = bundle.manifest().unwrap().prev.unwrap();
    assert_eq!((prev.epoch, prev.number, prev.id), (1, 1, first.manifest));
    let bundle = Bundle::open(Cursor::new(desk.bytes("1.varaq")), &Limits::default()).unwrap();
    assert_eq!(bundle.manifest().unwrap().prev, None);
}

#[test]
fn signatures_of_several_machines_are_put_together() {
    let desk = Desk::new();
    desk.pack("a.varaq", 1);
    fs::copy(desk.path("a.varaq"), desk.path("b.varaq")).unwrap();
    desk.sign_from("a.varaq", 1, "machine-a").unwrap();
    desk.sign_from("b.varaq", 2, "machine-b").unwrap();
    // What travels back may be the head alone.
    let bundle = Bundle::open(Cursor::new(desk.bytes("b.varaq")), &Limits::default()).unwrap();
    fs::write(desk.path("head.varaq"), bundle.head().to_bytes()).unwrap();
    let merged = merge_signatures(&Disk, &desk.path("a.varaq"), &desk.path("head.varaq")).unwrap();
    assert_eq!((merged.added, merged.have, merged.need), (vec![1], 2, 2));
    assert_eq!(verdict(desk.bytes("a.varaq")), Verdict::UnknownPublisher);
    let again = merge_signatures(&Disk, &desk.path("a.varaq"), &desk.path("head.varaq")).unwrap();
    assert!(again.added.is_empty());
    desk.pack("c.varaq", 2);
    assert!(matches!(
        merge_signatures(&Disk, &desk.path("c.varaq"), &desk.path("a.varaq")),
        Err(SignError::AnotherIssue)
    ));
}

#[test]
fn a_key_that_is_not_delegated_does_not_sign() {
    let desk = Desk::new();
    desk.pack("out.varaq", 1);
    let before = desk.bytes("out.varaq");
    let path = desk.path("out.varaq");
    let stranger = SecretKey::generate(varaq_press::keys::Role::Signer).unwrap();
    let result = sign(&Disk, &path, &stranger, &desk.path("keys"), &mut |_, _| {
        ControlFlow::Continue(())
    });
    assert!(matches!(result, Err(SignError::NotASigner { .. })));
    let root = KeyFile::read(&Disk, &desk.path("keys/root-1.key")).unwrap();
    let root = root.unlock(None).unwrap();
    let result = sign(&Disk, &path, &root, &desk.path("keys"), &mut |_, _| {
        ControlFlow::Continue(())
    });
    assert!(matches!(result, Err(SignError::RootKey)));
    assert!(before == desk.bytes("out.varaq"));
}

#[test]
fn what_does_not_decode_is_not_signed() {
    let desk = Desk::new();
    desk.pack("out.varaq", 1);
    let whole = desk.bytes("out.varaq");
    let bundle = Bundle::open(Cursor::new(&whole), &Limits::default()).unwrap();
    let body_at = bundle.head().prefix.body_at as usize;
    let len = whole.len();
    // FRONT and prefixes have spares; what has none must hold.
    let mut refused = 0;
    for at in (body_at..len).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x10;
        fs::write(desk.path("out.varaq"), &bytes).unwrap();
        match desk.sign("out.varaq", 1) {
            Err(SignError::Unfit(_)) => refused += 1,
            Ok(_) => {
                fs::remove_file(desk.path("keys/ledger")).unwrap();
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    assert!(refused > 0);
    fs::write(desk.path("out.varaq"), &whole[..len / 2]).unwrap();
    assert!(desk.sign("out.varaq", 1).is_err());
    // Nothing was remembered of what was not signed.
    fs::write(desk.path("out.varaq"), &whole).unwrap();
    desk.sign("out.varaq", 1).unwrap();
}

#[test]
fn a_head_left_by_a_power_cut_is_put_in_place() {
    let desk = Desk::new();
    desk.pack("out.varaq", 1);
    let unsigned = desk.bytes("out.varaq");
    desk.sign("out.varaq", 1).unwrap();
    let signed = desk.bytes("out.varaq");
    let bundle = Bundle::open(Cursor::new(&signed), &Limits::default()).unwrap();
    let body_at = bundle.head().prefix.body_at as usize;
    let sidecar = desk.path("out.varaq.head");
    // The power went while the file was written: every mixture of old and new.
    for cut in [0, 1, 40, 64, 200, body_at / 2, body_at] {
        let torn = [&signed[..cut], &unsigned[cut..]].concat();
        fs::write(desk.path("out.varaq"), torn).unwrap();
        fs::write(&sidecar, &signed[..body_at]).unwrap();
        assert!(recover(&Disk, &desk.path("out.varaq")).unwrap());
        assert!(desk.bytes("out.varaq") == signed, "cut at {cut}");
        assert!(!sidecar.exists());
    }
    // The power went while the copy was written: the file is as it was.
    for cut in [0, 10, 100, body_at - 1] {
        fs::write(desk.path("out.varaq"), &unsigned).unwrap();
        fs::write(&sidecar, &signed[..cut]).unwrap();
        assert!(recover(&Disk, &desk.path("out.varaq")).unwrap());
        assert!(desk.bytes("out.varaq") == unsigned, "cut at {cut}");
        assert!(!sidecar.exists());
    }
    assert!(!recover(&Disk, &desk.path("out.varaq")).unwrap());
    // Somebody else's head stays where it is.
    desk.pack("other.varaq", 2);
    let other = desk.bytes("other.varaq");
    fs::write(&sidecar, &other[..body_at]).unwrap();
    assert!(matches!(
        recover(&Disk, &desk.path("out.varaq")),
        Err(SignError::AnotherHead(_))
    ));
    assert!(desk.bytes("out.varaq") == unsigned);
    assert!(sidecar.exists());
}

#[test]
fn a_number_outside_the_window_is_not_packed() {
    let desk = Desk::new();
    for number in [0, 257] {
        let result = pack(&Disk, &desk.options("out.varaq", number), &mut go_on);
        assert!(matches!(result, Err(PackError::OutOfWindow { .. })));
    }
    let mut options = desk.options("out.varaq", 1);
    options.channel = "weekly".into();
    assert!(matches!(
        pack(&Disk, &options, &mut go_on),
        Err(PackError::NoChannel(_))
    ));
    assert_eq!(names(desk.home.path()), ["keys", "site"]);
}

#[test]
fn a_signed_issue_is_not_overwritten_and_a_draft_is() {
    let desk = Desk::new();
    desk.pack("out.varaq", 1);
    desk.pack("out.varaq", 1);
    desk.sign("out.varaq", 1).unwrap();
    let before = desk.bytes("out.varaq");
    let result = pack(&Disk, &desk.options("out.varaq", 1), &mut go_on);
    assert!(matches!(result, Err(PackError::Signed(_))));
    assert!(before == desk.bytes("out.varaq"));
}

#[test]
fn interrupted_work_leaves_nothing_behind() {
    let desk = Desk::new();
    for stop_at in 0..6 {
        let mut steps = 0;
        let result = pack(&Disk, &desk.options("out.varaq", 1), &mut |_| {
            steps += 1;
            if steps > stop_at {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        assert!(matches!(result, Err(PackError::Cancelled)), "{stop_at}");
        assert_eq!(names(desk.home.path()), ["keys", "site"]);
    }
    desk.pack("out.varaq", 1);
    let result = sign(
        &Disk,
        &desk.path("out.varaq"),
        &desk.key(1),
        &desk.path("keys"),
        &mut |_, _| ControlFlow::Break(()),
    );
    assert!(matches!(
        result,
        Err(SignError::Unfit(InspectError::Cancelled))
    ));
    assert!(!desk.path("keys/ledger").exists());
}

#[test]
fn a_source_without_articles_is_an_error_that_names_what_was_left_out() {
    let desk = Desk::new();
    desk.write("empty/draft.md", "---\ndraft: true\n---\nNot yet.\n");
    let mut options = desk.options("out.varaq", 1);
    options.sources = vec![desk.path("empty")];
    match pack(&Disk, &options, &mut go_on) {
        Err(PackError::Nothing(warnings)) => {
            assert_eq!(warnings.len(), 1);
            assert!(warnings[0].skipped);
        }
        other => panic!("{other:?}"),
    }
    options.sources = vec![desk.path("nowhere")];
    assert!(matches!(
        pack(&Disk, &options, &mut go_on),
        Err(PackError::Import(_))
    ));
}

#[test]
fn a_picture_that_cannot_be_decoded_becomes_its_words() {
    let desk = Desk::new();
    fs::write(
        desk.path("site/images/bed.png"),
        b"\x89PNG\r\n\x1a\nnothing",
    )
    .unwrap();
    let report = desk.pack("out.varaq", 1);
    assert_eq!((report.articles, report.pictures), (2, 0));
    let told = report
        .warnings
        .iter()
        .any(|w| w.file == "one.md" && w.what.contains("bed.png"));
    assert!(told, "{:?}", report.warnings);
}
