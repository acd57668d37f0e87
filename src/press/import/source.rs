//! One source file to one article.

use super::clean::{clean_line, decode_entities};
use super::front::{self, Front};
use super::page::{Page, is_picture_name, without_tags};
use super::place::{Found, PictureSource, Places};
use super::survey::{Item, Source, Survey, read_text};
use super::warning::{Notes, Warning};
use super::{html, language, markdown, shortcode};
use rayon::prelude::*;
use varaq_article::{Article, Block, Inline, Role, inline_text, plain_text, word_count};
use varaq_bundle::{Day, Direction};
use varaq_storage::Storage;

/// Longest title and byline, in characters (FORMAT.md 5.2).
const MAX_TITLE: usize = 512;
const MAX_BYLINE: usize = 256;

/// An article as the catalog and its own bytes will hold it.
#[derive(Clone, Debug)]
pub struct SourceArticle {
    /// What was known before it was read.
    pub source: Source,
    /// Its title; never empty.
    pub title: String,
    /// Who wrote it; may be empty.
    pub byline: String,
    /// Language tag.
    pub language: String,
    /// Which way its text runs.
    pub direction: Direction,
    /// Its day.
    pub day: Day,
    /// Number of words.
    pub words: u64,
    /// The blocks, their pictures numbered by [`pictures`](SourceArticle::pictures).
    pub article: Article,
    /// The pictures.
    pub pictures: Vec<PictureSource>,
    /// What was left out of it.
    pub warnings: Vec<Warning>,
}

/// Reads every article of a survey, on all cores. For tests and small issues: a packer
/// reads one after another.
#[must_use]
pub fn read_all(storage: &dyn Storage, survey: &Survey) -> (Vec<SourceArticle>, Vec<Warning>) {
    let results: Vec<_> = {
        let read = |source: &Source| source.read(storage);
        survey.sources.par_iter().map(read).collect()
    };
    let mut articles = Vec::new();
    let mut warnings = survey.warnings.clone();
    for result in results {
        match result {
            Ok(article) => {
                warnings.extend(article.warnings.iter().cloned());
                articles.push(article);
            }
            Err(warning) => warnings.push(warning),
        }
    }
    (articles, warnings)
}

impl Source {
    /// Reads the article.
    ///
    /// # Errors
    /// The warning that tells why it is left out: the file changed or vanished since the
    /// survey, or holds more than an article can.
    pub fn read(&self, storage: &dyn Storage) -> Result<SourceArticle, Warning> {
        if let Some(item) = &self.item {
            return self.read_entry(storage, item);
        }
        let skipped = |why: String| self.skipped(&why);
        let text = read_text(storage, &self.path).map_err(skipped)?;
        let parts = front::split(&text);
        let folder = self.path.parent().unwrap_or(&self.root);
        let places = Places {
            storage,
            root: &self.root,
            folder,
            media: self.media.as_deref(),
            export: None,
        };
        let lower = self.file.to_ascii_lowercase();
        let whole_page = [".html", ".htm", ".xhtml"]
            .iter()
            .any(|end| lower.ends_with(end));
        let mut page = Page::new(&self.file, &places, !whole_page);
        let mut page_title = None;
        let mut page_language = None;
        if whole_page {
            let (title, told, body, line) = whole(parts.body, parts.body_line);
            (page_title, page_language) = (title, told);
            let lines = shortcode_free(body, line, parts.body_line > 1, &mut page.notes);
            page.html(&lines.text, &|number| {
                lines.from.get(number).copied().unwrap_or(line)
            });
        } else {
            let lines = shortcode::expand(parts.body, parts.body_line, &mut page.notes);
            markdown::read(&mut page, &lines);
        }
        self.finish(&parts.front, page_title, page_language, page, &places)
    }

    /// Reads an article of an export.
    fn read_entry(&self, storage: &dyn Storage, item: &Item) -> Result<SourceArticle, Warning> {
        let places = Places {
            storage,
            root: &self.root,
            folder: &self.root,
            media: self.media.as_deref(),
            export: Some((item.export.as_ref(), &item.entry)),
        };
        let mut page = Page::new(&self.file, &places, false);
        let read = item.export.read(storage, &item.entry, &mut page);
        read.map_err(|why| self.skipped(&why))?;
        self.finish(&item.entry.front(), None, None, page, &places)
    }

    fn skipped(&self, why: &str) -> Warning {
        Warning::skipped(&self.file, format!("{why}: left out"))
    }

