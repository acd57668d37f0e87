//! Shortcodes of Hugo and Zola, Liquid of Jekyll, macros of MDN: text to text.
//!
//! This pass runs before Markdown. What is known becomes Markdown or HTML that says
//! the same; the marks of everything else are removed with a warning, the words
//! between them stay. Fenced code and code spans are left alone: there a brace is
//! a brace. Every line of the result remembers the line that it came from.

mod words;

use super::call::{Call, parse, quoted};
use super::clean::MARK;
use super::markdown::Lines;
use super::page::SHORTCODE;
use super::warning::Notes;

/// Longest shortcode, in bytes; an unclosed `{{` must not swallow the article.
const MAX_LEN: usize = 16_384;

/// Rewrites `source`, whose first line is line `first` of its file.
pub(super) fn expand(source: &str, first: u32, notes: &mut Notes) -> Lines {
    let mut pass = Pass {
        rest: source,
        line: first,
        out: String::with_capacity(source.len()),
        from: vec![first],
        fence: None,
        at_line_start: true,
        notes,
    };
    pass.run();
    Lines {
        text: pass.out,
        from: pass.from,
    }
}

struct Pass<'s, 'n> {
    rest: &'s str,
    line: u32,
    out: String,
    from: Vec<u32>,
    /// Mark and length of the fence that is open.
    fence: Option<(char, usize)>,
    at_line_start: bool,
    notes: &'n mut Notes,
}

