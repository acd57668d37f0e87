//! Who a bundle is by, to this reader (FORMAT.md section 7).

use super::sample::{sample, sample_by};
use super::{Found, List, PinLine};
use varaq_kit::{Mint, Value};

pub fn add(list: &mut List) {
    let ours = Mint::default();
    let file = sample().seal().file();
    let whole = Found::whole(&sample());
    let mut read =
        |name: &str, purpose: &str, file: Vec<u8>, pins: Vec<PinLine>, verdict: &str, exit: u8| {
            list.found(name, "7", purpose, file, whole.clone());
            list.read_by(pins, verdict, exit);
        };
    let called = |name: &str| {
        let mut pins = PinLine::of(&ours, true);
        pins[0].name = name.into();
        pins
    };
    let strangers = PinLine::of(&Mint::other("Somebody Else", 40), true);
    let by = |name: &'static str| sample_by(Mint::other(name, 40)).seal().file();
    read(
        "pinned",
        "the code was never checked",
        file.clone(),
        PinLine::of(&ours, false),
        "PINNED",
        0,
    );
    read(
        "unknown",
        "nobody is pinned",
        file.clone(),
        Vec::new(),
        "UNKNOWN_PUBLISHER",
        0,
    );
    read(
        "unknown-among-others",
        "somebody else is pinned",
        file.clone(),
        strangers,
        "UNKNOWN_PUBLISHER",
        0,
    );
    read(
        "pinned-under-another-name",
        "who is pinned is the id, not the name",
        file,
        called("My own name for it"),
        "VERIFIED",
        0,
    );
    read(
        "impostor",
        "the name of a pinned publisher",
        by("Example News"),
        PinLine::of(&ours, true),
        "IMPOSTOR_NAME",
        20,
    );
    read(
        "impostor-in-other-case-and-spaces",
        "case, spaces and punctuation are dropped",
        by("EXAMPLE-news."),
        PinLine::of(&ours, true),
        "IMPOSTOR_NAME",
        20,
    );
    read(
        "impostor-with-a-joiner",
        "joiners are dropped",
        by("خبر\u{200c}نمونه"),
        called("خبر نمونه"),
        "IMPOSTOR_NAME",
        20,
    );
    read(
        "impostor-with-arabic-letters",
        "forms of yeh and kaf are folded",
        by("كتاب ايران"),
        called("کتاب ایران"),
        "IMPOSTOR_NAME",
        20,
    );
    read(
        "impostor-with-other-digits",
        "digits are folded",
        by("اخبار ۲۴"),
        called("اخبار 24"),
        "IMPOSTOR_NAME",
        20,
    );
    read(
        "another-name",
        "a name that only resembles",
        by("Example Newts"),
        PinLine::of(&ours, true),
        "UNKNOWN_PUBLISHER",
        0,
    );

    let newer = |mint: &Mint, format: u64, number: u64, slots: &[u8]| {
        let sealed = sample_by(mint.clone()).seal();
        let mut manifest = Value::parse(&sealed.manifest.encode());
        *manifest.at(0) = Value::Uint(format);
        *manifest.at(4) = Value::Uint(number);
        manifest.pairs().truncate(7);
        manifest.pairs().push((
            Value::Uint(7),
            Value::Text("what a later format keeps here".into()),
        ));
        manifest.pairs().push((
            Value::Uint(99),
            Value::Map(vec![(Value::Uint(0), Value::Null)]),
        ));
        let mut parts = sealed.parts();
        parts.major = 2;
        parts.manifest = manifest.encode();
        parts.signatures = mint.signatures(&parts.manifest, slots);
        parts.bytes()
    };
    let other = Mint::other("Somebody Else", 40);
    let mut revoked = Mint::default();
    revoked.add(|s| {
        s.revoked.push(varaq_trust::Revocation {
            key: varaq_kit::public(11),
            reason: varaq_trust::Reason::Stolen,
            kept: Vec::new(),
        });
    });
    for (name, purpose, file, verdict) in [
        (
            "newer-format-signed",
            "a pinned publisher says that it is newer",
            newer(&ours, 2, 7, &[0, 1]),
            "NEWER_FORMAT(signed)",
        ),
        (
            "newer-format-of-another-format",
            "the signed format is not the major",
            newer(&ours, 3, 7, &[0, 1]),
            "NEWER_FORMAT(unproven)",
        ),
        (
            "newer-format-of-a-stranger",
            "anybody can say that",
            newer(&other, 2, 7, &[0, 1]),
            "NEWER_FORMAT(unproven)",
        ),
        (
            "newer-format-below-the-threshold",
            "one of two",
            newer(&ours, 2, 7, &[0]),
            "NEWER_FORMAT(unproven)",
        ),
        (
            "newer-format-unsigned",
            "nobody says it",
            newer(&ours, 2, 7, &[]),
            "NEWER_FORMAT(unproven)",
        ),
        (
            "newer-format-out-of-the-window",
            "not for this number",
            newer(&ours, 2, 201, &[0, 1]),
            "NEWER_FORMAT(unproven)",
        ),
        (
            "newer-format-by-a-revoked-key",
            "a thief could send people to a trojan reader",
            newer(&revoked, 2, 7, &[0, 1]),
            "NEWER_FORMAT(unproven)",
        ),
    ] {
        list.refused(name, "7", purpose, file, verdict);
    }
}