    /// What is true of every article, wherever it comes from.
    fn finish(
        &self,
        front: &Front,
        page_title: Option<String>,
        page_language: Option<String>,
        page: Page<'_>,
        places: &Places<'_>,
    ) -> Result<SourceArticle, Warning> {
        if page.builder.is_full() {
            return Err(self.skipped("more than an article can hold"));
        }
        let (mut article, mut pictures, mut notes) = page.finish();
        let title = self.title(front, page_title, &mut article, &mut notes);
        cover(front, places, &mut article, &mut pictures, &mut notes);
        standfirst(front, &mut article);
        let words = plain_text(&article);
        let language = self.language.clone().or(page_language);
        let language = language.unwrap_or_else(|| {
            let prose = without_code(&article);
            let detected = language::detect(&prose).or_else(|| language::detect(&title));
            detected.unwrap_or("en").to_owned()
        });
        let direction = language::direction(&language, &words);
        let encoded = varaq_article::encode(&article);
        if let Err(error) = varaq_article::decode(&encoded) {
            return Err(self.skipped(&format!("more than an article can hold ({error})")));
        }
        Ok(SourceArticle {
            title,
            byline: byline(front, &mut notes),
            language,
            direction,
            day: self.day,
            words: word_count(&article),
            article,
            pictures,
            warnings: notes.into_warnings(),
            source: self.clone(),
        })
    }

    /// The title from front matter, the page, or the first heading, which then is no
    /// heading any more; else from the file's name.
    fn title(
        &self,
        front: &Front,
        page_title: Option<String>,
        article: &mut Article,
        notes: &mut Notes,
    ) -> String {
        let told = front.text(&["title", "headline"]).or(page_title);
        let (mut title, mut cut) =
            told.map_or((String::new(), false), |told| clean_line(&told, MAX_TITLE));
        // A short page may carry no heading of its own; one in the first three blocks that
        // says the same as the title would be printed twice.
        let heading = article.blocks.iter().take(3).position(|block| match block {
            Block::Heading { level, text } => {
                let words = inline_text(text);
                if title.is_empty() {
                    *level <= 2
                } else {
                    words.trim() == title
                }
            }
            _ => false,
        });
        if let Some(at) = heading
            && let Block::Heading { text, .. } = article.blocks.remove(at)
            && title.is_empty()
        {
            (title, cut) = clean_line(&inline_text(&text), MAX_TITLE);
        }
        if cut {
            notes.add(0, "title longer than 512 characters: cut");
        }
        if title.is_empty() {
            notes.add(0, "no title: the name of the file was used");
            title = title_from_name(&self.file);
        }
        title
    }
}

/// The words of an article without its code, which is English everywhere.
fn without_code(article: &Article) -> String {
    let prose = article.blocks.iter();
    let prose = prose.filter(|block| !matches!(block, Block::Code { .. }));
    plain_text(&Article {
        blocks: prose.cloned().collect(),
    })
}

/// Title, language and body of a whole page of HTML, and the line of its body.
fn whole(source: &str, first_line: u32) -> (Option<String>, Option<String>, &str, u32) {
    let mut title = None;
    let mut told = None;
    let mut body = (0, source.len());
    let mut main = None;
    let mut parts = html::tokens(source).peekable();
    while let Some((at, token)) = parts.next() {
        match token {
            html::Token::Open {
                name,
                attributes,
                raw,
            } => match name.as_str() {
                "title" if title.is_none() => {
                    if let Some((_, html::Token::Text(words))) = parts.peek() {
                        title = Some(decode_entities(words));
                    }
                }
                "html" | "body" => {
                    let tag = attributes.value("lang").or(attributes.value("xml:lang"));
                    told = told.or_else(|| tag.and_then(language::tag));
                    if name == "body" {
                        body.0 = at + raw.len();
                    }
                }
                "main" if main.is_none() => main = Some((at + raw.len(), source.len())),
                _ => {}
            },
            html::Token::Close { name, .. } => match (name.as_str(), &mut main) {
                ("body", _) => body.1 = at,
                ("main", Some(main)) => main.1 = at,
                _ => {}
            },
            html::Token::Text(_) => {}
        }
    }
    let (from, to) = main.unwrap_or(body);
    let before = source.get(..from).unwrap_or_default();
    let lines = u32::try_from(before.matches('\n').count()).unwrap_or(0);
    let inner = source.get(from..to).unwrap_or(source);
    (title, told, inner, first_line + lines)
}

