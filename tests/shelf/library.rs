//! The library: what is kept stays, what is found is what was signed, and a lie of the
//! index or of the disk shows nothing wrong.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

mod common;

use common::{Trust, bundle, draft, files, fill, go, go_on, hits, import, mint, open, search};
use std::fs;
use std::io::Cursor;
use std::sync::Arc;
use varaq_kit::Mint;
use varaq_shelf::{
    ClosedReason, Filter, ImportError, ImportOptions, Library, Mode, Outcome, Position,
};
use varaq_storage::Disk;
use varaq_trust::{Evidence, Pins, Verdict};

const WATER: (&str, &str) = ("The river is back", "After eleven years water runs again.");
const BREAD: (&str, &str) = ("Bread", "The price of bread and water has not changed.");

fn all() -> Filter {
    Filter::default()
}

#[test]
fn what_was_imported_is_found_and_is_there_again_later() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    for mode in [Mode::Computer, Mode::Portable] {
        let folder = home.path().join(format!("{mode:?}"));
        let mut library = open(&folder, mode, &trust);
        assert!(
            files(home.path())
                .iter()
                .all(|name| !name.starts_with(&format!("{mode:?}")))
        );
        let imported = import(&mut library, &bundle(&mint, 1, &[WATER, BREAD]), &trust).unwrap();
        assert_eq!(imported.outcome, Outcome::New);
        assert!(imported.report.unwrap().is_complete());
        for library in [library, open(&folder, mode, &trust)] {
            assert_eq!(search(&library, "eleven", &all(), &trust), [WATER.0]);
            assert_eq!(search(&library, "bread", &all(), &trust), [BREAD.0]);
            assert!(search(&library, "wine", &all(), &trust).is_empty());
            assert!(library.kept()[0].whole);
        }
    }
}

#[test]
fn an_issue_that_was_removed_leaves_no_word_behind() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let secret = ("Qxzanzibar", "The qxzanzibar meets at the mill.");
    import(&mut library, &bundle(&mint, 1, &[WATER, BREAD]), &trust).unwrap();
    let gone = import(&mut library, &bundle(&mint, 2, &[secret]), &trust);
    let gone = gone.unwrap().issue;
    assert_eq!(search(&library, "qxzanzibar", &all(), &trust), [secret.0]);
    library.take(&gone, trust.view(), &mut go).unwrap();
    library.purge(&mut go).unwrap();
    assert!(search(&library, "qxzanzibar", &all(), &trust).is_empty());
    assert_eq!(search(&library, "eleven", &all(), &trust), [WATER.0]);
    let holds = |word: &[u8]| {
        let names = files(home.path());
        let mut files = names
            .iter()
            .map(|name| fs::read(home.path().join(name)).unwrap());
        files.any(|bytes| bytes.windows(word.len()).any(|part| part == word))
    };
    // Words that follow each other in the index share their beginnings.
    for ended in [false, true] {
        if ended {
            drop(std::mem::replace(
                &mut library,
                Library::in_memory().unwrap(),
            ));
            assert!(holds(b"leven"), "the rest is there");
        }
        assert!(!holds(b"anzibar"));
    }
}

#[test]
fn only_a_computer_s_own_disk_gets_a_database() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let database = |mode| {
        let folder = home.path().join(format!("{mode:?}"));
        let mut library = open(&folder, mode, &trust);
        import(&mut library, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
        files(&folder).iter().any(|name| name.contains("sqlite"))
    };
    assert!(database(Mode::Computer));
    assert!(!database(Mode::Portable));
}

#[test]
fn a_library_in_memory_writes_nothing_and_keeps_nothing() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Memory, &trust);
    let refused = import(&mut library, &bundle(&mint, 1, &[WATER]), &trust);
    assert!(matches!(refused, Err(ImportError::Library(_))));
    assert!(files(home.path()).is_empty());
}

#[test]
fn an_issue_that_is_only_open_is_searched_too() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let bytes = bundle(&mint, 1, &[WATER, BREAD]);
    let mut library = Library::in_memory().unwrap();
    let (kept, issue) = lent(&bytes, &trust);
    let id = kept.id();
    library.lend(kept, issue).unwrap();
    // Titles first, before a word is in the index.
    assert_eq!(search(&library, "river", &all(), &trust), [WATER.0]);
    assert!(search(&library, "eleven", &all(), &trust).is_empty());
    fill(&library, &trust).unwrap();
    assert_eq!(search(&library, "eleven", &all(), &trust), [WATER.0]);
    library.take_back(&id).unwrap();
    assert!(search(&library, "river", &all(), &trust).is_empty());
}

