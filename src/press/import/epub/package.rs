//! The package document of a book: what it is called, and which documents are read in which
//! order.

use crate::import::archive::{Archive, Member};
use crate::import::place::decoded;
use crate::import::warning::Warning;
use crate::import::xml::Fields;
use crate::import::{front, language};
use std::collections::{BTreeMap, HashMap};
use varaq_storage::Storage;

/// Longest document that tells about the book.
const MAX_PACKAGE: u64 = 4 << 20;

/// What a book says about itself.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) title: String,
    pub(super) byline: String,
    pub(super) language: Option<String>,
    pub(super) day: Option<u32>,
    /// What stays the same from edition to edition.
    pub(super) identifier: String,
    /// Names of the documents in the line of reading.
    pub(super) documents: Vec<String>,
    /// Documents of the book that are not in it.
    aside: Vec<String>,
    /// The table of contents of EPUB 3, and of EPUB 2.
    pub(super) nav: Option<String>,
    pub(super) ncx: Option<String>,
    /// What is no document, by its kind.
    others: BTreeMap<String, u32>,
}

/// A line of the manifest.
struct Item {
    name: String,
    kind: String,
}

/// The text of a member that tells about the book. Entities of its own are refused.
pub(super) fn text(
    storage: &dyn Storage,
    archive: &Archive,
    member: &Member,
) -> Result<String, String> {
    let told = |why: String| format!("{}: {why}", member.name);
    let bytes = archive.read(storage, member, MAX_PACKAGE).map_err(told)?;
    let text = String::from_utf8(bytes).map_err(|_| told("not UTF-8".to_owned()))?;
    match text.contains("<!ENTITY") {
        true => Err(told(
            "it declares entities of its own, which are refused".to_owned(),
        )),
        false => Ok(text),
    }
}

impl Package {
    pub(super) fn read(storage: &dyn Storage, archive: &Archive) -> Result<Package, String> {
        encrypted(storage, archive)?;
        let container = archive.find("META-INF/container.xml");
        let container = container.ok_or("no book: META-INF/container.xml is missing")?;
        let container = text(storage, archive, container)?;
        let name = attribute(&container, "rootfile", "full-path");
        let name = name.ok_or("META-INF/container.xml names no package document")?;
        let member = archive.find(&name);
        let member = member.ok_or_else(|| format!("its package document {name} is missing"))?;
        let package = text(storage, archive, member)?;
        Ok(Package::of(&name, &package))
    }

    fn of(name: &str, source: &str) -> Package {
        let mut out = Package::default();
        let fields = Fields::of(source, true);
        let part = |name: &str| {
            let own = fields.0.iter();
            let mut own = own.filter(|field| local(&field.name) == name);
            own.next().map(|field| Fields::of(field.inner, false))
        };
        if let Some(metadata) = part("metadata") {
            out.metadata(&metadata);
        }
        let manifest = part("manifest").map(|manifest| out.manifest(name, &manifest));
        let manifest = manifest.unwrap_or_default();
        if let Some(spine) = part("spine") {
            out.spine(&spine, &manifest);
        }
        out
    }

    fn metadata(&mut self, fields: &Fields<'_>) {
        let text = |name: &str| fields.text(&[name]).unwrap_or_default().to_owned();
        self.title = text("dc:title");
        self.language = fields.text(&["dc:language"]).and_then(language::tag);
        self.identifier = text("dc:identifier");
        let writes = |role: Option<&str>| role.is_none_or(|role| role == "aut");
        let authors = fields
            .all("dc:creator")
            .filter(|one| writes(one.attributes.value("opf:role")));
        let authors: Vec<&str> = authors.map(|one| one.text.trim()).collect();
        self.byline = authors.join(", ");
        let mut dates: Vec<_> = fields.all("dc:date").collect();
        let made = |event: Option<&str>| match event {
            Some("publication") => 0,
            None => 1,
            Some(_) => 2,
        };
        dates.sort_by_key(|date| made(date.attributes.value("opf:event")));
        self.day = dates
            .into_iter()
            .find_map(|date| front::day(date.text.trim()));
    }

