//! Writing a bundle anew without what is not its own.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // a test that cannot go on has failed

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use varaq_bundle::{Run, TRAILER_MAGIC};
use varaq_carry::{CleanError, Cleaned, clean};
use varaq_kit::storage::Sweep;
use varaq_kit::{FaultStorage, Mint, pieces_at, with_head};

fn issue() -> Vec<u8> {
    let mint = Mint::default();
    let mut draft = mint.issue(1).slack(8_192);
    draft.options.piece_bytes = 1_024;
    let mut state = 5_u64;
    for number in 0..40 {
        let mut word = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            format!("{:x} ", state >> 20)
        };
        let text: String = (0..200).map(|_| word()).collect();
        draft = draft.article(&format!("Article {number}"), &text);
    }
    draft.signed(&[0, 1])
}

fn cleaned_on(storage: &FaultStorage) -> Result<Cleaned, CleanError> {
    clean(
        storage,
        Path::new("home/in.varaq"),
        Path::new("home/out.varaq"),
        &Mint::default().pins(true),
        &AtomicBool::new(false),
        &mut |_| {},
    )
}

/// What became of these bytes, and the new file.
fn cleaned(bytes: &[u8]) -> (Result<Cleaned, CleanError>, Option<Vec<u8>>) {
    let storage = FaultStorage::new();
    storage.put("home/in.varaq", bytes);
    let outcome = cleaned_on(&storage);
    assert_eq!(storage.bytes("home/in.varaq").unwrap(), bytes);
    let made = storage.bytes("home/out.varaq");
    assert_eq!(made.is_some(), outcome.is_ok());
    assert!(storage.bytes("home/out.varaq.part").is_none());
    (outcome, made)
}

fn runs(bytes: &[u8]) -> Vec<Run> {
    let at = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let from = 64 + at(20) + at(24) + at(28);
    Run::decode_all(&bytes[from..from + at(32)])
}

#[test]
fn the_publishers_own_bytes_stay_as_they_are() {
    let whole = issue();
    let (outcome, made) = cleaned(&whole);
    assert_eq!(made.unwrap(), whole);
    let outcome = outcome.unwrap();
    assert_eq!(
        (outcome.dropped_extra_bytes, outcome.dropped_trailer_bytes),
        (0, 0)
    );
}

#[test]
fn what_is_behind_the_end_goes_and_is_counted() {
    let whole = issue();
    let foreign = [&whole[..], b"who carried this, and when"].concat();
    let (outcome, made) = cleaned(&foreign);
    assert_eq!(made.unwrap(), whole);
    assert_eq!(outcome.unwrap().dropped_extra_bytes, 26);
    let repair = [&whole[..], &TRAILER_MAGIC, &[7; 100]].concat();
    let (outcome, made) = cleaned(&repair);
    assert_eq!(made.unwrap(), whole);
    assert_eq!(outcome.unwrap().dropped_trailer_bytes, 108);
}

#[test]
fn what_is_in_slack_and_between_runs_goes_too() {
    let whole = issue();
    let body_at = usize::try_from(u64::from_be_bytes(whole[12..20].try_into().unwrap())).unwrap();
    let mut marked = whole.clone();
    marked[body_at - 5..body_at].copy_from_slice(b"12345");
    let (outcome, made) = cleaned(&marked);
    assert_eq!(made.unwrap(), whole);
    assert_eq!(outcome.unwrap().dropped_extra_bytes, 5);
    // Foreign bytes before the first piece: every run lies further on.
    let at = pieces_at(&whole);
    let moved = with_head(&whole, |head| {
        let mut runs = Run::decode_all(&head.runs);
        runs.iter_mut().for_each(|run| run.offset += 1_000);
        head.runs = Run::encode_all(&runs);
    });
    let moved = [&moved[..at], &[9; 1_000], &moved[at..]].concat();
    let (outcome, made) = cleaned(&moved);
    assert_eq!(made.unwrap(), whole);
    assert_eq!(outcome.unwrap().dropped_extra_bytes, 1_000);
}

#[test]
fn an_incomplete_copy_stays_one_and_says_so_itself() {
    let whole = issue();
    let cut = &whole[..whole.len() * 3 / 4];
    let (outcome, made) = cleaned(cut);
    let (outcome, made) = (outcome.unwrap(), made.unwrap());
    assert!(outcome.report.is_partial() && !outcome.report.truncated);
    assert!(outcome.report.pieces.whole > 3 && outcome.report.pieces.missing > 3);
    // The runs of the new file name what is there, and no more; a spare may name it twice.
    let pieces = runs(&made).into_iter();
    let listed: BTreeSet<u32> = pieces
        .flat_map(|run| run.first..run.first + run.count)
        .collect();
    assert_eq!(listed.len(), outcome.report.pieces.whole as usize);
    let again = [&made[..], b"foreign"].concat();
    assert_eq!(cleaned(&again).1.unwrap(), made);
}

