//! A publisher, a reader who trusts it, and a shelf in a folder.
#![allow(dead_code)] // every test file uses a part of it

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use varaq_article::fold::Query;
use varaq_kit::{Draft, Mint, Plan};
use varaq_shelf::{Filter, Hit, ImportError, ImportOptions, Imported, Library, LibraryError, Mode};
use varaq_storage::{Disk, Storage};
use varaq_trust::{Evidence, Pins, View};

/// Whom the reader trusts.
pub struct Trust {
    pub pins: Pins,
    pub evidence: Evidence,
}

impl Trust {
    pub fn of(mint: &Mint) -> Trust {
        Trust {
            pins: mint.pins(true),
            evidence: Evidence::new(),
        }
    }

    pub fn view(&self) -> View<'_> {
        View::new(&self.pins, &self.evidence)
    }
}

pub fn mint() -> Mint {
    Mint::of(Plan::default())
}

/// An issue of these articles, title and text.
pub fn bundle(mint: &Mint, number: u32, articles: &[(&str, &str)]) -> Vec<u8> {
    draft(mint, number, articles).signed(&[0, 1])
}

pub fn draft<'m>(mint: &'m Mint, number: u32, articles: &[(&str, &str)]) -> Draft<'m> {
    let mut draft = mint.issue(number);
    draft.issue.day.0 += number;
    for (title, text) in articles {
        draft = draft.article(title, text);
    }
    draft
}

pub fn go<T>(_: T) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub fn go_on(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

pub fn open(folder: &Path, mode: Mode, trust: &Trust) -> Library {
    open_in(Arc::new(Disk), folder, mode, trust).unwrap()
}

pub fn open_in(
    storage: Arc<dyn Storage>,
    folder: &Path,
    mode: Mode,
    trust: &Trust,
) -> Result<Library, LibraryError> {
    let mut library = Library::open(storage, folder, mode)?;
    library.refresh(trust.view(), &mut go_on)?;
    fill(&library, trust)?;
    Ok(library)
}

pub fn fill(library: &Library, trust: &Trust) -> Result<(), LibraryError> {
    for kept in library.unfilled()? {
        library.fill(&kept.id(), trust.view(), &mut go)?;
    }
    Ok(())
}

pub fn import(library: &mut Library, bytes: &[u8], trust: &Trust) -> Result<Imported, ImportError> {
    let options = ImportOptions {
        visit: library.next_visit(),
        most_bytes: None,
    };
    let imported = library.import(&mut Cursor::new(bytes), trust.view(), &options, &mut go)?;
    fill(library, trust)?;
    Ok(imported)
}

/// Titles that a search finds, the best first.
pub fn search(library: &Library, typed: &str, filter: &Filter, trust: &Trust) -> Vec<String> {
    let hits = hits(library, typed, filter, trust);
    hits.into_iter().map(|hit| hit.entry.title).collect()
}

pub fn hits(library: &Library, typed: &str, filter: &Filter, trust: &Trust) -> Vec<Hit> {
    let question = Query::parse(typed, false);
    let found = library
        .search(&question, filter, 100, trust.view())
        .unwrap();
    let hit = |row| library.hit(row, &question, trust.view()).unwrap();
    found.rows.iter().map(hit).collect()
}

/// Names of the files in a folder and those below it.
pub fn files(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                names.push(name.to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}
