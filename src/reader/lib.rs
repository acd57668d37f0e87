//! varaq-reader: the desktop app.
//!
//! In: a file, and what the reader does. Out: a window. The verdict is drawn before anything of the file; content
//! comes only from the trust layer ([`varaq_trust::Verified`]). A frame never waits: files, checks and pictures are
//! the workers' ([`desk`]). No network, no link is opened, and no file is written but, on request, the list of pins
//! and the picture of `--screenshot`.
//!
//! Layers: `words`, `theme`, `place`, `command`, `face`, `day` are pure; `desk` works; `ink` paints text; `widgets`
//! are controls; `screens` draw from state and answer with [`screens::Action`]; `app` alone changes state.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "points and pixels of a window are small"
)]

pub mod app;
pub mod args;
pub mod command;
pub mod day;
pub mod desk;
pub mod drives;
pub mod face;
pub mod handed;
pub mod home;
pub mod icon;
pub mod ink;
pub mod issue;
pub mod look;
pub mod order;
pub mod place;
pub mod samples;
pub mod screens;
pub mod settings;
pub mod shelf;
pub mod theme;
pub mod widgets;
pub mod words;