fn lent(bytes: &[u8], trust: &Trust) -> (varaq_shelf::Kept, varaq_shelf::Issue) {
    let source: Box<dyn varaq_shelf::Source> = Box::new(Cursor::new(bytes.to_vec()));
    let opening =
        varaq_trust::open(source, trust.view(), &varaq_bundle::Limits::default()).unwrap();
    let kept = varaq_shelf::Kept::of(&opening, bytes.len() as u64).unwrap();
    let content = opening.into_content(varaq_trust::Consent::Pinned).unwrap();
    (kept, Arc::new(content))
}

#[test]
fn an_issue_of_a_stranger_is_not_kept() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let stranger = Mint::other("Somebody", 40);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let refused = import(&mut library, &bundle(&stranger, 1, &[WATER]), &trust);
    let Err(ImportError::Refused { verdict, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(verdict, Verdict::UnknownPublisher);
    let one_of_two = draft(&mint, 1, &[WATER]).signed(&[0]);
    assert!(matches!(
        import(&mut library, &one_of_two, &trust),
        Err(ImportError::Refused { .. })
    ));
    assert!(matches!(
        import(&mut library, b"not a bundle", &trust),
        Err(ImportError::Refused { .. })
    ));
    assert!(files(home.path()).is_empty());
}

#[test]
fn a_publisher_that_is_no_longer_trusted_closes_what_was_kept() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
    let none = Trust {
        pins: Pins::new(),
        evidence: Evidence::new(),
    };
    library.refresh(none.view(), &mut go_on).unwrap();
    assert!(library.kept().is_empty());
    assert!(search(&library, "river", &all(), &none).is_empty());
    let reason = library.closed()[0].reason;
    assert_eq!(reason, ClosedReason::Verdict(Verdict::UnknownPublisher));
    library.refresh(trust.view(), &mut go_on).unwrap();
    fill(&library, &trust).unwrap();
    assert_eq!(search(&library, "river", &all(), &trust), [WATER.0]);
}

#[test]
fn an_article_that_comes_again_is_one_article_in_its_newest_version() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER, BREAD]), &trust).unwrap();
    let mut second = draft(
        &mint,
        2,
        &[(WATER.0, "After twelve years, as we now know.")],
    );
    second.articles_mut()[0].entry.version = 2;
    let second = second.article(BREAD.0, BREAD.1).signed(&[0, 1]);
    let second = import(&mut library, &second, &trust).unwrap().issue;
    assert_eq!(library.index().counts().unwrap().articles, 2);
    assert!(search(&library, "eleven", &all(), &trust).is_empty());
    assert_eq!(search(&library, "twelve", &all(), &trust), [WATER.0]);
    let in_second = Filter {
        issue: Some(second),
        ..all()
    };
    assert_eq!(search(&library, "bread", &in_second, &trust), [BREAD.0]);
    // Without the later issue the earlier version is back.
    library.take(&second, trust.view(), &mut go).unwrap();
    fill(&library, &trust).unwrap();
    assert_eq!(search(&library, "eleven", &all(), &trust), [WATER.0]);
    assert!(search(&library, "twelve", &all(), &trust).is_empty());
    assert_eq!(search(&library, "bread", &all(), &trust), [BREAD.0]);
}

