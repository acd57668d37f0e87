//! Decoders and checks that are not compiled in cannot be reached by any bytes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::process::Command;

/// Every package of the workspace with the features that are on for it.
fn features() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test asks cargo about the build"
    )]
    let cargo = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--workspace",
            "--prefix=none",
            "--edges=normal,build,dev",
            "--format={p} [{f}]",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        cargo.status.success(),
        "{}",
        String::from_utf8_lossy(&cargo.stderr)
    );
    String::from_utf8(cargo.stdout).unwrap()
}

#[test]
fn no_feature_of_a_dependency_brings_a_lenient_decoder_back() {
    let tree = features();
    let mut seen = 0;
    for line in tree.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        let refused = match name {
            "zstd" | "zstd-safe" | "zstd-sys" => "legacy",
            "ed25519-dalek" | "curve25519-dalek" => "legacy_compatibility",
            _ => continue,
        };
        seen += 1;
        let list = line
            .split_once('[')
            .and_then(|(_, list)| list.split_once(']'))
            .map(|(list, _)| list);
        let list = list.unwrap_or_else(|| panic!("no features in {line}"));
        assert!(!list.split(',').any(|feature| feature == refused), "{line}");
    }
    assert!(seen >= 3, "{tree}");
}
