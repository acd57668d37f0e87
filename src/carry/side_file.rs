//! The side file `NAME.sig` beside a bundle (FORMAT.md section 8.1).
//!
//! It is a remark and never a verdict: it lies outside of the file, so whoever carries the
//! stick can put any there, and a bundle is as good without it.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use varaq_bundle::{Bundle, Limits};
use varaq_storage::{Facts, Storage};
use varaq_trust::sshsig::{Armored, FileDigest, MAX_ARMOR_BYTES};
use varaq_trust::{Chain, Namespace, PublicKey};

const CHUNK_BYTES: usize = 64 * 1024;

/// What a side file says about its bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideFile {
    /// This slot signed the file exactly as it is.
    Good {
        /// From 0.
        slot: u64,
    },
    /// It is of another state of the file, or forged: a signature added since, a part left
    /// out or mended, or a changed byte. The verdict says which.
    Wrong,
    /// Made with a key that does not sign this issue, or no longer counts for it.
    Stranger,
    /// No signature over a whole file.
    Unreadable,
}

impl fmt::Display for SideFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SideFile::Good { .. } => "good",
            SideFile::Wrong => "wrong",
            SideFile::Stranger => "stranger",
            SideFile::Unreadable => "unreadable",
        })
    }
}

/// Where the side file of a bundle would be.
#[must_use]
pub(crate) fn place(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(".sig");
    PathBuf::from(name)
}

/// Looks for the side file of a valid bundle and verifies it; none if there is none. `go_on`
/// is asked now and then while the file is read.
///
/// # Errors
/// If the bundle cannot be read.
pub(crate) fn side_file(
    storage: &dyn Storage,
    path: &Path,
    go_on: &mut dyn FnMut() -> bool,
) -> io::Result<Option<SideFile>> {
    let place = place(path);
    // A folder or a pipe of that name is none.
    if !matches!(storage.facts(&place), Ok(Facts::File { .. })) {
        return Ok(None);
    }
    let Some(armored) = armored(storage, &place) else {
        return Ok(Some(SideFile::Unreadable));
    };
    let Some(slot) = slot(storage, path, &armored.key) else {
        return Ok(Some(SideFile::Stranger));
    };
    let Some(digest) = digest(storage, path, go_on)? else {
        return Ok(None);
    };
    Ok(Some(if armored.verifies_digest(&digest) {
        SideFile::Good { slot }
    } else {
        SideFile::Wrong
    }))
}

/// The signature in a side file, if it is one over a whole file.
fn armored(storage: &dyn Storage, place: &Path) -> Option<Armored> {
    let mut text = String::new();
    let most = MAX_ARMOR_BYTES as u64 + 1;
    let file = storage.open(place).ok()?;
    file.take(most).read_to_string(&mut text).ok()?;
    let armored = Armored::parse(&text).ok()?;
    (armored.namespace == Namespace::File).then_some(armored)
}

/// The slot of the key in the delegation of the issue, if it counts for it.
pub(crate) fn slot(storage: &dyn Storage, path: &Path, key: &PublicKey) -> Option<u64> {
    let bundle = Bundle::open(storage.open(path).ok()?, &Limits::default()).ok()?;
    let manifest = bundle.manifest().ok()?;
    let (chain, id) = (
        Chain::decode(&bundle.head().own).ok()?,
        bundle.head().manifest_id(),
    );
    let delegation = chain.delegation(&manifest.channel, manifest.epoch, &manifest.root)?;
    let counts = !chain.is_revoked(key, &id) && !chain.is_suspended(key, &id);
    delegation.keys.slot(key).filter(|_| counts)
}

/// SHA-512 of a file; none if it was not to go on.
fn digest(
    storage: &dyn Storage,
    path: &Path,
    go_on: &mut dyn FnMut() -> bool,
) -> io::Result<Option<[u8; 64]>> {
    let mut file = storage.open(path)?;
    let mut digest = FileDigest::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    while go_on() {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(Some(digest.finish())),
            Ok(read) => digest.update(chunk.get(..read).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
