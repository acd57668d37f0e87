//! FRONT, the catalog, spans and articles (FORMAT.md section 5). All is signed properly.

use super::sample::{PREFIX, THIRD, sample};
use super::{Found, List};
use varaq_bundle::{Front, Span, encode_catalog_page};
use varaq_kit::{RawPiece, Sample, Value, body};

pub fn add(list: &mut List) {
    fronts(list);
    pages(list);
    spans(list);
    articles(list);
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn fronts(list: &mut List) {
    let sample = sample();
    let page = encode_catalog_page(&sample.page);
    let sound = sample.listed().encode();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut front = Value::parse(&sound);
        change(&mut front);
        sample.seal_with(&front.encode(), &page).file()
    };
    let mut bad = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        list.found(
            name,
            "5.1",
            purpose,
            with(change),
            Found::whole(&sample).unlisted().damaged(&["piece 0"], 23),
        );
    };
    bad("front-title-of-257", "at most 256 characters", &|f| {
        *f.at(0) = text(&"\u{645}".repeat(257))
    });
    bad("front-title-with-a-line-feed", "a title is a text", &|f| {
        *f.at(0) = text("Seven\n")
    });
    bad(
        "front-language-with-an-underscore",
        "a tag is of A-Z a-z 0-9 -",
        &|f| *f.at(1) = text("en_GB"),
    );
    bad("front-257-sections", "at most 256", &|f| {
        *f.at(2) = Value::Array(vec![text("News"); 257])
    });
    bad(
        "front-section-with-a-bidi-control",
        "a section is a text",
        &|f| *f.at(2) = Value::Array(vec![text("News"), text("\u{202e}")]),
    );
    bad("front-lead-of-7-bytes", "an article id has 8 bytes", &|f| {
        *f.at(3) = Value::Bytes(vec![1; 7])
    });
    bad(
        "front-article-count-is-not-the-sum",
        "article_count is the sum of the directory",
        &|f| *f.at(4) = Value::Uint(4),
    );
    bad(
        "front-directory-of-two-pages",
        "the manifest counts one page",
        &|f| {
            *f.at(6) = Value::Array(vec![
                Value::Array(vec![Value::Uint(3)]),
                Value::Array(vec![Value::Uint(1)]),
            ])
        },
    );
    bad(
        "front-directory-with-an-empty-page",
        "a page has an article",
        &|f| {
            *f.at(4) = Value::Uint(0);
            *f.at(5) = Value::Array(Vec::new());
            *f.at(6).at(0).at(0) = Value::Uint(0);
        },
    );
    bad(
        "front-directory-with-1025",
        "a page has at most 1,024 articles",
        &|f| {
            *f.at(4) = Value::Uint(1_025);
            *f.at(6).at(0).at(0) = Value::Uint(1_025);
        },
    );
    bad(
        "front-article-with-a-wrong-section",
        "FRONT has one section",
        &|f| *f.at(5).at(0).at(5) = Value::Uint(1),
    );
    bad(
        "front-extras-1025",
        "extras have at most 1,024 bytes",
        &|f| *f.at(7) = Value::Bytes(vec![0; 1_025]),
    );
    bad("front-unknown-key", "no other field is there", &|f| {
        f.pairs().push((Value::Uint(8), Value::Uint(0)))
    });
    bad(
        "front-trailing-byte",
        "nothing follows the outermost item",
        &|f| *f.at(7) = Value::Raw(vec![0x40, 0x00]),
    );
    bad("front-an-array", "FRONT is a map", &|f| {
        *f = Value::Array(Vec::new())
    });

    let mut good = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        list.found(name, "5.1", purpose, with(change), Found::whole(&sample));
    };
    good("front-without-a-title", "a title may be empty", &|f| {
        *f.at(0) = text("")
    });
    good(
        "front-without-first-articles",
        "first articles are a convenience",
        &|f| *f.at(5) = Value::Array(Vec::new()),
    );
    good("front-with-extras", "extras are ignored", &|f| {
        *f.at(7) = Value::Bytes(vec![0xff; 1_024])
    });
    let hidden = |change: &dyn Fn(&mut Value)| {
        (
            with(change),
            Found::whole(&sample).only(&[]).damaged(&["piece 1"], 23),
        )
    };
    let (bytes, found) = hidden(&|f| *f.at(5).at(0).at(3) = text("Another title"));
    list.found(
        "front-shows-another-title",
        "5.2",
        "what the first screen shows is what the catalog says",
        bytes,
        found,
    );
    let (bytes, found) = hidden(&|f| f.at(5).items().swap(0, 1));
    list.found(
        "front-shows-another-order",
        "5.2",
        "the first articles are the first entries",
        bytes,
        found,
    );
    let (bytes, found) = hidden(&|f| {
        *f.at(4) = Value::Uint(2);
        *f.at(5) = Value::Array(Vec::new());
        *f.at(6).at(0).at(0) = Value::Uint(2);
    });
    list.found(
        "page-longer-than-the-directory-says",
        "5.2",
        "numbers of articles would depend on who counts",
        bytes,
        found.of(2),
    );
}

