//! Writes bundles to look at, and pins that know their publisher, into a folder: `mint FOLDER`.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::print_stdout)]
#[path = "common/mod.rs"]
mod common;

use std::{fs, path::Path};
use varaq_kit::Mint;
use varaq_shelf::StateFile;
use varaq_trust::State;

fn main() {
    let folder = std::env::args_os().nth(1).expect("a folder");
    let folder = Path::new(&folder);
    let coast = common::coast();
    let whole = common::issue(&coast).signed(&[0, 1]);
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("a file");
    write("coast-041.varaq", &whole);
    write("forged.varaq", &common::forged(whole.clone()));
    write("partial.varaq", &whole[..whole.len() - whole.len() / 3]);
    let mut damaged = whole.clone();
    let at = varaq_kit::pieces_at(&damaged) + 9_000;
    damaged[at] ^= 1;
    write("damaged.varaq", &damaged);
    write(
        "long.varaq",
        &coast
            .issue(42)
            .blocks(
                "fa",
                "مقاله‌ای بسیار بلند",
                &common::long(200_000),
                Vec::new(),
            )
            .signed(&[0, 1]),
    );
    write("few.varaq", &common::issue(&coast).signed(&[0]));
    write("note.varaq", b"not a bundle at all");
    let stranger = Mint::other("پیک باران", 60);
    write(
        "stranger.varaq",
        &stranger
            .issue(7)
            .article_in("fa", "خبری از باران", "باران آمد.\n\nو رفت.")
            .signed(&[0, 1]),
    );
    let impostor = Mint::other("کرانه", 90);
    write(
        "impostor.varaq",
        &impostor
            .issue(9)
            .article_in("fa", "خبر", "متن.")
            .signed(&[0, 1]),
    );
    for (name, checked) in [("checked", true), ("pinned", false)] {
        let home = folder.join(name);
        fs::create_dir_all(&home).expect("a folder");
        StateFile::in_folder(&home)
            .save(&State::from(coast.pins(checked)))
            .expect("pins");
    }
    println!("{}", varaq_trust::Code::of(&stranger.id()).expect("memory"));
}
