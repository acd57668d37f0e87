//! Opening a bundle by a reader that has met much already, and reading what it has kept.
#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench that cannot go on has failed"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use std::io::Cursor;
use varaq_bundle::{Head, Limits};
use varaq_kit::{Mint, Plan, Reader, delegation, revocation};
use varaq_trust::{State, Statement, View, open};

/// Two of three signing keys.
const DESK: [(u8, u8); 2] = [(0, 11), (1, 12)];
/// Numbers of an epoch.
const WINDOW: u32 = 250;

/// A publisher of so many statements, some of which revoke, with five epochs of one desk.
fn publisher(statements: usize) -> Mint {
    let plan = Plan {
        root: (2, vec![1, 2, 3]),
        ..Plan::default()
    };
    let keys = plan.desk.clone();
    let first: Statement = Mint::of(plan.clone()).last;
    let mut mint = Mint::with_first(
        plan,
        Statement {
            delegations: (1..=5)
                .map(|epoch| delegation(epoch, &keys, (1, WINDOW)))
                .collect(),
            ..first
        },
    );
    for number in 1..statements {
        mint.add(|next| {
            next.cadence = 7;
            if number % 8 == 0 {
                next.revoked = vec![revocation(100 + u8::try_from(number).unwrap(), &[])];
            }
        });
    }
    mint
}

fn head(mint: &Mint, at: u32) -> Head {
    let mut manifest = mint.manifest(1 + at % WINDOW);
    manifest.epoch = 1 + at / WINDOW;
    mint.head(&manifest, &DESK)
}

fn opening(c: &mut Criterion) {
    for statements in [1, 10, 80] {
        let mint = publisher(statements);
        let mut group = c.benchmark_group(format!("{statements} statements"));
        group.sample_size(20);
        let mut reader = Reader::of(&[&mint]);
        let new = head(&mint, 1_100).to_bytes();
        let mut met = 0;
        for manifests in [1, 100, 1_000] {
            while met < manifests {
                reader.meet(&head(&mint, met));
                met += 1;
            }
            let view = View::new(&reader.pins, &reader.evidence);
            let open = || open(Cursor::new(&new), view, &Limits::default()).unwrap();
            assert!(open().verdict().shows_content());
            group.bench_function(format!("open, {manifests} manifests met"), |b| b.iter(open));
        }
        let kept = reader.state().encode();
        group.bench_function("state of 1,000 manifests", |b| {
            b.iter(|| State::decode(black_box(&kept)).unwrap());
        });
        group.finish();
    }
}

criterion_group!(benches, opening);
criterion_main!(benches);