impl<'s> Pass<'s, '_> {
    fn run(&mut self) {
        while !self.rest.is_empty() {
            if self.at_line_start && self.fence_line() {
                continue;
            }
            self.at_line_start = false;
            let next = self.rest.find(['{', '`', '\n']).unwrap_or(self.rest.len());
            self.copy(next);
            match self.rest.chars().next() {
                Some('\n') => {
                    self.copy(1);
                    self.at_line_start = true;
                }
                Some('`') => self.code_span(),
                Some('{') => self.brace(),
                _ => {}
            }
        }
    }

    /// Copies `len` bytes as they are.
    fn copy(&mut self, len: usize) {
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        for c in taken.chars() {
            if c != MARK {
                self.out.push(c);
            }
            if c == '\n' {
                self.line += 1;
                self.from.push(self.line);
            }
        }
    }

    /// Leaves out `len` bytes.
    fn skip(&mut self, len: usize) {
        let (taken, rest) = self.rest.split_at(len.min(self.rest.len()));
        self.rest = rest;
        self.line += u32::try_from(taken.matches('\n').count()).unwrap_or(0);
        if taken.ends_with('\n') {
            self.at_line_start = true;
        }
    }

    /// Writes words of our own.
    fn write(&mut self, words: &str) {
        for c in words.chars() {
            self.out.push(c);
            if c == '\n' {
                self.from.push(self.line);
            }
        }
    }

    /// Copies a line of fenced code, or the line that opens or closes a fence.
    fn fence_line(&mut self) -> bool {
        let len = self.rest.find('\n').map_or(self.rest.len(), |at| at + 1);
        let line = self.rest.get(..len).unwrap_or_default();
        let words = line.trim_start_matches([' ', '\t', '>']).trim_end();
        let mark = words.chars().next().filter(|c| matches!(c, '`' | '~'));
        let run = mark.map_or(0, |mark| words.chars().take_while(|&c| c == mark).count());
        let tail_is_empty = words.chars().skip(run).all(char::is_whitespace);
        let tail_has_mark = words.chars().skip(run).any(|c| c == '`');
        match (self.fence, mark) {
            (Some((open, least)), Some(mark)) if mark == open && run >= least && tail_is_empty => {
                self.fence = None;
            }
            (Some(_), _) => {}
            (None, Some(mark)) if run >= 3 && !(mark == '`' && tail_has_mark) => {
                self.fence = Some((mark, run));
            }
            (None, _) => return false,
        }
        self.copy(len);
        self.at_line_start = true;
        true
    }

    /// Copies a code span whole; without its end the backticks are only backticks.
    fn code_span(&mut self) {
        let run = self.rest.bytes().take_while(|&b| b == b'`').count();
        let paragraph = self.rest.find("\n\n").unwrap_or(self.rest.len());
        let body = self.rest.get(run..paragraph).unwrap_or_default();
        let mut at = 0;
        let mut end = run;
        while let Some(next) = body.get(at..).and_then(|tail| tail.find('`')) {
            let start = at + next;
            let tail = body.get(start..).unwrap_or_default();
            let len = tail.bytes().take_while(|&b| b == b'`').count();
            if len == run {
                end = run + start + len;
                break;
            }
            at = start + len;
        }
        self.copy(end);
    }

    fn brace(&mut self) {
        for (open, close) in [
            ("{{<", ">}}"),
            ("{{%", "%}}"),
            ("{%", "%}"),
            ("{{", "}}"),
            ("{:", "}"),
        ] {
            let Some(after) = self.rest.strip_prefix(open) else {
                continue;
            };
            let window = floor(after, MAX_LEN);
            let Some(end) = window.find(close) else {
                continue;
            };
            let body = window.get(..end).unwrap_or_default();
            let len = open.len() + end + close.len();
            self.found(open, close, body, len);
            return;
        }
        self.copy(1);
    }

    fn found(&mut self, open: &str, close: &str, body: &'s str, len: usize) {
        // `{{</* name */>}}` is how an article about shortcodes writes one.
        if let Some(quoted) = body.strip_prefix("/*").and_then(|b| b.strip_suffix("*/")) {
            self.skip(len);
            self.write(&format!("{open}{quoted}{close}"));
            return;
        }
        if open == "{:" {
            self.notes.add(self.line, "attributes in braces left out");
            self.skip(len);
            return;
        }
        if open == "{{" {
            self.value(body, len);
            return;
        }
        let call = parse(body);
        self.call(&call, open, close, len);
    }

    fn call(&mut self, call: &Call<'s>, open: &str, close: &str, len: usize) {
        let name = call.name.as_str();
        let line = self.line;
        match name {
            "highlight" | "codeblock" | "code" | "prettify" | "snippet" | "raw" | "rawhtml"
            | "comment" | "verbatim"
                if !call.closing =>
            {
                self.skip(len);
                self.until_end(call, open, close, line);
                return;
            }
            "blockquote" | "quote" | "quote-block" | "pullquote" if !call.closing => {
                self.skip(len);
                self.quote(call, open);
                return;
            }
            "blockquote" | "quote" | "quote-block" | "pullquote" => {
                self.skip(len);
                self.write("\n\n</blockquote>\n\n");
                return;
            }
            _ => {}
        }
        if call.closing || name.starts_with("end") {
            self.skip(len);
            self.apart();
            return;
        }
        let words = self.words_for(call, line);
        self.skip(len);
        if words.is_empty() {
            // A mark alone on its line leaves an empty one, so what it surrounds
            // stays paragraphs of its own.
            self.apart();
        } else {
            self.write(&words);
        }
    }

    fn quote(&mut self, call: &Call<'_>, open: &str) {
        let who = ["author", "cite", "attribution", "source", "title"];
        let mut names: Vec<&str> = Vec::new();
        for name in who {
            names.extend(call.named(&[name]));
        }
        let who = if names.is_empty() {
            String::new()
        } else {
            format!("\n\n<p {SHORTCODE}>— {}</p>", quoted(&names.join(", ")))
        };
        let text = call.named(&["text", "quote"]).unwrap_or_default();
        let close = format!("/{}", call.name);
        let close_liquid = format!("end{}", call.name);
        let window = floor(self.rest, 1 << 20);
        let paired = window
            .find(&close)
            .or(window.find(&close_liquid))
            .is_some_and(|at| {
                window.get(..at).is_some_and(|before| {
                    before
                        .trim_end()
                        .ends_with([open.chars().last().unwrap_or('<'), '-'])
                })
            });
        self.write(&format!("\n\n<blockquote {SHORTCODE}>{who}\n\n{text}\n\n"));
        if !paired {
            self.write("</blockquote>\n\n");
        }
    }

    /// Takes everything up to the closing tag: code, or text that is not to be read.
    fn until_end(&mut self, call: &Call<'_>, open: &str, close: &str, line: u32) {
        let name = call.name.as_str();
        let liquid = open == "{%";
        let wanted = if liquid {
            format!("end{name}")
        } else {
            format!("/{name}")
        };
        let mut at = 0;
        let mut end = None;
        while let Some(next) = self.rest.get(at..).and_then(|tail| tail.find(open)) {
            let start = at + next;
            let body = self.rest.get(start + open.len()..).unwrap_or_default();
            let window = floor(body, 256);
            if let Some(stop) = window.find(close) {
                let inner = window.get(..stop).unwrap_or_default();
                let squeezed: String = inner
                    .chars()
                    .filter(|c| !c.is_whitespace() && *c != '-')
                    .collect();
                let wanted: String = wanted.chars().filter(|&c| c != '-').collect();
                if squeezed == wanted {
                    end = Some((start, start + open.len() + stop + close.len()));
                    break;
                }
            }
            at = start + open.len();
        }
        let Some((inner_end, end)) = end else {
            // In Hugo some of these stand alone or around Markdown without an end.
            self.notes
                .add(line, format!("shortcode {name} is never closed"));
            self.apart();
            return;
        };
        let inner = self.rest.get(..inner_end).unwrap_or_default();
        match name {
            "comment" => self.notes.add(line, "comment left out"),
            "raw" | "rawhtml" | "verbatim" => {
                let inner = inner.to_owned();
                self.literal(&inner);
                self.rest = self.rest.get(inner_end..).unwrap_or_default();
                self.skip(end - inner_end);
                return;
            }
            _ => {
                let language = call.named(&["lang", "language"]).or(call.position(0));
                let language = language.unwrap_or_default();
                if let Some(title) = call.named(&["title", "caption"]) {
                    self.write(&format!("\n\n{MARK}**{}**", title.replace('*', "\\*")));
                }
                self.write(&format!(
                    "\n\n<pre {SHORTCODE} data-lang=\"{}\">",
                    quoted(language)
                ));
                let inner = inner
                    .replace('&', "&amp;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;");
                self.literal(&inner);
                self.rest = self.rest.get(inner_end..).unwrap_or_default();
                self.write("</pre>\n\n");
                self.skip(end - inner_end);
                return;
            }
        }
        self.skip(end);
    }

    /// Writes a piece of the source whose lines count.
    fn literal(&mut self, words: &str) {
        for c in words.chars() {
            self.out.push(c);
            if c == '\n' {
                self.line += 1;
                self.from.push(self.line);
            }
        }
    }

    /// Ends the paragraph, if a mark stood alone on its line.
    fn apart(&mut self) {
        let line_start = self.out.rsplit('\n').next().unwrap_or_default();
        let line_end = self.rest.split('\n').next().unwrap_or_default();
        if line_start.trim().is_empty() && line_end.trim().is_empty() && !line_start.contains('>') {
            self.write("\n");
        }
    }
}

/// The start of `text`, at most `max` bytes, ending between characters.
fn floor(text: &str, max: usize) -> &str {
    text.get(..text.floor_char_boundary(max))
        .unwrap_or_default()
}
