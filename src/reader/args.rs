//! The command line of `varaq-reader`: at most one file, where things are kept, a language and a theme.
use crate::{theme::ThemeName, words::Language};
use std::{ffi::OsString, path::PathBuf};

/// What the window starts with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// A bundle, contact, note or picture to open.
    pub file: Option<PathBuf>,
    /// `--memory`: nothing is kept.
    pub memory: bool,
    /// `--shelf`: things are kept in this folder, which may travel.
    pub shelf: Option<PathBuf>,
    /// `--lang`, else the PC's language.
    pub language: Option<Language>,
    /// `--theme`, else what was chosen before, else as the computer.
    pub theme: Option<ThemeName>,
    /// Writes a picture of the window (PPM) there and ends; for tests and documentation.
    pub screenshot: Option<PathBuf>,
}

/// What the command line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Open the window.
    Window(Arguments),
    /// Print [`HELP`].
    Help,
    /// Print the version.
    Version,
    /// Wrong usage, in words.
    Wrong(String),
}

/// Text of `--help`.
pub const HELP: &str = "\
varaq-reader: read signed bundles in a window

Usage: varaq-reader [OPTIONS] [FILE]

  FILE                  a bundle (NAME.varaq) to open; or a contact, a suspension note,
                        or a picture of a publisher's QR code
      --memory          keep nothing: not the shelf, not what is read, not whom you trust
      --shelf DIR       keep everything in this folder, as on a stick
                        [default: a folder varaq-shelf beside the program, else what was
                        chosen at the first start]
      --lang TAG        language of the window: fa, ckb, ar, az, ru or en [default: what was
                        chosen before, else the system's]
      --theme light|sepia|dark|contrast
  -h, --help
  -V, --version

Without a display use `varaq check FILE`, `varaq list FILE`, `varaq show FILE ARTICLE`.
";

/// Reads the arguments that follow the program's name.
#[must_use]
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Request {
    let mut found = Arguments::default();
    let mut only_files = false;
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        let word = argument.to_str().unwrap_or_default();
        if only_files || !word.starts_with('-') || word == "-" {
            if found.file.replace(PathBuf::from(&argument)).is_some() {
                return Request::Wrong("only one file can be opened".to_owned());
            }
            continue;
        }
        let (name, glued) = match word.split_once('=') {
            Some((name, value)) => (name, Some(OsString::from(value))),
            None => (word, None),
        };
        let mut value = || glued.clone().or_else(|| rest.next());
        match name {
            "--" => only_files = true,
            "-h" | "--help" => return Request::Help,
            "-V" | "--version" => return Request::Version,
            "--memory" => found.memory = true,
            "--shelf" => match value() {
                Some(path) if !path.is_empty() => found.shelf = Some(path.into()),
                _ => return Request::Wrong("--shelf takes a folder".to_owned()),
            },
            "--lang" => match value()
                .as_deref()
                .and_then(|v| v.to_str())
                .and_then(Language::from_tag)
            {
                Some(language) => found.language = Some(language),
                None => return Request::Wrong("--lang takes fa, ckb, ar, az, ru or en".to_owned()),
            },
            "--theme" => match value()
                .as_deref()
                .and_then(|v| v.to_str())
                .and_then(ThemeName::from_word)
            {
                Some(theme) => found.theme = Some(theme),
                None => {
                    return Request::Wrong(
                        "--theme takes light, sepia, dark or contrast".to_owned(),
                    );
                }
            },
            "--screenshot" => match value() {
                Some(path) => found.screenshot = Some(path.into()),
                None => return Request::Wrong("--screenshot takes a file".to_owned()),
            },
            other => return Request::Wrong(format!("unknown option {other}")),
        }
    }
    if found.memory && found.shelf.is_some() {
        return Request::Wrong("--memory keeps nothing, so it does not go with --shelf".to_owned());
    }
    Request::Window(found)
}
