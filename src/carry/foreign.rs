//! What is odd about a file beside bundles: programs, shortcuts, names that hide what they are.
//!
//! In: a name and the first bytes of the file. Out: [`Oddity`]s. A verdict protects whoever
//! opens a bundle with a reader; it cannot protect a person who double-clicks
//! `news.varaq.exe`. Nothing here is proof of anything: a program beside bundles may be the
//! reader that somebody meant to bring along.

use std::ffi::OsStr;
use std::fmt;

use varaq_trust::look_alike;

/// Endings that a system runs, or opens with something that runs what is inside.
const PROGRAMS: &str = " exe com scr pif bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta msi msp \
    msix appx appxbundle jar cpl dll sys ocx reg inf gadget application chm hlp scf xll iso img \
    vhd vhdx one sh bash zsh csh run bin appimage py pyw pl rb php deb rpm flatpak snap apk xapk \
    aab ipa app command tool workflow dmg pkg mpkg osx action terminal elf out so dylib ";

/// Endings that only point to something else.
const SHORTCUTS: &str = " lnk url desktop webloc website library-ms search-ms appref-ms \
    settingcontent-ms contact theme ";

/// Names that a system reads by itself when a folder or a stick is opened.
const AUTORUNS: [&str; 5] = [
    "autorun.inf",
    "autorun.sh",
    "autorun",
    ".autorun",
    "desktop.ini",
];

/// Files that stand beside a bundle by right (FORMAT.md section 8, and copies under way).
const COMPANIONS: &str = " sig part head torrent meta4 metalink zsync ";

/// Signs that a line of writing takes for a full stop.
const DOTS: [char; 8] = [
    '.', '\u{2024}', '\u{3002}', '\u{ff0e}', '\u{ff61}', '\u{a4f8}', '\u{6d4}', '\u{701}',
];

/// Something that a person should know before touching a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Oddity {
    /// The system would run it: by its ending, or because it begins like a program.
    Program,
    /// It leads somewhere else, whatever it looks like.
    Shortcut,
    /// A system may read it by itself when the stick is opened.
    Autorun,
    /// An ending before its ending: `news.varaq.exe`, `photo.jpg.scr`.
    DoubleEnding,
    /// Signs in the name turn the order of its letters round: `news[RLO]exe.varaq`.
    TurnedName,
    /// Signs in the name that nobody sees.
    HiddenSigns,
    /// Letters of another script that look like the expected ones.
    Lookalike,
}

impl Oddity {
    /// Its name, for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Oddity::Program => "PROGRAM",
            Oddity::Shortcut => "SHORTCUT",
            Oddity::Autorun => "AUTORUN",
            Oddity::DoubleEnding => "DOUBLE_ENDING",
            Oddity::TurnedName => "TURNED_NAME",
            Oddity::HiddenSigns => "HIDDEN_SIGNS",
            Oddity::Lookalike => "LOOKALIKE",
        }
    }

    /// What it means for a person.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Oddity::Program => "a program: start it only if you know who put it there",
            Oddity::Shortcut => "a shortcut that may start anything",
            Oddity::Autorun => "read by some systems when the stick is opened",
            Oddity::DoubleEnding => "its last ending counts, not the one before",
            Oddity::TurnedName => "its name is shown in another order than it is written",
            Oddity::HiddenSigns => "its name holds signs that cannot be seen",
            Oddity::Lookalike => "its name is written with letters that look like others",
        }
    }
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is odd about a file, by its name and its first eight bytes (zeros where it has none,
/// or where nobody has looked).
#[must_use]
pub fn oddities(name: &OsStr, first: &[u8; 8]) -> Vec<Oddity> {
    let name = name.to_string_lossy();
    let endings = endings(&name);
    let mut found = Vec::new();
    let mut note = |oddity, odd: bool| found.extend(odd.then_some(oddity));
    let last = endings.first().map_or("", String::as_str);
    let program = is_in(PROGRAMS, last) || begins_like_a_program(first);
    let shortcut = is_in(SHORTCUTS, last) || begins_like_a_shortcut(first);
    note(Oddity::Program, program);
    note(Oddity::Shortcut, shortcut);
    note(
        Oddity::Autorun,
        AUTORUNS.contains(&name.to_lowercase().as_str()),
    );
    note(
        Oddity::DoubleEnding,
        is_double(&endings, program || shortcut),
    );
    note(Oddity::TurnedName, name.chars().any(turns));
    note(Oddity::HiddenSigns, name.chars().any(is_hidden));
    note(Oddity::Lookalike, is_lookalike(&name, last));
    found
}

/// The endings of a name, last first, in lower case, without the blanks and full stops that
/// push the last one out of sight (and that Windows leaves away).
fn endings(name: &str) -> Vec<String> {
    let plain: String = name
        .chars()
        .filter(|&c| !turns(c) && !is_hidden(c))
        .collect();
    let trimmed = plain.trim_end_matches([' ', '.', '\u{a0}']);
    let mut parts: Vec<&str> = trimmed.split(DOTS).collect();
    parts.reverse();
    parts.pop();
    let lower = |part: &str| part.trim().to_lowercase();
    parts.into_iter().map(lower).collect()
}

/// A bundle's ending, or that of a document, before another one.
fn is_double(endings: &[String], runs: bool) -> bool {
    const DOCUMENTS: &str = " varaq txt pdf doc docx odt rtf jpg jpeg png gif mp3 mp4 zip epub zim \
        htm html xls xlsx ppt pptx csv md ";
    let [last, before @ ..] = endings else {
        return false;
    };
    let bundle = before.iter().any(|ending| ending == "varaq");
    let document = before.iter().any(|ending| is_in(DOCUMENTS, ending));
    bundle && !is_in(COMPANIONS, last) && last != "varaq" || document && runs
}

fn is_in(list: &str, ending: &str) -> bool {
    !ending.is_empty() && list.split_whitespace().any(|one| one == ending)
}

fn begins_like_a_program(first: &[u8; 8]) -> bool {
    const MACH_O: [[u8; 4]; 5] = [
        [0xfe, 0xed, 0xfa, 0xce],
        [0xfe, 0xed, 0xfa, 0xcf],
        [0xce, 0xfa, 0xed, 0xfe],
        [0xcf, 0xfa, 0xed, 0xfe],
        [0xca, 0xfe, 0xba, 0xbe],
    ];
    first.starts_with(b"MZ")
        || first.starts_with(b"\x7fELF")
        || first.starts_with(b"#!")
        || MACH_O.iter().any(|magic| first.starts_with(magic))
}

fn begins_like_a_shortcut(first: &[u8; 8]) -> bool {
    first == b"\x4c\0\0\0\x01\x14\x02\0"
}

/// Overrides, embeddings, isolates. The marks that Persian or Hebrew text needs between two
/// letters (ZWNJ, RLM) turn nothing round by themselves.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What has no width and joins nothing.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
                | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// The ending of a bundle in other letters, a full stop that is none, or a word of Latin and
/// other letters.
fn is_lookalike(name: &str, last: &str) -> bool {
    let ending = !last.is_ascii() && look_alike(last, "varaq");
    let dotted = last == "varaq" && !name.to_lowercase().contains(".varaq");
    ending || dotted || name.split(|c: char| !c.is_alphabetic()).any(is_mixed)
}

fn is_mixed(word: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}');
    // Greek, Cyrillic, Armenian, Cherokee, Coptic, full-width and mathematical Latin.
    let close = |c: char| {
        matches!(c, '\u{370}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{2c80}'..='\u{2cff}'
            | '\u{ff21}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7ff}')
    };
    word.chars().any(latin) && word.chars().any(close)
}