#[test]
fn what_was_read_and_starred_outlives_the_issue_and_the_index() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let bytes = bundle(&mint, 1, &[WATER, BREAD]);
    let issue = import(&mut library, &bytes, &trust).unwrap().issue;
    let hit = hits(&library, "river", &all(), &trust).remove(0);
    let key = hit.kept.key(hit.entry.id);
    library.star(key, true).unwrap();
    library
        .change(key, |status| {
            status.read = Some(1);
            status.position = Some(Position {
                paragraph: 3,
                permille: 250,
            });
            "ask about this\u{202e}".clone_into(&mut status.note);
        })
        .unwrap();
    library.take(&issue, trust.view(), &mut go).unwrap();
    library.purge(&mut go).unwrap();
    drop(library);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bytes, &trust).unwrap();
    library.renew_index().unwrap();
    fill(&library, &trust).unwrap();
    let starred = Filter {
        starred: true,
        ..all()
    };
    assert_eq!(search(&library, "", &starred, &trust), [WATER.0]);
    let unread = Filter {
        unread: true,
        ..all()
    };
    assert_eq!(search(&library, "", &unread, &trust), [BREAD.0]);
    let status = library.reading().status(&key).unwrap();
    assert_eq!(status.note, "ask about this");
    assert_eq!(status.position.unwrap().permille, 250);
    assert_eq!(library.index().counts().unwrap().unread, 1);
}

#[test]
fn a_later_version_of_a_read_article_is_unread() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Portable, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
    let hit = hits(&library, "river", &all(), &trust).remove(0);
    let key = hit.kept.key(hit.entry.id);
    library.change(key, |status| status.read = Some(1)).unwrap();
    assert_eq!(library.index().counts().unwrap().unread, 0);
    let mut second = draft(&mint, 2, &[WATER]);
    second.articles_mut()[0].entry.version = 2;
    import(&mut library, &second.signed(&[0, 1]), &trust).unwrap();
    assert_eq!(library.index().counts().unwrap().unread, 1);
}

#[test]
fn what_the_last_stick_brought_is_told_apart() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
    import(&mut library, &bundle(&mint, 2, &[WATER, BREAD]), &trust).unwrap();
    let new = |library: &Library| {
        let filter = Filter {
            visit: Some(library.reading().last_visit()),
            ..all()
        };
        search(library, "", &filter, &trust)
    };
    assert_eq!(new(&library), [BREAD.0]);
    assert_eq!(new(&open(home.path(), Mode::Computer, &trust)), [BREAD.0]);
    library.renew_index().unwrap();
    fill(&library, &trust).unwrap();
    assert_eq!(new(&library), [BREAD.0]);
}

#[test]
fn what_was_taken_off_the_shelf_can_be_put_back() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let bytes = bundle(&mint, 1, &[WATER]);
    let issue = import(&mut library, &bytes, &trust).unwrap().issue;
    let taken = library.take(&issue, trust.view(), &mut go).unwrap();
    assert!(library.kept().is_empty());
    assert!(search(&library, "river", &all(), &trust).is_empty());
    library.put_back(&taken, trust.view(), &mut go).unwrap();
    fill(&library, &trust).unwrap();
    assert_eq!(search(&library, "river", &all(), &trust), [WATER.0]);
    library.take(&issue, trust.view(), &mut go).unwrap();
    library.purge(&mut go).unwrap();
    assert!(library.put_back(&taken, trust.view(), &mut go).is_err());
    let left = files(home.path());
    assert!(
        !left.iter().any(|name| name.starts_with("bundles")),
        "{left:?}"
    );
}

#[test]
fn a_partial_copy_is_kept_until_a_whole_one_stands_for_it() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let long = "Word after word. ".repeat(4_000);
    let bytes = bundle(&mint, 1, &[WATER, ("Long", &long), BREAD]);
    let cut = &bytes[..bytes.len() - 200];
    let mut library = open(home.path(), Mode::Computer, &trust);
    let part = import(&mut library, cut, &trust).unwrap();
    assert!(!part.report.unwrap().is_complete());
    assert!(!library.kept()[0].whole);
    assert_eq!(
        import(&mut library, cut, &trust).unwrap().outcome,
        Outcome::Known
    );
    assert_eq!(
        import(&mut library, &bytes, &trust).unwrap().outcome,
        Outcome::More
    );
    assert!(library.kept()[0].whole);
    assert_eq!(library.kept()[0].files.len(), 1);
    assert_eq!(
        import(&mut library, &bytes, &trust).unwrap().outcome,
        Outcome::Known
    );
    assert_eq!(search(&library, "price", &all(), &trust), [BREAD.0]);
}

