//! Which system a program is for, from its first bytes.
//!
//! Names decide nothing here: a stick that carries the wrong program is a stick that does
//! not open.

use std::fmt;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use varaq_storage::{Facts, Storage};

use super::{StickError, unreadable};

/// Where the header of a Windows program is looked for.
const HEAD_BYTES: usize = 4_096;
/// How the reader is called, before its ending.
const PROGRAM: &str = "varaq-reader";

/// A system that the reader is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum System {
    /// Windows on a PC, 64 bits.
    Windows,
    /// Linux on a PC, 64 bits.
    Linux,
    /// Linux on ARM, 64 bits.
    LinuxArm,
}

impl System {
    /// What most readers have; without these a person is told.
    pub const WANTED: [System; 2] = [System::Windows, System::Linux];

    /// For file names.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            System::Windows => "Windows",
            System::Linux => "Linux",
            System::LinuxArm => "Linux-ARM",
        }
    }

    pub(super) fn ending(self) -> &'static str {
        match self {
            System::Windows => ".exe",
            System::Linux | System::LinuxArm => "",
        }
    }

    /// What loads a program that may not be started: sticks are mounted so.
    pub(super) fn loader(self) -> Option<&'static str> {
        match self {
            System::Windows => None,
            System::Linux => Some("/lib64/ld-linux-x86-64.so.2"),
            System::LinuxArm => Some("/lib/ld-linux-aarch64.so.1"),
        }
    }

    /// The system that a file with these first bytes runs on, if it is a program for one of
    /// them: ELF's `e_machine`, PE's `Machine`.
    #[must_use]
    pub fn of_program(head: &[u8]) -> Option<System> {
        let at = |at: usize, len: usize| head.get(at..at.checked_add(len)?);
        if at(0, 6)? == b"\x7fELF\x02\x01" {
            return match at(18, 2)? {
                [0x3e, 0] => Some(System::Linux),
                [0xb7, 0] => Some(System::LinuxArm),
                _ => None,
            };
        }
        if at(0, 2)? != b"MZ" {
            return None;
        }
        let pe = u32::from_le_bytes(at(0x3c, 4)?.try_into().ok()?);
        let pe = usize::try_from(pe).ok()?;
        (at(pe, 6)? == b"PE\0\0\x64\x86").then_some(System::Windows)
    }
}

impl fmt::Display for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            System::Windows => "Windows",
            System::Linux => "Linux",
            System::LinuxArm => "Linux (ARM)",
        })
    }
}

/// The programs that were named: each a program, or a folder that holds some called
/// `varaq-reader…`, itself or one folder deeper.
///
/// # Errors
/// If one is no program, a folder holds none, or two are for one system.
pub fn find_programs(
    storage: &dyn Storage,
    named: &[PathBuf],
) -> Result<Vec<(System, PathBuf)>, StickError> {
    let mut found: Vec<(System, PathBuf)> = Vec::new();
    for path in named {
        let programs = match storage
            .facts(path)
            .map_err(|error| unreadable(path, error))?
        {
            Facts::Folder => in_folder(storage, path, true)?,
            _ => system_of(storage, path)?
                .map(|system| (system, path.clone()))
                .into_iter()
                .collect(),
        };
        if programs.is_empty() {
            return Err(StickError::NotAProgram(path.clone()));
        }
        found.extend(programs);
    }
    found.sort();
    found.dedup();
    match found
        .windows(2)
        .find(|pair| matches!(pair, [(a, _), (b, _)] if a == b))
    {
        Some([(system, one), (_, other)]) => Err(StickError::TwoPrograms {
            system: *system,
            one: one.clone(),
            other: other.clone(),
        }),
        _ => Ok(found),
    }
}

fn in_folder(
    storage: &dyn Storage,
    folder: &Path,
    and_below: bool,
) -> Result<Vec<(System, PathBuf)>, StickError> {
    let mut found = Vec::new();
    let names = storage
        .list(folder)
        .map_err(|error| unreadable(folder, error))?;
    for name in names {
        let path = folder.join(&name);
        let is_reader = name.to_str().is_some_and(is_reader);
        match storage.facts(&path) {
            Ok(Facts::Folder) if and_below => found.extend(in_folder(storage, &path, false)?),
            Ok(Facts::File { .. }) if is_reader => {
                found.extend(system_of(storage, &path)?.map(|system| (system, path)));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// `varaq-reader`, `varaq-reader.exe`, `varaq-reader-arm64`; not `varaq-reader.d`.
fn is_reader(name: &str) -> bool {
    name.strip_prefix(PROGRAM)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || rest == ".exe")
}

fn system_of(storage: &dyn Storage, path: &Path) -> Result<Option<System>, StickError> {
    let read = || -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        let file = storage.open(path)?;
        file.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        Ok(head)
    };
    match read() {
        Ok(head) => Ok(System::of_program(&head)),
        Err(error) if error.kind() == ErrorKind::IsADirectory => Ok(None),
        Err(source) => Err(unreadable(path, source)),
    }
}
