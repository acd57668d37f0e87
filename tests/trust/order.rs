//! What depends on the order of arrival, and that nothing else does (FORMAT.md section 4.7).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed
#![allow(clippy::print_stdout)] // the counts are a result

mod model;
mod world;

use model::{Held, Model};
use varaq_kit::{Dice, Reader};
use varaq_trust::{Line, Verdict};
use world::{Bundle, Shape, World};

/// What a reader says of every bundle, after it has met all of them.
type Answers = Vec<(Verdict, Vec<Line>)>;

/// What may depend on the order: the branch that is held, which of several issues of one number
/// came first, which issues came before which suspension.
#[derive(Debug, PartialEq, Eq)]
struct Order {
    held: Held,
    first: Vec<Vec<usize>>,
    before: Vec<(usize, usize)>,
}

fn meet(world: &World, bundles: &[Bundle], order: &[usize]) -> (Answers, Order) {
    let mut reader = Reader::of(&[&world.nodes[0].mint, &world.courier]);
    let mut model = Model::default();
    for &at in order {
        reader.meet(&bundles[at].head);
        model.arrive(&bundles[at].ways);
    }
    let answers = bundles.iter().map(|bundle| {
        let judgement = reader.judge(&bundle.head);
        let mut lines = judgement.lines;
        for line in &mut lines {
            if let Line::ConflictSeen(ids) = line {
                ids.sort();
            }
        }
        (judgement.verdict, lines)
    });
    let what = Order {
        held: model.held(world),
        first: first(world, bundles, order),
        before: before(bundles, order),
    };
    (answers.collect(), what)
}

/// Issues in the order in which they were met, apart for each number that several have.
fn first(world: &World, bundles: &[Bundle], order: &[usize]) -> Vec<Vec<usize>> {
    let place = |issue: usize| {
        let manifest = &world.issues[issue].manifest;
        (manifest.epoch, manifest.number)
    };
    let mut places: Vec<_> = (0..world.issues.len()).map(place).collect();
    places.sort_unstable();
    places.dedup();
    let met = order.iter().filter_map(|&at| bundles[at].issue);
    let mut met: Vec<_> = met.collect();
    let mut seen = Vec::new();
    met.retain(|one| {
        !seen.contains(one) && {
            seen.push(*one);
            true
        }
    });
    let of = |here| {
        met.iter()
            .copied()
            .filter(|&one| place(one) == here)
            .collect()
    };
    places.into_iter().map(of).collect()
}

/// Which issue was met before which suspension.
fn before(bundles: &[Bundle], order: &[usize]) -> Vec<(usize, usize)> {
    let (mut issues, mut suspensions, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    for &at in order {
        for &one in &bundles[at].suspensions {
            if !suspensions.contains(&one) {
                pairs.extend(issues.iter().map(|&issue| (issue, one)));
                suspensions.push(one);
            }
        }
        let issue = bundles[at].issue.filter(|issue| !issues.contains(issue));
        issues.extend(issue);
    }
    pairs.sort_unstable();
    pairs
}

fn bundles(dice: &mut Dice, world: &World) -> Vec<Bundle> {
    let mut bundles = Vec::new();
    for number in 1..=7 {
        let issue = dice.below(world.issues.len());
        bundles.push(if dice.says(1, 4) {
            world.courier(number, &[world.issues[issue].node], Some(issue))
        } else {
            world.bundle(dice, issue)
        });
    }
    bundles
}

/// Worlds of one shape, each met in some orders: (pairs that had to agree, pairs that may not).
fn permute(shape: Shape, seeds: u64) -> (u32, u32) {
    let (mut same, mut other) = (0, 0);
    for seed in 0..seeds {
        let dice = &mut Dice::new(seed);
        let world = World::random(dice, shape);
        let bundles = bundles(dice, &world);
        let mut order: Vec<_> = (0..bundles.len()).collect();
        let mut met: Vec<(Answers, Order)> = Vec::new();
        for _ in 0..4 {
            dice.shuffle(&mut order);
            let now = meet(&world, &bundles, &order);
            for earlier in &met {
                if earlier.1 == now.1 {
                    assert_eq!(earlier.0, now.0, "seed {seed}: {:?}", now.1);
                    same += 1;
                } else {
                    other += 1;
                }
            }
            met.push(now);
        }
    }
    println!("{same} pairs of orders had to agree and did, {other} need not");
    (same, other)
}

#[test]
fn without_forks_conflicts_and_suspensions_no_order_matters() {
    let shape = Shape {
        forks: false,
        conflicts: false,
        suspensions: false,
        ..Shape::EVERYTHING
    };
    // Recoveries, two of one generation included, decide whatever came first.
    let (same, other) = permute(shape, 80);
    assert_eq!((same, other), (480, 0));
}

#[test]
fn with_them_only_what_is_named_depends_on_the_order() {
    let (same, other) = permute(Shape::EVERYTHING, 150);
    assert!(same > 100 && other > 100);
}
