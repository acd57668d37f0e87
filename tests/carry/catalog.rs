//! Catalogues: one encoding, only what is authentic, and mirrors that keep something back
//! or change something are found out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use varaq_carry::{
    Audit, AuditOptions, CATALOG_FILE, Catalog, CatalogError, CatalogSignature, CheckOptions,
    FileState, METALINK_FILE, MetalinkState, Survey, WhyLeftOut, audit_catalog, publish_catalog,
    read_catalog, survey_catalog,
};
use varaq_kit::storage::{Fault, Sweep, Times};
use varaq_kit::{FaultStorage, Mint, Reader, public, sign};
use varaq_storage::Storage;
use varaq_trust::{Evidence, Namespace, View, sshsig};

const MIRRORS: [&str; 2] = ["https://a.example/v", "http://b.example:81/x%20y/"];

fn bundle(mint: &Mint, number: u32) -> Vec<u8> {
    mint.issue(number)
        .article("One", "First words.")
        .signed(&[0, 1])
}

/// A folder of three issues of one publisher, one of another, and what does not belong there.
fn folder() -> FaultStorage {
    let storage = FaultStorage::new();
    let mint = Mint::default();
    storage.put("mirror/1.varaq", &bundle(&mint, 1));
    storage.put("mirror/2026/two & <2>'\".varaq", &bundle(&mint, 2));
    storage.put("mirror/2026/نان 3", &bundle(&mint, 3));
    storage.put(
        "mirror/other.varaq",
        &bundle(&Mint::other("A & B <c>", 40), 1),
    );
    storage.put("mirror/.1.varaq.Xyz", &bundle(&mint, 1)[..600]);
    storage.put("mirror/4.varaq.part", &bundle(&mint, 4)[..600]);
    storage.put("mirror/note.txt", b"words");
    storage
}

fn survey(storage: &FaultStorage) -> Result<Survey, CatalogError> {
    let pins = Mint::default().pins(true);
    let mirrors = MIRRORS.map(|text| text.parse().unwrap());
    survey_catalog(
        storage,
        Path::new("mirror"),
        &mirrors,
        (&pins).into(),
        &CheckOptions::default(),
        &AtomicBool::new(false),
        &mut |_, _| {},
    )
}

/// The files of a catalogue, signed by a key of the kit.
fn files(catalog: &Catalog, seed: u8) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for (name, text) in [
        (CATALOG_FILE, catalog.atom()),
        (METALINK_FILE, catalog.metalink()),
    ] {
        let signature = sign(seed, Namespace::Catalog, text.as_bytes());
        let armor = sshsig::armor(
            Namespace::Catalog,
            &public(seed),
            &signature.try_into().unwrap(),
        );
        files.push((name.to_owned(), text.into_bytes()));
        files.push((format!("{name}.sig"), armor.unwrap().into_bytes()));
    }
    files
}

/// The folder with its catalogue, signed by a signer of the publisher.
fn mirror() -> FaultStorage {
    let storage = folder();
    let catalog = survey(&storage).unwrap().catalog;
    publish_catalog(&storage, Path::new("mirror"), &files(&catalog, 11)).unwrap();
    storage
}

fn audit_with(storage: &FaultStorage, reader: &Reader, options: &AuditOptions) -> Audit {
    let (catalog, text) = read_catalog(storage, Path::new("mirror")).unwrap().unwrap();
    let view = View::new(&reader.pins, &reader.evidence);
    let cancel = AtomicBool::new(false);
    let folder = Path::new("mirror");
    audit_catalog(
        storage,
        folder,
        (&catalog, &text),
        view,
        options,
        &cancel,
        &mut |_, _| {},
    )
    .unwrap()
}

fn audit(storage: &FaultStorage) -> Audit {
    audit_with(
        storage,
        &Reader::of(&[&Mint::default()]),
        &AuditOptions::default(),
    )
}

