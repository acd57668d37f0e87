//! A publisher's statements as a reader met them, and which of them stand (FORMAT.md
//! section 4.7).
//!
//! In: verified statements, each with the step at which it arrived. Out: the branch that
//! the reader holds, how far it stands, and whether somebody wrote another one. Nothing
//! is ever taken out: a statement that lost stays, because a later one may decide again.

use crate::chain::Link;
use crate::{Chain, PublisherId, SignedStatement};
use std::sync::Arc;
use varaq_bundle::{Hash, RootRef};

/// A statement in the tree of everything that was met.
#[derive(Clone, Debug)]
struct Node {
    link: Link,
    signed: SignedStatement,
    parent: Option<usize>,
    step: u32,
}

/// Why a statement does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fallen {
    /// A recovery statement has dropped its branch.
    Recovered,
    /// Another statement was held in its place, or both are frozen.
    Split,
}

/// Everything that was met of one publisher's statements. The root of the tree is
/// statement 1, whose hash is the publisher's id.
#[derive(Clone, Debug)]
pub(crate) struct History {
    publisher: PublisherId,
    /// A predecessor before what follows it; shared, because a verdict looks at a copy.
    nodes: Vec<Arc<Node>>,
    /// The branch that is held, statement 1 first.
    held: Vec<usize>,
    /// How many statements of it stand: fewer than all after an identity split.
    standing: usize,
    /// Two branches claim to continue the same statement, and nothing decides between them.
    split: bool,
    /// Two recoveries begin the newest generation: neither drops what the other may keep.
    contested: bool,
    /// Somebody wrote another branch below the statement that was held.
    rival: bool,
}

impl History {
    pub(crate) fn new(publisher: PublisherId) -> History {
        History {
            publisher,
            nodes: Vec::new(),
            held: Vec::new(),
            standing: 0,
            split: false,
            contested: false,
            rival: false,
        }
    }

    /// True if there are two branches, and nothing decides between them.
    pub(crate) fn is_split(&self) -> bool {
        self.split
    }

    /// True if there is another branch that has lost against the one held.
    pub(crate) fn has_rival(&self) -> bool {
        self.rival
    }

    /// A statement that was met with these very signatures.
    pub(crate) fn known(&self, signed: &SignedStatement) -> Option<Link> {
        let node = self.nodes.iter().find(|node| node.signed == *signed);
        node.map(|node| node.link.clone())
    }

    /// Takes in the statements of a verified chain, which arrived at `step`; true if one
    /// of them is new.
    pub(crate) fn learn(&mut self, chain: &Chain, signed: &[SignedStatement], step: u32) -> bool {
        let before = self.nodes.len();
        let mut parent = None;
        for (link, signed) in chain.links().iter().zip(signed) {
            parent = Some(self.place(link, signed, parent, step));
        }
        let new = self.nodes.len() > before;
        if new {
            self.decide();
        }
        new
    }

    /// The place of a statement in the tree; made, if it is new.
    fn place(
        &mut self,
        link: &Link,
        signed: &SignedStatement,
        parent: Option<usize>,
        step: u32,
    ) -> usize {
        let there = self.nodes.iter().position(|node| node.link.id == link.id);
        there.unwrap_or_else(|| {
            self.nodes.push(Arc::new(Node {
                link: link.clone(),
                signed: signed.clone(),
                parent,
                step,
            }));
            self.nodes.len().saturating_sub(1)
        })
    }

    /// Every statement with its step and version, a predecessor before what follows it.
    pub(crate) fn statements(&self) -> impl Iterator<Item = (u32, u16, &SignedStatement)> {
        let of = |node: &Node| node.link.statement.version;
        self.nodes
            .iter()
            .map(move |node| (node.step, of(node), &node.signed))
    }

    /// Puts back a statement that was verified when it was kept; none if its predecessor is
    /// not there. [`History::decide`] must follow the last one.
    pub(crate) fn restore(&mut self, signed: &SignedStatement, step: u32) -> Option<()> {
        let link = Link::of(signed)?;
        let parent = match link.statement.previous {
            None => None,
            Some(id) => Some(self.nodes.iter().position(|node| node.link.id == id)?),
        };
        self.place(&link, signed, parent, step);
        Some(())
    }

    /// The branch that is held, with all that it revokes and clears: what was once held
    /// stays in force after a split.
    pub(crate) fn held(&self) -> Chain {
        self.chain(&self.held)
    }

    /// The chain that ends in the named statement, on whichever branch.
    pub(crate) fn up_to(&self, root: &RootRef) -> Option<Chain> {
        Some(self.chain(&self.path(self.find(root)?)))
    }

    /// The chain that a statement with this predecessor continues.
    pub(crate) fn after(&self, previous: &Hash) -> Option<Chain> {
        let node = self.nodes.iter().position(|node| node.link.id == *previous);
        Some(self.chain(&self.path(node?)))
    }

