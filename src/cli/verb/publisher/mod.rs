//! `varaq publisher`: an identity, and how its keys change over the years.
//!
//! Every verb that says something new about a publisher ends in [`making`]: one way to show
//! in plain words what readers will see, to sign with the root keys or to ask for their
//! signatures elsewhere, and to put the result into the folder.

mod accept;
mod approve;
mod clear;
mod contact;
mod delegate;
mod key;
mod ledger;
mod making;
mod named;
mod new;
mod picture;
mod profile;
mod recover;
mod revoke;
mod rotate;
mod show;
mod summary;
mod suspend;

use clap::Subcommand;

use crate::failure::Failure;
use crate::session::Session;

/// Creates a publisher, shows one, changes its keys.
#[derive(Debug, Subcommand)]
pub enum Publisher {
    /// Make keys and a contact file
    New(new::New),
    /// Show code, names, keys and everything that ever changed
    Show(show::Show),
    /// Write the contact to hand out, as a file or as a QR picture
    Contact(contact::ContactOf),
    /// Make one key, where it will be kept
    Key(key::Key),
    /// Let new editors sign: a new epoch
    Delegate(delegate::Delegate),
    /// Take a key away: stolen, or retired
    Revoke(revoke::Revoke),
    /// Write the note that stops a key at once
    #[command(visible_alias = "suspend-note")]
    Suspend(suspend::Suspend),
    /// Draw a suspension note as a QR picture
    Picture(picture::Draw),
    /// Let a suspended key count again
    Clear(clear::Clear),
    /// Say which of two issues with one number is yours
    Settle(clear::Settle),
    /// Change what readers see as your name
    Name(profile::Names),
    /// Promise how often an issue comes
    Cadence(profile::Cadence),
    /// Replace the root keys
    Rotate(rotate::Rotate),
    /// Replace stolen or lost root keys, by the recovery keys
    Recover(recover::Recover),
    /// Sign a request with a root key, on a machine of its own
    Approve(approve::Approve),
    /// Put what came back into the folder: a signed request, or a suspension note
    Accept(accept::Accept),
    /// List the issues that were signed; add a lost one
    Ledger(ledger::Ledger),
}

impl Publisher {
    /// Runs one of them.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        match self {
            Publisher::New(verb) => verb.run(session),
            Publisher::Show(verb) => verb.run(session),
            Publisher::Contact(verb) => verb.run(session),
            Publisher::Key(verb) => verb.run(session),
            Publisher::Delegate(verb) => verb.run(session),
            Publisher::Revoke(verb) => verb.run(session),
            Publisher::Suspend(verb) => verb.run(session),
            Publisher::Picture(verb) => verb.run(session),
            Publisher::Clear(verb) => verb.run(session),
            Publisher::Settle(verb) => verb.run(session),
            Publisher::Name(verb) => verb.run(session),
            Publisher::Cadence(verb) => verb.run(session),
            Publisher::Rotate(verb) => verb.run(session),
            Publisher::Recover(verb) => verb.run(session),
            Publisher::Approve(verb) => verb.run(session),
            Publisher::Accept(verb) => verb.run(session),
            Publisher::Ledger(verb) => verb.run(session),
        }
    }
}
