//! One-way streams: whatever is lost, doubled, cut, shifted or forged on the way, what
//! comes out is signed, and whole when enough came.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing
)] // a test that cannot go on has failed

#[path = "common/mod.rs"]
mod common;

use std::ops::ControlFlow;
use std::path::Path;

use common::{go_on, issue, look, noise};
use varaq_carry::{
    CarouselError, CarouselOptions, CarouselReport, CollectError, Collector, Kept, SelectError,
    carousel,
};
use varaq_kit::storage::Sweep;
use varaq_kit::{Dice, FaultStorage, Mint, with_head};

/// Bytes of the packets of these tests: small, so that small issues have several blocks.
const PACKET: usize = 256;

fn disk() -> FaultStorage {
    let storage = FaultStorage::new();
    storage.put("in/one.varaq", &issue(1, 0));
    storage.put("in/two.varaq", &issue(2, 0));
    storage
}

fn options(rounds: u32, overhead_percent: u8) -> CarouselOptions {
    CarouselOptions {
        packet_bytes: 256,
        rounds,
        overhead_percent,
        max_bytes: None,
    }
}

fn sent(names: &[&str], options: &CarouselOptions) -> (Vec<u8>, CarouselReport) {
    let pins = Mint::default().pins(true);
    let paths: Vec<&Path> = names.iter().map(Path::new).collect();
    let mut out = Vec::new();
    let report = carousel(&disk(), &paths, &pins, options, &mut out, &mut go_on).unwrap();
    (out, report)
}

/// The bundles that come out, in the order of their names, and what was told on the way.
fn collected(storage: &FaultStorage, recordings: &[Vec<u8>]) -> (Vec<Vec<u8>>, Vec<Kept>) {
    let pins = Mint::default().pins(true);
    let mut collector = Collector::new(storage, Path::new("out"), &pins, 16).unwrap();
    let mut told = Vec::new();
    for recording in recordings {
        let mut listen = |_| ControlFlow::Continue(());
        let mut kept = |kept| told.push(kept);
        collector
            .feed(&mut recording.as_slice(), &mut listen, &mut kept)
            .unwrap();
    }
    (files(storage), told)
}

fn files(storage: &FaultStorage) -> Vec<Vec<u8>> {
    let all = storage.snapshot();
    let out = all.into_iter().filter(|(path, _)| path.starts_with("out"));
    out.filter_map(|(_, bytes)| bytes).collect()
}

fn packets(stream: &[u8]) -> Vec<Vec<u8>> {
    stream.chunks(PACKET).map(<[u8]>::to_vec).collect()
}

/// What is left of a stream.
fn lossy(stream: &[u8], percent: usize, seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let kept = packets(stream)
        .into_iter()
        .filter(|_| !dice.says(percent, 100));
    kept.flatten().collect()
}

#[test]
fn a_stream_without_loss_gives_the_same_file_after_one_round() {
    let (stream, report) = sent(&["in/one.varaq"], &options(1, 0));
    assert_eq!(report.bytes, stream.len() as u64);
    assert_eq!(report.packets, (stream.len() / PACKET) as u64);
    let (files, told) = collected(&FaultStorage::new(), &[stream]);
    assert_eq!(files, [issue(1, 0)]);
    assert!(told.last().unwrap().is_whole);
}

#[test]
fn the_same_files_give_the_same_packets() {
    let all = ["in/one.varaq", "in/two.varaq"];
    assert!(sent(&all, &options(2, 10)).0 == sent(&all, &options(2, 10)).0);
}

#[test]
fn a_fifth_is_lost_and_one_round_with_enough_repair_is_enough() {
    let (stream, _) = sent(&["in/one.varaq"], &options(1, 60));
    for seed in 0..5 {
        let (files, _) = collected(&FaultStorage::new(), &[lossy(&stream, 20, seed)]);
        assert!(files == [issue(1, 0)], "seed {seed}");
    }
}

