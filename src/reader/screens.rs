//! The screens. Each draws from state and answers with [`Action`]s; none of them changes anything itself.
mod article;
mod entry;
mod files;
mod first;
mod front;
mod handed;
mod help;
mod hidden;
mod hits;
mod keys;
mod languages;
mod notice;
mod palette;
mod publishers;
mod search;
mod settings;
mod shelf;
mod sidebar;
mod start;
mod targets;
mod verdict;

pub(crate) use article::flat;
pub use article::{Around as ArticlesAround, ArticleScreen};
pub use files::{Around, FileRow, Folder, Signed, files};
pub use first::{FirstState, first};
pub use front::{FrontState, front};
pub use handed::{handed, searching};
pub use help::{TOPICS, help};
pub use hidden::{HiddenState, hidden};
pub use hits::{HitList, PORTION as HITS};
pub use keys::keys;
pub use languages::languages;
pub use notice::keeping;
pub use palette::{PaletteState, palette};
pub use publishers::{Naming, Picture, PublishersState, Told, Typing, publishers};
pub use search::{SearchState, search};
pub use settings::{SettingsState, settings};
pub use shelf::{Drawn, ShelfState, Tab, shelf};
pub use sidebar::{Sidebar, sidebar};
pub use start::{SampleRow, WordedSample, seal_words};
pub use targets::targets;
pub use verdict::{Compared, VerdictState, checking, refused, verdict};

use crate::{command::Command, look::Look, place::Place, theme::ThemeName, words::Language};
use eframe::egui::{Id, Rect, ScrollArea, Ui, UiBuilder, pos2};
use std::path::PathBuf;
use varaq_bundle::Hash;
use varaq_shelf::Mode;
use varaq_trust::{Code, PublisherId};

/// What a screen asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// One of the commands that also have keys.
    Do(Command),
    /// Open a file.
    Open(PathBuf),
    /// Open a sample, by its place in the list.
    OpenSample(usize),
    /// List a folder.
    List(PathBuf),
    /// Look what is on a stick.
    Browse(PathBuf),
    /// Go to a place.
    Go(Place),
    /// Read the issue: the consent follows from its verdict.
    Read,
    /// Compare the typed code.
    Compare,
    /// Show the field for the code on the sheet of a pinned publisher.
    AskCode,
    /// Write the publisher to this computer.
    Remember,
    /// Do not wait for the check of every byte.
    SkipCheck,
    /// Show what is known of a publisher.
    ChoosePublisher(PublisherId),
    /// Ask whether the chosen publisher is really to be removed, or ask no longer.
    AskRemoval(bool),
    /// Trust the chosen publisher no longer, and forget what was met of it.
    RemovePublisher,
    /// Show the field for a code on the list of publishers.
    TypeCode,
    /// Take in the code that was typed there.
    TakeCode,
    /// Wait for a code no longer.
    ForgetCode(Code),
    /// Take in what the file that is no bundle says.
    TakeHanded,
    /// Show the chosen publisher as a picture, or hide it.
    ShowPicture(bool),
    /// Show the field for the reader's own name of the chosen publisher.
    AskName,
    /// Call the chosen publisher so; nothing = by its own name.
    Rename(String),
    /// Write all that stands on the list to this computer.
    RememberAll,
    /// Put text on the clipboard.
    Copy(String),
    /// Wear this theme; none = that of the computer.
    Dress(Option<ThemeName>),
    /// Set articles so.
    Look(Look),
    /// Ask again where things are to be kept.
    ChooseHome,
    /// Carry out what was chosen in the palette.
    FromPalette(Command),
    /// Show everything in the window at so many percent.
    Zoom(u16),
    /// Speak this language.
    Speak(Language),
    /// Keep things this way.
    ChooseMode(Mode),
    /// The first start is over.
    Begin,
    /// Open an issue of the shelf.
    OpenKept(Hash),
    /// Open an article of an issue, by its number.
    OpenHit(Hash, u32),
    /// Take an issue off the shelf.
    RemoveIssue(Hash),
    /// Put back what was taken off the shelf last.
    PutBack,
    /// Copy the open file into this folder; whether the stick takes no file of 4 GiB.
    CopyTo(PathBuf, bool),
    /// Stop what is being copied to a stick.
    StopCopying,
    /// Stop what is being brought to the shelf.
    StopKeeping,
    /// The notice was read.
    DismissNotice,
    /// List these articles of the shelf.
    ChooseTab(Tab),
    /// Show all issues of a publisher, or as many as fit.
    UnfoldRow(PublisherId),
    /// Ask what the field and the chips of the search say.
    Search,
    /// Ask for more hits.
    MoreHits,
}

/// A part of the window that scrolls. `content` draws from the top of the rectangle it gets and answers with its bottom.
fn scrolled(ui: &mut Ui, rect: Rect, salt: &str, content: impl FnOnce(&mut Ui, Rect) -> f32) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(salt), |ui| {
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        ScrollArea::vertical()
            .auto_shrink(false)
            .animated(false)
            .show(ui, |ui| {
                let top = ui.max_rect().min;
                let page =
                    Rect::from_min_max(top, pos2(top.x + rect.width(), top.y + rect.height()));
                let bottom = content(ui, page);
                ui.expand_to_include_rect(Rect::from_min_max(
                    top,
                    pos2(top.x + 1.0, bottom.ceil()),
                ));
            });
    });
}

/// The height something had in the pass before. When it changes, egui is asked to do this pass again, so that
/// nothing is ever seen at a wrong place.
fn measured(ui: &mut Ui, id: Id, draw: impl FnOnce(&mut Ui, f32) -> f32) {
    let before: f32 = ui.data(|data| data.get_temp(id)).unwrap_or(0.0);
    let now = draw(ui, before);
    if (now - before).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, now));
        ui.ctx().request_discard("the height of a sheet changed");
    }
}
