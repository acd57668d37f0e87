//! What is packed is read back, and the same input gives the same bytes.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod common;

use common::*;
use proptest::prelude::*;
use std::io::Cursor;
use std::ops::ControlFlow;
use varaq_bundle::*;

#[test]
fn an_issue_is_read_back_as_it_was_packed() {
    let (bytes, packed) = sample();
    let content = content(bytes);
    assert_eq!(content.manifest(), &packed.manifest);
    assert_eq!(packed.manifest.prefixes.len(), 2);
    let front = content.front().unwrap();
    assert_eq!(front.title, "شماره دوازده");
    assert_eq!(front.article_count, 40);
    assert_eq!(front.first.len(), 40);
    assert_eq!(front.directory, [8, 8, 8, 8, 8]);
    for (given, read) in articles().into_iter().zip(content.entries()) {
        let (number, entry) = read.unwrap();
        assert_eq!(content.entry(number).unwrap().unwrap(), entry);
        assert_eq!(
            content.find(entry.id).unwrap().unwrap(),
            (number, entry.clone())
        );
        assert_eq!(front.first[number as usize - 1], entry);
        assert_eq!(entry.title, given.entry.title);
        assert_eq!(content.article_bytes(&entry).unwrap(), given.body);
        assert_eq!(content.presence(&entry), Presence::Here);
        assert_eq!(entry.media.len(), given.media.len());
        for (medium, given) in entry.media.iter().zip(given.media) {
            let MediumSource::Bytes(bytes) = given.source else {
                panic!()
            };
            assert_eq!(content.medium(medium).unwrap(), bytes);
        }
    }
    assert!(content.entry(0).unwrap().is_none());
    assert!(content.entry(41).unwrap().is_none());
    assert!(content.find(id(41)).unwrap().is_none());
}

#[test]
fn identical_media_are_stored_once() {
    let (bytes, _) = sample();
    let content = content(bytes);
    let third = content.entry(3).unwrap().unwrap();
    let ninth = content.entry(9).unwrap().unwrap();
    assert_eq!(third.media[0].span, ninth.media[0].span);
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let (bytes, _) = sample();
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        assert!(pool.install(|| sample().0) == bytes, "{threads} threads");
    }
}

#[test]
fn a_draft_has_no_signatures_and_a_hint_that_matches() {
    let (bytes, packed) = sample();
    let bundle = Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap();
    assert_eq!(bundle.head(), &packed.head);
    assert!(bundle.head().signatures.is_empty());
    assert!(bundle.head().hint_matches());
    assert_eq!(bundle.manifest().unwrap(), packed.manifest);
    assert_eq!(bundle.head().manifest_id(), packed.manifest.id());
}

#[test]
fn a_picture_that_is_reopened_gives_the_same_bytes_as_one_from_memory() {
    let reopened = articles().into_iter().map(|mut article| {
        for medium in &mut article.media {
            let MediumSource::Bytes(bytes) =
                std::mem::replace(&mut medium.source, MediumSource::Bytes(Vec::new()))
            else {
                panic!()
            };
            medium.source =
                MediumSource::Reopen(Box::new(move || Ok(Box::new(Cursor::new(bytes.clone())))));
        }
        article
    });
    assert!(pack_with(options(), reopened.collect()).0 == sample().0);
}

#[test]
fn a_picture_that_changes_between_the_passes_is_refused() {
    let opened = std::sync::atomic::AtomicUsize::new(0);
    let mut first = article(1, 100);
    let mut medium = picture(1, 10);
    medium.source = MediumSource::Reopen(Box::new(move || {
        let times = opened.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Ok(Box::new(Cursor::new(vec![times as u8; 10])))
    }));
    first.media.push(medium);
    let mut writer = IssueWriter::new(issue(), options(), || Ok(Cursor::new(Vec::new()))).unwrap();
    writer.add(first).unwrap();
    let mut out = Cursor::new(Vec::new());
    let error = writer
        .finish(&mut out, &mut |_| ControlFlow::Continue(()))
        .unwrap_err();
    assert!(matches!(error, WriteError::MediumChanged { .. }), "{error}");
}

