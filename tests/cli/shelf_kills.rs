//! A pulled plug while two programs import: afterwards the shelf is as it was before, or as
//! it is after, and a second try is not in the way of anything. `VARAQ_KILLS` says how often.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use desk::Desk;

fn sample(name: &str) -> String {
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bundles");
    bundles.join(name).to_str().unwrap().to_owned()
}

/// A home in which one issue is kept and two publishers are trusted.
fn template(desk: &Desk) {
    for file in ["samples.contact", "unknown.varaq"] {
        desk.varaq(&format!("trust add {}", sample(file))).expect(0);
    }
    desk.varaq(&format!("shelf import {}", sample("unknown.varaq")))
        .expect(0);
    fs::rename(desk.path("home"), desk.path("template")).unwrap();
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let place = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &place);
        } else {
            fs::copy(path, place).unwrap();
        }
    }
}

fn start(desk: &Desk, files: [&str; 2]) -> Child {
    let mut command = desk.command();
    command.args(["shelf", "import"]).args(files.map(sample));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// Two imports of the same files, in either order.
fn two(desk: &Desk) -> [Child; 2] {
    [
        start(desk, ["samples.varaq", "partial.varaq"]),
        start(desk, ["partial.varaq", "samples.varaq"]),
    ]
}

/// Kept files, each of which is what its name says.
fn kept(desk: &Desk) -> usize {
    let names = desk.names("home/bundles");
    let kept = names.iter().filter(|name| name.ends_with(".varaq"));
    kept.inspect(|name| {
        let bytes = fs::read(desk.path("home/bundles").join(name)).unwrap();
        assert_eq!(**name, format!("{}.varaq", blake3::hash(&bytes)));
    })
    .count()
}

fn issues(desk: &Desk) -> Vec<serde_json::Value> {
    let listed = desk.varaq("shelf list --json");
    assert!(matches!(listed.code, 0 | 3), "{listed:?}");
    listed.objects()
}

#[test]
fn a_shelf_survives_two_imports_that_are_killed() {
    let desk = Desk::new();
    template(&desk);
    let home = desk.path("home");
    copy(&desk.path("template"), &home);
    let begun = Instant::now();
    for mut child in two(&desk) {
        child.wait().unwrap();
    }
    let whole = begun.elapsed().as_nanos();
    let kills = std::env::var("VARAQ_KILLS").ok();
    let kills: u32 = kills.map_or(24, |kills| kills.parse().unwrap());
    let mut random = 1_u64;
    let (mut before, mut after, mut unchecked, mut unfinished) = (0, 0, 0, 0);
    for _ in 0..kills {
        fs::remove_dir_all(&home).unwrap();
        copy(&desk.path("template"), &home);
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let wait = (whole * u128::from(random >> 32)) >> 32;
        let mut children = two(&desk);
        std::thread::sleep(Duration::from_nanos(u64::try_from(wait).unwrap()));
        children.iter_mut().for_each(|child| {
            let _ = child.kill();
        });
        children.iter_mut().for_each(|child| drop(child.wait()));
        let files = kept(&desk);
        assert!((1..=3).contains(&files));
        let names = desk.names("home/bundles");
        unfinished += u32::from(names.iter().any(|name| name.ends_with(".part")));
        let listed = issues(&desk);
        let found = desk.varaq("search wall").expect(0);
        assert!(found.out.contains("A paper on a wall"), "{found:?}");
        match listed.len() {
            1 => before += 1,
            2 => after += 1,
            _ => panic!("{listed:?}"),
        }
        unchecked += u32::from(listed.iter().any(|issue| issue["whole"] == false));
        // Again, to the end: nothing is in the way.
        let again = desk.varaq(&format!("shelf import {}", sample("samples.varaq")));
        again.expect(0);
        assert!(issues(&desk).iter().all(|issue| issue["whole"] == true));
        let found = desk.varaq("search paper").expect(0);
        assert!(found.out.contains("Compare the code"), "{found:?}");
        // The next change clears away what was cut short.
        let issues = issues(&desk);
        let sample = issues.iter().find(|issue| issue["number"] == 1).unwrap();
        let id = sample["manifest"].as_str().unwrap();
        desk.varaq(&format!("shelf remove {id}")).expect(0);
        assert_eq!(desk.names("home/bundles").len(), 1);
    }
    println!(
        "{kills} kills of two imports: {before} as before, {after} as after \
         ({unchecked} not marked whole yet), {unfinished} with an unfinished copy that was cleared away"
    );
}
