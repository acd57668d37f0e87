//! The text of a WordPress post to plain HTML: shortcodes, and paragraphs that are only
//! blank lines.

use super::attachment::Attachments;
use super::page::is_picture_name;
use super::warning::Notes;

/// Longest shortcode.
const MAX_CODE: usize = 4_096;

/// What was uploaded to a site, and which post is read.
pub(super) struct Uploads<'u> {
    pub(super) all: &'u Attachments,
    /// Number of the post.
    pub(super) post: &'u str,
}

/// The HTML of a post. Comments of blocks are left to the scanner, which drops them.
pub(super) fn html(body: &str, uploads: &Uploads<'_>, notes: &mut Notes) -> String {
    let expanded = shortcodes(body, uploads, notes);
    if body.contains("<!-- wp:") {
        return expanded;
    }
    paragraphs(&expanded)
}

/// Blank lines end paragraphs and line feeds end lines, except in preformatted text.
fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text.as_str();
    while let Some(start) = rest.find("<pre") {
        let (before, from) = rest.split_at(start);
        let end = from
            .find("</pre>")
            .map_or(from.len(), |end| end + "</pre>".len());
        let (pre, after) = from.split_at(end);
        plain_paragraphs(before, &mut out);
        out.push_str(pre);
        rest = after;
    }
    plain_paragraphs(rest, &mut out);
    out
}

fn plain_paragraphs(text: &str, out: &mut String) {
    const BLOCKS: [&str; 18] = [
        "<p", "<div", "<h", "<ul", "<ol", "<li", "<bl", "<ta", "<tr", "<td", "<th", "<fi", "</",
        "<dl", "<dt", "<dd", "<se", "<ar",
    ];
    let blank = |line: &str| line.trim().is_empty();
    let mut lines = text.lines().peekable();
    while lines.peek().is_some() {
        let mut part = Vec::new();
        while let Some(line) = lines.next_if(|line| !blank(line)) {
            part.push(line);
        }
        while lines.next_if(|line| blank(line)).is_some() {}
        let first = part
            .first()
            .map_or("", |line| line.trim_start())
            .to_ascii_lowercase();
        if part.is_empty() {
            continue;
        }
        if BLOCKS.iter().any(|block| first.starts_with(block)) {
            out.push_str(&part.join("\n"));
        } else {
            out.push_str("<p>");
            out.push_str(&part.join("<br>\n"));
            out.push_str("</p>");
        }
        out.push('\n');
    }
}

fn shortcodes(body: &str, uploads: &Uploads<'_>, notes: &mut Notes) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match code(from) {
            Some((code, after)) if is_known(&code) => {
                expand(&code, uploads, notes, &mut out);
                rest = after;
            }
            _ => {
                out.push('[');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

struct Code<'a> {
    closing: bool,
    name: &'a str,
    rest: &'a str,
}

impl<'a> Code<'a> {
    fn value(&self, name: &str) -> Option<&'a str> {
        let from = self.rest.find(&format!("{name}="))? + name.len() + 1;
        let value = self.rest.get(from..)?;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        match quote {
            Some(quote) => value.get(1..)?.split(quote).next(),
            None => value.split_whitespace().next(),
        }
    }
}

fn code(from: &str) -> Option<(Code<'_>, &str)> {
    let body = from.strip_prefix('[')?;
    let window = body.char_indices().take(MAX_CODE);
    let end = window
        .into_iter()
        .find(|(_, c)| matches!(c, ']' | '[' | '\n'))?
        .0;
    let (inner, after) = body.split_at(end);
    let after = after.strip_prefix(']')?;
    let (closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner),
        None => (false, inner),
    };
    let len = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
    let (name, rest) = inner.split_at(len.unwrap_or(inner.len()));
    let letter = name.starts_with(|c: char| c.is_ascii_lowercase());
    letter.then_some((
        Code {
            closing,
            name,
            rest,
        },
        after,
    ))
}

/// `[sic]` is a word between brackets; what has a value or an end is a shortcode.
fn is_known(code: &Code<'_>) -> bool {
    const NAMES: [&str; 8] = [
        "caption",
        "wp_caption",
        "gallery",
        "embed",
        "audio",
        "video",
        "playlist",
        "more",
    ];
    code.closing || NAMES.contains(&code.name) || code.rest.contains('=')
}

fn expand(code: &Code<'_>, uploads: &Uploads<'_>, notes: &mut Notes, out: &mut String) {
    match (code.name, code.closing) {
        ("caption" | "wp_caption", false) => {
            out.push_str("\n\n<figure>");
            if let Some(words) = code.value("caption") {
                out.push_str(&format!("<figcaption>{words}</figcaption>"));
            }
        }
        // Words beside the picture are its caption: the builder makes them so.
        ("caption" | "wp_caption", true) => {
            let start = out.rfind("<figure>");
            let inner = start
                .and_then(|at| out.get(at..))
                .unwrap_or_default()
                .to_owned();
            let image = inner.rfind("<img").and_then(|img| {
                let end = inner.get(img..)?.find('>')? + img + 1;
                let link = inner
                    .get(end..)?
                    .strip_prefix("</a>")
                    .map_or(end, |_| end + 4);
                Some(link)
            });
            if let (Some(start), Some(image)) = (start, image) {
                let words = inner.get(image..).unwrap_or_default().trim();
                let words = format!("<figcaption>{words}</figcaption>");
                let words = if words.contains("><") {
                    String::new()
                } else {
                    words
                };
                out.truncate(start + image);
                out.push_str(&words);
            }
            out.push_str("</figure>\n\n");
        }
        ("gallery", false) => gallery(code, uploads, notes, out),
        ("embed", _) => {}
        ("audio" | "video", false) => {
            let address = ["src", "mp4", "mp3", "m4a", "ogg", "webm"];
            if let Some(source) = address.iter().find_map(|name| code.value(name)) {
                out.push_str(&format!("<{} src=\"{source}\"></{}>", code.name, code.name));
            }
        }
        (name, false) => notes.add(0, format!("shortcode [{name}] left out, its words kept")),
        _ => {}
    }
}

/// Pictures by their numbers; without numbers, all that were uploaded to the post.
fn gallery(code: &Code<'_>, uploads: &Uploads<'_>, notes: &mut Notes, out: &mut String) {
    let ids = code.value("ids").or(code.value("include"));
    let ids: Vec<&str> = match ids {
        Some(ids) => ids.split(',').map(str::trim).collect(),
        None => uploads
            .all
            .of(uploads.post)
            .iter()
            .map(String::as_str)
            .collect(),
    };
    let mut shown = 0;
    for attachment in ids.iter().take(1_024).filter_map(|id| uploads.all.find(id)) {
        if is_picture_name(&attachment.url) {
            out.push_str(&attachment.figure());
            shown += 1;
        }
    }
    if shown == 0 {
        notes.add(0, "gallery left out: its pictures are not in the export");
    } else if shown < ids.len() {
        notes.add(
            0,
            format!(
                "gallery: {shown} of {} files are pictures in the export",
                ids.len()
            ),
        );
    }
}
