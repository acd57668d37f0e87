//! The next issue takes over what it has in common with the former one, byte for byte; and
//! nothing that it does not have.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout
)] // a test that cannot go on has failed

use std::collections::HashMap;
use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use varaq_bundle::{Bundle, Content, Day, Hash, Limits};
use varaq_press::keys::{NewPublisher, Stretch, new_publisher};
use varaq_press::{PackError, PackOptions, PackReport, pack};
use varaq_storage::Disk;

struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.publisher("keys");
        desk
    }

    fn publisher(&self, name: &str) {
        let plan = NewPublisher {
            names: vec![("en".into(), "Example".into())],
            stretch: Stretch {
                memory_kib: 64,
                passes: 1,
            },
            ..NewPublisher::default()
        };
        new_publisher(&Disk, &self.path(name), &plan, None).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// An article of some thousand words that no other has.
    fn write(&self, number: usize, language: &str) {
        let mut state = number as u64 + 1;
        let mut word = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            format!(
                "{} {:x} ",
                ["the river", "of the town", "fell again"][(state >> 40) as usize % 3],
                state >> 50
            )
        };
        let words: String = (0..600).map(|_| word()).collect();
        let text = format!(
            "---\ntitle: A {number}\ndate: 2026-03-{:02}\nlang: {language}\n---\n{words}\n",
            1 + number % 20
        );
        let folder = self.path("site");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("{number:03}.md")), text).unwrap();
    }

    fn pack(
        &self,
        output: &str,
        number: u32,
        previous: Option<&str>,
    ) -> Result<PackReport, PackError> {
        self.pack_from(vec![self.path("site")], output, number, previous)
    }

    fn pack_from(
        &self,
        sources: Vec<PathBuf>,
        output: &str,
        number: u32,
        previous: Option<&str>,
    ) -> Result<PackReport, PackError> {
        let mut options = PackOptions::new(
            sources,
            self.path(output),
            self.path("keys"),
            number,
            Day(20_560),
        );
        options.previous = previous.map(|name| self.path(name));
        options.format.level = 3;
        options.format.piece_bytes = 16 << 10;
        options.format.prefix_bytes = 32 << 10;
        options.rules.allow = ["author", "email", "phone", "path"]
            .map(|word| word.parse().unwrap())
            .to_vec();
        pack(&Disk, &options, &mut |_| ControlFlow::Continue(()))
    }

    fn content(&self, name: &str) -> Content<Cursor<Vec<u8>>> {
        let bytes = fs::read(self.path(name)).unwrap();
        let bundle = Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a test looks at a draft")]
        bundle.into_content().unwrap()
    }

    /// Texts by title, decoded.
    fn texts(&self, name: &str) -> HashMap<String, Vec<u8>> {
        let content = self.content(name);
        let entries = content.entries().map(|one| one.unwrap().1);
        entries
            .map(|entry| (entry.title.clone(), content.article_bytes(&entry).unwrap()))
            .collect()
    }

    /// Stored bytes of the pieces of `new`, and how many of them are in `old` already.
    fn shared(&self, old: &str, new: &str) -> (u64, u64) {
        let pieces = |name: &str| {
            let content = self.content(name);
            (0..content.manifest().piece_count)
                .map(|piece| content.table_entry(piece).unwrap())
                .map(|entry| (entry.hash, u64::from(entry.stored)))
                .collect::<Vec<(Hash, u64)>>()
        };
        let known: HashMap<_, _> = pieces(old).into_iter().collect();
        let new = pieces(new);
        let all = new.iter().map(|one| one.1).sum();
        (
            all,
            new.iter()
                .filter(|one| known.contains_key(&one.0))
                .map(|one| one.1)
                .sum(),
        )
    }
}

#[test]
fn the_next_issue_takes_over_what_stays() {
    let desk = Desk::new();
    for number in 0..40 {
        desk.write(number, if number % 2 == 0 { "en" } else { "fa" });
    }
    desk.pack("1.varaq", 1, None).unwrap();
    for number in 40..44 {
        desk.write(number, if number % 2 == 0 { "en" } else { "fa" });
    }
    desk.pack("anew.varaq", 2, None).unwrap();
    desk.pack("2.varaq", 2, Some("1.varaq")).unwrap();
    assert_eq!(
        desk.texts("2.varaq"),
        desk.texts("anew.varaq"),
        "every text is what it was"
    );
    assert_eq!(desk.texts("2.varaq").len(), 44);
    let (all, shared) = desk.shared("1.varaq", "2.varaq");
    assert!(shared * 100 >= all * 80, "{shared} of {all}");
    let (_, without) = desk.shared("1.varaq", "anew.varaq");
    assert!(shared > without * 2, "{shared}, {without}");
    // The same again, and the one after that.
    let before = fs::read(desk.path("2.varaq")).unwrap();
    desk.pack("2.varaq", 2, Some("1.varaq")).unwrap();
    assert!(before == fs::read(desk.path("2.varaq")).unwrap());
    desk.write(44, "ru");
    desk.pack("3.varaq", 3, Some("2.varaq")).unwrap();
    let (all, shared) = desk.shared("2.varaq", "3.varaq");
    assert!(shared * 100 >= all * 90, "{shared} of {all}");
    assert_eq!(desk.texts("3.varaq").len(), 45);
}