/// What is not whole, by name.
fn faults(audit: &Audit) -> BTreeMap<String, (&'static str, u8)> {
    let faults = audit.files.iter().filter(|file| file.code() > 0);
    faults
        .map(|file| {
            let state = match file.state {
                FileState::Whole => "whole",
                FileState::Missing => "missing",
                FileState::Altered => "altered",
                FileState::Unreadable(_) => "unreadable",
            };
            (file.entry.name.clone(), (state, file.code()))
        })
        .collect()
}

#[test]
fn the_newest_stand_first_and_names_of_any_kind_stand_whole() {
    let found = survey(&folder()).unwrap();
    assert_eq!((found.code, found.left_out.len()), (0, 0));
    let listed = |entry: &varaq_carry::CatalogEntry| (entry.name.clone(), entry.number);
    let listed: Vec<_> = found.catalog.entries.iter().map(listed).collect();
    let ours = [
        ("2026/نان 3", 3),
        ("2026/two & <2>'\".varaq", 2),
        ("1.varaq", 1),
    ];
    let ours: Vec<_> = ours
        .iter()
        .map(|(name, number)| ((*name).to_owned(), *number))
        .collect();
    let without: Vec<_> = listed
        .iter()
        .filter(|one| one.0 != "other.varaq")
        .cloned()
        .collect();
    assert_eq!((without, listed.len()), (ours, 4));
    let atom = found.catalog.atom();
    assert!(
        atom.contains("href=\"2026/two%20%26%20%3C2%3E%27%22.varaq\""),
        "{atom}"
    );
    assert!(
        atom.contains("name=\"2026/two &amp; &lt;2&gt;&apos;&quot;.varaq\""),
        "{atom}"
    );
    assert!(
        atom.contains("<author><name>A &amp; B &lt;c&gt;</name>"),
        "{atom}"
    );
    let metalink = found.catalog.metalink();
    let address = "<url priority=\"2\">http://b.example:81/x%20y/2026/%D9%86%D8%A7%D9%86%203</url>";
    assert!(metalink.contains(address), "{metalink}");
    assert!(
        metalink.contains("<url priority=\"1\">https://a.example/v/1.varaq</url>"),
        "{metalink}"
    );
    let known = sha2_of(&bundle(&Mint::default(), 1));
    assert!(metalink.contains(&known) && atom.contains(&known));
}

