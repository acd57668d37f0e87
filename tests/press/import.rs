//! Habits of Hugo, Jekyll and Zola, and what becomes of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use proptest::prelude::*;
use std::fs;
use std::path::PathBuf;
use varaq_article::{Block, Inline, Role, decode, encode, markdown};
use varaq_bundle::{Day, Direction};
use varaq_press::import::{ImportOptions, SourceArticle, Survey, Warning, read_all, survey};
use varaq_storage::Disk;

/// 2026-03-20
const DAY: Day = Day(20_532);

struct Site {
    home: tempfile::TempDir,
}

impl Site {
    fn new(files: &[(&str, &str)]) -> Site {
        let site = Site {
            home: tempfile::tempdir().unwrap(),
        };
        for (name, text) in files {
            site.write(name, text.as_bytes());
        }
        site
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join("site").join(name)
    }

    fn survey(&self, language: Option<&str>) -> Survey {
        let options = ImportOptions {
            language: language.map(str::to_owned),
            day: DAY,
            ..ImportOptions::new(DAY)
        };
        survey(&Disk, &[self.home.path().join("site")], &options).unwrap()
    }

    fn read(&self) -> (Vec<SourceArticle>, Vec<Warning>) {
        read_all(&Disk, &self.survey(None))
    }

    /// The one article of the site.
    fn one(&self) -> SourceArticle {
        let (mut articles, warnings) = self.read();
        assert_eq!(articles.len(), 1, "{warnings:?}");
        articles.remove(0)
    }
}

/// An article of one file, as Markdown again.
fn round(text: &str) -> String {
    markdown(&Site::new(&[("a.md", text)]).one().article)
}

fn warned<'w>(warnings: &'w [Warning], file: &str, what: &str) -> &'w Warning {
    let found = warnings
        .iter()
        .find(|w| w.file == file && w.what.contains(what));
    found.unwrap_or_else(|| panic!("no warning {what:?} about {file} in {warnings:#?}"))
}

const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n";

#[test]
fn a_hugo_site_becomes_articles() {
    let site = Site::new(&[
        ("hugo.toml", "title = 'x'"),
        ("content/news/_index.md", "---\ntitle: Newsroom\n---\n"),
        (
            "content/news/river.md",
            "+++\ntitle = \"The river\"\ndate = 2026-03-01T23:59:00-05:00\ndraft = false\n\
             authors = [\"A. One\", \"B. Two\"]\nslug = \"river\"\nweight = 2\n\
             description = \"Lower than ever.\"\n+++\n\nWater *fell*.\n\n\
             {{< figure src=\"/images/bed.png\" alt=\"Dry bed\" caption=\"In July\" >}}\n\n\
             See [the map]({{< ref \"map.md\" >}}) and {{< youtube abc123 >}}.\n\n\
             {{< mystery thing=\"1\" >}}\n",
        ),
        (
            "content/news/first/index.md",
            "---\ntitle: First\nweight: 1\ndate: 2020-01-01\n---\n![A fox](fox.png)\n",
        ),
        (
            "content/about.md",
            "---\ntitle: About\ndate: 2019-05-05\n---\nWho we are.\n",
        ),
        (
            "content/news/secret.md",
            "---\ntitle: Secret\ndraft: true\n---\nNot yet.\n",
        ),
        (
            "content/news/embargo.md",
            "---\ntitle: Later\ndate: 2026-03-21\n---\nTomorrow.\n",
        ),
        ("themes/x/README.md", "# Theme\n"),
    ]);
    site.write("static/images/bed.png", PIXEL);
    site.write("content/news/first/fox.png", PIXEL);
    let found = site.survey(None);
    assert_eq!(found.sections, ["Newsroom", ""]);
    let (articles, warnings) = read_all(&Disk, &found);
    let titles: Vec<_> = articles.iter().map(|a| a.title.as_str()).collect();
    assert_eq!(titles, ["First", "The river", "About"]);
    let river = &articles[1];
    assert_eq!(river.byline, "A. One, B. Two");
    assert_eq!(river.day, Day(20_513), "the day as it is written");
    assert_eq!(
        river.article.blocks[0],
        Block::Paragraph {
            role: Role::Standfirst,
            text: vec![Inline::Text("Lower than ever.".into())],
        }
    );
    assert_eq!(
        markdown(&river.article),
        "**Lower than ever.**\n\nWater *fell*.\n\n![Dry bed](media/1)\n\n*In July*\n\n\
         See [the map](<map.md>) and \
         [https://www.youtube.com/watch?v=abc123](<https://www.youtube.com/watch?v=abc123>).\n"
    );
    assert!(
        river.pictures[0]
            .file()
            .unwrap()
            .ends_with("static/images/bed.png")
    );
    assert!(
        articles[0].pictures[0]
            .file()
            .unwrap()
            .ends_with("first/fox.png")
    );
    assert_eq!(warned(&warnings, "news/river.md", "mystery").line, Some(17));
    assert!(warned(&warnings, "news/secret.md", "draft").skipped);
    assert!(warned(&warnings, "news/embargo.md", "after the day").skipped);
    warned(&warnings, "content", "only its folder content");
}

