//! Which branch a reader holds, worked out the slow and obvious way from FORMAT.md section 4.7:
//! from all arrivals, anew each time. Not a test itself.
#![allow(dead_code, unreachable_pub)] // each test file uses its part of it
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::world::World;

/// Statements in the order in which they were met, each once, with its step.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub met: Vec<(usize, usize)>,
    step: usize,
}

/// What is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub branch: Vec<usize>,
    pub standing: Vec<usize>,
    pub split: bool,
    pub rival: bool,
    /// Two statements begin the newest generation.
    contested: bool,
    generation: u16,
}

/// What becomes of a manifest that hangs on a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Stands,
    Dropped,
    Split,
}

impl Model {
    /// Everything of one bundle arrives at one step.
    pub fn arrive(&mut self, ways: &[Vec<usize>]) {
        for &node in ways.iter().flatten() {
            if !self.knows(node) {
                self.met.push((self.step, node));
            }
        }
        self.step += 1;
    }

    pub fn knows(&self, node: usize) -> bool {
        self.met.iter().any(|one| one.1 == node)
    }

    pub fn held(&self, world: &World) -> Held {
        let generation_of = |node: usize| world.nodes[node].mint.last.generation;
        let nodes = || self.met.iter().map(|one| one.1);
        let generation = nodes().map(generation_of).max().unwrap();
        let is_of_it = |node: usize| generation_of(node) == generation;
        let begins = |node: &usize| {
            let parent = world.nodes[*node].parent;
            is_of_it(*node) && parent.is_none_or(|parent| !is_of_it(parent))
        };
        let beginnings: Vec<_> = nodes().filter(begins).map(|node| world.way(node)).collect();
        if beginnings.len() > 1 {
            let branch = common(&beginnings);
            return Held {
                standing: branch.clone(),
                branch,
                split: true,
                rival: false,
                contested: true,
                generation,
            };
        }
        let mut held = Held {
            branch: beginnings[0].clone(),
            standing: Vec::new(),
            split: false,
            rival: false,
            contested: false,
            generation,
        };
        // Versions below this one stand.
        let mut below = usize::MAX;
        for step in 0..self.step {
            let n = held.branch.len();
            let of_step = self.met.iter().filter(|one| one.0 == step);
            let mut of_step: Vec<_> = of_step.filter(|one| is_of_it(one.1)).collect();
            of_step.sort_by_key(|one| world.nodes[one.1].mint.last.version);
            for &(_, node) in of_step {
                let way = world.way(node);
                let differs = |&at: &usize| held.branch.get(at) != Some(&way[at]);
                let Some(at) = (0..way.len()).find(differs) else {
                    continue; // it is on the branch
                };
                let version = at + 1;
                if at == held.branch.len() {
                    if !held.split {
                        held.branch = way;
                    }
                } else if version < n {
                    held.rival = true;
                } else {
                    held.split = true;
                    below = below.min(version);
                    if version > n {
                        held.branch.truncate(version - 1);
                    }
                }
            }
        }
        let standing = (1..)
            .zip(&held.branch)
            .filter(|(version, _)| *version < below);
        held.standing = standing.map(|(_, &node)| node).collect();
        held
    }
}

impl Held {
    pub fn fate(&self, world: &World, node: usize) -> Fate {
        let lower = world.nodes[node].mint.last.generation < self.generation;
        if self.standing.contains(&node) {
            Fate::Stands
        } else if lower && !self.contested && !self.branch.contains(&node) {
            Fate::Dropped
        } else {
            Fate::Split
        }
    }
}

fn common(ways: &[Vec<usize>]) -> Vec<usize> {
    let first = &ways[0];
    let shared = |at: &usize| ways.iter().all(|way| way.get(*at) == first.get(*at));
    (0..first.len())
        .take_while(shared)
        .map(|at| first[at])
        .collect()
}
