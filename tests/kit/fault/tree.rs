//! Folders and the names in them: as they are seen, and what of them is on the medium.

use super::content::Content;
use crate::Dice;
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use varaq_storage::Access;

pub(super) type Id = u64;
const ROOT: Id = 0;

#[derive(Clone, Debug)]
pub(super) struct Tree {
    nodes: BTreeMap<Id, Node>,
    pending: Vec<NameChange>,
    pub(super) fat: bool,
    /// Bytes that all files may take.
    pub(super) capacity: Option<u64>,
}

#[derive(Clone, Debug)]
pub(super) enum Node {
    File(FileNode),
    Folder(Folder),
}

#[derive(Clone, Debug)]
pub(super) struct FileNode {
    pub(super) content: Content,
    pub(super) access: Access,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Folder {
    now: BTreeMap<OsString, Id>,
    durable: BTreeMap<OsString, Id>,
}

/// A name in a folder.
type Place = (Id, OsString);

/// What is not on the medium yet.
#[derive(Clone, Debug)]
enum NameChange {
    Link { at: Place, id: Id },
    Unlink { at: Place },
    Move { from: Place, to: Place, id: Id },
}

impl NameChange {
    /// The folder whose sync makes it last.
    fn folder(&self) -> Id {
        match self {
            NameChange::Link { at, .. } | NameChange::Unlink { at } => at.0,
            NameChange::Move { to, .. } => to.0,
        }
    }
}

impl Default for Tree {
    fn default() -> Tree {
        Tree {
            nodes: BTreeMap::from([(ROOT, Node::Folder(Folder::default()))]),
            pending: Vec::new(),
            fat: false,
            capacity: None,
        }
    }
}

impl Tree {
    /// What lies at a path.
    pub(super) fn find(&self, path: &Path) -> io::Result<Id> {
        parts(path).iter().try_fold(ROOT, |folder, name| {
            let entry = self.folder(folder)?.now.get(name);
            entry.copied().ok_or_else(|| ErrorKind::NotFound.into())
        })
    }

    pub(super) fn node(&self, id: Id) -> &Node {
        &self.nodes[&id]
    }

    pub(super) fn folder(&self, id: Id) -> io::Result<&Folder> {
        match self.node(id) {
            Node::Folder(folder) => Ok(folder),
            Node::File(_) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    fn folder_mut(&mut self, id: Id) -> &mut Folder {
        match self.nodes.get_mut(&id) {
            Some(Node::Folder(folder)) => folder,
            _ => panic!("no folder"),
        }
    }

    pub(super) fn content(&mut self, id: Id) -> &mut Content {
        match self.nodes.get_mut(&id) {
            Some(Node::File(file)) => &mut file.content,
            _ => panic!("no file"),
        }
    }

    pub(super) fn file(&self, path: &Path) -> io::Result<&FileNode> {
        match self.node(self.find(path)?) {
            Node::File(file) => Ok(file),
            Node::Folder(_) => Err(ErrorKind::IsADirectory.into()),
        }
    }

    pub(super) fn list(&self, path: &Path) -> io::Result<Vec<OsString>> {
        let folder = self.folder(self.find(path)?)?;
        Ok(folder.now.keys().cloned().collect())
    }

    pub(super) fn create(&mut self, path: &Path, access: Access) -> io::Result<Id> {
        if self.find(path).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let at = self.place(path)?;
        let content = Content::default();
        Ok(self.add(at, Node::File(FileNode { content, access })))
    }

    pub(super) fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        let mut folder = ROOT;
        for name in parts(path) {
            let found = self.folder(folder)?.now.get(&name).copied();
            folder = match found {
                Some(id) => id,
                None => self.add((folder, name), Node::Folder(Folder::default())),
            };
        }
        self.folder(folder).map(drop)
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let id = self.find(from)?;
        let (from, at) = (self.place(from)?, self.place(to)?);
        if from == at {
            return Ok(());
        }
        if let Ok(there) = self.find(to) {
            self.may_replace(id, there)?;
        }
        self.folder_mut(from.0).now.remove(&from.1);
        self.folder_mut(at.0).now.insert(at.1.clone(), id);
        if self.fat {
            if let Node::File(_) = self.node(id) {
                self.content(id).size_unwritten = true;
            }
            self.pending.push(NameChange::Link { at, id });
            self.pending.push(NameChange::Unlink { at: from });
        } else {
            let to = at;
            self.pending.push(NameChange::Move { from, to, id });
        }
        Ok(())
    }

    fn may_replace(&self, id: Id, there: Id) -> io::Result<()> {
        match (self.node(id), self.node(there)) {
            (Node::File(_), Node::File(_)) => Ok(()),
            (Node::Folder(_), Node::Folder(old)) if old.now.is_empty() => Ok(()),
            (Node::Folder(_), Node::Folder(_)) => Err(ErrorKind::DirectoryNotEmpty.into()),
            (Node::File(_), Node::Folder(_)) => Err(ErrorKind::IsADirectory.into()),
            (Node::Folder(_), Node::File(_)) => Err(ErrorKind::NotADirectory.into()),
        }
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.file(path)?;
        self.unlink(path)
    }

    pub(super) fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        if !self.folder(self.find(path)?)?.now.is_empty() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        self.unlink(path)
    }

