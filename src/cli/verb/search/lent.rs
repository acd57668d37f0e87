//! Bundle files that are searched in memory: judged, lent to a shelf that keeps nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use varaq_bundle::{Bundle, Content, Hash, Limits};
use varaq_shelf::{Kept, Source};
use varaq_trust::{Learned, Verified};

use crate::exit;
use crate::failure::Failure;
use crate::library::{self, Shelf};
use crate::reading::{self, Consenting, refusal};
use crate::session::Session;
use crate::state;

/// Said of an argument that is no file.
const NOT_THERE: &str =
    "the last argument is the question; put a question of several words in quotation marks";

/// An issue, of one file or several.
struct Issue {
    kept: Kept,
    content: Verified<Content<Box<dyn Source>>>,
}

/// Where the issues that are searched lie.
pub struct Lent {
    /// The first file of each, by manifest id.
    pub paths: BTreeMap<Hash, PathBuf>,
    /// The exit code of what cannot be searched.
    pub code: u8,
}

impl Lent {
    /// Lends all bundles among paths that may be read. Copies of one issue are read as one.
    pub fn lend(
        session: &mut Session<'_, '_>,
        paths: &[PathBuf],
        consenting: Consenting,
    ) -> Result<(Shelf, Lent), Failure> {
        state::load(session)?;
        let (bundles, mut code) = library::bundles(session, paths, Some(NOT_THERE))?;
        let mut shelf = Shelf::in_memory(session)?;
        let mut issues = BTreeMap::new();
        let mut places = BTreeMap::new();
        let mut learned = Learned::default();
        for bundle in bundles {
            let added = add(
                session,
                &shelf,
                consenting,
                &bundle,
                &mut issues,
                &mut learned,
            );
            match added {
                Ok(Some(id)) => {
                    places.insert(id, bundle.path);
                }
                Ok(None) => {}
                Err(failure) => {
                    session.fail(&failure);
                    code = exit::worse(code, failure.code);
                }
            }
        }
        state::learn(session, &learned);
        // What the issues tell of each other's articles counts in this very search.
        shelf.state.evidence.learn(&learned);
        for issue in issues.into_values() {
            let lent = shelf.library.lend(issue.kept, Arc::new(issue.content));
            lent.map_err(|error| library::failure(&error))?;
        }
        Ok((
            shelf,
            Lent {
                paths: places,
                code,
            },
        ))
    }
}

/// Adds a file; the id if it is the first of its issue.
fn add(
    session: &Session<'_, '_>,
    shelf: &Shelf,
    consenting: Consenting,
    bundle: &library::Bundle,
    issues: &mut BTreeMap<Hash, Issue>,
    learned: &mut Learned,
) -> Result<Option<Hash>, Failure> {
    let opening = library::judge(&bundle.path, shelf.view(session))?;
    let verdict = opening.verdict();
    let refused = || refusal(&bundle.path, verdict, &bundle.name);
    let kept = Kept::of(&opening, bundle.len_bytes);
    let content = opening.into_content(consenting.consent());
    let (Some(kept), Ok(content)) = (kept, content) else {
        return Err(refused());
    };
    if let Some(same) = issues.get(&kept.id()) {
        return copy(&bundle.path, same).map(|()| None);
    }
    learned.append(varaq_trust::read_notices(&kept.facts, &content).1);
    let id = kept.id();
    issues.insert(id, Issue { kept, content });
    Ok(Some(id))
}

/// Another copy of an issue: what is missing in the one may be in the other.
fn copy(path: &Path, same: &Issue) -> Result<(), Failure> {
    let source: Box<dyn Source> = Box::new(reading::open_file(path)?);
    if let Ok(bundle) = Bundle::open(source, &Limits::default()) {
        // It was judged to be the same issue; a file that changed meanwhile adds nothing.
        let _ = same.content.add_copy(bundle);
    }
    Ok(())
}
