//! What a publisher chooses, on the command line or in `issue.toml`, is what is packed.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;
use varaq_bundle::{Bundle, Day, Limits};
use varaq_press::keys::{NewPublisher, Stretch, new_publisher};
use varaq_press::{IssueFile, PackError, PackOptions, PackReport, pack};
use varaq_storage::Disk;

const DAY: Day = Day(20_530);

struct Desk(tempfile::TempDir);

impl Desk {
    /// Ten articles of ten days, every second one about sport.
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        let plan = NewPublisher {
            names: vec![("en".into(), "Example".into())],
            stretch: Stretch {
                memory_kib: 64,
                passes: 1,
            },
            ..NewPublisher::default()
        };
        new_publisher(&Disk, &desk.0.path().join("keys"), &plan, None).unwrap();
        for number in 1..=10 {
            let section = if number % 2 == 0 { "Sport" } else { "News" };
            let words: String = (0..400)
                .map(|at| format!("w{:x} ", at * 7_919 * number))
                .collect();
            let text = format!(
                "---\ntitle: Day {number}\ndate: 2026-03-{number:02}\nlang: en\nsection: {section}\n---\n{words}\n"
            );
            desk.write(&format!("site/{number:02}.md"), &text);
        }
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn pack(&self, change: impl Fn(&mut PackOptions)) -> Result<PackReport, PackError> {
        let (site, out, keys) = (
            self.0.path().join("site"),
            self.0.path().join("out.varaq"),
            self.0.path().join("keys"),
        );
        let mut options = PackOptions::new(vec![site], out, keys, 1, DAY);
        options.format.level = 3;
        change(&mut options);
        pack(&Disk, &options, &mut |_| ControlFlow::Continue(()))
    }

    /// Titles, sections and lead of what was packed.
    fn packed(&self) -> (Vec<String>, Vec<String>, Option<String>) {
        let bytes = fs::read(self.0.path().join("out.varaq")).unwrap();
        let bundle = Bundle::open(Cursor::new(bytes), &Limits::default()).unwrap();
        #[expect(clippy::disallowed_methods, reason = "a test looks at a draft")]
        let content = bundle.into_content().unwrap();
        let front = content.front().unwrap();
        let titles = front.first.iter().map(|one| one.title.clone()).collect();
        let lead = front
            .lead
            .and_then(|lead| front.first.iter().find(|one| one.id == lead));
        (
            titles,
            front.sections.clone(),
            lead.map(|one| one.title.clone()),
        )
    }
}

#[test]
fn days_sections_and_order_are_chosen() {
    let desk = Desk::new();
    let report = desk
        .pack(|options| {
            options.selection.since = Some("2026-03-03".parse().unwrap());
            options.selection.until = Some("2026-03-08".parse().unwrap());
            options.selection.sections = vec!["sport".into(), "Weather".into()];
        })
        .unwrap();
    assert_eq!(
        desk.packed(),
        (
            vec!["Day 8".into(), "Day 6".into(), "Day 4".into()],
            vec!["Sport".into()],
            None
        )
    );
    let told: Vec<_> = report.warnings.iter().map(ToString::to_string).collect();
    let wanted = [
        "selection: 2 articles before 2026-03-03 left out",
        "selection: 2 articles after 2026-03-08 left out",
        "selection: no article is in section Weather",
        "selection: 3 articles of other sections left out",
    ];
    assert_eq!(told, wanted);
    desk.pack(|options| options.selection.order = vec!["News".into()])
        .unwrap();
    assert_eq!(desk.packed().1, ["News", "Sport"]);
    desk.pack(|options| options.selection.order = vec!["Sport".into(), "News".into()])
        .unwrap();
    assert_eq!(desk.packed().1, ["Sport", "News"]);
}