#[test]
fn a_head_copy_stays_a_head_copy() {
    let whole = issue();
    let head = with_head(&whole, |head| head.runs.clear());
    let at = |at: usize| u32::from_be_bytes(head[at..at + 4].try_into().unwrap()) as usize;
    let head = &head[..64 + at(20) + at(24) + at(28) + at(32) + at(36)];
    assert_eq!(cleaned(head).1.unwrap(), head);
    let foreign = [head, &[3; 5_000]].concat();
    let (outcome, made) = cleaned(&foreign);
    assert_eq!(
        (made.unwrap(), outcome.unwrap().dropped_extra_bytes),
        (head.to_vec(), 5_000)
    );
}

#[test]
fn a_spare_mends_and_what_it_cannot_mend_is_refused() {
    let whole = issue();
    let at = pieces_at(&whole);
    let mut mendable = whole.clone();
    mendable[at + 20] ^= 1;
    assert_eq!(cleaned(&mendable).1.unwrap(), whole);
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 1;
    let (outcome, _) = cleaned(&damaged);
    let error = outcome.unwrap_err();
    assert!(matches!(error, CleanError::Damaged { code: 23 }), "{error}");
    // Cut inside of its table.
    let (outcome, _) = cleaned(&whole[..at - 40]);
    assert_eq!(outcome.unwrap_err().code(), 23);
}

#[test]
fn runs_that_lead_nowhere_or_say_all_many_times_make_no_longer_file() {
    let whole = issue();
    let many = |offset: &dyn Fn(u64) -> u64| {
        with_head(&whole, |head| {
            let mut runs = Run::decode_all(&head.runs);
            let all = runs[0];
            runs.extend((1..400).map(|number| Run {
                offset: offset(number),
                ..all
            }));
            runs.sort_by_key(|run| (run.first, run.offset));
            head.runs = Run::encode_all(&runs);
        })
    };
    let beyond = many(&|number| number << 40);
    let (outcome, made) = cleaned(&beyond);
    assert!(made.is_some_and(|made| made == whole), "{outcome:?}");
    let first = runs(&whole)[0].offset;
    let (outcome, made) = cleaned(&many(&|number| first + number));
    let made = made.unwrap_or_else(|| panic!("{outcome:?}"));
    // It may look as if the prefixes had spares, and no more than that.
    assert!(made.len() < 2 * whole.len(), "{outcome:?}");
    assert_eq!(cleaned(&made).1.unwrap(), made);
}

#[test]
fn too_little_room_is_known_before_anything_is_written() {
    let storage = FaultStorage::new();
    let whole = issue();
    storage.put("home/in.varaq", &whole);
    storage.set_free_space(whole.len() as u64 - 1);
    let outcome = cleaned_on(&storage);
    assert!(
        matches!(outcome, Err(CleanError::NoSpace { .. })),
        "{outcome:?}"
    );
    assert!(storage.bytes("home/out.varaq.part").is_none());
}

#[test]
fn what_is_not_authentic_is_refused() {
    let mint = Mint::default();
    let draft = mint.issue(1).article("One", "Words.").unsigned();
    assert_eq!(cleaned(&draft).0.unwrap_err().code(), 20);
    assert_eq!(cleaned(b"no bundle at all").0.unwrap_err().code(), 10);
    assert_eq!(cleaned(b"").0.unwrap_err().code(), 10);
}

#[test]
fn a_file_that_is_there_is_never_replaced() {
    let storage = FaultStorage::new();
    storage.put("home/in.varaq", &issue());
    storage.put("home/out.varaq", b"mine");
    let outcome = cleaned_on(&storage);
    assert!(matches!(outcome, Err(CleanError::TargetThere)));
    assert_eq!(storage.bytes("home/out.varaq").unwrap(), b"mine");
}

#[test]
fn whatever_fails_the_new_file_is_whole_or_not_there() {
    let storage = FaultStorage::fat();
    let mint = Mint::default();
    let whole = mint.issue(1).article("One", "Words.").signed(&[0, 1]);
    storage.put("home/in.varaq", &[&whole[..], b"foreign"].concat());
    let every = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    let step = if every { 1 } else { 4 };
    let figures = Sweep { seeds: 1, step }.run(&storage, cleaned_on, |_, _, disk, outcome| {
        let made = disk.bytes("home/out.varaq");
        let settling = outcome.is_err() && made.as_deref() == Some(&[]);
        assert!(made.is_none() || settling || made.as_deref() == Some(&whole[..]));
        assert!(outcome.is_err() || made.is_some());
    });
    println!("clean: {figures}, 0 half files");
}
