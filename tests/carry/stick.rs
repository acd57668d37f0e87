//! A stick: where things lie, what the start page says, and what is never replaced.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

use std::path::{Path, PathBuf};

use varaq_carry::{
    START_FILE, StickContents, StickError, StickOptions, StickPlan, System, find_programs,
    plan_stick, write_start_page,
};
use varaq_kit::FaultStorage;
use varaq_kit::storage::{Case, Fault, Operation, Sweep};

/// The first bytes of a program for Linux or Windows.
fn elf(machine: u8) -> Vec<u8> {
    let mut head = b"\x7fELF\x02\x01\x01".to_vec();
    head.resize(18, 0);
    head.extend([machine, 0]);
    head.resize(64, 0);
    head
}

fn pe(machine: &[u8; 2]) -> Vec<u8> {
    let mut head = b"MZ".to_vec();
    head.resize(0x3c, 0);
    head.extend(0x80_u32.to_le_bytes());
    head.resize(0x80, 0);
    head.extend(b"PE\0\0");
    head.extend(machine);
    head
}

fn desk() -> FaultStorage {
    let storage = FaultStorage::fat();
    storage.put_folder("stick");
    storage.put("in/news.varaq", b"bundle");
    storage.put("in/نان و چای.varaq", b"another");
    storage.put("in/post.contact", b"contact");
    storage.put("built/varaq-reader", &elf(0x3e));
    storage.put("built/win/varaq-reader.exe", &pe(b"\x64\x86"));
    storage.put("built/varaq-reader.d", b"notes");
    storage.put("built/varaq-cli", &elf(0x3e));
    storage
}

fn contents(storage: &FaultStorage, bundles: &[&str]) -> StickContents {
    StickContents {
        bundles: bundles.iter().map(PathBuf::from).collect(),
        programs: find_programs(storage, &[PathBuf::from("built")]).unwrap(),
        contacts: vec![PathBuf::from("in/post.contact")],
    }
}

fn plan(
    storage: &FaultStorage,
    bundles: &[&str],
    options: StickOptions,
) -> Result<StickPlan, StickError> {
    plan_stick(
        storage,
        Path::new("stick"),
        &contents(storage, bundles),
        options,
    )
}

fn targets(plan: &StickPlan) -> Vec<&str> {
    plan.files
        .iter()
        .map(|file| file.target.to_str().unwrap())
        .collect()
}

const BOTH: [&str; 2] = ["in/news.varaq", "in/نان و چای.varaq"];

#[test]
fn what_to_click_stands_in_the_names() {
    let storage = desk();
    let plan = plan(&storage, &BOTH, StickOptions::default()).unwrap();
    let expected = [
        "Read-Windows.exe",
        "Read-Linux",
        "contacts/post.contact",
        "bundles/news.varaq",
        "bundles/نان و چای.varaq",
    ];
    assert_eq!(targets(&plan), expected);
    assert_eq!(
        plan.folders,
        [PathBuf::from("contacts"), PathBuf::from("bundles")]
    );
    assert!(plan.missing.is_empty());
    let options = StickOptions {
        shelf: true,
        ..StickOptions::default()
    };
    assert!(
        self::plan(&storage, &BOTH, options)
            .unwrap()
            .folders
            .contains(&PathBuf::from("varaq-shelf"))
    );
    assert!(
        storage.snapshot() == desk().snapshot(),
        "a plan has written"
    );
}

#[test]
fn neutral_names_say_nothing_and_go_on_counting() {
    let storage = desk();
    let options = StickOptions {
        neutral: true,
        shelf: false,
    };
    let first = plan(&storage, &BOTH, options).unwrap();
    let expected = [
        "Open-Windows.exe",
        "Open-Linux",
        "texts/001.txt",
        "files/001.dat",
        "files/002.dat",
    ];
    assert_eq!(targets(&first), expected);
    // A file of the same length may be the same from before; another one keeps its name.
    storage.put("stick/files/001.dat", b"bundle");
    storage.put("stick/files/002.dat", b"something else");
    let next = plan(&storage, &BOTH, options).unwrap();
    assert_eq!(targets(&next)[3..], ["files/001.dat", "files/003.dat"]);
    for plan in [first, next] {
        let names = targets(&plan).join(" ").to_lowercase();
        assert!(
            !names.contains("varaq") && !names.contains("news") && !names.contains("post"),
            "{names}"
        );
    }
}