fn sha2_of(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[test]
fn a_catalogue_has_one_encoding() {
    let catalog = survey(&folder()).unwrap().catalog;
    let text = catalog.atom();
    assert_eq!(Catalog::parse(&text).unwrap(), catalog);
    assert_eq!(survey(&folder()).unwrap().catalog.atom(), text);
    let empty = Catalog::default().atom();
    assert_eq!(Catalog::parse(&empty).unwrap(), Catalog::default());
    // Cuts everywhere, and bytes that are another.
    for at in (0..text.len()).step_by(5) {
        let mut bytes = text.clone().into_bytes();
        let kept = bytes
            .get(..at)
            .and_then(|cut| std::str::from_utf8(cut).ok());
        assert!(
            kept.is_none_or(|cut| Catalog::parse(cut).is_err()),
            "cut at {at}"
        );
        *bytes.get_mut(at).unwrap() ^= 1;
        let flipped = std::str::from_utf8(&bytes)
            .ok()
            .and_then(|text| Catalog::parse(text).ok());
        // A value may be another; then it is another catalogue, and says so.
        assert!(flipped.is_none_or(|other| other != catalog), "flip at {at}");
    }
    for (from, to) in [
        ("\n", "\r\n"),
        ("<title>", "<title >"),
        ("/>", " />"),
        ("name=\"1.varaq\"", "name='1.varaq'"),
        ("&apos;", "'"),
        ("epoch=\"1\"", "epoch=\"01\""),
        ("<feed", "<!DOCTYPE x [<!ENTITY a \"b\">]><feed"),
        ("</feed>\n", "</feed>"),
        ("</feed>\n", "</feed>\n\n"),
        ("</entry>", "<!-- --></entry>"),
        ("name=\"1.varaq\"", "name=\"other.varaq\""),
        ("name=\"1.varaq\"", "name=\"../1.varaq\""),
        ("name=\"1.varaq\"", "name=\"/1.varaq\""),
        ("name=\"1.varaq\"", "name=\"C:1.varaq\""),
        ("name=\"1.varaq\"", "name=\"a\\1.varaq\""),
        ("name=\"1.varaq\"", "name=\"\""),
        ("name=\"1.varaq\"", "name=\".git/1.varaq\""),
        ("name=\"1.varaq\"", "name=\"a//1.varaq\""),
    ] {
        assert!(text.contains(from), "{from}");
        assert!(
            Catalog::parse(&text.replace(from, to)).is_err(),
            "{from} {to}"
        );
    }
    let long = text.replace("</feed>\n", &"x".repeat(16 << 20));
    assert!(Catalog::parse(&long).is_err());
}

#[test]
fn forged_and_damaged_bundles_are_left_out() {
    let storage = folder();
    let mint = Mint::default();
    let mut damaged = bundle(&mint, 5);
    *damaged.last_mut().unwrap() ^= 1;
    storage.put("mirror/damaged.varaq", &damaged);
    let forged = varaq_kit::with_head(&bundle(&mint, 6), |head| {
        head.signatures = mint.signatures(b"another manifest", &[0, 1]);
    });
    storage.put("mirror/forged.varaq", &forged);
    storage.put(
        "mirror/draft.varaq",
        &mint.issue(7).article("One", "Words.").unsigned(),
    );
    storage.put("mirror/empty.varaq", b"");
    storage.put(
        "mirror/impostor.varaq",
        &bundle(&Mint::other("Example  NEWS", 80), 1),
    );
    storage.put("mirror/line\nfeed", &bundle(&mint, 8));
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bundles");
    let cut = std::fs::read(bundles.join("partial.varaq")).unwrap();
    storage.put("mirror/cut.varaq", &cut);
    let found = survey(&storage).unwrap();
    let why: BTreeMap<_, _> = found
        .left_out
        .iter()
        .map(|left| (left.path.to_str().unwrap(), left.why))
        .collect();
    let check = |name: &str| match why.get(name).unwrap() {
        WhyLeftOut::Check(verdict, code) => (verdict.name(), *code),
        WhyLeftOut::Name => ("NAME", 0),
    };
    assert!(check("mirror/damaged.varaq").1 >= 22, "{why:?}");
    assert_eq!(check("mirror/forged.varaq"), ("BAD_SIGNATURE", 20));
    assert_eq!(check("mirror/draft.varaq"), ("UNSIGNED_DRAFT", 20));
    assert_eq!(check("mirror/empty.varaq"), ("NOT_A_BUNDLE", 10));
    assert_eq!(check("mirror/impostor.varaq"), ("IMPOSTOR_NAME", 20));
    assert_eq!(check("mirror/line\nfeed"), ("NAME", 0));
    assert_eq!(found.code, 22, "the worst of them");
    // A copy that ends early is authentic, and listed as what it is.
    let cut = found
        .catalog
        .entries
        .iter()
        .find(|entry| entry.name == "cut.varaq");
    assert!(cut.is_some_and(|cut| cut.articles_of.is_some_and(|all| cut.articles < all)));
    assert_eq!(found.catalog.entries.len(), 5);
}

#[test]
fn only_trusted_publishers_are_listed_on_demand() {
    let storage = folder();
    let pins = Mint::default().pins(true);
    let options = CheckOptions {
        require_trusted: true,
        ..CheckOptions::default()
    };
    let cancel = AtomicBool::new(false);
    let found = survey_catalog(
        &storage,
        Path::new("mirror"),
        &[],
        (&pins).into(),
        &options,
        &cancel,
        &mut |_, _| {},
    );
    let found = found.unwrap();
    assert_eq!(
        (
            found.catalog.entries.len(),
            found.left_out.len(),
            found.code
        ),
        (3, 1, 21)
    );
}

#[test]
fn nothing_is_written_when_nothing_has_changed() {
    let storage = mirror();
    let before = storage.snapshot();
    let again = files(&survey(&storage).unwrap().catalog, 11);
    let changed = publish_catalog(&storage, Path::new("mirror"), &again).unwrap();
    assert!(changed.is_empty() && storage.snapshot() == before);
    let written = storage.operations().len();
    storage.put("mirror/5.varaq", &bundle(&Mint::default(), 5));
    let next = files(&survey(&storage).unwrap().catalog, 11);
    let changed = publish_catalog(&storage, Path::new("mirror"), &next).unwrap();
    assert_eq!(changed.len(), 4, "after {written} operations");
}

#[test]
fn a_good_mirror_is_found_good() {
    let found = audit(&mirror());
    assert_eq!(found.code, 0, "{found:?}");
    assert_eq!(found.signature, CatalogSignature::Good(public(11)));
    assert_eq!(found.metalink, MetalinkState::AsListed);
    assert!(found.older.is_empty() && found.unlisted.is_empty());
    assert_eq!(found.files.len(), 4);
}

#[test]
fn missing_altered_and_unlisted_files_are_told() {
    let storage = mirror();
    let mint = Mint::default();
    storage.remove(Path::new("mirror/1.varaq")).unwrap();
    let mut flipped = bundle(&mint, 3);
    *flipped.last_mut().unwrap() ^= 0x20;
    storage.put("mirror/2026/نان 3", &flipped);
    // Genuine, and not the file that was listed.
    storage.put("mirror/other.varaq", &bundle(&mint, 1));
    storage.put("mirror/more.varaq", &bundle(&mint, 4));
    let found = audit(&storage);
    let faults = faults(&found);
    assert_eq!(faults.get("1.varaq"), Some(&("missing", 3)));
    assert_eq!(faults.get("other.varaq"), Some(&("altered", 20)));
    let (state, code) = faults.get("2026/نان 3").unwrap();
    assert!(*state == "altered" && *code >= 22, "{faults:?}");
    assert_eq!(found.unlisted.len(), 1);
    assert!(found.code >= 22);
}

#[test]
fn a_changed_list_is_not_what_was_signed() {
    let storage = mirror();
    let (catalog, _) = read_catalog(&storage, Path::new("mirror"))
        .unwrap()
        .unwrap();
    let mut shorter = catalog.clone();
    shorter.entries.remove(0);
    storage.put("mirror/catalog.atom", shorter.atom().as_bytes());
    let found = audit(&storage);
    assert_eq!(
        (found.signature, found.metalink, found.code),
        (CatalogSignature::Wrong, MetalinkState::Other, 20)
    );
    storage.put("mirror/catalog.atom.sig", b"no signature");
    assert_eq!(audit(&storage).signature, CatalogSignature::Unreadable);
    // A signature over a file is none over a list, by whomever it is.
    let file = sign(11, Namespace::File, shorter.atom().as_bytes());
    let armor = sshsig::armor(Namespace::File, &public(11), &file.try_into().unwrap()).unwrap();
    storage.put("mirror/catalog.atom.sig", armor.as_bytes());
    assert_eq!(audit(&storage).signature, CatalogSignature::Unreadable);
    storage.put("mirror/catalog.atom", b"<feed>");
    assert!(
        read_catalog(&storage, Path::new("mirror"))
            .unwrap()
            .is_err()
    );
}

#[test]
fn a_strangers_signature_is_good_only_for_who_asked_for_it() {
    let storage = mirror();
    let (catalog, _) = read_catalog(&storage, Path::new("mirror"))
        .unwrap()
        .unwrap();
    publish_catalog(&storage, Path::new("mirror"), &files(&catalog, 90)).unwrap();
    let reader = Reader::of(&[&Mint::default()]);
    let with = |signer: Option<u8>, require_trusted| {
        let options = AuditOptions {
            signer: signer.map(public),
            check: CheckOptions {
                require_trusted,
                ..CheckOptions::default()
            },
            against: None,
        };
        let found = audit_with(&storage, &reader, &options);
        (found.signature, found.code)
    };
    assert_eq!(
        with(None, false),
        (CatalogSignature::Stranger(public(90)), 0)
    );
    assert_eq!(
        with(None, true),
        (CatalogSignature::Stranger(public(90)), 21)
    );
    assert_eq!(
        with(Some(90), false),
        (CatalogSignature::Good(public(90)), 0)
    );
    assert_eq!(
        with(Some(11), false),
        (CatalogSignature::Stranger(public(90)), 20)
    );
    storage
        .remove(Path::new("mirror/catalog.atom.sig"))
        .unwrap();
    assert_eq!(with(Some(90), false), (CatalogSignature::Absent, 20));
    assert_eq!(with(None, false), (CatalogSignature::Absent, 0));
}

#[test]
fn a_mirror_that_was_left_behind_is_older() {
    let storage = mirror();
    let mint = Mint::default();
    // By what this reader has met.
    let mut reader = Reader::of(&[&mint]);
    let next = bundle(&mint, 9);
    let head =
        varaq_bundle::Bundle::open(std::io::Cursor::new(next), &varaq_bundle::Limits::default());
    reader.meet(head.unwrap().head());
    let found = audit_with(&storage, &reader, &AuditOptions::default());
    let older = found.older.first().unwrap();
    assert_eq!(
        (older.listed, older.known, found.code),
        (Some((1, 3)), (1, 9), 3)
    );
    // By the list that is known to be right, which names a publisher more.
    let origin = folder();
    origin.put("mirror/4.varaq", &bundle(&mint, 4));
    origin.put("mirror/third.varaq", &bundle(&Mint::other("Third", 120), 2));
    let options = AuditOptions {
        against: Some(survey(&origin).unwrap().catalog),
        ..AuditOptions::default()
    };
    let reader = Reader {
        evidence: Evidence::new(),
        ..Reader::of(&[&mint])
    };
    let found = audit_with(&storage, &reader, &options);
    let mut listed: Vec<_> = found
        .older
        .iter()
        .map(|older| (older.listed, older.known))
        .collect();
    listed.sort();
    assert_eq!(listed, [(None, (1, 2)), (Some((1, 3)), (1, 4))]);
    assert_eq!(found.code, 3);
}

#[test]
fn what_cannot_be_read_stops_the_list() {
    let sound = files(&survey(&folder()).unwrap().catalog, 11);
    let operations = {
        let storage = folder();
        survey(&storage).unwrap();
        storage.operations().len() as u64
    };
    let mut stopped = 0;
    for fault in [Fault::Failing, Fault::Short, Fault::Pulled] {
        for n in 0..operations {
            let storage = folder();
            storage.fail(n, fault, Times::Once);
            match survey(&storage) {
                Err(error) => {
                    assert!(
                        matches!(
                            error,
                            CatalogError::Unreadable { .. } | CatalogError::Changed(_)
                        ),
                        "{error:?}"
                    );
                    stopped += 1;
                }
                // A fault in a read that was tried again, or was only asked about.
                Ok(found) => assert!(
                    files(&found.catalog, 11) == sound || found.code > 0,
                    "{fault:?} {n}"
                ),
            }
        }
    }
    assert!(stopped > operations, "{stopped} of {}", 3 * operations);
}

#[test]
fn each_file_of_a_catalogue_is_old_or_new_whatever_fails() {
    let old = mirror();
    let mint = Mint::default();
    old.put("mirror/5.varaq", &bundle(&mint, 5));
    let new = files(&survey(&old).unwrap().catalog, 11);
    let before: BTreeMap<_, _> = new
        .iter()
        .map(|(name, _)| {
            (
                name.clone(),
                old.bytes(Path::new("mirror").join(name)).unwrap(),
            )
        })
        .collect();
    let publish = |storage: &FaultStorage| {
        publish_catalog(storage, Path::new("mirror"), &new).map_err(|error| error.kind())
    };
    let figures = Sweep { seeds: 2, step: 1 }.run(&old, publish, |case, _, disk, outcome| {
        for (name, bytes) in &new {
            let there = disk.bytes(Path::new("mirror").join(name));
            let is_old = there.as_ref() == before.get(name);
            assert!(
                is_old || there.as_ref() == Some(bytes),
                "{case:?}: {name} is neither"
            );
            assert!(
                outcome.is_err() || !is_old,
                "{case:?}: {name} was said to be written"
            );
        }
    });
    println!("catalog: {figures}, 0 files half written");
    assert!(figures.operations > 10, "{figures}");
}