#[test]
fn a_jekyll_site_becomes_articles() {
    let site = Site::new(&[
        ("_config.yml", "title: x"),
        (
            "_posts/2026-01-02-first-day.md",
            "---\nlayout: post\ntitle: \"Day one\"\ncategories: [city]\ndate: 2026-01-02 08:30:00 +0330\n---\n\
             ![Gate]({{ site.baseurl }}/assets/gate.png){: .wide}\n\n\
             {% include figure.html image_path=\"/assets/gate.png\" caption=\"The gate\" %}\n\n\
             {% if page.x %}Inside{% endif %}\n\n\
             {% highlight sh %}\nls <x>\n\n{{ kept }}\n{% endhighlight %}\n\n\
             Read [more]({{ \"/about\" | relative_url }}).\n",
        ),
        (
            "_posts/2026-01-03-hidden.md",
            "---\ntitle: No\npublished: false\n---\nx\n",
        ),
        ("_posts/2026-01-04-no-front.md", "Just words.\n"),
        ("_drafts/idea.md", "---\ntitle: Idea\n---\nx\n"),
        ("_layouts/post.html", "<html></html>"),
        ("notes.txt", "x"),
    ]);
    site.write("assets/gate.png", PIXEL);
    let (articles, warnings) = site.read();
    assert_eq!(articles.len(), 2);
    let first = &articles[1];
    assert_eq!(first.title, "Day one");
    assert_eq!(first.day, Day(20_455));
    assert_eq!(
        markdown(&first.article),
        "![Gate](media/1)\n\n![](media/1)\n\n*The gate*\n\nInside\n\n\
         ```sh\nls <x>\n\n{{ kept }}\n```\n\nRead [more](</about>).\n"
    );
    assert_eq!(first.pictures.len(), 1);
    let bare = &articles[0];
    assert_eq!(
        (bare.title.as_str(), bare.day),
        ("2026 01 04 no front", Day(20_457))
    );
    warned(&warnings, "_posts/2026-01-04-no-front.md", "no title");
    assert!(warned(&warnings, "_posts/2026-01-03-hidden.md", "draft").skipped);
    assert!(warned(&warnings, "_drafts", "drafts").skipped);
    assert!(warned(&warnings, "_layouts", "machinery").skipped);
    assert!(warned(&warnings, "notes.txt", "neither").skipped);
}

