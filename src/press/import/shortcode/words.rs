//! What a shortcode that stands for itself, and an expression, become.

use super::super::call::{Call, arguments, prefixed, quoted};
use super::super::clean::MARK;
use super::super::page::{SHORTCODE, is_picture_name};
use super::Pass;

impl<'s> Pass<'s, '_> {
    /// What a shortcode that stands for itself becomes.
    pub(super) fn words_for(&mut self, call: &Call<'_>, line: u32) -> String {
        let name = call.name.to_ascii_lowercase();
        let first = call.position(0);
        match name.as_str() {
            "figure" | "img" | "image" | "legacy-img" | "legacy-img-right" | "legacy-img-left"
            | "img-right" | "img-left" | "picture" | "photo" | "gif" | "thumbnail" | "include"
            | "include_relative" | "responsive_image" | "lightbox" => {
                let keys = [
                    "src",
                    "source",
                    "file",
                    "image_path",
                    "url",
                    "path",
                    "poster",
                    "link",
                ];
                let source = call.named(&keys).or(first).unwrap_or_default();
                if name.starts_with("include") && !is_picture_name(source) {
                    self.notes
                        .add(line, format!("include of {source} left out"));
                    return String::new();
                }
                let caption = call.named(&["caption", "attr"]);
                let caption = caption.or(call.named(&["title"])).unwrap_or_default();
                let alt = call
                    .named(&["alt"])
                    .or(call.position(1))
                    .unwrap_or_default();
                format!(
                    "{MARK}<img {SHORTCODE} src=\"{}\" alt=\"{}\" data-caption=\"{}\">",
                    quoted(source),
                    quoted(alt),
                    quoted(caption)
                )
            }
            "ref" | "relref" | "post_url" | "tmp" => first.unwrap_or_default().to_owned(),
            "link" => {
                let target = call.named(&["href", "url"]).or(first);
                target.unwrap_or_default().to_owned()
            }
            "button" | "featured-resource" | "asset-static" | "cta" => {
                let target = call.named(&["href", "url", "link", "file"]).or(first);
                let words = call.named(&["text", "label", "title", "kicker"]);
                self.address(target.unwrap_or_default(), words)
            }
            "youtube" | "youtube_embed" => {
                let id = call.named(&["id"]).or(first).unwrap_or_default();
                self.address(
                    &prefixed("https://www.youtube.com/watch?v=", id),
                    call.named(&["title"]),
                )
            }
            "vimeo" => {
                let id = call.named(&["id"]).or(first).unwrap_or_default();
                self.address(&prefixed("https://vimeo.com/", id), call.named(&["title"]))
            }
            "tweet" | "twitter" | "x" | "twitter_simple" => {
                let user = call.named(&["user"]);
                let id = call
                    .named(&["id"])
                    .or(call.position(usize::from(call.position(1).is_some())));
                let address = format!("https://x.com/{}/status/", user.unwrap_or("i"));
                self.address(&prefixed(&address, id.unwrap_or_default()), None)
            }
            "instagram" => {
                let id = call.named(&["id"]).or(first).unwrap_or_default();
                self.address(&prefixed("https://www.instagram.com/p/", id), None)
            }
            "gist" => {
                let user = first.unwrap_or_default();
                let id = call.position(1).unwrap_or_default();
                self.address(&format!("https://gist.github.com/{user}/{id}"), None)
            }
            "fb-video" | "cspan-iframe" | "iframe" | "video" | "audio" | "embed" => {
                let target = call.named(&["src", "url", "href"]).or(first);
                self.address(target.unwrap_or_default(), call.named(&["title"]))
            }
            "note" | "hint" | "tip" | "warning" | "info" | "notice" | "callout" | "alert"
            | "admonition" | "box" | "ring" | "columns" | "column" | "accordion" | "details"
            | "expand" | "tabs" | "tab" | "card-prompt" | "card-policy" | "center" | "rtl"
            | "ltr" | "div" | "section" => self.frame(call, line),
            "toc" | "more" | "br" | "capture" | "assign" => {
                self.notes.add(line, format!("shortcode {name} left out"));
                String::new()
            }
            _ => {
                let body: String = call.body.split_whitespace().collect::<Vec<_>>().join(" ");
                let body: String = body.chars().take(120).collect();
                self.notes
                    .add(line, format!("unknown shortcode left out: {body}"));
                String::new()
            }
        }
    }

    /// A box around words: its heading and texts stay, the box does not.
    fn frame(&mut self, call: &Call<'_>, line: u32) -> String {
        let name = &call.name;
        self.notes.add(
            line,
            format!("frame of shortcode {name} left out, its words stay"),
        );
        let mut words = String::new();
        let title = call
            .named(&["kicker"])
            .into_iter()
            .chain(call.named(&["title", "summary"]));
        for title in title {
            words.push_str(&format!("\n\n**{}**\n\n", title.replace('*', "\\*")));
        }
        if let Some(text) = call.named(&["intro", "text"]) {
            words.push_str(&format!("\n\n{text}\n\n"));
        }
        if let Some(target) = call.named(&["button-url"]) {
            words.push_str(&self.address(target, call.named(&["button-text"])));
        }
        words
    }

    fn address(&mut self, target: &str, words: Option<&str>) -> String {
        if target.is_empty() {
            self.notes
                .add(self.line, "shortcode without an address left out");
            return String::new();
        }
        // Inside of a link's brackets only the address itself makes sense.
        if self.out.ends_with("](") {
            return target.to_owned();
        }
        let words = quoted(words.unwrap_or(target));
        format!(
            "{MARK}<a {SHORTCODE} href=\"{}\">{words}</a>",
            quoted(target)
        )
    }

    /// `{{ … }}`: an expression of Liquid, a macro, or Zola's shortcode.
    pub(super) fn value(&mut self, body: &'s str, len: usize) {
        let line = self.line;
        let inner = body.trim().trim_matches('-').trim();
        let (expression, filters) = inner.split_once('|').unwrap_or((inner, ""));
        let expression = expression.trim();
        let (name, arguments) = match expression.split_once('(') {
            Some((name, rest)) => (name.trim(), arguments(rest.trim_end_matches(')'), ',')),
            None => (expression, Vec::new()),
        };
        let lower = name.to_ascii_lowercase();
        let by_position = |at: usize| {
            let mut unnamed = arguments.iter().filter(|(name, _)| name.is_empty());
            unnamed.nth(at).map(|(_, value)| value.clone())
        };
        let text = match lower.as_str() {
            "site.baseurl" | "site.url" | "site.github.url" => String::new(),
            "glossary" | "domxref" | "cssxref" | "jsxref" | "svgelement" | "svgattr"
            | "mathmlelement" | "httpheader" | "httpmethod" | "httpstatus" | "rfc" | "csp"
            | "color" | "optional" => by_position(1).or(by_position(0)).unwrap_or_default(),
            "htmlelement" => by_position(1)
                .unwrap_or_else(|| format!("`<{}>`", by_position(0).unwrap_or_default())),
            "deprecated_inline"
            | "experimental_inline"
            | "optional_inline"
            | "readonlyinline"
            | "non-standard_inline" => format!("({})", lower.split('_').next().unwrap_or("")),
            _ if expression.starts_with(['"', '\'']) && filters.contains("url") => {
                expression.trim_matches(['"', '\'']).to_owned()
            }
            _ if name.contains(['.', ' ']) || expression.is_empty() || !inner.contains('(') => {
                self.notes
                    .add(line, format!("expression left out: {{{{ {inner} }}}}"));
                String::new()
            }
            _ => {
                // Zola calls its shortcodes like functions.
                let call = Call {
                    name: name.to_owned(),
                    closing: false,
                    arguments,
                    body,
                };
                self.words_for(&call, line)
            }
        };
        self.skip(len);
        // Words of a macro are words: `<div>` in them is no tag.
        if text.contains(MARK) || self.out.ends_with('`') || text.starts_with("`<") {
            self.write(&text);
        } else {
            self.write(&text.replace('<', "&lt;"));
        }
    }
}