#[test]
fn lost_doubled_reordered_shifted_and_noisy_streams_of_two_give_both() {
    let (stream, _) = sent(&["in/one.varaq", "in/two.varaq"], &options(4, 30));
    for seed in 0..4 {
        let mut dice = Dice::new(seed);
        let mut all = packets(&stream);
        all.retain(|_| !dice.says(30, 100));
        let doubled = dice.some(&all);
        all.extend(doubled);
        dice.shuffle(&mut all);
        let mut recording = noise(seed, 77 + dice.below(9));
        for (at, packet) in all.iter().enumerate() {
            recording.extend_from_slice(packet);
            if at % 50 == 0 {
                recording.extend(noise(at as u64, dice.below(40)));
                // A packet that was cut: the magic, and not the end.
                recording.extend_from_slice(&packet[..dice.below(PACKET)]);
            }
        }
        let middle = recording.len() / 2 + dice.below(100);
        let halves = [recording[middle..].to_vec(), recording[..middle].to_vec()];
        let (files, _) = collected(&FaultStorage::new(), &halves);
        assert_eq!(files.len(), 2, "seed {seed}");
        assert!(files.contains(&issue(1, 0)) && files.contains(&issue(2, 0)));
    }
}

#[test]
fn a_burst_is_shared_by_many_blocks() {
    // What comes first is in few blocks: whoever misses it altogether waits for a round.
    for (rounds, start) in [(1, 300), (1, 800), (2, 0)] {
        let (stream, report) = sent(&["in/one.varaq"], &options(rounds, 50));
        let burst = (report.packets / 6) as usize * PACKET;
        let mut left = stream.clone();
        left.drain(start * PACKET..start * PACKET + burst);
        let (files, told) = collected(&FaultStorage::new(), &[left]);
        assert!(files == [issue(1, 0)], "{start} {told:?}");
    }
}

#[test]
fn a_partial_bundle_comes_early_is_authentic_and_only_gets_better() {
    let (stream, _) = sent(&["in/one.varaq"], &options(1, 0));
    let storage = FaultStorage::new();
    let mut before = 0;
    let whole = stream.len() / PACKET;
    for part in [whole / 10, whole / 4, whole / 2, whole * 9 / 10] {
        let recording = stream[..part * PACKET].to_vec();
        let (files, _) = collected(&storage, &[recording]);
        let Some(bytes) = files.first() else {
            assert!(part < whole / 2, "nothing after {part} of {whole} packets");
            continue;
        };
        let (verdict, pieces, count, _) = look(bytes);
        assert_eq!((files.len(), verdict.as_str()), (1, "VERIFIED"));
        assert!(pieces > before && pieces < count, "{pieces} of {count}");
        before = pieces;
    }
    assert!(before > 0);
    // Less than before replaces nothing.
    collected(&storage, &[stream[..whole / 3 * PACKET].to_vec()]);
    assert_eq!(look(&files(&storage)[0]).1, before);
    let (files, _) = collected(&storage, &[stream]);
    assert!(files == [issue(1, 0)]);
}

/// The packet with other data, and a check that fits.
fn forged(packet: &[u8], flip: usize) -> Vec<u8> {
    let mut packet = packet.to_vec();
    packet[36 + flip % (PACKET - 44)] ^= 0x55;
    let check = blake3::hash(&packet[..PACKET - 8]);
    packet[PACKET - 8..].copy_from_slice(&check.as_bytes()[..8]);
    packet
}

#[test]
fn forged_packets_delay_a_bundle_and_never_change_one() {
    let (stream, _) = sent(&["in/one.varaq"], &options(4, 30));
    for seed in 0..4 {
        let mut dice = Dice::new(seed);
        let mut recording = Vec::new();
        for (at, packet) in packets(&stream).iter().enumerate() {
            // In the first round they come before the right ones.
            if at < 600 && dice.says(1, 40) {
                recording.extend(forged(packet, dice.below(999)));
            }
            recording.extend_from_slice(packet);
        }
        let (files, told) = collected(&FaultStorage::new(), &[recording.clone(), recording]);
        assert_eq!(files.len(), 1, "seed {seed}");
        let (verdict, pieces, count, _) = look(&files[0]);
        assert_eq!(
            (verdict.as_str(), pieces),
            ("VERIFIED", count),
            "seed {seed}"
        );
        assert!(told.last().unwrap().is_whole && files[0] == issue(1, 0));
    }
}

