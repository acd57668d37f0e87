//! WordPress: the file of Tools, Export (WXR).
//!
//! Only what is published, open and an article or a page becomes an article. Drafts, private
//! posts, those with a password, revisions, menus and attachments never do; each is named or
//! counted. An author is named as the site shows him, never by the name of the account.

use super::attachment::Attachments;
use super::blocks;
use super::classic::{self, Uploads};
use super::export::{Entry, Export, Surveyed, name_of};
use super::front;
use super::language;
use super::page::Page;
use super::spans::{self, Spans};
use super::warning::Warning;
use super::xml::Fields;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use varaq_storage::Storage;

#[derive(Debug)]
struct WordPress {
    path: PathBuf,
    attachments: Attachments,
    /// Where blocks that posts share lie, by their numbers.
    blocks: HashMap<String, (u64, u64)>,
}

/// Looks through an export.
pub(super) fn survey(storage: &dyn Storage, path: &Path) -> Result<Surveyed, String> {
    let spans = spans::xml_items(storage, path, &["item"])?;
    let mut survey = Survey::new(path, &spans);
    for (number, &span) in spans.items.iter().enumerate() {
        let label = format!("{}#{}", survey.file, number + 1);
        match spans::item(storage, path, span) {
            Ok(text) => survey.item(label, span, &Fields::of(&text, true)),
            Err(why) => survey
                .warnings
                .push(Warning::skipped(&label, format!("{why}: left out"))),
        }
    }
    if spans.cut {
        let label = format!("{}#{}", survey.file, spans.items.len() + 1);
        survey.warnings.push(Warning::skipped(
            &label,
            "the file ends inside it: left out",
        ));
    }
    Ok(survey.finish(path))
}

struct Survey {
    file: String,
    authors: HashMap<String, String>,
    language: Option<String>,
    attachments: Attachments,
    blocks: HashMap<String, (u64, u64)>,
    entries: Vec<Entry>,
    warnings: Vec<Warning>,
    /// What is no article, by its kind.
    others: BTreeMap<String, u32>,
}

impl Survey {
    fn new(path: &Path, spans: &Spans) -> Survey {
        let channel = spans
            .head
            .split_once("<channel>")
            .map_or("", |(_, rest)| rest);
        let head = Fields::of(channel, false);
        let authors = head.all("wp:author").filter_map(|author| {
            let author = Fields::of(author.inner, false);
            let login = author.text(&["wp:author_login"])?.to_owned();
            let shown = author.text(&["wp:author_display_name"])?.to_owned();
            Some((login, shown))
        });
        Survey {
            file: name_of(path),
            authors: authors.collect(),
            language: told_language(head.text(&["language"])),
            attachments: Attachments::default(),
            blocks: HashMap::new(),
            entries: Vec::new(),
            warnings: Vec::new(),
            others: BTreeMap::new(),
        }
    }

    fn item(&mut self, label: String, (at, len): (u64, u64), fields: &Fields<'_>) {
        let kind = fields
            .text(&["wp:post_type"])
            .unwrap_or("of no kind")
            .to_owned();
        if kind == "attachment" {
            self.attachments.add(fields);
        }
        let published = fields.text(&["wp:status"]) == Some("publish");
        if kind == "wp_block" && published {
            let id = fields.text(&["wp:post_id"]).unwrap_or_default();
            self.blocks.insert(id.to_owned(), (at, len));
        }
        if !matches!(kind.as_str(), "post" | "page") {
            *self.others.entry(kind).or_default() += 1;
            return;
        }
        let status = fields.text(&["wp:status"]).unwrap_or("without a status");
        let why = if fields.text(&["wp:post_password"]).is_some() {
            "protected by a password: left out".to_owned()
        } else if status != "publish" {
            format!("not published ({status}): left out")
        } else {
            let entry = self.entry(label, fields);
            self.entries.push(Entry { at, len, ..entry });
            return;
        };
        self.warnings.push(Warning::skipped(&label, why));
    }

    fn entry(&self, label: String, fields: &Fields<'_>) -> Entry {
        let text = |names: &[&str]| fields.text(names).unwrap_or_default().to_owned();
        let mut sections = fields.all("category").filter(|one| {
            one.attributes.value("domain") == Some("category")
                && one.attributes.value("nicename") != Some("uncategorized")
        });
        let login = fields.text(&["dc:creator"]).unwrap_or_default();
        Entry {
            label,
            title: text(&["title"]),
            byline: self.authors.get(login).cloned().unwrap_or_default(),
            standfirst: text(&["excerpt:encoded"]),
            day: fields
                .text(&["wp:post_date", "wp:post_date_gmt"])
                .and_then(front::day),
            section: sections
                .next()
                .map(|one| one.text.clone())
                .unwrap_or_default(),
            language: self.language.clone(),
            key: text(&["guid", "link"]),
            address: text(&["link"]),
            lead: fields.text(&["wp:is_sticky"]) == Some("1"),
            ..Entry::default()
        }
    }

    fn finish(mut self, path: &Path) -> Surveyed {
        for (kind, count) in &self.others {
            let what = format!("{count} × {kind}: no article, left out");
            self.warnings.push(Warning::whole(&self.file, what));
        }
        // A site has many sticky posts, an issue one lead: the first.
        let mut led = false;
        for entry in &mut self.entries {
            entry.lead = entry.lead && !led;
            led = led || entry.lead;
        }
        Surveyed {
            export: Arc::new(WordPress {
                path: path.to_owned(),
                attachments: self.attachments,
                blocks: self.blocks,
            }),
            entries: self.entries,
            warnings: self.warnings,
        }
    }
}

/// The language that a site tells. English is what nobody changed: then letters tell.
pub(super) fn told_language(told: Option<&str>) -> Option<String> {
    let tag = told.and_then(language::tag)?;
    (tag != "en" && !tag.starts_with("en-")).then_some(tag)
}

impl Export for WordPress {
    fn read(
        &self,
        storage: &dyn Storage,
        entry: &Entry,
        page: &mut Page<'_>,
    ) -> Result<(), String> {
        let text = spans::item(storage, &self.path, (entry.at, entry.len))?;
        let fields = Fields::of(&text, true);
        let mut metas = fields
            .all("wp:postmeta")
            .map(|meta| Fields::of(meta.inner, false));
        let cover = metas.find(|meta| meta.text(&["wp:meta_key"]) == Some("_thumbnail_id"));
        let cover = cover.and_then(|meta| {
            let id = meta.text(&["wp:meta_value"])?.to_owned();
            self.attachments.find(&id)
        });
        if let Some(cover) = cover {
            page.picture(&cover.url, &cover.alt, "", 0);
        }
        let body = fields.text(&["content:encoded"]).unwrap_or_default();
        let mut shared = |id: &str| {
            let text = spans::item(storage, &self.path, *self.blocks.get(id)?).ok()?;
            let block = Fields::of(&text, true);
            block.text(&["content:encoded"]).map(str::to_owned)
        };
        let body = blocks::whole(body, &mut shared, &mut page.notes);
        let uploads = Uploads {
            all: &self.attachments,
            post: fields.text(&["wp:post_id"]).unwrap_or_default(),
        };
        let html = classic::html(&body, &uploads, &mut page.notes);
        page.html(&html, &|_| 0);
        Ok(())
    }
}
