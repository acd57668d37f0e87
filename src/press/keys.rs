//! A publisher's keys: making them, keeping them, signing with them.
//!
//! The only place in the project that holds a secret key. A key is a file that a
//! person can carry, copy and burn; a passphrase wraps it (Argon2id, then
//! XChaCha20-Poly1305). Secrets are wiped when they are dropped.

mod file;
mod publisher;
mod secret;

pub use file::{KeyFile, KeyFileError, Stretch, write_key};
pub use publisher::{Created, NewPublisher, NewPublisherError, new_publisher};
pub use secret::{Role, SecretKey};