/// A page with front matter belongs to a site and may hold Liquid; any other page is what
/// it is, braces included.
fn shortcode_free(body: &str, line: u32, site: bool, notes: &mut Notes) -> markdown::Lines {
    if site {
        return shortcode::expand(body, line, notes);
    }
    let count = u32::try_from(body.matches('\n').count()).unwrap_or(0);
    markdown::Lines {
        text: body.to_owned(),
        from: (line..=line.saturating_add(count)).collect(),
    }
}

fn title_from_name(file: &str) -> String {
    let mut parts = file.rsplit('/');
    let own = parts.next().unwrap_or_default();
    let stem = own.split('.').next().unwrap_or_default();
    let stem = match (stem, parts.next()) {
        ("index", Some(folder)) => folder,
        _ => stem,
    };
    let words = stem.replace(['-', '_'], " ");
    let (words, _) = clean_line(&words, MAX_TITLE);
    if words.is_empty() {
        "–".to_owned()
    } else {
        words
    }
}

fn byline(front: &Front, notes: &mut Notes) -> String {
    let names = front.list(&["authors", "author", "byline"]);
    let mut names = if names.is_empty() {
        let extra = front.inner("extra");
        extra.list(&["authors", "author"])
    } else {
        names
    };
    if names.is_empty() {
        names = front.inner("taxonomies").list(&["authors", "author"]);
    }
    let names: Vec<String> = names.iter().map(|name| clean_line(name, 1_024).0).collect();
    let (line, cut) = clean_line(&names.join(", "), MAX_BYLINE);
    if cut {
        notes.add(0, "byline longer than 256 characters: cut");
    }
    line
}

/// The summary above an article, unless it is only how the article begins.
fn standfirst(front: &Front, article: &mut Article) {
    let told = front.text(&["deck", "standfirst", "description", "summary", "excerpt"]);
    let Some(told) = told else { return };
    let (words, _) = clean_line(&without_tags(&told), 4_000);
    let letters = |text: &str, most: usize| -> String {
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        letters.take(most).collect()
    };
    let told = letters(&words, 400);
    let body = letters(&plain_text(article), 2_000);
    if told.is_empty() || body.contains(&told) || (body.len() > 200 && told.starts_with(&body)) {
        return;
    }
    article.blocks.insert(
        0,
        Block::Paragraph {
            role: Role::Standfirst,
            text: vec![Inline::Text(words)],
        },
    );
}

/// The picture that front matter names, above everything else.
fn cover(
    front: &Front,
    places: &Places<'_>,
    article: &mut Article,
    pictures: &mut Vec<PictureSource>,
    notes: &mut Notes,
) {
    let names = [
        "image",
        "featured_image",
        "featuredImage",
        "cover",
        "primary_image",
        "thumbnail",
        "banner",
    ];
    let told = names.iter().find_map(|name| {
        let inner = front.inner(name);
        let source = inner.text(&["src", "url", "path", "image", "file", "uid"]);
        let source = source.or_else(|| front.text(&[name]))?;
        let alt = inner.text(&["alt"]).unwrap_or_default();
        let caption = inner.text(&["caption", "title"]).unwrap_or_default();
        Some((source, alt, caption))
    });
    let Some((source, alt, caption)) = told else {
        return;
    };
    let found = if is_picture_name(&source) {
        places.find(&source)
    } else {
        Found::Missing("its name is no picture's".to_owned())
    };
    let path = match found {
        Found::File(path) => PictureSource::File(path),
        Found::Bytes(bytes) => PictureSource::Bytes(bytes),
        Found::Inside(inside) => PictureSource::Inside(inside),
        Found::Remote => {
            notes.add(1, format!("remote picture left out: {source}"));
            return;
        }
        Found::Missing(why) => {
            notes.add(1, format!("picture left out, {why}: {source}"));
            return;
        }
    };
    if pictures.contains(&path) {
        return;
    }
    let caption = clean_line(&without_tags(&caption), 4_000).0;
    let medium = u32::try_from(pictures.len()).unwrap_or(u32::MAX);
    pictures.push(path);
    article.blocks.insert(
        0,
        Block::Image {
            medium,
            alt: clean_line(&alt, 4_000).0,
            caption: if caption.is_empty() {
                Vec::new()
            } else {
                vec![Inline::Text(caption)]
            },
        },
    );
}
