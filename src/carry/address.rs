//! Addresses of mirrors, and names inside them.
//!
//! In: what a person typed, and names of files. Out: addresses that other programs read
//! without surprise (RFC 3986). Nothing here connects to anything.

use std::fmt;
use std::str::FromStr;

/// No address is longer.
const MAX_BYTES: usize = 2_048;

/// What an address may begin with, and what it is good for.
const SCHEMES: [&str; 3] = ["http://", "https://", "ftp://"];
const TRACKER_SCHEMES: [&str; 4] = ["http://", "https://", "udp://", "wss://"];

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It begins with nothing that is known here.
    #[error("expected {0}")]
    Scheme(&'static str),
    /// It names no host.
    #[error("expected a host behind ://")]
    Host,
    /// It holds a letter that an address has only as %XX.
    #[error("{0:?} must be written as %XX in an address")]
    Letter(char),
    /// It has a `?` or a `#`: there is no folder to put a name behind.
    #[error("expected the address of a folder, without ? and #")]
    NotAFolder,
    /// It is longer than any server takes.
    #[error("expected at most {MAX_BYTES} bytes")]
    TooLong,
}

/// The address of a folder on a server; it ends with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderAddress(String);

impl FolderAddress {
    /// The address of a file in it; `name` is a path with `/`.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        format!("{}{}", self.0, percent_encoded(name))
    }

    /// The folder, if a person gave the address of the file `name` in it.
    #[must_use]
    pub fn without_file(&self, name: &str) -> FolderAddress {
        let file = format!("/{}/", percent_encoded(name));
        match self.0.strip_suffix(&file) {
            Some(folder) => FolderAddress(format!("{folder}/")),
            None => self.clone(),
        }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FolderAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for FolderAddress {
    type Err = AddressError;

    /// A `/` at the end is added where it is missing.
    fn from_str(text: &str) -> Result<FolderAddress, AddressError> {
        checked(text, &SCHEMES, "http://, https:// or ftp://")?;
        if text.contains(['?', '#']) {
            return Err(AddressError::NotAFolder);
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        Ok(FolderAddress(format!("{text}{slash}")))
    }
}

/// The address of a BitTorrent tracker.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TrackerAddress(String);

impl TrackerAddress {
    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for TrackerAddress {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<TrackerAddress, AddressError> {
        checked(
            text,
            &TRACKER_SCHEMES,
            "http://, https://, udp:// or wss://",
        )?;
        Ok(TrackerAddress(text.to_owned()))
    }
}

fn checked(text: &str, schemes: &[&str], expected: &'static str) -> Result<(), AddressError> {
    if text.len() > MAX_BYTES {
        return Err(AddressError::TooLong);
    }
    let begins = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
    let rest = begins.ok_or(AddressError::Scheme(expected))?;
    if rest.is_empty() || rest.starts_with(['/', '?', '#']) {
        return Err(AddressError::Host);
    }
    // What would end an address in XML, in a shell or in a list of addresses.
    let strange = |c: char| !c.is_ascii_graphic() || "\"'<>\\^`{|}".contains(c);
    match text.chars().find(|&c| strange(c)) {
        Some(letter) => Err(AddressError::Letter(letter)),
        None => Ok(()),
    }
}

/// A path with `/` as a part of an address: everything but plain letters, digits and
/// `-._~` as %XX.
#[must_use]
pub fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b'/' => encoded.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// True if a name can stand in lists that other programs read: no control, no backslash
/// and nothing that turns the direction of what follows.
#[must_use]
pub fn is_listable(name: &str) -> bool {
    let strange = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\\' | '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{2028}' | '\u{2029}'
            )
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    !name.is_empty() && !name.contains(strange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_ends_with_a_slash_and_holds_files() {
        let folder: FolderAddress = "https://example.org/a".parse().unwrap();
        assert_eq!(
            folder.file("x/نان & 1.varaq"),
            "https://example.org/a/x/%D9%86%D8%A7%D9%86%20%26%201.varaq"
        );
        let file: FolderAddress = "https://example.org/a/b%20c".parse().unwrap();
        assert_eq!(file.without_file("b c").as_str(), "https://example.org/a/");
        assert_eq!(file.without_file("c"), file);
    }

    #[test]
    fn what_is_no_address_of_a_folder_is_refused() {
        for text in [
            "",
            "example.org",
            "file:///etc",
            "javascript:alert(1)",
            "https://",
            "https:///a",
            "https://example.org/a b",
            "https://example.org/\"",
            "https://example.org/<",
            "https://example.org/?a",
            "https://example.org/#a",
            "https://example.org/ا",
            "udp://a:1",
        ] {
            assert!(text.parse::<FolderAddress>().is_err(), "{text}");
        }
        assert!(
            format!("https://{}", "a".repeat(3_000))
                .parse::<FolderAddress>()
                .is_err()
        );
        assert!(
            "udp://tracker.example:6969/announce"
                .parse::<TrackerAddress>()
                .is_ok()
        );
        assert!("file:///announce".parse::<TrackerAddress>().is_err());
    }

    #[test]
    fn names_with_controls_are_not_listed() {
        for name in ["", "a\n", "a\u{0}", "\u{202e}a", "a\\b", "a\u{7f}"] {
            assert!(!is_listable(name), "{name:?}");
        }
        assert!(is_listable("a b/&<'\"نان\u{200c}.varaq"));
    }
}
