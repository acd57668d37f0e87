//! What Markdown and HTML have in common: elements, links and pictures of one article.

use super::build::{Builder, By, Kind, Style};
use super::clean::{clean_line, clean_words, decode_entities};
use super::html::{Attributes, Token, tokens};
use super::place::{Found, PictureSource, Places};
use super::saved::Saved;
use super::warning::Notes;
use varaq_article::{Article, Block, Inline, Role};

/// Most pictures of an article (FORMAT.md 5.2).
const MAX_MEDIA: usize = 1_024;
/// Longest alternative text that is kept, in characters.
const MAX_ALT: usize = 4_000;
/// Set in tags that stand for a shortcode: they are no raw HTML of the author's.
pub(super) const SHORTCODE: &str = "data-varaq";

pub(super) struct Page<'a> {
    pub(super) builder: Builder,
    pub(super) notes: Notes,
    pub(super) media: Vec<PictureSource>,
    /// The saved page that it is, with its pictures.
    pub(super) saved: Option<Saved>,
    /// True in a book: a link to another document of it leads nowhere in an issue.
    pub(super) within: bool,
    places: &'a Places<'a>,
    /// The element whose content vanishes until its closing tag.
    vanishing: Option<(String, u32)>,
    /// `sup` or `sub` while inside one.
    raised: Option<bool>,
    /// In a page of its own every tag is expected; in Markdown each is told.
    tell_tags: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(file: &str, places: &'a Places<'a>, tell_tags: bool) -> Page<'a> {
        Page {
            builder: Builder::new(),
            notes: Notes::new(file),
            media: Vec::new(),
            saved: None,
            within: false,
            places,
            vanishing: None,
            raised: None,
            tell_tags,
        }
    }

    pub(super) fn finish(mut self) -> (Article, Vec<PictureSource>, Notes) {
        if let Some((name, _)) = &self.vanishing {
            let what = format!("<{name}> is never closed: what follows it was left out");
            self.notes.add(0, what);
        }
        if self.builder.flattened {
            self.notes
                .add(0, "nesting too deep for an article was flattened");
        }
        (self.builder.finish(), self.media, self.notes)
    }

    /// Words outside of any tag.
    pub(super) fn words(&mut self, words: &str) {
        if self.vanishing.is_some() {
            return;
        }
        match self.raised {
            Some(up) => self.builder.words(&raise(words, up)),
            None => self.builder.words(words),
        }
    }

    pub(super) fn code(&mut self, words: &str) {
        if self.vanishing.is_none() {
            self.builder.code(words);
        }
    }

    /// A piece of HTML; `line_of` tells the line in the file of a line in it, from 0.
    pub(super) fn html(&mut self, source: &str, line_of: &dyn Fn(usize) -> u32) {
        let (mut counted, mut number) = (0, 0);
        for (at, token) in tokens(source) {
            let passed = source.as_bytes().get(counted..at).unwrap_or_default();
            number += passed.iter().filter(|&&byte| byte == b'\n').count();
            counted = at;
            let line = line_of(number);
            if self.builder.is_full() {
                return;
            }
            match token {
                Token::Text(text) => self.words(&decode_entities(text)),
                Token::Open {
                    name,
                    attributes,
                    raw,
                } => self.open(&name, &attributes, raw, line),
                Token::Close { name, raw } => self.close(&name, raw),
            }
        }
    }

    /// Words without any tag; blank lines part paragraphs.
    pub(super) fn plain(&mut self, words: &str) {
        let words = words.replace("\r\n", "\n");
        for part in words.split("\n\n") {
            let kind = Kind::Paragraph(Role::Body);
            self.builder.open(By::Html, "p", kind);
            self.words(part);
            self.builder.close(By::Html, "p");
        }
    }

    /// Ends what vanishes: a `<script>` inside a paragraph ends with it at the latest.
    pub(super) fn end_vanishing(&mut self) {
        self.vanishing = None;
    }

    fn open(&mut self, name: &str, attributes: &Attributes, raw: &str, line: u32) {
        let empty = raw.ends_with("/>");
        if let Some((vanishing, depth)) = &mut self.vanishing {
            if vanishing == name && !empty {
                *depth += 1;
            }
            return;
        }
        let shortcode = attributes.0.iter().any(|(name, _)| name == SHORTCODE);
        if !shortcode && (self.is_navigation(name, attributes)) {
            self.notes
                .add(line, format!("navigation <{name}> left out"));
            if !empty {
                self.vanishing = Some((name.to_owned(), 0));
            }
            return;
        }
        let block = |page: &mut Page<'_>, kind| page.builder.open(By::Html, name, kind);
        match name {
            "p" => block(self, Kind::Paragraph(Role::Body)),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.bytes().last().map_or(1, |digit| digit - b'0');
                block(self, Kind::Heading(level));
            }
            "blockquote" => block(self, Kind::Quote),
            "ul" | "menu" | "dir" => block(self, Kind::List(None)),
            "ol" => {
                let start = attributes
                    .value("start")
                    .and_then(|n| n.trim().parse().ok());
                block(self, Kind::List(Some(start.unwrap_or(1))));
            }
            "li" => block(self, Kind::Item),
            "pre" | "listing" | "xmp" => {
                block(self, Kind::Pre(String::new()));
                self.language(attributes);
            }
            "table" => block(self, Kind::Table(Vec::new())),
            "tr" => block(self, Kind::Row),
            "td" => block(self, Kind::Cell { header: false }),
            "th" => block(self, Kind::Cell { header: true }),
            "figure" => block(self, Kind::Figure),
            "figcaption" => block(self, Kind::Caption),
            "dt" | "summary" | "caption" | "legend" => {
                block(self, Kind::Paragraph(Role::Body));
                self.builder.style(Style::Strong, "");
            }
            "dd" => block(self, Kind::Plain),
            "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "center"
            | "address" | "details" | "dl" | "form" | "fieldset" | "hgroup" | "thead" | "tbody"
            | "tfoot" | "body" | "html" | "noscript" | "picture" | "dialog" | "search" => {
                block(self, Kind::Plain);
            }
            "b" | "strong" => self.builder.style(Style::Strong, ""),
            "i" | "em" | "cite" | "dfn" | "var" => self.builder.style(Style::Emphasis, ""),
            "code" | "tt" | "kbd" | "samp" => {
                self.language(attributes);
                if !self.builder.is_pre() {
                    self.builder.style(Style::Code, "");
                }
            }
            "a" => {
                let target = attributes.value("href").unwrap_or_default().to_owned();
                self.link(&target, line);
            }
            "br" => self.builder.line_break(),
            "wbr" => {}
            "hr" => self.builder.block(Block::Rule),
            "q" => self.words("“"),
            "sup" => self.raised = Some(true),
            "sub" => self.raised = Some(false),
            "img" | "image" => {
                let source = ["src", "data-src", "href"];
                let source = source.iter().find_map(|name| attributes.value(name));
                let caption = attributes.value("data-caption").unwrap_or_default();
                let alt = attributes.value("alt").unwrap_or_default();
                let dot = |side| matches!(attributes.value(side), Some("0" | "1"));
                if dot("width") && dot("height") {
                    self.notes
                        .add(line, "counting picture of one pixel left out");
                    return;
                }
                self.picture(source.unwrap_or_default(), alt, caption, line);
                return;
            }
            "iframe" | "video" | "audio" | "embed" | "object" => {
                self.embedded(name, attributes, line);
                return;
            }
            "script" | "style" | "template" | "svg" | "canvas" | "select" | "textarea"
            | "button" | "head" | "title" | "noframes" | "datalist" | "map" => {
                self.notes.add(line, format!("<{name}> left out"));
                if !empty {
                    self.vanishing = Some((name.to_owned(), 0));
                }
                return;
            }
            "input" | "link" | "meta" | "base" | "source" | "track" | "param" | "area"
            | "frame" => {
                self.notes.add(line, format!("<{name}> left out"));
                return;
            }
            "span" | "font" | "u" | "ins" | "del" | "s" | "strike" | "mark" | "small" | "big"
            | "abbr" | "acronym" | "time" | "label" | "bdi" | "bdo" | "ruby" | "rt" | "rp"
            | "rb" | "data" | "output" | "nobr" | "col" | "colgroup" | "math" | "mi" | "mn"
            | "mo" | "mrow" | "msup" | "msub" | "mfrac" | "slot" | "meter" | "progress"
            | "option" | "optgroup" | "blink" | "marquee" => {}
            _ if name.contains('-') => {}
            _ => {
                // `<jrandom>` in a log is a name between brackets, not an element.
                self.notes
                    .add(line, format!("<{name}> is no HTML element: kept as words"));
                self.words(&decode_entities(raw));
                return;
            }
        }
        if self.tell_tags && !shortcode {
            self.notes.add(line, "raw HTML taken for its meaning");
        }
    }

    fn close(&mut self, name: &str, raw: &str) {
        if let Some((vanishing, depth)) = &mut self.vanishing {
            if vanishing == name {
                match depth.checked_sub(1) {
                    Some(less) => *depth = less,
                    None => self.vanishing = None,
                }
            }
            return;
        }
        match name {
            "b" | "strong" => self.builder.end_style(Style::Strong),
            "i" | "em" | "cite" | "dfn" | "var" => self.builder.end_style(Style::Emphasis),
            "code" | "tt" | "kbd" | "samp" => self.builder.end_style(Style::Code),
            "a" => self.builder.end_style(Style::Link),
            "q" => self.words("”"),
            "sup" | "sub" => self.raised = None,
            _ if is_element(name) => self.builder.close(By::Html, name),
            _ => self.words(&decode_entities(raw)),
        }
    }

    /// In a whole page, what leads elsewhere is not the article.
    fn is_navigation(&self, name: &str, attributes: &Attributes) -> bool {
        const CLASSES: [&str; 9] = [
            "nav",
            "docnav",
            "navheader",
            "navfooter",
            "navigation",
            "breadcrumb",
            "breadcrumbs",
            "sidebar",
            "toc",
        ];
        if name == "nav" {
            return true;
        }
        if self.tell_tags || !matches!(name, "div" | "ul" | "ol" | "aside" | "header" | "p") {
            return false;
        }
        let class = attributes.value("class").unwrap_or_default();
        attributes.value("role") == Some("navigation")
            || attributes.value("id") == Some("banner")
            || class.split_whitespace().any(|one| CLASSES.contains(&one))
    }

    fn language(&mut self, attributes: &Attributes) {
        let class = attributes.value("class").unwrap_or_default();
        let named = class.split_whitespace().rev();
        let mut named = named.filter_map(|one| {
            one.strip_prefix("language-")
                .or_else(|| one.strip_prefix("lang-"))
        });
        if let Some(name) = attributes.value("data-lang").or(named.next()) {
            self.builder.name_language(name);
        }
    }

    /// Begins a link: what can be written down is kept, whole, never followed.
    pub(super) fn link(&mut self, target: &str, line: u32) {
        let (target, cut) = clean_line(target, varaq_article::MAX_TARGET);
        let scheme = target
            .split([':', '/', '?', '#'])
            .next()
            .unwrap_or_default();
        let scheme = if target.contains(':') {
            // A browser reads `java script:` as one word.
            let letters = scheme.chars().filter(|c| c.is_ascii_graphic());
            letters.collect::<String>().to_ascii_lowercase()
        } else {
            String::new()
        };
        let refused = match scheme.as_str() {
            "javascript" | "vbscript" | "data" | "file" => true,
            _ => cut,
        };
        if refused {
            self.notes.add(
                line,
                "target of a link left out (script, data, or too long)",
            );
        }
        let inner = self.within && scheme.is_empty() && !target.starts_with("//");
        let nowhere = refused || inner || target.is_empty() || target.starts_with('#');
        let target = if nowhere {
            String::new()
        } else {
            let plain = without_tracking(&target);
            if plain != target {
                self.notes.add(0, "tracking parameters of a link left out");
            }
            plain
        };
        self.builder.style(Style::Link, &target);
    }

    /// A picture: its file if it is found, else its words.
    pub(super) fn picture(&mut self, source: &str, alt: &str, caption: &str, line: u32) {
        if self.vanishing.is_some() {
            return;
        }
        let (alt, _) = clean_line(alt, MAX_ALT);
        let (caption, _) = clean_line(&without_tags(caption), MAX_ALT);
        if self.builder.is_pre() {
            self.words(&alt);
            return;
        }
        let inside = self
            .saved
            .as_ref()
            .and_then(|saved| saved.picture(source.trim()));
        let found = if let Some(bytes) = inside.filter(|_| self.media.len() < MAX_MEDIA) {
            Found::Bytes(bytes)
        } else if self.media.len() < MAX_MEDIA {
            self.places.find(source)
        } else {
            Found::Missing("more pictures than an article can hold".to_owned())
        };
        match found {
            Found::File(path) => self.shown(PictureSource::File(path), alt, &caption),
            Found::Bytes(bytes) => self.shown(PictureSource::Bytes(bytes), alt, &caption),
            Found::Inside(inside) => self.shown(PictureSource::Inside(inside), alt, &caption),
            Found::Remote => {
                self.notes
                    .add(line, format!("remote picture left out: {source}"));
                let words = first_filled(&[&alt, &caption, source]);
                let target = without_tracking(source);
                self.builder.style(Style::Link, &target);
                self.words(words);
                self.builder.end_style(Style::Link);
            }
            Found::Missing(why) => {
                self.notes
                    .add(line, format!("picture left out, {why}: {source}"));
                let words = first_filled(&[&alt, &caption]).to_owned();
                if !words.is_empty() {
                    self.words(&format!("[{words}]"));
                }
            }
        }
    }

    fn shown(&mut self, picture: PictureSource, alt: String, caption: &str) {
        let known = self.media.iter().position(|one| *one == picture);
        let medium = known.unwrap_or_else(|| {
            self.media.push(picture);
            self.media.len() - 1
        });
        let block = Block::Image {
            medium: u32::try_from(medium).unwrap_or(0),
            alt,
            caption: self.caption(caption),
        };
        self.builder.block(block);
    }

    /// The words below a picture; the address that the picture alone carried is not lost.
    fn caption(&self, words: &str) -> Vec<Inline> {
        if !words.is_empty() {
            return vec![Inline::Text(words.to_owned())];
        }
        match self.builder.link_here() {
            Some(target) if target.contains("://") && !is_picture_name(target) => {
                vec![Inline::Link {
                    target: target.to_owned(),
                    text: vec![Inline::Text(target.to_owned())],
                }]
            }
            _ => Vec::new(),
        }
    }

    /// Something that plays: its address is shown, nothing is embedded.
    fn embedded(&mut self, name: &str, attributes: &Attributes, line: u32) {
        let source = ["src", "data", "data-src"];
        let source = source.iter().find_map(|name| attributes.value(name));
        self.notes
            .add(line, format!("<{name}> left out, its address is shown"));
        if let Some(source) = source {
            let target = source
                .strip_prefix("//")
                .map(|rest| format!("https://{rest}"));
            let target = target.unwrap_or_else(|| source.to_owned());
            self.builder
                .open(By::Html, "p", Kind::Paragraph(Role::Body));
            self.link(&target, line);
            self.words(&target);
            self.builder.end_style(Style::Link);
            self.builder.close(By::Html, "p");
        }
    }
}