#[test]
fn the_lead_is_named_by_file_title_or_id() {
    let desk = Desk::new();
    for name in ["03.md", "Day 3"] {
        desk.pack(|options| options.selection.lead = Some(name.into()))
            .unwrap();
        let (titles, _, lead) = desk.packed();
        assert_eq!(
            (titles[0].as_str(), lead.as_deref()),
            ("Day 3", Some("Day 3")),
            "{name}"
        );
    }
    let missing = desk.pack(|options| options.selection.lead = Some("Day 33".into()));
    assert_eq!(
        missing.unwrap_err().to_string(),
        "no article is named Day 33"
    );
    let unchosen = desk.pack(|options| {
        options.selection.lead = Some("Day 3".into());
        options.selection.sections = vec!["Sport".into()];
    });
    assert!(matches!(unchosen, Err(PackError::NoLead(_))));
}

#[test]
fn a_file_is_no_larger_than_asked_and_what_was_left_out_is_named() {
    let desk = Desk::new();
    let whole = desk.pack(|_| ()).unwrap().len_bytes;
    let max = whole - 4_000;
    let limited = |options: &mut PackOptions| options.selection.max_bytes = Some(max);
    let report = desk.pack(limited).unwrap();
    assert!(report.len_bytes <= max, "{} > {max}", report.len_bytes);
    let (titles, _, _) = desk.packed();
    let named: Vec<_> = report
        .warnings
        .iter()
        .filter(|one| one.skipped)
        .map(ToString::to_string)
        .collect();
    assert_eq!(titles.len() + named.len(), 10, "{named:?}");
    assert!(titles.len() >= 5, "{titles:?}: room was left unused");
    assert_eq!(titles[0], "Day 10", "the newest stay");
    assert_eq!(named.last().unwrap(), "01.md: no room: left out");
    // The same again, byte for byte.
    let before = fs::read(desk.0.path().join("out.varaq")).unwrap();
    desk.pack(limited).unwrap();
    assert!(before == fs::read(desk.0.path().join("out.varaq")).unwrap());
    let tiny = desk.pack(|options| options.selection.max_bytes = Some(100));
    assert!(
        matches!(
            tiny,
            Err(PackError::Nothing(_) | PackError::TooLarge { .. })
        ),
        "{tiny:?}"
    );
    let ample = desk
        .pack(|options| options.selection.max_bytes = Some(whole * 2))
        .unwrap();
    assert_eq!(ample.articles, 10);
}

#[test]
fn pictures_go_before_words_do() {
    let desk = Desk::new();
    let noise = image::RgbImage::from_fn(500, 400, |x, y| {
        let mix =
            (x.wrapping_mul(1_103_515_245) ^ y.wrapping_mul(40_503)).wrapping_mul(2_654_435_761);
        image::Rgb([(mix >> 8) as u8, (mix >> 16) as u8, (mix >> 24) as u8])
    });
    noise.save(desk.0.path().join("site/bed.png")).unwrap();
    desk.write(
        "site/11.md",
        "---\ntitle: Seen\ndate: 2026-03-11\nlang: en\n---\nWords. ![Bed](bed.png)\n",
    );
    let report = desk
        .pack(|options| options.selection.max_bytes = Some(60_000))
        .unwrap();
    assert_eq!((report.articles, report.pictures), (11, 0));
    assert!(
        report
            .warnings
            .iter()
            .any(|one| one.to_string() == "11.md: no room for its pictures: 1 left out")
    );
}

/// The first look at the sources is one long call; it ends all the same.
#[test]
fn a_wish_to_stop_ends_the_first_look_too() {
    let desk = Desk::new();
    let stopped = desk.pack(|options| options.stop = std::sync::Arc::new(true.into()));
    assert!(matches!(stopped, Err(PackError::Cancelled)), "{stopped:?}");
    assert!(!desk.0.path().join("out.varaq").exists());
}

fn read(text: &str) -> Result<IssueFile, String> {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("issue.toml"), text).unwrap();
    let told = home.path().display().to_string();
    IssueFile::read(&Disk, home.path())
        .map_err(|error| error.to_string().replace(&told, "DIR").replace('\\', "/"))
}

