//! A ZIP archive from a stranger, as EPUB uses it (OCF 3.3, section 4; APPNOTE 6.3).
//!
//! In: a file. Out: the names in it, and one member after another, unpacked into memory. What
//! is not needed for a book is refused as a whole before anything is unpacked: encryption,
//! other ways to compress than deflate, parts, ZIP64, names that lead out of the archive or
//! come twice, more than it can hold, and bombs: members that lie in one another, that grow
//! more than 200 times, or that are a gigabyte together. A member is never longer than its
//! entry says, and has the checksum that stands there.
//!
//! Written here because the reader of a library keeps the last of two members with one name
//! and tells nobody; beyond inflating there are two fixed records to read.

use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use varaq_storage::{Storage, StoredFile};

/// The end record and its longest comment.
const MAX_END: u64 = 22 + 65_535;
/// Longest list of members.
const MAX_LIST: u64 = 8 << 20;
/// Most members of an archive.
const MAX_MEMBERS: usize = 20_000;
/// Longest name, in bytes.
const MAX_NAME: usize = 1_024;
/// Most bytes of all members together.
const MAX_TOTAL: u64 = 1 << 30;
/// Most times that a member may be as long as it is packed.
const MAX_GROWTH: u64 = 200;
/// Members below this length may grow as they like: a blank picture does.
const SMALL: u64 = 1 << 20;

/// A file in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Member {
    pub(super) name: String,
    at: u64,
    packed: u64,
    pub(super) len: u64,
    crc: u32,
    deflated: bool,
}

/// The members of an archive.
#[derive(Debug)]
pub(super) struct Archive {
    path: PathBuf,
    pub(super) members: Vec<Member>,
}

/// Bytes from which numbers are taken in order, smallest byte first.
struct Numbers<'b>(&'b [u8]);

impl<'b> Numbers<'b> {
    fn bytes(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.bytes(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.bytes(4)?.try_into().ok()?))
    }
}

/// Where the list of members lies, and how many there should be.
struct End {
    members: u16,
    len: u64,
    at: u64,
}

impl Archive {
    /// Reads the list of members.
    pub(super) fn open(storage: &dyn Storage, path: &Path) -> Result<Archive, String> {
        let mut file = storage.open(path).map_err(|error| unread(&error))?;
        let whole = file.len_bytes().map_err(|error| unread(&error))?;
        let end = end(&mut file, whole)?;
        let list = slice(&mut file, end.at, end.len)?;
        let members = members(&list, end.members)?;
        let total = |of: fn(&Member) -> u64| members.iter().map(of).sum::<u64>();
        if total(|one| one.packed) > whole {
            return Err("an archive whose files lie in one another: refused".to_owned());
        }
        if total(|one| one.len) > MAX_TOTAL {
            return Err("more than a gigabyte when unpacked: refused".to_owned());
        }
        let path = path.to_owned();
        Ok(Archive { path, members })
    }

    pub(super) fn find(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|one| one.name == name)
    }

    /// Unpacks a member of at most `most` bytes.
    pub(super) fn read(
        &self,
        storage: &dyn Storage,
        member: &Member,
        most: u64,
    ) -> Result<Vec<u8>, String> {
        read(storage, &self.path, member, most)
    }
}

/// Unpacks a member of the archive `path`, of at most `most` bytes.
pub(super) fn read(
    storage: &dyn Storage,
    path: &Path,
    member: &Member,
    most: u64,
) -> Result<Vec<u8>, String> {
    if member.len > most {
        return Err(format!("longer than {} MiB", most >> 20));
    }
    let mut file = storage.open(path).map_err(|error| unread(&error))?;
    let start = body(&mut file, member)?;
    file.seek(SeekFrom::Start(start))
        .map_err(|error| unread(&error))?;
    let packed = (&mut file).take(member.packed);
    let mut out = Vec::new();
    let unpacked = match member.deflated {
        true => DeflateDecoder::new(packed)
            .take(member.len + 1)
            .read_to_end(&mut out),
        false => packed.take(member.len + 1).read_to_end(&mut out),
    };
    unpacked.map_err(|_| damaged())?;
    let mut crc = Crc::new();
    crc.update(&out);
    if out.len() as u64 != member.len || crc.sum() != member.crc {
        return Err(damaged());
    }
    Ok(out)
}

fn unread(error: &io::Error) -> String {
    format!("cannot be read: {}", error.kind())
}

fn damaged() -> String {
    "damaged: it does not unpack to what the archive says".to_owned()
}

fn cut() -> String {
    "no whole archive: its list of files is damaged or cut off".to_owned()
}

fn slice(file: &mut Box<dyn StoredFile>, at: u64, len: u64) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = file.seek(SeekFrom::Start(at));
    let read = read.and_then(|_| file.take(len).read_to_end(&mut out));
    match read.map_err(|error| unread(&error))? as u64 == len {
        true => Ok(out),
        false => Err(cut()),
    }
}