#[test]
fn a_zola_site_becomes_articles() {
    let site = Site::new(&[
        ("config.toml", "base_url = 'x'"),
        ("content/_index.md", "+++\ntransparent = true\n+++\n"),
        (
            "content/essays/hill.md",
            "+++\ntitle = \"The hill\"\ndate = 2025-06-07\nin_search_index = true\n\
             [taxonomies]\ncategories = [\"Essays & notes\"]\ntags = [\"a\"]\n\
             [extra]\nauthor = \"C. Three\"\n+++\n\nUp. {{ youtube(id=\"zz\") }}\n\n\
             {% quote(author=\"Somebody\") %}\nA hill is a hill.\n{% end %}\n",
        ),
    ]);
    let found = site.survey(None);
    assert_eq!(found.sections, ["Essays & notes"]);
    let article = site.one();
    assert_eq!(article.title, "The hill");
    assert_eq!(article.byline, "C. Three");
    assert_eq!(article.day, Day(20_246));
    let text = markdown(&article.article);
    assert!(text.contains("watch?v=zz"), "{text}");
    assert!(text.contains("A hill is a hill."), "{text}");
}

#[test]
fn every_kind_of_markdown_block_arrives() {
    let source = "# Title\n\nOne **two** *three* `four` [five](https://example.org/) ~~six~~.\\\nNext[^n]\n\n\
                  - a\n- b\n  1. c\n\n3. three\n4. four\n\n> quoted\n>\n> twice\n\n\
                  | h | i |\n|---|--:|\n| 1 | 2 |\n\n```rust\nfn x() {}\n```\n\n---\n\n- [x] done\n\n[^n]: The note.\n";
    assert_eq!(
        round(source),
        "One **two** *three* `four` [five](<https://example.org/>) six.\\\nNext[^1]\n\n\
         - a\n- b\n\n  1. c\n\n3. three\n4. four\n\n> quoted\n>\n> twice\n\n\
         | h | i |\n| --- | ---: |\n| 1 | 2 |\n\n```rust\nfn x() {}\n```\n\n---\n\n- \\[x\\] done\n\n[^1]: The note.\n"
    );
}

#[test]
fn raw_html_is_taken_for_its_meaning_and_told_with_its_line() {
    let site = Site::new(&[(
        "a.md",
        "---\ntitle: T\ndate: 2026-01-01\n---\nOne<br>two <b>three</b> <nobody> x<sup>2</sup>.\n\n\
         <div class=\"x\">\n\nInside *Markdown*.\n\n</div>\n\n\
         <figure><img src=\"p.png\" alt=\"P\"><figcaption>A <i>caption</i></figcaption></figure>\n\n\
         <table><tr><th>a<th>b<tr><td>1<td>2</table>\n\n\
         <script>alert(1)</script>\n\n<iframe src=\"https://example.org/v\"></iframe>\n\n\
         <blockquote><p>Said</p></blockquote>\n",
    )]);
    site.write("p.png", PIXEL);
    let (articles, warnings) = site.read();
    assert_eq!(
        markdown(&articles[0].article),
        "One\\\ntwo **three** \\<nobody> x².\n\nInside *Markdown*.\n\n\
         ![P](media/1)\n\n*A caption*\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n\
         [https://example.org/v](<https://example.org/v>)\n\n> Said\n"
    );
    assert_eq!(
        warned(&warnings, "a.md", "<script> left out").line,
        Some(17)
    );
    assert_eq!(warned(&warnings, "a.md", "<iframe>").line, Some(19));
    assert_eq!(warned(&warnings, "a.md", "<nobody>").line, Some(5));
    assert_eq!(warned(&warnings, "a.md", "raw HTML").line, Some(5));
}

#[test]
fn html_that_never_closes_costs_no_words() {
    let text = round(
        "<div><p>one <b>two <i>three</div> four\n\nfive\n\n</section></b> six <a href='x'>seven\n",
    );
    for word in ["one", "two", "three", "four", "five", "six", "seven"] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let text = round("before <a href=\"unclosed\n\nafter <!-- never closed\n\nlast\n");
    for word in ["before", "after", "last"] {
        assert!(text.contains(word), "{word} in {text}");
    }
}

