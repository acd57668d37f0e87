//! The start page of a stick: one file of HTML without scripts, pictures or addresses, that
//! any browser shows from the stick itself.
//!
//! It names files and folders of the layout and nothing that came from outside, so nothing
//! in it needs to be escaped, and it is the same for all bundles.

use super::words::{LANGUAGES, Words};
use super::{Layout, System};

/// Its name; it stands above most others in a list of files and says what it is for.
pub const START_FILE: &str = "START.html";

/// How every page of ours begins. The policy forbids what is not in the file anyway.
pub(super) const HEAD: &str = "\
<!DOCTYPE html>
<html>
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>START</title>
";

const STYLE: &str = "\
<style>
body { max-width: 40em; margin: 1em auto; padding: 0 1em; font: 1.1em/1.6 sans-serif; color: #222; background: #fff }
nav a { display: inline-block; margin: 0 .8em .4em 0 }
section { border-top: 1px solid #bbb; margin-top: 2em }
code { font-family: monospace; background: #eee; padding: .1em .4em; unicode-bidi: isolate }
b { font-weight: bold }
li { margin: .5em 0 }
</style>
</head>
<body>
";

pub(super) fn text(
    layout: &Layout,
    systems: &[System],
    missing: &[System],
    has_contacts: bool,
) -> String {
    let mut out = format!("{HEAD}{STYLE}<nav>\n");
    for Words {
        tag,
        direction,
        language,
        ..
    } in &LANGUAGES
    {
        out.push_str(&format!(
            "<a href=\"#{tag}\" lang=\"{tag}\" dir=\"{direction}\">{language}</a>\n"
        ));
    }
    out.push_str("</nav>\n");
    for words in &LANGUAGES {
        section(&mut out, words, layout, systems, missing, has_contacts);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn section(
    out: &mut String,
    words: &Words,
    layout: &Layout,
    systems: &[System],
    missing: &[System],
    has_contacts: bool,
) {
    let Words {
        tag,
        direction,
        title,
        ..
    } = words;
    out.push_str(&format!(
        "<section id=\"{tag}\" lang=\"{tag}\" dir=\"{direction}\">\n"
    ));
    out.push_str(&format!("<h1>{title}</h1>\n<ol>\n"));
    out.push_str(&format!(
        "<li>{}</li>\n",
        programs(words, layout, systems, missing)
    ));
    out.push_str(&format!(
        "<li>{} {}",
        words.open,
        code(&format!("{}/", layout.bundles))
    ));
    out.push_str(&format!("<br>{}</li>\n", words.keep));
    if has_contacts {
        let folder = code(&format!("{}/", layout.contacts));
        out.push_str(&format!("<li>{} {folder}</li>\n", words.contacts));
    }
    out.push_str(&format!("<li>{}\n<ul>\n", words.says));
    for (verdict, meaning) in words.verdicts {
        out.push_str(&format!("<li><b>{verdict}</b>: {meaning}</li>\n"));
    }
    out.push_str(&format!(
        "</ul></li>\n<li>{}</li>\n</ol>\n</section>\n",
        words.light
    ));
}

/// What to click.
fn programs(words: &Words, layout: &Layout, systems: &[System], missing: &[System]) -> String {
    if systems.is_empty() {
        return words.none.to_owned();
    }
    let mut out = format!("{}\n<ul>\n", words.click);
    for system in systems {
        let name = layout.program(*system);
        match system.loader() {
            None => out.push_str(&format!("<li>{system}: {}</li>\n", code(&name))),
            Some(loader) => out.push_str(&format!(
                "<li>{system}: {} {}<br>{} {}</li>\n",
                words.terminal,
                code(&format!("./{name}")),
                words.refused,
                code(&format!("{loader} ./{name} --memory")),
            )),
        }
    }
    out.push_str("</ul>");
    if !missing.is_empty() {
        let missing: Vec<_> = missing.iter().map(ToString::to_string).collect();
        out.push_str(&format!("\n{} {}", words.missing, missing.join(", ")));
    }
    out
}

/// File names and commands run from left to right in every language.
fn code(text: &str) -> String {
    format!("<code dir=\"ltr\">{text}</code>")
}
