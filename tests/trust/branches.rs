//! The held branch against a slow and obvious model, on random trees of statements with forks
//! and recoveries that arrive in any order and mixture (FORMAT.md section 4.7).

#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // a test that cannot go on has failed
#![allow(clippy::print_stdout)] // the counts are a result

mod model;
mod world;

use model::{Fate, Held, Model};
use varaq_kit::{Dice, Reader};
use varaq_trust::{Line, Verdict};
use world::{Bundle, Shape, World};

/// Trees whose issues count for nothing but the branch they hang on: one for each statement.
const TREES: Shape = Shape {
    statements: 8,
    issues: 0,
    revocations: false,
    conflicts: false,
    suspensions: false,
    ..Shape::EVERYTHING
};

fn tree(dice: &mut Dice) -> World {
    let mut world = World::random(dice, TREES);
    world.issues.clear();
    for (node, one) in (0..).zip(&world.nodes) {
        let (epoch, keys, _) = one.desks[0].clone();
        let mut manifest = one.mint.manifest(u32::try_from(node).unwrap() + 1);
        manifest.epoch = epoch;
        world.issues.push(world::Issue {
            node,
            manifest,
            keys,
        });
    }
    world
}

/// Several branches at once, in the notes of a courier, or one in a bundle.
fn arrival(dice: &mut Dice, world: &World, number: u32) -> Bundle {
    if dice.says(1, 2) {
        let issue = dice.below(world.issues.len());
        return world.bundle(dice, issue);
    }
    let nodes: Vec<_> = (0..world.nodes.len()).collect();
    let some: Vec<_> = (0..=dice.below(3)).map(|_| *dice.pick(&nodes)).collect();
    let mut some = some;
    some.sort_unstable();
    some.dedup();
    world.courier(number, &some, None)
}

fn check(seed: u64, world: &World, reader: &Reader, model: &Model, held: &Held) {
    for &(_, node) in &model.met {
        let judgement = reader.judge(&world.head(node, node, &[], Vec::new()));
        let expected = match held.fate(world, node) {
            Fate::Stands => Verdict::Verified,
            Fate::Dropped => Verdict::RevokedKey,
            Fate::Split => Verdict::IdentitySplit,
        };
        assert_eq!(
            judgement.verdict, expected,
            "seed {seed}, statement {node}, {held:?}"
        );
        if expected == Verdict::Verified {
            let says = |line: &Line| judgement.lines.contains(line);
            assert_eq!(says(&Line::RivalHistory), held.rival, "seed {seed}");
            assert_eq!(says(&Line::IdentityFrozen), held.split, "seed {seed}");
            let newest = judgement.facts.unwrap().publisher.newest.unwrap();
            assert_eq!(
                newest.id,
                world.id(*held.branch.last().unwrap()),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn the_held_branch_is_that_of_the_rules_whatever_arrives() {
    let (mut splits, mut rivals, mut recovered) = (0, 0, 0);
    for seed in 0..300 {
        let dice = &mut Dice::new(seed);
        let world = tree(dice);
        let mut reader = Reader::of(&[&world.nodes[0].mint, &world.courier]);
        let mut model = Model::default();
        for number in 1..=6 {
            let bundle = arrival(dice, &world, number);
            reader.meet(&bundle.head);
            model.arrive(&bundle.ways);
        }
        if model.met.is_empty() {
            continue;
        }
        let held = model.held(&world);
        check(seed, &world, &reader, &model, &held);
        splits += u32::from(held.split);
        rivals += u32::from(held.rival);
        recovered += u32::from(
            world.nodes[*held.branch.last().unwrap()]
                .mint
                .last
                .generation
                > 0,
        );
    }
    println!("300 trees: {splits} split, {rivals} with a rival, {recovered} recovered");
    assert!(splits > 30 && rivals > 15 && recovered > 30);
}