/// The last record of the file that is an end record and ends with the file.
fn end(file: &mut Box<dyn StoredFile>, whole: u64) -> Result<End, String> {
    let from = whole.saturating_sub(MAX_END);
    let tail = slice(file, from, whole - from)?;
    let starts = (0..tail.len().saturating_sub(21)).rev();
    let found = starts
        .filter_map(|at| Some((at, end_at(tail.get(at..)?)?)))
        .next();
    let (at, (parts, members, len, list)) = found.ok_or_else(cut)?;
    if parts != 0 {
        return Err("an archive in parts: refused".to_owned());
    }
    if members == u16::MAX || len == u32::MAX || list == u32::MAX {
        return Err("a ZIP64 archive: too large for a book, refused".to_owned());
    }
    let end = End {
        members,
        len: len.into(),
        at: list.into(),
    };
    if usize::from(members) > MAX_MEMBERS || end.len > MAX_LIST {
        return Err(format!("more than {MAX_MEMBERS} files in it: refused"));
    }
    match end.at + end.len <= from + at as u64 {
        true => Ok(end),
        false => Err(cut()),
    }
}

/// Number of the part, of members, length and place of their list.
fn end_at(bytes: &[u8]) -> Option<(u16, u16, u32, u32)> {
    let mut numbers = Numbers(bytes.strip_prefix(b"PK\x05\x06")?);
    let parts = numbers.u16()?.max(numbers.u16()?);
    let (_, members) = (numbers.u16()?, numbers.u16()?);
    let (len, at) = (numbers.u32()?, numbers.u32()?);
    let comment = numbers.u16()?;
    (numbers.0.len() == usize::from(comment)).then_some((parts, members, len, at))
}

fn members(list: &[u8], count: u16) -> Result<Vec<Member>, String> {
    let mut numbers = Numbers(list);
    let mut out = Vec::new();
    let mut names = HashSet::new();
    for _ in 0..count {
        let (member, flags, method) = member(&mut numbers).ok_or_else(cut)??;
        let name = member.name.clone();
        if flags & 0x2041 != 0 {
            return Err(format!("encrypted: {name}"));
        }
        if !matches!(method, 0 | 8) {
            return Err(format!(
                "compressed in a way that no book uses ({method}): {name}"
            ));
        }
        if member.len > SMALL && member.len / MAX_GROWTH > member.packed {
            return Err(format!(
                "grows more than {MAX_GROWTH} times when unpacked, refused: {name}"
            ));
        }
        if !names.insert(name.clone()) {
            return Err(format!("two files of one name: {name}"));
        }
        if !name.ends_with('/') {
            out.push(member);
        }
    }
    match numbers.0.is_empty() {
        true => Ok(out),
        false => Err(cut()),
    }
}

/// One entry of the list, its flags and its method; none: cut off.
fn member(numbers: &mut Numbers<'_>) -> Option<Result<(Member, u16, u16), String>> {
    if numbers.bytes(4)? != b"PK\x01\x02" {
        return None;
    }
    numbers.bytes(4)?;
    let (flags, method) = (numbers.u16()?, numbers.u16()?);
    numbers.bytes(4)?;
    let (crc, packed, len) = (numbers.u32()?, numbers.u32()?, numbers.u32()?);
    let lens = [numbers.u16()?, numbers.u16()?, numbers.u16()?];
    numbers.bytes(8)?;
    let at = numbers.u32()?;
    let [name, extra, comment] = lens.map(usize::from);
    let name = numbers.bytes(name)?;
    numbers.bytes(extra + comment)?;
    let name = match own_name(name) {
        Ok(name) => name,
        Err(why) => return Some(Err(why)),
    };
    let (at, packed, len) = (at.into(), packed.into(), len.into());
    let deflated = method == 8;
    Some(Ok((
        Member {
            name,
            at,
            packed,
            len,
            crc,
            deflated,
        },
        flags,
        method,
    )))
}

/// A name that stays in the archive.
fn own_name(bytes: &[u8]) -> Result<String, String> {
    let shown: String = String::from_utf8_lossy(bytes).chars().take(80).collect();
    let name = std::str::from_utf8(bytes)
        .ok()
        .filter(|name| !name.is_empty());
    let name = name.filter(|name| name.len() <= MAX_NAME && !name.contains(char::is_control));
    let name = name.ok_or_else(|| format!("a name that is none: {shown:?}"))?;
    let drive = name.get(1..2) == Some(":");
    let leads_out = name.split('/').any(|part| matches!(part, ".." | "."));
    if name.starts_with('/') || name.contains('\\') || drive || leads_out {
        return Err(format!("a name that leads out of the archive: {shown}"));
    }
    Ok(name.to_owned())
}

/// Where the bytes of a member begin: after a second record, whose own lengths count.
fn body(file: &mut Box<dyn StoredFile>, member: &Member) -> Result<u64, String> {
    let head = slice(file, member.at, 30)?;
    let mut numbers = Numbers(head.strip_prefix(b"PK\x03\x04").ok_or_else(damaged)?);
    let lens = numbers
        .bytes(22)
        .and_then(|_| numbers.u16().zip(numbers.u16()));
    let (name, extra) = lens.ok_or_else(damaged)?;
    Ok(member.at + 30 + u64::from(name) + u64::from(extra))
}
