//! `varaq info`: who, which issue, signed by whom, how much of it is here. Reads the
//! head, at most some pages of tables, and the notices, whatever the size of the file.

use std::fs::File;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use varaq_bundle::{NoticeKind, Notices, Part};
use varaq_storage::Disk;
use varaq_trust::{Consent, Facts, Line, Opening, Slot, Verdict};

use crate::failure::Failure;
use crate::notice;
use crate::reading::{self, meaning};
use crate::remarks;
use crate::session::Session;
use crate::verb::trust::code_of;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq info news.varaq
  varaq info news.varaq --json | jq -r .code";

/// Tells what a bundle is, without reading its articles.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Info {
    /// The bundle
    file: PathBuf,
}

impl Info {
    /// Prints facts; those that no valid signature proves are marked, and names in them left out.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let opening = reading::open_bundle(&self.file, session)?;
        let verdict = opening.verdict();
        let told = Told {
            path: &self.file,
            verdict,
            lines: opening.lines(),
        };
        let facts = opening.unproven_facts();
        let code = varaq_carry::exit_code(verdict, Some(soundness(opening.lines())), false);
        if session.json {
            let mut object = told.object(facts)?;
            if let (Some(fields), Some(notices)) = (object.as_object_mut(), notices(opening)) {
                fields.insert("notices".to_owned(), counts(&notices));
            }
            session.object(&object)?;
        } else {
            let mut lines = told.lines(facts)?;
            lines.extend(repair_data(&self.file));
            for line in lines.into_iter().chain(notices(opening).and_then(row)) {
                session.line(&line)?;
            }
        }
        Ok(code)
    }
}

/// The notices of a valid issue, to be counted: no word of a stranger is shown for it.
fn notices(opening: Opening<File>) -> Option<Notices> {
    let content = opening.into_content(Consent::DifferentPublisher);
    content.map(|content| content.notices()).ok()
}

fn row(found: Notices) -> Option<String> {
    let mut told = notice::tally(&found.notices);
    if !found.unread.is_empty() {
        let pieces = words::count(found.unread.len() as u64, "piece");
        told = format!(
            "{told}{}{pieces} of them cannot be read",
            if told.is_empty() { "" } else { "; " }
        );
    }
    (!told.is_empty()).then(|| format!("notices     {told}"))
}

fn counts(found: &Notices) -> Value {
    let of = |kind| found.notices.iter().filter(|one| one.kind == kind).count();
    json!({
        "corrections": of(NoticeKind::Correction), "retractions": of(NoticeKind::Retraction),
        "harm": of(NoticeKind::Harm), "unread_pieces": found.unread.len(),
    })
}

/// The row of repair data behind the bundle, found by its last header.
fn repair_data(file: &Path) -> Option<String> {
    let bytes = varaq_carry::mend::appended(&Disk, file).ok()??;
    let size = words::size(bytes);
    Some(format!(
        "repair data {size} behind the bundle (varaq parity check)"
    ))
}

/// What the lines beside a verdict say about the content, of which nothing was read.
fn soundness(lines: &[Line]) -> varaq_carry::Soundness {
    let mut found = varaq_carry::Soundness::default();
    for line in lines {
        match line {
            Line::Partial { .. } => found.incomplete = true,
            Line::Damaged(parts) => {
                found.mendable |= parts.contains(&Part::Hint);
                found.damaged |= parts.iter().any(|part| *part != Part::Hint);
            }
            _ => {}
        }
    }
    found
}

struct Told<'a> {
    path: &'a Path,
    verdict: Verdict,
    lines: &'a [Line],
}