    fn manifest(&mut self, package: &str, fields: &Fields<'_>) -> HashMap<String, Item> {
        let mut out = HashMap::new();
        for item in fields.0.iter().filter(|field| local(&field.name) == "item") {
            let value = |name| item.attributes.value(name).unwrap_or_default();
            let Some(name) = resolved(package, value("href")) else {
                continue;
            };
            let kind = value("media-type").to_ascii_lowercase();
            if value("properties")
                .split_whitespace()
                .any(|one| one == "nav")
            {
                self.nav = Some(name.clone());
            } else if kind == "application/x-dtbncx+xml" {
                self.ncx = Some(name.clone());
            } else if !is_document(&kind) && !kind.starts_with("image/") {
                *self.others.entry(kind.clone()).or_default() += 1;
            }
            out.insert(value("id").to_owned(), Item { name, kind });
        }
        out
    }

    fn spine(&mut self, fields: &Fields<'_>, manifest: &HashMap<String, Item>) {
        for line in fields
            .0
            .iter()
            .filter(|field| local(&field.name) == "itemref")
        {
            let item = line
                .attributes
                .value("idref")
                .and_then(|id| manifest.get(id));
            let Some(item) = item.filter(|item| !self.documents.contains(&item.name)) else {
                continue;
            };
            let aside = line.attributes.value("linear") == Some("no") || !is_document(&item.kind);
            match aside {
                true => self.aside.push(item.name.clone()),
                false => self.documents.push(item.name.clone()),
            }
        }
        let mut left: Vec<&Item> = manifest
            .values()
            .filter(|item| is_document(&item.kind))
            .collect();
        left.sort_by(|a, b| a.name.cmp(&b.name));
        for item in left {
            let known = self.documents.contains(&item.name) || self.aside.contains(&item.name);
            if !known && !self.is_contents(&item.name) {
                self.aside.push(item.name.clone());
            }
        }
    }

    pub(super) fn is_contents(&self, name: &str) -> bool {
        self.nav.as_deref() == Some(name)
    }

    /// What is left out of the book whatever is in it.
    pub(super) fn told(&self, file: &str) -> Vec<Warning> {
        let aside = self.aside.iter().map(|name| {
            let what = "not in the line of reading: left out";
            Warning::skipped(&format!("{file}:{name}"), what)
        });
        let others = self.others.iter().map(|(kind, count)| {
            let kind = super::clean_line(kind, 60).0;
            Warning::whole(file, format!("{count} × {kind}: no article, left out"))
        });
        aside.chain(others).collect()
    }
}

fn is_document(kind: &str) -> bool {
    matches!(
        kind,
        "application/xhtml+xml" | "text/html" | "text/x-oeb1-document"
    )
}

/// The name of an element without the prefix that a book chose for it.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The attribute of the first element of that name.
fn attribute(source: &str, element: &str, name: &str) -> Option<String> {
    super::tokens(source).find_map(|(_, token)| match token {
        super::Token::Open {
            name: own,
            attributes,
            ..
        } if local(&own) == element => attributes.value(name).map(str::to_owned),
        _ => None,
    })
}

/// Books under a lock list what is encrypted. Fonts may be: they are not read.
fn encrypted(storage: &dyn Storage, archive: &Archive) -> Result<(), String> {
    let Some(list) = archive.find("META-INF/encryption.xml") else {
        return Ok(());
    };
    let list = text(storage, archive, list)?;
    let locked = super::tokens(&list).find_map(|(_, token)| match token {
        super::Token::Open {
            name, attributes, ..
        } if local(&name) == "cipherreference" => {
            let name = attributes.value("uri")?.to_ascii_lowercase();
            let ending = name.rsplit('.').next().unwrap_or_default().to_owned();
            let font = matches!(ending.as_str(), "otf" | "ttf" | "woff" | "woff2" | "ttc");
            (!font).then_some(name)
        }
        _ => None,
    });
    match locked {
        Some(name) => Err(format!("the book is locked (its {name} is encrypted)")),
        None => Ok(()),
    }
}

/// The name in the archive that `address` in the document `from` means; none: it leads out.
pub(super) fn resolved(from: &str, address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(path);
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    (!path.is_empty()).then(|| parts.join("/"))
}
