//! A torrent of one file: version 1 (BEP 3), or 1 and 2 in one (BEP 52), with trackers
//! and folders on servers that hold the file (BEP 19).
//!
//! In: a file and addresses. Out: the bytes of `NAME.torrent` and its hashes. The same
//! file under the same name gives the same bytes: no day, no program, no piece size by
//! hand. The file is read once; memory grows with the number of pieces, by 52 bytes each.

mod pieces;
mod tree;

use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use sha1::{Digest, Sha1};
use sha2::Sha256;
use varaq_storage::Storage;

use crate::address::{FolderAddress, TrackerAddress, is_listable, percent_encoded};
use crate::bencode::Bencode;
use pieces::{BLOCK_BYTES, Pieces};

/// More pieces than that are not made while they can be larger.
const PIECES: u64 = 2_048;
const MAX_PIECE_BYTES: u64 = 16 << 20;
/// Bytes read at once; a whole number of blocks.
const CHUNK_BYTES: usize = 1 << 20;

/// What a torrent says beside its file.
#[derive(Clone, Debug, Default)]
pub struct TorrentOptions {
    /// Trackers, asked in this order.
    pub trackers: Vec<TrackerAddress>,
    /// Folders on servers that hold the file under its name.
    pub web_seeds: Vec<FolderAddress>,
    /// Version 2 beside version 1.
    pub hybrid: bool,
}

/// A torrent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torrent {
    /// Name of the file in it.
    pub name: String,
    /// Length of the file in bytes.
    pub len_bytes: u64,
    /// Bytes of a piece: a power of two from 16 KiB to 16 MiB.
    pub piece_bytes: u64,
    /// Number of pieces.
    pub pieces: u64,
    /// Infohash of version 1 (SHA-1).
    pub v1: [u8; 20],
    /// Infohash of version 2 (SHA-256), if it is in it.
    pub v2: Option<[u8; 32]>,
    /// The link that says the same in one line.
    pub magnet: String,
    /// `NAME.torrent`.
    pub bytes: Vec<u8>,
}