#[test]
fn what_was_taken_back_does_not_travel_on() {
    let desk = Desk::new();
    for number in 0..30 {
        desk.write(number, "en");
    }
    desk.pack("1.varaq", 1, None).unwrap();
    // One article is gone, one is changed; each may lie in the prefix or in the middle of a piece.
    for (gone, changed) in [(0, 1), (19, 5), (29, 7), (12, 13)] {
        let old =
            [gone, changed].map(|number| desk.texts("1.varaq")[&format!("A {number}")].clone());
        let path = |number: usize| desk.path(&format!("site/{number:03}.md"));
        let (before, text) = (
            fs::read(path(gone)).unwrap(),
            fs::read_to_string(path(changed)).unwrap(),
        );
        fs::remove_file(path(gone)).unwrap();
        fs::write(path(changed), text.replace("the river", "the lake")).unwrap();
        desk.pack("2.varaq", 2, Some("1.varaq")).unwrap();
        let content = desk.content("2.varaq");
        let all: Vec<u8> = (0..content.manifest().piece_count)
            .flat_map(|piece| content.piece(piece).unwrap().to_vec())
            .collect();
        for text in &old {
            let part = &text[text.len() / 3..text.len() / 3 + 200];
            assert!(
                !all.windows(200).any(|window| window == part),
                "{gone}, {changed}"
            );
        }
        assert_eq!(desk.texts("2.varaq").len(), 29);
        fs::write(path(gone), before).unwrap();
        fs::write(path(changed), text).unwrap();
    }
}

#[test]
fn another_publishers_issue_and_a_broken_one_are_no_former_issue() {
    let desk = Desk::new();
    (0..10).for_each(|number| desk.write(number, "en"));
    desk.pack("1.varaq", 1, None).unwrap();
    fs::rename(desk.path("keys"), desk.path("old")).unwrap();
    desk.publisher("keys");
    let error = desk.pack("2.varaq", 2, Some("1.varaq")).unwrap_err();
    assert!(matches!(error, PackError::NotPrevious(_)), "{error}");
    assert!(matches!(
        desk.pack("2.varaq", 2, Some("none.varaq")),
        Err(PackError::Previous { .. })
    ));
    assert!(matches!(
        desk.pack("2.varaq", 2, Some("site/001.md")),
        Err(PackError::Previous { .. })
    ));
    assert!(!desk.path("2.varaq").exists());
    fs::remove_dir_all(desk.path("keys")).unwrap();
    fs::rename(desk.path("old"), desk.path("keys")).unwrap();
    // A copy with bad bytes gives what is whole in it; the issue is right all the same.
    let whole = fs::read(desk.path("1.varaq")).unwrap();
    let head = whole.len() / 2;
    for at in (head..whole.len()).step_by(whole.len() / 23) {
        let mut bad = whole.clone();
        bad[at] ^= 0x55;
        fs::write(desk.path("bad.varaq"), bad).unwrap();
        desk.pack("2.varaq", 2, Some("bad.varaq")).unwrap();
        assert_eq!(desk.texts("2.varaq").len(), 10);
    }
    fs::write(desk.path("cut.varaq"), &whole[..head]).unwrap();
    desk.pack("2.varaq", 2, Some("cut.varaq")).unwrap();
    assert_eq!(desk.texts("2.varaq").len(), 10);
}

/// A real site of which the newest articles come with the next issue. `VARAQ_MEASURE=1`.
#[test]
fn a_real_sites_next_issue_is_mostly_known() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("VARAQ_SHARED").map_or(beside, PathBuf::from);
    let corpora = shared.join("corpora");
    if std::env::var_os("VARAQ_MEASURE").is_none() || !corpora.is_dir() {
        println!("not tested here: shared corpora, with VARAQ_MEASURE=1");
        return;
    }
    for name in ["news-en", "rtl"] {
        let desk = Desk::new();
        let from = corpora.join(name).join("articles");
        let mut files: Vec<PathBuf> = fs::read_dir(&from)
            .unwrap()
            .map(|one| one.unwrap().path())
            .filter(|one| one.is_file())
            .collect();
        files.sort();
        let old: Vec<PathBuf> = files
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 25 != 0)
            .map(|(_, path)| path.clone())
            .collect();
        desk.pack_from(old.clone(), "1.varaq", 1, None).unwrap();
        desk.pack_from(files.clone(), "anew.varaq", 2, None)
            .unwrap();
        desk.pack_from(files.clone(), "2.varaq", 2, Some("1.varaq"))
            .unwrap();
        let (all, shared) = desk.shared("1.varaq", "2.varaq");
        let (plain, without) = desk.shared("1.varaq", "anew.varaq");
        println!(
            "{name}: {} then {} articles; with --previous {shared} of {all} stored bytes are known ({} %), without {without} of {plain} ({} %)",
            old.len(),
            files.len(),
            shared * 100 / all,
            without * 100 / plain
        );
        assert!(shared * 100 > all * 80);
    }
}