#[test]
fn the_file_that_init_writes_explains_every_key() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("weekly");
    let path = IssueFile::init(&Disk, &folder).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        IssueFile::init(&Disk, &folder).is_err(),
        "it is never overwritten"
    );
    // As it is, it says nothing; with every key switched on it is understood.
    let silent = IssueFile::read(&Disk, &folder).unwrap();
    assert!(silent.sources.is_empty() && silent.title.is_none());
    let on = |line: &str| {
        let key = line.strip_prefix("# ").unwrap_or(line);
        let name = key.split_once(" = ").map(|(name, _)| name);
        let is_key = name.is_some_and(|name| !name.contains(' ')) || key.starts_with('[');
        if is_key {
            key.to_owned()
        } else {
            line.to_owned()
        }
    };
    let all: Vec<String> = text.lines().map(on).collect();
    fs::write(&path, all.join("\n")).unwrap();
    let file = IssueFile::read(&Disk, &folder).unwrap();
    assert_eq!(
        (file.number, file.max_bytes, file.no_bylines),
        (Some(7), Some(50_000_000), true)
    );
    assert_eq!(
        (file.allow.len(), file.selectors.len(), file.sources.len()),
        (2, 1, 2)
    );
    assert_eq!(file.publisher, Some(folder.join("desk")));
    assert_eq!(
        file.day.map(|day| day.to_string()).as_deref(),
        Some("2026-03-01")
    );
}

#[test]
fn a_slip_in_the_file_is_told_with_its_line_and_column() {
    for (text, told) in [
        (
            "title = \"a\"\nallows = []\n",
            "DIR/issue.toml:2:1: unknown field `allows`",
        ),
        (
            "title = \"a\"\n  day = \"2026-02-30\"\n",
            "DIR/issue.toml:2:9: ",
        ),
        (
            "number = 0\n",
            "DIR/issue.toml:1:10: numbers of issues begin with 1",
        ),
        ("number = \"one\"\n", "DIR/issue.toml:1:10: invalid type"),
        (
            "allow = [\"author\", \"emial\"]\n",
            "DIR/issue.toml:1:20: no kind of finding is named emial",
        ),
        (
            "max-size = \"50 parsecs\"\n",
            "DIR/issue.toml:1:12: expected a size such as 50M or 700k, found 50 parsecs",
        ),
        ("title = \"a\n", "DIR/issue.toml:1:"),
        ("sources = [\"a\"\n\n", "DIR/issue.toml:"),
    ] {
        let error = read(text).unwrap_err();
        assert!(error.starts_with(told), "{text}: {error}");
        assert!(!error.contains('\n'), "{error}");
    }
    assert!(
        read(&"a".repeat(2 << 20))
            .unwrap_err()
            .starts_with("cannot read")
    );
}

/// A folder, a feed and an export in one issue; what is in two of them appears once.
#[test]
fn mixed_sources_make_one_issue_and_always_the_same() {
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/press/inputs");
    let desk = Desk::new();
    desk.write(
        "site/river.md",
        "---\ntitle: Another title\ndate: 2026-03-01\nlang: fa\ncanonical: http://www.rud.example/river/?utm_source=x\n---\nWords.\n",
    );
    let sources = [
        "feed.xml",
        "atom.xml",
        "wordpress.xml",
        "rest.json",
        "telegram.json",
        "page.html",
    ];
    let mixed = |turned: bool| {
        let mut paths: Vec<_> = sources.iter().map(|name| inputs.join(name)).collect();
        paths.push(desk.0.path().join("site"));
        if turned {
            paths.push(desk.0.path().join("site"));
        }
        let report = desk.pack(|options| {
            options.sources = paths.clone();
            options.rules.allow = ["author", "email", "phone"]
                .map(|word| word.parse().unwrap())
                .to_vec();
        });
        (
            report.unwrap(),
            fs::read(desk.0.path().join("out.varaq")).unwrap(),
        )
    };
    let (report, bytes) = mixed(false);
    assert!(report.articles > 14, "{}", report.articles);
    let twice = report
        .warnings
        .iter()
        .filter(|one| one.what.starts_with("the same article as"))
        .count();
    assert!(twice > 0, "{:?}", report.warnings);
    let (titles, _, _) = desk.packed();
    assert!(titles.contains(&"Day 3".to_owned()));
    assert!(bytes == mixed(false).1, "two runs");
    assert!(
        bytes == mixed(true).1,
        "a folder that is named twice is packed once"
    );
}