#[test]
fn a_flood_of_ids_does_not_drive_out_a_real_stream() {
    let (stream, _) = sent(&["in/one.varaq"], &options(1, 0));
    let mut dice = Dice::new(7);
    let mut recording = Vec::new();
    for packet in packets(&stream) {
        for _ in 0..3 {
            let mut strange = packet.clone();
            strange[20..28].copy_from_slice(&dice.roll().to_be_bytes());
            recording.extend(forged(&strange, 3));
        }
        recording.extend(packet);
    }
    let (files, _) = collected(&FaultStorage::new(), &[recording]);
    assert!(files == [issue(1, 0)]);
}

#[test]
fn nothing_gets_a_name_that_was_not_signed() {
    let forged = with_head(&issue(1, 0), |head| head.signatures[20] ^= 1);
    // A sender of its own: the stream of the real file with the forged head in its place.
    let (stream, _) = sent(&["in/one.varaq"], &options(1, 0));
    let mut recording = Vec::new();
    for (at, packet) in packets(&stream).iter().enumerate() {
        let mut packet = packet.clone();
        let block = u32::from_be_bytes(packet[8..12].try_into().unwrap()) as usize;
        let from = (block * 128 + usize::from(packet[5])) * (PACKET - 44);
        let end = (from + PACKET - 44).min(forged.len());
        packet[36..36 + end - from].copy_from_slice(&forged[from..end]);
        let check = blake3::hash(&packet[..PACKET - 8]);
        packet[PACKET - 8..].copy_from_slice(&check.as_bytes()[..8]);
        recording.extend(packet);
        assert!(at < 10_000);
    }
    for bad in [
        recording,
        noise(1, 100_000),
        Vec::new(),
        b"\x89VRP".repeat(2_000),
    ] {
        let (files, told) = collected(&FaultStorage::new(), &[bad]);
        assert!(files.is_empty() && told.is_empty());
    }
}

#[test]
fn what_cannot_be_sent_is_refused() {
    let pins = Mint::default().pins(true);
    let storage = disk();
    storage.put("in/bad.varaq", b"no bundle");
    let send = |name: &str, options: &CarouselOptions| {
        let mut out = Vec::new();
        carousel(
            &storage,
            &[Path::new(name)],
            &pins,
            options,
            &mut out,
            &mut go_on,
        )
    };
    let refused = send("in/bad.varaq", &options(1, 0));
    assert!(matches!(
        refused,
        Err(CarouselError::Select(SelectError::Closed { .. }))
    ));
    assert!(send("in/none.varaq", &options(1, 0)).is_err());
    for packet_bytes in [0, 44, 127, 1_315, 8_194] {
        let odd = CarouselOptions {
            packet_bytes,
            ..options(1, 0)
        };
        assert!(matches!(
            send("in/one.varaq", &odd),
            Err(CarouselError::PacketSize(_))
        ));
    }
}

#[test]
fn a_stream_ends_with_its_size_or_when_somebody_stops_it() {
    let endless = CarouselOptions {
        max_bytes: Some(1_000_001),
        ..options(0, 20)
    };
    let (stream, report) = sent(&["in/one.varaq"], &endless);
    assert_eq!(
        (stream.len(), stream.len() % PACKET),
        (1_000_001 / PACKET * PACKET, 0)
    );
    assert!(report.rounds > 1);
    let pins = Mint::default().pins(true);
    let mut stop = |_, _| ControlFlow::Break(());
    let mut out = Vec::new();
    let path = [Path::new("in/one.varaq")];
    let stopped = carousel(&disk(), &path, &pins, &options(0, 0), &mut out, &mut stop);
    assert!(matches!(
        stopped,
        Err(CarouselError::Select(SelectError::Cancelled))
    ));
}

