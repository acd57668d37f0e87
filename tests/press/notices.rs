//! The notices of a publisher's folder: kept, read back, and never silently fewer.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // a test that cannot go on has failed

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use varaq_bundle::{ArticleId, Day, Notice, NoticeKind};
use varaq_press::{KeptNotice, NoticeFile, NoticeFileError};
use varaq_storage::Disk;

fn kept(article: u64) -> KeptNotice {
    KeptNotice {
        notice: Notice {
            article: ArticleId(article.to_be_bytes()),
            kind: NoticeKind::Correction,
            issue: "main/1/3".parse().unwrap(),
            language: "fa".into(),
            text: "عدد درست دوازده است.".into(),
            day: Day(20_450),
        },
        title: "نان".into(),
        published: None,
    }
}

fn read(folder: &Path) -> NoticeFile {
    NoticeFile::read(&Disk, folder).unwrap()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_folder_without_the_file_has_no_notices_and_gets_no_file() {
    let dir = folder();
    assert!(read(dir.path()).kept().is_empty());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn notices_are_read_back_in_the_order_in_which_they_were_added() {
    let dir = folder();
    let mut other = kept(1);
    other.notice.issue = "weekly/2/9".parse().unwrap();
    other.notice.kind = NoticeKind::Harm;
    other.title = String::new();
    other.published = Some("weekly/2/10".parse().unwrap());
    let all = vec![kept(9), other, kept(2)];
    read(dir.path()).add(&Disk, all.clone()).unwrap();
    assert_eq!(read(dir.path()).kept(), all);
    assert_eq!(read(dir.path()).of_channel("main").len(), 2);
    assert_eq!(read(dir.path()).of_channel("weekly").len(), 1);
    assert!(read(dir.path()).of_channel("daily").is_empty());
}

#[test]
fn of_several_notices_all_are_kept_or_none() {
    let dir = folder();
    let mut file = read(dir.path());
    file.add(&Disk, vec![kept(1)]).unwrap();
    let before = fs::read(dir.path().join("notices")).unwrap();
    let error = file.add(&Disk, vec![kept(2), kept(1)]).unwrap_err();
    assert!(
        matches!(error, NoticeFileError::Same { number: 1 }),
        "{error}"
    );
    assert_eq!(file.kept().len(), 1);
    assert_eq!(fs::read(dir.path().join("notices")).unwrap(), before);
}

#[test]
fn what_no_issue_could_carry_is_not_kept() {
    let dir = folder();
    for change in [
        |notice: &mut Notice| notice.text = String::new(),
        |notice: &mut Notice| notice.text = "ب".repeat(513),
        |notice: &mut Notice| notice.text = "a\nb".into(),
        |notice: &mut Notice| notice.language = "fa_IR".into(),
        |notice: &mut Notice| notice.day = Day(2_932_897),
        |notice: &mut Notice| notice.issue.channel = "Main".into(),
        |notice: &mut Notice| notice.issue.number = 0,
    ] {
        let mut bad = kept(1);
        change(&mut bad.notice);
        assert!(read(dir.path()).add(&Disk, vec![bad]).is_err());
    }
    assert!(!dir.path().join("notices").exists());
}

#[test]
fn a_channel_has_room_for_4096_notices() {
    let dir = folder();
    let mut file = read(dir.path());
    file.add(&Disk, (1..=4_096).map(kept).collect()).unwrap();
    let error = file.add(&Disk, vec![kept(5_000)]).unwrap_err();
    assert!(matches!(error, NoticeFileError::TooMany { .. }), "{error}");
    let mut weekly = kept(5_000);
    weekly.notice.issue = "weekly/1/1".parse().unwrap();
    file.add(&Disk, vec![weekly]).unwrap();
    assert_eq!(read(dir.path()).kept().len(), 4_097);
}

#[test]
fn a_published_notice_stays() {
    let dir = folder();
    let mut file = read(dir.path());
    let mut out = kept(1);
    out.published = Some("main/1/4".parse().unwrap());
    file.add(&Disk, vec![out, kept(2)]).unwrap();
    let error = file.remove(&Disk, 1).unwrap_err();
    assert!(matches!(
        error,
        NoticeFileError::Published { number: 1, .. }
    ));
    assert_eq!(file.remove(&Disk, 2).unwrap(), kept(2));
    for number in [0, 2, usize::MAX] {
        let error = file.remove(&Disk, number).unwrap_err();
        assert!(matches!(error, NoticeFileError::NoSuch { .. }), "{error}");
    }
    assert_eq!(read(dir.path()).kept().len(), 1);
}

#[test]
fn a_file_that_is_not_understood_says_which_line_and_is_never_empty() {
    let dir = folder();
    let path = dir.path().join("notices");
    read(dir.path()).add(&Disk, vec![kept(1), kept(2)]).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    // Of the two blocks only a title may be gone.
    for gone in 0..lines.len() {
        let mut fewer = lines.clone();
        if fewer.remove(gone).starts_with("title") {
            continue;
        }
        fs::write(&path, fewer.join("\n")).unwrap();
        let error = NoticeFile::read(&Disk, dir.path()).unwrap_err();
        let NoticeFileError::Damaged { line, .. } = error else {
            panic!("{error}")
        };
        assert!(
            line.abs_diff(gone + 1) <= 1,
            "line {line}, gone {}",
            gone + 1
        );
    }
    for (at, wrong) in [
        (1, b"".to_vec()),
        (1, b"varaq notices 2\n".to_vec()),
        (
            4,
            text.replacen("kind correction", "kind other", 1)
                .into_bytes(),
        ),
        (5, text.replacen("day 2025", "day 2025-0", 1).into_bytes()),
        (2, [b"varaq notices 1\n\xff".to_vec()].concat()),
    ] {
        fs::write(&path, wrong).unwrap();
        let error = NoticeFile::read(&Disk, dir.path()).unwrap_err();
        assert!(
            matches!(error, NoticeFileError::Damaged { line, .. } if line == at),
            "{error}"
        );
    }
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let error = NoticeFile::read(&Disk, dir.path()).unwrap_err();
    assert!(matches!(error, NoticeFileError::Io { .. }), "{error}");
}

#[test]
fn a_file_that_was_cut_short_is_an_error() {
    let dir = folder();
    let path = dir.path().join("notices");
    read(dir.path()).add(&Disk, vec![kept(1), kept(2)]).unwrap();
    let whole = fs::read(&path).unwrap();
    // The last line feed may be gone.
    for len in 0..whole.len() - 1 {
        fs::write(&path, &whole[..len]).unwrap();
        assert!(NoticeFile::read(&Disk, dir.path()).is_err(), "{len} bytes");
    }
}

#[test]
fn nothing_is_kept_where_nothing_can_be_written() {
    let dir = folder();
    let mut file = read(&dir.path().join("gone"));
    let error = file.add(&Disk, vec![kept(1)]).unwrap_err();
    assert!(matches!(error, NoticeFileError::Io { .. }), "{error}");
    assert!(file.kept().is_empty());
}

proptest! {
    #[test]
    fn any_text_and_title_are_read_back(
        text in "[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{2029}\u{202a}-\u{202e}\u{feff}]{1,200}",
        title in "[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{2029}\u{202a}-\u{202e}\u{feff}]{0,200}",
    ) {
        let dir = folder();
        let mut any = kept(1);
        (any.notice.text, any.title) = (text, title);
        read(dir.path()).add(&Disk, vec![any.clone()]).unwrap();
        prop_assert_eq!(read(dir.path()).kept().to_vec(), vec![any]);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>, header: bool) {
        let dir = folder();
        let mut file = if header { b"varaq notices 1\n\nnotice ".to_vec() } else { Vec::new() };
        file.extend(bytes);
        fs::write(dir.path().join("notices"), file).unwrap();
        prop_assert!(NoticeFile::read(&Disk, dir.path()).is_err());
    }
}
