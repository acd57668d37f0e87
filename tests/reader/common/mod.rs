//! Bundles for the reader's tests and for looking at its screens. All texts are invented.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
pub mod cases;
pub mod kept;
pub mod paint;
pub mod window;

use varaq_article::{Alignment, Article, Block, Inline, Role};
use varaq_bundle::{Medium, MediumClass, Span};
use varaq_kit::{Mint, Plan};

pub const PICTURE: &[u8] = include_bytes!("../../../bundles/articles/pictures/travel.png");

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph {
        role: Role::Body,
        text: text(words),
    }
}

/// The languages in which screens are walked through; texts, glyphs and pictures cover the others.
pub const PAIR: [varaq_reader::words::Language; 2] = [
    varaq_reader::words::Language::Persian,
    varaq_reader::words::Language::English,
];

/// A newspaper with a Persian and an English name.
pub fn coast() -> Mint {
    Mint::of(Plan {
        names: vec![("en", "Coast Paper"), ("fa", "کرانه")],
        ..Plan::default()
    })
}

fn picture() -> Vec<(Medium, Vec<u8>)> {
    let side = |at: usize| {
        let bytes: [u8; 4] = PICTURE[at..at + 4].try_into().unwrap();
        u32::from_be_bytes(bytes)
    };
    let medium = Medium {
        class: MediumClass::Picture,
        media_type: "image/png".into(),
        name: "travel.png".into(),
        span: Span::default(),
        width: side(16),
        height: side(20),
    };
    vec![(medium, PICTURE.to_vec())]
}

pub fn persian() -> Article {
    let long = "صبح که رسیدیم هنوز مه روی دره بود. کنار دهانهٔ قنات چند نفر ایستاده بودند و بی‌حرف به باریکه‌ای نگاه می‌کردند که از تاریکی بیرون می‌آمد. از سی‌ودو چاه قدیمی، بیست‌ونه تا هنوز سر جایش است.";
    Article {
        blocks: vec![
            Block::Paragraph {
                role: Role::Standfirst,
                text: text("اهالی چهار ماه با دست و بیل کار کردند و مادرچاهی را که خشک می‌پنداشتند زنده کردند. حالا نوبت تقسیم آب است."),
            },
            Block::Image { medium: 0, alt: "دره در صبح نخستین روز آب".into(), caption: text("درهٔ نارون در صبح نخستین روز آب.") },
            Block::Paragraph {
                role: Role::Body,
                text: vec![
                    Inline::Text("صبح که رسیدیم هنوز مه روی دره بود. کنار دهانهٔ ".into()),
                    Inline::Strong(text("قنات")),
                    Inline::FootnoteRef(1),
                    Inline::Text(" چند نفر ایستاده بودند؛ نسخهٔ 2.5 از OpenSSL (بدون Docker) در سال ۱۴۰۴. نشانی: ".into()),
                    Inline::Link { target: "https://example.org/water/narvan?lang=fa".into(), text: text("گزارش نخست") },
                    Inline::Text(" را ببینید.".into()),
                ],
            },
            Block::Quote(vec![
                paragraph("آب را کسی به ما نداد. راهش را باز کردیم، خودش آمد."),
                Block::Paragraph { role: Role::Attribution, text: text("یکی از مقنی‌های نارون") },
            ]),
            Block::Heading { level: 2, text: text("چهار ماه زیر زمین") },
            paragraph(long),
            Block::List { start: Some(1), items: vec![vec![paragraph("نخست چاه‌ها را شمردند.")], vec![paragraph("سپس لای را با دلو بالا کشیدند؛ ۱۲۰ دلو در روز.")]] },
            Block::List { start: None, items: vec![vec![paragraph("بیل و طناب")], vec![paragraph("فانوس"), Block::List { start: None, items: vec![vec![paragraph("نفت")]] }]] },
            Block::Heading { level: 2, text: text("نوبت تقسیم") },
            Block::Table {
                alignments: vec![Alignment::Start, Alignment::Centre, Alignment::End],
                header_rows: 1,
                rows: vec![
                    vec![text("محله"), text("روز"), text("ساعت")],
                    vec![text("بالا"), text("شنبه"), text("۶ تا ۹")],
                    vec![text("پایین و کوچه‌های کنار رود"), text("یکشنبه"), text("۹ تا ۱۲")],
                ],
            },
            Block::Code { language: "sh".into(), text: "varaq check /media/sticks\nvaraq show coast.varaq 1".into() },
            Block::Rule,
            paragraph(long),
            Block::Footnote { label: 1, blocks: vec![paragraph("راهی زیر زمین که آب را بی‌تلمبه از دامنهٔ کوه به ده می‌رساند.")] },
        ],
    }
}

