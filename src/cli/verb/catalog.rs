//! `varaq catalog`: the list of a folder of bundles, for mirrors and their readers.

mod audit;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use varaq_carry::{
    CATALOG_FILE, Catalog as List, CatalogError, CheckOptions, FolderAddress, METALINK_FILE,
    SIGNATURE_SUFFIX, Survey, WhyLeftOut, publish_catalog, survey_catalog,
};
use varaq_press::keys::SecretKey;
use varaq_press::sign_catalog;
use varaq_storage::{Disk, Storage};
use varaq_trust::{Namespace, sshsig};

use crate::digits::hex;
use crate::exit;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::secret;
use crate::session::Session;
use crate::state;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq catalog /srv/varaq --base-url https://news.example/varaq/ --key mirror.key
  varaq catalog /srv/varaq --base-url https://a.example/v/ --mirror https://b.example/v/ --key mirror.key
  varaq catalog /srv/varaq --check --signer mirror.pub
  varaq catalog /media/stick --check --against /srv/varaq

Writes catalog.atom (OPDS), catalog.meta4 (Metalink) and their signatures into the folder,
nothing else, and nothing when nothing has changed: run it from cron. Only bundles that are
authentic and undamaged are listed. Everything is read twice. A key of its own for a mirror:
varaq publisher key mirror.key --role signer >mirror.pub

--check holds a folder against the list in it: whole, missing, altered, unlisted, older than
what you have met or than --against. Codes: 20 altered or a wrong signature, 3 missing or older.";

/// Lists a folder of bundles, or holds a folder against its list.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Catalog {
    /// The folder, with all folders in it
    dir: PathBuf,
    /// Where the folder can be had; asked first
    #[arg(long, value_name = "URL")]
    base_url: Option<FolderAddress>,
    /// Where else, in the order in which to ask
    #[arg(long, value_name = "URL")]
    mirror: Vec<FolderAddress>,
    /// A signer's key: of the publisher, or of this mirror
    #[arg(long, value_name = "KEY")]
    key: Option<PathBuf>,
    /// List only publishers you trust; with --check also trust the signature's key (21)
    #[arg(long)]
    require_trusted: bool,
    /// Hold the folder against the list in it, and write nothing
    #[arg(long, conflicts_with_all = ["base_url", "mirror", "key"])]
    check: bool,
    /// The public key that must have signed the list: 64 digits, or a file with them
    #[arg(long, requires = "check", value_name = "HEX|FILE")]
    signer: Option<String>,
    /// A list, or a folder with one, that is known to be right
    #[arg(long, requires = "check", value_name = "PATH")]
    against: Option<PathBuf>,
}

