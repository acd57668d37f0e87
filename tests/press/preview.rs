//! The HTML copy of a draft: marked on every page, in the right direction, and dead.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use varaq_bundle::Day;
use varaq_press::keys::{KeyFile, NewPublisher, Stretch, new_publisher};
use varaq_press::{PackOptions, PreviewError, PreviewReport, pack, preview, sign};
use varaq_storage::Disk;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        let plan = NewPublisher {
            names: vec![("en".into(), "Example Weekly".into())],
            signers: 1,
            threshold: 1,
            stretch: Stretch {
                memory_kib: 64,
                passes: 1,
            },
            ..NewPublisher::default()
        };
        new_publisher(&Disk, &desk.path("keys"), &plan, None).unwrap();
        let site = desk.path("site");
        fs::create_dir_all(site.join("fa")).unwrap();
        fs::write(
            site.join("one.md"),
            "---\ntitle: \"A <b> & \\\"quoted\\\" title\"\ndate: 2026-03-01\nlang: en\n---\n\
             The **river** [fell](https://example.org/a?b=1&c=2) `x < y`.\n\n> A quote\n\n1. one\n2. two\n\n\
             | a | b |\n|---|--:|\n| 1 | <2> |\n\n![Dry \"bed\"](bed.png)\n\nNote[^1].\n\n[^1]: The note.\n\n\
             ```\n</code></pre><script>alert(1)</script>\n```\n",
        )
        .unwrap();
        fs::write(
            site.join("fa/two.md"),
            "---\ntitle: ورق\ndate: 2026-03-02\nlang: fa\n---\nیک ورق تازه برای خواندن.\n\n![](../bed.png)\n",
        )
        .unwrap();
        image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8 * 6, y as u8 * 8, 9]))
            .save(site.join("bed.png"))
            .unwrap();
        let mut options = PackOptions::new(
            vec![site],
            desk.path("draft.varaq"),
            desk.path("keys"),
            1,
            Day(20_530),
        );
        options.title = "بهار · Spring".into();
        options.language = Some("fa".into());
        pack(&Disk, &options, &mut |_| ControlFlow::Continue(())).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn preview(&self, target: &str) -> Result<PreviewReport, PreviewError> {
        preview(
            &Disk,
            &self.path("draft.varaq"),
            &self.path(target),
            &mut |_, _| ControlFlow::Continue(()),
        )
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.0.path())
            .unwrap()
            .map(|one| one.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// Nothing that runs, fetches or leads away; the mark before any word of the draft.
fn assert_dead_and_marked(page: &str) {
    let lower = page.to_lowercase();
    for what in [
        "<script",
        "<iframe",
        "<link",
        "javascript:",
        "onerror",
        "src=\"http",
        "href=\"http",
        "url(",
        "@import",
        "<form",
        "<base",
    ] {
        assert!(!lower.contains(what), "{what}\n{page}");
    }
    assert!(page.contains("default-src 'none'"), "{page}");
    let body = page.split_once("<body>").unwrap().1;
    assert!(
        body.trim_start()
            .starts_with("<p class=\"draft\" lang=\"fa\" dir=\"rtl\">پیش‌نویس."),
        "{body}"
    );
    assert!(body.contains("Draft. Nobody has signed it."));
    assert!(page.contains("<title>DRAFT: "));
    assert!(
        !page.contains("Example Weekly"),
        "nobody has proven that name"
    );
}

#[test]
fn one_file_holds_everything() {
    let desk = Desk::new();
    let report = desk.preview("copy.html").unwrap();
    assert_eq!(
        report,
        PreviewReport {
            articles: 2,
            pictures: 2
        }
    );
    let page = fs::read_to_string(desk.path("copy.html")).unwrap();
    assert_dead_and_marked(&page);
    for part in [
        "<article lang=\"fa\" dir=\"rtl\">\n<h2>ورق</h2>",
        "<article lang=\"en\" dir=\"ltr\">\n<h2>A &lt;b&gt; &amp; &quot;quoted&quot; title</h2>",
        "<strong>river</strong>",
        "<span class=\"words\">fell</span> <bdi class=\"target\" dir=\"ltr\">(https://example.org/a?b=1&amp;c=2)</bdi>",
        "<code dir=\"ltr\">x &lt; y</code>",
        "<blockquote>",
        "<ol start=\"1\">",
        "<td class=\"end\">",
        "src=\"data:image/png;base64,",
        "alt=\"Dry &quot;bed&quot;\"",
        "<pre><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>",
        "<sup>[1]</sup>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    // The same again, and in place of the old one.
    desk.preview("copy.html").unwrap();
    assert_eq!(page, fs::read_to_string(desk.path("copy.html")).unwrap());
}

#[test]
fn a_preview_takes_the_place_of_a_preview_and_of_nothing_else() {
    let desk = Desk::new();
    let write = |target: &Path| {
        let step = &mut |_, _| ControlFlow::Continue(());
        preview(&Disk, &desk.path("draft.varaq"), target, step)
    };
    let target = desk.path("page.html");
    write(&target).unwrap();
    write(&target).unwrap();
    fs::write(&target, "<title>The page of our site</title>").unwrap();
    assert!(matches!(write(&target), Err(PreviewError::AlreadyThere)));
    let kept = fs::read_to_string(&target).unwrap();
    assert_eq!(kept, "<title>The page of our site</title>");
}

#[test]
fn a_folder_has_a_page_for_each_article() {
    let desk = Desk::new();
    desk.preview("copy").unwrap();
    let mut names: Vec<String> = fs::read_dir(desk.path("copy"))
        .unwrap()
        .map(|one| one.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!(
        names[..3],
        ["article-00001.html", "article-00002.html", "index.html"]
    );
    for name in &names[..3] {
        assert_dead_and_marked(&fs::read_to_string(desk.path("copy").join(name)).unwrap());
    }
    let index = fs::read_to_string(desk.path("copy/index.html")).unwrap();
    assert!(
        index.contains("<a href=\"article-00001.html\">ورق</a>"),
        "{index}"
    );
    let article = fs::read_to_string(desk.path("copy/article-00001.html")).unwrap();
    assert!(
        article.contains(&format!("<img src=\"{}\"", names[3])),
        "{article}"
    );
    assert!(image::open(desk.path("copy").join(&names[3])).is_ok());
    // A folder that holds something is left alone.
    let again = desk.preview("copy");
    assert!(matches!(again, Err(PreviewError::Io { .. })), "{again:?}");
    assert_eq!(desk.names(), ["copy", "draft.varaq", "keys", "site"]);
    // What a run that was cut off has left is no hindrance.
    fs::create_dir(desk.path("other.part")).unwrap();
    fs::write(desk.path("other.part/article-00001.html"), "half").unwrap();
    desk.preview("other").unwrap();
}

#[test]
fn a_signed_issue_is_no_draft_and_a_broken_one_leaves_nothing() {
    let desk = Desk::new();
    let key = KeyFile::read(&Disk, &desk.path("keys/signer-1.key"))
        .unwrap()
        .unlock(None)
        .unwrap();
    let whole = fs::read(desk.path("draft.varaq")).unwrap();
    sign(
        &Disk,
        &desk.path("draft.varaq"),
        &key,
        &desk.path("keys"),
        &mut |_, _| ControlFlow::Continue(()),
    )
    .unwrap();
    assert!(matches!(
        desk.preview("copy.html"),
        Err(PreviewError::Signed)
    ));
    let before = desk.names();
    for (what, bytes) in [
        ("empty", &[][..]),
        ("text", b"hello, no bundle at all".as_slice()),
        ("cut", &whole[..whole.len() / 2]),
        ("head", &whole[..300]),
    ] {
        fs::write(desk.path("draft.varaq"), bytes).unwrap();
        assert!(desk.preview("copy.html").is_err(), "{what}");
        assert!(desk.preview("copy").is_err(), "{what}");
    }
    fs::write(desk.path("draft.varaq"), &whole).unwrap();
    let mut turns = 0;
    let stop = &mut |_: u64, total: u64| {
        turns += u32::from(total > 0);
        if turns > 1 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let cancelled = preview(&Disk, &desk.path("draft.varaq"), &desk.path("copy"), stop);
    assert!(
        matches!(cancelled, Err(PreviewError::Cancelled)),
        "{cancelled:?}"
    );
    assert_eq!(desk.names(), before);
    assert!(matches!(
        preview(
            &Disk,
            Path::new("missing.varaq"),
            &desk.path("c.html"),
            &mut |_, _| ControlFlow::Continue(())
        ),
        Err(PreviewError::Head(_))
    ));
}
