//! Writes the public vectors: `cargo run -p varaq-kit --example vectors -- tests/vectors`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("the folder to write to"));
    std::fs::create_dir_all(&folder).unwrap();
    let vectors = varaq_kit::vectors();
    for vector in &vectors {
        std::fs::write(folder.join(format!("{}.varaq", vector.name)), &vector.bytes).unwrap();
        std::fs::write(
            folder.join(format!("{}.expect", vector.name)),
            vector.expectation(),
        )
        .unwrap();
    }
    println!("{} vectors", vectors.len());
}
