//! `varaq trust show`: all that is known of a trusted publisher.

use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;
use varaq_trust::{Dossier, Event, Met, Pin, PublicKey, Reason, Standing};

use super::{What, code_of, object, of_what, told};
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq trust show 1234-5678-9012-3456-7890-1234
  varaq trust show publisher.contact --json";

/// `trust show`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// The code, or a contact file or bundle of the publisher
    #[arg(required = true, value_name = "CODE|CONTACT|BUNDLE")]
    what: Vec<PathBuf>,
}

impl Show {
    pub(super) fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let kept = state::load(session)?;
        let pin = of_what(&What::of(&self.what)?, &kept.pins)?;
        let dossier = kept.evidence.dossier(&pin.id);
        if session.json {
            return self.objects(session, &pin, dossier.as_ref());
        }
        session.line(&told(&pin, &code_of(&pin.id)?))?;
        let Some(dossier) = dossier else {
            session.note("no statement and no issue of it was met yet");
            return Ok(exit::GOOD);
        };
        for line in lines(&dossier) {
            session.line(&line)?;
        }
        Ok(exit::GOOD)
    }

    fn objects(
        &self,
        session: &mut Session<'_, '_>,
        pin: &Pin,
        dossier: Option<&Dossier>,
    ) -> Result<u8, Failure> {
        let mut publisher = object(pin, &code_of(&pin.id)?);
        if let (Some(fields), Some(dossier)) = (publisher.as_object_mut(), dossier) {
            let names = dossier.names.iter();
            let names = names.map(|name| (name.language.clone(), json!(name.name)));
            fields.insert("names".to_owned(), Value::Object(names.collect()));
            fields.insert("cadence_days".to_owned(), json!(dossier.cadence));
            fields.insert("rival_history".to_owned(), json!(dossier.has_rival));
            fields.insert("identity_split".to_owned(), json!(dossier.is_split));
            let suspended = dossier.suspended.iter().map(hex).collect::<Vec<_>>();
            fields.insert("suspended".to_owned(), json!(suspended));
        }
        session.object(&publisher)?;
        for (version, event) in dossier.iter().flat_map(|dossier| &dossier.events) {
            session.object(
                &json!({ "type": "event", "version": version, "event": event_words(event) }),
            )?;
        }
        for met in dossier.iter().flat_map(|dossier| &dossier.issues) {
            session.object(&json!({
                "type": "issue", "channel": met.channel, "epoch": met.place.0, "number": met.place.1,
                "day": words::day(met.day), "manifest": met.id.to_string(), "standing": standing(met.standing),
            }))?;
        }
        Ok(exit::GOOD)
    }
}

fn lines(dossier: &Dossier) -> Vec<String> {
    let mut lines: Vec<_> = dossier
        .names
        .iter()
        .map(|name| format!("name      {} ({})", words::claim(&name.name), name.language))
        .collect();
    let events = dossier.events.iter();
    lines.extend(events.map(|(version, event)| format!("v{version:<8} {}", event_words(event))));
    let suspended = dossier.suspended.iter();
    lines.extend(suspended.map(|key| format!("stopped   key {}", hex(key))));
    if dossier.has_rival {
        lines.push(
            "rival     somebody has written a second history with old keys; it is ignored"
                .to_owned(),
        );
    }
    if dossier.is_split {
        lines.push("split     two histories continue this publisher's; it is frozen until one of them is settled on".to_owned());
    }
    lines.extend(dossier.issues.iter().map(issue));
    lines
}

fn issue(met: &Met) -> String {
    format!(
        "issue     {} {}/{}, {}: {}",
        met.channel,
        met.place.0,
        met.place.1,
        words::day(met.day),
        standing(met.standing)
    )
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Stands => "stands",
        Standing::Contested => "stands, and another one with its number was met later",
        Standing::Lost => "does not stand: another one with its number does",
        Standing::Void => "void: its signatures no longer count; it may be forged",
    }
}

fn event_words(event: &Event) -> String {
    match event {
        Event::Founded {
            threshold,
            of,
            recoverable,
        } => {
            let recovery = if *recoverable {
                ", recovery keys are prepared"
            } else {
                ""
            };
            format!("founded: {threshold} of {of} root keys sign statements{recovery}")
        }
        Event::RootsChanged { threshold, of } => {
            format!("new root keys: {threshold} of {of} sign statements")
        }
        Event::Recovered => {
            "recovered with the keys put by: what came after the statement before is void"
                .to_owned()
        }
        Event::Granted {
            channel,
            epoch,
            threshold,
            of,
            numbers,
        } => format!(
            "{threshold} of {of} keys may sign {channel} {epoch}/{}-{}",
            numbers.0, numbers.1
        ),
        Event::Revoked { key, reason, kept } => {
            let why = match reason {
                Reason::Stolen => "stolen",
                Reason::Retired => "retired",
            };
            let kept = words::count(*kept as u64, "issue");
            format!("key {} is revoked ({why}); {kept} kept", hex(key))
        }
        Event::Cleared(key) => format!("key {} is cleared: its suspension is over", hex(key)),
        Event::Settled { channel, place } => {
            format!("settled which issue {channel} {}/{} is", place.0, place.1)
        }
        Event::Renamed(names) => {
            let names: Vec<_> = names.iter().map(|name| words::claim(&name.name)).collect();
            format!("calls itself {}", names.join(", "))
        }
    }
}

fn hex(key: &PublicKey) -> String {
    key.bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
