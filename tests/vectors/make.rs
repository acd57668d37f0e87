//! Writes the vectors: `cargo run -p varaq-kit --example vectors`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "make/mod.rs"]
mod make;
#[path = "make/histories/mod.rs"]
mod stories;

use std::path::Path;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors");
    for old in std::fs::read_dir(&folder).unwrap() {
        let path = old.unwrap().path();
        if path
            .extension()
            .is_some_and(|ext| ext == "varaq" || ext == "expect")
        {
            std::fs::remove_file(path).unwrap();
        }
    }
    let vectors = make::all();
    for vector in &vectors {
        let path = folder.join(format!("{}.varaq", vector.name));
        std::fs::write(&path, &vector.bytes).unwrap();
        std::fs::write(path.with_extension("expect"), vector.text()).unwrap();
    }
    println!("{} vectors", vectors.len());
    write_histories(&folder.join("histories"));
}

fn write_histories(folder: &Path) {
    for old in std::fs::read_dir(folder).unwrap() {
        std::fs::remove_file(old.unwrap().path()).unwrap();
    }
    let histories = stories::all();
    let names = stories::names(&histories);
    for (bytes, name) in &names {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    for history in &histories {
        let path = folder.join(format!("{}.history", history.name));
        std::fs::write(path, history.text(&names)).unwrap();
    }
    println!("{} histories, {} files", histories.len(), names.len());
}