fn pages(list: &mut List) {
    let sample = sample();
    let front = Front {
        first: Vec::new(),
        ..sample.listed()
    }
    .encode();
    let sound = encode_catalog_page(&sample.page);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut page = Value::parse(&sound);
        change(&mut page);
        sample.seal_with(&front, &page.encode()).file()
    };
    let mut bad = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        list.found(
            name,
            "5.2",
            purpose,
            with(change),
            Found::whole(&sample).only(&[]).damaged(&["piece 1"], 23),
        );
    };
    bad("entry-id-twice", "an id is there once", &|p| {
        let id = p.at(0).at(0).clone();
        *p.at(2).at(0) = id;
    });
    bad("entry-id-of-9-bytes", "an article id has 8 bytes", &|p| {
        *p.at(1).at(0) = Value::Bytes(vec![1; 9])
    });
    bad("entry-version-0", "versions count from 1", &|p| {
        *p.at(1).at(1) = Value::Uint(0)
    });
    bad("entry-group-a-number", "a group is null or 8 bytes", &|p| {
        *p.at(1).at(2) = Value::Uint(0)
    });
    bad("entry-title-empty", "a title has a character", &|p| {
        *p.at(1).at(3) = text("")
    });
    bad("entry-title-of-513", "at most 512 characters", &|p| {
        *p.at(1).at(3) = text(&"\u{645}".repeat(513))
    });
    bad("entry-title-with-a-control", "a title is a text", &|p| {
        *p.at(1).at(3) = text("Two\u{7}")
    });
    bad("entry-title-with-a-c1-control", "a title is a text", &|p| {
        *p.at(1).at(3) = text("Two\u{9b}31m")
    });
    bad(
        "entry-title-with-a-bidi-control",
        "what it says could read as something else",
        &|p| *p.at(1).at(3) = text("\u{202e}owT"),
    );
    bad(
        "entry-title-with-a-line-separator",
        "a title is one line",
        &|p| *p.at(1).at(3) = text("Two\u{2028}"),
    );
    bad(
        "entry-title-with-a-byte-order-mark",
        "an invisible character",
        &|p| *p.at(1).at(3) = text("\u{feff}Two"),
    );
    bad("entry-byline-of-257", "at most 256 characters", &|p| {
        *p.at(1).at(4) = text(&"a".repeat(257))
    });
    bad("entry-section-1", "FRONT has one section", &|p| {
        *p.at(1).at(5) = Value::Uint(1)
    });
    bad("entry-language-empty", "a tag has a character", &|p| {
        *p.at(1).at(6) = text("")
    });
    bad(
        "entry-direction-2",
        "left to right or right to left",
        &|p| *p.at(1).at(7) = Value::Uint(2),
    );
    bad(
        "entry-day-beyond-9999",
        "days end with the year 9999",
        &|p| *p.at(1).at(8) = Value::Uint(2_932_897),
    );
    bad("entry-span-of-two-items", "a span has three items", &|p| {
        drop(p.at(1).at(10).items().pop())
    });
    bad(
        "entry-span-above-16-megabytes",
        "an article is laid out from memory",
        &|p| *p.at(1).at(10).at(2) = Value::Uint((16 << 20) + 1),
    );
    bad("entry-medium-of-class-2", "picture or attachment", &|p| {
        *p.at(0).at(11).at(0).at(0) = Value::Uint(2)
    });
    bad("entry-picture-of-another-type", "JPEG or PNG", &|p| {
        *p.at(0).at(11).at(0).at(1) = text("image/svg+xml")
    });
    bad("entry-picture-without-a-width", "1 to 16,384", &|p| {
        *p.at(0).at(11).at(0).at(4) = Value::Uint(0)
    });
    bad("entry-picture-too-high", "1 to 16,384", &|p| {
        *p.at(0).at(11).at(0).at(5) = Value::Uint(16_385)
    });
    bad(
        "entry-attachment-with-a-width",
        "an attachment has no size on the page",
        &|p| *p.at(0).at(11).at(0).at(0) = Value::Uint(1),
    );
    bad(
        "entry-medium-name-with-a-control",
        "a name is a text",
        &|p| *p.at(0).at(11).at(0).at(2) = text("a\tb"),
    );
    bad(
        "entry-medium-type-with-a-space",
        "characters from ! to ~",
        &|p| {
            *p.at(0).at(11).at(0) = Value::Array(vec![
                Value::Uint(1),
                text("text/ plain"),
                text("a"),
                Value::Array(vec![Value::Uint(5), Value::Uint(0), Value::Uint(1)]),
                Value::Uint(0),
                Value::Uint(0),
            ]);
        },
    );
    bad("entry-extras-257", "extras have at most 256 bytes", &|p| {
        *p.at(1).at(12) = Value::Bytes(vec![0; 257])
    });
    bad("entry-with-14-items", "an entry has 13 items", &|p| {
        p.at(1).items().push(Value::Null)
    });
    bad(
        "page-shorter-than-the-directory-says",
        "an entry that was left out",
        &|p| drop(p.items().pop()),
    );
    bad("page-empty", "a page has an entry", &|p| p.items().clear());
    bad(
        "page-not-in-the-shortest-form",
        "one encoding of each value",
        &|p| *p.at(1).at(9) = Value::Raw(vec![0x18, 10]),
    );
    let mut good = |name: &str, purpose: &str, change: &dyn Fn(&mut Value)| {
        list.found(name, "5.2", purpose, with(change), Found::whole(&sample));
    };
    good("entry-title-of-512", "as long as a title may be", &|p| {
        *p.at(1).at(3) = text(&"\u{645}".repeat(512))
    });
    good(
        "entry-title-with-joiners",
        "ZWNJ, ZWJ, marks and isolates are text",
        &|p| *p.at(1).at(3) = text("می\u{200c}روم \u{200d}\u{2067}x\u{2069}\u{200f}"),
    );
    good(
        "entry-with-a-group-and-extras",
        "translations share a group",
        &|p| {
            *p.at(1).at(2) = Value::Bytes(vec![1; 8]);
            *p.at(1).at(12) = Value::Bytes(vec![0xff; 256]);
            *p.at(1).at(9) = Value::Uint(u64::MAX);
        },
    );
}