#[test]
fn a_whole_page_of_html_is_an_article() {
    let site = Site::new(&[(
        "page.html",
        "<!DOCTYPE html><html lang=\"ar\"><head><title>عنوان</title><style>p{}</style></head>\
         <body dir=\"rtl\"><nav><a href=\"x\">menu</a></nav><ul class=\"docnav\"><li>up</li></ul>\
         <main><h1>عنوان</h1><p>نص &amp; كلمة</p><pre><code class=\"language-sh\">a\n b</code></pre></main></body></html>",
    )]);
    let article = site.one();
    assert_eq!(article.title, "عنوان");
    assert_eq!(article.language, "ar");
    assert_eq!(article.direction, Direction::RightToLeft);
    assert_eq!(
        markdown(&article.article),
        "نص \\& كلمة\n\n```sh\na\n b\n```\n"
    );
}

#[test]
fn each_article_has_its_own_language_and_direction() {
    let body =
        |title: &str, words: &str| format!("---\ntitle: {title}\ndate: 2026-01-01\n---\n{words}\n");
    let site = Site::new(&[
        ("news/x.md", &body("X", "Some English words here.")),
        ("news/x.fa.md", &body("X", "چند واژه")),
        ("ckb/y.md", &body("Y", "چەند وشە")),
        (
            "detect-fa.md",
            &body(
                "D",
                "گزارشی دربارهٔ رودخانه و مردم شهر که پیش از این نوشته شده بود",
            ),
        ),
        (
            "detect-ar.md",
            &body(
                "D",
                "تقرير عن النهر وأهل المدينة الذي كتب قبل هذا في الجريدة",
            ),
        ),
        (
            "detect-ckb.md",
            &body(
                "D",
                "ڕاپۆرتێک دەربارەی ڕووبار و خەڵکی شار کە پێشتر نووسرابوو",
            ),
        ),
        ("detect-ru.md", &body("D", "Рассказ о реке и людях города")),
        (
            "detect-uk.md",
            &body("D", "Розповідь про річку і людей її міста"),
        ),
        (
            "told.md",
            "---\ntitle: T\nlang: az-arab\ndate: 2026-01-01\n---\nx\n",
        ),
    ]);
    let (articles, _) = site.read();
    let of = |file: &str| articles.iter().find(|a| a.source.file == file).unwrap();
    let tells = |file: &str| {
        let article = of(file);
        (
            article.language.as_str(),
            article.direction == Direction::RightToLeft,
        )
    };
    assert_eq!(tells("news/x.md"), ("en", false));
    assert_eq!(tells("news/x.fa.md"), ("fa", true));
    assert_eq!(tells("ckb/y.md"), ("ckb", true));
    assert_eq!(tells("detect-fa.md"), ("fa", true));
    assert_eq!(tells("detect-ar.md"), ("ar", true));
    assert_eq!(tells("detect-ckb.md"), ("ckb", true));
    assert_eq!(tells("detect-ru.md"), ("ru", false));
    assert_eq!(tells("detect-uk.md"), ("uk", false));
    assert_eq!(tells("told.md"), ("az-Arab", true));
    // Translations of one piece know each other.
    let group = of("news/x.md").source.group;
    assert!(group.is_some());
    assert_eq!(group, of("news/x.fa.md").source.group);
    assert_eq!(of("told.md").source.group, None);
    // A language that is given stands for those that tell none.
    let given = site.survey(Some("ps"));
    let (articles, _) = read_all(&Disk, &given);
    let plain = articles
        .iter()
        .find(|a| a.source.file == "news/x.md")
        .unwrap();
    assert_eq!(plain.language, "ps");
}

