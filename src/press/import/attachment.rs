//! Attachments of a WordPress site: what galleries and covers name by a number.

use super::call::quoted;
use super::xml::Fields;
use std::collections::HashMap;

/// A file that was uploaded.
#[derive(Debug, Default)]
pub(super) struct Attachment {
    /// Its address.
    pub(super) url: String,
    /// What it shows, for those who cannot see it.
    pub(super) alt: String,
    caption: String,
}

/// All attachments, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Attachments {
    all: HashMap<String, Attachment>,
    /// Numbers by the post that they were uploaded to, in the order of the export.
    by_post: HashMap<String, Vec<String>>,
}

impl Attachments {
    /// Takes in an item of the export.
    pub(super) fn add(&mut self, fields: &Fields<'_>) {
        let text = |names: &[&str]| fields.text(names).unwrap_or_default().to_owned();
        let id = text(&["wp:post_id"]);
        let mut metas = fields
            .all("wp:postmeta")
            .map(|meta| Fields::of(meta.inner, false));
        let alt =
            metas.find(|meta| meta.text(&["wp:meta_key"]) == Some("_wp_attachment_image_alt"));
        let alt = alt.and_then(|meta| meta.text(&["wp:meta_value"]).map(str::to_owned));
        let attachment = Attachment {
            url: text(&["wp:attachment_url", "guid"]),
            alt: alt.unwrap_or_default(),
            caption: text(&["excerpt:encoded"]),
        };
        let post = text(&["wp:post_parent"]);
        if !post.is_empty() && post != "0" {
            self.by_post.entry(post).or_default().push(id.clone());
        }
        self.all.insert(id, attachment);
    }

    pub(super) fn find(&self, id: &str) -> Option<&Attachment> {
        self.all.get(id)
    }

    /// Numbers of what was uploaded to a post.
    pub(super) fn of(&self, post: &str) -> &[String] {
        self.by_post.get(post).map_or(&[], Vec::as_slice)
    }
}

impl Attachment {
    /// As a figure of HTML.
    pub(super) fn figure(&self) -> String {
        let (url, alt) = (quoted(&self.url), quoted(&self.alt));
        let words = match self.caption.trim().is_empty() {
            true => String::new(),
            false => format!("<figcaption>{}</figcaption>", self.caption),
        };
        format!("\n\n<figure><img src=\"{url}\" alt=\"{alt}\">{words}</figure>\n\n")
    }
}