fn spans(list: &mut List) {
    let with = |change: &dyn Fn(&mut Span)| {
        let mut sample = sample();
        change(&mut sample.page[1].span);
        sample
    };
    for (name, purpose, sample) in [
        (
            "span-into-the-catalog",
            "text lies behind the catalog",
            with(&|s| s.first = 1),
        ),
        (
            "span-behind-the-last-piece",
            "a span starts inside the issue",
            with(&|s| s.first = 6),
        ),
        (
            "span-of-piece-4294967295",
            "a number that must not be added to anything",
            with(&|s| s.first = u32::MAX),
        ),
        (
            "span-that-starts-behind-its-piece",
            "the offset is below raw",
            with(&|s| s.offset = 1 << 20),
        ),
        (
            "span-that-ends-behind-the-issue",
            "a span ends inside the issue",
            with(&|s| s.len = 5_000),
        ),
    ] {
        let mut sealed = sample.seal();
        sealed.manifest.raw_total += 10_000;
        list.found(
            name,
            "5.2",
            purpose,
            sealed.file(),
            Found::whole(&sample).only(&[0, 2]),
        );
    }
    let mut empty = with(&|s| s.len = 0);
    empty.bodies[1].clear();
    list.found(
        "span-of-no-bytes",
        "5.3",
        "an article of no bytes is none",
        empty.seal().file(),
        Found::whole(&empty).refused(1),
    );
    let mut same = with(&|_| {});
    same.page[1].span = same.page[0].span;
    same.bodies[1] = same.bodies[0].clone();
    list.found(
        "spans-over-the-same-bytes",
        "5.2",
        "two entries may share their text",
        same.seal().file(),
        Found::whole(&same),
    );
    let sample = sample();
    let mut sealed = sample.seal();
    sealed.manifest.raw_total = sample
        .bodies
        .iter()
        .map(|body| body.len() as u64)
        .sum::<u64>()
        - 100;
    list.found(
        "spans-longer-than-the-issue",
        "5.2",
        "reading stops where the lengths add up to too much",
        sealed.file(),
        Found::whole(&sample).only(&[0, 1]),
    );
    let mut across = Sample {
        page: Vec::new(),
        tail: Vec::new(),
        bodies: Vec::new(),
        prefixes: 0,
        ..sample
    };
    let body = body("An article that lies in three pieces.");
    across.article("en", "Across", &body, RawPiece::as_is(&body[..10]));
    across.tail.push(RawPiece::as_is(&body[10..11]));
    across
        .tail
        .push(RawPiece::as_is(&[&body[11..], b"and more"].concat()));
    list.found(
        "span-across-three-pieces",
        "5.2",
        "a span runs on into the following pieces",
        across.seal().file(),
        Found::whole(&across),
    );
}

