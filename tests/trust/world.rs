//! A random publisher: a tree of statements with forks and recoveries, issues that hang on them,
//! suspensions, and bundles that bring them in any mixture. Not a test itself.
#![allow(dead_code, unreachable_pub)] // each test file uses its part of it
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use varaq_bundle::{Hash, Head, IssueRef, Manifest};
use varaq_kit::{Dice, Keys, Mint, Plan, delegation, public, revocation, signed_by};
use varaq_trust::{Note, Set, SignedSuspension, encode_notes, recovery_commitment};

/// What may happen to a publisher.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub statements: usize,
    pub issues: usize,
    /// Two statements may follow one.
    pub forks: bool,
    pub recoveries: bool,
    pub revocations: bool,
    /// Two issues may have one number.
    pub conflicts: bool,
    pub suspensions: bool,
}

impl Shape {
    pub const EVERYTHING: Shape = Shape {
        statements: 7,
        issues: 8,
        forks: true,
        recoveries: true,
        revocations: true,
        conflicts: true,
        suspensions: true,
    };
}

/// Signing keys of an epoch and the numbers that they may sign.
pub type Desk = (u32, Keys, (u32, u32));

/// A statement: the publisher as it is if this one is its newest.
#[derive(Clone)]
pub struct Node {
    pub mint: Mint,
    pub parent: Option<usize>,
    pub desks: Vec<Desk>,
}

/// An issue that hangs on a statement.
#[derive(Clone)]
pub struct Issue {
    pub node: usize,
    pub manifest: Manifest,
    pub keys: Keys,
}

/// A publisher with everything that it, or a thief of its keys, has ever signed.
pub struct World {
    pub nodes: Vec<Node>,
    pub issues: Vec<Issue>,
    /// Each with the statement whose root keys signed it.
    pub suspensions: Vec<(usize, SignedSuspension)>,
    /// Somebody else, whose bundles bring notes.
    pub courier: Mint,
}

const RECOVERY: u8 = 200;

impl World {
    pub fn random(dice: &mut Dice, shape: Shape) -> World {
        let desk = some_keys(dice, 11);
        let plan = Plan {
            root: some_keys(dice, 1),
            desk: desk.clone(),
            window: (1, 40),
            ..Plan::default()
        };
        let mint = Mint::with_recovery(plan, &(1, vec![RECOVERY]));
        let mut world = World {
            nodes: vec![Node {
                mint,
                parent: None,
                desks: vec![(1, desk, (1, 40))],
            }],
            issues: Vec::new(),
            suspensions: Vec::new(),
            courier: Mint::other("Courier", 100),
        };
        world.issue(dice, shape);
        while world.nodes.len() < shape.statements {
            world.grow(dice, shape);
            if dice.says(1, 2) {
                world.issue(dice, shape);
            }
        }
        while world.issues.len() < shape.issues {
            world.issue(dice, shape);
        }
        for _ in 0..(2 * usize::from(shape.suspensions)) {
            world.suspend(dice);
        }
        world
    }

    /// The statements from statement 1 to this one.
    pub fn way(&self, node: usize) -> Vec<usize> {
        let mut way: Vec<_> =
            std::iter::successors(Some(node), |&at| self.nodes[at].parent).collect();
        way.reverse();
        way
    }

    pub fn id(&self, node: usize) -> Hash {
        self.nodes[node].mint.last_id()
    }

