//! PREFIX and the hint (FORMAT.md section 1.1).

use super::{Found, List, sample};
use varaq_kit::rehint;

pub fn add(list: &mut List) {
    let sample = sample();
    let whole = Found::whole(&sample);
    let parts = sample.seal().parts();
    let file = parts.bytes();
    // A length or zero field, wrong with a hint that fits all the same: the rule decides, not the hint.
    let with = |at: usize, bytes: &[u8]| {
        let mut file = file.clone();
        file[at..at + bytes.len()].copy_from_slice(bytes);
        rehint(&mut file);
        file
    };
    list.refused(
        "magic-with-one-bit-off",
        "7",
        "the first byte shows that the eighth bit survives",
        with(0, &[0x09]),
        "NOT_A_BUNDLE",
    );
    list.refused(
        "magic-with-converted-line-ends",
        "7",
        "a copy in text mode",
        [&file[..4], b"\n\x1a\n", &file[8..]].concat(),
        "NOT_A_BUNDLE",
    );
    for (name, at, bytes, purpose) in [
        ("major-0", 8, &[0u8, 0][..], "there is no major 0"),
        (
            "zero-behind-major",
            10,
            &[0, 1],
            "a zero field must be zero",
        ),
        ("zero-behind-lengths", 40, &[1], "a zero field must be zero"),
        ("zero-before-hint", 47, &[1], "a zero field must be zero"),
        (
            "body-at-0",
            12,
            &[0; 8],
            "the body cannot begin inside the head",
        ),
        (
            "body-at-above-a-megabyte",
            12,
            &[0, 0, 0, 0, 0, 0x10, 0, 1],
            "the head is at most a megabyte",
        ),
        (
            "body-at-beyond-63-bits",
            12,
            &[0xff; 8],
            "a number that must not be added to anything",
        ),
        (
            "manifest-len-0",
            20,
            &[0; 4],
            "there is no bundle without a manifest",
        ),
        (
            "manifest-len-4097",
            20,
            &[0, 0, 0x10, 1],
            "the manifest is read before anything is verified",
        ),
        (
            "signatures-len-65537",
            24,
            &[0, 1, 0, 1],
            "thousands of signatures would stall the verdict",
        ),
        (
            "own-len-0",
            28,
            &[0; 4],
            "there is no publisher without a statement",
        ),
        (
            "own-len-196609",
            28,
            &[0, 3, 0, 1],
            "a chain is verified one by one",
        ),
        ("runs-len-17", 32, &[0, 0, 0, 17], "RUNS are whole entries"),
        (
            "runs-len-262160",
            32,
            &[0, 4, 0, 16],
            "RUNS are looked through for every piece",
        ),
        (
            "notes-len-262145",
            36,
            &[0, 4, 0, 1],
            "anybody may add notes",
        ),
        (
            "all-lengths-at-most",
            20,
            &[0xff; 20],
            "a sum that must not wrap",
        ),
        (
            "notes-len-beyond-the-file",
            36,
            &[0, 1, 0, 0],
            "the sections must end before the body",
        ),
    ] {
        list.refused(name, "1.1", purpose, with(at, bytes), "DAMAGED_HEAD");
    }
    let mut before = parts.clone();
    before.body_at = Some(parts.head_len() as u64 - 1);
    list.refused(
        "body-at-inside-notes",
        "1.1",
        "the body cannot begin inside the head",
        before.bytes(),
        "DAMAGED_HEAD",
    );
    let mut behind = parts.clone();
    behind.body_at = Some(parts.body_start() as u64 + 1);
    list.found(
        "body-at-one-too-far",
        "7",
        "INDEX is there, and not the signed bytes",
        behind.bytes(),
        whole
            .clone()
            .only(&[])
            .unlisted()
            .incomplete()
            .damaged(&["runs", "index"], 23)
            .extra(u64::from(file[parts.body_start()] != 0)),
    );
    let mut far = parts.clone();
    far.body_at = Some(1 << 20);
    list.found(
        "body-at-beyond-the-file",
        "7",
        "INDEX would lie beyond the end; what is there belongs to SLACK",
        far.bytes(),
        whole
            .clone()
            .only(&[])
            .unlisted()
            .partial()
            .damaged(&["runs"], 23)
            .extra(
                file[parts.head_len()..]
                    .iter()
                    .filter(|&&byte| byte != 0)
                    .count() as u64,
            ),
    );

    let flipped = |at: usize| {
        let mut file = file.clone();
        file[at] ^= 1;
        file
    };
    let signature = 64 + parts.manifest.len() + 20;
    list.found(
        "hint-wrong",
        "1.1",
        "the hint decides nothing",
        flipped(50),
        whole.clone().damaged(&["hint"], 22),
    );
    list.refused(
        "hint-wrong-and-signature-wrong",
        "7",
        "an accident is called damage",
        {
            let mut file = flipped(50);
            file[signature] ^= 1;
            file
        },
        "DAMAGED_HEAD",
    );
    list.refused(
        "bit-flipped-in-manifest",
        "7",
        "an accident is called damage",
        flipped(64 + 40),
        "DAMAGED_HEAD",
    );
    list.refused(
        "bit-flipped-in-own",
        "7",
        "an accident is called damage",
        flipped(64 + parts.manifest.len() + parts.signatures.len() + 60),
        "DAMAGED_HEAD",
    );
    for (name, at) in [
        ("forged-manifest", 64 + 40),
        ("forged-signature", signature),
    ] {
        let mut file = flipped(at);
        rehint(&mut file);
        list.refused(
            name,
            "7",
            "a hint that fits says that somebody did it on purpose",
            file,
            "BAD_SIGNATURE",
        );
    }
    let mut newer = parts.clone();
    newer.major = 2;
    list.refused(
        "major-2-with-a-manifest-of-1",
        "7",
        "major is not signed: nobody should install a newer reader because of it",
        newer.bytes(),
        "NEWER_FORMAT(unproven)",
    );
    list.refused(
        "major-2-truncated",
        "7",
        "major 2 and nothing behind PREFIX",
        newer.bytes()[..64].to_vec(),
        "NEWER_FORMAT(unproven)",
    );
    list.refused(
        "major-2-in-a-short-prefix",
        "7",
        "no PREFIX, no major",
        newer.bytes()[..63].to_vec(),
        "DAMAGED_HEAD",
    );
}