impl Catalog {
    /// Writes what has changed; answers with the worst code of what was left out.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        if self.check {
            return self.audit(session);
        }
        // A wrong passphrase is told before an hour of reading.
        let key = self
            .key
            .as_deref()
            .map(|path| secret::unlock(session, path));
        let key = key.transpose()?;
        let survey = self.survey(session)?;
        let files = self.files(&survey.catalog, key.as_ref())?;
        let changed = publish_catalog(&Disk, &self.dir, &files).map_err(|error| {
            Failure::failed(format!(
                "cannot write the catalogue into {}",
                words::path(&self.dir)
            ))
            .because(&error)
        })?;
        self.tell(session, &survey, &changed, key.as_ref())?;
        Ok(survey.code)
    }

    fn check_options(&self) -> CheckOptions {
        CheckOptions {
            require_trusted: self.require_trusted,
            ..CheckOptions::default()
        }
    }

    fn survey(&self, session: &mut Session<'_, '_>) -> Result<Survey, Failure> {
        let mut mirrors: Vec<FolderAddress> = self.base_url.iter().cloned().collect();
        mirrors.extend(self.mirror.iter().cloned());
        let kept = state::load(session)?;
        let view = state::view(session, &kept);
        let cancel = Arc::clone(&session.io.interrupted);
        let mut progress = Progress::new(session, "catalog");
        let options = self.check_options();
        survey_catalog(
            &Disk,
            &self.dir,
            &mirrors,
            view,
            &options,
            &cancel,
            &mut |done, total| {
                progress.at(session, done, total);
            },
        )
        .map_err(|error| failure(&self.dir, &error))
    }

    /// What belongs into the folder.
    fn files(
        &self,
        catalog: &List,
        key: Option<&SecretKey>,
    ) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let mut files = Vec::new();
        for (name, text) in [
            (CATALOG_FILE, catalog.atom()),
            (METALINK_FILE, catalog.metalink()),
        ] {
            let signature = format!("{name}{SIGNATURE_SUFFIX}");
            match key {
                Some(key) => {
                    let armor = sign_catalog(key, text.as_bytes());
                    let cannot =
                        |error| Failure::failed("the catalogue was not signed").because(&error);
                    files.push((name.to_owned(), text.into_bytes()));
                    files.push((signature, armor.map_err(cannot)?.into_bytes()));
                }
                None => {
                    self.keeps_signature(name, &text)?;
                    files.push((name.to_owned(), text.into_bytes()));
                }
            }
        }
        Ok(files)
    }

    /// A signed list is not replaced by one that its signature does not fit.
    fn keeps_signature(&self, name: &str, text: &str) -> Result<(), Failure> {
        let signature = self.dir.join(format!("{name}{SIGNATURE_SUFFIX}"));
        if Disk.facts(&signature).is_err() {
            return Ok(());
        }
        let there = varaq_storage::read(&Disk, &self.dir.join(name), text.len() as u64);
        if there.is_ok_and(|there| there == text.as_bytes()) {
            return Ok(());
        }
        let what = format!(
            "{} is there, and the catalogue has changed",
            words::path(&signature)
        );
        Err(Failure::failed(what).hint("sign it again with --key, or remove the signatures"))
    }

    fn tell(
        &self,
        session: &mut Session<'_, '_>,
        survey: &Survey,
        changed: &[String],
        key: Option<&SecretKey>,
    ) -> Result<(), Failure> {
        let entries = &survey.catalog.entries;
        let bytes = entries
            .iter()
            .fold(0_u64, |sum, entry| sum.saturating_add(entry.len_bytes));
        let public = key.and_then(|key| key.public().ok());
        left_out(session, survey)?;
        if session.json {
            return session.object(&json!({
                "type": "catalog", "folder": self.dir.to_string_lossy(), "bundles": entries.len(), "bytes": bytes,
                "written": changed, "signed_by": public.map(|key| hex(key.bytes())), "exit_code": survey.code,
            }));
        }
        let state = if changed.is_empty() {
            "as it was".to_owned()
        } else {
            format!("wrote {}", changed.join(", "))
        };
        session.line(&format!(
            "{}, {}: {state}",
            words::count(entries.len() as u64, "bundle"),
            words::size(bytes)
        ))?;
        if let Some(public) = &public {
            session.line(&format!("signed by {}", hex(public.bytes())))?;
            let line = sshsig::allowed_signers_line("mirror", Namespace::Catalog, public);
            session.detail(&format!(
                "for ssh-keygen: {}",
                line.unwrap_or_default().trim_end()
            ));
        }
        if survey.catalog.mirrors.is_empty() {
            session.note("without --base-url the Metalink names no place to fetch from");
        }
        Ok(())
    }
}

/// Says of each bundle that is not listed why.
fn left_out(session: &mut Session<'_, '_>, survey: &Survey) -> Result<(), Failure> {
    for left in &survey.left_out {
        let (reason, code) = match left.why {
            WhyLeftOut::Check(verdict, code) => (verdict.name().to_owned(), code),
            WhyLeftOut::Name => ("NAME".to_owned(), exit::FAILED),
        };
        if session.json {
            session.object(&json!({
                "type": "left_out", "path": left.path.to_string_lossy(), "reason": reason, "exit_code": code,
            }))?;
        } else {
            let why = match left.why {
                WhyLeftOut::Name => "give it a plain name".to_owned(),
                WhyLeftOut::Check(_, exit::DAMAGED | 22) => format!("{reason}, damaged"),
                WhyLeftOut::Check(..) => reason,
            };
            session.warn(&format!("left out: {}: {why}", words::path(&left.path)));
        }
    }
    Ok(())
}

fn failure(folder: &Path, error: &CatalogError) -> Failure {
    let failure = Failure::failed(format!("there is no catalogue of {}", words::path(folder)));
    match error {
        CatalogError::Interrupted => Failure::interrupted(),
        CatalogError::Changed(_) => failure
            .because(error)
            .hint("put files there under another name and rename them when they are whole"),
        CatalogError::TooLong => failure
            .because(error)
            .hint("make one for each of its folders"),
        CatalogError::Unreadable { .. } => failure
            .because(error)
            .hint("nothing was written: a list without that file would tell mirrors to drop it"),
        CatalogError::NotAFolder(_) => failure.because(error),
    }
}