fn articles(list: &mut List) {
    let with = |blocks: Value| {
        let bytes = Value::Array(vec![Value::Uint(1), blocks]).encode();
        let mut sample = sample();
        sample.tail[THIRD - PREFIX] = RawPiece::as_is(&bytes);
        sample.page[2].span.len = bytes.len() as u64;
        sample.bodies[2] = bytes;
        sample
    };
    let array = Value::Array;
    let number = Value::Uint;
    let block = |items: Vec<Value>| array(vec![array(items)]);
    let paragraph = |inlines: Vec<Value>| array(vec![number(2), number(0), array(inlines)]);
    let nest = |levels: usize| {
        (1..levels).fold(array(vec![number(8)]), |inner, _| {
            array(vec![number(3), array(vec![inner])])
        })
    };
    let bold = |levels: usize| {
        (3..levels).fold(text("x"), |inner, _| {
            array(vec![number(1), array(vec![inner])])
        })
    };
    let mut bad = |name: &str, purpose: &str, blocks: Value| {
        let sample = with(blocks);
        list.found(
            name,
            "5.3",
            purpose,
            sample.seal().file(),
            Found::whole(&sample).refused(1),
        );
    };
    bad(
        "article-unknown-block",
        "kinds that are not listed are refused",
        block(vec![number(11), array(vec![])]),
    );
    bad(
        "article-block-0",
        "kinds that are not listed are refused",
        block(vec![number(0)]),
    );
    bad(
        "article-unknown-inline",
        "kinds that are not listed are refused",
        array(vec![paragraph(vec![array(vec![number(8), text("x")])])]),
    );
    bad(
        "article-unknown-role",
        "roles that are not listed are refused",
        block(vec![number(2), number(3), array(vec![])]),
    );
    bad(
        "article-heading-7",
        "headings have levels 1 to 6",
        block(vec![number(1), number(7), array(vec![])]),
    );
    bad(
        "article-rule-with-an-item",
        "a rule has no item",
        block(vec![number(8), number(0)]),
    );
    bad(
        "article-text-with-a-control",
        "texts hold no control characters",
        array(vec![paragraph(vec![text("a\u{1b}[31m")])]),
    );
    bad(
        "article-text-with-a-bidi-control",
        "texts hold no bidi controls",
        array(vec![paragraph(vec![text("a\u{202a}b")])]),
    );
    bad(
        "article-text-with-a-line-feed",
        "a line break is an inline",
        array(vec![paragraph(vec![text("a\nb")])]),
    );
    bad(
        "article-code-with-a-carriage-return",
        "code holds LF and TAB",
        block(vec![number(7), text(""), text("a\r\n")]),
    );
    bad(
        "article-link-of-2049",
        "a link has at most 2,048 characters",
        array(vec![paragraph(vec![array(vec![
            number(4),
            text(&"a".repeat(2_049)),
            array(vec![]),
        ])])]),
    );
    bad(
        "article-table-with-a-short-row",
        "every row is as long as the list of alignments",
        block(vec![
            number(5),
            array(vec![number(0), number(1)]),
            number(0),
            array(vec![array(vec![array(vec![])])]),
        ]),
    );
    bad(
        "article-table-without-columns",
        "1 to 64 columns",
        block(vec![number(5), array(vec![]), number(0), array(vec![])]),
    );
    bad(
        "article-table-with-too-many-header-rows",
        "at most the number of rows",
        block(vec![
            number(5),
            array(vec![number(0)]),
            number(2),
            array(vec![array(vec![array(vec![])])]),
        ]),
    );
    bad(
        "article-alignment-3",
        "alignments that are not listed are refused",
        block(vec![
            number(5),
            array(vec![number(3)]),
            number(0),
            array(vec![]),
        ]),
    );
    bad(
        "article-list-from-4294967296",
        "numbers have 32 bits",
        block(vec![number(4), number(1 << 32), array(vec![])]),
    );
    bad(
        "article-17-levels",
        "blocks nest at most 16 levels",
        array(vec![nest(17)]),
    );
    bad(
        "article-17-levels-of-inlines",
        "inlines count too",
        array(vec![paragraph(vec![bold(18)])]),
    );
    bad(
        "article-null-text",
        "null only where it is named",
        array(vec![paragraph(vec![Value::Null])]),
    );
    bad(
        "article-not-in-the-shortest-form",
        "one encoding of each value",
        Value::Raw(vec![0x98, 0x00]),
    );
    bad(
        "article-trailing-byte",
        "nothing follows the outermost item",
        Value::Raw(vec![0x80, 0x80]),
    );

    let mut good = |name: &str, purpose: &str, blocks: Value| {
        let sample = with(blocks);
        list.found(
            name,
            "5.3",
            purpose,
            sample.seal().file(),
            Found::whole(&sample),
        );
    };
    good(
        "article-empty",
        "an article may have no block",
        array(vec![]),
    );
    good(
        "article-16-levels",
        "as deep as it may be",
        array(vec![nest(16)]),
    );
    good(
        "article-of-every-kind",
        "all blocks and inlines",
        every_kind(),
    );
}

