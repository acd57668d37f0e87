//! The reader's shelf in the terminal: what is kept is found and can be removed, what is not
//! trusted is not kept, and what the disk has spoilt is said.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

mod desk;

use std::fs;
use std::path::{Path, PathBuf};

use desk::{Desk, Ran};

fn sample(name: &str) -> String {
    let bundles = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bundles");
    bundles.join(name).to_str().unwrap().to_owned()
}

/// A reader who trusts the publisher of the samples.
fn reader() -> Desk {
    let desk = Desk::new();
    desk.varaq(&format!("trust add {}", sample("samples.contact")))
        .expect(0);
    desk
}

/// One that has kept the sample issue, and a second one of another publisher.
fn with_two() -> Desk {
    let desk = reader();
    desk.varaq(&format!("trust add {}", sample("unknown.varaq")))
        .expect(0);
    let files = [sample("samples.varaq"), sample("unknown.varaq")].join(" ");
    let imported = desk.varaq(&format!("shelf import {files}")).expect(0);
    assert_eq!(imported.out.matches("new ").count(), 2, "{imported:?}");
    desk
}

fn titles(ran: &Ran) -> Vec<String> {
    let objects = ran.objects();
    let hits = objects.iter().filter(|object| object["type"] == "hit");
    hits.map(|hit| hit["title"].as_str().unwrap().to_owned())
        .collect()
}