#[test]
fn a_shelf_that_would_grow_too_large_refuses_before_it_writes() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let options = ImportOptions {
        visit: 1,
        most_bytes: Some(1_000),
    };
    let bytes = bundle(&mint, 1, &[WATER]);
    let refused = library.import(&mut Cursor::new(&bytes), trust.view(), &options, &mut go);
    let Err(ImportError::OverLimit { needed, most }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((needed, most), (bytes.len() as u64, 1_000));
    assert!(
        !files(home.path())
            .iter()
            .any(|name| name.starts_with("bundles"))
    );
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let bytes = bundle(&mint, 1, &[WATER]);
    for stop_at in 0..3 {
        let mut calls = 0;
        let cancelled = library.import(
            &mut Cursor::new(&bytes),
            trust.view(),
            &ImportOptions::default(),
            &mut |_| {
                calls += 1;
                match calls > stop_at {
                    true => std::ops::ControlFlow::Break(()),
                    false => std::ops::ControlFlow::Continue(()),
                }
            },
        );
        assert!(
            matches!(cancelled, Err(ImportError::Cancelled)),
            "{stop_at}"
        );
        assert!(
            !files(home.path())
                .iter()
                .any(|name| name.starts_with("bundles"))
        );
    }
}

#[test]
fn a_damaged_index_is_made_anew() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER, BREAD]), &trust).unwrap();
    drop(library);
    let path = home.path().join("index.sqlite");
    let sound = fs::read(&path).unwrap();
    let flaws: [(&str, Vec<u8>); 4] = [
        ("empty", Vec::new()),
        ("text", b"this is not a database, but a letter".repeat(200)),
        ("cut", sound[..sound.len() / 2].to_vec()),
        ("zeros", vec![0; 16_384]),
    ];
    for (flaw, bytes) in flaws {
        fs::write(&path, bytes).unwrap();
        let library = open(home.path(), Mode::Computer, &trust);
        assert_eq!(
            search(&library, "eleven", &all(), &trust),
            [WATER.0],
            "{flaw}"
        );
    }
    // Every page in turn: overwritten with noise.
    for page in 0..sound.len() / 4_096 {
        let mut bytes = sound.clone();
        for (at, byte) in bytes[page * 4_096..][..4_096].iter_mut().enumerate() {
            *byte = (at.wrapping_mul(2_654_435_761) >> 7) as u8;
        }
        fs::write(&path, bytes).unwrap();
        let library = open(home.path(), Mode::Computer, &trust);
        let found = search(&library, "eleven", &all(), &trust);
        assert!(
            found.is_empty() || found == [WATER.0],
            "page {page}: {found:?}"
        );
    }
}

#[test]
fn a_database_with_foreign_tables_or_triggers_is_not_used() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
    drop(library);
    let path = home.path().join("index.sqlite");
    for sql in [
        "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END",
        "CREATE VIEW v AS SELECT * FROM article",
        "DROP TABLE place",
        "PRAGMA user_version = 7",
        "PRAGMA application_id = 7",
    ] {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection.execute_batch(sql).unwrap();
        drop(connection);
        let library = open(home.path(), Mode::Computer, &trust);
        assert_eq!(
            search(&library, "eleven", &all(), &trust),
            [WATER.0],
            "{sql}"
        );
        drop(library);
        let connection = rusqlite::Connection::open(&path).unwrap();
        let foreign: i64 = connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(foreign, 0, "{sql}");
    }
}

#[test]
fn a_lying_index_shows_no_other_article() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER, BREAD]), &trust).unwrap();
    drop(library);
    let connection = rusqlite::Connection::open(home.path().join("index.sqlite")).unwrap();
    connection
        .execute("UPDATE article SET number = 3 - number", [])
        .unwrap();
    drop(connection);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let question = varaq_article::fold::Query::parse("eleven", false);
    let found = library.search(&question, &all(), 9, trust.view()).unwrap();
    assert!(
        library
            .hit(&found.rows[0], &question, trust.view())
            .is_err()
    );
    library.renew_index().unwrap();
    fill(&library, &trust).unwrap();
    assert_eq!(search(&library, "eleven", &all(), &trust), [WATER.0]);
}

#[test]
fn a_kept_file_that_was_exchanged_shows_nothing() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
    drop(library);
    let file = files(home.path())
        .into_iter()
        .find(|name| name.ends_with(".varaq"));
    let path = home.path().join(file.unwrap());
    for bytes in [
        Vec::new(),
        b"text".to_vec(),
        bundle(&Mint::other("X", 40), 1, &[BREAD]),
    ] {
        fs::write(&path, &bytes).unwrap();
        let library = open(home.path(), Mode::Computer, &trust);
        assert!(library.kept().is_empty());
        assert_eq!(library.closed().len(), 1);
        assert!(search(&library, "bread", &all(), &trust).is_empty());
    }
}