    /// A statement more, somewhere.
    fn grow(&mut self, dice: &mut Dice, shape: Shape) {
        let newest = self.nodes.len() - 1;
        let any = dice.below(self.nodes.len());
        let recovers = shape.recoveries && dice.says(1, 5);
        let back = recovers || (shape.forks && dice.says(1, 3));
        let parent = if back { any } else { newest };
        let mut next = self.nodes[parent].clone();
        next.parent = Some(parent);
        // No two statements are the same.
        let cadence = u16::try_from(self.nodes.len()).unwrap();
        if recovers && next.mint.last.recovery.is_some() {
            let again = dice.says(1, 2);
            let root = some_keys(dice, 60 + 3 * self.seed());
            next.mint.recover(&(1, vec![RECOVERY]), &root, |statement| {
                statement.cadence = cadence;
                let keys = varaq_kit::key_set(&(1, vec![RECOVERY]));
                statement.recovery = again.then(|| recovery_commitment(&keys));
            });
        } else if shape.forks || !recovers {
            self.step(dice, shape, &mut next, cadence);
        } else {
            return;
        }
        self.nodes.push(next);
    }

    fn seed(&self) -> u8 {
        u8::try_from(self.nodes.len()).unwrap()
    }

    /// An ordinary statement.
    fn step(&self, dice: &mut Dice, shape: Shape, next: &mut Node, cadence: u16) {
        match dice.below(5) {
            0 => {
                let root = some_keys(dice, 60 + 3 * self.seed());
                next.mint
                    .rotate(&root, |statement| statement.cadence = cadence);
            }
            1 => {
                let epoch = next.desks.last().unwrap().0 + 1;
                let desk = some_keys(dice, 11 + 3 * self.seed());
                next.mint.add(|statement| {
                    statement.cadence = cadence;
                    statement.delegations = vec![delegation(epoch, &desk, (1, 40))];
                });
                next.desks.push((epoch, desk, (1, 40)));
            }
            2 if shape.revocations => {
                let desk = &dice.pick(&next.desks).1;
                let key = *dice.pick(&desk.1);
                let ids: Vec<_> = self.issues.iter().map(|one| one.manifest.id()).collect();
                let kept = dice.some(&ids);
                next.mint.add(|statement| {
                    statement.cadence = cadence;
                    statement.revoked = vec![revocation(key, &kept)];
                });
            }
            3 if shape.suspensions => {
                let desk = &dice.pick(&next.desks).1;
                let key = *dice.pick(&desk.1);
                next.mint.add(|statement| {
                    statement.cadence = cadence;
                    statement.cleared = vec![public(key)];
                });
            }
            _ => next.mint.add(|statement| statement.cadence = cadence),
        }
    }

    /// An issue more, on any statement.
    fn issue(&mut self, dice: &mut Dice, shape: Shape) {
        let node = dice.below(self.nodes.len());
        let (epoch, keys, _) = dice.pick(&self.nodes[node].desks).clone();
        let count = u32::try_from(self.issues.len()).unwrap();
        let number = if shape.conflicts {
            dice.within(1, 4)
        } else {
            count + 1
        };
        let mut manifest = self.nodes[node].mint.manifest(number);
        manifest.epoch = epoch;
        manifest.day.0 += count;
        if let Some(before) = self.issues.last().filter(|_| dice.says(2, 3)) {
            manifest.prev = Some(IssueRef {
                epoch: before.manifest.epoch,
                number: before.manifest.number,
                id: before.manifest.id(),
            });
        }
        self.issues.push(Issue {
            node,
            manifest,
            keys,
        });
    }

    fn suspend(&mut self, dice: &mut Dice) {
        let node = dice.below(self.nodes.len());
        let desk = &dice.pick(&self.nodes[node].desks).1;
        let key = *dice.pick(&desk.1);
        let suspension = self.nodes[node].mint.suspension_of(key);
        self.suspensions.push((node, suspension));
    }

    /// A statement whose way leads through this one, perhaps itself.
    fn beyond(&self, dice: &mut Dice, node: usize) -> usize {
        let all = (0..self.nodes.len()).filter(|&other| self.way(other).contains(&node));
        *dice.pick(&all.collect::<Vec<_>>())
    }