    fn unlink(&mut self, path: &Path) -> io::Result<()> {
        let at = self.place(path)?;
        self.folder_mut(at.0).now.remove(&at.1);
        self.pending.push(NameChange::Unlink { at });
        Ok(())
    }

    pub(super) fn sync_folder(&mut self, path: &Path) -> io::Result<()> {
        let id = self.find(path)?;
        self.folder(id)?;
        for change in std::mem::take(&mut self.pending) {
            if change.folder() == id {
                self.make_last(&change);
            } else {
                self.pending.push(change);
            }
        }
        Ok(())
    }

    fn make_last(&mut self, change: &NameChange) {
        match change {
            NameChange::Link { at, id } => self.link_durably(at, *id),
            NameChange::Unlink { at } => drop(self.folder_mut(at.0).durable.remove(&at.1)),
            NameChange::Move { from, to, id } => {
                self.folder_mut(from.0).durable.remove(&from.1);
                self.link_durably(to, *id);
            }
        }
    }

    fn link_durably(&mut self, at: &Place, id: Id) {
        self.folder_mut(at.0).durable.insert(at.1.clone(), id);
    }

    /// The folder and the name of something that may not be there yet.
    fn place(&self, path: &Path) -> io::Result<Place> {
        let mut parts = parts(path);
        let name = parts.pop().ok_or(ErrorKind::InvalidInput)?;
        let folder: PathBuf = parts.iter().collect();
        let folder = self.find(&folder)?;
        self.folder(folder)?;
        Ok((folder, name))
    }

    fn add(&mut self, at: Place, node: Node) -> Id {
        let id = self.nodes.len() as Id;
        self.nodes.insert(id, node);
        self.folder_mut(at.0).now.insert(at.1.clone(), id);
        self.pending.push(NameChange::Link { at, id });
        id
    }

    pub(super) fn put_folder(&mut self, path: &Path) {
        self.create_folder(path).unwrap();
        self.settle();
    }

    pub(super) fn put(&mut self, path: &Path, bytes: &[u8]) {
        self.create_folder(varaq_storage::folder_of(path)).unwrap();
        if self.find(path).is_ok() {
            self.remove(path).unwrap();
        }
        let id = self.create(path, Access::Usual).unwrap();
        *self.content(id) = Content::of(bytes.to_vec());
        self.settle();
    }

    pub(super) fn settle(&mut self) {
        self.pending.clear();
        for node in self.nodes.values_mut() {
            match node {
                Node::File(file) => file.content = Content::of(file.content.now().to_vec()),
                Node::Folder(folder) => folder.durable.clone_from(&folder.now),
            }
        }
    }

    /// All files with their whole paths.
    pub(super) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut ahead = vec![(PathBuf::from("/"), ROOT)];
        while let Some((path, id)) = ahead.pop() {
            match self.node(id) {
                Node::File(file) => drop(files.insert(path, file.content.now().to_vec())),
                Node::Folder(folder) => {
                    let entries = folder.now.iter();
                    ahead.extend(entries.map(|(name, id)| (path.join(name), *id)));
                }
            }
        }
        files
    }

    pub(super) fn used(&self) -> u64 {
        let files = self.files();
        files.values().map(|bytes| bytes.len() as u64).sum()
    }

    /// What may be found after a power cut.
    pub(super) fn after_crash(&self, seed: u64) -> Tree {
        let mut dice = Dice::new(seed);
        let mut found = self.clone();
        let mode = dice.below(4);
        for change in std::mem::take(&mut found.pending) {
            let kept = match mode {
                0 => true,
                1 => false,
                _ => dice.says(1, 2),
            };
            if kept {
                found.make_last(&change);
            }
        }
        for node in found.nodes.values_mut() {
            match node {
                Node::File(file) => file.content = file.content.after_crash(&mut dice),
                Node::Folder(folder) => folder.now.clone_from(&folder.durable),
            }
        }
        found
    }
}

/// The names on the way, without `.` and with `..` taken by its word.
fn parts(path: &Path) -> Vec<OsString> {
    let mut parts: Vec<OsString> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => parts.push(OsStr::to_owned(name)),
            Component::ParentDir => drop(parts.pop()),
            _ => {}
        }
    }
    parts
}