/// All files of a folder, with their contents.
fn everything(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), fs::read(path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn what_is_kept_is_listed_found_and_removed() {
    let desk = with_two();
    let listed = desk.varaq("shelf list").expect(0);
    assert_eq!(listed.out.lines().count(), 2, "{listed:?}");
    assert!(listed.out.contains("36/36"), "{listed:?}");
    assert!(listed.out.contains("issue 7"), "{listed:?}");
    let english = desk.varaq("search paper").expect(0);
    assert!(english.out.contains("Compare the code before you trust"));
    assert!(english.out.contains("issue 1, 2026-11-20, English"));
    assert!(english.out.contains("A paper on a wall"), "{english:?}");
    // As an Arabic keyboard types it, and as the article has it.
    let arabic = desk.varaq("search پرونده\u{64a}").expect(0);
    let persian = desk.varaq("search کاغذ").expect(0);
    let typed = desk.varaq("search \u{643}اغذ").expect(0);
    assert_eq!(persian.out, typed.out);
    assert!(persian.out.contains("پیش از اعتماد"), "{persian:?}");
    drop(arabic);
    let known = desk
        .varaq(&format!("shelf import {}", sample("samples.varaq")))
        .expect(0);
    assert!(known.out.starts_with("known"), "{known:?}");
    let rebuilt = desk.varaq("shelf rebuild").expect(0);
    assert_eq!(rebuilt.out.matches(": whole").count(), 2, "{rebuilt:?}");
    assert_eq!(desk.varaq("search paper").expect(0).out, english.out);
    let line = listed.out.lines().find(|line| line.contains("issue 7"));
    let id = line.unwrap().split(' ').next().unwrap();
    let removed = desk.varaq(&format!("shelf remove {}", &id[..6])).expect(0);
    assert!(removed.out.contains("issue 7"), "{removed:?}");
    assert_eq!(desk.names("home/bundles").len(), 1);
    let after = desk.varaq("search paper").expect(0);
    assert!(!after.out.contains("A paper on a wall"), "{after:?}");
    desk.varaq(&format!("shelf remove {id}")).expect(1);
}

#[test]
fn every_line_for_scripts_is_an_object_with_a_type() {
    let desk = reader();
    let imported = desk.varaq(&format!("shelf import {} --json", sample("samples.varaq")));
    assert_eq!(imported.expect(0).objects()[0]["outcome"], "new");
    let listed = desk.varaq("shelf list --json").expect(0).objects();
    assert_eq!(listed[0]["type"], "kept");
    assert_eq!(
        (listed[0]["articles"].as_u64(), listed[0]["unread"].as_u64()),
        (Some(36), Some(36))
    );
    let hit = &desk.varaq("search paper --json").expect(0).objects()[0];
    let (snippet, range) = (hit["snippet"].as_str().unwrap(), &hit["snippet_hits"][0]);
    let at = |end: usize| usize::try_from(range[end].as_u64().unwrap()).unwrap();
    assert!(snippet[at(0)..at(1)].eq_ignore_ascii_case("paper"), "{hit}");
    // The file and the number are those that `show` takes.
    let (path, number) = (hit["path"].as_str().unwrap(), hit["article"].to_string());
    let shown = desk.varaq_args(["show", path, &number]).expect(0);
    assert!(shown.out.starts_with(hit["title"].as_str().unwrap()));
    let rebuilt = desk.varaq("shelf rebuild --json").expect(0).objects();
    assert_eq!(
        (&rebuilt[0]["type"], &rebuilt[0]["whole"]),
        (&"checked".into(), &true.into())
    );
    let id = listed[0]["manifest"].as_str().unwrap();
    let removed = desk.varaq(&format!("shelf remove {id} --json")).expect(0);
    assert_eq!(removed.objects()[0]["type"], "removed");
    let refused = desk.varaq(&format!("shelf import {} --json", sample("unknown.varaq")));
    let refused = refused.expect(21).objects();
    assert_eq!(
        (&refused[0]["outcome"], &refused[1]["type"]),
        (&"refused".into(), &"error".into())
    );
}

#[test]
fn filters_take_away_what_does_not_fit() {
    let desk = with_two();
    let count =
        |args: &str| titles(&desk.varaq(&format!("search paper --json {args}")).expect(0)).len();
    assert_eq!(count(""), 4);
    assert_eq!(count("--since 2026-11-21"), 1);
    assert_eq!(count("--until 2026-11-20"), 3);
    assert_eq!(count("--language en --section Essays"), 1);
    assert_eq!(count("--language fa"), 0);
    assert_eq!(count("--unread"), 4);
    assert_eq!(count("--starred"), 0);
    assert_eq!(count("--limit 2"), 2);
    let by = |name: &str| {
        let args = ["search", "paper", "--json", "--publisher", name];
        titles(&desk.varaq_args(args).expect(0)).len()
    };
    assert_eq!((by("Varaq samples"), by("the wall paper")), (3, 1));
    assert_eq!(by("7371 2688 3956 7719 9766 4035"), 1);
    let nobody = desk.varaq_args(["search", "paper", "--publisher", "Nobody"]);
    assert!(nobody.expect(2).err.contains("hint: "));
}

#[test]
fn a_file_and_a_folder_are_searched_without_touching_the_shelf() {
    let desk = with_two();
    fs::remove_dir_all(desk.path("home/bundles")).unwrap();
    let before = everything(&desk.path("home"));
    let file = desk.varaq_args(["search", &sample("samples.varaq"), "paper"]);
    assert!(file.expect(0).out.contains("Compare the code"));
    let inside = desk.varaq_args([
        "search",
        "paper",
        "--in",
        &sample("samples.varaq"),
        &sample(""),
    ]);
    // The forged and the damaged one are said, and the others are searched.
    let inside = inside.expect(20);
    assert!(inside.out.contains("A paper on a wall"), "{inside:?}");
    assert!(inside.err.contains("BAD_SIGNATURE"), "{inside:?}");
    assert_eq!(everything(&desk.path("home")), before);
}

#[test]
fn a_stranger_is_searched_only_with_consent_and_never_kept() {
    let desk = reader();
    let file = sample("unknown.varaq");
    let refused = desk.varaq(&format!("search {file} paper")).expect(21);
    assert_eq!(refused.out, "");
    let read = desk
        .varaq(&format!("search {file} paper --untrusted"))
        .expect(0);
    assert!(read.out.contains("NOT TRUSTED: "), "{read:?}");
    let altered = desk.varaq(&format!(
        "search {} paper --untrusted",
        sample("altered.varaq")
    ));
    assert_eq!(altered.expect(20).out, "");
    let kept = desk.varaq(&format!("shelf import {file}")).expect(21);
    assert!(
        kept.err.contains("hint: ") && kept.err.contains("trust add CODE"),
        "{kept:?}"
    );
    assert!(!desk.path("home/bundles").exists());
}

#[test]
fn what_is_not_whole_is_kept_and_said() {
    let desk = reader();
    let partial = desk
        .varaq(&format!("shelf import {}", sample("partial.varaq")))
        .expect(3);
    assert!(
        partial.out.contains("33/36") && partial.out.contains("INCOMPLETE"),
        "{partial:?}"
    );
    assert!(
        desk.varaq("shelf list")
            .expect(3)
            .out
            .contains("INCOMPLETE")
    );
    assert!(
        desk.varaq("shelf rebuild")
            .expect(3)
            .out
            .contains("33 of 36 articles")
    );
    let more = desk
        .varaq(&format!("shelf import {}", sample("samples.varaq")))
        .expect(0);
    assert!(more.out.starts_with("more"), "{more:?}");
    // What was missing is found from now on.
    let found = desk.varaq("search paper").expect(0);
    assert!(found.out.contains("Compare the code"), "{found:?}");
    desk.varaq("shelf list").expect(0);
    assert_eq!(desk.names("home/bundles").len(), 1);
}

#[test]
fn what_is_no_issue_is_not_kept() {
    let desk = reader();
    let whole = fs::read(sample("samples.varaq")).unwrap();
    fs::write(desk.path("short.varaq"), &whole[..100]).unwrap();
    fs::write(desk.path("text.varaq"), "not a bundle").unwrap();
    desk.varaq("shelf import short.varaq").expect(23);
    desk.varaq("shelf import text.varaq").expect(10);
    desk.varaq("shelf import missing.varaq").expect(1);
    let small = desk.varaq(&format!(
        "shelf import {} --max-size 1kB",
        sample("samples.varaq")
    ));
    assert!(small.expect(1).err.contains("--max-size"));
    assert!(
        desk.varaq("shelf import text.varaq --max-size much")
            .expect(2)
            .err
            .contains("bytes")
    );
    assert!(!desk.path("home/index.sqlite").exists());
    let missing = desk.varaq("search some words").expect(1);
    assert!(missing.err.contains("quotation marks"), "{missing:?}");
    desk.varaq("shelf remove zz").expect(2);
    desk.varaq("shelf remove abcd").expect(1);
    desk.varaq("shelf list --portable nowhere").expect(1);
    assert!(!desk.path("nowhere").exists());
}

#[test]
fn a_damaged_index_is_made_anew_and_a_damaged_reading_file_set_aside() {
    let desk = with_two();
    let good = desk.varaq("search paper").expect(0).out;
    let index = desk.path("home/index.sqlite");
    let bytes = fs::read(&index).unwrap();
    let mut holes = bytes.clone();
    let middle = holes.len() / 2;
    holes[4096..middle].fill(0x5a);
    for damaged in [&b"no database"[..], &bytes[..bytes.len() / 2], &holes] {
        fs::write(&index, damaged).unwrap();
        let searched = desk.varaq("search paper");
        assert_eq!((searched.code, &searched.out), (0, &good), "{searched:?}");
    }
    fs::write(desk.path("home/reading"), "damaged").unwrap();
    let said = desk.varaq("search paper").expect(1);
    assert!(
        said.err.contains("set aside") && said.err.contains("hint: "),
        "{said:?}"
    );
    let again = desk.varaq("search paper").expect(0);
    assert_eq!(again.out, good);
}

#[test]
fn a_shelf_that_travels_has_its_own_readers_list_and_no_database() {
    let desk = Desk::new();
    let contact = sample("samples.contact");
    let mut trust = desk.command();
    trust.env("VARAQ_HOME", desk.path("stick"));
    assert!(
        trust
            .args(["trust", "add", &contact])
            .output()
            .unwrap()
            .status
            .success()
    );
    let file = sample("samples.varaq");
    desk.varaq(&format!("shelf import {file} --portable stick"))
        .expect(0);
    let found = desk.varaq("search paper --portable stick").expect(0);
    assert!(found.out.contains("Compare the code"), "{found:?}");
    assert!(!desk.path("stick/index.sqlite").exists());
    assert!(!desk.path("home").exists());
}