#[test]
fn programs_are_known_by_their_bytes() {
    for (head, expected) in [
        (elf(0x3e), Some(System::Linux)),
        (elf(0xb7), Some(System::LinuxArm)),
        (elf(0x03), None),
        (pe(b"\x64\x86"), Some(System::Windows)),
        (pe(b"\x4c\x01"), None),
        (b"MZ".to_vec(), None),
        (b"#!/bin/sh\n".to_vec(), None),
        (Vec::new(), None),
    ] {
        assert_eq!(System::of_program(&head), expected);
    }
    let mut far = pe(b"\x64\x86");
    far[0x3c..0x40].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(System::of_program(&far), None);
    let storage = desk();
    let find = |named: &[&str]| {
        let named: Vec<_> = named.iter().map(PathBuf::from).collect();
        find_programs(&storage, &named)
    };
    assert_eq!(find(&["built/varaq-reader", "built"]).unwrap().len(), 2);
    assert!(matches!(
        find(&["built", "built/varaq-cli"]),
        Err(StickError::TwoPrograms { .. })
    ));
    assert!(matches!(find(&["in"]), Err(StickError::NotAProgram(_))));
    assert!(matches!(
        find(&["in/news.varaq"]),
        Err(StickError::NotAProgram(_))
    ));
    assert!(matches!(find(&["none"]), Err(StickError::Io { .. })));
}

#[test]
fn systems_without_a_program_are_told_on_the_page_too() {
    let storage = desk();
    let mut contents = contents(&storage, &BOTH);
    contents
        .programs
        .retain(|(system, _)| *system != System::Windows);
    let plan = plan_stick(
        &storage,
        Path::new("stick"),
        &contents,
        StickOptions::default(),
    )
    .unwrap();
    assert_eq!(plan.missing, [System::Windows]);
    assert!(
        plan.page
            .contains("There is no program on this stick for: Windows"),
        "{}",
        plan.page
    );
    contents.programs.clear();
    let bare = plan_stick(
        &storage,
        Path::new("stick"),
        &contents,
        StickOptions {
            shelf: true,
            neutral: false,
        },
    )
    .unwrap();
    assert!(bare.page.contains("There is no program on this stick. ") && !bare.page.contains("./"));
    assert!(!bare.folders.contains(&PathBuf::from("varaq-shelf")));
}

#[test]
fn names_that_a_stick_cannot_hold_are_refused() {
    for name in [
        "a:b.varaq",
        "a?.varaq",
        "what.",
        "blank ",
        "a\u{202e}b.varaq",
        "a\nb.varaq",
        "a\"b",
    ] {
        let storage = desk();
        storage.put(format!("in/{name}"), b"bundle");
        let bundle = format!("in/{name}");
        let refused = plan(&storage, &[&bundle], StickOptions::default());
        assert!(matches!(refused, Err(StickError::Name(_))), "{name:?}");
        plan(
            &storage,
            &[&bundle],
            StickOptions {
                neutral: true,
                shelf: false,
            },
        )
        .unwrap();
    }
    let storage = desk();
    storage.put("other/NEWS.varaq", b"bundle");
    let twice = plan(
        &storage,
        &["in/news.varaq", "other/NEWS.varaq"],
        StickOptions::default(),
    );
    assert!(matches!(twice, Err(StickError::TwoOfOneName(_))));
    let file = plan_stick(
        &storage,
        Path::new("in/news.varaq"),
        &StickContents::default(),
        StickOptions::default(),
    );
    assert!(matches!(file, Err(StickError::NotAFolder(_))));
}

