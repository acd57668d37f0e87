//! The workloads: articles as (prefix group, text).
#![allow(
    dead_code,
    clippy::unwrap_used,
    missing_docs,
    reason = "each bench uses some of it, and fails loudly"
)]

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::PathBuf;
use varaq_bundle::*;

pub type Article = (u32, Vec<u8>);

/// `../shared/corpora/NAME` beside the workspace, or below `VARAQ_SHARED`; `None` if it is not there.
pub fn corpus(name: &str) -> Option<Vec<Article>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("VARAQ_SHARED").map_or_else(beside, PathBuf::from);
    let folder = shared.join("corpora").join(name);
    let list = fs::read_to_string(folder.join("list.tsv")).ok()?;
    let mut keys = HashMap::new();
    let mut articles = Vec::new();
    for line in list.lines() {
        let mut fields = line.split('\t');
        let file = fields.next()?;
        let language = fields.nth(1)?.to_owned();
        let next = keys.len() as u32;
        let group = *keys.entry(language).or_insert(next);
        let text = fs::read(folder.join("articles").join(file));
        let text = text
            .or_else(|_| fs::read(folder.join("articles").join(format!("{file}.md"))))
            .ok()?;
        articles.push((group, text));
    }
    Some(articles)
}

/// Workload L: 11,241 articles and about 95 MB, from the paragraphs of the others in a fixed disorder.
pub fn long() -> Option<Vec<Article>> {
    let mut paragraphs: Vec<(u32, Vec<u8>)> = Vec::new();
    for (offset, name) in [(0, "rtl"), (2, "news-en")] {
        for (group, text) in corpus(name)? {
            let text = String::from_utf8_lossy(&text).into_owned();
            paragraphs.extend(
                text.split("\n\n")
                    .map(|p| (group + offset, format!("{p}\n\n").into_bytes())),
            );
        }
    }
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as usize % below
    };
    let mut by_group: HashMap<u32, Vec<Vec<u8>>> = HashMap::new();
    paragraphs
        .into_iter()
        .for_each(|(group, text)| by_group.entry(group).or_default().push(text));
    let mut articles = Vec::new();
    for number in 0..11_241u32 {
        let group = number % 3;
        let pool = by_group.get(&group)?;
        let mut text = Vec::new();
        while text.len() < 8_000 {
            // Half of it in its old order: neighbours belong together, as they do in articles.
            let from = next(pool.len());
            pool.iter()
                .skip(from)
                .take(1 + next(6))
                .for_each(|p| text.extend_from_slice(p));
        }
        text.truncate(8_425);
        articles.push((group, text));
    }
    Some(articles)
}

/// Packs `articles` into memory.
pub fn pack(articles: &[Article], options: PackOptions) -> (Vec<u8>, Packed) {
    let issue = Issue {
        publisher: Hash([7; 32]),
        channel: "main".into(),
        epoch: 1,
        number: 1,
        prev: None,
        day: Day(20_000),
        root: RootRef {
            generation: 0,
            version: 1,
            id: Hash([8; 32]),
        },
        title: String::new(),
        language: "en".into(),
        sections: vec![String::new()],
        lead: None,
        own: vec![0x82, 0x80, 0x80],
        notes: Vec::new(),
    };
    let mut writer = IssueWriter::new(issue, options, || Ok(Cursor::new(Vec::new()))).unwrap();
    for ((group, text), number) in articles.iter().zip(1u64..) {
        let entry = Entry {
            id: ArticleId(number.to_be_bytes()),
            version: 1,
            group: None,
            title: format!("Article {number}"),
            byline: String::new(),
            section: 0,
            language: "en".into(),
            direction: Direction::LeftToRight,
            day: Day(20_000),
            words: 0,
            span: Span::default(),
            media: Vec::new(),
            extras: Vec::new(),
        };
        let body = text.clone();
        writer
            .add(NewArticle {
                entry,
                body,
                media: Vec::new(),
                prefix_group: *group,
            })
            .unwrap();
    }
    let mut out = Cursor::new(Vec::new());
    let packed = writer
        .finish(&mut out, &mut |_| ControlFlow::Continue(()))
        .unwrap();
    (out.into_inner(), packed)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the benches of the container know no signatures"
)]
pub fn content<R: std::io::Read + std::io::Seek>(source: R) -> Content<R> {
    Bundle::open(source, &Limits::default())
        .unwrap()
        .into_content()
        .unwrap()
}