/// One block of each kind and one inline of each kind.
fn every_kind() -> Value {
    let (array, number) = (Value::Array, Value::Uint);
    let inlines = || {
        array(vec![
            text("a"),
            array(vec![number(1), array(vec![text("b")])]),
            array(vec![number(2), array(vec![text("c")])]),
            array(vec![number(3), text("d")]),
            array(vec![
                number(4),
                text("https://example.org/"),
                array(vec![text("e")]),
            ]),
            array(vec![number(5)]),
            array(vec![number(6), number(1)]),
            array(vec![number(7), text("ruby"), array(vec![text("f")])]),
        ])
    };
    let blocks = || array(vec![array(vec![number(2), number(1), inlines()])]);
    array(vec![
        array(vec![number(1), number(2), inlines()]),
        array(vec![number(2), number(2), inlines()]),
        array(vec![number(3), blocks()]),
        array(vec![
            number(4),
            Value::Null,
            array(vec![blocks(), blocks()]),
        ]),
        array(vec![number(4), number(0), array(vec![blocks()])]),
        array(vec![
            number(5),
            array(vec![number(0), number(2)]),
            number(1),
            array(vec![array(vec![inlines(), inlines()])]),
        ]),
        array(vec![
            number(6),
            number(0),
            text("what the picture shows"),
            inlines(),
        ]),
        array(vec![number(7), text("c++"), text("if (x)\n\ty();\n")]),
        array(vec![number(8)]),
        array(vec![number(9), number(1), blocks()]),
        array(vec![number(10), text("poll"), blocks()]),
    ])
}