#[test]
fn a_picture_is_taken_only_from_the_source() {
    let site = Site::new(&[(
        "posts/a.md",
        "---\ntitle: A\ndate: 2026-01-01\n---\n![one](pics/one.png)\n\n![two](../two%20b.png)\n\n![three](/three.png)\n\n\
         ![four](../../private/four.png)\n\n![five](https://example.org/5.png)\n\n![six](six.png)\n\n\
         ![seven](../../images/seven.png)\n\n![eight](/etc/hostname)\n",
    )]);
    site.write("posts/pics/one.png", PIXEL);
    site.write("two b.png", PIXEL);
    site.write("static/three.png", PIXEL);
    site.write("../private/four.png", PIXEL);
    site.write("../images/seven.png", PIXEL);
    let (articles, warnings) = site.read();
    let names: Vec<_> = articles[0]
        .pictures
        .iter()
        .map(|picture| {
            picture
                .file()
                .unwrap()
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(names, ["one.png", "two b.png", "three.png", "seven.png"]);
    let text = markdown(&articles[0].article);
    for words in [
        "\\[four\\]",
        "\\[six\\]",
        "[five](<https://example.org/5.png>)",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(
        warned(&warnings, "posts/a.md", "outside the source folder").line,
        Some(11)
    );
    assert_eq!(warned(&warnings, "posts/a.md", "remote").line, Some(13));
    assert_eq!(warned(&warnings, "posts/a.md", "not found").line, Some(15));
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_outside() {
    use std::os::unix::fs::symlink;
    let site = Site::new(&[("a.md", "# A\n\n![x](x.png)\n")]);
    site.write("../private/x.png", PIXEL);
    site.write("../private/b.md", b"# B\n");
    symlink(site.path("../private/x.png"), site.path("x.png")).unwrap();
    symlink(site.path("../private/b.md"), site.path("b.md")).unwrap();
    symlink(site.path("."), site.path("loop")).unwrap();
    let (articles, warnings) = site.read();
    assert_eq!(articles.len(), 1);
    assert!(articles[0].pictures.is_empty());
    assert!(warned(&warnings, "b.md", "symbolic link").skipped);
    assert!(warned(&warnings, "loop", "symbolic link").skipped);
    warned(&warnings, "a.md", "outside");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_there() {
    let site = Site::new(&[("good.md", "# Good\n\nYes.\n")]);
    site.write("latin.md", b"# Caf\xe9\n");
    site.write("broken.md", b"---\ntitle: \"Broken\ndraft: true\n---\nx\n");
    site.write("odd.md", b"---\n- a\n- b\n---\nText.\n");
    // One alias after another, each ten of the one before.
    let mut bomb = "---\na0: &a0 [x]\n".to_owned();
    for level in 1..12 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    bomb.push_str("title: Bomb\n---\nBoom.\n");
    site.write("bomb.md", bomb.as_bytes());
    let (articles, warnings) = site.read();
    let mut files: Vec<_> = articles.iter().map(|a| a.source.file.as_str()).collect();
    files.sort_unstable();
    assert_eq!(files, ["bomb.md", "good.md", "odd.md"]);
    assert!(warned(&warnings, "latin.md", "not UTF-8 (line 1)").skipped);
    // A broken quote does not turn a draft into an article.
    assert!(warned(&warnings, "broken.md", "draft").skipped);
    warned(&warnings, "bomb.md", "front matter not understood");
    warned(&warnings, "odd.md", "front matter not understood");
}

#[test]
fn towers_are_flattened_and_decode() {
    let sources = [
        ">".repeat(500) + " deep words",
        "- ".repeat(300) + "deep words",
        "<div>".repeat(5_000) + "deep words",
        "<blockquote>".repeat(5_000) + "deep words",
        "<table><tr><td>".repeat(2_000) + "deep words",
        "<b><i>".repeat(5_000) + "deep words",
        "[".repeat(10_000) + "deep words",
        "*a **b ".repeat(5_000) + "deep words",
    ];
    for source in sources {
        let article = Site::new(&[("a.md", &source)]).one();
        let bytes = encode(&article.article);
        assert_eq!(decode(&bytes).as_ref(), Ok(&article.article));
        assert!(article.words >= 2);
    }
}

#[test]
fn words_are_normalised_and_controls_dropped() {
    let text = round(
        "---\ntitle: T\n---\ncafe\u{301} \u{202e}abc\u{0} a\u{200c}b &zwnj;&#x202e; &laquo;q&raquo;\n",
    );
    assert_eq!(text, "café abc a\u{200c}b \u{200c} «q»\n");
}

#[test]
fn links_keep_their_target_but_not_who_sent_the_reader() {
    assert_eq!(
        round(
            "[a](https://e.org/?utm_source=x&id=1&fbclid=2#f) [b](javascript:alert(1)) [c](#here) [d](mailto:a@b.c)\n"
        ),
        "[a](<https://e.org/?id=1#f>) b c [d](<mailto:a@b.c>)\n"
    );
}

#[test]
fn shortcodes_in_code_stay() {
    let source = "`{{< x >}}` and\n\n```\n{{< y >}}\n{% z %}\n```\n\n{{</* literal */>}}\n";
    assert_eq!(
        round(source),
        "`{{< x >}}` and\n\n```\n{{< y >}}\n{% z %}\n```\n\n{{\\< literal >}}\n"
    );
}

#[test]
fn two_runs_give_the_same_articles_and_ids() {
    let files = [
        ("b.md", "---\ntitle: B\ndate: 2026-01-01\n---\nx\n"),
        ("a.md", "---\ntitle: A\ndate: 2026-01-01\n---\nx\n"),
        (
            "c.md",
            "---\ntitle: C\ndate: 2026-02-01\nslug: same\n---\nx\n",
        ),
        (
            "d.md",
            "---\ntitle: D\ndate: 2026-01-01\nslug: same\n---\nx\n",
        ),
        (
            "z.md",
            "---\ntitle: Z\ndate: 2000-01-01\nlead: true\n---\nx\n",
        ),
    ];
    let seen = |site: &Site| -> Vec<(String, String)> {
        let sources = site.survey(None).sources;
        sources
            .iter()
            .map(|s| (s.file.clone(), s.id.to_string()))
            .collect()
    };
    let one = seen(&Site::new(&files));
    let mut reversed = files;
    reversed.reverse();
    assert_eq!(one, seen(&Site::new(&reversed)));
    let order: Vec<_> = one.iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(order, ["z.md", "c.md", "a.md", "b.md", "d.md"]);
    let ids: std::collections::HashSet<_> = one.iter().map(|(_, id)| id).collect();
    assert_eq!(ids.len(), 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_text_makes_the_importer_panic(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("{{<".to_owned()), Just(">}}".to_owned()), Just("{%".to_owned()), Just("%}".to_owned()),
                Just("{{".to_owned()), Just("}}".to_owned()), Just("```".to_owned()), Just("`".to_owned()),
                Just("<table>".to_owned()), Just("<td>".to_owned()), Just("</table>".to_owned()), Just("<tr>".to_owned()),
                Just("<li>".to_owned()), Just("<ul>".to_owned()), Just("</div>".to_owned()), Just("<div>".to_owned()),
                Just("<pre>".to_owned()), Just("</pre>".to_owned()), Just("<figcaption>".to_owned()), Just("<figure>".to_owned()),
                Just("<a href=x>".to_owned()), Just("<b>".to_owned()), Just("</b>".to_owned()), Just("<!--".to_owned()),
                Just("> ".to_owned()), Just("- ".to_owned()), Just("| a | b |\n|---|---|\n".to_owned()), Just("[^1]".to_owned()),
                Just("\n".to_owned()), Just("\n\n".to_owned()), Just("---\n".to_owned()), Just("highlight".to_owned()),
                Just(" /highlight ".to_owned()), Just("![x](y.png)".to_owned()), Just("&amp;".to_owned()), Just("**".to_owned()),
                "\\PC{0,6}",
            ],
            0..40,
        )
    ) {
        let text = parts.concat();
        let (articles, warnings) = Site::new(&[("a.md", &text), ("b.html", &text)]).read();
        prop_assert_eq!(articles.len() + warnings.iter().filter(|w| w.skipped).count(), 2);
        for article in articles {
            prop_assert_eq!(decode(&encode(&article.article)), Ok(article.article));
        }
    }
}

#[test]
fn a_strong_word_leaves_its_sentence_in_one_piece() {
    assert_eq!(
        round("*The **old** river*, **so *very* wide** and **_both_**\n"),
        "*The **old** river*, **so *very* wide** and ***both***\n"
    );
}