impl Told<'_> {
    fn lines(&self, facts: Option<&Facts>) -> Result<Vec<String>, Failure> {
        let mut rows = vec![
            ("file", words::path(self.path)),
            (
                "verdict",
                format!("{}: {}", self.verdict.name(), meaning(self.verdict)),
            ),
        ];
        if let Some(facts) = facts {
            if self.verdict.is_valid() {
                rows.push(("publisher", publisher(facts)));
            }
            rows.push(("code", code_of(&facts.publisher.id)?.to_string()));
            let issue = &facts.issue;
            rows.push((
                "issue",
                format!(
                    "{} {}/{}, {}",
                    issue.channel,
                    issue.epoch,
                    issue.number,
                    words::day(issue.day)
                ),
            ));
            rows.push(("manifest", issue.id.to_string()));
            rows.push(("signatures", signatures(facts)));
            rows.push(("pieces", pieces(issue.piece_count, self.lines)));
            rows.push((
                "size",
                format!(
                    "{} stored, {} unpacked",
                    words::size(issue.stored_total),
                    words::size(issue.raw_total)
                ),
            ));
        }
        for line in self.lines {
            if let Some(sentence) = remarks::sentence(line) {
                rows.push(("note", format!("{}: {sentence}", remarks::named(line))));
            }
            if let Line::Damaged(parts) = line {
                let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
                rows.push(("damaged", parts.join(", ")));
            }
        }
        let mut lines: Vec<String> = rows
            .into_iter()
            .map(|(name, value)| format!("{name:<11} {value}"))
            .collect();
        if facts.is_some() && !self.verdict.is_valid() {
            lines.push("Nothing of this is proven by signatures.".to_owned());
        }
        Ok(lines)
    }

    fn object(&self, facts: Option<&Facts>) -> Result<Value, Failure> {
        let mut object = json!({
            "type": "bundle", "path": self.path.to_string_lossy(), "verdict": self.verdict.name(),
            "proven": self.verdict.is_valid(),
        });
        if let (Some(fields), Some(facts)) = (object.as_object_mut(), facts) {
            fields.extend(facts_fields(facts, self.verdict));
            fields.insert(
                "code".to_owned(),
                json!(code_of(&facts.publisher.id)?.to_string()),
            );
            fields.insert(
                "lines".to_owned(),
                json!(self.lines.iter().map(remarks::named).collect::<Vec<_>>()),
            );
        }
        Ok(object)
    }
}

/// The facts of a bundle for scripts; names only where they are proven to be the publisher's own words.
pub fn facts_fields(facts: &Facts, verdict: Verdict) -> serde_json::Map<String, Value> {
    let (issue, publisher) = (&facts.issue, &facts.publisher);
    let mut fields = serde_json::Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("publisher", json!(publisher.id.to_string()));
    if verdict.is_valid() {
        let names: serde_json::Map<String, Value> = publisher
            .names
            .iter()
            .map(|name| (name.language.clone(), json!(name.name)))
            .collect();
        put("names", Value::Object(names));
        put(
            "pinned_as",
            json!(publisher.pin.as_ref().map(|pin| &pin.name)),
        );
    }
    put("channel", json!(issue.channel));
    put("epoch", json!(issue.epoch));
    put("number", json!(issue.number));
    put("day", json!(words::day(issue.day)));
    put("manifest", json!(issue.id.to_string()));
    put("threshold", json!(issue.signers.threshold));
    put("signed", json!(issue.signers.counted()));
    put(
        "slots",
        json!(
            issue
                .signers
                .slots
                .iter()
                .map(|&slot| slot_name(slot))
                .collect::<Vec<_>>()
        ),
    );
    put("pieces", json!(issue.piece_count));
    put("stored_bytes", json!(issue.stored_total));
    put("raw_bytes", json!(issue.raw_total));
    fields
}

/// Pinned names as the reader keeps them, a stranger's in quotation marks.
fn publisher(facts: &Facts) -> String {
    let names: Vec<String> = facts
        .publisher
        .names
        .iter()
        .map(|name| words::claim(&name.name))
        .collect();
    match &facts.publisher.pin {
        Some(pin) => format!(
            "{} (calls itself {})",
            words::isolated(&pin.name),
            names.join(", ")
        ),
        None => format!("unknown, calls itself {}", names.join(", ")),
    }
}

fn signatures(facts: &Facts) -> String {
    let signers = &facts.issue.signers;
    let slots = signers
        .slots
        .iter()
        .zip(1..)
        .filter(|(slot, _)| **slot != Slot::Missing);
    let slots: Vec<String> = slots
        .map(|(&slot, number)| {
            if slot == Slot::Counted {
                format!("signer {number}")
            } else {
                format!("signer {number} ({})", slot_name(slot))
            }
        })
        .collect();
    let by = if slots.is_empty() {
        String::new()
    } else {
        format!(": {}", slots.join(", "))
    };
    format!(
        "{} of {} needed, {} may sign{by}",
        signers.counted(),
        signers.threshold,
        signers.slots.len()
    )
}

/// The word for what a slot did.
pub fn slot_name(slot: Slot) -> &'static str {
    match slot {
        Slot::Missing => "missing",
        Slot::Counted => "counted",
        Slot::Revoked => "revoked",
        Slot::Suspended => "suspended",
        Slot::UnknownAlgorithm => "unknown algorithm",
    }
}

fn pieces(count: u32, lines: &[Line]) -> String {
    for line in lines {
        match line {
            Line::ListedComplete => {
                return format!("{count}, all listed in this copy (varaq check reads them)");
            }
            Line::Partial { pieces, of } => return format!("{pieces} of {of} are in this copy"),
            _ => {}
        }
    }
    count.to_string()
}
