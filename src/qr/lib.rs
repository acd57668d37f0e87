//! QR codes: a text becomes a picture, a picture becomes the texts of its codes.
//!
//! In: a short text, or the bytes of a PNG or JPEG: a screenshot, a photograph of a notice
//! board. Out: a PNG, or texts. What can go wrong: [`DrawError`], [`ReadError`]. Pictures are
//! a stranger's: their size is looked at before they are decoded, the search does a bounded
//! amount of work, and a text that comes out says nothing about who wrote it.
//!
//! What the texts mean (a contact, a code: FORMAT.md section 6) is not known here. Opens no
//! file.

mod draw;
mod finder;
mod grey;
mod mask;
mod read;
mod square;

pub use draw::{DrawError, Drawn, draw};
pub use grey::{MAX_FILE_BYTES, MAX_PIXELS};
pub use read::{ReadError, is_picture, read};
