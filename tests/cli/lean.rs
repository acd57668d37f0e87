//! The distributor's tool: no window, no importer, no database, no network.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

use std::path::Path;
use std::process::Command;

/// Crates that the lean tool must not contain. The list of network crates is that of
/// `deny.toml`, as far as a dependency could bring one in by accident.
const BANNED: [&str; 36] = [
    "eframe",
    "egui",
    "winit",
    "parley",
    "rusqlite",
    "libsqlite3-sys",
    "pulldown-cmark",
    "image",
    "rqrr",
    "qrcode",
    "varaq-qr",
    "fast_image_resize",
    "serde-saphyr",
    "toml",
    "varaq-reader",
    "varaq-page",
    "reqwest",
    "hyper",
    "h2",
    "ureq",
    "curl",
    "curl-sys",
    "isahc",
    "rustls",
    "native-tls",
    "openssl",
    "openssl-sys",
    "tokio",
    "async-std",
    "smol",
    "mio",
    "socket2",
    "quinn",
    "hickory-resolver",
    "trust-dns-resolver",
    "webbrowser",
];

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "asks cargo for the tree that it would build"
)]
fn the_lean_tool_holds_only_what_a_distributor_needs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO"))
        .current_dir(root)
        .args([
            "tree",
            "--package",
            "varaq-cli",
            "--no-default-features",
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--no-dedupe",
        ])
        .args(["--offline", "--locked"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let tree = String::from_utf8(output.stdout).unwrap();
    let mut names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .filter(|name| !name.is_empty())
        .collect();
    names.sort_unstable();
    names.dedup();
    assert!(names.contains(&"varaq-carry"), "{tree}");
    let banned: Vec<&&str> = names.iter().filter(|name| BANNED.contains(name)).collect();
    assert!(banned.is_empty(), "{banned:?}");
    println!("the lean tool: {} crates, ours included", names.len());
}
