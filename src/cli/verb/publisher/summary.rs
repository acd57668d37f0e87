//! A statement in plain words: what readers will see.
//!
//! In: the statements before it and the statement itself, nothing that anybody wrote beside
//! them. So whoever approves a request on a machine of its own reads what its bytes do.

use varaq_trust::{
    Chain, Code, Delegation, KeySet, PublicKey, Reason, Revocation, SignedSuspension, Statement,
    Suspension,
};

use super::named::called;
use crate::digits::hex;
use crate::words;

/// All lines about a statement that is about to be made.
pub fn of_next(before: &Chain, next: &Statement, code: &Code) -> Vec<String> {
    let statements: Vec<&Statement> = before.statements().collect();
    let who = before.names().first().map(|name| words::claim(&name.name));
    let who = who.unwrap_or_default();
    let mut lines = vec![
        format!("statement {} of {who}, code {code}", next.version),
        "readers keep trusting you: the code stays as it is, and nobody has to do anything"
            .to_owned(),
    ];
    lines.extend(changes(&statements, next));
    if lines.len() == 2 {
        lines.push("nothing changes".to_owned());
    }
    lines.push(
        "readers learn it from the next issue that you pack, or from the contact file".to_owned(),
    );
    lines
}

/// What one statement changes, or in the first one begins.
pub fn changes(before: &[&Statement], next: &Statement) -> Vec<String> {
    let mut lines = Vec::new();
    recovery(before, next, &mut lines);
    root(before, next, &mut lines);
    for delegation in &next.delegations {
        grant(before, delegation, &mut lines);
    }
    let all: Vec<&Statement> = before.iter().copied().chain([next]).collect();
    for revocation in &next.revoked {
        lines.push(revoked(&all, revocation));
    }
    dead_ends(&all, next, &mut lines);
    for key in &next.cleared {
        let key = called(all.iter().copied(), key);
        lines.push(format!(
            "{key} counts again: its suspension is over for ever, and its note abroad is worth nothing any more"
        ));
    }
    for one in &next.settled {
        lines.push(format!(
            "of the issues that call themselves {} {}/{} the one with manifest {} is yours; readers are shown no other",
            one.channel, one.epoch, one.number, one.manifest
        ));
    }
    names(next, &mut lines);
    cadence(before, next, &mut lines);
    lines
}

/// What the notes that go with a statement are for.
pub fn of_notes(
    before: &Chain,
    next: Option<&Statement>,
    notes: &[SignedSuspension],
) -> Vec<String> {
    let bodies = notes
        .iter()
        .filter_map(|note| Suspension::decode(&note.bytes).ok());
    let all: Vec<&Statement> = before.statements().chain(next).collect();
    let line = |body: Suspension| {
        format!(
            "a suspension note for {}: whoever holds it can stop that key, and do nothing else with it",
            called(all.iter().copied(), &body.key)
        )
    };
    bodies.map(line).collect()
}

/// A suspension that comes into force in the publisher's own issues.
pub fn of_suspension(chain: &Chain, signed: &SignedSuspension) -> Vec<String> {
    let Ok(body) = Suspension::decode(&signed.bytes) else {
        return Vec::new();
    };
    let key = called(chain.statements(), &body.key);
    vec![
        format!(
            "{key} is suspended: its signatures do not count on any stick that meets this note"
        ),
        "it ends with a statement that revokes or clears that key (varaq publisher revoke, clear)"
            .to_owned(),
    ]
}

fn recovery(before: &[&Statement], next: &Statement, lines: &mut Vec<String>) {
    if next.is_recovery() {
        lines.push("RECOVERY: the root keys of before are void, whoever holds them; a history that they signed besides yours loses against this one".to_owned());
    }
    let first = before.is_empty();
    match next.recovery {
        None if first => lines.push("no recovery keys: stolen root keys could not be replaced".to_owned()),
        Some(_) if first => lines.push("recovery keys are committed to: they can replace stolen root keys".to_owned()),
        None if next.is_recovery() => lines.push("no recovery keys any more: if these root keys are stolen too, nothing can replace them".to_owned()),
        Some(_) if next.is_recovery() => lines.push("new recovery keys are committed to; the old ones are used up".to_owned()),
        _ => {}
    }
}

fn root(before: &[&Statement], next: &Statement, lines: &mut Vec<String>) {
    let former = before.last().map(|one| &one.root);
    if former == Some(&next.root) {
        return;
    }
    let keys = of(&next.root, "root key");
    lines.push(match former {
        None => format!("statements are signed by {keys}"),
        Some(former) => format!(
            "from now on statements are signed by {keys}; before, it was {}",
            of(former, "root key")
        ),
    });
    for (key, number) in next.root.keys().iter().zip(1_u8..) {
        let fresh = former.is_none_or(|former| former.slot(key).is_none());
        let word = if fresh { "" } else { " (as before)" };
        lines.push(format!("  root key {number}  {}{word}", hex(key.bytes())));
    }
}

