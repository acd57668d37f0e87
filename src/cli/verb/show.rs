//! `varaq show`: one article, as plain text or Markdown.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_bundle::{Entry, Notice};

use crate::article::ArticleName;
use crate::exit;
use crate::failure::Failure;
use crate::notice;
use crate::plain;
use crate::reading::{Consenting, Reading};
use crate::session::Session;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq show news.varaq 3
  varaq show news.varaq 0f3a5c7e9b1d2f40 --markdown > article.md
  varaq show stranger.varaq 1 --untrusted";

/// Prints one article.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// The bundle
    file: PathBuf,
    /// Its number in `varaq list`, or its id (16 hex digits)
    article: ArticleName,
    /// Print Markdown
    #[arg(long)]
    markdown: bool,
    #[command(flatten)]
    consenting: Consenting,
}

impl Show {
    /// Prints the article only after all of it was read, hashed and decoded.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let reading = Reading::open(&self.file, self.consenting, session)?;
        let (number, entry) = reading.find(&self.file, self.article)?;
        let article = reading.article(number, &entry)?;
        if let Some(failure) = reading.unread_notices() {
            session.warn(&failure.what);
        }
        if session.json {
            let mut object = super::list::object(&reading, number, &entry);
            let (key, text) = if self.markdown {
                ("markdown", varaq_article::markdown(&article))
            } else {
                ("text", plain::text(&article))
            };
            if let Some(fields) = object.as_object_mut() {
                fields.insert(key.to_owned(), json!(text));
                let notices = reading.notices_about(&entry);
                let notices: Vec<_> = notices.into_iter().map(notice::object).collect();
                fields.insert("notices".to_owned(), json!(notices));
            }
            session.object(&object)?;
            return Ok(exit::GOOD);
        }
        let head = Head::new(&reading, &entry);
        let text = if self.markdown {
            head.markdown(&varaq_article::markdown(&article))
        } else {
            head.plain(&plain::text(&article))
        };
        // The lines are the article's own; isolates inside them are balanced.
        session
            .io
            .out
            .write_all(words::harmless(&text, true).as_bytes())?;
        Ok(exit::GOOD)
    }
}

/// What stands above the text of an article.
pub struct Head<'a> {
    banner: Option<String>,
    notices: Vec<&'a Notice>,
    title: &'a str,
    facts: Vec<String>,
}

impl<'a> Head<'a> {
    /// Banner, notices, title, and what there is of byline, day and section.
    pub fn new(reading: &'a Reading, entry: &'a Entry) -> Head<'a> {
        let facts = [
            entry.byline.clone(),
            words::day(entry.day),
            reading.section(entry).to_owned(),
        ];
        Head {
            banner: reading.banner(),
            notices: reading.notices_about(entry),
            title: &entry.title,
            facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect(),
        }
    }

    fn plain(&self, body: &str) -> String {
        let mut text = self
            .banner
            .as_ref()
            .map_or(String::new(), |banner| format!("{banner}\n\n"));
        for notice in &self.notices {
            text.push_str(&format!("{}: {}\n\n", notice::heading(notice), notice.text));
        }
        text.push_str(self.title);
        for fact in &self.facts {
            text.push('\n');
            text.push_str(fact);
        }
        text.push_str("\n\n");
        text.push_str(body);
        text
    }

    /// The same above Markdown.
    pub fn markdown(&self, body: &str) -> String {
        let mut text = self.banner.as_ref().map_or(String::new(), |banner| {
            format!("> **{}**\n\n", markdown_words(banner))
        });
        for notice in &self.notices {
            let (heading, said) = (notice::heading(notice), markdown_words(&notice.text));
            text.push_str(&format!("> **{}** {said}\n\n", markdown_words(&heading)));
        }
        let facts: Vec<String> = self.facts.iter().map(|fact| markdown_words(fact)).collect();
        text.push_str(&format!(
            "# {}\n\n{}\n\n{body}",
            markdown_words(self.title),
            facts.join(" · ")
        ));
        text
    }
}

/// Words that stay words in Markdown.
fn markdown_words(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '&' | '!' | '|'
        ) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