fn is_element(name: &str) -> bool {
    const NAMES: &str = " p h1 h2 h3 h4 h5 h6 blockquote ul menu dir ol li pre listing xmp table tr \
         td th figure figcaption dt summary caption legend dd div section article main header \
         footer aside center address details dl form fieldset hgroup thead tbody tfoot body html \
         noscript picture dialog search br wbr hr img image iframe video audio embed object script \
         style template svg canvas select textarea button head title noframes datalist map input \
         link meta base source track param area frame span font u ins del s strike mark small big \
         abbr acronym time label bdi bdo ruby rt rp rb data output nobr col colgroup math mi mn mo \
         mrow msup msub mfrac slot meter progress option optgroup blink marquee nav ";
    name.contains('-') || NAMES.contains(&format!(" {name} "))
}

fn first_filled<'s>(texts: &[&'s str]) -> &'s str {
    let mut filled = texts.iter().filter(|text| !text.trim().is_empty());
    filled.next().copied().unwrap_or_default()
}

/// True if the last part of a path ends like a picture.
pub(super) fn is_picture_name(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('.').next().unwrap_or_default();
    matches!(
        ending.to_ascii_lowercase().as_str(),
        "jpg"
            | "jpeg"
            | "jfif"
            | "png"
            | "gif"
            | "webp"
            | "svg"
            | "avif"
            | "bmp"
            | "tif"
            | "tiff"
            | "heic"
    )
}