    /// A bundle of an issue, with statements up to any that follow the one it hangs on.
    pub fn bundle(&self, dice: &mut Dice, issue: usize) -> Bundle {
        let node = self.beyond(dice, self.issues[issue].node);
        let way = self.way(node);
        let fits = |at: &usize| way.contains(&self.suspensions[*at].0);
        let there: Vec<_> = (0..self.suspensions.len()).filter(fits).collect();
        let suspensions = if dice.says(1, 2) {
            dice.some(&there)
        } else {
            Vec::new()
        };
        let head = self.head(node, issue, &suspensions, Vec::new());
        Bundle {
            head,
            ways: vec![way],
            issue: Some(issue),
            suspensions,
        }
    }

    /// The head of an issue, with the statements up to `node`.
    pub fn head(&self, node: usize, issue: usize, suspensions: &[usize], notes: Vec<u8>) -> Head {
        let Issue { manifest, keys, .. } = &self.issues[issue];
        let mut mint = self.nodes[node].mint.clone();
        let suspensions = suspensions.iter().map(|&at| self.suspensions[at].1.clone());
        mint.own.suspensions = suspensions.collect();
        let manifest = manifest.encode();
        let signatures = signed_by(&manifest, &slots(keys));
        mint.head_of(manifest, signatures, notes)
    }

    /// The issue as a note.
    pub fn note(&self, issue: usize) -> Note {
        let Issue { manifest, keys, .. } = &self.issues[issue];
        let bytes = manifest.encode();
        let signatures = signed_by(&bytes, &slots(keys));
        Note::Manifest { bytes, signatures }
    }

    /// The statements of a way from `version` on, as a note.
    pub fn statements(&self, node: usize, version: usize) -> Note {
        let mint = &self.nodes[node].mint;
        Note::Statements {
            publisher: mint.id(),
            first: u16::try_from(version).unwrap(),
            statements: mint.own.statements[version - 1..].to_vec(),
        }
    }

    /// A bundle of the courier that brings the ways to these statements, and issues.
    pub fn courier(&self, number: u32, nodes: &[usize], issue: Option<usize>) -> Bundle {
        let mut notes: Vec<_> = nodes.iter().map(|&node| self.statements(node, 1)).collect();
        notes.extend(issue.map(|issue| self.note(issue)));
        Bundle {
            head: self.carried(number, &encode_notes(&notes)),
            // Notes are written in the order of their bytes.
            ways: in_order_of_notes(self, nodes),
            issue,
            suspensions: Vec::new(),
        }
    }

    /// A bundle of the courier with these notes.
    pub fn carried(&self, number: u32, notes: &[u8]) -> Head {
        let manifest = self.courier.manifest(number).encode();
        let signatures = signed_by(&manifest, &[(0, 111), (1, 112)]);
        self.courier.head_of(manifest, signatures, notes.to_vec())
    }
}

/// A bundle, and what it brings.
#[derive(Clone)]
pub struct Bundle {
    pub head: Head,
    /// Statements, in the order in which they are met.
    pub ways: Vec<Vec<usize>>,
    pub issue: Option<usize>,
    pub suspensions: Vec<usize>,
}

fn in_order_of_notes(world: &World, nodes: &[usize]) -> Vec<Vec<usize>> {
    let mut nodes = nodes.to_vec();
    nodes.sort_by_key(|&node| world.statements(node, 1).encode());
    nodes.iter().map(|&node| world.way(node)).collect()
}

/// One of one, one of two, or two of two.
fn some_keys(dice: &mut Dice, seed: u8) -> Keys {
    match dice.below(4) {
        0 => (1, vec![seed, seed + 1]),
        1 => (2, vec![seed, seed + 1]),
        _ => (1, vec![seed]),
    }
}

/// As many slots as must sign.
pub fn slots(keys: &Keys) -> Vec<(u8, u8)> {
    let signers = varaq_kit::signers(Set::Own, keys);
    let slot = |(_, slot, seed): (Set, u64, u8)| (u8::try_from(slot).unwrap(), seed);
    signers.into_iter().map(slot).collect()
}