#[test]
fn an_article_that_breaks_a_rule_is_refused_and_the_next_one_is_taken() {
    let mut writer = IssueWriter::new(issue(), options(), || Ok(Cursor::new(Vec::new()))).unwrap();
    let refused = |change: &dyn Fn(&mut NewArticle)| {
        let mut article = article(1, 100);
        change(&mut article);
        article
    };
    for article in [
        refused(&|article| article.entry.title = String::new()),
        refused(&|article| article.entry.title = "x".repeat(513)),
        refused(&|article| article.entry.title = "a\u{202e}b".into()),
        refused(&|article| article.entry.byline = "x".repeat(257)),
        refused(&|article| article.entry.section = 2),
        refused(&|article| article.entry.language = "fa_IR".into()),
        refused(&|article| article.entry.version = 0),
        refused(&|article| article.entry.day = Day(2_932_897)),
        refused(&|article| article.entry.extras = vec![0; 257]),
        refused(&|article| article.body = Vec::new()),
        refused(&|article| article.media = vec![picture(1, 0)]),
        refused(&|article| article.media = (0..1_025).map(|seed| picture(seed, 1)).collect()),
        refused(&|article| {
            let mut medium = picture(1, 5);
            medium.medium.media_type = "image/svg+xml".into();
            article.media = vec![medium];
        }),
        refused(&|article| {
            let mut medium = picture(1, 5);
            medium.medium.width = 16_385;
            article.media = vec![medium];
        }),
    ] {
        assert!(writer.add(article).is_err());
    }
    writer.add(article(1, 100)).unwrap();
    assert!(matches!(
        writer.add(article(1, 100)),
        Err(WriteError::SameId { number: 2, .. })
    ));
    assert_eq!(writer.article_count(), 1);
    let mut out = Cursor::new(Vec::new());
    writer
        .finish(&mut out, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(content(out.into_inner()).front().unwrap().article_count, 1);
}

#[test]
fn an_issue_that_breaks_a_rule_is_refused_before_anything_is_packed() {
    for issue in [
        Issue {
            channel: "Main".into(),
            ..issue()
        },
        Issue {
            channel: String::new(),
            ..issue()
        },
        Issue {
            epoch: 0,
            ..issue()
        },
        Issue {
            number: 0,
            ..issue()
        },
        Issue {
            title: "x".repeat(257),
            ..issue()
        },
        Issue {
            sections: vec!["a\nb".into()],
            ..issue()
        },
        Issue {
            own: Vec::new(),
            ..issue()
        },
        Issue {
            own: vec![0; 196_609],
            ..issue()
        },
        Issue {
            notes: vec![0; 262_145],
            ..issue()
        },
    ] {
        assert!(IssueWriter::new(issue, options(), || Ok(Cursor::new(Vec::new()))).is_err());
    }
    let writer = IssueWriter::new(issue(), options(), || Ok(Cursor::new(Vec::new()))).unwrap();
    let empty = writer.finish(&mut Cursor::new(Vec::new()), &mut |_| {
        ControlFlow::Continue(())
    });
    assert!(matches!(empty, Err(WriteError::Empty)));
}

#[test]
fn packing_can_be_cancelled() {
    let mut writer = IssueWriter::new(issue(), options(), || Ok(Cursor::new(Vec::new()))).unwrap();
    articles()
        .into_iter()
        .for_each(|article| writer.add(article).unwrap());
    let mut calls = 0;
    let result = writer.finish(&mut Cursor::new(Vec::new()), &mut |progress| {
        calls += 1;
        assert!(progress.done_bytes <= progress.total_bytes);
        if calls == 3 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert!(matches!(result, Err(WriteError::Cancelled)));
    assert_eq!(calls, 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_lengths_groups_and_piece_sizes_are_read_back(
        lens in prop::collection::vec((1usize..6_000, 0u32..12, 0usize..3), 1..40),
        piece_bytes in 1u32..5_000,
        prefix_bytes in 0u32..9_000,
        page_entries in 1u16..20,
        spares in prop::sample::select(vec![Spares::None, Spares::Cheap, Spares::Always]),
    ) {
        let articles = || lens.iter().zip(1..).map(|(&(len, group, pictures), number)| {
            let mut article = article(number, len);
            article.prefix_group = group;
            article.media = (0..pictures as u64).map(|seed| picture(seed * 7 + number % 5, 40)).collect();
            // Some texts do not compress.
            if number % 6 == 0 { article.body = noise(number, len); }
            article
        }).collect::<Vec<_>>();
        let options = PackOptions { piece_bytes, prefix_bytes, page_entries, spares, level: 1, slack: Slack::Bytes(0) };
        // Text pieces of a few bytes each: more than a page of TABLE.
        let (bytes, packed) = pack_with(options, articles());
        prop_assert!(packed.manifest.prefixes.len() <= 8);
        let content = content(bytes);
        for (given, read) in articles().into_iter().zip(content.entries()) {
            let (_, entry) = read.unwrap();
            prop_assert_eq!(content.article_bytes(&entry).unwrap(), given.body);
            for (medium, given) in entry.media.iter().zip(given.media) {
                let MediumSource::Bytes(bytes) = given.source else { panic!() };
                prop_assert_eq!(content.medium(medium).unwrap(), bytes);
            }
        }
    }
}