/// The target without the parameters that only tell a server who sent the reader.
pub(super) fn without_tracking(target: &str) -> String {
    let Some((path, rest)) = target.split_once('?') else {
        return target.to_owned();
    };
    let (query, fragment) = match rest.split_once('#') {
        Some((query, fragment)) => (query, Some(fragment)),
        None => (rest, None),
    };
    let tracks = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default();
        name.starts_with("utm_")
            || matches!(
                name,
                "fbclid"
                    | "gclid"
                    | "dclid"
                    | "gbraid"
                    | "wbraid"
                    | "msclkid"
                    | "igshid"
                    | "igsh"
                    | "mc_eid"
                    | "mc_cid"
                    | "yclid"
                    | "ysclid"
                    | "twclid"
                    | "ttclid"
                    | "li_fat_id"
                    | "mkt_tok"
                    | "_hsenc"
                    | "_hsmi"
                    | "_openstat"
                    | "oly_enc_id"
                    | "vero_id"
                    | "wickedid"
            )
    };
    let kept: Vec<&str> = query.split('&').filter(|one| !tracks(one)).collect();
    let mut out = path.to_owned();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

/// The words of a piece of HTML.
pub(super) fn without_tags(source: &str) -> String {
    let mut out = String::new();
    for (_, token) in tokens(source) {
        match token {
            Token::Text(text) => out.push_str(&decode_entities(text)),
            Token::Open { name, raw, .. } | Token::Close { name, raw }
                if !is_element(&name)
                    && !matches!(
                        name.as_str(),
                        "a" | "b"
                            | "i"
                            | "em"
                            | "strong"
                            | "code"
                            | "tt"
                            | "kbd"
                            | "samp"
                            | "cite"
                            | "dfn"
                            | "var"
                            | "q"
                            | "sup"
                            | "sub"
                    ) =>
            {
                out.push_str(raw);
            }
            _ => out.push(' '),
        }
    }
    clean_words(&out)
}

/// Superscript or subscript digits, if every character has one; a raised 2 that
/// comes down beside a 10 would make another number of it.
fn raise(words: &str, up: bool) -> String {
    let (digits, signs) = if up {
        ("⁰¹²³⁴⁵⁶⁷⁸⁹", "⁺⁻⁼⁽⁾ⁿ")
    } else {
        ("₀₁₂₃₄₅₆₇₈₉", "₊₋₌₍₎ₙ")
    };
    let raised = words.trim().chars().map(|c| match c {
        '0'..='9' => digits.chars().nth(c as usize - '0' as usize),
        _ => "+-=()n".find(c).and_then(|at| signs.chars().nth(at)),
    });
    let raised: Option<String> = raised.collect();
    raised.unwrap_or_else(|| words.to_owned())
}
