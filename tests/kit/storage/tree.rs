//! Files and folders under their names: as the program sees them, and as a power cut
//! leaves them.
//!
//! A name that was made, changed or taken away lasts when its folder was synced. Until then
//! each such change may be there or not, in any combination: POSIX promises no order. One
//! change is never half there, but for FAT: a rename may leave the old name too. (It could
//! even lose both; no program can do anything about that.)
//!
//! On FAT the new name of a renamed file says "0 bytes" until the file is synced again.
//! If the folder was synced before that, this is what a power cut leaves. In between, Linux
//! writes the folder only together with the length; a computer that is short of memory
//! could do it earlier, and that is not in this model.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::Choose;
use super::content::Content;

/// Place of a node in the list of all.
pub(super) type Id = usize;
type Entries = BTreeMap<OsString, Id>;
/// A name in a folder.
type Place = (Id, OsString);

const ROOT: Id = 0;

#[derive(Clone, Debug)]
enum Node {
    File {
        content: Content,
        /// On FAT: renamed, and not synced since.
        moved: bool,
        /// And the new name is on the disk, without the length.
        hollow: bool,
    },
    Folder {
        now: Entries,
        durable: Entries,
    },
}

impl Node {
    fn folder() -> Node {
        Node::Folder {
            now: Entries::new(),
            durable: Entries::new(),
        }
    }

    fn file(content: Content) -> Node {
        Node::File {
            content,
            moved: false,
            hollow: false,
        }
    }
}

/// A change of names that nobody has synced yet; the last place is the one that is left.
#[derive(Clone, Debug)]
struct Naming(Vec<(Place, Option<Id>)>);

impl Naming {
    fn touches(&self, folder: Id, places: &BTreeSet<Place>) -> bool {
        let mut own = self.0.iter().map(|(place, _)| place);
        own.any(|place| place.0 == folder || places.contains(place))
    }

    fn is_rename(&self) -> bool {
        self.0.len() == 2
    }
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    File(Id),
    Folder(Id),
}

/// All files and folders of a disk.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    unsynced: Vec<Naming>,
    fat: bool,
}

impl Tree {
    pub(super) fn new(fat: bool) -> Tree {
        Tree {
            nodes: vec![Node::folder()],
            unsynced: Vec::new(),
            fat,
        }
    }

    /// What is at a path.
    pub(super) fn find(&self, path: &Path) -> io::Result<Found> {
        let mut at = ROOT;
        for name in names(path) {
            let next = self.entries(at)?.get(&name);
            at = *next.ok_or(ErrorKind::NotFound)?;
        }
        Ok(match &self.nodes[at] {
            Node::File { .. } => Found::File(at),
            Node::Folder { .. } => Found::Folder(at),
        })
    }

    pub(super) fn file(&self, path: &Path) -> io::Result<Id> {
        match self.find(path)? {
            Found::File(id) => Ok(id),
            Found::Folder(_) => Err(ErrorKind::IsADirectory.into()),
        }
    }

    pub(super) fn folder(&self, path: &Path) -> io::Result<Id> {
        match self.find(path)? {
            Found::Folder(id) => Ok(id),
            Found::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn list(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        let folder = self.folder(folder)?;
        Ok(self.entries(folder)?.keys().cloned().collect())
    }

    pub(super) fn content(&mut self, file: Id) -> &mut Content {
        match &mut self.nodes[file] {
            Node::File { content, .. } => content,
            Node::Folder { .. } => panic!("a folder is no file"),
        }
    }

    /// Makes an empty file.
    pub(super) fn create(&mut self, path: &Path) -> io::Result<Id> {
        if self.find(path).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let place = self.place(path)?;
        Ok(self.add(place, Node::file(Content::default())))
    }

    /// Makes a file that no name leads to.
    pub(super) fn nameless(&mut self) -> Id {
        self.nodes.push(Node::file(Content::default()));
        self.nodes.len() - 1
    }

    /// Makes a folder and those above it.
    pub(super) fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        let mut at = ROOT;
        for name in names(path) {
            at = match self.entries(at)?.get(&name) {
                Some(next) => *next,
                None => self.add((at, name), Node::folder()),
            };
        }
        self.entries(at).map(drop)
    }

    fn add(&mut self, place: Place, node: Node) -> Id {
        self.nodes.push(node);
        let id = self.nodes.len() - 1;
        self.name(Naming(vec![(place, Some(id))]));
        id
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let moved = self.find(from)?;
        match (moved, self.find(to)) {
            (Found::File(_), Ok(Found::Folder(_))) => return Err(ErrorKind::IsADirectory.into()),
            (Found::Folder(_), Ok(Found::File(_))) => return Err(ErrorKind::NotADirectory.into()),
            (Found::Folder(_), Ok(Found::Folder(id))) if !self.entries(id)?.is_empty() => {
                return Err(ErrorKind::DirectoryNotEmpty.into());
            }
            _ => {}
        }
        let (old, new) = (self.place(from)?, self.place(to)?);
        let (Found::File(id) | Found::Folder(id)) = moved;
        if old == new {
            return Ok(());
        }
        if let (Node::File { moved, .. }, true) = (&mut self.nodes[id], self.fat) {
            *moved = true;
        }
        self.name(Naming(vec![(old, None), (new, Some(id))]));
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.file(path)?;
        let place = self.place(path)?;
        self.name(Naming(vec![(place, None)]));
        Ok(())
    }

    pub(super) fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        let folder = self.folder(path)?;
        if !self.entries(folder)?.is_empty() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        let place = self.place(path)?;
        self.name(Naming(vec![(place, None)]));
        Ok(())
    }