    /// The statements of a chain as they were signed, if all of them were met.
    pub(crate) fn signed(&self, chain: &Chain) -> Vec<SignedStatement> {
        let of = |link: &Link| self.nodes.iter().find(|node| node.link.id == link.id);
        chain
            .links()
            .iter()
            .filter_map(of)
            .map(|node| node.signed.clone())
            .collect()
    }

    /// Why the named statement does not stand; none if it does.
    pub(crate) fn fallen(&self, root: &RootRef) -> Option<Fallen> {
        let node = self.find(root);
        let standing = self.held.get(..self.standing).unwrap_or_default();
        if node.is_some_and(|node| standing.contains(&node)) {
            return None;
        }
        if !self.contested && root.generation < self.generation() {
            Some(Fallen::Recovered)
        } else {
            Some(Fallen::Split)
        }
    }

    fn find(&self, root: &RootRef) -> Option<usize> {
        let mut nodes = self.nodes.iter();
        nodes.position(|node| node.link.id == root.id && node.link.reference() == *root)
    }

    fn chain(&self, path: &[usize]) -> Chain {
        let links = path.iter().filter_map(|&at| self.nodes.get(at));
        let links = links.map(|node| node.link.clone()).collect();
        Chain::of_links(self.publisher, links)
    }

    /// From statement 1 to a node. Ends, because a parent stands before its child.
    fn path(&self, node: usize) -> Vec<usize> {
        let parent = |&at: &usize| self.nodes.get(at).and_then(|node| node.parent);
        let mut path: Vec<_> = std::iter::successors(Some(node), parent).collect();
        path.reverse();
        path
    }

    fn generation(&self) -> u16 {
        let generations = self.nodes.iter().map(|node| node.generation());
        generations.max().unwrap_or_default()
    }

    /// Decides anew which branch is held: the statements are met once more, in the order
    /// in which they arrived.
    pub(crate) fn decide(&mut self) {
        (self.split, self.contested, self.rival) = (false, false, false);
        let generation = self.generation();
        let begins: Vec<_> = (0..self.nodes.len())
            .filter(|&at| self.begins(at, generation))
            .map(|at| self.path(at))
            .collect();
        match begins.as_slice() {
            [one] => {
                self.held.clone_from(one);
                self.standing = one.len();
                self.meet(generation);
            }
            // Two recoveries: whoever holds those keys is not one person.
            several => {
                self.held = common(several);
                self.standing = self.held.len();
                self.contested = !several.is_empty();
                self.split = self.contested;
            }
        }
    }

    /// True for the statement with which a generation begins.
    fn begins(&self, at: usize, generation: u16) -> bool {
        let of = |at: usize| self.nodes.get(at).map(|node| node.generation());
        let parent = self.nodes.get(at).and_then(|node| node.parent);
        of(at) == Some(generation) && parent.and_then(of) != Some(generation)
    }

    /// Extends the branch by the statements of the newest generation, step by step. Within
    /// a step the lower version comes first, however the file was put together.
    fn meet(&mut self, generation: u16) {
        let mut arrivals: Vec<_> = (0..).zip(&self.nodes).collect::<Vec<(usize, _)>>();
        arrivals.retain(|(_, node)| node.generation() == generation);
        arrivals.sort_by_key(|(at, node)| (node.step, node.link.statement.version, *at));
        let arrivals: Vec<_> = arrivals
            .into_iter()
            .map(|(at, node)| (node.step, at))
            .collect();
        let mut before = self.held.len();
        for step in arrivals.chunk_by(|one, two| one.0 == two.0) {
            for (_, at) in step {
                self.arrive(&self.path(*at), before);
            }
            before = self.held.len();
        }
    }

    /// One statement arrives, while `before` statements were held when its step began.
    fn arrive(&mut self, path: &[usize], before: usize) {
        let shared = common_len(path, &self.held);
        if shared == path.len() {
            return;
        }
        if shared == self.held.len() {
            if !self.split {
                self.held = path.to_vec();
                self.standing = path.len();
            }
            return;
        }
        // The two branches part at version `shared + 1`.
        let version = shared.saturating_add(1);
        if version < before {
            self.rival = true;
            return;
        }
        self.split = true;
        self.standing = self.standing.min(shared);
        if version > before {
            // Both came at once: neither was held.
            self.held.truncate(shared);
        }
    }
}

impl Node {
    fn generation(&self) -> u16 {
        self.link.statement.generation
    }
}

/// What all paths have in common at their beginning.
fn common(paths: &[Vec<usize>]) -> Vec<usize> {
    let Some((first, others)) = paths.split_first() else {
        return Vec::new();
    };
    let shared = others.iter().map(|other| common_len(first, other)).min();
    let shared = shared.unwrap_or(first.len());
    first.get(..shared).unwrap_or_default().to_vec()
}

fn common_len(one: &[usize], other: &[usize]) -> usize {
    let same = one
        .iter()
        .zip(other)
        .take_while(|(one, other)| one == other);
    same.count()
}
