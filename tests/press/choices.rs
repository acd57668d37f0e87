//! What a newsroom may decide about exports is done, and nothing of it without being asked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};
use varaq_article::markdown;
use varaq_bundle::Day;
use varaq_press::import::{
    ExportOptions, Forwards, ImportOptions, SourceArticle, SourceKind, read_all, survey,
};
use varaq_storage::Disk;

fn input(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/press/inputs")
        .join(name)
}

fn read(
    path: PathBuf,
    from: Option<SourceKind>,
    exports: ExportOptions,
) -> Result<Vec<SourceArticle>, String> {
    let options = ImportOptions {
        from,
        exports,
        ..ImportOptions::new(Day(20_532))
    };
    let found = survey(&Disk, &[path], &options).map_err(|error| error.to_string())?;
    Ok(read_all(&Disk, &found).0)
}

fn words(articles: &[SourceArticle]) -> String {
    let shown = |one: &SourceArticle| {
        format!(
            "# {} by {}\n{}\n",
            one.title,
            one.byline,
            markdown(&one.article)
        )
    };
    articles.iter().map(shown).collect()
}

fn text(
    words: &str,
    kind: SourceKind,
    exports: ExportOptions,
) -> Result<Vec<SourceArticle>, String> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("source");
    fs::write(&path, words).unwrap();
    read(path, Some(kind), exports)
}

#[test]
fn of_several_channels_one_has_to_be_named() {
    let post = r#"{"id":1,"type":"message","text":"A post of one line that is long enough to stand alone in an issue, and says so at length."}"#;
    let chat = |name: &str, kind: &str, id: u32| {
        format!(r#"{{"name":"{name}","type":"{kind}","id":{id},"messages":[{post}]}}"#)
    };
    let account = |chats: &[String]| {
        format!(
            r#"{{"about":"x","personal_information":{{}},"chats":{{"list":[{}]}}}}"#,
            chats.join(",")
        )
    };
    let (a, b) = (
        chat("A", "public_channel", 1),
        chat("B", "private_channel", 2),
    );
    let private = chat("Mina", "personal_chat", 3);
    let both = account(&[a.clone(), private.clone(), b]);
    let of = |channel: Option<&str>, words: &str| {
        let channel = channel.map(str::to_owned);
        text(
            words,
            SourceKind::Telegram,
            ExportOptions {
                channel,
                ..ExportOptions::default()
            },
        )
    };
    let error = of(None, &both).unwrap_err();
    assert!(
        error.contains("say which channel") && error.contains("A (number 1"),
        "{error}"
    );
    assert!(!error.contains("Mina"), "{error}");
    assert_eq!(of(Some("B"), &both).unwrap().len(), 1);
    assert_eq!(of(Some("1"), &both).unwrap().len(), 1);
    let error = of(Some("C"), &both).unwrap_err();
    assert!(error.contains("no channel C"), "{error}");
    assert!(
        of(Some("Mina"), &both)
            .unwrap_err()
            .contains("personal chat")
    );
    assert_eq!(of(None, &account(&[a])).unwrap().len(), 1);
    assert!(
        of(None, &account(&[private]))
            .unwrap_err()
            .contains("no channel")
    );
}

#[test]
fn forwarded_posts_and_authors_come_along_only_if_asked_for() {
    let of = |forwards, authors| {
        let exports = ExportOptions {
            forwards,
            authors,
            ..ExportOptions::default()
        };
        words(&read(input("account.json"), None, exports).unwrap())
    };
    let plain = of(Forwards::Leave, false);
    assert!(
        !plain.contains("diesel")
            && !plain.contains("Another Desk")
            && !plain.contains("Signed Name")
    );
    let kept = of(Forwards::Keep, false);
    assert!(
        kept.contains("diesel") && !kept.contains("Another Desk"),
        "{kept}"
    );
    let named = of(Forwards::Name, true);
    assert!(
        named.contains("Another Desk") && named.contains("Signed Name"),
        "{named}"
    );
}

#[test]
fn lines_of_a_tail_are_cut_as_the_publisher_says() {
    let of = |tails: &[&str]| {
        let tails = tails.iter().map(|&tail| tail.to_owned()).collect();
        words(
            &read(
                input("account.json"),
                None,
                ExportOptions {
                    tails,
                    ..ExportOptions::default()
                },
            )
            .unwrap(),
        )
    };
    let found = of(&[]);
    assert!(
        !found.contains("@well") && !found.contains("— —"),
        "{found}"
    );
    let one = of(&["@*_water"]);
    assert!(!one.contains("@well") && one.contains("— —"), "{one}");
    let none = of(&["something else"]);
    assert!(none.contains("@well"), "{none}");
}

#[test]
fn a_book_as_one_article_holds_every_chapter() {
    let exports = ExportOptions {
        whole_book: true,
        ..ExportOptions::default()
    };
    let book = read(input("book.epub"), None, exports).unwrap();
    assert_eq!(book.len(), 1);
    assert_eq!(book[0].title, "Seasons of a village");
    let words = words(&book);
    assert!(
        words.contains("four months") && words.contains("تنور") && !words.contains("must not go")
    );
}

#[test]
fn chapters_stand_in_the_order_of_the_book() {
    let book = read(input("book-2.epub"), None, ExportOptions::default()).unwrap();
    let titles: Vec<&str> = book.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Письмо с севера", "Письмо с юга"]);
}

#[test]
fn a_site_has_an_element_of_its_own() {
    let page = |site: &str| {
        format!(
            "<!-- saved from url=(0025)https://{site}/a -->\n<html><body><div class=\"ad\"><p>{}</p></div>\
             <main><div class=\"story long\" lang=\"en\"><p>the story</p></div></main></body></html>",
            "buy this ".repeat(60)
        )
    };
    let of = |site: &str, select: &str| {
        let selects = vec![select.parse().unwrap()];
        let articles = text(
            &page(site),
            SourceKind::Page,
            ExportOptions {
                selects,
                ..ExportOptions::default()
            },
        );
        articles.map(|articles| words(&articles))
    };
    for select in [
        "example.org=main .story",
        "www.example.org=div.story.long[lang=en]",
        "example.org=#none, .long",
    ] {
        let found = of("www.example.org", select).unwrap();
        assert!(
            found.contains("the story") && !found.contains("buy"),
            "{select}: {found}"
        );
    }
    assert!(
        of("other.example", "example.org=main .story")
            .unwrap()
            .contains("buy")
    );
    assert!(
        of("notexample.org", "example.org=main .story")
            .unwrap()
            .contains("buy")
    );
    assert!(of("example.org", "example.org=.nothing").is_err());
    for refused in [
        "example.org=p:first",
        "example.org=a > b",
        "example.org",
        "=p",
        "example.org=",
    ] {
        assert!(
            refused.parse::<varaq_press::import::SiteSelect>().is_err(),
            "{refused}"
        );
    }
}