    fn name(&mut self, naming: Naming) {
        for (place, id) in &naming.0 {
            set(self.folder_mut(place.0).0, place, *id);
        }
        self.unsynced.push(naming);
    }

    pub(super) fn sync(&mut self, file: Id) {
        if let Node::File {
            content,
            moved,
            hollow,
        } = &mut self.nodes[file]
        {
            content.sync();
            (*moved, *hollow) = (false, false);
        }
    }

    /// Makes the changes in a folder last, and what they build on.
    pub(super) fn sync_folder(&mut self, folder: Id) {
        let mut places = BTreeSet::new();
        let mut left = Vec::new();
        let mut done = Vec::new();
        for naming in std::mem::take(&mut self.unsynced).into_iter().rev() {
            if naming.touches(folder, &places) {
                places.extend(naming.0.iter().map(|(place, _)| place.clone()));
                done.push(naming);
            } else {
                left.push(naming);
            }
        }
        left.reverse();
        self.unsynced = left;
        for naming in done.iter().rev() {
            self.keep(naming);
            self.hollow_out(naming);
        }
    }

    /// The name is on the disk now; FAT wrote no length with it.
    fn hollow_out(&mut self, naming: &Naming) {
        let Some((_, Some(id))) = naming.0.last() else {
            return;
        };
        if let Node::File { moved, hollow, .. } = &mut self.nodes[*id] {
            *hollow = *moved;
        }
    }

    fn keep(&mut self, naming: &Naming) {
        for (place, id) in &naming.0 {
            set(self.folder_mut(place.0).1, place, *id);
        }
    }

    /// What a power cut leaves.
    pub(super) fn cut(&self, choose: &mut Choose<'_>) -> Tree {
        let mut left = self.clone();
        for naming in std::mem::take(&mut left.unsynced) {
            let both = self.fat && naming.is_rename();
            match choose(if both { 3 } else { 2 }) {
                0 => {}
                1 => left.keep(&naming),
                _ => left.keep_both(&naming),
            }
        }
        for id in 0..left.nodes.len() {
            left.cut_node(id, choose);
        }
        left
    }

    /// A rename on FAT of which the old name is left. Two names for one file are a copy here.
    fn keep_both(&mut self, naming: &Naming) {
        self.keep(naming);
        let [(old, _), (_, Some(id))] = naming.0.as_slice() else {
            panic!("no rename");
        };
        let copy = self.nodes[*id].clone();
        self.nodes.push(copy);
        let copy = self.nodes.len() - 1;
        set(self.folder_mut(old.0).1, old, Some(copy));
    }

    fn cut_node(&mut self, id: Id, choose: &mut Choose<'_>) {
        match &mut self.nodes[id] {
            Node::Folder { now, durable } => now.clone_from(durable),
            Node::File {
                content,
                moved,
                hollow,
            } => {
                *content = content.cut(choose);
                if *hollow && choose(2) == 0 {
                    content.lose();
                }
                (*moved, *hollow) = (false, false);
            }
        }
    }

    /// Everything there is as if it had been there for long.
    pub(super) fn settle(&mut self) {
        for id in 0..self.nodes.len() {
            self.sync(id);
        }
        let left = std::mem::take(&mut self.unsynced);
        left.iter().for_each(|naming| self.keep(naming));
    }

    /// All paths, with the bytes of the files.
    pub(super) fn all(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        let mut all = BTreeMap::new();
        let mut ahead = vec![(PathBuf::new(), ROOT)];
        while let Some((path, id)) = ahead.pop() {
            match &self.nodes[id] {
                Node::File { content, .. } => drop(all.insert(path, Some(content.now.clone()))),
                Node::Folder { now, .. } => {
                    ahead.extend(now.iter().map(|(name, id)| (path.join(name), *id)));
                    if id != ROOT {
                        all.insert(path, None);
                    }
                }
            }
        }
        all
    }

    /// Bytes of all files that have a name.
    pub(super) fn used(&self) -> u64 {
        let lens = self.all().into_values().flatten();
        lens.map(|bytes| bytes.len() as u64).sum()
    }

    fn entries(&self, folder: Id) -> io::Result<&Entries> {
        match &self.nodes[folder] {
            Node::Folder { now, .. } => Ok(now),
            Node::File { .. } => Err(ErrorKind::NotADirectory.into()),
        }
    }

    fn folder_mut(&mut self, folder: Id) -> (&mut Entries, &mut Entries) {
        match &mut self.nodes[folder] {
            Node::Folder { now, durable } => (now, durable),
            Node::File { .. } => panic!("a file is no folder"),
        }
    }

    /// Folder and name of a path; the folder must be there.
    fn place(&self, path: &Path) -> io::Result<Place> {
        let mut names = names(path);
        let name = names.pop().ok_or(ErrorKind::InvalidInput)?;
        let folder = self.folder(&names.iter().collect::<PathBuf>())?;
        Ok((folder, name))
    }
}

fn set(entries: &mut Entries, place: &Place, id: Option<Id>) {
    match id {
        Some(id) => drop(entries.insert(place.1.clone(), id)),
        None => drop(entries.remove(&place.1)),
    }
}

/// The names of a path from the root; there are no links, so `..` is the folder above.
pub(super) fn names(path: &Path) -> Vec<OsString> {
    let mut names = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => names.push(name.to_owned()),
            Component::ParentDir => drop(names.pop()),
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    names
}
