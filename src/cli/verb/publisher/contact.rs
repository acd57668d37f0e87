//! `varaq publisher contact`: hands a publisher on, as a file or as a QR picture (FORMAT.md
//! section 6).

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use varaq_trust::Contact;

use crate::exit;
use crate::failure::Failure;
use crate::file::write_new;
use crate::session::Session;
use crate::verb::trust::Publisher as Identity;
use crate::words;

const EXAMPLES: &str = "\
Examples:
  varaq publisher contact desk -o example.contact
  varaq publisher contact desk --qr example.png      (for a poster, a page, a chat)
  varaq publisher contact news.varaq --short         (of a publisher whose issue you have)

A short contact has the code, the id, the names and the newest statement known, but not the
statements themselves: a QR code holds it. The code beside the picture should be printed too,
and reach readers on another road: a contact proves nothing by itself.";

/// `publisher contact`
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ContactOf {
    /// A folder made by `publisher new`, a contact file or a bundle
    #[arg(value_name = "DIR|FILE")]
    from: PathBuf,
    /// Write the contact into this file; without -o and --qr it is printed
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Draw the short contact as a QR code into this PNG
    #[arg(long, value_name = "FILE.png")]
    qr: Option<PathBuf>,
    /// Leave the statements out
    #[arg(long)]
    short: bool,
}

impl ContactOf {
    /// Writes or prints what was asked for.
    pub fn run(self, session: &mut Session<'_, '_>) -> Result<u8, Failure> {
        let full = Identity::read(&self.from)?.contact();
        let short = full.short();
        let picture = match &self.qr {
            Some(_) => Some(Picture::draw(&short)?),
            None => None,
        };
        let contact = if self.short { &short } else { &full };
        if let Some(path) = &self.out {
            write_new(path, contact.to_string().as_bytes())?;
        }
        if let (Some(path), Some(picture)) = (&self.qr, &picture) {
            write_new(path, &picture.png)?;
        }
        self.tell(session, contact, picture.as_ref())?;
        let left = full.names.len().saturating_sub(short.names.len());
        if left > 0 && (self.short || picture.is_some()) {
            session.note(&format!(
                "{} did not fit into the short contact",
                words::count(left as u64, "name")
            ));
        }
        Ok(exit::GOOD)
    }

    fn tell(
        &self,
        session: &mut Session<'_, '_>,
        contact: &Contact,
        picture: Option<&Picture>,
    ) -> Result<(), Failure> {
        let name = |path: &Option<PathBuf>| {
            path.as_ref()
                .map(|path| path.to_string_lossy().into_owned())
        };
        if session.json {
            return session.object(&json!({
                "type": "contact", "code": contact.code.to_string(), "id": contact.id.to_string(),
                "contact": contact.to_string(), "file": name(&self.out), "qr": name(&self.qr),
                "modules": picture.map(|picture| picture.modules),
            }));
        }
        match (&self.out, &self.qr) {
            (None, None) => {
                session.line(contact.to_string().trim_end())?;
            }
            _ => session.line(&contact.code.to_string())?,
        }
        if let Some(path) = &self.out {
            session.note(&format!("wrote {}", words::path(path)));
        }
        if let (Some(path), Some(picture)) = (&self.qr, picture) {
            let side = picture.modules;
            session.note(&format!(
                "wrote {}: a QR code of {side} × {side} modules",
                words::path(path)
            ));
        }
        Ok(())
    }
}

/// The QR picture of a contact.
struct Picture {
    png: Vec<u8>,
    modules: usize,
}

impl Picture {
    #[cfg(feature = "qr")]
    fn draw(contact: &Contact) -> Result<Picture, Failure> {
        let drawn = varaq_qr::draw(&contact.to_string())
            .map_err(|error| Failure::failed("cannot draw the QR code").because(&error))?;
        Ok(Picture {
            png: drawn.png,
            modules: drawn.modules,
        })
    }

    #[cfg(not(feature = "qr"))]
    fn draw(_: &Contact) -> Result<Picture, Failure> {
        Err(Failure::failed("this tool was built without pictures")
            .hint("--short prints the text that the QR code would hold"))
    }
}