pub fn english() -> Article {
    Article {
        blocks: vec![
            Block::Paragraph {
                role: Role::Standfirst,
                text: text("On clear autumn nights, warblers leave the reed beds in the dark and do not get lost. A patient experiment shows why."),
            },
            Block::Paragraph {
                role: Role::Body,
                text: vec![
                    Inline::Text("The room had no windows. On its ceiling, someone had painted every ".into()),
                    Inline::Emphasis(text("star")),
                    Inline::Text(" that a bird would see from the marsh, and in the middle stood a paper funnel".into()),
                    Inline::FootnoteRef(1),
                    Inline::Text(" with ink at the bottom. See ".into()),
                    Inline::Link { target: "https://example.org/birds".into(), text: text("the notebook") },
                    Inline::Text(" and run ".into()),
                    Inline::Code("varaq show".into()),
                    Inline::Text(".".into()),
                ],
            },
            Block::Heading { level: 2, text: text("A compass in the sky") },
            paragraph("The bird hopped, and its inky feet wrote down the way it wished to go. Then the painted sky was turned."),
            Block::Footnote { label: 1, blocks: vec![paragraph("A cone of blotting paper, wide at the top.")] },
        ],
    }
}

/// An issue in two languages with a dozen articles and a picture.
pub fn issue(mint: &Mint) -> varaq_kit::Draft<'_> {
    let mut draft = mint.issue(41);
    draft.issue.sections = vec![
        "شهر".into(),
        "دانش".into(),
        "فرهنگ".into(),
        "Science".into(),
    ];
    draft.issue.language = "fa".into();
    draft.issue.title = "کرانه".into();
    let mut draft = draft
        .blocks(
            "fa",
            "آب پس از یازده سال به قنات نارون برگشت",
            &persian(),
            picture(),
        )
        .blocks(
            "en",
            "The small birds that ask the stars for directions",
            &english(),
            Vec::new(),
        );
    for (title, words) in [
        ("چرا نان سنگک در بازار کهنه ارزان ماند", 5),
        ("پرنده‌هایی که از ستاره راه می‌پرسند", 9),
        ("باران تا چهارشنبه، برف سبک در کوهستان", 2),
        ("بازار روز به میدان پایین می‌رود", 3),
        ("کتابخانهٔ سیار با سه‌چرخه راه افتاد", 4),
        ("دارو را بی‌برق خنک نگه داریم", 6),
        ("برنامهٔ درس‌های رادیویی این هفته", 3),
        ("صندلی خالیِ شب‌های قصه", 4),
        ("گزارشی دربارهٔ خط آهن شمال و ایستگاه‌های متروکه‌اش", 8),
        ("یادداشتی از میز فرهنگ", 2),
        ("انجمن نانوایان قیمت تازه را پذیرفت", 3),
    ] {
        let body = "کتاب‌ها و مقاله‌های «دانش‌نامهٔ آزاد» را هنگام قطع اینترنت می‌خوانیم و آن‌ها را با دوستان‌مان هم‌رسانی می‌کنیم. ".repeat(words * 9);
        draft = draft.article_in("fa", title, &body);
    }
    for (index, article) in draft.articles_mut().iter_mut().enumerate() {
        article.entry.section = if index == 1 { 3 } else { (index % 3) as u32 };
        if index < 2 {
            article.entry.byline = ["گروه آب و خاک", "The science desk"][index].into();
        }
    }
    draft
}

/// An article of `words` words in paragraphs of a hundred.
pub fn long(words: usize) -> Article {
    let line = "ما می‌خواهیم نسخهٔ تازه را در روزهای قطع اینترنت بخوانیم و آن را با دوستان هم‌رسانی کنیم تا همه بدانند ";
    let per_line = line.split_whitespace().count();
    let words_of = line.repeat(100 / per_line + 1);
    let mut blocks = Vec::new();
    for number in 0..words / 100 {
        if number % 12 == 0 {
            blocks.push(Block::Heading {
                level: 2,
                text: text(&format!("بخش {number}")),
            });
        }
        blocks.push(paragraph(&format!("{number} {words_of}")));
    }
    Article { blocks }
}

/// A byte of one signature is another, and the hint fits: forged, not damaged.
pub fn forged(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes = varaq_kit::with_head(&bytes, |head| {
        if let Some(byte) = head.signatures.last_mut() {
            *byte ^= 1;
        }
    });
    bytes
}