/// `2 of 3 signers`, `the one root key`.
fn of(keys: &KeySet, one: &str) -> String {
    match (keys.threshold(), keys.keys().len()) {
        (_, 1) => format!("the one {one}"),
        (need, all) => format!("{need} of {all} {one}s"),
    }
}

fn grant(before: &[&Statement], delegation: &Delegation, lines: &mut Vec<String>) {
    let Delegation {
        channel,
        epoch,
        keys,
        first,
        last,
        days,
    } = delegation;
    lines.push(format!(
        "channel {channel}, epoch {epoch}: {} must sign; numbers {first} to {last}",
        of(keys, "signer")
    ));
    let granted = before.iter().flat_map(|one| &one.delegations);
    let former: Vec<&Delegation> = granted.filter(|one| one.channel == *channel).collect();
    for (key, number) in keys.keys().iter().zip(1_u8..) {
        let known = former.iter().any(|one| one.keys.slot(key).is_some());
        let word = if known { " (as before)" } else { "" };
        lines.push(format!("  signer {number}  {}{word}", hex(key.bytes())));
    }
    if let Some((from, to)) = days {
        let (from, to) = (words::day(*from), words::day(*to));
        lines.push(format!(
            "  meant for {from} to {to}: advice, nothing is refused because of it"
        ));
    }
    if let Some(newest) = former.iter().map(|one| one.epoch).max() {
        lines.push(if newest < *epoch {
            format!("  issues of epoch {newest} stay readable; every issue of epoch {epoch} is newer than all of them, whatever their numbers")
        } else {
            format!("  epoch {epoch} is older than epoch {newest}: its issues never become the newest")
        });
    }
}

fn revoked(all: &[&Statement], revocation: &Revocation) -> String {
    let key = called(all.iter().copied(), &revocation.key);
    let kept = match revocation.kept.len() {
        0 => "no issue that it signed is kept".to_owned(),
        kept => format!(
            "{} listed as genuine stay readable",
            words::count(kept as u64, "issue")
        ),
    };
    match revocation.reason {
        Reason::Stolen => format!(
            "{key} is STOLEN: {kept}; under any other issue its signature counts no longer, on every stick that meets this statement and whatever day the issue claims"
        ),
        Reason::Retired => format!(
            "{key} is retired: {kept}; under any other issue its signature counts no longer"
        ),
    }
}

/// Channels that nobody can sign any more because of this statement.
fn dead_ends(all: &[&Statement], next: &Statement, lines: &mut Vec<String>) {
    let gone: Vec<&PublicKey> = all
        .iter()
        .flat_map(|one| &one.revoked)
        .map(|one| &one.key)
        .collect();
    let granted: Vec<&Delegation> = all.iter().flat_map(|one| &one.delegations).collect();
    for one in &granted {
        let newest = granted
            .iter()
            .all(|other| other.channel != one.channel || other.epoch <= one.epoch);
        let touched = next
            .revoked
            .iter()
            .any(|gone| one.keys.slot(&gone.key).is_some());
        let left = one
            .keys
            .keys()
            .iter()
            .filter(|key| !gone.contains(key))
            .count();
        if newest && touched {
            let (channel, epoch, need) = (&one.channel, one.epoch, one.keys.threshold());
            lines.push(if left < need {
                format!("channel {channel}, epoch {epoch} can sign NOTHING NEW: {left} of {need} needed keys are left; grant a new epoch (varaq publisher delegate)")
            } else {
                format!("channel {channel}, epoch {epoch} can still sign: {left} keys are left, {need} are needed")
            });
        }
    }
}

fn names(next: &Statement, lines: &mut Vec<String>) {
    for name in &next.names {
        lines.push(format!(
            "the name is {} ({})",
            words::claim(&name.name),
            name.language
        ));
    }
    if !next.names.is_empty() && next.version > 1 {
        lines.push("readers who gave you a name of their own keep it".to_owned());
    }
}

fn cadence(before: &[&Statement], next: &Statement, lines: &mut Vec<String>) {
    let former = before.last().map_or(0, |one| one.cadence);
    if next.cadence == former {
        return;
    }
    lines.push(match next.cadence {
        0 => "no promise any more of how often an issue comes".to_owned(),
        days => format!(
            "an issue is promised every {}; readers can see when one is overdue",
            words::count(days.into(), "day")
        ),
    });
}