#[test]
fn a_second_program_reads_the_index_and_still_keeps_what_it_imports() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut first = open(home.path(), Mode::Computer, &trust);
    import(&mut first, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
    let mut second = open(home.path(), Mode::Computer, &trust);
    assert!(second.index().is_read_only());
    assert_eq!(search(&second, "eleven", &all(), &trust), [WATER.0]);
    import(&mut second, &bundle(&mint, 2, &[BREAD]), &trust).unwrap();
    first.refresh(trust.view(), &mut go_on).unwrap();
    fill(&first, &trust).unwrap();
    assert_eq!(search(&first, "price", &all(), &trust), [BREAD.0]);
    assert_eq!(search(&second, "price", &all(), &trust), [BREAD.0]);
    let key = first.kept()[0].key(hits(&first, "price", &all(), &trust)[0].entry.id);
    first.star(key, true).unwrap();
    second.change(key, |status| status.read = Some(1)).unwrap();
    let status = second.reading().status(&key).unwrap();
    assert!(status.star.is_some() && status.read.is_some());
}

#[test]
fn a_read_only_shelf_can_be_read() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Portable, &trust);
    import(&mut library, &bundle(&mint, 1, &[WATER]), &trust).unwrap();
    drop(library);
    let bytes = fs::read(home.path().join("reading")).unwrap();
    fs::remove_file(home.path().join("reading")).unwrap();
    fs::remove_file(home.path().join("shelf.lock")).unwrap();
    let library = Library::open(Arc::new(Disk), home.path(), Mode::Portable).unwrap();
    drop(library);
    // Reading alone has made nothing.
    assert!(!home.path().join("reading").exists() && !home.path().join("shelf.lock").exists());
    fs::write(home.path().join("reading"), bytes).unwrap();
}

#[test]
fn a_question_finds_the_title_first_and_marks_its_words() {
    let (mint, home) = (mint(), tempfile::tempdir().unwrap());
    let trust = Trust::of(&mint);
    let mut library = open(home.path(), Mode::Computer, &trust);
    let other = (
        "Weather",
        "Rain. The river rose, and the bridge over the river held.",
    );
    import(&mut library, &bundle(&mint, 1, &[other, WATER]), &trust).unwrap();
    let hits = hits(&library, "RIVER", &all(), &trust);
    assert_eq!(hits[0].entry.title, WATER.0);
    assert_eq!(&WATER.0[hits[0].title_hits[0].clone()], "river");
    let snippet = hits[1].snippet.as_ref().unwrap();
    assert_eq!(snippet.count, 2);
    assert!(
        snippet
            .hits
            .iter()
            .all(|hit| &snippet.text[hit.clone()] == "river")
    );
    assert_eq!(snippet.text, other.1);
}

#[test]
fn a_full_index_still_finds_titles() {
    let mint = mint();
    let trust = Trust::of(&mint);
    let index = varaq_shelf::Index::in_memory().unwrap().with_room(10);
    let (kept, issue) = lent(&bundle(&mint, 1, &[WATER, BREAD]), &trust);
    index.keep_only([&kept]).unwrap();
    let reading = varaq_shelf::Reading::default();
    // Room is looked at between steps, and a small issue is one.
    let filled = index.fill(&kept, &issue, &reading, &mut go).unwrap();
    assert_eq!((filled.new, filled.titles_only), (2, 0));
    assert!(index.is_full());
    let (second, issue) = lent(&bundle(&mint, 2, &[("Wine", "Eleven barrels.")]), &trust);
    index.keep_only([&kept, &second]).unwrap();
    let filled = index.fill(&second, &issue, &reading, &mut go).unwrap();
    assert_eq!(filled.titles_only, 1);
    let rows = |typed| {
        let question = varaq_article::fold::Query::parse(typed, false);
        index.search(&question, &all(), 9).unwrap().rows.len()
    };
    assert_eq!((rows("wine"), rows("barrels"), rows("eleven")), (1, 0, 1));
}
