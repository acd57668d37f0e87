//! Reading: open and first piece, 1,000 random articles, and a whole check beside plain BLAKE3.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench that cannot go on has failed"
)]

mod corpus;

use corpus::{content, long, pack};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rayon::prelude::*;
use std::hint::black_box;
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use varaq_bundle::PackOptions;

fn reading(c: &mut Criterion) {
    // Without the corpora: text that any machine can make.
    let made = || {
        (0..11_241u32)
            .map(|n| (0, format!("{n} line\n").repeat(600).into_bytes()))
            .collect()
    };
    let articles = long().unwrap_or_else(made);
    let (bytes, packed) = pack(
        &articles,
        PackOptions {
            level: 9,
            ..PackOptions::default()
        },
    );
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&bytes).unwrap();
    let mut group = c.benchmark_group("read L");
    group.sample_size(20);
    group.bench_function("open and first article", |b| {
        b.iter(|| {
            let content = content(file.try_clone().unwrap());
            let front = content.front().unwrap();
            content.article_bytes(front.first.first().unwrap()).unwrap()
        });
    });
    let opened = content(file.try_clone().unwrap());
    group.bench_function("1,000 random articles", |b| {
        b.iter(|| {
            let mut state = 1u64;
            for _ in 0..1_000 {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let number = (state >> 33) as u32 % articles.len() as u32 + 1;
                let entry = opened.entry(number).unwrap().unwrap();
                black_box(opened.article_bytes(&entry).unwrap());
            }
        });
    });
    group.throughput(Throughput::Bytes(packed.len_bytes));
    group.bench_function("check", |b| {
        b.iter(|| opened.check(&mut |_| ControlFlow::Continue(())).unwrap());
    });
    group.bench_function("plain BLAKE3 of the same file, read whole", |b| {
        b.iter(|| {
            let mut bytes = Vec::with_capacity(packed.len_bytes as usize);
            let mut file = &file;
            file.seek(SeekFrom::Start(0)).unwrap();
            file.read_to_end(&mut bytes).unwrap();
            // On all cores, in steps like those of the pieces.
            bytes
                .par_chunks(64 << 10)
                .map(|chunk| *blake3::hash(chunk).as_bytes())
                .collect::<Vec<_>>()
        });
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
