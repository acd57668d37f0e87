//! `varaq publisher show`: who may sign now, and everything that ever changed.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use varaq_trust::{Chain, Delegation, PublicKey, Reason, Statement};

use super::named::called;
use super::summary;
use crate::digits::hex;
use crate::exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::verb::trust::Publisher as Identity;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq publisher show desk
  varaq publisher show news.varaq --json";

/// `publisher show`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Show {
    /// A folder made by `publisher new`, a contact file or a bundle
    #[arg(value_name = "DIR|FILE")]
    from: PathBuf,
}

impl Show {
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let identity = Identity::read(&self.from)?;
        if session.json {
            session.object(&object(&identity))?;
            return Ok(exit::GOOD);
        }
        session.line(&format!("code      {}", identity.code))?;
        session.line(&format!("id        {}", identity.id))?;
        for name in &identity.names {
            let (name, language) = (words::claim(&name.name), &name.language);
            session.line(&format!("name      {name} ({language})"))?;
        }
        let Some(chain) = &identity.chain else {
            session.note("the file holds no statements: nothing is known of keys");
            return Ok(exit::GOOD);
        };
        for line in now(chain).into_iter().chain(history(chain)) {
            session.line(&line)?;
        }
        Ok(exit::GOOD)
    }
}

/// What holds today.
fn now(chain: &Chain) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(newest) = chain.statements().next_back() {
        let (need, all) = (newest.root.threshold(), newest.root.keys().len());
        lines.push(format!("roots     {need} of {all}"));
        for (key, number) in newest.root.keys().iter().zip(1..) {
            lines.push(format!("root {number:<4} {}", hex(key.bytes())));
        }
        let recovery = if newest.recovery.is_some() {
            "committed"
        } else {
            "none"
        };
        lines.push(format!("recovery  {recovery}"));
        if newest.cadence > 0 {
            let days = words::count(newest.cadence.into(), "day");
            lines.push(format!("cadence   an issue every {days}"));
        }
    }
    for delegation in granted(chain) {
        let (keys, channel, epoch) = (&delegation.keys, &delegation.channel, delegation.epoch);
        lines.push(format!(
            "signers   {} of {} for {channel} {epoch}/{}-{}",
            keys.threshold(),
            keys.keys().len(),
            delegation.first,
            delegation.last
        ));
        for (key, number) in keys.keys().iter().zip(1..) {
            let state = match state(chain, key) {
                "" => String::new(),
                state => format!("  {state}"),
            };
            lines.push(format!("signer {number:<2} {}{state}", hex(key.bytes())));
        }
    }
    lines
}

/// Every statement in words, and every suspension that travels with them.
fn history(chain: &Chain) -> Vec<String> {
    let all: Vec<&Statement> = chain.statements().collect();
    let mut lines = Vec::new();
    for at in 0..all.len() {
        let (before, rest) = all.split_at(at);
        if let Some(next) = rest.first() {
            lines.push(match next.generation {
                0 => format!("statement {}", next.version),
                generation => format!("statement {} (generation {generation})", next.version),
            });
            let changes = summary::changes(before, next);
            lines.extend(changes.iter().map(|line| format!("  {line}")));
        }
    }
    for suspension in chain.suspensions() {
        let key = called(all.iter().copied(), &suspension.key);
        let end = all.iter().find(|one| ends(one, &suspension.key));
        lines.push(match end {
            Some(end) => format!("suspended {key}, until statement {}", end.version),
            None => format!("suspended {key}: its signatures do not count"),
        });
    }
    lines
}

/// A statement that revokes or clears a key ends its suspension.
fn ends(statement: &Statement, key: &PublicKey) -> bool {
    statement.revoked.iter().any(|one| one.key == *key) || statement.cleared.contains(key)
}

fn granted(chain: &Chain) -> impl Iterator<Item = &Delegation> {
    chain.statements().flat_map(|one| &one.delegations)
}

/// Whether a key counts; empty if it does.
fn state(chain: &Chain, key: &PublicKey) -> &'static str {
    let revoked = chain.revocations().filter(|one| one.key == *key);
    let reasons: Vec<Reason> = revoked.map(|one| one.reason).collect();
    let ended = chain.statements().any(|one| ends(one, key));
    if reasons.contains(&Reason::Stolen) {
        "STOLEN"
    } else if !reasons.is_empty() {
        "retired"
    } else if !ended && chain.suspensions().iter().any(|one| one.key == *key) {
        "SUSPENDED"
    } else {
        ""
    }
}

fn object(identity: &Identity) -> Value {
    let names = identity.names.iter();
    let names: serde_json::Map<_, _> = names
        .map(|name| (name.language.clone(), json!(name.name)))
        .collect();
    let mut object = json!({
        "type": "publisher", "code": identity.code.to_string(), "id": identity.id.to_string(),
        "names": names, "delegations": [],
    });
    let Some((chain, fields)) = identity.chain.as_ref().zip(object.as_object_mut()) else {
        return object;
    };
    let delegation = |one: &Delegation| {
        let keys = one.keys.keys().iter();
        json!({
            "channel": one.channel, "epoch": one.epoch, "first": one.first, "last": one.last,
            "threshold": one.keys.threshold(),
            "keys": keys.clone().map(|key| hex(key.bytes())).collect::<Vec<_>>(),
            "states": keys.map(|key| state(chain, key).to_lowercase()).collect::<Vec<_>>(),
        })
    };
    fields.insert(
        "delegations".into(),
        granted(chain).map(delegation).collect(),
    );
    if let Some(newest) = chain.statements().next_back() {
        let keys = newest.root.keys().iter().map(|key| hex(key.bytes()));
        fields.insert(
            "root".into(),
            json!({ "threshold": newest.root.threshold(), "keys": keys.collect::<Vec<_>>() }),
        );
        fields.insert("generation".into(), json!(newest.generation));
        fields.insert("version".into(), json!(newest.version));
        fields.insert("recovery".into(), json!(newest.recovery.is_some()));
        fields.insert("cadence".into(), json!(newest.cadence));
    }
    fields.insert("history".into(), json!(history(chain)));
    object
}