/// Why there is no torrent.
#[derive(Debug, thiserror::Error)]
pub enum TorrentError {
    /// The file cannot be read.
    #[error("cannot read the file")]
    Io(#[from] io::Error),
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Its length is not what it was.
    #[error("the file has changed while it was read: expected {expected} bytes, found {actual}")]
    Changed {
        /// Length when the work began.
        expected: u64,
        /// Bytes read.
        actual: u64,
    },
    /// Its name cannot be told to other programs.
    #[error("the name of the file is not UTF-8, or has controls in it")]
    Name,
    /// Somebody asked to stop.
    #[error("interrupted")]
    Cancelled,
}

/// Makes the torrent of a file. `progress` is told bytes read, done and total; `Break`
/// cancels.
///
/// # Errors
/// See [`TorrentError`].
pub fn torrent(
    storage: &dyn Storage,
    path: &Path,
    options: &TorrentOptions,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Torrent, TorrentError> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.filter(|name| is_listable(name));
    let name = name.ok_or(TorrentError::Name)?.to_owned();
    let mut file = storage.open(path)?;
    let len_bytes = file.len_bytes()?;
    if len_bytes == 0 {
        return Err(TorrentError::Empty);
    }
    let mut pieces = Pieces::new(piece_bytes(len_bytes), options.hybrid);
    read(&mut *file, len_bytes, &mut pieces, progress)?;
    Ok(put_together(name, len_bytes, pieces, options))
}

/// A power of two that gives at most [`PIECES`], as far as [`MAX_PIECE_BYTES`] allows.
fn piece_bytes(len_bytes: u64) -> u64 {
    let mut piece_bytes = BLOCK_BYTES as u64;
    while piece_bytes < MAX_PIECE_BYTES && len_bytes.div_ceil(piece_bytes) > PIECES {
        piece_bytes = piece_bytes.saturating_mul(2);
    }
    piece_bytes
}

fn read(
    file: &mut dyn varaq_storage::StoredFile,
    len_bytes: u64,
    pieces: &mut Pieces,
    progress: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<(), TorrentError> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut done = 0_u64;
    loop {
        let read = fill(file, &mut chunk)?;
        done = done.saturating_add(read as u64);
        for block in chunk.get(..read).unwrap_or_default().chunks(BLOCK_BYTES) {
            pieces.block(block);
        }
        if progress(done.min(len_bytes), len_bytes).is_break() {
            return Err(TorrentError::Cancelled);
        }
        if read < CHUNK_BYTES || done > len_bytes {
            break;
        }
    }
    if done == len_bytes {
        Ok(())
    } else {
        let expected = len_bytes;
        Err(TorrentError::Changed {
            expected,
            actual: done,
        })
    }
}

/// Fills the buffer as far as the file goes; a short answer of the system ends no block.
fn fill(file: &mut dyn varaq_storage::StoredFile, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

fn put_together(name: String, len_bytes: u64, pieces: Pieces, options: &TorrentOptions) -> Torrent {
    let piece_bytes = pieces.piece_bytes();
    let (v1_pieces, tree) = pieces.finish();
    let mut info = vec![
        ("length", Bencode::Number(len_bytes)),
        ("name", Bencode::text(&name)),
        ("piece length", Bencode::Number(piece_bytes)),
        ("pieces", Bencode::Bytes(v1_pieces)),
    ];
    let mut whole = vec![];
    if let Some(tree) = &tree {
        let file = [
            ("length", Bencode::Number(len_bytes)),
            ("pieces root", Bencode::Bytes(tree.root.to_vec())),
        ];
        let file = Bencode::dictionary([("", Bencode::dictionary(file))]);
        info.push(("file tree", Bencode::dictionary([(&name, file)])));
        info.push(("meta version", Bencode::Number(2)));
        // Only files longer than a piece have a layer.
        let layers =
            (!tree.layer.is_empty()).then(|| (tree.root, Bencode::Bytes(tree.layer.clone())));
        whole.push(("piece layers", Bencode::dictionary(layers)));
    }
    let info = Bencode::dictionary(info);
    let hashed = info.encode();
    let v1 = Sha1::digest(&hashed).into();
    let v2 = tree.map(|_| Sha256::digest(&hashed).into());
    let web_seeds: Vec<_> = options
        .web_seeds
        .iter()
        .map(|folder| folder.without_file(&name))
        .collect();
    whole.push(("info", info));
    addresses(&mut whole, &options.trackers, &web_seeds);
    Torrent {
        magnet: magnet(&name, &v1, v2.as_ref(), &options.trackers, &web_seeds),
        bytes: Bencode::dictionary(whole).encode(),
        pieces: len_bytes.div_ceil(piece_bytes),
        name,
        len_bytes,
        piece_bytes,
        v1,
        v2,
    }
}

fn addresses(
    whole: &mut Vec<(&str, Bencode)>,
    trackers: &[TrackerAddress],
    web_seeds: &[FolderAddress],
) {
    if let Some(first) = trackers.first() {
        whole.push(("announce", Bencode::text(first.as_str())));
    }
    if trackers.len() > 1 {
        // A tier of its own for each (BEP 12): the order is kept.
        let tier = |tracker: &TrackerAddress| Bencode::List(vec![Bencode::text(tracker.as_str())]);
        whole.push((
            "announce-list",
            Bencode::List(trackers.iter().map(tier).collect()),
        ));
    }
    if !web_seeds.is_empty() {
        let seeds = web_seeds
            .iter()
            .map(|folder| Bencode::text(folder.as_str()));
        whole.push(("url-list", Bencode::List(seeds.collect())));
    }
}

fn magnet(
    name: &str,
    v1: &[u8; 20],
    v2: Option<&[u8; 32]>,
    trackers: &[TrackerAddress],
    web_seeds: &[FolderAddress],
) -> String {
    let mut link = format!("magnet:?xt=urn:btih:{}", hex(v1));
    if let Some(v2) = v2 {
        // 0x12 and 0x20: SHA-256 of 32 bytes, as a multihash.
        link.push_str(&format!("&xt=urn:btmh:1220{}", hex(v2)));
    }
    link.push_str(&format!("&dn={}", percent_encoded(name)));
    for tracker in trackers {
        link.push_str(&format!(
            "&tr={}",
            percent_encoded(tracker.as_str()).replace('/', "%2F")
        ));
    }
    for folder in web_seeds {
        let file = percent_encoded(&folder.file(name)).replace('/', "%2F");
        link.push_str(&format!("&ws={file}"));
    }
    link
}

/// Lower-case digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