#[test]
fn a_page_of_somebody_else_is_left_alone() {
    let storage = desk();
    storage.put("stick/START.html", b"<html>mine</html>");
    assert!(matches!(
        plan(&storage, &BOTH, StickOptions::default()),
        Err(StickError::ForeignPage(_))
    ));
    let storage = desk();
    let first = plan(&storage, &BOTH, StickOptions::default()).unwrap();
    write_start_page(&storage, Path::new("stick"), &first.page).unwrap();
    let options = StickOptions {
        neutral: true,
        shelf: false,
    };
    let other = plan(&storage, &BOTH, options).unwrap();
    assert_ne!(first.page, other.page);
    write_start_page(&storage, Path::new("stick"), &other.page).unwrap();
    assert_eq!(
        storage.bytes("stick/START.html").unwrap(),
        other.page.as_bytes()
    );
    let done = storage.operations().len();
    write_start_page(&storage, Path::new("stick"), &other.page).unwrap();
    let since = &storage.operations()[done..];
    assert!(!since.contains(&Operation::Create), "written again");
}

#[test]
fn the_page_speaks_six_languages_and_asks_nothing_of_the_browser() {
    let storage = desk();
    let plan = plan(&storage, &BOTH, StickOptions::default()).unwrap();
    let page = &plan.page;
    for tag in ["fa", "ckb", "ar", "az", "ru", "en"] {
        assert!(
            page.contains(&format!("<section id=\"{tag}\" lang=\"{tag}\"")),
            "{tag}"
        );
    }
    assert_eq!(page.matches("Read-Windows.exe").count(), 6);
    assert_eq!(page.matches("<code dir=\"ltr\">bundles/</code>").count(), 6);
    let lower = page.to_lowercase();
    for word in [
        "http:", "https:", "<script", "src=", "url(", "@import", "onload", "<img", "<link",
        "varaq", "چای",
    ] {
        assert!(!lower.contains(word), "{word}");
    }
    // Every element that is opened is closed.
    for element in [
        "section", "ol", "ul", "li", "code", "h1", "nav", "a", "b", "body", "html",
    ] {
        let opened = page.matches(&format!("<{element}>")).count()
            + page.matches(&format!("<{element} ")).count();
        assert_eq!(
            opened,
            page.matches(&format!("</{element}>")).count(),
            "{element}"
        );
    }
}

#[test]
fn verdicts_are_called_as_in_the_window() {
    let storage = desk();
    let page = plan(&storage, &BOTH, StickOptions::default()).unwrap().page;
    let texts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/text");
    for tag in ["fa", "ckb", "ar", "az", "ru", "en"] {
        let text = std::fs::read_to_string(texts.join(format!("{tag}.ftl"))).unwrap();
        let of = |name: &str| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix(&format!("verdict-{name}-title = ")));
            line.unwrap().to_owned()
        };
        let known = format!("{} · {}", of("verified"), of("pinned"));
        for verdict in [
            known,
            of("unknown"),
            of("partial"),
            of("damaged"),
            of("bad-signature"),
        ] {
            assert!(
                page.contains(&format!("<b>{verdict}</b>")),
                "{tag}: {verdict}"
            );
        }
    }
}

#[test]
fn the_page_is_old_or_new_whatever_fails_and_written_means_written() {
    let start = desk();
    let old = plan(
        &start,
        &BOTH,
        StickOptions {
            neutral: true,
            shelf: false,
        },
    )
    .unwrap()
    .page;
    let new = plan(&start, &BOTH, StickOptions::default()).unwrap().page;
    write_start_page(&start, Path::new("stick"), &old).unwrap();
    let write = |storage: &FaultStorage| {
        write_start_page(storage, Path::new("stick"), &new).map_err(|error| error.kind())
    };
    let figures = Sweep { seeds: 2, step: 1 }.run(&start, write, |case, _, disk, outcome| {
        let page = disk
            .bytes(Path::new("stick").join(START_FILE))
            .unwrap_or_default();
        let is_new = page == new.as_bytes();
        // FAT may leave an empty file of a rename that was cut; the next run takes it for ours.
        assert!(
            is_new || page == old.as_bytes() || page.is_empty(),
            "{case:?}"
        );
        assert!(outcome.is_err() || is_new, "{case:?}: said to be written");
        if !matches!(case, Case::Fault(_, Fault::WrongData, _)) {
            assert!(
                plan(disk, &BOTH, StickOptions::default()).is_ok(),
                "{case:?}: no way on"
            );
        }
    });
    println!("stick: {figures}, 0 pages half written");
    assert!(figures.operations > 8, "{figures}");
}