#[test]
fn another_file_of_that_name_is_not_overwritten() {
    let (stream, _) = sent(&["in/one.varaq"], &options(1, 0));
    let storage = FaultStorage::new();
    let (_, told) = collected(&storage, std::slice::from_ref(&stream));
    storage.put(&told.last().unwrap().path, b"mine");
    let pins = Mint::default().pins(true);
    let mut collector = Collector::new(&storage, Path::new("out"), &pins, 16).unwrap();
    let mut listen = |_| ControlFlow::Continue(());
    let fed = collector.feed(&mut stream.as_slice(), &mut listen, &mut |_| {});
    assert!(matches!(fed, Err(CollectError::NameTaken { .. })));
    assert_eq!(files(&storage), [b"mine"]);
}

#[test]
fn whichever_operation_fails_no_unsigned_byte_gets_a_name() {
    let (stream, _) = sent(&["in/one.varaq"], &options(1, 0));
    let whole = issue(1, 0);
    let every = std::env::var_os("VARAQ_EVERY_FAULT").is_some();
    let (step, seeds) = if every { (211, 2) } else { (3_593, 0) };
    let figures = Sweep { seeds, step }.run(
        &FaultStorage::new(),
        |storage| {
            let pins = Mint::default().pins(true);
            let mut collector = Collector::new(storage, Path::new("out"), &pins, 16).ok()?;
            let mut listen = |_| ControlFlow::Continue(());
            collector
                .feed(&mut stream.as_slice(), &mut listen, &mut |_| {})
                .ok()?;
            Some(collector.whole())
        },
        |case, after, disk, done| {
            for (path, bytes) in disk.snapshot() {
                let Some(bytes) = bytes.filter(|_| path.extension().is_some_and(|e| e == "varaq"))
                else {
                    continue;
                };
                let (verdict, pieces, _, _) = look(&bytes);
                assert!(
                    verdict == "VERIFIED" && pieces > 1,
                    "{case:?} {after:?} {verdict}"
                );
            }
            assert!(
                *done != Some(1) || files(disk).contains(&whole),
                "{case:?} {after:?}"
            );
        },
    );
    println!("collect: {figures}, 0 unsigned files");
}

/// Rounds until the file is whole, for each loss and overhead: `VARAQ_LOSS=1`, in release.
#[test]
fn rounds_needed_for_each_loss() {
    if std::env::var_os("VARAQ_LOSS").is_none() {
        return;
    }
    println!("| loss | 0 % | 10 % | 25 % | 50 % | 100 % |\n|---|---|---|---|---|---|");
    for loss in [0, 5, 10, 20, 30, 40] {
        let cells = [0, 10, 25, 50, 100].map(|overhead| {
            let (mut most, mut sum) = (0, 0);
            for seed in 0..20 {
                let rounds = rounds_needed(loss, overhead, seed);
                most = rounds.max(most);
                sum += rounds;
            }
            format!("{:.1} ({most})", f64::from(sum) / 20.0)
        });
        println!("| {loss} % | {} |", cells.join(" | "));
    }
}

fn rounds_needed(loss: usize, overhead: u8, seed: u64) -> u32 {
    let (stream, _) = sent(&["in/one.varaq"], &options(30, overhead));
    let round = stream.len() / 30;
    let pins = Mint::default().pins(true);
    let storage = FaultStorage::new();
    let mut collector = Collector::new(&storage, Path::new("out"), &pins, 16).unwrap();
    for (part, rounds) in stream.chunks(round).zip(1..) {
        let part = lossy(part, loss, seed * 1_000 + u64::from(rounds));
        let mut listen = |_| ControlFlow::Continue(());
        collector
            .feed(&mut part.as_slice(), &mut listen, &mut |_| {})
            .unwrap();
        if collector.whole() == 1 {
            return rounds;
        }
    }
    99
}
